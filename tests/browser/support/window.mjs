// The window of a running jackfield, driven through AT-SPI by window_driver.py.
import { spawn } from "node:child_process";
import readline from "node:readline";
import { fileURLToPath } from "node:url";
import { until } from "./until.mjs";

const driverPath = fileURLToPath(new URL("window_driver.py", import.meta.url));

export class Window {
  #driver;
  #waiting = new Map();
  #next = 1;
  #pid;

  constructor(pid, environment) {
    this.#pid = pid;
    this.#driver = spawn("/usr/bin/python3", [driverPath], { env: environment, stdio: ["pipe", "pipe", "inherit"] });
    readline.createInterface({ input: this.#driver.stdout }).on("line", (line) => {
      const answer = JSON.parse(line);
      this.#waiting.get(answer.id)(answer);
      this.#waiting.delete(answer.id);
    });
  }

  async close() {
    const gone = new Promise((resolve) => this.#driver.once("exit", resolve));
    this.#driver.stdin.end();
    await gone;
  }

  // One order, answered at once; throws when the control is not there.
  async #order(what, target, more = {}) {
    const id = this.#next++;
    const named = typeof target === "string" ? { name: target } : target;
    const answered = new Promise((resolve) => this.#waiting.set(id, resolve));
    this.#driver.stdin.write(JSON.stringify({ id, do: what, pid: this.#pid, ...named, ...more }) + "\n");
    const answer = await answered;
    if (answer.error !== undefined)
      throw new Error(answer.error);
    return answer.value;
  }

  // The same, until it succeeds.
  #patiently(what, target, more) {
    return until(`${what} ${JSON.stringify(target)}`, async () => ({ value: await this.#order(what, target, more) }))
      .then((found) => found.value);
  }

  /** The control of that accessible name ({name, role, text, enabled, checked}), once it is showing. */
  find(target) { return this.#patiently("find", target); }
  /** Presses it, once it is there and enabled. */
  press(target) { return this.#patiently("press", target); }
  focus(target) { return this.#patiently("focus", target); }
  /** Replaces the text of an input. */
  write(target, text) { return this.#patiently("write", target, { text }); }
  /** {columns, rows, count} of a table. */
  table(target) { return this.#patiently("rows", target); }
  select(target, row) { return this.#patiently("select", target, { row }); }
  tree() { return this.#order("tree", {}); }

  /** Chooses an entry of the menu bar or of a button's menu; a menu that is filled only when it opens is opened. */
  async choose([menu, entry]) {
    const target = { name: entry, below: menu, hidden: true };
    if (!await this.#order("find", target).then(() => true, () => false))
      await this.press(menu);
    await this.press(target);
  }

  /** The control once its description satisfies `wanted`: what a button with a menu says now. */
  described(target, wanted) {
    return until(`the description of ${JSON.stringify(target)}`, async () => {
      const found = await this.#order("find", target);
      if (!wanted(found.description))
        throw new Error(`it is ${JSON.stringify(found.description)}`);
      return found;
    });
  }

  async isShowing(target) {
    return this.#order("find", target).then(() => true, () => false);
  }

  /** The first row of the table whose cells satisfy `wanted`, as {index, cells, columns}, once there is one. */
  row(target, wanted) {
    return until(`a row in ${JSON.stringify(target)}`, async () => {
      const table = await this.#order("rows", target);
      const index = table.rows.findIndex((cells) => wanted(cells));
      if (index < 0)
        throw new Error("its rows are " + JSON.stringify(table.rows));
      return { index, cells: table.rows[index], columns: table.columns };
    });
  }

  /** Selects the first row that satisfies `wanted`. Rows may move meanwhile, so it looks again at what it selected. */
  selectRow(target, wanted) {
    return until(`to select a row in ${JSON.stringify(target)}`, async () => {
      const found = await this.row(target, wanted);
      const selected = await this.#order("select", target, { row: found.index });
      const table = await this.#order("rows", target);
      if (!selected.includes(found.index) || !wanted(table.rows[found.index]))
        throw new Error("the row moved");
      return found;
    });
  }
}
