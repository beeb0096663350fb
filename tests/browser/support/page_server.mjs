// Serves the page that the tests open, on a port of its own, so that it has an origin of its own.
import http from "node:http";

const page = `<!doctype html><meta charset="utf-8"><title>page under test</title><h1 id="state">idle</h1><script>
"use strict";
window.received = [];
window.closes = [];
window.dial = (url, subprotocols) => {
  const socket = new WebSocket(url, subprotocols ?? []);
  window.socket = socket;
  socket.onopen = () => { document.getElementById("state").textContent = "open"; };
  socket.binaryType = "arraybuffer";
  const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
  socket.onmessage = ({ data }) => window.received.push(typeof data === "string" ? data : "binary " + hex(data));
  socket.onclose = (event) => {
    document.getElementById("state").textContent = "closed";
    window.closes.push({ code: event.code, reason: event.reason, clean: event.wasClean });
  };
};
</script>`;

/** {port, stop}: answers every request on 127.0.0.1 with the page. */
export async function startPageServer() {
  const server = http.createServer((request, response) => {
    response.writeHead(request.url === "/favicon.ico" ? 204 : 200, { "Content-Type": "text/html; charset=utf-8" });
    response.end(request.url === "/favicon.ico" ? "" : page);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: server.address().port,
    stop: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }),
  };
}
