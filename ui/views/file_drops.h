#pragma once

class QMimeData;
class QWidget;

namespace jackfield::ui {

/// True when what is dragged are files of this computer, and not text of our own.
[[nodiscard]] bool bringsFiles(const QMimeData& dragged);

/// Lets files that are dropped on `field` go to the widget around it, which takes them as files: the field
/// would type their addresses in.
void letFilesPass(QWidget& field);

} // namespace jackfield::ui
