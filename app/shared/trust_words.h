#pragma once

#include "jackfield/result.h"

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace jackfield::app {

/// Why something does not trust an authority, why that is not known, or why it could not be changed.
enum class TrustReason {
    other, ///< there is only a sentence: certutil's own words, a file that cannot be read
    no_development_certificate,
    not_in_database,
    no_database,
    never_trusted, ///< in the database as one that is not to be trusted
    not_for_servers, ///< in the database, for something else
    not_in_system,
    authority_missing, ///< its certificate cannot be read
    no_certutil,
    password_guards, ///< a primary password of the browser's: a person has to type it (`TrustError::command`)
    needs_root, ///< the system's store
};

/// In English, without a full stop; empty for `other`.
[[nodiscard]] std::string sentence(TrustReason reason);

/// An error with the reason as a code, for whoever has words of their own.
struct TrustError : Error {
    TrustError(Error error)
        : Error(std::move(error))
    { }
    TrustError(ErrorCode kind, TrustReason why)
        : Error{kind, 0, sentence(why)}
        , reason(why)
    { }
    /// Where a password guards the database: what does it in a terminal.
    static TrustError guarded(std::string command);

    TrustReason reason = TrustReason::other; ///< what the detail says, where it is one of these
    std::string command; ///< for a shell, of `password_guards`; empty where there is none to type
};

template <class Value>
using TrustResult = tl::expected<Value, TrustError>;

/// Something that a person does by hand, or that is good to know with it.
struct TrustStep {
    enum class What {
        open_chromium_certificates,
        choose_local_certificates,
        import_in_chromium, ///< `detail`: the authority's file
        load_again_or_restart,
        delete_in_chromium, ///< `detail`: the authority's name
        open_chromium_installed,
        system_certificates_setting, ///< good to know
        open_firefox_certificates,
        choose_authorities,
        import_in_firefox, ///< `detail`: the authority's file
        tick_websites,
        load_again,
        open_authorities_again,
        delete_in_firefox, ///< `detail`: the authority's name
        run_as_administrator,
        run_command,
        who_asks_the_system, ///< good to know
    };
    What what = What::run_command;
    std::string detail; ///< for a person to see: escaped
};

/// In English, without a full stop.
[[nodiscard]] std::string sentence(const TrustStep& step);

} // namespace jackfield::app
