#include "ui/views/repeat_fields.h"

#include "ui/views/controls.h"
#include "ui/views/shortcut_list.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>

namespace jackfield::ui {

RepeatFields::RepeatFields(QWidget* parent)
    : QWidget(parent)
    , m_interval(named(new QSpinBox(this), "repeat_interval", "Repeat interval"))
    , m_jitter(named(new QSpinBox(this), "repeat_jitter", "Repeat jitter"))
    , m_times(named(new QSpinBox(this), "repeat_times", "How many times"))
    , m_start(named(new QPushButton(tr("Start repeating"), this), "repeat_start", "Start repeating"))
{
    nameControl(this, "repeat_fields", "Repeat");
    describeArea(this, tr("Repeating"));
    describeKey(this, Qt::Key_Enter, tr("Start repeating"));
    describeKey(this, Qt::Key_Escape, tr("Do not repeat (what runs goes on)"));
    m_interval->setRange(static_cast<int>(Repeats::shortestInterval.count()),
        static_cast<int>(Repeats::longestInterval.count()));
    m_interval->setValue(1'000);
    m_interval->setSuffix(tr(" ms"));
    m_interval->setToolTip(tr("Time from one sending to the next"));
    m_jitter->setRange(0, m_interval->value());
    m_jitter->setSuffix(tr(" ms"));
    m_jitter->setToolTip(tr("Each sending is early or late by a random time of up to this much"));
    m_times->setRange(0, 1'000'000'000);
    m_times->setSpecialValueText(tr("until stopped"));
    m_times->setSuffix(tr(" times"));
    m_times->setToolTip(tr("How many times it is sent"));
    for (QSpinBox* field : {m_interval, m_jitter, m_times})
        field->setButtonSymbols(QAbstractSpinBox::NoButtons); // arrow keys and the wheel do it
    m_start->setAutoDefault(false);
    auto* close = named(framedToolButton(QStringLiteral("\u2715"), this), "repeat_close", "Close repeat row");
    close->setToolTip(tr("Do not repeat (what runs goes on)"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(plainLabel(tr("Every"), this));
    row->addWidget(m_interval);
    row->addWidget(plainLabel(QStringLiteral("\u00B1"), this));
    row->addWidget(m_jitter);
    row->addWidget(m_times);
    row->addStretch(1);
    row->addWidget(m_start);
    row->addWidget(close);
    setFocusProxy(m_interval);
    connect(
        m_interval, &QSpinBox::valueChanged, this, [this](int interval) { m_jitter->setMaximum(interval); });
    connect(m_start, &QPushButton::clicked, this, &RepeatFields::startRequested);
    connect(close, &QToolButton::clicked, this, &RepeatFields::closed);
}

RepeatPlan RepeatFields::plan() const
{
    RepeatPlan plan;
    plan.interval = std::chrono::milliseconds(m_interval->value());
    plan.jitter = std::chrono::milliseconds(m_jitter->value());
    if (m_times->value() > 0)
        plan.times = static_cast<std::uint64_t>(m_times->value());
    return plan;
}

void RepeatFields::setStartEnabled(bool enabled)
{
    m_start->setEnabled(enabled);
}

void RepeatFields::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closed();
    else if (enter && m_start->isEnabled() && event->modifiers() == Qt::NoModifier)
        Q_EMIT startRequested();
    else
        QWidget::keyPressEvent(event);
}

} // namespace jackfield::ui
