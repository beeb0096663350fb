#pragma once

#include "jackfield/api.h"
#include "jackfield/engine.h"
#include "jackfield/result.h"

#include <atomic>
#include <memory>
#include <thread>

namespace jackfield {

/// Runs an engine's `poll` on a thread of its own until it has finished. Create, use and destroy from one thread.
class JACKFIELD_API EngineThread {
public:
    /// Starts the thread. `engine` must outlive it. Errors: system when no thread can be had.
    static Result<std::unique_ptr<EngineThread>> start(Engine& engine);
    /// Submits a Quit and waits for the thread (at most the closing time-out and a little).
    ~EngineThread();
    EngineThread(const EngineThread&) = delete;
    EngineThread& operator=(const EngineThread&) = delete;

    /// True when the engine's loop has ended.
    [[nodiscard]] bool finished() const { return finished_.load(std::memory_order_acquire); }
    /// Ends the loop without waiting for clients: for a second signal.
    void abandon();

private:
    explicit EngineThread(Engine& engine) : engine_(engine) { }
    void run();
    Engine& engine_;
    std::atomic<bool> abandoned_{false};
    std::atomic<bool> finished_{false};
    std::thread thread_;
};

} // namespace jackfield
