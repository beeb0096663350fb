// One tls_server (tls_server.cpp) in a folder of its own.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";

const program = process.env.JACKFIELD_TLS_SERVER;
if (!program)
  throw new Error("JACKFIELD_TLS_SERVER must name the tls_server program (tests/interop/run sets it)");

/** Starts it, with a certificate that nobody trusts. */
export async function startTlsServer() {
  const folder = await mkdtemp(path.join(os.tmpdir(), "jackfield-tls-"));
  const child = spawn(program, [folder], { stdio: ["pipe", "pipe", "inherit"] });
  const server = new TlsServer(folder, child);
  try {
    const ready = await server.told("ready");
    server.port = ready.port;
    server.authority = ready.authority;
    server.fingerprint = ready.fingerprint;
    server.ca = await readFile(ready.authority, "utf8");
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

class TlsServer {
  #folder;
  #child;
  #ended;
  #said = [];
  #waiting = [];
  #orders = 0;

  constructor(folder, child) {
    this.#folder = folder;
    this.#child = child;
    this.#ended = new Promise((resolve) => child.once("close", (code, signal) => resolve(code ?? signal)));
    child.stdin.on("error", () => {}); // told by its end
    readline.createInterface({ input: child.stdout }).on("line", (line) => {
      this.#said.push(JSON.parse(line));
      for (const look of [...this.#waiting])
        look();
    });
    this.#ended.then((how) => {
      this.how = how;
      for (const look of [...this.#waiting])
        look();
    });
  }

  /** How many things it has said: for `told` to look behind them. */
  get mark() { return this.#said.length; }

  /** The first thing of kind `say` behind `mark` that is as wanted, said by now or still to come. */
  told(say, wanted = () => true, mark = 0) {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = this.#said.slice(mark).find((what) => what.say === say && wanted(what));
        if (!found && this.how === undefined)
          return;
        this.#waiting = this.#waiting.filter((each) => each !== look);
        if (found)
          resolve(found);
        else
          reject(new Error(`tls_server ended with ${this.how}; it said ${JSON.stringify(this.#said.slice(mark))}`));
      };
      this.#waiting.push(look);
      look();
    });
  }

  /** All of that kind that has been said by now behind `mark`. */
  allTold(say, mark = 0) { return this.#said.slice(mark).filter((what) => what.say === say); }

  /** The first `count` of that kind behind `mark`, said by now or still to come. */
  async toldOften(say, count, mark) {
    await this.told(say, () => this.allTold(say, mark).length >= count, mark);
    return this.allTold(say, mark).slice(0, count);
  }

  /** Has it do something; gives the value of its answer. */
  async order(what, more = {}) {
    const id = ++this.#orders;
    this.#child.stdin.write(JSON.stringify({ id, do: what, ...more }) + "\n");
    const answer = await this.told("done", (each) => each.id === id);
    if (answer.error !== undefined)
      throw new Error(`${what}: ${answer.error}`);
    return answer.value;
  }

  /** Ends it and removes its folder. Throws unless it ended well. */
  async stop() {
    this.#child.stdin.end();
    const last = setTimeout(() => this.#child.kill("SIGKILL"), 30_000);
    const how = await this.#ended;
    clearTimeout(last);
    await rm(this.#folder, { recursive: true, force: true });
    if (how !== 0)
      throw new Error(`tls_server ended with ${how}`);
  }
}
