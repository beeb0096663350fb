// Allow-lists and the decision: total for any file, any Host and any Origin.
#include "jackfield/access_rules.h"

#include <cstdlib>

namespace {

std::vector<jackfield::AccessPattern> active_patterns(const jackfield::AccessList& list)
{
    std::vector<jackfield::AccessPattern> patterns;
    for (const auto& line : list.lines) {
        if (line.state == jackfield::AccessLine::State::active)
            patterns.push_back(line.pattern);
    }
    return patterns;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace jackfield;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    std::vector<std::string> notices;
    AccessRules rules;
    const std::size_t cut = size / 2;
    rules.hosts = AccessList::parse_file(ListKind::hosts, text.substr(0, cut), notices);
    rules.origins = AccessList::parse_file(ListKind::origins, text.substr(cut), notices);
    const AccessDecision decision
        = decide(rules, text.substr(0, size / 3), text.substr(size / 3), TimePoint{});
    if (decision.host == HostVerdict::allowed && !decision.host_line)
        std::abort();
    // What decides is the same after it was written and read again (or the list fails closed).
    if (!rules.hosts.fell_back) {
        const AccessList again = AccessList::parse_file(ListKind::hosts, rules.hosts.file_text(), notices);
        if (!again.fell_back && active_patterns(again) != active_patterns(rules.hosts))
            std::abort();
    }
    return 0;
}
