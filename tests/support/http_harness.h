#pragma once

#include "http/request_parser.h"

#include "jackfield/shared_bytes.h"

#include <QByteArray>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::test {

/// The request of the hardening list that is answered with 101, with `changes` made to it: each names a field
/// and its line (none removes the field, several lines replace it).
inline std::string good_request(std::vector<std::pair<std::string, std::string>> changes = {},
    std::string_view request_line = "GET /chat HTTP/1.1")
{
    std::vector<std::pair<std::string, std::string>> lines{{"Host", "Host: localhost:8080\r\n"},
        {"Upgrade", "Upgrade: websocket\r\n"}, {"Connection", "Connection: Upgrade\r\n"},
        {"Sec-WebSocket-Key", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"},
        {"Sec-WebSocket-Version", "Sec-WebSocket-Version: 13\r\n"},
        {"Origin", "Origin: http://localhost:3000\r\n"}};
    for (auto& [name, line] : changes) {
        const auto found = std::find_if(
            lines.begin(), lines.end(), [&, &wanted = name](const auto& l) { return l.first == wanted; });
        if (found != lines.end())
            found->second = line;
        else
            lines.emplace_back(name, line);
    }
    std::string request(request_line);
    request += "\r\n";
    for (const auto& [name, line] : lines)
        request += line;
    return request + "\r\n";
}

/// The head of a request that must be complete and well-formed; an empty one (no method) otherwise.
inline http::RequestHead parsed_head(std::string_view bytes)
{
    http::RequestParser parser{http::HeadLimits{}};
    std::size_t consumed = 0;
    if (parser.feed(as_bytes(bytes), consumed) != http::RequestParser::State::complete)
        return {};
    return parser.take();
}

inline QByteArray to_byte_array(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

} // namespace jackfield::test
