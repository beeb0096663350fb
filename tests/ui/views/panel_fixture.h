#pragma once

#include "tests/support/fake_engine_port.h"
#include "ui/models/connection_store.h"
#include "ui/models/event_log_model.h"
#include "ui/models/message_model.h"
#include "ui/models/refused_model.h"
#include "ui/models/send_target.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QTest>

#include <string>
#include <string_view>

namespace jackfield::test {

/// The models that the panels show, fed by a fake engine port.
struct PanelFixture {
    FakeEnginePort port;
    ui::ConnectionStore connections;
    ui::MessageStore messages{connections};
    ui::MessageModel messageModel{messages};
    ui::EventLogModel events;
    ui::RefusedModel refused;
    ui::SendTarget target{connections, nullptr};

    PanelFixture()
    {
        messageModel.setSliceTime(std::chrono::minutes(1)); // filtering ends within the call, on any machine
        QObject::connect(&port, &ui::EnginePort::stateTaken, &connections, &ui::ConnectionStore::apply);
        QObject::connect(&port, &ui::EnginePort::trafficTaken, &messages, &ui::MessageStore::apply);
        QObject::connect(&port, &ui::EnginePort::eventsTaken, &events, &ui::EventLogModel::apply);
        QObject::connect(&port, &ui::EnginePort::eventsTaken, &refused, &ui::RefusedModel::apply);
    }
};

/// Text that tries to be markup, a link, a control sequence or one of our own sentences.
inline const std::string hostileText
    = std::string(
          "<b>x</b><img src=/etc/passwd> &File a&&b \x1B[2J\x1B]0;pwn\x07 http://evil.example \xE2\x80\xAE"
          "evil \xC2\x85\xE2\x80\xA8 \x80 ")
    + std::string(1, '\0') + "\r\n\tServer stopped. Click OK";

/// Shows a panel and gives it the focus, as a person's click would.
inline void showActive(QWidget& panel, QWidget& field)
{
    panel.show();
    QApplication::setActiveWindow(&panel);
    field.setFocus();
    QApplication::processEvents();
}

/// What every panel keeps to: labels are plain text without links, and whatever can be reached by the
/// keyboard has a name for assistive software. Returns what does not; empty when all is well.
inline QStringList faultsOf(const QWidget& panel)
{
    QStringList faults;
    for (const QLabel* label : panel.findChildren<QLabel*>()) {
        if (label->textFormat() != Qt::PlainText)
            faults += QStringLiteral("a label may be rich text: ") + label->objectName() + label->text();
        if (label->openExternalLinks())
            faults += QStringLiteral("a label may hold links: ") + label->text();
    }
    for (const QWidget* control : panel.findChildren<QWidget*>()) {
        const bool isControl = qobject_cast<const QAbstractButton*>(control)
            || qobject_cast<const QLineEdit*>(control) || qobject_cast<const QAbstractItemView*>(control)
            || qobject_cast<const QComboBox*>(control)
            || (qobject_cast<const QAbstractScrollArea*>(control)
                && control->focusPolicy() == Qt::StrongFocus);
        // Qt's own parts: headers, clear buttons in fields, scrollers of tab bars, lists of combo boxes.
        const bool part = control->inherits("QHeaderView") || control->inherits("QTableCornerButton")
            || qobject_cast<const QLineEdit*>(control->parentWidget())
            || (control->parentWidget() && control->parentWidget()->inherits("QTabBar"))
            || control->window()->inherits("QComboBoxPrivateContainer")
            || control->objectName().startsWith(QLatin1String("qt_"));
        if (isControl && !part && control->accessibleName().isEmpty())
            faults += QStringLiteral("no accessible name: %1 \"%2\"")
                          .arg(QLatin1String(control->metaObject()->className()), control->objectName());
        if (isControl && !part && control->objectName().isEmpty())
            faults += QStringLiteral("no object name: ") + control->accessibleName();
        if (isControl && !part && control->focusPolicy() == Qt::NoFocus)
            faults += QStringLiteral("no way by keyboard: ") + control->accessibleName();
    }
    return faults;
}

template <class Widget>
Widget* child(const QWidget& panel, const char* name)
{
    auto* found = panel.findChild<Widget*>(QLatin1String(name));
    if (!found)
        qFatal("no %s in the panel", name);
    return found;
}

} // namespace jackfield::test
