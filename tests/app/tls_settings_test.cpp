#include "app/shared/config_store.h"
#include "app/shared/project_file.h"
#include "app/shared/settings_file.h"
#include "app/shared/tls_settings.h"
#include "support/openssl_tool.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace jackfield;
using namespace jackfield::app;
using namespace jackfield::test;

namespace {

TlsSettings own_files()
{
    return {true, {"shop.test"}, OwnCertificateFiles{"/k/chain.pem", "/k/key.pem"}};
}

} // namespace

class TlsSettingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_what_is_wanted_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("enabled");
        QTest::addColumn<QString>("names");
        QTest::addColumn<QString>("files");
        QTest::addColumn<QString>("notice");
        QTest::newRow("nothing") << R"({})" << false << ""
                                 << ""
                                 << "";
        QTest::newRow("off") << R"({"tls":{"enabled":false}})" << false << ""
                             << ""
                             << "";
        QTest::newRow("development") << R"({"tls":{"enabled":true}})" << true << ""
                                     << ""
                                     << "";
        QTest::newRow("names") << R"({"tls":{"enabled":true,"names":["Shop.Test","10.0.0.1"]}})" << true
                               << "shop.test 10.0.0.1"
                               << ""
                               << "";
        QTest::newRow("names that need no telling")
            << R"({"tls":{"enabled":true,"names":["localhost","a.test","A.test"]}})" << true << "a.test"
            << ""
            << "";
        QTest::newRow("own files") << R"({"tls":{"enabled":true,"certificate":"/c.pem","key":"/k.pem"}})"
                                   << true << ""
                                   << "/c.pem /k.pem"
                                   << "";
        QTest::newRow("both")
            << R"({"tls":{"enabled":true,"names":["a.test"],"certificate":"/c","key":"/k"}})" << true
            << "a.test"
            << "/c /k"
            << "";
        QTest::newRow("no object") << R"({"tls":true})" << false << ""
                                   << ""
                                   << "\"tls\" is no object";
        QTest::newRow("no flag") << R"({"tls":{"enabled":"yes"}})" << false << ""
                                 << ""
                                 << "\"yes\"";
        QTest::newRow("no array") << R"({"tls":{"enabled":true,"names":"a.test"}})" << true << ""
                                  << ""
                                  << "no array";
        QTest::newRow("a bad name") << R"({"tls":{"enabled":true,"names":["a b","c.test",7]}})" << true
                                    << "c.test"
                                    << ""
                                    << "\"a b\" is left out";
        QTest::newRow("half of it") << R"({"tls":{"enabled":true,"certificate":"/c.pem"}})" << false << ""
                                    << ""
                                    << "a certificate and no key";
        QTest::newRow("a key alone") << R"({"tls":{"enabled":true,"key":"/k"}})" << false << ""
                                     << ""
                                     << "a key and no certificate";
        QTest::newRow("relative") << R"({"tls":{"enabled":true,"certificate":"c.pem","key":"/k.pem"}})"
                                  << false << ""
                                  << ""
                                  << "no path from the root on";
        QTest::newRow("a NUL") << R"({"tls":{"enabled":true,"certificate":"/c\u0000d","key":"/k.pem"}})"
                               << false << ""
                               << ""
                               << "no path from the root on";
    }
    void reads_what_is_wanted()
    {
        QFETCH(QString, text);
        QFETCH(QString, notice);
        std::vector<std::string> notices;
        const auto read = parse_tls_settings(text.toStdString(), notices);
        QVERIFY(read.has_value());
        QTEST(read->enabled, "enabled");
        QStringList names;
        for (const std::string& name : read->names)
            names << QString::fromStdString(name);
        QTEST(names.join(' '), "names");
        QTEST(
            read->own ? QString::fromStdString(read->own->chain_path + " " + read->own->key_path) : QString(),
            "files");
        QString all;
        for (const std::string& sentence : notices)
            all += QString::fromStdString(sentence);
        if (notice.isEmpty())
            QVERIFY2(all.isEmpty(), qPrintable(all));
        else
            QVERIFY2(all.startsWith("Settings: ") && all.contains(notice), qPrintable(all));
    }

    void more_names_than_there_may_be_are_left_out()
    {
        std::string list;
        for (std::size_t i = 0; i <= most_development_names; ++i)
            list += (i == 0 ? "\"n" : ",\"n") + std::to_string(i) + ".test\"";
        std::vector<std::string> notices;
        const auto read = parse_tls_settings("{\"tls\":{\"names\":[" + list + "]}}", notices);
        QCOMPARE(read->names.size(), most_development_names);
        QCOMPARE(notices.size(), std::size_t{1});
    }

    void no_settings_at_all_are_an_error()
    {
        std::vector<std::string> notices;
        QVERIFY(!parse_tls_settings("no JSON", notices).has_value());
    }

    void what_was_written_is_read()
    {
        for (const TlsSettings& settings :
            {TlsSettings(), TlsSettings{true, {}, {}}, TlsSettings{true, {"a.test"}, {}}, own_files(),
                TlsSettings{true, {}, {}, {"/some/profile", "/\xc3\xa4"}},
                TlsSettings{true, {}, {}, {}, own_files().own}}) {
            std::vector<std::string> notices;
            const auto read = parse_tls_settings(with_tls_settings("", settings), notices);
            QVERIFY(read.has_value() && *read == settings);
            QVERIFY(notices.empty());
        }
    }

    void what_the_development_certificate_took_the_place_of_is_kept()
    {
        TlsSettings settings = own_files();
        put_development_in_place(settings);
        QVERIFY(!settings.own && settings.own_before == own_files().own);
        put_development_in_place(settings); // once more
        QVERIFY(settings.own_before == own_files().own);
        std::vector<std::string> notices;
        // Of a file where both stand, what is served counts.
        const auto both = parse_tls_settings(
            R"({"tls":{"enabled":true,"certificate":"/c","key":"/k","own_before":{"certificate":"/a","key":"/b"}}})", notices);
        QVERIFY(both->own && !both->own_before);
        QVERIFY(notices.empty());
        for (const char* wrong : {"7", "{}", R"({"certificate":"/a"})", R"({"certificate":"a","key":"/b"})"}) {
            notices.clear();
            const auto read = parse_tls_settings(R"({"tls":{"enabled":true,"own_before":)" + std::string(wrong) + "}}", notices);
            QVERIFY(read->enabled && !read->own_before);
            QCOMPARE(notices.size(), std::size_t{1});
        }
    }

    void folders_that_can_be_used_are_read()
    {
        std::vector<std::string> notices;
        const auto read = parse_tls_settings(
            R"({"tls":{"enabled":true,"trusted_in":["/a","relative",7,"/a","/b"]}})", notices);
        QCOMPARE(read->trusted_folders, (std::vector<std::string>{"/a", "/b"}));
        QCOMPARE(notices.size(), std::size_t{2});
        notices.clear();
        QVERIFY(parse_tls_settings(R"({"tls":{"enabled":true,"trusted_in":"/a"}})", notices)->enabled);
        QCOMPARE(notices.size(), std::size_t{1});
    }

    void members_that_are_not_ours_survive()
    {
        const std::string text = with_tls_settings(
            R"({"jackfield":1,"mine":true,"tls":{"later":[1],"certificate":"/old","key":"/old"}})",
            TlsSettings{true, {}, {}});
        QCOMPARE(QByteArray::fromStdString(text).simplified(),
            QByteArray(R"({ "jackfield": 1, "mine": true, "tls": { "enabled": true, "later": [ 1 ] } })"));
        // And with the rest of the settings, too.
        const std::string saved = format_settings(Settings(), text);
        std::vector<std::string> notices;
        QVERIFY((*parse_tls_settings(saved, notices) == TlsSettings{true, {}, {}}));
    }

    void a_project_holds_nothing_of_it()
    {
        Project project;
        QVERIFY(format_project(project, "").find("tls") == std::string::npos);
    }

    void paths_that_are_no_text_are_not_kept()
    {
        QVERIFY(can_be_kept({"/a", "/\xc3\xa4"}));
        QVERIFY(!can_be_kept({"/a", "/\xe4"}));
    }

    void the_folder_keeps_what_was_asked_for()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath("settings.jackfield.json");
        put_file(path, R"({"jackfield":1,"mine":true,"limits":{"max_message":77777}})");
        {
            auto store = ConfigStore::open(folder.path().toStdString());
            QVERIFY((*store)->loaded().tls == TlsSettings());
            QVERIFY((*store)->is_in_use());
            (*store)->start({});
            (*store)->remember_tls(own_files());
            (*store)->close();
            QVERIFY(!(*store)->has_unsaved());
        }
        const std::string text = file_text(path);
        QVERIFY(text.find("\"mine\": true") != std::string::npos);
        QVERIFY(text.find("77777") != std::string::npos);
        auto store = ConfigStore::open(folder.path().toStdString());
        QVERIFY((*store)->loaded().tls == own_files());
        QCOMPARE((*store)->loaded().limits.max_message, decltype(Limits::max_message){77777});
    }

    void other_changes_leave_what_another_program_has_asked_for()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath("settings.jackfield.json");
        auto store = ConfigStore::open(folder.path().toStdString());
        (*store)->start({});
        put_file(path, with_tls_settings("", own_files()));
        auto status = std::make_shared<ServerStatus>();
        status->endpoints = {default_endpoint()};
        status->older_protocols = false;
        (*store)->remember(status);
        (*store)->close();
        const std::string text = file_text(path);
        QVERIFY(text.find("\"older_protocols\": false") != std::string::npos);
        std::vector<std::string> notices;
        QVERIFY(*parse_tls_settings(text, notices) == own_files());
    }

    void what_cannot_be_saved_is_told()
    {
        const QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkpath("settings.jackfield.json.not/x"));
        auto store = ConfigStore::open(folder.path().toStdString());
        QVERIFY(QDir(folder.path()).mkpath("settings.jackfield.json"));
        std::vector<std::string> problems;
        ConfigStore::Callbacks callbacks;
        callbacks.on_problem = [&problems](const std::string& problem) { problems.push_back(problem); };
        (*store)->start(std::move(callbacks));
        (*store)->remember_tls(own_files());
        (*store)->close();
        QVERIFY(!problems.empty());
        QVERIFY((*store)->has_unsaved());
    }
};

QTEST_GUILESS_MAIN(TlsSettingsTest)
#include "tls_settings_test.moc"
