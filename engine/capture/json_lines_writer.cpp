#include "capture/record_writer.h"

#include "jackfield/json_lines.h"

namespace jackfield {
namespace {

class JsonLinesWriter final : public RecordWriter {
public:
    void opened(std::string& out, const CapturedConnection& connection, std::int64_t /*last_ns*/) override
    {
        append_open_line(out, *connection.info, connection.name);
    }
    bool message(
        std::string& out, const CapturedMessage& message, const CapturedConnection* connection) override
    {
        append_json_line(out, message, number_of(connection));
        return true;
    }
    void closed(std::string& out, const CapturedConnection& connection) override
    {
        if (connection.close)
            append_close_line(out, connection.info->number, *connection.close);
    }
};

} // namespace

std::unique_ptr<RecordWriter> make_json_lines_writer()
{
    return std::make_unique<JsonLinesWriter>();
}

} // namespace jackfield
