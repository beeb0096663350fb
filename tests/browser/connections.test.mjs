// A page connects, is seen, is talked to by hand, and is kicked.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { names } from "./support/names.mjs";
import { startPageServer } from "./support/page_server.mjs";
import { startSession } from "./support/session.mjs";

const limit = { timeout: 60_000 };
let session, server, page;

before(async () => {
  server = await startPageServer();
  session = await startSession();
  page = await session.browser.newPage();
  await page.goto(`http://localhost:${server.port}/`);
});

after(async () => {
  await session?.stop();
  await server?.stop();
});

const ofThisPage = (cells) => cells.some((cell) => cell.includes(`localhost:${server.port} → /page`));

test("a page that connects has a row", limit, async () => {
  await page.evaluate((url) => window.dial(url), `ws://localhost:${session.port}/page`);
  await page.waitForFunction(() => document.getElementById("state").textContent === "open");
  const row = await session.window.row(names.connections, ofThisPage);
  assert.ok(row.cells.some((cell) => cell.includes("OPEN")), row.cells.join(" | "));
  assert.ok(row.cells.some((cell) => cell.startsWith("Chrome")), row.cells.join(" | "));
});

test("its protocol and its extensions are told", limit, async () => {
  const shown = await session.window.table(names.connections);
  for (const column of ["Protocol version", "Extensions"])
    if (!shown.columns.includes(column))
      await session.window.choose(["Connection columns", column]);
  const row = await session.window.row(names.connections, ofThisPage);
  assert.ok(row.cells.some((cell) => cell === "RFC 6455"), row.cells.join(" | "));
  assert.ok(row.cells.some((cell) => cell.startsWith("permessage-deflate")), row.cells.join(" | "));
});

test("what the page sends is shown, and the echo after it", limit, async () => {
  await page.evaluate(() => window.socket.send("grüße, 世界 <b>"));
  await page.waitForFunction(() => window.received.includes("grüße, 世界 <b>"));
  const holds = (direction) => (cells) =>
    cells.some((cell) => cell.includes(direction)) && cells.some((cell) => cell === "grüße, 世界 <b>");
  const came = await session.window.row(names.messages, holds("from browser"));
  const went = await session.window.row(names.messages, holds("to browser"));
  assert.ok(came.index < went.index, "the oldest message stands first");
  assert.ok(came.cells.includes("Text Message"), came.cells.join(" | "));
});

test("a message composed by hand arrives in the page, byte for byte", limit, async () => {
  const text = '{"by": "hand"}\n\tsecond line';
  await session.window.write(names.text, text);
  const button = await session.window.find(names.send);
  assert.equal(button.role, "push button");
  await session.window.press(names.send);
  await page.waitForFunction((wanted) => window.received.includes(wanted), text);
});

test("bytes composed by hand arrive as a binary message", limit, async () => {
  await session.window.choose(names.binaryKind);
  await session.window.write(names.hex, "00 ff 80 7f");
  await session.window.press(names.send);
  await page.waitForFunction(() => window.received.includes("binary 00ff807f"));
  await session.window.choose(names.textKind);
});

test("the answers are changed while the page stays connected", limit, async () => {
  await session.window.choose(names.answerReverse);
  await session.window.described(names.answers, (text) => text.includes("reverse"));
  await page.evaluate(() => window.socket.send("drawn onward"));
  await page.waitForFunction(() => window.received.includes("drawno nward"));
  await session.window.choose(names.answerEcho);
  await session.window.described(names.answers, (text) => text.includes("echo"));
});

test("a kick with 4001 and a reason reaches the page's onclose", limit, async () => {
  await session.window.selectRow(names.connections, ofThisPage);
  await session.window.choose(names.kickMenu);
  await session.window.write(names.kickCode, "4001");
  await session.window.write(names.kickReason, "be gone");
  await session.window.press(names.kickNow);
  await page.waitForFunction(() => window.closes.length === 1);
  assert.deepEqual(await page.evaluate(() => window.closes), [{ code: 4001, reason: "be gone", clean: true }]);
  await session.window.row(names.connections, (cells) => ofThisPage(cells) && cells.some((cell) => cell.includes("CLOSED")));
});
