// One jackfield-terminal on ports of its own, with a folder of its own.
import { spawn } from "node:child_process";
import { mkdtemp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const program = process.env.JACKFIELD_TERMINAL;
if (!program)
  throw new Error("JACKFIELD_TERMINAL must name the jackfield-terminal program (tests/interop/run sets it)");

/** {port, url, compresses, output(), stop()}. It pings every second and gives four for the pong. */
export async function startServer() {
  const folder = await mkdtemp(path.join(os.tmpdir(), "jackfield-interop-"));
  await mkdir(path.join(folder, "config"));
  await writeFile(path.join(folder, "config", "settings.jackfield.json"),
    JSON.stringify({ jackfield: 1, limits: { ping_interval_ms: 1000, pong_timeout_ms: 4000, drain_timeout_ms: 20000 } }));
  const ready = path.join(folder, "ready");
  const child = spawn(program, ["--port", "0", "--config-dir", path.join(folder, "config"), "--ready-file", ready],
    { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text) => { output += text; });
  const ended = new Promise((resolve) => child.once("exit", (code, signal) => resolve(code ?? signal)));

  const stop = async () => {
    child.kill("SIGTERM");
    const last = setTimeout(() => child.kill("SIGKILL"), 10_000);
    const how = await ended;
    clearTimeout(last);
    await rm(folder, { recursive: true, force: true });
    if (how !== 0)
      throw new Error(`jackfield-terminal ended with ${how}:\n${output}`);
  };

  try {
    const port = await readPort(ready, child, () => output);
    return { port, url: `ws://127.0.0.1:${port}/interop`, compresses: await compresses(port), output: () => output, stop };
  } catch (error) {
    child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function readPort(file, child, output) {
  for (let tries = 0; tries < 1000; ++tries) {
    try {
      return Number(/ws:\/\/127\.0\.0\.1:(\d+)\//.exec(await readFile(file, "utf8"))[1]);
    } catch {
      if (child.exitCode !== null)
        break;
      await pause(20);
    }
  }
  throw new Error(`jackfield-terminal was never ready:\n${output()}`);
}

/** Whether the server accepts permessage-deflate: asked without any client's help. */
async function compresses(port) {
  const head = await new Promise((resolve, reject) => {
    let answer = "";
    const socket = net.connect(port, "127.0.0.1", () => socket.write(["GET /probe HTTP/1.1", `Host: 127.0.0.1:${port}`,
      "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits", "", ""].join("\r\n")));
    socket.on("error", reject).on("data", (bytes) => {
      answer += bytes.toString("latin1");
      if (answer.includes("\r\n\r\n")) {
        socket.destroy();
        resolve(answer);
      }
    });
  });
  if (!head.startsWith("HTTP/1.1 101 "))
    throw new Error(`expected 101, got ${head}`);
  return /^sec-websocket-extensions:\s*permessage-deflate/im.test(head);
}
