#include "app/terminal/junit_report.h"

#include "app/shared/output_file.h"

#include "jackfield/character.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

namespace jackfield::app {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";

/// Section 2.2 of XML 1.0, without the C1 controls, which it discourages.
bool is_xml(char32_t c)
{
    if (c < 0x20)
        return c == '\t' || c == '\n' || c == '\r';
    return (c < 0x7f || c > 0x9f) && (c & 0xfffeU) != 0xfffe && (c < 0xfdd0 || c > 0xfdef);
}

std::string seconds_text(std::chrono::nanoseconds time)
{
    const auto ms = std::chrono::duration_cast<milliseconds>(time).count();
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%lld.%03d", static_cast<long long>(ms / 1'000),
        static_cast<int>(ms % 1'000));
    return text.data();
}

std::string timestamp(WallTime at)
{
    const std::time_t time = std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count();
    std::tm parts{};
    gmtime_r(&time, &parts);
    std::array<char, 40> text{};
    const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
    return {text.data(), length};
}

/// A command is told of only when it went wrong, or when it was running as the program had to end.
bool is_a_case(const StepResult& result)
{
    return std::holds_alternative<Expectation>(result.step.what)
        || result.outcome == StepResult::Outcome::failed || result.outcome == StepResult::Outcome::stopped;
}

class CaseWriter {
public:
    explicit CaseWriter(std::string suite)
        : suite_(std::move(suite))
    { }

    void add(const std::string& name, std::chrono::nanoseconds time, StepResult::Outcome outcome,
        const std::string& what)
    {
        ++tests;
        text += "    <testcase classname=\"" + suite_ + "\" name=\"" + xml_text(name) + "\" time=\""
            + seconds_text(time) + "\"";
        switch (outcome) {
        case StepResult::Outcome::good:
            text += "/>\n";
            return;
        case StepResult::Outcome::failed:
            ++failures;
            element("failure", what);
            break;
        case StepResult::Outcome::stopped:
            ++errors;
            element("error", what);
            break;
        case StepResult::Outcome::not_run:
            ++skipped;
            text += ">\n      <skipped/>\n    </testcase>\n";
            return;
        }
    }

    std::string text;
    std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;

private:
    void element(const std::string& name, const std::string& what)
    {
        text += ">\n      <" + name + " message=\"" + xml_text(what) + "\">" + xml_text(what) + "</" + name
            + ">\n    </testcase>\n";
    }

    std::string suite_;
};

} // namespace

std::string xml_text(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto character = first_character(text);
        if (character.length == 0 || !is_xml(character.code)) {
            out += replacement;
            text.remove_prefix(std::max<std::size_t>(character.length, 1));
            continue;
        }
        switch (character.code) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\t':
        case '\n':
        case '\r':
            // As they are, a parser would make blanks of them in an attribute, and \n of \r\n elsewhere.
            out += "&#" + std::to_string(static_cast<std::uint32_t>(character.code)) + ";";
            break;
        default:
            out += text.substr(0, character.length);
        }
        text.remove_prefix(character.length);
    }
    return out;
}

std::string junit_text(const JunitReport& report)
{
    const std::string suite = xml_text(report.script);
    CaseWriter cases(suite);
    std::chrono::nanoseconds total{0};
    for (const StepResult& result : report.results) {
        total += result.time;
        if (is_a_case(result))
            cases.add("line " + std::to_string(result.step.line) + ": " + result.step.text, result.time,
                result.outcome, result.what);
    }
    if (!report.problem.empty())
        cases.add("the script runs", {}, StepResult::Outcome::stopped, report.problem);
    const std::string figures = " tests=\"" + std::to_string(cases.tests) + "\" failures=\""
        + std::to_string(cases.failures) + "\" errors=\"" + std::to_string(cases.errors) + "\" skipped=\""
        + std::to_string(cases.skipped) + "\" time=\"" + seconds_text(total) + "\"";
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + figures + ">\n  <testsuite name=\""
        + suite + "\"" + figures + " timestamp=\"" + timestamp(report.started) + "\">\n" + cases.text
        + "  </testsuite>\n</testsuites>\n";
}

Result<void> write_junit(const std::string& path, const JunitReport& report)
{
    return write_output_file(path, junit_text(report));
}

} // namespace jackfield::app
