// What the dialog is made of.
#include "ui/views/certificate_dialog.h"
#include "ui/views/certificate_facts.h"
#include "ui/views/controls.h"
#include "ui/views/flow_layout.h"
#include "ui/views/inline_notice.h"
#include "ui/views/trust_places.h"
#include "ui/views/trust_steps.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace jackfield::ui {

namespace {

QLabel* heading(const QString& text, QWidget* parent)
{
    auto* label = wrappedLabel(text, parent);
    QFont bold = label->font();
    bold.setBold(true);
    label->setFont(bold);
    return label;
}

QPushButton* button(const QString& text, const char* objectName, const char* accessibleName, QWidget* parent)
{
    auto* made = named(new QPushButton(text, parent), objectName, accessibleName);
    made->setAutoDefault(false);
    return made;
}

QVBoxLayout* sectionLayout(QWidget* section)
{
    auto* layout = new QVBoxLayout(section);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    return layout;
}

} // namespace

CertificateDialog::CertificateDialog(TlsModel& model, QWidget* parent)
    : QDialog(parent)
    , m_model(model)
{
    nameControl(this, "certificate_dialog", "Certificate and trust");
    setWindowTitle(tr("Certificate and trust"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(640, 620);

    m_title = named(heading({}, this), "certificate_title", "Whether wss is served");
    QFont large = m_title->font();
    large.setPointSizeF(large.pointSizeF() * 1.2);
    m_title->setFont(large);
    m_subtitle = named(wrappedLabel({}, this), "certificate_subtitle", "What that means");
    m_subtitle->setProperty("muted", true);
    m_problem = named(wrappedLabel({}, this), "certificate_problem", "What is wrong with the certificate");
    m_problem->setProperty("danger", true);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_notice = new InlineNotice(QStringLiteral("certificate"), this);
    m_notice->setObjectName(QStringLiteral("certificate_notice"));
    m_scroll = named(new QScrollArea(this), "certificate_scroll", "Certificate in detail");
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(makeContent());

    m_progress = named(new QProgressBar(this), "certificate_progress", "Something is being done");
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedSize(90, 8);
    m_activity = named(mutedLabel({}, this), "certificate_activity", "What is being done");
    m_close
        = named(new QPushButton(tr("Close"), this), "certificate_close", "Close certificate and trust");
    m_close->setAutoDefault(false);
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(m_progress);
    bottom->addWidget(m_activity, 1);
    bottom->addWidget(m_close);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 12);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_subtitle);
    column->addWidget(m_problem);
    column->addWidget(m_notice);
    column->addWidget(m_scroll, 1);
    column->addLayout(bottom);

    connect(m_close, &QPushButton::clicked, this, &QDialog::accept);
    connectModel();
    refresh();
    m_model.lookUp();
    if (m_passphraseRow->isVisibleTo(this))
        m_passphrase->setFocus();
    else
        (m_firstUse->isVisibleTo(this) ? m_enable : m_close)->setFocus();
}

QWidget* CertificateDialog::makeContent()
{
    auto* content = new QWidget(m_scroll);
    m_passphraseRow = new QWidget(content);
    m_passphrase = named(new QLineEdit(m_passphraseRow), "certificate_passphrase", "Passphrase of the key");
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_passphrase->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    m_unlock = button(tr("Open the key"), "certificate_unlock", "Open the key", m_passphraseRow);
    auto* row = new QHBoxLayout(m_passphraseRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(plainLabel(tr("Passphrase"), m_passphraseRow));
    row->addWidget(m_passphrase, 1);
    row->addWidget(m_unlock);

    m_keyLog = named(wrappedLabel({}, content), "certificate_key_log", "Key log");
    m_keyLog->setProperty("tone", "warning");
    m_firstUse = makeFirstUse();
    m_certificate = makeCertificate();
    m_trust = makeTrust();
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 2, 10, 2);
    column->setSpacing(14);
    for (QWidget* section :
        {m_passphraseRow, m_firstUse, m_certificate, m_trust, static_cast<QWidget*>(m_keyLog)})
        column->addWidget(section);
    column->addStretch(1);
    return content;
}

QWidget* CertificateDialog::makeFirstUse()
{
    auto* section = named(new QWidget(m_scroll), "certificate_first_use", "Enable wss");
    m_explanation = wrappedLabel({}, section);
    m_names = named(new QLineEdit(section), "certificate_added_names", "Names beside localhost");
    m_names->setPlaceholderText(
        tr("Other names or addresses, for example shop.test 192.168.1.20 (optional)"));
    m_namesProblem
        = named(wrappedLabel({}, section), "certificate_names_problem", "What is wrong with the names");
    m_namesProblem->setProperty("danger", true);
    m_namesProblem->hide();
    m_enable = button(tr("Enable wss://"), "certificate_enable", "Enable wss", section);
    m_firstOwn = button(
        tr("Use my own certificate..."), "certificate_first_own", "Use an own certificate instead", section);
    m_firstRenew = button(tr("Make a new certificate..."), "certificate_first_renew",
        "Make a new development certificate", section);
    auto* buttons = new FlowLayout(6);
    buttons->addWidget(m_enable);
    buttons->addWidget(m_firstRenew);
    buttons->addWidget(m_firstOwn);
    auto* column = sectionLayout(section);
    column->addWidget(m_explanation);
    column->addWidget(m_names);
    column->addWidget(m_namesProblem);
    column->addLayout(buttons);
    connect(m_enable, &QPushButton::clicked, this, &CertificateDialog::enable);
    connect(m_firstOwn, &QPushButton::clicked, this, &CertificateDialog::chooseOwn);
    connect(m_firstRenew, &QPushButton::clicked, this, [this] { askForRenewal(); });
    connect(m_names, &QLineEdit::returnPressed, this, &CertificateDialog::enable);
    connect(m_names, &QLineEdit::textChanged, this, [this] { m_namesProblem->hide(); });
    return section;
}

QWidget* CertificateDialog::makeCertificate()
{
    auto* section = named(new QWidget(m_scroll), "certificate_section", "The certificate");
    m_facts = new CertificateFactsView(section);
    m_ownTrust = named(wrappedLabel({}, section), "certificate_own_trust", "Who trusts an own certificate");
    m_renew = button(tr("Renew or change names..."), "certificate_renew",
        "Renew the certificate or change its names", section);
    m_own = button(tr("Use my own certificate..."), "certificate_own", "Use an own certificate", section);
    m_development = button(tr("Use the development certificate"), "certificate_development",
        "Use the development certificate", section);
    m_disable = button(tr("Turn wss:// off"), "certificate_disable", "Turn wss off", section);
    auto* buttons = new FlowLayout(6);
    for (QPushButton* each : {m_renew, m_own, m_development, m_disable})
        buttons->addWidget(each);
    auto* column = sectionLayout(section);
    column->addWidget(heading(tr("Certificate"), section));
    column->addWidget(m_facts);
    column->addWidget(m_ownTrust);
    column->addLayout(buttons);
    connect(m_renew, &QPushButton::clicked, this, [this] { askForRenewal(); });
    connect(m_own, &QPushButton::clicked, this, &CertificateDialog::chooseOwn);
    connect(m_development, &QPushButton::clicked, this, [this] {
        m_notice->dismiss();
        serveDevelopment({});
    });
    connect(m_disable, &QPushButton::clicked, this, [this] { m_model.disable(); });
    return section;
}

QWidget* CertificateDialog::makeTrust()
{
    auto* section = named(new QWidget(m_scroll), "certificate_trust", "Who trusts the certificate");
    m_trustSummary = named(wrappedLabel({}, section), "trust_summary", "How far it is trusted");
    m_noCertutil
        = named(wrappedLabel(tr("Jackfield changes the trust of browsers with certutil, which is not "
                                "installed. Install it (Debian, Ubuntu: sudo apt install libnss3-tools; "
                                "Fedora: sudo dnf install nss-tools) and look again, or follow the steps "
                                "below."),
                    section),
            "trust_no_certutil", "certutil is missing");
    m_noCertutil->setProperty("tone", "warning");
    m_places = new TrustPlaces(section);
    m_trustAll = button(tr("Trust in all of them"), "trust_all", "Trust in all browsers", section);
    m_trustAll->setProperty("primary", true);
    m_lookAgain = button(tr("Look again"), "trust_look_again", "Look again who trusts it", section);
    auto* buttons = new FlowLayout(6);
    buttons->addWidget(m_trustAll);
    buttons->addWidget(m_lookAgain);
    m_steps = new TrustStepsView(section);
    m_authority = named(wrappedLabel({}, section), "trust_authority", "Fingerprint of the authority");
    m_authority->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_authorityFile = named(wrappedLabel({}, section), "trust_authority_file", "File of the authority");
    m_authorityFile->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_export = button(tr("Export the authority..."), "trust_export", "Export the authority", section);
    auto* exportRow = new QHBoxLayout;
    exportRow->addWidget(m_authorityFile, 1);
    exportRow->addWidget(m_export, 0, Qt::AlignTop);

    auto* column = sectionLayout(section);
    column->addWidget(heading(tr("Who trusts it"), section));
    column->addWidget(m_trustSummary);
    column->addWidget(m_noCertutil);
    column->addWidget(m_places);
    column->addLayout(buttons);
    column->addSpacing(4);
    column->addWidget(heading(tr("By hand"), section));
    column->addWidget(m_steps);
    column->addSpacing(4);
    column->addWidget(heading(tr("For another machine or browser"), section));
    column->addLayout(exportRow);
    column->addWidget(m_authority);
    connect(m_places, &TrustPlaces::trustRequested, this,
        [this](const std::string& path) { m_model.trust({path}); });
    connect(m_places, &TrustPlaces::untrustRequested, this,
        [this](const std::string& path) { m_model.untrust({path}); });
    connect(m_trustAll, &QPushButton::clicked, this, [this] { m_model.trust({}); });
    connect(m_lookAgain, &QPushButton::clicked, this, [this] { m_model.lookUp(); });
    connect(m_export, &QPushButton::clicked, this, &CertificateDialog::askForExport);
    return section;
}

} // namespace jackfield::ui
