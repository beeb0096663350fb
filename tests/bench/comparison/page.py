"""RESULTS.md: what a run of tests/bench/compare says."""

import statistics


class Results:
    """Rounds by workload and server, failures in words, and system calls a message."""

    def __init__(self):
        self.rounds, self.failures, self.syscalls, self.answer_bytes = {}, {}, {}, {}

    def add(self, workload, server, outcome):
        self.rounds.setdefault((workload.name, server.name), []).append(outcome.cost)
        self.answer_bytes[workload.name, server.name] = outcome.answer_bytes

    def median(self, workload, name):
        values = self.rounds.get((workload.name, name))
        return statistics.median(values) if values else None

    def ratio(self, workload, name):
        cost, floor = self.median(workload, name), self.median(workload, "floor")
        return cost / floor if cost is not None and floor else None

    def is_met(self, workload):
        """None where there is no aim or no figure."""
        aim, cost, ratio = workload.aim, self.median(workload, "jackfield"), self.ratio(workload, "jackfield")
        if cost is None or aim.kind == "none" or (aim.kind == "ratio" and ratio is None):
            return None
        if aim.kind != "ratio":
            return cost <= aim.most
        return ratio <= aim.most or (bool(aim.words) and cost <= max(self.rounds[workload.name, "floor"]))


def number(value):
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * (len(head) - 1)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def aims(results, workloads, servers):
    rows = []
    for workload in workloads:
        others = [(results.median(workload, s.name), s.title) for s in servers
                  if s.name not in ("floor", "jackfield") and results.median(workload, s.name) is not None]
        best = min(others, default=None)
        met = results.is_met(workload)
        rows.append([workload.title, number(results.median(workload, "floor")), number(results.median(workload, "jackfield")),
                     number(results.ratio(workload, "jackfield")), f"{number(best[0])} ({best[1]})" if best else "-", str(workload.aim),
                     "-" if met is None else "met" if met else "**not met**"])
    return table(["workload", "floor", "Jackfield", "x floor", "best other", "aim", ""], rows)


def costs(results, workloads, servers):
    return table(["workload"] + [s.title for s in servers],
                 [[w.title] + [number(results.median(w, s.name)) for s in servers] for w in workloads])


def ratios(results, workloads, servers):
    return table(["workload"] + [s.title for s in servers],
                 [[w.title] + [number(results.ratio(w, s.name)) for s in servers] for w in workloads
                  if "floor" not in w.without])


METHOD = """\
## How it is measured

* `tests/bench/compare` makes this page; nobody edits it. Every server runs for each round anew, on one core, and the load on another; the servers of
  a workload take turns, so that a machine that slows down slows all of them. A figure is the median of the rounds. Figures of different runs are not
  to be compared, ratios are.
* What is measured is the CPU time of the server's process, user and system and all its threads, over the messages that it answered (fan-out: over the
  deliveries) in the same time. The load is one process for all servers, sends masked frames, and verifies every answer.
* Memory is what the process holds beyond its files (`Anonymous` of `/proc/PID/smaps_rollup`), the first connection not counted; what the kernel keeps
  for a socket is in no figure. Idle connections with context takeover have had one message each.
* System calls are counted by `perf stat -e raw_syscalls:sys_enter` (or `strace -c`) in a run of their own.

**The floor** is `tests/bench/raw_echo.cpp`: one epoll loop, one `recv` and one `sendmsg` a connection and turn. It takes the lengths from the frame
headers, counts the payload that it reads, and, when a message is whole, answers with a frame of the same length that was made before: it unmasks
nothing, checks nothing, keeps nothing, and its bytes stay in the processor's cache. A server has to keep a message until it is whole, so for messages
that are larger than the cache the floor is lower than anything that echoes can be. For fan-out it sends the same frame to every other connection, one
`sendmsg` a connection and turn. For a handshake it computes `Sec-WebSocket-Accept` and nothing else; for TLS it calls OpenSSL's `SSL_read` and
`SSL_write` on the socket. It has no floor for permessage-deflate.

**An idle connection's bytes**: 600 for the channel with its counters, the state of its closing and its pings, 288 for what is
fixed and shown (addresses, and a shared reference for each of ten header fields), 200 for the socket with its timer, 80 for the
codec, 48 for the stream. Compression that was agreed on without context takeover adds two pointers.

**Tried and taken out again.** In the ring that records travel in to the window (`tests/bench/window_cost_bench`): fetching the
memory of the next record ahead (no difference), and writing records past the cache (in full, 1.11 of the engine alone became
1.26). What helped there was to copy nothing on the way: sixteen bytes that are read just after they were written as twice eight
make the processor wait, and that was a third of a record's cost.

**The others** echo, or send to everybody else, with TCP_NODELAY, release flags and without logs, on one thread (Node has helpers of its own, which
are counted). Each checks UTF-8, and compresses at zlib's level 6 where it lets one choose; the size of the answers shows what it chose else.
"""


def page(results, workloads, servers, facts, notes):
    cpu = [w for w in workloads if not w.is_memory]
    memory = [w for w in workloads if w.is_memory]
    lines = ["# How fast Jackfield is", "", "What a message costs the server, beside a floor of the same bytes and beside other servers, in one run.", ""]
    lines += [f"* {fact}" for fact in facts]
    if notes:
        lines += [""] + [f"**{note}**" for note in notes]
    lines += ["", "## The aims", "", "Microseconds of the server's CPU a message; bytes a connection where a workload is idle.", ""]
    lines += aims(results, workloads, servers)
    lines += ["", "## Microseconds of the server's CPU a message", ""] + costs(results, cpu, servers)
    lines += ["", "As ratios to the floor:", ""] + ratios(results, cpu, servers)
    if memory:
        lines += ["", "## Bytes of the server's memory for each idle connection", ""] + costs(results, memory, servers)
    if results.syscalls:
        lines += ["", "## System calls a message", ""]
        lines += table(["workload"] + [s.title for s in servers],
                       [[w.title] + [number(results.syscalls.get((w.name, s.name))) for s in servers] for w in cpu])
    deflated = [w for w in cpu if "--deflate" in w.load]
    if deflated:
        lines += ["", "## Bytes of a compressed answer, its frame header included", ""]
        lines += table(["workload"] + [s.title for s in servers],
                       [[w.title] + [number(results.answer_bytes.get((w.name, s.name))) for s in servers] for w in deflated])
    if results.failures:
        lines += ["", "## What failed", ""]
        lines += [f"* {title}, {server}: {why}" for (title, server), why in results.failures.items()]
    lines += ["", METHOD, "| server | version | how |", "| --- | --- | --- |"]
    lines += [f"| {s.title} | {s.version()} | {s.note or '-'} |" for s in servers]
    return "\n".join(lines) + "\n"
