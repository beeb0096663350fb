#include "behaviours/standard_behaviours.h"

namespace jackfield::behaviours {

namespace {

class Silent final : public Behaviour {
public:
    void on_message(Peer&, MessageKind, std::span<const std::byte>) override { }
};

} // namespace

std::unique_ptr<Behaviour> make_silent(const EndpointConfig&)
{
    return std::make_unique<Silent>();
}

} // namespace jackfield::behaviours
