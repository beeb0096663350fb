#include "ui/views/capture_gauge.h"

#include "ui/bridge/engine_port.h"
#include "ui/models/message_store.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/controls.h"
#include "ui/views/theme.h"

#include <QActionGroup>
#include <QHelpEvent>
#include <QMenu>
#include <QMessageBox>
#include <QPainter>
#include <QPushButton>
#include <QStringList>
#include <QToolTip>

#include <algorithm>
#include <array>

namespace jackfield::ui {

namespace {

constexpr std::array<std::size_t, 6> budgets{64, 128, 256, 512, 1'024, 2'048}; // MiB
constexpr std::size_t largestRemembered = 65'536; // MiB
constexpr unsigned mebi = 20;

double mebibytes(std::size_t bytes)
{
    return static_cast<double>(bytes) / static_cast<double>(std::size_t{1} << mebi);
}

} // namespace

CaptureGauge::CaptureGauge(EnginePort& port, MessageStore& store, QWidget* parent)
    : MenuButton(QString(), parent)
    , m_port(port)
    , m_store(store)
{
    nameControl(this, "capture_gauge", "Capture");
    setProperty("small", true);
    setProperty("gauge", true);
    buildMenu();
    connect(&m_store, &MessageStore::changed, this, &CaptureGauge::refresh);
    connect(&m_store, &MessageStore::budgetChanged, this, &CaptureGauge::refresh);
    connect(&m_store, &MessageStore::countsChanged, this, &CaptureGauge::refresh);
    connect(&m_port, &EnginePort::captureChanged, this, &CaptureGauge::refresh);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
    refresh();
}

void CaptureGauge::buildMenu()
{
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("capture_menu"));
    menu->setToolTipsVisible(true);
    QMenu* keep = menu->addMenu(tr("Keep up to"));
    keep->setObjectName(QStringLiteral("capture_budget_menu"));
    m_budgets = new QActionGroup(keep);
    for (const std::size_t size : budgets) {
        QAction* action = keep->addAction(formatBytes(size << mebi));
        action->setObjectName(QStringLiteral("capture_budget_%1").arg(size));
        action->setCheckable(true);
        action->setData(QVariant::fromValue<qulonglong>(size << mebi));
        m_budgets->addAction(action);
        connect(action, &QAction::triggered, this, [this, size] { chooseBudget(size << mebi); });
    }
    QMenu* take = menu->addMenu(tr("Capture"));
    take->setObjectName(QStringLiteral("capture_level_menu"));
    m_levels = new QActionGroup(take);
    const auto add = [this, take](const QString& text, TrafficLevel level) {
        QAction* action = take->addAction(text);
        action->setObjectName(QStringLiteral("capture_level_") + wordOf(level));
        action->setCheckable(true);
        action->setData(static_cast<int>(level));
        m_levels->addAction(action);
        connect(action, &QAction::triggered, this, [this, level] { m_port.setCaptureLevel(level); });
    };
    add(tr("Messages in full"), TrafficLevel::full);
    add(tr("Headers only, without content"), TrafficLevel::headers);
    add(tr("Counters only, no messages"), TrafficLevel::counters);
    add(tr("Nothing (off)"), TrafficLevel::off);
    menu->addSeparator();
    m_pause = menu->addAction(tr("Pause capture"));
    m_pause->setObjectName(QStringLiteral("pause_capture"));
    m_pause->setCheckable(true);
    connect(m_pause, &QAction::triggered, this, [this](bool on) { m_port.setCapturePaused(on); });
    m_delete = menu->addAction(tr("Delete capture..."));
    m_delete->setObjectName(QStringLiteral("delete_capture"));
    connect(m_delete, &QAction::triggered, this, &CaptureGauge::deleteRequested);
    setMenu(menu);
}

double CaptureGauge::fill() const
{
    return std::min(1.0, static_cast<double>(m_store.usedBytes()) / static_cast<double>(m_store.budget()));
}

QString CaptureGauge::words() const
{
    // One unit for both figures: "12.4 of 256 MiB".
    const bool gibi = m_store.budget() >= std::size_t{1} << 30U;
    const double used = mebibytes(m_store.usedBytes()) / (gibi ? 1'024.0 : 1.0);
    const QString size = tr("%1 of %2").arg(formatDecimal(used, gibi ? 2 : 1), formatBytes(m_store.budget()));
    if (m_port.isCapturePaused())
        return tr("Capture paused · %1").arg(size);
    switch (m_port.captureLevel()) {
    case TrafficLevel::off:
        return tr("Capture off · %1").arg(size);
    case TrafficLevel::counters:
        return tr("Only counting: %1 · %2").arg(formatCount(m_store.passedOverCount()), size);
    case TrafficLevel::headers:
        return tr("Headers only · %1").arg(size);
    case TrafficLevel::full:
        break;
    }
    return tr("Captured %1").arg(size);
}

QString CaptureGauge::details() const
{
    QStringList lines{tr("%1 messages and control frames are kept", nullptr, pluralOf(m_store.messageCount()))
                          .arg(formatCount(m_store.messageCount()))};
    const auto add = [&lines](std::uint64_t count, const QString& text) {
        if (count > 0)
            lines += text.arg(formatCount(count));
    };
    add(m_store.evictedCount(),
        tr("%1 older ones gave way to newer ones", nullptr, pluralOf(m_store.evictedCount())));
    add(m_store.lostCount(), tr("%1 came too fast to be kept"));
    add(m_store.passedOverCount(), tr("%1 passed while nothing was captured"));
    add(m_store.headersOnlyCount(), tr("%1 came at the level \"headers only\", without content"));
    add(m_store.tooLargeCount(),
        tr("%1 were larger than %2, so their content was not kept", nullptr,
            pluralOf(m_store.tooLargeCount()))
            .arg(QStringLiteral("%1"), formatBytes(m_store.payloadLimit())));
    if (lines.size() == 1)
        lines += tr("Nothing is missing");
    return lines.join(u'\n');
}

void CaptureGauge::refresh()
{
    const QString now = displayText(words());
    if (now != text())
        setText(displayText(now));
    const bool takesAll = m_port.captureLevel() == TrafficLevel::full && !m_port.isCapturePaused();
    if (property("caution").toBool() == takesAll)
        setStyleProperty(this, "caution", !takesAll);
    for (QAction* action : m_budgets->actions())
        action->setChecked(action->data().toULongLong() == m_store.budget());
    for (QAction* action : m_levels->actions())
        action->setChecked(action->data().toInt() == static_cast<int>(m_port.captureLevel()));
    m_pause->setChecked(m_port.isCapturePaused());
    m_delete->setEnabled(m_store.messageCount() > 0);
    update();
}

void CaptureGauge::chooseBudget(std::size_t bytes)
{
    if (bytes >= m_store.usedBytes()) {
        m_store.setBudget(bytes);
        return;
    }
    auto* box = new QMessageBox(this);
    nameControl(box, "capture_budget_question", "Keep less");
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setIcon(QMessageBox::Question);
    box->setWindowTitle(tr("Keep less"));
    box->setText(tr("Forget the oldest messages, so that the rest fits %1?").arg(formatBytes(bytes)));
    box->setInformativeText(
        tr("%1 are in use. What is forgotten cannot be brought back.").arg(formatBytes(m_store.usedBytes())));
    QPushButton* yes = box->addButton(tr("Forget them"), QMessageBox::DestructiveRole);
    QPushButton* no = box->addButton(QMessageBox::Cancel);
    nameControl(yes, "capture_budget_yes", "Confirm to keep less");
    nameControl(no, "capture_budget_no", "Cancel to keep less");
    box->setDefaultButton(no);
    connect(box, &QMessageBox::finished, this, [this, box, yes, bytes] {
        if (box->clickedButton() == yes)
            m_store.setBudget(bytes);
        refresh(); // the menu shows what holds
    });
    box->open();
}

QString CaptureGauge::wordOf(TrafficLevel level)
{
    switch (level) {
    case TrafficLevel::off:
        return QStringLiteral("off");
    case TrafficLevel::counters:
        return QStringLiteral("counters");
    case TrafficLevel::headers:
        return QStringLiteral("headers");
    case TrafficLevel::full:
        break;
    }
    return QStringLiteral("full");
}

TrafficLevel CaptureGauge::levelOf(const QString& word)
{
    for (const TrafficLevel level : {TrafficLevel::off, TrafficLevel::counters, TrafficLevel::headers}) {
        if (word == wordOf(level))
            return level;
    }
    return TrafficLevel::full;
}

QString CaptureGauge::state() const
{
    return QString::number(m_store.budget() >> mebi) + u' ' + wordOf(m_port.captureLevel());
}

void CaptureGauge::restoreState(const QString& state)
{
    const QStringList words = state.split(u' ', Qt::SkipEmptyParts);
    bool isNumber = false;
    const std::size_t size = words.value(0).toULongLong(&isNumber);
    if (isNumber && size >= 1 && size <= largestRemembered)
        m_store.setBudget(size << mebi);
    m_port.setCaptureLevel(levelOf(words.value(1)));
}

void CaptureGauge::paintEvent(QPaintEvent* event)
{
    MenuButton::paintEvent(event);
    QPainter painter(this);
    const QRectF track(8, height() - 4.5, width() - 16, 2);
    painter.setPen(Qt::NoPen);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(themeColor(ColorRole::Border));
    painter.drawRoundedRect(track, 1, 1);
    painter.setBrush(themeColor(ColorRole::Accent));
    painter.drawRoundedRect(QRectF(track.left(), track.top(), track.width() * fill(), track.height()), 1, 1);
}

bool CaptureGauge::event(QEvent* event)
{
    // Made when it is asked for: the counts move with every frame.
    if (event->type() == QEvent::ToolTip)
        setToolTip(tooltipText(details()));
    return MenuButton::event(event);
}

} // namespace jackfield::ui
