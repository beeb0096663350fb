#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::app {

/// Columns that `text` (valid UTF-8 without control characters) takes on a terminal, by the locale's
/// LC_CTYPE.
[[nodiscard]] std::size_t display_width(std::string_view text);
/// At most `width` columns of it; what is cut ends in "...", where there is room for that.
[[nodiscard]] std::string cropped(std::string_view text, std::size_t width);

/// `text` with line ends for its blanks where a line would have more than `width` columns; 0: as it is.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t width);

/// A table of aligned columns under their headings.
struct TextTable {
    struct Column {
        std::string heading;
        bool is_number = false; ///< stands to the right
        /// Columns it may be cut to when there is no room; 0: it is never cut.
        std::size_t least_width = 0;
        /// When cutting is not enough, those go first that have the highest; 0: it stays.
        int goes_first = 0;
    };
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> rows; ///< as many cells as columns, for the terminal escaped

    /// The lines, each with its LF. `width`: columns of the terminal; 0: no limit.
    [[nodiscard]] std::string text(std::size_t width) const;
};

} // namespace jackfield::app
