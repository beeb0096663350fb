#include "http/pages.h"

#include "test_page_html.h"

#include "jackfield/tls_credentials.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

namespace jackfield::http {

namespace {

// An exchange whose answer does not depend on the request's body.
class FixedAnswer final : public Exchange {
public:
    FixedAnswer(ResponseWriter& writer, std::uint16_t status, ResponseHeaders headers, std::string type,
        std::string body)
        : writer_(writer)
        , status_(status)
        , headers_(std::move(headers))
        , type_(std::move(type))
        , body_(std::move(body))
    { }
    void on_body(std::string_view) override { writer_.respond(status_, headers_, type_, body_); }

private:
    ResponseWriter& writer_;
    std::uint16_t status_;
    ResponseHeaders headers_;
    std::string type_, body_;
};

constexpr std::string_view plain_text = "text/plain; charset=utf-8";

std::unique_ptr<Exchange> method_not_allowed(ResponseWriter& writer)
{
    return std::make_unique<FixedAnswer>(writer, std::uint16_t{405}, ResponseHeaders{{"Allow", "GET, HEAD"}},
        std::string(plain_text), "Method not allowed\n");
}

bool is_read(const RequestHead& head)
{
    return head.method == "GET" || head.method == "HEAD";
}

const char* json_word(bool value)
{
    return value ? "true" : "false";
}

/// What the page is told of the server: JSON without an apostrophe, and nothing in it comes from a peer.
std::string server_facts(const EndpointContext& context)
{
    std::string text = std::string(R"({"secure":)") + json_word(context.secure) + R"(,"tls":)"
        + json_word(context.status.tls != nullptr) + R"(,"tlsPorts":[)";
    std::vector<std::uint16_t> ports; // each once: 127.0.0.1 and [::1] share theirs
    if (context.status.tls) {
        for (const ListenerStatus& listener : context.status.listeners) {
            const std::uint16_t port = listener.bound.port();
            if (!listener.listening || listener.speaks == ListenerKind::ws
                || std::find(ports.begin(), ports.end(), port) != ports.end())
                continue;
            text += (ports.empty() ? "" : ",") + std::to_string(port);
            ports.push_back(port);
        }
    }
    text += "]";
    if (context.status.tls) {
        const CertificateFacts& certificate = context.status.tls->chain().front();
        const auto until
            = std::chrono::duration_cast<std::chrono::seconds>(certificate.not_after.time_since_epoch());
        text += R"(,"certificate":{"fingerprint":")" + certificate.fingerprint + R"(","until":)"
            + std::to_string(until.count()) + "}";
    }
    return text + "}";
}

std::string page_with(const std::string& facts)
{
    const std::string_view html(test_page_html, sizeof test_page_html);
    constexpr std::string_view place = "data-server='{}'";
    const std::size_t at = html.find(place);
    std::string page(html.substr(0, at));
    if (at == std::string_view::npos)
        return page;
    page.append("data-server='").append(facts).append("'").append(html.substr(at + place.size()));
    return page;
}

class TestPage final : public HttpEndpoint {
public:
    [[nodiscard]] bool serves(std::string_view path) const override { return path == "/"; }
    std::unique_ptr<Exchange> begin(
        const RequestHead& head, const EndpointContext& context, ResponseWriter& writer) override
    {
        if (!is_read(head))
            return method_not_allowed(writer);
        const std::string policy = std::string("default-src 'none'; script-src ") + test_page_script_hash
            + "; style-src " + test_page_style_hash
            + "; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return std::make_unique<FixedAnswer>(writer, std::uint16_t{200},
            ResponseHeaders{{"Content-Security-Policy", policy}, {"Cache-Control", "no-store"},
                {"Referrer-Policy", "no-referrer"}},
            "text/html; charset=utf-8", page_with(server_facts(context)));
    }
};

class Health final : public HttpEndpoint {
public:
    [[nodiscard]] bool serves(std::string_view path) const override { return path == "/health"; }
    std::unique_ptr<Exchange> begin(
        const RequestHead& head, const EndpointContext& context, ResponseWriter& writer) override
    {
        ResponseHeaders headers{{"Cache-Control", "no-store"}, {"Vary", "Origin"}};
        if (context.origin_allowed)
            headers.emplace_back(
                "Access-Control-Allow-Origin", std::string(head.value("Origin").value_or("")));
        if (head.method == "OPTIONS" && context.origin_allowed) {
            headers.emplace_back("Access-Control-Allow-Methods", "GET");
            return std::make_unique<FixedAnswer>(
                writer, std::uint16_t{204}, std::move(headers), std::string{}, std::string{});
        }
        if (!is_read(head))
            return method_not_allowed(writer);
        const std::string body = std::string(R"({"status":"ok","connections":)")
            + std::to_string(context.totals.open) + R"(,"opened":)" + std::to_string(context.totals.opened)
            + R"(,"tls":)" + json_word(context.secure) + "}\n";
        return std::make_unique<FixedAnswer>(
            writer, std::uint16_t{200}, std::move(headers), "application/json", body);
    }
};

class Favicon final : public HttpEndpoint {
public:
    [[nodiscard]] bool serves(std::string_view path) const override { return path == "/favicon.ico"; }
    [[nodiscard]] bool is_listed() const override { return false; }
    std::unique_ptr<Exchange> begin(
        const RequestHead&, const EndpointContext&, ResponseWriter& writer) override
    {
        return std::make_unique<FixedAnswer>(writer, std::uint16_t{204},
            ResponseHeaders{{"Cache-Control", "max-age=86400"}}, std::string{}, std::string{});
    }
};

} // namespace

std::unique_ptr<HttpEndpoint> make_test_page()
{
    return std::make_unique<TestPage>();
}
std::unique_ptr<HttpEndpoint> make_health()
{
    return std::make_unique<Health>();
}
std::unique_ptr<HttpEndpoint> make_favicon()
{
    return std::make_unique<Favicon>();
}

} // namespace jackfield::http
