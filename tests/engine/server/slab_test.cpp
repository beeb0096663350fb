#include "server/slab.h"

#include <QtTest>

#include <map>
#include <memory>
#include <new>
#include <random>
#include <string>
#include <utility>

using jackfield::server::Slab;

namespace {

struct Thrower {
    explicit Thrower(bool throws)
    {
        if (throws)
            throw std::bad_alloc();
    }
};

} // namespace

class SlabTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void behaves_like_a_map_under_random_operations()
    {
        std::mt19937 random(3);
        Slab<std::string> slab;
        std::map<std::pair<std::uint32_t, std::uint32_t>, std::string> model, gone;
        for (int step = 0; step < 20'000; ++step) {
            if (model.empty() || random() % 5 < 3) {
                const auto handle = slab.next_handle();
                const std::string text = std::to_string(step);
                QCOMPARE(slab.emplace(text), text);
                QVERIFY(model.emplace(std::pair{handle.slot, handle.generation}, text).second);
                QVERIFY(!gone.contains({handle.slot, handle.generation})); // never the same pair again
            } else {
                auto victim = std::next(model.begin(), static_cast<std::ptrdiff_t>(random() % model.size()));
                slab.erase(victim->first.first);
                gone.insert(*victim);
                model.erase(victim);
            }
            QCOMPARE(slab.size(), model.size());
            QVERIFY(slab.slot_count() >= slab.size());
        }
        for (const auto& [handle, text] : model) {
            QVERIFY(slab.find(handle.first, handle.second));
            QCOMPARE(*slab.find(handle.first, handle.second), text);
            QCOMPARE(slab.find_any(handle.first), text);
        }
        for (const auto& [handle, text] : gone)
            QVERIFY(!slab.find(handle.first, handle.second));
        std::size_t visited = 0;
        slab.for_each([&](std::string&) { ++visited; });
        QCOMPARE(visited, model.size());
    }

    void a_stale_handle_finds_nothing_in_a_slot_that_is_used_again()
    {
        Slab<int> slab;
        const auto first = slab.next_handle();
        QVERIFY(first.generation != 0);
        slab.emplace(1);
        slab.erase(first.slot);
        QVERIFY(!slab.find(first.slot, first.generation));
        const auto second = slab.next_handle();
        QCOMPARE(second.slot, first.slot);
        QVERIFY(second.generation != first.generation);
        slab.emplace(2);
        QVERIFY(!slab.find(first.slot, first.generation));
        QCOMPARE(*slab.find(second.slot, second.generation), 2);
        QVERIFY(!slab.find(1'000'000, 1));
        QVERIFY(!slab.find(second.slot, 0));
    }

    void addresses_are_stable_while_it_grows()
    {
        Slab<std::string> slab;
        std::string* const first = &slab.emplace("first");
        for (int i = 0; i < 5'000; ++i)
            slab.emplace("more");
        QCOMPARE(*first, std::string("first"));
        QVERIFY(&slab.find_any(0) == first);
    }

    void a_visit_may_erase_what_it_was_given()
    {
        Slab<std::uint32_t> slab;
        for (int i = 0; i < 600; ++i) {
            const auto handle = slab.next_handle();
            slab.emplace(handle.slot);
        }
        slab.for_each([&](std::uint32_t& slot) {
            if (slot % 2 == 0)
                slab.erase(slot);
        });
        QCOMPARE(slab.size(), std::size_t{300});
    }

    void a_constructor_that_throws_takes_no_slot()
    {
        Slab<Thrower> slab;
        const auto handle = slab.next_handle();
        QVERIFY_THROWS_EXCEPTION(std::bad_alloc, slab.emplace(true));
        QCOMPARE(slab.size(), std::size_t{0});
        QCOMPARE(slab.next_handle().slot, handle.slot);
        QCOMPARE(slab.next_handle().generation, handle.generation);
        slab.emplace(false);
        QVERIFY(slab.find(handle.slot, handle.generation));
    }
};

QTEST_GUILESS_MAIN(SlabTest)
#include "slab_test.moc"
