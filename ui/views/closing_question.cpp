#include "ui/views/closing_question.h"

#include "ui/models/connection_store.h"
#include "ui/text/format.h"
#include "ui/views/controls.h"

#include "jackfield/access_rules.h"
#include "jackfield/lanes.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>
#include <utility>

namespace jackfield::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ClosingQuestion)
};

QMessageBox* questionBox(const QString& title, const QString& text, const QString& detail, QWidget* parent)
{
    auto* box = new QMessageBox(parent);
    nameControl(box, "closing_question", "Connections would end");
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setIcon(QMessageBox::Question);
    box->setWindowTitle(title);
    box->setText(text);
    box->setInformativeText(detail);
    return box;
}

/// `drop` is empty where nothing is queued.
void ask(QMessageBox* box, const QString& yes, const QString& drop, std::function<void(bool)> answer)
{
    QPushButton* deliver = box->addButton(yes, QMessageBox::AcceptRole);
    nameControl(deliver, "closing_yes", drop.isEmpty() ? "Confirm closing" : "Confirm closing and deliver");
    QPushButton* dropping = nullptr;
    if (!drop.isEmpty()) {
        dropping = box->addButton(drop, QMessageBox::DestructiveRole);
        nameControl(dropping, "closing_drop", "Confirm closing and drop");
    }
    QPushButton* no = box->addButton(QMessageBox::Cancel);
    nameControl(no, "closing_no", "Cancel closing");
    box->setDefaultButton(no);
    box->setEscapeButton(no);
    QObject::connect(box, &QMessageBox::finished, box, [box, deliver, dropping, answer = std::move(answer)] {
        if (box->clickedButton() == deliver || (dropping != nullptr && box->clickedButton() == dropping))
            answer(box->clickedButton() == dropping);
    });
    box->open();
}

QString waitingText(const WhatIsOpen& open)
{
    return Words::tr("%1 still wait to be sent to %2 of them.", "of the open connections", pluralOf(open.waiting))
        .arg(formatBytes(open.bytes), formatCount(open.waiting));
}

} // namespace

WhatIsOpen whatIsOpen(const ConnectionStore& connections)
{
    WhatIsOpen open;
    for (const ConnectionId id : connections.openIds()) {
        const std::uint32_t queued = connections.record(id)->counters.queued_bytes;
        ++open.connections;
        open.waiting += queued != 0 ? 1 : 0;
        open.bytes += queued;
    }
    return open;
}

std::uint64_t refusedByNow(
    const ConnectionStore& connections, const ServerStatus& status, std::int64_t clockNow)
{
    const TimePoint now{std::chrono::nanoseconds(clockNow)};
    std::uint64_t refused = 0;
    for (const ConnectionId id : connections.openIds()) {
        const ConnectionInfo& info = *connections.record(id)->info;
        const auto origin = info.has_origin ? std::optional<std::string_view>(*info.origin) : std::nullopt;
        const AccessDecision decision = decide(status.access, *info.host, origin, now, &info.peer);
        const bool anyOrigin = std::any_of(status.endpoints.begin(), status.endpoints.end(),
            [&](const EndpointConfig& each) { return each.any_origin && each.pattern == *info.endpoint; });
        const bool letsIn = decision.allowed()
            || (anyOrigin && !decision.block && decision.host == HostVerdict::allowed);
        refused += letsIn ? 0 : 1;
    }
    return refused;
}

QMessageBox* askToStop(const WhatIsOpen& open, std::chrono::milliseconds patience, QWidget* parent,
    std::function<void(bool dropQueued)> yes)
{
    QString detail = Words::tr("Each page gets a close with 1001.");
    if (open.waiting > 0)
        detail += u' ' + waitingText(open);
    auto* box = questionBox(Words::tr("Stop the server"),
        Words::tr("Close %1 open connections?", nullptr, pluralOf(open.connections))
            .arg(formatCount(open.connections)),
        detail, parent);
    if (open.waiting > 0)
        ask(box, Words::tr("Stop, deliver up to %1").arg(formatPeriod(patience)), Words::tr("Stop, drop now"),
            std::move(yes));
    else
        ask(box, Words::tr("Stop"), {}, std::move(yes));
    return box;
}

QMessageBox* askToQuit(const WhatIsOpen& open, std::chrono::milliseconds patience, QWidget* parent,
    std::function<void(bool dropQueued)> yes)
{
    auto* box = questionBox(Words::tr("Quit Jackfield"),
        Words::tr("Close %1 open connections?", nullptr, pluralOf(open.connections))
            .arg(formatCount(open.connections)),
        waitingText(open), parent);
    ask(box, Words::tr("Quit, deliver up to %1").arg(formatPeriod(patience)), Words::tr("Quit, drop now"),
        std::move(yes));
    return box;
}

QMessageBox* askToReapply(std::uint64_t connections, QWidget* parent, std::function<void()> yes)
{
    auto* box = questionBox(Words::tr("Close what the lists would refuse"),
        Words::tr("Close %1 open connections?", nullptr, pluralOf(connections)).arg(formatCount(connections)),
        Words::tr("The lists would refuse them now. Each page gets a close with 1008."), parent);
    ask(box, Words::tr("Close them"), {}, [yes = std::move(yes)](bool) { yes(); });
    return box;
}

QString queueOutcome(std::uint64_t sent, std::uint64_t dropped)
{
    return Words::tr("Of the messages that waited when the server stopped, %1 were sent and %2 were dropped.")
        .arg(formatCount(sent), formatCount(dropped));
}

} // namespace jackfield::ui
