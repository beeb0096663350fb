#pragma once

#include "http/body_reader.h"
#include "http/endpoint.h"
#include "session/write_queue.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace jackfield::session {

/// The connection of an exchange, as the exchange knows it.
class ExchangeHost {
public:
    virtual ~ExchangeHost() = default;
    virtual void on_exchange_output() noexcept = 0; ///< the queue holds something, maybe the answer's end
    virtual void on_exchange_cut() noexcept = 0; ///< end the connection with a reset
};

/// Carries one request and its answer between an HTTP endpoint and a socket's write queue: reads the body,
/// frames the answer (whole or chunked), and says when the next request may come. Does no I/O. One thread.
class HttpExchange final : public http::ResponseWriter {
public:
    /// `head`, `output` and `host` must outlive it. `may_keep_alive`: the server is willing to serve another
    /// request on this socket.
    HttpExchange(const http::RequestHead& head, WriteQueue& output, bool may_keep_alive, ExchangeHost* host = nullptr);

    /// Hands the request to `endpoint`. False: the body's framing is malformed; a 400 has been written.
    bool begin(http::HttpEndpoint& endpoint, const http::EndpointContext& context);
    /// Feeds bytes of the body; `consumed` says how many belong to it.
    void feed(std::span<const std::byte> bytes, std::size_t& consumed);
    /// True when the body has been read and the answer is complete.
    [[nodiscard]] bool is_complete() const { return answered_ && body_done_; }
    [[nodiscard]] bool is_body_read() const { return body_done_; }
    [[nodiscard]] std::uint64_t body_received() const { return body_.size(); } ///< as far as it is kept
    [[nodiscard]] bool is_answered() const { return answered_; }
    /// True when another request may follow on this connection.
    [[nodiscard]] bool keeps_alive() const { return keep_alive_ && is_complete(); }
    [[nodiscard]] std::uint16_t status() const { return status_; }
    /// Gives the request up: answers `status` where nothing has been answered, and takes no more of the body.
    void refuse(std::uint16_t status);
    /// What the body holds of memory at present.
    [[nodiscard]] std::uint64_t body_bytes() const { return body_.capacity() > body_inline ? body_.capacity() : 0; }
    /// What the endpoint has to say against the request; none where it was served.
    [[nodiscard]] const std::optional<http::Complaint>& complaint() const { return complaint_; }
    /// The queue is empty.
    void on_drained()
    {
        if (exchange_ && !answered_)
            exchange_->on_drained();
    }
    /// The head of the answer, for showing.
    [[nodiscard]] const std::string& answer_head() const { return answer_head_; }

    void respond(std::uint16_t status, const http::ResponseHeaders& headers, std::string_view content_type,
        std::string_view body) override;
    void begin(
        std::uint16_t status, const http::ResponseHeaders& headers, std::string_view content_type) override;
    void write(std::string_view data) override;
    void end() override;
    [[nodiscard]] std::uint64_t waiting() const override { return output_.size(); }
    void complain(http::Complaint complaint) override { complaint_ = std::move(complaint); }
    void cut() override
    {
        if (host_)
            host_->on_exchange_cut();
    }

private:
    static constexpr std::size_t body_inline = 15; // what a string holds without memory of its own
    // RFC 9110 section 9.3.2: the answer to HEAD has no body, whatever its fields announce.
    [[nodiscard]] bool is_head() const { return head_.method == "HEAD"; }
    void queue(std::string_view bytes);

    const http::RequestHead& head_;
    WriteQueue& output_;
    ExchangeHost* host_;
    std::optional<http::Complaint> complaint_;
    std::optional<http::BodyReader> body_reader_;
    std::string body_;
    std::unique_ptr<http::Exchange> exchange_;
    std::string answer_head_;
    std::uint16_t status_ = 0;
    bool keep_alive_;
    bool chunked_ = false;
    bool streaming_ = false;
    bool body_done_ = false;
    bool answered_ = false;
};

} // namespace jackfield::session
