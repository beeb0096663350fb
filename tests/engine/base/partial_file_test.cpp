// A large file is put in place whole or not at all, whatever fails (FF-13).
#include "base/partial_file.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cerrno>
#include <csignal>
#include <unistd.h>

using namespace jackfield;

namespace {

/// Plays a kernel whose n-th call fails, and whose writes are short.
class FailingCalls final : public FileCalls {
public:
    FailingCalls(int call, int error)
        : call_(call)
        , error_(error)
    { }
    int failures = 0;
    bool renamed = false;

    int open(const char* path, int flags, mode_t mode) override
    {
        return fails() ? -1 : FileCalls::open(path, flags, mode);
    }
    int close(int descriptor) override
    {
        const bool failed = fails();
        const int result = FileCalls::close(descriptor);
        if (failed)
            errno = error_;
        return failed ? -1 : result;
    }
    ssize_t write(int descriptor, const void* bytes, std::size_t size) override
    {
        return fails() ? -1 : FileCalls::write(descriptor, bytes, std::min<std::size_t>(size, 7));
    }
    int fstat(int descriptor, struct stat* result) override
    {
        return fails() ? -1 : FileCalls::fstat(descriptor, result);
    }
    int lstat(const char* path, struct stat* result) override
    {
        return fails() ? -1 : FileCalls::lstat(path, result);
    }
    int fchmod(int descriptor, mode_t mode) override
    {
        return fails() ? -1 : FileCalls::fchmod(descriptor, mode);
    }
    int fsync(int descriptor) override { return fails() ? -1 : FileCalls::fsync(descriptor); }
    int rename(const char* from, const char* to) override
    {
        if (fails())
            return -1;
        renamed = true;
        return FileCalls::rename(from, to);
    }

private:
    bool fails()
    {
        if (++count_ != call_)
            return false;
        ++failures;
        errno = error_;
        return true;
    }
    int call_;
    int error_;
    int count_ = 0;
};

QByteArray content(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(absent)");
}

void put(const QString& path, const QByteArray& text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

Result<void> save(const QString& path, std::string_view text, FileCalls& calls = real_file_calls())
{
    auto file = PartialFile::create(path.toStdString(), calls);
    if (!file)
        return tl::unexpected<Error>(file.error());
    if (auto written = (*file)->write(text); !written)
        return written;
    return (*file)->commit();
}

} // namespace

class PartialFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takes_the_targets_place_when_it_is_whole()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("x.har"));
        put(path, "old");
        QVERIFY(QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner));
        {
            auto file = PartialFile::create(path.toStdString());
            QVERIFY(file.has_value());
            QVERIFY((*file)->write("new ").has_value());
            QVERIFY((*file)->write("content").has_value());
            QCOMPARE((*file)->written(), 11U);
            QCOMPARE(content(path), "old");
            QCOMPARE(content(path + QStringLiteral(".partial")), "new content");
            QVERIFY((*file)->commit().has_value());
        }
        QCOMPARE(content(path), "new content");
        QCOMPARE(QFile::permissions(path) & QFileDevice::ReadOther, QFileDevice::Permissions());
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{QStringLiteral("x.har")});
    }

    void leaves_nothing_without_a_commit()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("x.har"));
        {
            auto file = PartialFile::create(path.toStdString());
            QVERIFY(file.has_value());
            QVERIFY((*file)->write("half").has_value());
        }
        QVERIFY(QDir(folder.path()).isEmpty());
    }

    void leaves_somebody_elses_partial_alone()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("x.har"));
        put(path + QStringLiteral(".partial"), "not ours");
        QVERIFY(save(path, "new").has_value());
        QCOMPARE(content(path), "new");
        QCOMPARE(content(path + QStringLiteral(".partial")), "not ours");
    }

    void follows_a_link_to_where_the_content_belongs()
    {
        QTemporaryDir folder;
        const QString real = folder.filePath(QStringLiteral("real"));
        const QString link = folder.filePath(QStringLiteral("link.har"));
        put(real, "old");
        QVERIFY(QFile::link(real, link));
        QVERIFY(save(link, "new").has_value());
        QCOMPARE(content(real), "new");
        QVERIFY(QFileInfo(link).isSymLink());
    }

    void any_failing_call_leaves_the_old_file_as_it_was() // FF-13
    {
        for (const int error : {ENOSPC, EIO, EROFS, EDQUOT, EFBIG}) {
            for (int call = 1;; ++call) {
                QTemporaryDir folder;
                const QString path = folder.filePath(QStringLiteral("x.har"));
                put(path, "old");
                FailingCalls calls(call, error);
                const auto saved = save(path, "some content to write", calls);
                if (calls.failures == 0) {
                    QVERIFY(saved.has_value());
                    QVERIFY(call > 10);
                    break;
                }
                // A failed look at the target just before the rename changes nothing.
                if (saved) {
                    QVERIFY(calls.renamed);
                    QCOMPARE(content(path), "some content to write");
                } else if (calls.renamed) {
                    QCOMPARE(content(path), "some content to write");
                    QVERIFY(saved.error().detail.find("is written, but") != std::string::npos);
                } else {
                    QCOMPARE(content(path), "old");
                    QCOMPARE(saved.error().system_error, error);
                    QVERIFY(saved.error().detail.find("x.har") != std::string::npos
                        || saved.error().detail.find(folder.path().toStdString()) != std::string::npos);
                }
                QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
            }
        }
    }

    void says_how_much_was_written_when_the_disk_is_full() // FF-13; RLIMIT_FSIZE stands in for the disk
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("x.har"));
        put(path, "old");
        const pid_t child = fork();
        if (child == 0) {
            std::signal(SIGXFSZ, SIG_IGN);
            const rlimit limit{100'000, 100'000};
            if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
                _exit(2);
            const auto saved = save(path, std::string(300'000, 'x'));
            const bool good = !saved && saved.error().system_error == EFBIG
                && saved.error().detail.find("after 100000 bytes") != std::string::npos;
            _exit(good ? 0 : 1);
        }
        int status = -1;
        QCOMPARE(waitpid(child, &status, 0), child);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
        QCOMPARE(content(path), "old");
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{QStringLiteral("x.har")});
    }

    void refuses_what_is_no_place_for_a_file_data() // FF-13
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("says");
        QTest::newRow("FF-13 FIFO") << QStringLiteral("fifo") << QStringLiteral("it is no regular file");
        QTest::newRow("FF-13 folder") << QStringLiteral("folder") << QStringLiteral("it is a folder");
        QTest::newRow("FF-13 ..") << QStringLiteral("..") << QStringLiteral("it names a folder");
        QTest::newRow("FF-13 .") << QStringLiteral("folder/.") << QStringLiteral("it names a folder");
        QTest::newRow("FF-13 slash at the end")
            << QStringLiteral("new/") << QStringLiteral("it names a folder");
        QTest::newRow("FF-13 /dev/full")
            << QStringLiteral("/dev/full") << QStringLiteral("it is no regular file");
        QTest::newRow("FF-13 folder that is not there")
            << QStringLiteral("none/x.har") << QStringLiteral("No such file or directory");
        QTest::newRow("FF-13 below a file")
            << QStringLiteral("file/x.har") << QStringLiteral("Not a directory");
        QTest::newRow("FF-13 256 bytes") << QString(256, u'x') << QStringLiteral("File name too long");
        QTest::newRow("FF-13 link to itself")
            << QStringLiteral("loop") << QStringLiteral("Too many levels of symbolic links");
        QTest::newRow("FF-13 nothing") << QString() << QStringLiteral("a file without a name");
        QTest::newRow("FF-13 NUL") << QStringLiteral("a\0b").replace(1, 1, QChar()) << QStringLiteral("NUL");
    }
    void refuses_what_is_no_place_for_a_file()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, says);
        QTemporaryDir folder;
        QVERIFY(mkfifo(folder.filePath(QStringLiteral("fifo")).toUtf8().constData(), 0600) == 0);
        QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("folder")));
        put(folder.filePath(QStringLiteral("file")), "a file");
        QVERIFY(
            QFile::link(folder.filePath(QStringLiteral("loop")), folder.filePath(QStringLiteral("loop"))));
        const QStringList before = QDir(folder.path()).entryList();
        const QString path = name.startsWith(u'/') || name.isEmpty() ? name : folder.path() + u'/' + name;
        const auto saved = save(path, "x");
        QVERIFY(!saved);
        const QString message = QString::fromStdString(saved.error().message());
        QVERIFY2(message.contains(says), qPrintable(message));
        QCOMPARE(QDir(folder.path()).entryList(), before);
        QCOMPARE(content(folder.filePath(QStringLiteral("file"))), "a file");
    }

    void a_name_of_255_bytes_has_a_partial_all_the_same() // FF-13
    {
        QTemporaryDir folder;
        // The cut falls inside of a character of two bytes.
        const QString path = folder.filePath(QString(127, QChar(0xe4)) + u'x');
        QVERIFY(save(path, "new").has_value());
        QCOMPARE(content(path), "new");
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
    }

    void a_target_that_became_a_folder_is_not_replaced() // FF-13
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("x.har"));
        auto file = PartialFile::create(path.toStdString());
        QVERIFY(file.has_value());
        QVERIFY((*file)->write("new").has_value());
        QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("x.har")));
        QVERIFY(!(*file)->commit());
        file->reset();
        QVERIFY(QFileInfo(path).isDir());
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 0);
    }

    void a_target_that_was_removed_is_made_anew() // FF-13
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("x.har"));
        put(path, "old");
        auto file = PartialFile::create(path.toStdString());
        QVERIFY(file.has_value());
        QVERIFY((*file)->write("new").has_value());
        QVERIFY(QFile::remove(path));
        QVERIFY((*file)->commit().has_value());
        QCOMPARE(content(path), "new");
    }
};

QTEST_GUILESS_MAIN(PartialFileTest)
#include "partial_file_test.moc"
