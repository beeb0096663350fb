#include "jackfield/capture_store.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

using namespace jackfield;

namespace {

constexpr std::size_t small = std::size_t{64} << 10U;

ConnectionId id_of(std::uint32_t number)
{
    return {0, number, 1};
}

CapturedConnection named(const std::string& name)
{
    CapturedConnection connection;
    connection.name = name;
    return connection;
}

/// A message with all that a record says of one, made from a number.
struct Passed {
    TrafficRecord record;
    std::string payload;
    std::vector<FrameFacts> facts;

    Passed() = default;
    Passed(std::uint32_t connection, std::string text)
        : payload(std::move(text))
    {
        record.connection = id_of(connection);
        record.size = payload.size();
        record.wire = payload.size() + 6;
        record.wall_ns = 17;
    }
    [[nodiscard]] const TrafficRecord& view()
    {
        record.payload = as_bytes(payload);
        record.frame_facts = facts;
        return record;
    }
};

bool same(const CapturedRecord& kept, const Passed& passed, std::uint64_t sequence, bool payload_kept = true)
{
    const CapturedMessage& message = kept.message;
    const TrafficRecord& record = passed.record;
    return message.sequence == sequence && message.connection == record.connection
        && message.wall_ns == record.wall_ns && message.size == record.size && message.wire == record.wire
        && message.compressed == record.compressed && message.frames == record.frames
        && message.type == record.type && message.direction == record.direction
        && message.maker == record.maker && message.payload_kept == payload_kept
        && as_text(message.payload) == (payload_kept ? passed.payload : std::string())
        && std::equal(message.frame_facts.begin(), message.frame_facts.end(), passed.facts.begin(),
            passed.facts.begin()
                + static_cast<std::ptrdiff_t>(std::min(passed.facts.size(), max_frame_facts)));
}

Passed random_message(std::mt19937& random)
{
    const auto below = [&](std::uint32_t bound) { return static_cast<std::uint32_t>(random() % bound); };
    static constexpr std::uint32_t largest[] = {1, 30, 200, 1'000, 5'000, 40'000};
    Passed passed(1 + below(6), std::string(below(largest[below(6)]), static_cast<char>('a' + below(26))));
    passed.record.wall_ns = static_cast<std::int64_t>(random());
    passed.record.wire = below(100'000);
    passed.record.compressed = below(3) == 0 ? 1 + below(100) : 0;
    passed.record.frames = 1 + below(50);
    passed.record.type = static_cast<TrafficType>(below(7));
    passed.record.direction = static_cast<Direction>(below(2));
    passed.record.maker = static_cast<Maker>(below(7));
    for (std::uint32_t i = below(4) == 0 ? below(40) : 1; i > 0; --i) {
        FrameFacts facts;
        facts.payload_length = below(1'000);
        facts.first_byte = static_cast<std::uint8_t>(below(256));
        facts.is_masked = below(2) == 0;
        passed.facts.push_back(facts);
    }
    return passed;
}

} // namespace

class CaptureStoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_message_comes_back_as_it_passed()
    {
        CaptureStore store;
        std::mt19937 random(1);
        std::vector<Passed> all;
        for (int i = 0; i < 500; ++i) {
            all.push_back(random_message(random));
            QVERIFY(store.append(all.back().view()));
        }
        QCOMPARE(store.kept(), 500U);
        for (std::uint64_t s = 1; s <= 500; ++s)
            QVERIFY(same(store.find(s)->record, all[s - 1], s));
        QVERIFY(!store.find(0));
        QVERIFY(!store.find(501));
        std::uint64_t sequence = 101;
        CaptureCursor cursor(store.snapshot(), sequence);
        while (const CapturedRecord* record = cursor.next()) {
            QVERIFY(same(*record, all[sequence - 1], sequence));
            ++sequence;
        }
        QCOMPARE(sequence, 501U);
        QCOMPARE(cursor.position(), 501U);
    }

    void owns_what_it_keeps_and_shares_what_is_large()
    {
        CaptureStore store;
        Passed passed(1, "before");
        store.append(passed.view());
        passed.payload.assign("behind");
        QCOMPARE(as_text(store.find(1)->record.message.payload), std::string_view("before"));
        const SharedBytes own = store.find(1)->record.shared_payload();

        TrafficRecord large;
        large.shared = SharedBytes(std::string(100'000, 'x'));
        large.payload = large.shared.view();
        large.size = large.payload.size();
        large.connection = id_of(1);
        store.append(large);
        const std::size_t used = store.used();
        const auto kept = store.find(2);
        QCOMPARE(kept->record.message.payload.data(), large.shared.data());
        const SharedBytes copy = kept->record.shared_payload();
        QCOMPARE(copy.data(), large.shared.data());
        for (int i = 0; i < 50; ++i)
            store.append(large); // a broadcast: the same bytes for each
        QCOMPARE(store.used(), used);
        large.shared = SharedBytes(std::string(100'000, 'x'));
        large.payload = large.shared.view();
        store.append(large);
        QVERIFY(store.used() >= used + 100'000);
        store.clear();
        QCOMPARE(store.used(), std::size_t{0});
        QCOMPARE(copy.size(), std::size_t{100'000});
        QCOMPARE(own.text(), std::string_view("before"));
    }

    void agrees_with_a_plain_list_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 12; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void agrees_with_a_plain_list()
    {
        QFETCH(quint32, seed);
        std::mt19937 random(seed);
        const auto below = [&](std::uint32_t bound) { return static_cast<std::uint32_t>(random() % bound); };
        struct Entry {
            Passed passed;
            bool divider = false;
            bool payload_kept = true;
            bool headers = false;
        };
        struct Held {
            CaptureSnapshot snapshot;
            std::uint64_t first, end;
            std::map<std::uint32_t, std::string> names;
        };
        CaptureStore store({small, 20'000});
        std::deque<Entry> model; // of every sequence since the last clear
        std::uint64_t model_first = 1;
        std::uint64_t messages = 0, cleared = 0, too_large = 0, headers = 0;
        std::map<std::uint32_t, std::string> names;
        std::vector<Held> held;
        std::map<std::uint64_t, Entry> everything; // for the snapshots
        std::set<std::uint64_t> forgotten;

        const auto check = [&](const CapturedRecord& record, const Entry& entry, std::uint64_t sequence,
                               const std::map<std::uint32_t, std::string>& known) {
            if (entry.divider) {
                QVERIFY(record.is_divider);
                QCOMPARE(as_text(record.message.payload), std::string_view(entry.passed.payload));
                QCOMPARE(record.message.connection, entry.passed.record.connection);
            } else {
                QVERIFY(!record.is_divider);
                QVERIFY(same(record, entry.passed, sequence, entry.payload_kept));
                QCOMPARE(record.headers_only, entry.headers);
            }
            const auto name = known.find(entry.passed.record.connection.slot());
            if (name == known.end())
                QVERIFY(record.connection == nullptr);
            else
                QCOMPARE(record.connection->name, name->second);
        };
        for (int step = 0; step < 3'000; ++step) {
            const std::uint32_t what = below(100);
            if (what < 80) {
                Entry entry{random_message(random)};
                TrafficRecord record = entry.passed.view();
                if (below(10) == 0 && record.size > 0) {
                    record.payload = {};
                    entry.payload_kept = false;
                    entry.headers = true;
                    ++headers;
                } else if (record.size > 20'000) {
                    entry.payload_kept = false;
                    ++too_large;
                }
                QVERIFY(store.append(record));
                ++messages;
                everything[store.end_sequence() - 1] = entry;
                model.push_back(std::move(entry));
            } else if (what < 85) {
                Entry entry;
                entry.divider = true;
                entry.passed = Passed(below(4), "came back " + std::to_string(step));
                if (entry.passed.record.connection.slot() == 0)
                    entry.passed.record.connection = {};
                QVERIFY(store.append_divider(
                    entry.passed.record.connection, entry.passed.payload, entry.passed.record.wall_ns));
                everything[store.end_sequence() - 1] = entry;
                model.push_back(std::move(entry));
            } else if (what < 90) {
                const std::uint32_t connection = 1 + below(6);
                const std::string name = "page " + std::to_string(step);
                if (store.records_of(id_of(connection)) > 0)
                    names[connection] = name;
                store.describe(id_of(connection), named(name));
            } else if (what < 94) {
                held.push_back({store.snapshot(), store.first_sequence(), store.end_sequence(), names});
                if (held.size() > 3)
                    held.erase(held.begin() + below(3));
            } else if (what < 97) {
                store.set_budget(small + below(100'000));
            } else if (what == 97 && below(5) == 0) {
                cleared += store.kept();
                store.clear();
                model_first += model.size();
                model.clear();
            }
            while (model_first < store.first_sequence()) {
                model.pop_front();
                ++model_first;
            }
            std::map<std::uint32_t, std::uint64_t> records;
            for (const Entry& entry : model)
                ++records[entry.passed.record.connection.slot()];
            for (const ConnectionId id : store.take_forgotten())
                names.erase(id.slot());
            for (std::uint32_t connection = 1; connection <= 6; ++connection) {
                QCOMPARE(store.records_of(id_of(connection)), records[connection]);
                if (records[connection] == 0)
                    QVERIFY(!names.contains(connection));
            }
            QVERIFY(store.used() <= store.limits().budget);
            QCOMPARE(store.end_sequence(), model_first + model.size());
            QCOMPARE(store.kept() + store.gave_way() + cleared, messages);
            QCOMPARE(store.too_large(), too_large);
            QCOMPARE(store.headers_only(), headers);
            QCOMPARE(store.kept(),
                static_cast<std::uint64_t>(
                    std::count_if(model.begin(), model.end(), [](const Entry& e) { return !e.divider; })));
            if (!model.empty()) {
                const std::uint64_t at = below(static_cast<std::uint32_t>(model.size()));
                check(store.find(model_first + at)->record, model[at], model_first + at, names);
            }
        }
        for (const Held& one : held) {
            QCOMPARE(one.snapshot.first_sequence(), one.first);
            QCOMPARE(one.snapshot.end_sequence(), one.end);
            std::uint64_t sequence = one.first;
            CaptureCursor cursor(one.snapshot, 0);
            while (const CapturedRecord* record = cursor.next()) {
                check(*record, everything[sequence], sequence, one.names);
                check(*one.snapshot.find(sequence), everything[sequence], sequence, one.names);
                ++sequence;
            }
            QCOMPARE(sequence, one.end);
        }
    }

    void large_payloads_give_way_little_by_little()
    {
        CaptureStore store({std::size_t{16} << 20U, std::size_t{16} << 20U});
        Passed passed(1, std::string(std::size_t{512} << 10U, 'x'));
        for (int i = 0; i < 200; ++i) {
            store.append(passed.view());
            QVERIFY(store.used() <= std::size_t{16} << 20U);
        }
        QVERIFY(store.kept() >= 26); // of the 31 that fit if nothing else needed room
        QCOMPARE(store.kept() + store.gave_way(), 200U);
    }

    void a_payload_over_the_cap_or_the_budget_leaves_its_record()
    {
        CaptureStore store({std::size_t{1} << 20U, 100'000});
        Passed fits(1, std::string(100'000, 'x'));
        Passed large(1, std::string(100'001, 'x'));
        store.append(fits.view());
        store.append(large.view());
        QVERIFY(same(store.find(1)->record, fits, 1));
        QVERIFY(same(store.find(2)->record, large, 2, false));
        QVERIFY(!store.find(2)->record.headers_only);
        QCOMPARE(store.too_large(), 1U);
        store.set_budget(0); // the smallest there is
        store.append(fits.view());
        QVERIFY(same(store.find(3)->record, fits, 3, false));
        QVERIFY(store.used() <= small);
    }

    void a_found_record_outlives_what_gives_way()
    {
        CaptureStore store({small, 1'000'000});
        Passed passed(1, "still here");
        store.append(passed.view());
        const auto found = store.find(1);
        for (int i = 0; i < 5'000; ++i)
            store.append(passed.view());
        QVERIFY(!store.find(1));
        QCOMPARE(as_text(found->record.message.payload), std::string_view("still here"));
        store.clear();
        QCOMPARE(as_text(found->record.message.payload), std::string_view("still here"));
    }

    void many_connections_come_and_go()
    {
        CaptureStore store({std::size_t{1} << 20U, 1'000});
        for (std::uint32_t number = 1; number <= 20'000; ++number) {
            Passed passed(number, "x");
            store.append(passed.view());
            store.describe(id_of(number), named(std::to_string(number)));
        }
        QVERIFY(store.used() <= std::size_t{1} << 20U);
        QCOMPARE(store.take_forgotten().size() + store.kept(), 20'000U);
        for (std::uint64_t s = store.first_sequence(); s < store.end_sequence(); ++s)
            QCOMPARE(store.find(s)->record.connection->name, std::to_string(s));
    }

    // The reader is another thread: ThreadSanitizer watches this one.
    void snapshots_are_read_while_the_store_goes_on()
    {
        CaptureStore store({small * 4, 1'000'000});
        std::mutex mutex;
        std::condition_variable changed;
        CaptureSnapshot newest;
        bool done = false;
        std::uint64_t read = 0;
        std::uint64_t wrong = 0;
        std::thread reader([&] {
            std::uint64_t seen = 1;
            for (;;) {
                CaptureSnapshot mine;
                {
                    std::unique_lock lock(mutex);
                    changed.wait(lock, [&] { return done || newest.end_sequence() > seen; });
                    if (newest.end_sequence() <= seen)
                        return;
                    mine = newest;
                }
                CaptureCursor cursor(mine, seen);
                while (const CapturedRecord* record = cursor.next()) {
                    ++read;
                    const std::string text = std::to_string(record->message.sequence);
                    const std::string_view payload = as_text(record->message.payload);
                    const auto slot = record->message.connection.slot();
                    wrong += payload.substr(0, text.size()) != text ? 1 : 0;
                    wrong += record->connection != nullptr && record->connection->name != std::to_string(slot)
                        ? 1
                        : 0;
                }
                seen = mine.end_sequence();
            }
        });
        constexpr std::uint64_t total = 20'000;
        for (std::uint64_t s = 1; s <= total; ++s) {
            Passed passed(static_cast<std::uint32_t>(1 + s % 300),
                std::to_string(s) + std::string(s % 50 == 0 ? 20'000 : s % 90, ' '));
            store.append(passed.view());
            store.describe(passed.record.connection, named(std::to_string(1 + s % 300)));
            if (s % 40 == 0 || s == total) {
                const std::lock_guard lock(mutex);
                newest = store.snapshot();
                changed.notify_one();
            }
        }
        {
            const std::lock_guard lock(mutex);
            done = true;
            changed.notify_one();
        }
        reader.join();
        QVERIFY(read > 0);
        QCOMPARE(wrong, 0U);
        QCOMPARE(store.end_sequence(), total + 1);
    }
};

QTEST_GUILESS_MAIN(CaptureStoreTest)
#include "capture_store_test.moc"
