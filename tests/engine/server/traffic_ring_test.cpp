#include "server/traffic_ring.h"

#include "jackfield/shared_bytes.h"

#include <QtTest>

#include <atomic>
#include <deque>
#include <random>
#include <string>
#include <thread>
#include <vector>

using namespace jackfield;

namespace {

constexpr std::size_t capacity = 64U << 10U;

TrafficRecord record_of(std::string_view payload, std::uint32_t slot = 1)
{
    TrafficRecord record;
    record.connection = ConnectionId(0, slot, 1);
    record.wall_ns = 1'234;
    record.size = payload.size();
    record.wire = payload.size() + 6;
    record.frames = 3;
    record.compressed = 0x12'3456'789aULL;
    record.type = TrafficType::binary;
    record.direction = Direction::to_browser;
    record.maker = Maker::chat;
    record.payload = as_bytes(payload);
    return record;
}

bool write(TrafficRing& ring, const TrafficRecord& record, bool with_payload, const SharedBytes* shared)
{
    const websocket::WireFacts facts{record.wire, record.frames, record.compressed, record.frame_facts};
    return ring.write(record.connection, record.wall_ns,
        {record.type, record.direction, record.maker, record.payload, facts, shared}, with_payload);
}

FrameFacts some_facts(int seed)
{
    FrameFacts facts;
    facts.first_byte = static_cast<std::uint8_t>(0x80 + seed);
    facts.length_form = static_cast<LengthForm>(seed % 3);
    facts.payload_length = static_cast<std::uint64_t>(seed) * 1'000;
    facts.is_masked = seed % 2 == 0;
    if (facts.is_masked)
        facts.masking_key.fill(static_cast<std::byte>(seed));
    return facts;
}

} // namespace

class TrafficRingTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void carries_a_record_whole()
    {
        TrafficRing ring(capacity);
        QVERIFY(!ring.has_any());
        QVERIFY(write(ring, record_of("payload"), true, nullptr));
        TrafficBatch batch;
        QVERIFY(!ring.take(batch)); // not yet visible
        QVERIFY(ring.publish());
        QVERIFY(!ring.publish()); // nothing new
        QVERIFY(ring.has_any());
        QVERIFY(ring.take(batch));
        const auto record = batch.next();
        QVERIFY(record.has_value());
        QCOMPARE(record->sequence, std::uint64_t{1});
        QVERIFY(record->connection == ConnectionId(0, 1, 1));
        QCOMPARE(record->wall_ns, std::int64_t{1'234});
        QCOMPARE(record->size, std::uint64_t{7});
        QCOMPARE(record->wire, std::uint64_t{13});
        QCOMPARE(record->frames, 3U);
        QCOMPARE(record->type, TrafficType::binary);
        QCOMPARE(record->direction, Direction::to_browser);
        QCOMPARE(record->maker, Maker::chat);
        QCOMPARE(record->compressed, 0x12'3456'789aULL);
        QCOMPARE(as_text(record->payload), std::string_view("payload"));
        QVERIFY(!batch.next());
        QVERIFY(!ring.has_any());
    }

    void carries_the_frames_behind_a_record_data()
    {
        QTest::addColumn<int>("frames");
        QTest::addColumn<bool>("with_payload");
        QTest::addColumn<bool>("lies");
        for (const int frames : {0, 1, 2, 31, 32, 33}) {
            for (const bool with_payload : {false, true})
                QTest::addRow("%d frames%s", frames, with_payload ? " and the payload" : "")
                    << frames << with_payload << false;
        }
        QTest::newRow("a header that lies") << 1 << true << true;
    }
    void carries_the_frames_behind_a_record()
    {
        QFETCH(int, frames);
        QFETCH(bool, with_payload);
        QFETCH(bool, lies);
        for (const bool waits : {false, true}) { // beside the ring, until there is room
            TrafficRing ring(capacity);
            ring.set_lossless(true);
            if (waits) {
                for (int i = 0; i < 20; ++i)
                    write(ring, record_of(std::string(8'000, 'x')), true, nullptr);
            }
            std::vector<std::vector<FrameFacts>> expected;
            for (int round = 0; round < 3; ++round) {
                TrafficRecord record = record_of("payload");
                std::vector<FrameFacts> facts;
                for (int i = 0; i < frames; ++i)
                    facts.push_back(some_facts(i + round));
                record.frames = static_cast<std::uint32_t>(frames);
                if (frames == 1)
                    record.wire = facts[0].header_size() + facts[0].payload_length + (lies ? 1 : 0);
                record.frame_facts = facts;
                QVERIFY(write(ring, record, with_payload, nullptr));
                facts.resize(std::min(facts.size(), max_frame_facts));
                expected.push_back(facts);
            }
            TrafficBatch batch;
            std::vector<TrafficRecord> records;
            for (int i = 0; i < 10; ++i) {
                ring.publish();
                if (!ring.take(batch))
                    continue;
                records.clear();
                while (auto record = batch.next()) // all of them at once, as the window keeps them
                    records.push_back(std::move(*record));
            }
            QVERIFY(records.size() >= 3);
            for (std::size_t i = 0; i < 3; ++i) {
                const TrafficRecord& record = records[records.size() - 3 + i];
                QVERIFY(std::ranges::equal(record.frame_facts, expected[i]));
                QCOMPARE(record.frames, static_cast<std::uint32_t>(frames));
                QCOMPARE(as_text(record.payload), std::string_view(with_payload ? "payload" : ""));
            }
        }
    }

    void carries_the_compressed_size_beside_the_frames_data()
    {
        QTest::addColumn<int>("frames");
        QTest::addColumn<qulonglong>("compressed");
        QTest::addColumn<qulonglong>("told");
        QTest::newRow("not compressed") << 1 << qulonglong{0} << qulonglong{0};
        QTest::newRow("one frame") << 1 << qulonglong{3'000} << qulonglong{3'000};
        QTest::newRow("one frame that has another length") << 1 << qulonglong{2'999} << qulonglong{2'999};
        QTest::newRow("two frames") << 2 << qulonglong{7'000} << qulonglong{7'000};
        QTest::newRow("no facts") << 0 << qulonglong{1} << qulonglong{1};
        QTest::newRow("more than 1 TiB") << 0 << (qulonglong{1} << 41U) << (qulonglong{1} << 40U) - 1;
    }
    void carries_the_compressed_size_beside_the_frames()
    {
        QFETCH(int, frames);
        QFETCH(qulonglong, compressed);
        QFETCH(qulonglong, told);
        TrafficRing ring(capacity);
        TrafficRecord record = record_of("payload");
        const std::vector<FrameFacts> facts(static_cast<std::size_t>(frames), some_facts(3));
        record.frame_facts = facts;
        record.wire = 3'000 + some_facts(3).header_size();
        record.compressed = compressed;
        QVERIFY(write(ring, record, true, nullptr));
        ring.publish();
        TrafficBatch batch;
        QVERIFY(ring.take(batch));
        const auto read = batch.next();
        QCOMPARE(read->compressed, std::uint64_t{told});
        QCOMPARE(read->wire, record.wire);
        QVERIFY(std::ranges::equal(read->frame_facts, facts));
        QCOMPARE(as_text(read->payload), std::string_view("payload"));
    }

    void headers_alone_carry_no_payload()
    {
        TrafficRing ring(capacity);
        write(ring, record_of(std::string(50'000, 'x')), false, nullptr);
        ring.publish();
        TrafficBatch batch;
        QVERIFY(ring.take(batch));
        const auto record = batch.next();
        QCOMPARE(record->size, std::uint64_t{50'000});
        QVERIFY(record->payload.empty());
        QVERIFY(record->shared.empty());
    }

    void large_payloads_travel_by_reference()
    {
        TrafficRing ring(capacity);
        const SharedBytes held(std::string(1U << 20U, 'x'));
        TrafficRecord record = record_of({});
        record.payload = held.view();
        record.size = held.size();
        QVERIFY(write(ring, record, true, &held));
        QVERIFY(write(ring, record, true, nullptr)); // nobody holds it yet: a copy of its own
        ring.publish();
        TrafficBatch batch;
        QVERIFY(ring.take(batch));
        const auto first = batch.next();
        QCOMPARE(first->shared.data(), held.data()); // the very same bytes
        QCOMPARE(first->payload.data(), held.data());
        const auto second = batch.next();
        QVERIFY(second->shared.data() != held.data());
        QVERIFY(std::ranges::equal(second->payload, held.view()));
        const SharedBytes kept = second->shared;
        batch.clear();
        QCOMPARE(kept.size(), std::size_t{1U << 20U}); // outlives its batch
    }

    void what_was_never_read_is_released()
    {
        TrafficRing ring(capacity); // leaks are found by the sanitizer's build
        for (int i = 0; i < 10; ++i)
            write(ring, record_of(std::string(20'000, 'x')), true, nullptr);
        ring.publish();
        TrafficBatch batch;
        ring.take(batch);
        for (int i = 0; i < 10; ++i)
            write(ring, record_of(std::string(20'000, 'y')), true, nullptr);
        QVERIFY(batch.next().has_value());
    }

    void behaves_like_a_queue_under_random_operations_data()
    {
        QTest::addColumn<bool>("lossless");
        QTest::newRow("drop and count") << false;
        QTest::newRow("hold") << true;
    }
    void behaves_like_a_queue_under_random_operations()
    {
        QFETCH(bool, lossless);
        std::mt19937 random(9);
        TrafficRing ring(capacity);
        ring.set_lossless(lossless);
        struct Expected {
            std::uint64_t sequence;
            std::string payload;
            std::vector<FrameFacts> facts;
        };
        std::deque<Expected> model;
        std::uint64_t written = 0, lost = 0, lost_told = 0, read = 0;
        TrafficBatch batch;
        const auto read_all = [&] {
            if (!ring.take(batch))
                return true;
            lost_told += batch.lost();
            while (const auto record = batch.next()) {
                if (model.empty() || record->sequence != model.front().sequence
                    || as_text(record->payload) != model.front().payload
                    || !std::ranges::equal(record->frame_facts, model.front().facts))
                    return false;
                model.pop_front();
                ++read;
            }
            return true;
        };
        for (int step = 0; step < 30'000; ++step) {
            const auto what = random() % 100;
            if (what < 80) {
                const std::size_t size = random() % 10 == 0 ? random() % 40'000 : random() % 200;
                std::string payload(size, static_cast<char>(step));
                ++written;
                std::vector<FrameFacts> facts;
                for (auto n = random() % 4; n > 0; --n)
                    facts.push_back(some_facts(static_cast<int>(random() % 100)));
                TrafficRecord record = record_of(payload);
                record.frame_facts = facts;
                if (facts.size() == 1 && random() % 2 == 0)
                    record.wire = facts[0].header_size() + facts[0].payload_length;
                if (write(ring, record, true, nullptr))
                    model.push_back({written, std::move(payload), std::move(facts)});
                else
                    ++lost;
            } else if (what < 95) {
                ring.publish();
            } else {
                QVERIFY(read_all());
            }
        }
        for (int i = 0; i < 100'000 && (!model.empty() || lost_told != lost); ++i) {
            ring.publish();
            QVERIFY(read_all());
        }
        QVERIFY(model.empty());
        QCOMPARE(lost_told, lost); // exactly
        QCOMPARE(read + lost, written);
        if (lossless)
            QCOMPARE(lost, std::uint64_t{0});
        else
            QVERIFY(lost > 0);
    }

    void is_crowded_when_half_is_waiting()
    {
        TrafficRing ring(capacity);
        QVERIFY(!ring.is_crowded());
        while (!ring.is_crowded())
            QVERIFY(write(ring, record_of(std::string(1'000, 'x')), true, nullptr)); // before anything is lost
        ring.publish();
        TrafficBatch batch;
        ring.take(batch);
        QVERIFY(!ring.is_crowded());
    }

    void two_threads_agree_on_every_record()
    {
        TrafficRing ring(capacity);
        constexpr std::uint64_t total = 200'000;
        std::atomic<bool> done{false};
        std::uint64_t lost_by_writer = 0;
        std::thread writer([&] {
            std::mt19937 random(1);
            for (std::uint64_t i = 1; i <= total; ++i) {
                const std::size_t size = i % 500 == 0 ? 20'000 : random() % 64;
                const std::string payload(size, static_cast<char>('a' + i % 26));
                if (!write(ring, record_of(payload, static_cast<std::uint32_t>(i & 0xffffffU)), true, nullptr))
                    ++lost_by_writer;
                if (random() % 8 == 0)
                    ring.publish();
            }
            ring.publish();
            done.store(true, std::memory_order_release);
        });
        TrafficBatch batch;
        std::uint64_t read = 0, lost = 0, last = 0, wrong = 0;
        for (bool last_round = false; !last_round;) {
            last_round = done.load(std::memory_order_acquire);
            while (ring.take(batch)) {
                lost += batch.lost();
                while (const auto record = batch.next()) {
                    ++read;
                    wrong += record->sequence <= last
                            || record->connection.slot() != (record->sequence & 0xffffffU)
                            || record->size != record->payload.size()
                        ? 1
                        : 0;
                    for (const std::byte value : record->payload)
                        wrong += static_cast<char>(value) != static_cast<char>('a' + record->sequence % 26)
                            ? 1
                            : 0;
                    last = record->sequence;
                }
            }
        }
        writer.join();
        QCOMPARE(wrong, std::uint64_t{0});
        QCOMPARE(lost, lost_by_writer);
        QCOMPARE(read + lost, total);
    }
};

QTEST_GUILESS_MAIN(TrafficRingTest)
#include "traffic_ring_test.moc"
