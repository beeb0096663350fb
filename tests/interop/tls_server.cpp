// A server with a development certificate, for clients that others wrote: `tls_server FOLDER` keeps the
// certificate in FOLDER, listens on 127.0.0.1 and [::1] at a port of the kernel's, and ends with its input.
// Says one JSON object a line:
//   {"say":"ready","port":4567,"authority":"FOLDER/tls/jackfield-authority.crt","fingerprint":"AB:..."}
//   {"say":"opened","number":1,"host":"..","origin":"..","user_agent":"..","tls":{..}}   tls: null over ws://
//   {"say":"closed","number":1,"code":1000,"reason":"","clean":true,"by":"peer"}
//   {"say":"refused","reason":"tls_failed","failure":"unknown_authority","server_name":"..","user_agent":"..",
//    "status":0,"why":".."}                              failure: null unless TLS failed
//   {"say":"done","id":1,"value":..} or {"say":"done","id":1,"error":".."}   the answer to an order
// and takes orders, one a line, {"id":1,"do":..}:
//   trust, untrust  {"home":".."}   with app/shared's TrustStore, in every database of a browser in that
//   home;
//                                   gives their [{"target":"firefox","path":"..","state":"trusted"}]
//   renew                           another authority and certificate
//   kick            {"number":1,"code":4001,"reason":".."}
//   listen          {"kind":"wss"}  in place of the listeners; gives the port
#include "app/shared/certificate_folder.h"
#include "app/shared/trust_store.h"

#include "jackfield/engine_thread.h"
#include "jackfield/tls_credentials.h"

#include <cstdio>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <poll.h>
#include <stdexcept>
#include <unistd.h>

namespace {

using namespace jackfield;
using namespace jackfield::app;
using nlohmann::json;

template <class T, class Problem>
T value_of(tl::expected<T, Problem> result)
{
    if (!result)
        throw std::runtime_error(result.error().message());
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

void say(const json& what)
{
    const std::string line = what.dump(-1, ' ', true, json::error_handler_t::replace) + "\n";
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fflush(stdout);
}

WallTime now()
{
    return std::chrono::system_clock::now();
}

class Server {
public:
    explicit Server(const std::string& folder)
        : certificates_(folder)
    {
        const StoredDevelopmentCertificate made = value_of(certificates_.create({}, now()));
        authority_ = {certificates_.authority_path(), made.authority_pem, made.authority};
        EngineConfig config;
        config.listeners = default_listeners(0);
        config.tls = value_of(TlsCredentials::create(made.identity));
        config.limits.ping_interval = milliseconds(1'000);
        config.limits.drain_timeout = milliseconds(20'000); // clients of a busy machine
        engine_ = value_of(Engine::create(std::move(config)));
        thread_ = value_of(EngineThread::start(*engine_));
    }

    /// Until the input ends.
    void run()
    {
        std::string input;
        pollfd waiting[2] = {{STDIN_FILENO, POLLIN, 0}, {engine_->ready_descriptor(), POLLIN, 0}};
        for (;;) {
            tell_events();
            if (!is_ready_ && port_ != 0) {
                is_ready_ = true;
                say({{"say", "ready"}, {"port", port_}, {"authority", authority_.path},
                    {"fingerprint", authority_.facts.fingerprint}});
            }
            ::poll(waiting, 2, -1);
            if (waiting[0].revents == 0)
                continue;
            char buffer[4096];
            const ssize_t got = ::read(STDIN_FILENO, buffer, sizeof buffer);
            if (got <= 0)
                return;
            input.append(buffer, static_cast<std::size_t>(got));
            for (std::size_t end = 0; (end = input.find('\n')) != std::string::npos; input.erase(0, end + 1))
                obey(json::parse(input.substr(0, end)));
        }
    }

private:
    void obey(const json& order)
    {
        json answer{{"say", "done"}, {"id", order.at("id")}};
        try {
            const std::string what = order.at("do");
            if (what == "trust" || what == "untrust")
                answer["value"] = change_trust(order.at("home"), what == "trust");
            else if (what == "renew")
                renew();
            else if (what == "kick")
                kick(order.at("number"), {order.at("code").get<std::uint16_t>(), order.at("reason")});
            else if (what == "listen")
                answer["value"] = listen(order.at("kind").get<std::string>());
            else
                throw std::runtime_error("unknown order " + what);
        } catch (const std::exception& error) {
            answer["error"] = error.what();
        }
        say(answer);
    }

    json change_trust(const std::string& home, bool is_wanted)
    {
        TrustStore::Surroundings around;
        around.home = home;
        around.system_root = home;
        around.program_folders = {"/usr/bin", "/bin"};
        around.patience = milliseconds(30'000);
        const TrustStore store(around);
        json told = json::array();
        for (const TrustPlace& place : store.places()) {
            if (is_wanted)
                value_of(store.trust(place, authority_));
            else
                value_of(store.untrust(place, authority_.facts));
            told.push_back({{"target", place.target == TrustTarget::firefox ? "firefox" : "chromium"},
                {"path", place.path},
                {"state",
                    store.standing(place, authority_).state == TrustState::trusted ? "trusted"
                                                                                   : "not_trusted"}});
        }
        return told;
    }

    void renew()
    {
        const auto made = value_of(certificates_.renew({}, now()));
        authority_
            = {certificates_.authority_path(), made.certificate.authority_pem, made.certificate.authority};
        run(command::SetTls{value_of(TlsCredentials::create(made.certificate.identity))});
    }

    void kick(std::uint64_t number, CloseFrame close)
    {
        run(command::Kick{Target::one(ids_.at(number)), std::move(close)});
    }

    std::uint16_t listen(const std::string& kind)
    {
        std::vector<ListenSpec> listeners = default_listeners(0);
        for (ListenSpec& listener : listeners) {
            for (const auto each : {ListenerKind::ws, ListenerKind::wss, ListenerKind::both}) {
                if (kind == name_of(each))
                    listener.kind = each;
            }
        }
        run(command::Listen{std::move(listeners)});
        return port_;
    }

    /// Returns when the engine has done it.
    void run(Command command)
    {
        const Ticket ticket = engine_->submit(std::move(command));
        while (finished_ != ticket) {
            pollfd waiting{engine_->ready_descriptor(), POLLIN, 0};
            ::poll(&waiting, 1, -1);
            tell_events();
        }
        if (finished_error_)
            throw std::runtime_error(*finished_error_);
    }

    void tell_events()
    {
        while (engine_->take_events(events_)) {
            for (const Event& event : events_.events)
                std::visit([this](const auto& what) { tell(what); }, event.what);
            events_.clear();
        }
    }
    template <class T>
    void tell(const T&)
    { }
    void tell(const event::Listening& listening) { port_ = listening.address.port(); }
    void tell(const event::CommandFinished& finished)
    {
        finished_ = finished.ticket;
        finished_error_.reset();
        if (finished.error)
            finished_error_ = finished.error->message();
    }
    void tell(const event::Opened& opened)
    {
        const ConnectionInfo& info = *opened.info;
        ids_[info.number] = info.id;
        json tls;
        if (info.tls)
            tls = {{"version", info.tls->version}, {"cipher", info.tls->cipher}, {"alpn", info.tls->alpn},
                {"server_name", info.tls->server_name}, {"resumed", info.tls->resumed}};
        say({{"say", "opened"}, {"number", info.number}, {"host", *info.host}, {"origin", *info.origin},
            {"user_agent", *info.user_agent}, {"tls", tls}});
    }
    void tell(const event::Closed& closed)
    {
        ids_.erase(closed.info->number);
        say({{"say", "closed"}, {"number", closed.info->number}, {"code", closed.close.code},
            {"reason", closed.close.reason}, {"clean", closed.close.clean},
            {"by", std::string(name_of(closed.close.by))}});
    }
    void tell(const event::Refused& refused)
    {
        json failure;
        if (refused.tls)
            failure = std::string(name_of(refused.tls->failure));
        say({{"say", "refused"}, {"reason", std::string(name_of(refused.reason))}, {"failure", failure},
            {"server_name", refused.server_name}, {"user_agent", refused.user_agent},
            {"target", refused.target}, {"status", refused.status}, {"why", refused.why}});
    }

    CertificateFolder certificates_;
    AuthorityToTrust authority_;
    std::unique_ptr<Engine> engine_;
    std::unique_ptr<EngineThread> thread_;
    EventBatch events_;
    std::map<std::uint64_t, ConnectionId> ids_;
    std::uint16_t port_ = 0;
    bool is_ready_ = false;
    Ticket finished_ = 0;
    std::optional<std::string> finished_error_;
};

} // namespace

int main(int count, char** arguments)
{
    if (count != 2) {
        std::cerr << "tls_server FOLDER\n";
        return 2;
    }
    try {
        Server(arguments[1]).run();
    } catch (const std::exception& error) {
        std::cerr << "tls_server: " << error.what() << "\n";
        return 1;
    }
    return 0;
}
