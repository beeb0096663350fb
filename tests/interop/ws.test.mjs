// npm's ws.
import { once } from "node:events";
import { after, before } from "node:test";
import WebSocket from "ws";
import { exchanges, Inbox } from "./support/contract.mjs";
import { startServer } from "./support/server.mjs";

const state = {};
before(async () => { state.server = await startServer(); });
after(() => state.server?.stop());

async function open() {
  const socket = new WebSocket(state.server.url);
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

exchanges({ open, state, compresses: true, canFragment: true, canPing: true });
