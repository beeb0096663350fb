#pragma once

#include "ui/models/connection_column.h"
#include "ui/models/connection_order.h"
#include "ui/models/connection_store.h"

#include <QAbstractTableModel>
#include <QElapsedTimer>
#include <QTimer>

#include <chrono>
#include <functional>
#include <unordered_set>
#include <vector>

namespace jackfield::ui {

/// The connection table. Keeps its own filter and order (no proxy model) and survives 100,000 rows with
/// 10,000 changes a tick: rows that only changed give one dataChanged span; rows are sorted again at most
/// once a second, through layoutChanged, with persistent indexes kept by id. Sorting by a header goes through
/// `sort` (QTableView::setSortingEnabled works).
///
/// Everything it shows is neutralised text; show it as plain text.
class ConnectionModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role {
        ConnectionIdRole = Qt::UserRole + 1, ///< quint64: ConnectionId::value()
        NumberRole, ///< quint64
        IsOpenRole, ///< bool
        StateRole, ///< int: ConnectionState
        FlagsRole, ///< int: ConnectionFlag bits
        ColourRole, ///< int: PageColour, in the Name column
        BadgeRole, ///< QString for the Name column: "follows" on a followed connection, else empty
    };

    /// `clock`: the engine's monotonic nanoseconds, for ages (EnginePort::clockNow). `store` must outlive the
    /// model.
    ConnectionModel(ConnectionStore& store, std::function<std::int64_t()> clock, QObject* parent = nullptr);
    ~ConnectionModel() override;

    // QAbstractItemModel
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    /// DisplayRole, ToolTipRole (already escaped), TextAlignmentRole, AccessibleTextRole,
    /// AccessibleDescriptionRole (State column: the whole row in a sentence) and the roles above.
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    [[nodiscard]] ConnectionStore& store() const { return m_store; }
    [[nodiscard]] ConnectionId idAt(int row) const; ///< the null id outside of the table
    [[nodiscard]] int rowOf(ConnectionId id) const; ///< -1 when it is no row
    [[nodiscard]] QModelIndex indexOf(
        ConnectionId id, ConnectionColumn column = ConnectionColumn::Name) const;
    /// All rows from the top, closed ones included.
    [[nodiscard]] std::vector<ConnectionId> ids() const;
    /// The open ones among the rows: what "all that pass the filter" means.
    [[nodiscard]] std::vector<ConnectionId> openIds() const;
    /// Whether the filter lets a known connection through, row or not.
    [[nodiscard]] bool passesFilter(ConnectionId id) const;

    void setFilter(const Filter& filter);
    [[nodiscard]] const Filter& filter() const { return m_order.filter(); }
    void setShowClosed(bool show);
    [[nodiscard]] bool showClosed() const { return m_order.showClosed(); }
    void clearClosed(); ///< of the store
    /// Connections that the filter hides (those hidden only as closed ones do not count).
    [[nodiscard]] std::size_t hiddenByFilter() const;

    /// While true, no row moves, comes in between or goes away (a button is down, a menu is open, the pointer
    /// has just moved): new ones are added at the end. Leaving it applies what waited.
    void holdOrder(bool hold);
    [[nodiscard]] bool isOrderHeld() const { return m_held; }
    /// Whether the order would be another one without the hold: show "order paused".
    [[nodiscard]] bool isOrderPaused() const { return m_held && m_stale; }
    /// The shortest time between two sortings; 1 s unless set.
    void setSortInterval(std::chrono::milliseconds interval) { m_sortInterval = interval; }
    /// The connections that "Follow this page" follows, for their badge.
    void setFollowed(std::vector<ConnectionId> ids);

Q_SIGNALS:
    void orderPausedChanged(bool paused);
    /// Rows, hidden or closed ones have changed in number.
    void countsChanged();

private:
    [[nodiscard]] QString badgeOf(const ConnectionRecord& record) const;
    void onStoreChanged(const ConnectionChanges& changes);
    void refreshAges();
    void showOpened(const std::vector<ConnectionSlot>& slots);
    void showClosedOnes(const std::vector<ConnectionSlot>& slots);
    void moveToClosed(const std::vector<ConnectionSlot>& staying, const std::vector<ConnectionSlot>& leaving,
        const std::vector<ConnectionSlot>& slots);
    void takeAway(const std::vector<ConnectionSlot>& slots);
    void showChanged(const std::vector<ConnectionSlot>& slots);
    void arrange(); // makes the rows what the order says, held or not
    void rearrangeTo(std::vector<ConnectionSlot> rows); // the same set in another order
    void markStale();
    void renumber(std::size_t first = 0);
    void scheduleSort();
    [[nodiscard]] QString display(
        const ConnectionRecord& record, ConnectionSlot slot, ConnectionColumn column) const;
    [[nodiscard]] static QString howItCame(const ConnectionInfo& info, const ConnectionCounters& counters);
    [[nodiscard]] QString toolTip(
        const ConnectionRecord& record, ConnectionSlot slot, ConnectionColumn column) const;

    ConnectionStore& m_store;
    ConnectionOrder m_order;
    std::function<std::int64_t()> m_clock;
    std::vector<ConnectionSlot> m_rows;
    std::vector<int> m_rowOf; // by slot; -1: no row
    std::size_t m_openRows = 0; // rows of the open block; meaningless while m_mixed
    std::unordered_set<ConnectionId> m_followed;
    QTimer m_sortTimer;
    QTimer m_ageTimer;
    QElapsedTimer m_sinceSort;
    std::chrono::milliseconds m_sortInterval{1'000};
    bool m_held = false;
    bool m_stale = false; // the order would be another one
    bool m_mixed = false; // open and closed rows are mixed; only while held
};

} // namespace jackfield::ui
