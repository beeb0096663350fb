#pragma once

#include "app/shared/project_file.h"

#include <string>
#include <string_view>
#include <vector>

namespace jackfield::app {

/// A value in a project that looks like a secret, which somebody may be about to put under version control.
struct TokenFinding {
    std::string place; ///< "template \"Login\"", "endpoint /*"; printable
    std::string kind; ///< "a bearer token", "a value called api_key", "a long random text"; printable
    std::string shown; ///< its first characters and an ellipsis; printable
    std::size_t digest = 0; ///< of the whole value: another one in the same place is another finding
    bool operator==(const TokenFinding&) const = default;
};

/// Looks at the templates, endpoints and access entries of a project for what looks like a token: `Bearer
/// ...`, `token=`,
/// `"api_key": "..."` and their kin, JSON Web Tokens, keys with a well-known beginning, and long texts that
/// look random. Each place is named at most three times. Values in `{{ }}` are macros and none. Linear in the
/// size of the project.
[[nodiscard]] std::vector<TokenFinding> token_like_values(const Project& project);

} // namespace jackfield::app
