#include "app/bench/comparison.h"
#include "app/bench/html_report.h"

#include <QRegularExpression>
#include <QString>
#include <QTest>
#include <QXmlStreamReader>

using namespace jackfield;
using namespace jackfield::bench;

namespace {

RunResult run_of(double factor)
{
    RunResult run;
    run.mode = "echo";
    run.target = "ws://127.0.0.1:1/echo";
    run.tool_version = "1";
    run.started_at = "2026-01-01T00:00:00Z";
    run.machine = "a machine";
    run.parameters = {{"connections", "10"}, {"depth", factor == 1 ? "1" : "8"}};
    run.messages_a_second = 1'000 * factor;
    run.latency.count = 1'000;
    run.latency.p50_us = 100 * factor;
    run.latency.p99_us = 900 * factor;
    run.latency.buckets = {{90, 100 * factor, 500}, {100 * factor, 900 * factor, 490}, {900 * factor, 2'000 * factor, 10}};
    for (int second = 1; second <= 3; ++second) {
        SeriesPoint point;
        point.at_seconds = second;
        point.seconds = 1;
        point.messages = static_cast<std::uint64_t>(1'000 * factor);
        point.p50_us = 100 * factor;
        point.p99_us = 900 * factor;
        run.series.push_back(point);
    }
    return run;
}

/// Every plot is well-formed XML: a browser would forgive, a reader of ours shall not have to.
qsizetype well_formed_plots(const QString& page)
{
    qsizetype plots = 0;
    static const QRegularExpression svg("<svg.*?</svg>", QRegularExpression::DotMatchesEverythingOption);
    for (auto each = svg.globalMatch(page); each.hasNext(); ++plots) {
        QXmlStreamReader reader(each.next().captured());
        while (!reader.atEnd())
            reader.readNext();
        if (reader.hasError())
            return -1;
    }
    return plots;
}

} // namespace

/// What a finished run looks like as a page, and beside an earlier one.
class HtmlReportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_page_holds_figures_and_plots()
    {
        const QString page = QString::fromStdString(html_report(run_of(1), nullptr));
        QCOMPARE(well_formed_plots(page), qsizetype{3});
        for (const char* text : {"1,000 a second", "100 us", "900 us", "Throughput over time", "Latency over time", "Latency by percentile",
                 "connections", "prefers-color-scheme: dark", "99 %"})
            QVERIFY2(page.contains(text), text);
        QVERIFY(!page.contains("before"));
    }

    void it_needs_nothing_beside_itself()
    {
        const QString page = QString::fromStdString(html_report(run_of(1), nullptr));
        for (const char* word : {"http:", "https:", "<script", "<link", "@import", "url(", " src="})
            QVERIFY2(!page.contains(word), word);
    }

    void an_earlier_run_stands_beside_it()
    {
        const RunResult before = run_of(1);
        const QString page = QString::fromStdString(html_report(run_of(2), &before));
        QCOMPARE(well_formed_plots(page), qsizetype{3});
        for (const char* text : {"2.00 x", "not alike: depth: 1, now 8", "messages before", "class=\"curve c0 earlier\""})
            QVERIFY2(page.contains(text), text);
    }

    void hostile_text_is_text()
    {
        RunResult run = run_of(1);
        run.target = "ws://127.0.0.1/\"><script>alert(1)</script>";
        run.warnings = {"<b>bold</b> & \"quoted\""};
        run.errors["<i>\x1b[31mred"] = 3;
        run.parameters.emplace_back("<u>", "\xff\xfe");
        const QString page = QString::fromStdString(html_report(run, nullptr));
        for (const char* text : {"<script>", "<b>", "<i>", "<u>", "\x1b"})
            QVERIFY2(!page.contains(text), text);
        QVERIFY(page.contains("&lt;b&gt;bold&lt;/b&gt; &amp; &quot;quoted&quot;"));
        QCOMPARE(well_formed_plots(page), qsizetype{3});
    }

    void a_run_without_anything_is_a_page_too()
    {
        RunResult run;
        run.mode = "connect";
        run.interrupted = true;
        run.series.resize(1); // one point makes no curve
        const QString page = QString::fromStdString(html_report(run, nullptr));
        QCOMPARE(well_formed_plots(page), qsizetype{0});
        QVERIFY(page.contains("interrupted"));
    }

    void a_ramp_shows_latency_by_load()
    {
        RunResult run = run_of(1);
        run.mode = "ramp";
        run.ramp = {{1'000, 1'000, 100, 200, 300, true}, {2'000, 1'990, 150, 400, 800, true}, {4'000, 3'000, 5'000, 90'000, 99'000, false}};
        run.knee = 2'000;
        const QString page = QString::fromStdString(html_report(run, nullptr));
        QCOMPARE(well_formed_plots(page), qsizetype{4});
        QVERIFY(page.contains("Latency by load"));
        QVERIFY(page.contains("2,000 a second"));
    }

    void cases_are_listed_with_their_outcome()
    {
        RunResult run;
        run.mode = "check";
        run.checks = {{"frame/one", "RFC 6455 section 5.2", "a frame", "1002", "1002", "pass"},
            {"frame/two", "RFC 6455 section 5.5", "<another>", "1002", "an echo", "fail"}};
        const QString page = QString::fromStdString(html_report(run, nullptr));
        QVERIFY(page.contains("<td class=\"fail\">fail</td>"));
        QVERIFY(page.contains("&lt;another&gt;"));
        const auto figures = figures_of(run);
        QCOMPARE(figures.size(), std::size_t{4});
        QCOMPARE(figures[2].text, std::string("1"));
    }

    void a_comparison_has_ratios_and_what_is_not_alike()
    {
        const QString text = QString::fromStdString(comparison(run_of(1), run_of(2)));
        QVERIFY(text.contains("not alike: depth: 1, now 8"));
        QVERIFY(text.contains(QRegularExpression("messages +1,000 a second +2,000 a second +2\\.00 x")));
        QVERIFY(text.contains(QRegularExpression("p50 +100 us +200 us +2\\.00 x")));
        QVERIFY(!text.contains("not alike: connections"));
    }

    void only_runs_of_one_mode_are_compared()
    {
        QVERIFY(why_not_comparable(run_of(1), "echo").empty());
        QVERIFY(QString::fromStdString(why_not_comparable(run_of(1), "ramp")).contains("mode echo, and this run is one of ramp"));
    }
};

QTEST_GUILESS_MAIN(HtmlReportTest)
#include "html_report_test.moc"
