#pragma once

#include "jackfield/api.h"
#include "jackfield/behaviour.h"
#include "jackfield/command.h"
#include "jackfield/config.h"
#include "jackfield/lanes.h"
#include "jackfield/result.h"
#include "jackfield/stack.h"

#include <chrono>
#include <memory>

namespace jackfield {

/// What one `poll` did.
struct PollReport {
    std::size_t events = 0; ///< descriptors served
    bool finished = false; ///< a Quit is complete; further polls do nothing
};

/// A WebSocket server without a thread of its own. It never throws.
///
/// Threads: `poll` is called by one thread at a time (any thread). `submit`, `send`, `wake` and the readers of the lanes may be
/// called from any thread; each lane has one reader at a time. Destruction closes every socket at once; send a `command::Quit`
/// first to close politely.
class JACKFIELD_API Engine {
public:
    /// Makes an engine and opens its listeners. A listener that cannot be opened does not fail the creation: the engine
    /// exists, stopped, with an event::ListenFailed waiting, so that a window can offer another try.
    /// Errors: invalid_argument (a bad endpoint, or a behaviour that has no such name), callback_failed (a behaviour's factory threw, or made
    /// nothing), system (no epoll or eventfd), no_memory.
    static Result<std::unique_ptr<Engine>> create(EngineConfig config, Stack stack = Stack::standard());
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// Serves what is ready, waiting at most `timeout` for it. 0: does not wait; negative: no limit.
    /// Errors: system, when epoll itself fails; no_memory, when the turn ran out of it; callback_failed, when code of the program's own threw
    /// where nothing says what becomes of it. The engine goes on with the next call.
    Result<PollReport> poll(std::chrono::milliseconds timeout);
    /// Readable whenever `poll(0)` has work, timers included. Owned by the engine.
    [[nodiscard]] int pollable_descriptor() const;

    /// Queues a command; any thread. Its CommandFinished carries the ticket, and is never lost; so one who submits commands takes events, too.
    /// 0: it was not queued, since `EngineConfig::command_capacity` of them are on their way or have outcomes that nobody took, or since there
    /// is no memory. A command::Quit has a place beyond the others'. Once a Quit is complete, nothing is carried out or told any more.
    Ticket submit(Command command);
    /// Queues a message for one connection; any thread, the hot path. `queue_full`: no memory to queue it. Errors that are only known on the engine's thread (gone, queue full) are
    /// counted in the connection's row and not reported here.
    SendOutcome send(ConnectionId id, MessageKind kind, SharedBytes payload);
    /// Makes a waiting `poll` return; any thread.
    void wake();

    /// Readable while a lane holds something. Made readable once, when a lane goes from empty to not empty; the `take_*` calls
    /// make it unreadable when all lanes are empty.
    [[nodiscard]] int ready_descriptor() const;
    /// Declares a reader for the state lane: the next batch is a full snapshot.
    void attach_state();
    /// Ends the state lane: nothing is gathered for it any more.
    void detach_state();
    /// Has the log's lines go to `logger` from the engine's next turn on; empty: to nobody. Any thread. The one before is destroyed on the thread
    /// that polls.
    void set_logger(Logger logger);
    /// Sets what the traffic lane carries; `off` detaches its reader. The level takes effect on the engine's next turn.
    void set_traffic(TrafficLevel level, TrafficPolicy policy);
    /// Each swaps what waits into `batch` (whose memory is reused) and says whether there was anything.
    bool take_state(StateBatch& batch);
    bool take_events(EventBatch& batch); ///< see `take_state`
    bool take_traffic(TrafficBatch& batch); ///< see `take_state`

private:
    class Core;
    explicit Engine(std::unique_ptr<Core> core);
    std::unique_ptr<Core> core_;
};

} // namespace jackfield
