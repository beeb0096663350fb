#pragma once

#include "jackfield/config.h"

#include <QAbstractTableModel>

#include <string>
#include <unordered_map>
#include <vector>

namespace jackfield::ui {

class ConnectionStore;
struct ConnectionChanges;

enum class EndpointColumn : int { Path, Answers, Subprotocols, Open, Count_ };

/// The endpoints of the server, with how many connections are open on each.
class EndpointModel : public QAbstractTableModel {
    Q_OBJECT
public:
    /// `connections` must outlive it.
    explicit EndpointModel(const ConnectionStore& connections, QObject* parent = nullptr);

    /// Rows that stay keep their selection: they are told apart by their pattern.
    void setEndpoints(const std::vector<EndpointConfig>& endpoints);
    [[nodiscard]] const std::vector<EndpointConfig>& endpoints() const { return m_endpoints; }
    /// -1 for none.
    [[nodiscard]] int rowOf(const std::string& pattern) const;
    [[nodiscard]] std::size_t openOn(const std::string& pattern) const;

    // QAbstractItemModel: DisplayRole, ToolTipRole, TextAlignmentRole
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    void count(const ConnectionChanges& changes);
    void countAll();

    const ConnectionStore& m_connections;
    std::vector<EndpointConfig> m_endpoints;
    std::unordered_map<std::string, std::size_t> m_open; // by pattern
};

} // namespace jackfield::ui
