#include "app/shared/trust_places.h"

#include "jackfield/atomic_file.h"
#include "jackfield/escape.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <unistd.h>

namespace jackfield::app {
namespace {

constexpr std::uint64_t largest_ini = 1U << 20U;
constexpr std::size_t most_profiles = 100;

bool is_folder(const std::string& path)
{
    std::error_code error;
    return std::filesystem::is_directory(path, error);
}

bool is_database(const std::string& folder)
{
    std::error_code error;
    return std::filesystem::is_regular_file(folder + "/cert9.db", error);
}

void add(std::vector<TrustPlace>& places, TrustPlace place)
{
    std::error_code error;
    const auto real = std::filesystem::weakly_canonical(place.path, error);
    const bool known = std::any_of(places.begin(), places.end(), [&](const TrustPlace& other) {
        std::error_code ignored;
        return other.path == place.path || std::filesystem::weakly_canonical(other.path, ignored) == real;
    });
    if (!known)
        places.push_back(std::move(place));
}

/// Chromium's choice since version 146: the folder of old where it is there, else the one in XDG_DATA_HOME.
/// Where neither is, the one of old is made, which older ones find too.
void add_chromium(std::vector<TrustPlace>& places, const std::string& title, const std::string& home,
    const std::string& data_home)
{
    const std::string old = home + "/.pki/nssdb";
    const std::string modern = data_home + "/pki/nssdb";
    const std::string& path = !is_folder(old) && is_folder(modern) ? modern : old;
    add(places, {TrustTarget::chromium, title, path, is_database(path), title, {}});
}

void add_all_chromium(std::vector<TrustPlace>& places, const TrustStore::Surroundings& around,
    const std::string& config_home, const std::string& data_home)
{
    constexpr std::array programs = {"chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
        "microsoft-edge", "microsoft-edge-stable", "brave-browser", "vivaldi", "vivaldi-stable"};
    constexpr std::array settings
        = {"chromium", "google-chrome", "microsoft-edge", "BraveSoftware/Brave-Browser", "vivaldi"};
    const bool is_there = std::any_of(programs.begin(), programs.end(), [&](const char* name) {
        return !find_program(around.program_folders, name).empty();
    }) || std::any_of(settings.begin(), settings.end(), [&](const char* name) {
        return is_folder(config_home + "/" + name);
    });
    if (is_there || is_folder(around.home + "/.pki/nssdb") || is_folder(data_home + "/pki/nssdb"))
        add_chromium(places, "Chromium and Chrome", around.home, data_home);
    if (const std::string snap = around.home + "/snap/chromium/current"; is_folder(snap))
        add_chromium(places, "Chromium (snap)", snap, snap + "/.local/share");
    struct Flatpak {
        const char* id;
        const char* title;
    };
    constexpr std::array flatpaks = {Flatpak{"org.chromium.Chromium", "Chromium (flatpak)"},
        Flatpak{"com.google.Chrome", "Chrome (flatpak)"}, Flatpak{"com.microsoft.Edge", "Edge (flatpak)"},
        Flatpak{"com.brave.Browser", "Brave (flatpak)"}, Flatpak{"com.vivaldi.Vivaldi", "Vivaldi (flatpak)"}};
    for (const Flatpak& flatpak : flatpaks) {
        const std::string home = around.home + "/.var/app/" + flatpak.id;
        if (is_folder(home))
            add_chromium(places, flatpak.title, home, home + "/data");
    }
}

void add_profile(std::vector<TrustPlace>& places, const std::string& program, const FirefoxProfile& profile)
{
    const std::string name = escape_for_terminal(profile.name, 60);
    add(places,
        {TrustTarget::firefox, program + ", profile " + name, profile.path, is_database(profile.path),
            program, name});
}

void add_all_firefox(
    std::vector<TrustPlace>& places, const TrustStore::Surroundings& around, const std::string& config_home)
{
    struct Root {
        const char* title;
        std::string folder;
    };
    const std::string flatpak = around.home + "/.var/app/org.mozilla.firefox";
    // Since version 147 new profiles are in XDG_CONFIG_HOME; those of old stay where they are.
    const std::array roots = {Root{"Firefox", around.home + "/.mozilla/firefox"},
        Root{"Firefox", config_home + "/mozilla/firefox"},
        Root{"Firefox (snap)", around.home + "/snap/firefox/common/.mozilla/firefox"},
        Root{"Firefox (snap)", around.home + "/snap/firefox/common/.config/mozilla/firefox"},
        Root{"Firefox (flatpak)", flatpak + "/.mozilla/firefox"},
        Root{"Firefox (flatpak)", flatpak + "/config/mozilla/firefox"}};
    for (const Root& root : roots) {
        const auto text = read_whole_file(root.folder + "/profiles.ini", largest_ini);
        if (!text)
            continue;
        for (const FirefoxProfile& profile : parse_firefox_profiles(*text, root.folder)) {
            if (is_folder(profile.path))
                add_profile(places, root.title, profile);
        }
    }
}

void add_system(std::vector<TrustPlace>& places, const std::string& root)
{
    // Debian's and Fedora's.
    for (const char* path : {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"}) {
        std::error_code error;
        if (std::filesystem::is_regular_file(root + path, error)) {
            places.push_back({TrustTarget::system, "This system", root + path, true, {}, {}});
            return;
        }
    }
}

std::string_view without_blanks(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blanks);
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

} // namespace

std::vector<FirefoxProfile> parse_firefox_profiles(std::string_view text, const std::string& folder)
{
    struct Section {
        bool is_profile = false;
        bool is_relative = true;
        std::string name;
        std::string path;
    };
    std::vector<FirefoxProfile> profiles;
    Section section;
    const auto finish = [&] {
        if (section.is_profile && !section.path.empty() && section.path.find('\0') == std::string::npos
            && profiles.size() < most_profiles) {
            const std::string path = section.is_relative ? folder + "/" + section.path : section.path;
            if (path.starts_with('/'))
                profiles.push_back({section.name.empty() ? section.path : section.name, path});
        }
        section = {};
    };
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = without_blanks(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.starts_with('[')) {
            finish();
            section.is_profile = line.starts_with("[Profile");
            continue;
        }
        const std::size_t equals = line.find('=');
        if (equals == std::string_view::npos)
            continue;
        const std::string_view key = line.substr(0, equals);
        const std::string value(line.substr(equals + 1));
        if (key == "Name")
            section.name = value;
        else if (key == "Path")
            section.path = value;
        else if (key == "IsRelative")
            section.is_relative = value != "0";
    }
    finish();
    return profiles;
}

std::string find_program(const std::vector<std::string>& folders, const std::string& name)
{
    for (const std::string& folder : folders) {
        const std::string path = folder + "/" + name;
        struct stat status { };
        if (folder.starts_with('/') && ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode)
            && ::access(path.c_str(), X_OK) == 0)
            return path;
    }
    return {};
}

std::vector<TrustPlace> find_trust_places(const TrustStore::Surroundings& around)
{
    const std::string config_home
        = around.config_home.empty() ? around.home + "/.config" : around.config_home;
    const std::string data_home = around.data_home.empty() ? around.home + "/.local/share" : around.data_home;
    std::vector<TrustPlace> places;
    add_all_chromium(places, around, config_home, data_home);
    add_all_firefox(places, around, config_home);
    add_system(places, around.system_root);
    return places;
}

} // namespace jackfield::app
