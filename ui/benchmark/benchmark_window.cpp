#include "ui/benchmark/benchmark_window.h"

#include "ui/benchmark/benchmark_form.h"
#include "ui/benchmark/benchmark_plots.h"
#include "ui/benchmark/benchmark_process.h"
#include "ui/benchmark/benchmark_text.h"
#include "ui/benchmark/run_store.h"
#include "ui/benchmark/runs_panel.h"
#include "ui/bridge/engine_port.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/controls.h"
#include "ui/views/elided_label.h"
#include "ui/views/inline_notice.h"
#include "ui/views/shortcut_dialog.h"
#include "ui/views/shortcut_list.h"
#include "ui/views/strip.h"

#include <QCloseEvent>
#include <QDir>
#include <QHBoxLayout>
#include <QMenu>
#include <QMenuBar>
#include <QProgressBar>
#include <QScrollArea>
#include <QSplitter>
#include <QTemporaryDir>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace jackfield::ui {

namespace {

constexpr auto formKey = "benchmark_form";
constexpr auto geometryKey = "benchmark_geometry";
constexpr int barSteps = 1'000;
/// Live points are thinned out beyond this, so that a run of hours stays quick to draw.
constexpr std::size_t mostSamples = 4'000;

/// Of each two neighbours the one with the longer tail, for which a person looks.
void thinOut(std::vector<BenchmarkSample>& samples)
{
    std::vector<BenchmarkSample> kept;
    kept.reserve(samples.size() / 2 + 1);
    for (std::size_t i = 0; i + 1 < samples.size(); i += 2)
        kept.push_back(samples[i].p999 > samples[i + 1].p999 ? samples[i] : samples[i + 1]);
    samples.swap(kept);
}

} // namespace

BenchmarkWindow::BenchmarkWindow(EnginePort& port, Places places, QWidget* parent)
    : QMainWindow(parent, Qt::Window)
    , m_places(std::move(places))
    , m_settings(m_places.settingsFile)
    , m_process(new BenchmarkProcess(this))
{
    nameControl(this, "benchmark_window", "Benchmark");
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Benchmark - Jackfield"));
    setMinimumSize(720, 480);
    QString folder = m_places.runsFolder;
    if (folder.isEmpty()) {
        m_temporary = std::make_unique<QTemporaryDir>();
        folder = m_temporary->path();
    }
    m_store = std::make_unique<RunStore>(folder);
    makeViews();
    makeMenus();
    m_form->restoreState(m_settings.text(formKey));
    m_form->setConfigFolder(m_places.configFolder);
    m_form->setServer(*port.status());
    if (!restoreGeometry(m_settings.bytes(geometryKey)))
        resize(1100, 760);
    connect(&port, &EnginePort::statusChanged, m_form, &BenchmarkForm::setServer);
    connect(m_form, &BenchmarkForm::startRequested, this, &BenchmarkWindow::start);
    connect(m_form, &BenchmarkForm::stopRequested, m_process, &BenchmarkProcess::stop);
    connect(m_process, &BenchmarkProcess::sampled, this, &BenchmarkWindow::onSample);
    connect(m_process, &BenchmarkProcess::stepped, this, &BenchmarkWindow::onStep);
    connect(m_process, &BenchmarkProcess::finished, this, &BenchmarkWindow::onFinished);
    connect(m_runs, &RunsPanel::selectionChanged, this, &BenchmarkWindow::showSelected);
    showSelected();
    static_cast<void>(findProgram());
}

BenchmarkWindow::~BenchmarkWindow()
{
    delete m_process;
    // The views look at the runs until the last moment.
    delete takeCentralWidget();
}

void BenchmarkWindow::makeViews()
{
    auto* content = new QWidget(this);
    auto* header = new Strip(Qt::BottomEdge, content);
    m_heading = named(new ElidedLabel(header), "benchmark_heading", "How the run goes");
    m_heading->setContent(tr("Nothing runs"));
    m_bar = named(new QProgressBar(header), "benchmark_progress", "Progress of the run");
    m_bar->setRange(0, barSteps);
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(140, 8);
    m_bar->hide();
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(12, 7, 12, 7);
    row->addWidget(m_heading, 1);
    row->addWidget(m_bar);
    m_notice = new InlineNotice(QStringLiteral("benchmark"), content);
    m_notice->setObjectName(QStringLiteral("benchmark_notice"));

    m_form = new BenchmarkForm(content);
    auto* scroll = named(new QScrollArea(content), "benchmark_scroll", "What to run");
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidgetResizable(true);
    scroll->setWidget(m_form);
    scroll->setMinimumWidth(m_form->minimumSizeHint().width() + 16);
    m_plots = new BenchmarkPlots(content);
    m_runs = new RunsPanel(*m_store, content);
    m_rows = new QSplitter(Qt::Vertical, content);
    m_rows->setObjectName(QStringLiteral("benchmark_rows"));
    m_rows->setChildrenCollapsible(false);
    m_rows->setHandleWidth(1);
    m_rows->addWidget(m_plots);
    m_rows->addWidget(m_runs);
    m_rows->setSizes({430, 260});
    m_rows->setStretchFactor(0, 1);
    m_columns = new QSplitter(Qt::Horizontal, content);
    m_columns->setObjectName(QStringLiteral("benchmark_columns"));
    m_columns->setChildrenCollapsible(false);
    m_columns->setHandleWidth(1);
    m_columns->addWidget(scroll);
    m_columns->addWidget(m_rows);
    m_columns->setSizes({290, 810});
    m_columns->setStretchFactor(0, 0);
    m_columns->setStretchFactor(1, 1);

    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(m_notice);
    layout->addWidget(m_columns, 1);
    setCentralWidget(content);
    describeArea(m_form, tr("What to run"));
    describeArea(m_runs, tr("Past runs"));
}

void BenchmarkWindow::makeMenus()
{
    menuBar()->setObjectName(QStringLiteral("benchmark_menu_bar"));
    const auto add = [this](QMenu* menu, const QString& text, const char* name, const QKeySequence& key, auto slot) {
        QAction* action = menu->addAction(text);
        action->setObjectName(QLatin1String(name));
        action->setShortcut(key);
        connect(action, &QAction::triggered, this, slot);
    };
    QMenu* run = menuBar()->addMenu(tr("R&un"));
    run->setObjectName(QStringLiteral("benchmark_menu_run"));
    add(run, tr("&Start or stop"), "benchmark_start_stop", QKeySequence(Qt::CTRL | Qt::Key_Return),
        [this] { m_form->startOrStop(); });
    run->addSeparator();
    add(run, tr("&Export..."), "benchmark_export_action", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S),
        [this] { m_runs->exportSelected(); });
    add(run, tr("&Delete..."), "benchmark_delete_action", {}, [this] { m_runs->removeSelected(); });
    run->addSeparator();
    add(run, tr("&Close"), "benchmark_close", QKeySequence(Qt::CTRL | Qt::Key_W), [this] { close(); });
    QMenu* help = menuBar()->addMenu(tr("&Help"));
    help->setObjectName(QStringLiteral("benchmark_menu_help"));
    add(help, tr("&Keyboard shortcuts"), "benchmark_shortcuts", QKeySequence(Qt::CTRL | Qt::Key_Question),
        [this] { ShortcutDialog::showFor(*this); });
}

/// Empty, and said so, when it is not there.
QString BenchmarkWindow::findProgram()
{
    const QString program = m_places.program ? m_places.program() : findBenchmarkProgram();
    if (program.isEmpty())
        m_notice->showNotice(InlineNotice::Kind::Warning,
            tr("The program jackfield-bench, which makes the load, is not installed. It comes with the package "
               "jackfield-terminal; install it with: sudo apt install jackfield-terminal"),
            {{tr("Look again"), QStringLiteral("Look for the program again"), [this] { static_cast<void>(findProgram()); }}});
    return program;
}

void BenchmarkWindow::start()
{
    if (m_process->isRunning())
        return;
    m_notice->dismiss();
    const QString program = findProgram();
    if (program.isEmpty())
        return;
    m_running = m_store->newId();
    if (m_running.isEmpty()) {
        m_notice->showNotice(InlineNotice::Kind::Danger,
            tr("Not started: the report could not be kept. Look whether you may write to %1.").arg(displayText(m_store->folder())));
        return;
    }
    m_settings.setText(formKey, m_form->state());
    const BenchmarkPlan plan = m_form->plan();
    m_expectedSeconds = usesOf(plan.mode).duration ? plan.duration : 0;
    m_samples.clear();
    m_runs->select({});
    m_plots->setEmptyText(tr("The first figures come within a second."));
    m_plots->show({});
    m_heading->setContent(tr("Starting\u2026"));
    m_bar->setRange(0, 0);
    m_bar->show();
    m_form->setRunning(true);
    m_process->start(program, argumentsOf(plan, m_store->jsonFile(m_running), m_store->htmlFile(m_running)));
}

void BenchmarkWindow::onSample(const BenchmarkSample& sample)
{
    m_samples.push_back(sample);
    if (m_samples.size() > mostSamples)
        thinOut(m_samples);
    QString told = tr("%1 · %2 · p50 %3 · p99 %4 · %5")
                       .arg(formatDuration(static_cast<std::int64_t>(sample.atSeconds * 1e9)), formatRate(sample.messagesPerSecond),
                           formatMicroseconds(sample.p50), formatMicroseconds(sample.p99),
                           tr("%1 connections", nullptr, pluralOf(sample.connections)).arg(formatCount(sample.connections)));
    if (sample.serverCpu)
        told += QStringLiteral(" · ") + tr("server's CPU %1 %").arg(formatDecimal(*sample.serverCpu * 100, 0));
    if (sample.errors > 0)
        told += QStringLiteral(" · ") + tr("%1 errors", nullptr, pluralOf(sample.errors)).arg(formatCount(sample.errors));
    m_heading->setContent(told);
    if (m_expectedSeconds > 0) {
        m_bar->setRange(0, barSteps);
        m_bar->setValue(std::min(barSteps, static_cast<int>(sample.atSeconds / m_expectedSeconds * barSteps)));
    }
    m_plots->show(m_samples);
}

void BenchmarkWindow::onStep(const BenchmarkStep& step)
{
    if (step.of > 0) {
        m_bar->setRange(0, step.of);
        m_bar->setValue(std::clamp(step.number, 0, step.of));
        m_heading->setContent(tr("%1 of %2: %3")
                                  .arg(formatCount(static_cast<std::uint64_t>(std::max(0, step.number))),
                                      formatCount(static_cast<std::uint64_t>(step.of)), displayText(step.doing)));
    } else {
        m_heading->setContent(displayText(step.doing));
    }
}

void BenchmarkWindow::onFinished(int exitStatus, const QString& words)
{
    const QString id = std::exchange(m_running, {});
    m_bar->hide();
    m_form->setRunning(false);
    const bool isKept = m_store->add(id);
    if (isKept) {
        const BenchmarkReport& report = m_store->find(id)->report;
        m_heading->setContent(tr("The run has ended: %1").arg(outcomeOf(report)));
        m_runs->select({id});
        QStringList notes = report.warnings;
        if (!report.errorExample.isEmpty())
            notes.prepend(tr("the first error: %1").arg(report.errorExample));
        if (!words.isEmpty())
            notes.prepend(words);
        if (!notes.isEmpty())
            m_notice->showNotice(report.hasFailed ? InlineNotice::Kind::Danger : InlineNotice::Kind::Warning,
                displayText(notes.join(QStringLiteral("; ")), 2'000));
    } else {
        m_heading->setContent(tr("The run has ended without a report"));
        m_plots->setEmptyText(tr("There is nothing to show."));
        m_notice->showNotice(InlineNotice::Kind::Danger,
            !words.isEmpty()      ? tr("jackfield-bench: %1").arg(displayText(words, 2'000))
                : exitStatus >= 0 ? tr("jackfield-bench ended with status %1 and said nothing.").arg(exitStatus)
                                  : tr("jackfield-bench was ended before it could report."));
    }
    Q_EMIT runEnded();
}

void BenchmarkWindow::showSelected()
{
    if (!m_running.isEmpty())
        return; // the run that goes on has the plots
    const QStringList ids = m_runs->selected();
    const BenchmarkRun* newer = m_store->find(ids.value(0));
    const BenchmarkRun* older = ids.size() == 2 ? m_store->find(ids.value(1)) : nullptr;
    m_plots->setEmptyText(newer != nullptr && ids.size() <= 2 && newer->report.isCheck()
            ? tr("A conformance check has no plots; its outcomes are below.")
            : tr("Start a run, or select one below; two are compared."));
    if (newer == nullptr || ids.size() > 2)
        m_plots->show({});
    else
        m_plots->show(newer->report.series, older != nullptr ? older->report.series : std::vector<BenchmarkSample>());
}

void BenchmarkWindow::closeEvent(QCloseEvent* event)
{
    m_settings.setText(formKey, m_form->state());
    m_settings.setBytes(geometryKey, saveGeometry());
    QMainWindow::closeEvent(event);
}

} // namespace jackfield::ui
