#pragma once

#include "jackfield/behaviour.h"
#include "jackfield/config.h"
#include "jackfield/result.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::server {

/// One endpoint at work: its configuration and the behaviours that serve it.
class Endpoint {
public:
    /// Makes every behaviour that the configuration names, and brings SockJS values into their ranges. Errors:
    /// invalid_argument (unknown behaviour, or as `check` of the configuration says), callback_failed (a factory).
    /// Throws std::bad_alloc, and nothing else.
    static Result<std::shared_ptr<Endpoint>> create(
        EndpointConfig config, const std::map<std::string, BehaviourFactory>& factories);

    [[nodiscard]] const EndpointConfig& config() const { return config_; }
    [[nodiscard]] const SharedText& pattern() const { return pattern_; }
    [[nodiscard]] bool matches(std::string_view path) const { return takes_path(config_, path); }
    /// The behaviour for an agreed subprotocol; empty for none.
    [[nodiscard]] Behaviour& behaviour_for(std::string_view subprotocol);
    [[nodiscard]] bool speaks(std::string_view subprotocol) const;

private:
    Endpoint() = default;
    EndpointConfig config_;
    SharedText pattern_;
    std::map<std::string, std::unique_ptr<Behaviour>, std::less<>> behaviours_; // by name
};

/// The endpoints of an engine. The longest matching pattern wins; an exact path beats a prefix of the same
/// length.
class EndpointTable {
public:
    [[nodiscard]] std::shared_ptr<Endpoint> find(std::string_view path) const;
    /// The endpoint whose SockJS base `path` is or is below; null: none, or the path has an endpoint of its own.
    [[nodiscard]] std::shared_ptr<Endpoint> find_sockjs(std::string_view path) const;
    [[nodiscard]] std::shared_ptr<Endpoint> by_pattern(std::string_view pattern) const;
    void set(std::shared_ptr<Endpoint> endpoint); ///< adds, or replaces the one with the same pattern
    bool remove(std::string_view pattern);
    [[nodiscard]] std::vector<EndpointConfig> configs() const;

private:
    std::vector<std::shared_ptr<Endpoint>> endpoints_;
};

} // namespace jackfield::server
