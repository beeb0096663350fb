#include "jackfield/engine.h"

#include "base/utf8.h"
#include "server/shard.h"
#include "server/stack_parts.h"

#include <atomic>
#include <new>
#include <utility>

namespace jackfield {

namespace {

constexpr std::string_view foreign_code_threw = "a behaviour, a logger or other code of the program threw an exception";

} // namespace

class Engine::Core {
public:
    Core(Stack stack, std::unique_ptr<server::Shard> shard)
        : stack_(std::move(stack))
        , shard_(std::move(shard))
    { }

    server::Shard& shard() { return *shard_; }
    /// False when there is no memory for it.
    bool post(server::Letter letter) noexcept
    {
        try {
            shard_->post(std::move(letter));
            return true;
        } catch (const std::bad_alloc&) {
            return false;
        }
    }
    Ticket next_ticket() { return tickets_.fetch_add(1, std::memory_order_relaxed) + 1; }

private:
    Stack stack_; // its parts outlive the shard that uses them
    std::unique_ptr<server::Shard> shard_;
    std::atomic<Ticket> tickets_{0};
};

Engine::Engine(std::unique_ptr<Core> core)
    : core_(std::move(core))
{ }
Engine::~Engine() = default;

Result<std::unique_ptr<Engine>> Engine::create(EngineConfig config, Stack stack)
{
    try {
        auto shard = server::Shard::create(0, config, stack.parts());
        if (!shard)
            return tl::unexpected(shard.error());
        (*shard)->open_configured_listeners();
        auto core = std::make_unique<Core>(std::move(stack), std::move(*shard));
        return std::unique_ptr<Engine>(new Engine(std::move(core)));
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::no_memory, "could not start: out of memory");
    } catch (...) {
        return fail(ErrorCode::callback_failed, "could not start: " + std::string(foreign_code_threw));
    }
}

Result<PollReport> Engine::poll(std::chrono::milliseconds timeout)
{
    try {
        return core_->shard().poll(timeout);
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::no_memory, "out of memory");
    } catch (...) {
        return fail(ErrorCode::callback_failed, std::string(foreign_code_threw));
    }
}

int Engine::pollable_descriptor() const
{
    return core_->shard().pollable_descriptor();
}

Ticket Engine::submit(Command command)
{
    const Ticket ticket = core_->next_ticket();
    try {
        return core_->shard().submit({ticket, std::move(command)}) ? ticket : Ticket{0};
    } catch (const std::bad_alloc&) {
        return 0;
    }
}

SendOutcome Engine::send(ConnectionId id, MessageKind kind, SharedBytes payload)
{
    if (kind == MessageKind::text && !is_valid_utf8(payload.view()))
        return SendOutcome::invalid;
    return core_->post(server::DirectSend{id, kind, std::move(payload)}) ? SendOutcome::queued
                                                                         : SendOutcome::queue_full;
}

void Engine::wake()
{
    core_->shard().wake();
}

int Engine::ready_descriptor() const
{
    return core_->shard().ready_descriptor();
}

void Engine::attach_state()
{
    core_->post(server::AttachState{true});
}
void Engine::detach_state()
{
    core_->post(server::AttachState{false});
}

void Engine::set_traffic(TrafficLevel level, TrafficPolicy policy)
{
    core_->post(server::SetTraffic{level, policy});
}

void Engine::set_logger(Logger logger)
{
    core_->post(server::SetLogger{std::move(logger)});
}

bool Engine::take_state(StateBatch& batch)
{
    return core_->shard().take_state(batch);
}
bool Engine::take_events(EventBatch& batch)
{
    return core_->shard().take_events(batch);
}
bool Engine::take_traffic(TrafficBatch& batch)
{
    return core_->shard().take_traffic(batch);
}

} // namespace jackfield
