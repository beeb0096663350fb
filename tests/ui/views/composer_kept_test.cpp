#include "tests/ui/views/composer_fixture.h"
#include "ui/views/raw_piece_fields.h"

#include <QListWidget>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>

using namespace jackfield;
using namespace jackfield::ui;
using namespace std::string_view_literals;
using jackfield::test::child;

namespace {

struct KeptFixture : test::ComposerFixture {
    std::shared_ptr<const ConnectionInfo> info1 = test::FakeEnginePort::makeInfo(1);
    ConnectionId id = port.open(info1);

    [[nodiscard]] QString kind() const { return child<QToolButton>(composer, "composer_kind")->text(); }
    [[nodiscard]] QByteArray composed() const
    {
        const auto made = composer.message();
        return made ? QByteArray::fromStdString(std::string(made->payload.text())) : QByteArray("nothing");
    }
    void sendText(const char* what)
    {
        choose("Text");
        text->setPayload(what);
        composer.send();
    }
    void older() const { child<QAction>(composer, "composer_older")->trigger(); }
    void newer() const { child<QAction>(composer, "composer_newer")->trigger(); }
    /// Of the notice that is shown: buttons of earlier ones go a little later.
    void answer(const char* name) const
    {
        const auto buttons = notice->findChildren<QPushButton*>(QLatin1String(name));
        QVERIFY2(!buttons.isEmpty() && notice->isVisible(), name);
        buttons.last()->click();
    }
    [[nodiscard]] QByteArray reasonComposed() const
    {
        const auto made = composer.message();
        return made ? QByteArray::fromStdString(made->close.reason) : QByteArray("nothing");
    }
};

ComposedMessage templateOf(std::string_view payload)
{
    ComposedMessage made;
    made.payload = SharedBytes(payload);
    return made;
}

SharedBytes closePayload(const QByteArray& reason)
{
    const QByteArray whole = QByteArray("\x0f\xa1", 2) + reason;
    return SharedBytes(std::string_view(whole.constData(), static_cast<std::size_t>(whole.size())));
}

} // namespace

/// What stands in the composer is neither lost nor sent to anybody else, nor changed on its way.
class ComposerKeptTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void GU_22_a_large_message_goes_to_those_the_question_named()
    {
        KeptFixture f;
        const ConnectionId other = f.port.open(2);
        f.target.setSelection({f.id});
        f.paste(QByteArray((16 << 20) + 1, 'x'));
        f.answer("Put in large payload");
        f.composer.send();
        QVERIFY(f.notice->text().contains(QStringLiteral("#1")));
        f.target.setSelection({other});
        f.answer("Send large payload");
        QCOMPARE(f.port.last<command::Send>()->target, Target::one(f.id));
        // And to nobody when they are gone.
        f.target.setSelection({f.id});
        f.composer.send();
        f.port.submitted.clear();
        f.port.close(f.info1);
        f.target.setSelection({other});
        f.answer("Send large payload");
        QVERIFY(f.port.submitted.empty());
        QVERIFY(f.notice->text().contains(QStringLiteral("nobody to send it to any more")));
    }

    void a_reason_that_comes_back_is_the_one_that_is_sent_data()
    {
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("plain") << QByteArray("plain");
        QTest::newRow("GU-04 NUL") << QByteArray("a\0b", 3);
        QTest::newRow("line ends") << QByteArray("a\nb\r\nc\rd\n");
        QTest::newRow("separators, U+FDD0, NBSP") << QByteArray("a\xE2\x80\xA8z\xEF\xB7\x90\xC2\xA0");
        QTest::newRow("BOM") << QByteArray("\xEF\xBB\xBFx");
        QTest::newRow("123 bytes") << QByteArray(123, 'r');
    }
    void a_reason_that_comes_back_is_the_one_that_is_sent()
    {
        QFETCH(QByteArray, reason);
        KeptFixture f;
        f.composer.loadPayload(TrafficType::close, closePayload(reason));
        QCOMPARE(f.reasonComposed().toHex(' '), reason.toHex(' '));
        f.composer.send();
        QCOMPARE(QByteArray::fromStdString(f.port.last<command::Kick>()->close.reason).toHex(' '),
            reason.toHex(' '));
        // Recalled, and pasted.
        f.sendText("text");
        f.older();
        QCOMPARE(f.reasonComposed().toHex(' '), reason.toHex(' '));
        auto* field = child<PayloadEditor>(f.composer, "close_reason");
        field->setPayload({});
        auto* mime = new QMimeData;
        mime->setData(QStringLiteral("text/plain;charset=utf-8"), reason);
        QApplication::clipboard()->setMimeData(mime);
        field->paste();
        QCOMPARE(f.reasonComposed().toHex(' '), reason.toHex(' '));
        QCOMPARE(field->blockCount(), 1);
    }

    void GU_16_a_close_that_cannot_be_composed_comes_back_as_a_raw_frame_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::newRow("reason that is no UTF-8") << QByteArray("\x0f\xa1"
                                                               "bad\xff");
        QTest::newRow("payload of one byte") << QByteArray("\x03");
    }
    void GU_16_a_close_that_cannot_be_composed_comes_back_as_a_raw_frame()
    {
        QFETCH(QByteArray, payload);
        KeptFixture f;
        f.composer.loadPayload(TrafficType::close,
            SharedBytes(std::string_view(payload.constData(), static_cast<std::size_t>(payload.size()))));
        QVERIFY(f.notice->text().contains(QStringLiteral("raw frame")));
        f.composer.send();
        const auto* sent = f.port.last<command::SendRaw>();
        QVERIFY(sent);
        QCOMPARE(sent->pieces.size(), std::size_t{1});
        const auto& frame = std::get<RawFrame>(sent->pieces.front());
        QCOMPARE(int{frame.opcode}, 8);
        QVERIFY(frame.fin);
        QCOMPARE(QByteArray::fromStdString(std::string(frame.payload.text())), payload);
    }

    void a_reason_is_one_line_and_Ctrl_Enter_sends_it()
    {
        KeptFixture f;
        f.choose("Close");
        auto* field = child<PayloadEditor>(f.composer, "close_reason");
        QTest::keyClicks(field, QStringLiteral("bye"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(field->payload(), QByteArray("bye"));
        QTest::keyClick(field, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(f.port.last<command::Kick>()->close.reason, std::string("bye"));
        auto* mime = new QMimeData;
        mime->setData(QStringLiteral("text/plain;charset=utf-8"), "\xff");
        QApplication::clipboard()->setMimeData(mime);
        field->paste();
        QCOMPARE(field->payload(), QByteArray("bye"));
        QVERIFY(f.notice->text().contains(QStringLiteral("UTF-8")));
    }

    void a_draft_from_a_template_stays_one_behind_a_recall_and_behind_another_kind()
    {
        KeptFixture f;
        f.sendText("first");
        f.composer.loadTemplate(templateOf("n={{counter}}"));
        f.older();
        QCOMPARE(f.text->payload(), QByteArray("first"));
        f.newer();
        QCOMPARE(f.text->payload(), QByteArray("n={{counter}}"));
        f.composer.send();
        QCOMPARE(f.sentPayload(), QByteArray("n=1"));
        f.choose("Binary");
        f.choose("Text");
        f.composer.send();
        QCOMPARE(f.sentPayload(), QByteArray("n=2"));
        // Nor is the box ticked again by the way.
        auto* expand = child<QCheckBox>(f.composer, "composer_macros");
        expand->setChecked(false);
        f.choose("Ping");
        f.choose("Text");
        f.older();
        f.newer();
        QVERIFY(expand->isVisible());
        QVERIFY(!expand->isChecked());
        f.composer.send();
        QCOMPARE(f.sentPayload(), QByteArray("n={{counter}}"));
    }

    void what_replaces_a_template_is_none_data()
    {
        QTest::addColumn<bool>("isPasted");
        QTest::newRow("pasted over it") << true;
        QTest::newRow("typed over it") << false;
    }
    void what_replaces_a_template_is_none()
    {
        QFETCH(bool, isPasted);
        KeptFixture f;
        f.composer.loadTemplate(templateOf("n={{counter}}"));
        f.text->selectAll();
        if (isPasted)
            f.paste("mine {{counter}}");
        else
            QTest::keyClicks(f.text, QStringLiteral("mine {{counter}}"));
        f.composer.send();
        QCOMPARE(f.sentPayload(), QByteArray("mine {{counter}}"));
        while (f.text->payload() != "n={{counter}}" && f.text->document()->isUndoAvailable())
            f.text->undo();
        f.composer.send();
        QCOMPARE(f.sentPayload(), QByteArray("n=1"));
        while (f.text->document()->isRedoAvailable())
            f.text->redo();
        f.composer.send();
        QCOMPARE(f.sentPayload(), QByteArray("mine {{counter}}"));
    }

    void pasting_the_same_text_over_a_template_is_none_either()
    {
        KeptFixture f;
        f.composer.loadTemplate(templateOf("n={{counter}}"));
        f.text->selectAll();
        f.paste("n={{counter}}");
        f.composer.send();
        QCOMPARE(f.sentPayload(), QByteArray("n={{counter}}"));
    }

    void undoing_a_template_brings_back_what_was_typed_as_it_was()
    {
        KeptFixture f;
        QTest::keyClicks(f.text, QStringLiteral("typed {{counter}}"));
        f.composer.loadTemplate(templateOf("hello {{counter}}"));
        f.text->undo();
        QCOMPARE(f.text->payload(), QByteArray("typed {{counter}}"));
        f.composer.send();
        QCOMPARE(f.sentPayload(), QByteArray("typed {{counter}}"));
        f.text->redo();
        f.composer.send();
        QCOMPARE(f.sentPayload(), QByteArray("hello 1"));
    }

    void composing_a_letter_in_a_template_keeps_it_one()
    {
        KeptFixture f;
        f.composer.loadTemplate(templateOf("n={{counter}}"));
        f.text->moveCursor(QTextCursor::End);
        QInputMethodEvent preedit(QStringLiteral("\u00B4"), {});
        QApplication::sendEvent(f.text, &preedit);
        QInputMethodEvent commit;
        commit.setCommitString(QStringLiteral("\u00E9"));
        QApplication::sendEvent(f.text, &commit);
        f.composer.send();
        QCOMPARE(f.sentPayload(), QByteArray("n=1\xC3\xA9"));
        f.text->selectAll();
        commit.setCommitString(QStringLiteral("{{counter}}"));
        QApplication::sendEvent(f.text, &commit); // over all of it
        f.composer.send();
        QCOMPARE(f.sentPayload(), QByteArray("{{counter}}"));
    }

    void formatting_a_template_keeps_it_one()
    {
        KeptFixture f;
        f.composer.loadTemplate(templateOf(R"({"n":1})"));
        auto* format = child<QAbstractButton>(f.composer, "composer_json");
        QTRY_VERIFY(format->isVisible());
        format->click();
        QVERIFY(f.text->payload().contains('\n'));
        f.text->moveCursor(QTextCursor::End);
        QTest::keyClicks(f.text, QStringLiteral("{{counter}}"));
        f.composer.send();
        QVERIFY2(f.sentPayload().endsWith("}1"), f.sentPayload().constData());
    }

    void a_draft_comes_back_behind_two_recalls_that_were_sent()
    {
        KeptFixture f;
        f.sendText("first");
        f.text->setPlainText(QStringLiteral("a draft"));
        for (int i = 0; i < 2; ++i) {
            f.older();
            QCOMPARE(f.text->payload(), QByteArray("first"));
            f.composer.send();
        }
        f.newer();
        QCOMPARE(f.text->payload(), QByteArray("a draft"));
    }

    void frames_that_were_composed_while_walking_are_not_lost()
    {
        KeptFixture f;
        f.sendText("first");
        f.text->setPlainText(QStringLiteral("a draft"));
        f.older();
        f.choose("Ping");
        f.ping->setPlainText(QStringLiteral("made meanwhile"));
        f.choose("Text");
        f.newer();
        QCOMPARE(f.text->payload(), QByteArray("a draft"));
        f.older();
        f.choose("Ping");
        QCOMPARE(f.ping->payload(), QByteArray("made meanwhile"));
    }

    void editing_a_template_at_its_ends_keeps_it_one()
    {
        KeptFixture f;
        f.composer.loadTemplate(templateOf("{{counter}}"));
        QTest::keyClick(f.text, Qt::Key_Home, Qt::ControlModifier);
        QTest::keyClicks(f.text, QStringLiteral("n="));
        QTest::keyClick(f.text, Qt::Key_Home, Qt::ControlModifier);
        QTest::keyClick(f.text, Qt::Key_Return);
        QTest::keyClick(f.text, Qt::Key_End, Qt::ControlModifier);
        QTest::keyClicks(f.text, QStringLiteral("!"));
        f.composer.send();
        QCOMPARE(f.sentPayload(), QByteArray("\nn=1!"));
    }

    void a_draft_that_cannot_be_sent_comes_back_data()
    {
        QTest::addColumn<QByteArray>("kind");
        for (const char* kind : {"Binary", "Ping", "Pong", "Close", "Raw frames"})
            QTest::newRow(kind) << QByteArray(kind);
        QTest::newRow("base64") << QByteArray("Binary");
    }
    void a_draft_that_cannot_be_sent_comes_back()
    {
        QFETCH(QByteArray, kind);
        KeptFixture f;
        f.sendText("one");
        f.composer.loadPayload(TrafficType::binary, SharedBytes("\x01\x02"sv));
        f.composer.send();
        f.composer.loadPayload(TrafficType::ping, SharedBytes("ping"sv));
        f.composer.send();
        f.composer.loadPayload(TrafficType::close, closePayload("bye"));
        f.composer.send();
        f.composer.loadPayload(TrafficType::raw, SharedBytes("\x81\x01"sv));
        f.composer.send();
        f.choose(kind.constData());
        auto* pong = child<PayloadEditor>(f.composer, "composer_pong");
        auto* code = child<QComboBox>(f.composer, "close_code");
        const auto* raw = child<QListWidget>(f.composer, "raw_pieces");
        const bool isBase64 = QByteArray(QTest::currentDataTag()) == "base64";
        if (isBase64)
            f.base64->setPlainText(QStringLiteral("***"));
        else
            f.hex->setPlainText(QStringLiteral("89 50 4e 4"));
        f.ping->setPayload(QByteArray(126, 'p'));
        pong->setPayload(QByteArray(127, 'o'));
        code->setEditText(QStringLiteral("2999"));
        child<QToolButton>(f.composer, "raw_add_frame")->click();
        auto* key = f.composer.findChildren<QLineEdit*>(QStringLiteral("raw_key")).last();
        auto* masked = f.composer.findChildren<QCheckBox*>(QStringLiteral("raw_masked")).last();
        masked->setChecked(true);
        key->setText(QStringLiteral("01 0g"));
        QVERIFY(!f.composer.message());
        const QString info = f.info->text();
        const QString chosen = f.kind();
        for (int i = 0; i < 6; ++i)
            f.older();
        QCOMPARE(f.text->payload(), QByteArray("one"));
        for (int i = 0; i < 6; ++i)
            f.newer();
        QVERIFY(!f.composer.message());
        QCOMPARE(f.kind(), chosen);
        QCOMPARE(f.info->text(), info);
        if (isBase64)
            QCOMPARE(f.base64->toPlainText(), QStringLiteral("***"));
        else
            QCOMPARE(f.hex->toPlainText(), QStringLiteral("89 50 4e 4"));
        QCOMPARE(f.ping->payload(), QByteArray(126, 'p'));
        QCOMPARE(pong->payload(), QByteArray(127, 'o'));
        QCOMPARE(code->currentText(), QStringLiteral("2999"));
        QCOMPARE(raw->count(), 2);
        QCOMPARE(f.composer.findChildren<QLineEdit*>(QStringLiteral("raw_key")).last()->text(),
            QStringLiteral("01 0g"));
    }

    void what_is_changed_while_walking_is_kept()
    {
        KeptFixture f;
        f.sendText("one");
        f.sendText("two");
        f.text->setPayload("draft");
        f.older();
        f.text->setPayload("two, changed");
        f.older();
        QCOMPARE(f.text->payload(), QByteArray("one"));
        f.newer();
        QCOMPARE(f.text->payload(), QByteArray("two, changed"));
        f.newer();
        QCOMPARE(f.text->payload(), QByteArray("draft"));
        // And the draft when it is something recalled that is sent.
        f.older();
        QCOMPARE(f.text->payload(), QByteArray("two, changed"));
        f.composer.send();
        f.newer();
        QCOMPARE(f.text->payload(), QByteArray("draft"));
        f.newer();
        QCOMPARE(f.text->payload(), QByteArray("two, changed"));
        f.older();
        QCOMPARE(f.text->payload(), QByteArray("two"));
    }

    void GU_13_a_payload_too_long_to_edit_goes_along_with_the_kind()
    {
        KeptFixture f;
        const QByteArray large(300'000, 'x');
        f.text->setPayload("typed before");
        f.text->selectAll();
        f.paste(large);
        f.choose("Ping");
        QVERIFY(f.composer.message() && f.composer.message()->payload.empty());
        f.choose("Text");
        QCOMPARE(f.composed(), large);
        f.choose("Binary");
        QCOMPARE(f.composed(), large);
        QCOMPARE(f.composer.message()->kind, ComposedMessage::Kind::binary);
        f.choose("Text");
        QCOMPARE(f.composed(), large);
        child<QPushButton>(f.composer, "discard_held")->click();
        QCOMPARE(f.composed(), QByteArray("typed before"));
        f.answer("Undo discarding payload");
        QCOMPARE(f.composed(), large);
    }

    void GU_13_bytes_that_are_no_text_stay_binary()
    {
        KeptFixture f;
        const QByteArray large(100'000, '\xff');
        f.composer.loadPayload(TrafficType::binary,
            SharedBytes(std::string_view(large.constData(), static_cast<std::size_t>(large.size()))));
        f.choose("Text");
        QCOMPARE(f.composed(), QByteArray());
        f.choose("Binary");
        QCOMPARE(f.composed(), large);
    }

    void a_long_payload_or_frames_that_give_way_can_be_had_back()
    {
        KeptFixture f;
        const QByteArray large(300'000, 'x');
        f.paste(large);
        f.composer.loadTemplate(templateOf("kept"));
        QCOMPARE(f.composed(), QByteArray("kept"));
        f.answer("Undo putting in");
        QCOMPARE(f.composed(), large);
        f.choose("Raw frames");
        child<PayloadEditor>(f.composer, "raw_text")->setPayload("by hand");
        f.composer.loadPayload(TrafficType::raw, SharedBytes("\x81\x01"sv));
        f.answer("Undo putting in");
        QCOMPARE(child<PayloadEditor>(f.composer, "raw_text")->payload(), QByteArray("by hand"));
        QTest::keyClick(child<QListWidget>(f.composer, "raw_pieces"), Qt::Key_Delete);
        QVERIFY(!f.composer.message());
        f.answer("Undo change of raw frames");
        QCOMPARE(child<PayloadEditor>(f.composer, "raw_text")->payload(), QByteArray("by hand"));
    }

    // Typing is not stopped where pasting is.
    void what_was_typed_beyond_the_limit_comes_back_data()
    {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QByteArray>("field");
        QTest::newRow("text") << QByteArray("Text") << QByteArray("composer_text");
        QTest::newRow("pong") << QByteArray("Pong") << QByteArray("composer_pong");
        QTest::newRow("close reason") << QByteArray("Close") << QByteArray("close_reason");
        QTest::newRow("raw piece") << QByteArray("Raw frames") << QByteArray("raw_text");
    }
    void what_was_typed_beyond_the_limit_comes_back()
    {
        QFETCH(QByteArray, kind);
        QFETCH(QByteArray, field);
        KeptFixture f;
        f.sendText("before");
        f.choose(kind.constData());
        const auto editor = [&] { return child<PayloadEditor>(f.composer, field.constData()); };
        const QByteArray longest(PayloadEditor::maxLine, 'x');
        QVERIFY(editor()->setPayload(longest));
        QTest::keyClicks(editor(), QStringLiteral("yz"));
        QCOMPARE(editor()->payload(), longest + "yz");
        const QString info = f.info->text();
        f.older();
        QVERIFY(f.kind().startsWith(QStringLiteral("Text")));
        QCOMPARE(f.composed(), QByteArray("before"));
        f.newer();
        QCOMPARE(f.info->text(), info);
        QVERIFY(editor()->payload() == longest + "yz");
    }

    void a_raw_piece_beyond_the_limit_that_is_removed_comes_back()
    {
        KeptFixture f;
        f.choose("Raw frames");
        const QByteArray longest(PayloadEditor::maxLine, 'x');
        QVERIFY(child<PayloadEditor>(f.composer, "raw_text")->setPayload(longest));
        QTest::keyClicks(child<PayloadEditor>(f.composer, "raw_text"), QStringLiteral("y"));
        QTest::keyClick(child<QListWidget>(f.composer, "raw_pieces"), Qt::Key_Delete);
        f.answer("Undo change of raw frames");
        QVERIFY(child<PayloadEditor>(f.composer, "raw_text")->payload() == longest + "y");
    }

    void an_undo_goes_when_an_example_stands_in_place_of_its_cause()
    {
        KeptFixture f;
        f.choose("Raw frames");
        child<QToolButton>(f.composer, "raw_add_frame")->click();
        child<QToolButton>(f.composer, "raw_remove")->click(); // and it is what was given again
        QVERIFY(f.notice->offersUndo());
        child<QMenu>(f.composer, "raw_presets_menu")->actions().front()->trigger();
        QVERIFY(!f.notice->isVisible());
    }

    void an_undo_that_is_shown_as_a_warning_goes_with_its_cause_data()
    {
        QTest::addColumn<bool>("isRecalled");
        QTest::newRow("a template") << false;
        QTest::newRow("a recall") << true;
    }
    void an_undo_that_is_shown_as_a_warning_goes_with_its_cause()
    {
        QFETCH(bool, isRecalled);
        KeptFixture f;
        f.sendText("before");
        f.choose("Raw frames");
        child<PayloadEditor>(f.composer, "raw_text")->setPayload("by hand");
        f.composer.loadPayload(TrafficType::close, closePayload("\xff"));
        QCOMPARE(f.notice->kind(), InlineNotice::Kind::Warning);
        QVERIFY(f.notice->offersUndo());
        if (isRecalled)
            f.older();
        else
            f.composer.loadTemplate(templateOf("kept"));
        QVERIFY(!f.notice->isVisible());
        // A warning without an undo stays.
        f.notice->showNotice(InlineNotice::Kind::Warning, QStringLiteral("That file cannot be read."));
        f.composer.loadTemplate(templateOf("kept as well"));
        QVERIFY(f.notice->isVisible());
    }

    void an_empty_binary_template_clears_a_mistake_in_the_base64()
    {
        KeptFixture f;
        f.choose("Binary");
        f.base64->setPlainText(QStringLiteral("***"));
        ComposedMessage empty;
        empty.kind = ComposedMessage::Kind::binary;
        f.composer.loadTemplate(empty);
        QVERIFY(f.composer.message().has_value());
        QCOMPARE(f.base64->toPlainText(), QString());
    }

    void GU_13_a_file_is_never_typed_in_as_its_address_data()
    {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QByteArray>("field");
        QTest::newRow("raw text") << QByteArray("Raw frames") << QByteArray("raw_text");
        QTest::newRow("raw hex") << QByteArray("Raw frames") << QByteArray("raw_hex");
        QTest::newRow("masking key") << QByteArray("Raw frames") << QByteArray("raw_key");
        QTest::newRow("length") << QByteArray("Raw frames") << QByteArray("raw_declared_length");
        QTest::newRow("reason") << QByteArray("Close") << QByteArray("close_reason");
        QTest::newRow("code") << QByteArray("Close") << QByteArray("close_code_text");
    }
    void GU_13_a_file_is_never_typed_in_as_its_address()
    {
        QFETCH(QByteArray, kind);
        QFETCH(QByteArray, field);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("bytes.bin"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("\x01\x02\xff");
        file.close();
        KeptFixture f;
        f.choose(kind.constData());
        const QString before = f.info->text();
        auto* taken = child<QWidget>(f.composer, field.constData());
        f.drop({path}, taken);
        QTRY_COMPARE(f.composed(), QByteArray("\x01\x02\xff"));
        QVERIFY(f.kind().startsWith(QStringLiteral("Binary")));
        f.choose(kind.constData());
        QCOMPARE(f.info->text(), before);
    }
};

QTEST_MAIN(ComposerKeptTest)
#include "composer_kept_test.moc"
