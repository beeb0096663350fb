// Every mode against a real engine, over ws and wss, with and without compression: what comes back is verified, and
// what is wrong is found.
#include "app/bench/run.h"
#include "app/shared/certificate_folder.h"
#include "support/engine_fixture.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fstream>

using namespace jackfield;
using namespace jackfield::bench;

namespace {

/// An engine with echo, chat and reverse, also over TLS with a development certificate.
class Server {
public:
    explicit Server(const std::function<void(EngineConfig&)>& change = {})
        : engine(setup(change))
    {
        std::ofstream(authority_file()) << authority_;
    }
    std::string authority_file() const { return folder_.filePath("authority.crt").toStdString(); }
    std::string url(const char* path, bool tls = false) const
    {
        return (tls ? "wss://127.0.0.1:" : "ws://127.0.0.1:") + std::to_string(engine.port()) + path;
    }

private:
    test::EngineSetup setup(const std::function<void(EngineConfig&)>& change)
    {
        const WallTime now = std::chrono::system_clock::now();
        const auto made = issue_development_certificate({}, now).value();
        authority_ = made.authority_pem;
        test::EngineSetup result;
        result.has_canary = false;
        result.config.endpoints = default_endpoints();
        result.config.tls
            = TlsCredentials::create(check_identity(made.certificate_pem, made.key_pem, std::nullopt, now).value()).value();
        if (change)
            change(result.config);
        return result;
    }
    QTemporaryDir folder_;
    std::string authority_;

public:
    test::EngineFixture engine;
};

/// Small enough for a test.
Options tiny(Mode mode, const std::string& url)
{
    Options options;
    options.mode = mode;
    options.url = url;
    options.connections = 5;
    options.seconds = 0.2;
    options.warm_up = 0.02;
    options.rate = 2'000;
    options.ramp_from = 500;
    options.ramp_to = 1'000;
    options.ramp_factor = 2;
    options.step_seconds = 0.1;
    options.bound_us = 1e9;
    options.timeout = 20;
    options.quiet = true;
    return options;
}

QByteArray words_of(const RunResult& result)
{
    QByteArray text = result.error_example.c_str();
    for (const auto& [kind, count] : result.errors)
        text += " | " + QByteArray(kind.c_str()) + ": " + QByteArray::number(static_cast<qulonglong>(count));
    for (const std::string& warning : result.warnings)
        text += " | " + QByteArray(warning.c_str());
    return text;
}

const StopSignal never;

} // namespace

class ModesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { std::signal(SIGPIPE, SIG_IGN); }

    void every_mode_runs_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addColumn<bool>("tls");
        QTest::addColumn<int>("deflate");
        for (const Mode mode : {Mode::echo, Mode::rate, Mode::connect, Mode::idle, Mode::fanout, Mode::ramp, Mode::soak}) {
            for (const bool tls : {false, true}) {
                for (const Deflate deflate : {Deflate::off, Deflate::on, Deflate::no_takeover}) {
                    const bool is_rare = mode != Mode::echo && mode != Mode::soak && mode != Mode::fanout; // as one of these
                    if (is_rare && deflate != (tls ? Deflate::no_takeover : Deflate::off))
                        continue;
                    QTest::addRow("%s %s deflate %s", name_of(mode), tls ? "wss" : "ws", name_of(deflate))
                        << static_cast<int>(mode) << tls << static_cast<int>(deflate);
                }
            }
        }
    }
    void every_mode_runs()
    {
        QFETCH(int, mode);
        QFETCH(bool, tls);
        QFETCH(int, deflate);
        const Server server([](EngineConfig& config) {
            config.compression.server_context_takeover = config.compression.client_context_takeover = true;
            config.compression.threshold = 0;
        });
        const bool is_chat = static_cast<Mode>(mode) == Mode::fanout;
        Options options = tiny(static_cast<Mode>(mode), server.url(is_chat ? "/chat" : "/echo", tls));
        options.deflate = static_cast<Deflate>(deflate);
        options.content = Content::json;
        options.size = 300;
        options.depth = 4;
        options.ca_file = tls ? server.authority_file() : "";
        options.pid = ::getpid();
        const auto result = run(options, never);
        QVERIFY2(result, result ? "" : result.error().message().c_str());
        QVERIFY2(!result->failed && result->errors.empty(), words_of(*result).constData());
        QCOMPARE(result->mode, std::string(name_of(options.mode)));
        QCOMPARE(result->connections, std::uint64_t{is_chat ? 6U : 5U});
        QVERIFY(result->seconds > 0.15);
        QVERIFY(result->latency.count > 0);
        QVERIFY(result->latency.p50_us > 0);
        QVERIFY(result->latency.max_us >= result->latency.p99_us);
        QVERIFY(!result->series.empty());
        QVERIFY(result->client_cpu && result->server_cpu && result->server_memory);
        QVERIFY(result->server_memory->before > 0);
        std::uint64_t counted = 0;
        for (const SeriesPoint& point : result->series)
            counted += point.messages;
        QCOMPARE(counted, result->messages);
        if (options.mode == Mode::idle) {
            QVERIFY(result->server_memory->bytes_a_connection);
            QCOMPARE(result->latency.count, std::uint64_t{5});
        } else {
            QVERIFY(result->messages > 0);
        }
        if (options.mode == Mode::ramp) {
            QCOMPARE(result->ramp.size(), std::size_t{2});
            QCOMPARE(result->knee.value_or(0), 1'000.0);
        }
        for (const std::string& warning : result->warnings)
            QVERIFY2(warning.find("did not agree") == std::string::npos, warning.c_str());
    }

    void messages_of_all_kinds_come_back_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<bool>("binary");
        QTest::addColumn<int>("content");
        QTest::addColumn<int>("fragments");
        QTest::addColumn<int>("depth");
        const auto row = [](const char* name, int size, bool binary, Content content, int fragments, int depth) {
            QTest::newRow(name) << size << binary << static_cast<int>(content) << fragments << depth;
        };
        row("nothing", 0, false, Content::ascii, 1, 3);
        row("a byte", 1, true, Content::random, 1, 100);
        row("deep", 16, false, Content::ascii, 1, 5'000);
        row("fragments", 100, false, Content::mixed, 9, 4);
        row("one byte a fragment", 100, false, Content::ascii, 100, 4);
        row("126", 126, false, Content::ascii, 1, 4);
        row("64 KiB", 65'536, true, Content::random, 1, 4);
        row("large text", 1'000'000, false, Content::mixed, 1, 2);
        row("large fragments", 3'000'000, true, Content::random, 40, 2);
    }
    void messages_of_all_kinds_come_back()
    {
        QFETCH(int, size);
        QFETCH(bool, binary);
        QFETCH(int, content);
        QFETCH(int, fragments);
        QFETCH(int, depth);
        const Server server;
        for (const bool tls : {false, true}) {
            Options options = tiny(Mode::echo, server.url("/echo", tls));
            options.size = static_cast<std::size_t>(size);
            options.binary = binary;
            options.content = static_cast<Content>(content);
            options.fragments = static_cast<std::size_t>(fragments);
            options.depth = static_cast<std::size_t>(depth);
            options.insecure = tls;
            const auto result = run(options, never);
            QVERIFY2(result, result ? "" : result.error().message().c_str());
            QVERIFY2(!result->failed, words_of(*result).constData());
            QVERIFY(result->messages > 0);
            QCOMPARE(result->payload_bytes, result->messages * static_cast<std::uint64_t>(size));
        }
    }

    void the_authority_is_looked_for_where_it_is_said_to_be()
    {
        const Server server;
        const QTemporaryDir folder;
        Options options = tiny(Mode::connect, server.url("/echo", true));
        options.config_dir = folder.path().toStdString();
        QVERIFY(!run(options, never));
        const app::CertificateFolder place(options.config_dir);
        QVERIFY(QDir().mkpath(QFileInfo(QString::fromStdString(place.authority_path())).path()));
        QVERIFY(QFile::copy(QString::fromStdString(server.authority_file()), QString::fromStdString(place.authority_path())));
        const auto result = run(options, never);
        QVERIFY2(result, result ? "" : result.error().message().c_str());
        QVERIFY2(!result->failed && result->errors.empty(), words_of(*result).constData());
        QVERIFY(result->messages > 0);
    }

    void an_answer_that_differs_is_found_data()
    {
        QTest::addColumn<bool>("tls");
        QTest::addColumn<int>("size");
        QTest::newRow("ws") << false << 16;
        QTest::newRow("wss") << true << 16;
        QTest::newRow("large") << false << 400'000;
    }
    void an_answer_that_differs_is_found()
    {
        QFETCH(bool, tls);
        QFETCH(int, size);
        const Server server;
        Options options = tiny(Mode::echo, server.url("/reverse", tls));
        options.insecure = tls;
        options.size = static_cast<std::size_t>(size);
        const auto result = run(options, never);
        QVERIFY(result);
        QVERIFY(result->failed);
        QCOMPARE(result->errors.at("wrong answer"), std::uint64_t{5});
        QCOMPARE(result->messages, std::uint64_t{0});
    }

    void an_answer_to_somebody_else_is_found()
    {
        const Server server;
        Options options = tiny(Mode::echo, server.url("/chat"));
        const auto result = run(options, never);
        QVERIFY(result);
        QVERIFY(result->failed);
        QVERIFY(result->errors.count("wrong answer") == 1);
    }

    void answers_that_do_not_come_are_missed()
    {
        const Server server([](EngineConfig& config) {
            config.endpoints = {EngineConfig().endpoints.front()};
            config.endpoints.front() = EndpointConfig{"/*", {}, "silent"};
        });
        Options options = tiny(Mode::echo, server.url("/"));
        options.depth = 3;
        options.timeout = 0.3;
        const auto result = run(options, never);
        QVERIFY(result);
        QVERIFY(result->failed);
        QCOMPARE(result->errors.at("no answer in time"), std::uint64_t{15});

        options.mode = Mode::rate;
        const auto late = run(options, never);
        QVERIFY(late);
        QVERIFY(late->errors.at("no answer in time") > 0);

        options.mode = Mode::fanout;
        const auto alone = run(options, never);
        QVERIFY(alone);
        QVERIFY2(alone->errors.at("not delivered") > 0, words_of(*alone).constData());
    }

    void a_close_by_the_server_is_told_with_its_code()
    {
        const Server server([](EngineConfig& config) { config.limits.max_message = 1'024; });
        Options options = tiny(Mode::echo, server.url("/echo"));
        options.size = 2'000;
        const auto result = run(options, never);
        QVERIFY(result);
        QVERIFY(result->failed);
        QVERIFY2(result->error_example.find("1009") != std::string::npos, result->error_example.c_str());
    }

    void what_keeps_it_from_beginning_is_said_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("words");
        QTest::newRow("another path") << "%1/nowhere" << "404";
        QTest::newRow("not this machine") << "ws://192.0.2.1:9/" << "--allow-remote";
        QTest::newRow("no URL") << "nonsense" << "ws://";
        QTest::newRow("an unknown certificate") << "%2/echo" << "--ca";
        QTest::newRow("TLS without TLS") << "%1x/echo" << "port";
    }
    void what_keeps_it_from_beginning_is_said()
    {
        QFETCH(QString, url);
        QFETCH(QString, words);
        const Server server([](EngineConfig& config) {
            config.endpoints = default_endpoints();
            config.endpoints.erase(config.endpoints.begin());
        });
        const QString whole = url.replace("%1", QString::fromStdString(server.url(""))).replace("%2", QString::fromStdString(server.url("", true)));
        const auto result = run(tiny(Mode::echo, whole.toStdString()), never);
        QVERIFY(!result);
        QVERIFY2(result.error().message().find(words.toStdString()) != std::string::npos, result.error().message().c_str());
    }

    void nobody_listening_is_said()
    {
        std::uint16_t port = 0;
        {
            const Server gone;
            port = gone.engine.port();
        }
        const auto result = run(tiny(Mode::echo, "ws://127.0.0.1:" + std::to_string(port) + "/"), never);
        QVERIFY(!result);
        QVERIFY2(result.error().message().find("refused") != std::string::npos, result.error().message().c_str());
    }

    void an_origin_is_sent_where_one_is_wanted()
    {
        const Server server([](EngineConfig& config) { config.access.origin_required = true; });
        Options options = tiny(Mode::echo, server.url("/echo"));
        const auto refused = run(options, never);
        QVERIFY(!refused);
        QVERIFY2(refused.error().message().find("--origin") != std::string::npos, refused.error().message().c_str());
        options.origin = "http://localhost:3000";
        const auto taken = run(options, never);
        QVERIFY(taken);
        QVERIFY(!taken->failed);
    }

    void connections_come_from_many_addresses()
    {
        const Server server;
        Options options = tiny(Mode::idle, server.url("/echo"));
        options.connections = 40;
        options.source_addresses = 20;
        const auto result = run(options, never);
        QVERIFY(result);
        QVERIFY2(!result->failed, words_of(*result).constData());
        const_cast<Server&>(server).engine.collect();
        std::set<std::string> addresses;
        for (const Event& event : const_cast<Server&>(server).engine.events()) {
            if (const auto* opened = std::get_if<event::Opened>(&event.what))
                addresses.insert(opened->info->peer.address_text());
        }
        QCOMPARE(addresses.size(), std::size_t{20});
    }

    void a_run_that_is_stopped_reports()
    {
        const Server server;
        for (const Mode mode : {Mode::echo, Mode::rate, Mode::connect, Mode::idle, Mode::ramp, Mode::soak}) {
            StopSignal stop;
            stop.set();
            Options options = tiny(mode, server.url("/echo"));
            options.seconds = 1'000;
            const auto result = run(options, stop);
            QVERIFY(result);
            QVERIFY(result->interrupted);
            QVERIFY2(!result->failed, words_of(*result).constData());
        }
    }

    void more_connections_than_descriptors_are_refused()
    {
        const Server server;
        Options options = tiny(Mode::idle, server.url("/echo"));
        options.connections = 1'000'000'000;
        const auto result = run(options, never);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::too_large);
    }

    void a_process_that_is_not_there_is_said()
    {
        const Server server;
        Options options = tiny(Mode::echo, server.url("/echo"));
        options.pid = 0x3fffffff;
        const auto result = run(options, never);
        QVERIFY(!result);
        QVERIFY(result.error().message().find("--pid") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(ModesTest)
#include "modes_test.moc"
