#include "ui/views/inline_notice.h"

#include "ui/text/display_text.h"
#include "ui/views/spoken_name.h"
#include "ui/views/theme.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace jackfield::ui {

namespace {

ColorRole backgroundOf(InlineNotice::Kind kind)
{
    switch (kind) {
    case InlineNotice::Kind::Information:
        return ColorRole::NoticeBackground;
    case InlineNotice::Kind::Warning:
        return ColorRole::WarningBackground;
    case InlineNotice::Kind::Danger:
        return ColorRole::DangerBackground;
    }
    return ColorRole::NoticeBackground;
}

ColorRole borderOf(InlineNotice::Kind kind)
{
    switch (kind) {
    case InlineNotice::Kind::Information:
        return ColorRole::NoticeBorder;
    case InlineNotice::Kind::Warning:
        return ColorRole::WarningBorder;
    case InlineNotice::Kind::Danger:
        return ColorRole::DangerBorder;
    }
    return ColorRole::NoticeBorder;
}

} // namespace

InlineNotice::InlineNotice(const QString& place, QWidget* parent)
    : QWidget(parent)
    , m_label(new QLabel(this))
    , m_buttons(new QHBoxLayout)
{
    setObjectName(QStringLiteral("inline_notice"));
    setAccessibleName(spokenName("Notice of %1").arg(spokenName(place.toUtf8())));
    m_label->setObjectName(QStringLiteral("notice_text"));
    m_label->setTextFormat(Qt::PlainText);
    m_label->setWordWrap(true);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* close = new QToolButton(this);
    close->setObjectName(QStringLiteral("dismiss_notice"));
    close->setAccessibleName(spokenName("Dismiss notice of %1").arg(spokenName(place.toUtf8())));
    close->setText(QString(QChar(u'\x2715')));
    close->setToolTip(tr("Dismiss"));
    close->setAutoRaise(true);
    close->setFocusPolicy(Qt::TabFocus);
    connect(close, &QToolButton::clicked, this, &InlineNotice::dismiss);
    m_buttons->setSpacing(6);
    m_grid = new QGridLayout(this);
    m_grid->setContentsMargins(10, 4, 6, 5);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(0, 1);
    m_grid->addWidget(m_label, 0, 0);
    m_grid->addLayout(m_buttons, 0, 1);
    m_grid->addWidget(close, 0, 2, Qt::AlignTop);
    m_lifetime.setSingleShot(true);
    connect(&m_lifetime, &QTimer::timeout, this, &InlineNotice::dismiss);
    hide();
}

void InlineNotice::showNotice(
    Kind kind, const QString& text, const std::vector<Button>& buttons, std::chrono::milliseconds lifetime)
{
    while (QLayoutItem* item = m_buttons->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    m_kind = kind;
    m_offersUndo = false;
    m_label->setText(displayText(text, 600));
    QPalette colours = m_label->palette();
    colours.setColor(QPalette::WindowText,
        themeColor(kind == Kind::Warning ? ColorRole::WarningText
                : kind == Kind::Danger   ? ColorRole::DangerText
                                         : ColorRole::Text));
    m_label->setPalette(colours);
    for (const Button& button : buttons) {
        auto* control = new QPushButton(mnemonicSafe(button.text), this);
        control->setObjectName(button.name);
        control->setAccessibleName(spokenName(button.name.toUtf8()));
        control->setAutoDefault(false);
        control->setFocusPolicy(Qt::TabFocus);
        connect(control, &QPushButton::clicked, this, [this, action = button.action] {
            dismiss();
            if (action)
                action();
        });
        m_buttons->addWidget(control);
    }
    m_lifetime.stop();
    if (lifetime.count() > 0)
        m_lifetime.start(lifetime);
    arrange();
    show();
    update();
}

void InlineNotice::showUndo(const QString& said, const QString& name, std::function<void()> undo, Kind kind)
{
    showNotice(kind, said, {{tr("Undo"), name, std::move(undo)}}, std::chrono::seconds(30));
    m_offersUndo = true;
}

void InlineNotice::dismiss()
{
    if (isHidden())
        return;
    hide();
    Q_EMIT dismissed();
}

QString InlineNotice::text() const
{
    return isHidden() ? QString() : m_label->text();
}

void InlineNotice::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void InlineNotice::arrange()
{
    const bool narrow = width() < 520 && m_buttons->count() > 0;
    if (narrow == m_narrow)
        return;
    m_narrow = narrow;
    m_grid->removeItem(m_buttons);
    if (narrow)
        m_grid->addLayout(m_buttons, 1, 0, Qt::AlignLeft);
    else
        m_grid->addLayout(m_buttons, 0, 1);
}

void InlineNotice::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(backgroundOf(m_kind)));
    painter.setPen(themeColor(borderOf(m_kind)));
    painter.drawLine(rect().bottomLeft(), rect().bottomRight());
}

} // namespace jackfield::ui
