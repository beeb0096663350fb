#pragma once

#include "jackfield/api.h"
#include "jackfield/command.h"
#include "jackfield/connection.h"
#include "jackfield/fragmentation.h"
#include "jackfield/raw_frame.h"
#include "jackfield/result.h"
#include "jackfield/shared_bytes.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield {

/// What a person composes, without whom it goes to: one message, one control frame, or bytes as they are.
struct ComposedMessage {
    /// What it goes out as.
    enum class Kind : std::uint8_t { text, binary, ping, pong, close, raw };
    Kind kind = Kind::text;
    SharedBytes payload; ///< of a text, binary, ping or pong
    Fragmentation fragments; ///< of a text or binary
    CloseFrame close{1000, {}}; ///< of a close
    std::vector<RawPiece> pieces; ///< of raw
    StreamCut cut = StreamCut::none; ///< of raw

    /// Equal in everything that its kind has.
    JACKFIELD_API friend bool operator==(const ComposedMessage& a, const ComposedMessage& b);
};

/// The short name of a kind: "text", "binary", "ping", "pong", "close", "raw"; stable across releases.
[[nodiscard]] JACKFIELD_API std::string_view name_of(ComposedMessage::Kind kind);
/// Bytes that it holds: payload, reason, or the payloads of all pieces.
[[nodiscard]] JACKFIELD_API std::uint64_t size_of(const ComposedMessage& message);
/// What sends it to `target`.
[[nodiscard]] JACKFIELD_API Command command_for(const ComposedMessage& message, Target target);
/// What the engine would refuse it for. Errors: invalid_argument.
[[nodiscard]] JACKFIELD_API Result<void> check(const ComposedMessage& message);

/// A message that is kept for sending again, or a folder of them. A value; files of both programs hold them
/// (see app/shared/template_file.h).
struct TemplateNode {
    std::string name; ///< UTF-8; a person's own words
    bool is_folder = false;
    std::vector<TemplateNode> children; ///< of a folder
    ComposedMessage message; ///< of a template
    std::uint8_t hotkey = 0; ///< of a template: 1 to 9 for Ctrl+1 to Ctrl+9; 0: none
    bool send_at_once = false; ///< of a template: its key sends it instead of filling the composer
    /// Members of its JSON object that Jackfield does not know, as the text of one object; empty for none.
    std::string unknown;

    bool operator==(const TemplateNode&) const = default;
};

/// How many templates and folders there may be in all, how deep folders may stand in folders, and how many
/// bytes one template may hold.
inline constexpr std::size_t max_template_nodes = 2'000;
inline constexpr std::size_t max_template_depth = 8; ///< see max_template_nodes
inline constexpr std::uint64_t max_template_bytes = 1U << 20U; ///< see max_template_nodes
/// Bytes that all templates together may hold.
inline constexpr std::uint64_t max_template_total = 8U << 20U;
/// Characters (bytes) of a template's name.
inline constexpr std::size_t max_template_name = 200;

} // namespace jackfield
