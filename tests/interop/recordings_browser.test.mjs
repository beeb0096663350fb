// Our HAR as others read it: the HAR 1.2 schema, and Chromium's own DevTools, which import it in a real page.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { har as validate } from "har-validator/lib/promise.js";
import { chromium } from "playwright-core";

const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
let folder;
let har;
let expected;

before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "jackfield-har-"));
  execFileSync(process.env.JACKFIELD_RECORDING_SAMPLES, [folder]);
  har = JSON.parse(await readFile(path.join(folder, "sample.har"), "utf8"));
  expected = JSON.parse(await readFile(path.join(folder, "expected.json"), "utf8"))
    .filter(({ type }) => type === "text" || type === "binary");
});
after(() => rm(folder, { recursive: true, force: true }));

/** A port that nothing listens on. */
async function freePort() {
  const server = net.createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test("it is valid by the schema of HAR 1.2", async () => {
  await validate(har);
  assert.equal(har.log.version, "1.2");
  assert.equal(har.log.entries.length, 3);
});

test("the schema is one that can fail", async () => {
  const broken = structuredClone(har);
  delete broken.log.entries[0].response;
  await assert.rejects(validate(broken));
});

test("its messages are complete, in order and as they were", () => {
  for (const [index, entry] of har.log.entries.entries()) {
    assert.equal(entry._resourceType, "websocket");
    const wanted = expected.filter(({ connection }) => connection === index + 1);
    assert.equal(entry._webSocketMessages.length, wanted.length);
    entry._webSocketMessages.forEach((message, i) => {
      assert.equal(message.type, wanted[i].from_browser ? "send" : "receive");
      assert.equal(Number.isFinite(message.time) && Math.abs(message.time - wanted[i].ns / 1e9) < 1e-5, true);
      assert.ok(message.opcode === 1 || message.opcode === 2);
      const bytes = Buffer.from(message.data, message.opcode === 1 ? "utf8" : "base64");
      assert.equal(bytes.toString("hex"), wanted[i].payload);
    });
  }
  assert.deepEqual([har.log.entries[0]._webSocketClose.code, har.log.entries[0]._webSocketClose.reason], [4001, "done \u263a"]);
});

test("Chromium's DevTools import it", async () => {
  const port = await freePort();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [...flags, `--remote-debugging-port=${port}`] });
  try {
    const tab = await browser.newPage();
    const [target] = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()).filter(({ type }) => type === "page");
    const tools = await browser.newPage();
    await tools.goto(`http://127.0.0.1:${port}/devtools/inspector.html?ws=127.0.0.1:${port}/devtools/page/${target.id}`);
    const imported = await tools.evaluate(async (text) => {
      const { HARFormat, Importer } = await import("./models/har/har.js");
      const root = new HARFormat.HARRoot(JSON.parse(text));
      return Importer.Importer.requestsFromHARLog(root.log).map((request) => ({
        url: request.url(), status: request.statusCode, type: request.resourceType().name(),
        frames: request.frames().map(({ type, time, opCode, text: data, mask }) => ({ type, time, opCode, data, mask })),
      }));
    }, JSON.stringify(har));
    assert.equal(imported.length, 3);
    imported.forEach((request, index) => {
      const entry = har.log.entries[index];
      assert.equal(request.status, 101);
      assert.equal(request.type, "websocket");
      assert.ok(request.url.startsWith("ws://localhost:4567/"));
      assert.deepEqual(request.frames.map(({ type, time, opCode, data }) => ({ type, time, opcode: opCode, data })),
        entry._webSocketMessages.map(({ type, time, opcode, data }) => ({ type, time, opcode, data })));
    });
    await tab.close();
  } finally {
    await browser.close();
  }
});
