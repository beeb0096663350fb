#pragma once

#include "jackfield/shared_bytes.h"

#include <QString>

#include <functional>

class QWidget;

namespace jackfield::ui {

/// Asks for a file, beginning with `name`, and writes a payload into it, whole or not at all, on a thread of
/// its own. `told` is called with a sentence for the person while `parent` lives; not when they changed their
/// mind. GUI thread only.
void savePayload(QWidget* parent, const jackfield::SharedBytes& payload, const QString& name,
    std::function<void(bool isSaved, const QString& sentence)> told);

} // namespace jackfield::ui
