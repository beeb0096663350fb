#pragma once

#include <QString>

#include <string_view>
#include <vector>

namespace jackfield::ui {

/// How a payload is written for the clipboard.
enum class CopyForm { Text, Hex, Base64 };

/// Puts payloads on the clipboard, one a line when there are several. As text only when the clipboard can
/// hold each of them exactly (valid UTF-8 without NUL): else nothing is copied and false returned. One text
/// also travels as exact bytes, so that the composer gets back what was copied.
bool copyPayloads(const std::vector<std::string_view>& payloads, CopyForm form);

} // namespace jackfield::ui
