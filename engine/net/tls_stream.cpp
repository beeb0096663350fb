#include "net/tls_stream.h"

#include "net/tls_failure.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <new>

namespace jackfield::net {

namespace {

constexpr std::size_t record_size = SSL3_RT_MAX_PLAIN_LENGTH;
constexpr std::size_t record_overhead = SSL3_RT_MAX_ENCRYPTED_OVERHEAD + SSL3_RT_HEADER_LENGTH;
constexpr std::size_t records_a_write = 4;
constexpr std::size_t most_waiting = 2 * records_a_write * record_size; // beyond it nothing is read either
constexpr unsigned inner_reads_a_call = 8;
constexpr std::size_t most_detail = 200;

IoResult would_block()
{
    return {IoResult::Status::would_block, 0, 0};
}

std::size_t total_of(std::span<const iovec> parts)
{
    std::size_t total = 0;
    for (const iovec& part : parts)
        total += part.iov_len;
    return total;
}

/// Walks over parts in pieces of at most one record, which it puts together from small parts.
class Pieces {
public:
    explicit Pieces(std::span<const iovec> parts)
        : parts_(parts)
    {
        skip_empty();
    }
    [[nodiscard]] bool at_end() const { return parts_.empty(); }

    /// The next bytes, in place where one part has enough of them, else copied to `record`.
    std::span<const std::byte> next(std::span<std::byte, record_size> record) const
    {
        const std::span<const std::byte> first = rest_of_first();
        if (first.size() >= record.size() || parts_.size() == 1)
            return first.first(std::min(first.size(), record.size()));
        std::size_t filled = 0;
        std::size_t offset = offset_;
        for (const iovec& part : parts_) {
            const std::size_t size = std::min(part.iov_len - offset, record.size() - filled);
            if (size > 0) // memcpy takes no null pointer, not even for nothing
                std::memcpy(
                    record.data() + filled, static_cast<const std::byte*>(part.iov_base) + offset, size);
            filled += size;
            offset = 0;
            if (filled == record.size())
                break;
        }
        return record.first(filled);
    }
    void consume(std::size_t count)
    {
        while (count > 0) {
            const std::size_t size = std::min(count, rest_of_first().size());
            offset_ += size;
            count -= size;
            skip_empty();
        }
    }

private:
    [[nodiscard]] std::span<const std::byte> rest_of_first() const
    {
        return {static_cast<const std::byte*>(parts_.front().iov_base) + offset_,
            parts_.front().iov_len - offset_};
    }
    void skip_empty()
    {
        while (!parts_.empty() && parts_.front().iov_len == offset_) {
            parts_ = parts_.subspan(1);
            offset_ = 0;
        }
    }
    std::span<const iovec> parts_;
    std::size_t offset_ = 0;
};

std::string_view name_of_version(int version)
{
    switch (version) {
    case SSL2_VERSION:
        return "SSL 2";
    case SSL3_VERSION:
        return "SSL 3";
    case TLS1_VERSION:
        return "TLS 1.0";
    case TLS1_1_VERSION:
        return "TLS 1.1";
    case TLS1_2_VERSION:
        return "TLS 1.2";
    case TLS1_3_VERSION:
        return "TLS 1.3";
    default:
        return {};
    }
}

// As browsers do (RFC 6125): no common names, no wildcards within a label.
bool is_certificate_for(X509* certificate, std::string name)
{
    const int as_address = X509_check_ip_asc(certificate, name.c_str(), 0);
    if (as_address >= 0) // else it is none
        return as_address == 1;
    if (name.ends_with('.'))
        name.pop_back();
    constexpr unsigned flags = X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS;
    return X509_check_host(certificate, name.data(), name.size(), flags, nullptr) == 1;
}

} // namespace

struct TlsStream::Callbacks {
    static TlsStream& stream_of(BIO* bio) { return *static_cast<TlsStream*>(BIO_get_data(bio)); }

    static int read(BIO* bio, char* buffer, std::size_t size, std::size_t* got) noexcept
    {
        *got = 0;
        BIO_clear_retry_flags(bio);
        return stream_of(bio).take_input(bio, buffer, size, *got) ? 1 : 0;
    }
    static int write(BIO* bio, const char* bytes, std::size_t size, std::size_t* taken) noexcept
    {
        BIO_clear_retry_flags(bio);
        *taken = stream_of(bio).take_output(bytes, size) ? size : 0;
        return *taken == size ? 1 : 0;
    }
    static long control(BIO* /*bio*/, int command, long /*number*/, void* /*pointer*/) noexcept
    {
        // The end of the input is not told here: the library would answer it with an alert.
        return command == BIO_CTRL_FLUSH ? 1 : 0;
    }
    static void message(int is_sent, int /*version*/, int type, const void* bytes, std::size_t size,
        SSL* /*ssl*/, void* stream) noexcept
    {
        static_cast<TlsStream*>(stream)->note_message(
            is_sent != 0, type, static_cast<const unsigned char*>(bytes), size);
    }
};

void TlsStream::Freeing::operator()(ssl_st* ssl) const
{
    SSL_free(ssl);
}

std::shared_ptr<bio_method_st> TlsStream::bio_method()
{
    // Shared, so that a stream that outlives the program's statics has it still.
    static const std::shared_ptr<BIO_METHOD> method = [] {
        BIO_METHOD* const made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "byte stream");
        if (made) {
            BIO_meth_set_read_ex(made, &Callbacks::read);
            BIO_meth_set_write_ex(made, &Callbacks::write);
            BIO_meth_set_ctrl(made, &Callbacks::control);
        }
        return std::shared_ptr<BIO_METHOD>(made, &BIO_meth_free);
    }();
    return method;
}

TlsStream::TlsStream(std::shared_ptr<const TlsContext> context, std::unique_ptr<ByteStream> inner,
    std::vector<std::byte> sniffed, const Clock& clock, std::string address)
    : context_(std::move(context))
    , inner_(std::move(inner))
    , clock_(clock)
    , address_(std::move(address))
    , method_(bio_method())
    , ssl_(SSL_new(context_->native()))
    , may_hold_input_(!sniffed.empty())
{
    sniffed_.append(sniffed);
    BIO* const bio = method_ ? BIO_new(method_.get()) : nullptr;
    if (!ssl_ || !bio) {
        BIO_free(bio);
        ERR_clear_error();
        throw std::bad_alloc();
    }
    BIO_set_data(bio, this);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl_.get(), bio, bio);
    SSL_set_app_data(ssl_.get(), &hello_);
    SSL_set_msg_callback(ssl_.get(), &Callbacks::message);
    SSL_set_msg_callback_arg(ssl_.get(), this);
    SSL_set_accept_state(ssl_.get());
}

TlsStream::~TlsStream()
{
    ssl_.reset();
    ERR_clear_error();
}

IoResult TlsStream::read(std::span<std::byte> buffer)
{
    flush();
    if (buffer.empty())
        return would_block();
    if (said_farewell_ && (state_ == State::failed || state_ == State::handshake)) {
        may_hold_input_ = false;
        return discard_input(buffer);
    }
    if (state_ == State::failed) {
        may_hold_input_ = false;
        return {IoResult::Status::failed, 0, broken_};
    }
    if (state_ == State::ended) {
        may_hold_input_ = false;
        return {IoResult::Status::end, 0, 0};
    }
    if (output_.size() > most_waiting)
        return would_block(); // it makes us answer, but takes no answers
    inner_reads_left_ = inner_reads_a_call;
    if (state_ == State::handshake) {
        if (const auto unfinished = shake_hands()) {
            may_hold_input_ = false;
            return *unfinished;
        }
    }
    const IoResult result = read_records(buffer);
    flush();
    if (result.status == IoResult::Status::would_block && output_error_ != 0) {
        may_hold_input_ = false;
        return fail_with(TlsFailure::none, output_error_);
    }
    return result;
}

IoResult TlsStream::read_records(std::span<std::byte> buffer)
{
    std::size_t total = 0;
    while (total < buffer.size()) {
        std::size_t got = 0;
        ERR_clear_error();
        const int returned = SSL_read_ex(ssl_.get(), buffer.data() + total, buffer.size() - total, &got);
        if (returned != 1 || is_flooded_) {
            const IoResult result = judge(returned);
            // What is no mere waiting is told by the next call, after the data.
            may_hold_input_ = total > 0 && (state_ == State::ended || state_ == State::failed);
            return total > 0 ? IoResult{IoResult::Status::done, total, 0} : result;
        }
        total += got;
        inner_reads_left_ = 0; // what has not arrived with this much is for the next turn
        if (SSL_has_pending(ssl_.get()) == 0 && sniffed_.empty())
            break;
    }
    may_hold_input_ = SSL_has_pending(ssl_.get()) != 0 || !sniffed_.empty();
    return {IoResult::Status::done, total, 0};
}

/// Behind our farewell, of a connection that failed or was never established: unread input at the end would
/// make the kernel send a reset, which can destroy the alert on its way.
IoResult TlsStream::discard_input(std::span<std::byte> buffer)
{
    for (unsigned i = 0; i < inner_reads_a_call; ++i) {
        const IoResult result = inner_->read(buffer);
        if (result.status != IoResult::Status::done)
            return result;
    }
    return would_block();
}

IoResult TlsStream::write(std::span<const iovec> parts)
{
    if (const IoResult result = flush(); result.status != IoResult::Status::done)
        return result;
    Pieces pieces(parts);
    if (pieces.at_end())
        return {IoResult::Status::done, 0, 0};
    if (state_ == State::failed)
        return {IoResult::Status::failed, 0, broken_};
    if (said_farewell_)
        return {IoResult::Status::failed, 0, EPIPE};
    inner_reads_left_ = inner_reads_a_call;
    if (state_ == State::handshake) {
        if (const auto unfinished = shake_hands()) {
            may_hold_input_ = state_ == State::failed; // the reader is told too
            return *unfinished;
        }
        may_hold_input_ = SSL_has_pending(ssl_.get()) != 0 || !sniffed_.empty();
    }

    std::array<std::byte, record_size> record; // not initialised: filled as far as it is used
    std::size_t left = total_of(parts);
    std::size_t taken = 0;
    while (!pieces.at_end() && output_.empty() && output_error_ == 0) {
        is_corked_ = left > record_size;
        if (is_corked_)
            output_.reserve(
                std::min(left, records_a_write * record_size) + records_a_write * record_overhead);
        for (std::size_t i = 0; i < records_a_write && !pieces.at_end(); ++i) {
            const std::span<const std::byte> piece = pieces.next(record);
            std::size_t written = 0;
            ERR_clear_error();
            const int returned = SSL_write_ex(ssl_.get(), piece.data(), piece.size(), &written);
            if (returned != 1) {
                is_corked_ = false;
                const IoResult result = judge(returned);
                may_hold_input_ = may_hold_input_ || state_ == State::failed;
                flush();
                return taken > 0 ? IoResult{IoResult::Status::done, taken, 0} : result;
            }
            pieces.consume(written);
            taken += written;
            left -= written;
        }
        is_corked_ = false;
        flush();
    }
    if (taken > 0)
        return {IoResult::Status::done, taken, 0};
    return output_error_ != 0 ? IoResult{IoResult::Status::failed, 0, output_error_} : would_block();
}

void TlsStream::shut_down_writing()
{
    if (said_farewell_)
        return;
    said_farewell_ = true;
    if (state_ == State::open || state_ == State::ended) {
        ERR_clear_error();
        SSL_shutdown(ssl_.get());
        ERR_clear_error();
    }
    ends_when_flushed_ = true;
    flush();
}

void TlsStream::reset_on_close()
{
    inner_->reset_on_close();
}

bool TlsStream::has_buffered_input() const
{
    return may_hold_input_ || inner_->has_buffered_input();
}

std::optional<IoResult> TlsStream::shake_hands()
{
    ERR_clear_error();
    is_corked_ = true; // a flight of messages leaves as one
    const int returned = SSL_do_handshake(ssl_.get());
    is_corked_ = false;
    if (!hello_.server_name.empty() && facts_.server_name.empty())
        facts_.server_name = hello_.server_name;
    std::optional<IoResult> result;
    if (returned == 1) {
        state_ = State::open;
        is_established_ = true;
        report_.in_handshake = false;
        note_facts();
        SSL_set_app_data(ssl_.get(), nullptr);
        hello_ = {};
    } else {
        result = judge(returned);
    }
    flush();
    if (result && result->status != IoResult::Status::failed && output_error_ != 0)
        result = fail_with(TlsFailure::peer_left, output_error_);
    return result;
}

void TlsStream::note_facts()
{
    facts_.version = name_of_version(SSL_version(ssl_.get()));
    if (const SSL_CIPHER* const cipher = SSL_get_current_cipher(ssl_.get())) {
        if (const char* const name = SSL_CIPHER_standard_name(cipher))
            facts_.cipher = name;
    }
    const unsigned char* protocol = nullptr;
    unsigned int size = 0;
    SSL_get0_alpn_selected(ssl_.get(), &protocol, &size);
    if (protocol)
        facts_.alpn.assign(reinterpret_cast<const char*>(protocol), size);
    facts_.resumed = SSL_session_reused(ssl_.get()) == 1;
}

IoResult TlsStream::judge(int returned)
{
    const bool is_handshake = state_ == State::handshake;
    const int error = SSL_get_error(ssl_.get(), returned);
    if (is_flooded_)
        return fail_with(TlsFailure::flood, EPROTO);
    if (is_out_of_memory_ || hello_.verdict == ClientHello::Verdict::no_memory)
        return fail_with(TlsFailure::no_memory, ENOMEM);
    switch (error) {
    case SSL_ERROR_WANT_READ:
        return input_;
    case SSL_ERROR_WANT_WRITE:
        return would_block();
    case SSL_ERROR_ZERO_RETURN:
        if (is_handshake)
            return fail_with(TlsFailure::peer_left, ECONNRESET);
        state_ = State::ended;
        return {IoResult::Status::end, 0, 0};
    case SSL_ERROR_SYSCALL:
        if (input_.status == IoResult::Status::failed)
            return fail_with(is_handshake ? TlsFailure::peer_left : TlsFailure::none, input_.error);
        if (input_.status == IoResult::Status::end)
            return fail_with(is_handshake ? TlsFailure::peer_left : TlsFailure::truncated, ECONNRESET);
        if (said_farewell_)
            return would_block(); // the library skips what is no data behind our own close_notify
        return judge_library_errors();
    default:
        return judge_library_errors();
    }
}

IoResult TlsStream::judge_library_errors()
{
    unsigned long first = 0;
    while (const unsigned long code = ERR_get_error()) {
        if (failure_of_library_error(code) == TlsFailure::no_memory)
            return fail_with(TlsFailure::no_memory, ENOMEM);
        // What the TLS layer makes of an error of the layers below it is the better description.
        if (first == 0 || (ERR_GET_LIB(first) != ERR_LIB_SSL && ERR_GET_LIB(code) == ERR_LIB_SSL))
            first = code;
    }
    if (hello_.verdict == ClientHello::Verdict::bad_server_name)
        return fail_with(TlsFailure::bad_server_name, EPROTO);
    if (hello_.verdict == ClientHello::Verdict::too_long) {
        return fail_with(TlsFailure::protocol_error, EPROTO,
            "a ClientHello of " + std::to_string(hello_.length) + " bytes");
    }
    const TlsFailure failure = failure_of_library_error(first);
    if (failure == TlsFailure::unknown_authority || failure == TlsFailure::certificate_refused) {
        if (const auto judged = judge_certificate())
            return *judged;
    }
    // OpenSSL's own answer to our warning that nothing is renegotiated.
    if (is_established_ && report_.alert_sent == SSL_AD_NO_RENEGOTIATION && report_.alert_received == SSL_AD_HANDSHAKE_FAILURE)
        return fail_with(TlsFailure::refused_by_client, EPROTO, "it asked to renegotiate, which this server does not");
    const char* const words = ERR_reason_error_string(first);
    std::string detail = words ? words : "";
    if (failure == TlsFailure::no_common_version && hello_.highest_version != 0) {
        if (const std::string_view version = name_of_version(hello_.highest_version); !version.empty())
            detail = "it offers " + std::string(version) + " at most";
    } else if (failure == TlsFailure::no_common_protocol && !hello_.protocols.empty()) {
        detail = "it offers " + hello_.protocols;
    } else if (failure == TlsFailure::refused_by_client && report_.alert_received) {
        if (const std::string_view alert = alert_name(*report_.alert_received); !alert.empty())
            detail = alert;
    }
    return fail_with(failure, EPROTO, std::move(detail));
}

std::optional<IoResult> TlsStream::judge_certificate()
{
    const std::uint8_t alert = report_.alert_received.value_or(0);
    const X509* const shown = SSL_get_certificate(ssl_.get());
    if (is_established_ || !shown || (alert != SSL_AD_CERTIFICATE_UNKNOWN && alert != SSL_AD_BAD_CERTIFICATE))
        return std::nullopt;
    auto* const certificate = const_cast<X509*>(shown); // its lookups take no const
    const std::string& asked = facts_.server_name.empty() ? address_ : facts_.server_name;
    if (!asked.empty() && !is_certificate_for(certificate, asked)) {
        const IoResult result = fail_with(TlsFailure::wrong_name, EPROTO, "it asked for " + asked);
        report_.asked_name = asked;
        return result;
    }
    std::time_t now = std::chrono::floor<std::chrono::seconds>(clock_.wall().time_since_epoch()).count();
    if (X509_cmp_time(X509_get0_notAfter(certificate), &now) < 0)
        return fail_with(TlsFailure::certificate_expired, EPROTO, "it has ended");
    if (X509_cmp_time(X509_get0_notBefore(certificate), &now) > 0)
        return fail_with(TlsFailure::certificate_expired, EPROTO, "it has not begun");
    return std::nullopt;
}

IoResult TlsStream::fail_with(TlsFailure failure, int error, std::string detail)
{
    ERR_clear_error();
    state_ = State::failed;
    broken_ = error;
    report_.failure = failure;
    if (detail.size() > most_detail)
        detail.resize(most_detail);
    report_.detail = std::move(detail);
    sniffed_.release();
    return {IoResult::Status::failed, 0, error};
}

IoResult TlsStream::flush()
{
    while (!output_.empty() && output_error_ == 0) {
        const std::span<std::byte> waiting = output_.view();
        const iovec part{waiting.data(), waiting.size()};
        const IoResult result = inner_->write(std::span(&part, 1));
        switch (result.status) {
        case IoResult::Status::done:
            if (result.bytes == 0)
                return would_block();
            output_.consume(result.bytes);
            break;
        case IoResult::Status::would_block:
        case IoResult::Status::no_buffers:
            return result;
        case IoResult::Status::end:
        case IoResult::Status::failed:
            output_error_ = result.error != 0 ? result.error : EPIPE;
            break;
        }
    }
    if (output_.capacity() > 0)
        output_.release();
    if (output_error_ != 0)
        return {IoResult::Status::failed, 0, output_error_};
    if (ends_when_flushed_) {
        ends_when_flushed_ = false;
        inner_->shut_down_writing();
    }
    return {IoResult::Status::done, 0, 0};
}

bool TlsStream::take_input(bio_st* bio, char* buffer, std::size_t size, std::size_t& got) noexcept
{
    if (is_flooded_)
        return false;
    if (!sniffed_.empty()) {
        got = std::min(size, sniffed_.size());
        std::memcpy(buffer, sniffed_.view().data(), got);
        sniffed_.consume(got);
        if (sniffed_.empty())
            sniffed_.release();
        return got > 0;
    }
    if (input_.status == IoResult::Status::end || input_.status == IoResult::Status::failed)
        return false;
    if (inner_reads_left_ == 0) {
        input_ = would_block();
    } else {
        --inner_reads_left_;
        try {
            input_ = inner_->read(std::as_writable_bytes(std::span(buffer, size)));
        } catch (const std::bad_alloc&) {
            is_out_of_memory_ = true;
            return false;
        }
    }
    switch (input_.status) {
    case IoResult::Status::done:
        got = input_.bytes;
        if (got > 0)
            return true;
        input_ = would_block();
        break;
    case IoResult::Status::would_block:
    case IoResult::Status::no_buffers:
        break;
    case IoResult::Status::end:
    case IoResult::Status::failed:
        return false;
    }
    BIO_set_retry_read(bio);
    return false;
}

bool TlsStream::take_output(const char* bytes, std::size_t size) noexcept
{
    std::span<const std::byte> rest = std::as_bytes(std::span(bytes, size));
    try {
        if (!is_corked_ && output_.empty() && output_error_ == 0) {
            const iovec part{const_cast<char*>(bytes), size};
            const IoResult result = inner_->write(std::span(&part, 1));
            if (result.status == IoResult::Status::done)
                rest = rest.subspan(std::min(result.bytes, rest.size()));
            else if (result.status == IoResult::Status::failed || result.status == IoResult::Status::end)
                output_error_ = result.error != 0 ? result.error : EPIPE;
        }
        // Without a taker it is lost; whoever asks is told, once all input has been read.
        if (output_error_ == 0 && !rest.empty())
            output_.append(rest);
    } catch (const std::bad_alloc&) {
        is_out_of_memory_ = true;
        return false;
    }
    return true;
}

void TlsStream::note_message(bool is_sent, int type, const unsigned char* bytes, std::size_t size) noexcept
{
    switch (type) {
    case SSL3_RT_ALERT:
        if (size == 2)
            (is_sent ? report_.alert_sent : report_.alert_received) = bytes[1];
        break;
    case SSL3_RT_HANDSHAKE:
        if (!is_sent && size > 0 && bytes[0] == SSL3_MT_CLIENT_HELLO)
            hello_.length = size;
        break;
    case SSL3_RT_HEADER: // in TLS 1.3 the type that it shows is that of data
    case SSL3_RT_INNER_CONTENT_TYPE:
        if (!is_sent && size > 0 && bytes[0] != SSL3_RT_APPLICATION_DATA)
            count_control();
        break;
    default:
        break;
    }
}

void TlsStream::count_control() noexcept
{
    if (!is_established_)
        return;
    const TimePoint now = clock_.now();
    if (now - controls_since_ >= seconds(1)) {
        controls_since_ = now;
        controls_ = 0;
    }
    if (++controls_ > controls_a_second)
        is_flooded_ = true;
}

} // namespace jackfield::net
