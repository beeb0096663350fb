#include "ui/views/filter_field.h"

#include "ui/text/display_text.h"
#include "ui/text/phrases.h"
#include "ui/views/controls.h"
#include "ui/views/shortcut_list.h"

#include <QKeyEvent>
#include <QLabel>

namespace jackfield::ui {

FilterField::FilterField(FilterSubject subject, QWidget* parent)
    : QLineEdit(parent)
    , m_subject(subject)
    , m_error(named(wrappedLabel(QString(), parent), "filter_error", "Filter error"))
{
    m_error->setProperty("danger", true);
    m_error->setContentsMargins(10, 0, 10, 5);
    m_error->hide();
    setClearButtonEnabled(true);
    describeArea(this, tr("Filter fields"));
    describeKey(this, Qt::Key_Escape, tr("Clear the filter"));
    setToolTip(tr("Words, \"quoted text\", /expressions/, -not, a | b, key:value"));
    m_delay.setSingleShot(true);
    m_delay.setInterval(120);
    connect(this, &QLineEdit::textChanged, this, [this] { m_delay.start(); });
    connect(this, &QLineEdit::returnPressed, this, &FilterField::read);
    connect(&m_delay, &QTimer::timeout, this, &FilterField::read);
}

void FilterField::setStrict()
{
    m_strict = true;
    connect(this, &QLineEdit::textChanged, this, &FilterField::read);
}

void FilterField::setFilterText(const QString& text)
{
    setText(text);
    read();
}

void FilterField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        read();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterField::read()
{
    m_delay.stop();
    const auto parsed = parse_filter(text().toStdString(), m_subject);
    setStyleProperty(this, "bad", !parsed.has_value());
    m_error->setVisible(!parsed.has_value());
    if (!parsed) {
        m_error->setText(ui::displayText(wordsOf(parsed.error().message())));
        if (m_strict && !m_filter.is_empty()) {
            m_filter = Filter();
            Q_EMIT filterChanged(m_filter);
        }
        return;
    }
    m_error->setText(QString());
    if (parsed->text() == m_filter.text())
        return;
    m_filter = *parsed;
    Q_EMIT filterChanged(m_filter);
}

} // namespace jackfield::ui
