#include "ui/views/answers_button.h"

#include "ui/bridge/engine_port.h"
#include "ui/text/display_text.h"
#include "ui/text/phrases.h"
#include "ui/views/behaviour_choice.h"
#include "ui/views/controls.h"

#include <QActionGroup>
#include <QMenu>

#include <algorithm>

namespace jackfield::ui {

AnswersButton::AnswersButton(EnginePort& port, QWidget* parent)
    : MenuButton(QString(), parent)
    , m_port(port)
{
    nameControl(this, "answers", "Answers");
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("answers_menu"));
    setMenu(menu);
    connect(&port, &EnginePort::statusChanged, this, &AnswersButton::refresh);
    refresh(*port.status());
}

void AnswersButton::refresh(const ServerStatus& status)
{
    if (status.endpoints == m_endpoints && !text().isEmpty())
        return;
    m_endpoints = status.endpoints;
    QMenu& all = *menu();
    const auto old = all.findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly);
    all.clear();
    qDeleteAll(old);
    const auto addEdit = [&] {
        QAction* edit = all.addAction(tr("E&ndpoints..."));
        edit->setObjectName(QStringLiteral("answer_endpoints"));
        connect(edit, &QAction::triggered, this, &AnswersButton::endpointsRequested);
    };
    if (m_endpoints.empty()) {
        setText(tr("Answers: nothing ▾"));
        addEdit();
        return;
    }
    // What pages get whose path nobody thought of is what the button is about; the other endpoints have a menu each.
    const auto everything = std::find_if(m_endpoints.begin(), m_endpoints.end(),
        [](const EndpointConfig& one) { return one.pattern == "/*"; });
    const EndpointConfig* const main
        = everything != m_endpoints.end() ? &*everything : m_endpoints.size() == 1 ? &m_endpoints.front() : nullptr;
    const std::string& first = (main ? *main : m_endpoints.front()).behaviour;
    const bool same = main || std::all_of(m_endpoints.begin(), m_endpoints.end(), [&](const EndpointConfig& one) {
        return one.behaviour == first;
    });
    setText(same ? tr("Answers: %1 ▾").arg(displayText(first, 20)) : tr("Answers: mixed ▾"));
    if (main) {
        fill(all, *main);
        all.addSeparator();
    }
    for (const EndpointConfig& endpoint : m_endpoints) {
        if (&endpoint == main)
            continue;
        QMenu* one = all.addMenu(mnemonicSafe(
            tr("%1: %2").arg(displayText(endpoint.pattern, 60), displayText(endpoint.behaviour, 20))));
        fill(*one, endpoint);
    }
    all.addSeparator();
    addEdit();
}

void AnswersButton::fill(QMenu& menu, const EndpointConfig& endpoint)
{
    auto* group = new QActionGroup(&menu);
    for (const BehaviourWords& answer : behaviourWords()) {
        QAction* action = menu.addAction(behaviourText(answer));
        action->setObjectName(QLatin1String("answer_") + QLatin1String(answer.name));
        action->setCheckable(true);
        action->setChecked(endpoint.behaviour == answer.name);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, endpoint, name = std::string(answer.name)] {
            EndpointConfig changed = endpoint;
            changed.behaviour = name;
            submit(changed);
        });
    }
    menu.addSeparator();
    QAction* sender = menu.addAction(tr("chat &includes the sender"));
    sender->setObjectName(QStringLiteral("answer_chat_includes_sender"));
    sender->setCheckable(true);
    sender->setChecked(endpoint.chat_includes_sender);
    connect(sender, &QAction::triggered, this, [this, endpoint](bool on) {
        EndpointConfig changed = endpoint;
        changed.chat_includes_sender = on;
        submit(changed);
    });
}

void AnswersButton::submit(const EndpointConfig& endpoint)
{
    m_port.submitWithReply(
        command::SetEndpoint{endpoint}, this, [this](const event::CommandFinished& finished) {
            if (finished.error)
                Q_EMIT outcome(wordsOf(finished.error->message()));
        });
}

} // namespace jackfield::ui
