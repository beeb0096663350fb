#include "ui/bridge/engine_port.h"
#include "ui/models/send_target.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/text/phrases.h"
#include "ui/views/composer_pages.h"
#include "ui/views/composer_private.h"
#include "ui/views/elided_label.h"
#include "ui/views/fragmentation_fields.h"
#include "ui/views/inline_notice.h"
#include "ui/views/repeat_fields.h"

#include <QCheckBox>
#include <QPushButton>

#include <utility>

namespace jackfield::ui {

namespace {

// One line about a message, for the list of what is repeated.
QString summaryOf(const ComposedMessage& message)
{
    const QString name = displayText(name_of(message.kind));
    switch (message.kind) {
    case ComposedMessage::Kind::text:
    case ComposedMessage::Kind::ping:
    case ComposedMessage::Kind::pong:
        return name + u' ' + displayText(message.payload.text(), 80);
    case ComposedMessage::Kind::binary:
        return name + u' ' + hexPreview(message.payload.view(), 24);
    case ComposedMessage::Kind::close:
        return name + u' '
            + (message.close.code ? closeCodeName(*message.close.code) : Composer::tr("without a code"));
    case ComposedMessage::Kind::raw:
        return name + u' '
            + Composer::tr("%1 pieces", nullptr, pluralOf(message.pieces.size()))
                  .arg(formatCount(message.pieces.size()));
    }
    return name;
}

} // namespace

bool Composer::Private::expandsMacros() const
{
    return pages->isFromTemplate() && expand->isChecked();
}

QString Composer::Private::problem() const
{
    QString why = pages->problem();
    if (pages->kind() == Kind::raw && target.isWithoutWebSocket())
        return Composer::tr("Frames and bytes need a WebSocket; without one (SockJS) there is nothing that could carry them");
    if (!why.isEmpty() || (pages->kind() != Kind::text && pages->kind() != Kind::binary))
        return why;
    const Fragmentation cut = fragments->fragments();
    if (cut == Fragmentation())
        return {};
    if (const auto made = pages->message()) {
        command::Send probe;
        probe.kind = MessageKind::binary; // whether it is text has been seen to
        probe.payload = made->payload;
        probe.fragments = cut;
        if (const auto good = check(probe); !good)
            return wordsOf(good.error().message());
    }
    return {};
}

std::optional<ComposedMessage> Composer::Private::draft() const
{
    if (!problem().isEmpty())
        return std::nullopt;
    auto made = pages->message();
    if (made && (made->kind == Kind::text || made->kind == Kind::binary))
        made->fragments = fragments->fragments();
    return made;
}

void Composer::Private::sendAfterQuestion(const ComposedMessage& message)
{
    // It goes to those whom the question names, whatever is selected by the answer.
    const Audience whom = target.audience();
    if (size_of(message) <= askBeyond) {
        sendNow(message, whom);
        return;
    }
    notice->showNotice(InlineNotice::Kind::Warning,
        tr("This message has %1. Send it to %2?").arg(formatBytes(size_of(message)), target.targetText()),
        {{tr("Send it"), QStringLiteral("Send large payload"),
            [this, message, whom] { sendNow(message, whom); }}});
}

void Composer::Private::sendNow(const ComposedMessage& message, const Audience& audience)
{
    // After a question everybody may be gone.
    const Target whom = target.resolve(audience);
    if (whom.kind == Target::Kind::none) {
        warn(tr("Not sent: there is nobody to send it to any more."));
        return;
    }
    if (history.place() != 0) {
        if (const auto unsent = left.find(0); unsent != left.end() && !unsent->second.wasSent)
            parked = std::move(unsent->second);
    }
    left.clear();
    history.add(message);
    Q_EMIT q.historyChanged();
    port.submitWithReply(command_for(message, whom), &q, [this, audience](const event::CommandFinished& outcome) {
        if (outcome.error) {
            notice->showNotice(
                InlineNotice::Kind::Danger, tr("Not sent: %1").arg(displayText(wordsOf(outcome.error->message()))));
            return;
        }
        sayOutcome(outcomeText(outcome, tr("sent")), audience);
    });
}

void Composer::Private::sayOutcome(const QString& sentence, const Audience& audience)
{
    result->setContent(sentence);
    toldOf = audience;
}

// What became of a message to others says nothing of those whom the button names.
void Composer::Private::forgetOutcome()
{
    if (!toldOf || !target.hasTarget() || isSameChoice(*toldOf, target.audience()))
        return;
    result->setContent(QString());
    toldOf.reset();
}

void Composer::Private::startRepeat()
{
    const auto made = draft();
    if (!made || !target.hasTarget())
        return;
    Repeats::Source source = [message = *made] { return message; };
    if (expandsMacros() && TemplateMacros::hasMacros(*made))
        source = [this, message = *made] { return macros.expand(message); };
    const RepeatPlan plan = repeatFields->plan();
    const auto start = [this, source, plan, what = summaryOf(*made), whom = target.targetText(),
                           audience = target.audience()] {
        if (repeats.start(source, what, audience, whom, plan)) {
            q.focusEditor();
            q.setRepeatVisible(false);
            return;
        }
        warn(tr("%1 messages are repeated already. Stop one of them first.").arg(formatCount(Repeats::most)));
    };
    if (size_of(*made) <= askBeyond) {
        start();
        return;
    }
    notice->showNotice(InlineNotice::Kind::Warning,
        tr("This message has %1. Send it to %2 again and again?")
            .arg(formatBytes(size_of(*made)), target.targetText()),
        {{tr("Repeat it"), QStringLiteral("Repeat large payload"), start}});
}

void Composer::send()
{
    const auto made = d->draft();
    if (!made || !d->target.hasTarget() || !d->button->isEnabled())
        return;
    if (!d->expandsMacros()) {
        d->sendAfterQuestion(*made);
        return;
    }
    const ComposedMessage expanded = d->macros.expand(*made);
    if (const auto good = check(expanded); !good)
        d->warn(tr("Not sent: %1").arg(wordsOf(good.error().message())));
    else
        d->sendAfterQuestion(expanded);
}

void Composer::sendTemplate(const jackfield::ComposedMessage& message)
{
    d->use();
    if (!d->target.hasTarget()) {
        d->warn(tr("The template was not sent: choose a connection first."));
        return;
    }
    const ComposedMessage expanded = d->macros.expand(message);
    if (const auto good = check(expanded); !good)
        d->warn(tr("The template was not sent: %1").arg(wordsOf(good.error().message())));
    else
        d->sendNow(expanded, d->target.audience());
}

} // namespace jackfield::ui
