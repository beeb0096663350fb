#pragma once

#include <QObject>

#include <functional>
#include <mutex>
#include <vector>

namespace jackfield::ui {

/// The way of another thread's results to the thread that this object lives in. What is handed over is
/// guarded by a lock of our own; the event loop only brings the news that something is there, so
/// ThreadSanitizer sees the order too.
class HandOver : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Has `work` called in this object's thread, once its event loop comes to it, in the order of posting.
    /// Any thread. Whoever posts has ended before this object is destroyed; what waits then is never called.
    void post(std::function<void()> work);

private:
    Q_INVOKABLE void run();

    std::mutex m_mutex;
    std::vector<std::function<void()>> m_waiting;
};

} // namespace jackfield::ui
