#pragma once

#include "ui/models/connection_store.h"
#include "ui/models/follow.h"

#include "jackfield/command.h"
#include "jackfield/event.h"

#include <QObject>
#include <QString>

#include <vector>

namespace jackfield::ui {

/// Whom the composer sends to. The rules: the open ones of the selection; without one, the only open
/// connection; otherwise nobody. It never falls back to all: that has to be chosen. A pinned target stays
/// what it is whatever is selected.
class SendTarget : public QObject {
    Q_OBJECT
public:
    enum class Choice {
        selection, ///< what is selected, or the only open connection
        all,
        allButSelection,
        page, ///< the page that is followed
    };

    /// `store` must outlive it; `follow` may be null (then there is no page) and must outlive it too.
    SendTarget(ConnectionStore& store, Follow* follow, QObject* parent = nullptr);
    ~SendTarget() override;

    void setSelection(std::vector<ConnectionId> ids);
    [[nodiscard]] const std::vector<ConnectionId>& selection() const { return m_selection; }
    /// Also releases a pinned target.
    void setChoice(Choice choice);
    [[nodiscard]] Choice choice() const { return m_choice; }
    /// Holds the present target, or lets the selection decide again. Pinning nobody does nothing.
    void setPinned(bool pinned);
    [[nodiscard]] bool isPinned() const { return m_pinned; }

    /// For a command; Target::Kind::none when there is nobody.
    [[nodiscard]] Target target() const { return m_target; }
    [[nodiscard]] bool hasTarget() const { return m_target.kind != Target::Kind::none; }
    /// The open connections it means at present.
    [[nodiscard]] std::size_t count() const { return m_count; }
    /// True for all and all but: the button is amber.
    [[nodiscard]] bool isBroad() const;
    /// "#7 Firefox · localhost:5173 → /chat", "3 connections", "all 214". Neutralised, ampersands as they
    /// are.
    [[nodiscard]] QString targetText() const { return m_text; }
    /// The button: "Send to #7 Firefox · localhost:5173 → /chat", "Send to 3", "Send to all 214", "Choose a
    /// connection". Neutralised, with ampersands doubled.
    [[nodiscard]] QString buttonText() const;

Q_SIGNALS:
    /// Target, count or text changed.
    void changed();

private:
    void onStoreChanged(const ConnectionChanges& changes);
    void refresh();
    [[nodiscard]] std::vector<ConnectionId> openOf(const std::vector<ConnectionId>& ids) const;

    ConnectionStore& m_store;
    Follow* m_follow;
    std::vector<ConnectionId> m_selection;
    std::vector<ConnectionId> m_pinnedIds;
    Choice m_choice = Choice::selection;
    bool m_pinned = false;
    Target m_target;
    std::size_t m_count = 0;
    QString m_text;
};

/// What a finished Send, Ping or Kick did, with the verb in its past form: "3 sent", "3 sent, 1 gone", "2
/// sent, 1 skipped (the queue is full)"; the error's sentence where it failed.
[[nodiscard]] QString outcomeText(const event::CommandFinished& outcome, const QString& verb);

} // namespace jackfield::ui
