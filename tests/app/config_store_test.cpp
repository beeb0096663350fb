#include "app/shared/config_store.h"
#include "app/shared/settings_file.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <condition_variable>
#include <fcntl.h>
#include <mutex>
#include <unistd.h>

using namespace jackfield;
using namespace std::chrono_literals;
using app::ConfigStore;
using app::StoredConfig;

namespace {

constexpr auto patience = 20s;

/// What a store has told, for waiting on.
class Told {
public:
    struct ListChange {
        ListKind list;
        AccessList content;
        std::vector<std::string> notices;
    };

    ConfigStore::Callbacks callbacks()
    {
        ConfigStore::Callbacks result;
        result.on_problem
            = [this](const std::string& problem) { add([&] { problems_.push_back(problem); }); };
        result.on_saved = [this] { add([&] { ++saves_; }); };
        result.on_list_changed
            = [this](ListKind list, const AccessList& content, const std::vector<std::string>& notices) {
                  add([&] { changes_.push_back({list, content, notices}); });
              };
        return result;
    }

    bool wait_for_saves(int count)
    {
        return wait([&] { return saves_ >= count; });
    }
    bool wait_for_problems(std::size_t count)
    {
        return wait([&] { return problems_.size() >= count; });
    }
    bool wait_for_changes(std::size_t count)
    {
        return wait([&] { return changes_.size() >= count; });
    }
    /// For a file that is written in place, when somebody may look at it half way: what counts is where it
    /// ends.
    std::optional<ListChange> wait_for_list_with(const std::string& first_line)
    {
        const auto is_it = [&] {
            return !changes_.empty() && !changes_.back().content.lines.empty()
                && changes_.back().content.lines.front().text == first_line;
        };
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, patience, is_it) ? std::optional(changes_.back()) : std::nullopt;
    }
    std::vector<ListChange> changes()
    {
        const std::lock_guard lock(mutex_);
        return changes_;
    }
    std::vector<std::string> problems()
    {
        const std::lock_guard lock(mutex_);
        return problems_;
    }
    int saves()
    {
        const std::lock_guard lock(mutex_);
        return saves_;
    }

private:
    template <class Change>
    void add(const Change& change)
    {
        {
            const std::lock_guard lock(mutex_);
            change();
        }
        changed_.notify_all();
    }
    template <class Condition>
    bool wait(const Condition& condition)
    {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, patience, condition);
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> problems_;
    std::vector<ListChange> changes_;
    int saves_ = 0;
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

std::unique_ptr<ConfigStore> open(const QString& folder)
{
    auto store = ConfigStore::open(folder.toStdString(), patience);
    if (!store)
        qFatal("%s", store.error().message().c_str());
    return std::move(*store);
}

/// The status of a server that runs what the store has loaded.
ServerStatus status_of(const StoredConfig& config)
{
    ServerStatus status;
    status.endpoints = config.endpoints;
    status.access = config.access;
    status.older_protocols = config.older_protocols;
    status.limits = config.limits;
    status.compression = config.compression;
    return status;
}

std::shared_ptr<const ServerStatus> shared(const ServerStatus& status)
{
    return std::make_shared<const ServerStatus>(status);
}

QStringList names_in(const QString& folder)
{
    QStringList names = QDir(folder).entryList(QDir::Files | QDir::Hidden | QDir::System, QDir::Name);
    names.removeAll(".jackfield.lock");
    return names;
}

QStringList names_in(const QTemporaryDir& folder)
{
    return names_in(folder.path());
}

QStringList set_aside_in(const QTemporaryDir& folder)
{
    return QDir(folder.path())
        .entryList({"settings.jackfield.json.corrupt-*"}, QDir::AllEntries | QDir::System | QDir::Hidden);
}

const char* settings_name = "settings.jackfield.json";

} // namespace

class ConfigStoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void an_empty_folder_is_all_defaults_and_stays_empty();
    void reads_what_it_saved();
    void saves_each_list_only_when_it_is_edited();
    void temporary_lines_are_never_saved();
    void many_changes_are_few_saves();
    void a_change_taken_back_is_not_saved();
    void closing_saves_what_is_left();
    void a_bad_settings_file_is_set_aside_data();
    void a_bad_settings_file_is_set_aside();
    void the_backup_stands_in_for_a_bad_file();
    void any_damage_still_starts();
    void unknown_members_survive_a_save();
    void a_bad_list_leaves_the_built_in_entries_data();
    void a_bad_list_leaves_the_built_in_entries();
    void an_edit_keeps_a_bad_list_under_another_name();
    void a_list_that_everybody_can_write_gets_a_warning();
    void another_programs_change_is_told_data();
    void another_programs_change_is_told();
    void its_own_saves_are_not_told();
    void a_removed_list_is_the_built_in_one();
    void a_list_behind_a_link_is_watched_and_kept_a_link();
    void an_old_status_does_not_undo_another_programs_change();
    void a_failed_save_is_told_and_tried_again();
    void two_instances_keep_each_others_changes();
    void waits_for_the_lock_of_another_instance();
    void what_closing_does_not_wait_for_is_known_as_unsaved();
    void the_folder_is_made_anew();
    void stale_temporaries_are_removed();
    void a_folder_that_cannot_be_is_an_error();
};

void ConfigStoreTest::an_empty_folder_is_all_defaults_and_stays_empty()
{
    const QTemporaryDir folder;
    Told told;
    {
        const auto store = open(folder.path());
        const StoredConfig& config = store->loaded();
        QVERIFY(config.listeners == default_listeners());
        QVERIFY(config.endpoints == default_endpoints());
        QVERIFY(config.limits == Limits());
        QVERIFY(config.access.hosts == AccessList::built_in(ListKind::hosts));
        QCOMPARE(config.notices, std::vector<std::string>());
        store->start(told.callbacks());
        store->remember(shared(status_of(config)));
    }
    QCOMPARE(told.saves(), 0);
    QCOMPARE(names_in(folder), QStringList());
}

void ConfigStoreTest::reads_what_it_saved()
{
    const QTemporaryDir folder;
    ServerStatus status;
    {
        Told told;
        const auto store = open(folder.path());
        store->start(told.callbacks());
        status = status_of(store->loaded());
        QVERIFY(status.access.hosts.add(ListKind::hosts, "dev.test").has_value());
        QVERIFY(status.access.origins.remove(ListKind::origins, "*.localhost").has_value());
        status.access.origin_required = true;
        status.older_protocols = false;
        status.limits.max_message = 4096;
        status.compression.client_context_takeover = true;
        status.compression.level = 1;
        status.endpoints.push_back({"/room", {{"x", "chat"}}, "chat", true});
        store->remember(shared(status));
        QVERIFY(told.wait_for_saves(1));
        QVERIFY(!store->has_unsaved());
    }
    QCOMPARE(content_of(folder.filePath("Hosts.dat")),
        QByteArray("5\nlocalhost\n*.localhost\n127.0.0.1\n[::1]\ndev.test\n"));
    QCOMPARE(content_of(folder.filePath("Origins.dat")), QByteArray("3\nlocalhost\n127.0.0.1\n[::1]\n"));
    const auto store = open(folder.path());
    const StoredConfig& config = store->loaded();
    QCOMPARE(config.notices, std::vector<std::string>());
    QVERIFY(config.access.hosts == status.access.hosts);
    QVERIFY(config.access.origins == status.access.origins);
    QVERIFY(config.access.origin_required);
    QVERIFY(!config.older_protocols);
    QVERIFY(config.limits == status.limits);
    QVERIFY(config.compression == status.compression);
    QVERIFY(config.endpoints == status.endpoints);
    QVERIFY(config.listeners == default_listeners());
}

void ConfigStoreTest::saves_each_list_only_when_it_is_edited()
{
    const QTemporaryDir folder;
    put(folder.filePath("Origins.dat"), "7\r\nlocalhost\r\n# a wrong count and CRLF\r\n");
    Told told;
    {
        const auto store = open(folder.path());
        store->start(told.callbacks());
        ServerStatus status = status_of(store->loaded());
        QVERIFY(status.access.hosts.add(ListKind::hosts, "dev.test").has_value());
        store->remember(shared(status));
        QVERIFY(told.wait_for_saves(1));
    }
    QCOMPARE(names_in(folder), (QStringList{"Hosts.dat", "Origins.dat"}));
    QCOMPARE(content_of(folder.filePath("Origins.dat")),
        QByteArray("7\r\nlocalhost\r\n# a wrong count and CRLF\r\n"));
}

void ConfigStoreTest::temporary_lines_are_never_saved()
{
    const QTemporaryDir folder;
    {
        const auto store = open(folder.path());
        store->start({});
        ServerStatus status = status_of(store->loaded());
        QVERIFY(status.access.hosts.add(ListKind::hosts, "dev.test", true).has_value());
        QVERIFY(status.access.origins.add(ListKind::origins, "null", true, TimePoint(1h)).has_value());
        store->remember(shared(status));
    }
    QCOMPARE(names_in(folder), QStringList());
}

void ConfigStoreTest::many_changes_are_few_saves()
{
    const QTemporaryDir folder;
    Told told;
    const auto store = open(folder.path());
    store->start(told.callbacks());
    ServerStatus status = status_of(store->loaded());
    for (std::uint64_t i = 0; i < 1'000; ++i) {
        status.limits.max_message = 2'000 + i;
        store->remember(shared(status));
    }
    store->close(patience);
    QVERIFY2(told.saves() >= 1 && told.saves() < 100, qPrintable(QString::number(told.saves())));
    QVERIFY(content_of(folder.filePath(settings_name)).contains("\"max_message\": 2999"));
}

void ConfigStoreTest::a_change_taken_back_is_not_saved()
{
    const QTemporaryDir folder;
    Told told;
    const auto store = open(folder.path());
    ServerStatus status = status_of(store->loaded());
    const ServerStatus before = status;
    status.access.origin_required = true;
    store->remember(shared(status));
    store->remember(shared(before));
    store->start(told.callbacks());
    store->close(patience);
    QCOMPARE(told.saves(), 0);
    QCOMPARE(names_in(folder), QStringList());
}

void ConfigStoreTest::closing_saves_what_is_left()
{
    const QTemporaryDir folder;
    const auto store = open(folder.path());
    store->start({});
    ServerStatus status = status_of(store->loaded());
    status.access.origin_required = true;
    store->remember(shared(status));
    QVERIFY(store->has_unsaved());
    store->close(patience);
    QVERIFY(!store->has_unsaved());
    QVERIFY(content_of(folder.filePath(settings_name)).contains("\"origin_required\": true"));
}

void ConfigStoreTest::a_bad_settings_file_is_set_aside_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("kind");
    QTest::newRow("FF-04 empty") << QByteArray() << "file";
    QTest::newRow("FF-04 one byte") << QByteArray("{") << "file";
    QTest::newRow("FF-04 NULs") << QByteArray(1000, '\0') << "file";
    QTest::newRow("FF-04 UTF-16") << QByteArray("\xff\xfe{\0}\0", 6) << "file";
    QTest::newRow("FF-04 too large") << QByteArray((1 << 20) + 1, ' ') << "file";
    QTest::newRow("FF-04 directory") << QByteArray() << "folder";
    QTest::newRow("FF-04 FIFO") << QByteArray() << "fifo";
    QTest::newRow("FF-04 symlink loop") << QByteArray() << "loop";
}

void ConfigStoreTest::a_bad_settings_file_is_set_aside()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, kind);
    const QTemporaryDir folder;
    const QString path = folder.filePath(settings_name);
    if (kind == "file")
        put(path, content);
    else if (kind == "folder")
        QVERIFY(QDir(folder.path()).mkdir(settings_name));
    else if (kind == "fifo")
        QCOMPARE(mkfifo(path.toStdString().c_str(), 0600), 0);
    else
        QVERIFY(QFile::link(settings_name, path));
    const auto store = open(folder.path());
    const StoredConfig& config = store->loaded();
    QVERIFY(config.limits == Limits() && config.listeners == default_listeners());
    QCOMPARE(set_aside_in(folder).size(), 1);
    QCOMPARE(config.notices.size(), std::size_t{1});
    const QString notice = QString::fromStdString(config.notices[0]);
    QVERIFY2(
        notice.contains(settings_name) && notice.contains(set_aside_in(folder).first()), qPrintable(notice));
    QVERIFY2(notice.endsWith("The defaults are used"), qPrintable(notice));
    if (kind == "file")
        QCOMPARE(content_of(folder.filePath(set_aside_in(folder).first())), content);
}

void ConfigStoreTest::the_backup_stands_in_for_a_bad_file()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(settings_name);
    put(path, "{");
    put(path + ".bak", R"({"jackfield":1,"mine":[1],"access":{"origin_required":true}})");
    Told told;
    {
        const auto store = open(folder.path());
        QVERIFY(store->loaded().access.origin_required);
        const QString notice = QString::fromStdString(store->loaded().notices.at(0));
        QVERIFY2(notice.endsWith("The version before it is used"), qPrintable(notice));
        QVERIFY(store->has_unsaved());
        store->start(told.callbacks());
        QVERIFY(told.wait_for_saves(1));
    }
    QVERIFY(content_of(path).contains("\"mine\""));
    const auto store = open(folder.path());
    QVERIFY(store->loaded().access.origin_required);
    QCOMPARE(store->loaded().notices, std::vector<std::string>());
}

void ConfigStoreTest::any_damage_still_starts()
{
    const QByteArray whole = QByteArray::fromStdString(app::format_settings({}, "{\"mine\":true}"));
    for (qsizetype size = 0; size <= whole.size(); size += 7) {
        const QTemporaryDir folder;
        put(folder.filePath(settings_name), whole.left(size));
        const auto store = open(folder.path());
        QVERIFY(store->loaded().limits == Limits());
        const bool complete = size >= whole.size() - 1;
        QCOMPARE(set_aside_in(folder).size(), complete ? 0 : 1);
    }
}

void ConfigStoreTest::unknown_members_survive_a_save()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(settings_name);
    put(path, R"({"templates":[{"name":"hi"}],"jackfield":1,"listeners":["127.0.0.1:9000"]})");
    const auto store = open(folder.path());
    store->start({});
    ServerStatus status = status_of(store->loaded());
    status.limits.max_queue = 1U << 20U;
    store->remember(shared(status));
    store->close(patience);
    const QByteArray saved = content_of(path);
    QVERIFY2(saved.contains("\"templates\"") && saved.contains("127.0.0.1:9000"), saved.constData());
    QVERIFY2(saved.contains("\"max_queue\": 1048576"), saved.constData());
    QVERIFY(content_of(path + ".bak").contains("templates"));
}

void ConfigStoreTest::a_bad_list_leaves_the_built_in_entries_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("kind");
    QTest::newRow("FF-07 binary") << QByteArray(512, '\x01') << "file";
    QTest::newRow("FF-07 over 1 MiB") << QByteArray("evil.test\n").repeated(110'000) << "file";
    QTest::newRow("FF-07 over 10,000 lines") << QByteArray("evil.test\n").repeated(10'001) << "file";
    QTest::newRow("FF-07 all lines invalid") << QByteArray("a b\n") << "file";
    QTest::newRow("FF-07 a folder") << QByteArray() << "folder";
    QTest::newRow("FF-07 a FIFO") << QByteArray() << "fifo";
    QTest::newRow("FF-07 a link to itself") << QByteArray() << "loop";
}

void ConfigStoreTest::a_bad_list_leaves_the_built_in_entries()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, kind);
    const QTemporaryDir folder;
    const QString path = folder.filePath("Origins.dat");
    if (kind == "file")
        put(path, content);
    else if (kind == "folder")
        QVERIFY(QDir(folder.path()).mkdir("Origins.dat"));
    else if (kind == "fifo")
        QCOMPARE(mkfifo(path.toStdString().c_str(), 0600), 0);
    else
        QVERIFY(QFile::link("Origins.dat", path));
    {
        const auto store = open(folder.path());
        store->start({});
        const AccessList& list = store->loaded().access.origins;
        QVERIFY(list.fell_back);
        QVERIFY(!list.problem.empty());
        QVERIFY(list == AccessList::built_in(ListKind::origins));
        const auto& notices = store->loaded().notices;
        QVERIFY(std::find(notices.begin(), notices.end(), list.problem) != notices.end());
        store->remember(shared(status_of(store->loaded())));
    }
    if (kind == "file")
        QCOMPARE(content_of(path), content); // what the person wrote is theirs to repair
}

void ConfigStoreTest::an_edit_keeps_a_bad_list_under_another_name()
{
    const QTemporaryDir folder;
    put(folder.filePath("Hosts.dat"), "a b\n");
    const auto store = open(folder.path());
    store->start({});
    ServerStatus status = status_of(store->loaded());
    QVERIFY(status.access.hosts.add(ListKind::hosts, "dev.test").has_value());
    store->remember(shared(status));
    store->close(patience);
    QCOMPARE(content_of(folder.filePath("Hosts.dat")),
        QByteArray("5\nlocalhost\n*.localhost\n127.0.0.1\n[::1]\ndev.test\n"));
    const QStringList kept = QDir(folder.path()).entryList({"Hosts.dat.corrupt-*"});
    QCOMPARE(kept.size(), 1);
    QCOMPARE(content_of(folder.filePath(kept.first())), QByteArray("a b\n"));
}

void ConfigStoreTest::a_list_that_everybody_can_write_gets_a_warning()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("Hosts.dat");
    put(path, "1\ndev.test\n");
    QCOMPARE(::chmod(path.toStdString().c_str(), 0666), 0);
    const auto store = open(folder.path());
    QCOMPARE(store->loaded().notices.size(), std::size_t{1});
    const QString notice = QString::fromStdString(store->loaded().notices[0]);
    QVERIFY2(notice.contains("chmod o-w " + path), qPrintable("FF-10 " + notice));
    QVERIFY2(!store->loaded().access.hosts.fell_back, "it is used all the same");
}

void ConfigStoreTest::another_programs_change_is_told_data()
{
    QTest::addColumn<QString>("how");
    QTest::newRow("written in place") << "in place";
    QTest::newRow("renamed over it") << "rename";
    QTest::newRow("moved away and written anew") << "move away";
    QTest::newRow("linked in") << "link";
}

void ConfigStoreTest::another_programs_change_is_told()
{
    QFETCH(QString, how);
    const QTemporaryDir folder;
    const QString path = folder.filePath("Hosts.dat");
    if (how != "link")
        put(path, "1\nold.test\n");
    Told told;
    const auto store = open(folder.path());
    store->start(told.callbacks());
    const QByteArray content = "2\nnew.test\na b\n";
    if (how == "in place") {
        put(path, content);
    } else if (how == "rename") {
        put(folder.filePath("other"), content);
        QCOMPARE(std::rename(folder.filePath("other").toStdString().c_str(), path.toStdString().c_str()), 0);
    } else if (how == "move away") {
        QVERIFY(QFile::rename(path, path + "~"));
        put(path, content);
    } else {
        put(folder.filePath("other"), content);
        QVERIFY(QFile::link("other", path));
    }
    const auto change = told.wait_for_list_with("new.test");
    QVERIFY(change);
    QCOMPARE(change->list, ListKind::hosts);
    QCOMPARE(change->content.lines.size(), std::size_t{2});
    QCOMPARE(change->notices.size(), std::size_t{1});
    QVERIFY2(change->notices[0].starts_with("Hosts.dat line 3"), change->notices[0].c_str());
    if (how == "rename")
        QCOMPARE(told.changes().size(), std::size_t{1});
}

void ConfigStoreTest::its_own_saves_are_not_told()
{
    const QTemporaryDir folder;
    Told told;
    const auto store = open(folder.path());
    store->start(told.callbacks());
    ServerStatus status = status_of(store->loaded());
    for (int i = 1; i <= 3; ++i) {
        QVERIFY(status.access.hosts.add(ListKind::hosts, "h" + std::to_string(i) + ".test").has_value());
        store->remember(shared(status));
        QVERIFY(told.wait_for_saves(i));
    }
    // The next change by somebody else is the first that is told.
    put(folder.filePath("Origins.dat"), "1\nother.test\n");
    QVERIFY(told.wait_for_list_with("other.test"));
    for (const auto& change : told.changes())
        QCOMPARE(change.list, ListKind::origins);
}

void ConfigStoreTest::a_removed_list_is_the_built_in_one()
{
    const QTemporaryDir folder;
    put(folder.filePath("Origins.dat"), "1\nhttp://dev.test\n");
    Told told;
    const auto store = open(folder.path());
    store->start(told.callbacks());
    QVERIFY(QFile::remove(folder.filePath("Origins.dat")));
    QVERIFY(told.wait_for_changes(1));
    QCOMPARE(told.changes()[0].list, ListKind::origins);
    QVERIFY(told.changes()[0].content == AccessList::built_in(ListKind::origins));
    QVERIFY(!told.changes()[0].content.fell_back);
}

void ConfigStoreTest::a_list_behind_a_link_is_watched_and_kept_a_link()
{
    const QTemporaryDir folder;
    const QTemporaryDir elsewhere;
    put(elsewhere.filePath("my-hosts"), "1\nold.test\n");
    QVERIFY(QFile::link(elsewhere.filePath("my-hosts"), folder.filePath("Hosts.dat")));
    Told told;
    const auto store = open(folder.path());
    QCOMPARE(store->loaded().access.hosts.lines.at(0).text, std::string("old.test"));
    store->start(told.callbacks());
    put(elsewhere.filePath("my-hosts"), "1\nnew.test\n");
    const auto change = told.wait_for_list_with("new.test");
    QVERIFY(change);

    ServerStatus status = status_of(store->loaded());
    status.access.hosts = change->content;
    store->remember(shared(status));
    QVERIFY(status.access.hosts.add(ListKind::hosts, "mine.test").has_value());
    store->remember(shared(status));
    QVERIFY(told.wait_for_saves(1));
    QVERIFY(QFileInfo(folder.filePath("Hosts.dat")).isSymLink());
    QCOMPARE(content_of(elsewhere.filePath("my-hosts")), QByteArray("2\nnew.test\nmine.test\n"));
}

void ConfigStoreTest::an_old_status_does_not_undo_another_programs_change()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("Hosts.dat");
    put(path, "1\nold.test\n");
    Told told;
    const auto store = open(folder.path());
    store->start(told.callbacks());
    ServerStatus status = status_of(store->loaded());
    store->remember(shared(status));
    put(path, "1\nnew.test\n");
    const auto change = told.wait_for_list_with("new.test");
    QVERIFY(change);
    // The engine has not taken the new list yet, but something else of it has changed.
    status.access.origin_required = true;
    store->remember(shared(status));
    QVERIFY(told.wait_for_saves(1));
    QCOMPARE(content_of(path), QByteArray("1\nnew.test\n"));
    status.access.hosts = change->content;
    store->remember(shared(status));
    store->close(patience);
    QCOMPARE(content_of(path), QByteArray("1\nnew.test\n"));
    QVERIFY(!QFile::exists(path + ".bak"));
}

void ConfigStoreTest::a_failed_save_is_told_and_tried_again()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(settings_name);
    Told told;
    const auto store = open(folder.path());
    store->start(told.callbacks());
    ServerStatus status = status_of(store->loaded());
    QVERIFY(QDir(folder.path()).mkdir(settings_name)); // what is there now is no file to replace
    status.limits.max_message = 4096;
    QVERIFY(status.access.hosts.add(ListKind::hosts, "dev.test").has_value());
    store->remember(shared(status));
    QVERIFY(told.wait_for_problems(1));
    QVERIFY2(told.problems()[0].starts_with("The settings could not be saved: "), told.problems()[0].c_str());
    QVERIFY(store->has_unsaved());
    QVERIFY2(QFile::exists(folder.filePath("Hosts.dat")), "what could be saved is");
    QVERIFY(QDir(folder.path()).rmdir(settings_name));
    store->retry();
    QVERIFY(told.wait_for_saves(1));
    QVERIFY(!store->has_unsaved());
    QVERIFY(content_of(path).contains("\"max_message\": 4096"));
}

void ConfigStoreTest::two_instances_keep_each_others_changes()
{
    const QTemporaryDir folder;
    Told told_a;
    Told told_b;
    const auto a = open(folder.path());
    const auto b = open(folder.path());
    a->start(told_a.callbacks());
    b->start(told_b.callbacks());
    ServerStatus status_a = status_of(a->loaded());
    ServerStatus status_b = status_of(b->loaded());
    status_a.limits.max_message = 4096;
    status_b.access.origin_required = true;
    a->remember(shared(status_a));
    b->remember(shared(status_b));
    QVERIFY(told_a.wait_for_saves(1));
    QVERIFY(told_b.wait_for_saves(1));
    const QByteArray saved = content_of(folder.filePath(settings_name));
    QVERIFY2(saved.contains("\"max_message\": 4096") && saved.contains("\"origin_required\": true"),
        ("FF-17 " + saved).constData());

    QVERIFY(status_a.access.hosts.add(ListKind::hosts, "a.test").has_value());
    a->remember(shared(status_a));
    QVERIFY(told_b.wait_for_changes(1));
    QVERIFY(told_b.changes()[0].content == status_a.access.hosts);
    QCOMPARE(told_a.changes().size(), std::size_t{0});
}

void ConfigStoreTest::waits_for_the_lock_of_another_instance()
{
    const QTemporaryDir folder;
    const QByteArray lock_path = QFile::encodeName(folder.filePath(".jackfield.lock"));
    const int lock = ::open(lock_path.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    QVERIFY(lock >= 0);
    QCOMPARE(::flock(lock, LOCK_EX), 0);
    Told told;
    const auto store = open(folder.path());
    store->start(told.callbacks());
    ServerStatus status = status_of(store->loaded());
    status.access.origin_required = true;
    store->remember(shared(status));
    QVERIFY(store->has_unsaved());
    QVERIFY(!QFile::exists(folder.filePath(settings_name)));
    QCOMPARE(::close(lock), 0);
    QVERIFY(told.wait_for_saves(1));
    QVERIFY(QFile::exists(folder.filePath(settings_name)));
}

void ConfigStoreTest::what_closing_does_not_wait_for_is_known_as_unsaved()
{
    const QTemporaryDir folder;
    const QByteArray lock_path = QFile::encodeName(folder.filePath(".jackfield.lock"));
    const int lock = ::open(lock_path.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    QVERIFY(lock >= 0);
    QCOMPARE(::flock(lock, LOCK_EX), 0);
    const auto store = open(folder.path());
    store->start({});
    ServerStatus status = status_of(store->loaded());
    status.access.origin_required = true;
    store->remember(shared(status));
    store->close(std::chrono::milliseconds(300)); // while the save has it and cannot go on
    QVERIFY(store->has_unsaved());
    QVERIFY(!QFile::exists(folder.filePath(settings_name)));
    QCOMPARE(::close(lock), 0);
}

void ConfigStoreTest::the_folder_is_made_anew()
{
    const QTemporaryDir outer;
    const QString folder = outer.filePath("deep/jackfield");
    Told told;
    const auto store = open(folder);
    struct stat status_of_folder { };
    QCOMPARE(::stat(folder.toStdString().c_str(), &status_of_folder), 0);
    QCOMPARE(status_of_folder.st_mode & 0777U, mode_t{0700});
    store->start(told.callbacks());
    QVERIFY(QDir(folder).removeRecursively());
    ServerStatus status = status_of(store->loaded());
    QVERIFY(status.access.hosts.add(ListKind::hosts, "dev.test").has_value());
    store->remember(shared(status));
    QVERIFY(told.wait_for_saves(1));
    QCOMPARE(names_in(folder), QStringList{"Hosts.dat"});
    put(folder + "/Origins.dat", "1\nother.test\n");
    QVERIFY2(told.wait_for_list_with("other.test"), "the new folder is watched");
}

void ConfigStoreTest::stale_temporaries_are_removed()
{
    const QTemporaryDir folder;
    const pid_t dead = fork();
    if (dead == 0)
        _exit(0);
    QVERIFY(dead > 0);
    int status = 0;
    QCOMPARE(waitpid(dead, &status, 0), dead);
    put(folder.filePath(QString(".%1.%2-1.new.tmp").arg(settings_name).arg(dead)), "x");
    put(folder.filePath(QString(".Hosts.dat.%1-2.old.tmp").arg(dead)), "x");
    const auto store = open(folder.path());
    QCOMPARE(names_in(folder), QStringList());
}

void ConfigStoreTest::a_folder_that_cannot_be_is_an_error()
{
    const auto file = ConfigStore::open("/dev/null", patience);
    QVERIFY(!file.has_value());
    QCOMPARE(file.error().code, ErrorCode::invalid_argument);
    const auto below = ConfigStore::open("/dev/null/jackfield", patience);
    QVERIFY(!below.has_value());
}

QTEST_GUILESS_MAIN(ConfigStoreTest)
#include "config_store_test.moc"
