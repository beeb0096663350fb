// Chromium's WebSocket, in a page.
import { after, before } from "node:test";
import { chromium } from "playwright-core";
import { exchanges } from "./support/contract.mjs";
import { openInPage, servePage } from "./support/page.mjs";
import { startServer } from "./support/server.mjs";

// What Chromium needs to run as root, without a GPU, and without asking the network for anything.
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

const state = {};
let page;
let browser;
let tab;
before(async () => {
  state.server = await startServer();
  page = await servePage();
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags });
  tab = await browser.newPage();
  await tab.goto(page.url);
});
after(async () => {
  await browser?.close();
  await page?.stop();
  await state.server?.stop();
});

const evaluate = (expression) => tab.evaluate(expression);

exchanges({ open: () => openInPage(evaluate, state.server.url), state, compresses: true, canFragment: false, canPing: false });
