#include "ui/views/shortcut_list.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QSet>
#include <QShortcut>
#include <QWidget>

#include <algorithm>
#include <iterator>

namespace jackfield::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ShortcutList)
};

constexpr const char* areaProperty = "shortcut_area";
constexpr const char* keysProperty = "shortcut_keys";

struct Found {
    QString area;
    QString what;
    QList<QKeySequence> keys;
};

/// The words of a menu entry: without mnemonic, dots and the key behind a tab.
QString plainWords(const QString& text)
{
    QString words = text.section(u'\t', 0, 0);
    static const QRegularExpression mnemonic(QStringLiteral("&(.)"));
    words.replace(mnemonic, QStringLiteral("\\1"));
    while (words.endsWith(u'.') || words.endsWith(u'…'))
        words.chop(1);
    return words;
}

QString areaOf(const QObject* object)
{
    for (; object != nullptr; object = object->parent()) {
        const QString area = object->property(areaProperty).toString();
        if (!area.isEmpty())
            return area;
    }
    return Words::tr("Everywhere");
}

/// Whether it works in the window itself: dialogs and other windows have keys of their own.
bool isOf(const QWidget& window, const QObject* object)
{
    for (; object != nullptr && object != &window; object = object->parent()) {
        if (qobject_cast<const QDialog*>(object) != nullptr
            || qobject_cast<const QMainWindow*>(object) != nullptr)
            return false;
    }
    return object != nullptr;
}

template <class Kind>
QList<Kind*> allOf(const QWidget& window)
{
    QList<Kind*> all = window.findChildren<Kind*>();
    all.removeIf([&](const Kind* one) { return !isOf(window, one); });
    return all;
}

class Collector {
public:
    void addMenu(const QMenu& menu, const QString& area)
    {
        const auto actions = menu.actions();
        for (const QAction* action : actions) {
            if (action->menu() != nullptr)
                addMenu(*action->menu(), area);
            else
                addAction(*action, area);
        }
    }

    void addAction(const QAction& action, const QString& area)
    {
        if (action.shortcuts().isEmpty() || m_seen.contains(&action))
            return;
        m_seen.insert(&action);
        // A widget's own key works there, whichever menu shows it.
        const bool ofWidget = action.shortcutContext() == Qt::WidgetShortcut
            || action.shortcutContext() == Qt::WidgetWithChildrenShortcut;
        QList<QKeySequence> keys = action.shortcuts();
        if (keys == QKeySequence::keyBindings(QKeySequence::Copy)) // the others are on no keyboard of today
            keys = keys.first(1);
        add(ofWidget ? areaOf(action.parent()) : area, plainWords(action.text()), keys);
    }

    void add(const QString& area, const QString& what, const QList<QKeySequence>& keys)
    {
        auto same = std::find_if(m_found.begin(), m_found.end(),
            [&](const Found& found) { return found.area == area && found.what == what; });
        if (same == m_found.end()) {
            // Beside the others of its area.
            auto behind = std::find_if(m_found.rbegin(), m_found.rend(), [&](const Found& found) {
                return found.area == area;
            }).base();
            same = m_found.insert(behind == m_found.begin() ? m_found.end() : behind, {area, what, {}});
        }
        for (const QKeySequence& key : keys) {
            if (!same->keys.contains(key))
                same->keys.append(key);
        }
    }

    [[nodiscard]] std::vector<ShortcutLine> lines() const
    {
        std::vector<ShortcutLine> lines;
        for (const Found& found : m_found) {
            QStringList keys;
            for (const QKeySequence& key : found.keys)
                keys += key.toString(QKeySequence::NativeText);
            lines.push_back({found.area, found.what,
                keys.size() > 3 ? keys.first() + QStringLiteral(" … ") + keys.last()
                                : keys.join(QStringLiteral(", "))});
        }
        return lines;
    }

private:
    std::vector<Found> m_found;
    QSet<const QAction*> m_seen;
};

} // namespace

void describeArea(QWidget* widget, const QString& area)
{
    widget->setProperty(areaProperty, area);
}

void describeKey(QWidget* control, const QKeySequence& keys, const QString& what)
{
    QStringList all = control->property(keysProperty).toStringList();
    all << keys.toString(QKeySequence::PortableText) << plainWords(what);
    control->setProperty(keysProperty, all);
}

std::vector<ShortcutLine> shortcutsOf(const QWidget& window)
{
    Collector collector;
    if (const auto* main = qobject_cast<const QMainWindow*>(&window)) {
        const auto menus = main->menuBar()->actions();
        for (const QAction* menu : menus) {
            if (menu->menu() != nullptr)
                collector.addMenu(*menu->menu(), Words::tr("Menu %1").arg(plainWords(menu->text())));
        }
    }
    const auto shortcuts = allOf<QShortcut>(window);
    for (const QShortcut* shortcut : shortcuts)
        collector.add(areaOf(shortcut->parent()), plainWords(shortcut->whatsThis()), shortcut->keys());
    const auto actions = allOf<QAction>(window);
    for (const QAction* action : actions)
        collector.addAction(*action, areaOf(action->parent()));
    const auto widgets = allOf<QWidget>(window);
    for (const QWidget* widget : widgets) {
        const QStringList keys = widget->property(keysProperty).toStringList();
        for (qsizetype i = 0; i + 1 < keys.size(); i += 2)
            collector.add(areaOf(widget), keys[i + 1], {QKeySequence(keys[i], QKeySequence::PortableText)});
    }
    return collector.lines();
}

} // namespace jackfield::ui
