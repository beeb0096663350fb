#pragma once

#include "jackfield/lanes.h"

namespace jackfield::test {

/// The status of a server that listens on 127.0.0.1 and [::1], with everything else as at the first start.
inline ServerStatus listeningStatus(std::uint16_t port = 4567)
{
    ServerStatus status;
    status.listening = true;
    for (const ListenSpec& spec : default_listeners(port))
        status.listeners.push_back({spec, spec.address.with_port(port), true, {}});
    status.endpoints = {default_endpoint()};
    return status;
}

} // namespace jackfield::test
