#include "ui/views/refused_view.h"

#include "ui/bridge/engine_port.h"
#include "ui/models/refused_model.h"
#include "ui/models/refused_tls.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/allow_action.h"
#include "ui/views/cell_text.h"
#include "ui/views/controls.h"
#include "ui/views/filter_field.h"
#include "ui/views/flow_layout.h"
#include "ui/views/inline_notice.h"
#include "ui/views/message_delegate.h"
#include "ui/views/payload_text_view.h"
#include "ui/views/refused_fixes.h"
#include "ui/views/spoken_name.h"
#include "ui/views/table_header.h"
#include "ui/views/theme.h"
#include "ui/views/wrapped_text.h"

#include <QButtonGroup>
#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace jackfield::ui {

namespace {

// Of a time of day without its milliseconds, which a narrow panel has no room for.
constexpr int secondsLength = 8;

class RefusedDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const bool selected = option.state & QStyle::State_Selected;
        const auto column = static_cast<RefusedColumn>(index.column());
        const auto standing
            = static_cast<RefusedAttempt::Standing>(index.data(RefusedModel::StandingRole).toInt());
        painter->save();
        painter->setClipRect(option.rect);
        painter->fillRect(option.rect, themeColor(selected ? ColorRole::Selection : ColorRole::Surface));
        QRect rect = option.rect.adjusted(MessageDelegate::padding, 0, -MessageDelegate::padding, 0);
        QString text = index.data().toString();
        if (column == RefusedColumn::Count) {
            // One attempt needs no number.
            if (text != QLatin1String("1"))
                paintBadge(*painter, rect, QStringLiteral("\u00D7") + text);
            painter->restore();
            return;
        }
        const bool quiet
            = standing == RefusedAttempt::Standing::resolved || standing == RefusedAttempt::Standing::ignored;
        const bool fixed = column == RefusedColumn::Time || column == RefusedColumn::Peer;
        if (column == RefusedColumn::Time
            && rect.width() < QFontMetrics(monospaceFont()).horizontalAdvance(text))
            text.truncate(secondsLength);
        painter->setPen(themeColor(selected ? ColorRole::SelectionText
                : quiet                     ? ColorRole::MutedText
                                            : ColorRole::Text));
        paintCellText(*painter, rect, text, fixed ? monospaceFont() : option.font);
        painter->restore();
    }
};

QString hostVerdict(const event::Refused& refused)
{
    const QString host = quotedPeerText(refused.host, 120);
    switch (refused.access->host) {
    case HostVerdict::allowed:
        return refused.access->host_line ? RefusedView::tr("%1 is allowed, by line %2 of the host list.")
                                               .arg(host)
                                               .arg(*refused.access->host_line + 1)
                                         : RefusedView::tr("%1 is allowed.").arg(host);
    case HostVerdict::not_listed:
        return RefusedView::tr("%1 is not on the host list.").arg(host);
    case HostVerdict::malformed:
        return RefusedView::tr("%1 is no host name or address.").arg(host);
    case HostVerdict::missing:
        return RefusedView::tr("There was no Host header.");
    }
    return {};
}

QString originVerdict(const event::Refused& refused)
{
    const QString origin = quotedPeerText(refused.origin, 120);
    switch (refused.access->origin) {
    case OriginVerdict::allowed:
        return refused.access->origin_line ? RefusedView::tr("%1 is allowed, by line %2 of the origin list.")
                                                 .arg(origin)
                                                 .arg(*refused.access->origin_line + 1)
                                           : RefusedView::tr("%1 is allowed.").arg(origin);
    case OriginVerdict::missing_allowed:
        return RefusedView::tr("There was none, which is allowed.");
    case OriginVerdict::missing_refused:
        return RefusedView::tr("There was none, and clients without one are refused.");
    case OriginVerdict::null_refused:
        return RefusedView::tr("\u201Cnull\u201D: a page opened from disk or a sandboxed frame.");
    case OriginVerdict::not_listed:
        return RefusedView::tr("%1 is not on the origin list.").arg(origin);
    case OriginVerdict::malformed:
        return RefusedView::tr("%1 is no origin.").arg(origin);
    }
    return {};
}

// The first line of our answer, without its protocol version: "403 Forbidden".
QString statusLine(const std::string& answer)
{
    const std::string_view line = std::string_view(answer).substr(0, answer.find('\r'));
    const auto blank = line.find(' ');
    return ourText(blank == std::string_view::npos ? line : line.substr(blank + 1));
}

} // namespace

class RefusedView::Private {
public:
    Private(RefusedView& owner, EnginePort& enginePort, RefusedModel& refused, AllowAction& action)
        : q(owner)
        , port(enginePort)
        , model(refused)
        , allow(action)
    { }

    void build();
    QWidget* buildDetail();
    void setShow(RefusedModel::Show show);
    void selectRow(int row);
    void updateCounts();
    void fitColumns();
    void selectionChanged();
    void refreshDetail();
    void allowNow(AllowFor lifetime);
    void copyRequest();

    RefusedView& q;
    EnginePort& port;
    RefusedModel& model;
    AllowAction& allow;
    quint64 key = 0;
    quint64 operation = 0;
    bool removing = false;
    bool goesBack = false; // the other attempts show only since none needed the person

    QToolButton* needsYou = nullptr;
    QToolButton* other = nullptr;
    FilterField* filter = nullptr;
    QTableView* table = nullptr;
    QLabel* empty = nullptr;
    InlineNotice* notice = nullptr;
    QWidget* detail = nullptr;
    QLabel* sentence = nullptr;
    QPushButton* allowAlways = nullptr;
    QPushButton* allowForNow = nullptr;
    RefusedFixes* fixes = nullptr;
    QPushButton* ignore = nullptr;
    QLabel* nullWarning = nullptr;
    QLabel* advice = nullptr;
    WrappedText* facts[8] = {};
    std::optional<CertificateFacts> ownCertificate;
    QLabel* factNames[8] = {};
    QWidget* requestPart = nullptr; // with its title
    QWidget* answerPart = nullptr; // likewise
    PayloadTextView* request = nullptr;
    PayloadTextView* answer = nullptr;
};

RefusedView::RefusedView(EnginePort& port, RefusedModel& model, AllowAction& allow, QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(*this, port, model, allow))
{
    nameControl(this, "refused_view", "Refused attempts");
    d->build();
}

RefusedView::~RefusedView() = default;

void RefusedView::Private::build()
{
    needsYou = named(framedToolButton(QString(), &q), "refused_needs_you", "Refused attempts that need you");
    other = named(framedToolButton(QString(), &q), "refused_other", "Other refused attempts");
    auto* group = new QButtonGroup(&q);
    for (QToolButton* button : {needsYou, other}) {
        button->setCheckable(true);
        button->setProperty("small", true);
        group->addButton(button);
    }
    filter = named(new FilterField(FilterSubject::refused, &q), "refused_filter", "Filter refused attempts");
    filter->setPlaceholderText(tr("Filter"));
    filter->errorLabel()->setAccessibleName(spokenName("Refused filter error"));
    filter->setMinimumWidth(44);
    auto* clear = named(framedToolButton(tr("Clear"), &q), "clear_refused", "Clear refused attempts");
    clear->setProperty("small", true);

    table = named(new QTableView(&q), "refused_table", "Refused attempts table");
    // A row that goes away must not hand its selection, and with it a focused Allow, to another attempt:
    // connected before the table's own reaction.
    QObject::connect(&model, &QAbstractItemModel::rowsAboutToBeRemoved, &q, [this] { removing = true; });
    table->setModel(&model);
    table->setItemDelegate(new RefusedDelegate(table));
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->setFrameShape(QFrame::NoFrame);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setMinimumSectionSize(tableRowHeight());
    table->verticalHeader()->setDefaultSectionSize(tableRowHeight());
    auto* header = new TableHeader(table);
    table->setHorizontalHeader(header);
    header->setMinimumSectionSize(30);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(static_cast<int>(RefusedColumn::Why), QHeaderView::Stretch);
    table->hideColumn(static_cast<int>(RefusedColumn::BrowserSays));

    empty = named(wrappedLabel(QString(), &q), "refused_empty", "No refused attempts");
    empty->setProperty("muted", true);
    empty->setAlignment(Qt::AlignCenter);
    empty->setMargin(14);
    notice = new InlineNotice(QStringLiteral("refused attempts"), &q);
    notice->setObjectName(QStringLiteral("refused_notice"));

    auto* top = new QHBoxLayout;
    top->setContentsMargins(10, 6, 10, 0);
    top->setSpacing(6);
    top->addWidget(needsYou);
    top->addWidget(other);
    top->addStretch(1);
    top->addWidget(clear);
    auto* below = new QHBoxLayout; // side by side they do not fit a narrow panel
    below->setContentsMargins(10, 6, 10, 6);
    below->addWidget(filter);
    auto* splitter = new QSplitter(Qt::Vertical, &q);
    splitter->setObjectName(QStringLiteral("refused_splitter"));
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(table);
    splitter->addWidget(buildDetail());
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    auto* column = new QVBoxLayout(&q);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addLayout(below);
    column->addWidget(filter->errorLabel());
    column->addWidget(notice);
    column->addWidget(empty);
    column->addWidget(splitter, 1);
    q.setFocusProxy(table);

    QObject::connect(needsYou, &QToolButton::clicked, &q, [this] { setShow(RefusedModel::Show::needsYou); });
    QObject::connect(other, &QToolButton::clicked, &q, [this] { setShow(RefusedModel::Show::other); });
    QObject::connect(&model, &RefusedModel::fixableArrived, &q, [this] {
        if (goesBack)
            setShow(RefusedModel::Show::needsYou);
    });
    QObject::connect(
        filter, &FilterField::filterChanged, &q, [this](const Filter& wanted) { model.setFilter(wanted); });
    QObject::connect(clear, &QToolButton::clicked, &q, [this] {
        if (model.needsYouCount() + model.otherCount() == 0)
            return;
        model.clear();
        notice->showUndo(
            tr("The list is empty now."), QStringLiteral("Undo clearing refused attempts"), [this] {
                model.undoClear();
                model.reconsider(*port.status(), TimePoint(std::chrono::nanoseconds(port.clockNow())));
            });
    });
    QObject::connect(
        table->selectionModel(), &QItemSelectionModel::selectionChanged, &q, [this] { selectionChanged(); });
    QObject::connect(&port, &EnginePort::eventsTaken, &q, [this] { updateCounts(); });
    QObject::connect(&port, &EnginePort::statusChanged, &q, [this] { refreshDetail(); });
    const auto changed = [this] {
        updateCounts();
        fitColumns();
        refreshDetail();
    };
    QObject::connect(&model, &QAbstractItemModel::dataChanged, &q, changed);
    QObject::connect(&model, &QAbstractItemModel::rowsInserted, &q, changed);
    QObject::connect(&model, &QAbstractItemModel::rowsRemoved, &q, [this, changed] {
        if (model.rowOf(key) < 0)
            table->selectionModel()->clear();
        removing = false;
        changed();
    });
    QObject::connect(&model, &RefusedModel::attentionChanged, &q, changed);
    QObject::connect(&model, &QAbstractItemModel::modelReset, &q, [this, changed] {
        const int row = model.rowOf(key);
        if (row >= 0)
            table->selectRow(row);
        changed();
    });
    QObject::connect(&allow, &AllowAction::allowed, &q, [this](quint64 done, const AllowEntries&) {
        if (done != operation)
            return;
        notice->showNotice(InlineNotice::Kind::Information,
            tr("Allowed. Reload the page if it does not retry."),
            {{tr("Undo"), QStringLiteral("Undo allowing"), [this, done] { allow.undo(done); }}});
    });
    QObject::connect(&allow, &AllowAction::failed, &q, [this](quint64 done, const QString& why) {
        if (done == operation)
            notice->showNotice(InlineNotice::Kind::Danger, tr("Not allowed: %1").arg(why));
    });
    QObject::connect(&allow, &AllowAction::undone, &q, [this](quint64 done) {
        if (done == operation)
            notice->showNotice(
                InlineNotice::Kind::Information, tr("Taken back."), {}, std::chrono::seconds(5));
    });
    setShow(RefusedModel::Show::needsYou);
}

QWidget* RefusedView::Private::buildDetail()
{
    auto* scroll = new QScrollArea(&q);
    nameControl(scroll, "refused_detail_scroll", "Refused attempt in detail");
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    detail = named(new QWidget(scroll), "refused_detail", "Refused attempt");
    sentence = named(wrappedLabel(QString(), detail), "refused_sentence", "Why it was refused");
    QFont bold = sentence->font();
    bold.setBold(true);
    sentence->setFont(bold);
    allowAlways = named(new QPushButton(detail), "refused_allow", "Allow this attempt");
    allowAlways->setProperty("primary", true);
    allowForNow = named(new QPushButton(AllowAction::buttonText(AllowFor::UntilJackfieldCloses), detail),
        "refused_allow_temporarily", "Allow this attempt until Jackfield closes");
    fixes = new RefusedFixes(port, *notice, detail);
    ignore = named(new QPushButton(tr("Ignore"), detail), "refused_ignore", "Ignore this attempt");
    for (QPushButton* button : {allowAlways, allowForNow, ignore})
        button->setAutoDefault(false);
    nullWarning = named(
        wrappedLabel(QString(), detail), "refused_null_warning", "Warning about pages without an origin");
    nullWarning->setProperty("muted", true);
    advice = named(wrappedLabel(QString(), detail), "refused_advice", "What to do about it");

    auto* buttons = new FlowLayout(6);
    buttons->addWidget(allowAlways);
    buttons->addWidget(allowForNow);
    for (QPushButton* button : fixes->buttons())
        buttons->addWidget(button);
    buttons->addWidget(ignore);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(5);
    grid->setColumnStretch(1, 1);
    const QString names[]
        = {tr("Asked"), tr("Host"), tr("Origin"), tr("From"), tr("We answered"), tr("The console says"),
            tr("Server name"), tr("TLS")};
    static constexpr const char* objects[] = {"refused_asked", "refused_host", "refused_origin",
        "refused_from", "refused_status", "refused_console", "refused_server_name", "refused_tls"};
    static constexpr const char* spoken[]
        = {"What was asked", "Verdict on the host of the attempt", "Verdict on the origin of the attempt",
            "Who asked", "What was answered", "What the browser's console says", "Server name (SNI)",
            "What TLS said"};
    for (int i = 0; i < 8; ++i) {
        factNames[i] = mutedLabel(names[i], detail);
        facts[i] = named(new WrappedText(WrappedText::Frame::none, detail), objects[i], spoken[i]);
        grid->addWidget(factNames[i], i, 0, Qt::AlignTop);
        grid->addWidget(facts[i], i, 1);
    }
    requestPart = new QWidget(detail);
    answerPart = new QWidget(detail);
    const auto raw = [this](QWidget* part, QLayout* title, const char* object, const char* name) {
        auto* view = named(new PayloadTextView(part), object, name);
        view->setCrLf(DetailText::CrLf::plain);
        QObject::connect(
            view, &PayloadView::relaidOut, &q, [view] { view->setFixedHeight(view->heightForRows(14)); });
        auto* layout = new QVBoxLayout(part);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(8);
        layout->addLayout(title);
        layout->addWidget(view);
        return view;
    };
    auto* copy
        = named(new QPushButton(tr("Copy request"), requestPart), "refused_copy_request", "Copy raw request");
    copy->setAutoDefault(false);
    QObject::connect(copy, &QPushButton::clicked, &q, [this] { copyRequest(); });
    auto* requestRow = new QHBoxLayout;
    requestRow->addWidget(mutedLabel(tr("The request, as it came"), requestPart), 1);
    requestRow->addWidget(copy);
    auto* answerRow = new QHBoxLayout;
    answerRow->addWidget(mutedLabel(tr("Our answer"), answerPart));
    request = raw(requestPart, requestRow, "refused_request", "Raw request");
    answer = raw(answerPart, answerRow, "refused_answer", "Our answer");

    auto* column = new QVBoxLayout(detail);
    column->setContentsMargins(10, 10, 10, 10);
    column->setSpacing(8);
    column->addWidget(sentence);
    column->addWidget(advice);
    column->addLayout(buttons);
    column->addWidget(nullWarning);
    column->addLayout(grid);
    column->addWidget(requestPart);
    column->addWidget(answerPart);
    column->addStretch(1);
    scroll->setWidget(detail);
    scroll->setMinimumHeight(120);

    QObject::connect(allowAlways, &QPushButton::clicked, &q, [this] { allowNow(AllowFor::Always); });
    QObject::connect(
        allowForNow, &QPushButton::clicked, &q, [this] { allowNow(AllowFor::UntilJackfieldCloses); });
    QObject::connect(fixes, &RefusedFixes::endpointRequested, &q, &RefusedView::endpointRequested);
    QObject::connect(fixes, &RefusedFixes::certificateRequested, &q, &RefusedView::certificateRequested);
    QObject::connect(fixes, &RefusedFixes::listenersApplied, &q, &RefusedView::listenersApplied);
    QObject::connect(ignore, &QPushButton::clicked, &q, [this] { model.ignore(key); });
    return scroll;
}

void RefusedView::Private::setShow(RefusedModel::Show show)
{
    goesBack = false;
    if (show == RefusedModel::Show::other)
        other->setChecked(true);
    else
        needsYou->setChecked(true);
    model.setShow(show);
    updateCounts();
    fitColumns();
    selectionChanged();
}

void RefusedView::Private::selectRow(int row)
{
    if (row >= 0 && row < model.rowCount()) {
        table->selectRow(row);
        table->scrollTo(model.index(row, 0));
    }
    table->setFocus(Qt::OtherFocusReason);
}

void RefusedView::Private::updateCounts()
{
    needsYou->setText(tr("Needs you (%1)").arg(formatCount(model.needsYouCount())));
    other->setText(tr("Other (%1)").arg(formatCount(model.otherCount())));
    const bool none = model.rowCount() == 0;
    empty->setVisible(none);
    table->setVisible(!none);
    if (!none)
        return;
    if (model.total() == 0)
        empty->setText(tr("Nothing was refused."));
    else if (model.show() == RefusedModel::Show::needsYou)
        empty->setText(tr("Nothing here needs you."));
    else
        empty->setText(tr("No attempt to show."));
}

// What was asked and why get the room that the others do not need, each as much of it as its text takes; the
// rest is in the detail below as well.
void RefusedView::Private::fitColumns()
{
    constexpr int looked = 30; // rows that decide
    const int pad = 2 * MessageDelegate::padding + 4;
    const QFontMetrics fixed(monospaceFont());
    const QFontMetrics text(table->font());
    const auto titled = [&](RefusedColumn column, int pixels) {
        const QString title
            = model.headerData(static_cast<int>(column), Qt::Horizontal, Qt::DisplayRole).toString();
        return std::max(pixels, text.horizontalAdvance(title)) + pad;
    };
    int left = table->viewport()->width();
    const auto fit = [&](RefusedColumn column, bool shown, int width) {
        table->setColumnHidden(static_cast<int>(column), !shown);
        table->setColumnWidth(static_cast<int>(column), width);
        left -= shown ? width : 0;
    };
    const bool narrow = q.width() < 480;
    std::size_t most = 1;
    int asked = 0;
    int why = 0;
    const auto needOf = [&](int row, RefusedColumn column) {
        return text.horizontalAdvance(model.index(row, static_cast<int>(column)).data().toString());
    };
    for (int row = 0; row < std::min(model.rowCount(), looked); ++row) {
        most = std::max<std::size_t>(most, model.attemptAt(row)->count);
        asked = std::max(asked, needOf(row, RefusedColumn::Asked));
        why = std::max(why, needOf(row, RefusedColumn::Why));
    }
    const QString time = QStringLiteral("00:00:00.000");
    fit(RefusedColumn::Time, true,
        titled(RefusedColumn::Time, fixed.horizontalAdvance(narrow ? time.left(secondsLength) : time)));
    fit(RefusedColumn::Count, most > 1,
        titled(RefusedColumn::Count,
            text.horizontalAdvance(QStringLiteral("\u00D7") + formatCount(most)) + 14));
    fit(RefusedColumn::Peer, !narrow,
        titled(RefusedColumn::Peer, fixed.horizontalAdvance(QStringLiteral("192.168.1.20:51234"))));
    fit(RefusedColumn::Answer, q.width() >= 560,
        titled(RefusedColumn::Answer, text.horizontalAdvance(QStringLiteral("alert 120")) + 4));
    asked = titled(RefusedColumn::Asked, asked);
    why = titled(RefusedColumn::Why, why);
    const bool bothFit = asked + why <= left;
    table->setColumnWidth(static_cast<int>(RefusedColumn::Asked),
        bothFit || asked <= left / 2 ? asked : std::max(left - why, left / 2));
}

void RefusedView::Private::selectionChanged()
{
    if (removing)
        return;
    const QModelIndexList rows = table->selectionModel()->selectedRows();
    const RefusedAttempt* attempt = rows.isEmpty() ? nullptr : model.attemptAt(rows.front().row());
    if (attempt)
        key = attempt->key;
    else if (!model.find(key) || model.rowOf(key) < 0)
        key = 0;
    refreshDetail();
}

void RefusedView::Private::refreshDetail()
{
    const RefusedAttempt* attempt = key ? model.find(key) : nullptr;
    detail->setVisible(attempt != nullptr);
    if (!attempt)
        return;
    const event::Refused& what = attempt->what;
    const AllowEntries entries = AllowAction::entriesFor(what);
    const bool resolved = attempt->standing == RefusedAttempt::Standing::resolved;
    const bool fixable = !entries.empty() && !resolved;
    sentence->setText(displayText(
        resolved ? tr("%1 It would be let in now.").arg(refusalSentence(what)) : refusalSentence(what), 600));
    if (entries.nullOrigin())
        allowAlways->setText(AllowAction::buttonText(AllowFor::FifteenMinutes));
    else
        allowAlways->setText(AllowAction::buttonText(AllowFor::Always));
    allowAlways->setVisible(fixable);
    fixes->setAttempt(*attempt);
    allowForNow->setVisible(fixable && !entries.nullOrigin());
    ignore->setVisible(attempt->standing == RefusedAttempt::Standing::needsYou);
    const CertificateFacts* const own = ownCertificate ? &*ownCertificate : nullptr;
    advice->setText(displayText(isAboutTls(what) && !resolved ? tlsAdvice(what, own) : QString(), 600));
    advice->setVisible(!advice->text().isEmpty());
    nullWarning->setText(displayText(AllowAction::nullOriginWarning(), 400));
    nullWarning->setVisible(fixable && entries.nullOrigin());

    const auto say = [this](int row, const QString& text) {
        facts[row]->setText(displayText(text, 1000));
        facts[row]->setVisible(!text.isEmpty());
        factNames[row]->setVisible(!text.isEmpty());
    };
    say(0, askedText(what));
    say(1, what.access ? hostVerdict(what) : QString());
    say(2, what.access ? originVerdict(what) : QString());
    QString from = peerText(what);
    const QString browser = browserName(what.user_agent);
    if (!browser.isEmpty())
        from += QStringLiteral(", ") + browser;
    if (attempt->count > 1)
        from += tr("; %1 times, the last one at %2")
                    .arg(formatCount(attempt->count), formatClock(attempt->last));
    say(3, from);
    const QString alert = sentAlertText(what);
    say(4, what.status != 0 ? statusLine(what.answer)
            : alert.isEmpty() ? tr("nothing")
                              : tr("the TLS alert %1").arg(alert));
    say(5, ourText(what.browser_says));
    say(6, what.server_name.empty() ? QString() : quotedPeerText(what.server_name));
    say(7, alertsText(what));
    const auto show = [](QWidget* part, PayloadTextView* view, const std::string& bytes) {
        part->setVisible(!bytes.empty());
        view->setPayload(jackfield::SharedBytes(std::string_view(bytes)));
    };
    show(requestPart, request, what.request_head);
    show(answerPart, answer, what.answer);
}

void RefusedView::Private::allowNow(AllowFor lifetime)
{
    const RefusedAttempt* attempt = key ? model.find(key) : nullptr;
    if (!attempt)
        return;
    notice->dismiss();
    const event::Refused what = attempt->what;
    operation = allow.allow(what, lifetime);
}

void RefusedView::Private::copyRequest()
{
    const RefusedAttempt* attempt = key ? model.find(key) : nullptr;
    if (!attempt)
        return;
    const std::string& head = attempt->what.request_head;
    if (isCopyable(head)) {
        QGuiApplication::clipboard()->setText(copyText(head));
        return;
    }
    QGuiApplication::clipboard()->setText(displayText(head, 65'536));
    notice->showNotice(InlineNotice::Kind::Information,
        tr("The request is not text; what was copied has its control characters and bad bytes made "
           "visible."));
}

void RefusedView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    d->fitColumns();
}

void RefusedView::setCertificateOffered(bool offered)
{
    d->fixes->setCertificateOffered(offered);
    d->refreshDetail();
}

void RefusedView::setOwnCertificate(const std::optional<CertificateFacts>& certificate)
{
    d->ownCertificate = certificate;
    d->refreshDetail();
}

void RefusedView::showNewest()
{
    const RefusedAttempt* pending = d->model.pending();
    d->setShow(
        pending || d->model.needsYouCount() > 0 ? RefusedModel::Show::needsYou : RefusedModel::Show::other);
    d->goesBack = d->model.show() == RefusedModel::Show::other;
    d->selectRow(pending ? std::max(0, d->model.rowOf(pending->key)) : 0);
}

void RefusedView::showAttempt(quint64 key)
{
    const RefusedAttempt* attempt = d->model.find(key);
    if (!attempt) {
        showNewest();
        return;
    }
    d->setShow(attempt->standing == RefusedAttempt::Standing::needsYou ? RefusedModel::Show::needsYou
                                                                       : RefusedModel::Show::other);
    if (d->model.rowOf(key) < 0) // the filter hides it
        d->filter->setFilterText(QString());
    d->selectRow(d->model.rowOf(key));
}

} // namespace jackfield::ui
