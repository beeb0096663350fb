#include "ui/views/behaviour_choice.h"

#include "ui/text/display_text.h"

#include <QCoreApplication>

#include <array>

namespace jackfield::ui {

namespace {

constexpr std::array behaviours = {
    BehaviourWords{"echo", QT_TRANSLATE_NOOP("BehaviourChoice", "&echo: what the page sends")},
    BehaviourWords{"reverse", QT_TRANSLATE_NOOP("BehaviourChoice", "&reverse: the text backwards")},
    BehaviourWords{"chat", QT_TRANSLATE_NOOP("BehaviourChoice", "&chat: to everyone else")},
    BehaviourWords{"silent", QT_TRANSLATE_NOOP("BehaviourChoice", "&silent: only what you send by hand")},
    BehaviourWords{"close", QT_TRANSLATE_NOOP("BehaviourChoice", "c&lose: ends each connection at once")},
};

} // namespace

std::span<const BehaviourWords> behaviourWords()
{
    return behaviours;
}

QString behaviourText(const BehaviourWords& words)
{
    return QCoreApplication::translate("BehaviourChoice", words.text);
}

BehaviourChoice::BehaviourChoice(Wording wording, QWidget* parent)
    : QComboBox(parent)
{
    for (const BehaviourWords& words : behaviours) {
        const QString name = QString::fromLatin1(words.name);
        const QString text = behaviourText(words).remove(u'&');
        addItem(wording == Wording::Full ? text : name, name);
        setItemData(count() - 1, tooltipText(text), Qt::ToolTipRole);
    }
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(7);
}

std::string BehaviourChoice::behaviour() const
{
    return currentData().toString().toStdString();
}

void BehaviourChoice::setBehaviour(const std::string& name)
{
    const QString wanted = QString::fromStdString(name);
    int index = findData(wanted);
    if (index < 0) {
        addItem(displayText(name, 40), wanted);
        index = count() - 1;
    }
    setCurrentIndex(index);
}

} // namespace jackfield::ui
