// A page that opens WebSockets when it is told to, served from an origin of its own, and a client over it: `evaluate` runs an
// expression in the page and gives what its promise gives, as text.
import http from "node:http";

const page = `<!doctype html><meta charset="utf-8"><title>interop</title><script>
"use strict";
const sockets = [];
function toBase64(buffer) {
  const bytes = new Uint8Array(buffer);
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768)
    text += String.fromCharCode.apply(null, bytes.subarray(at, at + 32768));
  return btoa(text);
}
function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
function settle(entry) {
  if (entry.waiting && entry.messages.length > 0)
    entry.waiting.resolve(entry.messages.shift());
  else if (entry.waiting && entry.end)
    entry.waiting.reject(new Error("the connection ended: " + entry.end));
  else
    return;
  entry.waiting = undefined;
}
function dial(url) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.binaryType = "arraybuffer";
    const entry = { socket, messages: [] };
    entry.closed = new Promise((ended) => {
      socket.onclose = ({ code, reason, wasClean }) => {
        entry.end = JSON.stringify({ code, reason, clean: wasClean });
        settle(entry);
        ended(entry.end);
        reject(new Error(entry.end));
      };
    });
    socket.onmessage = ({ data }) => { entry.messages.push(data); settle(entry); };
    socket.onopen = () => resolve(JSON.stringify({ number: sockets.push(entry) - 1, extensions: socket.extensions }));
  });
}
function next(number) {
  const entry = sockets[number];
  return new Promise((resolve, reject) => { entry.waiting = { resolve, reject }; settle(entry); })
    .then((data) => JSON.stringify(typeof data === "string" ? { text: data } : { binary: toBase64(data) }));
}
</script>`;

export async function servePage() {
  const server = http.createServer((request, response) => {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
    response.end(page);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    stop: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }),
  };
}

export async function openInPage(evaluate, url) {
  const { number, extensions } = JSON.parse(await evaluate(`dial(${JSON.stringify(url)})`));
  const socket = `sockets[${number}].socket`;
  let last = Promise.resolve(); // sends stay in order
  return {
    extensions,
    closed: evaluate(`sockets[${number}].closed`).then((text) => JSON.parse(text)),
    async next() {
      const { text, binary } = JSON.parse(await evaluate(`next(${number})`));
      return binary === undefined ? text : Buffer.from(binary, "base64");
    },
    send(data) {
      const expression = typeof data === "string" ? JSON.stringify(data) : `fromBase64("${data.toString("base64")}")`;
      last = last.then(() => evaluate(`${socket}.send(${expression}), ""`));
      return last;
    },
    close(code, reason) {
      last = last.then(() => evaluate(`${socket}.close(${code}, ${JSON.stringify(reason)}), ""`));
    },
  };
}
