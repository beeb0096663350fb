#pragma once

#include "ui/models/page_colour.h"

#include "jackfield/connection.h"
#include "jackfield/lanes.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace jackfield::ui {

/// Where a record is in the store. Valid from its `opened` notice until its `removed` notice has been
/// handled; then used again.
using ConnectionSlot = std::uint32_t;

/// One connection, live or among the last closed ones.
struct ConnectionRecord {
    std::shared_ptr<const ConnectionInfo> info; ///< never null in a live slot
    ConnectionCounters counters;
    std::unique_ptr<const CloseInfo> close; ///< set once it is closed
    std::uint32_t ordinal = 1; ///< 2 for the second tab of the same page
    std::uint64_t closeOrder = 0; ///< counts up with each closing; 0 while open
    bool isLeaving = false; ///< being removed: readable during the notice, and in no list any more

    [[nodiscard]] bool isOpen() const { return close == nullptr; }
};

/// What one batch did to the store. No slot is in two lists but for those of `restated` and
/// `closedUnkept`.
struct ConnectionChanges {
    /// A snapshot: counts begin anew. What was open has been compared with it, and the lists hold the difference.
    bool reset = false;
    std::vector<ConnectionSlot> opened; ///< new records; rarely one is closed already
    std::vector<ConnectionSlot> changed; ///< counters or state moved, or the name did
    std::vector<ConnectionSlot> restated; ///< those of `changed` whose state, flags or name moved
    std::vector<ConnectionSlot> closed; ///< were open, are closed, in the order of closing
    std::vector<ConnectionSlot> removed; ///< forgotten; still readable during the notice
    /// Those of `removed` that were open before: they closed in the same batch, and there was no room to keep them.
    std::vector<ConnectionSlot> closedUnkept;

    [[nodiscard]] bool isEmpty() const
    {
        return !reset && opened.empty() && changed.empty() && closed.empty() && removed.empty();
    }
};

/// What makes two connections the same page: origin, path and user agent.
struct PageIdentity {
    std::string origin; ///< "-" without an Origin header
    std::string path; ///< without the query
    std::string userAgent;
    [[nodiscard]] static PageIdentity of(const ConnectionInfo& info);
    bool operator==(const PageIdentity&) const = default;
};

/// What a person called a page, and how they marked it.
struct RememberedPage {
    PageIdentity page;
    QString name; ///< empty: the one it comes with
    PageColour colour = PageColour::none;
    bool operator==(const RememberedPage&) const = default;
};

/// Every connection that the window knows: all open ones and the last 1,000 closed, by id. Feeds on the state
/// lane.
class ConnectionStore : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t maxClosed = 1'000;
    static constexpr std::size_t maxRemembered = 1'000; ///< pages with a name or a colour
    static constexpr std::size_t maxIdentity = 8'192; ///< bytes of a page that is remembered

    explicit ConnectionStore(QObject* parent = nullptr);
    ~ConnectionStore() override;

    [[nodiscard]] std::optional<ConnectionSlot> find(ConnectionId id) const;
    /// Null for an id it does not (or no longer) know. The pointer lives until the next batch.
    [[nodiscard]] const ConnectionRecord* record(ConnectionId id) const;
    [[nodiscard]] const ConnectionRecord& at(ConnectionSlot slot) const { return m_records[slot]; }
    [[nodiscard]] std::optional<ConnectionId> findNumber(std::uint64_t number) const;

    /// "Firefox · localhost:5173 → /chat", "... (2)" for a second live tab of the same page, "127.0.0.1:51234
    /// → /chat" without user agent and origin; the name a person gave it where there is one. Neutralised, at
    /// most 256 characters.
    [[nodiscard]] QString name(ConnectionSlot slot) const;
    [[nodiscard]] QString name(ConnectionId id) const; ///< empty for an unknown id
    /// The name without its "(2)", to sort by; empty for a connection that is named by its address.
    [[nodiscard]] const QString& pageName(ConnectionSlot slot) const;
    [[nodiscard]] std::string_view pageNameUtf8(ConnectionSlot slot) const; ///< the same, to filter by
    /// "#7 Firefox · localhost:5173 → /chat"; "a closed connection" for an unknown id.
    [[nodiscard]] QString label(ConnectionId id) const;
    /// Names the page behind `id`; connections of the same page inherit it. An empty name takes it
    /// back.
    void setCustomName(ConnectionId id, const QString& name);
    /// The same for a page, be it here or not.
    void setCustomName(const PageIdentity& page, const QString& name);
    /// Marks the page behind `id`; connections of the same page inherit it.
    void setColour(ConnectionId id, PageColour colour) { setColour(std::span(&id, 1), colour); }
    void setColour(std::span<const ConnectionId> ids, PageColour colour);
    [[nodiscard]] PageColour colour(ConnectionSlot slot) const;
    /// The pages that have a name or a colour of a person, the one that was given it first at the front; at
    /// most maxRemembered, of which the oldest give way.
    [[nodiscard]] std::vector<RememberedPage> rememberedPages() const;
    /// Takes over what was remembered before: into force at once, and in place of what is.
    void setRememberedPages(const std::vector<RememberedPage>& pages);
    /// Takes all names and colours back.
    void forgetPages();
    [[nodiscard]] bool hasRememberedPages() const { return !m_given.empty(); }

    [[nodiscard]] std::size_t openCount() const { return m_openCount; }
    [[nodiscard]] std::size_t closedCount() const { return m_closed.size(); }
    /// Closed connections that are no longer in the store (or never were: the lane's budget).
    [[nodiscard]] std::uint64_t forgottenClosed() const { return m_forgotten; }
    [[nodiscard]] std::vector<ConnectionId> openIds() const;
    /// Every slot in use, in no particular order.
    [[nodiscard]] std::vector<ConnectionSlot> slotsInUse() const;
    /// The bound of slot numbers: all are below it.
    [[nodiscard]] std::size_t slotBound() const { return m_records.size(); }
    /// Open ids of the page `identity`, oldest first.
    [[nodiscard]] std::vector<ConnectionId> openOfPage(const PageIdentity& identity) const;
    /// The engine's clock of the last batch.
    [[nodiscard]] std::int64_t publishedAt() const { return m_publishedAt; }

public Q_SLOTS:
    void apply(const jackfield::StateBatch& batch);
    /// Forgets every closed connection; their messages stay where they are.
    void clearClosed();
    /// Brings back those that were cleared last, the newest that there is room for.
    void undoClearClosed();

Q_SIGNALS:
    /// Once for each batch that changed something. Connect directly.
    void changed(const jackfield::ui::ConnectionChanges& changes);
    /// A person gave or took back a name or a colour.
    void rememberedPagesChanged();

private:
    struct NameGroup;
    struct Given {
        QString name;
        PageColour colour = PageColour::none;
        std::uint64_t order = 0; // counts up
    };
    /// Changes what a person gave the page `key`, or takes it back where nothing is left.
    template <class Change>
    void give(const std::string& key, Change change);
    void replaceGiven(std::unordered_map<std::string, Given> given);
    ConnectionSlot insert(std::shared_ptr<const ConnectionInfo> info, const ConnectionCounters& counters);
    void endOpen(ConnectionSlot slot, const ConnectionCounters& counters, const CloseInfo& close);
    void markClosed(ConnectionSlot slot, const ConnectionCounters& counters, const CloseInfo& close);
    void trimClosed(std::vector<ConnectionSlot>& removed);
    void announceAndRelease(const ConnectionChanges& changes);
    void release(ConnectionSlot slot);
    void joinGroup(ConnectionSlot slot);
    void freeOrdinal(ConnectionSlot slot);
    void nameGroup(NameGroup& group, const ConnectionInfo& info) const;
    void announceGroups(const std::unordered_set<const NameGroup*>& groups);
    [[nodiscard]] QString nameOfPage(const std::string& key, const ConnectionInfo& info) const;

    std::vector<ConnectionRecord> m_records;
    std::vector<NameGroup*> m_groups; // beside m_records
    std::vector<ConnectionSlot> m_free;
    std::unordered_map<ConnectionId, ConnectionSlot> m_byId;
    std::unordered_map<std::string, std::unique_ptr<NameGroup>> m_groupByKey;
    std::unordered_map<std::string, Given> m_given; // by page
    std::uint64_t m_lastGiven = 0;
    std::deque<ConnectionSlot> m_closed; // oldest first
    std::vector<ConnectionRecord> m_cleared; // the same, for undoClearClosed
    std::size_t m_openCount = 0;
    std::uint64_t m_forgotten = 0;
    std::uint64_t m_closeOrder = 0;
    std::int64_t m_publishedAt = 0;
};

} // namespace jackfield::ui
