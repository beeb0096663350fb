#include "base/text.h"

#include "jackfield/behaviour.h"

#include <algorithm>

namespace jackfield {

std::optional<std::string_view> RequestView::header(std::string_view name) const
{
    const auto found = std::ranges::find_if(
        headers, [name](const HeaderView& field) { return equal_ignoring_case(field.name, name); });
    return found == headers.end() ? std::nullopt : std::optional(found->value);
}

bool RequestView::offers(std::string_view subprotocol) const
{
    return std::ranges::find(subprotocols, subprotocol) != subprotocols.end();
}

} // namespace jackfield
