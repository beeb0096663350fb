#pragma once

#include "http/request_head.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::websocket {

/// One parameter of an extension, such as `client_max_window_bits` or `server_max_window_bits=10`.
struct ExtensionParameter {
    std::string name;
    /// Without quotes and escapes; nullopt for a parameter without `=`. Empty for `name=`, which no extension
    /// takes.
    std::optional<std::string> value;
    bool operator==(const ExtensionParameter&) const = default;
};

/// One element of a Sec-WebSocket-Extensions field, with its parameters as they stand there, duplicates and
/// unknown ones included.
struct ExtensionOffer {
    std::string name;
    std::vector<ExtensionParameter> parameters;
    bool operator==(const ExtensionOffer&) const = default;
};

/// Reads the values of all Sec-WebSocket-Extensions fields of a head, in their order, as one list (RFC 6455
/// section 9.1). Empty list elements are passed over (RFC 9110 section 5.6.1).
/// nullopt when something else than `extension-list` stands there: such a handshake must be failed. A value
/// that is missing behind its `=` is left to the extension, which declines it.
[[nodiscard]] std::optional<std::vector<ExtensionOffer>> parse_extensions(
    std::span<const std::string_view> values);
/// The same for the fields of `head`.
[[nodiscard]] std::optional<std::vector<ExtensionOffer>> parse_extensions(const http::RequestHead& head);

} // namespace jackfield::websocket
