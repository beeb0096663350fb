#pragma once

#include "ui/models/connection_store.h"
#include "ui/models/message_store.h"

#include "jackfield/recording.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace jackfield::ui {

/// The messages that an export reads from a thread of its own: what the store held of them when it was made,
/// payloads shared with it. Made in the window's thread; after that it looks at neither store again.
class ExportSource : public CaptureSource {
public:
    /// `sequences` in their order; dividers among them and what is gone are left out. `everyConnection`:
    /// those without a message belong to it as well.
    ExportSource(const MessageStore& messages, const ConnectionStore& connections,
        const std::vector<quint64>& sequences, bool everyConnection);

    [[nodiscard]] std::uint64_t count() const override { return m_messages.size(); }
    bool read(std::uint64_t index, CapturedMessage& message) override;
    [[nodiscard]] std::vector<ConnectionId> connections() const override { return m_order; }
    [[nodiscard]] const CapturedConnection* connection(ConnectionId id) const override;

private:
    struct Kept {
        CapturedMessage message; ///< its views are made when it is read
        SharedBytes payload;
        std::vector<FrameFacts> facts;
    };
    void add(ConnectionId id, const MessageConnection* known, const ConnectionStore& connections);

    std::vector<Kept> m_messages;
    std::vector<ConnectionId> m_order;
    std::unordered_map<ConnectionId, CapturedConnection> m_connections;
};

} // namespace jackfield::ui
