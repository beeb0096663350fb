#pragma once

#include "jackfield/behaviour.h"

#include <memory>

namespace jackfield::behaviours {

/// Answers every message with the same message.
[[nodiscard]] std::unique_ptr<Behaviour> make_echo(const EndpointConfig& endpoint);
/// Answers text reversed by Unicode code point, binary reversed by byte.
[[nodiscard]] std::unique_ptr<Behaviour> make_reverse(const EndpointConfig& endpoint);
/// Passes every message on to everyone else on the endpoint, and to its sender too where the endpoint says
/// so.
[[nodiscard]] std::unique_ptr<Behaviour> make_chat(const EndpointConfig& endpoint);
/// Answers nothing: only a person sends.
[[nodiscard]] std::unique_ptr<Behaviour> make_silent(const EndpointConfig& endpoint);
/// Closes each connection at once with 3000 "Go away!": what a page does then, and what the tests of SockJS want.
[[nodiscard]] std::unique_ptr<Behaviour> make_close(const EndpointConfig& endpoint);

} // namespace jackfield::behaviours
