#include "server/interner.h"

#include <QtTest>

#include <string>
#include <vector>

using namespace jackfield;
using server::Interner;

class InternerTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equal_texts_share_one_copy()
    {
        Interner interner;
        const SharedText one = interner.intern("http://localhost:3000");
        const SharedText two = interner.intern(std::string("http://localhost:") + "3000");
        QCOMPARE(one.get(), two.get());
        QVERIFY(interner.intern("other").get() != one.get());
        QCOMPARE(*interner.intern(""), std::string());
    }

    void a_text_that_nobody_holds_is_made_anew()
    {
        Interner interner;
        std::weak_ptr<const std::string> gone = interner.intern("passing");
        QVERIFY(gone.expired());
        const SharedText again = interner.intern("passing");
        QCOMPARE(*again, std::string("passing"));
        QCOMPARE(interner.intern("passing").get(), again.get());
    }

    void what_nobody_holds_is_swept_out()
    {
        Interner interner;
        std::vector<SharedText> held;
        for (int i = 0; i < 100; ++i)
            held.push_back(interner.intern("held " + std::to_string(i)));
        for (int i = 0; i < 100'000; ++i)
            interner.intern("passing " + std::to_string(i));
        QVERIFY(interner.size() < 1'000);
        for (int i = 0; i < 100; ++i)
            QCOMPARE(
                interner.intern("held " + std::to_string(i)).get(), held[static_cast<std::size_t>(i)].get());
    }
};

QTEST_GUILESS_MAIN(InternerTest)
#include "interner_test.moc"
