#include "jackfield/recording.h"

#include "base/partial_file.h"
#include "base/text.h"
#include "capture/record_writer.h"

#include <algorithm>
#include <new>
#include <numeric>
#include <unordered_map>

namespace jackfield {
namespace {

constexpr std::size_t piece_size = std::size_t{256} << 10U;
constexpr std::size_t kept_storage = std::size_t{4} << 20U; // of the text buffer, between messages

/// A connection in the export and how far it has come.
struct Part {
    ConnectionId id;
    CapturedConnection known; // `info` is set
    std::uint64_t messages = 0;
    std::int64_t first_ns = 0;
    std::int64_t last_ns = 0;
    bool opened = false;
    bool closed = false;

    [[nodiscard]] std::int64_t opened_ns() const { return known.info->opened_at.time_since_epoch().count(); }
    /// Never before its last message, whatever the clock did. For one with an end.
    [[nodiscard]] std::int64_t closed_ns() const
    {
        return std::max(last_ns, std::int64_t{known.close->at.time_since_epoch().count()});
    }
};

class Export {
public:
    Export(CaptureSource& source, RecordingFormat format, const RecordingOptions& options, TextSink& sink,
        RecordingProgress& progress)
        : source_(source)
        , writer_(RecordWriter::create(format, options))
        , sink_(sink)
        , progress_(progress)
    { }

    Result<ExportReport> run()
    {
        progress_.done = 0;
        progress_.bytes = 0;
        source_.prepare();
        progress_.total = source_.count();
        if (!survey())
            return cancelled();
        writer_->begin(out_);
        const bool whole
            = writer_->order() == RecordWriter::Order::by_connection ? by_connection() : by_time();
        if (whole)
            writer_->end(out_);
        if (!whole || !flush()) {
            if (error_)
                return tl::unexpected<Error>(std::move(*error_));
            return cancelled();
        }
        report_.connections = parts_.size();
        return report_;
    }

private:
    Result<ExportReport> cancelled()
    {
        report_.cancelled = true;
        return report_;
    }
    [[nodiscard]] bool wanted() const { return !progress_.cancelled.load(std::memory_order_relaxed); }

    std::uint32_t part_of(ConnectionId id)
    {
        const auto [found, is_new] = by_id_.try_emplace(id, static_cast<std::uint32_t>(parts_.size()));
        if (is_new) {
            Part part;
            part.id = id;
            if (const CapturedConnection* known = source_.connection(id))
                part.known = *known;
            parts_.push_back(std::move(part));
        }
        return found->second;
    }

    /// Which message belongs to whom. False when cancelled.
    bool survey()
    {
        for (const ConnectionId id : source_.connections())
            part_of(id);
        owner_.reserve(source_.count());
        CapturedMessage message;
        for (std::uint64_t i = 0; i < source_.count(); ++i) {
            if (!wanted())
                return false;
            if (!source_.read(i, message)) {
                owner_.push_back(nobody);
                continue;
            }
            const std::uint32_t index = part_of(message.connection);
            Part& part = parts_[index];
            if (part.messages++ == 0)
                part.first_ns = message.wall_ns;
            part.last_ns = std::max(part.last_ns, message.wall_ns);
            owner_.push_back(index);
        }
        for (Part& part : parts_) {
            if (part.known.info)
                continue;
            auto info = std::make_shared<ConnectionInfo>();
            info->id = part.id;
            info->opened_at = WallTime(std::chrono::nanoseconds(part.first_ns));
            part.known.info = std::move(info);
        }
        return true;
    }

    void lose()
    {
        ++report_.gone;
        progress_.done.fetch_add(1, std::memory_order_relaxed);
    }

    /// False when it is to stop.
    bool write(Part& part, const CapturedMessage& message)
    {
        if (writer_->message(out_, message, &part.known)) {
            ++report_.messages;
            report_.without_payload += message.payload_kept || message.size == 0 ? 0 : 1;
        } else {
            ++report_.left_out;
        }
        progress_.done.fetch_add(1, std::memory_order_relaxed);
        return out_.size() < piece_size ? wanted() : flush();
    }

    bool by_connection()
    {
        // Counting sort: the messages of each connection side by side, in their order.
        std::vector<std::uint64_t> starts(parts_.size() + 1);
        for (const std::uint32_t owner : owner_)
            starts[owner == nobody ? 0 : owner + 1] += owner == nobody ? 0 : 1;
        std::partial_sum(starts.begin(), starts.end(), starts.begin());
        std::vector<std::uint64_t> sorted(starts.back());
        auto next = starts;
        for (std::uint64_t i = 0; i < owner_.size(); ++i) {
            if (owner_[i] != nobody)
                sorted[next[owner_[i]]++] = i;
            else
                lose();
        }
        CapturedMessage message;
        for (std::size_t index = 0; index < parts_.size(); ++index) {
            if (!wanted())
                return false;
            writer_->opened(out_, parts_[index].known, parts_[index].last_ns);
            for (std::uint64_t i = starts[index]; i < starts[index + 1]; ++i) {
                if (!source_.read(sorted[i], message))
                    lose();
                else if (!write(parts_[index], message))
                    return false;
            }
            writer_->closed(out_, parts_[index].known);
            if (out_.size() >= piece_size && !flush())
                return false;
        }
        return true;
    }

    bool by_time()
    {
        std::vector<std::uint32_t> openings(parts_.size());
        std::iota(openings.begin(), openings.end(), 0U);
        std::vector<std::uint32_t> closings;
        for (const std::uint32_t index : openings) {
            if (parts_[index].known.close)
                closings.push_back(index);
        }
        std::stable_sort(openings.begin(), openings.end(),
            [&](auto a, auto b) { return parts_[a].opened_ns() < parts_[b].opened_ns(); });
        std::stable_sort(closings.begin(), closings.end(),
            [&](auto a, auto b) { return parts_[a].closed_ns() < parts_[b].closed_ns(); });
        std::size_t next_opening = 0;
        std::size_t next_closing = 0;
        const auto open = [&](Part& part) {
            if (!std::exchange(part.opened, true))
                writer_->opened(out_, part.known, part.last_ns);
        };
        const auto close = [&](Part& part) {
            open(part);
            if (!std::exchange(part.closed, true))
                writer_->closed(out_, part.known);
        };
        // What opened up to `now` and closed before it, in the order in which it did.
        const auto catch_up = [&](std::int64_t now) {
            while (true) {
                Part* opening = next_opening < openings.size() ? &parts_[openings[next_opening]] : nullptr;
                Part* closing = next_closing < closings.size() ? &parts_[closings[next_closing]] : nullptr;
                if (opening != nullptr && opening->opened_ns() > now)
                    opening = nullptr;
                if (closing != nullptr && closing->closed_ns() >= now)
                    closing = nullptr;
                if (opening != nullptr
                    && (closing == nullptr || opening->opened_ns() <= closing->closed_ns())) {
                    open(*opening);
                    ++next_opening;
                } else if (closing != nullptr) {
                    close(*closing);
                    ++next_closing;
                } else {
                    return;
                }
            }
        };
        CapturedMessage message;
        for (std::uint64_t i = 0; i < owner_.size(); ++i) {
            if (owner_[i] == nobody || !source_.read(i, message)) {
                lose();
                continue;
            }
            catch_up(message.wall_ns);
            open(parts_[owner_[i]]);
            if (!write(parts_[owner_[i]], message))
                return false;
        }
        for (; next_opening < openings.size(); ++next_opening)
            open(parts_[openings[next_opening]]);
        for (; next_closing < closings.size(); ++next_closing)
            close(parts_[closings[next_closing]]);
        return out_.size() < piece_size || flush();
    }

    bool flush()
    {
        if (!wanted())
            return false;
        if (auto written = sink_.write(out_); !written) {
            error_ = std::move(written.error());
            return false;
        }
        report_.bytes += out_.size();
        progress_.bytes.store(report_.bytes, std::memory_order_relaxed);
        out_.clear();
        if (out_.capacity() > kept_storage)
            out_ = {};
        return true;
    }

    static constexpr std::uint32_t nobody = UINT32_MAX;

    CaptureSource& source_;
    std::unique_ptr<RecordWriter> writer_;
    TextSink& sink_;
    RecordingProgress& progress_;
    std::vector<Part> parts_;
    std::unordered_map<ConnectionId, std::uint32_t> by_id_;
    std::vector<std::uint32_t> owner_; // of each message: a part, or nobody when it is gone
    std::string out_;
    ExportReport report_;
    std::optional<Error> error_;
};

class FileSink final : public TextSink {
public:
    explicit FileSink(PartialFile& file)
        : file_(file)
    { }
    Result<void> write(std::string_view text) override { return file_.write(text); }

private:
    PartialFile& file_;
};

} // namespace

std::string_view name_of(RecordingFormat format)
{
    switch (format) {
    case RecordingFormat::har:
        return "har";
    case RecordingFormat::json_lines:
        return "json-lines";
    case RecordingFormat::csv:
        return "csv";
    case RecordingFormat::transcript:
        return "transcript";
    }
    return "unknown";
}

std::string_view suffix_of(RecordingFormat format)
{
    switch (format) {
    case RecordingFormat::har:
        return ".har";
    case RecordingFormat::json_lines:
        return ".jsonl";
    case RecordingFormat::csv:
        return ".csv";
    case RecordingFormat::transcript:
        return ".txt";
    }
    return "";
}

std::optional<RecordingFormat> format_of_file(std::string_view name)
{
    const std::string lower = to_lower_ascii(name);
    for (const RecordingFormat format : all_recording_formats) {
        if (lower.ends_with(suffix_of(format)))
            return format;
    }
    if (lower.ends_with(".ndjson") || lower.ends_with(".jsonlines"))
        return RecordingFormat::json_lines;
    if (lower.ends_with(".log"))
        return RecordingFormat::transcript;
    return std::nullopt;
}

std::unique_ptr<RecordWriter> RecordWriter::create(RecordingFormat format, const RecordingOptions& options)
{
    switch (format) {
    case RecordingFormat::har:
        return make_har_writer();
    case RecordingFormat::json_lines:
        return make_json_lines_writer();
    case RecordingFormat::csv:
        return make_csv_writer(options);
    case RecordingFormat::transcript:
        break;
    }
    return make_transcript_writer();
}

Result<ExportReport> write_recording(CaptureSource& source, RecordingFormat format,
    const RecordingOptions& options, TextSink& sink, RecordingProgress& progress)
{
    try {
        return Export(source, format, options, sink, progress).run();
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::no_memory, "there is not enough memory to export this");
    }
}

Result<ExportReport> export_recording(CaptureSource& source, const std::string& path, RecordingFormat format,
    const RecordingOptions& options, RecordingProgress& progress)
{
    auto file = PartialFile::create(path);
    if (!file)
        return tl::unexpected<Error>(std::move(file.error()));
    FileSink sink(**file);
    auto report = write_recording(source, format, options, sink, progress);
    if (!report || report->cancelled)
        return report;
    if (auto done = (*file)->commit(); !done)
        return tl::unexpected<Error>(std::move(done.error()));
    return report;
}

} // namespace jackfield
