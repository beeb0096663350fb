#pragma once

#include "app/shared/trust_store.h"

#include <string>
#include <string_view>
#include <vector>

namespace jackfield::app {

/// Where NSS databases are on this machine. Reads folders and `profiles.ini`; total.
[[nodiscard]] std::vector<TrustPlace> find_trust_places(const TrustStore::Surroundings& surroundings);

/// A profile that a `profiles.ini` of Firefox names.
struct FirefoxProfile {
    std::string name;
    std::string path; ///< absolute
};
/// `folder` is the one of `profiles.ini`. What is not understood is passed over.
[[nodiscard]] std::vector<FirefoxProfile> parse_firefox_profiles(
    std::string_view text, const std::string& folder);

/// The file that is executed for `name`; empty for none.
[[nodiscard]] std::string find_program(const std::vector<std::string>& folders, const std::string& name);

} // namespace jackfield::app
