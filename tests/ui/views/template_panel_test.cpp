#include "tests/ui/views/panel_fixture.h"
#include "ui/models/template_model.h"
#include "ui/views/inline_notice.h"
#include "ui/views/template_panel.h"

#include <QAction>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>
#include <QTreeView>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::child;

namespace {

ComposedMessage text(std::string_view payload)
{
    ComposedMessage message;
    message.payload = SharedBytes(payload);
    return message;
}

struct Fixture {
    TemplateModel model;
    TemplatePanel panel{model};
    QTreeView* tree = panel.tree();
    InlineNotice* notice = child<InlineNotice>(panel, "template_notice");
    QSignalSpy fill{&panel, &TemplatePanel::fillRequested};
    QSignalSpy send{&panel, &TemplatePanel::sendRequested};

    Fixture()
    {
        panel.resize(320, 400);
        test::showActive(panel, *tree);
    }
    void act(const char* name) const { child<QAction>(panel, name)->trigger(); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const
    {
        QTest::keyClick(tree, key, modifiers);
    }
    void finishEditing(const char* name) const
    {
        auto* editor = child<QLineEdit>(panel, "template_name");
        editor->setText(QLatin1String(name));
        QTest::keyClick(editor, Qt::Key_Return);
        QApplication::processEvents();
    }
    [[nodiscard]] QString name(int row, const QModelIndex& parent = {}) const
    {
        return model.index(row, 0, parent).data().toString();
    }
};

} // namespace

class TemplatePanelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void says_how_it_works_while_it_is_empty()
    {
        Fixture f;
        QVERIFY(child<QLabel>(f.panel, "template_empty")->isVisible());
        QVERIFY(!f.tree->isVisible());
        f.model.addTemplate(QStringLiteral("a"), text("a"), {});
        QVERIFY(f.tree->isVisible());
        QVERIFY(!child<QLabel>(f.panel, "template_empty")->isVisible());
    }

    void what_is_kept_gets_a_name_at_once()
    {
        Fixture f;
        f.panel.keep(text("{\"type\":\"subscribe\"}"));
        QCOMPARE(f.name(0), QStringLiteral("{\"type\":\"subscribe\"}"));
        f.finishEditing("Subscribe");
        QCOMPARE(f.name(0), QStringLiteral("Subscribe"));
        ComposedMessage close;
        close.kind = ComposedMessage::Kind::close;
        close.close.code = 4001;
        f.panel.keep(close);
        QCOMPARE(f.name(1), QStringLiteral("Close 4001"));
        f.panel.keep(text(std::string(max_template_bytes + 1, 'x')));
        QCOMPARE(f.model.rowCount(), 2);
        QVERIFY(f.notice->text().contains(QStringLiteral("at most")));
    }

    void keys_use_rename_duplicate_and_move()
    {
        Fixture f;
        f.model.addTemplate(QStringLiteral("a"), text("payload of a"), {});
        const QPersistentModelIndex folder = f.model.addFolder(QStringLiteral("f"), {});
        f.tree->setCurrentIndex(f.model.index(0, 0));
        f.press(Qt::Key_Return);
        QCOMPARE(f.fill.size(), 1);
        QVERIFY(f.fill.first().first().value<ComposedMessage>() == text("payload of a"));
        f.press(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(f.send.size(), 1);
        f.press(Qt::Key_F2);
        f.finishEditing("renamed");
        QCOMPARE(f.name(0), QStringLiteral("renamed"));
        f.press(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(f.name(1), QStringLiteral("renamed 2"));
        f.press(Qt::Key_Down, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(f.name(2), QStringLiteral("renamed 2"));
        f.press(Qt::Key_Right, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(f.name(0, folder), QStringLiteral("renamed 2"));
        QVERIFY(f.tree->isExpanded(folder));
        QCOMPARE(f.tree->currentIndex().data().toString(), QStringLiteral("renamed 2"));
        f.press(Qt::Key_Left, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(f.name(2), QStringLiteral("renamed 2"));
        f.press(Qt::Key_Up, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(f.name(1), QStringLiteral("renamed 2"));
    }

    void deleting_offers_undo()
    {
        Fixture f;
        f.model.addTemplate(QStringLiteral("<b>a"), text("a"), {});
        f.tree->setCurrentIndex(f.model.index(0, 0));
        f.press(Qt::Key_Delete);
        QCOMPARE(f.model.rowCount(), 0);
        QVERIFY(f.notice->text().contains(QStringLiteral("<b>a")));
        child<QPushButton>(*f.notice, "Undo delete template")->click();
        QCOMPARE(f.name(0), QStringLiteral("<b>a"));
        QCOMPARE(f.tree->currentIndex(), f.model.index(0, 0));
    }

    void a_key_fills_and_only_a_ticked_one_sends()
    {
        Fixture f;
        f.model.addTemplate(QStringLiteral("a"), text("a"), {});
        f.tree->setCurrentIndex(f.model.index(0, 0));
        QVERIFY(!f.panel.activateHotkey(3));
        f.act("template_key_3");
        QVERIFY(f.panel.activateHotkey(3));
        QCOMPARE(f.fill.size(), 1);
        QCOMPARE(f.send.size(), 0);
        f.act("template_at_once");
        QVERIFY(f.panel.activateHotkey(3));
        QCOMPARE(f.fill.size(), 1);
        QCOMPARE(f.send.size(), 1);
        f.act("template_key_0");
        QVERIFY(!f.panel.activateHotkey(3));
    }

    void what_is_composed_can_replace_a_template()
    {
        Fixture f;
        f.model.addTemplate(QStringLiteral("a"), text("old"), {});
        f.tree->setCurrentIndex(f.model.index(0, 0));
        QSignalSpy wanted(&f.panel, &TemplatePanel::updateRequested);
        f.act("template_update");
        QCOMPARE(wanted.size(), 1);
        f.panel.replaceCurrent(text("new"));
        QVERIFY(*f.model.message(f.model.index(0, 0)) == text("new"));
        f.model.addTemplate(QStringLiteral("b"), text("b"), {});
        f.tree->setCurrentIndex(f.model.index(1, 0));
        child<QPushButton>(*f.notice, "Undo replacing template")->click();
        QVERIFY(*f.model.message(f.model.index(0, 0)) == text("old"));
        QCOMPARE(f.tree->currentIndex(), f.model.index(0, 0));
    }

    void every_control_has_a_name_and_a_keyboard_way()
    {
        Fixture f;
        f.model.addTemplate(QStringLiteral("a"), text("a"), {});
        QCOMPARE(test::faultsOf(f.panel).join(u'\n'), QString());
    }
};

QTEST_MAIN(TemplatePanelTest)
#include "template_panel_test.moc"
