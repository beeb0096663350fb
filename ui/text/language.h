#pragma once

#include <QString>

#include <vector>

namespace jackfield::ui {

/// A language that the window speaks.
struct Language {
    QString code; ///< "en", "de": what the window's settings hold and the translations' files are called by
    QString name; ///< in its own words: "English", "Deutsch"
};

/// All of them, English first.
[[nodiscard]] const std::vector<Language>& languages();

/// The code of the one that fits best what the system prefers (LANGUAGE, LC_ALL, LC_MESSAGES, LANG); English
/// where it prefers none of them.
[[nodiscard]] QString systemLanguage();

/// Makes the application speak `code`; anything that is no language's code means as the system does. The
/// translations are part of the program. To be called after the application object is made and before
/// anything is shown: texts that stand already stay as they are. Returns the code of what it speaks now.
/// Numbers and dates of Qt's own widgets follow the language and not the system, so that one window has one
/// kind of digits.
QString speak(const QString& code);

} // namespace jackfield::ui
