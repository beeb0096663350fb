#include "base/utf8.h"
#include "behaviours/standard_behaviours.h"

#include <vector>

namespace jackfield::behaviours {

namespace {

class Reverse final : public Behaviour {
public:
    [[nodiscard]] Maker maker() const override { return Maker::reverse; }
    void on_message(Peer& peer, MessageKind kind, std::span<const std::byte> payload) override
    {
        if (kind == MessageKind::text) {
            peer.send(kind, as_bytes(reverse_code_points(as_text(payload))));
        } else {
            const std::vector<std::byte> reversed(payload.rbegin(), payload.rend());
            peer.send(kind, reversed);
        }
    }
};

} // namespace

std::unique_ptr<Behaviour> make_reverse(const EndpointConfig&)
{
    return std::make_unique<Reverse>();
}

} // namespace jackfield::behaviours
