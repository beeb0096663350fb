#include "fallback/session_exchanges.h"

#include "fallback/sockjs_responses.h"
#include "fallback/sockjs_text.h"

#include "base/text.h"

#include "jackfield/shared_bytes.h"

#include <string>
#include <utility>

namespace jackfield::fallback {

namespace {

constexpr std::uint64_t full_from = 64U << 10U; // bytes that a streamed answer may have waiting
constexpr std::size_t batch_of_a_poll = 1U << 20U;
constexpr std::size_t prelude_size = 2'048; // or some browsers show nothing of a streamed answer
constexpr std::string_view taken_already = R"(c[2010,"Another connection still open"])";

/// What the exchanges of sessions have in common.
class SessionExchange : public http::Exchange {
public:
    SessionExchange(SessionTable& sessions, std::shared_ptr<const EndpointConfig> service, const SockJsPath& path,
        const SessionRequest& request, http::ResponseWriter& writer)
        : sessions_(sessions)
        , service_(std::move(service))
        , action_(path.action)
        , key_(SessionTable::key_of(service_->pattern, path.session))
        , request_(request)
        , writer_(writer)
    { }

protected:
    [[nodiscard]] const SockJs& config() const { return *service_->sockjs; }
    [[nodiscard]] http::ResponseHeaders headers() const
    {
        http::ResponseHeaders fields;
        permit_reading(fields, request_.head);
        forbid_caching(fields);
        if (config().cookies)
            keep_cookie(fields, request_.head, request_.tls != nullptr);
        return fields;
    }
    void refuse(std::uint16_t status, std::string_view body, std::string why)
    {
        writer_.complain({RefusalReason::sockjs_request, std::move(why), RefusalRemedy::none, service_->pattern, std::nullopt});
        writer_.respond(status, headers(), type_text, body);
    }
    /// The session that the request names; null: there is none that this page may use.
    [[nodiscard]] std::shared_ptr<Session> find_session() const
    {
        auto session = sessions_.find(key_);
        return session && session->belongs_to(request_.head.value("Origin")) ? session : nullptr;
    }

    SessionTable& sessions_;
    std::shared_ptr<const EndpointConfig> service_;
    SockJsAction action_;
    std::string key_;
    SessionRequest request_;
    http::ResponseWriter& writer_;
    std::shared_ptr<Session> session_;
};

class Receiving final : public SessionExchange, public Receiver {
public:
    using SessionExchange::SessionExchange;
    ~Receiving() override
    {
        if (session_)
            session_->leave(*this, false);
    }
    Receiving(const Receiving&) = delete;
    Receiving& operator=(const Receiving&) = delete;

    void on_body(std::string_view) override;
    void on_drained() override
    {
        if (session_)
            session_->resume();
    }

    [[nodiscard]] bool is_full() const override { return writer_.waiting() >= full_from; }
    [[nodiscard]] std::size_t batch() const override
    {
        return is_streaming() ? config().response_limit : batch_of_a_poll;
    }
    bool send(std::string_view frame) override;
    void end() override;
    void cut() override { writer_.cut(); }

private:
    [[nodiscard]] bool is_streaming() const
    {
        return action_ != SockJsAction::xhr && action_ != SockJsAction::jsonp;
    }
    [[nodiscard]] bool wants_callback() const
    {
        return action_ == SockJsAction::htmlfile || action_ == SockJsAction::jsonp;
    }
    bool take_callback();
    /// True when a page embeds the answer in a way that names no origin, so that no list could judge it (Fetch Metadata).
    [[nodiscard]] bool is_of_another_site() const
    {
        const http::RequestHead& head = request_.head;
        const std::string_view site = head.value("Sec-Fetch-Site").value_or("none");
        return !wants_callback() && !head.find("Origin") && site != "same-origin" && site != "none";
    }
    void begin_streaming();
    void tell(std::string_view close_frame);
    [[nodiscard]] std::string wrapped(std::string_view frame) const;

    std::string callback_;
    std::uint64_t sent_ = 0;
};

bool Receiving::take_callback()
{
    const auto callback = form_field(request_.head.query, "c");
    if (!callback || callback->empty()) {
        refuse(500, "\"callback\" parameter required\n", "the request names no callback");
        return false;
    }
    if (!is_callback_name(*callback)) {
        refuse(500, "invalid \"callback\" parameter\n", "the callback's name holds something else than letters, digits, _ and .");
        return false;
    }
    callback_ = *callback;
    return true;
}

void Receiving::on_body(std::string_view)
{
    if (wants_callback() && !take_callback())
        return;
    if (is_of_another_site()) {
        refuse(403, "403 A page of another site has to say where it comes from\n", "a page of another site asked for events without an Origin, as a frame or a picture does");
        return;
    }
    auto session = sessions_.find(key_);
    if (session && !session->belongs_to(request_.head.value("Origin"))) {
        refuse(404, "404 Not Found\n", "a page of another origin has this session");
        return;
    }
    if (!session) {
        session = sessions_.create(key_, config(), request_.head.value("Origin"));
        std::optional<SessionRefusal> refusal;
        try {
            refusal = sessions_.host().open_session(session, request_);
        } catch (...) {
            sessions_.remove(*session);
            throw;
        }
        if (refusal) {
            sessions_.remove(*session);
            writer_.complain(std::move(refusal->complaint));
            writer_.respond(refusal->status, headers(), type_text, "The session was refused\n");
            return;
        }
    }
    if (is_streaming())
        begin_streaming();
    if (!session->close_frame().empty()) {
        tell(session->close_frame());
    } else if (session->has_receiver()) {
        tell(taken_already);
    } else {
        session_ = std::move(session);
        session_->attach(*this, request_.transport);
    }
}

/// All that this answer has to say.
void Receiving::tell(std::string_view close_frame)
{
    if (send(close_frame))
        end();
}

void Receiving::begin_streaming()
{
    http::ResponseHeaders fields = headers();
    switch (action_) {
    case SockJsAction::eventsource:
        writer_.begin(200, fields, type_events);
        writer_.write("\r\n");
        break;
    case SockJsAction::htmlfile:
        fields.emplace_back("Content-Security-Policy", "default-src 'none'; script-src 'unsafe-inline'");
        writer_.begin(200, fields, type_page);
        writer_.write(htmlfile_start(callback_));
        break;
    default:
        writer_.begin(200, fields, type_script);
        writer_.write(std::string(prelude_size, 'h') + "\n");
        break;
    }
}

/// The frame as a string of JavaScript.
std::string script_string(std::string_view frame)
{
    ByteBuffer text;
    append_script_text(text, frame);
    return std::string(as_text(std::as_const(text).view()));
}

/// The frame as the data of an event, of which clients undo percent encoding.
std::string event_data(std::string_view frame)
{
    std::string data;
    data.reserve(frame.size());
    for (const char c : frame) {
        if (c == '%')
            data.append("%25");
        else
            data.push_back(c);
    }
    return data;
}

std::string Receiving::wrapped(std::string_view frame) const
{
    std::string text;
    switch (action_) {
    case SockJsAction::eventsource:
        return text.append("data: ").append(event_data(frame)).append("\r\n\r\n");
    case SockJsAction::htmlfile:
        return text.append("<script>\np(").append(script_string(frame)).append(");\n</script>\r\n");
    case SockJsAction::jsonp:
        return text.append(callback_).append("(").append(script_string(frame)).append(");\r\n");
    default:
        return text.append(frame).append("\n");
    }
}

bool Receiving::send(std::string_view frame)
{
    const std::string text = wrapped(frame);
    if (!is_streaming()) {
        writer_.respond(200, headers(), type_script, text);
        return false;
    }
    writer_.write(text);
    sent_ += text.size();
    if (sent_ < config().response_limit)
        return true;
    writer_.end();
    return false;
}

void Receiving::end()
{
    if (is_streaming())
        writer_.end();
    else
        writer_.respond(200, headers(), type_script, {});
}

class Sending final : public SessionExchange, public Sender {
public:
    using SessionExchange::SessionExchange;
    ~Sending() override
    {
        if (session_)
            session_->forget(*this);
    }
    Sending(const Sending&) = delete;
    Sending& operator=(const Sending&) = delete;

    void on_body(std::string_view body) override;
    void on_taken() override;
    void on_refused() override { refuse_unknown(); }
    void cut() override { writer_.cut(); }

private:
    void refuse_unknown() { refuse(404, "404 Not Found\n", "there is no such session, or it has ended"); }
    [[nodiscard]] std::string payload_of(std::string_view body) const;
};

std::string Sending::payload_of(std::string_view body) const
{
    if (action_ != SockJsAction::jsonp_send)
        return std::string(body);
    const std::string_view type = request_.head.value("Content-Type").value_or("");
    if (!equal_ignoring_case(trim_blanks(type.substr(0, type.find(';'))), "application/x-www-form-urlencoded"))
        return std::string(body);
    return form_field(body, "d").value_or("");
}

void Sending::on_body(std::string_view body)
{
    session_ = find_session();
    if (!session_ || !session_->is_open()) {
        refuse_unknown();
        return;
    }
    ByteBuffer records;
    const ReadBody read = read_messages(payload_of(body), records);
    if (read.error) {
        const std::string sentence(sentence_of(*read.error));
        refuse(500, sentence + "\n", sentence);
        return;
    }
    if (read.messages == 0) {
        on_taken();
        return;
    }
    if (session_->take(records, *this))
        return;
    if (session_->is_full())
        refuse(503, "503 The session has not taken in what was sent before\n", "the session's messages are not being read");
    else
        refuse_unknown();
}

void Sending::on_taken()
{
    http::ResponseHeaders fields = headers();
    if (action_ == SockJsAction::jsonp_send) {
        writer_.respond(200, fields, type_text, "ok");
        return;
    }
    // Some browsers take an answer without a type for XML and complain, even where it has no body.
    fields.emplace_back("Content-Type", std::string(type_text));
    writer_.respond(204, fields, {}, {});
}

} // namespace

Transport carried_by(SockJsAction action)
{
    switch (action) {
    case SockJsAction::xhr_streaming:
        return Transport::xhr_streaming;
    case SockJsAction::eventsource:
        return Transport::eventsource;
    case SockJsAction::htmlfile:
        return Transport::htmlfile;
    case SockJsAction::jsonp:
    case SockJsAction::jsonp_send:
        return Transport::jsonp;
    default:
        return Transport::xhr_polling;
    }
}

std::unique_ptr<http::Exchange> make_receiving(SessionTable& sessions,
    std::shared_ptr<const EndpointConfig> service, const SockJsPath& path, const SessionRequest& request,
    http::ResponseWriter& writer)
{
    return std::make_unique<Receiving>(sessions, std::move(service), path, request, writer);
}

std::unique_ptr<http::Exchange> make_sending(SessionTable& sessions,
    std::shared_ptr<const EndpointConfig> service, const SockJsPath& path, const SessionRequest& request,
    http::ResponseWriter& writer)
{
    return std::make_unique<Sending>(sessions, std::move(service), path, request, writer);
}

} // namespace jackfield::fallback
