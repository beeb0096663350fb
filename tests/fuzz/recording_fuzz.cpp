// Recordings: total for any bytes in any chopping, in bounds whatever the file says of itself. What was read
// is written in every format, and JSON Lines come back as they were.
#include "support/made_capture.h"

#include <cstdlib>

namespace {

using namespace jackfield;
using namespace jackfield::test;

Result<RecordingReport> read(std::string_view text, RecordingReceiver& receiver, std::size_t piece)
{
    RecordingLimits limits;
    limits.connections = 64;
    return readBack(text, receiver, piece, limits);
}

bool same(const KeptRecording& a, const KeptRecording& b)
{
    if (a.messages.size() != b.messages.size() || a.connections.size() != b.connections.size())
        return false;
    for (std::size_t i = 0; i < a.messages.size(); ++i) {
        const auto& [left, left_payload, left_facts] = a.messages[i];
        const auto& [right, right_payload, right_facts] = b.messages[i];
        if (left_payload != right_payload || left_facts != right_facts || left.wall_ns != right.wall_ns
            || left.size != right.size || left.type != right.type || left.direction != right.direction
            || left.maker != right.maker || left.payload_kept != right.payload_kept
            || left.sequence != right.sequence || left.frames != right.frames)
            return false;
    }
    return true;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    KeptRecording whole;
    KeptRecording bytewise;
    const auto report = read(text, whole, SIZE_MAX);
    const auto slow = read(text, bytewise, 1);
    if (report.has_value() != slow.has_value() || !same(whole, bytewise))
        std::abort();
    if (report
        && (report->trouble.has_value() != slow->trouble.has_value()
            || (report->trouble && report->trouble->offset != slow->trouble->offset)))
        std::abort();
    if (report && report->trouble && report->trouble->offset > size)
        std::abort();

    MadeCapture capture;
    for (const auto& [id, known] : whole.connections) {
        capture.order.push_back(id);
        capture.known[id] = known;
    }
    for (const auto& [message, payload, facts] : whole.messages) {
        if (message.payload.size() > size || payload.size() > size)
            std::abort();
        capture.kept.push_back({message, payload, facts, false});
    }
    for (const RecordingFormat format : all_recording_formats) {
        const std::string again = written(capture, format);
        if (format != RecordingFormat::json_lines || whole.messages.empty())
            continue;
        KeptRecording back;
        const auto second = read(again, back, SIZE_MAX);
        if (!second || second->trouble || back.messages.size() != whole.messages.size())
            std::abort();
        for (std::size_t i = 0; i < back.messages.size(); ++i) {
            if (back.messages[i].payload != whole.messages[i].payload
                || back.messages[i].message.wall_ns != whole.messages[i].message.wall_ns)
                std::abort();
        }
    }
    return 0;
}
