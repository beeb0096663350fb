#include "ui/views/side_panel.h"

#include "ui/text/format.h"
#include "ui/views/controls.h"
#include "ui/views/theme.h"

#include <QEvent>
#include <QMenu>
#include <QPainter>
#include <QTabBar>
#include <QToolButton>

#include <algorithm>
#include <vector>

namespace jackfield::ui {

namespace {

QString attentionText(std::size_t count)
{
    return count > 999 ? QStringLiteral("999+") : formatCount(count);
}

/// The amber count at a tab's right.
class CountBadge : public QWidget {
public:
    explicit CountBadge(QWidget* parent)
        : QWidget(parent)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
    }
    void setCount(std::size_t count)
    {
        m_count = count;
        const QFontMetrics metrics(smallFont());
        setFixedSize(metrics.horizontalAdvance(text()) + 14, metrics.height() + 2);
        update();
    }
    [[nodiscard]] std::size_t count() const { return m_count; }

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        paintBadge(painter, rect(), text(), ColorRole::AttentionBadge, ColorRole::AttentionBadgeText);
    }

private:
    [[nodiscard]] QString text() const { return attentionText(m_count); }

    std::size_t m_count = 0;
};

CountBadge* badgeOf(const QTabWidget& tabs, int index)
{
    return dynamic_cast<CountBadge*>(tabs.tabBar()->tabButton(index, QTabBar::RightSide));
}

} // namespace

/// Tells how wide a tab would be, shown or not.
class SidePanel::Tabs : public QTabBar {
public:
    using QTabBar::QTabBar;
    [[nodiscard]] int widthOf(int index) const { return tabSizeHint(index).width(); }
};

SidePanel::SidePanel(QWidget* parent)
    : QTabWidget(parent)
    , m_tabs(new Tabs(this))
    , m_more(new QToolButton(this))
{
    nameControl(this, "side_panel", "Side panel");
    setTabBar(m_tabs);
    setDocumentMode(true);
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->setUsesScrollButtons(true); // only until the tabs are arranged, and where one alone is too wide
    nameControl(m_tabs, "side_tabs", "Side panel tabs");

    nameControl(m_more, "side_more", "More pages");
    m_more->setProperty("overflow", true);
    m_more->setToolTip(tr("More pages"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setFocusPolicy(Qt::TabFocus);
    auto* menu = new QMenu(m_more);
    menu->setObjectName(QStringLiteral("side_more_menu"));
    m_more->setMenu(menu);
    m_more->hide();
    connect(menu, &QMenu::aboutToShow, this, &SidePanel::fillMenu);
    connect(this, &QTabWidget::currentChanged, this, &SidePanel::arrange);
}

void SidePanel::addPage(QWidget* page, const QString& title, const char* name)
{
    const int index = addTab(page, title);
    tabBar()->setAccessibleTabName(index, QLatin1String(name));
    arrange();
}

void SidePanel::resizeEvent(QResizeEvent* event)
{
    QTabWidget::resizeEvent(event);
    arrange();
}

void SidePanel::changeEvent(QEvent* event)
{
    QTabWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        arrange();
}

void SidePanel::arrange()
{
    if (m_arranging || count() == 0)
        return;
    m_arranging = true;
    std::vector<int> widths;
    int all = 0;
    for (int index = 0; index < count(); ++index) {
        widths.push_back(m_tabs->widthOf(index));
        all += widths.back();
    }
    const bool fits = all <= width();
    std::size_t hiddenAttention = 0;
    m_more->ensurePolished();
    // The button is as wide as it can get, so that a count in it moves no tab.
    const int button = m_more->fontMetrics().horizontalAdvance(QStringLiteral("» 999+")) + 16;
    int left
        = fits ? width() : width() - button - widths[static_cast<std::size_t>(std::max(currentIndex(), 0))];
    for (int index = 0; index < count(); ++index) {
        bool shown = true;
        if (!fits && index != currentIndex()) {
            left -= widths[static_cast<std::size_t>(index)];
            shown = left >= 0;
            if (!shown)
                left = -1; // those behind it wait as well: the order stays
        }
        setTabVisible(index, shown);
        if (!shown)
            hiddenAttention += attention(widget(index));
    }
    m_more->setText(
        hiddenAttention == 0 ? QStringLiteral("»") : QStringLiteral("» ") + attentionText(hiddenAttention));
    m_more->setAccessibleDescription(hiddenAttention == 0
            ? QString()
            : tr("%1 need you", nullptr, pluralOf(hiddenAttention)).arg(formatCount(hiddenAttention)));
    m_more->setVisible(!fits);
    m_more->setGeometry(width() - button, 0, button, m_tabs->sizeHint().height());
    m_more->raise();
    m_arranging = false;
}

void SidePanel::fillMenu()
{
    QMenu& menu = *m_more->menu();
    menu.clear();
    for (int index = 0; index < count(); ++index) {
        if (isTabVisible(index))
            continue;
        QWidget* page = widget(index);
        const std::size_t needs = attention(page);
        QAction* action = menu.addAction(needs == 0
                ? tabText(index)
                : tr("%1 (%2 need you)", nullptr, pluralOf(needs)).arg(tabText(index), formatCount(needs)));
        action->setObjectName(QLatin1String("side_more_") + tabBar()->accessibleTabName(index));
        connect(action, &QAction::triggered, this, [this, page] {
            showPage(page);
            page->setFocus(Qt::OtherFocusReason);
        });
    }
}

void SidePanel::showPage(QWidget* page)
{
    if (const int index = indexOf(page); index >= 0 && !isTabVisible(index)) {
        m_arranging = true; // a hidden tab cannot become the current one
        setTabVisible(index, true);
        m_arranging = false;
    }
    setCurrentWidget(page);
}

void SidePanel::enterPage(QWidget* page)
{
    showPage(page);
    QWidget* target = page->focusProxy() ? page->focusProxy() : page;
    for (QWidget* next = page->nextInFocusChain(); target == page && next != page;
         next = next->nextInFocusChain()) {
        if (page->isAncestorOf(next) && next->isVisible() && next->isEnabled()
            && (next->focusPolicy() & Qt::TabFocus))
            target = next;
    }
    target->setFocus(Qt::ShortcutFocusReason);
}

void SidePanel::setAttention(QWidget* page, std::size_t count)
{
    const int index = indexOf(page);
    if (index < 0 || attention(page) == count)
        return;
    if (count == 0) {
        QWidget* old = tabBar()->tabButton(index, QTabBar::RightSide);
        tabBar()->setTabButton(index, QTabBar::RightSide, nullptr);
        delete old;
        setTabToolTip(index, {});
        arrange();
        return;
    }
    CountBadge* badge = badgeOf(*this, index);
    if (badge == nullptr) {
        badge = new CountBadge(tabBar());
        badge->setCount(count);
        tabBar()->setTabButton(index, QTabBar::RightSide, badge);
    } else {
        badge->setCount(count);
    }
    setTabToolTip(index, tr("%1 need you", nullptr, pluralOf(count)).arg(formatCount(count)));
    arrange();
}

std::size_t SidePanel::attention(QWidget* page) const
{
    const CountBadge* badge = badgeOf(*this, indexOf(page));
    return badge == nullptr ? 0 : badge->count();
}

} // namespace jackfield::ui
