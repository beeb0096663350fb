#include "capture/json_text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace jackfield;

/// How a peer's text stands in JSON Lines, HAR and the terminal's JSON.
class JsonTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void strings_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("json");
        const auto row = [](const char* name, const char* text, const char* json) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(json);
        };
        row("plain", "a/b ~", "\"a/b ~\"");
        row("quotes", "\"\\", "\"\\\"\\\\\"");
        row("controls", "\t\r\n\x1b\x7f", "\"\\t\\r\\n\\u001b\\u007f\"");
        row("C1 controls, which terminals obey", "\u0080\u0085\u009b31m\u009f", "\"\\u0080\\u0085\\u009b31m\\u009f\"");
        row("beside them", "\u00a0\u00a1", "\"\u00a0\u00a1\"");
        row("direction of writing", "a\u202e\u2066\u200e\u061cb", "\"a\\u202e\\u2066\\u200e\\u061cb\"");
        row("line ends of JavaScript", "\u2028\u2029", "\"\\u2028\\u2029\"");
        row("without width", "\u200b\ufeff\u00ad\u180e", "\"\\u200b\\ufeff\\u00ad\\u180e\"");
        row("tags", "\U000e0041", "\"\\udb40\\udc41\"");
        row("other scripts", "\u0648\u1812\u4e16\u2014\uff01\U0001f600", "\"\u0648\u1812\u4e16\u2014\uff01\U0001f600\"");
    }
    void strings()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, json);
        std::string out;
        append_json_string(out, text.toStdString());
        QCOMPARE(QByteArray::fromStdString(out), json);
        QCOMPARE(QJsonDocument::fromJson("[" + json + "]").array().at(0).toString().toUtf8(), text);
    }
    void nul_is_escaped()
    {
        std::string out;
        append_json_string(out, std::string_view("\0", 1));
        QCOMPARE(out, std::string("\"\\u0000\""));
    }
    void what_is_no_utf8_stays()
    {
        std::string out;
        append_json_string(out, "a\xe2\x80|\xff\xc2");
        QCOMPARE(out, std::string("\"a\xe2\x80|\xff\xc2\""));
    }
};

QTEST_GUILESS_MAIN(JsonTextTest)
#include "json_text_test.moc"
