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
