#include "websocket/extension_offers.h"

#include "base/text.h"

#include <algorithm>

namespace jackfield::websocket {

namespace {

/// Walks through the value of one field.
class FieldReader {
public:
    explicit FieldReader(std::string_view text)
        : rest_(text)
    { }

    /// Adds the elements of the field; false when it is malformed.
    bool read(std::vector<ExtensionOffer>& offers)
    {
        for (;;) {
            while (take(',')) { }
            if (at_end())
                return true;
            ExtensionOffer offer;
            if (!read_offer(offer))
                return false;
            offers.push_back(std::move(offer));
            if (!at_end() && !take(','))
                return false;
        }
    }

private:
    bool read_offer(ExtensionOffer& offer)
    {
        offer.name = token();
        if (offer.name.empty())
            return false;
        while (take(';')) {
            ExtensionParameter parameter;
            parameter.name = token();
            if (parameter.name.empty())
                return false;
            if (take('=') && !read_value(parameter.value.emplace()))
                return false;
            offer.parameters.push_back(std::move(parameter));
        }
        return true;
    }

    /// RFC 6455 section 9.1: a quoted string, too, must hold a token.
    bool read_value(std::string& value)
    {
        skip_blanks();
        if (!rest_.starts_with('"')) {
            value = token();
            return true;
        }
        std::size_t at = 1;
        for (; at < rest_.size() && rest_[at] != '"'; ++at) {
            if (rest_[at] == '\\' && ++at == rest_.size())
                return false;
            value += rest_[at];
        }
        if (at >= rest_.size())
            return false;
        rest_.remove_prefix(at + 1);
        return value.empty() || is_token(value);
    }

    std::string token()
    {
        skip_blanks();
        const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_token_character);
        std::string text(rest_.begin(), end);
        rest_.remove_prefix(text.size());
        return text;
    }

    bool take(char mark)
    {
        skip_blanks();
        if (!rest_.starts_with(mark))
            return false;
        rest_.remove_prefix(1);
        return true;
    }

    bool at_end()
    {
        skip_blanks();
        return rest_.empty();
    }

    void skip_blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t"), rest_.size())); }

    std::string_view rest_;
};

} // namespace

std::optional<std::vector<ExtensionOffer>> parse_extensions(std::span<const std::string_view> values)
{
    std::vector<ExtensionOffer> offers;
    for (const std::string_view value : values) {
        if (!FieldReader(value).read(offers))
            return std::nullopt;
    }
    return offers;
}

std::optional<std::vector<ExtensionOffer>> parse_extensions(const http::RequestHead& head)
{
    std::vector<std::string_view> values;
    for (const http::HeaderField& field : head.headers) {
        if (equal_ignoring_case(field.name, "Sec-WebSocket-Extensions"))
            values.push_back(field.value);
    }
    return parse_extensions(values);
}

} // namespace jackfield::websocket
