#pragma once

#include "app/terminal/live_connections.h"

#include "jackfield/filter.h"

#include <string>

namespace jackfield::app {

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
