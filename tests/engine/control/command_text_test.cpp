#include "base/utf8.h"

#include "jackfield/command_text.h"
#include "jackfield/limit_fields.h"

#include <QTest>

#include <map>
#include <random>

using namespace jackfield;
using namespace std::chrono_literals;

namespace {

ConnectionId id_of(std::uint64_t number)
{
    return ConnectionId(0, static_cast<std::uint32_t>(number), 1);
}

/// Numbers 1 to 99 have names; others are strangers.
ConnectionNames names()
{
    ConnectionNames result;
    result.id_of = [](std::uint64_t number) {
        return number >= 1 && number <= 99 ? std::optional(id_of(number)) : std::nullopt;
    };
    result.number_of = [](ConnectionId id) {
        return id.generation() == 1 && id.slot() >= 1 && id.slot() <= 99
            ? std::optional(std::uint64_t{id.slot()})
            : std::nullopt;
    };
    return result;
}

bool same(const command::Send& a, const command::Send& b)
{
    return a.target == b.target && a.kind == b.kind && a.payload.text() == b.payload.text()
        && a.fragments == b.fragments;
}
bool same(const command::Ping& a, const command::Ping& b)
{
    return a.target == b.target && a.payload.text() == b.payload.text();
}
bool same(const command::Kick& a, const command::Kick& b)
{
    return a.target == b.target && a.close.code == b.close.code && a.close.reason == b.close.reason;
}
bool same(const command::ReplaceList& a, const command::ReplaceList& b)
{
    const auto patterns_match = [&] {
        return std::equal(a.content.lines.begin(), a.content.lines.end(), b.content.lines.begin(),
            b.content.lines.end(),
            [](const AccessLine& x, const AccessLine& y) { return x.pattern == y.pattern; });
    };
    return a.list == b.list && a.content == b.content && a.from_file == b.from_file && patterns_match();
}
template <class T>
bool same(const T& a, const T& b)
{
    return a == b;
}

bool same_command(const Command& a, const Command& b)
{
    return a.index() == b.index()
        && std::visit([&](const auto& x) { return same(x, std::get<std::decay_t<decltype(x)>>(b)); }, a);
}

/// Makes commands of every kind with nasty content.
class Generator {
public:
    explicit Generator(unsigned seed)
        : random_(seed)
    { }

    std::uint64_t below(std::uint64_t limit) { return random_() % limit; }
    bool chance() { return below(2) == 0; }

    std::string bytes(std::size_t most)
    {
        std::string result(below(most + 1), '\0');
        for (char& c : result)
            c = static_cast<char>(below(256));
        return result;
    }

    std::string text(std::size_t most)
    {
        static const std::vector<std::string> pieces = {"a", "B", "7", " ", "  ", "\t", "\n", "\r\n", "\"",
            "\\", "\\n", "\\x41", "\\u{41}", "#7", "all", "hex:", "hex:00", "--fragments=2", "no-code", "=",
            "+", ",", "é", "東", "😀", "\xe2\x80\xae", "\xe2\x80\xa8", "\xc2\x85", "\xef\xbb\xbf", "\x1b[2J",
            std::string(1, '\0'), "\x7f", "{\"a\":1}"};
        std::string result;
        for (std::uint64_t n = below(most); n > 0; --n)
            result += pieces[below(pieces.size())];
        return result;
    }

    Target target()
    {
        const auto ids = [this] {
            std::vector<ConnectionId> list;
            for (std::uint64_t n = 1 + below(3); n > 0; --n)
                list.push_back(chance() ? id_of(1 + below(99)) : ConnectionId(3, 500, 77));
            return list;
        };
        switch (below(5)) {
        case 0:
            return {};
        case 1:
            return Target::many(ids());
        case 2:
            return Target::all();
        case 3:
            return Target::all_but(ids());
        default:
            return Target::on_endpoint("/" + text(4));
        }
    }

    ListenSpec listener()
    {
        ListenSpec spec;
        const auto port = static_cast<std::uint16_t>(below(65536));
        spec.address = chance()
            ? SocketAddress::v4({127, 0, 0, static_cast<std::uint8_t>(below(256))}, port)
            : SocketAddress::v6({0xfe, 0x80, 1}, port, static_cast<std::uint32_t>(below(3)));
        spec.same_port_as_previous = chance();
        spec.optional = chance();
        return spec;
    }

    ListKind list() { return chance() ? ListKind::hosts : ListKind::origins; }

    std::string entry(ListKind kind)
    {
        static const std::vector<std::string> hosts
            = {"localhost", "*.example.test:80", "[::1]:4567", "*", " dev.test "};
        static const std::vector<std::string> origins
            = {"http://localhost:5173", "https://*.example.test", "tauri://localhost", "null", "*", "[::1]"};
        return kind == ListKind::hosts ? hosts[below(hosts.size())] : origins[below(origins.size())];
    }

    AccessList content(ListKind kind)
    {
        AccessList result;
        for (std::uint64_t n = below(5); n > 0; --n) {
            const bool junk = below(3) == 0;
            AccessLine line = parse_access_line(kind, junk ? text(5) : entry(kind));
            line.temporary = chance();
            if (line.state == AccessLine::State::active && line.pattern.is_wide_open() && chance())
                line.state = AccessLine::State::needs_confirmation;
            if (line.state == AccessLine::State::active && chance())
                line.expires = TimePoint(std::chrono::nanoseconds(below(1'000'000'000'000)));
            result.lines.push_back(line);
        }
        if (kind == ListKind::origins && chance())
            static_cast<void>(result.add(kind, "null", true, TimePoint(5s)));
        return result;
    }

    EndpointConfig endpoint()
    {
        EndpointConfig result;
        result.pattern = chance() ? "/" + text(5) : "remove";
        result.behaviour = "chat";
        for (std::uint64_t n = below(4); n > 0; --n)
            result.subprotocols.push_back({"n" + text(4), chance() ? "echo" : text(3)});
        result.chat_includes_sender = chance();
        return result;
    }

    Command command(std::size_t index)
    {
        switch (index) {
        case 0: {
            command::Listen listen;
            for (std::uint64_t n = below(4); n > 0; --n)
                listen.listeners.push_back(listener());
            return listen;
        }
        case 1:
            return command::AddListener{listener()};
        case 2:
            return command::RemoveListener{listener().address};
        case 3:
            return command::StopListening{};
        case 4: {
            const bool binary = chance();
            return command::Send{target(), binary ? MessageKind::binary : MessageKind::text,
                SharedBytes(std::string_view(binary || below(8) == 0 ? bytes(40) : text(12))),
                chance() ? 1 : static_cast<std::uint32_t>(1 + below(100'000))};
        }
        case 5:
            return command::Ping{target(), SharedBytes(std::string_view(chance() ? bytes(125) : text(5)))};
        case 6: {
            command::Kick kick{target(), {}};
            if (chance()) {
                kick.close.code = chance() ? std::uint16_t{4001} : std::uint16_t{1000};
                std::string reason = text(6);
                if (reason.size() <= 123)
                    kick.close.reason = reason;
            }
            return kick;
        }
        case 7: {
            const ListKind kind = list();
            return command::Allow{kind, entry(kind), chance(),
                chance() ? 0ms : milliseconds((1 + below(1'000'000)) * (chance() ? 1 : 1'000))};
        }
        case 8: {
            const ListKind kind = list();
            return command::Deny{kind, entry(kind)};
        }
        case 9: {
            const ListKind kind = list();
            return command::ReplaceList{kind, content(kind), chance()};
        }
        case 10:
            return command::RequireOrigin{chance()};
        case 11:
            return command::SetOlderProtocols{chance()};
        case 12:
            return command::ReapplyAccess{};
        case 13:
            return command::SetEndpoint{endpoint()};
        case 14:
            return command::RemoveEndpoint{chance() ? "/" + text(5) : "remove"};
        case 15: {
            command::SetLimits set;
            for (const LimitField& field : limit_fields()) {
                if (below(4) == 0)
                    field.set(set.limits, field.smallest + below(field.largest - field.smallest + 1));
            }
            return set;
        }
        case 16: {
            command::SetCompression set;
            set.compression
                = {chance(), chance(), chance(), chance() ? 6 : 1 + static_cast<std::uint32_t>(below(9)),
                    chance() ? 1'024 : below((1U << 30U) + 1), chance() ? 256U << 20U : below(64ULL << 30U)};
            return set;
        }
        default:
            return command::Quit{};
        }
    }

private:
    std::mt19937_64 random_;
};

QByteArray again(const char* line)
{
    const auto command = parse_command(line, names());
    return command ? QByteArray::fromStdString(format_command(*command, names()))
                   : QByteArray("error: ") + QByteArray::fromStdString(command.error().message());
}

} // namespace

class CommandTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_command_reads_back_data();
    void every_command_reads_back();
    void understands_what_people_type_data();
    void understands_what_people_type();
    void says_what_is_wrong_data();
    void says_what_is_wrong();
    void survives_any_line();
    void sends_exactly_what_was_typed();
};

void CommandTextTest::every_command_reads_back_data()
{
    QTest::addColumn<int>("index");
    static_assert(std::variant_size_v<Command> == 18, "a new command needs a line in Generator::command");
    for (int i = 0; i < 18; ++i)
        QTest::addRow("alternative %d", i) << i;
}

void CommandTextTest::every_command_reads_back()
{
    QFETCH(int, index);
    Generator generator(static_cast<unsigned>(index) + 1);
    for (int round = 0; round < 500; ++round) {
        const Command command = generator.command(static_cast<std::size_t>(index));
        QCOMPARE(command.index(), static_cast<std::size_t>(index));
        const std::string line = format_command(command, names());
        QVERIFY2(line.find('\n') == std::string::npos && line.find('\0') == std::string::npos, line.c_str());
        QVERIFY2(is_valid_utf8(line), line.c_str());
        const auto read = parse_command(line, names());
        QVERIFY2(read.has_value(), (line + "  ->  " + (read ? "" : read.error().message())).c_str());
        QVERIFY2(same_command(command, *read), (line + "  ->  " + format_command(*read, names())).c_str());
    }
}

void CommandTextTest::understands_what_people_type_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<QByteArray>("meant");
    const auto row = [](const char* typed, const char* meant) {
        QTest::newRow(typed) << QByteArray(typed) << QByteArray(meant);
    };
    row("send #7 hello world", "send #7 hello world");
    row("  WRITE   #7   hello  world", "send #7 hello  world");
    row("write #7 {\"a\": 1}", "send #7 {\"a\": 1}");
    row("send #7,#9 \"two\\nlines\"", "send #7,#9 \"two\\nlines\"");
    row("send all HEX:00 ff", "send all hex:00ff");
    row("send all-but #7 x", "send all-but #7 x");
    row("send endpoint:/chat x", "send endpoint:/chat x");
    row("send #7 \"\"", "send #7 \"\"");
    row("send #7 --fragments=3 abc", "send #7 --fragments=3 abc");
    row("sendall hi", "send all hi");
    row("writeall \"hex:00\"", "send all \"hex:00\"");
    row("kick #7", "kick #7 1012");
    row("close #7 4001", "kick #7 4001");
    row("kick #7 4001 be gone", "kick #7 4001 be gone");
    row("kick #7 be gone", "kick #7 1012 be gone");
    row("kick #7 no-code", "kick #7 no-code");
    row("kickall", "kick all 1012");
    row("closeall 1001 \"restarting\"", "kick all 1001 restarting");
    row("ping all", "ping all");
    row("ping #7 abc", "ping #7 abc");
    row("allow origin http://localhost:5173", "allow origin http://localhost:5173");
    row("allow origin null for 15m", "allow origin null for 15m");
    row("allow hosts dev.test temporarily", "allow host dev.test temporarily");
    row("allow host dev.test FOR 7200s", "allow host dev.test for 2h");
    row("deny origin http://localhost:5173", "deny origin http://localhost:5173");
    row("hosts replace \"localhost\" \"# mine\"", "hosts replace \"localhost\" \"# mine\"");
    row("older-protocols OFF", "older-protocols off");
    row("Older-Protocols yes", "older-protocols on");
    row("origin_required ON", "origin_required on");
    row("origin_required false", "origin_required off");
    row("reapply", "reapply");
    row("endpoint /chat chat include-sender", "endpoint /chat chat include-sender");
    row("endpoint /* echo chat=chat echo=echo", "endpoint /* echo chat=chat echo=echo");
    row("endpoint remove /chat", "endpoint remove /chat");
    row("listen", "listen");
    row("start", "listen");
    row("stop", "listen stop");
    row("listen 0", "listen 127.0.0.1:0 [::1]:0,same-port,optional");
    row("listen localhost:8080 ::1", "listen 127.0.0.1:8080 [::1]:4567");
    row("listen add 192.168.1.20:4567", "listen add 192.168.1.20:4567");
    row("listen remove [::1]:4567", "listen remove [::1]:4567");
    row("limits defaults max_message=1048576 ping_interval_ms=0",
        "limits defaults max_message=1048576 ping_interval_ms=0");
    row("compression on", "compression on");
    row("compression OFF", "compression off");
    row("compression on takeover level 9 from 0", "compression on takeover level 9 from 0");
    row("compression on client-takeover server-takeover", "compression on takeover");
    row("compression on server-takeover level 6 from 1024", "compression on server-takeover");
    row("compression on client-takeover budget 1048576", "compression on client-takeover budget 1048576");
    row("Exit\r\n", "quit");
}

void CommandTextTest::understands_what_people_type()
{
    QFETCH(QByteArray, typed);
    QTEST(again(typed.constData()), "meant");
}

void CommandTextTest::says_what_is_wrong_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char* typed, const char* problem) {
        QTest::newRow(typed) << QByteArray(typed) << QString(problem);
    };
    row("", "the line is empty");
    row("   \t ", "the line is empty");
    row("frobnicate", "there is no command \"frobnicate\"; try send");
    row("\"send\" #7 x", "there is no command");
    row("send", "the target is missing; write send #7 hello");
    row("send #7", "the message is missing (an empty one is written as \"\")");
    row("send 7 x", "\"7\" is no connection; a connection is written as #7");
    row("send #100 x", "there is no connection #100");
    row("send #7, x", "\"\" is no connection");
    row("send #99999999999999999999999 x", "is no connection");
    row("send everyone x", "\"everyone\" is no connection");
    row("send endpoint: x", "the endpoint's path is missing");
    row("send all-but", "the connection to leave out is missing");
    row("send #7 \"x", "the closing quote is missing");
    row("send #7 \"x\" y", "there is more behind the closing quote");
    row("send #7 \"\\q\"", "between quotes a backslash stands before");
    row("send #7 \"\\x4\"", "between quotes a backslash stands before");
    row("send #7 \"\\u{d800}\"", "between quotes a backslash stands before");
    row("send #7 \"\\u{110000}\"", "between quotes a backslash stands before");
    row("send #7 hex:0", "pairs of hexadecimal digits");
    row("send #7 hex:zz", "pairs of hexadecimal digits");
    row("send #7 --fragments=0 x", "--fragments= takes a number from 1");
    row("kick #7 1006", "\"1006\" is no close code that can be sent; use 1000-1003");
    row("kick #7 99999 x", "is no close code that can be sent");
    row("kick #7 4o01", "is no close code that can be sent");
    row("kick #7 no-code why", "a reason needs a code");
    row("kick #7 4001 \"\\xff\"", "the reason is no valid UTF-8");
    row("ping", "the target is missing");
    row("allow", "host or origin is missing; write allow origin");
    row("allow http://x.test", "the list is host or origin, not \"http://x.test\"");
    row("allow origin", "the entry is missing");
    row("allow host http://x.test", "a host has no scheme in front");
    row("allow origin http://x.test forever", "\"forever\" is too much");
    row("allow origin http://x.test for", "the length of time is missing");
    row("allow origin http://x.test for 15", "\"15\" is no length of time; write it like 90s, 15m or 2h");
    row("allow origin http://x.test for 99999999999999999999h", "is no length of time");
    row("allow origin http://x.test for 0s", "is no length of time");
    row("deny host a b", "\"b\" is too much");
    row("hosts", "only \"replace\" can follow here");
    row("hosts replace \"x\"+lasting", "\"lasting\" is nothing that a line can be");
    row("older-protocols", "on or off is missing; write older-protocols on or older-protocols off");
    row("older-protocols hybi-00", "it is on or off, not \"hybi-00\"");
    row("older-protocols on please", "");
    row("origin_required", "on or off is missing");
    row("origin_required maybe", "it is on or off, not \"maybe\"");
    row("reapply now", "\"now\" is too much");
    row("endpoint", "the path is missing");
    row("endpoint chat", "a path begins with /");
    row("endpoint /chat", "what it answers (echo, reverse, chat or silent) is missing");
    row("endpoint /chat chat loudly", "a subprotocol is written as name=behaviour");
    row("endpoint remove", "the path is missing");
    row("listen example.test:80", "names are not looked up");
    row("listen 127.0.0.1:80,loudly", "behind the address can stand ,same-port or ,optional");
    row("listen add", "the address is missing");
    row("limits max_message=1", "take their defaults, so the line says so");
    row("compression", "on or off is missing; write compression on");
    row("compression maybe", "it is on or off, not \"maybe\"");
    row("compression on fast", "\"fast\" is too much");
    row("compression on level", "the level is missing");
    row("compression on level high", "\"high\" is no number for the level");
    row("compression on level 0", "level was 0 and is taken as 1 (1 to 9)");
    row("compression on level 4294967302", "1 to 9");
    row("compression on from 1k", "\"1k\" is no number for the smallest message");
    row("limits defaults max_mess=1", "\"max_mess=1\" is no limit; they are max_message,");
    row("limits defaults max_message=1", "max_message takes a number from 1024 to 1073741824");
    row("quit now", "\"now\" is too much");
}

void CommandTextTest::says_what_is_wrong()
{
    QFETCH(QByteArray, typed);
    QFETCH(QString, problem);
    const auto command = parse_command(typed.toStdString(), names());
    QVERIFY(!command.has_value());
    const QString message = QString::fromStdString(command.error().message());
    QVERIFY2(message.contains(problem), qPrintable(message));
    QVERIFY(command.error().code == ErrorCode::malformed || command.error().code == ErrorCode::not_found);
}

void CommandTextTest::survives_any_line()
{
    Generator generator(4711);
    static const std::array<const char*, 14> verbs
        = {"send", "kick", "ping", "allow", "deny", "hosts", "origins", "endpoint", "listen", "limits",
            "origin_required", "older-protocols", "compression", "quit"};
    for (int round = 0; round < 20'000; ++round) {
        std::string line = verbs[generator.below(verbs.size())];
        line += " ";
        line += generator.chance() ? generator.text(8) : generator.bytes(20);
        const auto read = parse_command(line, names());
        if (!read) {
            QVERIFY(!read.error().detail.empty());
            continue;
        }
        const std::string written = format_command(*read, names());
        const auto twice = parse_command(written, names());
        QVERIFY2(twice.has_value(), (written + "  ->  " + (twice ? "" : twice.error().message())).c_str());
        QVERIFY2(same_command(*read, *twice), written.c_str());
    }
}

void CommandTextTest::sends_exactly_what_was_typed()
{
    const auto command = parse_command("send #7 {\"text\": \"a  b\"} ", names());
    QVERIFY(command.has_value());
    const auto& send = std::get<command::Send>(*command);
    QCOMPARE(send.payload.text(), std::string_view("{\"text\": \"a  b\"} "));
    QCOMPARE(send.kind, MessageKind::text);
    QVERIFY(send.target == Target::one(id_of(7)));
}

QTEST_GUILESS_MAIN(CommandTextTest)
#include "command_text_test.moc"
