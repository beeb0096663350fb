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
        && a.fragments == b.fragments
        && std::ranges::equal(a.between, b.between, [](const ControlBetween& x, const ControlBetween& y) {
               return x.kind == y.kind && x.after == y.after && x.payload.text() == y.payload.text();
           });
}
bool same(const RawFrame& a, const RawFrame& b)
{
    return a.facts() == b.facts() && a.masking_key == b.masking_key && a.length_form == b.length_form
        && a.declared_length == b.declared_length && a.payload.text() == b.payload.text();
}
bool same(const command::SendRaw& a, const command::SendRaw& b)
{
    return a.target == b.target && a.cut == b.cut
        && std::ranges::equal(a.pieces, b.pieces, [](const RawPiece& x, const RawPiece& y) {
               if (x.index() != y.index())
                   return false;
               const auto* frame = std::get_if<RawFrame>(&x);
               return frame ? same(*frame, std::get<RawFrame>(y))
                            : std::get<SharedBytes>(x).text() == std::get<SharedBytes>(y).text();
           });
}
bool same(const command::Ping& a, const command::Ping& b)
{
    return a.target == b.target && a.payload.text() == b.payload.text();
}
bool same(const command::Pong& a, const command::Pong& b)
{
    return a.target == b.target && a.payload.text() == b.payload.text();
}
bool same(const command::Kick& a, const command::Kick& b)
{
    return a.target == b.target && a.close.code == b.close.code && a.close.reason == b.close.reason
        && a.style == b.style && a.block == b.block;
}
bool same(const command::Resume& a, const command::Resume& b)
{
    return a.target == b.target;
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
        static const std::vector<std::string> pieces
            = {"a", "B", "7", " ", "  ", "\t", "\n", "\r\n", "\"", "\\", "\\n", "\\x41", "\\u{41}", "#7",
                "all", "hex:", "hex:00", "--fragments=2", "--ping-after=1:", "op=1", "frame", "bytes",
                "cut=fin", "no-code", "=", "+", ",", "é", "東", "😀", "\xe2\x80\xae", "\xe2\x80\xa8",
                "\xc2\x85", "\xef\xbb\xbf", "\x1b[2J", std::string(1, '\0'), "\x7f", "{\"a\":1}"};
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
        spec.kind = static_cast<ListenerKind>(below(4));
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
        if (kind == ListKind::origins && chance()) {
            static_cast<void>(result.add(kind, "null", true, TimePoint(5s)));
            if (chance())
                result.lines.back().text += " # a file";
        }
        return result;
    }

    EndpointConfig endpoint()
    {
        EndpointConfig result;
        result.pattern = chance() ? "/" + text(5) : "remove";
        result.behaviour = "chat";
        for (std::uint64_t n = below(4); n > 0; --n)
            result.subprotocols.push_back({"n" + text(4), chance() ? "echo" : text(3)});
        for (const char* option : {"sockjs", "Heartbeat", "include-sender", "client-url"}) {
            if (below(4) == 0)
                result.subprotocols.push_back({option, "echo"});
        }
        result.chat_includes_sender = chance();
        result.any_origin = chance();
        if (chance()) {
            SockJs& sockjs = result.sockjs.emplace();
            for (std::size_t i = 0; i < sockjs_transport_count; ++i) {
                if (chance())
                    sockjs.transports.set(static_cast<SockJsTransport>(i), chance());
            }
            if (chance())
                sockjs.heartbeat = milliseconds(1'000 + below(3'599'001));
            if (chance())
                sockjs.disconnect_delay = milliseconds(100 + below(3'599'901));
            if (chance())
                sockjs.response_limit = static_cast<std::uint32_t>(1'024 + below(16'776'193));
            sockjs.cookies = chance();
            if (chance())
                sockjs.client_url = text(6);
        }
        return result;
    }

    Fragmentation fragments()
    {
        switch (below(4)) {
        case 0:
            return {};
        case 1:
            return static_cast<std::uint32_t>(1 + below(100'000));
        case 2:
            return Fragmentation::of_size(1 + random_() / 2);
        default: {
            std::vector<std::uint64_t> sizes(1 + below(5));
            for (std::uint64_t& size : sizes)
                size = below(2) * random_();
            return Fragmentation::of_sizes(std::move(sizes));
        }
        }
    }

    RawPiece raw_piece()
    {
        const SharedBytes payload(std::string_view(chance() ? bytes(40) : text(6)));
        if (below(3) == 0)
            return payload;
        RawFrame frame{chance(), chance(), chance(), chance(), static_cast<std::uint8_t>(below(16)), {}, {},
            {}, payload};
        if (chance()) {
            frame.masking_key.emplace();
            for (std::byte& byte : *frame.masking_key)
                byte = static_cast<std::byte>(below(256));
        }
        if (chance())
            frame.declared_length = below(3) == 0 ? random_() : below(126);
        const std::uint64_t length = frame.declared_length.value_or(payload.size());
        if (chance())
            frame.length_form = length < 126 ? static_cast<LengthForm>(below(3)) : LengthForm::bits64;
        return frame;
    }

    std::string blocked(BlockKind kind)
    {
        if (kind == BlockKind::address)
            return chance() ? "192.168.1.20" : "fe80::1";
        return entry(kind == BlockKind::host ? ListKind::hosts : ListKind::origins);
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
            return command::StopListening{chance()};
        case 4: {
            const bool binary = chance();
            command::Send send{target(), binary ? MessageKind::binary : MessageKind::text,
                SharedBytes(std::string_view(binary || below(8) == 0 ? bytes(40) : text(12))), fragments()};
            for (std::uint64_t n = below(4); n > 0; --n)
                send.between.push_back({chance() ? ControlBetween::Kind::ping : ControlBetween::Kind::pong,
                    static_cast<std::uint32_t>(1 + below(70'000)),
                    SharedBytes(std::string_view(chance() ? bytes(125) : text(5)))});
            return send;
        }
        case 5: {
            command::SendRaw raw;
            raw.target = target();
            raw.cut = static_cast<StreamCut>(below(3));
            for (std::uint64_t n = below(5) + (raw.cut == StreamCut::none ? 1 : 0); n > 0; --n)
                raw.pieces.push_back(raw_piece());
            return raw;
        }
        case 6:
            return command::Ping{target(), SharedBytes(std::string_view(chance() ? bytes(125) : text(5)))};
        case 7:
            return command::Pong{target(), SharedBytes(std::string_view(chance() ? bytes(125) : text(5)))};
        case 8: {
            command::Kick kick{target(), {}};
            if (chance()) {
                kick.close.code = chance() ? std::uint16_t{4001} : std::uint16_t{1000};
                std::string reason = text(6);
                if (reason.size() <= 123)
                    kick.close.reason = reason;
            }
            if (chance()) {
                kick.style = static_cast<KickStyle>(below(6));
                if (kick.style != KickStyle::close_frame)
                    kick.close = CloseFrame{1012, {}};
            }
            if (chance())
                kick.block = KickBlock{static_cast<BlockKind>(below(3)), chance() ? 0ms : milliseconds(1 + below(1'000'000))};
            return kick;
        }
        case 9:
            return command::Resume{target()};
        case 10: {
            const auto kind = static_cast<BlockKind>(below(3));
            return command::Block{kind, blocked(kind), chance() ? 0ms : milliseconds(1 + below(1'000'000))};
        }
        case 11: {
            const auto kind = static_cast<BlockKind>(below(3));
            return command::Unblock{kind, blocked(kind)};
        }
        case 12: {
            const ListKind kind = list();
            return command::Allow{kind, entry(kind), chance(),
                chance() ? 0ms : milliseconds((1 + below(1'000'000)) * (chance() ? 1 : 1'000))};
        }
        case 13: {
            const ListKind kind = list();
            return command::Deny{kind, entry(kind)};
        }
        case 14: {
            const ListKind kind = list();
            return command::ReplaceList{kind, content(kind), chance()};
        }
        case 15:
            return command::RequireOrigin{chance()};
        case 16:
            return command::SetOlderProtocols{chance()};
        case 17:
            return command::ReapplyAccess{};
        case 18:
            return command::SetEndpoint{endpoint()};
        case 19:
            return command::RemoveEndpoint{chance() ? "/" + text(5) : "remove"};
        case 20: {
            command::SetLimits set;
            for (const LimitField& field : limit_fields()) {
                if (below(4) == 0)
                    field.set(set.limits, field.smallest + below(field.largest - field.smallest + 1));
            }
            return set;
        }
        case 23:
            return command::SetTls{};
        case 24:
            return command::SetTransport{chance() ? "/" + text(5) : "remove",
                static_cast<SockJsTransport>(below(sockjs_transport_count)), chance()};
        case 21: {
            command::SetCompression set;
            set.compression
                = {chance(), chance(), chance(), chance() ? 6 : 1 + static_cast<std::uint32_t>(below(9)),
                    chance() ? 1'024 : below((1U << 30U) + 1), chance() ? 256U << 20U : below(64ULL << 30U)};
            return set;
        }
        default:
            return command::Quit{chance()};
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
    void reads_targets_by_socket_and_by_filter_data();
    void reads_targets_by_socket_and_by_filter();
    void reads_what_is_asked_data();
    void reads_what_is_asked();
    void every_command_has_its_help();
    void survives_any_line();
    void sends_exactly_what_was_typed();
};

void CommandTextTest::every_command_reads_back_data()
{
    QTest::addColumn<int>("index");
    static_assert(std::variant_size_v<Command> == 25, "a new command needs a line in Generator::command");
    for (int i = 0; i < 25; ++i)
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
    row("send --fragments 3 #7 abc", "send #7 --fragments=3 abc");
    row("send #7 --FRAGMENTS 3 abc", "send #7 --fragments=3 abc");
    row("send #7 --fragments=1 abc", "send #7 abc");
    row("sendall --fragment-size 100 abc", "send all --fragment-size=100 abc");
    row("send #7 --fragment-sizes=3,0,5 hex:00", "send #7 --fragment-sizes=3,0,5 hex:00");
    row("send --fragments=3 #7 --ping-after=1 --pong-after 2:beat abc",
        "send #7 --fragments=3 --ping-after=1 --pong-after=2:beat abc");
    row("send #7 --fragments=2 --ping-after=1:hex:00FF x", "send #7 --fragments=2 --ping-after=1:hex:00ff x");
    row("send #7 --fragments=2 --ping-after=1:\"hex:00 x\" x",
        "send #7 --fragments=2 --ping-after=1:\"hex:00 x\" x");
    row("send #7 --fragmented text", "send #7 \"--fragmented text\"");
    row("send #7 \"--fragments=2\"", "send #7 \"--fragments=2\"");
    row("raw #7 fin rsv1 op=3 mask=01020304 len16 hex:48656c6c6f",
        "raw #7 frame fin rsv1 op=0x3 mask=01020304 len16 \"Hello\"");
    row("raw #7,#9 frame op=1 \"a\" frame op=ping fin frame op=0 fin says=9 \"b\"",
        "raw #7,#9 frame op=text \"a\" frame fin op=ping frame fin op=continuation says=9 \"b\"");
    row("raw all bytes hex:8105 bytes \"\\xff\" CUT=RST", "raw all bytes hex:8105 bytes hex:ff cut=rst");
    row("RAW #7 Op=B Len64", "raw #7 frame op=0xb len64");
    row("raw #7 op=0xF len7 rsv2 rsv3", "raw #7 frame rsv2 rsv3 op=0xf len7");
    row("raw #7 \"frame\" op=15 frame op=PONG", "raw #7 frame op=0xf \"frame\" frame op=pong");
    row("raw #7 cut=fin", "raw #7 cut=fin");
    row("sendall hi", "send all hi");
    row("writeall \"hex:00\"", "send all \"hex:00\"");
    row("kick #7", "kick #7 1012");
    row("close #7 4001", "kick #7 4001");
    row("kick #7 4001 be gone", "kick #7 4001 be gone");
    row("kick #7 be gone", "kick #7 1012 be gone");
    row("kick #7 no-code", "kick #7 no-code");
    row("kickall", "kick all 1012");
    row("kick #7 --style=RST", "kick #7 --style=rst");
    row("kick #7 --style=close 4001 be gone", "kick #7 4001 be gone");
    row("kick #7 --block=origin:30s 1008", "kick #7 --block=origin:30s 1008");
    row("kickall --style=fin --block=address", "kick all --style=fin --block=address");
    row("kick #7 --block=host:90s --style=silent", "kick #7 --style=silent --block=host:90s");
    row("kick #7 4001 --style=rst", "kick #7 4001 \"--style=rst\""); // a reason, behind the code
    row("Resume #7", "resume #7");
    row("block origin http://localhost:5173 for 10m", "block origin http://localhost:5173 for 10m");
    row("BLOCK address 192.168.1.20", "block address 192.168.1.20");
    row("block host *.dev.test for 90s", "block host *.dev.test for 90s");
    row("unblock origin null", "unblock origin null");
    row("closeall 1001 \"restarting\"", "kick all 1001 restarting");
    row("ping all", "ping all");
    row("ping #7 abc", "ping #7 abc");
    row("PONG #7 hex:00ff", "pong #7 hex:00ff");
    row("pong all", "pong all");
    row("allow origin http://localhost:5173", "allow origin http://localhost:5173");
    row("allow origin null for 15m", "allow origin null for 15m");
    row("allow hosts dev.test temporarily", "allow host dev.test temporarily");
    row("allow host dev.test FOR 7200s", "allow host dev.test for 2h");
    row("deny origin http://localhost:5173", "deny origin http://localhost:5173");
    row("hosts replace \"localhost\" \"# mine\"", "hosts replace \"localhost\" \"# mine\"");
    row("Certificate OFF", "certificate off");
    row("listen 127.0.0.1:4567,wss [::1]:4567,wss,same-port", "listen 127.0.0.1:4567,wss [::1]:4567,wss,same-port");
    row("older-protocols OFF", "older-protocols off");
    row("Older-Protocols yes", "older-protocols on");
    row("origin_required ON", "origin_required on");
    row("origin_required false", "origin_required off");
    row("reapply", "reapply");
    row("endpoint /chat chat include-sender", "endpoint /chat chat include-sender");
    row("endpoint /* echo chat=chat echo=echo", "endpoint /* echo chat=chat echo=echo");
    row("endpoint remove /chat", "endpoint remove /chat");
    row("endpoint /echo echo SockJS", "endpoint /echo echo sockjs");
    row("endpoint /echo echo sockjs=XHR-polling,websocket any-origin",
        "endpoint /echo echo any-origin sockjs=websocket,xhr-polling");
    row("endpoint /echo echo sockjs=websocket,xhr-streaming,xhr-polling,eventsource", "endpoint /echo echo sockjs");
    row("endpoint /echo echo sockjs=websocket,xhr-streaming,xhr-polling,eventsource,htmlfile,jsonp",
        "endpoint /echo echo sockjs=all");
    row("endpoint /echo echo sockjs=none", "endpoint /echo echo sockjs=none");
    row("endpoint /echo echo heartbeat=10s disconnect-delay=5000 response-limit=4096 cookies client-url=/sockjs.js",
        "endpoint /echo echo sockjs heartbeat=10000 response-limit=4096 cookies client-url=/sockjs.js");
    row("endpoint /echo echo \"heartbeat\"=chat sockjs", "endpoint /echo echo \"heartbeat\"=chat sockjs");
    row("transport /echo websocket off", "transport /echo websocket off");
    row("Transport /echo XHR-streaming Yes", "transport /echo xhr-streaming on");
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
    row("frobnicate", "there is no command \"frobnicate\"; help lists the commands");
    row("\"send\" #7 x", "there is no command");
    row("send", "the target is missing; write send #7 hello");
    row("sned #7 x", "there is no command \"sned\"; did you mean send?");
    row("users", "users asks something and does nothing");
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
    row("send #7 --fragments x", "--fragments= takes a number from 1");
    row("send #7 --fragments", "the value of --fragments is missing");
    row("send #7 --fragments=2 --fragment-size=3 x", "is enough");
    row("send #7 --fragment-size=0 x", "--fragment-size= takes a number of bytes from 1");
    row("send #7 --fragment-sizes=3,,5 x", "--fragment-sizes= takes numbers of bytes, as in 3,0,5");
    row("send #7 --fragment-sizes= x", "--fragment-sizes= takes numbers of bytes");
    row("send #7 --ping-after=0 x", "--ping-after= takes the number of a fragment from 1");
    row("send #7 --pong-after=:x x", "--pong-after= takes the number of a fragment from 1");
    row("send #7 --ping-after=1:hex:0 x", "pairs of hexadecimal digits");
    row("send #7 --ping-after=1:\"x", "the closing quote is missing");
    row(("send #7 --ping-after=1:" + std::string(126, 'p') + " x").c_str(),
        "a control frame holds 125 bytes");
    row("send --quickly #7 x", "\"--quickly\" is no connection");
    row("raw", "the target is missing; write raw #7");
    row("raw #7", "what to send is missing");
    row("raw #7 fin \"x\"", "the frame's opcode is missing");
    row("raw #7 frame frame op=1", "the frame's opcode is missing");
    row("raw #7 op=16", "\"16\" is no opcode; it is 0 to 15");
    row("raw #7 op=0x1f", "is no opcode");
    row("raw #7 op=", "\"\" is no opcode");
    row("raw #7 op=1 mask=0102", "a masking key is eight hexadecimal digits");
    row("raw #7 op=1 mask=0102030g", "a masking key is eight hexadecimal digits");
    row("raw #7 op=1 says=-1", "says= takes the length");
    row("raw #7 op=1 len7 says=126", "a length of 7 bits says 0 to 125, not 126");
    row("raw #7 op=1 len16 says=65536", "a length of 16 bits says 0 to 65535, not 65536");
    row("raw #7 op=1 len8", "\"len8\" is no part of a frame");
    row("raw #7 op=1 hello", "\"hello\" is no part of a frame");
    row("raw #7 op=1 \"a\" \"b\"", "a frame has one payload");
    row("raw #7 op=1 a\"b\"", "a payload stands between quotes as a whole");
    row("raw #7 bytes", "what the bytes are is missing");
    row("raw #7 bytes 8105", "bytes stand between quotes or behind hex:");
    row("raw #7 op=1 cut=now", "the end of the stream is cut=fin or cut=rst");
    row("raw #7 cut=fin op=1", "\"op=1\" is too much");
    row("kick #7 1006", "\"1006\" is no close code that can be sent; use 1000-1003");
    row("kick #7 99999 x", "is no close code that can be sent");
    row("kick #7 4o01", "is no close code that can be sent");
    row("kick #7 no-code why", "a reason needs a code");
    row("kick #7 --style=gently", "\"gently\" is no style of kicking");
    row("kick #7 --style=rst 4001", "a code and a reason travel in a close frame");
    row("kick #7 --block=page", "an address, an origin or a host, not \"page\"");
    row("kick #7 --block=origin:soon", "\"soon\" is no length of time");
    row("kick #7 --softly", "\"--softly\" is no option of kick");
    row("block", "address, origin or host is missing");
    row("block page x", "not \"page\"");
    row("block address dev.test", "\"dev.test\" is no address");
    row("block address 127.0.0.1:80", "is no address");
    row("block host", "whom to block is missing");
    row("block origin http://a.test for ever", "\"ever\" is no length of time");
    row("unblock host a.test now", "\"now\" is too much");
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
    row("certificate", "all that it can do here is to be off; write certificate off");
    row("certificate on", "jackfield-terminal certificate on");
    row("certificate off now", "");
    row("older-protocols", "on or off is missing; write older-protocols on or older-protocols off");
    row("older-protocols hybi-00", "it is on or off, not \"hybi-00\"");
    row("older-protocols on please", "");
    row("origin_required", "on or off is missing");
    row("origin_required maybe", "it is on or off, not \"maybe\"");
    row("reapply now", "\"now\" is too much");
    row("endpoint /echo echo sockjs=", "\"\" is no transport; they are websocket, xhr-streaming, xhr-polling, eventsource, "
                                      "htmlfile, jsonp, several of them with commas between, or all or none");
    row("endpoint /echo echo sockjs=websocket,xhr", "\"xhr\" is no transport");
    row("endpoint /echo echo sockjs=echo", "is no transport");
    row("endpoint /echo echo heartbeat", "the value of heartbeat is missing, as in heartbeat=25000");
    row("endpoint /echo echo heartbeat=echo", "a subprotocol of this name is written as \"heartbeat\"=behaviour");
    row("endpoint /echo echo heartbeat=10", "the SockJS heartbeat_ms was 10 and is taken as 1000 (1000 to 3600000)");
    row("endpoint /echo echo disconnect-delay=99999999999999999999", "takes milliseconds or a length of time");
    row("endpoint /echo echo response-limit=1k", "response-limit= takes a number of bytes");
    row("endpoint /echo echo response-limit=99999999999", "(1024 to 16777216)");
    row("endpoint /echo echo cookies=yes", "cookies takes no value");
    row("endpoint /echo echo any_origin", "an option as one of include-sender, any-origin, sockjs, heartbeat=");
    row("transport /echo", "the transport is missing; write transport /echo websocket off");
    row("transport echo websocket off", "a path begins with /");
    row("transport /echo ws off", "\"ws\" is no transport; they are websocket, xhr-streaming");
    row("transport /echo websocket", "on or off is missing");
    row("transport /echo websocket off now", "\"now\" is too much");
    row("endpoint", "the path is missing");
    row("endpoint chat", "a path begins with /");
    row("endpoint /chat", "what it answers (echo, reverse, chat, silent or close) is missing");
    row("endpoint /chat chat loudly", "a subprotocol is written as name=behaviour");
    row("endpoint remove", "the path is missing");
    row("listen example.test:80", "names are not looked up");
    row("listen 127.0.0.1:80,loudly", "behind the address can stand ,ws ,wss ,both ,same-port or ,optional");
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

namespace {

/// As of a console: number 7 comes from 127.0.0.1:51234, number 9 from [::1]:51234, numbers 3 and 4 both from 10.0.0.1:80.
ConnectionNames console_names()
{
    ConnectionNames result = names();
    result.ids_at = [](const SocketAddress& peer) -> std::vector<ConnectionId> {
        if (peer.text() == "127.0.0.1:51234")
            return {id_of(7)};
        if (peer.text() == "[::1]:51234")
            return {id_of(9)};
        if (peer.text() == "10.0.0.1:80")
            return {id_of(3), id_of(4)};
        return {};
    };
    result.matching = [](std::string_view filter) -> Result<std::vector<ConnectionId>> {
        if (filter == "origin:localhost" || filter == "two words" || filter == "/ch.t/")
            return std::vector{id_of(7), id_of(9)};
        if (filter == "path:/")
            return std::vector<ConnectionId>();
        return fail(ErrorCode::malformed, "At character 1: nonsense");
    };
    return result;
}

} // namespace

void CommandTextTest::reads_targets_by_socket_and_by_filter_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<QByteArray>("meant"); // or the problem
    const auto row = [](const char* typed, const char* meant) {
        QTest::newRow(typed) << QByteArray(typed) << QByteArray(meant);
    };
    row("send 127.0.0.1 51234 hello  you", "send #7 hello  you");
    row("WRITE 127.0.0.1 51234 hello", "send #7 hello");
    row("write 127.0.0.1:51234 hello", "send #7 hello");
    row("send ::1 51234 hello", "send #9 hello");
    row("send [::1] 51234 hello", "send #9 hello");
    row("send [::1]:51234 hello", "send #9 hello");
    row("Close 127.0.0.1 51234", "kick #7 1012");
    row("kick 127.0.0.1 51234 4001 be gone", "kick #7 4001 be gone");
    row("ping 127.0.0.1 51234 x", "ping #7 x");
    row("send origin:localhost hello", "send #7,#9 hello");
    row("send \"two words\" hello", "send #7,#9 hello");
    row("kick /ch.t/ 4001", "kick #7,#9 4001");
    row("send all hello", "send all hello");
    row("send 127.0.0.1 51235 hello", "there is no connection from 127.0.0.1 with the socket 51235");
    row("send 127.0.0.1 hello", "\"hello\" is no socket's number as users shows it");
    row("send 127.0.0.1", "the socket's number, which users shows, is missing");
    row("send 127.0.0.1 0 hello", "is no socket's number");
    row("send 127.0.0.1 99999 hello", "is no socket's number");
    row("send 10.0.0.1 80 hello", "several connections come from 10.0.0.1:80; name one as #7");
    row("send path:/ hello", "no connection matches the filter \"path:/\"");
    row("send is:wrong hello", "At character 1: nonsense");
    row("send 7 hello", "\"7\" is no connection");
    row("send everyone hello", "\"everyone\" is no connection");
    row("send localhost:5173 hello", "\"localhost:5173\" is no connection");
}

void CommandTextTest::reads_targets_by_socket_and_by_filter()
{
    QFETCH(QByteArray, typed);
    QFETCH(QByteArray, meant);
    const auto read = parse_console_line(typed.toStdString(), console_names());
    if (!read) {
        QVERIFY2(read.error().message().find(meant.toStdString()) != std::string::npos, read.error().message().c_str());
        return;
    }
    QCOMPARE(format_command(std::get<Command>(*read), names()), meant.toStdString());
}

void CommandTextTest::reads_what_is_asked_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("what"); // the command, the filter or the problem
    const auto row = [](const char* typed, int kind, const char* what = "") {
        QTest::newRow(typed) << QByteArray(typed) << kind << QByteArray(what);
    };
    row("help", 0);
    row("HELP Writeall", 0, "writeall");
    row("users", 1);
    row("Online", 1);
    row("clients", 1);
    row("list  origin:a -is:open", 1, "origin:a -is:open");
    row("users  \t", 1);
    row("hosts", 2);
    row("origins", 2);
    row("block", 3);
    row("endpoint", 4);
    row("endpoints", 4);
    row("listeners", 5);
    row("STATS", 6);
    row("help sned", -1, "there is no command \"sned\"; did you mean help send?");
    row("stats now", -1, "\"now\" is too much");
    row("usres", -1, "there is no command \"usres\"; did you mean users?");
    row("kik #7", -1, "did you mean kick?");
    row("sendal hi", -1, "did you mean sendall?");
    row("quti", -1, "did you mean quit?");
    row("frobnicate", -1, "there is no command \"frobnicate\"; help lists the commands");
    row("hosts remove x", -1, "only \"replace\" can follow here");
}

void CommandTextTest::reads_what_is_asked()
{
    QFETCH(QByteArray, typed);
    QFETCH(int, kind);
    QFETCH(QByteArray, what);
    const auto read = parse_console_line(typed.toStdString(), console_names());
    if (kind < 0) {
        QVERIFY(!read);
        QVERIFY2(read.error().message().find(what.toStdString()) != std::string::npos, read.error().message().c_str());
        return;
    }
    QVERIFY2(read.has_value(), read ? "" : read.error().message().c_str());
    const auto& query = std::get<Query>(*read);
    QCOMPARE(static_cast<int>(query.index()), kind);
    if (const auto* help = std::get_if<query::Help>(&query))
        QCOMPARE(help->command, what.toStdString());
    if (const auto* users = std::get_if<query::Users>(&query))
        QCOMPARE(users->filter, what.toStdString());
}

void CommandTextTest::every_command_has_its_help()
{
    std::string_view main;
    for (const CommandHelp& help : command_helps()) {
        QVERIFY2(!help.usage.empty(), std::string(help.name).c_str());
        QVERIFY2(help.same_as.empty() ? !help.says.empty() : help.same_as == main, std::string(help.name).c_str());
        main = help.same_as.empty() ? help.name : main;
        QVERIFY(parse_console_line("help " + std::string(help.name), {}).has_value());
    }
}

void CommandTextTest::survives_any_line()
{
    Generator generator(4711);
    static const std::array<const char*, 19> verbs
        = {"send", "raw", "kick", "ping", "allow", "deny", "hosts", "origins", "endpoint", "listen", "limits",
            "origin_required", "older-protocols", "certificate", "compression", "quit", "resume",
            "block", "unblock"};
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
