#include "base/file_calls.h"
#include "base/file_writing.h"
#include "support/killed_writer.h"
#include "support/openssl_tool.h"

#include "jackfield/atomic_file.h"
#include "jackfield/secret_file.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>
#include <sys/stat.h>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

using namespace jackfield;
using namespace jackfield::test;

namespace {

mode_t mode_of(const QString& path)
{
    struct stat status { };
    if (::lstat(path.toStdString().c_str(), &status) != 0)
        qFatal("no %s", qPrintable(path));
    return status.st_mode & 07777U;
}

void set_mode(const QString& path, mode_t mode)
{
    if (::chmod(path.toStdString().c_str(), mode) != 0)
        qFatal("cannot chmod %s", qPrintable(path));
}

QStringList names_in(const QTemporaryDir& folder)
{
    return QDir(folder.path()).entryList(QDir::Files | QDir::Hidden | QDir::System, QDir::Name);
}

/// The kernel, but for the n-th call.
class FailingCalls final : public FileCalls {
public:
    explicit FailingCalls(int call)
        : call_(call)
    { }
    bool failed = false;

    int open(const char* path, int flags, mode_t mode) override
    {
        if ((flags & O_CREAT) != 0)
            created_with.push_back({flags, mode});
        return fails() ? -1 : FileCalls::open(path, flags, mode);
    }
    ssize_t write(int descriptor, const void* bytes, std::size_t size) override
    {
        return fails() ? -1 : FileCalls::write(descriptor, bytes, size);
    }
    int fsync(int descriptor) override { return fails() ? -1 : FileCalls::fsync(descriptor); }
    int fchmod(int descriptor, mode_t mode) override
    {
        return fails() ? -1 : FileCalls::fchmod(descriptor, mode);
    }
    int link(const char* from, const char* to) override { return fails() ? -1 : FileCalls::link(from, to); }
    int rename(const char* from, const char* to) override
    {
        return fails() ? -1 : FileCalls::rename(from, to);
    }

    struct Created {
        int flags;
        mode_t mode;
    };
    std::vector<Created> created_with;

private:
    bool fails()
    {
        if (++count_ != call_)
            return false;
        failed = true;
        errno = ENOSPC;
        return true;
    }
    int call_;
    int count_ = 0;
};

/// Files, or folders, that belong to user 4711.
class OfAnotherUser final : public FileCalls {
public:
    explicit OfAnotherUser(bool folders)
        : folders_(folders)
    { }
    int fstat(int descriptor, struct stat* result) override
    {
        const int got = FileCalls::fstat(descriptor, result);
        if (got == 0 && S_ISDIR(result->st_mode) == folders_)
            result->st_uid = 4711;
        return got;
    }

private:
    bool folders_;
};

} // namespace

class SecretFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void TL_17_is_the_owners_from_its_first_byte_on()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath("key");
        const mode_t before = ::umask(0);
        FailingCalls calls(0);
        const auto written = write_secret_file(calls, path.toStdString(), "secret");
        ::umask(before);
        QVERIFY(written.has_value());
        QCOMPARE(mode_of(path), mode_t{0600});
        QCOMPARE(calls.created_with.size(), std::size_t{1});
        QVERIFY((calls.created_with.front().flags & (O_EXCL | O_NOFOLLOW)) == (O_EXCL | O_NOFOLLOW));
        QCOMPARE(calls.created_with.front().mode, mode_t{0600});
        QCOMPARE(file_text(path), std::string("secret"));
    }

    void a_mode_that_was_too_wide_is_not_kept_and_neither_is_the_old_secret()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath("key");
        put_file(path, "old secret");
        set_mode(path, 0644);
        QVERIFY(write_secret_file(path.toStdString(), "new secret").has_value());
        QCOMPARE(mode_of(path), mode_t{0600});
        QCOMPARE(names_in(folder), QStringList{"key"});
    }

    void FF_01_any_failing_call_leaves_the_old_file()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath("key");
        int n = 0;
        for (bool failed = true; failed;) {
            ++n;
            put_file(path, "old secret");
            FailingCalls calls(n);
            const auto written = write_secret_file(calls, path.toStdString(), "new secret");
            failed = calls.failed;
            QCOMPARE(written.has_value(), !failed);
            QCOMPARE(file_text(path), std::string(failed ? "old secret" : "new secret"));
            QCOMPARE(names_in(folder), QStringList{"key"});
            if (failed)
                QCOMPARE(written.error().system_error, ENOSPC);
        }
        QVERIFY2(n > 7, "every call took its turn");
    }

    void FF_02_a_killed_writer_leaves_a_whole_file()
    {
        const QTemporaryDir folder;
        const std::string path = folder.filePath("key").toStdString();
        const std::string a(20'000, 'a');
        const std::string b(30'000, 'b');
        QVERIFY(write_secret_file(path, a).has_value());
        for (int round = 0; round < 20; ++round) {
            QVERIFY(kill_while_writing(
                round % 5, [&](int i) { return write_secret_file(path, i % 2 == 0 ? b : a).has_value(); }));
            const auto found = read_secret_file(path, 100'000);
            QVERIFY(found.has_value());
            QVERIFY(*found == a || *found == b);
            for (const QString& name : names_in(folder))
                QCOMPARE(mode_of(folder.filePath(name)), mode_t{0600});
            remove_stale_temporaries(path);
            QCOMPARE(names_in(folder), QStringList{"key"});
        }
    }

    void TL_14_a_secret_that_others_share_is_refused_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addColumn<bool>("read");
        for (const int mode : {0600, 0400, 0700})
            QTest::addRow("%o", mode) << mode << true;
        for (const int mode : {0644, 0640, 0660, 0604, 0601, 0610, 0602, 0620, 0666, 0777})
            QTest::addRow("%o", mode) << mode << false;
    }
    void TL_14_a_secret_that_others_share_is_refused()
    {
        QFETCH(int, mode);
        QFETCH(bool, read);
        const QTemporaryDir folder;
        const QString path = folder.filePath("a key's file");
        put_file(path, "secret");
        set_mode(path, static_cast<mode_t>(mode));
        const auto result = read_secret_file(path.toStdString(), 100);
        QCOMPARE(result.has_value(), read);
        if (read) {
            QCOMPARE(*result, std::string("secret"));
            return;
        }
        QCOMPARE(result.error().code, ErrorCode::permission_denied);
        // The command that it names mends it.
        const QString message = QString::fromStdString(result.error().message());
        const qsizetype at = message.indexOf("chmod 600 ");
        QVERIFY2(at > 0 && message.contains(path), qPrintable(message));
        QCOMPARE(std::system(message.mid(at).toStdString().c_str()), 0); // NOLINT: what a person does
        QVERIFY(read_secret_file(path.toStdString(), 100).has_value());
    }

    void TL_14_a_folder_that_everybody_may_change_is_refused()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath("key");
        QVERIFY(write_secret_file(path.toStdString(), "secret").has_value());
        for (const mode_t mode : {mode_t{0777}, mode_t{0702}}) {
            set_mode(folder.path(), mode);
            const auto result = read_secret_file(path.toStdString(), 100);
            QVERIFY(!result.has_value());
            QCOMPARE(result.error().code, ErrorCode::permission_denied);
            const QString message = QString::fromStdString(result.error().message());
            QVERIFY2(message.contains("chmod o-w '" + folder.path() + "'"), qPrintable(message));
        }
        for (const mode_t mode : {mode_t{0755}, mode_t{01777}}) { // as /tmp: one's own file is one's own
            set_mode(folder.path(), mode);
            QVERIFY(read_secret_file(path.toStdString(), 100).has_value());
        }
    }

    void TL_14_what_belongs_to_another_user_is_refused()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath("key");
        QVERIFY(write_secret_file(path.toStdString(), "secret").has_value());
        for (const bool folders : {false, true}) {
            OfAnotherUser calls(folders);
            const auto result = read_secret_file(calls, path.toStdString(), 100);
            QVERIFY(!result.has_value());
            QCOMPARE(result.error().code, ErrorCode::permission_denied);
            const QString message = QString::fromStdString(result.error().message());
            QVERIFY2(message.contains("belongs to another user"), qPrintable(message));
            QVERIFY(message.contains(folder.path()));
        }
    }

    void a_link_is_judged_by_where_it_leads()
    {
        const QTemporaryDir folder;
        const QTemporaryDir elsewhere;
        const QString path = elsewhere.filePath("key");
        QVERIFY(write_secret_file(path.toStdString(), "secret").has_value());
        const std::string link = folder.filePath("link").toStdString();
        QVERIFY(QFile::link(path, QString::fromStdString(link)));
        QVERIFY(read_secret_file(link, 100).has_value());
        set_mode(elsewhere.path(), 0777);
        QVERIFY(!read_secret_file(link, 100).has_value());
    }

    void what_is_no_small_file_is_not_read()
    {
        const QTemporaryDir folder;
        const std::string path = folder.filePath("key").toStdString();
        QCOMPARE(read_secret_file(path, 100).error().code, ErrorCode::not_found);
        QVERIFY(write_secret_file(path, std::string(101, 'x')).has_value());
        QCOMPARE(read_secret_file(path, 100).error().code, ErrorCode::too_large);
        QCOMPARE(
            read_secret_file(folder.path().toStdString(), 100).error().code, ErrorCode::invalid_argument);
        const std::string fifo = folder.filePath("fifo").toStdString();
        QCOMPARE(::mkfifo(fifo.c_str(), 0600), 0);
        QCOMPARE(read_secret_file(fifo, 100).error().code, ErrorCode::invalid_argument);
    }

    void TL_17_a_folder_is_the_owners_alone()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath("tls");
        const mode_t before = ::umask(0);
        const auto made = make_secret_folder(path.toStdString());
        ::umask(before);
        QVERIFY(made.has_value());
        QCOMPARE(mode_of(path), mode_t{0700});
        set_mode(path, 0777);
        QVERIFY(make_secret_folder(path.toStdString()).has_value());
        QCOMPARE(mode_of(path), mode_t{0700});

        put_file(folder.filePath("file"), "x");
        QCOMPARE(make_secret_folder(folder.filePath("file").toStdString()).error().code,
            ErrorCode::invalid_argument);
        QVERIFY(QFile::link(path, folder.filePath("link")));
        QCOMPARE(make_secret_folder(folder.filePath("link").toStdString()).error().code,
            ErrorCode::invalid_argument);
        QVERIFY(!make_secret_folder(folder.filePath("no/such").toStdString()).has_value());
    }
};

QTEST_GUILESS_MAIN(SecretFileTest)
#include "secret_file_test.moc"
