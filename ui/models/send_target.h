#pragma once

#include "ui/models/connection_store.h"
#include "ui/models/follow.h"

#include "jackfield/command.h"
#include "jackfield/event.h"
#include "jackfield/filter.h"

#include <QObject>
#include <QString>

#include <functional>
#include <string>
#include <unordered_set>
#include <vector>

namespace jackfield::ui {

/// Whom something is sent to, as it was chosen: ids, or a rule that is resolved on every sending.
struct Audience {
    enum class Choice {
        selection, ///< `ids`
        all,
        allButSelection, ///< all but `ids`
        filter, ///< those that pass `filter`
        endpoint, ///< those on `endpoint`
        page, ///< the page that is followed
    };
    Choice choice = Choice::selection;
    std::vector<ConnectionId> ids;
    Filter filter;
    std::string endpoint; ///< its pattern
};

/// Whether both were chosen alike, whoever that means at present.
[[nodiscard]] bool isSameChoice(const Audience& one, const Audience& other);

/// Whom the composer sends to. The rules: the open ones of the selection; without one, the only open
/// connection; otherwise nobody. It never falls back to all: that has to be chosen. A pinned target stays
/// what it is whatever is selected.
class SendTarget : public QObject {
    Q_OBJECT
public:
    using Choice = Audience::Choice;

    /// `store` must outlive it; `follow` may be null (then there is no page) and must outlive it too.
    SendTarget(ConnectionStore& store, Follow* follow, QObject* parent = nullptr);
    ~SendTarget() override;

    void setSelection(std::vector<ConnectionId> ids);
    [[nodiscard]] const std::vector<ConnectionId>& selection() const { return m_selection; }
    /// Also releases a pinned target. All but the selection holds who is selected now (`isPinned`): whoever was to be spared stays
    /// so when a filter hides them.
    void setChoice(Choice choice);
    /// Chooses those that pass a filter of connections; nobody passes the empty one.
    void setFilter(const Filter& filter);
    [[nodiscard]] const Filter& filter() const { return m_filter; }
    /// Chooses those on the endpoint with this pattern.
    void setEndpoint(const std::string& pattern);
    [[nodiscard]] const std::string& endpoint() const { return m_endpoint; }
    [[nodiscard]] Choice choice() const { return m_choice; }
    /// Holds the present target, or lets the selection decide again. Pinning nobody does nothing.
    void setPinned(bool pinned);
    [[nodiscard]] bool isPinned() const { return m_pinned; }
    /// True where there is a page to choose.
    [[nodiscard]] bool canFollowPage() const { return m_follow != nullptr && m_follow->isFollowing(); }

    /// For a command; Target::Kind::none when there is nobody. A filter is resolved here.
    [[nodiscard]] Target target() const;
    [[nodiscard]] bool hasTarget() const { return m_count != 0; }
    /// The open connections it means at present.
    [[nodiscard]] std::size_t count() const { return m_count; }
    /// True when all of them are here without a WebSocket (SockJS), so that no frame can be sent to them.
    [[nodiscard]] bool isWithoutWebSocket() const;
    /// True for all and all but: the button is amber.
    [[nodiscard]] bool isBroad() const;
    /// "#7 Firefox · localhost:5173 → /chat", "3 connections", "all 214", "3 that pass the filter", "2 on
    /// /chat". Neutralised, ampersands as they are.
    [[nodiscard]] QString targetText() const { return m_text; }
    /// The button: "Send to #7 Firefox · localhost:5173 → /chat", "Send to 3", "Send to all 214", "Choose a
    /// connection". Neutralised, with ampersands doubled.
    [[nodiscard]] QString buttonText() const;

    /// The present target, to be sent to later whatever is selected by then.
    [[nodiscard]] Audience audience() const;
    /// What `audience` means at this moment; Target::Kind::none when there is nobody (any more).
    [[nodiscard]] Target resolve(const Audience& audience) const;
    /// True when nobody will be there again: an audience of ids that are all closed, or a page that is no
    /// longer followed. Rules may find somebody later.
    [[nodiscard]] bool isGone(const Audience& audience) const;

Q_SIGNALS:
    /// Target, count or text changed.
    void changed();

private:
    void onStoreChanged(const ConnectionChanges& changes);
    void refresh();
    void judgeAll();
    void judge(ConnectionSlot slot);
    [[nodiscard]] bool passes(const Audience& audience, ConnectionSlot slot) const;
    [[nodiscard]] bool isReachable(ConnectionId id) const;
    [[nodiscard]] std::vector<ConnectionId> openOf(const std::vector<ConnectionId>& ids) const;

    ConnectionStore& m_store;
    Follow* m_follow;
    std::vector<ConnectionId> m_selection;
    std::vector<ConnectionId> m_pinnedIds;
    Choice m_choice = Choice::selection;
    bool m_pinned = false;
    Filter m_filter;
    std::string m_endpoint;
    std::unordered_set<ConnectionId> m_passing; // kept for the choices filter and endpoint
    std::vector<ConnectionId> m_ids; // kept for the choices selection and page: the open ones
    std::size_t m_count = 0;
    QString m_text;
    std::vector<ConnectionId> m_spared; // kept for the choice allButSelection
};

/// What a finished Send, Ping or Kick did, with the verb in its past form: "3 sent", "3 sent, 1 gone", "2
/// sent, 1 skipped (the queue is full)"; the error's sentence where it failed.
[[nodiscard]] QString outcomeText(const event::CommandFinished& outcome, const QString& verb);

} // namespace jackfield::ui
