#include "app/desktop/trust_text.h"

#include "ui/text/phrases.h"

#include <QCoreApplication>
#include <QString>

namespace jackfield::app {
namespace {

class TrustText {
    Q_DECLARE_TR_FUNCTIONS(jackfield::app::TrustText)
};

/// Empty where there are no words but those of whoever said it.
QString words_of(TrustReason reason)
{
    switch (reason) {
    case TrustReason::other:
        break;
    case TrustReason::no_development_certificate:
        return TrustText::tr("there is no development certificate");
    case TrustReason::not_in_database:
        return TrustText::tr("the authority is not in its database");
    case TrustReason::no_database:
        return TrustText::tr("it has no database of certificates yet");
    case TrustReason::never_trusted:
        return TrustText::tr("the authority is in its database as one that is never to be trusted");
    case TrustReason::not_for_servers:
        return TrustText::tr("the authority is in its database, but not as one that identifies servers");
    case TrustReason::not_in_system:
        return TrustText::tr("the authority is not among the system's");
    case TrustReason::authority_missing:
        return TrustText::tr("the authority's certificate is missing");
    case TrustReason::no_certutil:
        return TrustText::tr("certutil is not installed; get it with: sudo apt install libnss3-tools "
                             "(Fedora: sudo dnf install nss-tools)");
    case TrustReason::password_guards:
        return TrustText::tr("a password guards the database");
    case TrustReason::needs_root:
        return TrustText::tr(
            "the system's store is changed by root alone: run the commands that are shown for it");
    }
    return {};
}

/// Of what a person does in a terminal, since certutil asks for a password.
QString words_with(const std::string& command)
{
    return TrustText::tr(
        "a password guards the database; this command asks for it in a terminal (or reads it, with -f FILE): %1")
        .arg(QString::fromStdString(command));
}

QString words_of(const TrustStep& step)
{
    const QString detail = QString::fromStdString(step.detail);
    switch (step.what) {
    case TrustStep::What::open_chromium_certificates:
        return TrustText::tr(
            "Open chrome://certificate-manager (older ones: chrome://settings/certificates)");
    case TrustStep::What::choose_local_certificates:
        return TrustText::tr(
            "Choose \"Local certificates\", then \"Installed by you\" (older ones: \"Authorities\")");
    case TrustStep::What::import_in_chromium:
        return TrustText::tr("At \"Trusted Certificates\" choose \"Import\" and the file %1").arg(detail);
    case TrustStep::What::load_again_or_restart:
        return TrustText::tr("Load the page again; if it is still refused, start the browser anew");
    case TrustStep::What::delete_in_chromium:
        return TrustText::tr("Delete \"%1\" from \"Trusted Certificates\"").arg(detail);
    case TrustStep::What::open_chromium_installed:
        return TrustText::tr(
            "Open chrome://certificate-manager, \"Local certificates\", \"Installed by you\"");
    case TrustStep::What::system_certificates_setting:
        return TrustText::tr("What certutil adds counts as long as \"Use imported local certificates from "
                             "your operating system\" is on there");
    case TrustStep::What::open_firefox_certificates:
        return TrustText::tr(
            "Open about:preferences#privacy and choose \"Connection and software security\", \"Advanced "
            "settings\", \"Manage certificates\" (older ones: \"View Certificates\", at the end)");
    case TrustStep::What::choose_authorities:
        return TrustText::tr("Choose the tab \"Authorities\"");
    case TrustStep::What::import_in_firefox:
        return TrustText::tr("Choose \"Import\" and the file %1").arg(detail);
    case TrustStep::What::tick_websites:
        return TrustText::tr("Tick \"Trust this CA to identify websites.\" and choose OK");
    case TrustStep::What::load_again:
        return TrustText::tr("Load the page again");
    case TrustStep::What::open_authorities_again:
        return TrustText::tr("Open the same tab \"Authorities\"");
    case TrustStep::What::delete_in_firefox:
        return TrustText::tr("Choose \"%1\" below \"Jackfield\", then \"Delete or Distrust\"").arg(detail);
    case TrustStep::What::run_as_administrator:
        return TrustText::tr("Run the command below; it asks for the password of an administrator");
    case TrustStep::What::run_command:
        return TrustText::tr("Run the command below");
    case TrustStep::What::who_asks_the_system:
        return TrustText::tr("curl, wget, Python and others trust the authority then; Chromium and Firefox "
                             "have stores of their own");
    }
    return {};
}

QString title_of(TrustTarget target)
{
    switch (target) {
    case TrustTarget::chromium:
        return TrustText::tr("Chromium and Chrome");
    case TrustTarget::firefox:
        return QStringLiteral("Firefox");
    case TrustTarget::system:
        break;
    }
    return TrustText::tr("This system");
}

QString title_of(const TrustPlace& place)
{
    if (place.target == TrustTarget::system)
        return title_of(place.target);
    const QString program = QString::fromStdString(place.program);
    const QString profile = QString::fromStdString(place.profile);
    if (program.isEmpty())
        return TrustText::tr("The database in %1").arg(profile);
    if (profile.isEmpty())
        return place.program == "Chromium and Chrome" ? title_of(place.target) : program;
    return TrustText::tr("%1, profile %2").arg(program, profile);
}

} // namespace

std::string window_title(TrustTarget target)
{
    return title_of(target).toStdString();
}

std::string window_title(const TrustPlace& place)
{
    return title_of(place).toStdString();
}

std::string window_words(const TrustStanding& standing)
{
    const QString words = words_of(standing.reason);
    return (words.isEmpty() ? ui::wordsOf(standing.why) : words).toStdString();
}

std::string window_words(const TrustError& error)
{
    if (!error.command.empty())
        return words_with(error.command).toStdString();
    const QString words = words_of(error.reason);
    return (words.isEmpty() ? ui::wordsOf(error.message()) : words).toStdString();
}

std::string window_words(const TrustStep& step)
{
    return words_of(step).toStdString();
}

} // namespace jackfield::app
