#pragma once

#include "app/shared/trust_words.h"

#include "jackfield/certificate.h"
#include "jackfield/result.h"
#include "jackfield/time.h"

#include <optional>
#include <string>
#include <vector>

namespace jackfield::app {

enum class TrustTarget {
    chromium, ///< and the browsers made of it: Chrome, Edge, Brave, Vivaldi
    firefox,
    system, ///< curl, wget, Python and others; no browser of the two kinds above
};

/// Something that decides for itself which authorities it trusts.
struct TrustPlace {
    TrustTarget target = TrustTarget::chromium;
    std::string title; ///< `Chromium and Chrome`, `Firefox (snap), profile default`, `This system`
    /// The folder of its NSS database (cert9.db); of the system, the file with all trusted certificates.
    std::string path;
    bool exists = false; ///< false: `trust` makes the database
    std::string program; ///< what `title` is made of: `Firefox (snap)`; empty for the system and a folder
    std::string profile; ///< of a Firefox; without a program: the folder that a person has named
};

enum class TrustState { trusted, not_trusted, unknown };

struct TrustStanding {
    TrustState state = TrustState::unknown;
    std::string why; ///< a sentence without a full stop; empty for trusted
    /// Other development authorities of Jackfield in it, by nickname, in the system's store by their files there: their
    /// certificates are gone.
    std::vector<std::string> older;
    TrustReason reason = TrustReason::other; ///< what `why` says, where it is one of these
};

/// An authority that is to be trusted, as CertificateFolder has it.
struct AuthorityToTrust {
    std::string path; ///< of its certificate, PEM
    std::string pem;
    CertificateFacts facts;
};

/// How a person does it, or takes it back, by hand.
struct TrustSteps {
    TrustTarget target = TrustTarget::chromium;
    std::string title;
    std::vector<TrustStep> steps;
    std::vector<std::string> commands; ///< for a shell; do the same
    std::vector<TrustStep> undo_steps;
    std::vector<std::string> undo_commands;
    std::vector<TrustStep> notes; ///< what is good to know; nothing to do
};

/// Finds what has to trust an authority, tells whether it does, and makes it so, with NSS's `certutil`. What
/// needs root (the system's store) is never done, only told. It keeps nothing: every call looks anew. Any
/// thread; `places` reads folders, the rest waits for other programs too, each for `patience` at most.
class TrustStore {
public:
    struct Surroundings {
        std::string home;
        std::string config_home; ///< XDG_CONFIG_HOME; empty for `.config` in `home`
        std::string data_home; ///< XDG_DATA_HOME; empty for `.local/share` in `home`
        std::vector<std::string> program_folders; ///< PATH
        std::string system_root; ///< stands before the system's paths; empty outside of tests
        milliseconds patience{10'000};
        /// When readable, the program that runs is killed and no other is run (not_running); -1: never.
        int cancel_descriptor = -1;

        [[nodiscard]] static Surroundings of_this_process();
    };

    explicit TrustStore(Surroundings surroundings);

    /// The databases of Chromium and its kin (as of their version 146: `.pki/nssdb` in the home where it is
    /// there, else `.local/share/pki/nssdb`), of each Firefox profile, those of snaps and flatpaks too, and
    /// the system's.
    [[nodiscard]] std::vector<TrustPlace> places() const;
    /// Where certutil is; nothing when it is not installed (Debian: libnss3-tools, Fedora: nss-tools).
    [[nodiscard]] std::optional<std::string> certutil() const;
    /// The error of whatever needs certutil where it is not installed.
    [[nodiscard]] static TrustError no_certutil();

    /// Never fails: what cannot be found out is `unknown`. What was imported in Chromium's own settings is in
    /// its profile, where nobody else sees it: such a Chromium counts as `not_trusted`.
    [[nodiscard]] TrustStanding standing(const TrustPlace& place, const AuthorityToTrust& authority) const;

    /// Adds the authority, as one that identifies servers (`C,,`), and looks whether it is there; on an error nothing
    /// of it is left. Browsers that run have to be started anew. Errors: not_found (no certutil, the text says how to get it),
    /// invalid_argument (the system's store), permission_denied (a primary password guards the database),
    /// system.
    [[nodiscard]] TrustResult<void> trust(const TrustPlace& place, const AuthorityToTrust& authority) const;
    /// Removes this authority, whatever its nickname is there. Not being there is no error. Errors: as above.
    [[nodiscard]] TrustResult<void> untrust(const TrustPlace& place, const CertificateFacts& authority) const;
    /// Removes all development authorities of Jackfield but `kept`; how many. Errors: as above.
    [[nodiscard]] TrustResult<int> untrust_older(
        const TrustPlace& place, const std::optional<CertificateFacts>& kept) const;

    /// For Chromium, Firefox and the system, in this order.
    [[nodiscard]] std::vector<TrustSteps> steps(const AuthorityToTrust& authority) const;

private:
    struct Entry {
        std::string nickname;
        std::string flags; ///< `C,,`
    };

    [[nodiscard]] TrustResult<std::string> run_certutil(const std::vector<std::string>& arguments) const;
    /// Certificates of ours, by their nicknames; none for a place without a database.
    [[nodiscard]] TrustResult<std::vector<Entry>> entries(const TrustPlace& place) const;
    [[nodiscard]] TrustResult<std::string> fingerprint(const TrustPlace& place, const std::string& nickname) const;
    [[nodiscard]] TrustResult<void> make_database(const TrustPlace& place) const;
    [[nodiscard]] TrustResult<void> check_changeable(const TrustPlace& place) const;
    [[nodiscard]] TrustStanding standing_of_system(
        const TrustPlace& place, const AuthorityToTrust& authority) const;
    [[nodiscard]] TrustSteps system_steps(const AuthorityToTrust& authority) const;
    struct Anchors {
        std::string folder; ///< where root puts what the system is to trust, with a slash
        bool is_fedora = false;
    };
    [[nodiscard]] Anchors anchors() const;
    /// The files there that hold an authority of ours, this one's and the others'.
    struct AnchorFiles {
        std::vector<std::string> present;
        std::vector<std::string> older;
    };
    [[nodiscard]] AnchorFiles anchor_files(const CertificateFacts& authority) const;

    Surroundings surroundings_;
};

} // namespace jackfield::app
