#pragma once

#include "ui/models/connection_store.h"

#include <QObject>

#include <optional>
#include <vector>

namespace jackfield::ui {

/// *Follow this page*: when the followed connection has ended and exactly one live connection of the same
/// page (origin, path, user agent) is there, it becomes the followed one. With two or more of them nothing
/// moves and `ambiguous` asks.
class Follow : public QObject {
    Q_OBJECT
public:
    /// `store` must outlive it.
    explicit Follow(ConnectionStore& store, QObject* parent = nullptr);
    ~Follow() override;

    /// Follows the page behind `id`; false for a connection the store does not know. Also the answer to
    /// `ambiguous`.
    bool follow(ConnectionId id);
    void stop();
    [[nodiscard]] bool isFollowing() const { return m_page.has_value(); }
    /// The connection that is the page at present; it may be closed, waiting for the page to return. The null
    /// id when not following.
    [[nodiscard]] ConnectionId current() const { return m_current; }
    /// All connections that were the page since it is followed, oldest first: their messages belong together.
    [[nodiscard]] const std::vector<ConnectionId>& connections() const { return m_connections; }
    /// The live connections of the page when there are two or more and nothing moves; empty otherwise.
    [[nodiscard]] const std::vector<ConnectionId>& candidates() const { return m_candidates; }
    /// The page for a label: "Firefox · localhost:5173 → /chat". Neutralised.
    [[nodiscard]] QString pageName() const { return m_name; }

Q_SIGNALS:
    /// Following began, moved, waits, asks or ended.
    void changed();
    /// The page came back: `text` is the divider "came back as #12 after 1.2 s", to be shown at `wallNs`.
    void cameBack(
        jackfield::ConnectionId before, jackfield::ConnectionId now, const QString& text, qint64 wallNs);
    /// The page has two or more live connections and the followed one has ended: ask which.
    void ambiguous(const std::vector<jackfield::ConnectionId>& candidates);

private:
    void onStoreChanged(const ConnectionChanges& changes);
    void look();

    ConnectionStore& m_store;
    std::optional<PageIdentity> m_page;
    ConnectionId m_current;
    bool m_currentEnded = false;
    std::int64_t m_endedAtNs = 0; // wall clock
    std::vector<ConnectionId> m_connections;
    std::vector<ConnectionId> m_candidates;
    QString m_name;
};

} // namespace jackfield::ui
