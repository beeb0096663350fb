#pragma once

#include <QDialog>

namespace jackfield::ui {

/// What this program is, its version and its licence.
class AboutDialog : public QDialog {
    Q_OBJECT
public:
    explicit AboutDialog(QWidget* parent = nullptr);
};

} // namespace jackfield::ui
