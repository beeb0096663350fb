#pragma once

#include "tests/support/raw_client.h"

#include "jackfield/composed_message.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace jackfield::test {

/// Pages, a script and a scanner as a server at work has them, over real sockets on loopback. They block: the
/// engine runs on a thread of its own. What goes wrong is a std::runtime_error.
class Scene {
public:
    /// `server`: where the engine listens.
    /// `breath`: called between messages, so that time passes and the window sees them come.
    Scene(const SocketAddress& server, std::function<void()> breath);

    /// Five connections with their messages, and two more that have come and gone. Every answer has arrived.
    void connect();
    /// One attempt for each kind of refusal: a page that is not on the list, one without an origin, a plain
    /// request, TLS. The page comes first.
    void beRefused();

    /// How many messages and control frames passed with `connect`, both ways.
    [[nodiscard]] std::uint64_t frames() const { return m_frames; }
    static constexpr std::size_t opened = 7;
    static constexpr std::size_t stillOpen = 5;

    /// Messages that a person would keep.
    [[nodiscard]] static std::vector<TemplateNode> templates();

private:
    RawClient open(const std::string& agent, const std::string& origin, const std::string& target,
        const std::string& more = {});
    void say(RawClient& client, const std::string& text);

    SocketAddress m_server;
    std::function<void()> m_breath;
    std::vector<RawClient> m_clients;
    std::uint64_t m_frames = 0;
};

} // namespace jackfield::test
