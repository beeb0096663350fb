// A page with npm's sockjs-client, served from an origin of its own, and what a test does in it.
import { readFile } from "node:fs/promises";
import http from "node:http";

const client = new URL("../node_modules/sockjs-client/dist/sockjs.min.js", import.meta.url);

const page = `<!doctype html><meta charset="utf-8"><title>SockJS</title><script src="/sockjs.js"></script><body><script>
"use strict";
const sockets = [];
// Opens one; gives its number and the transport, or how it ended before that.
function dial(url, transports) {
  const socket = new SockJS(url, null, { transports, timeout: 20000 });
  const entry = { socket, messages: [], waiting: [] };
  entry.closed = new Promise((resolve) => {
    socket.onclose = ({ code, reason, wasClean }) => {
      const end = { code, reason, clean: wasClean };
      entry.waiting.splice(0).forEach(({ reject }) => reject(new Error("the session ended: " + JSON.stringify(end))));
      resolve(end);
    };
  });
  socket.onmessage = ({ data }) => {
    entry.messages.push(data);
    entry.waiting = entry.waiting.filter(({ count, resolve }) => {
      if (entry.messages.length < count)
        return true;
      resolve(entry.messages.splice(0, count));
      return false;
    });
  };
  const number = sockets.push(entry) - 1;
  return Promise.race([
    new Promise((resolve) => { socket.onopen = () => resolve({ number, transport: socket.transport }); }),
    entry.closed.then((end) => ({ number, end })),
  ]);
}
// The next messages, so many of them.
function take(number, count) {
  const entry = sockets[number];
  if (entry.messages.length >= count)
    return Promise.resolve(entry.messages.splice(0, count));
  return new Promise((resolve, reject) => entry.waiting.push({ count, resolve, reject }));
}
// Sends all of them at once; gives what is wrong with what comes back.
async function echo(number, messages) {
  for (const message of messages)
    sockets[number].socket.send(message);
  const back = await take(number, messages.length);
  const wrong = messages.findIndex((message, i) => message !== back[i]);
  return wrong < 0 ? "" : "message " + wrong + " of " + messages.length + ": " + JSON.stringify(messages[wrong].slice(0, 50)) + " came back as "
    + JSON.stringify(back[wrong].slice(0, 50));
}
// The scalar values at both ends of each plane of Unicode and around its spaces and marks, in messages of at most 1,024.
function endsOfPlanes() {
  const messages = [];
  for (let from = 0; from < 0x110000; from += 1024) {
    if (from % 0x10000 >= 0x800 && from % 0x10000 < 0xf800 && (from < 0x1c00 || from >= 0x3000))
      continue;
    let text = "";
    for (let i = from; i < from + 1024; ++i)
      text += i >= 0xd800 && i < 0xe000 ? "" : String.fromCodePoint(i);
    messages.push(text);
  }
  return messages;
}
</script>`;

/** {port, stop()}: the page at every path but /sockjs.js. */
export async function serveSockJsPage() {
  const script = await readFile(client);
  const server = http.createServer((request, response) => {
    const isScript = request.url === "/sockjs.js";
    response.writeHead(200, { "Content-Type": isScript ? "text/javascript; charset=utf-8" : "text/html; charset=utf-8" });
    response.end(isScript ? script : page);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: server.address().port,
    stop: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }),
  };
}
