// An export of 5 GiB into the current folder, stopped half way (FF-14): how fast it writes, how long a wish
// to stop takes, what is left behind. Needs 3 GiB of room, and 6 with --whole, which writes all of it first.
//
// --check fails when stopping takes more than 200 ms, or a file is left behind.

#include "tests/bench/measure.h"
#include "tests/support/made_capture.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string>
#include <thread>

using namespace jackfield;

namespace {

constexpr std::uint64_t whole = std::uint64_t{5} << 30U;
constexpr std::uint64_t messageBytes = 1U << 20U;
constexpr double longestStop = 200; // milliseconds

/// One message, again and again: the capture itself takes no memory.
class RepeatedMessage final : public CaptureSource {
public:
    RepeatedMessage()
        : id_(made_.open(1))
    {
        made_.fromBrowser(id_, std::string(messageBytes, 'x'));
    }
    [[nodiscard]] std::uint64_t count() const override { return whole / messageBytes; }
    bool read(std::uint64_t index, CapturedMessage& message) override
    {
        made_.read(0, message);
        message.sequence = index + 1;
        return true;
    }
    [[nodiscard]] std::vector<ConnectionId> connections() const override { return made_.connections(); }
    [[nodiscard]] const CapturedConnection* connection(ConnectionId id) const override
    {
        return made_.connection(id);
    }

private:
    test::MadeCapture made_;
    ConnectionId id_;
};

double milliseconds_since(std::chrono::steady_clock::time_point begun)
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
}

} // namespace

int main(int argc, char** argv)
{
    bool check = false;
    bool all = false;
    for (int i = 1; i < argc; ++i) {
        check = check || std::strcmp(argv[i], "--check") == 0;
        all = all || std::strcmp(argv[i], "--whole") == 0;
    }
    const std::filesystem::path folder = std::filesystem::current_path() / "export_bench.folder";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directory(folder);
    const std::string path = folder / "out.jsonl";
    RepeatedMessage source;
    bench::Bounds bounds;
    if (all) {
        RecordingProgress progress;
        const auto begun = std::chrono::steady_clock::now();
        const auto report = export_recording(source, path, RecordingFormat::json_lines, {}, progress);
        const double spent = milliseconds_since(begun);
        bounds.hold(report && report->messages == source.count(), "all is written");
        if (report) {
            std::printf(
                "%.1f GiB in %.1f s\n", static_cast<double>(report->bytes) / (1U << 30U), spent / 1e3);
        }
        std::filesystem::remove(path);
    }

    RecordingProgress progress;
    bool stopped = false;
    std::atomic<bool> isOver{false};
    std::string problem;
    std::chrono::steady_clock::time_point ended;
    const auto begun = std::chrono::steady_clock::now();
    std::thread writer([&] {
        const auto report = export_recording(source, path, RecordingFormat::json_lines, {}, progress);
        ended = std::chrono::steady_clock::now();
        stopped = report && report->cancelled;
        if (!report)
            problem = report.error().message();
        isOver = true;
    });
    while (!isOver && progress.bytes < whole / 2 && progress.done < source.count() / 2)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    const auto wished = std::chrono::steady_clock::now();
    std::printf("half of it in %.1f s\n", std::chrono::duration<double>(wished - begun).count());
    progress.cancelled = true;
    writer.join();
    const double stop = std::chrono::duration<double, std::milli>(ended - wished).count();
    std::printf("stopped after %.1f ms\n", stop);
    if (!problem.empty())
        std::printf("%s\n", problem.c_str());
    bounds.hold(stopped, "it stops when it is told to");
    bounds.hold(std::filesystem::is_empty(folder), "nothing is left behind");
    bounds.hold(stop <= longestStop, "stopping takes at most 200 ms");
    std::filesystem::remove_all(folder);
    return check ? bounds.exit_status() : 0;
}
