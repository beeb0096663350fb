// The floor as a program of its own: see tests/bench/raw_echo.h.
#include "tests/bench/peers/peer_options.h"
#include "tests/bench/raw_echo.h"

#include <csignal>

int main(int argc, char** argv)
{
    const peers::Options options = peers::parse(argc, argv);
    std::signal(SIGPIPE, SIG_IGN); // NOLINT(cert-err33-c)
    bench::RawEcho floor({options.to_all, options.certificate, options.key});
    peers::announce(floor.port());
    floor.run();
}
