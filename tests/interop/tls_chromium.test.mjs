// Chromium over TLS: it trusts what the NSS database of its home trusts, and no flag makes it trust more.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before } from "node:test";
import { chromium } from "playwright-core";
import { trustOfBrowser } from "./support/test_page.mjs";
import { startTlsServer } from "./support/tls_server.mjs";

// What Chromium needs to run as root, without a GPU, and without asking the network for anything.
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

const home = await mkdtemp(path.join(os.tmpdir(), "jackfield-chromium-"));
const environment = { ...process.env, HOME: home };
delete environment.XDG_CONFIG_HOME;
delete environment.XDG_DATA_HOME;

const state = {};
before(async () => {
  await mkdir(path.join(home, ".config", "chromium"), { recursive: true });
  state.server = await startTlsServer();
});
after(async () => {
  await state.server?.stop();
  await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

/** Throws when a flag of the running browser makes it less strict about certificates. */
async function checkFlags(profile) {
  let processes = 0;
  for (const process of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const line = await readFile(`/proc/${process}/cmdline`, "latin1").catch(() => ""); // it has ended
    if (!line.includes(profile))
      continue;
    ++processes;
    assert.doesNotMatch(line, /ignore-certificate|allow-insecure|test-type/);
  }
  assert.ok(processes > 0);
}

let profiles = 0;
async function start() {
  const profile = path.join(home, `profile-${++profiles}`);
  const context = await chromium.launchPersistentContext(profile,
    { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags, env: environment });
  try {
    await checkFlags(profile);
    const complaints = [];
    let page;
    return {
      // In a tab of its own: the page of an error comes at its own time, and would be in the way of what follows it.
      async open(url) {
        await page?.close();
        page = await context.newPage();
        page.on("console", (message) => {
          if (message.type() === "error" && message.text().includes("Content Security Policy"))
            complaints.push(message.text());
        });
        page.on("pageerror", (error) => complaints.push(error.message));
        await page.goto(url);
      },
      evaluate: (expression) => page.evaluate(expression),
      close: async () => { await context.close(); assert.deepEqual(complaints, []); },
    };
  } catch (error) {
    await context.close();
    throw error;
  }
}

trustOfBrowser({ state, start, home, target: "chromium", agent: /Chrome\//, refusal: /ERR_CERT_AUTHORITY_INVALID/,
  wrongName: /ERR_CERT_COMMON_NAME_INVALID/, failureCode: 1006,
  addresses: ["localhost", "127.0.0.1", "[::1]"] });
