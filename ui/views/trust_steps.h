#pragma once

#include "ui/models/tls_state.h"

#include <QWidget>

#include <vector>

class QTabWidget;

namespace jackfield::ui {

/// How a person has a browser or the system trust the authority by hand, and takes it back: the exact steps,
/// and the commands with a button that copies them.
class TrustStepsView : public QWidget {
    Q_OBJECT
public:
    explicit TrustStepsView(QWidget* parent = nullptr);

    void setSteps(const std::vector<TlsSteps>& steps);

Q_SIGNALS:
    void outcome(const QString& sentence);

private:
    [[nodiscard]] QWidget* makePage(const TlsSteps& steps);

    QTabWidget* m_tabs = nullptr;
    std::string m_shown; // all that is shown, to tell whether it differs
};

} // namespace jackfield::ui
