#include "base/digest.h"
#include "base/text.h"
#include "capture/record_fields.h"
#include "capture/record_words.h"
#include "capture/recording_parts.h"

#include "jackfield/shared_bytes.h"

#include <algorithm>
#include <utility>

namespace jackfield {
namespace {

enum Where : std::uint8_t {
    nowhere,
    at_root,
    at_log,
    at_entries,
    at_entry,
    at_request,
    at_request_headers,
    at_request_header,
    at_response,
    at_response_headers,
    at_response_header,
    at_messages,
    at_message,
    at_close,
    at_ours,
};

struct Step {
    Where outer;
    std::string_view name; // empty: any element of an array
    Where inner;
};
constexpr Step steps[] = {
    {at_root, "log", at_log},
    {at_log, "entries", at_entries},
    {at_entries, "", at_entry},
    {at_entry, "request", at_request},
    {at_request, "headers", at_request_headers},
    {at_request_headers, "", at_request_header},
    {at_entry, "response", at_response},
    {at_response, "headers", at_response_headers},
    {at_response_headers, "", at_response_header},
    {at_entry, "_webSocketMessages", at_messages},
    {at_messages, "", at_message},
    {at_entry, "_webSocketClose", at_close},
    {at_entry, "_jackfield", at_ours},
};

enum Field : std::uint8_t {
    // of a message
    f_type,
    f_time,
    f_opcode,
    f_data,
    f_by,
    f_real_opcode,
    f_size,
    // of a header
    f_header_name,
    f_header_value,
    // of an entry
    f_started,
    f_server_address,
    f_resource_type,
    f_url,
    f_code,
    f_reason,
    f_timestamp,
    f_closed_by,
    f_cause,
    f_clean,
    f_conn,
    f_name,
    f_opened_at,
    f_peer,
    f_local,
    f_target,
    f_version,
    f_transport,
    f_tried,
    f_tried64,
    f_endpoint,
    f_count
};

struct FieldName {
    Where place;
    std::string_view name;
    Field field;
};
constexpr FieldName field_names[] = {
    {at_message, "type", f_type},
    {at_message, "time", f_time},
    {at_message, "opcode", f_opcode},
    {at_message, "data", f_data},
    {at_message, "_by", f_by},
    {at_message, "_opcode", f_real_opcode},
    {at_message, "_size", f_size},
    {at_request_header, "name", f_header_name},
    {at_request_header, "value", f_header_value},
    {at_response_header, "name", f_header_name},
    {at_response_header, "value", f_header_value},
    {at_entry, "startedDateTime", f_started},
    {at_entry, "serverIPAddress", f_server_address},
    {at_entry, "_resourceType", f_resource_type},
    {at_request, "url", f_url},
    {at_close, "code", f_code},
    {at_close, "reason", f_reason},
    {at_close, "timestamp", f_timestamp},
    {at_close, "_by", f_closed_by},
    {at_close, "_cause", f_cause},
    {at_close, "_clean", f_clean},
    {at_ours, "conn", f_conn},
    {at_ours, "name", f_name},
    {at_ours, "openedAt", f_opened_at},
    {at_ours, "peer", f_peer},
    {at_ours, "local", f_local},
    {at_ours, "target", f_target},
    {at_ours, "version", f_version},
    {at_ours, "transport", f_transport},
    {at_ours, "tried", f_tried},
    {at_ours, "triedBase64", f_tried64},
    {at_ours, "endpoint", f_endpoint},
};

class HarReader final : public FormatReader, private FieldGatherer<f_count> {
public:
    HarReader(RecordingParts& parts, std::uint64_t offset)
        : parts_(parts)
        , json_(*this, parts.limits.depth)
        , offset_(offset)
    {
        parts_.report.format = RecordingFormat::har;
    }

    bool feed(std::string_view bytes) override
    {
        if (json_.feed(bytes))
            return true;
        if (!json_.problem().empty())
            parts_.trouble(offset_ + json_.offset(), 0, json_.problem());
        return false;
    }

    void finish() override
    {
        if (!parts_.report.trouble && !parts_.report.stopped && !json_.finish())
            parts_.trouble(offset_ + json_.offset(), 0, json_.problem());
        end_entry(); // of one that broke off, what is there
    }

    [[nodiscard]] bool is_recording() const override { return has_entries_; }

private:
    Place root_place(bool is_array) const override { return is_array ? nowhere : at_root; }
    Place place_in(Place outer, std::string_view name, bool /*is_array*/) const override
    {
        for (const Step& step : steps) {
            if (step.outer == outer && (step.name.empty() || step.name == name))
                return step.inner;
        }
        return nowhere;
    }
    Value* field_in(Place place, std::string_view name, std::size_t& limit) override
    {
        for (const FieldName& known : field_names) {
            if (known.place != place || known.name != name)
                continue;
            limit = known.field == f_data ? longest_data(parts_.limits.payload) : longest_small_text;
            return &fields_[known.field];
        }
        return nullptr;
    }

    void entered(Place place) override
    {
        switch (place) {
        case at_entries:
            has_entries_ = true;
            break;
        case at_entry:
            begin_entry();
            break;
        case at_message:
            for (const Field field : {f_type, f_time, f_opcode, f_data, f_by, f_real_opcode, f_size})
                fields_[field].is_set = fields_[field].is_cut = false;
            break;
        case at_messages:
            has_messages_ = true;
            break;
        case at_request_header:
        case at_response_header:
            fields_[f_header_name].is_set = fields_[f_header_value].is_set = false;
            break;
        default:
            break;
        }
    }
    void left(Place place) override
    {
        switch (place) {
        case at_entry:
            end_entry();
            break;
        case at_message:
            message();
            break;
        case at_request_header:
        case at_response_header:
            header(place == at_request_header);
            break;
        default:
            break;
        }
    }

    void begin_entry()
    {
        fields_.clear();
        in_entry_ = true;
        has_messages_ = false;
        has_id_ = false;
        first_ns_ = 0;
        last_ns_ = 0;
        info_ = std::make_shared<ConnectionInfo>();
        info_->host = info_->origin = info_->target = info_->protocol_version = info_->subprotocol
            = info_->offered_subprotocols = info_->extensions = info_->user_agent = info_->endpoint
            = info_->tried = parts_.share({});
    }

    /// The connection of this entry, counted from when it is known to be one. False: there are too many.
    bool be_a_connection()
    {
        if (has_id_)
            return true;
        if (parts_.report.connections == parts_.limits.connections) {
            parts_.trouble(offset_ + json_.offset(), 0,
                "there are more than " + std::to_string(parts_.limits.connections) + " connections");
            json_.stop();
            return false;
        }
        has_id_ = true;
        info_->id = RecordingParts::id_of(parts_.report.connections++);
        return true;
    }

    void message()
    {
        const auto opcode = parse_decimal<unsigned>(text(f_opcode));
        const auto real_opcode
            = fields_[f_real_opcode].is_set ? parse_decimal<unsigned>(text(f_real_opcode)) : opcode;
        const auto time = read_seconds(text(f_time));
        const bool known = (text(f_type) == "send" || text(f_type) == "receive") && opcode && time
            && (*opcode == 1 || *opcode == 2) && real_opcode && (*real_opcode == 1 || *real_opcode == 2);
        Value& data = fields_[f_data];
        if (!known || !data.is_set || !data.is_string || !in_entry_) {
            ++parts_.report.skipped;
            return;
        }
        CapturedMessage message;
        message.wall_ns = *time;
        message.type = *real_opcode == 1 ? TrafficType::text : TrafficType::binary;
        message.direction = text(f_type) == "send" ? Direction::from_browser : Direction::to_browser;
        if (const auto maker = maker_of_word(text(f_by)))
            message.maker = *maker;
        std::optional<std::string> bytes;
        if (!data.is_cut && *opcode == 2) {
            bytes = decode_base64(data.text);
            if (!bytes) {
                ++parts_.report.skipped;
                return;
            }
            data.text = {};
        }
        const std::string_view payload = bytes ? std::string_view(*bytes) : std::string_view(data.text);
        message.size = payload.size();
        message.payload_kept = !data.is_cut && payload.size() <= parts_.limits.payload;
        if (fields_[f_size].is_set) {
            const auto size = parse_decimal<std::uint64_t>(text(f_size));
            if (!size || !payload.empty()) {
                ++parts_.report.skipped;
                return;
            }
            message.size = *size;
            message.payload_kept = false;
        }
        if (message.payload_kept)
            message.payload = as_bytes(payload);
        if (!be_a_connection())
            return;
        message.connection = info_->id;
        message.sequence = parts_.next_sequence++;
        if (first_ns_ == 0)
            first_ns_ = message.wall_ns;
        last_ns_ = message.wall_ns;
        if (!parts_.hand_over(message))
            json_.stop();
    }

    void header(bool of_request)
    {
        const std::string name = to_lower_ascii(text(f_header_name));
        const std::string_view value = text(f_header_value);
        if (of_request && name == "host") {
            info_->host = parts_.share(value);
        } else if (of_request && name == "origin") {
            info_->origin = parts_.share(value);
            info_->has_origin = true;
        } else if (of_request && name == "user-agent") {
            info_->user_agent = parts_.share(value);
        } else if (name == "sec-websocket-protocol") {
            (of_request ? info_->offered_subprotocols : info_->subprotocol) = parts_.share(value);
        } else if (!of_request && name == "sec-websocket-extensions") {
            info_->extensions = parts_.share(value);
        }
    }

    void end_entry()
    {
        if (!std::exchange(in_entry_, false))
            return;
        if (!has_messages_ && text(f_resource_type) != "websocket") {
            ++parts_.report.other_entries;
            return;
        }
        if (!be_a_connection())
            return;
        ConnectionInfo& info = *info_;
        std::uint16_t port = 0;
        read_url(port);
        const std::uint64_t own_number = parts_.report.connections;
        info.number = parse_decimal<std::uint64_t>(text(f_conn)).value_or(own_number);
        if (info.number == 0)
            info.number = own_number;
        if (const auto peer = SocketAddress::parse(text(f_peer), 0))
            info.peer = *peer;
        const std::string_view local = fields_[f_local].is_set ? text(f_local) : text(f_server_address);
        if (const auto address = SocketAddress::parse(local, port))
            info.local = *address;
        else if (const auto v6 = SocketAddress::parse("[" + std::string(local) + "]", port))
            info.local = *v6;
        if (fields_[f_target].is_set)
            info.target = parts_.share(text(f_target));
        info.protocol_version = parts_.share(fields_[f_version].is_set ? text(f_version) : "RFC 6455");
        if (const auto transport = transport_of_word(text(f_transport)))
            info.transport = *transport;
        info.tried = parts_.share(fields_[f_tried64].is_set ? decode_base64(text(f_tried64)).value_or(std::string())
                                                            : std::string(text(f_tried)));
        info.endpoint = parts_.share(text(f_endpoint));
        auto opened = read_seconds(text(f_opened_at));
        if (!opened)
            opened = read_iso_time(text(f_started));
        info.opened_at = WallTime(std::chrono::nanoseconds(opened.value_or(first_ns_)));
        CapturedConnection connection;
        connection.name = text(f_name);
        connection.close = close();
        connection.info = std::move(info_);
        parts_.receiver.connection(connection);
    }

    void read_url(std::uint16_t& port)
    {
        ConnectionInfo& info = *info_;
        std::string_view url = text(f_url);
        const std::size_t scheme = url.find("://");
        if (scheme == std::string_view::npos)
            return;
        const std::string name = to_lower_ascii(url.substr(0, scheme));
        info.transport = name == "wss" || name == "https" ? Transport::wss : Transport::ws;
        port = info.transport == Transport::wss ? 443 : 80;
        url.remove_prefix(scheme + 3);
        const std::size_t path = std::min(url.find_first_of("/?#"), url.size());
        const std::string_view authority = url.substr(0, path);
        if (const std::size_t colon = authority.rfind(':'); colon != std::string_view::npos)
            port = parse_decimal<std::uint16_t>(authority.substr(colon + 1)).value_or(port);
        if (info.host->empty())
            info.host = parts_.share(authority);
        url.remove_prefix(path);
        url = url.substr(0, url.find('#'));
        info.target = parts_.share(url.empty() ? std::string_view("/") : url);
    }

    std::optional<CloseInfo> close() const
    {
        const auto code = parse_decimal<std::uint16_t>(text(f_code));
        if (!fields_[f_code].is_set || !code)
            return std::nullopt;
        CloseInfo info;
        info.code = *code;
        info.reason = text(f_reason);
        info.by = closed_by_of_word(text(f_closed_by)).value_or(ClosedBy::peer);
        info.cause = cause_of_word(text(f_cause))
                         .value_or(*code == 1006 ? CloseCause::peer_vanished : CloseCause::closing_handshake);
        info.clean = fields_[f_clean].is_set ? text(f_clean) == "true" : *code != 1006;
        info.at = WallTime(std::chrono::nanoseconds(read_seconds(text(f_timestamp)).value_or(last_ns_)));
        return info;
    }

    [[nodiscard]] std::string_view text(Field field) const
    {
        const auto& value = fields_[field];
        return value.is_set ? std::string_view(value.text) : std::string_view();
    }

    RecordingParts& parts_;
    RecordFields<f_count> fields_;
    JsonReader json_;
    const std::uint64_t offset_;
    std::shared_ptr<ConnectionInfo> info_;
    std::int64_t first_ns_ = 0;
    std::int64_t last_ns_ = 0;
    bool has_entries_ = false;
    bool in_entry_ = false;
    bool has_messages_ = false;
    bool has_id_ = false;
};

} // namespace

std::unique_ptr<FormatReader> make_har_reader(RecordingParts& parts, std::uint64_t offset)
{
    return std::make_unique<HarReader>(parts, offset);
}

} // namespace jackfield
