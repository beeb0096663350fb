#pragma once

#include "jackfield/api.h"
#include "jackfield/behaviour.h"

#include <memory>
#include <string>
#include <vector>

namespace jackfield {

struct StackParts; // engine/server/stack_parts.h

/// The parts an engine is made of: handshake rules, codecs, HTTP endpoints, behaviours, and its clock and system calls.
/// A value; copying shares the parts.
class JACKFIELD_API Stack {
public:
    /// Everything Jackfield speaks. The one place that names it all: engine/server/standard_stack.cpp.
    static Stack standard();
    /// For the engine and its tests: of parts that only they can make. Never null.
    explicit Stack(std::shared_ptr<const StackParts> parts);
    ~Stack();
    Stack(const Stack&); ///< shares the parts
    Stack(Stack&&) noexcept; ///< takes them over
    Stack& operator=(Stack); ///< shares or takes them over

    /// A copy that also knows the behaviour `name` (replacing one of the same name).
    [[nodiscard]] Stack with_behaviour(std::string name, BehaviourFactory factory) const;
    /// A copy without pages: no test page, no `/health`, no icon. A plain HTTP request that belongs to no endpoint's SockJS is answered
    /// with 426.
    [[nodiscard]] Stack without_pages() const;
    /// What EndpointConfig::behaviour can name, in alphabetical order.
    [[nodiscard]] std::vector<std::string> behaviour_names() const;
    /// For the engine.
    [[nodiscard]] const StackParts& parts() const { return *parts_; }

private:
    std::shared_ptr<const StackParts> parts_;
};

} // namespace jackfield
