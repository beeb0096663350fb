#pragma once

#include "jackfield/composed_message.h"

#include <QAbstractItemModel>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace jackfield::ui {

/// The templates in their folders, as a tree to be edited: new, rename, move (also by drag and drop),
/// duplicate, delete with undo, keys. Bounds are those of composed_message.h; what would pass them is refused
/// and `refused` says why.
class TemplateModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Role {
        IsFolderRole = Qt::UserRole + 1, ///< bool
        HotkeyRole, ///< int: 1 to 9, 0 for none
        SendAtOnceRole, ///< bool
        SummaryRole, ///< QString: "text, 12 bytes"; empty for a folder
    };

    explicit TemplateModel(QObject* parent = nullptr);
    ~TemplateModel() override;

    /// Replaces everything; not an edit.
    void setContent(std::vector<TemplateNode> nodes);
    [[nodiscard]] std::vector<TemplateNode> content() const;

    // QAbstractItemModel: one column. Names are neutralised but for EditRole; tooltips are escaped.
    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    using QObject::parent;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData* mimeData(const QModelIndexList& indexes) const override;
    [[nodiscard]] bool canDropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
        const QModelIndex& parent) const override;
    bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
        const QModelIndex& parent) override;
    [[nodiscard]] Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }

    [[nodiscard]] bool isFolder(const QModelIndex& index) const;
    /// Null for a folder and for no index. Lives until the next change.
    [[nodiscard]] const ComposedMessage* message(const QModelIndex& index) const;
    [[nodiscard]] bool sendsAtOnce(const QModelIndex& index) const;
    /// The template that has the key `number`; no index where none has.
    [[nodiscard]] QModelIndex findHotkey(int number) const;

    /// New ones stand behind `beside`: inside it where that is a folder, below it otherwise; at the end for
    /// no index. A name that the folder has already gets a number. No index when it is refused.
    QModelIndex addFolder(const QString& name, const QModelIndex& beside);
    QModelIndex addTemplate(const QString& name, const ComposedMessage& message, const QModelIndex& beside);
    /// With all that a folder holds; keys stay with the original.
    QModelIndex duplicate(const QModelIndex& index);
    /// Puts another message into a template; false when it is too large.
    bool setMessage(const QModelIndex& index, const ComposedMessage& message);
    /// Takes the key away from the template that has it. 0 gives none.
    void setHotkey(const QModelIndex& index, int number);
    void setSendAtOnce(const QModelIndex& index, bool atOnce);
    /// Moves it one place up or down among its siblings; false at the end.
    bool moveBy(const QModelIndex& index, int places);
    /// Moves it out of its folder, behind it; false at the top.
    bool moveOut(const QModelIndex& index);
    /// Moves it into the folder that stands above it; false when what stands there is none.
    bool moveIn(const QModelIndex& index);
    void remove(const QModelIndex& index);
    [[nodiscard]] bool canRestore() const { return m_removed != nullptr; }
    /// Undoes the last `remove`: back in its place, or at the end where its folder is gone.
    QModelIndex restore();

Q_SIGNALS:
    /// A person changed something: to be saved.
    void edited();
    /// Something was not done: why, in a sentence.
    void refused(const QString& sentence);

private:
    struct Node;
    struct Removed;

    [[nodiscard]] Node* nodeAt(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(const Node* node) const;
    [[nodiscard]] Node* find(std::uint64_t id) const;
    QModelIndex insert(std::unique_ptr<Node> node, const QModelIndex& beside);
    QModelIndex insertAt(std::unique_ptr<Node> node, Node* folder, int row);
    bool move(Node* node, Node* folder, int row);
    [[nodiscard]] bool fits(const TemplateNode& added, const Node* folder);
    [[nodiscard]] QString freeName(const QString& wanted, const Node* folder) const;
    std::unique_ptr<Node> make(TemplateNode node);

    std::unique_ptr<Node> m_root;
    std::unique_ptr<Removed> m_removed;
    std::uint64_t m_lastId = 0;
};

} // namespace jackfield::ui
