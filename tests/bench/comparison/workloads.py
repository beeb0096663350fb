"""What tests/bench/compare measures, and what Jackfield aims at."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Aim:
    """The most that Jackfield may cost: as a ratio to the floor, in microseconds a message, or in bytes a connection."""
    kind: str  # "ratio", "us", "bytes" or "none"
    most: float = 0
    words: str = ""  # where the number alone does not say it

    def __str__(self):
        return self.words or {"ratio": f"<= {self.most:.2f} x floor", "us": f"<= {self.most:g} µs",
                              "bytes": f"<= {self.most:,.0f} bytes", "none": "-"}[self.kind]


@dataclass(frozen=True)
class Workload:
    name: str
    title: str
    load: tuple  # the load's mode and options; those of jackfield-bench
    aim: Aim = Aim("none")
    server: tuple = ()  # the server's options
    seconds: float = 1.0
    tls: bool = False
    without: frozenset = field(default_factory=frozenset)  # servers that cannot do it

    @property
    def is_memory(self):
        return self.load[0] == "idle"


NO_DEFLATE = frozenset({"floor", "qt"})

WORKLOADS = (
    Workload("echo-16", "echo 16 B, 100 connections, depth 1", ("echo", "--connections", "100", "--size", "16"),
             Aim("ratio", 1.02, "not measurably over the floor (<= 1.02, or within the floor's own rounds)")),
    Workload("echo-16x32", "echo 16 B, 100 connections, depth 32",
             ("echo", "--connections", "100", "--size", "16", "--depth", "32"), Aim("ratio", 1.15)),
    Workload("echo-1k", "echo 1 KiB, 500 connections, depth 1", ("echo", "--connections", "500", "--size", "1024"),
             Aim("ratio", 1.10)),
    Workload("echo-64k", "echo 64 KiB binary, 10 connections", ("echo", "--connections", "10", "--size", "65536", "--binary"),
             Aim("ratio", 1.05)),
    Workload("echo-64k-text", "echo 64 KiB text, mixed scripts, 10 connections",
             ("echo", "--connections", "10", "--size", "65536", "--content", "mixed"), Aim("ratio", 1.25)),
    Workload("echo-1m", "echo 1 MiB binary, 4 connections", ("echo", "--connections", "4", "--size", "1048576", "--binary"),
             Aim("ratio", 1.25)),
    Workload("echo-16m", "echo 16 MiB binary, 2 connections",
             ("echo", "--connections", "2", "--size", "16777216", "--binary"), Aim("ratio", 1.35), seconds=2.0),
    Workload("handshake", "handshake (connect, upgrade, close), 32 at once", ("connect", "--connections", "32"), Aim("us", 31)),
    Workload("fanout-1k", "fan-out to 1,000, 64 B", ("fanout", "--connections", "1001", "--size", "64"), Aim("us", 7.0),
             server=("--to-all",)),
    Workload("fanout-1kx16", "fan-out to 1,000, 64 B, 16 in flight",
             ("fanout", "--connections", "1001", "--size", "64", "--depth", "16"), Aim("us", 0.86), server=("--to-all",)),
    Workload("fanout-10k", "fan-out to 10,000, 64 B", ("fanout", "--connections", "10001", "--size", "64"), Aim("us", 7.8),
             server=("--to-all",)),
    Workload("deflate", "permessage-deflate, 1 KiB JSON, no takeover",
             ("echo", "--connections", "100", "--size", "1024", "--content", "json", "--deflate", "no-takeover"), Aim("us", 60),
             server=("--deflate",), without=NO_DEFLATE),
    Workload("deflate-takeover", "permessage-deflate, 1 KiB JSON, takeover",
             ("echo", "--connections", "100", "--size", "1024", "--content", "json", "--deflate", "on"), Aim("us", 90),
             server=("--deflate-takeover",), without=NO_DEFLATE),
    Workload("wss", "wss echo 1 KiB, TLS 1.3, 100 connections", ("echo", "--connections", "100", "--size", "1024"),
             Aim("us", 17.5), tls=True),
    Workload("idle", "idle connection", ("idle", "--connections", "10000"), Aim("bytes", 512)),
    Workload("idle-tls", "idle connection, TLS 1.3", ("idle", "--connections", "2000"), Aim("bytes", 16_384), tls=True),
    Workload("idle-takeover", "idle connection, context takeover, after one message",
             ("idle", "--connections", "500", "--size", "1024", "--content", "json", "--deflate", "on"),
             server=("--deflate-takeover",), without=NO_DEFLATE),
)
