#pragma once

#include <QByteArray>
#include <QString>

namespace jackfield::ui {

/// What assistive software says for a control that is called `name` in English, in the language in force. Names
/// stand in the sources as they are in English. resources/translations/accessible_names finds them: as an
/// argument that follows an object name, in an array `spoken`, in this function, and as what an InlineNotice and
/// its buttons are called.
[[nodiscard]] QString spokenName(const QByteArray& name);

} // namespace jackfield::ui
