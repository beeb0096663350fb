#pragma once

#include "ui/bridge/hand_over.h"
#include "ui/text/json_tree.h"

#include <QObject>

#include <chrono>
#include <cstdint>
#include <memory>

namespace jackfield::ui {

/// Reads payloads as JSON on a thread of its own, one at a time: the newest that was asked for. The window's
/// thread alone calls it and gets its signal. Destruction waits until the other thread has noticed, which it
/// does within thousands of tokens.
class JsonTreeLoad : public QObject {
    Q_OBJECT
public:
    /// What reading one payload may cost: processor time, so that a busy machine makes no difference.
    static constexpr std::chrono::milliseconds timeLimit{100};

    explicit JsonTreeLoad(QObject* parent = nullptr);
    ~JsonTreeLoad() override;

    /// Asks for the tree of `payload`; what was asked before is given up and not told.
    void start(SharedBytes payload);
    void cancel(); ///< tells nothing until it is started again
    [[nodiscard]] bool isReading() const { return m_wanted != 0; }
    void setTimeLimit(std::chrono::milliseconds limit) { m_timeLimit = limit; }

Q_SIGNALS:
    /// The tree is empty unless the verdict is valid. Also told where a thread could not be had: as tooSlow.
    void finished(const jackfield::ui::JsonCheck& check, std::shared_ptr<const jackfield::ui::JsonTree> tree);

private:
    class Worker;
    void take(std::uint64_t job, const JsonCheck& check, std::shared_ptr<const JsonTree> tree);

    HandOver m_read;
    std::unique_ptr<Worker> m_worker; // made when it is needed first; before m_read goes, it ends
    std::chrono::milliseconds m_timeLimit = timeLimit;
    std::uint64_t m_wanted = 0; // the job that is awaited; 0: none
    std::uint64_t m_lastJob = 0;
};

} // namespace jackfield::ui
