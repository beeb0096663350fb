#include "http/request_head.h"

#include "base/text.h"

#include <algorithm>

namespace jackfield::http {

const HeaderField* RequestHead::find(std::string_view name) const
{
    const auto found = std::find_if(headers.begin(), headers.end(),
        [name](const HeaderField& field) { return equal_ignoring_case(field.name, name); });
    return found == headers.end() ? nullptr : &*found;
}

std::size_t RequestHead::count(std::string_view name) const
{
    return static_cast<std::size_t>(std::count_if(headers.begin(), headers.end(),
        [name](const HeaderField& field) { return equal_ignoring_case(field.name, name); }));
}

std::optional<std::string_view> RequestHead::value(std::string_view name) const
{
    const HeaderField* const field = find(name);
    return field == nullptr ? std::nullopt : std::optional(field->value);
}

bool RequestHead::has_token(std::string_view name, std::string_view token) const
{
    for (const HeaderField& field : headers) {
        if (!equal_ignoring_case(field.name, name))
            continue;
        for (const std::string_view part : split_list(field.value)) {
            if (equal_ignoring_case(part, token))
                return true;
        }
    }
    return false;
}

bool RequestHead::announces_body() const
{
    if (find("Transfer-Encoding") != nullptr)
        return true;
    const std::size_t lengths = count("Content-Length");
    return lengths > 1 || (lengths == 1 && value("Content-Length") != "0");
}

} // namespace jackfield::http
