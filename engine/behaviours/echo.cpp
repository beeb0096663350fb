#include "behaviours/standard_behaviours.h"

namespace jackfield::behaviours {

namespace {

class Echo final : public Behaviour {
public:
    [[nodiscard]] Maker maker() const override { return Maker::echo; }
    void on_message(Peer& peer, MessageKind kind, std::span<const std::byte> payload) override
    {
        // A peer that does not read is paused by its own answers, so none is ever refused for a full queue.
        peer.send(kind, payload);
    }
};

} // namespace

std::unique_ptr<Behaviour> make_echo(const EndpointConfig&)
{
    return std::make_unique<Echo>();
}

} // namespace jackfield::behaviours
