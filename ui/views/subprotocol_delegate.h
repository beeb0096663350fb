#pragma once

#include "ui/views/cell_delegate.h"

#include <functional>
#include <string>

namespace jackfield::ui {

/// The cells of a subprotocol: a field for its name, a box for its behaviour. An edit is of the subprotocol
/// that it was begun on, by name, wherever that stands by then. Both cells have their text under Qt::UserRole.
class SubprotocolDelegate final : public CellDelegate {
public:
    static constexpr int nameColumn = 0;
    static constexpr int answersColumn = 1;
    using Edited = std::function<void(const std::string& subprotocol, int column, const std::string& text)>;

    SubprotocolDelegate(Edited edited, QObject* parent);

    QWidget* createEditor(
        QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// What is being typed is not overwritten when the list changes elsewhere.
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override;
    void updateEditorGeometry(
        QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    Edited m_edited;
};

} // namespace jackfield::ui
