#pragma once

#include "ui/models/tls_model.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace jackfield::ui {

/// A person's own certificate and key: two files, which may be one and the same, and the passphrase where the
/// key is encrypted. Stays open with the precise reason while they cannot be used.
class OwnCertificateDialog : public QDialog {
    Q_OBJECT
public:
    /// `model` must outlive it.
    explicit OwnCertificateDialog(TlsModel& model, QWidget* parent = nullptr);

    /// As the button does: tries the files that stand there, and closes where they can be used.
    void use();

private:
    void choose(QLineEdit* field, const QString& title);
    void refresh();
    void onFinished(const TlsOutcome& outcome);

    TlsModel& m_model;
    bool m_asked = false; // a request of this dialog runs
    QLineEdit* m_chain = nullptr;
    QLineEdit* m_key = nullptr;
    QLabel* m_passphraseLabel = nullptr;
    QLineEdit* m_passphrase = nullptr;
    QLabel* m_problem = nullptr;
    QPushButton* m_use = nullptr;
};

} // namespace jackfield::ui
