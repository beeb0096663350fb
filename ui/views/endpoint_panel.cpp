#include "ui/views/endpoint_panel.h"

#include "ui/bridge/engine_port.h"
#include "ui/models/endpoint_model.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/text/phrases.h"
#include "ui/views/behaviour_choice.h"
#include "ui/views/controls.h"
#include "ui/views/inline_notice.h"
#include "ui/views/server_address.h"
#include "ui/views/sockjs_fields.h"
#include "ui/views/subprotocol_delegate.h"
#include "ui/views/table_header.h"
#include "ui/views/theme.h"

#include <QAction>
#include <QCheckBox>
#include <QCoreApplication>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTableView>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <optional>
#include <utility>

namespace jackfield::ui {

namespace {

constexpr std::chrono::seconds readingTime{30};
constexpr int mostShownEndpoints = 8;
constexpr int mostShownSubprotocols = 8;
constexpr int nameColumn = SubprotocolDelegate::nameColumn;
constexpr int answersColumn = SubprotocolDelegate::answersColumn;

QTableWidgetItem* cell(const std::string& text)
{
    auto* item = new QTableWidgetItem(displayText(text, 100));
    item->setData(Qt::UserRole, QString::fromStdString(text));
    item->setToolTip(tooltipText(text));
    return item;
}

void asTable(QTableView& table)
{
    table.setProperty("framed", true);
    table.setHorizontalHeader(new TableHeader(&table));
    table.verticalHeader()->hide();
    table.verticalHeader()->setDefaultSectionSize(tableRowHeight());
    table.setShowGrid(false);
    table.setWordWrap(false);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setSelectionMode(QAbstractItemView::SingleSelection);
    table.setTabKeyNavigation(false);
}

void fitRows(QTableView& table, int rows, int most)
{
    table.setFixedHeight(table.horizontalHeader()->sizeHint().height()
        + std::clamp(rows, 1, most) * tableRowHeight() + 2 * table.frameWidth() + 2);
}

} // namespace

class EndpointPanel::Private {
    Q_DECLARE_TR_FUNCTIONS(jackfield::ui::EndpointPanel)
public:
    Private(EndpointPanel& owner, EnginePort& enginePort, const ConnectionStore& connections)
        : q(owner)
        , port(enginePort)
        , model(connections)
    { }

    void build();
    void buildTable(QWidget& content, QVBoxLayout& column);
    void buildEditor(QWidget& content, QVBoxLayout& column);
    void connectAll();
    void refresh(const ServerStatus& status);
    void fill(); // the editor, from the chosen endpoint
    void fillSubprotocols(const EndpointConfig& endpoint);
    [[nodiscard]] const EndpointConfig* current() const;

    void add();
    void rename();
    void remove();
    void change(const std::function<void(EndpointConfig&)>& edit);
    void addSubprotocol();
    void removeSubprotocol();
    void putBack(const std::string& pattern, const SubprotocolRule& rule, std::ptrdiff_t place);
    void editSubprotocol(const std::string& subprotocol, bool isName, const std::string& text);
    [[nodiscard]] std::string chosenSubprotocol() const;
    void submit(const EndpointConfig& endpoint, std::function<void()> then = {});
    void refuse(const QString& why);

    EndpointPanel& q;
    EnginePort& port;
    EndpointModel model;
    std::string chosen; // the pattern of the endpoint in the editor; empty for none
    std::string wanted; // chosen as soon as the server has it

    QTableView* table = nullptr;
    QLineEdit* newPath = nullptr;
    QPushButton* addButton = nullptr;
    QPushButton* removeButton = nullptr;
    QAction* removeAction = nullptr;
    QWidget* editor = nullptr;
    QLineEdit* path = nullptr;
    BehaviourChoice* answers = nullptr;
    QCheckBox* includesSender = nullptr;
    SockJsFields* reach = nullptr;
    QString server; // where pages find it
    QTableWidget* subprotocols = nullptr;
    QLineEdit* newSubprotocol = nullptr;
    BehaviourChoice* newAnswers = nullptr;
    QPushButton* addSubprotocolButton = nullptr;
    QPushButton* removeSubprotocolButton = nullptr;
    QAction* removeSubprotocolAction = nullptr;
    InlineNotice* notice = nullptr;
};

EndpointPanel::EndpointPanel(EnginePort& port, const ConnectionStore& connections, QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(*this, port, connections))
{
    nameControl(this, "endpoint_panel", "Endpoints");
    d->build();
    d->connectAll();
    d->refresh(*port.status());
}

EndpointPanel::~EndpointPanel()
{
    // The fields go after `d`, and one that has the focus tells of the end of its edit on the way.
    const auto all = findChildren<QObject*>();
    for (QObject* each : all)
        each->blockSignals(true);
}

void EndpointPanel::forgetDocument()
{
    d->notice->dismiss();
}

void EndpointPanel::showEndpoint(const QString& pattern)
{
    const int row = d->model.rowOf(pattern.toStdString());
    if (row >= 0)
        d->table->selectRow(row);
    else
        d->wanted = pattern.toStdString();
    d->table->setFocus(Qt::OtherFocusReason);
}

void EndpointPanel::proposeEndpoint(const QString& path)
{
    if (d->model.rowOf(path.toStdString()) >= 0) {
        showEndpoint(path);
        return;
    }
    d->newPath->selectAll();
    d->newPath->insert(path); // what was being typed comes back by Ctrl+Z
    d->newPath->setFocus(Qt::OtherFocusReason);
}

void EndpointPanel::Private::build()
{
    auto* outer = new QVBoxLayout(&q);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* scroll = new QScrollArea(&q);
    scroll->setObjectName(QStringLiteral("endpoint_scroll"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* content = new QWidget(scroll);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(10, 10, 10, 10);
    column->setSpacing(8);
    buildTable(*content, *column);
    notice = new InlineNotice(QStringLiteral("endpoints"), content);
    column->addWidget(notice);
    buildEditor(*content, *column);
    column->addStretch(1);
    scroll->setWidget(content);
    outer->addWidget(scroll);
}

void EndpointPanel::Private::buildTable(QWidget& content, QVBoxLayout& column)
{
    auto* about = wrappedLabel(
        tr("A page is served by the endpoint with the longest path that fits its own."), &content);
    about->setProperty("muted", true);
    table = named(new QTableView(&content), "endpoint_table", "Endpoints");
    table->setModel(&model);
    table->setItemDelegate(new CellDelegate(table));
    asTable(*table);
    auto* header = table->horizontalHeader();
    for (const auto fitted : {EndpointColumn::Answers, EndpointColumn::Open})
        header->setSectionResizeMode(static_cast<int>(fitted), QHeaderView::ResizeToContents);
    shareRoom(*table, static_cast<int>(EndpointColumn::Path), static_cast<int>(EndpointColumn::Subprotocols));
    removeAction = new QAction(tr("Remove this endpoint"), table);
    removeAction->setObjectName(QStringLiteral("endpoint_remove_action"));
    removeAction->setShortcut(QKeySequence(Qt::Key_Delete));
    removeAction->setShortcutContext(Qt::WidgetShortcut);
    table->addAction(removeAction);
    table->setContextMenuPolicy(Qt::ActionsContextMenu);

    newPath = named(new QLineEdit(&content), "endpoint_new_path", "Path of a new endpoint");
    newPath->setPlaceholderText(tr("New path, e.g. /chat or /api/*"));
    newPath->setMaxLength(1'024);
    addButton = named(new QPushButton(tr("Add"), &content), "endpoint_add", "Add the endpoint");
    addButton->setAutoDefault(false);
    removeButton
        = named(new QPushButton(tr("Remove"), &content), "endpoint_remove", "Remove the chosen endpoint");
    removeButton->setAutoDefault(false);
    auto* line = new QHBoxLayout;
    line->addWidget(newPath, 1);
    line->addWidget(addButton);
    line->addWidget(removeButton);
    column.addWidget(about);
    column.addWidget(table);
    column.addLayout(line);
}

void EndpointPanel::Private::buildEditor(QWidget& content, QVBoxLayout& column)
{
    editor = new QWidget(&content);
    path = named(new QLineEdit(editor), "endpoint_path", "Path of the chosen endpoint");
    path->setMaxLength(1'024);
    answers = named(new BehaviourChoice(BehaviourChoice::Wording::Full, editor), "endpoint_answers",
        "What the chosen endpoint answers");
    includesSender = named(new QCheckBox(tr("chat includes the sender"), editor), "endpoint_includes_sender",
        "Chat includes the sender");
    auto* form = new QFormLayout;
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Path"), path);
    form->addRow(tr("Ans&wers"), answers);
    form->addRow(QString(), includesSender);

    reach = new SockJsFields([this](const SockJsFields::Edit& edit) { change(edit); }, editor);
    auto* title = plainLabel(tr("Subprotocols"), editor);
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    subprotocols = named(
        new QTableWidget(0, 2, editor), "endpoint_subprotocols", "Subprotocols of the chosen endpoint");
    subprotocols->setItemDelegate(new SubprotocolDelegate(
        [this](const std::string& subprotocol, int section, const std::string& text) {
            editSubprotocol(subprotocol, section == nameColumn, text);
        },
        subprotocols));
    asTable(*subprotocols);
    subprotocols->setHorizontalHeaderLabels({tr("Name"), tr("Answers")});
    for (const int each : {nameColumn, answersColumn}) {
        subprotocols->horizontalHeader()->setSectionResizeMode(each, QHeaderView::Stretch);
        subprotocols->horizontalHeaderItem(each)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    }
    subprotocols->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed
        | QAbstractItemView::AnyKeyPressed);
    removeSubprotocolAction = new QAction(tr("Remove this subprotocol"), subprotocols);
    removeSubprotocolAction->setObjectName(QStringLiteral("subprotocol_remove_action"));
    removeSubprotocolAction->setShortcut(QKeySequence(Qt::Key_Delete));
    removeSubprotocolAction->setShortcutContext(Qt::WidgetShortcut);
    subprotocols->addAction(removeSubprotocolAction);
    subprotocols->setContextMenuPolicy(Qt::ActionsContextMenu);

    newSubprotocol = named(new QLineEdit(editor), "subprotocol_new", "Name of a new subprotocol");
    newSubprotocol->setPlaceholderText(tr("New name, e.g. v1.prices"));
    newSubprotocol->setMaxLength(256);
    newAnswers = named(new BehaviourChoice(BehaviourChoice::Wording::NamesOnly, editor),
        "subprotocol_new_answers", "What the new subprotocol answers");
    addSubprotocolButton
        = named(new QPushButton(tr("Add"), editor), "subprotocol_add", "Add the subprotocol");
    addSubprotocolButton->setAutoDefault(false);
    removeSubprotocolButton
        = named(new QPushButton(tr("Remove"), editor), "subprotocol_remove", "Remove the chosen subprotocol");
    removeSubprotocolButton->setAutoDefault(false);
    auto* line = new QHBoxLayout;
    line->addWidget(newSubprotocol, 1);
    line->addWidget(newAnswers);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(addSubprotocolButton);
    buttons->addWidget(removeSubprotocolButton);

    auto* rows = new QVBoxLayout(editor);
    rows->setContentsMargins(0, 8, 0, 0);
    rows->setSpacing(8);
    rows->addLayout(form);
    rows->addWidget(reach);
    rows->addWidget(title);
    rows->addWidget(subprotocols);
    rows->addLayout(line);
    rows->addLayout(buttons);
    column.addWidget(editor);
}

void EndpointPanel::Private::connectAll()
{
    QObject::connect(
        &port, &EnginePort::statusChanged, &q, [this](const ServerStatus& status) { refresh(status); });
    QObject::connect(table->selectionModel(), &QItemSelectionModel::selectionChanged, &q, [this] { fill(); });
    QObject::connect(newPath, &QLineEdit::returnPressed, &q, [this] { add(); });
    QObject::connect(newPath, &QLineEdit::textChanged, &q,
        [this](const QString& text) { addButton->setEnabled(!text.trimmed().isEmpty()); });
    QObject::connect(addButton, &QPushButton::clicked, &q, [this] { add(); });
    QObject::connect(removeButton, &QPushButton::clicked, &q, [this] { remove(); });
    QObject::connect(removeAction, &QAction::triggered, &q, [this] { remove(); });
    QObject::connect(path, &QLineEdit::editingFinished, &q, [this] { rename(); });
    QObject::connect(answers, &QComboBox::activated, &q,
        [this] { change([this](EndpointConfig& endpoint) { endpoint.behaviour = answers->behaviour(); }); });
    QObject::connect(includesSender, &QCheckBox::clicked, &q,
        [this](bool on) { change([on](EndpointConfig& endpoint) { endpoint.chat_includes_sender = on; }); });
    QObject::connect(newSubprotocol, &QLineEdit::returnPressed, &q, [this] { addSubprotocol(); });
    QObject::connect(newSubprotocol, &QLineEdit::textChanged, &q,
        [this](const QString& text) { addSubprotocolButton->setEnabled(!text.trimmed().isEmpty()); });
    QObject::connect(addSubprotocolButton, &QPushButton::clicked, &q, [this] { addSubprotocol(); });
    QObject::connect(removeSubprotocolButton, &QPushButton::clicked, &q, [this] { removeSubprotocol(); });
    QObject::connect(removeSubprotocolAction, &QAction::triggered, &q, [this] { removeSubprotocol(); });
    QObject::connect(subprotocols, &QTableWidget::itemSelectionChanged, &q,
        [this] { removeSubprotocolButton->setEnabled(!chosenSubprotocol().empty()); });
    addButton->setEnabled(false);
    addSubprotocolButton->setEnabled(false);
}

void EndpointPanel::Private::refresh(const ServerStatus& status)
{
    const QString found = testPageUrl(status);
    const bool isElsewhere = std::exchange(server, found) != found;
    if (status.endpoints == model.endpoints() && !chosen.empty() && !isElsewhere)
        return;
    model.setEndpoints(status.endpoints);
    fitRows(*table, model.rowCount(), mostShownEndpoints);
    const int arrived = wanted.empty() ? -1 : model.rowOf(wanted);
    if (arrived >= 0)
        wanted.clear();
    if (model.rowCount() > 0)
        table->selectRow(std::max(arrived >= 0 ? arrived : model.rowOf(chosen), 0));
    fill();
}

const EndpointConfig* EndpointPanel::Private::current() const
{
    const int row = model.rowOf(chosen);
    return row < 0 ? nullptr : &model.endpoints()[static_cast<std::size_t>(row)];
}

void EndpointPanel::Private::fill()
{
    const QModelIndexList rows = table->selectionModel()->selectedRows();
    const int row = rows.isEmpty() ? -1 : rows.front().row();
    const bool changedRow = row < 0 || model.endpoints()[static_cast<std::size_t>(row)].pattern != chosen;
    chosen = row < 0 ? std::string() : model.endpoints()[static_cast<std::size_t>(row)].pattern;
    const EndpointConfig* endpoint = current();
    editor->setVisible(endpoint != nullptr);
    removeButton->setEnabled(endpoint != nullptr);
    removeAction->setEnabled(endpoint != nullptr);
    if (endpoint == nullptr)
        return;
    // A path that is being typed is not taken out of the person's hands.
    if (changedRow || !path->hasFocus())
        path->setText(QString::fromStdString(endpoint->pattern));
    answers->setBehaviour(endpoint->behaviour);
    includesSender->setChecked(endpoint->chat_includes_sender);
    reach->setEndpoint(*endpoint, server);
    fillSubprotocols(*endpoint);
}

void EndpointPanel::Private::fillSubprotocols(const EndpointConfig& endpoint)
{
    const std::string before = chosenSubprotocol();
    subprotocols->clearSelection();
    subprotocols->setRowCount(static_cast<int>(endpoint.subprotocols.size()));
    for (int row = 0; row < subprotocols->rowCount(); ++row) {
        const SubprotocolRule& rule = endpoint.subprotocols[static_cast<std::size_t>(row)];
        subprotocols->setItem(row, nameColumn, cell(rule.name));
        subprotocols->setItem(row, answersColumn, cell(rule.behaviour));
        if (!before.empty() && rule.name == before)
            subprotocols->setCurrentCell(row, nameColumn);
    }
    removeSubprotocolButton->setEnabled(!chosenSubprotocol().empty());
    fitRows(*subprotocols, subprotocols->rowCount(), mostShownSubprotocols);
}

void EndpointPanel::Private::submit(const EndpointConfig& endpoint, std::function<void()> then)
{
    port.submitWithReply(command::SetEndpoint{endpoint}, &q,
        [this, then = std::move(then)](const event::CommandFinished& outcome) {
            if (outcome.error) {
                refuse(wordsOf(outcome.error->message()));
                fill(); // shows again what is in force
            } else if (then) {
                then();
            }
        });
}

void EndpointPanel::Private::refuse(const QString& why)
{
    notice->showNotice(InlineNotice::Kind::Danger, why);
}

void EndpointPanel::Private::add()
{
    const std::string pattern = newPath->text().trimmed().toStdString();
    if (pattern.empty())
        return;
    if (model.rowOf(pattern) >= 0) {
        q.showEndpoint(QString::fromStdString(pattern));
        notice->showNotice(InlineNotice::Kind::Information,
            tr("There is an endpoint %1 already; it is chosen now.").arg(displayText(pattern, 80)), {},
            readingTime);
        return;
    }
    EndpointConfig endpoint = default_endpoint();
    endpoint.pattern = pattern;
    submit(endpoint, [this, pattern] {
        newPath->clear();
        notice->dismiss();
        q.showEndpoint(QString::fromStdString(pattern));
    });
}

void EndpointPanel::Private::rename()
{
    const EndpointConfig* endpoint = current();
    const std::string pattern = path->text().trimmed().toStdString();
    if (endpoint == nullptr || pattern == endpoint->pattern)
        return;
    if (model.rowOf(pattern) >= 0) {
        refuse(
            tr("There is an endpoint %1 already. Its path was left as it is.").arg(displayText(pattern, 80)));
        path->setText(QString::fromStdString(endpoint->pattern));
        return;
    }
    EndpointConfig renamed = *endpoint;
    renamed.pattern = pattern;
    const std::string old = endpoint->pattern;
    submit(renamed, [this, old, pattern] {
        notice->dismiss();
        wanted = pattern;
        port.submitWithReply(command::RemoveEndpoint{old}, &q, [this](const event::CommandFinished& outcome) {
            if (outcome.error)
                refuse(wordsOf(outcome.error->message()));
        });
    });
    // Until the server has it nothing else is edited, so that the old one is not brought back.
    chosen = pattern;
}

void EndpointPanel::Private::remove()
{
    const EndpointConfig* endpoint = current();
    if (endpoint == nullptr)
        return;
    const EndpointConfig before = *endpoint;
    port.submitWithReply(
        command::RemoveEndpoint{before.pattern}, &q, [this, before](const event::CommandFinished& outcome) {
            if (outcome.error) {
                refuse(wordsOf(outcome.error->message()));
                return;
            }
            const QString name = displayText(before.pattern, 80);
            const std::size_t open = model.openOn(before.pattern);
            const bool wasLast
                = model.rowCount() == 0 || (model.rowCount() == 1 && model.rowOf(before.pattern) == 0);
            QString said = wasLast
                ? tr("%1 is removed. No endpoint is left: every page is refused with 404.").arg(name)
                : tr("%1 is removed.").arg(name);
            if (open > 0)
                said += u' ' + tr("What is open on it (%1) stays as it is.").arg(formatCount(open));
            notice->showUndo(
                said, QStringLiteral("Undo removing"),
                [this, before] {
                    submit(
                        before, [this, before] { q.showEndpoint(QString::fromStdString(before.pattern)); });
                },
                wasLast ? InlineNotice::Kind::Warning : InlineNotice::Kind::Information);
        });
}

void EndpointPanel::Private::change(const std::function<void(EndpointConfig&)>& edit)
{
    const EndpointConfig* endpoint = current();
    if (endpoint == nullptr)
        return;
    EndpointConfig changed = *endpoint;
    edit(changed);
    if (changed != *endpoint)
        submit(changed, [this] { notice->dismiss(); });
}

void EndpointPanel::Private::addSubprotocol()
{
    const EndpointConfig* endpoint = current();
    const std::string name = newSubprotocol->text().trimmed().toStdString();
    if (endpoint == nullptr || name.empty())
        return;
    if (std::ranges::any_of(endpoint->subprotocols, [&](const auto& rule) { return rule.name == name; })) {
        refuse(tr("The subprotocol %1 is in the list already.").arg(displayText(name, 80)));
        return;
    }
    EndpointConfig changed = *endpoint;
    changed.subprotocols.push_back({name, newAnswers->behaviour()});
    submit(changed, [this] {
        newSubprotocol->clear();
        notice->dismiss();
    });
}

void EndpointPanel::Private::removeSubprotocol()
{
    const EndpointConfig* endpoint = current();
    const std::string name = chosenSubprotocol();
    if (endpoint == nullptr || name.empty())
        return;
    EndpointConfig changed = *endpoint;
    const auto rule = std::ranges::find(changed.subprotocols, name, &SubprotocolRule::name);
    if (rule == changed.subprotocols.end())
        return;
    const SubprotocolRule removed = *rule;
    const auto place = rule - changed.subprotocols.begin();
    changed.subprotocols.erase(rule);
    submit(changed, [this, removed, place, pattern = changed.pattern] {
        notice->showUndo(tr("The subprotocol %1 is removed.").arg(displayText(removed.name, 80)),
            QStringLiteral("Undo removing"),
            [this, removed, place, pattern] { putBack(pattern, removed, place); });
    });
}

/// Into the endpoint as it is by then.
void EndpointPanel::Private::putBack(
    const std::string& pattern, const SubprotocolRule& rule, std::ptrdiff_t place)
{
    const int row = model.rowOf(pattern);
    if (row < 0) {
        refuse(tr("%1 is not there any more.").arg(displayText(pattern, 80)));
        return;
    }
    EndpointConfig endpoint = model.endpoints()[static_cast<std::size_t>(row)];
    auto& rules = endpoint.subprotocols;
    if (std::ranges::find(rules, rule.name, &SubprotocolRule::name) != rules.end())
        return; // it has come back by itself
    rules.insert(rules.begin() + std::min<std::ptrdiff_t>(place, std::ssize(rules)), rule);
    submit(endpoint);
}

void EndpointPanel::Private::editSubprotocol(
    const std::string& subprotocol, bool isName, const std::string& text)
{
    change([&](EndpointConfig& endpoint) {
        const auto rule = std::ranges::find(endpoint.subprotocols, subprotocol, &SubprotocolRule::name);
        if (rule != endpoint.subprotocols.end())
            (isName ? rule->name : rule->behaviour) = text;
    });
}

/// Empty for none.
std::string EndpointPanel::Private::chosenSubprotocol() const
{
    const QList<QTableWidgetItem*> cells = subprotocols->selectedItems();
    return cells.isEmpty()
        ? std::string()
        : subprotocols->item(cells.front()->row(), nameColumn)->data(Qt::UserRole).toString().toStdString();
}

} // namespace jackfield::ui
