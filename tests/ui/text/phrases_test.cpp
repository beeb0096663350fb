// A German window says in German what the engine and app/shared say in English, and each phrase that it knows is
// one that they say.
#include "tests/architecture/source_tree.h"

#include "app/shared/own_certificate.h"
#include "app/shared/project_disk.h"
#include "server/admission.h"
#include "ui/text/language.h"
#include "ui/text/phrases.h"

#include "jackfield/access_rules.h"
#include "jackfield/certificate.h"
#include "jackfield/engine.h"
#include "jackfield/event_text.h"
#include "jackfield/socket_address.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <string>
#include <system_error>
#include <variant>
#include <vector>

using namespace jackfield;

namespace {

QString german(const std::string& sentence)
{
    ui::speak(QStringLiteral("de"));
    const QString said = ui::wordsOf(sentence);
    ui::speak(QStringLiteral("en"));
    return said;
}

bool has_english(const QString& text)
{
    static const QRegularExpression words(
        QStringLiteral(R"(\b(?:the|is|it|no|not|and|of|that|with|without|cannot|has|have|browsers)\b)"));
    return words.match(text).hasMatch();
}

/// All string literals of the engine and the programs; those that follow one another are one. And what the C library
/// says of a failed call, where the system speaks English.
QSet<QString> literals()
{
    static const QRegularExpression literal(QStringLiteral(R"re("(?:[^"\\\n]|\\.)*"(?:\s*"(?:[^"\\\n]|\\.)*")*)re"));
    static const QRegularExpression seam(QStringLiteral(R"re((?<!\\)"\s*")re"));
    QSet<QString> found;
    for (const auto& file : source_tree::sources({QStringLiteral("engine"), QStringLiteral("app")})) {
        for (auto all = literal.globalMatch(file.text); all.hasNext();) {
            QString text = all.next().captured();
            text = text.mid(1, text.size() - 2).remove(seam);
            found.insert(text.replace(QLatin1String("\\\""), QLatin1String("\"")));
        }
    }
    for (int error = 1; error < 200; ++error)
        found.insert(QString::fromStdString(std::generic_category().message(error)));
    return found;
}

/// Whether `words` are literals of the sources, one behind the other.
bool is_said(const QString& words, const QSet<QString>& literals)
{
    for (const QString& each : literals) {
        if (each.contains(words))
            return true;
    }
    for (const QString& each : literals) {
        if (!each.isEmpty() && words.startsWith(each) && is_said(words.mid(each.size()), literals))
            return true;
    }
    return false;
}

QStringList words_between_places(const QString& phrase)
{
    static const QRegularExpression place(QStringLiteral("%[1-9]"));
    return phrase.split(place, Qt::SkipEmptyParts);
}

} // namespace

class PhrasesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { ui::speak(QStringLiteral("en")); }

    void every_phrase_is_said_by_a_source()
    {
        const QSet<QString> said = literals();
        QVERIFY(said.size() > 1'000);
        for (const char* const phrase : ui::knownPhrases()) {
            for (const QString& words : words_between_places(QString::fromUtf8(phrase)))
                QVERIFY2(is_said(words, said), phrase);
        }
        QVERIFY(!is_said(QStringLiteral("which no source says"), said));
    }

    void no_phrase_hides_another()
    {
        ui::speak(QStringLiteral("de"));
        QSet<QString> seen;
        for (const char* const phrase : ui::knownPhrases()) {
            QVERIFY2(!seen.contains(QString::fromUtf8(phrase)), phrase);
            seen.insert(QString::fromUtf8(phrase));
            QString sentence = QString::fromUtf8(phrase);
            QString translation = QCoreApplication::translate("jackfield::ui::Phrases", phrase);
            QVERIFY2(translation != sentence, phrase);
            for (int i = 1; i <= 9; ++i) {
                sentence.replace(QStringLiteral("%%1").arg(i), QStringLiteral("<%1>").arg(i));
                translation.replace(QStringLiteral("%%1").arg(i), QStringLiteral("<%1>").arg(i));
            }
            QCOMPARE(ui::wordsOf(sentence.toStdString()), translation);
        }
        ui::speak(QStringLiteral("en"));
    }

    void english_stays_as_it_is_data()
    {
        QTest::addColumn<QString>("sentence");
        for (const char* sentence : {"", "%", "%1", ": ", ": : ", "\"", "100 % of %2 and %", "something else: with a colon",
                 "\"%2\" cannot stand in a certificate: it has a NUL",
                 "/a: b.pem: the key is encrypted: its passphrase is needed",
                 "another program listens on 127.0.0.1:80: Address already in use"})
            QTest::newRow(sentence) << QString::fromUtf8(sentence);
    }

    void english_stays_as_it_is()
    {
        QFETCH(QString, sentence);
        QCOMPARE(ui::wordsOf(sentence.toStdString()), sentence);
    }

    void what_stands_in_a_place_stays_as_it_is()
    {
        QCOMPARE(german("\"%1 %2 & <b>\" cannot stand in a certificate: it has a NUL"),
            QStringLiteral("„%1 %2 & <b>“ kann nicht in einem Zertifikat stehen: er enthält ein NUL"));
        QCOMPARE(german("unknown words: that nobody translates"), QStringLiteral("unknown words: that nobody translates"));
        QCOMPARE(german("ports below 1024 need privileges: 127.0.0.1:80; choose a higher one: Permission denied"),
            QStringLiteral("Ports unter 1024 brauchen besondere Rechte: 127.0.0.1:80; wählen Sie einen höheren: keine "
                           "Berechtigung"));
        QCOMPARE(german("another program listens on 127.0.0.1:80: Address already in use"),
            QStringLiteral("ein anderes Programm lauscht auf 127.0.0.1:80: die Adresse wird schon benutzt"));
    }

    void typed_text_is_refused_in_german_data()
    {
        QTest::addColumn<QString>("sentence");
        const auto row = [](const std::string& said) { QTest::newRow(said.c_str()) << QString::fromStdString(said); };
        for (const char* text : {"", "https://app.test/", "app.test:8443", "[::1]:80", "fe80::1%eth0", "10.0.0.0/8",
                 "b\xc3\xbc.test", "a.*.test", "*.test", "app.test.", ".test", "-a.test", "10.1.2", "2130706433", "fe80:::1",
                 "0.0.0.0", "a.test,b.test", "a'b.test"}) {
            const auto checked = check_development_name(text);
            QVERIFY(!checked);
            row(checked.error().message());
        }
        row(check_development_name(std::string(64, 'a')).error().message());
        row(check_development_name(std::string(64, '.') + std::string(200, 'a')).error().message());
        row(issue_development_certificate(std::vector<std::string>(101, "a.test"), WallTime()).error().message());
        for (const char* text : {"[::1", "[::1]x", "127.0.0.1:99999", ":80", "", "4567", "shop.test", "1:2:3", "[fe80::1%none]",
                 "[1:2]:3"}) {
            const auto parsed = SocketAddress::parse(text, 4567);
            QVERIFY(!parsed);
            row(parsed.error().message());
        }
        for (const ListKind kind : {ListKind::hosts, ListKind::origins}) {
            for (const char* text : {"", "b\xc3\xbc.test", "a b", "me@a.test", "a.test/x", "a*b", "::1", "a.test:0", "a..b",
                     "#", "*:0", "*.1.2.3.4", "1.2.3", "*.*", "a\x01z", "http://", "http://a b", "ws://a.test"}) {
                if (const auto pattern = parse_access_pattern(kind, text); !pattern)
                    row(pattern.error().message());
            }
        }
        for (const BlockKind kind : {BlockKind::address, BlockKind::host, BlockKind::origin}) {
            const auto block = parse_access_block(kind, "a b");
            QVERIFY(!block);
            row(block.error().message());
        }
        AccessList list = AccessList::built_in(ListKind::origins);
        row(list.add(ListKind::origins, "null", false, std::nullopt).error().message());
        row(list.remove(ListKind::origins, "http://a.test").error().message());
        row(parse_access_line(ListKind::origins, "null").problem);
    }

    void typed_text_is_refused_in_german()
    {
        QFETCH(QString, sentence);
        QString said = german(sentence.toStdString());
        QVERIFY2(!has_english(said.remove(QStringLiteral("allow origin null for 15m"))), qPrintable(said));
    }

    void a_bad_certificate_is_told_of_in_german()
    {
        const QTemporaryDir folder;
        const auto write = [&](const char* name, const std::string& text, QFile::Permissions mode) {
            QFile file(folder.filePath(QString::fromUtf8(name)));
            if (file.open(QIODevice::WriteOnly)) {
                file.write(QByteArray::fromStdString(text));
                file.setPermissions(mode);
            }
            return file.fileName().toStdString();
        };
        const QFile::Permissions mine = QFile::ReadOwner | QFile::WriteOwner;
        const WallTime today = WallTime(std::chrono::hours(24 * 365 * 55));
        const auto made = issue_development_certificate({}, today);
        const auto other = issue_development_certificate({}, today);
        QVERIFY(made && other);
        const std::string chain = write("chain", made->certificate_pem, mine);
        const std::string key = write("key", made->key_pem, mine);
        const std::string others = write("others", other->key_pem, mine);
        const std::string open = write("open", made->key_pem, mine | QFile::ReadOther);
        const std::string cut = write("cut", made->certificate_pem.substr(0, 200), mine);
        const std::string cut_key = write("cut_key", made->key_pem.substr(0, 80), mine);
        const std::string text = write("text", "hello\n", mine);
        const std::string none = folder.filePath(QStringLiteral("none")).toStdString();
        const std::string encrypted = write("encrypted",
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n", mine);
        const std::vector<app::OwnCertificateFiles> bad = {{none, key}, {chain, none}, {chain, open}, {key, chain}, {chain, chain},
            {key, key}, {text, key}, {chain, text}, {cut, key}, {chain, cut_key}, {chain, others}, {chain, encrypted},
            {folder.path().toStdString(), key}};
        for (const app::OwnCertificateFiles& files : bad) {
            const auto loaded = app::load_own_certificate(files, std::nullopt, today);
            QVERIFY2(!loaded, files.key_path.c_str());
            const QString said = german(loaded.error().detail);
            QVERIFY2(!has_english(said.section(QStringLiteral("(OpenSSL"), 0, 0)), qPrintable(said));
        }
        const auto warned = check_identity(
            other->certificate_pem + made->certificate_pem, made->key_pem, std::nullopt, today + std::chrono::hours(24 * 500));
        QVERIFY(warned);
        QVERIFY(warned->warnings.size() >= 2);
        for (const std::string& warning : warned->warnings)
            QVERIFY2(!has_english(german(warning)), qPrintable(german(warning)));
    }

    void a_damaged_list_is_told_of_in_german()
    {
        std::vector<std::string> notices;
        for (const std::string& content :
            {std::string("7\nlocalhost\na b\n*\n"), std::string("!!\n"), std::string(2'000'000, 'a'), std::string("\xff\xfe")})
            (void)AccessList::parse_file(ListKind::hosts, content, notices);
        QVERIFY(notices.size() >= 6);
        for (const std::string& notice : notices)
            QVERIFY2(!has_english(german(notice)), qPrintable(german(notice)));
    }

    void a_broken_project_is_told_of_in_german()
    {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("shop.jackfield.json")).toStdString();
        const app::ProjectDisk disk({"echo"}, folder.path().toStdString());
        for (const char* content : {"{", "", "[]", "{}", R"({"jackfield":1,"jackfield":1})", R"({"jackfield":"x"})",
                 R"({"jackfield":1,"access":[]})", R"({"jackfield":1,"access":{"hosts":7}})",
                 R"({"jackfield":1,"access":{"hosts":[7]}})", R"({"jackfield":1,"access":{"hosts":["a b"]}})",
                 R"({"jackfield":1,"access":{"origin_required":7}})"}) {
            QFile file(QString::fromStdString(path));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(content);
            file.close();
            const auto read = disk.read(path);
            QVERIFY2(!read, content);
            QString said = german(read.error().message());
            said.remove(QString::fromStdString(path)).remove(QStringLiteral("origin_required"));
            QVERIFY2(said.startsWith(QStringLiteral("Das Projekt")) && !has_english(said), qPrintable(said));
        }
    }

    void a_refusal_says_why_in_german()
    {
        for (int i = 0; i <= static_cast<int>(RefusalReason::stopping); ++i) {
            const auto reason = static_cast<RefusalReason>(i);
            const std::string sentence(server::explain(reason));
            const QString said = german(sentence);
            QVERIFY2(said != QString::fromStdString(sentence), sentence.c_str());
            QVERIFY2(!has_english(said), qPrintable(said));
        }
    }

    void an_event_is_told_of_in_german_data()
    {
        QTest::addColumn<QString>("sentence");
        const auto row = [](auto what) {
            const std::string text = describe(Event{1, {}, std::move(what)});
            QTest::newRow(text.c_str()) << QString::fromStdString(text);
        };
        row(event::Listening{SocketAddress::v4({127, 0, 0, 1}, 80)});
        row(event::Stopped{});
        for (const ListKind kind : {ListKind::hosts, ListKind::origins}) {
            row(event::ListChanged{kind, 1, 0, false});
            row(event::ListChanged{kind, 3, 2, true});
            row(event::ListChanged{kind, 0, 1, true});
            row(event::WideOpen{kind});
        }
        row(event::MessagesSkipped{{}, 7, 1});
        row(event::MessagesSkipped{{}, 7, 2});
        for (const auto kind : {event::FloodKind::ping, event::FloodKind::fragments, event::FloodKind::inflate,
                 event::FloodKind::tls})
            row(event::Flood{{}, 7, kind});
        row(event::DescriptorsExhausted{});
        row(event::DescriptorsRecovered{});
        row(event::ClockJump{milliseconds(5'000)});
        row(event::ClockJump{milliseconds(-5'000)});
        row(event::EngineStalled{milliseconds(700)});
        row(event::StopFinished{1, 0, 0});
        row(event::StopFinished{2, 3, 4});
    }

    void an_event_is_told_of_in_german()
    {
        QFETCH(QString, sentence);
        const QString said = german(sentence.toStdString());
        QVERIFY2(said != sentence, qPrintable(said));
        QVERIFY2(!has_english(said), qPrintable(said));
    }

    void a_port_that_is_taken_is_told_of_in_german()
    {
        EngineConfig config;
        config.listeners = {{*SocketAddress::parse("192.0.2.1:4567", 0)}};
        auto engine = Engine::create(std::move(config));
        QVERIFY(engine.has_value());
        std::string problem;
        for (int turn = 0; turn < 100 && problem.empty(); ++turn) {
            QVERIFY((*engine)->poll(std::chrono::milliseconds(10)).has_value());
            EventBatch batch;
            (*engine)->take_events(batch);
            for (const Event& event : batch.events) {
                if (const auto* failed = std::get_if<event::ListenFailed>(&event.what))
                    problem = Error{failed->error.code, 0, failed->error.detail}.message();
            }
        }
        QCOMPARE(german(problem), QStringLiteral("dieser Rechner hat keine Adresse 192.0.2.1"));
    }
};

QTEST_GUILESS_MAIN(PhrasesTest)
#include "phrases_test.moc"
