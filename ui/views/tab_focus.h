#pragma once

class QWidget;

namespace jackfield::ui {

/// Moves the focus to the next control of `window`, or to the one before; false when there is no other. What windows do in
/// `focusNextPrevChild`: Qt itself would go forward into a panel at its focus proxy, and never come to what stands before that.
bool focusNextControl(QWidget& window, bool next);

} // namespace jackfield::ui
