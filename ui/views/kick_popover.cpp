#include "ui/views/kick_popover.h"

#include "ui/bridge/engine_port.h"
#include "ui/models/connection_store.h"
#include "ui/models/send_target.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/controls.h"
#include "ui/views/theme.h"

#include "jackfield/close_code.h"

#include <QComboBox>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScreen>

#include <algorithm>
#include <array>

namespace jackfield::ui {

namespace {

constexpr std::array<std::uint16_t, 9> offeredCodes = {1000, 1001, 1002, 1008, 1009, 1011, 1012, 1013, 4001};

QString withoutCode()
{
    return KickPopover::tr("Without a code (the page sees 1005)");
}

QString codeText(std::uint16_t code)
{
    return QStringLiteral("%1 %2").arg(code).arg(ourText(meaning_of_close_code(code)));
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
    m_title = named(wrappedLabel({}, this), "kick_title", "Who is kicked");
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_gone = mutedLabel({}, this);

    m_code = named(new QComboBox(this), "kick_code", "Close code");
    m_code->setEditable(true);
    m_code->setInsertPolicy(QComboBox::NoInsert);
    m_code->setCompleter(nullptr);
    m_code->lineEdit()->setAccessibleName(QStringLiteral("Close code"));
    m_code->lineEdit()->setObjectName(QStringLiteral("kick_code_text"));
    for (const std::uint16_t code : offeredCodes)
        m_code->addItem(codeText(code));
    m_code->addItem(tr("3000-4999: type your own"));
    m_code->addItem(withoutCode());

    m_reason = named(new QLineEdit(this), "kick_reason", "Close reason");
    m_reason->setPlaceholderText(tr("Reason (may be empty)"));
    m_counter = named(mutedLabel({}, this), "kick_counter", "Bytes of the reason");
    m_counter->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_problem = named(wrappedLabel({}, this), "kick_problem", "Why it cannot be sent");
    m_problem->setProperty("danger", true);
    m_kick = named(new QPushButton(tr("Kick"), this), "kick_button", "Kick now");
    m_kick->setProperty("primary", true);
    auto* cancel = named(new QPushButton(tr("Cancel"), this), "kick_cancel", "Cancel kick");

    m_kick->setAutoDefault(true); // Enter on either is that button
    cancel->setAutoDefault(true);
    m_code->lineEdit()->installEventFilter(this); // an editable combo box keeps Enter and Esc for itself

    auto* codeLabel = plainLabel(tr("Code"), this);
    auto* reasonLabel = plainLabel(tr("Reason"), this);
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
    grid->addWidget(codeLabel, 2, 0);
    grid->addWidget(m_code, 2, 1);
    grid->addWidget(reasonLabel, 3, 0);
    grid->addWidget(m_reason, 3, 1);
    grid->addWidget(m_problem, 4, 0, 1, 2);
    grid->addLayout(buttons, 5, 0, 1, 2);
    setFixedWidth(410);

    connect(m_code, &QComboBox::activated, this, [this](int index) {
        if (index == static_cast<int>(offeredCodes.size())) {
            m_code->setEditText(QStringLiteral("4000"));
            m_code->lineEdit()->selectAll();
        }
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
    m_asked = false;
    const QSignalBlocker noRefresh(m_code);
    if (m_last.code) {
        const int index = m_code->findText(codeText(*m_last.code));
        if (index >= 0)
            m_code->setCurrentIndex(index);
        m_code->setEditText(codeText(*m_last.code));
    } else {
        m_code->setCurrentIndex(m_code->findText(withoutCode()));
        m_code->setEditText(withoutCode());
    }
    m_reason->setText(ourText(m_last.reason));
    refresh();
    place(globalPosition);
    show();
    activateWindow();
    m_code->lineEdit()->setFocus(Qt::PopupFocusReason);
    m_code->lineEdit()->selectAll();
}

void KickPopover::repeatFor(std::vector<ConnectionId> ids, const QPoint& globalPosition)
{
    m_ids = std::move(ids);
    m_ids = openOnes();
    if (m_ids.size() == 1)
        submit(m_ids, m_last);
    else
        openFor(m_ids, globalPosition);
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
        m_title->setText(tr("Kick %1 connections").arg(formatCount(open.size())));
    const std::size_t gone = m_ids.size() - open.size();
    m_gone->setVisible(gone > 0);
    if (gone > 0) {
        m_gone->setText(m_ids.size() == 1 ? tr("It has closed meanwhile: there is nothing to kick.")
                                          : tr("%1 closed meanwhile").arg(formatCount(gone)));
    }

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
    const auto close = frame();
    const auto ids = openOnes();
    if (!close || ids.empty())
        return;
    if (ids.size() > 1 && !m_asked) {
        m_asked = true;
        refresh();
        m_kick->setFocus();
        return;
    }
    m_last = *close;
    hide();
    submit(ids, *close);
}

void KickPopover::submit(std::vector<ConnectionId> ids, CloseFrame frame)
{
    m_port.submitWithReply(command::Kick{Target::many(std::move(ids)), std::move(frame)}, this,
        [this](const event::CommandFinished& outcome) {
            Q_EMIT finished(
                outcome.error ? ourText(outcome.error->message()) : outcomeText(outcome, tr("kicked")));
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
