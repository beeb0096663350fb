#include "app/shared/config_store.h"
#include "app/shared/page_file.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace jackfield;
using namespace jackfield::app;
using namespace std::chrono_literals;

namespace {

const std::vector<RememberedPage> two_pages = {
    {"http://localhost:5173", "/chat", "Firefox/120", "Shop \xC3\xA9", "red"},
    {"-", "/", "", "", "blue"},
};

std::unique_ptr<ConfigStore> open_store(const QTemporaryDir& folder)
{
    auto store = ConfigStore::open(folder.path().toStdString(), 20s);
    if (!store)
        qFatal("no store");
    return std::move(*store);
}

QString path_in(const QTemporaryDir& folder)
{
    return folder.filePath(QStringLiteral("pages.jackfield.json"));
}

void write(const QTemporaryDir& folder, const QByteArray& content)
{
    QFile file(path_in(folder));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

} // namespace

class PageFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_page_comes_back_as_it_was()
    {
        const auto read = parse_pages(format_pages(two_pages));
        QVERIFY(read.has_value());
        QVERIFY(*read == two_pages);
        QVERIFY(parse_pages(format_pages({}))->empty());
    }

    void the_oldest_give_way()
    {
        std::vector<RememberedPage> pages;
        for (int i = 0; i < 1'005; ++i)
            pages.push_back({"http://a", "/" + std::to_string(i), "", "name", ""});
        const auto read = parse_pages(format_pages(pages));
        QVERIFY(read.has_value());
        QCOMPARE(read->size(), std::size_t{1'000});
        QCOMPARE(read->front().path, std::string("/5"));
        QCOMPARE(read->back().path, std::string("/1004"));
    }

    void what_cannot_be_used_is_left_out_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("pages");
        QTest::newRow("no list") << QByteArray("{}") << 0;
        QTest::newRow("a list of other things") << QByteArray("{\"pages\":[1,null,\"x\",[],{}]}") << 0;
        QTest::newRow("no list but a text") << QByteArray("{\"pages\":\"x\"}") << 0;
        QTest::newRow("wrong types") << QByteArray(
            "{\"pages\":[{\"origin\":1,\"path\":[],\"name\":{},\"colour\":true}]}")
                                     << 0;
        QTest::newRow("neither name nor colour") << QByteArray("{\"pages\":[{\"origin\":\"a\"}]}") << 0;
        QTest::newRow("too long") << "{\"pages\":[{\"origin\":\"" + QByteArray(9'000, 'x')
                + "\",\"name\":\"n\"}]}"
                                  << 0;
        QTest::newRow("one of two") << QByteArray(
            "{\"pages\":[{\"name\":7},{\"origin\":\"a\",\"name\":\"n\",\"else\":[1]}]}")
                                    << 1;
    }
    void what_cannot_be_used_is_left_out()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, pages);
        const auto read = parse_pages(text.toStdString());
        QVERIFY(read.has_value());
        QCOMPARE(static_cast<int>(read->size()), pages);
    }

    void FF_04_a_damaged_text_is_no_page_or_a_good_one()
    {
        const std::string good = format_pages(two_pages);
        for (std::size_t size = 0; size < good.size(); ++size) {
            const auto read = parse_pages(std::string_view(good).substr(0, size));
            QVERIFY(!read || *read == two_pages);
        }
        for (std::size_t at = 0; at < good.size(); ++at) {
            for (int bit = 0; bit < 8; ++bit) {
                std::string bad = good;
                bad[at] = static_cast<char>(static_cast<unsigned char>(bad[at]) ^ (1U << bit));
                if (const auto read = parse_pages(bad))
                    QVERIFY(read->size() <= 2);
            }
        }
    }

    void names_and_colours_are_there_after_a_restart()
    {
        const QTemporaryDir folder;
        {
            const auto store = open_store(folder);
            QVERIFY(store->loaded().pages.empty());
            store->start({});
            store->remember_pages(two_pages);
            store->close(20s);
        }
        {
            const auto store = open_store(folder);
            QVERIFY(store->loaded().pages == two_pages);
            store->start({});
            store->remember_pages({});
            store->close(20s);
        }
        QVERIFY(open_store(folder)->loaded().pages.empty());
    }

    void FF_04_a_file_that_cannot_be_used_is_written_anew_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("one byte") << QByteArray("{");
        QTest::newRow("NULs") << QByteArray(1'000, '\0');
        QTest::newRow("UTF-16") << QByteArray("\xff\xfe{\0}\0", 6);
        QTest::newRow("no object") << QByteArray("[1,2]");
        QTest::newRow("deep") << QByteArray(100'000, '[');
        QTest::newRow("deep in an object") << "{\"pages\":" + QByteArray(100'000, '[');
    }
    void FF_04_a_file_that_cannot_be_used_is_written_anew()
    {
        QFETCH(QByteArray, content);
        const QTemporaryDir folder;
        write(folder, content);
        {
            const auto store = open_store(folder);
            QVERIFY(store->loaded().pages.empty());
            QVERIFY(store->loaded().notices.empty()); // it matters to nobody's work
            store->start({});
            store->remember_pages(two_pages);
            store->close(20s);
        }
        QVERIFY(open_store(folder)->loaded().pages == two_pages);
    }

    void FF_04_what_is_no_small_file_is_not_read()
    {
        {
            const QTemporaryDir folder;
            write(folder, "{");
            QVERIFY(QFile::resize(path_in(folder), 100'000'000));
            QVERIFY(open_store(folder)->loaded().pages.empty());
        }
        {
            const QTemporaryDir folder;
            QCOMPARE(::mkfifo(QFile::encodeName(path_in(folder)).constData(), 0600), 0);
            QVERIFY(open_store(folder)->loaded().pages.empty());
        }
        {
            const QTemporaryDir folder;
            QCOMPARE(::mkdir(QFile::encodeName(path_in(folder)).constData(), 0700), 0);
            QVERIFY(open_store(folder)->loaded().pages.empty());
        }
    }
};

QTEST_GUILESS_MAIN(PageFileTest)
#include "page_file_test.moc"
