#include "app/shared/trust_store.h"

#include "app/shared/program_run.h"
#include "app/shared/trust_places.h"

#include "jackfield/atomic_file.h"
#include "jackfield/escape.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string_view>

namespace jackfield::app {
namespace {

constexpr std::uint64_t largest_bundle = std::uint64_t{16} << 20U;
constexpr std::uint64_t largest_anchor = std::uint64_t{1} << 20U;
constexpr std::size_t longest_words = 300; // of certutil's, in an error
// What the names of all authorities begin with that issue_development_certificate makes; browsers that import
// one put their own ending behind.
constexpr std::string_view our_authorities = "Jackfield development authority ";

std::string variable(const char* name)
{
    const char* const value = std::getenv(name); // NOLINT: nobody sets variables while this runs
    return value == nullptr ? std::string() : value;
}

TrustStanding standing_with(TrustState state, TrustReason reason)
{
    return {state, sentence(reason), {}, reason};
}

TrustStanding unknown(const TrustError& error)
{
    return {TrustState::unknown, error.message(), {}, error.reason};
}

std::string one_line(std::string text)
{
    std::replace(text.begin(), text.end(), '\n', ' ');
    while (text.ends_with(' '))
        text.pop_back();
    return escape_for_terminal(text, longest_words);
}

/// The base64 text of a PEM block, without line ends.
std::string body_of(std::string_view pem)
{
    std::string body;
    while (!pem.empty()) {
        const std::size_t end = pem.find('\n');
        const std::string_view line = pem.substr(0, end);
        pem.remove_prefix(end == std::string_view::npos ? pem.size() : end + 1);
        if (!line.starts_with("-----"))
            body += line;
    }
    std::erase(body, '\r');
    return body;
}

std::string short_name(const CertificateFacts& authority)
{
    std::string digits;
    for (const char c : authority.fingerprint.substr(0, 11)) {
        if (c != ':')
            digits += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    return "jackfield-" + digits + ".crt";
}

std::string adding_command(const TrustPlace& place, const AuthorityToTrust& authority)
{
    return "certutil -A -d " + quote_for_shell("sql:" + place.path) + " -t C,, -n "
        + quote_for_shell(authority.facts.common_name) + " -i " + quote_for_shell(authority.path);
}

TrustError not_for_system()
{
    return {ErrorCode::invalid_argument, TrustReason::needs_root};
}

} // namespace

TrustStore::Surroundings TrustStore::Surroundings::of_this_process()
{
    Surroundings result;
    result.home = variable("HOME");
    // Only absolute ones count (XDG Base Directory Specification).
    const auto absolute = [](std::string path) { return path.starts_with('/') ? path : std::string(); };
    result.config_home = absolute(variable("XDG_CONFIG_HOME"));
    result.data_home = absolute(variable("XDG_DATA_HOME"));
    std::string path = variable("PATH");
    path += ':';
    for (std::size_t at = 0; at < path.size();) {
        const std::size_t end = path.find(':', at);
        if (end > at)
            result.program_folders.push_back(path.substr(at, end - at));
        at = end + 1;
    }
    return result;
}

TrustStore::TrustStore(Surroundings surroundings)
    : surroundings_(std::move(surroundings))
{ }

std::vector<TrustPlace> TrustStore::places() const
{
    return find_trust_places(surroundings_);
}

std::optional<std::string> TrustStore::certutil() const
{
    std::string path = find_program(surroundings_.program_folders, "certutil");
    return path.empty() ? std::nullopt : std::optional(std::move(path));
}

TrustError TrustStore::no_certutil()
{
    return {ErrorCode::not_found, TrustReason::no_certutil};
}

TrustResult<std::string> TrustStore::run_certutil(const std::vector<std::string>& arguments) const
{
    const auto program = certutil();
    if (!program)
        return tl::unexpected<TrustError>(no_certutil());
    auto run = run_program(*program, arguments, surroundings_.patience, surroundings_.cancel_descriptor);
    if (!run)
        return tl::unexpected<TrustError>(std::move(run.error()));
    if (run->exit_code == 0)
        return std::move(run->output);
    const bool locked = run->problems.find("SEC_ERROR_BAD_PASSWORD") != std::string::npos
        || run->problems.find("SEC_ERROR_TOKEN_NOT_LOGGED_IN") != std::string::npos
        || run->problems.find("Incorrect password/PIN") != std::string::npos;
    if (locked)
        return tl::unexpected<TrustError>(TrustError(ErrorCode::permission_denied, TrustReason::password_guards));
    const std::string words = one_line(run->problems.empty() ? run->output : run->problems);
    return fail(ErrorCode::system, words.empty() ? "certutil failed without a word" : words);
}

TrustResult<std::vector<TrustStore::Entry>> TrustStore::entries(const TrustPlace& place) const
{
    std::vector<Entry> result;
    if (!place.exists)
        return result;
    const auto listed = run_certutil({"-L", "-d", "sql:" + place.path});
    if (!listed)
        return tl::unexpected<TrustError>(listed.error());
    std::string_view text = *listed;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        // A nickname, blanks, and the flags of three uses with commas between.
        line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
        const std::size_t blank = line.find_last_of(" \t");
        if (blank == std::string_view::npos)
            continue;
        const std::string_view flags = line.substr(blank + 1);
        const std::string_view nickname = line.substr(0, line.find_last_not_of(" \t", blank) + 1);
        if (std::count(flags.begin(), flags.end(), ',') == 2
            && nickname.find(our_authorities) != std::string_view::npos)
            result.push_back({std::string(nickname), std::string(flags)});
    }
    return result;
}

TrustResult<std::string> TrustStore::fingerprint(const TrustPlace& place, const std::string& nickname) const
{
    const auto pem = run_certutil({"-L", "-d", "sql:" + place.path, "-n", nickname, "-a"});
    if (!pem)
        return tl::unexpected<TrustError>(pem.error());
    const auto facts = describe_certificates(*pem);
    if (!facts)
        return tl::unexpected<TrustError>(facts.error());
    return facts->front().fingerprint;
}

TrustStanding TrustStore::standing(const TrustPlace& place, const AuthorityToTrust& authority) const
{
    if (place.target == TrustTarget::system)
        return standing_of_system(place, authority);
    TrustStanding result = standing_with(
        TrustState::not_trusted, place.exists ? TrustReason::not_in_database : TrustReason::no_database);
    const auto found = entries(place);
    if (!found)
        return unknown(found.error());
    for (const Entry& entry : *found) {
        const auto print = fingerprint(place, entry.nickname);
        if (!print)
            return unknown(print.error());
        if (*print != authority.facts.fingerprint) {
            result.older.push_back(entry.nickname);
            continue;
        }
        const std::string for_servers = entry.flags.substr(0, entry.flags.find(','));
        if (for_servers.find('C') != std::string::npos) {
            result.state = TrustState::trusted;
            result.reason = TrustReason::other;
        } else {
            result.reason = for_servers.find('p') != std::string::npos ? TrustReason::never_trusted
                                                                       : TrustReason::not_for_servers;
        }
        result.why = sentence(result.reason);
    }
    return result;
}

TrustStanding TrustStore::standing_of_system(const TrustPlace& place, const AuthorityToTrust& authority) const
{
    TrustStanding result;
    result.older = anchor_files(authority.facts).older;
    const auto bundle = read_whole_file(place.path, largest_bundle);
    const std::string body = body_of(authority.pem);
    if (!bundle || body.empty()) {
        TrustStanding why = bundle ? standing_with(TrustState::unknown, TrustReason::authority_missing)
                                   : unknown(bundle.error());
        why.older = std::move(result.older);
        return why;
    }
    std::string all;
    all.reserve(bundle->size());
    std::copy_if(bundle->begin(), bundle->end(), std::back_inserter(all),
        [](char c) { return c != '\n' && c != '\r'; });
    if (all.find(body) == std::string::npos) {
        TrustStanding missing = standing_with(TrustState::not_trusted, TrustReason::not_in_system);
        missing.older = std::move(result.older);
        return missing;
    }
    result.state = TrustState::trusted;
    return result;
}

TrustStore::Anchors TrustStore::anchors() const
{
    std::error_code error;
    const std::string& root = surroundings_.system_root;
    const bool is_fedora = !std::filesystem::exists(root + "/usr/sbin/update-ca-certificates", error)
        && (std::filesystem::exists(root + "/usr/bin/update-ca-trust", error)
            || std::filesystem::exists(root + "/etc/pki/ca-trust/source/anchors", error));
    return {is_fedora ? "/etc/pki/ca-trust/source/anchors/" : "/usr/local/share/ca-certificates/", is_fedora};
}

TrustStore::AnchorFiles TrustStore::anchor_files(const CertificateFacts& authority) const
{
    AnchorFiles result;
    const std::string folder = anchors().folder;
    std::error_code error;
    for (std::filesystem::directory_iterator at(surroundings_.system_root + folder, error), end; !error && at != end;
         at.increment(error)) {
        const std::string name = at->path().filename().string();
        if (!name.starts_with("jackfield-") || !name.ends_with(".crt"))
            continue;
        const auto pem = read_whole_file(at->path().string(), largest_anchor);
        const auto facts = pem ? describe_certificates(*pem) : tl::unexpected<Error>(pem.error());
        if (!facts || !facts->front().common_name.starts_with(our_authorities))
            continue;
        const bool is_present = facts->front().fingerprint == authority.fingerprint;
        (is_present ? result.present : result.older).push_back(folder + name);
    }
    std::sort(result.older.begin(), result.older.end());
    return result;
}

TrustResult<void> TrustStore::check_changeable(const TrustPlace& place) const
{
    if (place.target == TrustTarget::system)
        return tl::unexpected<TrustError>(not_for_system());
    return {};
}

TrustResult<void> TrustStore::make_database(const TrustPlace& place) const
{
    std::error_code error;
    // NSS makes the files with mode 0600, whatever the folders are.
    const std::filesystem::path path(place.path);
    std::filesystem::create_directories(path, error);
    if (error)
        return fail(
            ErrorCode::system, "cannot make the folder " + escape_for_terminal(place.path), error.value());
    if (place.target == TrustTarget::chromium) {
        for (const auto& folder : {path.parent_path(), path})
            std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    }
    const auto made = run_certutil({"-N", "-d", "sql:" + place.path, "--empty-password"});
    if (!made)
        return tl::unexpected<TrustError>(made.error());
    return {};
}

TrustResult<void> TrustStore::trust(const TrustPlace& place, const AuthorityToTrust& authority) const
{
    if (auto can = check_changeable(place); !can)
        return can;
    if (!certutil())
        return tl::unexpected<TrustError>(run_certutil({}).error());
    TrustPlace there = place;
    std::error_code error;
    there.exists = std::filesystem::exists(place.path + "/cert9.db", error);
    if (!there.exists) {
        if (auto made = make_database(place); !made)
            return made;
        there.exists = true;
    }
    const bool was_there = standing(there, authority).reason != TrustReason::not_in_database;
    const auto added = run_certutil({"-A", "-d", "sql:" + place.path, "-t", "C,,", "-n",
        authority.facts.common_name, "-i", authority.path});
    if (!added) {
        TrustError failure = added.error().reason == TrustReason::password_guards
            ? TrustError::guarded(adding_command(place, authority))
            : added.error();
        // certutil adds first and asks for the password then: what it adds so is trusted for nothing.
        if (const auto undone = was_there ? TrustResult<void>() : untrust(there, authority.facts); !undone)
            failure.detail += "; the authority may be left in it, trusted for nothing: " + undone.error().message();
        return tl::unexpected<TrustError>(std::move(failure));
    }
    const TrustStanding now = standing(there, authority);
    if (now.state != TrustState::trusted)
        return fail(ErrorCode::system, "certutil added the authority, but " + now.why);
    return {};
}

TrustResult<void> TrustStore::untrust(const TrustPlace& place, const CertificateFacts& authority) const
{
    if (auto can = check_changeable(place); !can)
        return can;
    const auto found = entries(place);
    if (!found)
        return tl::unexpected<TrustError>(found.error());
    for (const Entry& entry : *found) {
        const auto print = fingerprint(place, entry.nickname);
        if (!print)
            return tl::unexpected<TrustError>(print.error());
        if (*print != authority.fingerprint)
            continue;
        if (const auto gone = run_certutil({"-D", "-d", "sql:" + place.path, "-n", entry.nickname}); !gone)
            return tl::unexpected<TrustError>(gone.error());
    }
    return {};
}

TrustResult<int> TrustStore::untrust_older(
    const TrustPlace& place, const std::optional<CertificateFacts>& kept) const
{
    if (auto can = check_changeable(place); !can)
        return tl::unexpected<TrustError>(std::move(can.error()));
    const auto found = entries(place);
    if (!found)
        return tl::unexpected<TrustError>(found.error());
    int removed = 0;
    for (const Entry& entry : *found) {
        const auto print = fingerprint(place, entry.nickname);
        if (!print)
            return tl::unexpected<TrustError>(print.error());
        if (kept && *print == kept->fingerprint)
            continue;
        if (const auto gone = run_certutil({"-D", "-d", "sql:" + place.path, "-n", entry.nickname}); !gone)
            return tl::unexpected<TrustError>(gone.error());
        ++removed;
    }
    return removed;
}

std::vector<TrustSteps> TrustStore::steps(const AuthorityToTrust& authority) const
{
    const std::string file = escape_for_terminal(authority.path, 1000);
    const std::string name = escape_for_terminal(authority.facts.common_name);
    TrustSteps chromium;
    chromium.target = TrustTarget::chromium;
    chromium.title = "Chromium and Chrome";
    chromium.steps = {{TrustStep::What::open_chromium_certificates, {}},
        {TrustStep::What::choose_local_certificates, {}}, {TrustStep::What::import_in_chromium, file},
        {TrustStep::What::load_again_or_restart, {}}};
    chromium.undo_steps
        = {{TrustStep::What::open_chromium_installed, {}}, {TrustStep::What::delete_in_chromium, name}};
    chromium.notes = {{TrustStep::What::system_certificates_setting, {}}};
    TrustSteps firefox;
    firefox.target = TrustTarget::firefox;
    firefox.title = "Firefox";
    firefox.steps = {{TrustStep::What::open_firefox_certificates, {}},
        {TrustStep::What::choose_authorities, {}}, {TrustStep::What::import_in_firefox, file},
        {TrustStep::What::tick_websites, {}}, {TrustStep::What::load_again, {}}};
    firefox.undo_steps
        = {{TrustStep::What::open_authorities_again, {}}, {TrustStep::What::delete_in_firefox, name}};
    for (const TrustPlace& place : places()) {
        if (place.target == TrustTarget::system)
            continue;
        TrustSteps& steps = place.target == TrustTarget::chromium ? chromium : firefox;
        const std::string database = quote_for_shell("sql:" + place.path);
        const std::string nickname = quote_for_shell(authority.facts.common_name);
        if (!place.exists)
            steps.commands.push_back("mkdir -p " + quote_for_shell(place.path) + " && certutil -N -d "
                + database + " --empty-password");
        steps.commands.push_back(adding_command(place, authority));
        steps.undo_commands.push_back("certutil -D -d " + database + " -n " + nickname);
    }
    return {std::move(chromium), std::move(firefox), system_steps(authority)};
}

TrustSteps TrustStore::system_steps(const AuthorityToTrust& authority) const
{
    const auto [folder, is_fedora] = anchors();
    const std::string target = folder + short_name(authority.facts);
    const AnchorFiles there = anchor_files(authority.facts);
    const auto words = [](const std::vector<std::string>& files) {
        std::string text;
        for (const std::string& file : files)
            text += " " + quote_for_shell(file);
        return text;
    };
    // Without --fresh the links of what is gone stay.
    const std::string update = is_fedora ? " && sudo update-ca-trust" : " && sudo update-ca-certificates";
    const std::string update_anew = is_fedora ? update : update + " --fresh";
    TrustSteps steps;
    steps.target = TrustTarget::system;
    steps.title = "This system";
    steps.steps = {{TrustStep::What::run_as_administrator, {}}};
    steps.notes = {{TrustStep::What::who_asks_the_system, {}}};
    const std::string install = "sudo install -m 644 " + quote_for_shell(authority.path) + " " + target;
    if (there.older.empty())
        steps.commands = {install + update};
    else // the old one goes as the new one comes
        steps.commands = {install + " && sudo rm" + words(there.older) + update_anew};
    std::vector<std::string> ours = there.present.empty() && there.older.empty() ? std::vector{target} : there.present;
    ours.insert(ours.end(), there.older.begin(), there.older.end());
    steps.undo_steps = {{TrustStep::What::run_command, {}}};
    steps.undo_commands = {"sudo rm" + words(ours) + update_anew};
    return steps;
}

} // namespace jackfield::app
