#include "ui/views/refusal_bar.h"

#include "ui/bridge/engine_port.h"
#include "ui/models/refused_model.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/allow_action.h"
#include "ui/views/controls.h"

#include <QPushButton>

#include <algorithm>
#include <variant>

namespace jackfield::ui {

namespace {

/// Refusals that wait for their turn; more of them are in the table of refused attempts anyway.
constexpr std::size_t maxWaiting = 200;

} // namespace

RefusalBar::RefusalBar(EnginePort& port, RefusedModel& model, AllowAction& allow, QWidget* parent)
    : NoticeBar(Severity::Warning, "refusal_bar", "Refused page", parent)
    , m_port(port)
    , m_model(model)
    , m_allow(allow)
{
    m_more = addButton({}, "refusal_more", "More refused pages");
    m_more->setProperty("quiet", true);
    m_always = addButton(AllowAction::buttonText(AllowFor::Always), "refusal_allow", "Allow");
    m_untilClose = addButton(AllowAction::buttonText(AllowFor::UntilJackfieldCloses), "refusal_allow_once",
        "Only until Jackfield closes");
    m_details = addButton(tr("Details"), "refusal_details", "Details of the refusal");
    m_ignore = addButton(tr("Ignore"), "refusal_ignore", "Ignore the refusal");
    m_undo = addButton(tr("Undo"), "refusal_undo", "Undo allow");
    m_dismiss = addButton(tr("Close"), "refusal_dismiss", "Close this bar");

    m_arming.setSingleShot(true);
    m_arming.setInterval(500);
    connect(&m_arming, &QTimer::timeout, this, [this] {
        m_armed = true;
        updateButtons();
    });
    m_followUp.setSingleShot(true);
    connect(&m_followUp, &QTimer::timeout, this, [this] { showNext(); });

    connect(m_more, &QPushButton::clicked, this, [this] { Q_EMIT detailsRequested(0); });
    connect(m_always, &QPushButton::clicked, this, [this] { allowNow(true); });
    connect(m_untilClose, &QPushButton::clicked, this, [this] { allowNow(false); });
    connect(m_details, &QPushButton::clicked, this,
        [this] { Q_EMIT detailsRequested(m_waiting.empty() ? 0 : m_waiting.front()); });
    connect(m_ignore, &QPushButton::clicked, this, [this] {
        if (!m_waiting.empty()) {
            const quint64 key = m_waiting.front();
            m_waiting.pop_front();
            m_phase
                = Phase::Idle; // before the model speaks, so that this attempt is nobody's question any more
            m_model.ignore(key);
        }
        showNext();
    });
    connect(m_undo, &QPushButton::clicked, this, [this] { m_allow.undo(m_operation); });
    connect(m_dismiss, &QPushButton::clicked, this, [this] { showNext(); });

    connect(&model, &RefusedModel::fixableArrived, this, &RefusalBar::enqueue);
    connect(&model, &RefusedModel::attentionChanged, this, &RefusalBar::prune);
    connect(&port, &EnginePort::eventsTaken, this, &RefusalBar::onEvents);
    connect(&allow, &AllowAction::allowed, this, [this](quint64 operation) {
        if (m_phase != Phase::Busy || operation != m_operation)
            return;
        if (!m_waiting.empty())
            m_waiting.pop_front();
        m_connected = false;
        setSeverity(Severity::Notice);
        setText(tr("Allowed."), tr("Reload the page if it does not retry."));
        setPhase(Phase::Allowed);
        startFollowUp();
    });
    connect(&allow, &AllowAction::declined, this, [this](quint64 operation) {
        if (m_phase == Phase::Busy && operation == m_operation)
            showNext();
    });
    connect(&allow, &AllowAction::failed, this, [this](quint64 operation, const QString& why) {
        if (m_phase != Phase::Busy || operation != m_operation)
            return;
        setSeverity(Severity::Danger);
        setText(tr("Not allowed:"), displayText(why));
        setPhase(Phase::Failed);
    });
    connect(&allow, &AllowAction::undone, this, [this](quint64 operation) {
        if (m_phase == Phase::Allowed && operation == m_operation)
            showNext();
    });
    updateButtons();
}

const RefusedAttempt* RefusalBar::needing(quint64 key) const
{
    const RefusedAttempt* attempt = m_model.find(key);
    return attempt != nullptr && attempt->standing == RefusedAttempt::Standing::needsYou ? attempt : nullptr;
}

void RefusalBar::enqueue(quint64 key)
{
    if (std::find(m_waiting.begin(), m_waiting.end(), key) != m_waiting.end()
        || m_waiting.size() >= maxWaiting)
        return;
    const RefusedAttempt* attempt = needing(key);
    if (attempt == nullptr || !AllowAction::canHelp(attempt->what))
        return;
    m_waiting.push_back(key);
    if (m_phase == Phase::Idle)
        showNext();
    else if (m_phase == Phase::Allowed)
        startFollowUp();
    updateMore();
}

void RefusalBar::prune()
{
    if (m_phase == Phase::Busy || m_phase == Phase::Failed)
        return;
    const quint64 shown = m_phase == Phase::Asking && !m_waiting.empty() ? m_waiting.front() : 0;
    std::erase_if(m_waiting, [this](quint64 key) { return needing(key) == nullptr; });
    if (shown != 0 && (m_waiting.empty() || m_waiting.front() != shown))
        showNext();
    else
        updateMore();
}

void RefusalBar::showNext()
{
    m_followUp.stop();
    m_operation = 0;
    std::erase_if(m_waiting, [this](quint64 key) { return needing(key) == nullptr; });
    if (m_waiting.empty()) {
        setPhase(Phase::Idle);
        hide();
        return;
    }
    present(*needing(m_waiting.front()));
}

void RefusalBar::present(const RefusedAttempt& attempt)
{
    const AllowEntries entries = AllowAction::entriesFor(attempt.what);
    m_null = entries.nullOrigin();
    setSeverity(Severity::Warning);
    QString sentence = refusalSentence(attempt.what);
    // The page stands out; the sentence is the model's, so that the table says the same.
    QString subject = displayText(attempt.what.origin, 80);
    if (!subject.isEmpty() && sentence.startsWith(subject + u' '))
        sentence = sentence.mid(subject.size() + 1);
    else
        subject.clear();
    if (m_null)
        sentence += u' ' + AllowAction::nullOriginWarning();
    setText(subject, sentence);
    m_always->setText(AllowAction::buttonText(m_null ? AllowFor::FifteenMinutes : AllowFor::Always));
    m_armed = false;
    m_arming.start();
    setPhase(Phase::Asking);
    show();
}

void RefusalBar::allowNow(bool always)
{
    const RefusedAttempt* attempt
        = m_phase == Phase::Asking && m_armed && !m_waiting.empty() ? needing(m_waiting.front()) : nullptr;
    if (attempt == nullptr)
        return;
    m_origin = attempt->what.origin;
    m_host = attempt->what.host;
    setPhase(Phase::Busy);
    m_operation = m_allow.allow(attempt->what,
        m_null       ? AllowFor::FifteenMinutes
            : always ? AllowFor::Always
                     : AllowFor::UntilJackfieldCloses);
    if (m_operation == 0)
        showNext();
}

void RefusalBar::startFollowUp()
{
    using namespace std::chrono_literals;
    if (!m_waiting.empty())
        m_followUp.start(m_followUpTime);
    else if (m_connected)
        m_followUp.start(30s);
}

void RefusalBar::onEvents(const EventBatch& batch)
{
    if (m_phase != Phase::Allowed || m_connected)
        return;
    for (const Event& event : batch.events) {
        const auto* opened = std::get_if<event::Opened>(&event.what);
        if (opened == nullptr || opened->info == nullptr || *opened->info->origin != m_origin
            || *opened->info->host != m_host)
            continue;
        m_connected = true;
        setText(tr("Allowed."), tr("The page has connected as #%1.").arg(formatCount(opened->info->number)));
        startFollowUp();
        return;
    }
}

void RefusalBar::setPhase(Phase phase)
{
    m_phase = phase;
    updateButtons();
    updateMore();
}

void RefusalBar::updateButtons()
{
    const bool asking = m_phase == Phase::Asking || m_phase == Phase::Busy;
    m_always->setVisible(asking);
    m_untilClose->setVisible(asking && !m_null);
    m_details->setVisible(asking);
    m_ignore->setVisible(asking || m_phase == Phase::Failed);
    m_undo->setVisible(m_phase == Phase::Allowed);
    m_dismiss->setVisible(m_phase == Phase::Allowed);
    for (QPushButton* button : {m_always, m_untilClose, m_details, m_ignore})
        button->setEnabled(m_armed && m_phase != Phase::Busy);
}

void RefusalBar::updateMore()
{
    const bool frontIsShown = m_phase == Phase::Asking || m_phase == Phase::Busy || m_phase == Phase::Failed;
    const std::size_t more = m_waiting.size() - (frontIsShown && !m_waiting.empty() ? 1 : 0);
    m_more->setVisible(more > 0);
    m_more->setText(tr("and %1 more").arg(formatCount(more)));
}

} // namespace jackfield::ui
