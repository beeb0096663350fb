#pragma once

#include "app/shared/trust_store.h"

#include <string>

namespace jackfield::app {

// What app/shared says of trust in codes, in the language of the window. UTF-8, without a full stop.

/// `Chromium and Chrome`, `Firefox (snap), profile default`, `This system`
[[nodiscard]] std::string window_title(const TrustPlace& place);
[[nodiscard]] std::string window_title(TrustTarget target);
/// Why a place does not trust the authority, or why that cannot be told; empty for trusted.
[[nodiscard]] std::string window_words(const TrustStanding& standing);
/// Why something was not done at a place.
[[nodiscard]] std::string window_words(const TrustError& error);
[[nodiscard]] std::string window_words(const TrustStep& step);

} // namespace jackfield::app
