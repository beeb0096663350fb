// Two programs that save into one configuration folder.

#include "app/shared/config_files.h"

#include <QTemporaryDir>
#include <QTest>

#include <string>
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

private:
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
};

QTEST_GUILESS_MAIN(ConfigFilesTest)
#include "config_files_test.moc"
