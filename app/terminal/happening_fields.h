#pragma once

#include "app/terminal/happenings.h"

#include "jackfield/filter.h"

#include <optional>
#include <string>
#include <string_view>

namespace jackfield::app {

/// A happening as the filter language sees it. Borrows it, for one question.
class HappeningFields final : public FilterFields {
public:
    explicit HappeningFields(const Happening& happening);
    [[nodiscard]] std::optional<std::string_view> searched(std::size_t index) const override;
    [[nodiscard]] std::string_view text(FilterKey key) const override;
    [[nodiscard]] std::optional<std::uint64_t> number(FilterKey key) const override;
    [[nodiscard]] std::string_view json() const override;

private:
    [[nodiscard]] std::string_view text_of_info(FilterKey key) const;
    [[nodiscard]] std::string_view text_of_refused(FilterKey key) const;

    const Happening& happening_;
    std::string peer_;
    std::string tls_; // the version, and whether the session was resumed
};

} // namespace jackfield::app
