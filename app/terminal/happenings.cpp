#include "app/terminal/happenings.h"

#include "app/terminal/happening_fields.h"

#include "jackfield/escape.h"

#include <algorithm>

namespace jackfield::app {
namespace {

constexpr std::size_t most_told = 5;

Happening::Kind kind_of(Expectation::Kind kind)
{
    switch (kind) {
    case Expectation::Kind::connection:
        return Happening::Kind::opened;
    case Expectation::Kind::message:
    case Expectation::Kind::sent:
        return Happening::Kind::message;
    case Expectation::Kind::close:
        return Happening::Kind::closed;
    case Expectation::Kind::refused:
        break;
    }
    return Happening::Kind::refused;
}

bool is_of_kind(const Happening& happening, Expectation::Kind kind)
{
    if (happening.kind != kind_of(kind))
        return false;
    if (kind == Expectation::Kind::message)
        return happening.direction == Direction::from_browser;
    return kind != Expectation::Kind::sent || happening.direction == Direction::to_browser;
}

std::string shown(std::string_view text)
{
    return escape_for_terminal(text, 120);
}

std::string shown(const SharedText& text)
{
    return text ? shown(std::string_view(*text)) : std::string();
}

std::string name_of_connection(const Happening& happening)
{
    return happening.info ? "#" + std::to_string(happening.info->number) : std::string("a connection");
}

std::string hex_start(const SharedBytes& payload)
{
    constexpr std::size_t most_bytes = 32;
    std::string text = "hex:";
    for (const std::byte byte : payload.view().first(std::min(payload.size(), most_bytes))) {
        text += "0123456789abcdef"[std::to_integer<unsigned>(byte) >> 4U];
        text += "0123456789abcdef"[std::to_integer<unsigned>(byte) & 0xfU];
    }
    return text + (payload.size() > most_bytes ? "..." : "");
}

std::uint64_t bytes_of(const Happening& happening)
{
    std::uint64_t bytes = happening.payload.size() + happening.close.reason.size();
    if (const auto& refused = happening.refused)
        bytes += refused->request_head.size() + refused->target.size() + refused->host.size()
            + refused->origin.size() + refused->user_agent.size();
    return bytes;
}

} // namespace

std::string describe(const Happening& happening)
{
    const std::string whose = name_of_connection(happening);
    switch (happening.kind) {
    case Happening::Kind::opened:
        if (!happening.info)
            return whose + " opened";
        return whose
            + " opened: " + (happening.info->has_origin ? shown(happening.info->origin) : "no origin")
            + " asks for " + shown(happening.info->target);
    case Happening::Kind::message: {
        const bool is_text = happening.type == TrafficType::text;
        return whose + (happening.direction == Direction::from_browser ? " from browser, " : " to browser, ")
            + (is_text ? "text \"" + shown(happening.payload.text()) + "\""
                       : "binary " + hex_start(happening.payload));
    }
    case Happening::Kind::closed:
        return whose + " closed with " + std::to_string(happening.close.code)
            + (happening.close.reason.empty()
                    ? ""
                    : ", reason \"" + shown(std::string_view(happening.close.reason)) + "\"");
    case Happening::Kind::refused:
        break;
    }
    if (!happening.refused)
        return "an attempt was refused";
    return "an attempt was refused with "
        + (happening.refused->status != 0 ? std::to_string(happening.refused->status) : "no answer") + ": "
        + shown(std::string_view(happening.refused->why));
}

bool meets(const Happening& happening, const Expectation& expectation)
{
    if (!is_of_kind(happening, expectation.kind))
        return false;
    if (expectation.connection && (!happening.info || happening.info->number != *expectation.connection))
        return false;
    if (expectation.code && happening.close.code != *expectation.code)
        return false;
    if (expectation.exactly && happening.payload.text() != *expectation.exactly)
        return false;
    return expectation.filter.is_empty() || expectation.filter.matches(HappeningFields(happening));
}

void HappeningLog::add(Happening happening)
{
    bytes_ += bytes_of(happening);
    all_.push_back(std::move(happening));
    while (all_.size() > most || (bytes_ > most_bytes && all_.size() > 1)) {
        if (!all_.front().used)
            ++lost_;
        bytes_ -= bytes_of(all_.front());
        all_.pop_front();
    }
}

void HappeningLog::begin_anew()
{
    std::erase_if(
        all_, [](const Happening& each) { return each.kind != Happening::Kind::opened || each.used; });
    bytes_ = 0;
    lost_ = 0;
}

const Happening* HappeningLog::take(const Expectation& expectation)
{
    for (Happening& each : all_) {
        if (!each.used && meets(each, expectation)) {
            each.used = true;
            return &each;
        }
    }
    return nullptr;
}

std::string HappeningLog::instead_of(const Expectation& expectation) const
{
    std::vector<const Happening*> others;
    for (const Happening& each : all_) {
        if (!each.used)
            others.push_back(&each);
    }
    std::stable_partition(others.begin(), others.end(),
        [&](const Happening* each) { return is_of_kind(*each, expectation.kind); });
    std::string text;
    for (std::size_t i = 0; i < std::min(others.size(), most_told); ++i)
        text += (i == 0 ? "" : "; ") + describe(*others[i]);
    if (others.size() > most_told)
        text += "; and " + std::to_string(others.size() - most_told) + " more";
    if (text.empty())
        text = "nothing";
    if (lost_ > 0)
        text += " (" + std::to_string(lost_) + " earlier ones were too many to be kept)";
    return text;
}

} // namespace jackfield::app
