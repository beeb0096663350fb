// A script of jackfield-terminal against a page in Chromium: resources/examples/reconnect.script as a project's own browser tests would use it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const script = new URL("../../resources/examples/reconnect.script", import.meta.url).pathname;
// What Chromium needs to run as root, without a GPU, and without asking the network for anything.
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

// The page under test: it introduces itself, and comes back when the server restarts.
const page = `<!doctype html><meta charset="utf-8"><title>live</title><script>
"use strict";
function live(url, again) {
  const socket = new WebSocket(url);
  socket.onopen = () => socket.send(JSON.stringify(again ? { type: "hello", again } : { type: "hello" }));
  socket.onmessage = ({ data }) => {
    if (JSON.parse(data).type === "welcome")
      socket.send(JSON.stringify({ type: "subscribe" }));
  };
  socket.onclose = ({ code }) => { if (code === 1012) live(url, true); };
}
</script>`;

let folder;
let server;
let browser;
before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "jackfield-script-"));
  server = http.createServer((request, response) => {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
    response.end(page);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags });
});
after(async () => {
  await browser?.close();
  await new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); });
  await rm(folder, { recursive: true, force: true });
});

test("a page in Chromium does what the script expects", async () => {
  const report = path.join(folder, "report.xml");
  const jackfield = spawn(process.env.JACKFIELD_TERMINAL, ["--port", "0", "--config-dir", path.join(folder, "config"), "--json",
    "--script", script, "--junit", report], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const ended = new Promise((resolve) => jackfield.once("exit", (code, signal) => resolve(code ?? signal)));
    const lines = readline.createInterface({ input: jackfield.stdout });
    const records = [];
    const url = await new Promise((resolve, reject) => {
      lines.on("line", (line) => {
        records.push(JSON.parse(line));
        if (records.at(-1).type === "ready")
          resolve(records.at(-1).urls[0]);
      });
      ended.then((how) => reject(new Error(`jackfield-terminal ended with ${how}`)));
    });
    const tab = await browser.newPage();
    await tab.goto(`http://127.0.0.1:${server.address().port}/`);
    await tab.evaluate((address) => live(address), `${url}live`);
    assert.equal(await ended, 0);
    assert.match(await readFile(report, "utf8"), /<testsuites tests="6" failures="0" errors="0"/);
    const opened = records.filter(({ type }) => type === "open");
    assert.deepEqual(opened.map(({ conn, target }) => [conn, target]), [[1, "/live"], [2, "/live"]]);
  } finally {
    jackfield.kill("SIGKILL");
  }
});
