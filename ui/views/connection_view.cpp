#include "ui/views/connection_view.h"

#include "ui/bridge/engine_port.h"
#include "ui/models/connection_model.h"
#include "ui/models/follow.h"
#include "ui/models/send_target.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/text/phrases.h"
#include "ui/views/access_menu.h"
#include "ui/views/block_action.h"
#include "ui/views/colour_menu.h"
#include "ui/views/connection_table.h"
#include "ui/views/connection_view_menus.h"
#include "ui/views/controls.h"
#include "ui/views/elided_label.h"
#include "ui/views/inline_notice.h"
#include "ui/views/kick_popover.h"
#include "ui/views/theme.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace jackfield::ui {

namespace {

constexpr std::chrono::seconds undoTime{20};

} // namespace

class ConnectionView::Private {
public:
    Private(ConnectionView* view, EnginePort& enginePort, ConnectionModel& connectionModel, Follow& followed)
        : q(view)
        , port(enginePort)
        , model(connectionModel)
        , follow(followed)
    { }

    void makeActions();
    void refreshActions();
    void refreshSummary();
    void showContextMenu(const QPoint& position);
    void showColumnMenu(const QPoint& position);
    void fillFilterMenu(QMenu& menu) const;
    void rename();
    void askToForgetPages();
    void clearClosedOnes();
    void fillListsMenu(QMenu& menu);
    void kickWith(KickStyle style);
    void resume();
    [[nodiscard]] bool isTroubled(ConnectionId id) const;
    void fillBlockMenu(QMenu& menu);
    void ping();
    void kick(bool again);
    void reportSelection();
    QAction* action(const QString& text, const char* name, const QKeySequence& key = {});
    /// The one connection that is meant: the selected one, or the current row.
    [[nodiscard]] ConnectionId single() const;
    [[nodiscard]] QPoint popoverPosition() const;
    [[nodiscard]] std::vector<ConnectionId> openSelected() const;

    ConnectionView* q;
    EnginePort& port;
    ConnectionModel& model;
    Follow& follow;
    ConnectionTable* table = nullptr;
    KickPopover* popover = nullptr;
    BlockAction* blocking = nullptr;
    InlineNotice* notice = nullptr;
    std::vector<QAction*> styleActions;
    QAction* answerAgain = nullptr;
    ElidedLabel* summaryLabel = nullptr;
    QLabel* pausedLabel = nullptr;
    QToolButton* closedToggle = nullptr;
    QToolButton* clearClosed = nullptr;
    QAction *send = nullptr, *pingAction = nullptr, *kickAction = nullptr, *kickAgain = nullptr,
            *followAction = nullptr, *stopFollowing = nullptr, *renameAction = nullptr, *selectAll = nullptr,
            *selectNone = nullptr, *showClosed = nullptr, *clearClosedAction = nullptr,
            *forgetPages = nullptr;
    std::vector<ConnectionId> reported;
};

ConnectionView::ConnectionView(EnginePort& port, ConnectionModel& model, Follow& follow, QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(this, port, model, follow))
{
    nameControl(this, "connection_view", "Connection area");
    auto* strip = new QWidget(this);
    strip->setAutoFillBackground(true);
    auto* title = plainLabel(tr("Connections"), strip);
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    d->summaryLabel = named(new ElidedLabel(strip), "connection_summary", "What is shown");
    d->summaryLabel->setProperty("muted", true);
    d->pausedLabel = named(mutedLabel(tr("order paused"), strip), "order_paused", "Order paused");
    d->pausedLabel->setToolTip(tr("Rows stay where they are while you point at them."));
    // Keeps its place while it comes and goes, so that nothing beside it moves.
    QSizePolicy keep = d->pausedLabel->sizePolicy();
    keep.setRetainSizeWhenHidden(true);
    d->pausedLabel->setSizePolicy(keep);
    d->pausedLabel->hide();
    d->closedToggle = named(framedToolButton({}, strip), "show_closed", "Show closed connections");
    d->closedToggle->setCheckable(true);
    d->closedToggle->setChecked(model.showClosed());
    d->clearClosed
        = named(framedToolButton(tr("Clear closed"), strip), "clear_closed", "Clear closed connections");
    d->closedToggle->setProperty("small", true);
    d->clearClosed->setProperty("small", true);
    auto* stripLayout = new QHBoxLayout(strip);
    stripLayout->setContentsMargins(10, 4, 10, 4);
    stripLayout->setSpacing(8);
    stripLayout->addWidget(title);
    stripLayout->addWidget(d->summaryLabel, 1);
    stripLayout->addWidget(d->pausedLabel);
    stripLayout->addWidget(d->closedToggle);
    stripLayout->addWidget(d->clearClosed);

    d->table = new ConnectionTable(model, this);
    d->popover = new KickPopover(port, model.store(), this);
    d->blocking = new BlockAction(port, this);
    connect(d->blocking, &BlockAction::outcome, this, &ConnectionView::outcome);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(strip);
    d->notice = new InlineNotice(QStringLiteral("connections"), this);
    d->notice->setObjectName(QStringLiteral("connections_notice"));
    layout->addWidget(d->notice);
    layout->addWidget(d->table, 1);

    d->makeActions();
    connect(d->table, &QWidget::customContextMenuRequested, this,
        [this](const QPoint& at) { d->showContextMenu(at); });
    connect(d->table->horizontalHeader(), &QWidget::customContextMenuRequested, this,
        [this](const QPoint& at) { d->showColumnMenu(at); });
    connect(d->table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        [this] { d->reportSelection(); });
    connect(&model, &QAbstractItemModel::rowsRemoved, this, [this] { d->reportSelection(); });
    connect(&model, &ConnectionModel::countsChanged, this, [this] {
        d->refreshSummary();
        d->refreshActions();
    });
    connect(&model, &ConnectionModel::orderPausedChanged, d->pausedLabel, &QWidget::setVisible);
    connect(&follow, &Follow::changed, this, [this] { d->refreshActions(); });
    connect(d->closedToggle, &QToolButton::toggled, this,
        [this](bool shown) { d->showClosed->setChecked(shown); });
    connect(d->clearClosed, &QToolButton::clicked, this, [this] { d->clearClosedOnes(); });
    connect(d->popover, &KickPopover::closed, this, [this] {
        d->table->endHold();
        d->table->setFocus();
    });
    connect(d->popover, &KickPopover::finished, this, &ConnectionView::outcome);
    d->refreshSummary();
    d->refreshActions();
}

ConnectionView::~ConnectionView() = default;

ConnectionTable* ConnectionView::table() const
{
    return d->table;
}

KickPopover* ConnectionView::kickPopover() const
{
    return d->popover;
}

QAction* ConnectionView::Private::action(const QString& text, const char* name, const QKeySequence& key)
{
    auto* made = new QAction(text, q);
    made->setObjectName(QLatin1String(name));
    if (!key.isEmpty()) {
        made->setShortcut(key);
        made->setShortcutContext(Qt::WidgetShortcut);
    }
    table->addAction(made);
    return made;
}

void ConnectionView::Private::makeActions()
{
    send = action(tr("&Send to..."), "send_to");
    pingAction = action(tr("&Ping"), "ping");
    kickAction = action(tr("&Kick..."), "kick", QKeySequence(Qt::Key_Delete));
    kickAgain = action(tr("Kick a&gain"), "kick_again", QKeySequence(Qt::SHIFT | Qt::Key_Delete));
    const auto style = [this](KickStyle how, const QString& text, const char* name) {
        QAction* made = action(text, name);
        made->setData(KickPopover::sessionProblem(how));
        QObject::connect(made, &QAction::triggered, q, [this, how] { kickWith(how); });
        styleActions.push_back(made);
    };
    style(KickStyle::fin, tr("&End the stream (FIN)"), "kick_fin");
    style(KickStyle::reset, tr("&Reset (RST)"), "kick_reset");
    style(KickStyle::silent, tr("Go &silent"), "kick_silent");
    style(KickStyle::never_answer_close, tr("Never answer its &close"), "kick_keep_close");
    style(KickStyle::never_answer_ping, tr("Never answer its &pings"), "kick_keep_pong");
    answerAgain = action(tr("Ans&wer again"), "answer_again");
    QObject::connect(answerAgain, &QAction::triggered, q, [this] { resume(); });
    followAction = action(tr("&Follow this page"), "follow");
    stopFollowing = action(tr("S&top following"), "stop_following");
    renameAction = action(tr("&Rename..."), "rename", QKeySequence(Qt::Key_F2));
    selectAll = action(tr("Select &all"), "select_all");
    selectNone = action(tr("Select &none"), "select_none");
    showClosed = action(tr("Show &closed"), "toggle_closed");
    showClosed->setCheckable(true);
    showClosed->setChecked(model.showClosed());
    clearClosedAction = action(tr("Cl&ear closed"), "clear_closed_action");
    forgetPages = action(tr("Forget na&mes and colours..."), "forget_pages");
    connect(forgetPages, &QAction::triggered, q, [this] { askToForgetPages(); });

    connect(send, &QAction::triggered, q, &ConnectionView::sendRequested);
    connect(pingAction, &QAction::triggered, q, [this] { ping(); });
    connect(kickAction, &QAction::triggered, q, [this] { kick(false); });
    connect(kickAgain, &QAction::triggered, q, [this] { kick(true); });
    connect(followAction, &QAction::triggered, q, [this] { follow.follow(single()); });
    connect(stopFollowing, &QAction::triggered, q, [this] { follow.stop(); });
    connect(renameAction, &QAction::triggered, q, [this] { rename(); });
    connect(selectAll, &QAction::triggered, table, &QTableView::selectAll);
    connect(selectNone, &QAction::triggered, table, &QTableView::clearSelection);
    connect(showClosed, &QAction::toggled, q, [this](bool shown) {
        closedToggle->setChecked(shown);
        model.setShowClosed(shown);
    });
    connect(clearClosedAction, &QAction::triggered, q, [this] { clearClosedOnes(); });
}

void ConnectionView::Private::refreshActions()
{
    const auto open = openSelected();
    const ConnectionId one = single();
    const bool hasSelection = table->selectionModel()->hasSelection();
    send->setEnabled(!open.empty());
    pingAction->setEnabled(!open.empty());
    kickAction->setEnabled(!open.empty());
    kickAgain->setEnabled(!open.empty());
    const bool noneHasSocket = std::ranges::all_of(open, [this](ConnectionId id) {
        const ConnectionRecord* record = model.store().record(id);
        return is_fallback(transport_now(*record->info, record->counters));
    });
    for (QAction* each : styleActions) {
        const QString why = noneHasSocket && !open.empty() ? each->data().toString() : QString();
        each->setEnabled(!open.empty() && why.isEmpty());
        each->setToolTip(tooltipText(why.isEmpty() ? each->text().remove(u'&') : why));
    }
    answerAgain->setEnabled(std::ranges::any_of(open, [this](ConnectionId id) { return isTroubled(id); }));
    followAction->setEnabled(one && one != follow.current());
    stopFollowing->setEnabled(follow.isFollowing());
    renameAction->setEnabled(static_cast<bool>(one));
    forgetPages->setEnabled(model.store().hasRememberedPages());
    selectNone->setEnabled(hasSelection);
    selectAll->setEnabled(model.rowCount() > 0);
    const std::size_t closed = model.store().closedCount();
    clearClosed->setEnabled(closed > 0);
    clearClosedAction->setEnabled(closed > 0);
    const QString text = tr("Closed (%1)").arg(formatCount(closed));
    if (closedToggle->text() != text)
        closedToggle->setText(text);
}

QString ConnectionView::summary() const
{
    const auto selected = d->table->selectedRowNumbers().size();
    const int rows = d->model.rowCount();
    const std::size_t hidden = d->model.hiddenByFilter();
    QString text = selected > 0
        ? tr("%1 of %2 selected").arg(formatCount(selected), formatCount(static_cast<std::uint64_t>(rows)))
        : tr("%1 shown").arg(formatCount(static_cast<std::uint64_t>(rows)));
    if (hidden > 0)
        text += tr(", and %1 hidden by the filter").arg(formatCount(hidden));
    return text;
}

void ConnectionView::Private::refreshSummary()
{
    const QString text = q->summary();
    if (summaryLabel->content() != text)
        summaryLabel->setContent(text);
}

std::vector<ConnectionId> ConnectionView::selectedIds() const
{
    std::vector<ConnectionId> ids;
    const auto rows = d->table->selectedRowNumbers();
    ids.reserve(rows.size());
    for (const int row : rows)
        ids.push_back(d->model.idAt(row));
    return ids;
}

std::vector<ConnectionId> ConnectionView::Private::openSelected() const
{
    std::vector<ConnectionId> ids = q->selectedIds();
    std::erase_if(ids, [this](ConnectionId id) {
        const ConnectionRecord* record = model.store().record(id);
        return record == nullptr || !record->isOpen();
    });
    return ids;
}

ConnectionId ConnectionView::Private::single() const
{
    const auto rows = table->selectedRowNumbers();
    return rows.size() == 1 ? model.idAt(rows.front()) : ConnectionId();
}

void ConnectionView::Private::reportSelection()
{
    refreshSummary();
    refreshActions();
    auto ids = q->selectedIds();
    if (ids == reported)
        return;
    reported = ids;
    Q_EMIT q->selectionChanged(ids);
}

void ConnectionView::select(ConnectionId id)
{
    const QModelIndex index = d->model.indexOf(id);
    if (!index.isValid())
        return;
    d->table->selectionModel()->setCurrentIndex(
        index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    d->table->scrollTo(index);
}

void ConnectionView::setShowClosed(bool show)
{
    d->showClosed->setChecked(show);
}

QPoint ConnectionView::Private::popoverPosition() const
{
    const auto rows = table->selectedRowNumbers();
    QRect place = rows.empty()
        ? QRect()
        : table->visualRect(model.index(rows.front(), static_cast<int>(ConnectionColumn::Name)));
    if (!table->viewport()->rect().intersects(place))
        place = QRect(table->viewport()->rect().center(), QSize(1, 1));
    return table->viewport()->mapToGlobal(place.bottomLeft() + QPoint(8, 4));
}

void ConnectionView::Private::kick(bool again)
{
    const auto ids = openSelected();
    if (ids.empty())
        return;
    if (again) {
        popover->repeatFor(ids, popoverPosition());
        if (popover->isVisible())
            table->beginHold();
        return;
    }
    popover->openFor(ids, popoverPosition());
    if (popover->isVisible())
        table->beginHold();
}

bool ConnectionView::Private::isTroubled(ConnectionId id) const
{
    const ConnectionRecord* record = model.store().record(id);
    return record && (record->counters.flags & (flag_silent | flag_keeps_close | flag_keeps_pong)) != 0;
}

void ConnectionView::Private::kickWith(KickStyle style)
{
    popover->kickWith(style, openSelected(), popoverPosition());
    if (popover->isVisible())
        table->beginHold();
}

void ConnectionView::Private::resume()
{
    auto ids = openSelected();
    std::erase_if(ids, [this](ConnectionId id) { return !isTroubled(id); });
    port.submitWithReply(
        command::Resume{Target::many(std::move(ids))}, q, [this](const event::CommandFinished& finished) {
            Q_EMIT q->outcome(finished.error ? wordsOf(finished.error->message())
                                             : outcomeText(finished, tr("answered again")));
        });
}

void ConnectionView::Private::fillBlockMenu(QMenu& menu)
{
    const ConnectionRecord* record = model.store().record(single());
    menu.setEnabled(record != nullptr);
    if (record == nullptr)
        return;
    const ConnectionInfo& info = *record->info;
    const auto add = [&](BlockKind kind, const QString& title, const char* name, std::string text) {
        QAction* entry = menu.addAction(mnemonicSafe(title.arg(displayText(text, 60))));
        entry->setObjectName(QLatin1String(name));
        connect(entry, &QAction::triggered, q, [this, kind, text = std::move(text)] { blocking->block(kind, text); });
    };
    if (info.has_origin)
        add(BlockKind::origin, tr("Its origin, %1..."), "block_origin", *info.origin);
    add(BlockKind::host, tr("Its host, %1..."), "block_host", *info.host);
    add(BlockKind::address, tr("Its address, %1..."), "block_address", info.peer.address_text());
}

void ConnectionView::Private::ping()
{
    const auto ids = openSelected();
    if (ids.empty())
        return;
    port.submitWithReply(
        command::Ping{Target::many(ids), {}}, q, [this](const event::CommandFinished& finished) {
            Q_EMIT q->outcome(
                finished.error ? wordsOf(finished.error->message()) : outcomeText(finished, tr("pinged")));
        });
}

void ConnectionView::Private::rename()
{
    const auto slot = model.store().find(single());
    if (!slot)
        return;
    // A closed row may be gone before the name is there; its page is not.
    const PageIdentity page = PageIdentity::of(*model.store().at(*slot).info);
    auto* dialog = new QInputDialog(q);
    nameControl(dialog, "rename_dialog", "Rename connection");
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Rename"));
    dialog->setLabelText(tr("Name of this page (empty: the one it comes with)"));
    // Without the "(2)" of a second tab: the name is the page's.
    const QString before = model.store().pageName(*slot);
    dialog->setTextValue(before);
    table->beginHold();
    QObject::connect(dialog, &QDialog::finished, q, [this, dialog, page, before](int result) {
        table->endHold();
        if (result == QDialog::Accepted && dialog->textValue() != before)
            model.store().setCustomName(page, dialog->textValue().trimmed());
    });
    dialog->open();
}

void ConnectionView::Private::clearClosedOnes()
{
    const std::size_t count = model.store().closedCount();
    model.clearClosed();
    notice->showNotice(InlineNotice::Kind::Information,
        count == 1 ? tr("1 closed connection is cleared; its messages are kept.")
                   : tr("%1 closed connections are cleared; their messages are kept.").arg(formatCount(count)),
        {{tr("Undo"), QStringLiteral("Show cleared connections again"),
            [this] { model.store().undoClearClosed(); }}},
        undoTime);
}

void ConnectionView::Private::fillListsMenu(QMenu& menu)
{
    const ConnectionRecord* record = model.store().record(single());
    menu.setEnabled(record != nullptr);
    if (record == nullptr)
        return;
    fillAccessMenu(menu, port, *record->info, q, [this](const QString& sentence, std::function<void()> undo) {
        std::vector<InlineNotice::Button> buttons;
        if (undo)
            buttons.push_back({tr("Undo"), QStringLiteral("Undo the change of the list"), std::move(undo)});
        const auto kind = buttons.empty() ? InlineNotice::Kind::Warning : InlineNotice::Kind::Information;
        notice->showNotice(kind, sentence, buttons, undoTime);
    });
}

void ConnectionView::Private::askToForgetPages()
{
    const auto count = static_cast<std::uint64_t>(model.store().rememberedPages().size());
    auto* box = new QMessageBox(q);
    nameControl(box, "forget_pages_question", "Forget names and colours");
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setIcon(QMessageBox::Question);
    box->setWindowTitle(tr("Forget names and colours"));
    box->setText(count == 1 ? tr("Forget the name and colour that you gave one page?")
                            : tr("Forget the names and colours that you gave %1 pages?").arg(formatCount(count)));
    box->setInformativeText(tr("They are called by what they come with again. This cannot be undone."));
    QPushButton* yes = box->addButton(tr("Forget"), QMessageBox::DestructiveRole);
    QPushButton* no = box->addButton(QMessageBox::Cancel);
    nameControl(yes, "forget_pages_yes", "Confirm forget names and colours");
    nameControl(no, "forget_pages_no", "Cancel forget names and colours");
    box->setDefaultButton(no);
    connect(box, &QMessageBox::finished, q, [this, box, yes] {
        if (box->clickedButton() == yes)
            model.store().forgetPages();
    });
    box->open();
}

void ConnectionView::Private::fillFilterMenu(QMenu& menu) const
{
    const ConnectionRecord* record = model.store().record(single());
    menu.setEnabled(record != nullptr);
    if (record != nullptr)
        fillLikeThisMenu(
            menu, *record->info, q, [this](const QString& filter) { Q_EMIT q->filterRequested(filter); });
}

void ConnectionView::fillMenu(QMenu& menu)
{
    menu.addAction(d->send);
    menu.addAction(d->pingAction);
    menu.addAction(d->kickAction);
    menu.addAction(d->kickAgain);
    auto* styles = menu.addMenu(tr("Kick st&yles"));
    styles->setObjectName(QStringLiteral("kick_styles"));
    styles->setToolTipsVisible(true);
    for (QAction* each : d->styleActions)
        styles->addAction(each);
    menu.addAction(d->answerAgain);
    auto* blockMenu = menu.addMenu(tr("&Block for now"));
    blockMenu->setObjectName(QStringLiteral("block_menu"));
    auto* listsMenu = menu.addMenu(tr("Hosts and or&igins"));
    listsMenu->setObjectName(QStringLiteral("lists_menu"));
    menu.addSeparator();
    menu.addAction(d->followAction);
    menu.addAction(d->stopFollowing);
    menu.addAction(d->renameAction);
    auto* colourMenu = menu.addMenu(tr("Colo&ur"));
    colourMenu->setObjectName(QStringLiteral("colour_menu"));
    menu.addSeparator();
    auto* filterMenu = menu.addMenu(tr("Filter &like this"));
    filterMenu->setObjectName(QStringLiteral("filter_like_menu"));
    auto* copyMenu = menu.addMenu(tr("C&opy"));
    menu.addSeparator();
    menu.addAction(d->selectAll);
    menu.addAction(d->selectNone);
    menu.addSeparator();
    menu.addAction(d->showClosed);
    menu.addAction(d->clearClosedAction);
    menu.addAction(d->forgetPages);
    const auto fill = [this, filterMenu, copyMenu, blockMenu, listsMenu, colourMenu] {
        listsMenu->clear();
        d->fillListsMenu(*listsMenu);
        colourMenu->clear();
        fillColourMenu(*colourMenu, d->model.store(), selectedIds());
        filterMenu->clear();
        blockMenu->clear();
        d->fillBlockMenu(*blockMenu);
        copyMenu->clear();
        d->fillFilterMenu(*filterMenu);
        fillConnectionCopyMenu(*copyMenu, *this, d->model);
        d->refreshActions();
    };
    connect(&menu, &QMenu::aboutToShow, this, [this, fill] {
        fill();
        d->table->beginHold();
    });
    connect(&menu, &QMenu::aboutToHide, this, [this] { d->table->endHold(); });
}

void ConnectionView::Private::showContextMenu(const QPoint& position)
{
    auto* menu = new QMenu(q);
    menu->setObjectName(QStringLiteral("connection_menu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    q->fillMenu(*menu);
    menu->popup(table->viewport()->mapToGlobal(position));
}

void ConnectionView::fillColumnMenu(QMenu& menu)
{
    connect(&menu, &QMenu::aboutToShow, this, [this, shown = &menu] {
        shown->clear();
        for (int section = 0; section < connectionColumnCount; ++section) {
            const auto column = static_cast<ConnectionColumn>(section);
            QAction* entry = shown->addAction(titleOf(column));
            entry->setObjectName(QStringLiteral("column_") + keyOf(column));
            entry->setCheckable(true);
            entry->setChecked(!d->table->isColumnHidden(section));
            entry->setEnabled(column != ConnectionColumn::Name);
            connect(entry, &QAction::toggled, this,
                [this, section](bool visible) { d->table->setColumnHidden(section, !visible); });
        }
        shown->addSeparator();
        connect(shown->addAction(tr("&Usual columns")), &QAction::triggered, this,
            [this] { d->table->resetColumns(); });
    });
}

void ConnectionView::Private::showColumnMenu(const QPoint& position)
{
    auto* menu = new QMenu(q);
    menu->setObjectName(QStringLiteral("column_menu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    q->fillColumnMenu(*menu);
    menu->popup(table->horizontalHeader()->mapToGlobal(position));
}

} // namespace jackfield::ui
