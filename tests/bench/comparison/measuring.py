"""Puts the load on a server and reads what it cost."""

import json
import re
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    cost: float  # microseconds of the server's CPU a message, or bytes of memory a connection
    messages: int = 0
    seconds: float = 0
    answer_bytes: float = 0  # of one message, as they came


def run_load(program, workload, url, pid, placement, seconds, prefix=(), warm_up=0.2):
    """The one place that knows the load program (`program`: it and more options of its). Any that takes these options, which are
    those of jackfield-bench, and prints this JSON will do."""
    command = [*prefix, program[0], *workload.load, *program[1:], "--pid", str(pid), "--json", "-"]
    if not workload.is_memory:
        command += ["--duration", str(seconds), "--warm-up", str(warm_up)]
    if workload.tls:
        command += ["--insecure"]
    done = subprocess.run(command + [url], capture_output=True, text=True, timeout=120 + seconds,
                          preexec_fn=placement.child(placement.load_core))
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip() or f"the load ended with status {done.returncode}")
    report = json.loads(done.stdout)
    if workload.is_memory:
        return Outcome(report["server_memory"]["bytes_a_connection"])
    messages = report["messages"]
    return Outcome(report["server_cpu"]["us_a_message"], messages, report["seconds"], report["bytes_received"] / messages)


def count_syscalls(program, workload, running, placement, scratch):
    """System calls a message, the opening handshakes left out as far as they weigh; None where nothing can count them."""
    seconds = 0.5
    if shutil.which("perf"):
        counts = scratch / "perf"
        prefix = ["perf", "stat", "-e", "raw_syscalls:sys_enter", "-x", ",", "-o", str(counts), "-p", str(running.pid), "--"]
        outcome = run_load(program, workload, running.url, running.pid, placement, seconds, prefix, warm_up=0)
        found = re.search(r"^(\d+),", counts.read_text(), re.MULTILINE)
        return int(found.group(1)) / outcome.messages if found else None
    if shutil.which("strace"):
        counts = scratch / "strace"
        strace = subprocess.Popen(["strace", "-f", "-c", "-o", str(counts), "-p", str(running.pid)], stderr=subprocess.DEVNULL)
        time.sleep(0.3)  # it says nothing when it has attached
        try:
            outcome = run_load(program, workload, running.url, running.pid, placement, seconds, warm_up=0)
        finally:
            strace.send_signal(signal.SIGINT)
            strace.wait()
        found = re.search(r"^100\.00\s+\S+\s+(?:\S+\s+)?(\d+)\s+(?:\d+\s+)?total", counts.read_text(), re.MULTILINE)
        return int(found.group(1)) / outcome.messages if found else None
    return None
