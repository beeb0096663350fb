#pragma once

#include "jackfield/socket_address.h"

#include <cstdint>
#include <optional>
#include <string>

namespace jackfield::net {

struct PortOwner {
    std::uint32_t pid = 0; ///< 0: the process belongs to somebody else and cannot be told
    std::string name; ///< empty when it cannot be told
};

/// Who listens on the port of `address`, from /proc; nullopt when nobody is found. Reads some hundred small
/// files: for the moment after a failed bind, never for a busy one.
[[nodiscard]] std::optional<PortOwner> find_port_owner(const SocketAddress& address);

} // namespace jackfield::net
