// What a browser has to see of the test page and do on it, whichever browser it is. A browser is an object with
//   open(url)          goes to a page; throws when it cannot be shown
//   evaluate(text)     runs an expression in the page and gives what its promise gives, a string or a number
//   close()            ends the browser
// `start` starts one with a profile of its own that trusts what its home trusts.
import assert from "node:assert/strict";
import { test } from "node:test";

/** Resolves with the words on the page about TLS once their state is that. */
const wordsOnceState = (state) => `new Promise((resolve) => {
  const box = document.getElementById("tls");
  const look = () => box.dataset.state === ${JSON.stringify(state)} && resolve(box.textContent);
  new MutationObserver(look).observe(box, { attributes: true, childList: true, subtree: true });
  look();
})`;

/** Opens a WebSocket, sends one message, gives what came back and how it closed. */
const exchange = (url) => `new Promise((resolve) => {
  const socket = new WebSocket(${JSON.stringify(url)});
  const got = [];
  socket.onopen = () => socket.send("grüße über TLS");
  socket.onmessage = ({ data }) => { got.push(data); socket.close(4002, "enough"); };
  socket.onclose = ({ code, wasClean }) => resolve(JSON.stringify({ got, code, wasClean }));
})`;

const echoed = { got: ["grüße über TLS"], code: 4002, wasClean: true };


/**
 * Defines the tests. `state` holds `server` by the time they run, `start()` gives a promise of a browser. `refusal` are its words for an
 * authority that it does not trust, `wrongName` for a certificate of another name, `failureCode` is the CloseEvent's of a WebSocket to it.
 */
export function trustOfBrowser({ state, start, target, home, agent, refusal, wrongName, failureCode, addresses }) {
  const exchanged = async (browser, url) => JSON.parse(await browser.evaluate(exchange(url)));

  async function isRefused(browser) {
    const { server } = state;
    let mark = server.mark;
    const unknown = (what) => what.failure === "unknown_authority";
    await assert.rejects(browser.open(`https://localhost:${server.port}/`), refusal);
    const told = await server.told("refused", unknown, mark);
    assert.equal(told.reason, "tls_failed");
    assert.equal(told.server_name, "localhost");
    assert.match(told.why, /trust/);

    await browser.open(`http://localhost:${server.port}/`);
    assert.match(await browser.evaluate(wordsOnceState("plain")), /came over plain http:\/\//);
    mark = server.mark;
    assert.deepEqual(await exchanged(browser, `wss://localhost:${server.port}/`), { got: [], code: failureCode, wasClean: false });
    await server.told("refused", unknown, mark);
    mark = server.mark;
    await browser.evaluate(`document.getElementById("tls-try").click(), ""`);
    assert.match(await browser.evaluate(wordsOnceState("failed")), /wss:\/\/localhost:\d+\/ did not open: this browser does not trust/);
    await server.told("refused", unknown, mark);
  }

  async function isTrusted(browser) {
    const { server } = state;
    const mark = server.mark;
    await browser.open(`https://localhost:${server.port}/`);
    const words = await browser.evaluate(wordsOnceState("trusted"));
    assert.match(words, /This browser trusts Jackfield's certificate for localhost: this page came over https:\/\//);
    assert.ok(words.includes(`wss://localhost:${server.port}/`), words);
    const opened = await server.told("opened", (what) => what.origin === `https://localhost:${server.port}`, mark);
    assert.equal(opened.tls.version, "TLS 1.3");
    assert.equal(opened.tls.server_name, "localhost");
    assert.match(opened.tls.cipher, /^TLS_/);
    assert.match(opened.user_agent, agent);
    // A browser may leave in the middle of a handshake that it began to spare; none may end for another reason.
    assert.deepEqual(server.allTold("refused", mark)
      .filter((what) => what.reason === "tls_failed" && what.failure !== "peer_left"), []);
    return opened;
  }

  async function inBrowser(use) {
    const browser = await start();
    try {
      await use(browser);
    } finally {
      await browser.close();
    }
  }

  test("a browser that does not trust the authority is refused, and the server says why", () => inBrowser(isRefused));

  test("a browser that trusts it has the page over https:// and its WebSocket over wss://", async () => {
    const places = await state.server.order("trust", { home });
    assert.deepEqual(places.filter((place) => place.target === target).map((place) => place.state), ["trusted"]);
    await inBrowser(async (browser) => {
      const { server } = state;
      const { port } = server;
      const { number } = await isTrusted(browser);
      assert.ok((await browser.evaluate(`document.getElementById("tls-more").textContent`))
        .replaceAll(":", "").length > 64, "the certificate's fingerprint is on the page");
      const health = JSON.parse(await browser.evaluate(`fetch("/health").then((answer) => answer.text())`));
      assert.equal(health.tls, true);

      // The page's own WebSocket: an echo, then the server's close.
      await browser.evaluate(`document.getElementById("message").value = "over TLS", document.getElementById("send").click(), ""`);
      await browser.evaluate(`new Promise((resolve) => {
        const log = document.getElementById("log");
        const look = () => [...log.querySelectorAll(".to .data")].some((line) => line.textContent === "over TLS") && resolve("");
        new MutationObserver(look).observe(log, { childList: true });
        look();
      })`);
      await server.order("kick", { number, code: 4001, reason: "be gone" });
      assert.equal(await browser.evaluate(`new Promise((resolve) => {
        const heading = document.getElementById("heading");
        const look = () => heading.dataset.state === "closed" && resolve(heading.textContent);
        new MutationObserver(look).observe(heading, { attributes: true, childList: true });
        look();
      })`), "Closed (code 4001, reason: be gone)");

      for (const address of addresses) {
        const mark = server.mark;
        assert.deepEqual(await exchanged(browser, `wss://${address}:${port}/`), echoed, address);
        const opened = await server.told("opened", (what) => what.host === `${address}:${port}`, mark);
        assert.equal(opened.tls.version, "TLS 1.3");
        const closed = await server.told("closed", (what) => what.number === opened.number, mark);
        assert.deepEqual([closed.code, closed.reason, closed.clean, closed.by], [4002, "enough", true, "peer"]);
        assert.equal(opened.tls.server_name, address === "localhost" ? "localhost" : ""); // RFC 6066: no addresses
      }

      // A name below localhost, which the certificate is not for.
      const mark = server.mark;
      await assert.rejects(browser.open(`https://a.localhost:${port}/`), wrongName);
      const refused = await server.told("refused", (what) => what.failure === "wrong_name", mark);
      assert.equal(refused.server_name, "a.localhost");
      assert.match(refused.why, /which is not for the name or address that it asked for \(it asked for a\.localhost\)/);

      await browser.open(`http://localhost:${port}/`);
      assert.match(await browser.evaluate(wordsOnceState("plain")), new RegExp(`TLS is enabled too: open https://localhost:${port}/`));
      await browser.evaluate(`document.getElementById("tls-try").click(), ""`);
      assert.match(await browser.evaluate(wordsOnceState("trusted")), /localhost: a WebSocket opened over wss:\/\//);
      assert.equal(JSON.parse(await browser.evaluate(`fetch("/health").then((answer) => answer.text())`)).tls, false);
    });
  });

  test("after trust was taken back it is refused again", async () => {
    const places = await state.server.order("untrust", { home });
    assert.deepEqual(places.filter((place) => place.target === target).map((place) => place.state), ["not_trusted"]);
    await inBrowser(isRefused);
  });
}
