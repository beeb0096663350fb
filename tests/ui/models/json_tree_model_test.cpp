#include "ui/models/json_tree_load.h"
#include "ui/models/json_tree_model.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace jackfield;
using namespace jackfield::ui;

namespace {

std::shared_ptr<const JsonTree> treeOf(std::string_view text)
{
    JsonCheck check;
    return std::make_shared<const JsonTree>(JsonTree::read(SharedBytes(text), check));
}

struct Loaded {
    JsonTreeLoad load;
    std::vector<JsonCheck::Verdict> verdicts;
    std::shared_ptr<const JsonTree> tree;
    Loaded()
    {
        load.setTimeLimit(std::chrono::minutes(5));
        QObject::connect(&load, &JsonTreeLoad::finished, &load,
            [this](const JsonCheck& check, std::shared_ptr<const JsonTree> told) {
                verdicts.push_back(check.verdict);
                tree = std::move(told);
            });
    }
};

} // namespace

class JsonTreeModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_whole_is_the_one_top_row()
    {
        JsonTreeModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 0);
        model.setTree(
            treeOf(R"({"type":"price","bid":101.25,"ok":true,"time":{"s":1,"n":2},"list":[[],1]})"));
        QCOMPARE(model.rowCount(), 1);
        const QModelIndex whole = model.index(0, 0);
        QCOMPARE(whole.data().toString(), QStringLiteral("{5}"));
        QCOMPARE(model.rowCount(whole), 5);
        QCOMPARE(model.index(0, 0, whole).data().toString(), QStringLiteral("type: \"price\""));
        QCOMPARE(model.index(1, 0, whole).data().toString(), QStringLiteral("bid: 101.25"));
        QCOMPARE(model.index(3, 0, whole).data().toString(), QStringLiteral("time: {2}"));
        const QModelIndex list = model.index(4, 0, whole);
        QCOMPARE(list.data().toString(), QStringLiteral("list: [2]"));
        QCOMPARE(model.index(0, 0, list).data().toString(), QStringLiteral("0: [0]"));
        QCOMPARE(model.index(1, 0, list).parent(), list);
        model.setTree(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void ranges_hold_their_elements()
    {
        QByteArray text("[0");
        for (int i = 1; i < 1'001; ++i)
            text += ',' + QByteArray::number(i);
        text += ']';
        JsonTreeModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setTree(treeOf({text.constData(), static_cast<std::size_t>(text.size())}));
        const QModelIndex whole = model.index(0, 0);
        QCOMPARE(whole.data().toString(), QStringLiteral("[1,001]"));
        QCOMPARE(model.rowCount(whole), 2);
        const QModelIndex second = model.index(1, 0, whole);
        QCOMPARE(second.data().toString(), QStringLiteral("1,000 \u2026 1,000"));
        QCOMPARE(model.index(0, 0, second).data().toString(), QStringLiteral("1,000: 1000"));
    }

    void GU_04_what_a_peer_wrote_is_neutral()
    {
        JsonTreeModel model;
        model.setTree(treeOf("{\"<b>k\xE2\x80\xAE\":\"<img src=/etc/passwd>\xE2\x80\xA8\xC2\x85\x7F\"}"));
        const QModelIndex member = model.index(0, 0, model.index(0, 0));
        for (const int role :
            {int(Qt::DisplayRole), int(JsonTreeModel::KeyRole), int(JsonTreeModel::ValueRole)}) {
            for (const QChar c : member.data(role).toString())
                QVERIFY(c.category() != QChar::Other_Control && c.category() != QChar::Other_Format
                    && c.category() != QChar::Separator_Line);
        }
        QVERIFY(member.data().toString().contains(QStringLiteral("<img src=/etc/passwd>"))); // GU-01
    }

    void a_payload_is_read_on_another_thread()
    {
        Loaded f;
        f.load.start(SharedBytes(std::string_view("{\"a\":1}")));
        QVERIFY(f.load.isReading());
        QVERIFY(f.verdicts.empty());
        QTRY_COMPARE(f.verdicts.size(), std::size_t{1});
        QVERIFY(f.verdicts[0] == JsonCheck::Verdict::valid);
        QCOMPARE(f.tree->members(0), 1U);
        QVERIFY(!f.load.isReading());
    }

    void only_the_newest_payload_is_told()
    {
        Loaded f;
        const QByteArray deep = QByteArray(1 << 18, ' ') + "[1]";
        for (int i = 0; i < 50; ++i)
            f.load.start(
                SharedBytes(std::string_view(deep.constData(), static_cast<std::size_t>(deep.size()))));
        f.load.start(SharedBytes(std::string_view("[1,2,3]")));
        QTRY_COMPARE(f.verdicts.size(), std::size_t{1});
        QCOMPARE(f.tree->members(0), 3U);
        f.load.start(SharedBytes(std::string_view("[1]")));
        f.load.cancel();
        f.load.start(SharedBytes(std::string_view("[1,2")));
        QTRY_COMPARE(f.verdicts.size(), std::size_t{2});
        QVERIFY(f.verdicts[1] == JsonCheck::Verdict::mistake);
        QVERIFY(f.tree->isEmpty());
    }

    void GU_07_time_that_is_over_ends_it()
    {
        Loaded f;
        f.load.setTimeLimit(std::chrono::milliseconds(0));
        f.load.start(SharedBytes(std::string_view("{\"a\":1}")));
        QTRY_COMPARE(f.verdicts.size(), std::size_t{1});
        QVERIFY(f.verdicts[0] == JsonCheck::Verdict::tooSlow);
    }

    void it_ends_while_a_payload_is_read()
    {
        const QByteArray blanks = QByteArray(1 << 19, ' ') + "[1]";
        for (int i = 0; i < 20; ++i) {
            JsonTreeLoad load;
            load.start(
                SharedBytes(std::string_view(blanks.constData(), static_cast<std::size_t>(blanks.size()))));
        }
    }
};

QTEST_GUILESS_MAIN(JsonTreeModelTest)
#include "json_tree_model_test.moc"
