#include "http/request_parser.h"

#include "base/text.h"
#include "http/host_header.h"
#include "http/request_target.h"

#include <algorithm>

namespace jackfield::http {

namespace {

constexpr std::size_t max_method = 32;
constexpr std::size_t max_version
    = 16; // "HTTP/1.1" has 8; more digits are still a version, of another protocol
constexpr std::size_t step_bytes = 1024; // how much is copied ahead of what has been judged

constexpr bool is_control(char c)
{
    const auto value = static_cast<unsigned char>(c);
    return (value < 0x20 && c != '\t') || value == 0x7f;
}

constexpr bool is_visible_ascii(char c)
{
    return c > 0x20 && c < 0x7f;
}

std::uint16_t status_of(RefusalReason reason)
{
    switch (reason) {
    case RefusalReason::http_version:
        return 505;
    case RefusalReason::target_too_long:
        return 414;
    case RefusalReason::head_too_large:
        return 431;
    default:
        return 400;
    }
}

} // namespace

RequestParser::State RequestParser::feed(std::span<const std::byte> bytes, std::size_t& consumed)
{
    consumed = 0;
    while (state_ == State::need_more && consumed < bytes.size()) {
        const std::size_t room = limits_.max_head - std::min(limits_.max_head, text_.size());
        if (room == 0) {
            refuse(
                expects_ == Expects::target ? RefusalReason::target_too_long : RefusalReason::head_too_large);
            break;
        }
        const auto part = bytes.subspan(consumed, std::min({bytes.size() - consumed, room, step_bytes}));
        const auto* const characters = reinterpret_cast<const char*>(part.data());
        text_.insert(text_.end(), characters, characters + part.size());
        const std::size_t before = scanned_;
        while (scanned_ < text_.size() && state_ == State::need_more) {
            const char c = text_[scanned_];
            ++scanned_;
            step(c);
        }
        text_.resize(scanned_);
        consumed += scanned_ - before;
    }
    return state_;
}

void RequestParser::step(char c)
{
    switch (expects_) {
    case Expects::first_byte:
        if (c == '\r' && !has_leading_line_) {
            has_leading_line_ = true;
            expects_ = Expects::leading_lf;
        } else if (c == '\n') {
            refuse(RefusalReason::line_ending);
        } else if (is_token_character(c)) {
            start_ = scanned_ - 1;
            expects_ = Expects::method;
        } else {
            refuse(RefusalReason::request_line);
        }
        break;
    case Expects::leading_lf:
        if (c == '\n')
            expects_ = Expects::first_byte;
        else
            refuse(RefusalReason::line_ending);
        break;
    case Expects::method:
        if (c == ' ') {
            method_ = token();
            start_ = scanned_;
            expects_ = Expects::target;
        } else if (!is_token_character(c) || token().size >= max_method) {
            refuse(RefusalReason::request_line);
        }
        break;
    case Expects::target:
        if (c == ' ') {
            end_target();
        } else if (c == '\n') {
            refuse(RefusalReason::line_ending);
        } else if (!is_visible_ascii(c)) {
            refuse(RefusalReason::request_line);
        } else if (token().size >= limits_.max_target) {
            refuse(RefusalReason::target_too_long);
        }
        break;
    case Expects::version: {
        static constexpr std::string_view protocol = "HTTP/";
        const std::size_t position = token().size;
        if (c == '\r' && position > protocol.size()) {
            end_version();
        } else if (c == '\n') {
            refuse(RefusalReason::line_ending);
        } else {
            const bool fits
                = position < protocol.size() ? c == protocol[position] : (c >= '0' && c <= '9') || c == '.';
            if (!fits || position >= max_version)
                refuse(RefusalReason::request_line);
        }
        break;
    }
    case Expects::version_lf:
    case Expects::field_lf:
        if (c == '\n')
            expects_ = Expects::line_start;
        else
            refuse(RefusalReason::line_ending);
        break;
    case Expects::line_start:
        if (c == '\r') {
            expects_ = Expects::final_lf;
        } else if (c == '\n') {
            refuse(RefusalReason::line_ending);
        } else if (c == ' ' || c == '\t') {
            refuse(RefusalReason::obs_fold);
        } else if (!is_token_character(c)) {
            refuse(RefusalReason::header_name);
        } else if (fields_.size() >= limits_.max_headers) {
            refuse(RefusalReason::head_too_large);
        } else {
            start_ = scanned_ - 1;
            expects_ = Expects::field_name;
        }
        break;
    case Expects::field_name:
        if (c == ':') {
            name_ = token();
            start_ = scanned_;
            expects_ = Expects::field_value;
        } else if (!is_token_character(c)) {
            refuse(c == '\n' ? RefusalReason::line_ending : RefusalReason::header_name);
        }
        break;
    case Expects::field_value:
        if (c == '\r')
            end_field();
        else if (c == '\n')
            refuse(RefusalReason::line_ending);
        else if (is_control(c))
            refuse(RefusalReason::header_value);
        break;
    case Expects::final_lf:
        if (c == '\n')
            end_head();
        else
            refuse(RefusalReason::line_ending);
        break;
    }
}

void RequestParser::refuse(RefusalReason reason)
{
    // What was read of a token that broke off is still worth showing.
    if (expects_ == Expects::target)
        target_ = {start_, scanned_ - start_ - (reason == RefusalReason::target_too_long ? 0 : 1)};
    state_ = State::refused;
    reason_ = reason;
    status_ = status_of(reason);
}

void RequestParser::end_target()
{
    target_ = token();
    if (!parse_request_target(text(method_), text(target_))) {
        refuse(RefusalReason::request_line);
        return;
    }
    target_is_whole_ = true;
    start_ = scanned_;
    expects_ = Expects::version;
}

void RequestParser::end_version()
{
    const std::string_view version = text(token()).substr(5);
    if (version == "1.1" || version == "1.0") {
        minor_version_ = version.back() - '0';
        expects_ = Expects::version_lf;
        return;
    }
    const std::size_t dot = version.find('.');
    const bool is_other_version
        = dot != std::string_view::npos && dot == version.rfind('.') && dot > 0 && dot + 1 < version.size();
    refuse(is_other_version ? RefusalReason::http_version : RefusalReason::request_line);
}

void RequestParser::end_field()
{
    Range value = token();
    const std::string_view trimmed = trim_blanks(text(value));
    value = {static_cast<std::size_t>(trimmed.data() - text_.data()), trimmed.size()};
    expects_ = Expects::field_lf;
    fields_.push_back({name_, value});
    if (equal_ignoring_case(text(name_), "Host"))
        check_host(text(value));
}

void RequestParser::check_host(std::string_view value)
{
    const auto host = parse_host(value);
    if (has_host_ || !host) {
        refuse(RefusalReason::host_header);
        return;
    }
    has_host_ = true;
    const auto target = parse_request_target(text(method_), text(target_));
    if (target && target->authority
        && !is_same_authority(*parse_host(*target->authority), *host, target->default_port))
        refuse(RefusalReason::host_mismatch);
}

void RequestParser::end_head()
{
    if (has_host_)
        state_ = State::complete;
    else
        refuse(RefusalReason::host_header);
}

RequestHead RequestParser::take()
{
    return take_partial();
}

RequestHead RequestParser::take_partial()
{
    RequestHead head;
    head.method = text(method_);
    head.target = text(target_);
    head.minor_version = minor_version_;
    if (target_is_whole_) {
        const auto target = parse_request_target(head.method, head.target);
        head.target_authority = target->authority;
        head.path = target->path;
        head.query = target->query;
    }
    head.headers.reserve(fields_.size());
    for (const Field& field : fields_)
        head.headers.push_back({text(field.name), text(field.value)});
    head.text = std::move(text_); // moving a vector keeps its storage, so the views stay good
    text_.clear();
    fields_.clear();
    return head;
}

} // namespace jackfield::http
