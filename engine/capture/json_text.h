#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace jackfield {

/// Appends valid UTF-8 as a JSON string with its quotes. Control characters, and those that reorder or hide text (`deceives`),
/// are escaped as `\uXXXX`, so that no terminal obeys them; everything else stands as it is.
void append_json_string(std::string& out, std::string_view utf8);
/// Appends the bytes in base64 (RFC 4648 section 4), padded.
void append_base64(std::string& out, std::span<const std::byte> bytes);
/// Appends Unix nanoseconds as seconds with nine decimals: 1700000000.000000001.
void append_seconds(std::string& out, std::int64_t unix_ns);
/// `bytes` with U+FFFD for each byte that belongs to no valid character.
[[nodiscard]] std::string replaced_utf8(std::string_view bytes);

/// Writes one JSON object field by field, in the order of the calls, into the text it is given.
class JsonObjectWriter {
public:
    explicit JsonObjectWriter(std::string& out)
        : out_(out)
    {
        out_ += '{';
    }
    void end() { out_ += '}'; }
    /// The name of a field whose value the caller appends itself.
    std::string& field(std::string_view name);
    void number(std::string_view name, std::uint64_t value);
    void truth(std::string_view name, bool value);
    void time(std::string_view name, std::int64_t unix_ns) { append_seconds(field(name), unix_ns); }
    /// Our own words: valid UTF-8.
    void text(std::string_view name, std::string_view utf8) { append_json_string(field(name), utf8); }
    /// A peer's bytes: as text where they are UTF-8, else in base64 as `nameBase64`.
    void peer_text(std::string_view name, std::string_view bytes);

private:
    std::string& out_;
    bool first_ = true;
};

} // namespace jackfield
