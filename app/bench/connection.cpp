#include "app/bench/connection.h"

#include "app/bench/tls_client.h"
#include "websocket/masking.h"
#include "websocket/message_deflate.h"

#include "jackfield/escape.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace jackfield::bench {
namespace {

constexpr std::uint64_t longest_message = std::uint64_t{1} << 30U;
constexpr std::size_t parts_a_write = 8;

std::string errno_words(int error)
{
    return std::strerror(error);
}

} // namespace

void Connection::begin(std::unique_ptr<net::ByteStream> stream, TimePoint now)
{
    stream_ = std::move(stream);
    codec_.reset();
    in_flight.clear();
    control_.clear();
    head_.clear();
    trouble_.reset();
    subprotocol_.clear();
    began_ = now;
    pending_ = 0;
    slow_answers_ = pongs_ = 0;
    state_ = State::connecting;
    blocked_ = Source::none;
    is_slow_ = is_compressed_ = peer_closed_ = close_queued_ = false;
    ++generation;
}

void Connection::begin_upgrade(const ClientHandshake& handshake)
{
    key_ = ClientHandshake::make_key();
    control_.append(handshake.request(key_));
    state_ = State::upgrading;
}

bool Connection::take_head(std::span<std::byte> input, const ClientHandshake& handshake, websocket::DeflatePool& pool)
{
    const std::size_t looked_at = head_.size() > 3 ? head_.size() - 3 : 0;
    head_.append(input);
    const std::string_view text(reinterpret_cast<const char*>(head_.view().data()), head_.size());
    const std::size_t end = text.find("\r\n\r\n", looked_at);
    if (end == std::string_view::npos) {
        if (head_.size() > longest_answer_head)
            fail("no HTTP", "the head of the server's answer has no end within 64 KiB");
        return false;
    }
    auto answer = handshake.judge(text.substr(0, end + 4), key_, text.substr(end + 4));
    if (!answer.agreement) {
        fail(std::move(answer.kind), std::move(answer.problem));
        return false;
    }
    subprotocol_ = std::move(answer.agreement->subprotocol);
    if (answer.agreement->deflate) {
        is_compressed_ = true;
        websocket::CodecLimits limits;
        limits.max_message = longest_message;
        codec_ = std::make_unique<websocket::Rfc6455Codec>(limits, websocket::system_masking_keys(),
            std::make_unique<websocket::MessageDeflate>(pool, websocket::Role::client, *answer.agreement->deflate, Compression{}));
    }
    state_ = State::open;
    head_.consume(end + 4);
    return true;
}

void Connection::use(const MessageSet& set, std::size_t first)
{
    set_ = &set;
    queue_index_ = first % set.count();
    out_at_ = set.frame_begin(queue_index_);
    reader_.emplace(set, first);
    counts_answers_ = true;
}

std::uint64_t Connection::take_early()
{
    ByteBuffer early;
    std::swap(early, head_);
    return early.empty() ? 0 : take(early.view());
}

void Connection::expect_only(const MessageSet& set, std::size_t first)
{
    use(set, first);
    counts_answers_ = false;
}

websocket::Rfc6455Codec& Connection::codec()
{
    if (!codec_) {
        websocket::CodecLimits limits;
        limits.max_message = longest_message;
        codec_ = std::make_unique<websocket::Rfc6455Codec>(limits, websocket::system_masking_keys());
    }
    return *codec_;
}

std::uint64_t Connection::take(std::span<std::byte> input)
{
    if (!reader_)
        return take_slowly(input);
    std::uint64_t answers = 0;
    if (!is_slow_) {
        const AnswerReader::Match match = reader_->match(input);
        answers = match.messages;
        input = input.subspan(match.bytes);
    }
    if (!input.empty())
        answers += take_slowly(input);
    if (counts_answers_ && answers > in_flight.messages()) {
        fail("unexpected message", "a message came that answers none");
        return in_flight.messages();
    }
    return answers;
}

std::uint64_t Connection::take_slowly(std::span<std::byte> input)
{
    slow_answers_ = 0;
    if (set_ && set_->kind().raw) {
        fail("wrong answer", "what came back differs from what was sent");
        return 0;
    }
    if (!is_slow_ && reader_ && reader_->partial() > 0) {
        // The begin of this frame was as expected, so it can be read once more.
        const auto matched = reader_->matched();
        std::vector<std::byte> begin(matched.begin(), matched.end());
        reader_->rewind();
        codec().decode(begin, *this);
    }
    is_slow_ = true;
    while (!input.empty() && !trouble_)
        input = input.subspan(codec().decode(input, *this));
    if (codec().partial_bytes() == 0)
        is_slow_ = false;
    return slow_answers_;
}

void Connection::on_message(MessageKind kind, std::span<const std::byte> payload, const websocket::WireFacts& /*facts*/)
{
    if (state_ == State::closing || trouble_)
        return;
    if (!reader_) {
        fail("unexpected message", "a message came on a connection that has sent none");
        return;
    }
    const auto expected = reader_->set().payload(reader_->next());
    if (kind != reader_->set().message_kind()) {
        fail("wrong answer", kind == MessageKind::text ? "a text message came for a binary one" : "a binary message came for a text one");
        return;
    }
    if (payload.size() != expected.size()) {
        fail("wrong answer", "a message of " + std::to_string(payload.size()) + " bytes came where "
                + std::to_string(expected.size()) + " were expected (is it an echo that this path does?)");
        return;
    }
    if (!payload.empty() && std::memcmp(payload.data(), expected.data(), payload.size()) != 0) {
        const auto place = std::mismatch(payload.begin(), payload.end(), expected.begin()).first - payload.begin();
        fail("wrong answer", "a message came that differs from what was sent, from byte " + std::to_string(place) + " of "
                + std::to_string(payload.size()) + " on (is it an echo that this path does?)");
        return;
    }
    reader_->skip_message();
    ++slow_answers_;
}

void Connection::on_ping(std::span<const std::byte> payload, const websocket::WireFacts& /*facts*/)
{
    if (state_ != State::closing)
        codec().encode_pong(control_, payload);
}

void Connection::on_pong(std::span<const std::byte> /*payload*/, const websocket::WireFacts& /*facts*/)
{
    ++pongs_;
}

void Connection::on_close(std::optional<std::uint16_t> code, std::string_view reason, const websocket::WireFacts& /*facts*/)
{
    peer_closed_ = true;
    if (state_ == State::closing)
        return;
    fail("closed by the server", "the server closed the connection with " + (code ? "code " + std::to_string(*code) : "no code")
            + (reason.empty() ? std::string() : " (" + escape_for_terminal(reason) + ")"));
}

void Connection::on_violation(const websocket::Violation& violation)
{
    if (state_ != State::closing)
        fail("protocol violation", "the server broke the protocol (" + std::to_string(violation.code) + "): " + std::string(violation.what));
}

void Connection::queue(std::uint64_t messages, TimePoint at)
{
    in_flight.push(at, messages);
    const std::size_t count = set_->count();
    const std::uint64_t rounds = messages / count;
    const auto rest = static_cast<std::size_t>(messages % count);
    const std::size_t end = queue_index_ + rest;
    pending_ += rounds * set_->frames().size();
    if (end < count)
        pending_ += set_->frame_begin(end) - set_->frame_begin(queue_index_);
    else
        pending_ += set_->frames().size() - set_->frame_begin(queue_index_) + set_->frame_begin(end - count);
    queue_index_ = end % count;
}

void Connection::queue_ping()
{
    const std::array<std::byte, 4> payload{};
    codec().encode_ping(control_, payload);
}

bool Connection::is_between_messages() const
{
    if (pending_ == 0)
        return true;
    // A set has few messages, and this is asked when there is a control frame to send.
    for (std::size_t i = 0; i < set_->count(); ++i) {
        if (set_->frame_begin(i) == out_at_)
            return true;
    }
    return false;
}

std::optional<std::uint64_t> Connection::flush()
{
    std::uint64_t written = 0;
    while (has_output()) {
        // What TLS has begun to write must be offered to it once more.
        const bool is_control = blocked_ == Source::control
            || (blocked_ == Source::none && !control_.empty() && is_between_messages());
        std::array<iovec, parts_a_write> parts{};
        std::size_t count = 0;
        std::uint64_t offered = 0;
        if (is_control) {
            parts[count++] = {control_.view().data(), control_.size()};
            offered = control_.size();
        } else {
            const auto frames = set_->frames();
            for (std::size_t at = out_at_; offered < pending_ && count < parts.size(); at = 0) {
                const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(frames.size() - at, pending_ - offered));
                parts[count++] = {const_cast<std::byte*>(frames.data() + at), size};
                offered += size;
            }
        }
        const net::IoResult result = stream_->write(std::span(parts.data(), count));
        if (result.status == net::IoResult::Status::failed || result.status == net::IoResult::Status::end) {
            const auto* tls = dynamic_cast<const TlsClientStream*>(stream_.get());
            if (tls && !tls->problem().empty())
                fail("TLS", tls->problem());
            else
                fail("connection lost", "the connection broke while sending: " + errno_words(result.error));
            return std::nullopt;
        }
        const std::size_t done = result.status == net::IoResult::Status::done ? result.bytes : 0;
        written += done;
        if (is_control) {
            control_.consume(done);
            if (control_.empty())
                control_.release();
        } else {
            pending_ -= done;
            out_at_ = (out_at_ + done) % set_->frames().size();
        }
        if (done < offered) {
            // Between two frames and with nothing begun by TLS a control frame may go first.
            blocked_ = is_control ? Source::control : Source::messages;
            return written;
        }
        blocked_ = Source::none;
    }
    blocked_ = Source::none;
    return written;
}

void Connection::start_close(std::uint16_t code)
{
    if (close_queued_ || state_ != State::open)
        return;
    close_queued_ = true;
    state_ = State::closing;
    if (set_ && set_->kind().raw) {
        stream_->shut_down_writing();
        return;
    }
    if (!is_between_messages()) {
        // The message under way is sent to its end, and no other one.
        std::size_t end = set_->frames().size();
        for (std::size_t i = 0; i < set_->count() && set_->frame_begin(i) <= out_at_; ++i)
            end = set_->frame_begin(i + 1);
        pending_ = end - out_at_;
    } else {
        pending_ = 0;
    }
    codec().encode_close(control_, code, {});
}

void Connection::end()
{
    stream_.reset();
    codec_.reset();
    control_.release();
    head_.release();
    state_ = State::unused;
    pending_ = 0;
}

void Connection::fail(std::string kind, std::string what)
{
    if (!trouble_)
        trouble_ = Trouble{std::move(kind), std::move(what)};
}

} // namespace jackfield::bench
