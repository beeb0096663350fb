#include "ui/bridge/engine_port.h"
#include "ui/models/resend.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/controls.h"
#include "ui/views/elided_label.h"
#include "ui/views/filter_field.h"
#include "ui/views/find_bar.h"
#include "ui/views/inline_notice.h"
#include "ui/views/keyboard_menu.h"
#include "ui/views/menu_button.h"
#include "ui/views/message_delegate.h"
#include "ui/views/messages_panel_private.h"
#include "ui/views/spoken_name.h"
#include "ui/views/strip.h"
#include "ui/views/tail_table.h"
#include "ui/views/theme.h"

#include <QAction>
#include <QActionGroup>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace jackfield::ui {

namespace {

const QLatin1String directionPrefix("direction_");
constexpr std::size_t rememberedAtMost = 10'000; // selected messages that are selected again after a filter

} // namespace

MessagesPanel::MessagesPanel(EnginePort& port, MessageModel& model, QWidget* parent)
    : MessagesPanel(&port, model, parent)
{ }

MessagesPanel::MessagesPanel(MessageModel& model, QWidget* parent)
    : MessagesPanel(nullptr, model, parent)
{ }

MessagesPanel::MessagesPanel(EnginePort* port, MessageModel& model, QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(*this, port, model))
{
    nameControl(this, "messages_panel", "Messages");
    d->build();
}

MessagesPanel::~MessagesPanel()
{
    // The header goes after `d`, and tells of its last sizes on the way.
    m_table->horizontalHeader()->disconnect(this);
}

void MessagesPanel::Private::build()
{
    auto* header = new Strip(Qt::TopEdge | Qt::BottomEdge, &q);
    header->setObjectName(QStringLiteral("messages_header"));
    auto* title = plainLabel(tr("Messages"), header);
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    heading = named(new ElidedLabel(header), "messages_heading", "Messages shown");

    auto* clearButton
        = named(framedToolButton(tr("\u2298 Clear"), header), "clear_messages", "Clear messages");
    clearButton->setToolTip(tr("Hide the messages up to now (they can be shown again)"));
    QObject::connect(clearButton, &QToolButton::clicked, &q, [this] { clear(); });
    pause = named(framedToolButton(QString(), header), "pause_messages", "Pause messages");
    pause->setCheckable(true);
    pause->setToolTip(tr("Hold this view still; messages are still kept"));
    QObject::connect(pause, &QToolButton::toggled, &q, [this](bool on) { setPaused(on); });
    direction = named(new MenuButton(QString(), header), "message_direction", "Direction of messages");
    buildDirectionMenu();
    auto* exportButton
        = named(framedToolButton(tr("Export\u2026"), header), "export_messages", "Export messages");
    exportButton->setToolTip(tr("Write messages to a file: HAR, JSON Lines, CSV or text"));
    QObject::connect(exportButton, &QToolButton::clicked, &q, &MessagesPanel::exportRequested);

    q.m_filter = named(new FilterField(FilterSubject::messages, &q), "message_filter", "Filter messages");
    q.m_filter->setPlaceholderText(tr("Filter, e.g. \"type\":\"ack\""));
    q.m_filter->setMinimumWidth(110);
    q.m_filter->setMaximumWidth(280);
    q.m_filter->setToolTip(tr(
        "Words, \"quoted text\", /expressions/, -not, a | b, dir:from, op:text, conn:3, by:hand, size>1000"));
    q.m_filter->errorLabel()->setAccessibleName(spokenName("Message filter error"));
    QObject::connect(q.m_filter, &FilterField::filterChanged, &q, [this](const Filter& filter) {
        model.setFilter(filter);
        updateEmptyText();
    });

    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(10, 5, 10, 5);
    row->setSpacing(8);
    row->addWidget(title);
    row->addWidget(heading, 1);
    row->addWidget(clearButton);
    row->addWidget(pause);
    row->addWidget(direction);
    row->addWidget(exportButton);
    row->addWidget(q.m_filter, 1);
    pause->setVisible(port != nullptr); // a recording stands still

    notice = new InlineNotice(QStringLiteral("messages"), &q);
    notice->setObjectName(QStringLiteral("messages_notice"));

    q.m_table = named(new TailTable(&q), "message_table", "Message table");
    auto* delegate = new MessageDelegate(q.m_table);
    delegate->setFind(&search);
    q.m_table->setItemDelegate(delegate);
    q.m_table->setModel(&model);
    q.m_table->setNewRows(
        [this] { return model.shownEnd(); }, [this](quint64 mark) { return model.rowsFrom(mark); });
    if (port == nullptr)
        q.m_table->setStandingStill();
    q.m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    new KeyboardMenu(*q.m_table);
    setUpColumns();
    addTableActions();
    q.setFocusProxy(q.m_table);

    auto* column = new QVBoxLayout(&q);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header);
    column->addWidget(q.m_filter->errorLabel());
    column->addWidget(notice);
    buildFind();
    column->addWidget(findBar);
    column->addWidget(q.m_table, 1);

    QObject::connect(
        q.m_table, &QWidget::customContextMenuRequested, &q, [this](const QPoint& at) { showMenu(at); });
    QObject::connect(q.m_table->selectionModel(), &QItemSelectionModel::selectionChanged, &q,
        [this] { selectionChanged(); });
    QObject::connect(q.m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, &q,
        [this] { selectionChanged(); });
    QObject::connect(&model, &QAbstractItemModel::modelAboutToBeReset, &q, [this] { restoring = true; });
    QObject::connect(&model, &QAbstractItemModel::modelReset, &q, [this] { restoreSelection(); });
    QObject::connect(&model, &MessageModel::filteringFinished, &q, [this] { restoreSelection(); });
    QObject::connect(&model.store(), &MessageStore::changed, &q, [this] { updatePause(); });
    QObject::connect(&Theme::instance(), &Theme::changed, &q, [this] { q.m_table->viewport()->update(); });

    setPaused(model.isPaused());
    q.setHeading(tr("all connections"));
    updateEmptyText();
}

void MessagesPanel::Private::buildFind()
{
    findBar = new FindBar(search, &q);
    QObject::connect(findBar, &FindBar::firstWanted, &q, [this] {
        const quint64 from = place();
        goToMatch(search.after(from == 0 ? 0 : from - 1));
    });
    QObject::connect(findBar, &FindBar::nextWanted, &q, [this] { goToMatch(search.after(place())); });
    QObject::connect(findBar, &FindBar::previousWanted, &q, [this] { goToMatch(search.before(place())); });
    QObject::connect(findBar, &FindBar::closed, &q, [this] { q.m_table->setFocus(); });
    QObject::connect(&search, &MessageFind::changed, &q, [this] { q.m_table->viewport()->update(); });
}

quint64 MessagesPanel::Private::place() const
{
    const QModelIndex index = q.m_table->currentIndex();
    const QItemSelectionModel* selection = q.m_table->selectionModel();
    if (index.isValid() && selection->isRowSelected(index.row(), {}))
        return model.sequenceAt(index.row());
    const int top = q.m_table->rowAt(0);
    return top < 0 ? 0 : model.sequenceAt(top);
}

void MessagesPanel::Private::goToMatch(const std::optional<MessageFind::Step>& step)
{
    const int row = step ? model.rowOf(step->sequence) : -1;
    if (row < 0)
        return; // nothing found, or the table is still being filled
    int column = 0;
    while (column + 1 < model.columnCount() && q.m_table->isColumnHidden(column))
        ++column;
    const QModelIndex index = model.index(row, column);
    q.m_table->selectionModel()->setCurrentIndex(
        index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    q.m_table->scrollTo(index, QAbstractItemView::EnsureVisible);
    findBar->setCurrent(step->sequence, step->wrapped);
}

void MessagesPanel::Private::setUpColumns()
{
    QHeaderView* header = q.m_table->horizontalHeader();
    header->setSectionsMovable(true);
    header->setMinimumSectionSize(36);
    header->setStretchLastSection(false);
    header->setSectionResizeMode(static_cast<int>(MessageColumn::Data), QHeaderView::Stretch);
    QObject::connect(header, &QHeaderView::sectionResized, &q, [this](int section, int before, int now) {
        // A column that is hidden or shown was not given its width by a person.
        if (!fitting && before > 0 && now > 0 && section != static_cast<int>(MessageColumn::Data))
            widthsChosen = true;
    });
    fitColumns();
}

// Data is what people look for: the other columns give way while it would be narrow, until a person sets
// their widths.
void MessagesPanel::Private::fitColumns()
{
    fitting = true;
    const QFontMetrics text(q.m_table->font());
    const QFontMetrics fixed(monospaceFont());
    const int pad = 2 * MessageDelegate::padding + 4;
    const int badge = QFontMetrics(smallFont()).horizontalAdvance(QStringLiteral("reverse")) + 24;
    const int way
        = text.horizontalAdvance(QStringLiteral("\u25B2 ") + directionName(Direction::from_browser)) + pad;
    struct Width {
        MessageColumn column;
        int wide, narrow;
    };
    const Width widths[] = {
        {MessageColumn::Time, fixed.horizontalAdvance(QStringLiteral("00:00:00.000")) + pad, 0},
        {MessageColumn::Connection,
            text.horizontalAdvance(QStringLiteral("#12 Firefox \u00B7 localhost")) + pad,
            std::max(text.horizontalAdvance(QStringLiteral("#999\u2026")),
                text.horizontalAdvance(titleOf(MessageColumn::Connection)))
                + pad},
        {MessageColumn::Direction, way + badge, way},
        {MessageColumn::Type, text.horizontalAdvance(QStringLiteral("Connection Close")) + pad,
            text.horizontalAdvance(QStringLiteral("Text Mess\u2026")) + pad},
        {MessageColumn::Length, text.horizontalAdvance(QStringLiteral("99,999,999")) + pad,
            text.horizontalAdvance(QStringLiteral("99,999")) + pad},
        {MessageColumn::Delta, text.horizontalAdvance(QStringLiteral("+999.999")) + pad, 0},
    };
    const auto shown
        = [&](MessageColumn column) { return !q.m_table->isColumnHidden(static_cast<int>(column)); };
    // The table is as wide as the panel; its viewport has its new width only after this.
    int room = q.width() - q.m_table->verticalScrollBar()->sizeHint().width()
        - fixed.horizontalAdvance(QStringLiteral("{\"type\":\"subscribe\"}"));
    const auto wanted = [&](const Width& width) {
        if (width.column == MessageColumn::Delta)
            return width.wide;
        const int has = q.m_table->columnWidth(static_cast<int>(width.column));
        return !shown(width.column) ? 0 : widthsChosen ? has : width.wide;
    };
    for (const Width& width : widths)
        room -= wanted(width);
    if (widthsChosen) { // a person's widths stay, and what had no room comes back when there is some
        if (room >= 0)
            q.m_table->setColumnHidden(static_cast<int>(MessageColumn::Delta), false);
        fitting = false;
        return;
    }
    q.m_table->setColumnHidden(static_cast<int>(MessageColumn::Delta), room < 0);
    if (room < 0)
        room += std::end(widths)[-1].wide;
    for (const Width& width : widths) {
        int pixels = width.wide;
        if (room < 0 && width.narrow > 0 && shown(width.column)) {
            const int given = std::min(-room, width.wide - width.narrow);
            room += given;
            pixels -= given;
        }
        q.m_table->setColumnWidth(static_cast<int>(width.column), pixels);
    }
    fitting = false;
}

void MessagesPanel::Private::resetColumns()
{
    QHeaderView* header = q.m_table->horizontalHeader();
    fitting = true;
    for (int section = 0; section < messageColumnCount; ++section) {
        const bool isData = section == static_cast<int>(MessageColumn::Data);
        header->setSectionResizeMode(section, isData ? QHeaderView::Stretch : QHeaderView::Interactive);
        header->moveSection(header->visualIndex(section), section);
        header->setSectionHidden(section, false);
    }
    widthsChosen = false;
    fitColumns();
}

void MessagesPanel::Private::buildDirectionMenu()
{
    auto* menu = new QMenu(direction);
    menu->setObjectName(QStringLiteral("message_direction_menu"));
    directions = new QActionGroup(menu);
    const auto add = [&](const QString& text, const char* name, DirectionFilter value) {
        QAction* action = menu->addAction(text);
        action->setObjectName(QLatin1String(name));
        action->setCheckable(true);
        action->setChecked(model.direction() == value);
        directions->addAction(action);
        QObject::connect(action, &QAction::triggered, &q, [this, value, text] {
            model.setDirection(value);
            direction->setText(mnemonicSafe(text) + QStringLiteral(" \u25BE"));
            updateEmptyText();
        });
        if (action->isChecked())
            direction->setText(mnemonicSafe(text) + QStringLiteral(" \u25BE"));
    };
    add(tr("All"), "direction_all", DirectionFilter::all);
    add(tr("From browser"), "direction_from_browser", DirectionFilter::fromBrowser);
    add(tr("To browser"), "direction_to_browser", DirectionFilter::toBrowser);
    menu->addSeparator();
    controlFrames = menu->addAction(tr("Show ping and pong frames"));
    controlFrames->setObjectName(QStringLiteral("show_control_frames"));
    controlFrames->setCheckable(true);
    controlFrames->setChecked(model.showsControlFrames());
    QObject::connect(
        controlFrames, &QAction::toggled, &q, [this](bool on) { model.setShowControlFrames(on); });
    direction->setMenu(menu);
}

void MessagesPanel::Private::addTableActions()
{
    q.m_table->addKey(
        QKeySequence(Qt::CTRL | Qt::Key_C), tr("Copy the payload"), [this] { q.copyPayload(); });
    q.m_table->addKey(
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), tr("Copy row"), [this] { q.copyRows(); });
    if (port == nullptr)
        return;
    q.m_table->addKey(QKeySequence(Qt::CTRL | Qt::Key_E), tr("Edit in composer"), [this] { q.edit(); });
    q.m_table->addKey(QKeySequence(Qt::CTRL | Qt::Key_R), tr("Resend"), [this] { q.resend(); });
}

void MessagesPanel::Private::filterFor(const std::string& term)
{
    q.m_filter->setFilterText(QString::fromStdString(term));
}

void MessagesPanel::Private::clear()
{
    model.clearUpToNow();
    offerUndoClear();
}

void MessagesPanel::Private::offerUndoClear()
{
    updateEmptyText();
    if (!model.canUndoClear())
        return;
    notice->showNotice(InlineNotice::Kind::Information, tr("The messages up to now are hidden."),
        {{tr("Undo"), QStringLiteral("Show cleared messages again"),
            [this] {
                model.undoClear();
                offerUndoClear(); // of the time before
            }}},
        messagesUndoTime);
}

void MessagesPanel::Private::setPaused(bool paused)
{
    if (model.isPaused() != paused)
        model.setPaused(paused);
    pause->setChecked(paused);
    updatePause();
}

void MessagesPanel::Private::updatePause()
{
    updateEmptyText();
    if (!model.isPaused()) {
        pause->setText(tr("\u275A\u275A Pause"));
        return;
    }
    const std::uint64_t waiting = model.waitingWhilePaused();
    if (waiting == 0)
        pause->setText(tr("\u25B6 Resume"));
    else
        pause->setText(tr("\u25B6 Resume (%1)").arg(formatCount(waiting)));
}

void MessagesPanel::Private::updateEmptyText()
{
    if (model.store().isEmpty())
        q.m_table->setEmptyText(tr("No messages yet."));
    else if (!model.filter().is_empty() || model.direction() != DirectionFilter::all)
        q.m_table->setEmptyText(tr("No message passes the filter."));
    else if (model.canUndoClear())
        q.m_table->setEmptyText(tr("No messages since they were cleared."));
    else
        q.m_table->setEmptyText(tr("No messages on the connections that are shown."));
}

std::optional<MessageRecord> MessagesPanel::Private::current() const
{
    // When a selected row gives way, the current one moves to a row that nobody chose.
    const QModelIndex index = q.m_table->currentIndex();
    const bool isChosen = index.isValid() && q.m_table->selectionModel()->isRowSelected(index.row(), {});
    auto record = isChosen ? model.recordAt(index.row()) : std::nullopt;
    return record && !record->isDivider() ? std::move(record) : std::nullopt;
}

void MessagesPanel::Private::selectionChanged()
{
    if (restoring)
        return;
    remembered = q.selectedSequences();
    if (remembered.size() > rememberedAtMost)
        remembered.resize(rememberedAtMost);
    const QItemSelectionModel* selection = q.m_table->selectionModel();
    const QModelIndex index = selection->currentIndex();
    if (!selection->hasSelection()) {
        if (announced != 0) {
            announced = 0;
            Q_EMIT q.selectionCleared();
        }
        return;
    }
    const bool currentSelected = index.isValid() && selection->isRowSelected(index.row(), {});
    const quint64 sequence = currentSelected ? model.sequenceAt(index.row())
        : remembered.empty()                 ? 0
                                             : remembered.back();
    const auto record = model.store().find(sequence);
    if (sequence != announced && record && !record->isDivider()) {
        announced = sequence;
        Q_EMIT q.messageSelected(sequence);
    }
}

void MessagesPanel::Private::restoreSelection()
{
    restoring = true;
    QItemSelection selection;
    int first = -1;
    for (const quint64 sequence : remembered) {
        const int row = model.rowOf(sequence);
        if (row < 0)
            continue;
        if (sequence == announced || first < 0)
            first = row;
        selection.select(model.index(row, 0), model.index(row, model.columnCount() - 1));
    }
    if (!selection.isEmpty()) {
        const bool following = q.m_table->isFollowing();
        q.m_table->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
        q.m_table->selectionModel()->setCurrentIndex(model.index(first, 0), QItemSelectionModel::NoUpdate);
        q.m_table->scrollTo(model.index(first, 0), QAbstractItemView::EnsureVisible);
        if (following && first + 1 == model.rowCount())
            q.m_table->goToEnd();
    }
    restoring = false;
}

std::vector<quint64> MessagesPanel::selectedSequences() const
{
    std::vector<quint64> sequences;
    for (const QItemSelectionRange& range : m_table->selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            sequences.push_back(d->model.sequenceAt(row));
    }
    std::sort(sequences.begin(), sequences.end());
    sequences.erase(std::unique(sequences.begin(), sequences.end()), sequences.end());
    return sequences;
}

void MessagesPanel::addStrip(QWidget* strip)
{
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->insertWidget(column->indexOf(m_table), strip);
}

void MessagesPanel::showConnections(const std::vector<jackfield::ConnectionId>& ids)
{
    if (ids.empty())
        d->model.setConnections(std::nullopt);
    else
        d->model.setConnections(ids);
    d->fitting = true;
    m_table->setColumnHidden(static_cast<int>(MessageColumn::Connection), ids.size() == 1);
    d->fitColumns();
    d->fitting = false;
    d->fitColumns();
    d->updateEmptyText();
}

QByteArray MessagesPanel::saveColumns() const
{
    // Widths that follow the panel are not worth keeping.
    QByteArray state(1, d->widthsChosen ? 'w' : '-');
    state += static_cast<char>(messageColumnCount);
    return state + m_table->horizontalHeader()->saveState();
}

bool MessagesPanel::restoreColumns(const QByteArray& state)
{
    QHeaderView* header = m_table->horizontalHeader();
    const int connection = static_cast<int>(MessageColumn::Connection);
    const bool isAboutOne = m_table->isColumnHidden(connection);
    d->fitting = true;
    // What another version saved, which had other columns, says nothing about these.
    const bool restored = state.size() > 2 && state[1] == static_cast<char>(messageColumnCount)
        && header->restoreState(state.mid(2)) && header->count() == messageColumnCount;
    if (restored) {
        // What is hidden follows the room there is, and which connections are shown, at this moment.
        for (int section = 0; section < messageColumnCount; ++section)
            header->setSectionHidden(section, section == static_cast<int>(MessageColumn::Delta));
        header->setSectionResizeMode(QHeaderView::Interactive);
        header->setSectionResizeMode(static_cast<int>(MessageColumn::Data), QHeaderView::Stretch);
        d->widthsChosen = state.front() == 'w';
        d->fitColumns();
    } else {
        d->resetColumns();
    }
    d->fitting = true;
    m_table->setColumnHidden(connection, isAboutOne);
    d->fitting = false;
    return restored;
}

QString MessagesPanel::shownDirection() const
{
    return d->directions->checkedAction()->objectName().mid(directionPrefix.size());
}

void MessagesPanel::showDirection(const QString& direction)
{
    for (QAction* action : d->directions->actions()) {
        if (action->objectName() == directionPrefix + direction)
            action->trigger();
    }
}

void MessagesPanel::setShowControlFrames(bool show)
{
    d->controlFrames->setChecked(show);
}

void MessagesPanel::setHeading(const QString& text)
{
    d->heading->setContent(text);
}

void MessagesPanel::copyPayload()
{
    d->copy(CopyForm::Text);
}

void MessagesPanel::copyRows()
{
    QStringList lines;
    d->forSelected([&lines](const MessageRecord& record) {
        lines += QStringLiteral("%1  #%2 %3  %4 %5  %6")
                     .arg(formatTimeOfDay(record.wallNs))
                     .arg(record.connection ? record.connection->number : 0)
                     .arg(directionName(record.direction), typeName(record.type))
                     .arg(record.size)
                     .arg(dataPreview(record));
    });
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(copyText(lines.join(u'\n').toStdString()));
}

void MessagesPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    d->fitColumns();
}

FindBar* MessagesPanel::findBar() const
{
    return d->findBar;
}

void MessagesPanel::find()
{
    d->findBar->open();
}

void MessagesPanel::findNext()
{
    if (d->search.isActive())
        d->goToMatch(d->search.after(d->place()));
    else
        find();
}

void MessagesPanel::findPrevious()
{
    if (d->search.isActive())
        d->goToMatch(d->search.before(d->place()));
    else
        find();
}

void MessagesPanel::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

bool MessagesPanel::canResend() const
{
    const auto record = d->current();
    return d->port != nullptr && record && record->connection && isResendable(*record);
}

bool MessagesPanel::canEdit() const
{
    return d->port != nullptr && d->current().has_value();
}

void MessagesPanel::edit()
{
    if (canEdit())
        Q_EMIT editInComposer(d->current()->sequence);
}

void MessagesPanel::resend()
{
    if (const auto record = d->current())
        d->resend(record->sequence);
}

} // namespace jackfield::ui
