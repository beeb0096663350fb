#include "ui/views/recording_window.h"

#include "ui/models/connection_store.h"
#include "ui/models/message_model.h"
#include "ui/models/message_store.h"
#include "ui/models/recording_load.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/text/phrases.h"
#include "ui/views/controls.h"
#include "ui/views/elided_label.h"
#include "ui/views/filter_field.h"
#include "ui/views/inline_notice.h"
#include "ui/views/message_detail.h"
#include "ui/views/message_export.h"
#include "ui/views/messages_panel.h"
#include "ui/views/shortcut_dialog.h"
#include "ui/views/shortcut_list.h"
#include "ui/views/strip.h"
#include "ui/views/theme.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QProgressBar>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace jackfield::ui {

namespace {

constexpr std::chrono::milliseconds refreshTime{100};
constexpr std::size_t sliceMessages = 2'000;
constexpr std::size_t sliceBytes = std::size_t{4} << 20U;
constexpr int barSteps = 1'000;

/// The word that tells this window from the live one, whatever else is in sight.
class RecordingBadge : public QWidget {
public:
    explicit RecordingBadge(QWidget* parent)
        : QWidget(parent)
        , m_text(RecordingWindow::tr("RECORDING"))
    {
        nameControl(this, "recording_badge", "This is a recording");
    }
    [[nodiscard]] QSize sizeHint() const override
    {
        const QFontMetrics metrics(smallFont());
        return {metrics.horizontalAdvance(m_text) + 16, metrics.height() + 6};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        paintBadge(painter, rect(), m_text, ColorRole::AttentionBadge, ColorRole::AttentionBadgeText);
    }

private:
    const QString m_text;
};

} // namespace

RecordingWindow::RecordingWindow(const QString& path, QWidget* parent)
    : QMainWindow(parent, Qt::Window)
    , m_path(path)
    , m_connections(std::make_unique<ConnectionStore>())
    , m_store(std::make_unique<MessageStore>(*m_connections))
    , m_model(std::make_unique<MessageModel>(*m_store))
{
    nameControl(this, "recording_window", "Recording");
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("%1 (recording) - Jackfield").arg(displayText(QFileInfo(path).fileName())));
    setMinimumSize(560, 360);
    resize(1100, 680);
    makeViews();
    makeMenus();
    connect(&m_tick, &QTimer::timeout, this, &RecordingWindow::refresh);
    connect(&m_slice, &QTimer::timeout, this, &RecordingWindow::take);
    load();
}

RecordingWindow::~RecordingWindow()
{
    // The views look at the models until the last moment.
    delete takeCentralWidget();
}

void RecordingWindow::makeViews()
{
    auto* content = new QWidget(this);
    auto* header = new Strip(Qt::BottomEdge, content);
    m_heading = named(new ElidedLabel(header), "recording_heading", "What is recorded");
    m_bar = named(new QProgressBar(header), "recording_progress", "Progress of opening the recording");
    m_bar->setRange(0, barSteps);
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(140, 8);
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(10, 6, 10, 6);
    row->setSpacing(10);
    row->addWidget(new RecordingBadge(header));
    row->addWidget(m_heading, 1);
    row->addWidget(m_bar);
    m_notice = new InlineNotice(QStringLiteral("recording"), content);
    m_notice->setObjectName(QStringLiteral("recording_notice"));

    m_panel = new MessagesPanel(*m_model, content);
    m_panel->setHeading(tr("of the recording"));
    m_detail = new MessageDetail(*m_store, content);
    m_detail->setMinimumWidth(260);
    m_columns = new QSplitter(Qt::Horizontal, content);
    m_columns->setObjectName(QStringLiteral("recording_splitter"));
    m_columns->setChildrenCollapsible(false);
    m_columns->setHandleWidth(1);
    m_columns->addWidget(m_panel);
    m_columns->addWidget(m_detail);
    m_columns->setStretchFactor(0, 1);
    m_columns->setStretchFactor(1, 0);
    m_columns->setSizes({760, 340});
    m_export = new MessageExport(*m_panel, *m_model, *m_connections, this);
    m_export->setFolder(QFileInfo(m_path).absolutePath());

    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(m_notice);
    layout->addWidget(m_columns, 1);
    setCentralWidget(content);
    connect(m_panel, &MessagesPanel::messageSelected, m_detail, &MessageDetail::showMessage);
    connect(m_panel, &MessagesPanel::selectionCleared, m_detail, &MessageDetail::clear);
    connect(m_detail, &MessageDetail::filterRequested, m_panel->filterField(), &FilterField::setFilterText);
}

void RecordingWindow::makeMenus()
{
    menuBar()->setObjectName(QStringLiteral("recording_menu_bar"));
    const auto add
        = [this](QMenu* menu, const QString& text, const char* name, const QKeySequence& key, auto slot) {
              QAction* action = menu->addAction(text);
              action->setObjectName(QLatin1String(name));
              action->setShortcut(key);
              connect(action, &QAction::triggered, this, slot);
          };
    QMenu* file = menuBar()->addMenu(tr("&File"));
    file->setObjectName(QStringLiteral("recording_menu_file"));
    add(file, tr("&Export messages\u2026"), "recording_export",
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S), [this] { m_export->ask(); });
    file->addSeparator();
    add(file, tr("&Close"), "recording_close", QKeySequence(Qt::CTRL | Qt::Key_W), [this] { close(); });
    QMenu* message = menuBar()->addMenu(tr("&Message"));
    message->setObjectName(QStringLiteral("recording_menu_message"));
    // The table has these keys itself.
    add(message, tr("&Copy") + u'\t' + QKeySequence(QKeySequence::Copy).toString(QKeySequence::NativeText),
        "recording_copy", {}, [this] { m_panel->copyPayload(); });
    add(message,
        tr("Copy &row") + u'\t'
            + QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C).toString(QKeySequence::NativeText),
        "recording_copy_row", {}, [this] { m_panel->copyRows(); });
    add(message, tr("&Filter messages"), "recording_filter", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K),
        [this] { m_panel->focusFilter(); });
    add(message, tr("F&ind in messages"), "recording_find", QKeySequence(Qt::CTRL | Qt::Key_F),
        [this] { m_panel->find(); });
    add(message, tr("Find &next"), "recording_find_next", QKeySequence(Qt::Key_F3),
        [this] { m_panel->findNext(); });
    add(message, tr("Find &previous"), "recording_find_previous", QKeySequence(Qt::SHIFT | Qt::Key_F3),
        [this] { m_panel->findPrevious(); });
    QMenu* help = menuBar()->addMenu(tr("&Help"));
    help->setObjectName(QStringLiteral("recording_menu_help"));
    add(help, tr("&Keyboard shortcuts"), "recording_shortcuts", QKeySequence(Qt::CTRL | Qt::Key_Question),
        [this] { ShortcutDialog::showFor(*this); });
    describeArea(m_panel, tr("Message table"));
    describeArea(m_detail, tr("Message"));
}

void RecordingWindow::load()
{
    m_notice->dismiss();
    m_load = std::make_unique<RecordingLoad>(m_path);
    connect(m_load.get(), &RecordingLoad::finished, this, &RecordingWindow::onLoaded);
    m_bar->setValue(0);
    m_bar->show();
    m_heading->setContent(tr("Opening %1\u2026").arg(displayText(QFileInfo(m_path).fileName())));
    m_tick.start(refreshTime);
    m_load->start();
}

void RecordingWindow::refresh()
{
    const RecordingProgress& progress = m_load->progress();
    const std::uint64_t total = progress.total;
    if (total != 0)
        m_bar->setValue(static_cast<int>(std::min<std::uint64_t>(progress.done, total) * barSteps / total));
}

void RecordingWindow::onLoaded()
{
    m_tick.stop();
    auto& outcome = m_load->outcome();
    if (!outcome) {
        m_bar->hide();
        m_heading->setContent(displayText(QFileInfo(m_path).fileName()));
        m_notice->showNotice(InlineNotice::Kind::Danger,
            tr("Not opened: %1.").arg(wordsOf(outcome.error().message())),
            {{tr("Retry"), QStringLiteral("Retry opening the recording"), [this] { load(); }}});
        m_load.reset();
        Q_EMIT loaded();
        return;
    }
    StateBatch batch;
    for (const CapturedConnection& connection : outcome->connections)
        batch.opened.push_back(connection.info);
    m_connections->apply(batch);
    m_store->setRecorded(std::move(outcome->connections));
    m_taken = 0;
    m_slice.start(0);
}

void RecordingWindow::take()
{
    auto& messages = m_load->outcome()->messages;
    const std::size_t first = m_taken;
    std::vector<TrafficRecord> records;
    std::size_t bytes = 0;
    while (m_taken < messages.size() && records.size() < sliceMessages && bytes < sliceBytes) {
        const LoadedRecording::Message& kept = messages[m_taken++];
        TrafficRecord record;
        record.sequence = m_taken;
        record.connection = kept.message.connection;
        record.wall_ns = kept.message.wall_ns;
        record.size = kept.message.size;
        record.wire = kept.message.wire;
        record.frames = kept.message.frames;
        record.compressed = kept.message.compressed;
        record.type = kept.message.type;
        record.direction = kept.message.direction;
        record.maker = kept.message.maker;
        record.frame_facts = kept.facts;
        record.payload = kept.payload.view();
        record.shared = kept.payload;
        bytes += kept.payload.size();
        records.push_back(std::move(record));
    }
    m_store->apply({records, 0});
    for (std::size_t i = first; i < m_taken; ++i)
        messages[i] = {};
    if (m_taken < messages.size())
        return;
    m_slice.stop();
    m_bar->hide();
    describe();
    m_load.reset();
    Q_EMIT loaded();
}

void RecordingWindow::describe()
{
    const RecordingReport& report = m_load->outcome()->report;
    m_heading->setContent(
        tr("%1 · %2 · %3 of %4")
            .arg(displayText(QFileInfo(m_path).fileName()),
                report.format == RecordingFormat::har ? tr("HAR") : tr("JSON Lines"),
                tr("%1 messages", nullptr, pluralOf(report.messages)).arg(formatCount(report.messages)),
                tr("%1 connections", "messages of %1 connections", pluralOf(report.connections))
                    .arg(formatCount(report.connections))));
    QStringList notes;
    if (report.trouble)
        notes += tr("The recording is damaged and shown up to there: %1.")
                     .arg(wordsOf(report.trouble->message()));
    if (report.stopped)
        notes += tr("It is larger than what is kept in memory: only the part up to here is shown.");
    if (m_store->evictedCount() > 0)
        notes
            += tr("The first %1 messages gave way to later ones.", nullptr, pluralOf(m_store->evictedCount()))
                   .arg(formatCount(m_store->evictedCount()));
    if (report.skipped > 0)
        notes += tr(
            "%1 messages with a missing or impossible field are left out.", nullptr, pluralOf(report.skipped))
                     .arg(formatCount(report.skipped));
    if (report.without_payload > 0)
        notes += tr("%1 messages have no content in the recording, or more than can be shown.", nullptr,
            pluralOf(report.without_payload))
                     .arg(formatCount(report.without_payload));
    if (!notes.isEmpty())
        m_notice->showNotice(
            report.trouble ? InlineNotice::Kind::Warning : InlineNotice::Kind::Information, notes.join(u' '));
}

} // namespace jackfield::ui
