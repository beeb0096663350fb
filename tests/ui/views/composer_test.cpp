#include "tests/ui/views/panel_fixture.h"
#include "ui/views/composer.h"
#include "ui/views/hex_field.h"
#include "ui/views/inline_notice.h"
#include "ui/views/payload_editor.h"

#include <QAction>
#include <QCheckBox>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QToolButton>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::child;

namespace {

struct Fixture : test::PanelFixture {
    Composer composer{port, connections, target};
    PayloadEditor* text = child<PayloadEditor>(composer, "composer_text");
    HexField* hex = child<HexField>(composer, "composer_hex");
    PayloadEditor* ping = child<PayloadEditor>(composer, "composer_ping");
    QPushButton* send = child<QPushButton>(composer, "composer_send");
    QLabel* info = child<QLabel>(composer, "composer_info");
    QCheckBox* pin = child<QCheckBox>(composer, "pin_target");
    InlineNotice* notice = child<InlineNotice>(composer, "composer_notice");

    Fixture()
    {
        composer.resize(900, 200);
        composer.show();
    }
    void choose(const char* kind)
    {
        for (QAction* action : child<QMenu>(composer, "composer_kind_menu")->actions()) {
            if (action->text() == QLatin1String(kind))
                action->trigger();
        }
    }
    void chooseTarget(const char* name) { child<QAction>(composer, name)->trigger(); }
    void paste(const QByteArray& bytes) const
    {
        auto* mime = new QMimeData;
        mime->setData(QStringLiteral("text/plain;charset=utf-8"), bytes);
        QApplication::clipboard()->setMimeData(mime);
        text->paste();
    }
    [[nodiscard]] QByteArray sentPayload() const
    {
        const auto* command = port.last<command::Send>();
        if (!command)
            return "nothing was sent";
        const std::string_view bytes = command->payload.text();
        return {bytes.data(), static_cast<qsizetype>(bytes.size())};
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers, QWidget* field = nullptr) const
    {
        QTest::keyClick(field ? field : text, key, modifiers);
    }
};

} // namespace

class ComposerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_is_pasted_or_recalled_is_what_is_sent_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("JSON") << QByteArray("{\"type\":\"price\"}");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("NBSP") << QByteArray("a\xC2\xA0z");
        QTest::newRow("CRLF, lone CR, no final newline") << QByteArray("a\r\nb\rc");
        QTest::newRow("separators and noncharacters") << QByteArray("\xE2\x80\xA8\xE2\x80\xA9\xEF\xB7\x90");
        QTest::newRow("BOM and NUL") << QByteArray("\xEF\xBB\xBF a\0b", 7);
        QTest::newRow("GU-01 markup") << QByteArray("<!DOCTYPE html><img src=\"file:///tmp/red.png\">");
        QTest::newRow("GU-13 too long to edit") << QByteArray("\r\xC2\xA0").repeated(100'000);
    }
    void what_is_pasted_or_recalled_is_what_is_sent()
    {
        QFETCH(QByteArray, bytes);
        Fixture f;
        const ConnectionId id = f.port.open(7);
        f.paste(bytes);
        f.composer.send();
        QCOMPARE(f.sentPayload(), bytes);
        const auto* first = f.port.last<command::Send>();
        QCOMPARE(first->kind, MessageKind::text);
        QCOMPARE(first->target, Target::one(id));
        // The text stays; what is typed now replaces it, and Alt+Up brings the first one back.
        f.composer.loadPayload(TrafficType::text, SharedBytes(std::string_view("second")));
        f.composer.send();
        QCOMPARE(f.sentPayload(), QByteArray("second"));
        f.press(Qt::Key_Up, Qt::AltModifier);
        f.composer.send();
        QCOMPARE(f.sentPayload(), bytes);
        QCOMPARE(f.port.submitted.size(), std::size_t{3});
    }

    void ctrl_enter_sends_and_the_text_stays()
    {
        Fixture f;
        f.port.open(7);
        QTest::keyClicks(f.text, QStringLiteral("hello"));
        f.press(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(f.sentPayload(), QByteArray("hello"));
        QCOMPARE(f.text->payload(), QByteArray("hello"));
        f.press(Qt::Key_Enter, Qt::ControlModifier | Qt::KeypadModifier);
        QCOMPARE(f.port.submitted.size(), std::size_t{2});
    }

    void history_is_walked_and_the_draft_comes_back()
    {
        Fixture f;
        f.port.open(7);
        for (const char* text : {"one", "two", "three"}) {
            f.text->setPayload(text);
            f.composer.send();
        }
        f.text->setPayload("draft");
        QByteArrayList seen;
        for (int i = 0; i < 4; ++i) {
            f.press(Qt::Key_Up, Qt::AltModifier);
            seen += f.text->payload();
        }
        QCOMPARE(seen, (QByteArrayList{"three", "two", "one", "one"}));
        seen.clear();
        for (int i = 0; i < 4; ++i) {
            f.press(Qt::Key_Down, Qt::AltModifier);
            seen += f.text->payload();
        }
        QCOMPARE(seen, (QByteArrayList{"two", "three", "draft", "draft"}));
    }

    void history_holds_a_hundred()
    {
        Fixture f;
        f.port.open(7);
        for (int i = 0; i < 150; ++i) {
            f.text->setPayload(QByteArray::number(i));
            f.composer.send();
        }
        f.text->setPayload("draft");
        for (int i = 0; i < 200; ++i)
            f.press(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(f.text->payload(), QByteArray("50"));
    }

    void line_ends_and_bytes_are_shown_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("shown");
        QTest::newRow("empty") << QByteArray() << QStringLiteral("LF \u00B7 0 bytes");
        QTest::newRow("one") << QByteArray("a") << QStringLiteral("LF \u00B7 1 byte");
        QTest::newRow("multi-byte") << QByteArray("\xC3\xA9\n") << QStringLiteral("LF \u00B7 3 bytes");
        QTest::newRow("CRLF") << QByteArray("a\r\n") << QStringLiteral("CRLF \u00B7 3 bytes");
        QTest::newRow("CR") << QByteArray("\r") << QStringLiteral("CR \u00B7 1 byte");
        QTest::newRow("mixed") << QByteArray("\r\n\n") << QStringLiteral("mixed line ends \u00B7 3 bytes");
        QTest::newRow("thousands") << QByteArray(1234, 'x') << QStringLiteral("LF \u00B7 1,234 bytes");
    }
    void line_ends_and_bytes_are_shown()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, shown);
        Fixture f;
        f.text->setPayload("x");
        f.text->setPayload(bytes);
        QCOMPARE(f.info->text(), shown);
    }

    void the_button_names_its_victim()
    {
        Fixture f;
        QVERIFY(!f.send->isEnabled());
        QCOMPARE(f.send->text(), QStringLiteral("Choose a connection"));
        const ConnectionId first = f.port.open(7);
        QVERIFY(f.send->isEnabled());
        QCOMPARE(f.send->text(), QStringLiteral("Send to #7 Firefox \u00B7 localhost:5173 \u2192 /chat"));
        const ConnectionId second = f.port.open(8);
        QVERIFY2(!f.send->isEnabled(), "it must never fall back to all");
        QCOMPARE(f.send->text(), QStringLiteral("Choose a connection"));
        f.press(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(f.port.submitted.empty());
        f.target.setSelection({first, second});
        QCOMPARE(f.send->text(), QStringLiteral("Send to 2"));
        QCOMPARE(f.send->property("caution").toBool(), false);
        f.chooseTarget("target_all");
        QCOMPARE(f.send->text(), QStringLiteral("Send to all 2"));
        QCOMPARE(f.send->property("caution").toBool(), true);
        f.composer.send();
        QCOMPARE(f.port.last<command::Send>()->target, Target::all());
        f.target.setSelection({second});
        f.chooseTarget("target_others");
        f.composer.send();
        QCOMPARE(f.port.last<command::Send>()->target, Target::all_but({second}));
        f.chooseTarget("target_selection");
        f.composer.send();
        QCOMPARE(f.port.last<command::Send>()->target, Target::one(second));
    }

    void a_pinned_target_is_not_retargeted()
    {
        Fixture f;
        const ConnectionId first = f.port.open(7);
        const ConnectionId second = f.port.open(8);
        f.target.setSelection({first});
        f.pin->click();
        f.target.setSelection({second});
        QCOMPARE(f.pin->isChecked(), true);
        f.composer.send();
        QCOMPARE(f.port.last<command::Send>()->target, Target::one(first));
        f.pin->click();
        f.composer.send();
        QCOMPARE(f.port.last<command::Send>()->target, Target::one(second));
    }

    void GU_02_an_ampersand_in_a_name_is_literal()
    {
        Fixture f;
        f.port.open(test::FakeEnginePort::makeInfo(7, "http://localhost:5173", "/a&b"));
        QVERIFY(f.send->text().contains(QStringLiteral("/a&&b")));
        QVERIFY(f.send->accessibleDescription().contains(QStringLiteral("/a&b")));
    }

    void GU_01_a_hostile_name_is_literal()
    {
        Fixture f;
        f.port.open(test::FakeEnginePort::makeInfo(7, "http://localhost:5173", "/<b>x</b>\x1B[2J"));
        QVERIFY(!f.send->text().contains(QChar(0x1B)));
        QVERIFY(!Qt::mightBeRichText(f.send->toolTip())
            || f.send->toolTip().contains(QStringLiteral("&lt;b&gt;")));
    }

    void the_result_says_who_was_gone()
    {
        Fixture f;
        f.port.open(7);
        f.text->setPayload("x");
        f.composer.send();
        f.port.finish(f.port.submitted.back().ticket, 3, 1, 0);
        QCOMPARE(child<QWidget>(f.composer, "composer_result")->accessibleDescription(),
            QStringLiteral("3 sent, 1 gone"));
        f.composer.send();
        f.port.failCommand(
            f.port.submitted.back().ticket, Error{ErrorCode::not_running, 0, "the engine has been stopped"});
        QVERIFY(f.notice->text().contains(QStringLiteral("the engine has been stopped")));
    }

    void hex_is_checked_while_typing_and_sent_as_bytes()
    {
        Fixture f;
        f.port.open(7);
        f.choose("Binary");
        f.hex->setPlainText(QStringLiteral("89 5"));
        QVERIFY(!f.send->isEnabled());
        QVERIFY(f.info->text().contains(QStringLiteral("position 4")));
        f.press(Qt::Key_Return, Qt::ControlModifier, f.hex);
        QVERIFY(f.port.submitted.empty());
        f.hex->setPlainText(QStringLiteral("89 50\n00"));
        QVERIFY(f.send->isEnabled());
        QCOMPARE(f.info->text(), QStringLiteral("3 bytes"));
        f.press(Qt::Key_Return, Qt::ControlModifier, f.hex);
        QCOMPARE(f.sentPayload(), QByteArray("\x89P\0", 3));
        QCOMPARE(f.port.last<command::Send>()->kind, MessageKind::binary);
    }

    void a_ping_holds_125_bytes()
    {
        Fixture f;
        const ConnectionId id = f.port.open(7);
        f.choose("Ping");
        f.ping->setPayload(QByteArray(125, 'p'));
        QVERIFY(f.send->isEnabled());
        f.composer.send();
        const auto* ping = f.port.last<command::Ping>();
        QVERIFY(ping);
        QCOMPARE(ping->target, Target::one(id));
        QCOMPARE(ping->payload.size(), std::size_t{125});
        f.ping->setPayload(QByteArray(126, 'p'));
        QVERIFY(!f.send->isEnabled());
        QVERIFY(f.info->text().contains(QStringLiteral("125")));
    }

    void a_close_frame_is_checked_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<int>("sent"); // -1: not sent; 0: without a code
        QTest::newRow("CL 4001") << QStringLiteral("4001") << QStringLiteral("bye") << 4001;
        QTest::newRow("CL 1000 with its name") << QStringLiteral("1000 normal") << QString() << 1000;
        QTest::newRow("CL 1005") << QStringLiteral("1005") << QString() << -1;
        QTest::newRow("CL 1006") << QStringLiteral("1006") << QString() << -1;
        QTest::newRow("CL 1015") << QStringLiteral("1015") << QString() << -1;
        QTest::newRow("CL 999") << QStringLiteral("999") << QString() << -1;
        QTest::newRow("CL 2999") << QStringLiteral("2999") << QString() << -1;
        QTest::newRow("CL 5000") << QStringLiteral("5000") << QString() << -1;
        QTest::newRow("CL 65537") << QStringLiteral("65537") << QString() << -1;
        QTest::newRow("no number") << QStringLiteral("bye") << QString() << -1;
        QTest::newRow("without a code") << QString() << QString() << 0;
        QTest::newRow("a reason without a code") << QString() << QStringLiteral("bye") << -1;
        QTest::newRow("123 bytes") << QStringLiteral("1001") << QString(123, u'x') << 1001;
        QTest::newRow("124 bytes") << QStringLiteral("1001") << QString(124, u'x') << -1;
        QTest::newRow("62 characters of two bytes")
            << QStringLiteral("1001") << QString(62, QChar(0xE9)) << -1;
    }
    void a_close_frame_is_checked()
    {
        QFETCH(QString, code);
        QFETCH(QString, reason);
        QFETCH(int, sent);
        Fixture f;
        f.port.open(7);
        f.choose("Close");
        child<QComboBox>(f.composer, "close_code")->setEditText(code);
        child<QLineEdit>(f.composer, "close_reason")->setText(reason);
        QCOMPARE(f.send->isEnabled(), sent >= 0);
        f.composer.send();
        const auto* kick = f.port.last<command::Kick>();
        QCOMPARE(kick != nullptr, sent >= 0);
        if (!kick)
            return;
        QCOMPARE(kick->close.code.value_or(0), sent);
        QCOMPARE(QString::fromStdString(kick->close.reason), reason);
    }

    void a_message_comes_back_as_what_it_was()
    {
        Fixture f;
        f.port.open(7);
        f.composer.loadPayload(TrafficType::binary, SharedBytes(std::string_view("\0\xff", 2)));
        f.composer.send();
        QCOMPARE(f.sentPayload(), QByteArray("\0\xff", 2));
        QCOMPARE(f.port.last<command::Send>()->kind, MessageKind::binary);
        f.composer.loadPayload(TrafficType::text, SharedBytes(std::string_view("not \x80 text")));
        f.composer.send();
        QCOMPARE(f.sentPayload(), QByteArray("not \x80 text"));
        QCOMPARE(f.port.last<command::Send>()->kind, MessageKind::binary);
        f.composer.loadPayload(TrafficType::close, SharedBytes(std::string_view("\x0f\xa1 bye")));
        f.composer.send();
        QCOMPARE(f.port.last<command::Kick>()->close.code.value_or(0), 4001);
        QCOMPARE(f.port.last<command::Kick>()->close.reason, std::string(" bye"));
        f.composer.loadPayload(TrafficType::pong, SharedBytes(std::string_view("beat")));
        f.composer.send();
        QCOMPARE(f.port.last<command::Ping>()->payload.text(), std::string_view("beat"));
        f.composer.loadPayload(
            TrafficType::binary, SharedBytes(std::string_view(std::string(1 << 20, '\x01'))));
        f.composer.send();
        QCOMPARE(f.sentPayload(), QByteArray(1 << 20, '\x01'));
    }

    void over_16_MiB_asks_before_it_is_put_in_and_before_it_is_sent()
    {
        Fixture f;
        f.port.open(7);
        const QByteArray large((16 << 20) + 1, 'x');
        f.paste(large);
        QVERIFY(f.notice->text().contains(QStringLiteral("16")));
        f.composer.send();
        QCOMPARE(f.sentPayload(), QByteArray());
        f.port.submitted.clear();
        f.paste(large);
        child<QPushButton>(*f.notice, "Put in large payload")->click();
        f.composer.send();
        QVERIFY2(f.port.submitted.empty(), "it asks first");
        child<QPushButton>(*f.notice, "Send large payload")->click();
        QCOMPARE(f.sentPayload(), large);
        child<QPushButton>(f.composer, "discard_held")->click();
        QCOMPARE(f.text->payload(), QByteArray());
    }

    void GU_13_a_paste_of_100_MB_is_refused_with_words()
    {
        Fixture f;
        f.port.open(7);
        f.text->setPayload("kept");
        f.paste(QByteArray(100'000'000, 'x'));
        QVERIFY(f.notice->text().contains(QStringLiteral("95.4 MiB")));
        QVERIFY(f.notice->text().contains(QStringLiteral("64 MiB")));
        QCOMPARE(f.text->payload(), QByteArray("kept"));
    }

    void GU_13_binary_on_the_clipboard_is_offered_as_hex()
    {
        Fixture f;
        f.port.open(7);
        f.paste(QByteArray("\x89PNG\0\xff", 6));
        QVERIFY(f.notice->text().contains(QStringLiteral("not UTF-8")));
        child<QPushButton>(*f.notice, "Put in as hex")->click();
        f.composer.send();
        QCOMPARE(f.sentPayload(), QByteArray("\x89PNG\0\xff", 6));
        QCOMPARE(f.port.last<command::Send>()->kind, MessageKind::binary);
    }

    void it_is_one_line_until_used()
    {
        Fixture f;
        QApplication::processEvents();
        const int before = f.composer.sizeHint().height();
        QVERIFY(!f.info->isVisible());
        QTest::keyClicks(f.text, QStringLiteral("x"));
        QApplication::processEvents();
        QVERIFY(f.info->isVisible());
        QVERIFY(f.composer.sizeHint().height() > before);
        const int used = f.text->height();
        f.text->setPayload(QByteArray("line\n").repeated(6));
        QApplication::processEvents();
        QVERIFY(f.text->height() > used);
        f.text->setPayload(QByteArray("line\n").repeated(600));
        QApplication::processEvents();
        QVERIFY(f.text->height() < 300);
    }

    void every_control_has_a_name_and_a_keyboard_way()
    {
        Fixture f;
        f.text->setPayload("x");
        QCOMPARE(test::faultsOf(f.composer).join(u'\n'), QString());
    }
};

QTEST_MAIN(ComposerTest)
#include "composer_test.moc"
