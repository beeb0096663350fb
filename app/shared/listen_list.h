#pragma once

#include "jackfield/config.h"
#include "jackfield/result.h"

#include <string>
#include <vector>

namespace jackfield::app {

/// Reads listeners as `parse_listener` does (`127.0.0.1:4567`, `[::1]`, `*:8080,wss`). An IPv6 address right
/// behind its IPv4 twin (loopback or any, with the same port) takes the same number where the kernel chooses;
/// `twin_optional` says whether it may be missing. Errors: malformed.
[[nodiscard]] Result<std::vector<ListenSpec>> parse_listen_list(
    const std::vector<std::string>& addresses, bool twin_optional);

} // namespace jackfield::app
