// A headless Firefox, driven over WebDriver BiDi.
import { spawn } from "node:child_process";
import readline from "node:readline";
import { Bidi } from "./bidi.mjs";

/** Starts it with that home and profile; gives {open, evaluate, close} of one tab. */
export async function startFirefox(home, profile) {
  const environment = { ...process.env, HOME: home, MOZ_CRASHREPORTER_DISABLE: "1" };
  delete environment.XDG_CONFIG_HOME;
  delete environment.XDG_DATA_HOME;
  const firefox = spawn(process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    ["--headless", "--no-remote", "--remote-debugging-port", "0", "--profile", profile, "about:blank"],
    { stdio: ["ignore", "ignore", "pipe"], env: environment });
  const ended = new Promise((resolve) => firefox.once("close", resolve));
  let bidi;
  const close = async () => {
    bidi?.close();
    firefox.kill("SIGTERM");
    const last = setTimeout(() => firefox.kill("SIGKILL"), 10_000);
    await ended;
    clearTimeout(last);
  };
  try {
    const address = await new Promise((resolve, reject) => {
      firefox.once("error", reject);
      ended.then((how) => reject(new Error(`Firefox ended (${how}) before it was ready`)));
      readline.createInterface({ input: firefox.stderr }).on("line", (line) => {
        const match = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(line);
        if (match)
          resolve(match[1]);
      });
    });
    bidi = await Bidi.connect(`${address}/session`);
    await bidi.command("session.new", { capabilities: {} });
    const { context } = await bidi.command("browsingContext.create", { type: "tab" });
    return {
      open: (url) => bidi.command("browsingContext.navigate", { context, url, wait: "complete" }),
      async evaluate(expression) {
        const { result, exceptionDetails } = await bidi.command("script.evaluate",
          { expression, awaitPromise: true, target: { context } });
        if (exceptionDetails)
          throw new Error(exceptionDetails.text);
        return result.value;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
