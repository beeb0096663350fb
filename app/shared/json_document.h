#pragma once

#include "jackfield/result.h"

#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace jackfield::app {

using Json = nlohmann::ordered_json;

/// Reads a file that a person may have edited, as one JSON object whose members keep their order. A byte
/// order mark and CRLF are taken; NaN, infinities and numbers too large for one become texts, so that they
/// cost one value and not the whole file. Errors: malformed for what is no JSON object, is empty, is UTF-16,
/// or is nested more than `deepest`; the detail says where ("it is no JSON from line 3, column 7 on").
[[nodiscard]] Result<Json> parse_json_document(std::string_view text, int deepest = 64);

} // namespace jackfield::app
