#pragma once

#include "server/letter.h"

#include "jackfield/behaviour.h"
#include "jackfield/command.h"
#include "jackfield/event.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

namespace jackfield::server {

class Shard;
struct ChannelEntry;

/// Carries out one submitted command on the shard's thread and reports its CommandFinished.
class CommandRunner {
public:
    explicit CommandRunner(Shard& shard)
        : shard_(shard)
    { }
    void run(Submitted& submitted);
    void run(Forwarded& forwarded);
    /// Blocks where a kicked connection came from; the error, when that cannot be done.
    std::optional<Error> block(const KickBlock& block, const ConnectionInfo& info);

private:
    void operator()(command::Listen& command);
    void operator()(command::AddListener& command);
    void operator()(command::RemoveListener& command);
    void operator()(command::StopListening& command);
    void operator()(command::Send& command);
    void operator()(command::SendRaw& command);
    void operator()(command::Ping& command);
    void operator()(command::Pong& command);
    void operator()(command::Kick& command);
    void operator()(command::Resume& command);
    void operator()(command::Block& command);
    void operator()(command::Unblock& command);
    void operator()(command::Allow& command);
    void operator()(command::Deny& command);
    void operator()(command::ReplaceList& command);
    void operator()(command::SetTls& command);
    void operator()(command::RequireOrigin& command);
    void operator()(command::SetOlderProtocols& command);
    void operator()(command::ReapplyAccess& command);
    void operator()(command::SetEndpoint& command);
    void operator()(command::RemoveEndpoint& command);
    void operator()(command::SetTransport& command);
    void operator()(command::SetLimits& command);
    void operator()(command::SetCompression& command);
    void operator()(command::Quit& command);

    void for_each(const Target& target, const std::function<void(ChannelEntry&)>& act);
    void count(SendOutcome sent);
    [[nodiscard]] bool is_sendable(const CloseFrame& frame);
    void block_who_was_kicked(const KickBlock& block, const std::shared_ptr<const ConnectionInfo>& info);
    void add_block(AccessBlock block, milliseconds lifetime);
    void fail_with(ErrorCode code, std::string detail);
    template <class T>
    void take(Result<T> result)
    {
        if (!result)
            outcome_.error = result.error();
    }
    void set_endpoint(EndpointConfig config);
    void on_access_changed(ListKind list, bool from_file);

    void carry_out(Command& command);

    Shard& shard_;
    event::CommandFinished outcome_;
    std::size_t without_origin_ = 0;
    const AccessRules* access_ = nullptr; ///< those to apply anew
};

} // namespace jackfield::server
