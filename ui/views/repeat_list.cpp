#include "ui/views/repeat_list.h"

#include "ui/models/repeats.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/controls.h"
#include "ui/views/elided_label.h"
#include "ui/views/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace jackfield::ui {

namespace {

constexpr std::size_t shownRows = 3; // more are scrolled to
constexpr std::chrono::milliseconds refreshInterval{100};

QString rhythmText(const RepeatPlan& plan)
{
    const QString every = RepeatList::tr("every %1").arg(formatPeriod(plan.interval));
    return plan.jitter.count() == 0
        ? every
        : every + QStringLiteral(" \u00B1 ") + formatPeriod(plan.jitter);
}

QString progressText(const RepeatStatus& status)
{
    QString text = status.plan.times
        ? RepeatList::tr("%1 of %2").arg(formatCount(status.sent), formatCount(*status.plan.times))
        : RepeatList::tr("%1 sent").arg(formatCount(status.sent));
    if (status.missed != 0)
        text += RepeatList::tr(", %1 left out").arg(formatCount(status.missed));
    if (status.nobody != 0)
        text += RepeatList::tr(", nobody there: %1 ticks skipped", nullptr, pluralOf(status.nobody))
                    .arg(formatCount(status.nobody));
    constexpr std::int64_t worthShowing = 1'000'000'000;
    if (std::chrono::nanoseconds(status.plan.interval).count() >= worthShowing)
        text += RepeatList::tr(", next in %1 s").arg((status.nextIn + worthShowing - 1) / worthShowing);
    return text;
}

} // namespace

RepeatList::RepeatList(Repeats& repeats, QWidget* parent)
    : QWidget(parent)
    , m_repeats(repeats)
    , m_title(named(plainLabel(QString(), this), "repeat_title", "What is repeated"))
    , m_stopAll(named(new QPushButton(tr("Stop all"), this), "repeat_stop_all", "Stop all repeating"))
    , m_scroll(new QScrollArea(this))
{
    nameControl(this, "repeat_list", "Repeating");
    m_stopAll->setAutoDefault(false);
    auto* content = new QWidget(m_scroll);
    m_layout = new QVBoxLayout(content);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(2);
    m_scroll->setObjectName(QStringLiteral("repeat_scroll"));
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    auto* top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(m_stopAll);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 6, 10, 6);
    column->setSpacing(4);
    column->addLayout(top);
    column->addWidget(m_scroll);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_clock.setInterval(refreshInterval);
    connect(&m_clock, &QTimer::timeout, this, &RepeatList::refresh);
    connect(m_stopAll, &QPushButton::clicked, this, [this] { m_repeats.stopAll(); });
    connect(&m_repeats, &Repeats::changed, this, &RepeatList::rebuild);
    rebuild();
}

void RepeatList::rebuild()
{
    const auto all = m_repeats.status();
    const auto runs = [&](const Row& row) {
        return std::any_of(
            all.begin(), all.end(), [&](const RepeatStatus& status) { return status.id == row.id; });
    };
    for (Row& row : m_rows) {
        if (!runs(row)) {
            const bool hadFocus = row.widget->isAncestorOf(focusWidget());
            row.widget->hide();
            row.widget->deleteLater();
            if (hadFocus)
                m_stopAll->setFocus();
        }
    }
    std::erase_if(m_rows, [&](const Row& row) { return !runs(row); });
    for (const RepeatStatus& status : all) {
        const bool isThere
            = std::any_of(m_rows.begin(), m_rows.end(), [&](const Row& row) { return row.id == status.id; });
        if (isThere)
            continue;
        Row row;
        row.id = status.id;
        row.widget = new QWidget(m_scroll->widget());
        row.what = named(new ElidedLabel(row.widget), "repeat_what", "Repeated message");
        row.what->setContent(
            tr("Repeats %1 to %2: %3").arg(rhythmText(status.plan), status.whom, status.what));
        row.progress = named(mutedLabel(QString(), row.widget), "repeat_progress", "Progress");
        auto* stop = named(new QPushButton(tr("Stop"), row.widget), "repeat_stop", "Stop repeating");
        stop->setAutoDefault(false);
        stop->setAccessibleDescription(row.what->content());
        connect(stop, &QPushButton::clicked, this, [this, id = status.id] { m_repeats.stop(id); });
        auto* line = new QHBoxLayout(row.widget);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(8);
        line->addWidget(row.what, 1);
        line->addWidget(row.progress);
        line->addWidget(stop);
        m_layout->addWidget(row.widget);
        row.widget->show();
        m_rows.push_back(row);
    }
    // One says what it is by itself, and room is dear.
    m_title->setText(
        tr("%1 messages are repeated", nullptr, pluralOf(m_rows.size())).arg(formatCount(m_rows.size())));
    m_title->setVisible(m_rows.size() > 1);
    m_stopAll->setVisible(m_rows.size() > 1);
    if (!m_rows.empty()) {
        const int each = m_rows.front().widget->sizeHint().height();
        const int shown = static_cast<int>(std::min(m_rows.size(), shownRows));
        m_scroll->setFixedHeight(shown * each + (shown - 1) * m_layout->spacing());
    }
    setVisible(!m_rows.empty());
    if (m_rows.empty())
        m_clock.stop();
    else if (isVisible())
        m_clock.start();
    refresh();
}

void RepeatList::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (!m_rows.empty())
        m_clock.start();
}

void RepeatList::refresh()
{
    const auto all = m_repeats.status();
    for (const Row& row : m_rows) {
        const auto found = std::find_if(
            all.begin(), all.end(), [&](const RepeatStatus& status) { return status.id == row.id; });
        if (found != all.end())
            row.progress->setText(displayText(progressText(*found)));
    }
}

void RepeatList::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorRole::NoticeBackground));
    painter.fillRect(QRect(0, 0, width(), 1), themeColor(ColorRole::Border));
}

} // namespace jackfield::ui
