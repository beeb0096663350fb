#pragma once

#include "ui/benchmark/benchmark_plan.h"

#include "jackfield/lanes.h"

#include <QMap>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace jackfield::ui {

/// What is to be run, and against which server. Each mode has values of its own; only what it uses is enabled.
class BenchmarkForm : public QWidget {
    Q_OBJECT
public:
    explicit BenchmarkForm(QWidget* parent = nullptr);

    /// Where this server listens: what is proposed, and which URL gets this process's number.
    void setServer(const ServerStatus& status);
    /// Where this server's settings are; empty: in the user's own folder.
    void setConfigFolder(const QString& folder);
    [[nodiscard]] BenchmarkPlan plan() const;
    /// One sentence that says what keeps it from running; empty: nothing does.
    [[nodiscard]] QString whatIsWrong() const;
    void setRunning(bool isRunning);
    void startOrStop();

    /// What was filled in, for the next time. Leave to load another machine is never a part of it.
    [[nodiscard]] QString state() const;
    /// Takes what it can use of `state` and leaves the rest as usual.
    void restoreState(const QString& state);

Q_SIGNALS:
    void startRequested();
    void stopRequested();

private:
    QSpinBox* addNumber(QFormLayout& form, const QString& label, const char* name, const char* accessible, int least,
        int most, const QString& tip);
    void makeFields(QFormLayout& form);
    void makeMessageFields(QFormLayout& form);
    void onModeChanged();
    void showPlan(const BenchmarkPlan& plan);
    [[nodiscard]] BenchmarkPlan shownPlan(BenchmarkMode mode) const;
    [[nodiscard]] BenchmarkMode mode() const;
    void proposeTargets();
    void refresh();

    ServerStatus m_server;
    QStringList m_proposed; ///< the URLs of this server that stand in the list
    QMap<BenchmarkMode, BenchmarkPlan> m_plans; ///< those that are not shown
    BenchmarkMode m_shown = BenchmarkMode::Echo;
    bool m_isRunning = false;

    QString m_configFolder;
    QWidget* m_fields = nullptr;
    QFormLayout* m_rows = nullptr;
    QComboBox* m_mode = nullptr;
    QLabel* m_purpose = nullptr;
    QComboBox* m_target = nullptr;
    QCheckBox* m_allowRemote = nullptr;
    QLabel* m_warning = nullptr;
    QSpinBox* m_connections = nullptr;
    QSpinBox* m_size = nullptr;
    QSpinBox* m_depth = nullptr;
    QSpinBox* m_duration = nullptr;
    QSpinBox* m_rate = nullptr;
    QSpinBox* m_bound = nullptr;
    QComboBox* m_content = nullptr;
    QSpinBox* m_fragments = nullptr;
    QComboBox* m_deflate = nullptr;
    QLineEdit* m_subprotocol = nullptr;
    QLineEdit* m_more = nullptr;
    QLabel* m_wrong = nullptr;
    QPushButton* m_start = nullptr;
};

} // namespace jackfield::ui
