#pragma once

#include "jackfield/tls.h"

namespace jackfield::net {

/// What a fatal alert from the client means.
[[nodiscard]] TlsFailure failure_of_alert(std::uint8_t alert);

/// What an error of the TLS library means: `code` as ERR_get_error returns it. An alert that the client sent
/// is among these codes. `internal` for codes of other parts of the library.
[[nodiscard]] TlsFailure failure_of_library_error(unsigned long code);

} // namespace jackfield::net
