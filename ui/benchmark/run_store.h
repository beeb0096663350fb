#pragma once

#include "ui/benchmark/benchmark_report.h"

#include <QObject>
#include <QString>

#include <vector>

namespace jackfield::ui {

/// A run that has ended: its name among the files, and its report.
struct BenchmarkRun {
    QString id;
    BenchmarkReport report;
};

/// The runs of the past: for each a report ID.json and a page ID.html in one folder, as jackfield-bench wrote them.
/// Only the newest are kept. A file that is none of its reports is neither shown nor touched.
class RunStore : public QObject {
    Q_OBJECT
public:
    static constexpr int maxRuns = 50;

    /// `folder` is made when the first run is.
    explicit RunStore(const QString& folder, int most = maxRuns, QObject* parent = nullptr);

    [[nodiscard]] const std::vector<BenchmarkRun>& runs() const { return m_runs; } ///< newest first
    [[nodiscard]] const BenchmarkRun* find(const QString& id) const; ///< null: it is not there
    [[nodiscard]] QString folder() const { return m_folder; }

    /// A name that no run has, for one that begins. Empty when the folder cannot be made.
    [[nodiscard]] QString newId();
    [[nodiscard]] QString jsonFile(const QString& id) const;
    [[nodiscard]] QString htmlFile(const QString& id) const;
    /// Takes up what the run has written; false when that is no report. The oldest give way.
    bool add(const QString& id);
    /// Deletes the files of a run; false when they are still there.
    bool remove(const QString& id);

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] std::optional<BenchmarkReport> read(const QString& id) const;
    bool removeFiles(const QString& id) const;

    const QString m_folder;
    const int m_most;
    std::vector<BenchmarkRun> m_runs;
};

} // namespace jackfield::ui
