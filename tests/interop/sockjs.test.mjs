// Chromium with npm's sockjs-client, unchanged, over each transport, and how it falls from one to the next.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { serveSockJsPage } from "./support/sockjs_page.mjs";
import { startTerminal } from "./support/terminal.mjs";

// What Chromium needs to run as root, without a GPU, and without asking the network for anything. evil.example is this machine.
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP evil.example 127.0.0.1"];

let terminal;
let page;
let browser;
let tab;
before(async () => {
  page = await serveSockJsPage();
  terminal = await startTerminal();
  // Pages that leave by jsonp tell nobody; heartbeats find out.
  for (const [path, behaviour] of [["/echo", "echo"], ["/silent", "silent"]])
    await terminal.command(`endpoint ${path} ${behaviour} sockjs=all heartbeat=1000 client-url=http://127.0.0.1:${page.port}/sockjs.js`);
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags });
});
after(async () => {
  await browser?.close();
  await page?.stop();
  await terminal?.stop();
});

async function openTab(origin = `http://127.0.0.1:${page.port}`) {
  await tab?.close();
  tab = await browser.newPage();
  await tab.goto(`${origin}/`);
}

const address = (path) => `http://127.0.0.1:${terminal.port}${path}`;

/** Opens a session in a tab of its own; `row` is what the terminal told of it. */
async function open(transports, path = "/echo") {
  await openTab();
  const mark = terminal.mark;
  const { number, transport, end } = await dial(transports, path);
  assert.equal(end, undefined);
  return { number, transport, row: await terminal.told("open", () => true, mark) };
}
const dial = (transports, path) => tab.evaluate(([url, list]) => dial(url, list), [address(path), transports]);
const echo = (number, messages) => tab.evaluate(([to, all]) => echo(to, all), [number, messages]);
const closed = (number) => tab.evaluate((which) => sockets[which].closed, number);
async function rowOf({ conn }) {
  return (await terminal.users()).find((row) => row.conn === conn);
}

for (const [transport, carrier] of [["websocket", "ws"], ["xhr-streaming", "xhr-streaming"], ["eventsource", "eventsource"],
  ["iframe-eventsource", "eventsource"], ["iframe-htmlfile", "htmlfile"], ["xhr-polling", "xhr-polling"],
  ["iframe-xhr-polling", "xhr-polling"], ["jsonp-polling", "jsonp"]]) {
  test(`${transport}: opens, and the row says what carries it`, async () => {
    const session = await open(transport);
    assert.equal(session.transport, transport);
    assert.equal(session.row.endpoint ?? "/echo", "/echo");
    const row = await rowOf(session.row);
    assert.equal(row.transport, carrier);
    assert.equal(row.state, "OPEN");
  });

  test(`${transport}: texts of every plane of Unicode come back`, async () => {
    const { number } = await open(transport);
    assert.equal(await tab.evaluate((which) => echo(which, endsOfPlanes()), number), "");
    assert.equal(await echo(number, ["", "\0", "\u2028\u2029", "\ufeff\ufffe\uffff", "\u{1f600}", "\u{10ffff}", "</script><!--", "\\\"'\r\n"]), "");
  });

  test(`${transport}: 1,000 messages come back in order`, async () => {
    const { number } = await open(transport);
    assert.equal(await echo(number, Array.from({ length: 1000 }, (_, i) => `message ${i}`)), "");
  });

  test(`${transport}: a message beyond the limit of a stream comes back, and the session goes on`, async () => {
    const { number, row } = await open(transport);
    for (let i = 0; i < 3; ++i)
      assert.equal(await echo(number, ["k\u00f6ln ".repeat(25_000), "and one more"]), "");
    assert.equal((await rowOf(row)).state, "OPEN");
  });

  test(`${transport}: the server's close is the page's`, async () => {
    const { number, row } = await open(transport);
    assert.equal(await echo(number, ["before"]), "");
    await terminal.command(`kick #${row.conn} 4001 "k\u00f6ln, enough"`);
    assert.deepEqual(await closed(number), { code: 4001, reason: "k\u00f6ln, enough", clean: true });
    const told = await terminal.told("close", ({ conn }) => conn === row.conn);
    assert.equal(told.closeCode, 4001);
  });

  test(`${transport}: the page's close reaches the server`, async () => {
    const { number, row } = await open(transport);
    assert.equal(await echo(number, ["before"]), "");
    assert.deepEqual(await tab.evaluate((which) => { sockets[which].socket.close(4002, "bye"); return sockets[which].closed; }, number),
      { code: 4002, reason: "bye", clean: true }); // so says the client of itself
    const told = await terminal.told("close", ({ conn }) => conn === row.conn);
    // SockJS has no frame by which a page could say its code: a WebSocket is closed without one, requests are broken off.
    assert.equal(told.closeCode, carrier === "ws" ? 1005 : 1002);
  });

  test(`${transport}: a lone surrogate is no text`, async () => {
    const { number, row } = await open(transport);
    await tab.evaluate((which) => sockets[which].socket.send("\ud800"), number);
    if (carrier === "jsonp") { // a form is not told what became of it: the message alone is lost
      assert.equal(await echo(number, ["after"]), "");
      return;
    }
    const end = await closed(number);
    assert.equal(end.code, carrier === "ws" ? 1002 : 1006);
    const told = await terminal.told("close", ({ conn }) => conn === row.conn);
    assert.equal(told.closeCode, 1002);
  });

  test(`${transport}: what is sent by hand reaches the page`, async () => {
    const { number, row } = await open(transport, "/silent");
    await terminal.command(`send #${row.conn} by hand \u{1f600}`);
    assert.deepEqual(await tab.evaluate((which) => take(which, 1), number), ["by hand \u{1f600}"]);
  });
}

/** Has the page learn of `/info` before `change`, and try its transports behind it. */
async function changedMidway(path, change) {
  await tab.route(`**${path}/info*`, async (route) => {
    const response = await route.fetch();
    await change();
    await route.fulfill({ response });
  });
}

test("a WebSocket that is refused midway: the page falls back to xhr-streaming, and its row says so", async () => {
  await openTab();
  await changedMidway("/echo", () => terminal.command("transport /echo websocket off"));
  const mark = terminal.mark;
  const { number, transport } = await dial(undefined, "/echo");
  assert.equal(transport, "xhr-streaming");
  assert.equal(await echo(number, ["it works"]), "");
  const row = await rowOf(await terminal.told("open", () => true, mark));
  assert.equal(row.transport, "xhr-streaming");
  assert.equal(row.tried, "websocket: switched off here");
  const refused = await terminal.told("refuse", () => true, mark);
  assert.equal(refused.reason, "transport_off");
});

test("the next page knows before it tries", async () => {
  const session = await open(undefined);
  assert.equal(session.transport, "xhr-streaming");
  assert.equal((await rowOf(session.row)).tried ?? "", "");
});

for (const [off, next, tried] of [["xhr-streaming", "eventsource", ["xhr-streaming"]],
  ["eventsource", "iframe-htmlfile", ["xhr-streaming", "eventsource", "eventsource"]],
  ["htmlfile", "xhr-polling", ["xhr-streaming", "eventsource", "eventsource", "htmlfile"]],
  ["xhr-polling", "jsonp-polling", ["xhr-streaming", "eventsource", "eventsource", "htmlfile", "xhr-polling", "xhr-polling"]]]) {
  test(`without ${off} it falls back to ${next}`, async () => {
    await terminal.command(`transport /echo ${off} off`);
    const session = await open(undefined);
    assert.equal(session.transport, next);
    assert.equal(await echo(session.number, ["it works", "\u{1f600}\u2028"]), "");
    const row = await rowOf(session.row);
    for (const each of new Set(tried))
      assert.match(row.tried, new RegExp(`${each}: switched off here`));
  });
}

test("without any transport the page is told that none works", async () => {
  await terminal.command("transport /echo jsonp off");
  await openTab();
  const { end } = await dial(undefined, "/echo");
  assert.deepEqual(end, { code: 2000, reason: "All transports failed", clean: false });
});

test("what is switched on again is used by the next page", async () => {
  for (const transport of ["websocket", "xhr-streaming", "eventsource", "htmlfile", "xhr-polling", "jsonp"])
    await terminal.command(`transport /echo ${transport} on`);
  assert.equal((await open(undefined)).transport, "websocket");
});

test("OR-17 a page of another origin puts no message into a session that it knows", async () => {
  const post = (url, body, mode) => tab.evaluate(([where, what, how]) =>
    fetch(where, { method: "POST", mode: how, headers: { "Content-Type": "text/plain" }, body: what })
      .then((response) => response.text()), [url, body, mode]);
  // Nothing but the pages' own requests is to happen to it.
  await terminal.command("endpoint /known echo sockjs=all heartbeat=60000 disconnect-delay=60000");
  const session = address("/known/000/known");
  await openTab();
  assert.equal(await post(`${session}/xhr`, "", "cors"), "o\n");
  await openTab(`http://evil.example:${page.port}`);
  const mark = terminal.mark;
  assert.equal(await post(`${session}/xhr_send`, '["evil"]', "no-cors"), ""); // an opaque answer: the page learns nothing
  const refused = await terminal.told("refuse", () => true, mark);
  assert.equal(refused.status, 403);
  assert.equal(refused.origin, `http://evil.example:${page.port}`);
  await openTab();
  assert.equal(await post(`${session}/xhr_send`, '["good"]', "cors"), "");
  assert.equal(await post(`${session}/xhr`, "", "cors"), 'a["good"]\n');
});

test("a page of another origin is refused, whatever it tries", async () => {
  await openTab(`http://evil.example:${page.port}`);
  const mark = terminal.mark;
  const { end } = await dial(undefined, "/echo");
  assert.deepEqual(end, { code: 1002, reason: "Cannot connect to server", clean: false });
  const refused = await terminal.told("refuse", () => true, mark);
  assert.equal(refused.reason, "origin_not_allowed");
  assert.equal(refused.status, 403);
  assert.match(refused.target, /^\/echo\/info/);
  assert.equal(refused.origin, `http://evil.example:${page.port}`);
  assert.deepEqual(terminal.allTold("open", mark), []);
  // Once it is allowed it connects.
  await terminal.command(`allow origin http://evil.example:${page.port}`);
  assert.equal((await dial(undefined, "/echo")).transport, "websocket");
});
