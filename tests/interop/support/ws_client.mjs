// A client over npm's ws, as contract.mjs wants it.
import { once } from "node:events";
import WebSocket from "ws";
import { Inbox } from "./contract.mjs";

export async function openWs(url, options) {
  const socket = new WebSocket(url, options);
  const inbox = new Inbox();
  const closed = new Promise((resolve) => socket.once("close", (code, reason) => {
    const end = { code, reason: reason.toString(), clean: code !== 1006 };
    inbox.end(end);
    resolve(end);
  }));
  const pongs = new Inbox();
  socket.on("message", (data, isBinary) => inbox.push(isBinary ? data : data.toString()));
  socket.on("pong", (payload) => pongs.push(payload));
  await once(socket, "open");
  socket.on("error", () => {}); // told by "close" too
  return {
    get extensions() { return socket.extensions; },
    closed,
    next: () => inbox.next(),
    send: (data) => socket.send(data),
    // `between` is called after the first fragment; what it gives is given back.
    sendFragments(parts, between) {
      let given;
      parts.forEach((part, i) => {
        socket.send(part, { fin: i + 1 === parts.length, binary: typeof part !== "string" });
        given = i === 0 ? between?.() : given;
      });
      return given;
    },
    ping(payload) {
      socket.ping(payload);
      return pongs.next();
    },
    close: (code, reason) => socket.close(code, reason),
  };
}
