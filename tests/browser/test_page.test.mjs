// The page that jackfield itself serves, in both colour schemes.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { names } from "./support/names.mjs";
import { startSession } from "./support/session.mjs";

const limit = { timeout: 60_000 };
let session, page;
const complaints = [];

before(async () => {
  session = await startSession();
  page = await session.browser.newPage({ colorScheme: "light" });
  page.on("console", (message) => { if (message.type() === "error") complaints.push(message.text()); });
  page.on("pageerror", (error) => complaints.push(error.message));
});

after(() => session?.stop());

const logged = (way, text) => page.waitForFunction(([wantedWay, wantedText]) =>
  [...document.querySelectorAll(`#log .${wantedWay} .data`)].some((element) => element.textContent === wantedText), [way, text]);
const colour = () => page.evaluate(() => getComputedStyle(document.getElementById("heading")).color);

test("its heading turns green and its row appears", limit, async () => {
  const response = await page.goto(`http://localhost:${session.port}/`);
  assert.equal(response.status(), 200);
  assert.match(response.headers()["content-security-policy"], /default-src 'none'.*script-src 'sha256-/);
  await page.waitForSelector("#heading[data-state=open]");
  assert.equal(await colour(), "rgb(26, 127, 55)");
  assert.equal(await page.isVisible("#tls"), false, "nothing is said of TLS where it is not enabled");
  await session.window.row(names.connections, (cells) =>
    cells.some((cell) => cell.includes("OPEN")) && cells.some((cell) => cell.includes(`localhost:${session.port}`)));
});

test("what it sends is echoed, and both are in its log and in the window", limit, async () => {
  await page.fill("#message", "ping <i>pong</i>");
  await page.press("#message", "Enter");
  await logged("from", "ping <i>pong</i>");
  await logged("to", "ping <i>pong</i>");
  await session.window.row(names.messages, (cells) =>
    cells.includes("ping <i>pong</i>") && cells.some((cell) => cell.includes("from browser")));
});

test("binary goes and comes as hex", limit, async () => {
  await page.selectOption("#kind", "binary");
  await page.fill("#message", "00 ff 7f");
  await page.click("#send");
  await logged("to", "[3 bytes] 00 ff 7f");
  await page.fill("#message", "0");
  await page.click("#send");
  assert.match(await page.textContent("#hint"), /pairs of hexadecimal digits/);
  await page.selectOption("#kind", "text");
});

test("a message composed by hand arrives in its log", limit, async () => {
  await session.window.write(names.text, "from the window");
  await session.window.press(names.send);
  await logged("to", "from the window");
});

test("a subprotocol is agreed and answers", limit, async () => {
  await page.selectOption("#subprotocol", "dumb-increment-protocol");
  await page.waitForFunction(() => document.getElementById("detail").textContent === "Subprotocol dumb-increment-protocol");
  await page.fill("#message", "Hello, world!");
  await page.click("#send");
  await logged("to", "!dlrow ,olleH");
});

test("a kick turns its heading red, with code and reason", limit, async () => {
  await session.window.selectRow(names.connections, (cells) => cells.some((cell) => cell.includes("OPEN")));
  await session.window.choose(names.kickMenu);
  await session.window.write(names.kickCode, "4001");
  await session.window.write(names.kickReason, "lunch");
  await session.window.press(names.kickNow);
  await page.waitForSelector("#heading[data-state=closed]");
  assert.equal(await page.textContent("#heading"), "Closed (code 4001, reason: lunch)");
  assert.equal(await colour(), "rgb(179, 38, 30)");
});

test("it connects again when asked, and reads well in the dark", limit, async () => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.click("#connect");
  await page.waitForSelector("#heading[data-state=open]");
  assert.equal(await colour(), "rgb(87, 192, 109)");
  assert.deepEqual(complaints, [], "the page breaks no rule of its Content-Security-Policy");
});
