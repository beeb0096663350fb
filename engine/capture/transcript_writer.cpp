#include "capture/record_words.h"
#include "capture/record_writer.h"

#include "jackfield/escape.h"
#include "jackfield/shared_bytes.h"

#include <limits>

namespace jackfield {
namespace {

constexpr auto whole = std::numeric_limits<std::size_t>::max();

std::string_view who(ClosedBy by)
{
    switch (by) {
    case ClosedBy::peer:
        return "the page";
    case ClosedBy::person:
        return "hand";
    case ClosedBy::engine:
        return "Jackfield";
    case ClosedBy::behaviour:
        return "the endpoint";
    case ClosedBy::shutdown:
        return "the server's stop";
    }
    return "the page";
}

class TranscriptWriter final : public RecordWriter {
public:
    void opened(std::string& out, const CapturedConnection& connection, std::int64_t /*last_ns*/) override
    {
        const ConnectionInfo& info = *connection.info;
        start(out, info.opened_at.time_since_epoch().count());
        out += '#' + std::to_string(info.number) + " opened  "
            + (connection.name.empty() ? "" : escape_for_terminal(connection.name) + "  ")
            + escape_for_terminal(view_of(info.target)) + "  from " + info.peer.text();
        if (info.has_origin)
            out += "  origin " + escape_for_terminal(view_of(info.origin));
        out += '\n';
    }

    bool message(
        std::string& out, const CapturedMessage& message, const CapturedConnection* connection) override
    {
        start(out, message.wall_ns);
        out += '#' + std::to_string(number_of(connection))
            + (message.direction == Direction::from_browser ? " from browser  " : " to browser  ");
        out += word_of(message.type);
        out += ' ' + std::to_string(message.size) + "  ";
        if (!message.payload_kept) {
            out += "(the content was not kept)";
        } else if (message.type == TrafficType::binary || message.type == TrafficType::raw) {
            append_hex(out, message.payload);
        } else if (const auto frame
            = message.type == TrafficType::close ? read_close_payload(message.payload) : std::nullopt) {
            if (frame->code)
                out += std::to_string(*frame->code) + (frame->reason.empty() ? "" : " ");
            out += escape_for_terminal(frame->reason, whole);
        } else {
            out += escape_for_terminal(as_text(message.payload), whole);
        }
        while (out.back() == ' ')
            out.pop_back();
        out += '\n';
        return true;
    }

    void closed(std::string& out, const CapturedConnection& connection) override
    {
        if (!connection.close)
            return;
        const CloseInfo& close = *connection.close;
        start(out, close.at.time_since_epoch().count());
        out += '#' + std::to_string(connection.info->number) + " closed  " + std::to_string(close.code);
        if (!close.reason.empty())
            out += ' ' + escape_for_terminal(close.reason, whole);
        out += "  by ";
        out += who(close.by);
        out += close.clean ? "\n" : ", not cleanly\n";
    }

private:
    void start(std::string& out, std::int64_t unix_ns)
    {
        const LocalTime local = local_time(unix_ns);
        if (std::string day = local.date + " " + local.zone; day != day_) {
            out += "--- " + day + " ---\n";
            day_ = std::move(day);
        }
        out += local.time + "  ";
    }

    static void append_hex(std::string& out, std::span<const std::byte> bytes)
    {
        constexpr std::string_view digits = "0123456789abcdef";
        for (const std::byte byte : bytes) {
            out += digits[std::to_integer<unsigned>(byte) >> 4U];
            out += digits[std::to_integer<unsigned>(byte) & 0xfU];
            out += ' ';
        }
    }

    std::string day_; // and the zone, of the line before
};

} // namespace

std::unique_ptr<RecordWriter> make_transcript_writer()
{
    return std::make_unique<TranscriptWriter>();
}

} // namespace jackfield
