#include "app/bench/check/cases.h"

#include "app/bench/client_handshake.h"
#include "base/text.h"
#include "websocket/rfc6455_rule.h"

#include "jackfield/escape.h"

#include <algorithm>

namespace jackfield::bench {
namespace {

std::string status_line(std::string_view head)
{
    return head.empty() ? std::string("nothing") : escape_for_terminal(head.substr(0, head.find("\r\n")), 120);
}

/// The connection is made; `make` says what is sent.
Verdict with_request(Trial& trial, const std::function<std::string(const Trial&)>& make, const std::function<Verdict(const std::string& head)>& judge)
{
    if (auto connected = trial.connect(); !connected)
        return {Verdict::Kind::fail, connected.error().message()};
    trial.send(make(trial));
    return judge(trial.read_head());
}

Verdict judge_acceptance(const Trial& trial, const std::string& head)
{
    if (Trial::status_of(head) != 101)
        return {Verdict::Kind::fail, status_line(head)};
    const auto accept = Trial::field(head, "Sec-WebSocket-Accept");
    if (!accept || accept != websocket::accept_for_key(trial.key()))
        return {Verdict::Kind::fail, "101, and a Sec-WebSocket-Accept that does not belong to the key"};
    return {Verdict::Kind::pass, "101"};
}

void add_accepted(std::vector<Case>& cases, std::string name, std::string section, std::string sent,
    std::function<std::string(const Trial&)> make)
{
    cases.push_back({"handshake/" + std::move(name), std::move(section), std::move(sent), "101 with the accept for the key", false,
        [make = std::move(make)](Trial& trial) {
            return with_request(trial, make, [&](const std::string& head) { return judge_acceptance(trial, head); });
        }});
}

/// Refused with one of `best`: passes; with another status, or an end without words: a warning.
void add_refused(std::vector<Case>& cases, std::string name, std::string section, std::string sent, std::vector<int> best,
    std::function<std::string(const Trial&)> make)
{
    std::string expected;
    for (const int status : best)
        expected += (expected.empty() ? "" : " or ") + std::to_string(status);
    cases.push_back({"handshake/" + std::move(name), std::move(section), std::move(sent), std::move(expected), false,
        [make = std::move(make), best = std::move(best)](Trial& trial) {
            return with_request(trial, make, [&](const std::string& head) {
                const int status = Trial::status_of(head);
                if (status == 101)
                    return Verdict{Verdict::Kind::fail, "101"};
                if (head.empty())
                    return Verdict{trial.has_ended() ? Verdict::Kind::warn : Verdict::Kind::fail,
                        trial.has_ended() ? "the connection ended without an answer" : "nothing"};
                const bool is_best = std::ranges::find(best, status) != best.end();
                return Verdict{is_best ? Verdict::Kind::pass : Verdict::Kind::warn, status_line(head)};
            });
        }});
}

void change(std::vector<Case>& cases, bool accepted, const char* name, const char* section, const char* sent, std::vector<std::string> lines,
    std::vector<int> best = {400})
{
    const auto make = [lines = std::move(lines)](const Trial& trial) { return trial.request(lines); };
    if (accepted)
        add_accepted(cases, name, section, sent, make);
    else
        add_refused(cases, name, section, sent, std::move(best), make);
}

void add_good_requests(std::vector<Case>& cases)
{
    const char* const section = "RFC 6455 section 4.2.1";
    change(cases, true, "plain", section, "an ordinary request", {});
    change(cases, true, "upgrade-any-case", section, "Upgrade: WebSocket", {"Upgrade: WebSocket"});
    change(cases, true, "connection-list", section, "Connection: keep-alive, upgrade, as Firefox sends it", {"Connection: keep-alive, upgrade"});
    change(cases, true, "unknown-fields", "RFC 9110 section 5.1", "fields that nobody knows, one of them empty", {"X-Something: 1", "X-Empty:"});
    add_accepted(cases, "names-any-case", "RFC 9110 section 5.1", "the names of all fields in capitals", [](const Trial& trial) {
        return trial.request({"Upgrade", "Connection", "Sec-WebSocket-Key", "Sec-WebSocket-Version", "UPGRADE: websocket", "CONNECTION: Upgrade",
            "SEC-WEBSOCKET-KEY: " + trial.key(), "SEC-WEBSOCKET-VERSION: 13"});
    });
    add_accepted(cases, "blanks-around-values", "RFC 9110 section 5.5", "values with blanks and a tab around them", [](const Trial& trial) {
        return trial.request({"Upgrade:\t websocket  ", "Sec-WebSocket-Key:   " + trial.key() + " \t", "Sec-WebSocket-Version:13"});
    });
    cases.push_back({"handshake/byte-by-byte", "RFC 9112 section 2.2", "the request, each byte in a write of its own", "101", false, [](Trial& trial) {
        if (auto connected = trial.connect(); !connected)
            return Verdict{Verdict::Kind::fail, connected.error().message()};
        for (const char each : trial.request())
            trial.send(std::string_view(&each, 1));
        return judge_acceptance(trial, trial.read_head());
    }});
    cases.push_back({"handshake/frame-behind-it", "RFC 6455 section 4.1", "a ping in the same write as the request", "101 and a pong", false,
        [](Trial& trial) {
            if (auto connected = trial.connect(); !connected)
                return Verdict{Verdict::Kind::fail, connected.error().message()};
            trial.send(trial.request() + bytes_of({.opcode = 9, .payload = "early"}));
            const std::string head = trial.read_head();
            if (Trial::status_of(head) != 101)
                return Verdict{Verdict::Kind::warn, status_line(head)}; // a client must wait for the answer
            while (const auto frame = trial.read_frame()) {
                if (frame->opcode == 10)
                    return Verdict{Verdict::Kind::pass, "101 and " + words_of(*frame)};
            }
            return Verdict{Verdict::Kind::fail, "101, and no pong"};
        }});
}

void add_bad_requests(std::vector<Case>& cases)
{
    const char* const section = "RFC 6455 section 4.2.1";
    change(cases, false, "no-host", "RFC 9112 section 3.2", "a request without Host", {"Host"});
    change(cases, false, "two-hosts", "RFC 9112 section 3.2", "a request with two Host fields", {"+Host: other.test"});
    change(cases, false, "no-key", section, "a request without Sec-WebSocket-Key", {"Sec-WebSocket-Key"});
    change(cases, false, "empty-key", section, "an empty Sec-WebSocket-Key", {"Sec-WebSocket-Key: "});
    change(cases, false, "short-key", section, "a key of 15 bytes", {"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAA"});
    change(cases, false, "long-key", section, "a key of 18 bytes", {"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAAAA"});
    change(cases, false, "key-not-base64", section, "a key that is no base64", {"Sec-WebSocket-Key: ????????????????????????"});
    change(cases, false, "two-keys", "RFC 6455 section 11.3.1", "two Sec-WebSocket-Key fields", {"+Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="});
    change(cases, false, "no-upgrade-token", section, "Connection without Upgrade", {"Connection: keep-alive"}, {400, 426});
    change(cases, false, "another-upgrade", section, "Upgrade to another protocol", {"Upgrade: h2c"}, {400, 426});
    change(cases, false, "blank-before-colon", "RFC 9112 section 5.1", "a blank between a field's name and its colon", {"X-Odd : 1"});
    change(cases, false, "folded-line", "RFC 9112 section 5.2", "a field folded over two lines", {"X-Folded: one\r\n two"});
    for (const auto& [name, version] : {std::pair("version-12", "12"), std::pair("version-99", "99"), std::pair("version-word", "thirteen")}) {
        cases.push_back({std::string("handshake/") + name, "RFC 6455 section 4.4", std::string("Sec-WebSocket-Version: ") + version,
            "426 that names version 13", false, [version = std::string(version)](Trial& trial) {
                return with_request(
                    trial, [&](const Trial& each) { return each.request({"Sec-WebSocket-Version: " + version}); },
                    [](const std::string& head) {
                        const int status = Trial::status_of(head);
                        if (status == 101)
                            return Verdict{Verdict::Kind::fail, "101"};
                        const auto versions = Trial::field(head, "Sec-WebSocket-Version");
                        const bool is_named = versions && versions->find("13") != std::string::npos;
                        return Verdict{status == 426 && is_named ? Verdict::Kind::pass : Verdict::Kind::warn,
                            status_line(head) + (is_named ? ", names 13" : ", names no version")};
                    });
            }});
    }
    cases.push_back({"handshake/no-version", section, "a request without Sec-WebSocket-Version", "400 or 426", false, [](Trial& trial) {
        return with_request(
            trial, [](const Trial& each) { return each.request({"Sec-WebSocket-Version"}); },
            [](const std::string& head) {
                const int status = Trial::status_of(head);
                // With no version it may be a client of an older draft, which is answered in its own way.
                const bool is_older = status == 101 && Trial::field(head, "Sec-WebSocket-Accept").has_value();
                return Verdict{is_older ? Verdict::Kind::fail : status == 400 || status == 426 ? Verdict::Kind::pass : Verdict::Kind::warn,
                    status_line(head)};
            });
    }});
    const auto started = [](std::string start) {
        return [start = std::move(start)](const Trial& trial) {
            const std::string plain = trial.request();
            const std::string path = plain.substr(4, plain.find(' ', 4) - 4);
            std::string line = start;
            line.replace(line.find("PATH"), 4, path);
            return trial.request({}, line);
        };
    };
    add_refused(cases, "post", section, "the method POST", {400, 405}, started("POST PATH HTTP/1.1"));
    add_refused(cases, "method-lower-case", section, "the method get", {400, 405, 501}, started("get PATH HTTP/1.1"));
    add_refused(cases, "http-1.0", section, "HTTP/1.0", {400, 426, 505}, started("GET PATH HTTP/1.0"));
    add_refused(cases, "http-2.0", "RFC 9112 section 2.3", "HTTP/2.0 in text", {400, 505}, started("GET PATH HTTP/2.0"));
    cases.back().run = [run = cases.back().run](Trial& trial) {
        Verdict verdict = run(trial);
        if (verdict.received == "101") // RFC 6455 section 4.2.1 speaks of HTTP/1.1 or higher
            verdict.kind = Verdict::Kind::warn;
        return verdict;
    };
    add_refused(cases, "nul-in-a-value", "RFC 9110 section 5.5", "a NUL in a field's value", {400}, [](const Trial& trial) {
        return trial.request({std::string("X-Nul: a") + '\0' + "b"});
    });
    add_refused(cases, "huge-head", "RFC 6585 section 5", "a field of 100 KiB", {400, 431}, [](const Trial& trial) {
        return trial.request({"X-Long: " + std::string(100U << 10U, 'x')});
    });
}

void add_negotiation(std::vector<Case>& cases)
{
    cases.push_back({"handshake/unknown-subprotocol", "RFC 6455 section 4.2.2", "the offer of a subprotocol that nobody knows",
        "101 without a subprotocol, or a refusal", false, [](Trial& trial) {
            if (!trial.open({"Sec-WebSocket-Protocol: jackfield-bench.unheard-of"}))
                return Verdict{Trial::status_of(trial.answer_head()) > 0 ? Verdict::Kind::pass : Verdict::Kind::fail, trial.problem()};
            const auto chosen = Trial::field(trial.answer_head(), "Sec-WebSocket-Protocol");
            if (chosen && *chosen != "jackfield-bench.unheard-of")
                return Verdict{Verdict::Kind::fail, "101 with one that was not offered: " + escape_for_terminal(*chosen, 60)};
            return Verdict{Verdict::Kind::pass, chosen ? "101 with it" : "101 without one"};
        }});
    cases.push_back({"handshake/no-subprotocol", "RFC 6455 section 4.2.2", "no offer of a subprotocol", "101 without one", false, [](Trial& trial) {
        if (!trial.open({"Sec-WebSocket-Protocol"}))
            return Verdict{Verdict::Kind::warn, trial.problem()};
        const auto chosen = Trial::field(trial.answer_head(), "Sec-WebSocket-Protocol");
        return Verdict{chosen ? Verdict::Kind::fail : Verdict::Kind::pass, chosen ? "101 with " + escape_for_terminal(*chosen, 60) : "101 without one"};
    }});
    cases.push_back({"handshake/unknown-extension", "RFC 6455 section 9.1", "the offer of an extension that nobody knows", "101 without it", false,
        [](Trial& trial) {
            if (!trial.open({"Sec-WebSocket-Extensions: x-jackfield-unheard-of; a=1"}))
                return Verdict{Verdict::Kind::fail, trial.problem()};
            const auto chosen = Trial::field(trial.answer_head(), "Sec-WebSocket-Extensions");
            return Verdict{chosen ? Verdict::Kind::fail : Verdict::Kind::pass, chosen ? "101 with " + escape_for_terminal(*chosen, 60) : "101 without it"};
        }});
}

} // namespace

void add_handshake_cases(std::vector<Case>& cases)
{
    add_good_requests(cases);
    add_bad_requests(cases);
    add_negotiation(cases);
}

} // namespace jackfield::bench
