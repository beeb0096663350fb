// Writes one made-up capture in every format, for readers that others wrote: `recording_samples FOLDER` makes
// sample.har, sample.jsonl, sample.csv, plain.csv (formulas as they are), sample.txt and expected.json, which
// holds the messages as they were, payloads in hexadecimal digits.
#include "tests/support/made_capture.h"

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

namespace {

using namespace jackfield;
using namespace jackfield::test;

std::string hex(std::string_view bytes)
{
    std::string digits;
    for (const char c : bytes) {
        digits += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4U];
        digits += "0123456789abcdef"[static_cast<unsigned char>(c) & 0xfU];
    }
    return digits;
}

std::vector<std::string> payloads()
{
    using namespace std::string_literals;
    return {"", "hello", "{\"type\":\"ack\",\"text\":\"\xe2\x82\xac \\\"quoted\\\"\"}", "a\0b"s,
        "lone\rreturn", "two\r\nlines", "\xe2\x80\xa8separator\xe2\x80\xa9", "next\xc2\x85line",
        "not UTF-8 \xff\xfe", "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1",
        "\xef\xbc\x9d"
        "1",
        "comma, \"quote\" ; semicolon", "\x01\x1b[31m\x7f", "\xf0\x9f\x98\x80", "\xef\xb7\x90",
        std::string(100'000, 'x')};
}

bool write(const std::string& path, const std::string& text)
{
    std::ofstream file(path, std::ios::binary);
    file << text;
    return file.good() && !text.empty();
}

} // namespace

int main(int count, char** arguments)
{
    if (count != 2)
        return 2;
    MadeCapture capture;
    const ConnectionId first
        = capture.open(MadeCapture::makeInfo(1), "Firefox \xc2\xb7 localhost:5173 \xe2\x86\x92 /chat");
    auto hostile = MadeCapture::makeInfo(2);
    hostile->target = MadeCapture::shared("/\"<script>\xc3\xa4 %zz?a=\xff&b=%41+c");
    hostile->user_agent = MadeCapture::shared("agent \xff \"x\"");
    hostile->has_origin = false;
    const ConnectionId second = capture.open(std::move(hostile), "=cmd|' /C calc'!A0");
    capture.open(3); // nothing passed on it
    for (const std::string& payload : payloads()) {
        for (const auto type : {TrafficType::text, TrafficType::binary}) {
            capture.add(first, Direction::from_browser, type, payload);
            capture.add(second, Direction::to_browser, type, payload);
        }
    }
    capture.add(first, Direction::from_browser, TrafficType::ping, "beat");
    capture.add(first, Direction::to_browser, TrafficType::close,
        std::string("\x0f\xa1"
                    "done",
            6));
    capture.close(first, 4001, "done \xe2\x98\xba", MadeCapture::start + 60'000'000'000);

    nlohmann::json expected = nlohmann::json::array();
    for (const auto& kept : capture.kept)
        expected.push_back({{"connection", kept.message.connection == first ? 1 : 2},
            {"from_browser", kept.message.direction == Direction::from_browser},
            {"type",
                kept.message.type == TrafficType::text         ? "text"
                    : kept.message.type == TrafficType::binary ? "binary"
                    : kept.message.type == TrafficType::ping   ? "ping"
                                                               : "close"},
            {"ns", kept.message.wall_ns}, {"payload", hex(kept.payload)}});
    const std::string folder = std::string(arguments[1]) + "/";
    const bool good = write(folder + "expected.json", expected.dump())
        && write(folder + "sample.har", written(capture, RecordingFormat::har))
        && write(folder + "sample.jsonl", written(capture, RecordingFormat::json_lines))
        && write(folder + "sample.csv", written(capture, RecordingFormat::csv))
        && write(folder + "plain.csv", written(capture, RecordingFormat::csv, {false}))
        && write(folder + "sample.txt", written(capture, RecordingFormat::transcript));
    if (!good)
        std::cerr << "cannot write the samples\n";
    return good ? 0 : 1;
}
