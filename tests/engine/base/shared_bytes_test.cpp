#include "jackfield/shared_bytes.h"

#include <QTest>

#include <thread>
#include <utility>
#include <vector>

using jackfield::SharedBytes;

class SharedBytesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void copies_share_one_block();
    void empty_ones_hold_nothing();
    void assignment_and_moving_keep_the_bytes();
    void travels_through_raw_memory();
    void lives_as_long_as_any_thread_holds_it();
};

void SharedBytesTest::copies_share_one_block()
{
    const std::string text("a\0b", 3);
    const SharedBytes first{std::string_view(text)};
    const SharedBytes second
        = first; // NOLINT(performance-unnecessary-copy-initialization): the copy is the test
    QCOMPARE(first.text(), std::string_view(text));
    QCOMPARE(second.data(), first.data());
    QVERIFY(reinterpret_cast<const char*>(first.data()) != text.data());
}

void SharedBytesTest::empty_ones_hold_nothing()
{
    const SharedBytes none;
    const SharedBytes empty{std::string_view()};
    QVERIFY(none.empty() && empty.empty());
    QVERIFY(none.data() == nullptr && empty.data() == nullptr);
    SharedBytes copy = empty;
    QVERIFY(copy.release() == nullptr);
    QVERIFY(SharedBytes::adopt(nullptr).empty());
}

void SharedBytesTest::assignment_and_moving_keep_the_bytes()
{
    SharedBytes a{std::string_view("one")};
    SharedBytes b{std::string_view("two")};
    a = b;
    QCOMPARE(a.text(), std::string_view("two"));
    a = *&a;
    QCOMPARE(a.text(), std::string_view("two"));
    SharedBytes c = std::move(a);
    QCOMPARE(c.text(), std::string_view("two"));
    b = SharedBytes();
    QVERIFY(b.empty());
    QCOMPARE(c.text(), std::string_view("two"));
}

void SharedBytesTest::travels_through_raw_memory()
{
    const SharedBytes original{std::string_view("kept")};
    SharedBytes travelling = original;
    void* const raw = travelling.release();
    QVERIFY(travelling.empty());
    const SharedBytes arrived = SharedBytes::adopt(raw);
    QCOMPARE(arrived.data(), original.data());
    QCOMPARE(arrived.text(), std::string_view("kept"));
}

void SharedBytesTest::lives_as_long_as_any_thread_holds_it()
{
    std::vector<std::thread> threads;
    std::atomic<int> wrong{0};
    {
        const SharedBytes bytes{std::string_view("shared by many")};
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([copy = bytes, &wrong] {
                for (int turn = 0; turn < 10'000; ++turn) {
                    const SharedBytes another = copy; // NOLINT(performance-unnecessary-copy-initialization)
                    if (another.text() != "shared by many")
                        ++wrong;
                }
            });
        }
    }
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(wrong.load(), 0);
}

QTEST_GUILESS_MAIN(SharedBytesTest)
#include "shared_bytes_test.moc"
