#include "base/digest.h"
#include "base/text.h"
#include "capture/record_fields.h"
#include "capture/record_words.h"
#include "capture/recording_parts.h"

#include "jackfield/shared_bytes.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace jackfield {
namespace {

enum Where : std::uint8_t { nowhere, at_record, at_frames, at_frame };

enum Field : std::uint8_t {
    f_seq,
    f_ts,
    f_conn,
    f_dir,
    f_type,
    f_data,
    f_encoding,
    f_size,
    f_wire,
    f_by,
    f_code,
    f_reason,
    f_reason64,
    f_compressed,
    f_frame_count,
    f_cause,
    f_clean,
    f_name,
    f_name64,
    f_peer,
    f_local,
    f_host,
    f_host64,
    f_origin,
    f_origin64,
    f_target,
    f_target64,
    f_version,
    f_transport,
    f_subprotocol,
    f_subprotocol64,
    f_offered,
    f_offered64,
    f_extensions,
    f_extensions64,
    f_user_agent,
    f_user_agent64,
    f_tried,
    f_tried64,
    f_endpoint,
    f_element, // of a frame
    f_count
};

constexpr std::array<std::string_view, f_element> names = {"seq", "ts", "conn", "dir", "type", "data",
    "encoding", "size", "wire", "by", "closeCode", "closeReason", "closeReasonBase64", "compressed",
    "frameCount", "cause", "clean", "name", "nameBase64", "peer", "local", "host", "hostBase64", "origin",
    "originBase64", "target", "targetBase64", "version", "transport", "subprotocol", "subprotocolBase64",
    "offeredSubprotocols", "offeredSubprotocolsBase64", "extensions", "extensionsBase64", "userAgent",
    "userAgentBase64", "tried", "triedBase64", "endpoint"};

class JsonLinesReader final : public FormatReader, private FieldGatherer<f_count> {
public:
    JsonLinesReader(RecordingParts& parts, std::uint64_t offset)
        : parts_(parts)
        , json_(*this, parts.limits.depth)
        , offset_(offset)
    {
        parts_.report.format = RecordingFormat::json_lines;
    }

    bool feed(std::string_view bytes) override
    {
        while (!bytes.empty()) {
            const std::size_t end = bytes.find('\n');
            if (!json_.feed(bytes.substr(0, end)))
                return give_up();
            fed_ += std::min(end, bytes.size());
            if (end == std::string_view::npos)
                return true;
            bytes.remove_prefix(end + 1);
            if (!end_line())
                return false;
            ++fed_;
            ++line_;
            line_offset_ = fed_;
        }
        return true;
    }

    void finish() override
    {
        if (!parts_.report.trouble && !parts_.report.stopped)
            (void)end_line();
    }

    [[nodiscard]] bool is_recording() const override { return has_records_; }

private:
    bool give_up()
    {
        if (!json_.problem().empty())
            parts_.trouble(offset_ + line_offset_ + json_.offset() - json_start_, line_, json_.problem());
        return false;
    }

    bool end_line()
    {
        if (!json_.is_empty()) {
            if (!json_.finish())
                return give_up();
            if (is_object_ && !record())
                return false;
        }
        json_.begin_again();
        json_start_ = json_.offset();
        leave_all();
        is_object_ = false;
        return true;
    }

    Place root_place(bool is_array) const override { return is_array ? nowhere : at_record; }
    Place place_in(Place outer, std::string_view name, bool is_array) const override
    {
        if (outer == at_record && name == "frames" && is_array)
            return at_frames;
        return outer == at_frames && is_array ? at_frame : nowhere;
    }
    Value* field_in(Place place, std::string_view name, std::size_t& limit) override
    {
        limit = longest_small_text;
        if (place == at_frame)
            return &fields_[f_element];
        const auto known = std::find(names.begin(), names.end(), name);
        if (place != at_record || known == names.end())
            return nullptr;
        const auto field = static_cast<std::size_t>(known - names.begin());
        if (field == f_data)
            limit = longest_data(parts_.limits.payload);
        return &fields_[field];
    }
    void entered(Place place) override
    {
        if (place == at_record) {
            is_object_ = true;
            fields_.clear();
            facts_.clear();
            facts_are_good_ = true;
        } else if (place == at_frame) {
            element_ = 0;
            frame_ = {};
        }
    }
    void left(Place place) override
    {
        if (place != at_frame)
            return;
        facts_are_good_ = facts_are_good_ && element_ >= 3 && facts_.size() < max_frame_facts;
        if (facts_are_good_)
            facts_.push_back(frame_);
    }
    void gathered(Place place) override
    {
        if (place != at_frame)
            return;
        const std::string& value = fields_[f_element].text;
        switch (element_++) {
        case 0:
            if (const auto first = parse_decimal<std::uint8_t>(value))
                frame_.first_byte = *first;
            else
                facts_are_good_ = false;
            break;
        case 1:
            if (const auto length = parse_decimal<std::uint64_t>(value))
                frame_.payload_length = *length;
            else
                facts_are_good_ = false;
            frame_.length_form = shortest_length_form(frame_.payload_length);
            break;
        case 2:
            facts_are_good_ = facts_are_good_ && read_key(value);
            break;
        case 3:
            if (value == "16" || value == "64")
                frame_.length_form = value == "16" ? LengthForm::bits16 : LengthForm::bits64;
            else
                facts_are_good_ = false;
            break;
        default:
            facts_are_good_ = false;
        }
    }
    bool read_key(std::string_view hex)
    {
        if (hex.empty())
            return true;
        if (hex.size() != 8 || hex.find_first_not_of("0123456789abcdef") != std::string_view::npos)
            return false;
        const auto digit = [](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); };
        for (std::size_t i = 0; i < 4; ++i)
            frame_.masking_key[i] = static_cast<std::byte>(digit(hex[2 * i]) << 4U | digit(hex[2 * i + 1]));
        frame_.is_masked = true;
        return true;
    }

    /// One record is complete. False when there is no use in more.
    bool record()
    {
        const std::string_view type = text(f_type);
        if (fields_[f_dir].is_set)
            return message();
        if (type == "open" || type == "close") {
            const auto number = parse_decimal<std::uint64_t>(text(f_conn));
            const auto at = read_seconds(text(f_ts));
            if (!number || !at)
                return damaged("a connection without its number or time");
            has_records_ = true;
            return type == "open" ? opened(*number, *at) : closed(*number, *at);
        }
        has_records_ = has_records_ || type == "listen" || type == "refuse";
        return true; // of another version, perhaps
    }

    bool damaged(std::string what)
    {
        parts_.trouble(offset_ + line_offset_, line_, std::move(what));
        return false;
    }

    bool message()
    {
        const auto type = type_of_word(text(f_type));
        const auto at = read_seconds(text(f_ts));
        const auto number = parse_decimal<std::uint64_t>(text(f_conn));
        const auto size = parse_decimal<std::uint64_t>(text(f_size));
        const std::string_view dir = text(f_dir);
        if (!type || !at || !number || !size || (dir != "c2s" && dir != "s2c"))
            return damaged("a message without a type, time, connection, size or direction that can be read");
        CapturedMessage message;
        message.type = *type;
        message.wall_ns = *at;
        message.size = *size;
        message.direction = dir == "c2s" ? Direction::from_browser : Direction::to_browser;
        message.wire = parse_decimal<std::uint64_t>(text(f_wire)).value_or(0);
        message.compressed = parse_decimal<std::uint64_t>(text(f_compressed)).value_or(0);
        message.maker = maker_of_word(text(f_by)).value_or(Maker::peer);
        message.frames = fields_[f_frame_count].is_set
            ? parse_decimal<std::uint32_t>(text(f_frame_count)).value_or(1)
            : 1;
        message.sequence = parse_decimal<std::uint64_t>(text(f_seq)).value_or(parts_.next_sequence);
        parts_.next_sequence = message.sequence + 1;
        if (!facts_are_good_ || facts_.size() > message.frames)
            return damaged("frames that cannot be");
        message.frame_facts = facts_;
        std::optional<std::string> bytes;
        Value& data = fields_[f_data];
        message.payload_kept = data.is_set && !data.is_cut;
        if (message.payload_kept) {
            if (text(f_encoding) == "base64") {
                bytes = decode_base64(data.text);
                if (!bytes)
                    return damaged("data that is no base64");
                data.text = {};
            } else if (text(f_encoding) != "utf8" || !data.is_string) {
                return damaged("data in an unknown encoding");
            }
            const std::string_view payload = bytes ? std::string_view(*bytes) : std::string_view(data.text);
            if (payload.size() != message.size)
                return damaged("a size of " + std::to_string(message.size) + " for data of "
                    + std::to_string(payload.size()) + " bytes");
            message.payload_kept = payload.size() <= parts_.limits.payload;
            if (message.payload_kept)
                message.payload = as_bytes(payload);
        }
        const auto index = index_of(*number, *at);
        if (!index)
            return false;
        message.connection = RecordingParts::id_of(*index);
        has_records_ = true;
        return parts_.hand_over(message);
    }

    /// A connection by its number; one that the recording has not told of is made up. Nullopt: too many.
    std::optional<std::size_t> index_of(std::uint64_t number, std::int64_t at)
    {
        if (const auto known = by_number_.find(number); known != by_number_.end())
            return known->second;
        auto info = std::make_shared<ConnectionInfo>();
        info->number = number;
        info->opened_at = WallTime(std::chrono::nanoseconds(at));
        info->host = info->origin = info->target = info->protocol_version = info->subprotocol
            = info->offered_subprotocols = info->extensions = info->user_agent = info->endpoint
            = info->tried = parts_.share({});
        const auto index = add(std::move(info), {});
        return index;
    }

    std::optional<std::size_t> add(std::shared_ptr<ConnectionInfo> info, std::string name)
    {
        if (connections_.size() == parts_.limits.connections) {
            (void)damaged(
                "there are more than " + std::to_string(parts_.limits.connections) + " connections");
            return std::nullopt;
        }
        const std::size_t index = connections_.size();
        info->id = RecordingParts::id_of(index);
        by_number_[info->number] = index;
        CapturedConnection connection;
        connection.info = std::move(info);
        connection.name = std::move(name);
        parts_.report.connections = index + 1;
        parts_.receiver.connection(connection);
        connections_.push_back({connection.info, parts_.share(connection.name)});
        return index;
    }

    bool opened(std::uint64_t number, std::int64_t at)
    {
        auto info = std::make_shared<ConnectionInfo>();
        info->number = number;
        info->opened_at = WallTime(std::chrono::nanoseconds(at));
        info->host = shared(f_host, f_host64);
        info->origin = shared(f_origin, f_origin64);
        info->has_origin = fields_[f_origin].is_set || fields_[f_origin64].is_set;
        info->target = shared(f_target, f_target64);
        info->protocol_version = parts_.share(text(f_version));
        info->transport = transport_of_word(text(f_transport)).value_or(Transport::ws);
        info->subprotocol = shared(f_subprotocol, f_subprotocol64);
        info->offered_subprotocols = shared(f_offered, f_offered64);
        info->extensions = shared(f_extensions, f_extensions64);
        info->user_agent = shared(f_user_agent, f_user_agent64);
        info->tried = shared(f_tried, f_tried64);
        info->endpoint = parts_.share(text(f_endpoint));
        if (const auto peer = SocketAddress::parse(text(f_peer), 0))
            info->peer = *peer;
        if (const auto local = SocketAddress::parse(text(f_local), 0))
            info->local = *local;
        return add(std::move(info), decoded(f_name, f_name64)).has_value();
    }

    bool closed(std::uint64_t number, std::int64_t at)
    {
        const auto code = parse_decimal<std::uint16_t>(text(f_code));
        if (!code)
            return damaged("a connection's end without its close code");
        const auto index = index_of(number, at);
        if (!index)
            return false;
        CapturedConnection connection;
        connection.info = connections_[*index].info;
        connection.name = *connections_[*index].name;
        CloseInfo close;
        close.code = *code;
        close.reason = decoded(f_reason, f_reason64);
        close.by = closed_by_of_word(text(f_by)).value_or(ClosedBy::peer);
        close.cause = cause_of_word(text(f_cause)).value_or(CloseCause::closing_handshake);
        close.clean = text(f_clean) == "true";
        close.at = WallTime(std::chrono::nanoseconds(at));
        connection.close = std::move(close);
        parts_.receiver.connection(connection);
        return true;
    }

    [[nodiscard]] std::string_view text(Field field) const
    {
        const auto& value = fields_[field];
        return value.is_set ? std::string_view(value.text) : std::string_view();
    }
    [[nodiscard]] std::string decoded(Field plain, Field base64) const
    {
        if (fields_[base64].is_set)
            return decode_base64(text(base64)).value_or(std::string());
        return std::string(text(plain));
    }
    SharedText shared(Field plain, Field base64) { return parts_.share(decoded(plain, base64)); }

    struct Known {
        std::shared_ptr<const ConnectionInfo> info;
        SharedText name;
    };

    RecordingParts& parts_;
    RecordFields<f_count> fields_;
    JsonReader json_;
    const std::uint64_t offset_;
    std::uint64_t fed_ = 0; // complete lines and what was read of this one
    std::uint64_t line_offset_ = 0; // where the line begins
    std::uint64_t json_start_ = 0; // the same in the bytes of the JSON reader, which sees no line ends
    std::uint64_t line_ = 1;
    std::unordered_map<std::uint64_t, std::size_t> by_number_;
    std::vector<Known> connections_;
    std::vector<FrameFacts> facts_;
    FrameFacts frame_;
    unsigned element_ = 0;
    bool facts_are_good_ = true;
    bool is_object_ = false;
    bool has_records_ = false;
};

} // namespace

std::unique_ptr<FormatReader> make_json_lines_reader(RecordingParts& parts, std::uint64_t offset)
{
    return std::make_unique<JsonLinesReader>(parts, offset);
}

} // namespace jackfield
