// Pages that are not allowed: refused, listed, and let in by a button.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { names } from "./support/names.mjs";
import { startPageServer } from "./support/page_server.mjs";
import { startSession } from "./support/session.mjs";
import { until } from "./support/until.mjs";

const limit = { timeout: 60_000 };
let session, server;

before(async () => {
  server = await startPageServer();
  session = await startSession({ resolve: ["evil.test", "rebind.test"] });
});

after(async () => {
  await session?.stop();
  await server?.stop();
});

const holds = (...texts) => (cells) => texts.every((text) => cells.some((cell) => cell.includes(text)));

test("a page of an origin that is not listed is refused, listed, and let in by Allow", limit, async () => {
  const page = await session.browser.newPage();
  const origin = `http://evil.test:${server.port}`;
  await page.goto(origin + "/");
  const dial = () => page.evaluate((url) => window.dial(url), `ws://localhost:${session.port}/chat`);
  await dial();
  await page.waitForFunction(() => window.closes.length === 1);
  assert.deepEqual(await page.evaluate(() => window.closes), [{ code: 1006, reason: "", clean: false }]);

  await session.window.press(names.refusalAllow);
  await session.window.press(names.confirmAllow); // it is not this machine's own page, as far as names tell
  await until("the page to be let in", async () => {
    await dial();
    await page.waitForFunction(() => document.getElementById("state").textContent !== "idle" && window.socket.readyState !== 0);
    return page.evaluate(() => window.socket.readyState === WebSocket.OPEN);
  });
  await session.window.row(names.connections, holds("OPEN", `evil.test:${server.port} → /chat`));
  await until("the entry in Origins.dat", async () => {
    const file = await readFile(path.join(session.folder, "config", "Origins.dat"), "utf8");
    return file.split("\n").some((line) => line.startsWith(origin) || line === `evil.test:${server.port}`);
  });
  await session.window.press(names.showRefused);
  await session.window.row(names.refused, holds(origin));
  await page.close();
});

test("OR-16 a rebinding page gets 403 and no connection", limit, async () => {
  const page = await session.browser.newPage();
  const response = await page.goto(`http://rebind.test:${session.port}/`);
  assert.equal(response.status(), 403);
  const body = await response.text();
  assert.ok(!body.includes("rebind.test"), "the answer holds nothing of the request");
  // Nor does a page that had been loaded under that name before the name was turned to this machine.
  await page.goto(`http://rebind.test:${server.port}/`);
  await page.evaluate((url) => window.dial(url), `ws://rebind.test:${session.port}/`);
  await page.waitForFunction(() => window.closes.length === 1);
  assert.deepEqual(await page.evaluate(() => window.closes), [{ code: 1006, reason: "", clean: false }]);
  await session.window.press(names.showRefused);
  await session.window.press(names.needsYou);
  await session.window.row(names.refused, holds("ws / from", "rebind.test"));
  await page.close();
});

test("the example from disk is refused for its null origin and let in for 15 minutes", limit, async () => {
  const example = fileURLToPath(new URL("../../resources/examples/reverse.html", import.meta.url));
  const page = await session.browser.newPage();
  await page.goto(`${pathToFileURL(example)}?port=${session.port}`);
  await page.waitForFunction(() => document.getElementById("heading").className === "closed");
  assert.ok(await page.isVisible("#null-origin"));

  await session.window.press(names.needsYou);
  await session.window.selectRow(names.refused, holds("ws / from null"));
  await session.window.press(names.allowAttempt);
  await until("the example to be let in", async () => {
    await page.click("#again");
    await page.waitForFunction(() => document.getElementById("heading").className !== "connecting");
    return await page.getAttribute("#heading", "class") === "open";
  });
  await page.waitForFunction(() => document.getElementById("received").textContent === "!dlrow ,olleH");
  const saved = await readFile(path.join(session.folder, "config", "Origins.dat"), "utf8");
  assert.ok(!saved.split("\n").includes("null"), "pages without an origin are never saved");
  await page.close();
});
