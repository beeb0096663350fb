#pragma once

class QWidget;

namespace jackfield::ui {

/// Makes a window as high as its layout needs at its width, for text that has just been shown in it. Never lower.
void growToFit(QWidget& window);

} // namespace jackfield::ui
