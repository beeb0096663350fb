#include "http/pages.h"
#include "server/admission.h"
#include "server/stack_parts.h"
#include "tests/support/http_harness.h"

#include "jackfield/stack.h"

#include <QtTest>

#include <functional>
#include <string>

using namespace jackfield;
using namespace std::chrono_literals;
using server::Acceptance;
using server::Admission;
using server::AdmissionContext;
using server::EndpointTable;
using server::PlainRequest;
using server::Refusal;
using test::good_request;

namespace {

const StackParts& parts()
{
    static const Stack stack = Stack::standard();
    return stack.parts();
}

// A behaviour that answers requests as a test says.
class Doorkeeper final : public Behaviour {
public:
    explicit Doorkeeper(RequestAnswer answer)
        : answer_(std::move(answer))
    { }
    RequestAnswer on_request(const RequestView&) override { return answer_; }
    void on_message(Peer&, MessageKind, std::span<const std::byte>) override { }

private:
    RequestAnswer answer_;
};

struct World {
    World()
    {
        set("/chat", "echo");
        for (const auto& make : parts().http_endpoints)
            http_endpoints.push_back(make());
    }
    void set(const std::string& pattern, const std::string& behaviour)
    {
        EndpointConfig config = default_endpoint();
        config.pattern = pattern;
        config.behaviour = behaviour;
        endpoints.set(*server::Endpoint::create(config, behaviours));
    }
    Admission admit(const std::string& bytes)
    {
        head = test::parsed_head(bytes);
        return server::admit(head,
            {access, endpoints, parts().handshake_rules, http_endpoints,
                SocketAddress::v4({127, 0, 0, 1}, 5'000), TimePoint(1h), has_room, stopping,
                older_protocols});
    }
    std::map<std::string, BehaviourFactory> behaviours = parts().behaviours;
    AccessRules access;
    EndpointTable endpoints;
    std::vector<std::unique_ptr<http::HttpEndpoint>> http_endpoints;
    http::RequestHead head;
    bool has_room = true;
    bool stopping = false;
    bool older_protocols = true;
};

/// A request of an older protocol, whose page comes from `origin`.
std::string older_request(const std::string& protocol, const std::string& origin)
{
    if (protocol == "hybi-10" || protocol == "hybi-07") {
        return good_request(
            {{"Sec-WebSocket-Version",
                 protocol == "hybi-10" ? "Sec-WebSocket-Version: 8\r\n" : "Sec-WebSocket-Version: 7\r\n"},
                {"Origin", "Sec-WebSocket-Origin: " + origin + "\r\n"}});
    }
    std::string request
        = "GET /chat HTTP/1.1\r\nHost: localhost\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\nOrigin: "
        + origin + "\r\n";
    if (protocol == "hybi-00")
        request += "Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5\r\nSec-WebSocket-Key2: 12998 5 Y3 1  .P00\r\n";
    return request + "\r\n";
}

} // namespace

class AdmissionTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decides_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("outcome"); // "101", "plain", or a status and a reason
        const auto row = [](const char* name, const std::string& request, const char* outcome) {
            QTest::newRow(name) << QByteArray::fromStdString(request) << QByteArray(outcome);
        };
        const auto line = [](const char* name, const std::string& value) {
            return std::vector<std::pair<std::string, std::string>>{
                {name, value.empty() ? std::string() : std::string(name) + ": " + value + "\r\n"}};
        };
        const std::string plain = "Host: localhost\r\n\r\n";
        row("the good request", good_request(), "101");
        row("no origin", good_request(line("Origin", "")), "101");
        row("evil origin", good_request(line("Origin", "http://evil.example")), "403 origin_not_allowed");
        row("null origin", good_request(line("Origin", "null")), "403 origin_null");
        row("evil host", good_request(line("Host", "evil.example")), "403 host_not_allowed");
        row("evil host and origin: the host comes first",
            good_request({{"Host", "Host: evil.example\r\n"}, {"Origin", "Origin: http://evil.example\r\n"}}),
            "403 host_not_allowed");
        row("access before the key",
            good_request({{"Origin", "Origin: http://evil.example\r\n"}, {"Sec-WebSocket-Key", ""}}),
            "403 origin_not_allowed");
        row("no key", good_request(line("Sec-WebSocket-Key", "")), "400 websocket_key");
        row("version 12", good_request(line("Sec-WebSocket-Version", "12")), "426 websocket_version");
        row("two versions",
            good_request(
                {{"Sec-WebSocket-Version", "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Version: 13\r\n"}}),
            "400 websocket_version");
        row("POST", good_request({}, "POST /chat HTTP/1.1"), "405 method");
        row("a body", good_request(line("Content-Length", "3")), "400 body_on_upgrade");
        row("Expect", good_request(line("Expect", "100-continue")), "417 expectation");
        row("another path", good_request({}, "GET /other HTTP/1.1"), "404 no_endpoint");
        row("access before the path",
            good_request({{"Origin", "Origin: http://evil.example\r\n"}}, "GET /other HTTP/1.1"),
            "403 origin_not_allowed");
        row("the test page", "GET / HTTP/1.1\r\n" + plain, "plain");
        row("the test page by an evil host", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
            "403 host_not_allowed");
        row("the test page from an evil origin", "GET / HTTP/1.1\r\nOrigin: http://evil.example\r\n" + plain,
            "403 origin_not_allowed");
        row("health", "GET /health HTTP/1.1\r\n" + plain, "plain");
        row("plain HTTP elsewhere", "GET /chat HTTP/1.1\r\n" + plain, "426 not_an_upgrade");
        row("two origins",
            good_request({{"Origin", "Origin: http://localhost\r\nOrigin: http://localhost\r\n"}}),
            "400 origin_header");
    }
    void decides()
    {
        QFETCH(QByteArray, request);
        QFETCH(QByteArray, outcome);
        World world;
        const Admission admission = world.admit(request.toStdString());
        QVERIFY(!world.head.method.empty());
        if (outcome == "101") {
            QVERIFY(std::holds_alternative<Acceptance>(admission));
        } else if (outcome == "plain") {
            QVERIFY(std::holds_alternative<PlainRequest>(admission));
        } else {
            const auto* refusal = std::get_if<Refusal>(&admission);
            QVERIFY(refusal);
            QCOMPARE(int{refusal->status}, outcome.left(3).toInt());
            const std::map<QByteArray, RefusalReason> reasons{{"origin_null", RefusalReason::origin_null},
                {"host_not_allowed", RefusalReason::host_not_allowed},
                {"origin_not_allowed", RefusalReason::origin_not_allowed},
                {"websocket_key", RefusalReason::websocket_key},
                {"websocket_version", RefusalReason::websocket_version}, {"method", RefusalReason::method},
                {"body_on_upgrade", RefusalReason::body_on_upgrade},
                {"expectation", RefusalReason::expectation}, {"no_endpoint", RefusalReason::no_endpoint},
                {"not_an_upgrade", RefusalReason::not_an_upgrade},
                {"origin_header", RefusalReason::origin_header}};
            QVERIFY(reasons.contains(outcome.mid(4)));
            QCOMPARE(refusal->reason, reasons.at(outcome.mid(4)));
            QCOMPARE(refusal->access.has_value(), refusal->status == 403);
            QCOMPARE(refusal->remedy,
                refusal->access                                     ? RefusalRemedy::access
                    : refusal->reason == RefusalReason::no_endpoint ? RefusalRemedy::endpoint
                                                                    : RefusalRemedy::none);
            QVERIFY(!server::explain(refusal->reason).empty());
        }
    }

    void one_switch_turns_the_older_protocols_off_data()
    {
        QTest::addColumn<QByteArray>("protocol");
        for (const char* protocol : {"hybi-10", "hybi-07", "hybi-00", "hixie-75"})
            QTest::newRow(protocol) << QByteArray(protocol);
    }
    void one_switch_turns_the_older_protocols_off()
    {
        QFETCH(QByteArray, protocol);
        World world;
        const std::string good = older_request(protocol.toStdString(), "http://localhost:3000");
        const std::string evil = older_request(protocol.toStdString(), "http://evil.example");
        const Admission on = world.admit(good);
        QVERIFY(std::holds_alternative<Acceptance>(on));
        QCOMPARE(QByteArray::fromStdString(std::string(std::get<Acceptance>(on).rule->protocol_version())),
            protocol);
        // The page's origin is looked at in the field that its protocol has for it, and first.
        QCOMPARE(std::get<Refusal>(world.admit(evil)).reason, RefusalReason::origin_not_allowed);

        world.older_protocols = false;
        const Admission off = world.admit(good);
        const auto& refusal = std::get<Refusal>(off);
        QCOMPARE(int{refusal.status}, 426);
        QCOMPARE(refusal.reason, RefusalReason::websocket_version);
        QCOMPARE(refusal.headers,
            (http::ResponseHeaders{{"Sec-WebSocket-Version", "13"}, {"Upgrade", "websocket"}}));
        QVERIFY(refusal.why.find(protocol.toStdString()) != std::string::npos);
        QCOMPARE(refusal.remedy, RefusalRemedy::older_protocols);
        QCOMPARE(std::get<Refusal>(world.admit(evil)).reason, RefusalReason::origin_not_allowed);
        QVERIFY(std::holds_alternative<Acceptance>(world.admit(good_request())));
    }

    void HS_34_a_426_lists_the_versions_that_are_switched_on()
    {
        World world;
        const std::string version_9
            = good_request({{"Sec-WebSocket-Version", "Sec-WebSocket-Version: 9\r\n"}});
        const Admission on = world.admit(version_9);
        QCOMPARE(std::get<Refusal>(on).headers[0].second, std::string("13, 8, 7"));
        QVERIFY(std::get<Refusal>(on).why.empty());
        world.older_protocols = false;
        const Admission off = world.admit(version_9);
        QCOMPARE(std::get<Refusal>(off).headers[0].second, std::string("13"));
        QCOMPARE(std::get<Refusal>(off).remedy, RefusalRemedy::none); // switching them on would not help
    }

    void two_origins_of_a_draft_are_one_too_many()
    {
        World world;
        const Admission twice = world.admit(
            older_request("hybi-07", "http://localhost\r\nSec-WebSocket-Origin: http://localhost"));
        QCOMPARE(std::get<Refusal>(twice).reason, RefusalReason::origin_header);
    }

    void a_required_origin_is_asked_of_web_sockets_only()
    {
        World world;
        world.access.origin_required = true;
        const Admission refused = world.admit(good_request({{"Origin", ""}}));
        QCOMPARE(std::get<Refusal>(refused).reason, RefusalReason::origin_missing);
        QVERIFY(
            std::holds_alternative<PlainRequest>(world.admit("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")));
    }

    void a_full_or_stopping_server_says_503()
    {
        World world;
        world.has_room = false;
        const Admission full = world.admit(good_request());
        QCOMPARE(int{std::get<Refusal>(full).status}, 503);
        QCOMPARE(std::get<Refusal>(full).reason, RefusalReason::too_many_connections);
        QVERIFY(
            std::holds_alternative<PlainRequest>(world.admit("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")));
        world.stopping = true;
        const Admission stopping = world.admit(good_request());
        QCOMPARE(std::get<Refusal>(stopping).reason, RefusalReason::stopping);
        QCOMPARE(std::get<Refusal>(stopping).headers[0].first, std::string("Retry-After"));
    }

    void the_clients_order_chooses_the_subprotocol()
    {
        World world;
        const Admission both = world.admit(
            good_request({{"Sec-WebSocket-Protocol", "Sec-WebSocket-Protocol: none, reverse, chat\r\n"}}));
        QCOMPARE(std::get<Acceptance>(both).subprotocol, std::string("reverse"));
        QCOMPARE(std::get<Acceptance>(both).offered.size(), std::size_t{3});
        const Admission neither
            = world.admit(good_request({{"Sec-WebSocket-Protocol", "Sec-WebSocket-Protocol: mqtt\r\n"}}));
        QCOMPARE(std::get<Acceptance>(neither).subprotocol, std::string());
    }

    void a_behaviour_may_refuse_or_choose_data()
    {
        QTest::addColumn<int>("refuse_with");
        QTest::addColumn<QByteArray>("subprotocol");
        QTest::addColumn<int>("status");
        QTest::newRow("takes it") << 0 << QByteArray("-") << 101;
        QTest::newRow("chooses another offer") << 0 << QByteArray("second") << 101;
        QTest::newRow("chooses none") << 0 << QByteArray("") << 101;
        QTest::newRow("chooses what was not offered") << 0 << QByteArray("third") << 500;
        QTest::newRow("refuses") << 451 << QByteArray("-") << 451;
        QTest::newRow("refuses with nonsense") << 200 << QByteArray("-") << 400;
        QTest::newRow("refuses with more nonsense") << 999 << QByteArray("-") << 599;
    }
    void a_behaviour_may_refuse_or_choose()
    {
        QFETCH(int, refuse_with);
        QFETCH(QByteArray, subprotocol);
        QFETCH(int, status);
        World world;
        RequestAnswer answer;
        answer.refuse_with = static_cast<std::uint16_t>(refuse_with);
        if (subprotocol != "-")
            answer.subprotocol = subprotocol.toStdString();
        world.behaviours["door"]
            = [answer](const EndpointConfig&) { return std::make_unique<Doorkeeper>(answer); };
        world.set("/chat", "door");
        const Admission admission = world.admit(
            good_request({{"Sec-WebSocket-Protocol", "Sec-WebSocket-Protocol: first, second\r\n"}}));
        if (const auto* acceptance = std::get_if<Acceptance>(&admission)) {
            QCOMPARE(101, status);
            QCOMPARE(acceptance->subprotocol, subprotocol == "-" ? std::string() : subprotocol.toStdString());
        } else {
            QCOMPARE(int{std::get<Refusal>(admission).status}, status);
        }
    }

    void every_reason_has_its_words()
    {
        for (int i = 0; i <= static_cast<int>(RefusalReason::stopping); ++i) {
            const auto reason = static_cast<RefusalReason>(i);
            QVERIFY(!server::explain(reason).empty());
            const bool harmless = reason == RefusalReason::plain_http || reason == RefusalReason::speculative;
            event::Refused refused;
            refused.reason = reason;
            QCOMPARE(server::browser_message(refused).empty(), harmless);
            refused.status = 403;
            refused.was_upgrade = true;
            QCOMPARE(server::browser_message(refused).empty(), harmless);
        }
    }
};

QTEST_GUILESS_MAIN(AdmissionTest)
#include "admission_test.moc"
