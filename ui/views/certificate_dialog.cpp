#include "ui/views/certificate_dialog.h"

#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/certificate_facts.h"
#include "ui/views/controls.h"
#include "ui/views/inline_notice.h"
#include "ui/views/own_certificate_dialog.h"
#include "ui/views/renew_dialog.h"
#include "ui/views/trust_places.h"
#include "ui/views/trust_steps.h"

#include <QCoreApplication>
#include <QDir>
#include <QEvent>
#include <QFile>
#include <QFileDialog>
#include <QLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>
#include <utility>

namespace jackfield::ui {

namespace {

/// What a request was for, where it failed: "Not enabled".
QString failureOf(TlsRequest request)
{
    switch (request) {
    case TlsRequest::enable:
        return CertificateDialog::tr("wss:// was not enabled");
    case TlsRequest::renew:
        return CertificateDialog::tr("Not renewed");
    case TlsRequest::useOwn:
        return CertificateDialog::tr("The certificate was not taken");
    case TlsRequest::usePassphrase:
        return CertificateDialog::tr("The key could not be opened");
    case TlsRequest::disable:
        return CertificateDialog::tr("wss:// was not turned off");
    case TlsRequest::exportAuthority:
        return CertificateDialog::tr("Not exported");
    case TlsRequest::trust:
        return CertificateDialog::tr("The trust was not added");
    case TlsRequest::untrust:
        return CertificateDialog::tr("The trust was not removed");
    case TlsRequest::lookUp:
        return CertificateDialog::tr("Who trusts it could not be found out");
    }
    return {};
}

} // namespace

void CertificateDialog::connectModel()
{
    connect(&m_model, &TlsModel::changed, this, &CertificateDialog::refresh);
    connect(&m_model, &TlsModel::busyChanged, this, &CertificateDialog::refresh);
    connect(&m_model, &TlsModel::finished, this, &CertificateDialog::onFinished);
    connect(m_unlock, &QPushButton::clicked, this, &CertificateDialog::usePassphrase);
    connect(m_passphrase, &QLineEdit::returnPressed, this, &CertificateDialog::usePassphrase);
    const auto say = [this](const QString& sentence) {
        m_notice->showNotice(InlineNotice::Kind::Information, sentence, {}, std::chrono::seconds(4));
    };
    connect(m_facts, &CertificateFactsView::outcome, this, say);
    connect(m_steps, &TrustStepsView::outcome, this, say);
}

void CertificateDialog::refresh()
{
    const TlsState& state = m_model.state();
    const bool isBusy = m_model.isBusy();
    const bool isOff = state.serving == TlsSource::off;
    const bool isDevelopment = state.serving == TlsSource::development;
    // A button that is switched off hands its focus on, and the view would scroll after it.
    if (QWidget* const focused = focusWidget(); isBusy && focused && m_scroll->isAncestorOf(focused)) {
        m_focusedBefore = focused;
        m_close->setFocus(Qt::OtherFocusReason);
    }
    refreshHead(state);

    const bool asksAnew = state.passphraseNeeded && m_passphraseRow->isHidden();
    m_passphraseRow->setVisible(state.passphraseNeeded);
    if (asksAnew && !isBusy && !qobject_cast<QLineEdit*>(focusWidget()))
        m_passphrase->setFocus(Qt::OtherFocusReason);
    setStyleProperty(m_unlock, "primary", state.passphraseNeeded);
    m_passphrase->setEnabled(!isBusy);
    m_unlock->setEnabled(!isBusy);
    m_firstUse->setVisible(isOff);
    const bool canMake = state.noFolderWhy.empty();
    const bool isOwnWanted = state.wanted == TlsSource::own;
    const bool needsNew = canMake && !isOwnWanted && !state.developmentProblem.empty();
    m_explanation->setText(!canMake
            ? displayText(tr("A development certificate needs a folder to be kept in: %1.")
                              .arg(displayText(state.noFolderWhy, 300)),
                500)
            : state.development && isOwnWanted
            ? tr("The development certificate is there as well, and can be served until your own is; trust in it "
                 "stays as it is.")
            : state.development
            ? tr("The development certificate is still there. Enable wss:// serves it again; trust in it "
                 "stays as "
                 "it is.")
            : tr("A page that was loaded over https may open ws:// to localhost only; to any other address it has "
                 "to be wss://. Jackfield makes a certificate for "
                 "localhost, 127.0.0.1 and ::1, and an authority of its own that vouches for these names "
                 "alone; "
                 "the authority's key is destroyed at once. Then the browser has to trust that authority: a "
                 "button "
                 "or a few steps. ws:// goes on as it is."));
    m_names->setVisible(canMake && !state.development && !needsNew);
    m_names->setEnabled(!isBusy);
    m_enable->setText(isOwnWanted ? tr("Use the development certificate instead") : tr("Enable wss://"));
    m_enable->setEnabled(canMake && !isBusy);
    setStyleProperty(m_enable, "primary", !state.passphraseNeeded && !needsNew);
    m_firstRenew->setVisible(needsNew);
    m_firstRenew->setEnabled(!isBusy);
    setStyleProperty(m_firstRenew, "primary", needsNew);
    m_firstOwn->setEnabled(!isBusy);

    m_certificate->setVisible(!isOff && !state.chain.empty());
    if (!state.chain.empty())
        m_facts->setFacts(state.chain.front(), state.age, state.warnings);
    const bool isOwn = state.serving == TlsSource::own && !state.chain.empty();
    m_ownTrust->setText(!isOwn ? QString()
            : state.chain.front().is_self_signed
            ? tr("It is signed by nobody but itself: a browser takes it after it was imported there.")
            : tr("A browser takes it when it trusts the authority behind the issuer, and when your file holds every "
                 "certificate between."));
    m_ownTrust->setVisible(isOwn);
    m_renew->setVisible(isDevelopment);
    m_development->setVisible(state.serving == TlsSource::own && canMake);
    for (QPushButton* each : {m_renew, m_own, m_development, m_disable})
        each->setEnabled(!isBusy);
    setStyleProperty(m_renew, "primary", state.renewalOffered);

    refreshTrust(state, state.development && state.serving != TlsSource::own);
    m_keyLog->setText(state.keyLogPath.empty()
            ? QString()
            : displayText(
                tr("SSLKEYLOGFILE is set: the keys of every connection are written to %1. Whoever reads "
                   "that file can read the traffic.")
                    .arg(displayText(state.keyLogPath, 300)),
                600));
    m_keyLog->setVisible(!state.keyLogPath.empty());
    refreshActivity();
    if (!isBusy && m_focusedBefore) {
        if (focusWidget() == m_close && m_focusedBefore->isVisible())
            m_focusedBefore->setFocus(Qt::OtherFocusReason);
        else
            m_passesFocusOn = true;
        m_focusedBefore.clear();
    }
    settle();
    if (!isBusy && m_passesFocusOn)
        passFocusOn();
}

/// What has just appeared gets its place before it is painted, however long events wait.
void CertificateDialog::settle()
{
    if (!isVisible())
        return;
    for (QWidget* each : std::initializer_list<QWidget*>{m_facts, m_places, m_steps, m_passphraseRow,
             m_firstUse, m_certificate, m_trust, m_scroll->widget(), this})
        each->layout()->activate();
    QEvent laidOut(QEvent::LayoutRequest);
    QCoreApplication::sendEvent(m_scroll, &laidOut);
}

// The control that was pressed is gone: its focus must not end on Close while there is more to do.
void CertificateDialog::passFocusOn()
{
    const TlsState& state = m_model.state();
    const bool isLooking = m_trust->isVisibleTo(this)
        && std::any_of(state.places.begin(), state.places.end(),
            [](const TlsPlace& place) { return place.standing == TlsPlace::Standing::notLooked; });
    QWidget* const next = m_passphraseRow->isVisibleTo(this) ? static_cast<QWidget*>(m_passphrase)
        : m_firstUse->isVisibleTo(this)                      ? m_enable
        : !m_trust->isVisibleTo(this)                        ? nullptr
        : m_trustAll->isVisibleTo(this)                      ? m_trustAll
                                                             : m_places->firstToTrust();
    const bool isThere = focusWidget() == m_close; // else the person went elsewhere
    if (isThere && isLooking)
        return;
    m_passesFocusOn = false;
    if (isThere && next)
        next->setFocus(Qt::OtherFocusReason);
}

void CertificateDialog::refreshHead(const TlsState& state)
{
    QString title;
    QString subtitle;
    switch (state.serving) {
    case TlsSource::off:
        title = tr("wss:// is off");
        subtitle = tr("Pages reach this server over ws:// alone.");
        break;
    case TlsSource::development:
        title = tr("wss:// is served with the development certificate");
        subtitle = tr("It is for development, and for nothing else.");
        break;
    case TlsSource::own:
        title = tr("wss:// is served with your own certificate");
        subtitle = displayText(tr("From %1").arg(displayText(state.ownChainPath, 300)), 400);
        break;
    }
    if (state.isForThisRun)
        subtitle += u' ' + tr("The command line says so; what the settings say waits.");
    m_title->setText(displayText(title));
    m_subtitle->setText(displayText(subtitle, 600));
    QStringList problems;
    // Of the development certificate while that is what counts.
    const bool isDevelopment = state.serving == TlsSource::development;
    const bool isDevelopmentMeant
        = isDevelopment || (state.serving == TlsSource::off && state.wanted != TlsSource::own);
    for (const std::string& problem :
        {state.problem, isDevelopmentMeant ? state.developmentProblem : std::string()}) {
        if (!problem.empty() && !problems.contains(sentenceOf(problem)))
            problems << sentenceOf(problem);
    }
    if (isDevelopment && !state.missingNames.empty()) {
        QStringList names;
        for (const std::string& name : state.missingNames)
            names << displayText(name, 100);
        problems << tr("The certificate is not for %1: renew it.").arg(names.join(QStringLiteral(", ")));
    }
    m_problem->setText(displayText(problems.join(u' '), 1'500));
    m_problem->setVisible(!problems.isEmpty());
}

void CertificateDialog::refreshTrust(const TlsState& state, bool hasTrust)
{
    m_trust->setVisible(hasTrust);
    if (!hasTrust)
        return;
    const bool isBusy = m_model.isBusy();
    // The system's place has a line of its own; no button changes it, and no browser of the two kinds asks it.
    std::size_t browsers = 0;
    std::size_t trusted = 0;
    std::size_t waiting = 0;
    for (const TlsPlace& place : state.places) {
        if (place.kind == TlsPlace::Kind::system)
            continue;
        ++browsers;
        trusted += place.standing == TlsPlace::Standing::trusted ? 1U : 0U;
        waiting += place.standing == TlsPlace::Standing::notTrusted ? 1U : 0U;
    }
    m_trustSummary->setText(browsers == 0
            ? tr("No browser was found on this machine. The steps below are for any.")
            : trusted == 0 ? tr("Until a browser trusts the authority, it refuses wss:// without a question.")
                           : tr("Browsers that trust it: %1 of %2. One that was running may have to be started anew.")
                                 .arg(formatCount(trusted), formatCount(browsers)));
    m_noCertutil->setVisible(!state.hasCertutil);
    m_places->setPlaces(state, isBusy);
    m_trustAll->setVisible(state.hasCertutil && waiting > 1);
    m_trustAll->setEnabled(!isBusy);
    m_lookAgain->setEnabled(!isBusy);
    m_steps->setSteps(state.steps);
    m_authorityFile->setText(
        displayText(tr("Its certificate is %1").arg(displayText(state.authorityPath, 400)), 500));
    m_authority->setText(displayText(
        tr("Fingerprint of the authority: %1").arg(displayText(state.development->authority.fingerprint)),
        400));
    m_export->setEnabled(!isBusy);
}

void CertificateDialog::refreshActivity()
{
    const TlsState& state = m_model.state();
    const QString place = displayText(state.activityPlace, 80);
    QString text;
    switch (state.activity) {
    case TlsActivity::nothing:
        text = m_model.isBusy() ? tr("One moment...") : QString();
        break;
    case TlsActivity::loading:
        text = tr("Reading the certificate...");
        break;
    case TlsActivity::issuing:
        text = tr("Making the certificate...");
        break;
    case TlsActivity::lookingUp:
        text = place.isEmpty() ? tr("Looking who trusts it...") : tr("Looking into %1...").arg(place);
        break;
    case TlsActivity::trusting:
        text = place.isEmpty() ? tr("Adding the trust...") : tr("Adding the trust to %1...").arg(place);
        break;
    case TlsActivity::untrusting:
        text = place.isEmpty() ? tr("Removing the trust...") : tr("Removing the trust from %1...").arg(place);
        break;
    case TlsActivity::exporting:
        text = tr("Writing the file...");
        break;
    }
    m_activity->setText(displayText(text));
    m_progress->setVisible(!text.isEmpty());
}

void CertificateDialog::onFinished(const TlsOutcome& outcome)
{
    const bool hasLeftOwn = outcome.request == TlsRequest::enable && std::exchange(m_leavesOwn, false);
    if (!outcome.error.empty()) {
        // The dialog of the files says it itself.
        if (outcome.request == TlsRequest::useOwn && findChild<OwnCertificateDialog*>() != nullptr)
            return;
        m_notice->showNotice(InlineNotice::Kind::Danger,
            tr("%1: %2").arg(failureOf(outcome.request), displayText(outcome.error, 500)));
        if (outcome.request == TlsRequest::usePassphrase) {
            m_passphrase->selectAll();
            m_passphrase->setFocus();
        }
        return;
    }
    if (outcome.request == TlsRequest::lookUp)
        return;
    QStringList sentences;
    switch (outcome.request) {
    case TlsRequest::enable:
        sentences << tr("wss:// is served from now on.");
        break;
    case TlsRequest::renew:
        sentences << (m_model.state().serving == TlsSource::development
                ? tr("The new certificate is in force.")
                : tr("There is a new certificate. Enable wss:// serves it."));
        break;
    case TlsRequest::useOwn:
    case TlsRequest::usePassphrase:
        sentences << tr("Your certificate is served from now on.");
        m_passphrase->clear();
        break;
    case TlsRequest::disable:
        sentences << tr("wss:// is off. Connections that are open stay.");
        break;
    case TlsRequest::exportAuthority:
        sentences << tr("Written to %1.").arg(displayText(m_exported, 300));
        break;
    case TlsRequest::trust:
    case TlsRequest::untrust:
    case TlsRequest::lookUp:
        break;
    }
    for (const std::string& detail : outcome.details)
        sentences << sentenceOf(detail);
    if (sentences.isEmpty())
        return;
    if (hasLeftOwn) {
        m_notice->showNotice(InlineNotice::Kind::Information,
            tr("The development certificate is served instead of your own."),
            {{tr("Back to my own"), QStringLiteral("Back to the own certificate"), [this] { backToOwn(); }}});
        return;
    }
    m_notice->showNotice(outcome.hasTrouble ? InlineNotice::Kind::Warning : InlineNotice::Kind::Information,
        sentences.join(u' '));
    settle();
}

void CertificateDialog::enable()
{
    const TypedNames typed
        = namesTyped(m_names->isVisibleTo(this) ? m_names->text().toStdString() : std::string());
    m_namesProblem->setText(displayText(typed.problem, 300));
    m_namesProblem->setVisible(!typed.problem.empty());
    if (!typed.problem.empty()) {
        m_names->setFocus();
        return;
    }
    m_notice->dismiss();
    serveDevelopment(typed.names);
}

void CertificateDialog::serveDevelopment(const std::vector<std::string>& names)
{
    m_leavesOwn = m_model.state().wanted == TlsSource::own;
    m_model.enable(names);
}

void CertificateDialog::usePassphrase()
{
    if (m_passphrase->text().isEmpty())
        return;
    m_notice->dismiss();
    m_model.usePassphrase(m_passphrase->text().toStdString());
}

void CertificateDialog::chooseOwn()
{
    m_notice->dismiss();
    (new OwnCertificateDialog(m_model, this))->open();
}

void CertificateDialog::backToOwn()
{
    auto* dialog = new OwnCertificateDialog(m_model, this);
    dialog->open();
    dialog->use(); // stays open where the passphrase is needed, or the files cannot be used any more
}

void CertificateDialog::askForRenewal(const std::string& name)
{
    m_notice->dismiss();
    (new RenewDialog(m_model, this, name))->open();
}

void CertificateDialog::askForExport()
{
    auto* dialog = new QFileDialog(this, tr("Export the authority"), QDir::homePath());
    nameControl(dialog, "export_authority_dialog", "Export the authority");
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Certificates (*.crt *.pem)"), tr("All files (*)")});
    dialog->setDefaultSuffix(QStringLiteral("crt"));
    dialog->selectFile(QStringLiteral("jackfield-authority.crt"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_exported = path;
        m_model.exportAuthority(QFile::encodeName(path).toStdString());
    });
    dialog->open();
}

void CertificateDialog::showTrust()
{
    if (m_trust->isVisibleTo(this))
        m_scroll->ensureWidgetVisible(m_trustSummary, 0, m_scroll->viewport()->height());
    else if (m_ownTrust->isVisibleTo(this))
        m_scroll->ensureWidgetVisible(m_ownTrust);
}

void CertificateDialog::showNames(const QString& name)
{
    const std::string added = name.toStdString();
    if (!namesTyped(added).problem.empty())
        return; // nothing that a certificate of ours can be for
    if (m_names->isVisibleTo(this) && m_names->text().isEmpty())
        m_names->setText(name);
    else if (m_renew->isVisibleTo(this) && m_renew->isEnabled() && !findChild<RenewDialog*>())
        askForRenewal(added);
}

} // namespace jackfield::ui
