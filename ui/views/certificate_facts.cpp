#include "ui/views/certificate_facts.h"

#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/controls.h"
#include "ui/views/theme.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QPushButton>

namespace jackfield::ui {

namespace {

constexpr int shownNames = 12;

QString dayOf(WallTime time)
{
    return formatDateTime(time.time_since_epoch().count()).left(10);
}

QString namesText(const std::vector<std::string>& names)
{
    if (names.empty())
        return CertificateFactsView::tr("none: browsers look at nothing else and refuse it");
    QStringList shown;
    for (const std::string& name : names) {
        if (shown.size() == shownNames) {
            shown << CertificateFactsView::tr("and %1 more", nullptr, pluralOf(names.size() - shownNames))
                         .arg(formatCount(names.size() - shownNames));
            break;
        }
        shown << displayText(name, 100);
    }
    return shown.join(QStringLiteral(", "));
}

/// In two lines, as browsers show it.
QString brokenFingerprint(const QString& fingerprint)
{
    constexpr qsizetype half = 48;
    return fingerprint.size() > half ? fingerprint.left(half) + u'\n' + fingerprint.mid(half) : fingerprint;
}

} // namespace

QString sentenceOf(const std::string& message)
{
    QString text = displayText(message, 500);
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return CertificateFactsView::tr("%1.").arg(text);
}

QString validityText(const CertificateFacts& facts, const TlsAge& age)
{
    const QString end = dayOf(facts.not_after);
    switch (age.state) {
    case TlsAge::State::ended:
        return CertificateFactsView::tr("ended on %1").arg(end);
    case TlsAge::State::notBegun:
        return CertificateFactsView::tr("not before %1, until %2").arg(dayOf(facts.not_before), end);
    case TlsAge::State::good:
    case TlsAge::State::endsSoon:
        break;
    }
    return CertificateFactsView::tr("until %1, %2 days left", nullptr, age.daysLeft)
        .arg(end)
        .arg(age.daysLeft);
}

CertificateFactsView::CertificateFactsView(QWidget* parent)
    : QWidget(parent)
{
    nameControl(this, "certificate_facts", "What the certificate says");
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(5);
    grid->setColumnStretch(1, 1);
    const QString titles[] = {tr("For"), tr("Valid"), tr("Fingerprint"), tr("Key"), tr("Issued by")};
    static constexpr const char* objects[] = {"certificate_names", "certificate_valid",
        "certificate_fingerprint", "certificate_key", "certificate_issuer"};
    static constexpr const char* spoken[] = {"Names of the certificate", "When the certificate is valid",
        "Fingerprint of the certificate", "Key of the certificate", "Issuer of the certificate"};
    for (int row = 0; row < Count_; ++row) {
        m_titles[row] = mutedLabel(titles[row], this);
        m_values[row] = named(wrappedLabel({}, this), objects[row], spoken[row]);
        m_values[row]->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        grid->addWidget(m_titles[row], row, 0, Qt::AlignTop);
        grid->addWidget(m_values[row], row, 1);
    }
    m_values[Fingerprint]->setFont(monospaceFont());
    m_values[Fingerprint]->setWordWrap(false);
    auto* copy = named(new QPushButton(tr("Copy"), this), "certificate_copy_fingerprint", "Copy fingerprint");
    copy->setAutoDefault(false);
    grid->addWidget(copy, Fingerprint, 2, Qt::AlignTop);
    connect(copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_fingerprint);
        Q_EMIT outcome(tr("Copied the fingerprint"));
    });
    m_warnings = named(wrappedLabel({}, this), "certificate_warnings", "What browsers may object to");
    m_warnings->setProperty("tone", "warning");
    m_warnings->hide();
    grid->addWidget(m_warnings, Count_, 0, 1, 3);
}

void CertificateFactsView::setFacts(
    const CertificateFacts& facts, const TlsAge& age, const std::vector<std::string>& warnings)
{
    m_fingerprint = ourText(facts.fingerprint);
    m_values[Names]->setText(displayText(namesText(facts.names), 1'200));
    m_values[Valid]->setText(displayText(validityText(facts, age)));
    setStyleProperty(m_values[Valid], "tone",
        age.state == TlsAge::State::good           ? QVariant()
            : age.state == TlsAge::State::endsSoon ? QVariant(QStringLiteral("warning"))
                                                   : QVariant(QStringLiteral("danger")));
    m_values[Fingerprint]->setText(brokenFingerprint(ourText(facts.fingerprint)));
    m_values[Key]->setText(displayText(facts.key, 80));
    m_values[Issuer]->setText(facts.is_self_signed ? tr("itself") : displayText(facts.issuer, 200));
    QStringList sentences;
    for (const std::string& warning : warnings)
        sentences << sentenceOf(warning);
    m_warnings->setText(displayText(sentences.join(u' '), 2'000));
    m_warnings->setVisible(!sentences.isEmpty());
}

} // namespace jackfield::ui
