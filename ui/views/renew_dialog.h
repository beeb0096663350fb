#pragma once

#include "ui/models/tls_model.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace jackfield::ui {

/// Asks before a new development certificate is made in place of the present one: what that means for the
/// trust, and which names it is to be for.
class RenewDialog : public QDialog {
    Q_OBJECT
public:
    /// `model` must outlive it. `added` stands there as one more name; empty for none.
    explicit RenewDialog(TlsModel& model, QWidget* parent = nullptr, const std::string& added = {});

private:
    void refresh();

    TlsModel& m_model;
    QLineEdit* m_names = nullptr;
    QLabel* m_problem = nullptr;
    QPushButton* m_renew = nullptr;
};

} // namespace jackfield::ui
