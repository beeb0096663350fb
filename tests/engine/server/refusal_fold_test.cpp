#include "server/refusal_fold.h"

#include <QtTest>

#include <chrono>
#include <map>
#include <random>
#include <string>
#include <vector>

using namespace jackfield;
using namespace std::chrono_literals;
using server::RefusalFold;

namespace {

struct Bench {
    TimePoint now{1h};
    std::vector<std::pair<TimePoint, event::Refused>> told;
    RefusalFold fold{[this](event::Refused refused) { told.emplace_back(now, std::move(refused)); }};

    void add(RefusalReason reason, std::string origin = {}, std::string target = {})
    {
        event::Refused refused;
        refused.reason = reason;
        refused.origin = std::move(origin);
        refused.has_origin = !refused.origin.empty();
        refused.target = std::move(target);
        fold.add(std::move(refused), now);
    }
    [[nodiscard]] std::uint64_t total(RefusalReason reason) const
    {
        std::uint64_t sum = 0;
        for (const auto& [when, refused] : told)
            sum += refused.reason == reason ? 1 + refused.folded : 0;
        return sum;
    }
};

} // namespace

class RefusalFoldTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_first_few_are_told_one_by_one()
    {
        Bench bench;
        for (int i = 0; i < 8; ++i)
            bench.add(RefusalReason::origin_not_allowed, std::to_string(i));
        QCOMPARE(bench.told.size(), std::size_t{8});
        for (std::size_t i = 0; i < 8; ++i) {
            QCOMPARE(bench.told[i].second.origin, std::to_string(i));
            QCOMPARE(bench.told[i].second.folded, std::uint64_t{0});
        }
        QVERIFY(!bench.fold.is_holding());
    }

    void what_tls_failures_have_in_common_is_the_failure()
    {
        Bench bench;
        const auto fail = [&bench](TlsFailure failure, std::string name) {
            event::Refused refused;
            refused.reason = RefusalReason::tls_failed;
            refused.tls = TlsFailureReport{failure, true, {}, {}, {}, {}};
            refused.server_name = std::move(name);
            bench.fold.add(std::move(refused), bench.now);
        };
        for (int i = 0; i < 12; ++i)
            fail(TlsFailure::unknown_authority, "localhost");
        fail(TlsFailure::peer_left, {});
        bench.now += 2s;
        bench.fold.flush(bench.now);
        std::map<TlsFailure, std::uint64_t> sums;
        for (const auto& [when, refused] : bench.told) {
            QVERIFY(refused.tls);
            sums[refused.tls->failure] += 1 + refused.folded;
        }
        const std::map<TlsFailure, std::uint64_t> wanted{
            {TlsFailure::unknown_authority, 12}, {TlsFailure::peer_left, 1}};
        QVERIFY(sums == wanted);
    }

    void a_flood_is_one_row_a_second_and_counts_exactly() // OR-23
    {
        Bench bench;
        std::uint64_t added = 0;
        for (int step = 0; step < 60'000; ++step) {
            bench.now += 1ms;
            bench.add(RefusalReason::origin_not_allowed, "http://evil" + std::to_string(step));
            ++added;
            if (step % 250 == 0)
                bench.fold.flush(bench.now);
        }
        QVERIFY(bench.fold.is_holding());
        bench.now += 1s;
        bench.fold.flush(bench.now);
        QVERIFY(!bench.fold.is_holding());
        QCOMPARE(bench.total(RefusalReason::origin_not_allowed), added);
        QVERIFY(bench.told.size() <= 8 + 61);
        QVERIFY(bench.told.size() >= 55);
        for (std::size_t i = 9; i < bench.told.size(); ++i)
            QVERIFY(bench.told[i].first - bench.told[i - 1].first >= 1s);
    }

    void reasons_do_not_crowd_each_other_out()
    {
        Bench bench;
        for (int i = 0; i < 1'000; ++i)
            bench.add(RefusalReason::origin_not_allowed);
        bench.add(RefusalReason::host_not_allowed);
        QCOMPARE(bench.told.back().second.reason, RefusalReason::host_not_allowed);
        bench.add(RefusalReason::stopping); // the last of the enumeration has its place too
        QCOMPARE(bench.told.back().second.reason, RefusalReason::stopping);
    }

    void after_a_quiet_time_they_are_told_one_by_one_again()
    {
        Bench bench;
        for (int i = 0; i < 100; ++i)
            bench.add(RefusalReason::timeout);
        bench.now += 30s;
        bench.fold.flush(bench.now);
        const std::size_t before = bench.told.size();
        for (int i = 0; i < 5; ++i)
            bench.add(RefusalReason::timeout);
        QCOMPARE(bench.told.size(), before + 5);
    }

    void counts_add_up_under_random_traffic()
    {
        std::mt19937 random(5);
        Bench bench;
        std::map<RefusalReason, std::uint64_t> added;
        for (int step = 0; step < 50'000; ++step) {
            const auto reason
                = static_cast<RefusalReason>(random() % (static_cast<unsigned>(RefusalReason::stopping) + 1));
            if (random() % 3 == 0)
                bench.now += milliseconds(random() % 400);
            if (random() % 10 == 0)
                bench.fold.flush(bench.now);
            bench.add(reason);
            ++added[reason];
        }
        bench.fold.flush(TimePoint::max());
        QVERIFY(!bench.fold.is_holding());
        for (const auto& [reason, count] : added)
            QCOMPARE(bench.total(reason), count);
    }

    void of_attempts_alike_the_newest_is_told_with_their_number()
    {
        Bench bench;
        for (int i = 0; i < 20; ++i)
            bench.add(RefusalReason::origin_null, "null", "/" + std::to_string(i));
        bench.fold.flush(bench.now); // too early
        QCOMPARE(bench.told.size(), std::size_t{8});
        bench.now += 1s;
        bench.fold.flush(bench.now);
        QCOMPARE(bench.told.size(), std::size_t{9});
        QCOMPARE(bench.told.back().second.target, std::string("/19"));
        QCOMPARE(bench.told.back().second.folded, std::uint64_t{11});
        QVERIFY(!bench.told.back().second.of_many);
    }

    void of_attempts_unlike_none_is_told_for_all()
    {
        Bench bench;
        for (int i = 0; i < 20; ++i)
            bench.add(RefusalReason::origin_not_allowed, "http://evil" + std::to_string(i));
        QCOMPARE(bench.told.size(), std::size_t{8});
        bench.now += 1s;
        bench.fold.flush(bench.now);
        QCOMPARE(bench.told.size(), std::size_t{9});
        const event::Refused& many = bench.told.back().second;
        QVERIFY(many.of_many);
        QVERIFY(many.origin.empty());
        QCOMPARE(many.reason, RefusalReason::origin_not_allowed);
        QCOMPARE(many.folded, std::uint64_t{11});
    }

    void a_page_that_tries_for_ever_hides_no_other()
    {
        Bench bench;
        for (int i = 0; i < 10'000; ++i) {
            bench.now += 5ms;
            bench.add(RefusalReason::origin_not_allowed, "http://flood.example");
        }
        const std::size_t before = bench.told.size();
        bench.add(RefusalReason::origin_not_allowed, "http://192.168.1.20:5173");
        QCOMPARE(bench.told.size(), before + 1);
        QCOMPARE(bench.told.back().second.origin, std::string("http://192.168.1.20:5173"));
        QCOMPARE(bench.told.back().second.folded, std::uint64_t{0});
    }

    void a_page_that_asks_for_ever_new_names_hides_no_other()
    {
        Bench bench;
        for (int i = 0; i < 2'000; ++i) {
            bench.now += 100ms;
            event::Refused refused;
            refused.reason = RefusalReason::origin_not_allowed;
            refused.origin = "http://evil.example";
            refused.has_origin = true;
            refused.host = "x" + std::to_string(i) + ".localhost:4567";
            bench.fold.add(std::move(refused), bench.now);
        }
        const std::size_t before = bench.told.size();
        bench.add(RefusalReason::origin_not_allowed, "http://dev.example:5173");
        QCOMPARE(bench.told.size(), before + 1);
        QCOMPARE(bench.told.back().second.origin, std::string("http://dev.example:5173"));
        QVERIFY(!bench.told.back().second.of_many);
    }

    void many_pages_that_try_for_ever_are_kept_apart_to_a_bound()
    {
        Bench bench;
        std::uint64_t added = 0;
        constexpr int pages = 200;
        for (int second = 0; second < 300; ++second) {
            bench.now += 1s;
            bench.fold.flush(bench.now);
            const std::size_t before = bench.told.size();
            for (int i = 0; i < pages * 3; ++i)
                bench.add(RefusalReason::host_not_allowed, "http://page" + std::to_string(i % pages));
            added += pages * 3;
            // At the start each may be told a few times; in the end a row a second for each that is known.
            if (second > 250)
                QVERIFY(bench.told.size() - before <= RefusalFold::most_sources + 1);
        }
        bench.fold.flush(TimePoint::max());
        QCOMPARE(bench.total(RefusalReason::host_not_allowed), added);
    }
};

QTEST_GUILESS_MAIN(RefusalFoldTest)
#include "refusal_fold_test.moc"
