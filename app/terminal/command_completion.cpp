#include "app/terminal/command_completion.h"

#include "app/terminal/connection_fields.h"
#include "app/terminal/console_language.h"
#include "app/terminal/text_table.h"

#include "jackfield/command_text.h"
#include "jackfield/escape.h"
#include "jackfield/filter.h"
#include "jackfield/limit_fields.h"

#include <algorithm>

namespace jackfield::app {
namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool begins_with(std::string_view text, std::string_view start)
{
    return text.size() >= start.size()
        && std::equal(
            start.begin(), start.end(), text.begin(), [](char a, char b) { return lower(a) == lower(b); });
}

bool is_same(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && begins_with(a, b);
}

/// What can stand at one place of a line.
class Candidates {
public:
    explicit Candidates(std::string_view typed)
        : typed_(typed)
    { }
    void add(std::string_view word)
    {
        const bool is_plain = !word.empty() && word.find_first_of(" \t\"\\") == std::string_view::npos
            && escape_for_terminal(word, word.size()) == word;
        if (is_plain && begins_with(word, typed_))
            words_.emplace_back(word);
    }
    void add_all(std::initializer_list<std::string_view> words)
    {
        for (const std::string_view word : words)
            add(word);
    }
    std::vector<std::string> take()
    {
        // Numbers in their order: #9 before #10.
        std::ranges::sort(words_, [](const std::string& a, const std::string& b) {
            const bool by_number = a.starts_with('#') && b.starts_with('#') && a.size() != b.size();
            return by_number ? a.size() < b.size() : a < b;
        });
        const auto rest = std::ranges::unique(words_);
        words_.erase(rest.begin(), rest.end());
        return std::move(words_);
    }

private:
    std::string_view typed_;
    std::vector<std::string> words_;
};

class Completer {
public:
    Completer(Candidates& candidates, const LiveConnections& connections, const ServerStatus* status)
        : candidates_(candidates)
        , connections_(connections)
        , status_(status)
    { }

    void command_names()
    {
        for (const CommandHelp& help : console_helps())
            candidates_.add(help.name);
    }

    void numbers()
    {
        for (const auto& [number, connection] : connections_.all())
            candidates_.add("#" + std::to_string(number));
    }

    void filter_keys_of(FilterSubject subject)
    {
        for (const std::string_view key : filter_keys(subject))
            candidates_.add(std::string(key) + ":");
    }

    void filter_terms()
    {
        filter_keys_of(FilterSubject::connections);
        const auto value = [this](std::string_view key, std::string_view text) {
            if (!text.empty())
                candidates_.add(std::string(key) + ":" + std::string(text));
        };
        for (const auto& [number, connection] : connections_.all()) {
            const ConnectionInfo& info = *connection.info;
            value("origin", view_of(info.origin));
            value("host", view_of(info.host));
            value("path", view_of(info.target));
            value("proto", view_of(info.subprotocol));
            value("endpoint", view_of(info.endpoint));
            value("peer", info.peer.address_text());
            value("conn", std::to_string(number));
        }
        candidates_.add_all({"is:open", "is:closing", "transport:ws", "transport:wss", "transport:xhr-streaming",
            "transport:xhr-polling", "transport:eventsource", "transport:htmlfile", "transport:jsonp"});
    }

    void target(const std::vector<std::string_view>& words)
    {
        if (words.size() == 1) {
            candidates_.add_all({"all", "all-but"});
            numbers();
            for (const auto& [number, connection] : connections_.all())
                candidates_.add(connection.info->peer.address_text());
            filter_terms();
        } else if (words.size() == 2 && is_same(words[1], "all-but")) {
            numbers();
        } else if (words.size() == 2) {
            for (const auto& [number, connection] : connections_.all()) {
                if (connection.info->peer.address_text() == words[1])
                    candidates_.add(std::to_string(connection.info->peer.port()));
            }
        }
    }

    void access(std::string_view verb, const std::vector<std::string_view>& words)
    {
        if (words.size() == 1)
            candidates_.add_all({"host", "origin"});
        if (words.size() != 2 || status_ == nullptr || !is_same(verb, "deny"))
            return;
        const bool is_host = begins_with(words[1], "host");
        for (const AccessLine& line : (is_host ? status_->access.hosts : status_->access.origins).lines)
            candidates_.add(line.entry());
    }

    void block(std::string_view verb, const std::vector<std::string_view>& words)
    {
        if (words.size() == 1)
            candidates_.add_all({"address", "origin", "host"});
        if (words.size() != 2)
            return;
        if (is_same(verb, "unblock")) {
            for (const AccessBlock& each :
                status_ != nullptr ? status_->access.blocks : std::vector<AccessBlock>()) {
                if (is_same(words[1], name_of(each.kind)))
                    candidates_.add(each.text);
            }
            return;
        }
        for (const auto& [number, connection] : connections_.all()) {
            if (is_same(words[1], "address"))
                candidates_.add(connection.info->peer.address_text());
            else if (is_same(words[1], "origin"))
                candidates_.add(view_of(connection.info->origin));
        }
    }

    void endpoint(const std::vector<std::string_view>& words)
    {
        const bool is_removed = words.size() == 2 && is_same(words[1], "remove");
        if (words.size() == 1)
            candidates_.add("remove");
        if ((words.size() == 1 || is_removed) && status_ != nullptr) {
            for (const EndpointConfig& each : status_->endpoints)
                candidates_.add(each.pattern);
        }
        if (words.size() == 2 && !is_removed)
            candidates_.add_all({"echo", "reverse", "chat", "silent", "close"});
        if (words.size() > 2)
            candidates_.add_all({"include-sender", "any-origin", "sockjs", "sockjs=", "heartbeat=", "disconnect-delay=",
                "response-limit=", "cookies", "client-url="});
    }

    void transport(const std::vector<std::string_view>& words)
    {
        if (words.size() == 1 && status_ != nullptr) {
            for (const EndpointConfig& each : status_->endpoints) {
                if (each.sockjs)
                    candidates_.add(each.pattern);
            }
        }
        for (std::size_t i = 0; words.size() == 2 && i < sockjs_transport_count; ++i)
            candidates_.add(name_of(static_cast<SockJsTransport>(i)));
        if (words.size() == 3)
            candidates_.add_all({"on", "off"});
    }

    void listen(const std::vector<std::string_view>& words)
    {
        if (words.size() == 1)
            candidates_.add_all({"add", "remove", "stop"});
        if (words.size() == 2 && is_same(words[1], "stop"))
            candidates_.add("drop");
        if (words.size() == 2 && is_same(words[1], "remove") && status_ != nullptr) {
            for (const ListenerStatus& each : status_->listeners)
                candidates_.add(each.bound.text());
        }
    }

    void expectation(const std::vector<std::string_view>& words)
    {
        if (words.size() == 1) {
            candidates_.add_all({"connection", "message", "sent", "close", "refused"});
            return;
        }
        if (is_same(words.back(), "within")) {
            candidates_.add_all({"500ms", "1s", "5s", "30s"});
            return;
        }
        candidates_.add("within");
        const bool is_message = is_same(words[1], "message") || is_same(words[1], "sent");
        if (is_same(words[1], "refused")) {
            filter_keys_of(FilterSubject::refused);
            return;
        }
        if (words.size() == 2)
            numbers();
        if (is_message) {
            candidates_.add("exactly");
            filter_keys_of(FilterSubject::messages);
        } else {
            filter_terms();
        }
    }

    /// What can stand behind `words`, the first of which is the command.
    void behind(const std::vector<std::string_view>& words)
    {
        std::string_view verb;
        for (const CommandHelp& help : console_helps()) {
            if (is_same(help.name, words[0]))
                verb = help.same_as.empty() ? help.name : help.same_as;
        }
        if (verb == "help") {
            if (words.size() == 1)
                command_names();
        } else if (verb == "users") {
            filter_terms();
        } else if (verb == "send" || verb == "raw" || verb == "kick" || verb == "ping" || verb == "pong"
            || verb == "resume") {
            target(words);
        } else if (verb == "allow" || verb == "deny") {
            access(verb, words);
        } else if (verb == "block" || verb == "unblock") {
            block(verb, words);
        } else if (verb == "endpoint") {
            endpoint(words);
        } else if (verb == "transport") {
            transport(words);
        } else if (verb == "listen") {
            listen(words);
        } else if (verb == "hosts" || verb == "origins") {
            if (words.size() == 1)
                candidates_.add("replace");
        } else if (verb == "limits") {
            if (words.size() == 1)
                candidates_.add("defaults");
            for (const LimitField& field : limit_fields())
                candidates_.add(std::string(field.name) + "=");
        } else if (verb == "certificate") {
            candidates_.add("off");
        } else if (verb == "wait") {
            if (words.size() == 1)
                candidates_.add_all({"500ms", "1s", "5s"});
        } else if (verb == "expect") {
            expectation(words);
        } else if (words.size() == 1
            && (verb == "origin_required" || verb == "older-protocols" || verb == "compression")) {
            candidates_.add_all({"on", "off"});
        }
    }

private:
    Candidates& candidates_;
    const LiveConnections& connections_;
    const ServerStatus* status_;
};

} // namespace

std::string Completion::common() const
{
    std::string shared = words.empty() ? std::string() : words.front();
    for (const std::string& word : words) {
        std::size_t length = 0;
        while (length < shared.size() && length < word.size() && shared[length] == word[length])
            ++length;
        shared.resize(length);
    }
    // Not within a character.
    while (!is_valid_utf8(shared))
        shared.pop_back();
    return shared;
}

Completion complete_command(
    std::string_view before_cursor, const LiveConnections& connections, const ServerStatus* status)
{
    std::vector<std::string_view> words;
    std::size_t start = 0;
    for (std::size_t i = 0; i <= before_cursor.size(); ++i) {
        const bool ends = i == before_cursor.size() || before_cursor[i] == ' ' || before_cursor[i] == '\t';
        if (!ends)
            continue;
        if (i == before_cursor.size())
            break;
        if (i > start)
            words.push_back(before_cursor.substr(start, i - start));
        start = i + 1;
    }
    Completion completion;
    completion.start = start;
    Candidates candidates(before_cursor.substr(start));
    Completer completer(candidates, connections, status);
    if (words.empty())
        completer.command_names();
    else
        completer.behind(words);
    completion.words = candidates.take();
    return completion;
}

std::string in_columns(const std::vector<std::string>& words, std::size_t most, std::size_t width)
{
    const std::size_t count = std::min(words.size(), most);
    std::size_t widest = 0;
    for (std::size_t i = 0; i < count; ++i)
        widest = std::max(widest, display_width(words[i]) + 2);
    const std::size_t columns = std::max<std::size_t>(width / std::max<std::size_t>(widest, 1), 1);
    const std::size_t rows = (count + columns - 1) / columns;
    std::string text;
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t i = row; i < count; i += rows) {
            text += words[i];
            if (i + rows < count)
                text.append(widest - display_width(words[i]), ' ');
        }
        text += '\n';
    }
    if (words.size() > count)
        text += "and " + std::to_string(words.size() - count) + " more\n";
    return text;
}

} // namespace jackfield::app
