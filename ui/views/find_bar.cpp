#include "ui/views/find_bar.h"

#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/controls.h"
#include "ui/views/shortcut_list.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace jackfield::ui {

FindBar::FindBar(MessageFind& find, QWidget* parent)
    : Strip(Qt::BottomEdge, parent)
    , m_find(find)
{
    setObjectName(QStringLiteral("find_bar"));
    describeArea(this, tr("Find in messages"));
    describeKey(this, Qt::Key_Enter, tr("Next match"));
    describeKey(this, Qt::SHIFT | Qt::Key_Enter, tr("Previous match"));
    describeKey(this, Qt::Key_Escape, tr("End the search"));
    m_field = named(new QLineEdit(this), "find_text", "Find in messages");
    m_field->setPlaceholderText(tr("Find in messages"));
    m_field->setToolTip(tr("Text as it stands, or an /expression/"));
    m_field->setClearButtonEnabled(true);
    m_field->setMaxLength(4'000);
    m_field->setMinimumWidth(160);
    m_field->setMaximumWidth(360);
    m_field->installEventFilter(this);
    m_previous = named(framedToolButton(QStringLiteral("\u25B2"), this), "find_previous", "Find previous");
    m_previous->setToolTip(tr("Previous match (Shift+F3)"));
    m_next = named(framedToolButton(QStringLiteral("\u25BC"), this), "find_next", "Find next");
    m_next->setToolTip(tr("Next match (F3)"));
    m_status = named(mutedLabel({}, this), "find_status", "Matches");
    auto* done = named(framedToolButton(tr("Close"), this), "find_close", "Close find");
    done->setToolTip(tr("End the search (Esc)"));

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 5, 10, 5);
    row->setSpacing(8);
    row->addWidget(m_field, 1);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    row->addWidget(m_status);
    row->addStretch(1);
    row->addWidget(done);

    m_delay.setSingleShot(true);
    m_delay.setInterval(120);
    connect(m_field, &QLineEdit::textChanged, this, [this] { m_delay.start(); });
    connect(&m_delay, &QTimer::timeout, this, &FindBar::read);
    connect(m_next, &QToolButton::clicked, this, &FindBar::nextWanted);
    connect(m_previous, &QToolButton::clicked, this, &FindBar::previousWanted);
    connect(done, &QToolButton::clicked, this, &FindBar::close);
    connect(&m_find, &MessageFind::changed, this, &FindBar::refresh);
    hide();
    refresh();
}

void FindBar::open()
{
    show();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
    read();
}

void FindBar::close()
{
    m_delay.stop();
    m_wantsFirst = false;
    hide();
    m_find.lookFor({});
    Q_EMIT closed();
}

void FindBar::read()
{
    m_delay.stop();
    if (m_field->text() == m_find.text())
        return;
    m_current = 0;
    m_wrapped = false;
    m_wantsFirst = true;
    m_find.lookFor(m_field->text());
}

void FindBar::setCurrent(quint64 sequence, bool wrapped)
{
    m_current = sequence;
    m_wrapped = wrapped;
    refresh();
}

QString FindBar::statusText() const
{
    return m_status->text();
}

void FindBar::refresh()
{
    const bool any = m_find.count() > 0;
    m_next->setEnabled(any);
    m_previous->setEnabled(any);
    const bool nothing = !m_find.problem().isEmpty() || (m_find.isActive() && !any && !m_find.isSearching());
    if (m_field->property("bad").toBool() != nothing)
        setStyleProperty(m_field, "bad", nothing);
    if (!m_find.problem().isEmpty()) {
        m_status->setText(displayText(m_find.problem()));
    } else if (!m_find.isActive()) {
        m_status->setText(QString());
    } else {
        const auto place = m_find.placeOf(m_current);
        const QString count = formatCount(m_find.count());
        QString said;
        if (place)
            said = tr("%1 of %2").arg(formatCount(*place + 1), count);
        else
            said = any ? tr("%1 found").arg(count) : m_find.isSearching() ? QString() : tr("Not found");
        if (m_find.isSearching())
            said = said.isEmpty() ? tr("searching...") : tr("%1 so far").arg(displayText(said));
        else if (m_wrapped && place)
            said = tr("%1, from the other end").arg(displayText(said));
        m_status->setText(displayText(said));
    }
    if (m_wantsFirst && any) {
        m_wantsFirst = false;
        Q_EMIT firstWanted();
    }
}

void FindBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        Strip::keyPressEvent(event);
}

bool FindBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            const bool isNew = m_field->text() != m_find.text();
            read();
            if (!isNew) {
                if (key->modifiers().testFlag(Qt::ShiftModifier))
                    Q_EMIT previousWanted();
                else
                    Q_EMIT nextWanted();
            }
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            close();
            return true;
        }
    }
    return Strip::eventFilter(watched, event);
}

} // namespace jackfield::ui
