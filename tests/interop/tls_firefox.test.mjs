// Firefox over TLS: it trusts what the NSS database of its profile trusts.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before } from "node:test";
import { startFirefox } from "./support/firefox.mjs";
import { trustOfBrowser } from "./support/test_page.mjs";
import { startTlsServer } from "./support/tls_server.mjs";

const home = await mkdtemp(path.join(os.tmpdir(), "jackfield-firefox-"));
const profile = path.join(home, ".mozilla", "firefox", "test.default");

const state = {};
before(async () => {
  await mkdir(profile, { recursive: true });
  await writeFile(path.join(home, ".mozilla", "firefox", "profiles.ini"),
    "[Profile0]\nName=default\nIsRelative=1\nPath=test.default\nDefault=1\n");
  state.server = await startTlsServer();
});
after(async () => {
  await state.server?.stop();
  await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

trustOfBrowser({ state, start: () => startFirefox(home, profile), home, target: "firefox", agent: /Firefox\//,
  refusal: /SEC_ERROR_UNKNOWN_ISSUER/,
  failureCode: 1015, // "bad TLS handshake", which it alone tells its pages
  addresses: ["localhost", "127.0.0.1", "[::1]"] });
