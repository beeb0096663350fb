#include "ui/views/subprotocol_delegate.h"

#include "ui/views/behaviour_choice.h"
#include "ui/views/controls.h"

#include <QLineEdit>

#include <utility>

namespace jackfield::ui {

SubprotocolDelegate::SubprotocolDelegate(Edited edited, QObject* parent)
    : CellDelegate(parent)
    , m_edited(std::move(edited))
{ }

QWidget* SubprotocolDelegate::createEditor(
    QWidget* parent, const QStyleOptionViewItem& /*option*/, const QModelIndex& index) const
{
    QWidget* editor = nullptr;
    const QString text = index.data(Qt::UserRole).toString();
    if (index.column() == nameColumn) {
        auto* field
            = named(new QLineEdit(parent), "subprotocol_name_editor", "Edit the subprotocol's name");
        field->setText(text);
        field->selectAll();
        editor = field;
    } else {
        auto* box = named(new BehaviourChoice(BehaviourChoice::Wording::NamesOnly, parent),
            "subprotocol_answers_editor", "What the subprotocol answers");
        box->setBehaviour(text.toStdString());
        // One choice is the whole edit; without this the row would wait for Enter.
        connect(box, &QComboBox::activated, this, [this, box] {
            auto* self = const_cast<SubprotocolDelegate*>(this);
            Q_EMIT self->commitData(box);
            Q_EMIT self->closeEditor(box);
        });
        editor = box;
    }
    editor->setProperty("subprotocol", index.siblingAtColumn(nameColumn).data(Qt::UserRole));
    editor->setProperty("before", text);
    return editor;
}

void SubprotocolDelegate::setEditorData(QWidget* /*editor*/, const QModelIndex& /*index*/) const { }

void SubprotocolDelegate::setModelData(
    QWidget* editor, QAbstractItemModel* /*model*/, const QModelIndex& index) const
{
    const auto* box = qobject_cast<BehaviourChoice*>(editor);
    const QString text = box != nullptr ? QString::fromStdString(box->behaviour())
                                        : static_cast<QLineEdit*>(editor)->text().trimmed();
    if (text != editor->property("before").toString())
        m_edited(
            editor->property("subprotocol").toString().toStdString(), index.column(), text.toStdString());
}

void SubprotocolDelegate::updateEditorGeometry(
    QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex& /*index*/) const
{
    editor->setGeometry(option.rect);
}

} // namespace jackfield::ui
