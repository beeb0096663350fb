// What every client exchanges with the server. A client is an object with
//   send(data)             a string or a Buffer as one message
//   next()                 the next message: a string or a Buffer
//   close(code, reason)    begins the closing handshake
//   closed                 a promise of {code, reason, clean}
//   extensions             as negotiated
// and, where it can:
//   sendFragments(parts)   one message in so many frames
//   ping(payload)          a promise of the pong's payload
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

const MiB = 1 << 20;

/** Text of at least `size` bytes whose characters take one to four of them. */
export function textOf(size) {
  return "a\u00e4\u20ac\u{1f600}\0".repeat(Math.ceil(size / 11));
}

async function echoes(client, data) {
  await client.send(data);
  const back = await client.next();
  // Compared by hand: a failed assertion would print megabytes.
  assert.equal(typeof back, typeof data);
  assert.equal(back.length, data.length);
  assert.ok(typeof data === "string" ? back === data : Buffer.compare(back, data) === 0, "other bytes came back");
}

/** Defines the tests. `open()` gives a promise of a new client; `state` holds `server` by the time they run. */
export function exchanges({ open, state, compresses, canFragment, canPing }) {
  let waiting; // a connection that says nothing while the others talk
  let since;

  test("opens, and the extension is what both can do", async () => {
    waiting = await open();
    since = Date.now();
    if (compresses && state.server.compresses)
      assert.match(waiting.extensions, /^permessage-deflate/);
    else
      assert.equal(waiting.extensions, "");
  });

  test("text and binary of every length form", async () => {
    const client = await open();
    for (const size of [0, 1, 125, 126, 127, 65535, 65536]) {
      await echoes(client, "x".repeat(size));
      await echoes(client, randomBytes(size));
    }
    await echoes(client, "k\u00f6ln \u4e1c\u4eac \u{1f600} \ufeff\uffff");
    client.close(1000, "");
    assert.deepEqual(await client.closed, { code: 1000, reason: "", clean: true });
  });

  test("large messages, what compresses well and what does not", async () => {
    const client = await open();
    await echoes(client, textOf(MiB));
    await echoes(client, randomBytes(4 * MiB));
    await echoes(client, Buffer.alloc(4 * MiB, "jackfield "));
    await echoes(client, randomBytes(16 * MiB)); // as large as a message may be
    client.close(3000, "large");
    assert.equal((await client.closed).code, 3000);
  });

  test("a burst comes back in order", async () => {
    const client = await open();
    const messages = Array.from({ length: 1000 }, (_, i) => (i % 3 === 0 ? Buffer.from(`binary ${i}`) : `text ${i} ${"\u20ac".repeat(i % 50)}`));
    for (const message of messages)
      client.send(message);
    for (const message of messages)
      assert.deepEqual(await client.next(), message);
    client.close(1000, "");
    await client.closed;
  });

  if (canFragment) {
    test("messages in fragments", async () => {
      const client = await open();
      client.sendFragments(["Hel", "", "lo"]);
      assert.equal(await client.next(), "Hello");
      const parts = Array.from({ length: 300 }, () => randomBytes(5000));
      client.sendFragments(parts);
      assert.ok(Buffer.concat(parts).equals(await client.next()));
      const text = Array.from({ length: 100 }, (_, i) => textOf(20000) + i);
      client.sendFragments(text);
      assert.ok(text.join("") === await client.next());
      client.close(1000, "");
      await client.closed;
    });
  }

  if (canPing) {
    test("pings are answered with their payload", async () => {
      const client = await open();
      for (const payload of [Buffer.alloc(0), Buffer.from("ping"), randomBytes(125)])
        assert.ok(payload.equals(await client.ping(payload)));
      if (canFragment) {
        const between = client.sendFragments(["before ", "after"], () => client.ping(Buffer.from("between")));
        assert.equal(String(await between), "between");
        assert.equal(await client.next(), "before after");
      }
      client.close(1000, "");
      await client.closed;
    });
  }

  test("the client's close comes back", async () => {
    for (const [code, reason] of [[1000, ""], [1000, "done"], [3001, "k\u00f6ln \u{1f600}"], [4999, "r".repeat(123)]]) {
      const client = await open();
      await echoes(client, "before");
      client.close(code, reason);
      const end = await client.closed;
      assert.equal(end.code, code);
      assert.equal(end.clean, true);
    }
  });

  test("a message over the limit is refused with 1009, and the client hears it", async () => {
    const client = await open();
    // Noise, so that compression does not make it smaller than it is.
    Promise.resolve(client.send(randomBytes(16 * MiB + 1))).catch(() => {}); // the connection ends under it
    assert.equal((await client.closed).code, 1009);
  });

  test("the client has answered the server's pings all the while", async () => {
    await pause(Math.max(0, since + 5500 - Date.now())); // a second between pings, four for the pong
    await echoes(waiting, "still here");
  });

  test("the server says 1001 when it stops", async () => {
    await Promise.all([state.server.stop(), waiting.closed]);
    const end = await waiting.closed;
    assert.equal(end.code, 1001);
    assert.equal(end.clean, true);
    state.server = undefined;
  });
}

/** A queue between events and `next()`. */
export class Inbox {
  #messages = [];
  #waiting = [];
  #end;
  push(message) {
    const waiter = this.#waiting.shift();
    if (waiter)
      waiter.resolve(message);
    else
      this.#messages.push(message);
  }
  end(what) {
    this.#end = new Error(`the connection ended: ${JSON.stringify(what)}`);
    for (const waiter of this.#waiting.splice(0))
      waiter.reject(this.#end);
  }
  next() {
    if (this.#messages.length > 0)
      return Promise.resolve(this.#messages.shift());
    if (this.#end)
      return Promise.reject(this.#end);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }
}
