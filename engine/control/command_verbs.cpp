#include "base/text.h"
#include "control/command_parser.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace jackfield {
namespace {

constexpr std::string_view help_usage = "help or help send";
constexpr std::string_view users_usage
    = "users, users chat, users origin:localhost or users is:open path:/chat";
constexpr std::string_view send_usage
    = "send #7 hello, send 127.0.0.1 51234 hello, send all \"two words\", send #7,#9 hex:00ff, "
      "send origin:localhost hello, send \"origin:localhost path:/chat\" hello, send #7 --fragments=3 "
      "--ping-after=1 hello, or "
      "--fragment-size=100 or --fragment-sizes=3,0,5 there";
constexpr std::string_view send_all_usage = "sendall hello";
constexpr std::string_view raw_usage = "raw #7 fin rsv1 op=text mask=01020304 len16 says=5 \"hello\", raw #7 "
                                       "frame op=1 \"a\" frame fin op=0 \"b\", or "
                                       "raw #7 bytes hex:81 cut=fin (or cut=rst)";
constexpr std::string_view kick_usage
    = "kick #7, kick 127.0.0.1 51234, kick #7,#9 4001 be gone, kick all-but #7, kick #7 "
      "--style=rst (or fin, silent, keep-close, keep-pong) or kick #7 "
      "--block=origin:30s 1012";
constexpr std::string_view kick_all_usage = "kickall or kickall 1001 restarting";
constexpr std::string_view hosts_usage
    = "hosts, or hosts replace \"localhost\" \"*.localhost\", with one quoted line each";
constexpr std::string_view origins_usage
    = "origins, or origins replace \"localhost\" \"http://dev.test\", with one quoted line each";
constexpr std::string_view endpoint_usage
    = "endpoint, endpoint /chat chat, endpoint /* echo chat=chat, endpoint /open echo any-origin, endpoint /echo echo sockjs, "
      "endpoint /echo echo sockjs=websocket,xhr-streaming (or =all, =none) heartbeat=25000 disconnect-delay=5000 "
      "response-limit=131072 cookies client-url=/sockjs.js, or endpoint remove /chat";
constexpr std::string_view transport_usage
    = "transport /echo websocket off or transport /echo xhr-streaming on (the transports are websocket, xhr-streaming, "
      "xhr-polling, eventsource, htmlfile and jsonp)";
constexpr std::string_view listen_usage = "listen, listen 4567, listen 127.0.0.1:4567 [::1]:4567, listen add "
                                          "ADDRESS, listen remove ADDRESS, listen stop, or listen stop drop (messages that wait are not sent)";

// How many characters have to be put in, left out, changed or swapped with their neighbour.
std::size_t distance(const std::string& a, const std::string& b)
{
    std::vector<std::vector<std::size_t>> rows(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    std::iota(rows[0].begin(), rows[0].end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        rows[i][0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            rows[i][j] = std::min({rows[i - 1][j] + 1, rows[i][j - 1] + 1, change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                rows[i][j] = std::min(rows[i][j], rows[i - 2][j - 2] + 1);
        }
    }
    return rows[a.size()][b.size()];
}

} // namespace

std::span<const CommandParser::Verb> CommandParser::verbs()
{
    using P = CommandParser;
    static constexpr auto table = std::to_array<Verb>({
        {{"help", "", help_usage, "lists the commands, or says how one is written"}, nullptr, &P::ask_help},
        {{"users", "", users_usage, "lists who is connected"}, nullptr, &P::ask_users},
        {{"online", "users", users_usage, ""}, nullptr, &P::ask_users},
        {{"clients", "users", users_usage, ""}, nullptr, &P::ask_users},
        {{"list", "users", users_usage, ""}, nullptr, &P::ask_users},
        {{"send", "", send_usage, "sends a message"}, &P::send, nullptr},
        {{"write", "send", send_usage, ""}, &P::send, nullptr},
        {{"sendall", "", send_all_usage, "sends a message to everyone"}, &P::send_all, nullptr},
        {{"writeall", "sendall", send_all_usage, ""}, &P::send_all, nullptr},
        {{"raw", "", raw_usage, "sends frames or bytes exactly as written"}, &P::raw, nullptr},
        {{"ping", "", "ping #7, ping all or ping #7 text", "sends a ping and tells of the answer"}, &P::ping,
            nullptr},
        {{"pong", "", "pong #7, pong all or pong #7 text", "sends a pong that nobody asked for"}, &P::pong,
            nullptr},
        {{"kick", "", kick_usage, "closes connections, with a code and a reason"}, &P::kick, nullptr},
        {{"close", "kick", kick_usage, ""}, &P::kick, nullptr},
        {{"kickall", "", kick_all_usage, "closes every connection"}, &P::kick_all, nullptr},
        {{"closeall", "kickall", kick_all_usage, ""}, &P::kick_all, nullptr},
        {{"resume", "", "resume #7 or resume all", "reads and answers again what kick --style=silent muted"},
            &P::resume, nullptr},
        {{"hosts", "", hosts_usage, "shows the names this server answers to, or replaces them"},
            &P::replace_hosts, &P::ask_hosts},
        {{"origins", "", origins_usage, "shows the pages that may connect, or replaces them"},
            &P::replace_origins, &P::ask_origins},
        {{"allow", "", "allow origin http://localhost:5173 or allow host dev.test for 15m",
             "adds a page or a name to its list"},
            &P::allow, nullptr},
        {{"deny", "", "deny origin http://localhost:5173 or deny host dev.test", "takes it off its list"},
            &P::deny, nullptr},
        {{"block", "",
             "block, block origin http://localhost:5173 for 10m, block host dev.test or block address "
             "192.168.1.20",
             "shows who is refused for now, or refuses somebody"},
            &P::block, &P::ask_blocks},
        {{"unblock", "", "unblock origin http://localhost:5173", "takes them again"}, &P::unblock, nullptr},
        {{"origin_required", "", "origin_required on or origin_required off",
             "refuses clients that name no page"},
            &P::require_origin, nullptr},
        {{"reapply", "", "reapply", "closes what the lists would refuse by now"}, &P::reapply, nullptr},
        {{"endpoint", "", endpoint_usage, "shows what paths answer, or changes it"}, &P::endpoint,
            &P::ask_endpoints},
        {{"endpoints", "endpoint", endpoint_usage, ""}, &P::endpoint, &P::ask_endpoints},
        {{"transport", "", transport_usage, "permits or forbids one way in which SockJS reaches an endpoint"},
            &P::transport, nullptr},
        {{"listen", "", listen_usage, "listens, here or elsewhere"}, &P::listen, nullptr},
        {{"start", "listen", listen_usage, ""}, &P::listen, nullptr},
        {{"listeners", "", "listeners", "shows where it listens"}, nullptr, &P::ask_listeners},
        {{"stop", "", "stop", "stops listening and closes every connection"}, &P::stop, nullptr},
        {{"older-protocols", "", "older-protocols on or older-protocols off",
             "serves the protocols before RFC 6455, or does not"},
            &P::older_protocols, nullptr},
        {{"certificate", "", "certificate off", "stops serving wss://"}, &P::certificate, nullptr},
        {{"limits", "", "limits defaults max_message=1048576", "changes the limits"}, &P::limits, nullptr},
        {{"compression", "", "compression on, compression on takeover level 9 from 256 or compression off",
             "changes how messages are compressed"},
            &P::compression, nullptr},
        {{"stats", "", "stats", "shows sums since the start"}, nullptr, &P::ask_stats},
        {{"quit", "", "quit, or quit drop (messages that wait are not sent)", "closes everything with 1001 and ends"}, &P::quit, nullptr},
        {{"exit", "quit", "exit", ""}, &P::quit, nullptr},
    });
    return table;
}

Result<Query> CommandParser::asked(Query query) const
{
    if (!reader_.at_end())
        return wrong(in_quotes(reader_.rest()) + " is too much");
    return query;
}

Result<Query> CommandParser::ask_help()
{
    query::Help help;
    if (!reader_.at_end()) {
        const auto name = reader_.next();
        if (!name)
            return pass_on(name.error());
        std::vector<std::string_view> names;
        for (const Verb& known : verbs()) {
            if (name->is(known.help.name))
                help.command = known.help.name;
            names.push_back(known.help.name);
        }
        if (help.command.empty()) {
            const std::string_view meant = most_similar(name->text, names);
            return malformed("there is no command " + in_quotes(name->text)
                + (meant.empty() ? "; help lists them all"
                                 : "; did you mean help " + std::string(meant) + "?"));
        }
    }
    return asked(std::move(help));
}

Result<Query> CommandParser::ask_users()
{
    // A filter has quotes of its own; the rest of the line is read as it stands.
    std::string filter(reader_.rest());
    if (filter.find_first_not_of(" \t") == std::string::npos)
        filter.clear();
    return query::Users{std::move(filter)};
}

Result<Query> CommandParser::ask_hosts()
{
    return asked(query::List{ListKind::hosts});
}
Result<Query> CommandParser::ask_origins()
{
    return asked(query::List{ListKind::origins});
}
Result<Query> CommandParser::ask_blocks()
{
    return asked(query::Blocks{});
}
Result<Query> CommandParser::ask_endpoints()
{
    return asked(query::Endpoints{});
}
Result<Query> CommandParser::ask_listeners()
{
    return asked(query::Listeners{});
}
Result<Query> CommandParser::ask_stats()
{
    return asked(query::Stats{});
}

std::span<const CommandHelp> command_helps()
{
    static const std::vector<CommandHelp> helps = [] {
        std::vector<CommandHelp> all;
        for (const auto& verb : CommandParser::verbs())
            all.push_back(verb.help);
        return all;
    }();
    return helps;
}

std::string_view most_similar(std::string_view word, std::span<const std::string_view> known)
{
    constexpr std::size_t longest = 32; // of what is compared: what is longer is like nothing
    if (word.empty() || word.size() > longest)
        return {};
    const std::string meant = to_lower_ascii(word);
    std::string_view best;
    std::size_t least = meant.size() <= 3 ? 2 : 3; // at most one slip in a short word, two in a longer one
    for (const std::string_view each : known) {
        const std::string name = to_lower_ascii(each);
        const bool is_begun = meant.size() >= 2 && name.starts_with(meant);
        if (const std::size_t slips = is_begun ? 1 : distance(meant, name); slips < least) {
            least = slips;
            best = each;
        }
    }
    return best;
}

} // namespace jackfield
