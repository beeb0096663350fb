#pragma once

#include "jackfield/config.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace jackfield {

/// A word behind an endpoint's behaviour that is no subprotocol.
struct EndpointOption {
    enum class Value : std::uint8_t { none, possible, needed };
    std::string_view name;
    Value value = Value::none;
    bool is_of_sockjs = false; ///< switches SockJS on
    std::string_view example = {}; ///< of its value
};
/// In any case; null where it is none.
[[nodiscard]] const EndpointOption* endpoint_option_named(std::string_view name);
/// All of them, as an error lists them.
[[nodiscard]] std::string endpoint_option_names();

/// "websocket,xhr-streaming", "all" or "none", as behind `sockjs=`.
[[nodiscard]] std::string transports_text(const SockJsTransports& transports);
/// The options that make an endpoint what it is, each behind a blank.
[[nodiscard]] std::string endpoint_options_text(const EndpointConfig& endpoint);

} // namespace jackfield
