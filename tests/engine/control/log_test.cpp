#include "jackfield/log.h"

#include <QRegularExpression>
#include <QTemporaryFile>
#include <QTest>

#include <cstdio>
#include <functional>
#include <unistd.h>

using namespace jackfield;

namespace {

Event event_of(decltype(Event::what) what)
{
    Event event;
    event.what = std::move(what);
    return event;
}

event::Refused refused_for(RefusalReason reason)
{
    event::Refused refused;
    refused.reason = reason;
    return refused;
}

event::Closed closed_by(CloseCause cause)
{
    event::Closed closed;
    closed.close.cause = cause;
    return closed;
}

/// What `write` writes to standard error.
QByteArray standard_error_of(const std::function<void()>& write)
{
    QTemporaryFile file;
    if (!file.open())
        return "no file";
    std::fflush(stderr);
    const int kept = ::dup(STDERR_FILENO);
    ::dup2(file.handle(), STDERR_FILENO);
    write();
    std::fflush(stderr);
    ::dup2(kept, STDERR_FILENO);
    ::close(kept);
    file.seek(0);
    return file.readAll();
}

} // namespace

class LogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void an_event_has_a_level_data()
    {
        QTest::addColumn<Event>("event");
        QTest::addColumn<QString>("level");
        event::ListenFailed failed;
        QTest::newRow("cannot listen") << event_of(failed) << "error";
        failed.optional = true;
        QTest::newRow("need not listen") << event_of(failed) << "warning";
        QTest::newRow("listening") << event_of(event::Listening{}) << "info";
        QTest::newRow("refused") << event_of(refused_for(RefusalReason::origin_not_allowed)) << "warning";
        QTest::newRow("page") << event_of(refused_for(RefusalReason::plain_http)) << "debug";
        QTest::newRow("spare socket") << event_of(refused_for(RefusalReason::speculative)) << "debug";
        QTest::newRow("closed") << event_of(closed_by(CloseCause::closing_handshake)) << "info";
        QTest::newRow("left") << event_of(closed_by(CloseCause::peer_vanished)) << "info";
        QTest::newRow("closed for a fault")
            << event_of(closed_by(CloseCause::protocol_violation)) << "warning";
        event::CommandFinished finished;
        QTest::newRow("command") << event_of(finished) << "debug";
        finished.error = Error{ErrorCode::not_found, 0, "no such endpoint"};
        QTest::newRow("command failed") << event_of(finished) << "warning";
        QTest::newRow("fault") << event_of(event::ConnectionFault{}) << "error";
        QTest::newRow("no descriptors") << event_of(event::DescriptorsExhausted{}) << "error";
    }

    void an_event_has_a_level()
    {
        QFETCH(Event, event);
        QFETCH(QString, level);
        QCOMPARE(QString::fromStdString(std::string(name_of(level_of(event)))), level);
    }

    void standard_error_gets_lines_of_a_level_and_above()
    {
        const QByteArray text = standard_error_of([] {
            const Logger logger = log_to_stderr(LogLevel::warning);
            logger(LogLevel::info, "not this");
            logger(LogLevel::warning, "this");
            logger(LogLevel::error, "and this");
        });
        static const QRegularExpression lines(QStringLiteral(
            R"(\A\d\d:\d\d:\d\d\.\d{3} warning this\n\d\d:\d\d:\d\d\.\d{3} error and this\n\z)"));
        QVERIFY2(lines.match(QString::fromUtf8(text)).hasMatch(), text.constData());
    }
};

QTEST_GUILESS_MAIN(LogTest)
#include "log_test.moc"
