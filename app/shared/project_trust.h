#pragma once

#include "app/shared/project_file.h"

#include "jackfield/lanes.h"

#include <cstdint>
#include <string>
#include <vector>

namespace jackfield::app {

/// One line of a project that lets in more than what is in force, or listens beyond this machine.
struct Widening {
    enum class What : std::uint8_t {
        listener, ///< an address beyond loopback
        any_origin, ///< an endpoint that any page may connect to
        transport, ///< an endpoint with a SockJS transport that carries no Origin
        host, ///< an entry of the host list
        origin, ///< an entry of the origin list
        origin_optional, ///< clients without an Origin are let in and were not
    };
    What what = What::listener;
    /// The address, the endpoint's path, or the entry of the file without its comment and the blanks around it; at most 512 bytes, the
    /// middle is cut. May hold anything that a line can.
    std::string text;
    bool wide_open = false; ///< the entry lets in everybody, or almost
    SockJsTransport which = SockJsTransport::jsonp; ///< of What::transport
    bool operator==(const Widening&) const = default;
};

/// What is in force before a project is opened. At the start of a program: the built-in lists, and whether its
/// settings want an Origin.
struct InForce {
    AccessRules access;
    std::vector<SocketAddress> listening; ///< as asked for
    std::vector<EndpointConfig> endpoints = default_endpoints();
};
[[nodiscard]] InForce in_force(const ServerStatus& status);

/// The lines of `project` that widen what is in force, in the order of the file: they are asked about before
/// anything of it is applied. An entry that is in force already, and not only for a time, is none of them, nor is one that stands for
/// this machine alone.
[[nodiscard]] std::vector<Widening> widenings(const Project& project, const InForce& now);

/// The project after a person has agreed to all of its lines: entries that needed a confirmation are active.
[[nodiscard]] Project trusted(Project project);

/// "access.origins: https://shop.example", printable.
[[nodiscard]] std::string describe(const Widening& widening);

} // namespace jackfield::app
