#include "app/shared/tls_settings.h"

#include "app/shared/json_document.h"

#include "jackfield/certificate.h"
#include "jackfield/escape.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

namespace jackfield::app {
namespace {

constexpr int tls_format_version = 1;
constexpr std::array known_tls_members = {"enabled", "names", "certificate", "key", "trusted_in", "own_before"};

std::string shown_value(const Json& value)
{
    return escape_for_terminal(value.dump(-1, ' ', false, Json::error_handler_t::replace), 60);
}

class TlsReader {
public:
    TlsReader(std::vector<std::string>& notices, std::string_view about)
        : notices_(notices)
        , about_(about)
    { }

    TlsSettings read(const Json& tls)
    {
        TlsSettings settings;
        if (!tls.is_object()) {
            notice("\"tls\" is no object and has no effect");
            return settings;
        }
        if (const auto flag = tls.find("enabled"); flag == tls.end())
            settings.enabled = false;
        else if (flag->is_boolean())
            settings.enabled = flag->get<bool>();
        else
            notice("tls.enabled is " + shown_value(*flag) + " and not true or false; TLS is not enabled");
        if (const auto names = tls.find("names"); names != tls.end())
            read_names(*names, settings.names);
        if (const auto folders = tls.find("trusted_in"); folders != tls.end())
            read_folders(*folders, settings.trusted_folders);
        read_own(tls, settings);
        if (const auto before = tls.find("own_before"); before != tls.end() && !settings.own)
            read_own_before(*before, settings);
        return settings;
    }

private:
    void notice(std::string text) { notices_.push_back(std::string(about_) + std::move(text)); }

    void read_names(const Json& value, std::vector<std::string>& names)
    {
        if (!value.is_array()) {
            notice("tls.names is " + shown_value(value) + " and no array; it has no effect");
            return;
        }
        for (const Json& item : value) {
            if (!item.is_string()) {
                notice("tls.names: " + shown_value(item) + " is left out, as it is no text");
                continue;
            }
            const auto name = check_development_name(item.get<std::string>());
            if (!name) {
                notice("tls.names: " + shown_value(item) + " is left out: " + name.error().detail);
                continue;
            }
            const auto& loopback = loopback_names();
            if (std::find(loopback.begin(), loopback.end(), *name) != loopback.end()
                || std::find(names.begin(), names.end(), *name) != names.end())
                continue;
            if (names.size() == most_development_names) {
                notice("tls.names has more than " + std::to_string(most_development_names)
                    + " names; the rest is left out");
                return;
            }
            names.push_back(*name);
        }
    }

    void read_folders(const Json& value, std::vector<std::string>& folders)
    {
        if (!value.is_array()) {
            notice("tls.trusted_in is " + shown_value(value) + " and no array; it has no effect");
            return;
        }
        for (const Json& item : value) {
            if (!is_path(item)) {
                notice("tls.trusted_in: " + shown_value(item) + " is left out, as it is no path from the root on");
                continue;
            }
            if (folders.size() == most_trusted_folders) {
                notice("tls.trusted_in has more than " + std::to_string(most_trusted_folders)
                    + " folders; the rest is left out");
                return;
            }
            auto folder = item.get<std::string>();
            if (std::find(folders.begin(), folders.end(), folder) == folders.end())
                folders.push_back(std::move(folder));
        }
    }

    static bool is_path(const Json& value)
    {
        return value.is_string() && value.get<std::string>().starts_with('/')
            && value.get<std::string>().find('\0') == std::string::npos;
    }

    // With half of it nobody can say what is meant, and another certificate than the one that was meant is
    // worse than none.
    void read_own(const Json& tls, TlsSettings& settings)
    {
        const bool has_certificate = tls.contains("certificate");
        const bool has_key = tls.contains("key");
        if (!has_certificate && !has_key)
            return;
        if (!has_certificate || !has_key) {
            notice(std::string("tls has a ") + (has_key ? "key" : "certificate") + " and no "
                + (has_key ? "certificate" : "key") + "; TLS is not enabled");
            settings.enabled = false;
            return;
        }
        for (const char* name : {"certificate", "key"}) {
            const Json& path = tls.at(name);
            if (is_path(path))
                continue;
            notice("tls." + std::string(name) + " is " + shown_value(path)
                + " and no path from the root on; TLS is not enabled");
            settings.enabled = false;
            return;
        }
        settings.own = {tls.at("certificate").get<std::string>(), tls.at("key").get<std::string>()};
    }

    void read_own_before(const Json& value, TlsSettings& settings)
    {
        if (value.is_object() && value.contains("certificate") && is_path(value.at("certificate"))
            && value.contains("key") && is_path(value.at("key")))
            settings.own_before
                = {value.at("certificate").get<std::string>(), value.at("key").get<std::string>()};
        else
            notice("tls.own_before is " + shown_value(value)
                + " and no object with two paths from the root on; it has no effect");
    }

    std::vector<std::string>& notices_;
    std::string_view about_;
};

} // namespace

Result<TlsSettings> parse_tls_settings(
    std::string_view text, std::vector<std::string>& notices, std::string_view about)
{
    const auto document = parse_json_document(text);
    if (!document)
        return tl::unexpected<Error>(document.error());
    const auto tls = document->find("tls");
    if (tls == document->end())
        return TlsSettings();
    return TlsReader(notices, about).read(*tls);
}

std::string with_tls_settings(std::string_view text, const TlsSettings& settings)
{
    Json document = parse_json_document(text).value_or(Json::object());
    if (!document.contains("jackfield"))
        document["jackfield"] = tls_format_version;
    Json tls = Json::object();
    tls["enabled"] = settings.enabled;
    if (!settings.names.empty())
        tls["names"] = settings.names;
    if (!settings.trusted_folders.empty())
        tls["trusted_in"] = settings.trusted_folders;
    if (settings.own) {
        tls["certificate"] = settings.own->chain_path;
        tls["key"] = settings.own->key_path;
    } else if (settings.own_before) {
        tls["own_before"]
            = {{"certificate", settings.own_before->chain_path}, {"key", settings.own_before->key_path}};
    }
    if (const auto old = document.find("tls"); old != document.end() && old->is_object()) {
        for (const auto& [name, value] : old->items()) {
            if (!tls.contains(name)
                && std::find(known_tls_members.begin(), known_tls_members.end(), name)
                    == known_tls_members.end())
                tls[name] = value;
        }
    }
    document["tls"] = std::move(tls);
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void put_development_in_place(TlsSettings& settings)
{
    if (settings.own)
        settings.own_before = std::exchange(settings.own, std::nullopt);
}

bool can_be_kept(const OwnCertificateFiles& files)
{
    return path_can_be_kept(files.chain_path) && path_can_be_kept(files.key_path);
}

bool path_can_be_kept(const std::string& path)
{
    try {
        return !Json(path).dump().empty();
    } catch (const Json::exception&) {
        return false;
    }
}

} // namespace jackfield::app
