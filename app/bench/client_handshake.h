#pragma once

#include "app/bench/options.h"
#include "app/bench/target.h"
#include "websocket/deflate_negotiation.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::bench {

/// What all connections of a run ask for.
class ClientHandshake {
public:
    ClientHandshake(const Options& options, const Target& target);

    /// The request (RFC 6455 section 4.1). `key` is the base64 text of 16 bytes.
    [[nodiscard]] std::string request(std::string_view key) const;

    struct Agreement {
        std::string subprotocol;
        std::optional<websocket::DeflateParameters> deflate;
    };
    struct Answer {
        std::optional<Agreement> agreement; ///< absent: the connection must be failed
        std::string kind; ///< of the failure, for counting: "HTTP 403"
        std::string problem; ///< the same in words, with what to do
    };
    /// Judges the head of the answer, up to and with its empty line (RFC 6455 section 4.1, the client's
    /// requirements). `behind` is what came after it: the begin of a refusal's body, for its words.
    [[nodiscard]] Answer judge(std::string_view head, std::string_view key, std::string_view behind) const;

    /// A new key.
    [[nodiscard]] static std::string make_key();

private:
    std::string before_key_;
    std::string behind_key_;
    std::vector<std::string> subprotocols_;
    std::optional<websocket::DeflateOffer> offer_;
    bool has_origin_ = false;
};

/// The longest head of an answer that is read.
inline constexpr std::size_t longest_answer_head = 64U << 10U;

} // namespace jackfield::bench
