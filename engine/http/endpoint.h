#pragma once

#include "http/request_head.h"
#include "http/response.h"

#include "jackfield/event.h"
#include "jackfield/lanes.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace jackfield::http {

/// Why an endpoint could not serve a request, for the list of refused attempts.
struct Complaint {
    RefusalReason reason = RefusalReason::plain_http;
    std::string why; ///< ours
    RefusalRemedy remedy = RefusalRemedy::none;
    std::string endpoint; ///< event::Refused::endpoint
    std::optional<SockJsTransport> wanted_transport;
};

/// Where an endpoint writes its answer. Lives as long as its exchange. Engine's thread.
class ResponseWriter {
public:
    virtual ~ResponseWriter() = default;
    /// Answers whole and at once. `keep_alive` follows what the request allows.
    virtual void respond(std::uint16_t status, const ResponseHeaders& headers, std::string_view content_type,
        std::string_view body)
        = 0;
    /// Starts an answer of unknown length; then `write` any number of times and `end`.
    virtual void begin(std::uint16_t status, const ResponseHeaders& headers, std::string_view content_type)
        = 0;
    virtual void write(std::string_view data) = 0;
    virtual void end() = 0;
    /// Bytes that are written and not sent yet; `Exchange::on_drained` when they are.
    [[nodiscard]] virtual std::uint64_t waiting() const { return 0; }
    /// Puts the request among the refused attempts once it is answered.
    virtual void complain(Complaint) { }
    /// Ends the connection with a reset.
    virtual void cut() { }
};

/// One request and its answer. Destroyed when the answer is complete or the socket is gone (then without
/// `on_body_end`).
class Exchange {
public:
    virtual ~Exchange() = default;
    /// The whole request body, at most the endpoint's `max_body`; called once, also for an empty one.
    virtual void on_body(std::string_view body) = 0;
    /// All that was written is sent.
    virtual void on_drained() { }
};

/// What an endpoint may know of the server.
struct EndpointContext {
    const ServerStatus& status;
    const EngineTotals& totals;
    bool origin_allowed; ///< the request carries an Origin and the lists allow it
    bool secure; ///< the request came over TLS
    SocketAddress peer{}, local{};
    std::shared_ptr<const TlsFacts> tls{}; ///< null unless `secure`
};

/// Answers plain HTTP requests. The access lists have been consulted before: a Host that is not listed, or an
/// Origin that is present and not listed, never gets here. Engine's thread; must not block.
class HttpEndpoint {
public:
    virtual ~HttpEndpoint() = default;
    /// True when it serves this path (any method: it answers 405 itself).
    [[nodiscard]] virtual bool serves(std::string_view path) const = 0;
    /// False keeps the request out of the list of refused attempts (`/favicon.ico`).
    [[nodiscard]] virtual bool is_listed() const { return true; }
    [[nodiscard]] virtual std::uint64_t max_body() const { return 64U << 10U; }
    virtual std::unique_ptr<Exchange> begin(
        const RequestHead& head, const EndpointContext& context, ResponseWriter& writer)
        = 0;
};

} // namespace jackfield::http
