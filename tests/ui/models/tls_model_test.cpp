// What the window may ask of TLS, one thing at a time, and the names that a person types.
#include "ui/models/tls_model.h"

#include <QSignalSpy>
#include <QTest>

using namespace jackfield;
using namespace jackfield::ui;

class TlsModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void one_request_runs_at_a_time()
    {
        TlsModel model;
        QSignalSpy enable(&model, &TlsModel::enableRequested);
        QSignalSpy disable(&model, &TlsModel::disableRequested);
        QSignalSpy busy(&model, &TlsModel::busyChanged);
        QSignalSpy finished(&model, &TlsModel::finished);
        model.enable({"shop.test"});
        QVERIFY(model.isBusy());
        model.disable();
        model.enable({});
        QCOMPARE(enable.size(), 1);
        QCOMPARE(disable.size(), 0);
        QCOMPARE(
            enable.front().front().value<std::vector<std::string>>(), std::vector<std::string>{"shop.test"});
        model.finish({TlsRequest::enable, {}, false, false, {}, false});
        QVERIFY(!model.isBusy());
        QCOMPARE(busy.size(), 2);
        QCOMPARE(finished.size(), 1);
        model.disable();
        QCOMPARE(disable.size(), 1);
    }

    void looking_up_waits_for_nobody_and_nobody_for_it()
    {
        TlsModel model;
        QSignalSpy lookUp(&model, &TlsModel::lookUpRequested);
        QSignalSpy trust(&model, &TlsModel::trustRequested);
        model.lookUp();
        model.lookUp();
        QCOMPARE(lookUp.size(), 1);
        QVERIFY(!model.isBusy());
        model.trust({"/home/x/.pki/nssdb"});
        QCOMPARE(trust.size(), 1);
        model.finish({TlsRequest::lookUp, {}, false, false, {}, false});
        QVERIFY(model.isBusy());
        model.lookUp();
        QCOMPARE(lookUp.size(), 2);
    }

    void typed_names_are_split_and_checked_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<bool>("good");
        QTest::newRow("nothing") << "" << QStringList() << true;
        QTest::newRow("blanks") << "  \t\n" << QStringList() << true;
        QTest::newRow("one") << "Shop.Test" << QStringList{"shop.test"} << true;
        QTest::newRow("several") << "a.test, 192.168.1.20;b.test\n"
                                 << QStringList{"a.test", "192.168.1.20", "b.test"} << true;
        QTest::newRow("twice") << "a.test A.TEST" << QStringList{"a.test"} << true;
        QTest::newRow("what it is for anyway")
            << "localhost 127.0.0.1 a.test" << QStringList{"a.test"} << true;
        QTest::newRow("no name") << "a.test <b>" << QStringList{"a.test"} << false;
        QTest::newRow("a URL") << "https://a.test/" << QStringList() << false;
    }

    void typed_names_are_split_and_checked()
    {
        QFETCH(QString, typed);
        QFETCH(QStringList, names);
        QFETCH(bool, good);
        const TypedNames read = namesTyped(typed.toStdString());
        QStringList found;
        for (const std::string& name : read.names)
            found << QString::fromStdString(name);
        QCOMPARE(found, names);
        QCOMPARE(read.problem.empty(), good);
    }

    void more_names_than_a_certificate_takes_are_a_problem()
    {
        std::string typed;
        for (int i = 0; i < 101; ++i)
            typed += "n" + std::to_string(i) + ".test ";
        QVERIFY(!namesTyped(typed).problem.empty());
    }
};

QTEST_GUILESS_MAIN(TlsModelTest)
#include "tls_model_test.moc"
