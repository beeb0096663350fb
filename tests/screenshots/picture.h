#pragma once

#include <QImage>
#include <QString>

class QWidget;

namespace jackfield::test {

/// What stands over the main window in a picture.
enum class Over {
    nothing,
    dialog, ///< in its middle, with a title bar as a window manager draws one
    popover, ///< where it is, with a line around it
};

/// The window as it is, with `over` on it. Popped up widgets are windows of their own and would not be on a
/// picture of this one.
[[nodiscard]] QImage pictureOf(QWidget& window, Over how = Over::nothing, QWidget* over = nullptr);

/// The same with at most 256 colours, as close as they come: a window of text has few.
[[nodiscard]] QImage withPalette(const QImage& image);

/// How many colours it has, up to `most`: a picture of nothing has one.
[[nodiscard]] int countColours(const QImage& image, int most);

} // namespace jackfield::test
