// npm ws with the native module that its documentation recommends (bufferutil); it sets TCP_NODELAY itself.
import { WebSocket, WebSocketServer } from "ws";
import { createServer as createTlsServer } from "node:https";
import { createServer } from "node:http";
import { readFileSync } from "node:fs";

const options = process.argv.slice(2);
const has = (name) => options.includes(name);
const deflates = has("--deflate") || has("--deflate-takeover");
const keeps = has("--deflate-takeover");
const perMessageDeflate = deflates
    && { serverNoContextTakeover: !keeps, clientNoContextTakeover: !keeps, zlibDeflateOptions: { level: 6 }, threshold: 1024 };

const tls = options.indexOf("--tls");
const http = tls < 0
    ? createServer()
    : createTlsServer({ cert: readFileSync(options[tls + 1]), key: readFileSync(options[tls + 2]) });
const server = new WebSocketServer({ server: http, perMessageDeflate, maxPayload: 16 << 20, clientTracking: has("--to-all") });
server.on("connection", (client) => {
    client.on("error", () => {});
    if (!has("--to-all")) {
        client.on("message", (data, isBinary) => client.send(data, { binary: isBinary }));
        return;
    }
    client.on("message", (data, isBinary) => {
        for (const other of server.clients) {
            if (other !== client && other.readyState === WebSocket.OPEN)
                other.send(data, { binary: isBinary });
        }
    });
});
http.listen(0, "127.0.0.1", 4096, () => console.log(`PORT ${http.address().port}`));
