#include "jackfield/engine_thread.h"

#include <system_error>

#include <pthread.h>

namespace jackfield {

Result<std::unique_ptr<EngineThread>> EngineThread::start(Engine& engine)
{
    std::unique_ptr<EngineThread> thread(new EngineThread(engine));
    try {
        thread->thread_ = std::thread([raw = thread.get()] { raw->run(); });
    } catch (const std::system_error& error) {
        return fail(ErrorCode::system, "could not start the engine's thread", error.code().value());
    }
    return thread;
}

EngineThread::~EngineThread()
{
    if (!thread_.joinable())
        return;
    if (!finished() && !abandoned_.load(std::memory_order_relaxed) && engine_.submit(command::Quit{}) == 0)
        abandon();
    thread_.join();
}

void EngineThread::abandon()
{
    abandoned_.store(true, std::memory_order_release);
    engine_.wake();
}

void EngineThread::run()
{
    pthread_setname_np(pthread_self(), "jackfield-io");
    while (!abandoned_.load(std::memory_order_acquire)) {
        const auto report = engine_.poll(std::chrono::milliseconds(-1));
        if (!report || report->finished)
            break;
    }
    finished_.store(true, std::memory_order_release);
}

} // namespace jackfield
