#include "app/shared/project_trust.h"

#include "jackfield/escape.h"

#include <algorithm>
#include <array>
#include <utility>

namespace jackfield::app {
namespace {

bool has_effect(const AccessLine& line)
{
    return line.state == AccessLine::State::active || line.state == AccessLine::State::needs_confirmation;
}

constexpr std::size_t longest_entry = 512;

// The end of a name says whose it is, so the middle is what goes.
std::string shortened(std::string_view entry)
{
    if (entry.size() <= longest_entry)
        return std::string(entry);
    constexpr std::size_t half = longest_entry / 2 - 2;
    return std::string(entry.substr(0, half)) + "..." + std::string(entry.substr(entry.size() - half));
}

// What was let in for a time does not become lasting unasked.
bool is_in_force(const AccessList& list, const AccessPattern& pattern)
{
    return std::any_of(list.lines.begin(), list.lines.end(), [&](const AccessLine& line) {
        return line.state == AccessLine::State::active && !line.temporary && !line.expires
            && line.pattern == pattern;
    });
}

void add_entries(
    std::vector<Widening>& found, Widening::What what, const AccessList& list, const AccessList& now)
{
    for (const AccessLine& line : list.lines) {
        if (!has_effect(line) || is_in_force(now, line.pattern))
            continue;
        const bool wide = line.pattern.is_wide_open();
        if (wide || line.pattern.reaches_beyond_loopback())
            found.push_back({what, shortened(line.entry()), wide});
    }
}

// Any page can use them in the name of the person before it.
constexpr std::array transports_without_origin = {SockJsTransport::htmlfile, SockJsTransport::jsonp};

void add_endpoint(std::vector<Widening>& found, const EndpointConfig& endpoint, const std::vector<EndpointConfig>& now)
{
    const auto before = std::find_if(
        now.begin(), now.end(), [&](const EndpointConfig& each) { return each.pattern == endpoint.pattern; });
    const bool is_there = before != now.end();
    if (endpoint.any_origin && !(is_there && before->any_origin))
        found.push_back({Widening::What::any_origin, shortened(endpoint.pattern), true});
    if (!endpoint.sockjs)
        return;
    for (const SockJsTransport transport : transports_without_origin) {
        const bool had_it = is_there && before->sockjs && before->sockjs->transports.has(transport);
        if (endpoint.sockjs->transports.has(transport) && !had_it)
            found.push_back({Widening::What::transport, shortened(endpoint.pattern), false, transport});
    }
}

} // namespace

InForce in_force(const ServerStatus& status)
{
    InForce now;
    now.access = status.access;
    now.endpoints = status.endpoints;
    for (const ListenerStatus& listener : status.listeners) {
        if (listener.listening)
            now.listening.push_back(listener.spec.address);
    }
    return now;
}

std::vector<Widening> widenings(const Project& project, const InForce& now)
{
    std::vector<Widening> found;
    for (const ListenSpec& spec : project.settings.listeners) {
        const bool bound
            = std::find(now.listening.begin(), now.listening.end(), spec.address) != now.listening.end();
        if (!spec.address.is_loopback() && !bound)
            found.push_back({Widening::What::listener, spec.address.text(), spec.address.is_any()});
    }
    for (const EndpointConfig& endpoint : project.settings.endpoints)
        add_endpoint(found, endpoint, now.endpoints);
    add_entries(found, Widening::What::host, project.hosts, now.access.hosts);
    add_entries(found, Widening::What::origin, project.origins, now.access.origins);
    if (now.access.origin_required && !project.settings.origin_required)
        found.push_back({Widening::What::origin_optional, {}, false});
    return found;
}

Project trusted(Project project)
{
    for (AccessList* list : {&project.hosts, &project.origins}) {
        for (AccessLine& line : list->lines) {
            if (line.state == AccessLine::State::needs_confirmation)
                line.state = AccessLine::State::active;
        }
    }
    return project;
}

std::string describe(const Widening& widening)
{
    const std::string text = escape_for_terminal(widening.text, 4'096);
    switch (widening.what) {
    case Widening::What::listener:
        return "listeners: " + text + " (other machines can reach it)";
    case Widening::What::any_origin:
        return "endpoints: " + text + " any_origin: true (any web page can connect)";
    case Widening::What::transport:
        return "endpoints: " + text + " sockjs.transports: " + std::string(name_of(widening.which))
            + " (it carries no Origin, so any web page can use it in your name)";
    case Widening::What::host:
        return "access.hosts: " + text + (widening.wide_open ? " (almost any name)" : "");
    case Widening::What::origin:
        return "access.origins: " + text + (widening.wide_open ? " (almost any web page)" : "");
    case Widening::What::origin_optional:
        break;
    }
    return "access.origin_required: false (clients without an Origin are refused until then)";
}

} // namespace jackfield::app
