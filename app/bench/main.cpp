#include "app/bench/check/check.h"
#include "app/bench/command_line.h"
#include "app/bench/comparison.h"
#include "app/bench/html_report.h"
#include "app/bench/result_json.h"
#include "app/bench/run.h"
#include "app/bench/table.h"

#include "jackfield/atomic_file.h"
#include "jackfield/escape.h"

#include <csignal>
#include <cstdio>
#include <optional>

using namespace jackfield;

namespace {

int complain(const std::string& what)
{
    std::fprintf(stderr, "jackfield-bench: %s\n", escape_for_terminal(what, 2'000).c_str());
    return 2;
}

/// False when a report could not be written, which has been said.
bool write_report(const std::string& path, const std::string& text)
{
    const auto written = write_file_atomically(path, text);
    if (!written)
        complain("the report could not be written: " + written.error().message());
    return written.has_value();
}

int report(const bench::Options& options, const bench::RunResult& result, const std::optional<bench::RunResult>& before)
{
    const bool json_is_output = options.json_file == "-";
    if (json_is_output)
        std::fputs(bench::to_json(result).c_str(), stdout);
    else
        std::fputs((result.mode == "check" ? bench::check_table(result) : bench::table(result)).c_str(), stdout);
    if (before && !json_is_output)
        std::fputs(bench::comparison(*before, result).c_str(), stdout);
    bool written = std::fflush(stdout) == 0;
    if (!options.json_file.empty() && !json_is_output)
        written = write_report(options.json_file, bench::to_json(result)) && written;
    if (!options.html_file.empty())
        written = write_report(options.html_file, bench::html_report(result, before ? &*before : nullptr)) && written;
    return !written ? 2 : result.failed ? 1 : 0;
}

} // namespace

int main(int argc, char** argv)
{
    std::signal(SIGPIPE, SIG_IGN);
    const auto read = bench::read_command_line({argv + 1, argv + argc});
    if (const auto* end = std::get_if<bench::EarlyEnd>(&read)) {
        std::fputs(end->output.c_str(), stdout);
        if (!end->problem.empty())
            std::fprintf(stderr, "jackfield-bench: %s\n", end->problem.c_str());
        return end->exit_status;
    }
    const auto& options = std::get<bench::Options>(read);
    if (options.mode == bench::Mode::check && options.list) {
        std::fputs(bench::check_names().c_str(), stdout);
        return 0;
    }
    std::optional<bench::RunResult> before;
    if (!options.compare_file.empty()) {
        auto earlier = bench::read_result_file(options.compare_file);
        if (!earlier)
            return complain(earlier.error().message());
        if (const std::string why = bench::why_not_comparable(*earlier, bench::name_of(options.mode)); !why.empty())
            return complain("--compare " + options.compare_file + ": " + why);
        before = std::move(*earlier);
    }
    bench::StopSignal stop;
    stop.install();
    const auto result = options.mode == bench::Mode::check ? bench::run_check(options, stop) : bench::run(options, stop);
    if (!result)
        return complain(result.error().message());
    return options.mode == bench::Mode::floor ? 0 : report(options, *result, before);
}
