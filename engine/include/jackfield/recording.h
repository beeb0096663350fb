#pragma once

#include "jackfield/api.h"
#include "jackfield/captured.h"
#include "jackfield/result.h"

#include <atomic>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield {

/// What a recording of traffic can be written as.
enum class RecordingFormat : std::uint8_t {
    /// HAR 1.2, as browsers' tools import it: an entry a connection, its messages in `_webSocketMessages`
    /// with
    /// `send` for what the browser sent. Text and Binary Messages only. Text that is not UTF-8 has opcode 2,
    /// base64 and `_opcode` 1.
    har,
    json_lines, ///< one JSON object a line, lossless (jackfield/json_lines.h)
    csv, ///< RFC 4180 with a header line; a row for each message and control frame
    transcript, ///< lines for a person, in the time zone of this machine
};
/// For walking over them.
inline constexpr RecordingFormat all_recording_formats[]
    = {RecordingFormat::har, RecordingFormat::json_lines, RecordingFormat::csv, RecordingFormat::transcript};

/// "har", "json-lines", "csv", "transcript".
[[nodiscard]] JACKFIELD_API std::string_view name_of(RecordingFormat format);
/// ".har", ".jsonl", ".csv", ".txt".
[[nodiscard]] JACKFIELD_API std::string_view suffix_of(RecordingFormat format);
/// The format that a file's name asks for by its end, whatever the case (also .ndjson, .log); nullopt for
/// others.
[[nodiscard]] JACKFIELD_API std::optional<RecordingFormat> format_of_file(std::string_view name);

/// What can be chosen about a format.
struct RecordingOptions {
    /// CSV: a cell that a spreadsheet would take for a formula (it begins with = + - @, their full-width
    /// forms, a tab or a line end) gets a ' in front.
    bool neutralise_formulas = true;
};

/// What an export reads: a capture as it stood when the export was asked for. The export calls it from its
/// own thread, one call at a time.
class JACKFIELD_API CaptureSource {
public:
    virtual ~CaptureSource() = default;
    /// Called first, by the export, in its own thread: the place for what takes long. Called again when a
    /// source is used again.
    virtual void prepare() { }
    /// How many messages there are; fixed from `prepare` on.
    [[nodiscard]] virtual std::uint64_t count() const = 0;
    /// The message at `index` below count(), oldest first; its views live until the next call. False when it
    /// is no longer kept: it is left out and counted.
    virtual bool read(std::uint64_t index, CapturedMessage& message) = 0;
    /// The connections that belong to it, those without messages included, in the order of their numbers.
    [[nodiscard]] virtual std::vector<ConnectionId> connections() const = 0;
    /// Null for one that it does not know. The pointer lives as long as the source.
    [[nodiscard]] virtual const CapturedConnection* connection(ConnectionId id) const = 0;
};

/// Shared between whoever waits and whoever works: figures to show, and the wish to stop. Any thread.
struct RecordingProgress {
    std::atomic<std::uint64_t> done{0}; ///< messages written, or bytes read
    std::atomic<std::uint64_t> total{0}; ///< 0 until it is known
    std::atomic<std::uint64_t> bytes{0}; ///< of the file so far
    std::atomic<bool> cancelled{false}; ///< set it to stop: nothing is left behind
};

/// What came of an export.
struct ExportReport {
    bool cancelled = false; ///< nothing was written; the other figures say how far it came
    std::uint64_t messages = 0;
    std::uint64_t connections = 0;
    std::uint64_t bytes = 0;
    std::uint64_t left_out = 0; ///< HAR: control frames, fragments and raw bytes, which it has no place for
    std::uint64_t without_payload = 0; ///< written with their size alone: their content had not been kept
    std::uint64_t gone = 0; ///< gave way while the export ran
};

/// Takes what a writer of a format gives out.
class JACKFIELD_API TextSink {
public:
    virtual ~TextSink() = default;
    /// Takes all of `text`. An error ends the writing and is what the writer gives back.
    [[nodiscard]] virtual Result<void> write(std::string_view text) = 0;
};

/// Writes all of `source` to `sink`, a message at a time: it holds the text of one message and never the
/// document. Blocks. Errors: those of the sink, no_memory. Looks at `progress.cancelled` with every message.
[[nodiscard]] JACKFIELD_API Result<ExportReport> write_recording(CaptureSource& source, RecordingFormat format,
    const RecordingOptions& options, TextSink& sink, RecordingProgress& progress);

/// The same into the file at `path`, whole or not at all: it is written beside it as `path.partial` and takes
/// its place when all of it is on the disk. Blocks, so give it a thread of its own. Errors: invalid_argument
/// (a folder, FIFO or device), permission_denied, system (errno: ENOSPC, EIO, EROFS, ENAMETOOLONG ...), with
/// what was written by then in the detail; the old file is untouched and nothing is left beside it.
[[nodiscard]] JACKFIELD_API Result<ExportReport> export_recording(CaptureSource& source, const std::string& path,
    RecordingFormat format, const RecordingOptions& options, RecordingProgress& progress);

/// What reading a recording may cost.
struct RecordingLimits {
    std::uint64_t file = std::uint64_t{2} << 30U; ///< larger files are refused
    std::uint64_t payload = std::uint64_t{16} << 20U; ///< of one message; a larger one is told without it
    std::size_t depth = 128; ///< of nesting
    std::size_t connections = 100'000;
};

/// Takes what a recording holds, as it is read. Connections have ids of the recording's own.
class JACKFIELD_API RecordingReceiver {
public:
    virtual ~RecordingReceiver() = default;
    /// What is known of a connection; `info` is set. Comes before or after its messages (in a HAR after), and
    /// again when its end is known.
    virtual void connection(const CapturedConnection& connection) = 0;
    /// A message, in the order of the file: in a HAR one connection after the other. Sequences are the
    /// recording's, or count up from 1 where it has none. A HAR does not say how they travelled: `wire` is 0.
    /// False stops the reading.
    virtual bool message(const CapturedMessage& message) = 0;
};

/// Why a recording was read in part: everything before this place is good and was handed over.
struct RecordingTrouble {
    std::uint64_t offset = 0; ///< bytes from the start of the file
    std::uint64_t line = 0; ///< JSON Lines: from 1; else 0
    std::string what; ///< ours: "the file ends inside of a text"
    /// One sentence: "Line 7, byte 1234: ...".
    [[nodiscard]] JACKFIELD_API std::string message() const;
};

/// What came of reading a recording.
struct RecordingReport {
    RecordingFormat format = RecordingFormat::har; ///< har or json_lines
    std::uint64_t messages = 0;
    std::uint64_t connections = 0;
    std::uint64_t skipped
        = 0; ///< messages with a field missing or out of range, as browsers' importers skip them
    std::uint64_t other_entries = 0; ///< HAR: entries that are no WebSocket
    std::uint64_t without_payload = 0; ///< larger than the limit, or recorded without
    std::optional<RecordingTrouble> trouble;
    bool cancelled = false;
    bool stopped = false; ///< the receiver had enough
};

/// Reads a recording as its bytes come, in any chopping. Tells HAR and JSON Lines apart by what they hold.
/// Holds one message and the connections, whatever the file says of itself. One thread at a time.
class JACKFIELD_API RecordingReader {
public:
    /// Both outlive it.
    RecordingReader(RecordingReceiver& receiver, const RecordingLimits& limits);
    ~RecordingReader();
    RecordingReader(const RecordingReader&) = delete;
    RecordingReader& operator=(const RecordingReader&) = delete;

    /// False when there is no use in more: trouble, or the receiver had enough.
    bool feed(std::string_view bytes);
    /// The end of the file. Errors: malformed when it is no recording at all (the detail has the offset).
    [[nodiscard]] Result<RecordingReport> finish();

private:
    class Private;
    std::unique_ptr<Private> d_;
};

/// Reads the file at `path`. Blocks, so give it a thread of its own. Errors: not_found, invalid_argument (a
/// folder, FIFO or device), permission_denied, too_large, malformed (no recording), system, no_memory.
[[nodiscard]] JACKFIELD_API Result<RecordingReport> read_recording(const std::string& path, RecordingReceiver& receiver,
    const RecordingLimits& limits, RecordingProgress& progress);

} // namespace jackfield
