#include "tests/ui/views/panel_fixture.h"
#include "ui/views/capture_gauge.h"

#include <QAction>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::child;

namespace {

struct Fixture : test::PanelFixture {
    CaptureGauge gauge{port, messages};
    ConnectionId id = port.open(1);

    QAction* action(const char* name) { return child<QAction>(gauge, name); }
};

} // namespace

class CaptureGaugeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shows_how_full_the_capture_is()
    {
        Fixture f;
        QCOMPARE(f.gauge.text(), QStringLiteral("Captured 0.0 of 256 MiB"));
        QCOMPARE(f.gauge.fill(), 0.0);
        for (int i = 0; i < 8; ++i)
            f.port.fromBrowser(f.id, std::string(std::size_t{1} << 20U, 'x'));
        QVERIFY2(f.gauge.text().startsWith(QStringLiteral("Captured 8.")), qPrintable(f.gauge.text()));
        QVERIFY(f.gauge.fill() > 8.0 / 256);
        f.messages.setBudget(std::size_t{2} << 30U);
        QVERIFY2(f.gauge.text().endsWith(QStringLiteral("of 2 GiB"))
                || f.gauge.text().endsWith(QStringLiteral("of 2.0 GiB")),
            qPrintable(f.gauge.text()));
    }

    void the_details_count_all_that_is_missing()
    {
        Fixture f;
        QVERIFY(f.gauge.details().contains(QStringLiteral("Nothing is missing")));
        f.messages.setBudget(std::size_t{1} << 20U);
        for (int i = 0; i < 3'000; ++i)
            f.port.fromBrowser(f.id, std::string(1'000, 'x'));
        f.port.fromBrowser(f.id, std::string(std::size_t{2} << 20U, 'x'));
        TrafficRecord headers;
        headers.connection = f.id;
        headers.size = 5;
        f.port.deliverTraffic({&headers, 1}, 1'234, 77);
        const QString details = f.gauge.details();
        QVERIFY2(details.contains(QStringLiteral("1,234 came too fast")), qPrintable(details));
        QVERIFY2(details.contains(QStringLiteral("77 passed while nothing")), qPrintable(details));
        QVERIFY2(details.contains(QStringLiteral("1 came at the level")), qPrintable(details));
        QVERIFY2(details.contains(QStringLiteral("1 were larger than 16")), qPrintable(details));
        QVERIFY2(details.contains(QStringLiteral("%L1 older ones").arg(f.messages.evictedCount())),
            qPrintable(details));
        QCOMPARE(f.messages.evictedCount() + f.messages.messageCount(), std::uint64_t{3'002});
    }

    void levels_are_switched_live_and_shown()
    {
        Fixture f;
        QVERIFY(f.action("capture_level_full")->isChecked());
        f.action("capture_level_headers")->trigger();
        QCOMPARE(f.port.trafficLevel, TrafficLevel::headers);
        QVERIFY(f.gauge.text().startsWith(QStringLiteral("Headers only")));
        f.action("capture_level_counters")->trigger();
        QCOMPARE(f.port.trafficLevel, TrafficLevel::counters);
        f.port.deliverTraffic({}, 0, 1'234);
        QVERIFY(f.gauge.text().startsWith(QStringLiteral("Only counting: 1,234")));
        f.action("capture_level_off")->trigger();
        QCOMPARE(f.port.trafficLevel, TrafficLevel::off);
        QVERIFY(f.gauge.text().startsWith(QStringLiteral("Capture off")));
        f.action("capture_level_full")->trigger();
        QCOMPARE(f.port.trafficLevel, TrafficLevel::full);
        QVERIFY(f.gauge.text().startsWith(QStringLiteral("Captured")));
        f.port.fromBrowser(f.id, "after");
        QVERIFY(f.messages.find(1)->isDivider()); // where it went on
        QVERIFY(f.messages.find(1)->payload.text().find("1,234") != std::string_view::npos
            || f.messages.find(1)->payload.text().find("1234") != std::string_view::npos);
    }

    void pausing_goes_back_to_the_level_that_was_chosen()
    {
        Fixture f;
        f.port.setCaptureLevel(TrafficLevel::headers);
        f.action("pause_capture")->trigger();
        QCOMPARE(f.port.trafficLevel, TrafficLevel::off);
        QVERIFY(f.gauge.text().startsWith(QStringLiteral("Capture paused")));
        f.port.setCaptureLevel(TrafficLevel::full);
        QCOMPARE(f.port.trafficLevel, TrafficLevel::off); // still paused
        f.action("pause_capture")->trigger();
        QCOMPARE(f.port.trafficLevel, TrafficLevel::full);
    }

    void keeping_less_than_is_used_asks_first()
    {
        Fixture f;
        f.action("capture_budget_512")->trigger();
        QCOMPARE(f.messages.budget(), std::size_t{512} << 20U);
        for (int i = 0; i < 70; ++i)
            f.port.fromBrowser(f.id, std::string(std::size_t{1} << 20U, 'x'));
        const auto answer = [&](const char* button) {
            f.action("capture_budget_64")->trigger();
            auto* box = child<QMessageBox>(f.gauge, "capture_budget_question");
            QSignalSpy gone(box, &QObject::destroyed);
            child<QPushButton>(*box, button)->click();
            QTRY_COMPARE(gone.count(), 1);
        };
        answer("capture_budget_no");
        QCOMPARE(f.messages.budget(), std::size_t{512} << 20U);
        QVERIFY(f.action("capture_budget_512")->isChecked());
        QCOMPARE(f.messages.messageCount(), std::uint64_t{70});
        answer("capture_budget_yes");
        QCOMPARE(f.messages.budget(), std::size_t{64} << 20U);
        QVERIFY(f.messages.usedBytes() <= std::size_t{64} << 20U);
        QCOMPARE(f.messages.evictedCount() + f.messages.messageCount(), std::uint64_t{70});
    }

    void what_was_chosen_comes_back_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<qulonglong>("mebibytes");
        QTest::addColumn<int>("level");
        const int full = static_cast<int>(TrafficLevel::full);
        QTest::newRow("as written") << "1024 headers" << 1'024ULL << static_cast<int>(TrafficLevel::headers);
        QTest::newRow("off") << "64 off" << 64ULL << static_cast<int>(TrafficLevel::off);
        QTest::newRow("nothing") << "" << 256ULL << full;
        QTest::newRow("FF-05 not a number") << "much full" << 256ULL << full;
        QTest::newRow("FF-05 negative")
            << "-1 counters" << 256ULL << static_cast<int>(TrafficLevel::counters);
        QTest::newRow("FF-05 zero") << "0 full" << 256ULL << full;
        QTest::newRow("FF-05 2^63") << "9223372036854775808 full" << 256ULL << full;
        QTest::newRow("an unknown level") << "128 everything" << 128ULL << full;
    }
    void what_was_chosen_comes_back()
    {
        QFETCH(QString, state);
        QFETCH(qulonglong, mebibytes);
        QFETCH(int, level);
        Fixture f;
        f.gauge.restoreState(state);
        QCOMPARE(f.messages.budget() >> 20U, std::size_t{mebibytes});
        QCOMPARE(static_cast<int>(f.port.captureLevel()), level);
        Fixture other;
        other.gauge.restoreState(f.gauge.state());
        QCOMPARE(other.gauge.state(), f.gauge.state());
    }

    void every_control_has_a_name_and_a_keyboard_way()
    {
        Fixture f;
        QWidget parent;
        f.gauge.setParent(&parent);
        QCOMPARE(test::faultsOf(parent), QStringList{});
        f.gauge.setParent(nullptr);
    }
};

QTEST_MAIN(CaptureGaugeTest)
#include "capture_gauge_test.moc"
