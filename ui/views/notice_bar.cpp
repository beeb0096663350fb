#include "ui/views/notice_bar.h"

#include "ui/views/controls.h"
#include "ui/views/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace jackfield::ui {

namespace {

struct Colors {
    ColorRole background, border;
    const char* tone; // the name of the colours in the style sheet
};

Colors colorsOf(NoticeBar::Severity severity)
{
    switch (severity) {
    case NoticeBar::Severity::Danger:
        return {ColorRole::DangerBackground, ColorRole::DangerBorder, "danger"};
    case NoticeBar::Severity::Warning:
        return {ColorRole::WarningBackground, ColorRole::WarningBorder, "warning"};
    case NoticeBar::Severity::Notice:
        break;
    }
    return {ColorRole::NoticeBackground, ColorRole::NoticeBorder, "notice"};
}

} // namespace

NoticeBar::NoticeBar(Severity severity, const char* objectName, const char* accessibleName, QWidget* parent)
    : QFrame(parent)
    , m_severity(severity)
{
    nameControl(this, objectName, accessibleName);
    m_sign = plainLabel({}, this);
    m_subject = plainLabel({}, this);
    m_sentence = wrappedLabel({}, this);
    QFont bold = m_subject->font();
    bold.setBold(true);
    m_subject->setFont(bold);
    m_subject->setVisible(false);
    m_sentence->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_sentence->setMinimumWidth(120);
    m_layout = new QHBoxLayout(this);
    m_layout->setContentsMargins(10, 5, 10, 5);
    m_layout->setSpacing(8);
    m_layout->addWidget(m_sign);
    m_layout->addWidget(m_subject);
    m_layout->addWidget(m_sentence, 1);
    applyColors();
    hide();
}

void NoticeBar::setText(const QString& subject, const QString& sentence)
{
    m_subject->setText(subject);
    m_subject->setVisible(!subject.isEmpty());
    m_sentence->setText(sentence);
    setAccessibleDescription(text());
}

QString NoticeBar::text() const
{
    return m_subject->text().isEmpty() ? m_sentence->text() : m_subject->text() + u' ' + m_sentence->text();
}

QPushButton* NoticeBar::addButton(const QString& text, const char* objectName, const char* accessibleName)
{
    auto* button = named(new QPushButton(text, this), objectName, accessibleName);
    button->setAutoDefault(false);
    m_layout->addWidget(button);
    return button;
}

void NoticeBar::setSeverity(Severity severity)
{
    m_severity = severity;
    applyColors();
    update();
}

void NoticeBar::applyColors()
{
    for (QLabel* label : {m_sign, m_subject, m_sentence})
        setStyleProperty(label, "tone", QLatin1String(colorsOf(m_severity).tone));
    m_sign->setText(m_severity == Severity::Notice ? QStringLiteral("ℹ") : QStringLiteral("⚠"));
}

void NoticeBar::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    const Colors colors = colorsOf(m_severity);
    painter.fillRect(rect(), themeColor(colors.background));
    painter.fillRect(QRect(0, height() - 1, width(), 1), themeColor(colors.border));
}

} // namespace jackfield::ui
