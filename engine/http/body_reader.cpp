#include "http/body_reader.h"

#include "base/text.h"

#include "jackfield/shared_bytes.h"

#include <algorithm>

namespace jackfield::http {

namespace {

constexpr std::size_t max_chunk_digits = 16;
constexpr std::size_t max_trailer_bytes = 8U << 10U;

constexpr int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

constexpr bool may_stand_in_a_value(char c)
{
    const auto value = static_cast<unsigned char>(c);
    return (value >= 0x20 && value != 0x7f) || c == '\t';
}

} // namespace

std::optional<BodyReader> BodyReader::create(const RequestHead& head, std::uint64_t max_body)
{
    const std::size_t lengths = head.count("Content-Length");
    const std::size_t codings = head.count("Transfer-Encoding");
    BodyReader reader;
    reader.budget_ = max_body;
    if (codings != 0) {
        if (codings > 1 || lengths != 0 || head.minor_version == 0
            || !equal_ignoring_case(*head.value("Transfer-Encoding"), "chunked"))
            return std::nullopt;
        reader.expects_ = Expects::chunk_size;
        return reader;
    }
    if (lengths > 1)
        return std::nullopt;
    if (lengths == 1) {
        const auto length = parse_decimal<std::uint64_t>(*head.value("Content-Length"));
        if (!length)
            return std::nullopt;
        reader.remaining_ = *length;
    }
    if (reader.remaining_ == 0)
        reader.state_ = State::complete;
    else if (reader.remaining_ > max_body)
        reader.state_ = State::too_large;
    return reader;
}

BodyReader::State BodyReader::feed(std::span<const std::byte> bytes, std::size_t& consumed, std::string& out)
{
    consumed = 0;
    while (state_ == State::need_more && consumed < bytes.size()) {
        if (expects_ != Expects::data && expects_ != Expects::chunk_data) {
            step(std::to_integer<char>(bytes[consumed]));
            ++consumed;
            continue;
        }
        const auto count
            = static_cast<std::size_t>(std::min<std::uint64_t>(remaining_, bytes.size() - consumed));
        out.append(as_text(bytes.subspan(consumed, count)));
        consumed += count;
        remaining_ -= count;
        if (remaining_ == 0 && expects_ == Expects::data)
            state_ = State::complete;
        else if (remaining_ == 0)
            expects_ = Expects::chunk_data_cr;
    }
    return state_;
}

void BodyReader::step(char c)
{
    const auto demand = [&](bool holds, Expects next) {
        expects_ = next;
        if (!holds)
            state_ = State::malformed;
    };
    switch (expects_) {
    case Expects::data:
    case Expects::chunk_data:
        break; // taken in runs by `feed`
    case Expects::chunk_size:
        if (const int digit = hex_digit(c); digit >= 0 && digits_ < max_chunk_digits) {
            remaining_ = remaining_ << 4U | static_cast<std::uint64_t>(digit);
            ++digits_;
        } else {
            demand(c == '\r' && digits_ > 0, Expects::chunk_size_lf);
        }
        break;
    case Expects::chunk_size_lf:
        demand(c == '\n', Expects::chunk_data);
        if (state_ == State::need_more)
            end_chunk_size();
        break;
    case Expects::chunk_data_cr:
        demand(c == '\r', Expects::chunk_data_lf);
        break;
    case Expects::chunk_data_lf:
        demand(c == '\n', Expects::chunk_size);
        break;
    case Expects::trailer_start:
        if (c == '\r')
            expects_ = Expects::final_lf;
        else
            demand(is_token_character(c), Expects::trailer_name);
        break;
    case Expects::trailer_name:
        if (c == ':')
            expects_ = Expects::trailer_value;
        else
            demand(is_token_character(c), Expects::trailer_name);
        break;
    case Expects::trailer_value:
        if (c == '\r')
            expects_ = Expects::trailer_lf;
        else
            demand(may_stand_in_a_value(c), Expects::trailer_value);
        break;
    case Expects::trailer_lf:
        demand(c == '\n', Expects::trailer_start);
        break;
    case Expects::final_lf:
        state_ = c == '\n' ? State::complete : State::malformed;
        return;
    }
    const bool in_trailer = expects_ == Expects::trailer_name || expects_ == Expects::trailer_value;
    if (in_trailer && ++trailer_bytes_ > max_trailer_bytes)
        state_ = State::malformed;
}

void BodyReader::end_chunk_size()
{
    digits_ = 0;
    if (remaining_ == 0) {
        expects_ = Expects::trailer_start;
    } else if (remaining_ > budget_) {
        state_ = State::too_large;
    } else {
        budget_ -= remaining_;
    }
}

} // namespace jackfield::http
