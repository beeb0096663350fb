// Firefox's WebSocket, in a page that is driven over WebDriver BiDi.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import { after, before } from "node:test";
import { Bidi } from "./support/bidi.mjs";
import { exchanges } from "./support/contract.mjs";
import { openInPage, servePage } from "./support/page.mjs";
import { startServer } from "./support/server.mjs";

const state = {};
let page;
let firefox;
let profile;
let bidi;
let context;
before(async () => {
  state.server = await startServer();
  page = await servePage();
  profile = await mkdtemp(path.join(os.tmpdir(), "jackfield-firefox-"));
  firefox = spawn(process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    ["--headless", "--no-remote", "--remote-debugging-port", "0", "--profile", profile, "about:blank"],
    { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: "1" } });
  const address = await new Promise((resolve, reject) => {
    firefox.once("error", reject);
    firefox.once("exit", (code, signal) => reject(new Error(`Firefox ended (${code ?? signal}) before it was ready`)));
    readline.createInterface({ input: firefox.stderr }).on("line", (line) => {
      const match = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(line);
      if (match)
        resolve(match[1]);
    });
  });
  bidi = await Bidi.connect(`${address}/session`);
  await bidi.command("session.new", { capabilities: {} });
  ({ context } = await bidi.command("browsingContext.create", { type: "tab" }));
  await bidi.command("browsingContext.navigate", { context, url: page.url, wait: "complete" });
});
after(async () => {
  bidi?.close();
  if (firefox) {
    const ended = new Promise((resolve) => firefox.once("exit", resolve));
    if (firefox.exitCode === null && firefox.signalCode === null) {
      firefox.kill("SIGTERM");
      const last = setTimeout(() => firefox.kill("SIGKILL"), 10_000);
      await ended;
      clearTimeout(last);
    }
  }
  if (profile)
    await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  await page?.stop();
  await state.server?.stop();
});

async function evaluate(expression) {
  const { result, exceptionDetails } = await bidi.command("script.evaluate", { expression, awaitPromise: true, target: { context } });
  if (exceptionDetails)
    throw new Error(exceptionDetails.text);
  return result.value;
}

exchanges({ open: () => openInPage(evaluate, state.server.url), state, compresses: true, canFragment: false, canPing: false });
