#include "app/bench/check/check.h"
#include "app/bench/result_json.h"
#include "support/engine_fixture.h"
#include "websocket/rfc6455_rule.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <set>
#include <sstream>
#include <thread>

using namespace jackfield;
using namespace jackfield::test;
using namespace jackfield::bench;

namespace {

Options options_for(const std::string& scheme, std::uint16_t port, const std::string& path)
{
    Options options;
    options.mode = Mode::check;
    options.url = scheme + "://127.0.0.1:" + std::to_string(port) + path;
    options.quiet = true;
    return options;
}

std::size_t count_of(const RunResult& result, std::string_view outcome)
{
    return static_cast<std::size_t>(std::ranges::count(result.checks, outcome, &CheckCase::outcome));
}

std::string outcome_of(const RunResult& result, std::string_view name)
{
    const auto found = std::ranges::find(result.checks, name, &CheckCase::name);
    return found == result.checks.end() ? "missing" : found->outcome;
}

QByteArray those_that_did_not_pass(const RunResult& result)
{
    QByteArray text;
    for (const CheckCase& each : result.checks) {
        if (each.outcome != "pass")
            text += QByteArray::fromStdString(each.name + " " + each.outcome + ": " + each.received + "\n");
    }
    return text;
}

/// A server that takes every handshake and answers everything with the same pong.
class YesMan {
public:
    YesMan()
        : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
        ::listen(listener_, 16);
        socklen_t size = sizeof address;
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~YesMan()
    {
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }
    YesMan(const YesMan&) = delete;
    YesMan& operator=(const YesMan&) = delete;
    [[nodiscard]] std::uint16_t port() const { return port_; }

private:
    void serve() const
    {
        for (int client = 0; (client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0; ::close(client)) {
            std::string input;
            char buffer[4'096];
            bool is_open = false;
            for (ssize_t count = 0; (count = ::recv(client, buffer, sizeof buffer, 0)) > 0;) {
                input.append(buffer, static_cast<std::size_t>(count));
                if (!is_open && input.find("\r\n\r\n") == std::string::npos)
                    continue;
                const std::string pong = "\x8a\x0cstill there?";
                const std::string answer = std::exchange(is_open, true) ? pong : switching(input);
                ::send(client, answer.data(), answer.size(), MSG_NOSIGNAL);
            }
        }
    }
    static std::string switching(const std::string& request)
    {
        const std::size_t at = request.find("Sec-WebSocket-Key: ");
        const std::string key = at == std::string::npos ? "" : request.substr(at + 19, request.find("\r\n", at) - at - 19);
        return "HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
            + websocket::accept_for_key(key).value_or("") + "\r\n\r\n";
    }
    int listener_;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

} // namespace

/// The conformance probe: what it says of a good server, of a bad one, and of one that does not echo.
class CheckTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jackfield_passes_every_case_data()
    {
        QTest::addColumn<bool>("tls");
        QTest::newRow("ws") << false;
        QTest::newRow("wss") << true;
    }
    void jackfield_passes_every_case()
    {
        QFETCH(const bool, tls);
        EngineSetup setup;
        setup.has_canary = false;
        setup.config.tls = test_credentials();
        EngineFixture fixture(setup);
        Options options = options_for(tls ? "wss" : "ws", fixture.port(), "/echo");
        options.insecure = tls;
        StopSignal stop;
        const auto result = run_check(options, stop);
        QVERIFY2(result, result ? "" : result.error().message().c_str());
        QVERIFY2(!result->failed && count_of(*result, "pass") == result->checks.size(), those_that_did_not_pass(*result));
        QVERIFY(result->checks.size() > 150);
        QVERIFY(check_table(*result).find(std::to_string(result->checks.size()) + " pass, 0 warn, 0 fail, 0 skip") != std::string::npos);
        const auto back = from_json(to_json(*result));
        QVERIFY(back && *back == *result);
    }

    void a_path_without_an_echo_skips_what_needs_one()
    {
        EngineSetup setup;
        setup.has_canary = false;
        setup.config.endpoints[0].behaviour = "silent";
        EngineFixture fixture(setup);
        StopSignal stop;
        const auto result = run_check(options_for("ws", fixture.port(), "/quiet"), stop);
        QVERIFY(result);
        QVERIFY2(!result->failed && count_of(*result, "skip") > 30 && count_of(*result, "warn") == 0, those_that_did_not_pass(*result));
        QCOMPARE(outcome_of(*result, "frame/text-125"), std::string("skip"));
        QCOMPARE(outcome_of(*result, "frame/opcode-3"), std::string("pass"));
        QCOMPARE(result->warnings.size(), std::size_t{1});
    }

    void a_server_that_takes_everything_fails()
    {
        const YesMan server;
        for (const auto& [only, outcome] : {std::pair("frame/opcode-3", "fail"), std::pair("handshake/no-host", "fail"),
                 std::pair("utf8/overlong-two", "fail"), std::pair("frame/length-16-for-5", "warn"), std::pair("deflate/hello", "skip"),
                 std::pair("handshake/plain", "pass"), std::pair("close/nothing-after", "fail")}) {
            Options options = options_for("ws", server.port(), "/");
            options.only = only;
            StopSignal stop;
            const auto result = run_check(options, stop);
            QVERIFY2(result, result ? "" : result.error().message().c_str());
            QCOMPARE(result->checks.size(), std::size_t{1});
            QCOMPARE(result->checks[0].outcome, std::string(outcome));
            QCOMPARE(result->failed, std::string_view(outcome) == "fail");
            QCOMPARE(check_table(*result).find(only) != std::string::npos, result->failed || std::string_view(outcome) == "warn");
        }
    }

    void what_cannot_be_tried_is_an_error()
    {
        StopSignal stop;
        EngineFixture fixture;
        Options options = options_for("ws", fixture.port(), "/echo");
        options.only = "frame/unheard-of";
        const auto none = run_check(options, stop);
        QVERIFY(!none && none.error().message().find("--list") != std::string::npos);
        const auto raw = run_check(options_for("tcp", fixture.port(), "/echo"), stop);
        QVERIFY(!raw && raw.error().code == ErrorCode::invalid_argument);
        options = options_for("ws", fixture.port(), "/echo");
        options.origin = "http://not.allowed.test";
        const auto refused = run_check(options, stop);
        QVERIFY(!refused && refused.error().message().find("403") != std::string::npos);
    }

    void a_stop_ends_it_with_what_there_is()
    {
        EngineFixture fixture;
        StopSignal stop;
        stop.set();
        const auto result = run_check(options_for("ws", fixture.port(), "/echo"), stop);
        QVERIFY(result && result->interrupted && result->checks.empty());
    }

    void names_are_unique()
    {
        std::istringstream list(check_names());
        std::set<std::string> names;
        std::size_t lines = 0;
        for (std::string line; std::getline(list, line); ++lines)
            names.insert(line);
        QCOMPARE(names.size(), lines);
        QVERIFY(lines > 150);
    }
};

QTEST_GUILESS_MAIN(CheckTest)
#include "check_test.moc"
