#include "server/endpoint_table.h"
#include "server/stack_parts.h"

#include "jackfield/stack.h"

#include <QtTest>

#include <string>

using namespace jackfield;
using server::Endpoint;
using server::EndpointTable;

namespace {

const std::map<std::string, BehaviourFactory>& behaviours()
{
    static const Stack stack = Stack::standard();
    return stack.parts().behaviours;
}

EndpointConfig config(std::string pattern, std::string behaviour = "echo")
{
    EndpointConfig config;
    config.pattern = std::move(pattern);
    config.behaviour = std::move(behaviour);
    return config;
}

std::shared_ptr<Endpoint> endpoint(const std::string& pattern)
{
    return *Endpoint::create(config(pattern), behaviours());
}

} // namespace

class EndpointTableTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_longest_match_wins_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("pattern");
        const auto row = [](const char* path, const char* pattern) {
            QTest::newRow(path) << QByteArray(path) << QByteArray(pattern);
        };
        row("/", "/*");
        row("/other", "/*");
        row("/chat", "/chat");
        row("/chat/", "/*");
        row("/chatter", "/*");
        row("/Chat", "/*");
        row("/api/", "/api/*");
        row("/api/v1", "/api/*");
        row("/api/v1/", "/api/v1/*");
        row("/api/v1/x", "/api/v1/x"); // exact before a prefix of the same length
        row("/api/v1/xy", "/api/v1/*");
        row("/api", "/*");
    }
    void the_longest_match_wins()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, pattern);
        const std::vector<std::string> patterns{"/*", "/chat", "/api/*", "/api/v1/*", "/api/v1/x"};
        for (const bool reversed : {false, true}) { // in whatever order they were added
            EndpointTable table;
            for (std::size_t i = 0; i < patterns.size(); ++i)
                table.set(endpoint(patterns[reversed ? patterns.size() - 1 - i : i]));
            const auto found = table.find(path.toStdString());
            QVERIFY(found);
            QCOMPARE(found->config().pattern, pattern.toStdString());
        }
    }

    void a_narrowed_table_takes_no_other_path()
    {
        EndpointTable table;
        QVERIFY(!table.find("/"));
        table.set(endpoint("/only"));
        QVERIFY(table.find("/only"));
        QVERIFY(!table.find("/"));
        QVERIFY(!table.find("/only/this"));
        QVERIFY(!table.find(""));
        QVERIFY(!table.find("*"));
    }

    void setting_replaces_and_removing_removes()
    {
        EndpointTable table;
        table.set(endpoint("/a"));
        const auto second = *Endpoint::create(config("/a", "reverse"), behaviours());
        table.set(second);
        QCOMPARE(table.configs().size(), std::size_t{1});
        QCOMPARE(table.by_pattern("/a"), second);
        QVERIFY(!table.by_pattern("/b"));
        QVERIFY(!table.remove("/b"));
        QVERIFY(table.remove("/a"));
        QVERIFY(!table.find("/a"));
    }

    void bad_configurations_are_refused_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<QByteArray>("behaviour");
        QTest::addColumn<QByteArray>("subprotocol");
        QTest::newRow("empty") << QByteArray("") << QByteArray("echo") << QByteArray("a");
        QTest::newRow("no slash") << QByteArray("chat") << QByteArray("echo") << QByteArray("a");
        QTest::newRow("star in the middle") << QByteArray("/a*b") << QByteArray("echo") << QByteArray("a");
        QTest::newRow("two stars") << QByteArray("/**") << QByteArray("echo") << QByteArray("a");
        QTest::newRow("query") << QByteArray("/a?b") << QByteArray("echo") << QByteArray("a");
        QTest::newRow("fragment") << QByteArray("/a#b") << QByteArray("echo") << QByteArray("a");
        QTest::newRow("blank") << QByteArray("/a b") << QByteArray("echo") << QByteArray("a");
        QTest::newRow("control") << QByteArray("/a\x7f") << QByteArray("echo") << QByteArray("a");
        QTest::newRow("long") << QByteArray("/") + QByteArray(1'024, 'a') << QByteArray("echo")
                              << QByteArray("a");
        QTest::newRow("unknown behaviour") << QByteArray("/a") << QByteArray("shout") << QByteArray("a");
        QTest::newRow("bad subprotocol") << QByteArray("/a") << QByteArray("echo") << QByteArray("a b");
    }
    void bad_configurations_are_refused()
    {
        QFETCH(QByteArray, pattern);
        QFETCH(QByteArray, behaviour);
        QFETCH(QByteArray, subprotocol);
        EndpointConfig bad = config(pattern.toStdString(), behaviour.toStdString());
        bad.subprotocols.push_back({subprotocol.toStdString(), "echo"});
        const auto made = Endpoint::create(bad, behaviours());
        QVERIFY(!made);
        QCOMPARE(made.error().code, ErrorCode::invalid_argument);
        QVERIFY(!made.error().detail.empty());
        if (behaviour == "shout")
            QVERIFY(made.error().detail.find("chat, close, echo, reverse, silent") != std::string::npos);
    }

    void sockjs_needs_a_path_of_its_own_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QByteArray>("problem"); // empty: it is taken
        const QByteArray url("/sockjs.js");
        QTest::newRow("plain") << QByteArray("/echo") << url << QByteArray();
        QTest::newRow("deep") << QByteArray("/a/b/c.d") << url << QByteArray();
        QTest::newRow("star") << QByteArray("/*") << url << QByteArray("without a *");
        QTest::newRow("prefix") << QByteArray("/echo/*") << url << QByteArray("without a *");
        QTest::newRow("root") << QByteArray("/") << url << QByteArray("cannot be at / itself");
        QTest::newRow("slash at the end") << QByteArray("/echo/") << url << QByteArray("no / at its end");
        QTest::newRow("256 bytes") << "/" + QByteArray(255, 'a') << url << QByteArray();
        QTest::newRow("257 bytes") << "/" + QByteArray(256, 'a') << url << QByteArray("at most 256 bytes, this one has 257");
        const auto client = [](const char* name, const QByteArray& address, bool good) {
            QTest::newRow(name) << QByteArray("/echo") << address
                                << (good ? QByteArray() : QByteArray("the address of the SockJS client"));
        };
        client("http", "http://localhost:8081/sockjs.js?v=1#x", true);
        client("https", "https://cdn.test/sockjs.js", true);
        client("no client", "", false);
        client("relative", "sockjs.js", false);
        client("other scheme", "javascript:alert(1)", false);
        client("only a scheme", "https://", false);
        client("another server's path", "//evil.test/x.js", false);
        client("quote", "/a\"onload=x", false);
        client("apostrophe", "/a'b", false);
        client("tag", "/a</script>", false);
        client("blank", "/a b", false);
        client("line", "/a\nb", false);
        client("not ASCII", "/\xc3\xa9", false);
        client("long", "/" + QByteArray(2'048, 'a'), false);
    }
    void sockjs_needs_a_path_of_its_own()
    {
        QFETCH(QByteArray, pattern);
        QFETCH(QByteArray, url);
        QFETCH(QByteArray, problem);
        EndpointConfig with = config(pattern.toStdString());
        with.sockjs.emplace().client_url = url.toStdString();
        const auto made = Endpoint::create(with, behaviours());
        QCOMPARE(made.has_value(), problem.isEmpty());
        if (made)
            return;
        QCOMPARE(made.error().code, ErrorCode::invalid_argument);
        QVERIFY2(made.error().detail.find(problem.toStdString()) != std::string::npos, made.error().detail.c_str());
        with.sockjs.reset();
        QVERIFY(Endpoint::create(with, behaviours()));
    }

    void sockjs_values_are_brought_into_their_ranges()
    {
        EndpointConfig with = config("/echo");
        SockJs& sockjs = with.sockjs.emplace();
        sockjs.heartbeat = milliseconds(1);
        sockjs.disconnect_delay = milliseconds(-5);
        sockjs.response_limit = 1U << 31U;
        const auto made = *Endpoint::create(with, behaviours());
        QCOMPARE(made->config().sockjs->heartbeat.count(), 1'000);
        QCOMPARE(made->config().sockjs->disconnect_delay.count(), 100);
        QCOMPARE(made->config().sockjs->response_limit, 16U << 20U);
    }

    void a_subprotocol_chooses_its_behaviour()
    {
        EndpointConfig mixed = config("/*");
        mixed.subprotocols = {{"room", "chat"}, {"mirror", "reverse"}};
        const auto made = *Endpoint::create(mixed, behaviours());
        QCOMPARE(made->behaviour_for("").maker(), Maker::echo);
        QCOMPARE(made->behaviour_for("room").maker(), Maker::chat);
        QCOMPARE(made->behaviour_for("mirror").maker(), Maker::reverse);
        QCOMPARE(made->behaviour_for("unknown").maker(), Maker::echo);
        QVERIFY(made->speaks("room"));
        QVERIFY(!made->speaks("Room"));
        QVERIFY(!made->speaks(""));
        QCOMPARE(&made->behaviour_for("room"), &made->behaviour_for("room")); // one instance serves all
    }
};

QTEST_GUILESS_MAIN(EndpointTableTest)
#include "endpoint_table_test.moc"
