#include "ui/models/template_model.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace jackfield;
using namespace jackfield::ui;

namespace {

ComposedMessage text(const std::string& payload)
{
    ComposedMessage message;
    message.payload = SharedBytes(std::string_view(payload));
    return message;
}

struct Fixture {
    TemplateModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
    QSignalSpy edited{&model, &TemplateModel::edited};
    QSignalSpy refused{&model, &TemplateModel::refused};

    QModelIndex add(const char* name, const QModelIndex& beside = {})
    {
        return model.addTemplate(QLatin1String(name), text(name), beside);
    }
    /// "a f(b c) d"
    [[nodiscard]] QString shape(const QModelIndex& parent = {}) const
    {
        QStringList all;
        for (int row = 0; row < model.rowCount(parent); ++row) {
            const QModelIndex index = model.index(row, 0, parent);
            QString name = index.data().toString();
            if (model.isFolder(index))
                name += u'(' + shape(index) + u')';
            all += name;
        }
        return all.join(u' ');
    }
    bool drop(const QModelIndex& moved, int row, const QModelIndex& folder)
    {
        const std::unique_ptr<QMimeData> data(model.mimeData({moved}));
        return model.dropMimeData(data.get(), Qt::MoveAction, row, 0, folder);
    }
};

} // namespace

class TemplateModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void new_ones_stand_beside_what_is_selected()
    {
        Fixture f;
        const QPersistentModelIndex a = f.add("a");
        f.add("c");
        f.add("b", a);
        const QPersistentModelIndex folder = f.model.addFolder(QStringLiteral("f"), a);
        f.add("x", folder);
        f.add("y", f.model.index(0, 0, folder));
        QCOMPARE(f.shape(), QStringLiteral("a f(x y) b c"));
        QCOMPARE(f.edited.size(), 6);
        // A name that is taken gets a number.
        f.add("a", a);
        QCOMPARE(f.shape(), QStringLiteral("a a 2 f(x y) b c"));
    }

    void content_goes_in_and_comes_out_the_same()
    {
        Fixture f;
        TemplateNode folder;
        folder.name = "folder";
        folder.is_folder = true;
        folder.unknown = R"({"colour":"red"})";
        TemplateNode inside;
        inside.name = "inside";
        inside.message = text("payload");
        inside.hotkey = 3;
        inside.send_at_once = true;
        inside.unknown = R"({"later":1})";
        folder.children = {inside};
        f.model.setContent({folder, inside});
        QCOMPARE(f.edited.size(), 0);
        QVERIFY(f.model.content() == (std::vector<TemplateNode>{folder, inside}));
    }

    void rename_moves_and_duplicates()
    {
        Fixture f;
        const QPersistentModelIndex a = f.add("a");
        const QPersistentModelIndex folder = f.model.addFolder(QStringLiteral("f"), {});
        const QPersistentModelIndex b = f.add("b");
        QVERIFY(f.model.setData(a, QStringLiteral(" renamed ")));
        QVERIFY2(!f.model.setData(a, QStringLiteral("  ")), "a name is never empty");
        QCOMPARE(f.shape(), QStringLiteral("renamed f() b"));
        QVERIFY(f.model.moveIn(b));
        QVERIFY(!f.model.moveIn(a));
        QCOMPARE(f.shape(), QStringLiteral("renamed f(b)"));
        QVERIFY(f.model.moveBy(a, 1));
        QVERIFY(!f.model.moveBy(a, 1));
        QCOMPARE(f.shape(), QStringLiteral("f(b) renamed"));
        f.model.setHotkey(b, 5);
        const QModelIndex copy = f.model.duplicate(folder);
        QCOMPARE(f.shape(), QStringLiteral("f(b) f 2(b) renamed"));
        QVERIFY2(f.model.findHotkey(5) == b, "the key stays with the original");
        QCOMPARE(f.model.index(0, 0, copy).data(TemplateModel::HotkeyRole).toInt(), 0);
        QVERIFY(f.model.moveOut(b));
        QCOMPARE(f.shape(), QStringLiteral("f() b f 2(b) renamed"));
        QVERIFY(!f.model.moveOut(b));
    }

    void drag_and_drop_moves_and_never_into_itself()
    {
        Fixture f;
        const QPersistentModelIndex a = f.add("a");
        const QPersistentModelIndex outer = f.model.addFolder(QStringLiteral("outer"), {});
        const QPersistentModelIndex inner = f.model.addFolder(QStringLiteral("inner"), outer);
        f.add("b");
        QVERIFY(f.drop(a, -1, outer)); // onto it
        QCOMPARE(f.shape(), QStringLiteral("outer(inner() a) b"));
        QVERIFY(f.drop(a, 0, outer)); // before the first
        QCOMPARE(f.shape(), QStringLiteral("outer(a inner()) b"));
        QVERIFY(f.drop(a, 2, {})); // to the end
        QCOMPARE(f.shape(), QStringLiteral("outer(inner()) b a"));
        QVERIFY(!f.drop(outer, -1, inner));
        QVERIFY(!f.drop(outer, -1, outer));
        QVERIFY2(!f.drop(a, -1, f.model.index(1, 0)), "b is no folder");
        QMimeData other;
        other.setText(QStringLiteral("1"));
        QVERIFY(!f.model.canDropMimeData(&other, Qt::MoveAction, -1, 0, outer));
        QCOMPARE(f.shape(), QStringLiteral("outer(inner()) b a"));
    }

    void deleting_can_be_undone()
    {
        Fixture f;
        f.add("a");
        const QPersistentModelIndex folder = f.model.addFolder(QStringLiteral("f"), {});
        const QModelIndex x = f.add("x", folder);
        f.model.setHotkey(x, 1);
        f.add("b");
        const auto before = f.model.content();
        f.model.remove(folder);
        QCOMPARE(f.shape(), QStringLiteral("a b"));
        QVERIFY(f.model.canRestore());
        f.model.restore();
        QVERIFY(f.model.content() == before);
        QVERIFY(!f.model.canRestore());
        QVERIFY(!f.model.restore().isValid());
        // A folder that is gone by then: at the end; a key that is taken by then stays where it is.
        const QModelIndex again = f.model.index(0, 0, f.model.index(1, 0));
        f.model.remove(again);
        f.model.setHotkey(f.model.index(0, 0), 1);
        f.model.restore();
        QCOMPARE(f.shape(), QStringLiteral("a f(x) b"));
        QVERIFY(f.model.findHotkey(1) == f.model.index(0, 0));
    }

    void a_key_belongs_to_one_template()
    {
        Fixture f;
        const QPersistentModelIndex a = f.add("a");
        const QPersistentModelIndex b = f.add("b");
        QVERIFY(!f.model.findHotkey(0).isValid());
        f.model.setHotkey(a, 4);
        f.model.setHotkey(b, 4);
        QVERIFY(f.model.findHotkey(4) == b);
        QCOMPARE(a.data(TemplateModel::HotkeyRole).toInt(), 0);
        f.model.setHotkey(b, 0);
        QVERIFY(!f.model.findHotkey(4).isValid());
        f.model.setHotkey(b, 10);
        QCOMPARE(b.data(TemplateModel::HotkeyRole).toInt(), 0);
        f.model.setSendAtOnce(a, true);
        QVERIFY(f.model.sendsAtOnce(a));
    }

    void bounds_are_kept_and_said()
    {
        Fixture f;
        QVERIFY(
            !f.model.addTemplate(QStringLiteral("large"), text(std::string(max_template_bytes + 1, 'x')), {})
                 .isValid());
        QVERIFY(f.refused.takeFirst().value(0).toString().contains(QStringLiteral("at most 1")));
        QVERIFY(f.model.addTemplate(QStringLiteral("most"), text(std::string(max_template_bytes, 'x')), {})
                    .isValid());
        for (std::uint64_t i = 1; i < max_template_total / max_template_bytes; ++i)
            QVERIFY(f.model.duplicate(f.model.index(0, 0)).isValid());
        QVERIFY(!f.model.duplicate(f.model.index(0, 0)).isValid());
        QCOMPARE(f.refused.size(), 1);
        QModelIndex folder;
        std::size_t depth = 0;
        for (QModelIndex next = f.model.addFolder(QStringLiteral("f"), {}); next.isValid();
             next = f.model.addFolder(QStringLiteral("f"), folder)) {
            folder = next;
            ++depth;
        }
        QCOMPARE(depth, max_template_depth);
    }

    void GU_01_names_are_neutralised_and_kept()
    {
        Fixture f;
        const QString hostile = QStringLiteral("<b>x</b> &File\u202E\u0007");
        const QModelIndex index = f.model.addTemplate(hostile, text("<img src=/etc/passwd>"), {});
        QVERIFY(!index.data().toString().contains(QChar(0x202E)));
        QCOMPARE(index.data(Qt::EditRole).toString(), hostile);
        QVERIFY(!index.data(Qt::ToolTipRole).toString().contains(QStringLiteral("<img")));
        QCOMPARE(QString::fromStdString(f.model.content().front().name), hostile);
    }
};

QTEST_GUILESS_MAIN(TemplateModelTest)
#include "template_model_test.moc"
