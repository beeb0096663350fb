#pragma once

#include "jackfield/recording.h"
#include "jackfield/shared_bytes.h"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::test {

/// A capture made up by a test: what an export reads.
class MadeCapture : public CaptureSource {
public:
    struct Kept {
        CapturedMessage message; ///< without its views
        std::string payload;
        std::vector<FrameFacts> facts;
        bool gone = false;
    };

    static SharedText shared(std::string_view text) { return std::make_shared<const std::string>(text); }
    static std::shared_ptr<ConnectionInfo> makeInfo(std::uint64_t number)
    {
        auto info = std::make_shared<ConnectionInfo>();
        info->id = {0, static_cast<std::uint32_t>(number), 1};
        info->number = number;
        info->peer = SocketAddress::v4({127, 0, 0, 1}, static_cast<std::uint16_t>(50'000 + number));
        info->local = SocketAddress::v4({127, 0, 0, 1}, 4567);
        info->host = shared("localhost:4567");
        info->origin = shared("http://localhost:5173");
        info->has_origin = true;
        info->target = shared("/chat?room=a%20b&x");
        info->protocol_version = shared("RFC 6455");
        info->subprotocol = shared("chat");
        info->offered_subprotocols = shared("chat, echo");
        info->extensions = shared("permessage-deflate");
        info->user_agent = shared("Mozilla/5.0 Firefox/128.0");
        info->endpoint = shared("/*");
        info->opened_at = WallTime(std::chrono::nanoseconds(start + static_cast<std::int64_t>(number)));
        return info;
    }

    ConnectionId open(std::shared_ptr<const ConnectionInfo> info, std::string name = "Firefox")
    {
        const ConnectionId id = info->id;
        order.push_back(id);
        known[id].info = std::move(info);
        known[id].name = std::move(name);
        return id;
    }
    ConnectionId open(std::uint64_t number) { return open(makeInfo(number)); }
    void close(ConnectionId id, std::uint16_t code, std::string reason, std::int64_t at)
    {
        known[id].close = CloseInfo{code, std::move(reason), ClosedBy::peer, CloseCause::closing_handshake,
            true, WallTime(std::chrono::nanoseconds(at))};
    }
    Kept& add(ConnectionId id, Direction direction, TrafficType type, std::string payload)
    {
        Kept one;
        one.message.sequence = kept.size() + 1;
        one.message.connection = id;
        one.message.wall_ns = start + static_cast<std::int64_t>(1'000 * (kept.size() + 1));
        one.message.size = payload.size();
        one.message.wire = payload.size() + 6;
        one.message.type = type;
        one.message.direction = direction;
        one.message.maker = direction == Direction::to_browser ? Maker::echo : Maker::peer;
        one.payload = std::move(payload);
        kept.push_back(std::move(one));
        return kept.back();
    }
    Kept& fromBrowser(ConnectionId id, std::string text)
    {
        return add(id, Direction::from_browser, TrafficType::text, std::move(text));
    }

    // CaptureSource
    [[nodiscard]] std::uint64_t count() const override { return kept.size(); }
    bool read(std::uint64_t index, CapturedMessage& message) override
    {
        if (onRead)
            onRead(index);
        const Kept& one = kept[index];
        if (one.gone)
            return false;
        message = one.message;
        message.frame_facts = one.facts;
        message.payload = message.payload_kept ? as_bytes(one.payload) : std::span<const std::byte>();
        return true;
    }
    [[nodiscard]] std::vector<ConnectionId> connections() const override { return order; }
    [[nodiscard]] const CapturedConnection* connection(ConnectionId id) const override
    {
        const auto found = known.find(id);
        return found == known.end() ? nullptr : &found->second;
    }

    static constexpr std::int64_t start = 1'700'000'000'000'000'001;
    std::deque<Kept> kept;
    std::vector<ConnectionId> order;
    std::map<ConnectionId, CapturedConnection> known;
    std::function<void(std::uint64_t)> onRead;
};

/// Writes into a string.
class StringSink : public TextSink {
public:
    Result<void> write(std::string_view piece) override
    {
        text += piece;
        return {};
    }
    std::string text;
};

/// `source` as text; an empty one when writing failed.
inline std::string written(CaptureSource& source, RecordingFormat format,
    const RecordingOptions& options = {}, ExportReport* report = nullptr)
{
    StringSink sink;
    RecordingProgress progress;
    auto result = write_recording(source, format, options, sink, progress);
    if (result && report)
        *report = *result;
    return result ? sink.text : std::string();
}

/// Keeps what a reader tells.
class KeptRecording : public RecordingReceiver {
public:
    struct Message {
        CapturedMessage message; ///< its views are of `payload` and `facts`
        std::string payload;
        std::vector<FrameFacts> facts;
    };
    void connection(const CapturedConnection& told) override { connections[told.info->id] = told; }
    bool message(const CapturedMessage& told) override
    {
        Message one{told, std::string(as_text(told.payload)), {}};
        one.facts.assign(told.frame_facts.begin(), told.frame_facts.end());
        messages.push_back(std::move(one));
        return messages.size() < enough;
    }
    [[nodiscard]] const CapturedConnection* numbered(std::uint64_t number) const
    {
        for (const auto& [id, known] : connections) {
            if (known.info->number == number)
                return &known;
        }
        return nullptr;
    }

    std::map<ConnectionId, CapturedConnection> connections;
    std::vector<Message> messages;
    std::size_t enough = SIZE_MAX;
};

/// Reads `text` fed in pieces of `piece` bytes.
inline Result<RecordingReport> readBack(std::string_view text, RecordingReceiver& receiver,
    std::size_t piece = SIZE_MAX, const RecordingLimits& limits = {})
{
    RecordingReader reader(receiver, limits);
    while (!text.empty() && reader.feed(text.substr(0, piece)))
        text.remove_prefix(std::min(piece, text.size()));
    return reader.finish();
}

} // namespace jackfield::test
