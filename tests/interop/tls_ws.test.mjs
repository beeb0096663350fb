// npm's ws over TLS, with the development authority as the one that it trusts.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import net from "node:net";
import { after, before, test } from "node:test";
import { exchanges } from "./support/contract.mjs";
import { startTlsServer } from "./support/tls_server.mjs";
import { openWs } from "./support/ws_client.mjs";

const state = {};
before(async () => {
  state.server = await startTlsServer();
  state.server.compresses = true;
});
after(() => state.server?.stop());

const url = (host = "localhost") => `wss://${host}:${state.server.port}/interop`;
const open = (more = {}) => openWs(url(), { ca: state.server.ca, ...more });

test("a hundred connections at once, each closed by its own side with its own code", async () => {
  const mark = state.server.mark;
  const clients = await Promise.all(Array.from({ length: 100 }, () => open()));
  const opened = await state.server.toldOften("opened", 100, mark);
  for (const { tls } of opened) {
    assert.equal(tls.version, "TLS 1.3");
    assert.equal(tls.server_name, "localhost");
  }
  await Promise.all(clients.map(async (client, i) => {
    client.send(`message ${i} ${"x".repeat(i * 100)}`);
    assert.equal(await client.next(), `message ${i} ${"x".repeat(i * 100)}`);
  }));
  clients.slice(0, 50).forEach((client, i) => client.close(4000 + i, `reason ${i}`));
  for (const [i, client] of clients.slice(0, 50).entries()) {
    assert.deepEqual(await client.closed, { code: 4000 + i, reason: "", clean: true });
    const told = await state.server.told("closed", (each) => each.code === 4000 + i, mark);
    assert.deepEqual([told.reason, told.clean, told.by], [`reason ${i}`, true, "peer"]);
  }
  const gone = new Set(state.server.allTold("closed", mark).map((each) => each.number));
  const left = opened.filter((each) => !gone.has(each.number));
  assert.equal(left.length, 50);
  for (const { number } of left)
    await state.server.order("kick", { number, code: 4900, reason: "be gone" });
  for (const client of clients.slice(50))
    assert.deepEqual(await client.closed, { code: 4900, reason: "be gone", clean: true });
});

test("TLS 1.2 as well, and by every address of the certificate", async () => {
  for (const host of ["localhost", "127.0.0.1", "[::1]"]) {
    for (const [version, name] of [["TLSv1.2", "TLS 1.2"], ["TLSv1.3", "TLS 1.3"]]) {
      const mark = state.server.mark;
      const client = await openWs(url(host), { ca: state.server.ca, minVersion: version, maxVersion: version });
      assert.equal((await state.server.told("opened", undefined, mark)).tls.version, name);
      client.send("hello");
      assert.equal(await client.next(), "hello");
      client.close(1000, "");
      assert.equal((await client.closed).clean, true);
    }
  }
});

test("without the authority it is refused by the client, and the server says so", async () => {
  const mark = state.server.mark;
  await assert.rejects(openWs(url(), {}), { code: /SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER/ });
  // Node's TLS ends the connection without an alert: nobody can tell why.
  await state.server.told("refused", (what) => what.reason === "tls_failed" && what.failure === "peer_left", mark);
});

test("a plain client on the same port is served too, and has no TLS", async () => {
  const mark = state.server.mark;
  const client = await openWs(`ws://localhost:${state.server.port}/interop`, {});
  assert.equal((await state.server.told("opened", undefined, mark)).tls, null);
  client.close(1000, "");
  await client.closed;
});

test("behind a renewal the old authority does no longer, and the new one does", async () => {
  const old = state.server.ca;
  await state.server.order("renew");
  state.server.ca = await readFile(state.server.authority, "utf8");
  assert.notEqual(state.server.ca, old);
  await assert.rejects(openWs(url(), { ca: old }));
  const client = await open();
  client.close(1000, "");
  assert.equal((await client.closed).clean, true);
});

/** What a TCP client gets that sends that. */
function answerTo(port, bytes) {
  return new Promise((resolve, reject) => {
    let answer = "";
    net.connect(port, "127.0.0.1", function connected() { this.end(bytes); })
      .on("data", (data) => { answer += data.toString("latin1"); })
      .on("error", reject).on("close", () => resolve(answer));
  });
}

test("where a listener speaks one of both alone, the other gets an answer in words and a row", async () => {
  const { server } = state;
  let mark = server.mark;
  server.port = await server.order("listen", { kind: "wss" });
  assert.match(await answerTo(server.port, `GET / HTTP/1.1\r\nHost: localhost:${server.port}\r\n\r\n`), /^HTTP\/1\.1 400 /);
  await server.told("refused", (what) => what.reason === "plain_on_tls" && what.status === 400, mark);
  await assert.rejects(openWs(`ws://localhost:${server.port}/interop`, {}), /400/);
  mark = server.mark;
  server.port = await server.order("listen", { kind: "ws" });
  await assert.rejects(open());
  await server.told("refused", (what) => what.reason === "tls_on_plain" && what.status === 0, mark);
  server.port = await server.order("listen", { kind: "both" });
});

exchanges({ open, state, compresses: true, canFragment: true, canPing: true });
