#pragma once

#include "jackfield/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::app {

/// A page that a person named or coloured. Whoever uses it looks at what it holds.
struct RememberedPage {
    std::string origin, path, user_agent; ///< which page; UTF-8
    std::string name; ///< empty for none
    std::string colour; ///< "red"; empty for none
    bool operator==(const RememberedPage&) const = default;
};

inline constexpr std::uint64_t largest_page_file = 16U << 20U;
inline constexpr std::size_t most_remembered_pages = 1'000; ///< the oldest give way
inline constexpr std::size_t longest_page
    = 8'192; ///< bytes of origin, path and user agent; a longer one is not kept

/// Reads the pages that were named or coloured before, oldest first:
/// `{"jackfield":1,"pages":[{"origin":"http://localhost:5173","path":"/chat","user_agent":"...","name":"Shop","colour":"red"}]}`.
/// What cannot be used is left out. Errors: malformed when the text as a whole is no JSON object, or is
/// nested more than 16 deep.
[[nodiscard]] Result<std::vector<RememberedPage>> parse_pages(std::string_view text);
/// The text of such a file, with the newest pages that fit the bounds above.
[[nodiscard]] std::string format_pages(const std::vector<RememberedPage>& pages);

} // namespace jackfield::app
