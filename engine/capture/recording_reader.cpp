#include "base/file_steps.h"
#include "capture/recording_parts.h"

#include "jackfield/escape.h"
#include "jackfield/recording.h"

#include <array>
#include <cerrno>
#include <new>

namespace jackfield {
namespace {

constexpr std::size_t longest_head = std::size_t{64} << 10U;
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
constexpr std::string_view blanks = " \t\r\n";

std::string no_recording(std::uint64_t offset, std::string_view why)
{
    return "this is neither a HAR nor a JSON Lines recording: " + std::string(why) + " (byte "
        + std::to_string(offset) + ")";
}

} // namespace

std::string RecordingTrouble::message() const
{
    std::string text = line != 0 ? "line " + std::to_string(line) + ", byte " : "byte ";
    return text + std::to_string(offset) + ": " + what;
}

SharedText RecordingParts::share(std::string_view text)
{
    if (const auto known = texts_.find(std::string(text)); known != texts_.end())
        return known->second;
    if (text.size() > text_budget - text_bytes_)
        return share({});
    text_bytes_ += text.size();
    auto shared = std::make_shared<const std::string>(text);
    texts_.emplace(text, shared);
    return shared;
}

void RecordingParts::trouble(std::uint64_t offset, std::uint64_t line, std::string what)
{
    if (!report.trouble)
        report.trouble = RecordingTrouble{offset, line, std::move(what)};
}

bool RecordingParts::hand_over(const CapturedMessage& message)
{
    ++report.messages;
    report.without_payload += message.payload_kept || message.size == 0 ? 0 : 1;
    report.stopped = !receiver.message(message);
    return !report.stopped;
}

class RecordingReader::Private {
public:
    Private(RecordingReceiver& receiver, const RecordingLimits& limits)
        : parts(receiver, limits)
    { }

    /// Chooses the format by the first name in the first object. Nothing: more bytes are needed.
    void choose()
    {
        std::size_t at = head.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
        const std::size_t begin = at;
        at = head.find_first_not_of(blanks, at);
        if (at == std::string::npos)
            return;
        if (head[at] != '{') {
            const std::string_view start = std::string_view(head).substr(at);
            // The first byte of what is told apart by two or three.
            if (at == 0 && start.size() < 2 && start.find_first_of("\xef\x1f\xff\xfe") == 0)
                return;
            if (at == 0 && start.size() < 3 && byte_order_mark.starts_with(start))
                return;
            refuse(at, reason(start));
            return;
        }
        const std::size_t quote = head.find_first_not_of(blanks, at + 1);
        if (quote == std::string::npos)
            return;
        if (head[quote] != '"') {
            refuse(quote, head[quote] == '}' ? "its first object is empty" : "its first object has no name");
            return;
        }
        const std::size_t end = head.find('"', quote + 1);
        if (end == std::string::npos)
            return;
        const bool har = std::string_view(head).substr(quote + 1, end - quote - 1) == "log";
        format = har ? make_har_reader(parts, begin) : make_json_lines_reader(parts, begin);
        good = format->feed(std::string_view(head).substr(begin));
        head = {};
    }

    static std::string_view reason(std::string_view start)
    {
        if (start.starts_with("\x1f\x8b"))
            return "it is compressed with gzip; unpack it first";
        if (start.starts_with("\xff\xfe") || start.starts_with("\xfe\xff"))
            return "it is UTF-16; save it as UTF-8 first";
        return "it does not begin with a brace";
    }

    void refuse(std::uint64_t offset, std::string_view why)
    {
        problem = no_recording(offset, why);
        good = false;
    }

    RecordingParts parts;
    std::string head; // until the format is known
    std::unique_ptr<FormatReader> format;
    std::string problem;
    std::uint64_t taken = 0;
    bool good = true;
};

RecordingReader::RecordingReader(RecordingReceiver& receiver, const RecordingLimits& limits)
    : d_(std::make_unique<Private>(receiver, limits))
{ }

RecordingReader::~RecordingReader() = default;

bool RecordingReader::feed(std::string_view bytes)
{
    if (!d_->good)
        return false;
    d_->taken += bytes.size();
    if (d_->format) {
        d_->good = d_->format->feed(bytes);
        return d_->good;
    }
    d_->head += bytes;
    d_->choose();
    if (d_->good && !d_->format && d_->head.size() > longest_head)
        d_->refuse(longest_head, "nothing in its first 64 KiB says what it is");
    return d_->good;
}

Result<RecordingReport> RecordingReader::finish()
{
    if (!d_->format) {
        if (d_->problem.empty())
            d_->refuse(d_->taken, d_->taken == 0 ? "it is empty" : "it ends before it says what it is");
        return fail(ErrorCode::malformed, d_->problem);
    }
    d_->format->finish();
    RecordingReport& report = d_->parts.report;
    if (!d_->format->is_recording())
        return fail(ErrorCode::malformed,
            report.trouble ? no_recording(report.trouble->offset, report.trouble->what)
                           : no_recording(d_->taken, "nothing in it is a record of one"));
    return report;
}

Result<RecordingReport> read_recording(const std::string& path, RecordingReceiver& receiver,
    const RecordingLimits& limits, RecordingProgress& progress)
{
    FileCalls& calls = real_file_calls();
    auto opened = open_to_read(calls, path);
    if (!opened)
        return tl::unexpected<Error>(std::move(opened.error()));
    progress.total = opened->size;
    progress.done = 0;
    try {
        RecordingReader reader(receiver, limits);
        std::vector<char> chunk(std::size_t{64} << 10U);
        std::uint64_t done = 0;
        bool enough = false;
        while (!enough) {
            if (progress.cancelled.load(std::memory_order_relaxed)) {
                RecordingReport report;
                report.cancelled = true;
                return report;
            }
            const ssize_t count = calls.read(opened->file.number(), chunk.data(), chunk.size());
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0)
                return tl::unexpected<Error>(file_error("cannot read", path, errno).error());
            if (count == 0)
                break;
            done += static_cast<std::uint64_t>(count);
            progress.done = done;
            enough = !reader.feed({chunk.data(), static_cast<std::size_t>(count)});
            if (!enough && done > limits.file)
                return fail(ErrorCode::too_large,
                    escape_for_terminal(path) + " is larger than the " + std::to_string(limits.file >> 20U)
                        + " MiB that can be opened");
        }
        return reader.finish();
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::no_memory, "there is not enough memory to open this recording");
    }
}

} // namespace jackfield
