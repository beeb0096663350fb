#pragma once

#include "ui/models/connection_store.h"
#include "ui/models/message_store.h"

#include "jackfield/capture_store.h"
#include "jackfield/recording.h"

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace jackfield::ui {

/// The messages that an export reads from a thread of its own: a snapshot of the capture, which stays as it
/// was, and what is known of the connections. Made in the window's thread; after that it looks at neither
/// store again.
class ExportSource : public CaptureSource {
public:
    /// `sequences` in ascending order, without a value all that are kept; dividers among them are no
    /// messages. `everyConnection`: those without a message belong to it as well.
    ExportSource(MessageStore& messages, const ConnectionStore& connections,
        std::optional<std::vector<quint64>> sequences, bool everyConnection);

    void prepare() override;
    [[nodiscard]] std::uint64_t count() const override { return m_sequences.size(); }
    bool read(std::uint64_t index, CapturedMessage& message) override;
    [[nodiscard]] std::vector<ConnectionId> connections() const override { return m_order; }
    [[nodiscard]] const CapturedConnection* connection(ConnectionId id) const override;

private:
    void take(const CapturedRecord& record);

    const CaptureSnapshot m_snapshot;
    std::optional<std::vector<quint64>> m_wanted;
    std::vector<quint64> m_sequences; // of messages
    std::vector<ConnectionId> m_order; // those that belong to it, by number
    /// Those that belong to it, and the closed ones, whose end the capture does not know.
    std::unordered_map<ConnectionId, CapturedConnection> m_known;
    std::unordered_set<ConnectionId> m_belongs;
};

} // namespace jackfield::ui
