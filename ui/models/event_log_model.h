#pragma once

#include "jackfield/event.h"
#include "jackfield/filter.h"
#include "jackfield/lanes.h"

#include <QAbstractTableModel>

#include <cstdint>
#include <deque>

namespace jackfield::ui {

enum class EventColumn : int { Time, Kind, Text, Count_ };
inline constexpr int eventColumnCount = static_cast<int>(EventColumn::Count_);

/// What happened, as sentences, oldest first; the last 10,000. Outcomes of commands appear only when they
/// failed.
class EventLogModel : public QAbstractTableModel {
    Q_OBJECT
public:
    static constexpr std::size_t maxRows = 10'000;
    enum Role {
        ConnectionIdRole = Qt::UserRole + 1, ///< quint64: the connection it concerns, 0 for none
        ProblemRole, ///< bool: something went wrong
    };

    explicit EventLogModel(QObject* parent = nullptr);
    ~EventLogModel() override;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    [[nodiscard]] std::uint64_t lostCount() const { return m_lost; } ///< events that the lane lost
    [[nodiscard]] std::uint64_t droppedCount() const { return m_dropped; } ///< older ones that gave way
    void clear();
    /// Takes the last clearing back.
    void undoClear();

public Q_SLOTS:
    void apply(const jackfield::EventBatch& batch);

private:
    struct Entry {
        WallTime at{};
        ConnectionId connection;
        std::string_view kind; // static storage: name_of(Event)
        std::string text; // in the words of the window, or a sentence that wordsOf puts into them
        bool problem = false;
        bool isInWords = false;
    };
    [[nodiscard]] static QString sentence(const Entry& entry);

    std::deque<Entry> m_entries;
    std::deque<Entry> m_cleared; // for undoClear
    std::uint64_t m_lost = 0;
    std::uint64_t m_dropped = 0;
};

[[nodiscard]] QString titleOf(EventColumn column);

} // namespace jackfield::ui
