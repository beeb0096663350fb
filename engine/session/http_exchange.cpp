#include "session/http_exchange.h"

#include "jackfield/shared_bytes.h"

namespace jackfield::session {

namespace {

// RFC 9112 section 9.3. HTTP/1.0 would have to be told so in every answer, and nothing that still speaks it
// gains by it.
bool wants_keep_alive(const http::RequestHead& head)
{
    return head.minor_version >= 1 && !head.has_token("Connection", "close");
}

} // namespace

HttpExchange::HttpExchange(
    const http::RequestHead& head, WriteQueue& output, bool may_keep_alive, ExchangeHost* host)
    : head_(head)
    , output_(output)
    , host_(host)
    , keep_alive_(may_keep_alive && wants_keep_alive(head))
{ }

bool HttpExchange::begin(http::HttpEndpoint& endpoint, const http::EndpointContext& context)
{
    body_reader_ = http::BodyReader::create(head_, endpoint.max_body());
    if (!body_reader_) {
        refuse(400);
        return false;
    }
    exchange_ = endpoint.begin(head_, context, *this);
    std::size_t none = 0;
    feed({}, none);
    return true;
}

void HttpExchange::feed(std::span<const std::byte> bytes, std::size_t& consumed)
{
    consumed = 0;
    if (body_done_ || !body_reader_)
        return;
    switch (body_reader_->feed(bytes, consumed, body_)) {
    case http::BodyReader::State::need_more:
        return;
    case http::BodyReader::State::malformed:
        refuse(400);
        return;
    case http::BodyReader::State::too_large:
        refuse(413);
        return;
    case http::BodyReader::State::complete:
        break;
    }
    body_done_ = true;
    if (exchange_)
        exchange_->on_body(body_);
    std::string().swap(body_);
}

void HttpExchange::refuse(std::uint16_t status)
{
    keep_alive_ = false;
    body_done_ = true;
    std::string().swap(body_);
    exchange_.reset();
    if (answered_)
        return;
    answered_ = true;
    if (streaming_)
        return; // the answer has begun: all that is left is to end the connection
    status_ = status;
    const std::string response = http::refusal_response(status);
    answer_head_ = response.substr(0, response.find("\r\n\r\n"));
    queue(response);
}

void HttpExchange::queue(std::string_view bytes)
{
    output_.append(as_bytes(bytes));
    if (host_)
        host_->on_exchange_output();
}

void HttpExchange::respond(std::uint16_t status, const http::ResponseHeaders& headers,
    std::string_view content_type, std::string_view body)
{
    if (answered_ || streaming_)
        return;
    // A body that has not come yet would be taken for the next request.
    if (!body_done_ && head_.announces_body())
        keep_alive_ = false;
    status_ = status;
    answered_ = true;
    const std::string response
        = http::whole_response(status, headers, content_type, body, keep_alive_, is_head());
    answer_head_ = response.substr(0, response.find("\r\n\r\n"));
    queue(response);
}

void HttpExchange::begin(
    std::uint16_t status, const http::ResponseHeaders& headers, std::string_view content_type)
{
    if (answered_ || streaming_)
        return;
    status_ = status;
    streaming_ = true;
    chunked_ = head_.minor_version >= 1;
    if (!chunked_ || (!body_done_ && head_.announces_body()))
        keep_alive_ = false;
    answer_head_ = http::streamed_response_head(status, headers, content_type, keep_alive_, chunked_);
    queue(answer_head_);
}

void HttpExchange::write(std::string_view data)
{
    if (!streaming_ || answered_ || data.empty() || is_head())
        return;
    if (chunked_)
        queue(http::chunk(data));
    else
        queue(data);
}

void HttpExchange::end()
{
    if (!streaming_ || answered_)
        return;
    if (chunked_ && !is_head())
        queue(http::last_chunk());
    answered_ = true;
    if (host_)
        host_->on_exchange_output(); // an answer may end without another byte
}

} // namespace jackfield::session
