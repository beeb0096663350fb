#pragma once

#include "app/terminal/live_connections.h"

#include "jackfield/filter.h"

#include <string>
#include <string_view>

namespace jackfield::app {

/// What `text` shares; empty when it shares nothing.
inline std::string_view view_of(const SharedText& text)
{
    return text ? std::string_view(*text) : std::string_view();
}

/// A connection as filters see it. Borrows it.
class ConnectionFields : public FilterFields {
public:
    explicit ConnectionFields(const LiveConnection& connection);
    [[nodiscard]] std::optional<std::string_view> searched(std::size_t index) const override;
    [[nodiscard]] std::string_view text(FilterKey key) const override;
    [[nodiscard]] std::optional<std::uint64_t> number(FilterKey key) const override;

private:
    const LiveConnection& connection_;
    std::string peer_;
    std::string tls_;
    std::string state_;
};

} // namespace jackfield::app
