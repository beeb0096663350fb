#pragma once

#include "http/request_head.h"
#include "websocket/handshake_rule.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::websocket {

/// What the handshakes of hixie-75 and hybi-00 have in common: the answer repeats what was asked, and a
/// subprotocol is one text and no list. In hybi-00 the names of the fields begin with `Sec-`.
class HixieHandshake {
public:
    /// `prefix` goes before the field names: empty or "Sec-".
    explicit HixieHandshake(std::string_view prefix)
        : prefix_(prefix)
    { }
    /// HTTP/1.1, `Connection: Upgrade`, one Origin, and at most one subprotocol, of visible ASCII characters.
    [[nodiscard]] std::optional<HandshakeRefusal> check(const http::RequestHead& head) const;
    /// The subprotocol or nothing.
    [[nodiscard]] std::vector<std::string_view> subprotocols(const http::RequestHead& head) const;
    /// The head of the answer, with the empty line, for a request that `check` found good. What it repeats of
    /// the request holds no control character: the parser lets none through.
    [[nodiscard]] std::string answer(const http::RequestHead& head, std::string_view status_line,
        std::string_view subprotocol, bool secure) const;

private:
    [[nodiscard]] std::string field(std::string_view name) const { return std::string(prefix_).append(name); }
    std::string_view prefix_;
};

} // namespace jackfield::websocket
