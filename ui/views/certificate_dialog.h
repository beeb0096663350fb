#pragma once

#include "ui/models/tls_model.h"

#include <QDialog>
#include <QPointer>

#include <string>
#include <vector>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QScrollArea;

namespace jackfield::ui {

class CertificateFactsView;
class InlineNotice;
class TrustPlaces;
class TrustStepsView;

/// *Certificate and trust...*: wss:// on by one button, what the certificate says, who trusts it with a
/// button for each, the steps by hand, the export, the renewal and a person's own files. Stays beside the
/// window.
class CertificateDialog : public QDialog {
    Q_OBJECT
public:
    /// `model` must outlive it.
    explicit CertificateDialog(TlsModel& model, QWidget* parent = nullptr);

    /// Brings into view who trusts the certificate, or how to get one.
    void showTrust();
    /// Lets a person add `name` to the development certificate, where that is what is served or to be made.
    void showNames(const QString& name);

private:
    [[nodiscard]] QWidget* makeContent();
    [[nodiscard]] QWidget* makeFirstUse();
    [[nodiscard]] QWidget* makeCertificate();
    [[nodiscard]] QWidget* makeTrust();
    void connectModel();
    void refresh();
    void refreshHead(const TlsState& state);
    void refreshTrust(const TlsState& state, bool hasTrust);
    void refreshActivity();
    void settle();
    void onFinished(const TlsOutcome& outcome);
    void passFocusOn();
    void enable();
    void serveDevelopment(const std::vector<std::string>& names);
    void usePassphrase();
    void chooseOwn();
    void backToOwn();
    void askForRenewal(const std::string& name = {});
    void askForExport();

    TlsModel& m_model;
    QString m_exported;
    QLabel* m_title = nullptr;
    QLabel* m_subtitle = nullptr;
    QLabel* m_problem = nullptr;
    InlineNotice* m_notice = nullptr;
    QScrollArea* m_scroll = nullptr;
    QPushButton* m_close = nullptr;
    QPointer<QWidget> m_focusedBefore; // something is being done
    bool m_passesFocusOn = false; // to what is useful next, as soon as that is there
    bool m_leavesOwn = false; // what is being done has the development certificate take the place of one's own

    QWidget* m_firstUse = nullptr;
    QLabel* m_explanation = nullptr;
    QLineEdit* m_names = nullptr;
    QLabel* m_namesProblem = nullptr;
    QPushButton* m_enable = nullptr;
    QPushButton* m_firstOwn = nullptr;
    QPushButton* m_firstRenew = nullptr;

    QWidget* m_passphraseRow = nullptr;
    QLineEdit* m_passphrase = nullptr;
    QPushButton* m_unlock = nullptr;

    QWidget* m_certificate = nullptr;
    CertificateFactsView* m_facts = nullptr;
    QLabel* m_ownTrust = nullptr;
    QPushButton* m_renew = nullptr;
    QPushButton* m_own = nullptr;
    QPushButton* m_development = nullptr;
    QPushButton* m_disable = nullptr;

    QWidget* m_trust = nullptr;
    QLabel* m_trustSummary = nullptr;
    QLabel* m_noCertutil = nullptr;
    TrustPlaces* m_places = nullptr;
    QPushButton* m_trustAll = nullptr;
    QPushButton* m_lookAgain = nullptr;
    TrustStepsView* m_steps = nullptr;
    QLabel* m_authority = nullptr;
    QLabel* m_authorityFile = nullptr;
    QPushButton* m_export = nullptr;

    QLabel* m_keyLog = nullptr;
    QProgressBar* m_progress = nullptr;
    QLabel* m_activity = nullptr;
};

} // namespace jackfield::ui
