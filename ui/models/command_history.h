#pragma once

#include "ui/bridge/engine_port.h"

#include <QAbstractTableModel>
#include <QString>

#include <cstdint>
#include <deque>
#include <string>

namespace jackfield::ui {

class ConnectionStore;

enum class HistoryColumn : int { Time, Command, Outcome, Count_ };
inline constexpr int historyColumnCount = static_cast<int>(HistoryColumn::Count_);

/// Each action of the window as the command that does the same (jackfield/command_text.h), oldest first: the
/// last 1,000 with at most 64 MiB of payload. One that is done again at once, as a repetition does, is counted
/// in its row.
class CommandHistory : public QAbstractTableModel {
    Q_OBJECT
public:
    static constexpr std::size_t maxRows = 1'000;
    static constexpr std::uint64_t maxPayload = std::uint64_t{64} << 20U;
    enum Role {
        FailedRole = Qt::UserRole + 1, ///< bool
    };

    /// `connections` gives the numbers for ids; it and the port must outlive this.
    CommandHistory(EnginePort& port, const ConnectionStore& connections, QObject* parent = nullptr);

    /// The whole command of a row, payload included; empty for a row that is not there. It is printable and
    /// reads back as the same command.
    [[nodiscard]] std::string commandAt(int row) const;
    void clear();
    /// Takes the last clearing back.
    void undoClear();

    // QAbstractItemModel: DisplayRole, ToolTipRole
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Entry {
        Ticket ticket = 0;
        std::int64_t wallNs = 0;
        std::string line; ///< empty for a large payload: made when it is asked for
        QString shown;
        std::uint64_t times = 1;
        jackfield::Command command; ///< only of those
        std::uint64_t payload = 0;
        QString outcome;
        bool failed = false;
    };
    void onSubmitted(Ticket ticket, const jackfield::Command& command);
    void onFinished(Ticket ticket, const event::CommandFinished& outcome);
    [[nodiscard]] std::string format(const jackfield::Command& command) const;

    const ConnectionStore& m_connections;
    std::deque<Entry> m_entries;
    std::uint64_t m_payload = 0;
    std::deque<Entry> m_cleared; // for undoClear
};

} // namespace jackfield::ui
