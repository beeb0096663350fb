#include "app/terminal/certificate_lines.h"

#include "jackfield/escape.h"

#include <array>
#include <ctime>

namespace jackfield::app {
namespace {

constexpr std::size_t longest_path = 1'000;

std::string date_text(WallTime at)
{
    const std::time_t time = std::chrono::floor<seconds>(at.time_since_epoch()).count();
    std::tm parts{};
    localtime_r(&time, &parts);
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M", &parts)};
}

std::string age_text(const CertificateAge& age)
{
    switch (age.state) {
    case CertificateAge::State::ended:
        return "it has ended";
    case CertificateAge::State::not_begun:
        return "it is not valid yet";
    case CertificateAge::State::ends_soon:
    case CertificateAge::State::good:
        break;
    }
    return age.days_left == 1 ? "1 day left" : std::to_string(age.days_left) + " days left";
}

std::string names_text(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + escape_for_terminal(name);
    return text.empty() ? "no name" : text;
}

} // namespace

std::string shown(const TrustPlace& place)
{
    return place.title + " (" + escape_for_terminal(place.path, longest_path) + ")";
}

std::vector<std::string> lines_about(const CertificateFacts& certificate, const CertificateAge& age)
{
    return {"  for          " + names_text(certificate.names),
        "  subject      " + escape_for_terminal(certificate.subject),
        "  issued by    " + escape_for_terminal(certificate.issuer),
        "  valid        from " + date_text(certificate.not_before) + " to " + date_text(certificate.not_after)
            + ", " + age_text(age),
        "  key          " + escape_for_terminal(certificate.key),
        "  SHA-256      " + certificate.fingerprint};
}

std::vector<std::string> lines_about_development(const TlsStatus& status)
{
    std::vector<std::string> lines;
    if (!status.development) {
        lines.push_back(!status.no_folder_why.empty()
                ? "There can be no development certificate: " + status.no_folder_why
                : !status.development_problem.empty()
                ? "The development certificate cannot be used: " + status.development_problem
                : "There is no development certificate yet");
        return lines;
    }
    const DevelopmentStatus& development = *status.development;
    lines.emplace_back("Development certificate");
    for (std::string& line : lines_about(development.certificate, development.age))
        lines.push_back(std::move(line));
    lines.push_back("  in           " + escape_for_terminal(status.folder, longest_path));
    lines.push_back("Its authority: " + escape_for_terminal(development.authority.common_name));
    lines.push_back(
        "  vouches for  " + names_text(development.authority.permitted) + " alone; its key is destroyed");
    lines.push_back("  SHA-256      " + development.authority.fingerprint);
    lines.push_back("  to import    " + escape_for_terminal(status.authority_path, longest_path));
    if (!status.missing_names.empty())
        lines.push_back("It is not for " + names_text(status.missing_names)
            + ", which the settings name: \"certificate renew\" makes one that is");
    else if (status.renewal_offered)
        lines.emplace_back("\"certificate renew\" makes a new one, whose authority has to be trusted anew");
    return lines;
}

std::string line_about_settings(const TlsStatus& status)
{
    const TlsSettings& settings = status.settings;
    if (!settings.enabled)
        return "wss:// is off: \"certificate on\" turns it on";
    if (!settings.own)
        return "wss:// is on, with the development certificate";
    return "wss:// is on, with " + escape_for_terminal(settings.own->chain_path, longest_path)
        + " and the key " + escape_for_terminal(settings.own->key_path, longest_path);
}

std::vector<std::string> lines_about_trust(const TlsStatus& status)
{
    std::vector<std::string> lines;
    for (const TrustPlaceStatus& each : status.places) {
        if (!each.standing)
            continue;
        std::string text = shown(each.place);
        switch (each.standing->state) {
        case TrustState::trusted:
            text += " trusts it";
            break;
        case TrustState::not_trusted:
            text += " does not trust it: " + each.standing->why;
            break;
        case TrustState::unknown:
            text += ": nobody knows: " + each.standing->why;
            break;
        }
        lines.push_back(std::move(text));
        if (const std::size_t older = each.standing->older.size(); older != 0)
            lines.push_back("  and still " + std::to_string(older)
                + (older == 1 ? " older authority" : " older authorities") + " of Jackfield; \"untrust\" "
                + (each.place.target == TrustTarget::system ? "says the command that removes them all"
                                                            : "removes them all"));
    }
    if (lines.empty())
        lines.emplace_back("Neither Chromium nor Firefox nor a store of the system was found here");
    return lines;
}

std::vector<std::string> lines_about_steps(const TrustSteps& steps, bool undo)
{
    std::vector<std::string> lines;
    const auto& words = undo ? steps.undo_steps : steps.steps;
    const auto& commands = undo ? steps.undo_commands : steps.commands;
    if (steps.target == TrustTarget::system) {
        lines.push_back(steps.title + ", as an administrator:");
    } else {
        lines.push_back(steps.title + ", by hand:");
        for (std::size_t i = 0; i < words.size(); ++i)
            lines.push_back("  " + std::to_string(i + 1) + ". " + sentence(words[i]));
        if (!commands.empty())
            lines.emplace_back("  or, with certutil:");
    }
    for (const std::string& command : commands)
        lines.push_back("    " + command);
    if (!undo) {
        for (const TrustStep& note : steps.notes)
            lines.push_back("  " + sentence(note));
    }
    return lines;
}

} // namespace jackfield::app
