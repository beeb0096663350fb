#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace peers {

enum class Compression { off, no_takeover, takeover };

/// The command line that every server of the comparison takes. Each serves one port of 127.0.0.1 that the kernel chooses.
struct Options {
    bool to_all = false; ///< every other connection gets a message, in place of its sender
    Compression compression = Compression::off;
    std::string certificate, key; ///< PEM files; empty: plain TCP
    [[nodiscard]] bool is_tls() const { return !certificate.empty(); }
};

/// The largest message that any server takes: that of the workloads.
inline constexpr std::size_t most_message = 16U << 20U;

inline Options parse(int argc, char** argv)
{
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        if (name == "--to-all") {
            options.to_all = true;
        } else if (name == "--deflate") {
            options.compression = Compression::no_takeover;
        } else if (name == "--deflate-takeover") {
            options.compression = Compression::takeover;
        } else if (name == "--tls" && i + 2 < argc) {
            options.certificate = argv[++i];
            options.key = argv[++i];
        } else {
            std::fprintf(stderr, "%s [--to-all] [--deflate | --deflate-takeover] [--tls CERTIFICATE KEY]\n", argv[0]);
            std::exit(name == "--help" ? 0 : 2);
        }
    }
    return options;
}

/// Tells who started the server that it listens.
inline void announce(unsigned port)
{
    if (port == 0) {
        std::fprintf(stderr, "Could not listen on 127.0.0.1\n");
        std::exit(1);
    }
    std::printf("PORT %u\n", port);
    std::fflush(stdout);
}

} // namespace peers
