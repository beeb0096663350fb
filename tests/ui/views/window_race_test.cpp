// The whole window over a real engine, while pages talk, come and go from threads of their own: what the
// engine's thread, the window's and those of searches and exports share. Run by every configuration; under
// ThreadSanitizer it is GU-23.
#include "tests/support/raw_client.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/export_job.h"
#include "ui/models/export_source.h"
#include "ui/views/composer.h"
#include "ui/views/connection_table.h"
#include "ui/views/filter_field.h"
#include "ui/views/find_bar.h"
#include "ui/views/main_window.h"
#include "ui/views/messages_panel.h"
#include "ui/views/tail_table.h"
#include "ui/views/window_models.h"

#include "jackfield/engine.h"
#include "jackfield/engine_thread.h"

#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::good_handshake;
using jackfield::test::RawClient;

namespace {

constexpr int talkers = 3;
constexpr int visits = 4;
constexpr int messagesOfVisit = 300;
constexpr int atOnce = 20;

/// Pages in threads of their own; joins them all.
class Pages {
public:
    ~Pages() { join(); }
    template <class Work>
    void add(Work work)
    {
        m_running.fetch_add(1);
        m_threads.emplace_back([this, work] {
            try {
                work();
            } catch (const std::exception& problem) {
                const std::lock_guard lock(m_mutex);
                m_problem = problem.what();
            }
            m_running.fetch_sub(1);
        });
    }
    [[nodiscard]] bool isRunning() const { return m_running.load() > 0; }
    void join()
    {
        for (std::thread& each : m_threads)
            each.join();
        m_threads.clear();
    }
    std::string problem()
    {
        const std::lock_guard lock(m_mutex);
        return m_problem;
    }

private:
    std::vector<std::thread> m_threads;
    std::atomic<int> m_running{0};
    std::mutex m_mutex;
    std::string m_problem;
};

/// A page that sends, and waits for what the endpoint answers; leaves by a Close or by a reset.
void talk(const SocketAddress& server, int visit)
{
    RawClient client(server);
    client.upgrade(good_handshake(server.port(), {}, "/visit/" + std::to_string(visit)));
    int answered = 0;
    for (int sent = 0; sent < messagesOfVisit; sent += atOnce) {
        for (int i = 0; i < atOnce; ++i)
            client.send_text("{\"type\":\"tick\",\"n\":" + std::to_string(sent + i) + "}");
        for (int waiting = atOnce; waiting > 0;) {
            // What the window sends to all comes in between.
            if (client.read_message().starts_with("{\"type\":\"tick\"")) {
                --waiting;
                ++answered;
            }
        }
    }
    if (answered != messagesOfVisit)
        throw std::runtime_error("an echo is missing");
    if (visit % 2 == 0) {
        client.send_close(1000);
        client.read_close();
    } else {
        client.reset();
    }
}

} // namespace

class WindowRaceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothing_is_lost_while_everything_happens_at_once() // GU-23
    {
        EngineConfig config;
        config.listeners = {{SocketAddress::v4({127, 0, 0, 1}, 0), false, false}};
        auto engine = Engine::create(std::move(config));
        QVERIFY(engine.has_value());
        EngineBridge bridge(**engine);
        MainWindow window(bridge);
        auto thread = EngineThread::start(**engine);
        QVERIFY(thread.has_value());
        window.resize(1'100, 760);
        window.show();
        QTRY_VERIFY(!bridge.status()->listeners.empty());
        const SocketAddress server = bridge.status()->listeners.front().bound;

        Pages pages;
        for (int talker = 0; talker < talkers; ++talker)
            pages.add([&server] {
                for (int visit = 0; visit < visits; ++visit)
                    talk(server, visit);
            });
        std::atomic<bool> enough{false};
        std::atomic<int> kicked{0};
        // One that only listens and is kicked again and again.
        pages.add([&] {
            while (!enough.load()) {
                RawClient client(server);
                client.upgrade(good_handshake(server.port(), {}, "/kick/me"));
                if (client.read_close() != 4'001)
                    throw std::runtime_error("kicked with another code");
                kicked.fetch_add(1);
            }
        });

        QTemporaryDir folder;
        std::vector<std::unique_ptr<ExportJob>> exports;
        std::size_t exported = 0;
        WindowModels& models = window.models();
        auto* panel = window.findChild<MessagesPanel*>();
        int turn = 0;
        std::uint64_t hand = 0;
        const auto act = [&] {
            switch (turn++ % 10) {
            case 0:
                panel->filterField()->setFilterText(QStringLiteral("tick 7"));
                break;
            case 1:
                panel->find();
                panel->findBar()->field()->setText(QStringLiteral("tick"));
                break;
            case 2:
                panel->findNext();
                break;
            case 3:
                panel->filterField()->setFilterText(QStringLiteral("/n.:1+/"));
                break;
            case 4:
                if (exports.size() < 5) {
                    exports.push_back(
                        std::make_unique<ExportJob>(std::make_unique<ExportSource>(models.messages,
                                                        models.connections, std::nullopt, true),
                            ExportOrder{folder.filePath(QStringLiteral("%1.jsonl").arg(exports.size())),
                                RecordingFormat::json_lines, {}}));
                    connect(exports.back().get(), &ExportJob::finished, this, [&exported] { ++exported; });
                    exports.back()->start();
                }
                break;
            case 5:
                panel->filterField()->setFilterText({});
                break;
            case 6:
                window.findChild<ConnectionTable*>()->selectAll();
                break;
            case 7:
                for (const ConnectionId id : models.connections.openIds()) {
                    if (*models.connections.record(id)->info->target == "/kick/me")
                        bridge.submit(command::Kick{Target::one(id), {4'001, "again"}});
                }
                break;
            case 8:
                bridge.submit(command::Send{
                    Target::all(), MessageKind::text, SharedBytes(std::string_view("hello")), {}});
                ++hand;
                break;
            default:
                window.findChild<ConnectionTable*>()->clearSelection();
                models.messageTable.clearUpToNow();
                models.messageTable.undoClear();
            }
        };
        // The listener ends last: it needs to be kicked to see that it is enough.
        int rounds = 0;
        while (pages.isRunning()) {
            QTest::qWait(2);
            act();
            if (++rounds > 200 && bridge.totals().messages_in >= talkers * visits * messagesOfVisit)
                enough.store(true);
        }
        pages.join();
        QCOMPARE(pages.problem(), std::string());
        QVERIFY(kicked.load() > 0);
        QVERIFY(hand > 0);

        constexpr std::uint64_t sent = talkers * visits * messagesOfVisit;
        QTRY_COMPARE(bridge.totals().open, 0U);
        QCOMPARE(bridge.totals().messages_in, sent);
        QTRY_COMPARE(models.connections.closedCount(), static_cast<std::size_t>(bridge.totals().opened));
        QCOMPARE(models.missed(), 0U);
        window.findChild<ConnectionTable*>()->clearSelection();
        panel->filterField()->setFilterText(QStringLiteral("dir:from op:text"));
        QTRY_COMPARE(models.messageTable.rowCount(), static_cast<int>(sent));
        QVERIFY(!exports.empty());
        QTRY_COMPARE(exported, exports.size());
        for (const auto& each : exports)
            QVERIFY(each->outcome().has_value());
    }
};

QTEST_MAIN(WindowRaceTest)
#include "window_race_test.moc"
