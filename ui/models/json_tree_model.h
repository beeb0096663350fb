#pragma once

#include "ui/text/json_tree.h"

#include <QAbstractItemModel>

#include <memory>

namespace jackfield::ui {

/// The tree of one JSON payload, the whole as its one top row. Makes text only of what is looked at.
class JsonTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Role {
        KeyRole = Qt::UserRole, ///< what stands before the value: a key, or a place in an array; neutralised
        ValueRole, ///< the value as spelt, neutralised; for a container its count "{5}", "[12]"
        KindRole, ///< JsonTree::Kind as int
        HasKeyRole, ///< KeyRole is the key of an object
    };

    explicit JsonTreeModel(QObject* parent = nullptr);

    void setTree(std::shared_ptr<const JsonTree> tree); ///< null for none
    [[nodiscard]] const JsonTree& tree() const { return *m_tree; }
    [[nodiscard]] static JsonTree::Node nodeOf(const QModelIndex& index)
    {
        return static_cast<JsonTree::Node>(index.internalId());
    }

    // QAbstractItemModel: the roles above, DisplayRole ("type: "price""), ToolTipRole, AccessibleTextRole
    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString keyText(JsonTree::Node node) const;
    [[nodiscard]] QString valueText(JsonTree::Node node) const;

    std::shared_ptr<const JsonTree> m_tree;
};

} // namespace jackfield::ui
