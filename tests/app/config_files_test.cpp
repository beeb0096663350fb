// Two programs that save into one configuration folder.

#include "app/shared/config_files.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/file.h>
#include <sys/stat.h>

#include <fcntl.h>
#include <string>
#include <unistd.h>
#include <vector>

using namespace jackfield;
using app::ConfigFiles;
using app::RememberedPage;

namespace {

using Nodes = std::vector<TemplateNode>;

TemplateNode text(const std::string& name, const std::string& content)
{
    TemplateNode node;
    node.name = name;
    node.message.payload = SharedBytes(std::string_view(content));
    return node;
}

TemplateNode folder(const std::string& name, Nodes children)
{
    TemplateNode node;
    node.name = name;
    node.is_folder = true;
    node.children = std::move(children);
    return node;
}

ComposedMessage message(const std::string& content)
{
    return text({}, content).message;
}

/// "a=1 F(b=2 c=3)"
std::string said(const Nodes& nodes)
{
    std::string all;
    for (const TemplateNode& node : nodes) {
        all += all.empty() ? "" : " ";
        all += node.is_folder ? node.name + "(" + said(node.children) + ")"
                              : node.name + "=" + std::string(node.message.payload.text());
    }
    return all;
}

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

/// Whoever may read every file is somebody else for a while, who owns `folder`.
class OrdinaryUser {
public:
    explicit OrdinaryUser(const QString& folder)
        : was_root_(::geteuid() == 0)
    {
        constexpr uid_t nobody = 65'534;
        if (was_root_
            && (::chown(qPrintable(folder), nobody, nobody) != 0 || ::seteuid(nobody) != 0))
            qFatal("cannot be an ordinary user");
    }
    ~OrdinaryUser()
    {
        if (was_root_ && ::seteuid(0) != 0)
            qFatal("cannot be root again");
    }
    OrdinaryUser(const OrdinaryUser&) = delete;
    OrdinaryUser& operator=(const OrdinaryUser&) = delete;

private:
    bool was_root_;
};

/// Of a server that runs what was loaded.
ServerStatus status_of(const app::StoredConfig& config)
{
    ServerStatus status;
    status.endpoints = config.endpoints;
    status.access = config.access;
    status.older_protocols = config.older_protocols;
    status.limits = config.limits;
    status.compression = config.compression;
    return status;
}

} // namespace

class ConfigFilesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }

    void templates_of_two_programs_are_both_kept_data()
    {
        QTest::addColumn<Nodes>("base");
        QTest::addColumn<Nodes>("first");
        QTest::addColumn<Nodes>("second");
        QTest::addColumn<std::string>("result");
        const Nodes ab{text("a", "1"), text("b", "2")};
        QTest::newRow("each adds one")
            << Nodes{} << Nodes{text("A", "1")} << Nodes{text("B", "2")} << std::string("A=1 B=2");
        QTest::newRow("both add the same")
            << Nodes{} << Nodes{text("A", "1")} << Nodes{text("A", "1")} << std::string("A=1");
        QTest::newRow("both add one of a name")
            << Nodes{} << Nodes{text("A", "1")} << Nodes{text("A", "2")} << std::string("A=1 A=2");
        QTest::newRow("one adds, one removes") << ab << Nodes{text("a", "1"), text("b", "2"), text("c", "3")}
                                               << Nodes{text("b", "2")} << std::string("b=2 c=3");
        QTest::newRow("one changes what the other removes")
            << ab << Nodes{text("a", "new"), text("b", "2")} << Nodes{text("b", "2")}
            << std::string("a=new b=2");
        QTest::newRow("one removes what the other changes")
            << ab << Nodes{text("b", "2")} << Nodes{text("a", "new"), text("b", "2")}
            << std::string("b=2 a=new");
        QTest::newRow("each changes one") << ab << Nodes{text("a", "x"), text("b", "2")}
                                          << Nodes{text("a", "1"), text("b", "y")} << std::string("a=x b=y");
        QTest::newRow("both change one")
            << ab << Nodes{text("a", "x"), text("b", "2")} << Nodes{text("a", "y"), text("b", "2")}
            << std::string("a=x b=2 a=y");
        QTest::newRow("in a folder") << Nodes{folder("F", {text("a", "1")})}
                                     << Nodes{folder("F", {text("a", "1"), text("b", "2")})}
                                     << Nodes{folder("F", {text("a", "1"), text("c", "3")})}
                                     << std::string("F(a=1 b=2 c=3)");
        QTest::newRow("equal names") << Nodes{text("a", "1"), text("a", "2")}
                                     << Nodes{text("a", "1"), text("a", "2"), text("b", "3")}
                                     << Nodes{text("a", "1"), text("a", "changed")}
                                     << std::string("a=1 a=changed b=3");
        const Nodes two{text("x", "1"), text("x", "2")};
        QTest::newRow("of equal names one removed, the other renamed")
            << two << Nodes{text("x", "2")} << Nodes{text("x", "1"), text("y", "2")} << std::string("y=2");
        QTest::newRow("of equal names each removed")
            << two << Nodes{text("x", "2")} << Nodes{text("x", "1")} << std::string("");
        const Nodes abc{text("a", "1"), text("b", "2"), text("c", "3")};
        QTest::newRow("one adds, one reorders")
            << abc << Nodes{text("a", "1"), text("x", "9"), text("b", "2"), text("c", "3")}
            << Nodes{text("c", "3"), text("a", "1"), text("b", "2")} << std::string("c=3 x=9 a=1 b=2");
        QTest::newRow("one reorders, one adds")
            << abc << Nodes{text("c", "3"), text("a", "1"), text("b", "2")}
            << Nodes{text("a", "1"), text("b", "2"), text("c", "3"), text("x", "9")}
            << std::string("c=3 a=1 b=2 x=9");
        QTest::newRow("one removes and changes, one reorders")
            << abc << Nodes{text("b", "new"), text("c", "3")}
            << Nodes{text("c", "3"), text("b", "2"), text("a", "1")} << std::string("c=3 b=new");
        QTest::newRow("both reorder")
            << abc << Nodes{text("b", "2"), text("a", "1"), text("c", "3")}
            << Nodes{text("c", "3"), text("a", "1"), text("b", "2")} << std::string("c=3 a=1 b=2");
        QTest::newRow("one reorders in a folder")
            << Nodes{folder("F", abc)}
            << Nodes{folder("F", {text("a", "1"), text("b", "2"), text("c", "3"), text("x", "9")})}
            << Nodes{folder("F", {text("b", "2"), text("c", "3"), text("a", "1")})}
            << std::string("F(b=2 c=3 a=1 x=9)");
        QTest::newRow("the order of one alone")
            << ab << ab << Nodes{text("b", "2"), text("a", "1")} << std::string("b=2 a=1");
    }
    void templates_of_two_programs_are_both_kept()
    {
        QFETCH(Nodes, base);
        QFETCH(Nodes, first);
        QFETCH(Nodes, second);
        QFETCH(std::string, result);
        ConfigFiles before = opened();
        before.take_templates(base);
        QVERIFY(before.save().has_value());
        ConfigFiles one = opened();
        ConfigFiles other = opened();
        one.take_templates(first);
        QVERIFY(one.save().has_value());
        other.take_templates(second);
        QVERIFY(other.save().has_value());
        QCOMPARE(said(loaded().templates), result);
        // What a program has not changed since is not put back.
        one.take_templates(first);
        QVERIFY(one.save().has_value());
        QCOMPARE(said(loaded().templates), result);
    }

    void templates_can_be_reordered_after_another_program_saved()
    {
        ConfigFiles one = opened();
        one.take_templates({text("a", "1"), text("b", "2"), text("c", "3")});
        QVERIFY(one.save().has_value());
        ConfigFiles other = opened();
        other.take_templates({text("a", "1"), text("b", "2"), text("c", "3"), text("x", "9")});
        QVERIFY(other.save().has_value());
        // Each of them, one behind the other.
        one.take_templates({text("b", "2"), text("a", "1"), text("c", "3")});
        QVERIFY(one.save().has_value());
        QCOMPARE(said(loaded().templates), std::string("b=2 a=1 c=3 x=9"));
        one.take_templates({text("c", "3"), text("b", "2"), text("a", "1")});
        QVERIFY(one.save().has_value());
        QCOMPARE(said(loaded().templates), std::string("c=3 b=2 a=1 x=9"));
    }

    void a_template_that_both_changed_is_edited_on_and_removed_as_one()
    {
        ConfigFiles one = opened();
        ConfigFiles other = opened();
        one.take_templates({text("T", "1")});
        QVERIFY(one.save().has_value());
        for (const char* content : {"a", "b", "c"}) {
            other.take_templates({text("T", content)});
            QVERIFY(other.save().has_value());
            QCOMPARE(said(loaded().templates), std::string("T=1 T=") + content);
        }
        other.take_templates({});
        QVERIFY(other.save().has_value());
        QCOMPARE(said(loaded().templates), std::string("T=1"));
    }

    void names_of_pages_of_two_programs_are_both_kept()
    {
        const RememberedPage shop{"http://localhost:1", "/shop", "x", "Shop", ""};
        const RememberedPage blog{"http://localhost:2", "/blog", "x", "Blog", "red"};
        RememberedPage renamed = shop;
        renamed.name = "Market";
        ConfigFiles one = opened();
        ConfigFiles other = opened();
        one.take_pages({shop});
        QVERIFY(one.save().has_value());
        other.take_pages({blog});
        QVERIFY(other.save().has_value());
        one.take_pages({renamed});
        QVERIFY(one.save().has_value());
        QCOMPARE(loaded().pages, (std::vector<RememberedPage>{renamed, blog}));
    }

    void what_two_programs_sent_is_kept_together()
    {
        ConfigFiles one = opened();
        ConfigFiles other = opened();
        one.take_sent({message("a"), message("b")});
        QVERIFY(one.save().has_value());
        other.take_sent({message("c")});
        QVERIFY(other.save().has_value());
        QCOMPARE(loaded().sent, (std::vector<ComposedMessage>{message("a"), message("b"), message("c")}));
        one.take_sent({message("b"), message("a")}); // sent again
        QVERIFY(one.save().has_value());
        QCOMPARE(loaded().sent, (std::vector<ComposedMessage>{message("c"), message("b"), message("a")}));
    }

    void a_file_that_was_removed_meanwhile_is_written_whole()
    {
        ConfigFiles one = opened();
        one.take_templates({text("a", "1")});
        QVERIFY(one.save().has_value());
        QVERIFY(QFile::remove(folder_->filePath(QStringLiteral("templates.jackfield.json"))));
        one.take_templates({text("a", "1"), text("b", "2")});
        QVERIFY(one.save().has_value());
        QCOMPARE(said(loaded().templates), std::string("a=1 b=2"));
    }

    void a_hand_edit_that_cannot_be_read_is_kept_aside_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("FF-04 settings") << "settings.jackfield.json";
        QTest::newRow("FF-04 templates") << "templates.jackfield.json";
    }

    void a_hand_edit_that_cannot_be_read_is_kept_aside()
    {
        QFETCH(QString, name);
        const QString path = folder_->filePath(name);
        put(path, R"({"jackfield":1,"listeners":["127.0.0.1:9000"],"mine":1,"templates":[]})");
        ConfigFiles files(folder_->path().toStdString(), {"echo"});
        ServerStatus status = status_of(files.load());
        change(files, status);
        QVERIFY(files.save().has_value());
        const QByteArray slip = R"({"jackfield":1,"listeners":["127.0.0.1:9001"] "mine":2})";
        put(path, slip);
        change(files, status);
        QVERIFY(files.save().has_value());
        const QStringList aside = kept_aside();
        QCOMPARE(aside.size(), 1);
        QVERIFY(aside[0].startsWith(name));
        QCOMPARE(content_of(folder_->filePath(aside[0])), slip);
        const QByteArray saved = content_of(path);
        QVERIFY2(saved.contains("127.0.0.1:9000") || name.startsWith("templates"), saved.constData());
        QVERIFY2(saved.contains("\"mine\": 1"), "what Jackfield does not know is that of the last good version");
        const auto notices = files.take_notices();
        QCOMPARE(notices.size(), std::size_t{1});
        QVERIFY2(notices[0].find(aside[0].toStdString()) != std::string::npos, notices[0].c_str());
    }

    void a_file_that_may_not_be_read_is_not_overwritten_data() { a_hand_edit_that_cannot_be_read_is_kept_aside_data(); }

    void a_file_that_may_not_be_read_is_not_overwritten()
    {
        QFETCH(QString, name);
        const QString path = folder_->filePath(name);
        const QByteArray theirs = R"({"jackfield":1,"mine":1,"templates":[{"name":"a","kind":"text","text":"x"}]})";
        const OrdinaryUser user(folder_->path());
        put(path, theirs);
        QCOMPARE(::chmod(qPrintable(path), 0), 0);
        ConfigFiles files(folder_->path().toStdString(), {"echo"});
        const auto config = files.load();
        QCOMPARE(config.notices.size(), std::size_t{1});
        QVERIFY(QFile::exists(path));
        ServerStatus status = status_of(config);
        change(files, status);
        QVERIFY(files.save().has_value());
        change(files, status);
        QVERIFY(files.save().has_value());
        const QStringList aside = kept_aside();
        QCOMPARE(aside.size(), 1);
        QCOMPARE(::chmod(qPrintable(folder_->filePath(aside[0])), 0600), 0);
        QCOMPARE(content_of(folder_->filePath(aside[0])), theirs);
    }

    void a_save_that_fails_leaves_the_hand_edit_where_it_is()
    {
        const QString path = folder_->filePath("settings.jackfield.json");
        const OrdinaryUser user(folder_->path());
        ConfigFiles files(folder_->path().toStdString(), {"echo"});
        ServerStatus status = status_of(files.load());
        put(path, "{ oops");
        change(files, status);
        QVERIFY(files.has_changes());
        QVERIFY(files.save().has_value());
        QVERIFY(files.take_notices().size() == 1);
        put(path, "{ again");
        QCOMPARE(::chmod(qPrintable(folder_->path()), 0500), 0);
        change(files, status);
        QVERIFY(!files.save().has_value());
        QCOMPARE(::chmod(qPrintable(folder_->path()), 0700), 0);
        QCOMPARE(content_of(path), QByteArray("{ again"));
        QVERIFY(files.has_changes());
    }

    void entries_of_two_programs_are_both_kept()
    {
        const QString path = folder_->filePath("Origins.dat");
        put(path, "2\nhttp://a.test\nhttp://b.test\n");
        ConfigFiles files(folder_->path().toStdString(), {"echo"});
        ServerStatus status = status_of(files.load());
        QVERIFY(status.access.origins.add(ListKind::origins, "http://mine.test").has_value());
        files.take(status);
        put(path, "# a remark\nhttp://b.test\nhttp://theirs.test\n");
        QVERIFY(files.save().has_value());
        QCOMPARE(content_of(path), QByteArray("3\n# a remark\nhttp://b.test\nhttp://theirs.test\nhttp://mine.test\n"));
        // The server learns of it, and saves nothing back.
        const auto check = files.check_list(ListKind::origins, false);
        QVERIFY2(check.changed, "FF-17");
        QCOMPARE(check.changed->list.lines.back().text, std::string("http://mine.test"));
        QCOMPARE(check.changed->list.lines.size(), std::size_t{4});
        status.access.origins = check.changed->list;
        files.take(status);
        QVERIFY(!files.has_changes());
        QVERIFY(!files.check_list(ListKind::origins, false).changed);
    }

    void an_edit_before_the_server_learns_of_the_others_keeps_theirs()
    {
        const QString path = folder_->filePath("Hosts.dat");
        put(path, "1\na.test\n");
        ConfigFiles files(folder_->path().toStdString(), {"echo"});
        ServerStatus status = status_of(files.load());
        QVERIFY(status.access.hosts.add(ListKind::hosts, "first.test").has_value());
        files.take(status);
        put(path, "2\na.test\ntheirs.test\n");
        QVERIFY(files.save().has_value());
        QVERIFY(status.access.hosts.add(ListKind::hosts, "second.test").has_value());
        files.take(status);
        QVERIFY(files.save().has_value());
        QCOMPARE(content_of(path), QByteArray("4\na.test\ntheirs.test\nfirst.test\nsecond.test\n"));
    }

    void an_entry_that_could_not_be_saved_is_kept_when_the_file_changes()
    {
        const QString path = folder_->filePath("Hosts.dat");
        put(path, "1\na.test\n");
        ConfigFiles files(folder_->path().toStdString(), {"echo"});
        ServerStatus status = status_of(files.load());
        QVERIFY(status.access.hosts.add(ListKind::hosts, "mine.test").has_value());
        files.take(status);
        put(path, "2\na.test\n*\n");
        const auto check = files.check_list(ListKind::hosts, true); // saving has failed
        QVERIFY(check.changed);
        QCOMPARE(check.changed->list.lines.size(), std::size_t{3});
        QCOMPARE(check.changed->list.lines[1].state, AccessLine::State::needs_confirmation);
        QCOMPARE(check.changed->list.lines[2].text, std::string("mine.test"));
        QCOMPARE(check.changed->list.lines[2].state, AccessLine::State::active);
        QVERIFY2(files.has_changes(), "it is still to be saved");
        status.access.hosts = check.changed->list;
        files.take(status);
        QVERIFY(files.save().has_value());
        QCOMPARE(content_of(path), QByteArray("3\na.test\n*\nmine.test\n"));
    }

    void a_lock_that_is_never_let_go_is_an_error()
    {
        const int lock = ::open(
            qPrintable(folder_->filePath(".jackfield.lock")), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        QVERIFY(lock >= 0);
        QCOMPARE(::flock(lock, LOCK_EX), 0);
        ConfigFiles files(folder_->path().toStdString(), {"echo"}, std::chrono::milliseconds(30));
        ServerStatus status = status_of(files.load());
        change(files, status);
        const auto saved = files.save();
        QVERIFY(!saved.has_value());
        QVERIFY2(saved.error().message().find("another Jackfield") != std::string::npos,
            saved.error().message().c_str());
        QVERIFY(files.has_changes());
        ::close(lock);
        QVERIFY(files.save().has_value());
        QVERIFY(!files.has_changes());
    }

private:
    [[nodiscard]] QStringList kept_aside() const
    {
        return QDir(folder_->path()).entryList({"*.corrupt-*"}, QDir::Files | QDir::Hidden | QDir::System);
    }
    /// Something of the settings and something of the templates.
    void change(ConfigFiles& files, ServerStatus& status)
    {
        if (qstrcmp(QTest::currentDataTag(), "FF-04 templates") == 0) {
            files.take_templates({text("T" + std::to_string(++changes_), "1")});
        } else {
            status.limits.max_message += 4096;
            files.take(status);
        }
    }
    [[nodiscard]] ConfigFiles opened() const
    {
        ConfigFiles files(folder_->path().toStdString(), {"echo"});
        (void)files.load();
        return files;
    }
    [[nodiscard]] app::StoredConfig loaded() const
    {
        return ConfigFiles(folder_->path().toStdString(), {"echo"}).load();
    }

    std::unique_ptr<QTemporaryDir> folder_;
    int changes_ = 0;
};

QTEST_GUILESS_MAIN(ConfigFilesTest)
#include "config_files_test.moc"
