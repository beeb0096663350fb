#include "tests/ui/views/composer_fixture.h"
#include "ui/models/repeats.h"

#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QToolButton>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::child;

using Fixture = jackfield::test::ComposerFixture;

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

    void the_result_does_not_stand_beside_another_target()
    {
        Fixture f;
        const ConnectionId first = f.port.open(7);
        const ConnectionId second = f.port.open(8);
        const auto* const result = child<QWidget>(f.composer, "composer_result");
        f.target.setSelection({first});
        f.text->setPayload("x");
        f.composer.send();
        f.port.finish(f.port.submitted.back().ticket, 1, 0, 0);
        QCOMPARE(result->accessibleDescription(), QStringLiteral("1 sent"));
        f.target.setSelection({}); // nobody: it is still what happened last
        QCOMPARE(result->accessibleDescription(), QStringLiteral("1 sent"));
        f.target.setSelection({first});
        QCOMPARE(result->accessibleDescription(), QStringLiteral("1 sent"));
        f.target.setSelection({second});
        QCOMPARE(result->accessibleDescription(), QString());
        f.chooseTarget("target_all");
        f.composer.send();
        f.port.finish(f.port.submitted.back().ticket, 2, 0, 0);
        f.port.open(9); // all are all the same
        QCOMPARE(result->accessibleDescription(), QStringLiteral("2 sent"));
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
        child<PayloadEditor>(f.composer, "close_reason")->setPayload(reason.toUtf8());
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
        QCOMPARE(f.port.last<command::Pong>()->payload.text(), std::string_view("beat"));
        f.composer.loadPayload(TrafficType::ping, SharedBytes(std::string_view("beat")));
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

    void GU_13_a_paste_of_100_MB_asks_and_goes_out_byte_for_byte()
    {
        Fixture f;
        f.port.open(7);
        f.text->setPayload("kept");
        const QByteArray large = QByteArray("\xC3\xA9\r\n\0x", 6).repeated(100'000'000 / 6);
        f.text->selectAll();
        f.paste(large);
        QVERIFY(f.notice->text().contains(QStringLiteral("95.4 MiB")));
        QCOMPARE(f.text->payload(), QByteArray("kept"));
        child<QPushButton>(*f.notice, "Put in large payload")->click();
        const auto* held = child<QLabel>(f.composer, "held_text");
        QVERIFY(held->text().contains(QStringLiteral("95.4 MiB")));
        QVERIFY2(!held->hasHeightForWidth(), "the composer grows for no second line, which would be cut");
        QCOMPARE(f.text->payload(), QByteArray("kept"));
        f.composer.send();
        QVERIFY2(f.port.submitted.empty(), "it asks first");
        child<QPushButton>(*f.notice, "Send large payload")->click();
        QVERIFY(f.sentPayload() == large);
        QCOMPARE(f.port.last<command::Send>()->kind, MessageKind::text);
    }

    void GU_13_a_paste_that_no_message_can_hold_is_refused_with_words()
    {
        Fixture f;
        f.port.open(7);
        Q_EMIT f.text->tooLargeToTake(PayloadEditor::maxTaken + 1);
        QVERIFY(f.notice->text().contains(QStringLiteral("512 MiB")));
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

    /// Every way in: what goes in is what goes out, and what is copied from the field.
    void every_way_in_is_exact_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("NBSP") << QByteArray("a\xC2\xA0z");
        QTest::newRow("CRLF") << QByteArray("a\r\nb\r\n");
        QTest::newRow("lone CR") << QByteArray("a\rb");
        QTest::newRow("U+2028 and U+2029") << QByteArray("a\xE2\x80\xA8"
                                                         "b\xE2\x80\xA9");
        QTest::newRow("U+FDD0") << QByteArray("a\xEF\xB7\x90z");
        QTest::newRow("BOM") << QByteArray("\xEF\xBB\xBF{}");
        QTest::newRow("two BOMs") << QByteArray("\xEF\xBB\xBF\xEF\xBB\xBF");
        QTest::newRow("NUL") << QByteArray("a\0b\0", 4);
        QTest::newRow("no final newline") << QByteArray("a\nb");
        QTest::newRow("final newlines") << QByteArray("a\n\n\n");
        QTest::newRow("bidirectional and zero width") << QByteArray("\xE2\x80\xAE"
                                                                    "a\xE2\x80\x8B\xE2\x80\x8D");
        QTest::newRow("astral and noncharacters")
            << QByteArray("\xF0\x9F\x98\x80\xEF\xBF\xBE\xEF\xBF\xBF\xF4\x8F\xBF\xBF");
        QTest::newRow("JSON that is never reformatted") << QByteArray("{ \"b\":1.0,\r\n\"a\" :1e400}");
        QTest::newRow("macros of no template") << QByteArray("{{counter}} {{now}} {{uuid}}");
    }
    void every_way_in_is_exact()
    {
        QFETCH(QByteArray, bytes);
        Fixture f;
        f.port.open(7);
        const SharedBytes payload(
            std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
        const auto clear = [&] {
            f.composer.loadPayload(TrafficType::text, SharedBytes());
            f.port.submitted.clear();
        };
        const auto sent = [&] {
            f.composer.send();
            return f.sentPayload();
        };
        // Typed, as an input method commits it: line ends are keys of their own.
        if (!bytes.contains('\r') && !bytes.contains('\n')) {
            clear();
            QInputMethodEvent commit;
            QString text;
            qsizetype start = 0;
            for (; bytes.mid(start, 3) == "\xEF\xBB\xBF"; start += 3)
                text += QChar(u'\xFEFF');
            commit.setCommitString(text + QString::fromUtf8(bytes.mid(start)));
            QApplication::sendEvent(f.text, &commit);
            QCOMPARE(sent(), bytes);
        }
        clear();
        f.paste(bytes);
        QCOMPARE(sent(), bytes);
        // Copied from the field, and pasted again.
        f.text->selectAll();
        f.text->copy();
        QCOMPARE(PayloadEditor::textBytesOf(*QApplication::clipboard()->mimeData()), bytes);
        clear();
        f.text->paste();
        QCOMPARE(sent(), bytes);
        // Recalled.
        clear();
        f.press(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(sent(), bytes);
        // From a message.
        clear();
        f.composer.loadPayload(TrafficType::text, payload);
        QCOMPARE(sent(), bytes);
        QCOMPARE(f.port.last<command::Send>()->kind, MessageKind::text);
        // From a file, chosen and dropped.
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("payload.json"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        file.close();
        clear();
        f.composer.loadFile(path);
        QTRY_COMPARE(f.text->payload(), bytes);
        QCOMPARE(sent(), bytes);
        clear();
        f.drop({path});
        QTRY_COMPARE(f.text->payload(), bytes);
        QCOMPARE(sent(), bytes);
        // From a template that has no macros.
        if (!bytes.contains("{{")) {
            clear();
            ComposedMessage kept;
            kept.payload = payload;
            f.composer.loadTemplate(kept);
            QCOMPARE(sent(), bytes);
            clear();
            f.composer.sendTemplate(kept);
            QCOMPARE(f.sentPayload(), bytes);
        }
        // As bytes, by hex and by base64.
        clear();
        f.choose("Binary");
        f.hex->setPlainText(QString::fromLatin1(bytes.toHex(' ')));
        QCOMPARE(sent(), bytes);
        f.base64->setPlainText(QString::fromLatin1(bytes.toBase64()));
        QCOMPARE(sent(), bytes);
    }

    void hex_and_base64_show_the_same_bytes()
    {
        Fixture f;
        f.port.open(7);
        f.choose("Binary");
        f.hex->setPlainText(QStringLiteral("89 50 4e 47"));
        QCOMPARE(f.base64->toPlainText(), QStringLiteral("iVBORw=="));
        f.base64->setPlainText(QStringLiteral("iVBO Rw0K"));
        QCOMPARE(f.hex->toPlainText(), QStringLiteral("89 50 4e 47 0d 0a"));
        QCOMPARE(f.info->text(), QStringLiteral("6 bytes"));
        f.base64->setPlainText(QStringLiteral("iVBO*w=="));
        QVERIFY(!f.send->isEnabled());
        QVERIFY2(f.info->text().contains(QStringLiteral("position 5")), qPrintable(f.info->text()));
        QCOMPARE(f.hex->toPlainText(), QStringLiteral("89 50 4e 47 0d 0a"));
        f.hex->setPlainText(QStringLiteral("00 ff"));
        QVERIFY(f.send->isEnabled());
        QCOMPARE(f.base64->toPlainText(), QStringLiteral("AP8="));
        f.composer.send();
        QCOMPARE(f.sentPayload(), QByteArray("\0\xff", 2));
    }

    void base64_is_read_strictly_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("errorAt"); // -1: none
        const auto row = [](const char* text, const QByteArray& bytes, int errorAt = -1) {
            QTest::newRow(text) << QString::fromLatin1(text) << bytes << errorAt;
        };
        row("", {});
        row("TQ==", "M");
        row("TQ", "M");
        row("TWE=", "Ma");
        row("TWFu", "Man");
        row("T W\tF\nu", "Man");
        row("+/+/", QByteArray::fromHex("fbffbf"));
        row("-_-_", QByteArray::fromHex("fbffbf"));
        row("+_", {}, 1);
        row("T", {}, 1);
        row("TWFuT", "Man", 5);
        row("TQ=", {}, 3);
        row("TQ===", {}, 4);
        row("TWFu=", "Man", 4);
        row("TQ==TWFu", {}, 4);
        row("TR==", {}, 4);
        row("T\xE4", {}, 1);
    }
    void base64_is_read_strictly()
    {
        QFETCH(QString, text);
        QFETCH(QByteArray, bytes);
        QFETCH(int, errorAt);
        const Base64Parse parsed = parseBase64(text);
        QCOMPARE(static_cast<int>(parsed.errorAt), errorAt);
        QCOMPARE(parsed.problem.isEmpty(), errorAt < 0);
        if (errorAt < 0) {
            QCOMPARE(parsed.bytes, bytes);
            QCOMPARE(parseBase64(base64Text(bytes)).bytes, bytes);
        }
    }

    void a_pong_is_sent_as_one()
    {
        Fixture f;
        const ConnectionId id = f.port.open(7);
        f.choose("Pong");
        QCOMPARE(f.send->text().left(12), QStringLiteral("Send pong to"));
        child<PayloadEditor>(f.composer, "composer_pong")->setPayload("beat");
        f.composer.send();
        QCOMPARE(f.port.last<command::Pong>()->target, Target::one(id));
        QCOMPARE(f.port.last<command::Pong>()->payload.text(), std::string_view("beat"));
    }

    void raw_frames_are_sent_as_composed()
    {
        Fixture f;
        const ConnectionId id = f.port.open(7);
        f.choose("Raw frames");
        QVERIFY(f.send->isEnabled());
        child<QAction>(f.composer, "half a frame, then cut")->trigger();
        f.composer.send();
        const auto* raw = f.port.last<command::SendRaw>();
        QVERIFY(raw);
        QCOMPARE(raw->target, Target::one(id));
        QCOMPARE(raw->cut, StreamCut::fin);
        QCOMPARE(std::get<SharedBytes>(raw->pieces.at(0)).text(), std::string_view("\x81\x0BHello"));
        // Recalled as it was.
        f.choose("Text");
        f.text->setPayload("x");
        f.composer.send();
        f.press(Qt::Key_Up, Qt::AltModifier);
        f.composer.send();
        QVERIFY(f.port.last<command::SendRaw>());
    }

    void a_message_is_cut_into_frames()
    {
        Fixture f;
        f.port.open(7);
        f.text->setPayload("hello");
        auto* way = child<QComboBox>(f.composer, "composer_fragments");
        auto* number = child<QSpinBox>(f.composer, "composer_fragment_number");
        QVERIFY(!number->isVisible());
        way->setCurrentIndex(1);
        QVERIFY(number->isVisible());
        number->setValue(3);
        f.composer.send();
        QCOMPARE(f.port.last<command::Send>()->fragments, Fragmentation(3));
        way->setCurrentIndex(2);
        number->setValue(2);
        f.composer.send();
        QCOMPARE(f.port.last<command::Send>()->fragments, Fragmentation::of_size(2));
        f.text->setPayload(QByteArray(100'000, 'x').replace("xxxx", "xxx\n"));
        number->setValue(1);
        QVERIFY2(!f.send->isEnabled(), "65,536 fragments are the most");
        QVERIFY(f.info->text().contains(QStringLiteral("65536")));
        f.press(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(number->value(), 2);
        f.choose("Ping");
        QVERIFY(!way->isVisible());
    }

    void json_is_offered_to_be_formatted_and_never_changed_by_itself()
    {
        Fixture f;
        f.port.open(7);
        auto* format = child<QToolButton>(f.composer, "composer_json");
        f.text->setPayload("plain");
        QVERIFY(!format->isVisible());
        f.text->setPayload("{\"a\":[1,2]}");
        QVERIFY(format->isVisible());
        QVERIFY(f.info->text().startsWith(QStringLiteral("JSON")));
        format->click();
        QCOMPARE(f.text->payload(), QByteArray("{\n  \"a\": [\n    1,\n    2\n  ]\n}"));
        f.text->undo();
        QCOMPARE(f.text->payload(), QByteArray("{\"a\":[1,2]}"));
        f.text->setPayload("{\"a\":\r\n\xC3\xA9}");
        QVERIFY(f.info->text().contains(QStringLiteral("line 2, column 1")));
        QCOMPARE(f.text->extraSelections().size(), 1);
        QCOMPARE(f.text->extraSelections().first().cursor.selectedText(), QString(QChar(0xE9)));
        format->click();
        QCOMPARE(f.text->textCursor().blockNumber(), 1);
        QVERIFY2(f.send->isEnabled(), "a mistake never stops sending");
        f.composer.send();
        QCOMPARE(f.sentPayload(), QByteArray("{\"a\":\r\n\xC3\xA9}"));
    }

    void macros_expand_in_templates_only()
    {
        Fixture f;
        f.port.open(7);
        ComposedMessage kept;
        kept.payload = SharedBytes(std::string_view("n={{counter}} {{what}}"));
        auto* expand = child<QCheckBox>(f.composer, "composer_macros");
        f.composer.loadTemplate(kept);
        QVERIFY(expand->isVisible());
        QCOMPARE(f.text->payload(), QByteArray("n={{counter}} {{what}}"));
        f.composer.send();
        QCOMPARE(f.sentPayload(), QByteArray("n=1 {{what}}"));
        f.composer.send();
        QCOMPARE(f.sentPayload(), QByteArray("n=2 {{what}}"));
        expand->setChecked(false);
        f.composer.send();
        QCOMPARE(f.sentPayload(), QByteArray("n={{counter}} {{what}}"));
        // What is recalled is what was sent.
        f.press(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(f.text->payload(), QByteArray("n=2 {{what}}"));
        // Sent again from a message, or typed: as it stands.
        f.composer.loadPayload(TrafficType::text, kept.payload);
        QVERIFY(!expand->isVisible());
        f.composer.send();
        QCOMPARE(f.sentPayload(), QByteArray("n={{counter}} {{what}}"));
        f.composer.loadTemplate(kept);
        f.choose("Ping");
        f.ping->setPayload("{{counter}}");
        f.composer.send();
        QCOMPARE(f.port.last<command::Ping>()->payload.text(), std::string_view("{{counter}}"));
        f.composer.sendTemplate(kept);
        QCOMPARE(f.sentPayload(), QByteArray("n=3 {{what}}"));
    }

    void a_template_that_sends_at_once_leaves_the_text_alone()
    {
        Fixture f;
        ComposedMessage kept;
        kept.payload = SharedBytes(std::string_view("kept"));
        f.text->setPayload("mine");
        f.composer.sendTemplate(kept);
        QVERIFY(f.port.submitted.empty());
        QVERIFY(f.notice->text().contains(QStringLiteral("choose a connection")));
        f.port.open(7);
        f.composer.sendTemplate(kept);
        QCOMPARE(f.sentPayload(), QByteArray("kept"));
        QCOMPARE(f.text->payload(), QByteArray("mine"));
    }

    void saving_as_a_template_gives_what_is_composed()
    {
        Fixture f;
        QSignalSpy wanted(&f.composer, &Composer::saveTemplateRequested);
        f.choose("Binary");
        f.hex->setPlainText(QStringLiteral("0"));
        f.press(Qt::Key_S, Qt::ControlModifier, f.hex);
        QCOMPARE(wanted.size(), 0);
        f.hex->setPlainText(QStringLiteral("00"));
        f.press(Qt::Key_S, Qt::ControlModifier, f.hex);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.first().first().value<ComposedMessage>().kind, ComposedMessage::Kind::binary);
    }

    void history_begins_with_what_an_earlier_run_sent()
    {
        Fixture f;
        f.port.open(7);
        ComposedMessage old;
        old.kind = ComposedMessage::Kind::ping;
        old.payload = SharedBytes(std::string_view("old"));
        f.composer.setHistory({old});
        QSignalSpy changed(&f.composer, &Composer::historyChanged);
        f.press(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(f.ping->payload(), QByteArray("old"));
        f.choose("Text");
        f.text->setPayload("new");
        f.composer.send();
        QCOMPARE(changed.size(), 1);
        QCOMPARE(f.composer.history().size(), std::size_t{2});
        QCOMPARE(f.composer.history().back().payload.text(), std::string_view("new"));
    }

    void repeating_shows_what_runs_and_stops_it()
    {
        Fixture f;
        f.port.open(7);
        f.text->setPayload("tick");
        f.press(Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
        auto* fields = child<QWidget>(f.composer, "repeat_fields");
        auto* list = child<QWidget>(f.composer, "repeat_list");
        QVERIFY(fields->isVisible());
        QVERIFY(!list->isVisible());
        child<QSpinBox>(f.composer, "repeat_interval")->setValue(50);
        child<QSpinBox>(f.composer, "repeat_times")->setValue(3);
        child<QPushButton>(f.composer, "repeat_start")->click();
        QVERIFY(list->isVisible());
        QCOMPARE(f.sentPayload(), QByteArray("tick"));
        QVERIFY(child<QWidget>(*list, "repeat_what")
                    ->accessibleDescription()
                    .contains(QStringLiteral("every 50 ms")));
        QVERIFY(child<QWidget>(*list, "repeat_what")
                    ->accessibleDescription()
                    .contains(QStringLiteral("#7 Firefox")));
        // The text is free again, and what runs goes on with its own.
        f.text->setPayload("other");
        f.port.clock += 50'000'000;
        f.composer.repeats().sendDue();
        QCOMPARE(f.sentPayload(), QByteArray("tick"));
        f.text->setPayload("second");
        QVERIFY(!fields->isVisible());
        f.press(Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
        child<QPushButton>(f.composer, "repeat_start")->click();
        QVERIFY(child<QPushButton>(*list, "repeat_stop_all")->isVisible());
        child<QPushButton>(*list, "repeat_stop")->click();
        QCOMPARE(f.composer.repeats().count(), std::size_t{1});
        child<QPushButton>(*list, "repeat_stop_all")->click();
        QVERIFY(!f.composer.repeats().isRunning());
        QVERIFY(!list->isVisible());
        QCOMPARE(test::faultsOf(f.composer).join(u'\n'), QString());
    }

    void a_repeated_template_expands_its_macros_each_time()
    {
        Fixture f;
        f.port.open(7);
        ComposedMessage kept;
        kept.payload = SharedBytes(std::string_view("{{counter}}"));
        f.composer.loadTemplate(kept);
        f.composer.setRepeatVisible(true);
        child<QPushButton>(f.composer, "repeat_start")->click();
        QCOMPARE(f.sentPayload(), QByteArray("1"));
        f.port.clock += 1'000'000'000;
        f.composer.repeats().sendDue();
        QCOMPARE(f.sentPayload(), QByteArray("2"));
    }

    void a_file_goes_in_as_what_it_is_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<bool>("isText");
        QTest::newRow("text while text is composed") << QByteArray("t\r\n") << QByteArray("Text") << true;
        QTest::newRow("text while binary is composed")
            << QByteArray("t\r\n") << QByteArray("Binary") << false;
        QTest::newRow("GU-13 binary") << QByteArray("\x89PNG\0", 5) << QByteArray("Text") << false;
        QTest::newRow("empty") << QByteArray() << QByteArray("Text") << true;
        QTest::newRow("large text") << QByteArray("\xC3\xA9\r").repeated(200'000) << QByteArray("Text")
                                    << true;
        QTest::newRow("large binary")
            << QByteArray("\xFF\0", 2).repeated(200'000) << QByteArray("Text") << false;
    }
    void a_file_goes_in_as_what_it_is()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, kind);
        QFETCH(bool, isText);
        Fixture f;
        f.port.open(7);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("<b>pay&load.bin"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        file.close();
        f.choose(kind.constData());
        f.text->setPayload("before");
        f.drop({path});
        const auto matches = [&] {
            const auto made = f.composer.message();
            return made
                && made->payload.text()
                == std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size()));
        };
        QTRY_VERIFY(matches());
        f.composer.send();
        QCOMPARE(f.sentPayload(), bytes);
        QCOMPARE(f.port.last<command::Send>()->kind, isText ? MessageKind::text : MessageKind::binary);
        if (bytes.size() > 300'000)
            QVERIFY(
                child<QLabel>(f.composer, "held_text")->text().contains(QStringLiteral("<b>pay&load.bin")));
    }

    void over_16_MiB_a_file_asks_first()
    {
        Fixture f;
        f.port.open(7);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("large.bin"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.resize((16 << 20) + 1));
        file.close();
        f.composer.loadFile(path);
        QTRY_VERIFY(f.notice->text().contains(QStringLiteral("large.bin")));
        QCOMPARE(f.composer.message()->payload.size(), std::size_t{0});
        child<QPushButton>(*f.notice, "Put in large payload")->click();
        QTRY_COMPARE(f.composer.message()->payload.size(), std::size_t{(16 << 20) + 1});
        f.composer.send();
        QVERIFY(f.port.submitted.empty());
        child<QPushButton>(*f.notice, "Send large payload")->click();
        QCOMPARE(f.sentPayload().size(), qsizetype{(16 << 20) + 1});
    }

    void what_is_no_file_is_refused_with_words()
    {
        Fixture f;
        QTemporaryDir folder;
        f.text->setPayload("kept");
        f.drop({folder.path()});
        QTRY_VERIFY(f.notice->text().contains(QStringLiteral("no file that can be sent")));
        f.composer.loadFile(folder.filePath(QStringLiteral("missing")));
        QTRY_VERIFY(f.notice->text().contains(QStringLiteral("not there")));
        f.drop({folder.path(), folder.path()});
        QVERIFY(f.notice->text().contains(QStringLiteral("one file makes one message")));
        QCOMPARE(f.text->payload(), QByteArray("kept"));
    }

    void targets_by_filter_and_by_endpoint_are_resolved_on_sending()
    {
        Fixture f;
        ServerStatus status;
        status.endpoints.resize(2);
        status.endpoints[0].pattern = "/*";
        status.endpoints[1].pattern = "/a&b";
        f.port.deliverStatus(status);
        const auto price = test::FakeEnginePort::makeInfo(7, "http://localhost:5173", "/prices");
        const auto chat = test::FakeEnginePort::makeInfo(8, "http://localhost:5173", "/chat");
        f.port.open(price);
        f.port.open(chat);
        f.text->setPayload("x");
        f.chooseTarget("target_filter");
        auto* filter = child<QLineEdit>(f.composer, "composer_filter");
        QVERIFY(filter->isVisible());
        filter->setText(QStringLiteral("path:/prices"));
        QTest::keyClick(filter, Qt::Key_Return);
        QVERIFY2(
            f.send->text().startsWith(QStringLiteral("Send to 1 that pass")), qPrintable(f.send->text()));
        f.composer.send();
        QCOMPARE(f.port.last<command::Send>()->target, Target::one(price->id));
        auto later = test::FakeEnginePort::makeInfo(9, "http://localhost:5173", "/prices");
        f.port.open(later);
        f.composer.send();
        QCOMPARE(f.port.last<command::Send>()->target, Target::many({price->id, later->id}));
        f.port.close(price);
        f.port.close(later);
        QVERIFY(!f.send->isEnabled());
        QCOMPARE(f.send->text(), QStringLiteral("Nobody passes the filter"));
        // While what stands there is no filter nobody gets anything, least of all everybody.
        const auto another = test::FakeEnginePort::makeInfo(10, "http://localhost:5173", "/prices");
        f.port.open(another);
        QVERIFY(f.send->isEnabled());
        filter->setText(QStringLiteral("path:"));
        QVERIFY(!f.send->isEnabled());
        QCOMPARE(filter->text(), QStringLiteral("path:"));
        filter->setText(QString());
        QVERIFY(!f.send->isEnabled());
        QCOMPARE(f.send->text(), QStringLiteral("Write a filter of connections"));
        filter->setText(QStringLiteral("path:/prices"));
        QVERIFY(f.send->isEnabled());
        f.port.close(another);
        const auto endpoints = child<QMenu>(f.composer, "target_endpoints")->actions();
        QCOMPARE(endpoints.size(), 2);
        QCOMPARE(endpoints.last()->text(), QStringLiteral("/a&&b"));
        endpoints.first()->trigger();
        QCOMPARE(f.send->text(), QStringLiteral("Send to 1 on /*"));
        f.composer.send();
        QCOMPARE(f.port.last<command::Send>()->target, Target::on_endpoint("/*"));
        endpoints.last()->trigger();
        QCOMPARE(f.send->text(), QStringLiteral("Nobody is on this endpoint"));
        QVERIFY(!f.send->isEnabled());
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
