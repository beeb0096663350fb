#include "ui/bridge/hand_over.h"

#include <QCoreApplication>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <memory>
#include <thread>
#include <vector>

using namespace jackfield::ui;

class HandOverTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runs_in_the_owners_thread_in_the_order_of_posting()
    {
        HandOver handOver;
        std::vector<int> order;
        bool elsewhere = false;
        std::thread poster([&] {
            for (int i = 0; i < 1'000; ++i)
                handOver.post([&, i] {
                    elsewhere = elsewhere || QThread::currentThread() != thread();
                    order.push_back(i);
                });
        });
        QTRY_COMPARE(order.size(), 1'000U);
        poster.join();
        QVERIFY(!elsewhere);
        QVERIFY(std::is_sorted(order.begin(), order.end()));
    }

    void what_a_callback_posts_comes_later()
    {
        HandOver handOver;
        std::vector<int> order;
        handOver.post([&] {
            handOver.post([&] { order.push_back(2); });
            order.push_back(1);
        });
        QVERIFY(order.empty());
        QTRY_COMPARE(order, (std::vector<int>{1, 2}));
    }

    void a_callback_may_end_its_owner()
    {
        auto handOver = std::make_unique<HandOver>();
        int calls = 0;
        handOver->post([&] {
            ++calls;
            handOver.reset();
        });
        handOver->post([&] { ++calls; });
        QTRY_COMPARE(calls, 1);
        QCoreApplication::processEvents();
        QCOMPARE(calls, 1);
    }

    void what_waits_is_forgotten_with_its_owner()
    {
        int calls = 0;
        {
            HandOver handOver;
            handOver.post([&] { ++calls; });
        }
        QCoreApplication::processEvents();
        QCOMPARE(calls, 0);
    }
};

QTEST_GUILESS_MAIN(HandOverTest)
#include "hand_over_test.moc"
