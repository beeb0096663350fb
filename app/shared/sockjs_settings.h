#pragma once

#include "app/shared/json_document.h"

#include "jackfield/config.h"

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace jackfield::app {

/// Reads what the member `sockjs` of an endpoint says; nullopt where it is no object. What is wrong takes its default or its
/// nearest value, with one sentence told to `notice`. `pattern` is the endpoint's.
[[nodiscard]] std::optional<SockJs> read_sockjs(
    const Json& value, const std::string& pattern, const std::function<void(std::string)>& notice);

/// The member as it is written: the transports always, the rest where it is not the default, then what `previous` holds besides.
[[nodiscard]] Json sockjs_json(const SockJs& sockjs, const Json& previous);

} // namespace jackfield::app
