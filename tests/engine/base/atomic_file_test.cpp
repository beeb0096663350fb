#include "base/file_writing.h"
#include "support/killed_writer.h"

#include "jackfield/atomic_file.h"
#include "jackfield/secret_file.h"

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

/// Plays a kernel whose n-th call fails.
class FailingCalls final : public FileCalls {
public:
    FailingCalls(int call, int error, bool sticky)
        : call_(call)
        , error_(error)
        , sticky_(sticky)
    { }
    int failures = 0;

    int open(const char* path, int flags, mode_t mode) override
    {
        return fails() ? -1 : FileCalls::open(path, flags, mode);
    }
    int close(int descriptor) override
    {
        const bool failed = fails();
        const int result = FileCalls::close(
            descriptor); // the kernel releases the descriptor even when it reports an error
        if (failed)
            errno = error_;
        return failed ? -1 : result;
    }
    ssize_t read(int descriptor, void* bytes, std::size_t size) override
    {
        return fails() ? -1 : FileCalls::read(descriptor, bytes, size);
    }
    ssize_t write(int descriptor, const void* bytes, std::size_t size) override
    {
        if (fails())
            return -1;
        return FileCalls::write(descriptor, bytes, std::min<std::size_t>(size, 7));
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
    int link(const char* from, const char* to) override { return fails() ? -1 : FileCalls::link(from, to); }
    int rename(const char* from, const char* to) override
    {
        return fails() ? -1 : FileCalls::rename(from, to);
    }
    int unlink(const char* path) override { return FileCalls::unlink(path); }

private:
    bool fails()
    {
        ++count_;
        if (count_ != call_ && !(sticky_ && count_ > call_))
            return false;
        ++failures;
        errno = error_;
        return true;
    }
    int call_;
    int error_;
    bool sticky_;
    int count_ = 0;
};

/// A file system without hard links, as FAT.
class NoLinks final : public FileCalls {
public:
    int link(const char*, const char*) override
    {
        errno = EPERM;
        return -1;
    }
};

/// A file system that keeps less than it says.
class LosesTheEnd final : public FileCalls {
public:
    int fsync(int descriptor) override
    {
        struct stat status { };
        if (FileCalls::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode))
            return ftruncate(descriptor, status.st_size / 2);
        return FileCalls::fsync(descriptor);
    }
};

class StopsWriting final : public FileCalls {
public:
    ssize_t write(int, const void*, std::size_t) override { return 0; }
};

QByteArray content_of(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
}

void put(const QString& path, const QByteArray& content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot prepare %s", qPrintable(path));
}

QStringList names_in(const QTemporaryDir& folder)
{
    return QDir(folder.path()).entryList(QDir::Files | QDir::Hidden | QDir::System, QDir::Name);
}

} // namespace

class AtomicFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writes_a_new_file();
    void replaces_a_file_and_keeps_the_old_one();
    void what_is_no_document_leaves_no_copy();
    void a_private_key_is_not_replaced_data();
    void a_private_key_is_not_replaced();
    void keeps_the_mode();
    void follows_a_symbolic_link_to_the_real_file();
    void a_loop_of_links_is_an_error();
    void any_failing_call_leaves_the_old_file_data();
    void any_failing_call_leaves_the_old_file();
    void any_failing_call_leaves_no_half_of_a_new_file();
    void a_lost_end_is_noticed();
    void a_write_that_takes_nothing_is_an_error();
    void works_without_hard_links();
    void writes_to_no_folder_or_device();
    void a_kernel_that_takes_no_more_leaves_the_old_file();
    void reads_what_it_may_data();
    void reads_what_it_may();
    void waits_for_no_fifo();
    void a_killed_writer_leaves_a_whole_file();
    void removes_only_what_no_living_writer_needs();
};

void AtomicFileTest::writes_a_new_file()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("settings");
    QVERIFY(write_document_atomically(path.toStdString(), "one\n").has_value());
    QCOMPARE(content_of(path), QByteArray("one\n"));
    QCOMPARE(names_in(folder), QStringList{"settings"});
    QVERIFY(write_document_atomically(folder.filePath("empty").toStdString(), "").has_value());
    QCOMPARE(content_of(folder.filePath("empty")), QByteArray());
    const auto missing = write_document_atomically(folder.filePath("no/such/folder").toStdString(), "x");
    QVERIFY(!missing.has_value());
    QCOMPARE(missing.error().code, ErrorCode::system);
    QCOMPARE(missing.error().system_error, ENOENT);
}

void AtomicFileTest::replaces_a_file_and_keeps_the_old_one()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("settings");
    for (const char* content : {"one", "two", "three"})
        QVERIFY(write_document_atomically(path.toStdString(), content).has_value());
    QCOMPARE(content_of(path), QByteArray("three"));
    QCOMPARE(content_of(path + ".bak"), QByteArray("two"));
    QCOMPARE(names_in(folder), (QStringList{"settings", "settings.bak"}));
}

void AtomicFileTest::what_is_no_document_leaves_no_copy()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("report");
    for (const char* content : {"one", "two", "three"})
        QVERIFY(write_file_atomically(path.toStdString(), content).has_value());
    QCOMPARE(content_of(path), QByteArray("three"));
    QCOMPARE(names_in(folder), QStringList{"report"});
}

void AtomicFileTest::a_private_key_is_not_replaced_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("PKCS#8") << QByteArray("-----BEGIN PRIVATE KEY-----\nMIG=\n-----END PRIVATE KEY-----\n");
    QTest::newRow("RFC 5915, behind a certificate")
        << QByteArray("-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n-----BEGIN EC PRIVATE KEY-----\n");
    QTest::newRow("encrypted") << QByteArray("-----BEGIN ENCRYPTED PRIVATE KEY-----\n");
}

void AtomicFileTest::a_private_key_is_not_replaced()
{
    QFETCH(QByteArray, content);
    const QTemporaryDir folder;
    const QString path = folder.filePath("key.pem");
    put(path, content);
    QVERIFY(QFile::link(path, folder.filePath("link")));
    for (const QString& name : {path, folder.filePath("link")}) {
        for (const auto& written :
            {write_file_atomically(name.toStdString(), "x"), write_document_atomically(name.toStdString(), "x")}) {
            QVERIFY(!written);
            QCOMPARE(written.error().code, ErrorCode::invalid_argument);
            QVERIFY(written.error().message().find("holds a private key") != std::string::npos);
        }
    }
    QCOMPARE(content_of(path), content);
    QCOMPARE(names_in(folder), (QStringList{"key.pem", "link"}));
    QVERIFY(write_secret_file(path.toStdString(), "another").has_value());
}

void AtomicFileTest::keeps_the_mode()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("settings");
    put(path, "old");
    for (const mode_t mode : {mode_t{0600}, mode_t{0640}, mode_t{0666}}) {
        QCOMPARE(::chmod(path.toStdString().c_str(), mode), 0);
        QVERIFY(write_document_atomically(path.toStdString(), "new").has_value());
        struct stat status { };
        QCOMPARE(::stat(path.toStdString().c_str(), &status), 0);
        QCOMPARE(status.st_mode & 07777U, mode);
    }
}

void AtomicFileTest::follows_a_symbolic_link_to_the_real_file()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir("real"));
    put(folder.filePath("real/file"), "old");
    QVERIFY(QFile::link("real/file", folder.filePath("second")));
    QVERIFY(QFile::link("second", folder.filePath("first")));
    const std::string path = folder.filePath("first").toStdString();
    QVERIFY(write_document_atomically(path, "new").has_value());
    QVERIFY(QFileInfo(folder.filePath("first")).isSymLink());
    QCOMPARE(content_of(folder.filePath("real/file")), QByteArray("new"));
    QCOMPARE(content_of(folder.filePath("real/file.bak")), QByteArray("old"));

    QVERIFY(QFile::link("real/later", folder.filePath("dangling")));
    QVERIFY(write_document_atomically(folder.filePath("dangling").toStdString(), "new").has_value());
    QCOMPARE(content_of(folder.filePath("real/later")), QByteArray("new"));
}

void AtomicFileTest::a_loop_of_links_is_an_error()
{
    const QTemporaryDir folder;
    QVERIFY(QFile::link("b", folder.filePath("a")));
    QVERIFY(QFile::link("a", folder.filePath("b")));
    const auto written = write_document_atomically(folder.filePath("a").toStdString(), "x");
    QVERIFY(!written.has_value());
    QCOMPARE(written.error().system_error, ELOOP);
    QVERIFY(!read_whole_file(folder.filePath("a").toStdString(), 10).has_value());
}

void AtomicFileTest::any_failing_call_leaves_the_old_file_data()
{
    QTest::addColumn<int>("error");
    QTest::newRow("FF-01 ENOSPC") << ENOSPC;
    QTest::newRow("FF-01 EDQUOT") << EDQUOT;
    QTest::newRow("FF-01 EIO") << EIO;
    QTest::newRow("FF-01 EROFS") << EROFS;
    QTest::newRow("FF-01 EFBIG") << EFBIG;
    QTest::newRow("FF-01 EACCES") << EACCES;
}

void AtomicFileTest::any_failing_call_leaves_the_old_file()
{
    QFETCH(int, error);
    const QTemporaryDir folder;
    const QString path = folder.filePath("settings");
    const QByteArray old("the old content, which is not to be lost\n");
    bool failed = true;
    int n = 0;
    while (failed) {
        ++n;
        QFile::remove(path); // after a failure the two may be names of one file
        put(path, old);
        put(path + ".bak", "older");
        FailingCalls calls(n, error, false);
        const auto written = write_document_atomically(calls, path.toStdString(), "some new content\n");
        failed = calls.failures > 0;
        if (failed && !written) {
            QCOMPARE(written.error().system_error, error);
            QCOMPARE(
                written.error().code, error == EACCES ? ErrorCode::permission_denied : ErrorCode::system);
            QCOMPARE(content_of(path), old);
        } else {
            // The last call closes the folder; nothing depends on it.
            QCOMPARE(content_of(path), QByteArray("some new content\n"));
        }
        const QByteArray backup = content_of(path + ".bak");
        QVERIFY2(backup == "older" || backup == old, qPrintable(QString("call %1").arg(n)));
        QCOMPARE(names_in(folder), (QStringList{"settings", "settings.bak"}));
    }
    QVERIFY2(n > 12, "every call took its turn");
}

void AtomicFileTest::any_failing_call_leaves_no_half_of_a_new_file()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("settings");
    for (const bool sticky : {false, true}) {
        int failures = 1;
        for (int n = 1; failures > 0; ++n) {
            FailingCalls calls(n, ENOSPC, sticky);
            const auto written = write_document_atomically(calls, path.toStdString(), "some new content\n");
            failures = calls.failures;
            if (!written)
                QCOMPARE(names_in(folder), QStringList());
            else
                QCOMPARE(content_of(path), QByteArray("some new content\n"));
            QFile::remove(path);
        }
    }
}

void AtomicFileTest::a_lost_end_is_noticed()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("settings");
    put(path, "old");
    LosesTheEnd calls;
    const auto written = write_document_atomically(calls, path.toStdString(), "some new content\n");
    QVERIFY(!written.has_value());
    QCOMPARE(written.error().system_error, ENOSPC);
    QCOMPARE(content_of(path), QByteArray("old"));
    QCOMPARE(names_in(folder), QStringList{"settings"});
}

void AtomicFileTest::a_write_that_takes_nothing_is_an_error()
{
    const QTemporaryDir folder;
    StopsWriting calls;
    const auto written = write_document_atomically(calls, folder.filePath("settings").toStdString(), "x");
    QVERIFY(!written.has_value());
    QCOMPARE(written.error().system_error, EIO);
}

void AtomicFileTest::works_without_hard_links()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("settings");
    NoLinks calls;
    for (const char* content : {"one", "two"})
        QVERIFY(write_document_atomically(calls, path.toStdString(), content).has_value());
    QCOMPARE(content_of(path), QByteArray("two"));
    QCOMPARE(content_of(path + ".bak"), QByteArray("one"));
    QCOMPARE(names_in(folder), (QStringList{"settings", "settings.bak"}));
}

void AtomicFileTest::writes_to_no_folder_or_device()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir("sub"));
    for (const std::string& path : {folder.filePath("sub").toStdString(), std::string("/dev/null")}) {
        const auto written = write_document_atomically(path, "x");
        QVERIFY(!written.has_value());
        QCOMPARE(written.error().code, ErrorCode::invalid_argument);
    }
}

void AtomicFileTest::a_kernel_that_takes_no_more_leaves_the_old_file()
{
    // A child with a limit on the size of its files has the kernel itself refuse the write (EFBIG).
    const QTemporaryDir folder;
    const QString path = folder.filePath("settings");
    put(path, "old");
    const std::string native = path.toStdString();
    const std::string large(1U << 16U, 'x');
    const pid_t child = fork();
    QVERIFY(child >= 0);
    if (child == 0) {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{4096, 4096};
        if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
            _exit(1);
        const auto written = write_document_atomically(native, large);
        _exit(!written && written.error().system_error == EFBIG ? 42 : 2);
    }
    int status = 0;
    QCOMPARE(waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 42);
    QCOMPARE(content_of(path), QByteArray("old"));
    QCOMPARE(names_in(folder), QStringList{"settings"});
}

void AtomicFileTest::reads_what_it_may_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<quint64>("most");
    QTest::addColumn<bool>("read");
    QTest::newRow("empty") << QByteArray() << quint64{0} << true;
    QTest::newRow("exactly the limit") << QByteArray("abc") << quint64{3} << true;
    QTest::newRow("one over the limit") << QByteArray("abcd") << quint64{3} << false;
    QTest::newRow("many chunks") << QByteArray(100'000, 'x') << quint64{100'000} << true;
    QTest::newRow("NUL inside") << QByteArray("a\0b", 3) << quint64{10} << true;
}

void AtomicFileTest::reads_what_it_may()
{
    QFETCH(QByteArray, content);
    QFETCH(quint64, most);
    QFETCH(bool, read);
    const QTemporaryDir folder;
    put(folder.filePath("file"), content);
    const auto result = read_whole_file(folder.filePath("file").toStdString(), most);
    QCOMPARE(result.has_value(), read);
    if (read)
        QCOMPARE(QByteArray::fromStdString(*result), content);
    else
        QCOMPARE(result.error().code, ErrorCode::too_large);
}

void AtomicFileTest::waits_for_no_fifo()
{
    const QTemporaryDir folder;
    const std::string fifo = folder.filePath("fifo").toStdString();
    QCOMPARE(mkfifo(fifo.c_str(), 0600), 0);
    for (const std::string& path : {fifo, folder.path().toStdString(), std::string("/dev/zero")}) {
        const auto result = read_whole_file(path, 1000);
        QVERIFY(!result.has_value());
        QCOMPARE(result.error().code, ErrorCode::invalid_argument);
    }
    const auto missing = read_whole_file(folder.filePath("missing").toStdString(), 10);
    QVERIFY(!missing.has_value());
    QCOMPARE(missing.error().code, ErrorCode::not_found);
}

void AtomicFileTest::a_killed_writer_leaves_a_whole_file()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("settings");
    const std::string native = path.toStdString();
    const std::string a(20'000, 'a');
    const std::string b(30'000, 'b');
    QVERIFY(write_document_atomically(native, a).has_value());
    for (int round = 0; round < 50; ++round) {
        QVERIFY(test::kill_while_writing(
            round % 5, [&](int i) { return write_document_atomically(native, i % 2 == 0 ? b : a).has_value(); }));
        const QByteArray found = content_of(path);
        QVERIFY2(found == QByteArray::fromStdString(a) || found == QByteArray::fromStdString(b),
            "FF-02 old or new, whole");
        remove_stale_temporaries(native);
        QCOMPARE(names_in(folder), (QStringList{"settings", "settings.bak"}));
    }
}

void AtomicFileTest::removes_only_what_no_living_writer_needs()
{
    const QTemporaryDir folder;
    const pid_t dead = fork();
    QVERIFY(dead >= 0);
    if (dead == 0)
        _exit(0);
    QCOMPARE(waitpid(dead, nullptr, 0), dead);
    const QString of_dead = QString(".settings.%1-1.new.tmp").arg(dead);
    const QString of_parent = QString(".settings.%1-1.new.tmp").arg(getppid());
    const QString of_namesake = QString(".settings.%1-99999999.new.tmp").arg(getpid());
    for (const QString& name : {of_dead, of_parent, of_namesake, QString(".other.1-1.new.tmp"),
             QString(".settings.x.tmp"), QString("settings")})
        put(folder.filePath(name), "x");
    remove_stale_temporaries(folder.filePath("settings").toStdString());
    QStringList left{of_parent, ".other.1-1.new.tmp", ".settings.x.tmp", "settings"};
    left.sort();
    QStringList found = names_in(folder);
    found.sort();
    QCOMPARE(found, left);
}

QTEST_GUILESS_MAIN(AtomicFileTest)
#include "atomic_file_test.moc"
