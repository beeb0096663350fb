#include "app/bench/run.h"

#include "app/bench/bench.h"
#include "app/bench/figures.h"
#include "app/shared/certificate_folder.h"
#include "app/shared/start_up.h"

#include <sys/utsname.h>

#include <ctime>
#include <unistd.h>

namespace jackfield::bench {
namespace {

std::string time_now()
{
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return text;
}

std::string machine()
{
    utsname name{};
    ::uname(&name);
    return std::string(name.sysname) + " " + name.release + " " + name.machine + ", " + std::to_string(::sysconf(_SC_NPROCESSORS_ONLN))
        + " processors";
}

std::string plain(double value)
{
    return number_text(value, value == static_cast<double>(static_cast<long long>(value)) ? 0 : 2);
}

/// What the run was asked to do, as far as its mode asks.
std::vector<std::pair<std::string, std::string>> parameters_of(const Options& options)
{
    std::vector<std::pair<std::string, std::string>> list;
    const Mode mode = options.mode;
    const bool has_messages = mode == Mode::echo || mode == Mode::rate || mode == Mode::ramp || mode == Mode::fanout;
    list.emplace_back("connections", std::to_string(options.connections));
    if (has_messages) {
        list.emplace_back("payload bytes", std::to_string(options.size));
        list.emplace_back("messages", std::string(options.binary ? "binary" : "text") + ", " + name_of(options.content));
        if (options.fragments > 1)
            list.emplace_back("frames a message", std::to_string(options.fragments));
    }
    if (mode == Mode::echo || mode == Mode::fanout)
        list.emplace_back("depth", std::to_string(options.depth));
    if (mode == Mode::rate)
        list.emplace_back("rate", plain(options.rate));
    if (mode == Mode::ramp) {
        list.emplace_back("from", plain(options.ramp_from));
        list.emplace_back("to", plain(options.ramp_to));
        list.emplace_back("factor", plain(options.ramp_factor));
        list.emplace_back("step seconds", plain(options.step_seconds));
        list.emplace_back("bound of p99 in us", plain(options.bound_us));
    }
    list.emplace_back("deflate", name_of(options.deflate));
    return list;
}

Result<void> run_mode(const Bench& bench)
{
    switch (bench.options.mode) {
    case Mode::echo: return run_echo(bench);
    case Mode::rate: return run_rate(bench);
    case Mode::connect: return run_connect(bench);
    case Mode::idle: return run_idle(bench);
    case Mode::fanout: return run_fanout(bench);
    case Mode::ramp: return run_ramp(bench);
    case Mode::soak: return run_soak(bench);
    case Mode::check:
    case Mode::floor: break;
    }
    return {};
}

bool can_be_raw(Mode mode)
{
    return mode == Mode::echo || mode == Mode::rate || mode == Mode::ramp || mode == Mode::idle;
}

} // namespace

std::string development_authority_file(const Options& options)
{
    const auto folder = options.config_dir.empty() ? app::default_config_dir(app::process_environment()) : options.config_dir;
    return folder ? app::CertificateFolder(*folder).authority_path() : std::string();
}

RunResult new_result(const Options& options)
{
    RunResult result;
    result.mode = name_of(options.mode);
    result.target = options.url;
    result.tool_version = JACKFIELD_VERSION;
    result.started_at = time_now();
    result.machine = machine();
    return result;
}

Result<RunResult> run(const Options& options, const StopSignal& stop)
{
    RunResult result = new_result(options);
    if (options.mode == Mode::floor) {
        if (auto served = serve_floor(options, stop); !served)
            return tl::unexpected<Error>(served.error());
        return result;
    }
    const auto target = find_target(options.url, options.allow_remote);
    if (!target)
        return tl::unexpected<Error>(target.error());
    if (target->scheme == Target::Scheme::tcp && !can_be_raw(options.mode))
        return fail(ErrorCode::invalid_argument, std::string("the mode ") + name_of(options.mode) + " needs a ws:// or wss:// URL");
    std::optional<ProcessWatch> server;
    if (options.pid) {
        auto watch = ProcessWatch::create(*options.pid);
        if (!watch)
            return tl::unexpected<Error>(watch.error());
        server = *watch;
    }
    std::unique_ptr<TlsClientContext> tls;
    if (target->scheme == Target::Scheme::wss) {
        auto made = TlsClientContext::create(options, *target, development_authority_file(options));
        if (!made)
            return tl::unexpected<Error>(made.error());
        tls = std::move(*made);
        if (options.insecure)
            result.warnings.push_back("The server's certificate was not checked (--insecure)");
    }
    result.parameters = parameters_of(options);
    Fleet fleet(options, *target, tls.get(), stop);
    Meter meter(options, fleet, server ? &*server : nullptr);
    const Bench bench{options, *target, fleet, meter, server ? &*server : nullptr, result};
    if (auto ran = run_mode(bench); !ran)
        return tl::unexpected<Error>(ran.error());
    result.connections = fleet.most_open();
    result.errors = fleet.errors();
    result.error_example = fleet.error_example();
    result.interrupted = stop.is_set();
    result.failed = result.failed || !result.errors.empty();
    return result;
}

} // namespace jackfield::bench
