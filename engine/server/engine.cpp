#include "jackfield/engine.h"

#include "base/utf8.h"
#include "server/commons.h"
#include "server/shard.h"
#include "server/stack_parts.h"
#include "server/state_merger.h"
#include "server/traffic_merger.h"

#include <algorithm>
#include <atomic>
#include <new>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <pthread.h>

namespace jackfield {

namespace {

constexpr std::string_view foreign_code_threw = "a behaviour, a logger or other code of the program threw an exception";

} // namespace

class Engine::Core {
public:
    Core(Stack stack, std::unique_ptr<server::Commons> commons)
        : stack_(std::move(stack))
        , commons_(std::move(commons))
    { }
    ~Core()
    {
        is_over_.store(true, std::memory_order_release);
        for (std::size_t i = 1; i < shards_.size(); ++i)
            shards_[i]->wake();
        threads_.clear();
    }
    Core(const Core&) = delete;
    Core& operator=(const Core&) = delete;

    Result<void> open(const EngineConfig& config)
    {
        for (std::uint32_t i = 0; i < commons_->shard_count(); ++i) {
            auto shard = server::Shard::create(static_cast<std::uint8_t>(i), config, stack_.parts(), *commons_);
            if (!shard)
                return tl::unexpected(shard.error());
            shards_.push_back(std::move(*shard));
        }
        for (const auto& shard : shards_)
            commons_->shards.push_back(shard.get());
        states_.emplace(commons_->shards);
        traffic_.emplace(commons_->shards);
        try {
            for (std::size_t i = 1; i < shards_.size(); ++i)
                threads_.emplace_back([this, &shard = *shards_[i]] { run(shard); });
        } catch (const std::system_error& error) {
            return fail(ErrorCode::system, "could not start: a thread", error.code().value());
        }
        first().open_configured_listeners();
        return {};
    }

    server::Shard& first() { return *shards_.front(); }
    server::Commons& commons() { return *commons_; }
    /// False when there is no memory for it.
    static bool post(server::Shard& shard, server::Letter letter) noexcept
    {
        try {
            shard.post(std::move(letter));
            return true;
        } catch (const std::bad_alloc&) {
            return false;
        }
    }
    void post_to_all(const auto& letter) noexcept
    {
        try {
            for (const auto& shard : shards_)
                shard->post(letter);
        } catch (const std::bad_alloc&) {
            return;
        }
    }
    /// The one that carries a connection of that id, if there is such a one.
    server::Shard& carrier_of(ConnectionId id) { return *shards_[id.shard() < shards_.size() ? id.shard() : 0]; }
    void wake()
    {
        for (const auto& shard : shards_)
            shard->wake();
    }
    Ticket next_ticket() { return tickets_.fetch_add(1, std::memory_order_relaxed) + 1; }

    void attach_state(bool attached) noexcept
    {
        try {
            if (attached)
                states_->attach();
            else
                states_->detach();
        } catch (const std::bad_alloc&) {
            return;
        }
    }
    bool take_state(StateBatch& batch) { return lower_signal_after(states_->take(batch)); }
    bool take_events(EventBatch& batch) { return lower_signal_after(commons_->events.take(batch)); }
    bool take_traffic(TrafficBatch& batch) { return lower_signal_after(traffic_->take(batch)); }

private:
    // readers' threads
    bool lower_signal_after(bool taken)
    {
        const auto has_any = [this] {
            return commons_->events.has_any()
                || std::ranges::any_of(shards_, [](const auto& shard) { return shard->has_for_readers(); });
        };
        if (has_any())
            return taken;
        commons_->signal.lower();
        if (has_any())
            commons_->signal.raise();
        return taken;
    }
    void run(server::Shard& shard)
    {
        pthread_setname_np(pthread_self(), "jackfield-io");
        while (!is_over_.load(std::memory_order_acquire)) {
            try {
                if (!shard.poll(std::chrono::nanoseconds(-1))) { // epoll itself has failed: nobody waits for its end
                    first().post(server::ShardEnded{});
                    return;
                }
            } catch (...) {
                continue; // no memory, or code of the program that throws: what was not served is still ready
            }
        }
    }

    Stack stack_; // its parts outlive the shards that use them
    std::unique_ptr<server::Commons> commons_;
    std::vector<std::unique_ptr<server::Shard>> shards_;
    std::optional<server::StateMerger> states_;
    std::optional<server::TrafficMerger> traffic_;
    std::atomic<Ticket> tickets_{0};
    std::atomic<bool> is_over_{false};
    std::vector<std::jthread> threads_; // of all shards but the first
};

Engine::Engine(std::unique_ptr<Core> core)
    : core_(std::move(core))
{ }
Engine::~Engine() = default;

Result<std::unique_ptr<Engine>> Engine::create(EngineConfig config, Stack stack)
{
    try {
        const std::uint32_t threads = std::clamp(config.threads, 1U, max_threads);
        auto commons = server::Commons::create(*stack.parts().system_calls, config, threads);
        if (!commons)
            return tl::unexpected(commons.error());
        auto core = std::make_unique<Core>(std::move(stack), std::move(*commons));
        if (auto opened = core->open(config); !opened)
            return tl::unexpected(opened.error());
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
        return core_->first().poll(timeout);
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::no_memory, "out of memory");
    } catch (...) {
        return fail(ErrorCode::callback_failed, std::string(foreign_code_threw));
    }
}

int Engine::pollable_descriptor() const
{
    return core_->first().pollable_descriptor();
}

Ticket Engine::submit(Command command)
{
    const Ticket ticket = core_->next_ticket();
    try {
        return core_->first().submit({ticket, std::move(command)}) ? ticket : Ticket{0};
    } catch (const std::bad_alloc&) {
        return 0;
    }
}

SendOutcome Engine::send(ConnectionId id, MessageKind kind, SharedBytes payload)
{
    if (kind == MessageKind::text && !is_valid_utf8(payload.view()))
        return SendOutcome::invalid;
    return Core::post(core_->carrier_of(id), server::DirectSend{id, kind, std::move(payload)}) ? SendOutcome::queued
                                                                                              : SendOutcome::queue_full;
}

void Engine::wake()
{
    core_->wake();
}

int Engine::ready_descriptor() const
{
    return core_->commons().signal.descriptor();
}

void Engine::attach_state()
{
    core_->attach_state(true);
}
void Engine::detach_state()
{
    core_->attach_state(false);
}

void Engine::set_traffic(TrafficLevel level, TrafficPolicy policy)
{
    core_->post_to_all(server::SetTraffic{level, policy});
}

void Engine::set_logger(Logger logger)
{
    core_->post_to_all(server::SetLogger{std::move(logger)});
}

bool Engine::take_state(StateBatch& batch)
{
    return core_->take_state(batch);
}
bool Engine::take_events(EventBatch& batch)
{
    return core_->take_events(batch);
}
bool Engine::take_traffic(TrafficBatch& batch)
{
    return core_->take_traffic(batch);
}

} // namespace jackfield
