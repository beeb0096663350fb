#include "base/utf8.h"
#include "capture/json_text.h"
#include "capture/record_words.h"
#include "capture/record_writer.h"

#include "jackfield/shared_bytes.h"

#include <array>

namespace jackfield {
namespace {

// What spreadsheets take for the start of a formula, or skip before looking for one. The full-width forms
// become the plain ones in programs that normalise what they import.
constexpr std::array<std::string_view, 11> formula_leads
    = {"=", "+", "-", "@", "\t", "\r", "\n", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};

class CsvWriter final : public RecordWriter {
public:
    explicit CsvWriter(bool neutralise)
        : neutralise_(neutralise)
    { }

    void begin(std::string& out) override
    {
        out += "seq,time,connection,name,direction,type,size,wire,by,closeCode,closeReason,encoding,data\r\n";
    }

    bool message(
        std::string& out, const CapturedMessage& message, const CapturedConnection* connection) override
    {
        out += std::to_string(message.sequence) + ',' + iso_time(message.wall_ns, true) + ','
            + std::to_string(number_of(connection)) + ',';
        cell(out, connection != nullptr ? std::string_view(connection->name) : std::string_view());
        out += message.direction == Direction::from_browser ? ",from browser," : ",to browser,";
        out += word_of(message.type);
        out += ',' + std::to_string(message.size) + ',' + std::to_string(message.wire) + ',';
        out += name_of(message.maker);
        out += ',';
        if (const auto frame = message.type == TrafficType::close && message.payload_kept
                ? read_close_payload(message.payload)
                : std::nullopt) {
            if (frame->code)
                out += std::to_string(*frame->code);
            out += ',';
            cell(out, frame->reason);
        } else {
            out += ',';
        }
        data(out, message);
        out += "\r\n";
        return true;
    }

private:
    void data(std::string& out, const CapturedMessage& message)
    {
        if (!message.payload_kept) {
            out += ",,";
            return;
        }
        const std::string_view text = as_text(message.payload);
        // A NUL ends the text, or the file, for many readers of CSV.
        const bool as_it_is = message.type != TrafficType::binary && message.type != TrafficType::raw
            && message.type != TrafficType::close && text.find('\0') == std::string_view::npos
            && is_valid_utf8(text);
        if (as_it_is) {
            out += ",utf8,";
            cell(out, text);
            return;
        }
        encoded_.clear();
        append_base64(encoded_, message.payload);
        out += ",base64,";
        cell(out, encoded_);
    }

    void cell(std::string& out, std::string_view text)
    {
        bool dangerous = false;
        for (const std::string_view lead : formula_leads)
            dangerous = dangerous || text.starts_with(lead);
        const bool guard = dangerous && neutralise_;
        const bool blank_end = !text.empty() && (text.front() == ' ' || text.back() == ' ');
        // Semicolons and tabs separate cells in spreadsheets of other languages.
        if (!dangerous && !blank_end && text.find_first_of("\",;\t\r\n") == std::string_view::npos) {
            append_text(out, text);
            return;
        }
        out += guard ? "\"'" : "\"";
        while (true) {
            const std::size_t quote = text.find('"');
            append_text(out, text.substr(0, quote));
            if (quote == std::string_view::npos)
                break;
            out += "\"\"";
            text.remove_prefix(quote + 1);
        }
        out += '"';
    }

    static void append_text(std::string& out, std::string_view text)
    {
        if (is_valid_utf8(text))
            out += text;
        else
            out += replaced_utf8(text);
    }

    const bool neutralise_;
    std::string encoded_;
};

} // namespace

std::unique_ptr<RecordWriter> make_csv_writer(const RecordingOptions& options)
{
    return std::make_unique<CsvWriter>(options.neutralise_formulas);
}

} // namespace jackfield
