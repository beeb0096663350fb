#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::http {

/// One header field. The views point into the head's own text.
struct HeaderField {
    std::string_view name; ///< as sent
    std::string_view value; ///< without leading and trailing blanks
};

/// The head of a request (RFC 9112 section 3 and 5), parsed strictly. Owns its text; movable, not copyable
/// (the views would dangle).
struct RequestHead {
    RequestHead() = default;
    RequestHead(RequestHead&&) = default;
    RequestHead& operator=(RequestHead&&) = default;
    RequestHead(const RequestHead&) = delete;
    RequestHead& operator=(const RequestHead&) = delete;

    std::vector<char> text; ///< the raw head, up to and with the empty line
    std::string_view method;
    std::string_view target; ///< as sent: origin-form, absolute-form, `*` or authority-form
    std::string_view path; ///< of the target, without scheme, authority and query; never decoded
    std::string_view query; ///< without `?`; empty without
    std::optional<std::string_view> target_authority; ///< of an absolute-form target
    int minor_version = 1; ///< HTTP/1.x
    std::vector<HeaderField> headers;

    [[nodiscard]] std::string_view raw() const { return {text.data(), text.size()}; }
    /// The first field of that name (case-insensitive), or nullptr.
    [[nodiscard]] const HeaderField* find(std::string_view name) const;
    [[nodiscard]] std::size_t count(std::string_view name) const;
    /// The value of the only field of that name; nullopt when there is none. With several, the first: check
    /// `count` where it matters.
    [[nodiscard]] std::optional<std::string_view> value(std::string_view name) const;
    /// True when a field of that name holds `token` in its comma-separated list (all fields of the name are
    /// joined; case-insensitive).
    [[nodiscard]] bool has_token(std::string_view name, std::string_view token) const;
    /// True when it asks for a WebSocket: an Upgrade field with the token `websocket`.
    [[nodiscard]] bool asks_for_websocket() const { return has_token("Upgrade", "websocket"); }
    /// True when it announces a body: a Transfer-Encoding, or a Content-Length that is not a plain 0.
    [[nodiscard]] bool announces_body() const;
};

} // namespace jackfield::http
