// One running jackfield in its window on a display of its own, and one headless Chromium.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import { chromium } from "playwright-core";
import { Window } from "./window.mjs";

const program = process.env.JACKFIELD;
if (!program)
  throw new Error("JACKFIELD must name the jackfield program (tests/browser/run sets it)");

// What Chromium needs to run as root, without a GPU, and without asking the network for anything.
const chromiumArguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

function exited(child) {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null)
      resolve();
    else
      child.once("exit", resolve);
  });
}

function firstLine(stream, wanted, child, what) {
  return new Promise((resolve, reject) => {
    child.once("exit", (code, signal) => reject(new Error(`${what} ended (${code ?? signal}) before it was ready`)));
    child.once("error", (error) => reject(new Error(`${what} could not be started: ${error.message}`)));
    readline.createInterface({ input: stream }).on("line", (line) => {
      const match = wanted.exec(line);
      if (match)
        resolve(match[1]);
    });
  });
}

/**
 * Starts everything and gives {window, browser, port, folder, stop}. `resolve` maps host names to 127.0.0.1 inside the browser.
 * Each step undoes itself in `stop`, last first; a step that fails undoes those before it.
 */
export async function startSession({ resolve = [] } = {}) {
  const undo = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse())
      await step();
  };
  try {
    const folder = await mkdtemp(path.join(os.tmpdir(), "jackfield-browser-"));
    undo.push(() => rm(folder, { recursive: true, force: true }));

    const display = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x1000x24", "-nolisten", "tcp"],
      { stdio: ["ignore", "ignore", "ignore", "pipe"] });
    undo.push(async () => { display.kill(); await exited(display); });
    const number = await firstLine(display.stdio[3], /^(\d+)$/, display, "Xvfb");

    const environment = { ...process.env, DISPLAY: `:${number}`, HOME: folder, XDG_CONFIG_HOME: folder, LANG: "C.UTF-8",
      QT_QPA_PLATFORM: "xcb", QT_LINUX_ACCESSIBILITY_ALWAYS_ON: "1" };
    const jackfield = spawn(program, ["--port", "0", "--config-dir", path.join(folder, "config")],
      { env: environment, stdio: ["ignore", "pipe", "inherit"] });
    undo.push(async () => {
      jackfield.kill("SIGTERM");
      const end = setTimeout(() => jackfield.kill("SIGKILL"), 10_000);
      await exited(jackfield);
      clearTimeout(end);
    });
    const port = Number(await firstLine(jackfield.stdout, /^Listening on ws:\/\/127\.0\.0\.1:(\d+)\/$/, jackfield, "jackfield"));

    const window = new Window(jackfield.pid, environment);
    undo.push(() => window.close());

    const rules = resolve.map((name) => `MAP ${name} 127.0.0.1`).join(",");
    const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [...chromiumArguments, ...(rules ? [`--host-resolver-rules=${rules}`] : [])], env: environment });
    undo.push(() => browser.close());

    return { window, browser, port, folder, jackfield, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
