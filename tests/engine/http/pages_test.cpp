#include "http/pages.h"

#include "jackfield/certificate.h"
#include "jackfield/tls_credentials.h"

#include <QCryptographicHash>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <stdexcept>

using namespace jackfield;
using namespace jackfield::http;

namespace {

class Answer final : public ResponseWriter {
public:
    void respond(std::uint16_t with, const ResponseHeaders& fields, std::string_view type,
        std::string_view content) override
    {
        status = with;
        headers = fields;
        content_type = type;
        body = content;
    }
    void begin(std::uint16_t, const ResponseHeaders&, std::string_view) override
    {
        throw std::logic_error("the pages answer at once");
    }
    void write(std::string_view) override { }
    void end() override { }

    [[nodiscard]] std::string header(std::string_view name) const
    {
        const auto found = std::find_if(
            headers.begin(), headers.end(), [&](const auto& each) { return each.first == name; });
        return found == headers.end() ? std::string() : std::string(found->second);
    }

    std::uint16_t status = 0;
    ResponseHeaders headers;
    std::string content_type, body;
};

const DevelopmentCertificate& certificate()
{
    static const DevelopmentCertificate made
        = issue_development_certificate({}, std::chrono::system_clock::now()).value();
    return made;
}

std::shared_ptr<const TlsCredentials> credentials()
{
    const DevelopmentCertificate& made = certificate();
    return TlsCredentials::create({made.certificate_pem, made.key_pem, {made.certificate}, {}}).value();
}

ListenerStatus listener(std::uint16_t port, ListenerKind speaks, bool listening = true)
{
    ListenerStatus status;
    status.bound = SocketAddress::v4({127, 0, 0, 1}, port);
    status.speaks = speaks;
    status.listening = listening;
    return status;
}

Answer ask(HttpEndpoint& endpoint, const std::string& path, const ServerStatus& status, bool is_secure)
{
    RequestHead head;
    head.method = "GET";
    head.target = path;
    head.path = path;
    EngineTotals totals;
    totals.open = 2;
    totals.opened = 5;
    Answer answer;
    endpoint.begin(head, EndpointContext{status, totals, false, is_secure}, answer)->on_body({});
    return answer;
}

/// What the page is told of the server.
nlohmann::json facts_in(const std::string& page)
{
    const std::string begin = "<html lang=\"en\" data-server='";
    const std::size_t at = page.find(begin);
    if (at == std::string::npos)
        throw std::runtime_error("the page is told nothing");
    const std::size_t from = at + begin.size();
    return nlohmann::json::parse(page.substr(from, page.find('\'', from) - from));
}

std::string between(const std::string& text, const std::string& begin, const std::string& end)
{
    const std::size_t from = text.find(begin) + begin.size();
    return text.substr(from, text.find(end, from) - from);
}

std::string hash_of(const std::string& text)
{
    return "'sha256-"
        + QCryptographicHash::hash(QByteArray::fromStdString(text), QCryptographicHash::Sha256)
              .toBase64()
              .toStdString()
        + "'";
}

} // namespace

class PagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void page_is_told_where_tls_is_spoken_data()
    {
        QTest::addColumn<bool>("enabled");
        QTest::addColumn<bool>("secure");
        QTest::addColumn<QList<int>>("told");
        QTest::newRow("not enabled") << false << false << QList<int>();
        QTest::newRow("enabled, over http") << true << false << QList<int>{4567, 4570};
        QTest::newRow("enabled, over https") << true << true << QList<int>{4567, 4570};
    }
    void page_is_told_where_tls_is_spoken()
    {
        QFETCH(bool, enabled);
        QFETCH(bool, secure);
        QFETCH(QList<int>, told);
        ServerStatus status;
        if (enabled)
            status.tls = credentials();
        const auto spoken = [&](ListenerKind kind) { return spoken_by(kind, enabled); };
        status.listeners = {listener(4567, spoken(ListenerKind::automatic)),
            listener(4567, spoken(ListenerKind::automatic)), // [::1] beside 127.0.0.1
            listener(4568, ListenerKind::ws), listener(4569, ListenerKind::wss, false),
            listener(4570, ListenerKind::wss)};
        const Answer answer = ask(*make_test_page(), "/", status, secure);
        QCOMPARE(answer.status, 200);
        const nlohmann::json facts = facts_in(answer.body);
        QCOMPARE(facts.at("secure").get<bool>(), secure);
        QCOMPARE(facts.at("tls").get<bool>(), enabled);
        QList<int> ports;
        for (const auto& port : facts.at("tlsPorts"))
            ports.append(port.get<int>());
        QCOMPARE(ports, told);
        QCOMPARE(facts.contains("certificate"), enabled);
        if (!enabled)
            return;
        QCOMPARE(
            facts["certificate"]["fingerprint"].get<std::string>(), certificate().certificate.fingerprint);
        const auto until
            = std::chrono::system_clock::from_time_t(facts["certificate"]["until"].get<std::time_t>());
        QVERIFY(until == std::chrono::floor<std::chrono::seconds>(certificate().certificate.not_after));
    }

    void policy_names_the_script_and_the_style_of_the_page()
    {
        ServerStatus status;
        status.tls = credentials();
        const Answer answer = ask(*make_test_page(), "/", status, true);
        QCOMPARE(answer.header("Content-Security-Policy"),
            "default-src 'none'; script-src " + hash_of(between(answer.body, "<script>", "</script>"))
                + "; style-src " + hash_of(between(answer.body, "<style>", "</style>"))
                + "; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; frame-ancestors "
                  "'none'");
        QCOMPARE(answer.header("Cache-Control"), std::string("no-store")); // what it is told changes
        QCOMPARE(answer.body.find(" onclick="), std::string::npos);
        QCOMPARE(answer.body.find(" style="), std::string::npos);
    }

    void health_says_whether_it_was_asked_over_tls_data()
    {
        QTest::addColumn<bool>("secure");
        QTest::newRow("plain") << false;
        QTest::newRow("over TLS") << true;
    }
    void health_says_whether_it_was_asked_over_tls()
    {
        QFETCH(bool, secure);
        ServerStatus status;
        status.tls = credentials();
        const Answer answer = ask(*make_health(), "/health", status, secure);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.content_type, std::string("application/json"));
        QCOMPARE(nlohmann::json::parse(answer.body).dump(),
            nlohmann::json({{"status", "ok"}, {"connections", 2}, {"opened", 5}, {"tls", secure}}).dump());
    }
};

QTEST_GUILESS_MAIN(PagesTest)
#include "pages_test.moc"
