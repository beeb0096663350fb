#include "app/shared/key_log.h"
#include "support/openssl_tool.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include <future>
#include <mutex>
#include <thread>

using namespace jackfield;
using namespace jackfield::app;
using namespace jackfield::test;

namespace {

/// What a log says, from whatever thread.
class Sentences {
public:
    void add(const std::string& sentence)
    {
        const std::lock_guard lock(mutex_);
        sentences_.push_back(sentence);
    }
    [[nodiscard]] std::vector<std::string> all() const
    {
        const std::lock_guard lock(mutex_);
        return sentences_;
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::string> sentences_;
};

} // namespace

class KeyLogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void appends_lines_to_a_file_for_nobody_else()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath("keys.log");
        for (const char* line : {"CLIENT_RANDOM 00 11", "CLIENT_RANDOM 22 33"}) {
            auto log = KeyLog::create({path.toStdString(), 10, {}});
            QVERIFY(log.has_value());
            QVERIFY2(
                !QFile::exists(path) || file_text(path).ends_with('\n'), "nothing is written for nothing");
            (*log)->sink()(line);
            (*log)->close();
        }
        QCOMPARE(file_text(path), std::string("CLIENT_RANDOM 00 11\nCLIENT_RANDOM 22 33\n"));
        struct stat status { };
        QCOMPARE(::stat(QFile::encodeName(path).constData(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0600U);
    }

    void keeps_the_mode_and_the_content_of_a_file_that_is_there()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath("keys.log");
        put_file(path, "of a browser\n");
        QVERIFY(::chmod(QFile::encodeName(path).constData(), 0640) == 0);
        auto log = KeyLog::create({path.toStdString(), 10, {}});
        (*log)->sink()("ours");
        (*log)->close();
        QCOMPARE(file_text(path), std::string("of a browser\nours\n"));
        struct stat status { };
        QCOMPARE(::stat(QFile::encodeName(path).constData(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0640U);
    }

    void lines_over_the_bound_are_dropped_and_counted()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath("missing/keys.log");
        Sentences told;
        std::promise<void> is_stuck, goes_on;
        auto goes_on_future = goes_on.get_future();
        KeyLog::Options options{path.toStdString(), 3, {}};
        options.on_problem = [&, is_first = true](const std::string& sentence) mutable {
            told.add(sentence);
            if (std::exchange(is_first, false)) {
                is_stuck.set_value();
                goes_on_future.wait();
            }
        };
        auto log = KeyLog::create(std::move(options));
        const auto sink = (*log)->sink();
        sink("first"); // which cannot be written, and whose telling takes its time
        is_stuck.get_future().wait();
        QVERIFY(QDir(folder.path()).mkpath("missing"));
        for (int i = 0; i < 8; ++i)
            sink("line " + std::to_string(i));
        goes_on.set_value();
        (*log)->close(milliseconds(20'000));
        QCOMPARE(file_text(path), std::string("line 0\nline 1\nline 2\n"));
        const auto all = told.all();
        QCOMPARE(all.size(), std::size_t{2});
        QVERIFY2(all[0].find("cannot be written") != std::string::npos, all[0].c_str());
        QVERIFY2(all[1].starts_with("5 lines of the key log were dropped"), all[1].c_str());
    }

    void an_error_is_told_once()
    {
        const QTemporaryDir folder;
        Sentences told;
        KeyLog::Options options{folder.path().toStdString(), 100, {}}; // a folder
        options.on_problem = [&told](const std::string& sentence) { told.add(sentence); };
        auto log = KeyLog::create(std::move(options));
        const auto sink = (*log)->sink();
        for (int i = 0; i < 50; ++i) {
            sink("line");
            std::this_thread::yield();
        }
        (*log)->close(milliseconds(20'000));
        QCOMPARE(told.all().size(), std::size_t{1});
    }

    void a_fifo_that_nobody_reads_holds_nobody_up()
    {
        const QTemporaryDir folder;
        const QByteArray path = QFile::encodeName(folder.filePath("fifo"));
        QCOMPARE(::mkfifo(path.constData(), 0600), 0);
        Sentences told;
        KeyLog::Options options{path.toStdString(), 100, {}};
        options.on_problem = [&told](const std::string& sentence) { told.add(sentence); };
        auto log = KeyLog::create(std::move(options));
        (*log)->sink()("line");
        (*log)->close(milliseconds(20'000));
        QCOMPARE(told.all().size(), std::size_t{1});
    }

    void a_sink_may_outlive_its_log()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath("keys.log");
        TlsCredentials::KeyLog sink;
        {
            auto log = KeyLog::create({path.toStdString(), 10, {}});
            sink = (*log)->sink();
            sink("in time");
        }
        sink("too late");
        QCOMPARE(file_text(path), std::string("in time\n"));
    }
};

QTEST_GUILESS_MAIN(KeyLogTest)
#include "key_log_test.moc"
