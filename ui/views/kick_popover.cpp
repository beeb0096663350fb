#include "ui/views/kick_popover.h"

#include "ui/bridge/engine_port.h"
#include "ui/models/connection_store.h"
#include "ui/models/send_target.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/text/phrases.h"
#include "ui/views/close_frame_fields.h"
#include "ui/views/controls.h"
#include "ui/views/shortcut_list.h"
#include "ui/views/spoken_name.h"
#include "ui/views/theme.h"

#include "jackfield/close_code.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScreen>
#include <QSpinBox>
#include <QStandardItemModel>

#include <algorithm>
#include <array>

namespace jackfield::ui {

namespace {

constexpr std::array<KickStyle, 6> styles = {KickStyle::close_frame, KickStyle::fin, KickStyle::reset,
    KickStyle::silent, KickStyle::never_answer_close, KickStyle::never_answer_ping};
constexpr std::array<BlockKind, 3> blockKinds = {BlockKind::origin, BlockKind::host, BlockKind::address};

// What becomes of the page.
QString consequenceOf(KickStyle style)
{
    switch (style) {
    case KickStyle::close_frame:
        break;
    case KickStyle::fin:
        return KickPopover::tr("What waits is sent, then the stream ends. The page sees 1006.");
    case KickStyle::reset:
        return KickPopover::tr("At once; what waits is lost. The page sees 1006.");
    case KickStyle::silent:
        return KickPopover::tr("It stays open, as with a server that hangs. “Answer again” takes it back.");
    case KickStyle::never_answer_close:
        return KickPopover::tr(
            "It stays open; when the page closes, it waits. “Answer again” takes it back.");
    case KickStyle::never_answer_ping:
        return KickPopover::tr("It stays open; its pings get no pong. “Answer again” takes it back.");
    }
    return {};
}

bool endsConnection(KickStyle style)
{
    return style == KickStyle::close_frame || style == KickStyle::fin || style == KickStyle::reset;
}

QString refusedText(BlockKind kind)
{
    switch (kind) {
    case BlockKind::origin:
        return KickPopover::tr("its origin");
    case BlockKind::host:
        return KickPopover::tr("its host");
    case BlockKind::address:
        return KickPopover::tr("its address");
    }
    return {};
}

QString withoutCode()
{
    return KickPopover::tr("Without a code (the page sees 1005)");
}

/// The code that stands at the beginning of what was typed or chosen; 0 where none does.
int codeAtStart(const QString& text)
{
    const QString trimmed = text.trimmed();
    qsizetype digits = 0;
    while (digits < trimmed.size() && trimmed[digits] >= u'0' && trimmed[digits] <= u'9')
        ++digits;
    if (digits == 0 || digits > 5 || (digits < trimmed.size() && !trimmed[digits].isSpace()))
        return 0;
    return trimmed.left(digits).toInt();
}

} // namespace

KickPopover::KickPopover(EnginePort& port, ConnectionStore& store, QWidget* parent)
    : QFrame(parent, Qt::Tool | Qt::FramelessWindowHint) // assistive software sees no Qt::Popup
    , m_port(port)
    , m_store(store)
{
    nameControl(this, "kick_popover", "Kick");
    describeArea(this, tr("Kick"));
    describeKey(this, Qt::Key_Enter, tr("Kick"));
    describeKey(this, Qt::Key_Escape, tr("Cancel"));
    m_title = named(wrappedLabel({}, this), "kick_title", "Who is kicked");
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_gone = mutedLabel({}, this);

    m_style = named(new QComboBox(this), "kick_style", "Style of kicking");
    for (const KickStyle each : styles)
        m_style->addItem(kickStyleName(each));
    m_hint = named(wrappedLabel({}, this), "kick_hint", "What the page will see");
    m_hint->setProperty("muted", true);

    m_code = named(new QComboBox(this), "kick_code", "Close code");
    m_code->setEditable(true);
    m_code->setInsertPolicy(QComboBox::NoInsert);
    m_code->setCompleter(nullptr);
    m_code->lineEdit()->setAccessibleName(spokenName("Close code"));
    m_code->lineEdit()->setObjectName(QStringLiteral("kick_code_text"));
    for (const std::uint16_t code : offeredCloseCodes)
        m_code->addItem(closeCodeName(code));
    m_code->addItem(tr("3000-4999: type your own"));
    m_code->addItem(withoutCode());

    m_reason = named(new QLineEdit(this), "kick_reason", "Close reason");
    m_reason->setPlaceholderText(tr("Reason (may be empty)"));
    m_counter = named(mutedLabel({}, this), "kick_counter", "Bytes of the reason");
    m_counter->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_problem = named(wrappedLabel({}, this), "kick_problem", "Why it cannot be sent");
    m_problem->setProperty("danger", true);
    m_refuse = named(new QCheckBox(tr("Then refuse"), this), "kick_refuse", "Refuse it afterwards");
    m_refuseWhat = named(new QComboBox(this), "kick_refuse_what", "What is refused afterwards");
    for (const BlockKind kind : blockKinds)
        m_refuseWhat->addItem(refusedText(kind));
    m_refuseFor = named(new QSpinBox(this), "kick_refuse_for", "Seconds of refusing");
    m_refuseFor->setButtonSymbols(QAbstractSpinBox::NoButtons); // the arrow keys step
    m_refuseFor->setRange(1, 86'400);
    m_refuseFor->setValue(30);
    m_refuseFor->setPrefix(tr("for "));
    m_refuseFor->setSuffix(tr(" s"));
    m_refuseNote = named(wrappedLabel({}, this), "kick_refuse_note", "Who is refused");
    m_refuseNote->setProperty("muted", true);
    m_kick = named(new QPushButton(tr("Kick"), this), "kick_button", "Kick now");
    m_kick->setProperty("primary", true);
    auto* cancel = named(new QPushButton(tr("Cancel"), this), "kick_cancel", "Cancel kick");

    m_kick->setAutoDefault(true); // Enter on either is that button
    cancel->setAutoDefault(true);
    m_code->lineEdit()->installEventFilter(this); // an editable combo box keeps Enter and Esc for itself

    auto* styleLabel = plainLabel(tr("How"), this);
    m_codeLabel = plainLabel(tr("Code"), this);
    m_reasonLabel = plainLabel(tr("Reason"), this);
    auto* refuse = new QHBoxLayout;
    refuse->setSpacing(8);
    refuse->addWidget(m_refuse);
    refuse->addWidget(m_refuseWhat, 1);
    refuse->addWidget(m_refuseFor);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_counter);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_kick);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(14, 12, 14, 12);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    grid->addWidget(m_title, 0, 0, 1, 2);
    grid->addWidget(m_gone, 1, 0, 1, 2);
    grid->addWidget(styleLabel, 2, 0);
    grid->addWidget(m_style, 2, 1);
    grid->addWidget(m_hint, 3, 1);
    grid->addWidget(m_codeLabel, 4, 0);
    grid->addWidget(m_code, 4, 1);
    grid->addWidget(m_reasonLabel, 5, 0);
    grid->addWidget(m_reason, 5, 1);
    grid->addLayout(refuse, 6, 1);
    grid->addWidget(m_refuseNote, 7, 1);
    grid->addWidget(m_problem, 8, 0, 1, 2);
    grid->addLayout(buttons, 9, 0, 1, 2);
    ensurePolished(); // the look counts in what the words need
    setFixedWidth(std::max(410, grid->minimumSize().width()));

    connect(m_code, &QComboBox::activated, this, [this](int index) {
        if (index == static_cast<int>(offeredCloseCodes.size())) {
            m_code->setEditText(QStringLiteral("4000"));
            m_code->lineEdit()->selectAll();
        }
        refresh();
    });
    connect(m_style, &QComboBox::currentIndexChanged, this, &KickPopover::refresh);
    connect(m_refuse, &QCheckBox::toggled, this, &KickPopover::refresh);
    connect(m_refuseWhat, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_wantedBlock = blockKinds[static_cast<std::size_t>(std::max(0, index))];
        refresh();
    });
    connect(m_code, &QComboBox::editTextChanged, this, &KickPopover::refresh);
    connect(m_reason, &QLineEdit::textChanged, this, &KickPopover::refresh);
    connect(m_kick, &QPushButton::clicked, this, &KickPopover::kick);
    connect(cancel, &QPushButton::clicked, this, &QWidget::hide);
    connect(&store, &ConnectionStore::changed, this, [this] {
        if (isVisible())
            refresh();
    });
}

std::vector<ConnectionId> KickPopover::openOnes() const
{
    std::vector<ConnectionId> open;
    for (const ConnectionId id : m_ids) {
        const ConnectionRecord* record = m_store.record(id);
        if (record != nullptr && record->isOpen())
            open.push_back(id);
    }
    return open;
}

void KickPopover::openFor(std::vector<ConnectionId> ids, const QPoint& globalPosition)
{
    m_ids = std::move(ids);
    m_ids = openOnes(); // those that are closed already are not who is meant
    if (m_ids.empty())
        return;
    command::Kick first = m_last;
    if (withoutWebSocket(m_ids) == m_ids.size() && !sessionProblem(first.style).isEmpty())
        first.style = KickStyle::close_frame;
    fill(first);
    present(globalPosition);
}

QString KickPopover::sessionProblem(KickStyle style)
{
    if (style == KickStyle::never_answer_close)
        return tr("Without a WebSocket (SockJS) a page does not ask for an answer to its close.");
    if (style == KickStyle::never_answer_ping)
        return tr("Without a WebSocket (SockJS) there are no pings to answer.");
    return {};
}

std::size_t KickPopover::withoutWebSocket(const std::vector<ConnectionId>& ids) const
{
    return static_cast<std::size_t>(std::ranges::count_if(ids, [this](ConnectionId id) {
        const ConnectionRecord* record = m_store.record(id);
        return record != nullptr && is_fallback(transport_now(*record->info, record->counters));
    }));
}

// What becomes of a page that is here without a WebSocket.
QString KickPopover::sessionHint() const
{
    switch (style()) {
    case KickStyle::close_frame: {
        const auto close = frame();
        if (!close || !close->code)
            return tr("The answer brings c[...] and the session ends.");
        return tr("The answer brings %1 and the session ends.")
            .arg(QStringLiteral("c[%1,\"%2\"]").arg(*close->code).arg(displayText(close->reason, 40)));
    }
    case KickStyle::fin:
        return tr("The answer ends and the session is forgotten. The page sees 1006 “Server lost session”.");
    case KickStyle::reset:
        return tr("The request in flight is reset and the session is forgotten; what waits is lost. The page sees 1006.");
    case KickStyle::silent:
        return tr("It stays open; its polls and sends get no answer. “Answer again” takes it back.");
    case KickStyle::never_answer_close:
    case KickStyle::never_answer_ping:
        return sessionProblem(style());
    }
    return {};
}

QString KickPopover::hint(const std::vector<ConnectionId>& open) const
{
    const std::size_t sessions = withoutWebSocket(open);
    const QString ofSockets = consequenceOf(style());
    if (sessions == 0)
        return ofSockets;
    if (sessions == open.size())
        return sessionHint();
    const QString ofSessions = tr("Without WebSocket (%1): %2").arg(formatCount(sessions), sessionHint());
    return ofSockets.isEmpty() ? ofSessions : ofSockets + u' ' + ofSessions;
}

// A style that does nothing to any of them cannot be chosen.
void KickPopover::refreshStyles(const std::vector<ConnectionId>& open)
{
    const bool noneHasSocket = !open.empty() && withoutWebSocket(open) == open.size();
    auto* items = static_cast<QStandardItemModel*>(m_style->model());
    for (std::size_t i = 0; i < styles.size(); ++i) {
        const QString why = noneHasSocket ? sessionProblem(styles[i]) : QString();
        QStandardItem* item = items->item(static_cast<int>(i));
        if (item->isEnabled() == why.isEmpty())
            continue;
        item->setEnabled(why.isEmpty());
        item->setToolTip(tooltipText(why));
    }
}

void KickPopover::kickWith(KickStyle style, std::vector<ConnectionId> ids, const QPoint& globalPosition)
{
    m_ids = std::move(ids);
    m_ids = openOnes();
    if (m_ids.empty() || (withoutWebSocket(m_ids) == m_ids.size() && !sessionProblem(style).isEmpty()))
        return;
    command::Kick kick;
    kick.style = style;
    kick.close = m_last.close;
    if (m_ids.size() == 1) {
        submit(m_ids, std::move(kick));
        return;
    }
    fill(kick);
    present(globalPosition);
}

void KickPopover::fill(const command::Kick& kick)
{
    m_asked = false;
    const QSignalBlocker noRefresh(m_code);
    const QSignalBlocker noStyleRefresh(m_style);
    m_style->setCurrentIndex(static_cast<int>(std::ranges::find(styles, kick.style) - styles.begin()));
    m_refuse->setChecked(kick.block.has_value());
    const bool byAddress = m_wantedBlock == BlockKind::origin && withoutOrigin(m_ids) == m_ids.size();
    const QSignalBlocker notByThePerson(m_refuseWhat);
    m_refuseWhat->setCurrentIndex(static_cast<int>(
        std::ranges::find(blockKinds, byAddress ? BlockKind::address : m_wantedBlock) - blockKinds.begin()));
    if (kick.close.code) {
        const int index = m_code->findText(closeCodeName(*kick.close.code));
        if (index >= 0)
            m_code->setCurrentIndex(index);
        m_code->setEditText(closeCodeName(*kick.close.code));
    } else {
        m_code->setCurrentIndex(m_code->findText(withoutCode()));
        m_code->setEditText(withoutCode());
    }
    m_reason->setText(ourText(kick.close.reason));
}

void KickPopover::present(const QPoint& globalPosition)
{
    refresh();
    place(globalPosition);
    show();
    activateWindow();
    if (style() == KickStyle::close_frame) {
        m_code->lineEdit()->setFocus(Qt::PopupFocusReason);
        m_code->lineEdit()->selectAll();
    } else {
        m_style->setFocus(Qt::PopupFocusReason);
    }
}

KickStyle KickPopover::style() const
{
    return styles[static_cast<std::size_t>(std::max(0, m_style->currentIndex()))];
}

std::optional<KickBlock> KickPopover::block() const
{
    if (!m_refuse->isChecked() || !endsConnection(style()))
        return std::nullopt;
    return KickBlock{blockKinds[static_cast<std::size_t>(std::max(0, m_refuseWhat->currentIndex()))],
        std::chrono::seconds(m_refuseFor->value())};
}

void KickPopover::repeatFor(std::vector<ConnectionId> ids, const QPoint& globalPosition)
{
    m_ids = std::move(ids);
    m_ids = openOnes();
    const bool nothingToRefuse = m_last.block && m_last.block->kind == BlockKind::origin
        && endsConnection(m_last.style) && withoutOrigin(m_ids) == m_ids.size();
    const bool nothingToDo = withoutWebSocket(m_ids) == m_ids.size() && !sessionProblem(m_last.style).isEmpty();
    if (m_ids.size() == 1 && !nothingToRefuse && !nothingToDo)
        submit(m_ids, m_last);
    else
        openFor(m_ids, globalPosition);
}

std::size_t KickPopover::withoutOrigin(const std::vector<ConnectionId>& ids) const
{
    return static_cast<std::size_t>(std::ranges::count_if(ids, [this](ConnectionId id) {
        const ConnectionRecord* record = m_store.record(id);
        return record != nullptr && !record->info->has_origin;
    }));
}

// Who is not refused by what is chosen, and who is besides.
QString KickPopover::refusalNote(const std::vector<ConnectionId>& open) const
{
    const auto what = block();
    if (!what)
        return {};
    const std::size_t without = withoutOrigin(open);
    const QString number = formatCount(without);
    if (what->kind == BlockKind::origin && without > 0)
        return open.size() == 1
            ? tr("It has no origin and is not refused.")
            : tr("%1 have no origin and are not refused.", nullptr, pluralOf(without)).arg(number);
    if (what->kind != BlockKind::address)
        return {};
    QStringList parts;
    if (without > 0 && m_wantedBlock == BlockKind::origin)
        parts += open.size() == 1
            ? tr("It has no origin: its address is refused.")
            : tr("%1 have no origin: addresses are refused.", nullptr, pluralOf(without)).arg(number);
    if (std::ranges::any_of(
            open, [this](ConnectionId id) { return m_store.record(id)->info->peer.is_loopback(); }))
        parts += tr("Every browser and program on this machine comes from there.");
    return parts.join(u' ');
}

void KickPopover::place(const QPoint& globalPosition)
{
    adjustSize();
    const QScreen* screen = QGuiApplication::screenAt(globalPosition);
    if (screen == nullptr)
        screen = QGuiApplication::primaryScreen();
    const QRect area = screen->availableGeometry();
    QPoint corner = globalPosition;
    corner.setX(std::clamp(corner.x(), area.left(), std::max(area.left(), area.right() - width())));
    corner.setY(std::clamp(corner.y(), area.top(), std::max(area.top(), area.bottom() - height())));
    move(corner);
}

std::optional<CloseFrame> KickPopover::frame() const
{
    CloseFrame frame;
    if (m_code->currentText() == withoutCode())
        return frame;
    const int code = codeAtStart(m_code->currentText());
    if (code == 0 || code > 65'535 || !may_be_sent(static_cast<std::uint16_t>(code)))
        return std::nullopt;
    frame.code = static_cast<std::uint16_t>(code);
    frame.reason = m_reason->text().toStdString();
    if (frame.reason.size() > max_close_reason)
        return std::nullopt;
    return frame;
}

void KickPopover::refresh()
{
    const auto open = openOnes();
    if (m_ids.size() == 1)
        m_title->setText(tr("Kick %1").arg(m_store.label(m_ids.front())));
    else
        m_title->setText(
            tr("Kick %1 connections", nullptr, pluralOf(open.size())).arg(formatCount(open.size())));
    const std::size_t gone = m_ids.size() - open.size();
    m_gone->setVisible(gone > 0);
    if (gone > 0) {
        m_gone->setText(m_ids.size() == 1 ? tr("It has closed meanwhile: there is nothing to kick.")
                                          : tr("%1 closed meanwhile").arg(formatCount(gone)));
    }

    const KickStyle how = style();
    const bool framed = how == KickStyle::close_frame;
    refreshStyles(open);
    const QString becomes = hint(open);
    m_hint->setText(displayText(becomes, 400));
    m_hint->setVisible(!becomes.isEmpty());
    for (QWidget* part :
        std::initializer_list<QWidget*>{m_codeLabel, m_code, m_reasonLabel, m_reason, m_counter})
        part->setVisible(framed);
    m_refuse->setEnabled(endsConnection(how));
    m_refuseWhat->setEnabled(endsConnection(how) && m_refuse->isChecked());
    m_refuseFor->setEnabled(endsConnection(how) && m_refuse->isChecked());

    const QString note = refusalNote(open);
    m_refuseNote->setText(displayText(note, 400));
    m_refuseNote->setVisible(!note.isEmpty());

    const bool bare = m_code->currentText() == withoutCode();
    const auto bytes = m_reason->text().toUtf8().size();
    m_reason->setEnabled(!bare);
    m_counter->setText(
        bare ? tr("a reason needs a code") : tr("%1 of %2 bytes").arg(bytes).arg(max_close_reason));

    QString problem;
    const int code = codeAtStart(m_code->currentText());
    if (!bare && code == close_abnormal)
        problem = tr("1006 cannot be sent: a page sees it when its connection is cut without a Close frame.");
    else if (!bare && code == close_tls_handshake)
        problem = tr("1015 cannot be sent: a page sees it when TLS fails.");
    else if (!bare && code == close_no_code)
        problem = tr("1005 cannot be sent: a page sees it for a Close frame without a code. Choose that one "
                     "from the list.");
    else if (!bare && (code == 0 || code > 65'535 || !may_be_sent(static_cast<std::uint16_t>(code))))
        problem = tr("Type a code of 1000-1003, 1007-1014 or 3000-4999.");
    else if (!bare && bytes > static_cast<qsizetype>(max_close_reason))
        problem = tr("The reason is %1 bytes too long for a Close frame.")
                      .arg(bytes - static_cast<qsizetype>(max_close_reason));
    if (!framed)
        problem.clear();
    const bool showProblem = !problem.isEmpty();
    m_problem->setText(problem);
    m_problem->setVisible(showProblem);
    setStyleProperty(m_reason, "bad", !bare && bytes > static_cast<qsizetype>(max_close_reason));
    m_kick->setEnabled(problem.isEmpty() && !open.empty());
    if (m_asked && open.size() > 1)
        m_kick->setText(tr("Yes, kick %1").arg(formatCount(open.size())));
    else
        m_kick->setText(open.size() > 1 ? tr("Kick %1...").arg(formatCount(open.size())) : tr("Kick"));
    setStyleProperty(m_kick, "caution", m_asked && open.size() > 1);
    if (isVisible())
        adjustSize();
}

void KickPopover::kick()
{
    command::Kick made;
    made.style = style();
    made.block = block();
    const auto ids = openOnes();
    if (made.style == KickStyle::close_frame) {
        const auto close = frame();
        if (!close)
            return;
        made.close = *close;
    }
    if (ids.empty())
        return;
    if (ids.size() > 1 && !m_asked) {
        m_asked = true;
        refresh();
        m_kick->setFocus();
        return;
    }
    const CloseFrame close = made.style == KickStyle::close_frame ? made.close : m_last.close;
    m_last = made;
    m_last.close = close;
    if (m_last.block) // what was chosen for those without an origin is not what the next ones are refused by
        m_last.block->kind = m_wantedBlock;
    hide();
    submit(ids, std::move(made));
}

void KickPopover::submit(std::vector<ConnectionId> ids, command::Kick kick)
{
    const QString done = endsConnection(kick.style) ? tr("kicked") : tr("changed");
    const std::size_t without = kick.block && kick.block->kind == BlockKind::origin ? withoutOrigin(ids) : 0;
    kick.target = Target::many(std::move(ids));
    if (kick.style != KickStyle::close_frame)
        kick.close = command::Kick{}.close;
    m_port.submitWithReply(
        std::move(kick), this, [this, done, without](const event::CommandFinished& outcome) {
            QString sentence = outcome.error ? wordsOf(outcome.error->message()) : outcomeText(outcome, done);
            if (!outcome.error && without > 0 && outcome.count > 0)
                sentence += tr("; %1 have no origin and are not refused", nullptr, pluralOf(without))
                                .arg(formatCount(without));
            Q_EMIT finished(sentence);
        });
}

bool KickPopover::event(QEvent* event)
{
    if (event->type() == QEvent::WindowDeactivate)
        hide(); // a click elsewhere means something else
    return QFrame::event(event);
}

void KickPopover::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        kick();
        return;
    case Qt::Key_Escape:
        hide();
        return;
    default:
        QFrame::keyPressEvent(event);
    }
}

bool KickPopover::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter || key->key() == Qt::Key_Escape) {
            keyPressEvent(key);
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void KickPopover::hideEvent(QHideEvent* event)
{
    QFrame::hideEvent(event);
    Q_EMIT closed();
}

void KickPopover::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorRole::Surface));
    painter.setPen(themeColor(ColorRole::Border));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace jackfield::ui
