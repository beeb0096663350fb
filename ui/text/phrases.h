#pragma once

#include <QString>

#include <span>
#include <string_view>

namespace jackfield::ui {

/// Our own UTF-8 (as ourText takes it) in the language of the window: a sentence that the engine or a program says
/// in English, for standard error too, such as an error's message or a notice. What is known are phrases: an English
/// sentence with %1 to %9 where something differs each time. What stands there is put into the phrase's
/// translation, and where it is a known sentence itself, so is its translation. Before and behind `: ` a known
/// sentence is found too. What is not known stays as it is.
[[nodiscard]] QString wordsOf(std::string_view sentence);

/// The English phrases that are known, each with its places in their order from %1 on.
[[nodiscard]] std::span<const char* const> knownPhrases();

} // namespace jackfield::ui
