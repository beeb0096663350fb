#include "ui/views/target_controls.h"

#include "ui/bridge/engine_port.h"
#include "ui/models/send_target.h"
#include "ui/text/display_text.h"
#include "ui/views/controls.h"
#include "ui/views/filter_field.h"
#include "ui/views/menu_button.h"

#include <QAction>
#include <QActionGroup>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>

namespace jackfield::ui {

TargetControls::TargetControls(EnginePort& port, SendTarget& target, QWidget* parent)
    : QWidget(parent)
    , m_port(port)
    , m_target(target)
{
    build();
    connect(&m_target, &SendTarget::changed, this, &TargetControls::refresh);
    connect(&m_port, &EnginePort::statusChanged, this, &TargetControls::fillEndpoints);
    fillEndpoints();
    refresh();
}

void TargetControls::build()
{
    m_pin = named(new QCheckBox(tr("Pin target"), this), "pin_target", "Pin target");
    m_pin->setToolTip(tr("Keep sending to the same connections, whatever is selected"));
    m_button = named(new MenuButton(QString(), this), "composer_target", "Target");
    m_button->setToolTip(tr("Whom to send to"));
    auto* menu = new QMenu(m_button);
    menu->setObjectName(QStringLiteral("composer_target_menu"));
    m_group = new QActionGroup(menu);
    const auto add = [&](const QString& text, const char* name, SendTarget::Choice choice) {
        QAction* action = menu->addAction(text);
        action->setObjectName(QLatin1String(name));
        action->setCheckable(true);
        m_group->addAction(action);
        connect(action, &QAction::triggered, this, [this, choice] { m_target.setChoice(choice); });
        return action;
    };
    m_toSelection = add(tr("Selected connections"), "target_selection", SendTarget::Choice::selection);
    m_toAll = add(tr("All connections"), "target_all", SendTarget::Choice::all);
    m_toOthers = add(tr("All but the selected"), "target_others", SendTarget::Choice::allButSelection);
    m_toFilter = add(tr("Those that pass a filter"), "target_filter", SendTarget::Choice::filter);
    connect(m_toFilter, &QAction::triggered, this, [this] { m_filter->setFocus(Qt::ShortcutFocusReason); });
    m_endpoints = menu->addMenu(tr("On an endpoint"));
    m_endpoints->setObjectName(QStringLiteral("target_endpoints"));
    m_toPage = add(tr("The page that is followed"), "target_page", SendTarget::Choice::page);
    connect(menu, &QMenu::aboutToShow, this, &TargetControls::refresh);
    m_button->setMenu(menu);

    m_filter
        = named(new FilterField(FilterSubject::connections, this), "composer_filter", "Filter of the target");
    m_filter->setPlaceholderText(tr("Filter: words, origin:, path:"));
    m_filter->setStrict();
    m_filter->setMinimumWidth(120);
    m_filter->errorLabel()->setObjectName(QStringLiteral("composer_filter_error"));
    connect(m_filter, &FilterField::filterChanged, this, [this](const Filter& filter) {
        if (m_target.choice() == SendTarget::Choice::filter)
            m_target.setFilter(filter);
    });
    connect(m_pin, &QCheckBox::toggled, this, [this](bool on) { m_target.setPinned(on); });

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_pin);
    row->addWidget(m_button);
    row->addWidget(m_filter);
    row->addWidget(m_filter->errorLabel());
}

void TargetControls::fillEndpoints()
{
    qDeleteAll(m_toEndpoints);
    m_toEndpoints.clear();
    for (const EndpointConfig& endpoint : m_port.status()->endpoints) {
        QAction* action = m_endpoints->addAction(mnemonicSafe(displayText(endpoint.pattern, 80)));
        action->setObjectName(QStringLiteral("target_endpoint"));
        action->setCheckable(true);
        action->setData(QByteArray::fromStdString(endpoint.pattern));
        m_group->addAction(action);
        connect(action, &QAction::triggered, this,
            [this, pattern = endpoint.pattern] { m_target.setEndpoint(pattern); });
        m_toEndpoints.push_back(action);
    }
    m_endpoints->setEnabled(!m_toEndpoints.empty());
    refresh();
}

void TargetControls::refresh()
{
    using Choice = SendTarget::Choice;
    const Choice choice = m_target.choice();
    {
        const QSignalBlocker quiet(m_pin);
        m_pin->setChecked(m_target.isPinned());
    }
    m_pin->setEnabled(m_target.hasTarget() || m_target.isPinned());
    // A rule is the same whatever is selected.
    m_pin->setVisible(choice == Choice::selection || choice == Choice::allButSelection);
    const auto say
        = [this](const QString& text) { m_button->setText(displayText(text + QStringLiteral(" \u25BE"))); };
    switch (choice) {
    case Choice::selection:
        say(tr("To selected"));
        break;
    case Choice::all:
        say(tr("To all"));
        break;
    case Choice::allButSelection:
        say(tr("To all but selected"));
        break;
    case Choice::filter:
        say(tr("To filtered"));
        break;
    case Choice::endpoint:
        say(tr("To endpoint"));
        break;
    case Choice::page:
        say(tr("To the page"));
        break;
    }
    m_filter->setVisible(choice == Choice::filter);
    if (choice != Choice::filter)
        m_filter->errorLabel()->hide();
    else if (!m_filter->hasFocus() && m_filter->filter().text() != m_target.filter().text())
        m_filter->setFilterText(copyText(m_target.filter().text()));
    m_toSelection->setChecked(choice == Choice::selection);
    m_toAll->setChecked(choice == Choice::all);
    m_toOthers->setChecked(choice == Choice::allButSelection);
    m_toOthers->setEnabled(!m_target.selection().empty() || choice == Choice::allButSelection);
    m_toFilter->setChecked(choice == Choice::filter);
    for (QAction* action : m_toEndpoints)
        action->setChecked(
            choice == Choice::endpoint && action->data().toByteArray().toStdString() == m_target.endpoint());
    m_toPage->setChecked(choice == Choice::page);
    m_toPage->setVisible(m_target.canFollowPage() || choice == Choice::page);
}

} // namespace jackfield::ui
