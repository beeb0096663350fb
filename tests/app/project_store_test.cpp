#include "app/shared/project_disk.h"
#include "app/shared/project_store.h"

#include "jackfield/atomic_file.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <fcntl.h>
#include <future>
#include <mutex>
#include <thread>
#include <unistd.h>

using namespace jackfield;
using namespace jackfield::app;
using namespace std::chrono_literals;

namespace {

constexpr auto patience = 20s;

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

/// A project that is told from others by its number.
Project numbered(std::uint64_t number)
{
    Project project;
    project.settings.limits.max_message = 1'000'000 + number;
    // Large enough that writing it takes more than one moment.
    TemplateNode node;
    node.name = "Large";
    node.message.payload
        = SharedBytes(std::string_view(std::string(40'000, static_cast<char>('a' + number % 20))));
    project.templates = {node};
    return project;
}

/// What a store has told, for waiting on.
class Told {
public:
    ProjectStore::Callbacks callbacks()
    {
        ProjectStore::Callbacks result;
        result.on_read = [this](const std::string&, Result<ReadProject> read) {
            add(read ? "read" : "error " + read.error().message());
        };
        result.on_saved = [this](const std::string&) { add("saved"); };
        result.on_changed_meanwhile = [this](const std::string&) { add("changed meanwhile"); };
        result.on_save_failed
            = [this](const std::string&, const std::string& problem) { add("failed " + problem); };
        result.on_changed = [this](const ProjectChange& change) {
            add(std::holds_alternative<ReadProject>(change) ? "changed "
                        + std::to_string(std::get<ReadProject>(change).project.settings.limits.max_message)
                    : std::holds_alternative<ProjectGone>(change)
                    ? "gone"
                    : std::holds_alternative<ProjectBack>(change)
                    ? "back"
                    : "unusable " + std::get<ProjectUnusable>(change).problem);
        };
        result.on_looked = [this](const std::vector<std::string>&, const std::vector<bool>& found) {
            std::string text = "found";
            for (const bool each : found)
                text += each ? " yes" : " no";
            add(text);
        };
        return result;
    }

    /// Waits until something was told that begins so, behind what was waited for before.
    bool wait_for(const std::string& beginning)
    {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, patience, [&] {
            for (std::size_t i = seen_; i < told_.size(); ++i) {
                if (told_[i].starts_with(beginning)) {
                    last_ = told_[i];
                    seen_ = i + 1;
                    return true;
                }
            }
            return false;
        });
    }
    std::string last()
    {
        const std::lock_guard lock(mutex_);
        return last_;
    }
    std::vector<std::string> all()
    {
        const std::lock_guard lock(mutex_);
        return told_;
    }

private:
    void add(std::string what)
    {
        {
            const std::lock_guard lock(mutex_);
            told_.push_back(std::move(what));
        }
        changed_.notify_all();
    }
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> told_;
    std::string last_;
    std::size_t seen_ = 0;
};

} // namespace

class ProjectStoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_bad_file_is_an_error_and_stays_as_it_is_data();
    void a_bad_file_is_an_error_and_stays_as_it_is();
    void the_settings_own_files_are_no_projects_data();
    void the_settings_own_files_are_no_projects();
    void a_link_to_the_settings_is_no_project();
    void what_cannot_be_read_is_not_written_over_unasked();
    void a_lock_that_stays_is_an_error();
    void a_file_that_everybody_can_write_gets_a_warning();
    void saves_and_reads_again();
    void a_failed_save_leaves_the_old_file_data();
    void a_failed_save_leaves_the_old_file();
    void a_file_that_may_not_grow_leaves_the_old_one();
    void a_killed_save_leaves_a_whole_file();
    void two_programs_that_save_leave_one_whole_file();
    void a_change_of_another_program_is_not_written_over();
    void another_file_is_not_replaced_unasked();
    void unknown_members_of_the_newest_text_survive();
    void tells_of_each_change_once();
    void tells_of_a_file_that_is_gone_and_of_one_that_is_unusable();
    void its_own_saves_are_not_told();
    void a_link_stays_a_link();
    void a_slow_file_system_holds_up_nobody();
    void looks_for_files();
};

void ProjectStoreTest::a_bad_file_is_an_error_and_stays_as_it_is_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const char* kind, const QByteArray& content, const char* reason) {
        QTest::newRow(name) << QString(kind) << content << QString(reason);
    };
    row("FF-04 absent", "absent", {}, "there is no ");
    row("FF-04 empty", "file", {}, "it is empty");
    row("FF-04 truncated", "file", "{\"jackfield\": 1, \"lis", "line 1, column 22");
    row("FF-04 NULs", "file", QByteArray(4096, '\0'), "no JSON");
    row("FF-04 UTF-16", "file", QByteArray("\xff\xfe{\0", 4), "UTF-16");
    row("FF-04 100 MB", "large", {}, "larger than");
    row("FF-04 a directory", "directory", {}, "no regular file");
    row("FF-04 a FIFO", "fifo", {}, "no regular file");
    row("FF-04 a symlink loop", "loop", {}, "cannot open");
    row("FF-04 a device", "device", {}, "no regular file");
}

void ProjectStoreTest::a_bad_file_is_an_error_and_stays_as_it_is()
{
    QFETCH(QString, kind);
    QFETCH(QByteArray, content);
    QFETCH(QString, reason);
    const QTemporaryDir folder;
    const QString path = folder.filePath("shop.jackfield.json");
    const QByteArray name = QFile::encodeName(path);
    if (kind == "file" || kind == "large")
        put(path, content);
    if (kind == "large")
        QVERIFY(QFile::resize(path, 100'000'000));
    if (kind == "directory")
        QVERIFY(QDir().mkdir(path));
    if (kind == "fifo")
        QCOMPARE(::mkfifo(name.constData(), 0600), 0);
    if (kind == "loop")
        QCOMPARE(::symlink("shop.jackfield.json", name.constData()), 0);
    if (kind == "device")
        QCOMPARE(::symlink("/dev/null", name.constData()), 0);
    const auto names
        = [&] { return QDir(folder.path()).entryList(QDir::AllEntries | QDir::System | QDir::Hidden); };
    const QStringList before = names();
    const auto read = ProjectDisk().read(path.toStdString());
    QVERIFY(!read);
    const QString message = QString::fromStdString(read.error().message());
    QVERIFY2(message.contains(reason) && message.contains("shop.jackfield.json"), qPrintable(message));
    QCOMPARE(names(), before);
    if (kind == "file")
        QCOMPARE(content_of(path), content);
}

void ProjectStoreTest::the_settings_own_files_are_no_projects_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"settings", "templates", "sent", "pages"})
        QTest::newRow(name) << QString(name) + ".jackfield.json";
}

void ProjectStoreTest::the_settings_own_files_are_no_projects()
{
    QFETCH(QString, name);
    const QTemporaryDir folder;
    const QString path = folder.filePath(name);
    put(path, "{\"jackfield\":1}");
    ProjectDisk disk({"echo"}, folder.path().toStdString());
    QVERIFY(!disk.read(path.toStdString()));
    QVERIFY(!disk.save(path.toStdString(), Project(), true));
    QCOMPARE(content_of(path), QByteArray("{\"jackfield\":1}"));
    QVERIFY(ProjectDisk().read(path.toStdString()));
}

void ProjectStoreTest::a_link_to_the_settings_is_no_project()
{
    const QTemporaryDir config;
    const QTemporaryDir folder;
    const QString there = config.filePath("settings.jackfield.json");
    const QString missing = config.filePath("pages.jackfield.json");
    put(there, "{\"jackfield\":1}");
    ProjectDisk disk({"echo"}, config.path().toStdString());
    for (const QString& target : {there, missing}) {
        const QString link = folder.filePath("shop.jackfield.json");
        QVERIFY(QFile::link(target, link));
        QVERIFY(!disk.read(link.toStdString()));
        QVERIFY(!disk.save(link.toStdString(), Project(), true));
        QVERIFY(QFile::remove(link));
    }
    QCOMPARE(content_of(there), QByteArray("{\"jackfield\":1}"));
    QVERIFY(!QFile::exists(missing));
}

void ProjectStoreTest::what_cannot_be_read_is_not_written_over_unasked()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("shop.jackfield.json");
    ProjectDisk disk;
    QVERIFY(disk.save(path.toStdString(), numbered(1), false)->saved);
    QVERIFY(QFile::resize(path, 100'000'000)); // by another program
    const auto refused = disk.save(path.toStdString(), numbered(2), false);
    QVERIFY(refused && !refused->saved);
    QCOMPARE(QFile(path).size(), qint64{100'000'000});
    QVERIFY(disk.save(path.toStdString(), numbered(2), true)->saved);
}

void ProjectStoreTest::a_lock_that_stays_is_an_error()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("shop.jackfield.json");
    ProjectDisk disk;
    QVERIFY(disk.save(path.toStdString(), numbered(1), false)->saved);
    const QByteArray before = content_of(path);
    const int other = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    QCOMPARE(::flock(other, LOCK_EX), 0);
    const auto saved = disk.save(path.toStdString(), numbered(2), true);
    ::close(other);
    QVERIFY(!saved);
    QVERIFY2(saved.error().message().find("another program") != std::string::npos, "FF-17");
    QCOMPARE(content_of(path), before);
    QVERIFY(disk.save(path.toStdString(), numbered(2), true)->saved);
}

void ProjectStoreTest::a_file_that_everybody_can_write_gets_a_warning()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("shop.jackfield.json");
    put(path, "{\"jackfield\":1}");
    QCOMPARE(::chmod(QFile::encodeName(path).constData(), 0666), 0);
    const auto read = ProjectDisk().read(path.toStdString());
    QVERIFY(read && read->notices.size() == 1);
    QVERIFY2(read->notices[0].find("chmod o-w " + path.toStdString()) != std::string::npos, "FF-10");
}

void ProjectStoreTest::saves_and_reads_again()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath("shop.jackfield.json").toStdString();
    ProjectDisk disk;
    const auto saved = disk.save(path, numbered(3), false);
    QVERIFY(saved && saved->saved);
    const auto read = disk.read(path);
    QVERIFY(read);
    QVERIFY(same_content(read->project, numbered(3)));
    QVERIFY(read->notices.empty());
}

void ProjectStoreTest::a_failed_save_leaves_the_old_file_data()
{
    QTest::addColumn<int>("number");
    for (const auto& [name, number] : {std::pair("FF-01 ENOSPC", ENOSPC), std::pair("FF-01 EDQUOT", EDQUOT),
             std::pair("FF-01 EIO", EIO), std::pair("FF-01 EROFS", EROFS), std::pair("FF-01 EFBIG", EFBIG)})
        QTest::newRow(name) << number;
}

void ProjectStoreTest::a_failed_save_leaves_the_old_file()
{
    QFETCH(int, number);
    const QTemporaryDir folder;
    const QString path = folder.filePath("shop.jackfield.json");
    std::atomic<bool> broken{false};
    ProjectDisk disk({"echo"}, {}, [&](const std::string& to, std::string_view content) -> Result<void> {
        if (broken)
            return fail(ErrorCode::system, "cannot write " + to, number);
        return write_file_atomically(to, content);
    });
    Told told;
    ProjectStore store(std::move(disk), told.callbacks());
    store.save(path.toStdString(), numbered(1), false);
    QVERIFY(told.wait_for("saved"));
    const QByteArray before = content_of(path);
    broken = true;
    store.save(path.toStdString(), numbered(2), false);
    QVERIFY(told.wait_for("failed "));
    QVERIFY2(told.last().find(path.toStdString()) != std::string::npos, told.last().c_str());
    QCOMPARE(content_of(path), before);
    broken = false;
    store.save(path.toStdString(), numbered(2), false);
    QVERIFY2(told.wait_for("saved"), "what failed counts as unsaved, not as another program's change");
    QVERIFY(content_of(path) != before);
}

void ProjectStoreTest::a_file_that_may_not_grow_leaves_the_old_one()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("shop.jackfield.json");
    ProjectDisk disk;
    QVERIFY(disk.save(path.toStdString(), Project(), false)->saved);
    const QByteArray before = content_of(path);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &limit), 0);
    rlimit small = limit;
    small.rlim_cur = 16'384;
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto saved = disk.save(path.toStdString(), numbered(2), false);
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &limit), 0);
    QVERIFY2(!saved, "FF-01 EFBIG by the system itself");
    QCOMPARE(saved.error().system_error, EFBIG);
    QCOMPARE(content_of(path), before);
    QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
        QStringList{"shop.jackfield.json"});
}

void ProjectStoreTest::a_killed_save_leaves_a_whole_file()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("shop.jackfield.json");
    QVERIFY(ProjectDisk().save(path.toStdString(), numbered(0), false)->saved);
    for (int round = 0; round < 30; ++round) {
        int pipe[2];
        QCOMPARE(::pipe(pipe), 0);
        const pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            ProjectDisk disk;
            for (std::uint64_t i = 0;; ++i) {
                static_cast<void>(disk.save(path.toStdString(), numbered(i), true));
                if (::write(pipe[1], "x", 1) != 1)
                    ::_exit(1);
            }
        }
        ::close(pipe[1]);
        char saves[4];
        // A save at least is done and another one under way, each time somewhere else.
        for (int i = 0; i <= round % 4; ++i)
            QCOMPARE(::read(pipe[0], saves, 1), ssize_t{1});
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        ::close(pipe[0]);
        const auto read = ProjectDisk().read(path.toStdString());
        QVERIFY2(read, read ? "" : ("FF-02 " + read.error().message()).c_str());
        const std::uint64_t number = read->project.settings.limits.max_message - 1'000'000;
        QVERIFY(same_content(read->project, numbered(number)));
    }
    ProjectDisk disk;
    disk.adopt(path.toStdString(), nullptr);
    const QStringList left
        = QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    QVERIFY2(left == (QStringList{"shop.jackfield.json", "shop.jackfield.json.bak"}),
        qPrintable("FF-02 " + left.join(' ')));
}

void ProjectStoreTest::two_programs_that_save_leave_one_whole_file()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath("shop.jackfield.json").toStdString();
    QVERIFY(ProjectDisk().save(path, numbered(0), false)->saved);
    std::vector<std::thread> programs;
    std::atomic<int> failures{0};
    for (std::uint64_t who = 1; who <= 3; ++who) {
        programs.emplace_back([&, who] {
            ProjectDisk disk;
            disk.adopt(path, nullptr);
            for (int i = 0; i < 12; ++i) {
                if (!disk.save(path, numbered(who), true))
                    ++failures;
                if (const auto read = disk.read(path); !read)
                    ++failures;
            }
        });
    }
    for (std::thread& program : programs)
        program.join();
    QVERIFY2(failures == 0, "FF-17");
    const auto read = ProjectDisk().read(path);
    QVERIFY(read);
    const std::uint64_t last = read->project.settings.limits.max_message - 1'000'000;
    QVERIFY(last >= 1 && last <= 3);
    QVERIFY(same_content(read->project, numbered(last)));
}

void ProjectStoreTest::a_change_of_another_program_is_not_written_over()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath("shop.jackfield.json").toStdString();
    ProjectDisk ours;
    ProjectDisk theirs;
    QVERIFY(ours.save(path, numbered(1), false)->saved);
    const auto read = theirs.read(path);
    theirs.adopt(path, read->text);
    QVERIFY(theirs.save(path, numbered(2), false)->saved);
    const auto refused = ours.save(path, numbered(3), false);
    QVERIFY2(refused && !refused->saved, "FF-17");
    QVERIFY(same_content(ours.read(path)->project, numbered(2)));
    QVERIFY(ours.save(path, numbered(3), true)->saved);
    QVERIFY(same_content(ours.read(path)->project, numbered(3)));
}

void ProjectStoreTest::another_file_is_not_replaced_unasked()
{
    const QTemporaryDir folder;
    const QString other = folder.filePath("other.jackfield.json");
    put(other, "precious");
    ProjectDisk disk;
    const auto refused = disk.save(other.toStdString(), numbered(1), false);
    QVERIFY(refused && !refused->saved);
    QCOMPARE(content_of(other), QByteArray("precious"));
    QVERIFY(disk.save(other.toStdString(), numbered(1), true)->saved);
    QCOMPARE(content_of(other + ".bak"), QByteArray("precious"));
}

void ProjectStoreTest::unknown_members_of_the_newest_text_survive()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("shop.jackfield.json");
    put(path, "{\"jackfield\":1,\"first\":1}");
    ProjectDisk disk;
    disk.adopt(path.toStdString(), disk.read(path.toStdString())->text);
    put(path, "{\"jackfield\":1,\"second\":2}");
    QVERIFY(disk.save(path.toStdString(), Project(), true)->saved);
    QVERIFY(content_of(path).contains("\"second\": 2"));
    const QString elsewhere = folder.filePath("copy.jackfield.json");
    QVERIFY(disk.save(elsewhere.toStdString(), Project(), false)->saved);
    QVERIFY2(content_of(elsewhere).contains("\"second\": 2"), "they go with the project");
}

void ProjectStoreTest::tells_of_each_change_once()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("shop.jackfield.json");
    Told told;
    ProjectDisk disk;
    QVERIFY(disk.save(path.toStdString(), numbered(1), false)->saved);
    const auto read = disk.read(path.toStdString());
    ProjectStore store(ProjectDisk(), told.callbacks());
    store.adopt(path.toStdString(), read->text);
    QVERIFY(disk.save(path.toStdString(), numbered(2), true)->saved);
    QVERIFY(told.wait_for("changed 1000002"));
    // The same again, by another inode.
    QVERIFY(disk.save(path.toStdString(), numbered(2), true)->saved);
    QVERIFY(disk.save(path.toStdString(), numbered(3), true)->saved);
    QVERIFY(told.wait_for("changed 1000003"));
    const auto all = told.all();
    QCOMPARE(std::count(all.begin(), all.end(), "changed 1000002"), std::ptrdiff_t{1});
}

void ProjectStoreTest::tells_of_a_file_that_is_gone_and_of_one_that_is_unusable()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("shop.jackfield.json");
    Told told;
    ProjectDisk disk;
    QVERIFY(disk.save(path.toStdString(), numbered(1), false)->saved);
    ProjectStore store(ProjectDisk(), told.callbacks());
    store.adopt(path.toStdString(), disk.read(path.toStdString())->text);
    QVERIFY(QFile::remove(path));
    QVERIFY(told.wait_for("gone"));
    put(path, "{\n\"jackfield\": }");
    QVERIFY(told.wait_for("unusable "));
    QVERIFY2(told.last().find("line 2, column 14") != std::string::npos, told.last().c_str());
    QVERIFY(disk.save(path.toStdString(), numbered(1), true)->saved);
    QVERIFY(told.wait_for("back"));
    QVERIFY(disk.save(path.toStdString(), numbered(4), true)->saved);
    QVERIFY(told.wait_for("changed 1000004"));
}

void ProjectStoreTest::its_own_saves_are_not_told()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath("shop.jackfield.json").toStdString();
    Told told;
    ProjectStore store(ProjectDisk(), told.callbacks());
    for (std::uint64_t i = 0; i < 5; ++i)
        store.save(path, numbered(i), false);
    for (int i = 0; i < 5; ++i)
        QVERIFY(told.wait_for("saved"));
    QVERIFY(ProjectDisk().save(path, numbered(9), true)->saved);
    QVERIFY(told.wait_for("changed "));
    QCOMPARE(told.last(), std::string("changed 1000009"));
    QCOMPARE(told.all().size(), std::size_t{6});
}

void ProjectStoreTest::a_link_stays_a_link()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir("real"));
    const QString real = folder.filePath("real/shop.jackfield.json");
    const QString link = folder.filePath("shop.jackfield.json");
    QVERIFY(ProjectDisk().save(real.toStdString(), numbered(1), false)->saved);
    QVERIFY(QFile::link(real, link));
    Told told;
    ProjectStore store(ProjectDisk(), told.callbacks());
    store.adopt(link.toStdString(), ProjectDisk().read(link.toStdString())->text);
    store.save(link.toStdString(), numbered(2), false);
    QVERIFY(told.wait_for("saved"));
    QVERIFY(QFileInfo(link).isSymLink());
    QVERIFY(same_content(ProjectDisk().read(real.toStdString())->project, numbered(2)));
    QVERIFY(ProjectDisk().save(real.toStdString(), numbered(3), true)->saved);
    QVERIFY(told.wait_for("changed 1000003"));
}

void ProjectStoreTest::a_slow_file_system_holds_up_nobody()
{
    const QTemporaryDir folder;
    // Outlives the store's thread, which is left to itself.
    auto answer = std::make_shared<std::promise<void>>();
    auto answered = std::make_shared<std::promise<void>>();
    Told told;
    {
        ProjectStore store(ProjectDisk({"echo"}, {},
                               [answer, answered](const std::string&, std::string_view) -> Result<void> {
                                   answer->get_future().wait();
                                   answered->set_value();
                                   return {};
                               }),
            told.callbacks());
        store.save(folder.filePath("shop.jackfield.json").toStdString(), numbered(1), false);
        store.read(folder.filePath("other.jackfield.json").toStdString());
        store.close(1ms); // FF-16: returns although the save hangs
        QVERIFY(told.all().empty());
    }
    answer->set_value();
    answered->get_future().wait();
    QVERIFY2(told.all().empty(), "nobody is told any more");
}

void ProjectStoreTest::looks_for_files()
{
    const QTemporaryDir folder;
    put(folder.filePath("a"), "x");
    Told told;
    ProjectStore store(ProjectDisk(), told.callbacks());
    store.look_for({folder.filePath("a").toStdString(), folder.filePath("b").toStdString()});
    QVERIFY(told.wait_for("found yes no"));
}

QTEST_GUILESS_MAIN(ProjectStoreTest)
#include "project_store_test.moc"
