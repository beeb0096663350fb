// One jackfield-terminal that takes commands and tells everything in JSON, on ports and with a folder of its own.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";

const program = process.env.JACKFIELD_TERMINAL;
if (!program)
  throw new Error("JACKFIELD_TERMINAL must name the jackfield-terminal program (tests/interop/run sets it)");

export async function startTerminal(...options) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "jackfield-terminal-"));
  const child = spawn(program, ["--port", "0", "--config-dir", path.join(folder, "config"), "--json", ...options],
    { stdio: ["pipe", "pipe", "inherit"] });
  const terminal = new Terminal(folder, child);
  try {
    const { urls } = await terminal.told("ready");
    terminal.port = Number(new URL(urls[0]).port);
    return terminal;
  } catch (error) {
    await terminal.stop().catch(() => {});
    throw error;
  }
}

class Terminal {
  #folder;
  #child;
  #ended;
  #how;
  #said = [];
  #waiting = new Set();

  constructor(folder, child) {
    this.#folder = folder;
    this.#child = child;
    this.#ended = new Promise((resolve) => child.once("close", (code, signal) => resolve(code ?? signal)));
    child.stdin.on("error", () => {}); // told by its end
    readline.createInterface({ input: child.stdout }).on("line", (line) => {
      this.#said.push(JSON.parse(line));
      this.#look();
    });
    this.#ended.then((how) => {
      this.#how = how;
      this.#look();
    });
  }

  #look() {
    for (const look of [...this.#waiting])
      look();
  }

  /** How many things it has said: for `told` to look behind them. */
  get mark() { return this.#said.length; }

  /** The first record of that type behind `mark` that is as wanted, said by now or still to come. */
  told(type, wanted = () => true, mark = 0) {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = this.#said.slice(mark).find((record) => record.type === type && wanted(record));
        if (!found && this.#how === undefined)
          return;
        this.#waiting.delete(look);
        if (found)
          resolve(found);
        else
          reject(new Error(`jackfield-terminal ended with ${this.#how}; it said ${JSON.stringify(this.#said.slice(mark))}`));
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Everything of that type that it has said by now behind `mark`. */
  allTold(type, mark = 0) { return this.#said.slice(mark).filter((record) => record.type === type); }

  /** Carries out a command, one at a time; gives what it said until it was done. Throws when it could not be done. */
  async command(command) {
    const mark = this.mark;
    this.#child.stdin.write(`${command}\n`);
    const result = await this.told("result", (record) => record.command === command, mark);
    if (!result.ok)
      throw new Error(`${command}: ${result.error.text}`);
    return { result, records: this.#said.slice(mark) };
  }

  /** The rows of the open connections. */
  async users() {
    const { records } = await this.command("users");
    return records.filter(({ type }) => type === "connection");
  }

  /** Ends it and removes its folder. Throws unless it ended well. */
  async stop() {
    this.#child.stdin.end("quit\n");
    const last = setTimeout(() => this.#child.kill("SIGKILL"), 20_000);
    const how = await this.#ended;
    clearTimeout(last);
    await rm(this.#folder, { recursive: true, force: true });
    if (how !== 0)
      throw new Error(`jackfield-terminal ended with ${how}`);
  }
}
