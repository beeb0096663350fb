#include "app/shared/trust_words.h"

namespace jackfield::app {

std::string sentence(TrustReason reason)
{
    switch (reason) {
    case TrustReason::other:
        break;
    case TrustReason::no_development_certificate:
        return "there is no development certificate";
    case TrustReason::not_in_database:
        return "the authority is not in its database";
    case TrustReason::no_database:
        return "it has no database of certificates yet";
    case TrustReason::never_trusted:
        return "the authority is in its database as one that is never to be trusted";
    case TrustReason::not_for_servers:
        return "the authority is in its database, but not as one that identifies servers";
    case TrustReason::not_in_system:
        return "the authority is not among the system's";
    case TrustReason::authority_missing:
        return "the authority's certificate is missing";
    case TrustReason::no_certutil:
        return "certutil is not installed; get it with: sudo apt install libnss3-tools (Fedora: sudo dnf "
               "install nss-tools)";
    case TrustReason::password_guards:
        return "a password guards the database";
    case TrustReason::needs_root:
        return "the system's store is changed by root alone: run the commands that are shown for it";
    }
    return {};
}

TrustError TrustError::guarded(std::string command)
{
    TrustError error(ErrorCode::permission_denied, TrustReason::password_guards);
    error.detail += "; this command asks for it in a terminal (or reads it, with -f FILE): " + command;
    error.command = std::move(command);
    return error;
}

std::string sentence(const TrustStep& step)
{
    switch (step.what) {
    case TrustStep::What::open_chromium_certificates:
        return "Open chrome://certificate-manager (older ones: chrome://settings/certificates)";
    case TrustStep::What::choose_local_certificates:
        return "Choose \"Local certificates\", then \"Installed by you\" (older ones: \"Authorities\")";
    case TrustStep::What::import_in_chromium:
        return "At \"Trusted Certificates\" choose \"Import\" and the file " + step.detail;
    case TrustStep::What::load_again_or_restart:
        return "Load the page again; if it is still refused, start the browser anew";
    case TrustStep::What::delete_in_chromium:
        return "Delete \"" + step.detail + "\" from \"Trusted Certificates\"";
    case TrustStep::What::open_chromium_installed:
        return "Open chrome://certificate-manager, \"Local certificates\", \"Installed by you\"";
    case TrustStep::What::system_certificates_setting:
        return "What certutil adds counts as long as \"Use imported local certificates from your operating "
               "system\" is on there";
    case TrustStep::What::open_firefox_certificates:
        return "Open about:preferences#privacy and choose \"Connection and software security\", \"Advanced "
               "settings\", \"Manage certificates\" (older ones: \"View Certificates\", at the end)";
    case TrustStep::What::choose_authorities:
        return "Choose the tab \"Authorities\"";
    case TrustStep::What::import_in_firefox:
        return "Choose \"Import\" and the file " + step.detail;
    case TrustStep::What::tick_websites:
        return "Tick \"Trust this CA to identify websites.\" and choose OK";
    case TrustStep::What::load_again:
        return "Load the page again";
    case TrustStep::What::open_authorities_again:
        return "Open the same tab \"Authorities\"";
    case TrustStep::What::delete_in_firefox:
        return "Choose \"" + step.detail + "\" below \"Jackfield\", then \"Delete or Distrust\"";
    case TrustStep::What::run_as_administrator:
        return "Run the command below; it asks for the password of an administrator";
    case TrustStep::What::run_command:
        return "Run the command below";
    case TrustStep::What::who_asks_the_system:
        return "curl, wget, Python and others trust the authority then; Chromium and Firefox have stores of "
               "their own";
    }
    return {};
}

} // namespace jackfield::app
