#include "ui/views/allow_list_editor.h"

#include "ui/bridge/engine_port.h"
#include "ui/models/access_list_change.h"
#include "ui/models/access_list_model.h"
#include "ui/models/allowed_entry.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/text/phrases.h"
#include "ui/views/allow_action.h"
#include "ui/views/cell_text.h"
#include "ui/views/controls.h"
#include "ui/views/inline_notice.h"
#include "ui/views/shortcut_list.h"
#include "ui/views/table_header.h"
#include "ui/views/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace jackfield::ui {

namespace {

constexpr int padding = 8;

// Draws a line with its state, and hands an edited text over instead of setting it, so that it can be asked
// about first.
class LineDelegate final : public QStyledItemDelegate {
public:
    LineDelegate(std::function<void(int, const QString&)> edited, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_edited(std::move(edited))
    { }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const bool selected = option.state & QStyle::State_Selected;
        const bool decides = index.data(AccessListModel::DecidesRole).toBool();
        const auto state = static_cast<AccessLine::State>(index.data(AccessListModel::LineStateRole).toInt());
        painter->save();
        painter->setClipRect(option.rect);
        painter->fillRect(option.rect,
            themeColor(selected ? ColorRole::Selection
                    : decides   ? ColorRole::Match
                                : ColorRole::Surface));
        ColorRole colour = selected ? ColorRole::SelectionText : ColorRole::Text;
        const bool entry = index.column() == static_cast<int>(AccessColumn::Entry);
        if (state == AccessLine::State::invalid)
            colour = ColorRole::DangerText;
        else if (state != AccessLine::State::active || (!entry && !decides))
            colour = ColorRole::MutedText;
        painter->setPen(themeColor(colour));
        const QRect rect = option.rect.adjusted(padding, 0, -padding, 0);
        paintCellText(*painter, rect, index.data().toString(), entry ? monospaceFont() : option.font);
        painter->restore();
    }

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        auto* editor = named(new QLineEdit(parent), "access_entry_editor", "Edit entry");
        editor->setFont(monospaceFont());
        return editor;
    }

    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override
    {
        const QString text = static_cast<QLineEdit*>(editor)->text().trimmed();
        if (text != model->data(index, Qt::EditRole).toString())
            m_edited(index.row(), text);
    }

    void updateEditorGeometry(
        QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        editor->setGeometry(option.rect.adjusted(1, 0, -1, 0));
    }

private:
    std::function<void(int, const QString&)> m_edited;
};

// A table that offers its own keys before the item view's.
class LineTable final : public QTableView {
public:
    using QTableView::QTableView;
    std::function<bool(QKeyEvent*)> onKey;

protected:
    void keyPressEvent(QKeyEvent* event) override
    {
        // Enter in the editor of a cell comes here as well, once it has been served there.
        if (state() == EditingState || !onKey || !onKey(event))
            QTableView::keyPressEvent(event);
    }
};

} // namespace

class AllowListEditor::Private {
public:
    Private(AllowListEditor& owner, ListKind listKind, EnginePort& enginePort)
        : q(owner)
        , kind(listKind)
        , port(enginePort)
        , model(listKind)
    { }

    void build();
    void refresh();
    void fitTable();
    void checkField();
    void submit();
    void change(const QString& did, const std::function<void()>& edit);
    void askThen(const QString& text, const std::function<void()>& yes);
    void offerForATime();
    void allowForATime();
    void takeBack(const AccessListChange& change);
    void sendBack(Command command);
    void replaceLine(int row, const QString& text);
    [[nodiscard]] std::vector<int> selectedRows() const;
    [[nodiscard]] const AccessList& current() const
    {
        const auto status = port.status();
        return listOf(status->access, kind);
    }
    [[nodiscard]] TimePoint now() const { return TimePoint(std::chrono::nanoseconds(port.clockNow())); }
    [[nodiscard]] QString listName() const
    {
        return kind == ListKind::hosts ? AllowListEditor::tr("The host list")
                                       : AllowListEditor::tr("The origin list");
    }

    AllowListEditor& q;
    ListKind kind;
    EnginePort& port;
    AccessListModel model;
    AccessList before; // for Undo
    QString did;

    InlineNotice* banner = nullptr;
    InlineNotice* notice = nullptr;
    LineTable* table = nullptr;
    QLineEdit* field = nullptr;
    QPushButton* add = nullptr;
    QPushButton* edit = nullptr;
    QPushButton* remove = nullptr;
    QPushButton* confirm = nullptr;
    QLabel* problem = nullptr;
};

AllowListEditor::AllowListEditor(ListKind kind, EnginePort& port, QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(*this, kind, port))
{
    const bool hosts = kind == ListKind::hosts;
    nameControl(this, hosts ? "hosts_editor" : "origins_editor", hosts ? "Allowed hosts" : "Allowed origins");
    d->build();
}

AllowListEditor::~AllowListEditor() = default;

void AllowListEditor::Private::build()
{
    const bool hosts = kind == ListKind::hosts;
    auto* title = plainLabel(
        hosts ? tr("Names this server answers to (Host)") : tr("Pages that may connect (Origin)"), &q);
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    title->setContentsMargins(10, 8, 10, 4);
    title->setWordWrap(true);

    banner = new InlineNotice(hosts ? QStringLiteral("hosts list") : QStringLiteral("origins list"), &q);
    banner->setObjectName(hosts ? QStringLiteral("hosts_banner") : QStringLiteral("origins_banner"));
    notice = new InlineNotice(hosts ? QStringLiteral("hosts edit") : QStringLiteral("origins edit"), &q);
    notice->setObjectName(hosts ? QStringLiteral("hosts_notice") : QStringLiteral("origins_notice"));

    table = new LineTable(&q);
    nameControl(table, hosts ? "hosts_table" : "origins_table",
        hosts ? "Allowed hosts table" : "Allowed origins table");
    table->setModel(&model);
    // Later, since an editor also hands its text over while the window is being destroyed, when nothing may
    // be asked any more.
    const auto edited = [this](int row, const QString& text) {
        QMetaObject::invokeMethod(
            &q, [this, row, text] { replaceLine(row, text); }, Qt::QueuedConnection);
    };
    table->setItemDelegate(new LineDelegate(edited, table));
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->setFrameShape(QFrame::NoFrame);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setMinimumSectionSize(tableRowHeight());
    table->verticalHeader()->setDefaultSectionSize(tableRowHeight());
    table->setHorizontalHeader(new TableHeader(table));
    table->horizontalHeader()->setSectionResizeMode(
        static_cast<int>(AccessColumn::Entry), QHeaderView::Stretch);
    table->horizontalHeader()->setSectionResizeMode(
        static_cast<int>(AccessColumn::State), QHeaderView::Interactive);
    describeKey(table, Qt::Key_Insert, tr("Add"));
    describeKey(table, Qt::Key_Delete, tr("Remove"));
    describeKey(table, Qt::Key_Enter, tr("Edit"));
    describeKey(table, Qt::Key_F2, tr("Edit"));
    table->onKey = [this](QKeyEvent* event) {
        if (event->key() == Qt::Key_Insert) {
            field->setFocus(Qt::ShortcutFocusReason);
            return true;
        }
        if (event->key() == Qt::Key_Delete) {
            q.removeSelected();
            return true;
        }
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
            q.editCurrent();
            return true;
        }
        return false;
    };

    field = named(
        new QLineEdit(&q), hosts ? "add_host_text" : "add_origin_text", hosts ? "New host" : "New origin");
    field->setPlaceholderText(hosts ? tr("name, *.suffix or address, :port") : tr("http://localhost:5173"));
    field->setFont(monospaceFont());
    add = named(
        new QPushButton(tr("Add"), &q), hosts ? "add_host" : "add_origin", hosts ? "Add host" : "Add origin");
    edit = named(new QPushButton(tr("Edit"), &q), hosts ? "edit_host" : "edit_origin",
        hosts ? "Edit host" : "Edit origin");
    remove = named(new QPushButton(tr("Remove"), &q), hosts ? "remove_host" : "remove_origin",
        hosts ? "Remove host" : "Remove origin");
    confirm = named(new QPushButton(tr("Put in force"), &q), hosts ? "confirm_host" : "confirm_origin",
        hosts ? "Put host in force" : "Put origin in force");
    for (QPushButton* button : {add, edit, remove, confirm})
        button->setAutoDefault(false);
    add->setToolTip(tr("Add this entry (Enter)"));
    edit->setToolTip(tr("Edit the current entry (F2)"));
    remove->setToolTip(tr("Remove the selected entries (Delete)"));
    problem = named(wrappedLabel(QString(), &q), hosts ? "host_problem" : "origin_problem",
        hosts ? "Problem with the new host" : "Problem with the new origin");
    problem->setProperty("danger", true);
    problem->hide();

    auto* adding = new QHBoxLayout;
    adding->setContentsMargins(10, 6, 10, 0);
    adding->setSpacing(6);
    adding->addWidget(field, 1);
    adding->addWidget(add);
    auto* acting = new QHBoxLayout;
    acting->setContentsMargins(10, 6, 10, 8);
    acting->setSpacing(6);
    acting->addWidget(edit);
    acting->addWidget(remove);
    acting->addWidget(confirm);
    acting->addStretch(1);
    auto* column = new QVBoxLayout(&q);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(title);
    column->addWidget(banner);
    column->addWidget(table);
    column->addWidget(notice);
    column->addLayout(adding);
    column->addWidget(problem);
    column->addLayout(acting);
    problem->setContentsMargins(10, 3, 10, 0);
    q.setFocusProxy(table);

    QObject::connect(field, &QLineEdit::textChanged, &q, [this] { checkField(); });
    QObject::connect(field, &QLineEdit::returnPressed, &q, [this] { q.addEntry(field->text()); });
    QObject::connect(add, &QPushButton::clicked, &q, [this] { q.addEntry(field->text()); });
    QObject::connect(edit, &QPushButton::clicked, &q, [this] { q.editCurrent(); });
    QObject::connect(remove, &QPushButton::clicked, &q, [this] { q.removeSelected(); });
    QObject::connect(confirm, &QPushButton::clicked, &q, [this] {
        const auto rows = selectedRows();
        if (rows.empty())
            return;
        const AccessLine* line = model.lineAt(rows.front());
        if (!line || line->state != AccessLine::State::needs_confirmation)
            return;
        const QString text = QString::fromStdString(line->text);
        askThen(text, [this, text] {
            for (int row = 0; row < model.rowCount(); ++row) {
                const AccessLine* found = model.lineAt(row);
                if (found && QString::fromStdString(found->text) == text
                    && found->state == AccessLine::State::needs_confirmation) {
                    change(AllowListEditor::tr("%1 is in force.").arg(displayText(text)),
                        [this, row] { model.confirm(row); });
                    return;
                }
            }
        });
    });
    QObject::connect(&model, &AccessListModel::edited, &q, [this] { submit(); });
    QObject::connect(&model, &QAbstractItemModel::modelReset, &q, [this] { refresh(); });
    QObject::connect(&model, &QAbstractItemModel::rowsInserted, &q, [this] { refresh(); });
    QObject::connect(&model, &QAbstractItemModel::rowsRemoved, &q, [this] { refresh(); });
    QObject::connect(&model, &QAbstractItemModel::dataChanged, &q, [this] { refresh(); });
    QObject::connect(
        table->selectionModel(), &QItemSelectionModel::selectionChanged, &q, [this] { refresh(); });
    checkField();
    refresh();
}

std::vector<int> AllowListEditor::Private::selectedRows() const
{
    std::vector<int> rows;
    for (const QItemSelectionRange& range : table->selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

void AllowListEditor::Private::refresh()
{
    const auto rows = selectedRows();
    edit->setEnabled(rows.size() == 1);
    remove->setEnabled(!rows.empty());
    const AccessLine* line = rows.size() == 1 ? model.lineAt(rows.front()) : nullptr;
    const bool waiting = line && line->state == AccessLine::State::needs_confirmation;
    bool anyWaiting = false;
    for (int row = 0; row < model.rowCount() && !anyWaiting; ++row)
        anyWaiting = model.lineAt(row)->state == AccessLine::State::needs_confirmation;
    confirm->setVisible(anyWaiting);
    confirm->setEnabled(waiting);
    fitTable();
}

// Between three and eight rows, so that both lists and Try it fit beside each other.
void AllowListEditor::Private::fitTable()
{
    const int rows = std::clamp(model.rowCount(), 3, 8);
    const int height = rows * tableRowHeight() + table->horizontalHeader()->sizeHint().height() + 2;
    if (table->minimumHeight() != height || table->maximumHeight() != height)
        table->setFixedHeight(height);
    const int most = std::max(80, q.width() * 11 / 20);
    int state = 0;
    const QFontMetrics metrics(table->font());
    std::array<bool, 32> isMeasured{}; // states that read alike on every line
    for (int row = 0; row < model.rowCount() && state < most; ++row) {
        const AccessLine& line = *model.lineAt(row);
        if (!line.expires && line.state != AccessLine::State::invalid) {
            const std::size_t alike = static_cast<std::size_t>(line.state) * 8 + (line.temporary ? 4U : 0U)
                + (line.built_in ? 2U : 0U) + (line.text.empty() || line.pattern.is_wide_open() ? 1U : 0U);
            if (std::exchange(isMeasured[alike], true))
                continue;
        }
        const QString text = model.index(row, static_cast<int>(AccessColumn::State)).data().toString();
        state = std::max(state, metrics.horizontalAdvance(text) + 2 * padding + 4);
    }
    table->setColumnWidth(static_cast<int>(AccessColumn::State), std::clamp(state, 80, most));
}

void AllowListEditor::Private::checkField()
{
    const QString text = field->text().trimmed();
    const QString wrong = text.isEmpty() || model.isForATimeOnly(text) ? QString() : model.problemOf(text);
    problem->setText(displayText(wrong, 400));
    problem->setVisible(!wrong.isEmpty());
    setStyleProperty(field, "bad", !wrong.isEmpty());
    add->setEnabled(!text.isEmpty() && wrong.isEmpty());
}

void AllowListEditor::Private::askThen(const QString& text, const std::function<void()>& yes)
{
    if (!model.needsConfirmation(text)) {
        yes();
        return;
    }
    const AccessLine line = parse_access_line(kind, text.trimmed().toStdString());
    const bool wide = line.pattern.is_wide_open();
    const bool hosts = kind == ListKind::hosts;
    const QString shown = quotedPeerText(line.entry(), 100);
    QString question;
    if (wide) {
        question = hosts ? tr("%1 makes this server answer to every name, so any web site can reach it "
                              "through DNS rebinding. Really?")
                               .arg(shown)
                         : tr("%1 lets in any web page that is open in a browser on this machine, and "
                              "whatever it wants to do here. Really?")
                               .arg(shown);
    } else {
        question = hosts ? tr("%1 is not this machine's own name. Answer to it?").arg(shown)
                         : tr("%1 is not a page of this machine. Let it connect?").arg(shown);
    }
    notice->showNotice(wide ? InlineNotice::Kind::Danger : InlineNotice::Kind::Warning, question,
        {{wide ? tr("Allow everything") : tr("Allow it"),
            hosts ? QStringLiteral("Confirm host") : QStringLiteral("Confirm origin"), yes}});
}

// Pages without an origin are no line that a person writes: they come in for a time, by a command of its own.
void AllowListEditor::Private::offerForATime()
{
    notice->showNotice(InlineNotice::Kind::Warning,
        tr("Pages without an origin (“null”) can only be let in for a time. %1")
            .arg(AllowAction::nullOriginWarning()),
        {{AllowAction::buttonText(AllowFor::FifteenMinutes), QStringLiteral("Allow null for 15 minutes"),
            [this] { allowForATime(); }}});
}

void AllowListEditor::Private::allowForATime()
{
    if (model.isForATimeOnly(field->text()))
        field->clear();
    AllowedEntry entry(current(), {kind, "null", true, std::chrono::minutes(15)}, now());
    port.submitWithReply(entry.command(), &q, [this, entry](const event::CommandFinished& outcome) mutable {
        if (outcome.error) {
            notice->showNotice(InlineNotice::Kind::Danger,
                tr("Nothing was changed: %1").arg(displayText(wordsOf(outcome.error->message()))));
            return;
        }
        if (!entry.isChange()) {
            notice->showNotice(InlineNotice::Kind::Information,
                tr("Pages without an origin may connect already, for longer than 15 minutes."), {},
                std::chrono::seconds(8));
            return;
        }
        entry.setDone(now());
        notice->showUndo(tr("Pages without an origin may connect for 15 minutes."),
            QStringLiteral("Undo change of origins"), [this, entry] {
                if (auto back = entry.takenBackFrom(current(), now()))
                    sendBack(std::move(*back));
            });
    });
}

void AllowListEditor::Private::change(const QString& words, const std::function<void()>& edit_)
{
    before = model.list();
    did = words;
    edit_();
}

void AllowListEditor::Private::submit()
{
    const AccessListChange made(before, model.list());
    const QString words = did;
    before = {};
    did.clear();
    command::ReplaceList command;
    command.list = kind;
    command.content = model.list();
    command.content.fell_back = false;
    command.content.problem.clear();
    port.submitWithReply(std::move(command), &q, [this, made, words](const event::CommandFinished& outcome) {
        if (outcome.error) {
            model.setList(current());
            notice->showNotice(InlineNotice::Kind::Danger,
                tr("Nothing was changed: %1").arg(displayText(wordsOf(outcome.error->message()))));
            return;
        }
        if (words.isEmpty())
            return;
        notice->showUndo(words,
            kind == ListKind::hosts ? QStringLiteral("Undo change of hosts")
                                    : QStringLiteral("Undo change of origins"),
            [this, made] { takeBack(made); });
    });
}

void AllowListEditor::Private::takeBack(const AccessListChange& made)
{
    const AccessList list = current();
    AccessList back = made.takenBackFrom(list, now());
    if (back == list)
        return; // others have taken it back already
    sendBack(command::ReplaceList{kind, std::move(back), false});
}

void AllowListEditor::Private::sendBack(Command command)
{
    port.submitWithReply(std::move(command), &q, [this](const event::CommandFinished& outcome) {
        if (outcome.error)
            notice->showNotice(InlineNotice::Kind::Danger,
                tr("Not undone: %1").arg(displayText(wordsOf(outcome.error->message()))));
    });
}

void AllowListEditor::Private::replaceLine(int row, const QString& text)
{
    const AccessLine* line = model.lineAt(row);
    if (!line)
        return;
    const std::string old = line->text;
    if (text.isEmpty()) {
        change(tr("%1 was removed.").arg(displayText(old)), [this, row] { model.removeEntries({row}); });
        return;
    }
    const bool sameEntry = model.hasEntryOf(row, text);
    if (model.isForATimeOnly(text) && !sameEntry) {
        offerForATime();
        return;
    }
    // The list may have changed by the time the question is answered.
    const auto replace = [this, row, old, text] {
        const AccessLine* now = model.lineAt(row);
        if (!now || now->text != old)
            return;
        change(tr("%1 became %2.").arg(displayText(old), displayText(text)), [this, row, text] {
            model.setData(model.index(row, static_cast<int>(AccessColumn::Entry)), text, Qt::EditRole);
        });
    };
    if (sameEntry)
        replace();
    else
        askThen(text, replace);
}

void AllowListEditor::setList(const AccessList& list)
{
    d->model.setList(list);
    d->refresh();
    if (list.fell_back) {
        d->banner->showNotice(InlineNotice::Kind::Danger,
            list.problem.empty() ? tr("%1 could not be read: only this machine's own names are allowed.").arg(d->listName())
                                 : displayText(wordsOf(list.problem), 400) + u'.');
    } else if (list.is_wide_open()) {
        d->banner->showNotice(InlineNotice::Kind::Danger, tr("%1 is wide open.").arg(d->listName()));
    } else {
        d->banner->dismiss();
    }
}

void AllowListEditor::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    d->fitTable();
}

void AllowListEditor::forgetDocument()
{
    d->notice->dismiss();
}

void AllowListEditor::setDecidingLine(std::optional<std::size_t> line)
{
    d->model.setDecidingLine(line);
}

void AllowListEditor::setNow(TimePoint now)
{
    d->model.setNow(now);
}

bool AllowListEditor::hasTemporaryEntries() const
{
    const auto& lines = d->model.list().lines;
    return std::any_of(
        lines.begin(), lines.end(), [](const AccessLine& line) { return line.expires.has_value(); });
}

void AllowListEditor::addEntry(const QString& text)
{
    const QString entry = text.trimmed();
    if (d->model.isForATimeOnly(entry)) {
        d->offerForATime();
        return;
    }
    if (entry.isEmpty() || !d->model.problemOf(entry).isEmpty()) {
        d->checkField();
        return;
    }
    d->askThen(entry, [this, entry] {
        const int rows = d->model.rowCount();
        int row = -1;
        d->change(tr("%1 was added.").arg(displayText(entry)),
            [this, entry, &row] { row = d->model.addEntry(entry); });
        if (row >= 0)
            d->table->selectionModel()->setCurrentIndex(
                d->model.index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        if (d->model.rowCount() == rows)
            d->notice->showNotice(
                InlineNotice::Kind::Information, tr("%1 is on the list already.").arg(displayText(entry)));
        d->field->clear();
    });
}

void AllowListEditor::removeSelected()
{
    const auto rows = d->selectedRows();
    if (rows.empty())
        return;
    const AccessLine* first = d->model.lineAt(rows.front());
    const QString words = rows.size() == 1 && first
        ? tr("%1 was removed.").arg(displayText(first->text))
        : tr("%1 entries were removed.", nullptr, pluralOf(rows.size())).arg(formatCount(rows.size()));
    d->change(words, [this, &rows] { d->model.removeEntries(rows); });
}

void AllowListEditor::editCurrent()
{
    const QModelIndex index = d->table->currentIndex();
    if (index.isValid())
        d->table->edit(index.siblingAtColumn(static_cast<int>(AccessColumn::Entry)));
}

} // namespace jackfield::ui
