#include "behaviours/standard_behaviours.h"

namespace jackfield::behaviours {

namespace {

class Chat final : public Behaviour {
public:
    explicit Chat(bool includes_sender)
        : includes_sender_(includes_sender)
    { }
    [[nodiscard]] Maker maker() const override { return Maker::chat; }
    void on_message(Peer& peer, MessageKind kind, std::span<const std::byte> payload) override
    {
        peer.broadcast(kind, payload, includes_sender_);
    }

private:
    bool includes_sender_;
};

} // namespace

std::unique_ptr<Behaviour> make_chat(const EndpointConfig& endpoint)
{
    return std::make_unique<Chat>(endpoint.chat_includes_sender);
}

} // namespace jackfield::behaviours
