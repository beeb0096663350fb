#include "behaviours/standard_behaviours.h"

namespace jackfield::behaviours {

namespace {

class Closing final : public Behaviour {
public:
    void on_open(Peer& peer) override { peer.close({3000, "Go away!"}); }
    void on_message(Peer&, MessageKind, std::span<const std::byte>) override { }
};

} // namespace

std::unique_ptr<Behaviour> make_close(const EndpointConfig&)
{
    return std::make_unique<Closing>();
}

} // namespace jackfield::behaviours
