#include "ui/views/side_panel.h"

#include "ui/text/format.h"
#include "ui/views/controls.h"
#include "ui/views/theme.h"

#include <QPainter>
#include <QTabBar>

namespace jackfield::ui {

namespace {

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
    [[nodiscard]] QString text() const
    {
        return m_count > 999 ? QStringLiteral("999+") : formatCount(m_count);
    }

    std::size_t m_count = 0;
};

CountBadge* badgeOf(const QTabWidget& tabs, int index)
{
    return dynamic_cast<CountBadge*>(tabs.tabBar()->tabButton(index, QTabBar::RightSide));
}

} // namespace

SidePanel::SidePanel(QWidget* parent)
    : QTabWidget(parent)
{
    nameControl(this, "side_panel", "Side panel");
    setDocumentMode(true);
    tabBar()->setExpanding(false);
    tabBar()->setDrawBase(false);
    tabBar()->setUsesScrollButtons(true);
    nameControl(tabBar(), "side_tabs", "Side panel tabs");
}

void SidePanel::addPage(QWidget* page, const QString& title, const char* name)
{
    const int index = addTab(page, title);
    tabBar()->setAccessibleTabName(index, QLatin1String(name));
}

void SidePanel::showPage(QWidget* page)
{
    setCurrentWidget(page);
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
    setTabToolTip(index, tr("%1 need you").arg(formatCount(count)));
}

std::size_t SidePanel::attention(QWidget* page) const
{
    const CountBadge* badge = badgeOf(*this, indexOf(page));
    return badge == nullptr ? 0 : badge->count();
}

} // namespace jackfield::ui
