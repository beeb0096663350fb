#include "ui/views/own_certificate_dialog.h"

#include "ui/text/display_text.h"
#include "ui/views/controls.h"
#include "ui/views/grow_to_fit.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace jackfield::ui {

namespace {

std::string nativePath(const QLineEdit* field)
{
    const QString path = field->text().trimmed();
    return path.isEmpty() ? std::string()
                          : QFile::encodeName(QFileInfo(path).absoluteFilePath()).toStdString();
}

} // namespace

OwnCertificateDialog::OwnCertificateDialog(TlsModel& model, QWidget* parent)
    : QDialog(parent)
    , m_model(model)
{
    nameControl(this, "own_certificate_dialog", "Own certificate and key");
    setWindowTitle(tr("Own certificate and key"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(520);

    m_chain = named(new QLineEdit(this), "own_certificate_chain", "File of the certificate");
    m_key = named(new QLineEdit(this), "own_certificate_key", "File of the key");
    m_key->setPlaceholderText(tr("Empty: the same file"));
    m_passphrase = named(new QLineEdit(this), "own_certificate_passphrase", "Passphrase of the key");
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_passphrase->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    auto* chooseChain = named(new QPushButton(tr("Choose..."), this), "own_certificate_choose_chain",
        "Choose the certificate's file");
    auto* chooseKey = named(
        new QPushButton(tr("Choose..."), this), "own_certificate_choose_key", "Choose the key's file");
    m_passphraseLabel = plainLabel(tr("Passphrase"), this);
    m_problem = named(wrappedLabel({}, this), "own_certificate_problem", "Why it cannot be used");
    m_problem->setProperty("danger", true);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_use = named(
        new QPushButton(tr("Use this certificate"), this), "own_certificate_use", "Use this certificate");
    m_use->setDefault(true);
    auto* cancel
        = named(new QPushButton(tr("Cancel"), this), "own_certificate_cancel", "Cancel own certificate");

    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(8);
    grid->addWidget(plainLabel(tr("Certificate"), this), 0, 0);
    grid->addWidget(m_chain, 0, 1);
    grid->addWidget(chooseChain, 0, 2);
    grid->addWidget(plainLabel(tr("Key"), this), 1, 0);
    grid->addWidget(m_key, 1, 1);
    grid->addWidget(chooseKey, 1, 2);
    grid->addWidget(m_passphraseLabel, 2, 0);
    grid->addWidget(m_passphrase, 2, 1);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_use);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 14);
    column->setSpacing(10);
    column->addWidget(
        wrappedLabel(tr("PEM files: the server's certificate with its issuers behind it, and its "
                        "key, which only you may read (chmod 600). Files that are replaced while "
                        "they serve are taken over. The passphrase is kept in memory only."),
            this));
    column->addLayout(grid);
    column->addWidget(m_problem);
    column->addStretch();
    column->addLayout(buttons);

    m_chain->setText(QFile::decodeName(QByteArray::fromStdString(model.ownFiles().chainPath)));
    m_key->setText(QFile::decodeName(QByteArray::fromStdString(model.ownFiles().keyPath)));
    for (QWidget* widget : {static_cast<QWidget*>(m_passphraseLabel), static_cast<QWidget*>(m_passphrase),
             static_cast<QWidget*>(m_problem)})
        widget->hide();

    connect(
        chooseChain, &QPushButton::clicked, this, [this] { choose(m_chain, tr("Choose the certificate")); });
    connect(chooseKey, &QPushButton::clicked, this, [this] { choose(m_key, tr("Choose the key")); });
    connect(m_chain, &QLineEdit::textChanged, this, &OwnCertificateDialog::refresh);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_use, &QPushButton::clicked, this, &OwnCertificateDialog::use);
    connect(&model, &TlsModel::busyChanged, this, &OwnCertificateDialog::refresh);
    connect(&model, &TlsModel::finished, this, &OwnCertificateDialog::onFinished);
    refresh();
    m_chain->setFocus();
}

void OwnCertificateDialog::choose(QLineEdit* field, const QString& title)
{
    const QString at = field->text().isEmpty() ? m_chain->text() : field->text();
    auto* dialog = new QFileDialog(this, title, QFileInfo(at).absolutePath());
    nameControl(dialog, "own_certificate_file_dialog", "Choose a file");
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("PEM files (*.pem *.crt *.cer *.key)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, field, &QLineEdit::setText);
    dialog->open();
}

void OwnCertificateDialog::refresh()
{
    m_use->setEnabled(!m_chain->text().trimmed().isEmpty() && !m_model.isBusy());
}

void OwnCertificateDialog::use()
{
    const std::string chain = nativePath(m_chain);
    if (chain.empty() || m_model.isBusy())
        return;
    m_problem->hide();
    m_asked = true;
    const std::string key = nativePath(m_key);
    m_model.useOwn(chain, key.empty() ? chain : key, m_passphrase->text().toStdString());
}

void OwnCertificateDialog::onFinished(const TlsOutcome& outcome)
{
    if (outcome.request != TlsRequest::useOwn || !m_asked)
        return;
    m_asked = false;
    if (outcome.error.empty()) {
        accept();
        return;
    }
    m_problem->setText(outcome.isPassphraseMissing ? tr("The key is encrypted: its passphrase is needed.")
                                                   : displayText(outcome.error, 600));
    m_problem->show();
    if (outcome.isPassphraseMissing || outcome.isPassphraseWrong) {
        m_passphraseLabel->show();
        m_passphrase->show();
        m_passphrase->selectAll();
        m_passphrase->setFocus();
    }
    growToFit(*this);
}

} // namespace jackfield::ui
