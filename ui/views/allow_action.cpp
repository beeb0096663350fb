#include "ui/views/allow_action.h"

#include "ui/bridge/engine_port.h"
#include "ui/models/allowed_entry.h"
#include "ui/text/display_text.h"
#include "ui/text/phrases.h"
#include "ui/views/controls.h"

#include <QHash>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>

namespace jackfield::ui {

namespace {

struct Operation {
    AllowEntries entries;
    std::vector<AllowedEntry> parts;
    int waiting = 0;
    QString failure;
};

bool reachesBeyondLoopback(ListKind list, const std::string& entry)
{
    const auto pattern = parse_access_pattern(list, entry);
    return pattern && pattern->form != AccessPattern::Form::null_origin && pattern->reaches_beyond_loopback();
}

} // namespace

class AllowAction::Private {
public:
    Private(AllowAction* action, EnginePort& enginePort, QWidget* parent)
        : q(action)
        , port(enginePort)
        , dialogParent(parent)
    { }

    void submit(quint64 number, AllowFor lifetime);
    void finish(quint64 number);
    void takeBack(const Operation& operation);
    [[nodiscard]] TimePoint now() const { return TimePoint(std::chrono::nanoseconds(port.clockNow())); }
    void ask(quint64 number, AllowFor lifetime);

    AllowAction* q;
    EnginePort& port;
    QPointer<QWidget> dialogParent;
    QHash<quint64, Operation> operations;
    quint64 last = 0;
};

AllowAction::AllowAction(EnginePort& port, QWidget* dialogParent, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, port, dialogParent))
{ }

AllowAction::~AllowAction() = default;

AllowEntries AllowAction::entriesFor(const event::Refused& refused)
{
    AllowEntries entries;
    if (!refused.access || refused.access->allowed() || refused.access->block)
        return entries;
    const auto& access = *refused.access;
    entries.host = ourText(access.host_fix);
    entries.origin
        = access.origin == OriginVerdict::null_refused ? QStringLiteral("null") : ourText(access.origin_fix);
    // One verdict that no entry can mend (malformed text, a missing origin) makes the other entry useless.
    const bool hostMended = access.host == HostVerdict::allowed || !entries.host.isEmpty();
    const bool originMended = access.origin == OriginVerdict::allowed
        || access.origin == OriginVerdict::missing_allowed || !entries.origin.isEmpty();
    if (!hostMended || !originMended)
        return {};
    entries.reachesBeyondLoopback = reachesBeyondLoopback(ListKind::hosts, access.host_fix)
        || (!entries.nullOrigin() && reachesBeyondLoopback(ListKind::origins, access.origin_fix));
    return entries;
}

AllowEntries AllowAction::entryOf(ListKind list, const std::string& entry)
{
    AllowEntries entries;
    (list == ListKind::hosts ? entries.host : entries.origin) = ourText(entry);
    entries.reachesBeyondLoopback = reachesBeyondLoopback(list, entry);
    return entries;
}

bool AllowAction::canHelp(const event::Refused& refused)
{
    return !entriesFor(refused).empty();
}

QString AllowAction::buttonText(AllowFor lifetime)
{
    switch (lifetime) {
    case AllowFor::UntilJackfieldCloses:
        return tr("Only until Jackfield closes");
    case AllowFor::FifteenMinutes:
        return tr("Allow pages without an origin for 15 minutes");
    case AllowFor::Always:
        break;
    }
    return tr("Allow");
}

QString AllowAction::nullOriginWarning()
{
    return tr("Any web site can pose as one; serve the file over http instead.");
}

quint64 AllowAction::allow(const event::Refused& refused, AllowFor lifetime)
{
    const AllowEntries entries = entriesFor(refused);
    if (entries.empty())
        return 0;
    if (!entries.reachesBeyondLoopback)
        return allowEntries(entries, lifetime);
    return askAndAllow(entries, lifetime);
}

quint64 AllowAction::askAndAllow(const AllowEntries& entries, AllowFor lifetime)
{
    if (!entries.reachesBeyondLoopback && !entries.nullOrigin())
        return allowEntries(entries, lifetime);
    const quint64 number = ++d->last;
    d->operations.insert(number, {entries, {}, 0, {}});
    d->ask(number, entries.nullOrigin() ? AllowFor::FifteenMinutes : lifetime);
    return number;
}

quint64 AllowAction::allowEntries(const AllowEntries& entries, AllowFor lifetime)
{
    if (entries.empty())
        return 0;
    const quint64 number = ++d->last;
    d->operations.insert(number, {entries, {}, 0, {}});
    d->submit(number, lifetime);
    return number;
}

void AllowAction::Private::ask(quint64 number, AllowFor lifetime)
{
    const AllowEntries& entries = operations[number].entries;
    auto* box = new QMessageBox(dialogParent);
    nameControl(box, "allow_question", "Allow beyond this machine");
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setIcon(QMessageBox::Warning);
    box->setWindowTitle(tr("Allow a page from another machine"));
    QString question;
    QString why
        = tr("That is not this machine. Any web page that is open in a browser can cause such a refusal "
             "by itself. Allow it only if you know the page.");
    if (entries.nullOrigin() && entries.host.isEmpty()) {
        box->setWindowTitle(tr("Allow pages without an origin"));
        question = tr("Let pages without an origin connect for 15 minutes?");
        why = nullOriginWarning();
    } else if (!entries.origin.isEmpty() && !entries.host.isEmpty()) {
        question = tr("Let pages from %1 connect, and answer to the name %2?")
                       .arg(quotedPeerText(entries.origin.toStdString(), 80),
                           quotedPeerText(entries.host.toStdString(), 80));
    } else if (!entries.origin.isEmpty()) {
        question = tr("Let pages from %1 connect?").arg(quotedPeerText(entries.origin.toStdString(), 80));
    } else {
        question = tr("Answer to the name %1?").arg(quotedPeerText(entries.host.toStdString(), 80));
    }
    box->setText(question);
    if (entries.nullOrigin() && !entries.host.isEmpty())
        why += u' ' + nullOriginWarning();
    box->setInformativeText(displayText(why, 400));
    QPushButton* yes = box->addButton(buttonText(lifetime), QMessageBox::AcceptRole);
    QPushButton* no = box->addButton(QMessageBox::Cancel);
    nameControl(yes, "allow_question_yes", "Confirm allow");
    nameControl(no, "allow_question_no", "Cancel allow");
    box->setDefaultButton(no);
    QObject::connect(box, &QMessageBox::finished, q, [this, box, yes, number, lifetime] {
        if (box->clickedButton() == yes) {
            submit(number, lifetime);
        } else {
            operations.remove(number);
            Q_EMIT q->declined(number);
        }
    });
    box->open();
}

void AllowAction::Private::submit(quint64 number, AllowFor lifetime)
{
    Operation& operation = operations[number];
    if (operation.entries.nullOrigin())
        lifetime = AllowFor::FifteenMinutes;
    const auto status = port.status();
    const auto add = [&](ListKind kind, const QString& text) {
        if (text.isEmpty())
            return;
        command::Allow command;
        command.list = kind;
        command.entry = text.toStdString();
        command.temporary = lifetime != AllowFor::Always;
        if (lifetime == AllowFor::FifteenMinutes)
            command.lifetime = std::chrono::minutes(15);
        AllowedEntry part(listOf(status->access, kind), std::move(command), now());
        if (part.isChange())
            operation.parts.push_back(std::move(part));
    };
    add(ListKind::hosts, operation.entries.host);
    add(ListKind::origins, operation.entries.origin);
    operation.waiting = static_cast<int>(operation.parts.size());
    if (operation.parts.empty()) { // later, as with everything else: the caller does not know the number yet
        QMetaObject::invokeMethod(
            q, [this, number] { finish(number); }, Qt::QueuedConnection);
        return;
    }
    for (std::size_t i = 0; i < operation.parts.size(); ++i) {
        port.submitWithReply(operation.parts[i].command(), q, [this, number, i](const event::CommandFinished& outcome) {
            const auto found = operations.find(number);
            if (found == operations.end())
                return;
            if (outcome.error)
                found->failure = wordsOf(outcome.error->message());
            else
                found->parts[i].setDone(now());
            if (--found->waiting == 0)
                finish(number);
        });
    }
}

void AllowAction::Private::finish(quint64 number)
{
    Operation& operation = operations[number];
    if (operation.failure.isEmpty()) {
        const AllowEntries entries = operation.entries;
        Q_EMIT q->allowed(number, entries);
        return;
    }
    takeBack(operation);
    const QString why = operation.failure;
    operations.remove(number);
    Q_EMIT q->failed(number, why);
}

void AllowAction::Private::takeBack(const Operation& operation)
{
    const auto status = port.status();
    for (const AllowedEntry& part : operation.parts) {
        if (auto back = part.takenBackFrom(listOf(status->access, part.command().list), now()))
            port.submit(std::move(*back));
    }
}

void AllowAction::undo(quint64 operation)
{
    const auto found = d->operations.find(operation);
    if (found == d->operations.end() || found->waiting > 0)
        return;
    d->takeBack(d->operations.take(operation));
    Q_EMIT undone(operation);
}

} // namespace jackfield::ui
