#include "tests/support/fake_engine_port.h"
#include "ui/models/connection_store.h"
#include "ui/text/language.h"
#include "ui/views/close_frame_fields.h"
#include "ui/views/kick_popover.h"
#include "ui/views/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;

class KickPopoverTest : public QObject {
    Q_OBJECT

    struct Fixture {
        FakeEnginePort port;
        ConnectionStore store;
        KickPopover popover{port, store};
        Fixture() { QObject::connect(&port, &EnginePort::stateTaken, &store, &ConnectionStore::apply); }

        QLineEdit* code() { return popover.findChild<QComboBox*>(QStringLiteral("kick_code"))->lineEdit(); }
        QLineEdit* reason() { return popover.findChild<QLineEdit*>(QStringLiteral("kick_reason")); }
        QPushButton* button() { return popover.findChild<QPushButton*>(QStringLiteral("kick_button")); }
        QString label(const char* name) { return popover.findChild<QLabel*>(QLatin1String(name))->text(); }
        void type(const QString& codeText, const QString& reasonText)
        {
            code()->selectAll();
            QTest::keyClicks(code(), codeText);
            reason()->setFocus();
            reason()->selectAll();
            if (reasonText.isEmpty())
                QTest::keyClick(reason(), Qt::Key_Backspace);
            else
                reason()->setText(reasonText);
        }
    };

private Q_SLOTS:
    void initTestCase() { speak(QStringLiteral("en")); }

    void its_words_fit_in_every_language_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QStringLiteral("en");
        QTest::newRow("German") << QStringLiteral("de");
    }

    void its_words_fit_in_every_language()
    {
        QFETCH(QString, language);
        Theme::instance();
        speak(language);
        Fixture f;
        f.popover.openFor({f.port.open(7)}, {});
        speak(QStringLiteral("en"));
        for (const auto* button : f.popover.findChildren<QAbstractButton*>()) {
            if (button->isVisible() && !button->text().isEmpty())
                QVERIFY2(button->width() >= button->sizeHint().width(), qPrintable(button->text()));
        }
    }

    void enter_kicks_with_1012_at_first()
    {
        Fixture f;
        const auto id = f.port.open(7);
        f.popover.openFor({id}, {});
        QVERIFY(f.popover.isVisible());
        QTest::keyClick(f.code(), Qt::Key_Return);
        const auto* kick = f.port.last<command::Kick>();
        QVERIFY(kick != nullptr);
        QCOMPARE(kick->target.ids, std::vector<ConnectionId>{id});
        QCOMPARE(kick->close.code, std::optional<std::uint16_t>(1012));
        QCOMPARE(kick->close.reason, std::string());
        QVERIFY(!f.popover.isVisible());
    }

    void the_keyboard_gives_code_and_reason_and_the_last_ones_are_remembered()
    {
        Fixture f;
        const auto id = f.port.open(7);
        f.popover.openFor({id}, {});
        f.type(QStringLiteral("4001"), QStringLiteral("be gone"));
        QTest::keyClick(f.reason(), Qt::Key_Return);
        const auto* kick = f.port.last<command::Kick>();
        QVERIFY(kick != nullptr);
        QCOMPARE(kick->close.code, std::optional<std::uint16_t>(4001));
        QCOMPARE(kick->close.reason, std::string("be gone"));

        f.popover.openFor({id}, {});
        QCOMPARE(f.popover.frame()->code, std::optional<std::uint16_t>(4001));
        QCOMPARE(f.reason()->text(), QStringLiteral("be gone"));
    }

    void says_what_becomes_of_a_session_without_a_websocket()
    {
        Fixture f;
        auto info = FakeEnginePort::makeInfo(7);
        info->transport = Transport::xhr_streaming;
        const auto session = f.port.open(info);
        f.popover.openFor({session}, {});
        auto* hint = f.popover.findChild<QLabel*>(QStringLiteral("kick_hint"));
        auto* style = f.popover.findChild<QComboBox*>(QStringLiteral("kick_style"));
        f.type(QStringLiteral("4001"), QStringLiteral("be gone"));
        QVERIFY(hint->isVisible());
        QVERIFY2(hint->text().contains(QStringLiteral("c[4001,\"be gone\"]")), qPrintable(hint->text()));
        style->setCurrentIndex(1);
        QVERIFY2(hint->text().contains(QStringLiteral("Server lost session")), qPrintable(hint->text()));
        style->setCurrentIndex(2);
        QVERIFY2(hint->text().contains(QStringLiteral("request in flight is reset")), qPrintable(hint->text()));
        style->setCurrentIndex(3);
        QVERIFY2(hint->text().contains(QStringLiteral("polls and sends get no answer")), qPrintable(hint->text()));
        for (const int index : {4, 5}) {
            QVERIFY(!style->model()->index(index, 0).flags().testFlag(Qt::ItemIsEnabled));
            QVERIFY(!style->itemData(index, Qt::ToolTipRole).toString().isEmpty());
        }
        for (const KickStyle none : {KickStyle::never_answer_close, KickStyle::never_answer_ping}) {
            f.popover.kickWith(none, {session}, {});
            QVERIFY(f.port.submitted.empty());
        }
        // With a WebSocket among them each style does something.
        const auto socket = f.port.open(8);
        f.popover.openFor({session, socket}, {});
        style->setCurrentIndex(5);
        QVERIFY(style->model()->index(5, 0).flags().testFlag(Qt::ItemIsEnabled));
        QVERIFY2(hint->text().contains(QStringLiteral("Without WebSocket (1)")), qPrintable(hint->text()));
        f.popover.openFor({socket}, {});
        style->setCurrentIndex(1);
        QVERIFY2(hint->text().contains(QStringLiteral("the stream ends")), qPrintable(hint->text()));
    }

    void every_style_is_kicked_with_data()
    {
        QTest::addColumn<KickStyle>("style");
        QTest::addColumn<bool>("ends");
        QTest::newRow("FIN") << KickStyle::fin << true;
        QTest::newRow("RST") << KickStyle::reset << true;
        QTest::newRow("silent") << KickStyle::silent << false;
        QTest::newRow("close") << KickStyle::never_answer_close << false;
        QTest::newRow("ping") << KickStyle::never_answer_ping << false;
    }
    void every_style_is_kicked_with()
    {
        QFETCH(KickStyle, style);
        QFETCH(bool, ends);
        Fixture f;
        const auto a = f.port.open(7), b = f.port.open(8);
        f.popover.kickWith(style, {a}, {}); // one: at once
        QVERIFY(!f.popover.isVisible());
        QCOMPARE(f.port.last<command::Kick>()->style, style);
        f.port.submitted.clear();

        f.popover.kickWith(style, {a, b}, {}); // more than one: asked about
        QVERIFY(f.popover.isVisible());
        QVERIFY(f.port.submitted.empty());
        QVERIFY(!f.reason()->isVisible());
        QVERIFY(f.popover.findChild<QLabel*>(QStringLiteral("kick_hint"))->isVisible());
        QCOMPARE(f.popover.findChild<QCheckBox*>(QStringLiteral("kick_refuse"))->isEnabled(), ends);
        f.button()->click();
        QVERIFY(f.port.submitted.empty());
        f.button()->click();
        QCOMPARE(f.port.last<command::Kick>()->style, style);
        QCOMPARE(f.port.last<command::Kick>()->target.ids, (std::vector<ConnectionId>{a, b}));
    }

    void who_is_kicked_can_be_refused_for_a_while()
    {
        Fixture f;
        const auto id = f.port.open(7);
        f.popover.openFor({id}, {});
        auto* refuse = f.popover.findChild<QCheckBox*>(QStringLiteral("kick_refuse"));
        auto* what = f.popover.findChild<QComboBox*>(QStringLiteral("kick_refuse_what"));
        auto* time = f.popover.findChild<QSpinBox*>(QStringLiteral("kick_refuse_for"));
        QVERIFY(!what->isEnabled());
        f.button()->click();
        QVERIFY(!f.port.last<command::Kick>()->block);

        f.popover.openFor({id}, {});
        refuse->setChecked(true);
        QVERIFY(what->isEnabled() && time->isEnabled());
        f.button()->click();
        QCOMPARE(*f.port.last<command::Kick>()->block, (KickBlock{BlockKind::origin, milliseconds(30'000)}));

        f.popover.openFor({id}, {});
        what->setCurrentIndex(1);
        time->setValue(90);
        f.button()->click();
        QCOMPARE(*f.port.last<command::Kick>()->block, (KickBlock{BlockKind::host, milliseconds(90'000)}));
        f.port.submitted.clear();
        f.popover.repeatFor({id}, {}); // as it was
        QCOMPARE(*f.port.last<command::Kick>()->block, (KickBlock{BlockKind::host, milliseconds(90'000)}));
    }

    void who_has_no_origin_is_refused_by_address()
    {
        Fixture f;
        const auto page = f.port.open(7);
        const auto curl = f.port.open(FakeEnginePort::makeInfo(8, "", "/", ""));
        auto* refuse = f.popover.findChild<QCheckBox*>(QStringLiteral("kick_refuse"));
        auto* what = f.popover.findChild<QComboBox*>(QStringLiteral("kick_refuse_what"));
        auto* note = f.popover.findChild<QLabel*>(QStringLiteral("kick_refuse_note"));
        f.popover.openFor({page, curl}, {});
        QVERIFY(!note->isVisible());
        refuse->setChecked(true);
        QCOMPARE(what->currentText(), QStringLiteral("its origin")); // the page has one: no wider than wanted
        QVERIFY(note->isVisible());
        QVERIFY2(
            note->text().contains(QStringLiteral("has no origin and is not refused")), qPrintable(note->text()));
        f.button()->click();
        f.button()->click();
        QCOMPARE(f.port.last<command::Kick>()->block->kind, BlockKind::origin);
        QSignalSpy finished(&f.popover, &KickPopover::finished);
        f.port.finish(f.port.submitted.back().ticket, 2);
        QCOMPARE(finished.front().front().toString(),
            QStringLiteral("2 kicked; 1 has no origin and is not refused"));

        f.popover.openFor({curl}, {});
        QCOMPARE(what->currentText(), QStringLiteral("its address"));
        QVERIFY(f.popover.findChild<QLabel*>(QStringLiteral("kick_refuse_note"))
                    ->text()
                    .contains(QStringLiteral("It has no origin: its address is refused.")));
        QVERIFY(note->text().contains(QStringLiteral("Every browser and program on this machine")));
        f.button()->click();
        QCOMPARE(f.port.last<command::Kick>()->block->kind, BlockKind::address);

        f.popover.openFor({page}, {}); // has one: as it was wanted
        QCOMPARE(what->currentText(), QStringLiteral("its origin"));
        QVERIFY(!note->isVisible());
        f.popover.hide();
        f.port.submitted.clear();
        f.popover.repeatFor({page}, {});
        QCOMPARE(f.port.last<command::Kick>()->block->kind, BlockKind::origin);
        f.port.submitted.clear();
        f.popover.repeatFor({curl}, {}); // its origin cannot be refused: the person sees what can
        QVERIFY(f.port.submitted.empty());
        QVERIFY(f.popover.isVisible());
        QCOMPARE(what->currentText(), QStringLiteral("its address"));
    }

    void the_last_code_is_remembered_through_other_styles()
    {
        Fixture f;
        const auto id = f.port.open(7);
        f.popover.openFor({id}, {});
        f.type(QStringLiteral("4001"), QStringLiteral("be gone"));
        QTest::keyClick(f.reason(), Qt::Key_Return);
        auto* style = f.popover.findChild<QComboBox*>(QStringLiteral("kick_style"));
        for (const int other : {1, 2, 3}) {
            f.popover.openFor({id}, {});
            style->setCurrentIndex(other);
            f.button()->click();
            QCOMPARE(f.port.last<command::Kick>()->close.code, std::optional<std::uint16_t>(1012)); // unused
        }
        f.popover.openFor({id}, {});
        style->setCurrentIndex(0);
        QCOMPARE(f.popover.frame()->code, std::optional<std::uint16_t>(4001));
        QCOMPARE(f.popover.frame()->reason, std::string("be gone"));
        QCOMPARE(f.popover.lastFrame().code, std::optional<std::uint16_t>(4001));
    }

    void what_cannot_be_sent_is_refused_with_a_sentence_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<bool>("sendable");
        QTest::newRow("1000") << "1000"
                              << "" << true;
        QTest::newRow("its name behind it") << "1001 going away"
                                            << "" << true;
        QTest::newRow("1004 is reserved") << "1004"
                                          << "" << false;
        QTest::newRow("1005 is never sent") << "1005"
                                            << "" << false;
        QTest::newRow("1006 is never sent") << "1006"
                                            << "" << false;
        QTest::newRow("1015 is never sent") << "1015"
                                            << "" << false;
        QTest::newRow("2999") << "2999"
                              << "" << false;
        QTest::newRow("3000") << "3000"
                              << "" << true;
        QTest::newRow("4999") << "4999"
                              << "" << true;
        QTest::newRow("5000") << "5000"
                              << "" << false;
        QTest::newRow("a word") << "soon"
                                << "" << false;
        QTest::newRow("digits and letters") << "1000x"
                                            << "" << false;
        QTest::newRow("123 bytes") << "1000" << QString(123, u'a') << true;
        QTest::newRow("124 bytes") << "1000" << QString(124, u'a') << false;
        QTest::newRow("62 characters of two bytes") << "1000" << QString(62, QChar(0xe4)) << false;
    }

    void what_cannot_be_sent_is_refused_with_a_sentence()
    {
        QFETCH(QString, code);
        QFETCH(QString, reason);
        QFETCH(bool, sendable);
        Fixture f;
        const auto id = f.port.open(1);
        f.popover.openFor({id}, {});
        f.type(code, reason);
        QCOMPARE(f.popover.frame().has_value(), sendable);
        QCOMPARE(f.button()->isEnabled(), sendable);
        QCOMPARE(f.label("kick_problem").isEmpty(), sendable);
        QTest::keyClick(f.reason(), Qt::Key_Return);
        QCOMPARE(f.port.submitted.size(), std::size_t(sendable ? 1 : 0));
    }

    void the_codes_of_the_composer_are_offered()
    {
        Fixture f;
        const CloseFrameFields composer;
        const auto* kick = f.popover.findChild<QComboBox*>(QStringLiteral("kick_code"));
        const auto* composed = composer.findChild<QComboBox*>(QStringLiteral("close_code"));
        for (int i = 0; i < static_cast<int>(offeredCloseCodes.size()); ++i) {
            QVERIFY(!kick->itemText(i).isEmpty());
            QCOMPARE(kick->itemText(i), composed->itemText(i));
        }
        QCOMPARE(kick->count(), composed->count() + 1); // and to type one
    }

    void a_kick_without_a_code_has_no_reason()
    {
        Fixture f;
        const auto id = f.port.open(1);
        f.popover.openFor({id}, {});
        auto* combo = f.popover.findChild<QComboBox*>(QStringLiteral("kick_code"));
        combo->setCurrentIndex(combo->count() - 1);
        QVERIFY(!f.reason()->isEnabled());
        QTest::keyClick(f.code(), Qt::Key_Return);
        const auto* kick = f.port.last<command::Kick>();
        QVERIFY(kick != nullptr);
        QVERIFY(!kick->close.code.has_value());
        QCOMPARE(kick->close.reason, std::string());
    }

    void more_than_one_is_asked_about_with_the_number()
    {
        Fixture f;
        const auto a = f.port.open(1);
        const auto b = f.port.open(2);
        f.popover.openFor({a, b}, {});
        QVERIFY(f.label("kick_title").contains(QStringLiteral("2")));
        QTest::keyClick(f.code(), Qt::Key_Return);
        QVERIFY(f.port.submitted.empty());
        QVERIFY(f.popover.isVisible());
        QVERIFY(f.button()->text().contains(QStringLiteral("2")));
        QTest::keyClick(f.button(), Qt::Key_Return);
        const auto* kick = f.port.last<command::Kick>();
        QVERIFY(kick != nullptr);
        QCOMPARE(kick->target.ids, (std::vector<ConnectionId>{a, b}));
    }

    void repeating_kicks_one_at_once_and_asks_about_more()
    {
        Fixture f;
        const auto a = f.port.open(1);
        const auto b = f.port.open(2);
        f.popover.repeatFor({a}, {});
        QVERIFY(!f.popover.isVisible());
        QCOMPARE(f.port.submitted.size(), std::size_t(1));
        f.popover.repeatFor({a, b}, {});
        QVERIFY(f.popover.isVisible());
        QCOMPARE(f.port.submitted.size(), std::size_t(1));
    }

    void a_client_that_vanishes_meanwhile_is_not_replaced_by_another()
    {
        // GU-22
        Fixture f;
        const auto info = FakeEnginePort::makeInfo(1);
        const auto a = f.port.open(info);
        const auto b = f.port.open(2);
        f.popover.openFor({a}, {});
        f.port.close(info);
        QVERIFY(!f.button()->isEnabled());
        QTest::keyClick(f.code(), Qt::Key_Return);
        QVERIFY(f.port.submitted.empty());

        f.popover.hide();
        const auto c = f.port.open(3);
        f.popover.openFor({a, b, c}, {}); // one of them is closed already: nobody is kicked in its place
        QTest::keyClick(f.code(), Qt::Key_Return);
        QTest::keyClick(f.button(), Qt::Key_Return);
        const auto* kick = f.port.last<command::Kick>();
        QVERIFY(kick != nullptr);
        QCOMPARE(kick->target.ids, (std::vector<ConnectionId>{b, c}));
    }

    void escape_leaves_without_a_kick()
    {
        Fixture f;
        const auto id = f.port.open(1);
        QSignalSpy closed(&f.popover, &KickPopover::closed);
        f.popover.openFor({id}, {});
        QTest::keyClick(f.code(), Qt::Key_Escape);
        QVERIFY(!f.popover.isVisible());
        QCOMPARE(closed.size(), 1);
        QVERIFY(f.port.submitted.empty());
    }

    void the_outcome_is_told()
    {
        Fixture f;
        const auto id = f.port.open(1);
        QSignalSpy finished(&f.popover, &KickPopover::finished);
        f.popover.repeatFor({id}, {});
        f.port.finish(f.port.submitted.back().ticket, 0, 1);
        QCOMPARE(finished.size(), 1);
        QVERIFY(finished.front().front().toString().contains(QStringLiteral("gone")));
    }
};

QTEST_MAIN(KickPopoverTest)
#include "kick_popover_test.moc"
