// npm's undici: the WebSocket of newer Node versions, with a browser's face.
import { once } from "node:events";
import { after, before } from "node:test";
import { WebSocket } from "undici";
import { exchanges, Inbox } from "./support/contract.mjs";
import { startServer } from "./support/server.mjs";

const state = {};
before(async () => { state.server = await startServer(); });
after(() => state.server?.stop());

async function open() {
  const socket = new WebSocket(state.server.url);
  socket.binaryType = "arraybuffer";
  const inbox = new Inbox();
  const closed = new Promise((resolve) => socket.addEventListener("close", ({ code, reason, wasClean }) => {
    inbox.end({ code, reason });
    resolve({ code, reason, clean: wasClean });
  }));
  socket.addEventListener("message", ({ data }) => inbox.push(typeof data === "string" ? data : Buffer.from(data)));
  socket.addEventListener("error", () => {}); // told by "close" too
  await once(socket, "open");
  return {
    get extensions() { return socket.extensions; },
    closed,
    next: () => inbox.next(),
    send: (data) => socket.send(data),
    close: (code, reason) => socket.close(code, reason),
  };
}

exchanges({ open, state, compresses: true, canFragment: false, canPing: false });
