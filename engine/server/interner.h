#pragma once

#include "jackfield/connection.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace jackfield::server {

/// Gives equal strings one shared copy for as long as somebody holds it. One thread.
class Interner {
public:
    /// Throws std::bad_alloc.
    SharedText intern(std::string_view text)
    {
        if (const auto found = texts_.find(text); found != texts_.end()) {
            if (SharedText alive = found->second.lock())
                return alive;
            texts_.erase(found);
        }
        if (texts_.size() >= sweep_at_)
            sweep();
        SharedText fresh = std::make_shared<const std::string>(text);
        texts_.emplace(*fresh, fresh);
        return fresh;
    }
    [[nodiscard]] std::size_t size() const { return texts_.size(); }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    void sweep()
    {
        std::erase_if(texts_, [](const auto& each) { return each.second.expired(); });
        sweep_at_ = texts_.size() * 2 + 256;
    }
    std::unordered_map<std::string, std::weak_ptr<const std::string>, Hash, std::equal_to<>> texts_;
    std::size_t sweep_at_ = 256;
};

} // namespace jackfield::server
