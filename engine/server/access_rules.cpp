#include "jackfield/access_rules.h"

#include "base/text.h"
#include "server/access_matching.h"
#include "server/authority.h"

#include "jackfield/escape.h"

namespace jackfield {
namespace {

constexpr std::uint16_t http_port = 80;
constexpr std::uint16_t https_port = 443;

bool name_matches(const AccessPattern& pattern, const Authority& authority)
{
    switch (pattern.form) {
    case AccessPattern::Form::everything:
        return true;
    case AccessPattern::Form::exact_name:
        return pattern.name == authority.name
            || (pattern.name == "127.0.0.1" && is_ipv4_loopback(authority.name));
    case AccessPattern::Form::suffix: {
        const std::string_view name = authority.name;
        return authority.kind == Authority::Kind::name && name.size() > pattern.name.size() + 1
            && name.ends_with(pattern.name) && name[name.size() - pattern.name.size() - 1] == '.';
    }
    case AccessPattern::Form::exact_whole:
    case AccessPattern::Form::null_origin:
        return false;
    }
    return false;
}

bool counts(const AccessLine& line, TimePoint now)
{
    return line.state == AccessLine::State::active && (!line.expires || now < *line.expires);
}

template <class Matches>
std::optional<std::size_t> first_line(const AccessList& list, TimePoint now, const Matches& matches)
{
    for (std::size_t i = 0; i < list.lines.size(); ++i) {
        if (counts(list.lines[i], now) && matches(list.lines[i].pattern))
            return i;
    }
    return std::nullopt;
}

void decide_host(
    const AccessRules& rules, std::optional<std::string_view> host, TimePoint now, AccessDecision& decision)
{
    if (!host) {
        decision.host = HostVerdict::missing;
        return;
    }
    const auto authority = parse_authority(*host);
    if (!authority) {
        decision.host = HostVerdict::malformed;
        return;
    }
    decision.host_line = first_line(rules.hosts, now, [&](const AccessPattern& pattern) {
        if (!name_matches(pattern, *authority))
            return false;
        // Without a port it is the scheme's, and the Host header does not name the scheme.
        return !pattern.port || pattern.port == authority->port
            || (!authority->port && (pattern.port == http_port || pattern.port == https_port));
    });
    decision.host = decision.host_line ? HostVerdict::allowed : HostVerdict::not_listed;
    if (!decision.host_line && authority->kind != Authority::Kind::number_like)
        decision.host_fix = authority->name;
}

void decide_web_origin(const AccessRules& rules, const std::string& scheme, std::string_view rest,
    TimePoint now, AccessDecision& decision)
{
    const auto authority = parse_authority(rest);
    if (!authority) {
        decision.origin = OriginVerdict::malformed;
        return;
    }
    const std::uint16_t port = authority->port.value_or(scheme == "https" ? https_port : http_port);
    decision.origin_line = first_line(rules.origins, now, [&](const AccessPattern& pattern) {
        return name_matches(pattern, *authority) && (pattern.scheme.empty() || pattern.scheme == scheme)
            && (!pattern.port || pattern.port == port);
    });
    decision.origin = decision.origin_line ? OriginVerdict::allowed : OriginVerdict::not_listed;
    if (!decision.origin_line && authority->kind != Authority::Kind::number_like && port != 0)
        decision.origin_fix = scheme + "://" + authority->name + ":" + std::to_string(port);
}

void decide_custom_origin(
    const AccessRules& rules, std::string_view origin, TimePoint now, AccessDecision& decision)
{
    const auto whole = parse_custom_origin(origin);
    if (!whole) {
        decision.origin = OriginVerdict::malformed;
        return;
    }
    decision.origin_line = first_line(rules.origins, now, [&](const AccessPattern& pattern) {
        return pattern.form == AccessPattern::Form::exact_whole
            ? pattern.name == *whole
            : pattern.form == AccessPattern::Form::everything && pattern.scheme.empty() && !pattern.port;
    });
    decision.origin = decision.origin_line ? OriginVerdict::allowed : OriginVerdict::not_listed;
    if (!decision.origin_line && parse_access_pattern(ListKind::origins, *whole))
        decision.origin_fix = *whole;
}

void decide_origin(
    const AccessRules& rules, std::optional<std::string_view> origin, TimePoint now, AccessDecision& decision)
{
    if (!origin) {
        decision.origin
            = rules.origin_required ? OriginVerdict::missing_refused : OriginVerdict::missing_allowed;
        return;
    }
    if (*origin == "null") {
        decision.origin_line = first_line(rules.origins, now,
            [](const AccessPattern& pattern) { return pattern.form == AccessPattern::Form::null_origin; });
        decision.origin = decision.origin_line ? OriginVerdict::allowed : OriginVerdict::null_refused;
        if (!decision.origin_line)
            decision.origin_fix = "null";
        return;
    }
    const std::size_t scheme_end = origin->find("://");
    if (scheme_end == std::string_view::npos) {
        decision.origin = OriginVerdict::malformed;
        return;
    }
    const std::string scheme = to_lower_ascii(origin->substr(0, scheme_end));
    if (scheme == "http" || scheme == "https")
        decide_web_origin(rules, scheme, origin->substr(scheme_end + 3), now, decision);
    else
        decide_custom_origin(rules, *origin, now, decision);
}

// The lists' own rules decide whether a block's entry is meant.
bool is_meant(const AccessBlock& block, std::optional<std::string_view> host,
    std::optional<std::string_view> origin, TimePoint now, const SocketAddress* peer)
{
    if (block.kind == BlockKind::address)
        return peer && peer->address_text() == block.text;
    AccessRules alone;
    alone.hosts.lines.clear();
    alone.origins.lines.clear();
    AccessLine line;
    line.pattern = block.pattern;
    (block.kind == BlockKind::host ? alone.hosts : alone.origins).lines.push_back(std::move(line));
    AccessDecision decision;
    if (block.kind == BlockKind::host)
        decide_host(alone, host, now, decision);
    else
        decide_origin(alone, origin, now, decision);
    return decision.host_line || decision.origin_line;
}

} // namespace

Result<AccessBlock> parse_access_block(BlockKind kind, std::string_view text)
{
    AccessBlock block;
    block.kind = kind;
    if (kind == BlockKind::address) {
        auto address = SocketAddress::parse(text, 0);
        if (!address || address->is_any() || (text != "localhost" && address->port() != 0))
            return fail(ErrorCode::malformed,
                "\"" + escape_for_terminal(text, 80) + "\" is no address; write one such as 192.168.1.20 or ::1");
        block.address = address->with_port(0);
        block.text = block.address.address_text();
        return block;
    }
    auto pattern = parse_access_pattern(kind == BlockKind::host ? ListKind::hosts : ListKind::origins, text);
    if (!pattern)
        return tl::unexpected<Error>(std::move(pattern.error()));
    block.pattern = std::move(*pattern);
    block.text = trim_blanks(text);
    return block;
}

AccessDecision decide(const AccessRules& rules, std::optional<std::string_view> host,
    std::optional<std::string_view> origin, TimePoint now, const SocketAddress* peer)
{
    AccessDecision decision;
    decide_host(rules, host, now, decision);
    decide_origin(rules, origin, now, decision);
    for (const AccessBlock& block : rules.blocks) {
        if ((!block.expires || now < *block.expires) && is_meant(block, host, origin, now, peer)) {
            decision.block = block;
            break;
        }
    }
    return decision;
}

} // namespace jackfield
