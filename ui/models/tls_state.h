#pragma once

#include "jackfield/certificate.h"
#include "jackfield/time.h"

#include <optional>
#include <string>
#include <vector>

namespace jackfield::ui {

enum class TlsSource {
    off,
    development, ///< the certificate that Jackfield made
    own, ///< files of the person's
};

/// How a certificate stands in its time.
struct TlsAge {
    enum class State { good, endsSoon, ended, notBegun };
    State state = State::good;
    int daysLeft = 0; ///< whole ones, rounded down; less than 0 when it has ended
};

/// Somewhere that decides for itself which authorities it trusts.
struct TlsPlace {
    enum class Kind { chromium, firefox, system };
    enum class Standing { trusted, notTrusted, unknown, notLooked };
    Kind kind = Kind::chromium;
    std::string title; ///< ours, with a profile's name in it
    std::string path; ///< tells it from the others
    bool exists = false;
    Standing standing = Standing::notLooked;
    std::string why; ///< ours; empty for trusted
    int older = 0; ///< other authorities of ours that are trusted there
};

/// How a person does it, or takes it back, by hand.
struct TlsSteps {
    TlsPlace::Kind kind = TlsPlace::Kind::chromium;
    std::string title;
    std::vector<std::string> steps, commands, undoSteps, undoCommands;
    std::vector<std::string> notes; ///< good to know, nothing to do
};

struct TlsDevelopment {
    CertificateFacts certificate;
    CertificateFacts authority;
    std::vector<std::string> addedNames; ///< beside the loopback names
    TlsAge age;
};

enum class TlsActivity { nothing, loading, issuing, lookingUp, trusting, untrusting, exporting };

/// Everything that the window shows of TLS at one moment; a value. Sentences come without a full stop. The
/// texts of a person's own certificate and all paths are hostile, the rest is ours.
struct TlsState {
    TlsSource serving = TlsSource::off;
    TlsSource wanted = TlsSource::off;
    bool isForThisRun = false; ///< the command line says so, the settings wait
    std::vector<CertificateFacts> chain; ///< the server's first; empty while TLS is off
    TlsAge age; ///< of the first
    std::vector<std::string> warnings;
    std::string problem; ///< why what is wanted is not served; empty: it is
    bool passphraseNeeded = false;
    std::string ownChainPath, ownKeyPath; ///< of the person's files; empty without
    /// Of those that the development certificate has taken the place of; empty without.
    std::string formerChainPath, formerKeyPath;

    std::string noFolderWhy; ///< why there can be no development certificate; empty: there can
    std::optional<TlsDevelopment> development;
    std::string developmentProblem; ///< there is one that cannot be used
    std::string authorityPath;
    std::vector<std::string> missingNames; ///< wanted and not in it
    bool renewalOffered = false;

    bool hasCertutil = false;
    std::vector<TlsPlace> places;
    std::vector<TlsSteps> steps;

    TlsActivity activity = TlsActivity::nothing;
    std::string activityPlace;
    std::string keyLogPath; ///< empty: no key log
};

} // namespace jackfield::ui
