#include "app/bench/progress.h"

#include "app/bench/figures.h"
#include "app/bench/result_json.h"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace jackfield::bench {

Progress::Progress(const Options& options)
    : form_(options.quiet                    ? Form::none
              : options.has_json_progress     ? Form::json
              : ::isatty(STDERR_FILENO) == 1 ? Form::line
                                             : Form::none)
{ }

Progress::~Progress()
{
    clear();
}

void Progress::show(const std::string& what)
{
    if (form_ == Form::json)
        std::fputs(progress_json(what).c_str(), stderr);
    else
        draw(what);
}

void Progress::show(const SeriesPoint& point, std::uint64_t errors)
{
    if (form_ == Form::json)
        std::fputs(progress_json(point).c_str(), stderr);
    if (form_ != Form::line)
        return;
    std::string line = number_text(point.at_seconds, 1) + " s   " + count_text(static_cast<double>(point.messages) / std::max(point.seconds, 1e-9))
        + " a second   p50 " + time_text(point.p50_us) + "   p99 " + time_text(point.p99_us) + "   "
        + count_text(static_cast<double>(point.connections)) + " connections";
    if (errors > 0)
        line += "   " + count_text(static_cast<double>(errors)) + " errors";
    draw(line);
}

void Progress::show_case(std::size_t number, std::size_t of, const std::string& name)
{
    if (form_ == Form::json)
        std::fputs(progress_json(number, of, name).c_str(), stderr);
    else
        draw(std::to_string(number) + " of " + std::to_string(of) + ": " + name);
}

void Progress::draw(const std::string& line)
{
    if (form_ != Form::line)
        return;
    std::fprintf(stderr, "\r\x1b[K%s", line.c_str());
    has_line_ = true;
}

void Progress::clear()
{
    if (has_line_)
        std::fputs("\r\x1b[K", stderr);
    has_line_ = false;
}

} // namespace jackfield::bench
