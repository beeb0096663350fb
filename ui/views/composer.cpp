#include "ui/views/composer.h"

#include "ui/bridge/engine_port.h"
#include "ui/models/connection_store.h"
#include "ui/models/send_target.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/close_frame_fields.h"
#include "ui/views/controls.h"
#include "ui/views/elided_label.h"
#include "ui/views/hex_field.h"
#include "ui/views/inline_notice.h"
#include "ui/views/menu_button.h"
#include "ui/views/payload_editor.h"
#include "ui/views/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QAction>
#include <QActionGroup>
#include <QCheckBox>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QTextBlock>
#include <QVBoxLayout>

#include <algorithm>
#include <deque>

namespace jackfield::ui {

namespace {

constexpr qsizetype askBeyond = qsizetype{16} << 20; // bytes: putting in or sending more asks first
constexpr qsizetype maxPing = 125; // RFC 6455 section 5.5
constexpr std::size_t maxHistory = 100;
constexpr qsizetype maxHistoryBytes = qsizetype{64} << 20;
constexpr int maxLines = 9;
constexpr int linesWhenUsed = 2;

enum class Kind { Text, Binary, Ping, Close };

struct Draft {
    Kind kind = Kind::Text;
    QByteArray bytes; // of a ping, a text or a binary message
    CloseFrame close{1000, {}};
    friend bool operator==(const Draft& a, const Draft& b)
    {
        return a.kind == b.kind && a.bytes == b.bytes && a.close.code == b.close.code
            && a.close.reason == b.close.reason;
    }
};

jackfield::SharedBytes shared(const QByteArray& bytes)
{
    return jackfield::SharedBytes(
        std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

QString textOf(Kind kind)
{
    switch (kind) {
    case Kind::Text:
        return Composer::tr("Text");
    case Kind::Binary:
        return Composer::tr("Binary");
    case Kind::Ping:
        return Composer::tr("Ping");
    case Kind::Close:
        return Composer::tr("Close");
    }
    return {};
}

} // namespace

class Composer::Private {
public:
    Private(Composer& owner, EnginePort& enginePort, SendTarget& sendTarget)
        : q(owner)
        , port(enginePort)
        , target(sendTarget)
    { }

    void build();
    void buildKindMenu();
    void buildTargetMenu();
    void buildPages();
    void setKind(Kind wanted);
    void use();
    void arrange();
    void refresh();
    void refreshButton();
    void fitHeight();
    void showPage();
    void take(const QByteArray& whole, bool text);
    void hold(const QByteArray& bytes);
    void release();
    void put(const Draft& draft);
    void recall(int step);
    bool onKey(const QKeyEvent& event, bool act);
    void remember(const Draft& draft);
    void sendNow(const Draft& draft);
    [[nodiscard]] bool isLarge(const QByteArray& bytes) const;
    /// What stands in the composer; nullopt while it cannot be sent.
    [[nodiscard]] std::optional<Draft> draft() const;
    [[nodiscard]] QString problem() const;

    Composer& q;
    EnginePort& port;
    SendTarget& target;
    Kind kind = Kind::Text;
    std::optional<QByteArray> held; // a payload too large to edit, sent as it is
    bool used = false;
    QString buttonText;

    MenuButton* kindButton = nullptr;
    QLabel* info = nullptr;
    QStackedWidget* pages = nullptr;
    PayloadEditor* editor = nullptr;
    HexField* hex = nullptr;
    PayloadEditor* ping = nullptr;
    CloseFrameFields* close = nullptr;
    QWidget* heldPage = nullptr;
    QLabel* heldText = nullptr;
    ElidedLabel* heldPreview = nullptr;
    InlineNotice* notice = nullptr;
    QCheckBox* pin = nullptr;
    MenuButton* targetButton = nullptr;
    QAction* toSelection = nullptr;
    QAction* toAll = nullptr;
    QAction* toOthers = nullptr;
    QAction* toPage = nullptr;
    ElidedLabel* result = nullptr;
    QLabel* hint = nullptr;
    QPushButton* button = nullptr;
    QHBoxLayout* top = nullptr;
    QHBoxLayout* bottom = nullptr;
    QVBoxLayout* column = nullptr;

    std::deque<Draft> history; // newest last
    std::size_t recalled = 0; // from the newest; 0: the draft
    Draft unsent;
};

Composer::Composer(EnginePort& port, ConnectionStore&, SendTarget& target, QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(*this, port, target))
{
    nameControl(this, "composer", "Composer");
    d->build();
}

Composer::~Composer() = default;

void Composer::Private::build()
{
    kindButton = named(new MenuButton(QString(), &q), "composer_kind", "Kind of message");
    buildKindMenu();
    info = named(mutedLabel(QString(), &q), "composer_info", "Payload size");
    pages = new QStackedWidget(&q);
    buildPages();
    notice = new InlineNotice(QStringLiteral("composer"), &q);
    notice->setObjectName(QStringLiteral("composer_notice"));
    pin = named(new QCheckBox(tr("Pin target"), &q), "pin_target", "Pin target");
    pin->setToolTip(tr("Keep sending to the same connections, whatever is selected"));
    targetButton = named(new MenuButton(QString(), &q), "composer_target", "Target");
    targetButton->setToolTip(tr("Whom to send to"));
    buildTargetMenu();
    result = named(new ElidedLabel(&q), "composer_result", "Result of sending");
    hint = mutedLabel(QStringLiteral("Ctrl+Enter"), &q);
    button = named(new QPushButton(&q), "composer_send", "Send");
    button->setAutoDefault(false);
    button->setProperty("primary", true);

    top = new QHBoxLayout;
    top->setSpacing(8);
    bottom = new QHBoxLayout;
    bottom->setSpacing(8);
    column = new QVBoxLayout;
    column->setContentsMargins(10, 8, 10, 8);
    column->addLayout(top);
    column->addLayout(bottom);
    auto* whole = new QVBoxLayout(&q);
    whole->setContentsMargins(0, 1, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(notice);
    whole->addLayout(column);
    q.setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    q.setFocusProxy(pages);
    arrange();

    QObject::connect(button, &QPushButton::clicked, &q, &Composer::send);
    QObject::connect(pin, &QCheckBox::toggled, &q, [this](bool on) { target.setPinned(on); });
    QObject::connect(&target, &SendTarget::changed, &q, [this] { refreshButton(); });
    QObject::connect(&Theme::instance(), &Theme::changed, &q, [this] { refresh(); });
    setKind(Kind::Text);
    refreshButton();
}

void Composer::Private::buildKindMenu()
{
    auto* menu = new QMenu(kindButton);
    menu->setObjectName(QStringLiteral("composer_kind_menu"));
    for (const Kind offered : {Kind::Text, Kind::Binary, Kind::Ping, Kind::Close}) {
        QAction* action = menu->addAction(textOf(offered));
        QObject::connect(action, &QAction::triggered, &q, [this, offered] {
            use();
            setKind(offered);
            q.focusEditor();
        });
    }
    kindButton->setMenu(menu);
}

void Composer::Private::buildTargetMenu()
{
    auto* menu = new QMenu(targetButton);
    menu->setObjectName(QStringLiteral("composer_target_menu"));
    auto* group = new QActionGroup(menu);
    const auto add = [&](const QString& text, const char* name, SendTarget::Choice choice) {
        QAction* action = menu->addAction(text);
        action->setObjectName(QLatin1String(name));
        action->setCheckable(true);
        group->addAction(action);
        QObject::connect(action, &QAction::triggered, &q, [this, choice] { target.setChoice(choice); });
        return action;
    };
    toSelection = add(tr("Selected connections"), "target_selection", SendTarget::Choice::selection);
    toAll = add(tr("All connections"), "target_all", SendTarget::Choice::all);
    toOthers = add(tr("All but the selected"), "target_others", SendTarget::Choice::allButSelection);
    toPage = add(tr("The page that is followed"), "target_page", SendTarget::Choice::page);
    targetButton->setMenu(menu);
}

void Composer::Private::buildPages()
{
    editor = named(new PayloadEditor(pages), "composer_text", "Text to send");
    editor->setFont(monospaceFont());
    editor->setPlaceholderText(tr("Text to send"));
    hex = named(new HexField(pages), "composer_hex", "Hex bytes to send");
    hex->setPlaceholderText(tr("Bytes in hex: 89 50 4e 47"));
    ping = named(new PayloadEditor(pages), "composer_ping", "Ping payload");
    ping->setFont(monospaceFont());
    ping->setPlaceholderText(tr("Payload of the ping (may be empty)"));
    close = new CloseFrameFields(pages);
    close->setFrame(CloseFrame{1000, {}});

    heldPage = named(new QWidget(pages), "held_payload", "Payload held as it is");
    heldText = named(wrappedLabel(QString(), heldPage), "held_text", "Held payload");
    heldPreview = named(new ElidedLabel(heldPage), "held_preview", "Beginning of the held payload");
    heldPreview->setFont(monospaceFont());
    auto* discard = named(new QPushButton(tr("Discard"), heldPage), "discard_held", "Discard held payload");
    discard->setAutoDefault(false);
    QObject::connect(discard, &QPushButton::clicked, &q, [this] {
        release();
        q.focusEditor();
    });
    auto* lines = new QVBoxLayout;
    lines->setSpacing(3);
    lines->addWidget(heldText);
    lines->addWidget(heldPreview);
    auto* row = new QHBoxLayout(heldPage);
    row->setContentsMargins(2, 2, 2, 2);
    row->addLayout(lines, 1);
    row->addWidget(discard, 0, Qt::AlignTop);

    for (QWidget* page : {static_cast<QWidget*>(editor), static_cast<QWidget*>(hex),
             static_cast<QWidget*>(ping), static_cast<QWidget*>(close), heldPage})
        pages->addWidget(page);
    for (QWidget* field :
        {static_cast<QWidget*>(editor), static_cast<QWidget*>(hex), static_cast<QWidget*>(ping)})
        field->installEventFilter(&q);
    for (PayloadEditor* field : {editor, ping}) {
        QObject::connect(field, &QPlainTextEdit::textChanged, &q, [this] { refresh(); });
        QObject::connect(field->document()->documentLayout(),
            &QAbstractTextDocumentLayout::documentSizeChanged, &q, [this] { fitHeight(); });
        QObject::connect(field, &PayloadEditor::tooLargeToEdit, &q,
            [this](const QByteArray& whole) { take(whole, true); });
        QObject::connect(field, &PayloadEditor::tooLargeToTake, &q, [this](qsizetype bytes) {
            notice->showNotice(InlineNotice::Kind::Danger,
                tr("Nothing was put in: that is %1, and the composer takes up to %2.")
                    .arg(formatBytes(static_cast<std::uint64_t>(bytes)),
                        formatBytes(static_cast<std::uint64_t>(PayloadEditor::maxTaken))));
        });
        QObject::connect(field, &PayloadEditor::notText, &q, [this](const QByteArray& bytes) {
            notice->showNotice(InlineNotice::Kind::Warning,
                tr("Nothing was put in: those %1 bytes are not UTF-8 text.")
                    .arg(formatCount(static_cast<std::uint64_t>(bytes.size()))),
                {{tr("Put them in as hex"), QStringLiteral("Put in as hex"), [this, bytes] {
                      put({Kind::Binary, bytes, {}});
                  }}});
        });
    }
    QObject::connect(hex, &HexField::bytesChanged, &q, [this] { refresh(); });
    QObject::connect(hex->document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, &q,
        [this] { fitHeight(); });
    QObject::connect(
        hex, &HexField::tooLargeToEdit, &q, [this](const QByteArray& whole) { take(whole, false); });
    QObject::connect(hex, &HexField::notHex, &q, [this](const QString& problem) {
        notice->showNotice(
            InlineNotice::Kind::Warning, tr("Nothing was put in; it is not hex: %1.").arg(problem));
    });
    QObject::connect(close, &CloseFrameFields::changed, &q, [this] { refresh(); });
}

void Composer::Private::use()
{
    if (used)
        return;
    used = true;
    arrange();
    fitHeight();
}

// One row until it is used; then the fields get a row of their own.
void Composer::Private::arrange()
{
    for (QLayout* layout : {static_cast<QLayout*>(top), static_cast<QLayout*>(bottom)}) {
        while (QLayoutItem* item = layout->takeAt(0))
            delete item;
    }
    column->removeWidget(pages);
    const bool wide = used;
    top->addWidget(kindButton);
    if (wide) {
        top->addStretch(1);
        top->addWidget(info);
        column->insertWidget(1, pages);
        bottom->addWidget(pin);
        bottom->addWidget(targetButton);
        bottom->addWidget(result, 1);
        bottom->addWidget(hint);
        bottom->addWidget(button);
    } else {
        top->addWidget(pages, 1);
        top->addWidget(button);
    }
    for (QWidget* control : {static_cast<QWidget*>(info), static_cast<QWidget*>(pin),
             static_cast<QWidget*>(targetButton), static_cast<QWidget*>(result), static_cast<QWidget*>(hint)})
        control->setVisible(wide);
    column->setSpacing(wide ? 7 : 0);
    QWidget* previous = kindButton;
    for (QWidget* next : {static_cast<QWidget*>(pages), static_cast<QWidget*>(pin),
             static_cast<QWidget*>(targetButton), static_cast<QWidget*>(button)}) {
        QWidget::setTabOrder(previous, next);
        previous = next;
    }
}

void Composer::Private::setKind(Kind wanted)
{
    if (held && wanted != kind)
        release();
    kind = wanted;
    kindButton->setText(textOf(wanted) + QStringLiteral(" \u25BE"));
    showPage();
}

void Composer::Private::showPage()
{
    if (held)
        pages->setCurrentWidget(heldPage);
    else if (kind == Kind::Text)
        pages->setCurrentWidget(editor);
    else if (kind == Kind::Binary)
        pages->setCurrentWidget(hex);
    else if (kind == Kind::Ping)
        pages->setCurrentWidget(ping);
    else
        pages->setCurrentWidget(close);
    q.setFocusProxy(pages->currentWidget());
    fitHeight();
    refresh();
}

void Composer::Private::fitHeight()
{
    QWidget* page = pages->currentWidget();
    int height = page->sizeHint().height();
    auto* field = qobject_cast<QPlainTextEdit*>(page);
    if (field) {
        const int line = QFontMetrics(field->font()).lineSpacing();
        const int frame = static_cast<int>(2 * field->document()->documentMargin())
            + (field->isVisible() ? field->height() - field->viewport()->height() : 8);
        int lines = 0;
        for (QTextBlock block = field->document()->firstBlock(); block.isValid() && lines <= maxLines;
             block = block.next())
            lines += std::max(1, block.lineCount());
        field->setVerticalScrollBarPolicy(lines > maxLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
        height = std::clamp(lines, used ? linesWhenUsed : 1, maxLines) * line + frame + 2;
        if (!used)
            height = std::max(height, button->sizeHint().height());
    }
    if (pages->height() != height || pages->minimumHeight() != height)
        pages->setFixedHeight(height);
}

bool Composer::Private::isLarge(const QByteArray& bytes) const
{
    return kind == Kind::Binary ? bytes.size() > HexField::maxEditable : !PayloadEditor::isEditable(bytes);
}

void Composer::Private::take(const QByteArray& whole, bool text)
{
    if (kind == Kind::Ping) {
        notice->showNotice(InlineNotice::Kind::Danger,
            tr("Nothing was put in: a ping holds at most 125 bytes, and that is %1.")
                .arg(formatBytes(static_cast<std::uint64_t>(whole.size()))));
        return;
    }
    if (whole.size() > PayloadEditor::maxTaken) {
        Q_EMIT editor->tooLargeToTake(whole.size());
        return;
    }
    const bool asText = text && payload_text::toDocument(QByteArrayView(whole)).has_value();
    const auto putIn = [this, whole, asText] {
        setKind(asText ? Kind::Text : Kind::Binary);
        hold(whole);
    };
    if (whole.size() <= askBeyond) {
        putIn();
        return;
    }
    notice->showNotice(InlineNotice::Kind::Warning,
        tr("That is %1, a lot for one message. Put it in all the same?")
            .arg(formatBytes(static_cast<std::uint64_t>(whole.size()))),
        {{tr("Put it in"), QStringLiteral("Put in large payload"), putIn}});
}

void Composer::Private::hold(const QByteArray& bytes)
{
    use();
    held = bytes;
    heldText->setText(tr("%1, too long to edit here. It is sent exactly as it was put in.")
                          .arg(formatBytes(static_cast<std::uint64_t>(bytes.size()))));
    const QByteArrayView first = QByteArrayView(bytes).first(std::min<qsizetype>(bytes.size(), 400));
    const std::string_view shown(first.data(), static_cast<std::size_t>(first.size()));
    heldPreview->setContent(kind == Kind::Binary ? hexPreview(as_bytes(shown)) : displayText(shown, 200));
    showPage();
}

void Composer::Private::release()
{
    held.reset();
    showPage();
}

QString Composer::Private::problem() const
{
    if (held)
        return {};
    switch (kind) {
    case Kind::Text:
        return {};
    case Kind::Binary:
        return hex->parsed().problem;
    case Kind::Ping: {
        const qsizetype bytes = ping->payload().size();
        return bytes > maxPing ? Composer::tr("%1 bytes; a ping holds at most 125").arg(bytes) : QString();
    }
    case Kind::Close:
        return close->problem();
    }
    return {};
}

std::optional<Draft> Composer::Private::draft() const
{
    if (!problem().isEmpty())
        return std::nullopt;
    Draft made;
    made.kind = kind;
    if (held)
        made.bytes = *held;
    else if (kind == Kind::Text)
        made.bytes = editor->payload();
    else if (kind == Kind::Binary)
        made.bytes = hex->parsed().bytes;
    else if (kind == Kind::Ping)
        made.bytes = ping->payload();
    else if (const auto frame = close->frame())
        made.close = *frame;
    return made;
}

void Composer::Private::refresh()
{
    if (!used && (!editor->document()->isEmpty() || kind != Kind::Text))
        use();
    const QString wrong = problem();
    setStyleProperty(hex, "bad", kind == Kind::Binary && !wrong.isEmpty());
    setStyleProperty(ping, "bad", kind == Kind::Ping && !wrong.isEmpty());
    setStyleProperty(info, "danger", !wrong.isEmpty());
    setStyleProperty(info, "muted", wrong.isEmpty());
    const auto count = [](qsizetype bytes) {
        return bytes == 1 ? Composer::tr("1 byte")
                          : Composer::tr("%1 bytes").arg(formatCount(static_cast<std::uint64_t>(bytes)));
    };
    QString said = wrong;
    if (wrong.isEmpty()) {
        const auto made = draft();
        switch (kind) {
        case Kind::Text:
            said = nameOf(lineEndsOf(made->bytes)) + QStringLiteral(" \u00B7 ") + count(made->bytes.size());
            break;
        case Kind::Binary:
            said = count(made->bytes.size());
            break;
        case Kind::Ping:
            said = Composer::tr("%1 of 125 bytes").arg(made->bytes.size());
            break;
        case Kind::Close:
            said = Composer::tr("reason: %1 of 123 bytes").arg(close->reasonBytes());
            break;
        }
    }
    info->setText(displayText(said));
    refreshButton();
}

void Composer::Private::refreshButton()
{
    const QString whom = mnemonicSafe(target.targetText());
    if (!target.hasTarget() || kind == Kind::Text || kind == Kind::Binary)
        buttonText = target.buttonText();
    else if (kind == Kind::Ping)
        buttonText = Composer::tr("Send ping to %1").arg(whom);
    else
        buttonText = Composer::tr("Send close to %1").arg(whom);
    button->setEnabled(target.hasTarget() && problem().isEmpty());
    const bool broad = target.hasTarget() && target.isBroad();
    setStyleProperty(button, "caution", broad);
    setStyleProperty(button, "primary", !broad);
    QString plain = buttonText;
    plain.replace(QStringLiteral("&&"), QStringLiteral("&"));
    button->setAccessibleDescription(plain);
    button->setToolTip(tooltipText(plain));
    // The name gives way before anything else does.
    const int others = used
        ? pin->sizeHint().width() + targetButton->sizeHint().width() + hint->sizeHint().width() + 90
        : kindButton->sizeHint().width() + q.width() / 3;
    const int room = std::max(160, q.width() - others - 40);
    button->setText(displayText(button->fontMetrics().elidedText(buttonText, Qt::ElideRight, room)));
    const QSignalBlocker quiet(pin);
    pin->setChecked(target.isPinned());
    pin->setEnabled(target.hasTarget() || target.isPinned());
    switch (target.choice()) {
    case SendTarget::Choice::selection:
        targetButton->setText(Composer::tr("To selected") + QStringLiteral(" \u25BE"));
        break;
    case SendTarget::Choice::all:
        targetButton->setText(Composer::tr("To all") + QStringLiteral(" \u25BE"));
        break;
    case SendTarget::Choice::allButSelection:
        targetButton->setText(Composer::tr("To all but selected") + QStringLiteral(" \u25BE"));
        break;
    case SendTarget::Choice::page:
        targetButton->setText(Composer::tr("To the page") + QStringLiteral(" \u25BE"));
        break;
    }
    toSelection->setChecked(target.choice() == SendTarget::Choice::selection);
    toAll->setChecked(target.choice() == SendTarget::Choice::all);
    toOthers->setChecked(target.choice() == SendTarget::Choice::allButSelection);
    toPage->setChecked(target.choice() == SendTarget::Choice::page);
    toPage->setVisible(target.choice() == SendTarget::Choice::page);
    toOthers->setEnabled(
        !target.selection().empty() || target.choice() == SendTarget::Choice::allButSelection);
}

void Composer::Private::put(const Draft& wanted)
{
    use();
    held.reset();
    setKind(wanted.kind);
    if (wanted.kind == Kind::Close) {
        close->setFrame(wanted.close);
    } else if (wanted.kind == Kind::Ping) {
        ping->setPayload(wanted.bytes);
    } else if (isLarge(wanted.bytes)) {
        hold(wanted.bytes);
    } else if (wanted.kind == Kind::Binary) {
        hex->setBytes(wanted.bytes);
    } else {
        editor->setPayload(wanted.bytes);
    }
    refresh();
}

void Composer::Private::recall(int step)
{
    if (history.empty())
        return;
    const auto wanted = static_cast<std::ptrdiff_t>(recalled) + step;
    if (wanted < 0 || wanted > static_cast<std::ptrdiff_t>(history.size()))
        return;
    if (recalled == 0) {
        const auto present = draft();
        unsent = present ? *present : Draft{};
        // What was just sent still stands here; the one before it is meant.
        if (step > 0 && present && history.back() == *present && history.size() > 1) {
            recalled = 2;
            put(history[history.size() - 2]);
            return;
        }
    }
    recalled = static_cast<std::size_t>(wanted);
    put(recalled == 0 ? unsent : history[history.size() - recalled]);
}

// True for a key that is ours; does what it stands for when `act` is set.
bool Composer::Private::onKey(const QKeyEvent& event, bool act)
{
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    const bool enter = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
    if (enter && modifiers == Qt::ControlModifier) {
        if (act)
            q.send();
        return true;
    }
    if ((event.key() == Qt::Key_Up || event.key() == Qt::Key_Down) && modifiers == Qt::AltModifier) {
        if (act)
            recall(event.key() == Qt::Key_Up ? 1 : -1);
        return true;
    }
    return false;
}

void Composer::Private::remember(const Draft& sent)
{
    recalled = 0;
    std::erase(history, sent);
    history.push_back(sent);
    qsizetype bytes = 0;
    for (const Draft& old : history)
        bytes += old.bytes.size();
    while (history.size() > maxHistory || (bytes > maxHistoryBytes && history.size() > 1)) {
        bytes -= history.front().bytes.size();
        history.pop_front();
    }
}

void Composer::Private::sendNow(const Draft& made)
{
    Command command;
    switch (made.kind) {
    case Kind::Text:
        command = command::Send{target.target(), MessageKind::text, shared(made.bytes), 1};
        break;
    case Kind::Binary:
        command = command::Send{target.target(), MessageKind::binary, shared(made.bytes), 1};
        break;
    case Kind::Ping:
        command = command::Ping{target.target(), shared(made.bytes)};
        break;
    case Kind::Close:
        command = command::Kick{target.target(), made.close};
        break;
    }
    remember(made);
    port.submitWithReply(std::move(command), &q, [this](const event::CommandFinished& outcome) {
        if (outcome.error) {
            notice->showNotice(InlineNotice::Kind::Danger,
                Composer::tr("Not sent: %1").arg(displayText(outcome.error->message())));
            return;
        }
        result->setContent(outcomeText(outcome, Composer::tr("sent")));
    });
}

bool Composer::eventFilter(QObject* watched, QEvent* event)
{
    if (!d->used && event->type() == QEvent::FocusIn) {
        const auto reason = static_cast<QFocusEvent*>(event)->reason();
        if (reason == Qt::MouseFocusReason || reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason
            || reason == Qt::ShortcutFocusReason)
            d->use();
    }
    if (event->type() == QEvent::KeyPress && d->onKey(*static_cast<QKeyEvent*>(event), true))
        return true;
    return QWidget::eventFilter(watched, event);
}

bool Composer::event(QEvent* event)
{
    // These keys are the composer's while it has the focus, whatever actions the window has under them.
    if (event->type() == QEvent::ShortcutOverride && d->onKey(*static_cast<QKeyEvent*>(event), false)) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void Composer::keyPressEvent(QKeyEvent* event)
{
    if (!d->onKey(*event, true))
        QWidget::keyPressEvent(event);
}

void Composer::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    d->refreshButton();
    d->fitHeight();
}

void Composer::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorRole::Window));
    painter.fillRect(QRect(0, 0, width(), 1), themeColor(ColorRole::Border));
}

void Composer::send()
{
    const auto made = d->draft();
    if (!made || !d->target.hasTarget() || !d->button->isEnabled())
        return;
    if (made->bytes.size() > askBeyond) {
        d->notice->showNotice(InlineNotice::Kind::Warning,
            tr("This message has %1. Send it to %2?")
                .arg(formatBytes(static_cast<std::uint64_t>(made->bytes.size())), d->target.targetText()),
            {{tr("Send it"), QStringLiteral("Send large payload"),
                [this, kept = *made] { d->sendNow(kept); }}});
        return;
    }
    d->sendNow(*made);
}

void Composer::focusEditor()
{
    d->use();
    d->pages->currentWidget()->setFocus(Qt::ShortcutFocusReason);
}

void Composer::loadPayload(jackfield::TrafficType type, const jackfield::SharedBytes& payload)
{
    const std::string_view text = payload.text();
    const QByteArray bytes(text.data(), static_cast<qsizetype>(text.size()));
    const bool utf8 = payload_text::toDocument(QByteArrayView(bytes)).has_value();
    Draft wanted;
    wanted.bytes = bytes;
    switch (type) {
    case TrafficType::text:
        wanted.kind = utf8 ? Kind::Text : Kind::Binary;
        break;
    case TrafficType::binary:
    case TrafficType::continuation:
    case TrafficType::raw:
        wanted.kind = Kind::Binary;
        break;
    case TrafficType::ping:
    case TrafficType::pong:
        wanted.kind = utf8 ? Kind::Ping : Kind::Binary;
        if (!utf8) {
            d->notice->showNotice(InlineNotice::Kind::Warning,
                tr("The payload of that ping is not text, so it is here as bytes of a binary message."));
        }
        break;
    case TrafficType::close:
        wanted.kind = Kind::Close;
        wanted.close = {};
        if (text.size() >= 2) {
            wanted.close.code = static_cast<std::uint16_t>(
                static_cast<unsigned char>(text[0]) * 256U + static_cast<unsigned char>(text[1]));
            wanted.close.reason = std::string(text.substr(2));
        }
        wanted.bytes.clear();
        break;
    }
    d->put(wanted);
    focusEditor();
}

} // namespace jackfield::ui
