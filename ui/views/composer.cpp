#include "ui/views/composer.h"

#include "ui/bridge/when_done.h"
#include "ui/models/resend.h"
#include "ui/models/send_target.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/composer_pages.h"
#include "ui/views/composer_private.h"
#include "ui/views/controls.h"
#include "ui/views/file_drops.h"
#include "ui/views/fragmentation_fields.h"
#include "ui/views/inline_notice.h"
#include "ui/views/payload_editor.h"
#include "ui/views/payload_file.h"
#include "ui/views/repeat_fields.h"
#include "ui/views/shortcut_list.h"
#include "ui/views/theme.h"

#include <QCheckBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace jackfield::ui {

Composer::Private::Private(Composer& owner, EnginePort& enginePort, SendTarget& sendTarget)
    : q(owner)
    , port(enginePort)
    , target(sendTarget)
    , repeats(enginePort, sendTarget)
{ }

Composer::Composer(EnginePort& port, ConnectionStore&, SendTarget& target, QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(*this, port, target))
{
    nameControl(this, "composer", "Composer");
    d->build();
    d->describeKeys();
}

Composer::~Composer()
{
    // The list of what is repeated looks at it until the last moment.
    d->repeats.stopAll();
    qDeleteAll(findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
}

void Composer::Private::warn(const QString& sentence)
{
    notice->showNotice(InlineNotice::Kind::Warning, sentence);
}

void Composer::Private::chooseKind(Kind kind)
{
    pages->setKind(kind);
    expand->setChecked(expands[static_cast<std::size_t>(kind)]);
    refresh();
}

void Composer::Private::take(const QByteArray& whole, bool text)
{
    if (whole.size() > PayloadEditor::maxTaken) {
        Q_EMIT pages->tooLargeToTake(whole.size());
        return;
    }
    const bool asText = text && payload_text::isUtf8(whole);
    if (static_cast<std::uint64_t>(whole.size()) <= askBeyond) {
        putIn(SharedBytes(std::string_view(whole.constData(), static_cast<std::size_t>(whole.size()))),
            asText, {});
        return;
    }
    notice->showNotice(InlineNotice::Kind::Warning,
        tr("That is %1, a lot for one message. Put it in all the same?")
            .arg(formatBytes(static_cast<std::uint64_t>(whole.size()))),
        {{tr("Put it in"), QStringLiteral("Put in large payload"), [this, whole, asText] {
              putIn(SharedBytes(std::string_view(whole.constData(), static_cast<std::size_t>(whole.size()))),
                  asText, {});
          }}});
}

void Composer::Private::putIn(const SharedBytes& bytes, bool asText, const QString& name)
{
    ComposedMessage made;
    made.kind = asText ? Kind::text : Kind::binary;
    made.payload = bytes;
    made.fragments = fragments->fragments();
    put(made, false, name);
}

void Composer::Private::put(
    const ComposedMessage& message, bool isTemplate, const QString& name, const QString& said)
{
    const bool loses = pages->wouldLose(message.kind);
    const Left before = loses ? leave() : Left();
    fill(message, isTemplate, name);
    if (loses)
        notice->showUndo(
            said.isEmpty() ? tr("What was composed there is replaced.") : said,
            QStringLiteral("Undo putting in"),
            [this, before, kind = message.kind] { comeBack(before, kind); },
            said.isEmpty() ? InlineNotice::Kind::Information : InlineNotice::Kind::Warning);
    else if (!said.isEmpty())
        warn(said);
}

void Composer::Private::fill(const ComposedMessage& message, bool isTemplate, const QString& name)
{
    use();
    dropUndo();
    if (message.kind == Kind::text || message.kind == Kind::binary)
        fragments->setFragments(message.fragments);
    pages->put(message, name, isTemplate);
    expands[static_cast<std::size_t>(message.kind)] = true;
    expand->setChecked(true);
    refresh();
}

Composer::Private::Left Composer::Private::leave() const
{
    return {pages->snapshot(), fragments->fragments(), expands};
}

void Composer::Private::comeBack(const Left& what, std::optional<Kind> only)
{
    dropUndo();
    fragments->setFragments(what.fragments);
    if (only) {
        pages->restore(what.fields, *only);
        expands[static_cast<std::size_t>(*only)] = what.expands[static_cast<std::size_t>(*only)];
    } else {
        pages->restore(what.fields);
        expands = what.expands;
    }
    expand->setChecked(expands[static_cast<std::size_t>(pages->kind())]);
    refresh();
}

// An undo of what stood here before belongs here no more.
void Composer::Private::dropUndo()
{
    if (notice->offersUndo() || notice->kind() == InlineNotice::Kind::Information)
        notice->dismiss();
}

void Composer::Private::offerUndo(const QString& said, const QString& name, const std::function<void()>& undo)
{
    notice->showUndo(said, name, undo);
}

void Composer::Private::recall(bool older)
{
    const auto present = draft();
    const std::size_t from = history.place();
    // At the newest place stands what was just sent, or what is the person's own and nowhere else.
    const bool wasSent
        = from == 0 && present && !history.entries().empty() && *present == history.entries().back();
    if (!history.step(older, present ? &*present : nullptr)) {
        if (older || !parked)
            return;
        // What was not sent when something recalled was; what stands here takes its turn.
        const Left unsent = *std::exchange(parked, leave());
        comeBack(unsent, unsent.fields.kind);
        return;
    }
    left.insert_or_assign(from, leave());
    left.at(from).wasSent = wasSent;
    if (const auto found = left.extract(history.place()); !found.empty())
        comeBack(found.mapped());
    else
        fill(*history.current(), false, {});
}

void Composer::Private::describeKeys() const
{
    const auto with = [](Qt::KeyboardModifiers modifiers, Qt::Key key) {
        return QKeySequence(QKeyCombination(modifiers, key));
    };
    describeKey(&q, with(Qt::ControlModifier, Qt::Key_Enter), tr("Send"));
    describeKey(&q, with(Qt::ControlModifier | Qt::ShiftModifier, Qt::Key_Enter), tr("Repeat..."));
    describeKey(&q, with(Qt::AltModifier, Qt::Key_Up), tr("Recall the one before"));
    describeKey(&q, with(Qt::AltModifier, Qt::Key_Down), tr("Recall the one after"));
    describeKey(&q, with(Qt::ControlModifier, Qt::Key_O), tr("Send a file..."));
    describeKey(&q, with(Qt::ControlModifier, Qt::Key_S), tr("Save as template"));
}

// True for a key that is ours; does what it stands for when `act` is set.
bool Composer::Private::onKey(const QKeyEvent& event, bool act)
{
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    const bool enter = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
    if (enter && modifiers == Qt::ControlModifier) {
        if (act)
            q.send();
    } else if (enter && modifiers == (Qt::ControlModifier | Qt::ShiftModifier)) {
        if (act)
            q.setRepeatVisible(true);
    } else if ((event.key() == Qt::Key_Up || event.key() == Qt::Key_Down) && modifiers == Qt::AltModifier) {
        if (act)
            recall(event.key() == Qt::Key_Up);
    } else if (event.key() == Qt::Key_O && modifiers == Qt::ControlModifier) {
        if (act)
            q.chooseFile();
    } else if (event.key() == Qt::Key_S && modifiers == Qt::ControlModifier) {
        if (const auto made = act ? draft() : std::nullopt)
            Q_EMIT q.saveTemplateRequested(*made);
    } else {
        return false;
    }
    return true;
}

bool Composer::Private::takesDrop(const QDropEvent& event) const
{
    return bringsFiles(*event.mimeData());
}

void Composer::Private::drop(const QDropEvent& event)
{
    const auto urls = event.mimeData()->urls();
    if (urls.size() > 1) {
        warn(tr("Nothing was put in: one file makes one message, and those are %1.")
                 .arg(formatCount(static_cast<std::uint64_t>(urls.size()))));
        return;
    }
    q.loadFile(urls.first().toLocalFile());
}

void Composer::Private::takeFile(const PayloadFile& file)
{
    if (!file.problem.isEmpty()) {
        warn(file.problem);
        return;
    }
    const QString shown = quotedPeerText(file.name.toStdString(), 80);
    if (file.isTooLargeToTakeUnasked) {
        notice->showNotice(InlineNotice::Kind::Warning,
            tr("%1 has %2, a lot for one message. Put it in all the same?")
                .arg(shown, formatBytes(file.size)),
            {{tr("Put it in"), QStringLiteral("Put in large payload"), [this, path = file.path] {
                  const std::uint64_t asked = ++reading;
                  whenDone(readPayloadFile(path, static_cast<std::uint64_t>(PayloadEditor::maxTaken)), &q,
                      [this, asked](const PayloadFile& read) {
                          if (asked == reading)
                              takeFile(read);
                      });
              }}});
        return;
    }
    // As text only where that is the kind that is composed.
    const bool asText = file.isText && pages->kind() == Kind::text;
    if (notice->isVisible() && notice->kind() != InlineNotice::Kind::Danger)
        notice->dismiss();
    putIn(file.bytes, asText, file.name);
    q.focusEditor();
}

void Composer::loadFile(const QString& path)
{
    const std::uint64_t asked = ++d->reading;
    whenDone(readPayloadFile(path, askBeyond), this, [this, asked](const PayloadFile& file) {
        if (asked == d->reading)
            d->takeFile(file);
    });
}

void Composer::chooseFile()
{
    auto* dialog = new QFileDialog(this, tr("Send a file"));
    nameControl(dialog, "composer_file_dialog", "Send a file");
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &Composer::loadFile);
    dialog->open();
}

std::optional<ComposedMessage> Composer::message() const
{
    return d->draft();
}

std::vector<ComposedMessage> Composer::history() const
{
    return {d->history.entries().begin(), d->history.entries().end()};
}

void Composer::setHistory(std::vector<ComposedMessage> sent)
{
    d->left.clear();
    d->history.setEntries(std::move(sent));
}

Repeats& Composer::repeats() const
{
    return d->repeats;
}

void Composer::setRepeatVisible(bool visible)
{
    if (visible)
        d->use();
    d->repeatFields->setVisible(visible);
    if (visible)
        d->repeatFields->setFocus(Qt::ShortcutFocusReason);
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
    if (event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove
        || event->type() == QEvent::Drop) {
        auto* dragged = static_cast<QDropEvent*>(event);
        if (d->takesDrop(*dragged)) {
            dragged->acceptProposedAction();
            if (event->type() == QEvent::Drop)
                d->drop(*dragged);
            return true;
        }
    }
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

void Composer::dragEnterEvent(QDragEnterEvent* event)
{
    if (d->takesDrop(*event))
        event->acceptProposedAction();
}

void Composer::dropEvent(QDropEvent* event)
{
    if (!d->takesDrop(*event))
        return;
    event->acceptProposedAction();
    d->drop(*event);
}

void Composer::focusEditor()
{
    d->use();
    d->pages->currentWidget()->setFocus(Qt::ShortcutFocusReason);
}

void Composer::loadPayload(jackfield::TrafficType type, const jackfield::SharedBytes& payload)
{
    ComposedMessage wanted = composedFrom(type, payload);
    QString said;
    if ((type == TrafficType::ping || type == TrafficType::pong)
        && wanted.kind == ComposedMessage::Kind::binary)
        said
            = tr("The payload of that ping or pong is not text, so it is here as bytes of a binary message.");
    const std::string_view closing = payload.text();
    const std::string_view reason = closing.substr(std::min<std::size_t>(closing.size(), 2));
    if (type == TrafficType::close
        && (closing.size() == 1
            || !payload_text::isUtf8(QByteArrayView(reason.data(), static_cast<qsizetype>(reason.size()))))) {
        said = closing.size() == 1
            ? tr(
                "That Close frame holds a single byte, which is no close code, so it is here as a raw frame, "
                "byte for byte.")
            : tr("The reason of that Close frame is not UTF-8, so it is here as a raw frame, byte for byte.");
        wanted = {};
        wanted.kind = ComposedMessage::Kind::raw;
        RawFrame frame;
        frame.fin = true;
        frame.opcode = 8;
        frame.payload = payload;
        wanted.pieces.emplace_back(std::move(frame));
    }
    d->put(wanted, false, {}, said);
    focusEditor();
}

void Composer::loadTemplate(const jackfield::ComposedMessage& message)
{
    d->put(message, true);
    focusEditor();
}

} // namespace jackfield::ui
