// As much of a WebDriver BiDi client as the tests need.
import { once } from "node:events";
import WebSocket from "ws";

export class Bidi {
  #socket;
  #number = 0;
  #waiting = new Map();

  static async connect(url) {
    const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: 1 << 30 });
    await once(socket, "open");
    return new Bidi(socket);
  }

  constructor(socket) {
    this.#socket = socket;
    socket.on("message", (data) => {
      const answer = JSON.parse(data);
      const waiter = this.#waiting.get(answer.id);
      if (!waiter)
        return; // an event
      this.#waiting.delete(answer.id);
      if (answer.type === "error")
        waiter.reject(new Error(`${answer.error}: ${answer.message}`));
      else
        waiter.resolve(answer.result);
    });
    socket.on("close", () => {
      for (const { reject } of this.#waiting.values())
        reject(new Error("the browser ended"));
      this.#waiting.clear();
    });
  }

  command(method, params) {
    return new Promise((resolve, reject) => {
      const id = ++this.#number;
      this.#waiting.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  close() {
    this.#socket.terminate();
  }
}
