#include "jackfield/stack.h"

#include "server/stack_parts.h"

#include <utility>

namespace jackfield {

Stack::Stack(std::shared_ptr<const StackParts> parts)
    : parts_(std::move(parts))
{ }
Stack::~Stack() = default;
Stack::Stack(const Stack&) = default;
Stack::Stack(Stack&&) noexcept = default;
Stack& Stack::operator=(Stack other)
{
    parts_ = std::move(other.parts_);
    return *this;
}

Stack Stack::with_behaviour(std::string name, BehaviourFactory factory) const
{
    auto parts = std::make_shared<StackParts>(*parts_);
    parts->behaviours[std::move(name)] = std::move(factory);
    return Stack(std::move(parts));
}

Stack Stack::without_pages() const
{
    auto parts = std::make_shared<StackParts>(*parts_);
    parts->http_endpoints.clear();
    return Stack(std::move(parts));
}

std::vector<std::string> Stack::behaviour_names() const
{
    std::vector<std::string> names;
    for (const auto& [name, factory] : parts_->behaviours)
        names.push_back(name);
    return names;
}

} // namespace jackfield
