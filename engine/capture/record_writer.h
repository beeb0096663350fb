#pragma once

#include "jackfield/recording.h"

#include <memory>
#include <string>

namespace jackfield {

/// Writes one format. Each call appends to the text given; nothing is kept but what the format needs to go
/// on. The caller keeps the order: for `by_connection` all messages of one connection between its `opened`
/// and its `closed`, else everything in the order of time.
class RecordWriter {
public:
    enum class Order { by_time, by_connection };

    [[nodiscard]] static std::unique_ptr<RecordWriter> create(
        RecordingFormat format, const RecordingOptions& options);
    virtual ~RecordWriter() = default;

    [[nodiscard]] virtual Order order() const { return Order::by_time; }
    virtual void begin(std::string& /*out*/) { }
    /// `last_ns`: when the last thing of this connection passed; 0: nothing did.
    virtual void opened(
        std::string& /*out*/, const CapturedConnection& /*connection*/, std::int64_t /*last_ns*/)
    { }
    /// False: the format has no place for it. `connection`: null for one that is not known.
    virtual bool message(
        std::string& out, const CapturedMessage& message, const CapturedConnection* connection)
        = 0;
    /// Its end, or the end of what the recording has of it (`close` is not set).
    virtual void closed(std::string& /*out*/, const CapturedConnection& /*connection*/) { }
    virtual void end(std::string& /*out*/) { }
};

[[nodiscard]] std::unique_ptr<RecordWriter> make_har_writer();
[[nodiscard]] std::unique_ptr<RecordWriter> make_json_lines_writer();
[[nodiscard]] std::unique_ptr<RecordWriter> make_csv_writer(const RecordingOptions& options);
[[nodiscard]] std::unique_ptr<RecordWriter> make_transcript_writer();

/// The running number of a connection; 0 for one that is not known.
[[nodiscard]] inline std::uint64_t number_of(const CapturedConnection* connection)
{
    return connection != nullptr && connection->info ? connection->info->number : 0;
}
/// What a SharedText holds; empty for none.
[[nodiscard]] inline std::string_view view_of(const SharedText& text)
{
    return text ? std::string_view(*text) : std::string_view();
}

} // namespace jackfield
