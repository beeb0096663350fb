#include "app/shared/config_files.h"

#include "app/shared/config_file_names.h"
#include "app/shared/locked_file.h"
#include "app/shared/merged_changes.h"
#include "app/shared/template_file.h"

#include "jackfield/atomic_file.h"
#include "jackfield/escape.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace jackfield::app {
namespace {

constexpr std::uint64_t largest_list_file = 1U << 20U;
const std::string missing = "missing"; // the fingerprint of no file

std::string file_name(ListKind kind)
{
    return kind == ListKind::hosts ? "Hosts.dat" : "Origins.dat";
}

Result<void> folder_error(const std::string& folder, int error)
{
    return fail(error == EACCES || error == EPERM ? ErrorCode::permission_denied : ErrorCode::system,
        "the folder " + escape_for_terminal(folder) + " cannot be used", error);
}

/// Held while files are written, so that two programs on one folder do not undo each other's changes. One that
/// was stopped while it held the lock is waited for no longer than `patience`: `error` is EWOULDBLOCK then.
class FolderLock {
public:
    FolderLock(const std::string& folder, std::chrono::milliseconds patience)
        : descriptor_(
            ::open((folder + "/.jackfield.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600))
    {
        error_ = descriptor_ < 0 ? errno : lock_file(descriptor_, patience);
    }
    ~FolderLock()
    {
        if (descriptor_ >= 0)
            ::close(descriptor_);
    }
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;
    [[nodiscard]] int error() const { return error_; }

private:
    int descriptor_;
    int error_ = 0;
};

std::vector<EndpointConfig> by_pattern(std::vector<EndpointConfig> endpoints)
{
    std::sort(endpoints.begin(), endpoints.end(),
        [](const EndpointConfig& a, const EndpointConfig& b) { return a.pattern < b.pattern; });
    return endpoints;
}

// Their order means nothing, and the engine may keep another one.
bool same_endpoints(const std::vector<EndpointConfig>& a, const std::vector<EndpointConfig>& b)
{
    return by_pattern(a) == by_pattern(b);
}

AccessList fallen_back(ListKind kind, const std::string& why)
{
    AccessList list = AccessList::built_in(kind);
    list.fell_back = true;
    list.problem = file_name(kind) + " cannot be used: " + why
        + ". Only this machine's own names are allowed until it is repaired";
    return list;
}

std::string time_stamp()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::array<char, 32> text{};
    const std::size_t size = std::strftime(text.data(), text.size(), "%Y%m%dT%H%M%SZ", &parts);
    return std::string(text.data(), size);
}

/// Keeps a bad file under another name, whatever kind of file it is. Errors: system.
Result<std::string> set_aside(const std::string& path)
{
    const std::string base = path + ".corrupt-" + time_stamp();
    std::string name = base;
    struct stat status { };
    for (int i = 2; ::lstat(name.c_str(), &status) == 0; ++i)
        name = base + "-" + std::to_string(i);
    if (std::rename(path.c_str(), name.c_str()) != 0)
        return fail(ErrorCode::system, "cannot rename " + escape_for_terminal(path), errno);
    return name;
}

// A template that both have changed is kept twice: nobody can say which one matters.
std::vector<TemplateNode> merged_templates(const std::vector<TemplateNode>& base,
    const std::vector<TemplateNode>& mine, const std::vector<TemplateNode>& theirs)
{
    return merged_changes(
        base, mine, theirs,
        [](const TemplateNode& node) { return (node.is_folder ? "folder " : "template ") + node.name; },
        [](const TemplateNode* before, const TemplateNode& my,
            const TemplateNode& their) -> std::optional<TemplateNode> {
            if (!my.is_folder)
                return std::nullopt;
            TemplateNode folder = their;
            folder.children = merged_templates(
                before ? before->children : std::vector<TemplateNode>(), my.children, their.children);
            return folder;
        });
}

/// `theirs` with the lines that lead from `base` to `mine`, both texts of a file.
AccessList merged_list(
    ListKind kind, const std::string& base, const std::string& mine, const AccessList& theirs)
{
    const auto lines_of = [](const AccessList& list) {
        std::vector<std::string> lines;
        for (const AccessLine& line : list.lines)
            lines.push_back(line.text);
        return lines;
    };
    std::vector<std::string> ignored;
    const std::vector<std::string> merged = merged_changes(
        lines_of(AccessList::parse_file(kind, base, ignored)), lines_of(AccessList::parse_file(kind, mine, ignored)),
        lines_of(theirs), [](const std::string& line) { return line; },
        [](const std::string*, const std::string& my, const std::string&) { return std::optional(my); });
    AccessList list;
    for (const std::string& text : merged) {
        // A wide entry that is only in their file has not been confirmed.
        const auto found = std::ranges::find(theirs.lines, text, &AccessLine::text);
        list.lines.push_back(found != theirs.lines.end() ? *found : parse_access_line(kind, text));
    }
    return list;
}

/// Why a file that could not be read or understood has to make way for another one; nullopt when nothing is
/// there. Errors: what is there is no file, or may be a good one that cannot be read now.
Result<std::optional<std::string>> unusable(const Error& error)
{
    switch (error.code) {
    case ErrorCode::not_found:
        return std::optional<std::string>();
    case ErrorCode::malformed:
    case ErrorCode::too_large:
    case ErrorCode::permission_denied:
        return std::optional(error.message());
    default:
        return tl::unexpected<Error>(error);
    }
}

std::string path_in(const std::string& folder, std::string_view name)
{
    return folder + "/" + std::string(name);
}

} // namespace

ConfigFiles::ConfigFiles(
    std::string folder, std::vector<std::string> behaviours, std::chrono::milliseconds lock_patience)
    : folder_(std::move(folder))
    , behaviours_(std::move(behaviours))
    , lock_patience_(lock_patience)
    , settings_path_(path_in(folder_, settings_file_name))
    , templates_path_(path_in(folder_, templates_file_name))
    , sent_path_(path_in(folder_, sent_file_name))
    , pages_path_(path_in(folder_, pages_file_name))
{
    for (const ListKind kind : {ListKind::hosts, ListKind::origins})
        file_of(kind).path = folder_ + "/" + file_name(kind);
}

Result<void> ConfigFiles::make_folder()
{
    struct stat status { };
    if (::stat(folder_.c_str(), &status) == 0) {
        if (!S_ISDIR(status.st_mode))
            return fail(ErrorCode::invalid_argument,
                escape_for_terminal(folder_) + " is no folder; name another one");
        return ::access(folder_.c_str(), R_OK | X_OK) == 0 ? Result<void>() : folder_error(folder_, errno);
    }
    if (errno != ENOENT)
        return folder_error(folder_, errno);
    std::error_code error;
    std::filesystem::create_directories(std::filesystem::path(folder_).parent_path(), error);
    if (error)
        return folder_error(folder_, error.value());
    // The XDG Base Directory Specification asks for 0700.
    if (::mkdir(folder_.c_str(), 0700) != 0 && errno != EEXIST)
        return folder_error(folder_, errno);
    return {};
}

std::vector<std::string> ConfigFiles::list_paths() const
{
    return {lists_[0].path, lists_[1].path};
}

StoredConfig ConfigFiles::load()
{
    StoredConfig result;
    for (const std::string& path :
        {settings_path_, templates_path_, sent_path_, pages_path_, lists_[0].path, lists_[1].path})
        remove_stale_temporaries(path);
    in_file_ = load_settings(result.tls, result.notices);
    seen_ = in_file_;
    result.listeners = in_file_.listeners;
    result.endpoints = in_file_.endpoints;
    result.limits = in_file_.limits;
    result.compression = in_file_.compression;
    result.access.origin_required = in_file_.origin_required;
    result.older_protocols = in_file_.older_protocols;
    result.templates = load_templates(result.notices);
    result.sent = load_sent();
    result.pages = load_pages();
    for (const ListKind kind : {ListKind::hosts, ListKind::origins}) {
        auto [reading, fingerprint] = read_list(kind);
        ListFile& file = file_of(kind);
        file.fingerprint = fingerprint;
        file.in_file = file.seen = reading.list.file_text();
        (kind == ListKind::hosts ? result.access.hosts : result.access.origins) = std::move(reading.list);
        result.notices.insert(result.notices.end(), reading.notices.begin(), reading.notices.end());
    }
    return result;
}

std::pair<ConfigFiles::ListReading, std::string> ConfigFiles::read_list(ListKind kind) const
{
    const std::string& path = lists_[kind == ListKind::hosts ? 0 : 1].path;
    ListReading reading;
    const auto content = read_whole_file(path, largest_list_file);
    if (!content) {
        if (content.error().code == ErrorCode::not_found)
            return {{AccessList::built_in(kind), {}}, missing};
        const std::string why = content.error().code == ErrorCode::too_large ? "it is larger than 1 MiB"
                                                                             : content.error().message();
        reading.list = fallen_back(kind, why);
        reading.notices.push_back(reading.list.problem);
        return {std::move(reading), "unreadable: " + why};
    }
    reading.list = AccessList::parse_file(kind, *content, reading.notices);
    struct stat status { };
    if (::stat(path.c_str(), &status) == 0 && (status.st_mode & S_IWOTH) != 0)
        reading.notices.push_back("Every user of this machine can change " + escape_for_terminal(path)
            + " and so decide who may connect; run: chmod o-w " + escape_for_terminal(path));
    return {std::move(reading), "content: " + *content};
}

Settings ConfigFiles::load_settings(TlsSettings& tls, std::vector<std::string>& notices)
{
    const auto read = [&](const std::string& path) -> Result<Settings> {
        const auto content = read_whole_file(path, largest_settings_file);
        if (!content)
            return tl::unexpected<Error>(content.error());
        auto parsed = parse_settings(*content, behaviours_, notices);
        if (parsed)
            tls = parse_tls_settings(*content, notices).value_or(TlsSettings());
        return parsed;
    };
    const auto settings = read(settings_path_);
    if (settings)
        return *settings;
    if (settings.error().code == ErrorCode::not_found)
        return {};
    std::string notice = put_aside(settings_path_, settings.error());
    const auto backup = read(settings_path_ + ".bak");
    whole_to_save_ = backup.has_value();
    notice += backup ? "The version before it is used" : "The defaults are used";
    notices.push_back(std::move(notice));
    return backup.value_or(Settings());
}

std::string ConfigFiles::put_aside(const std::string& path, const Error& error)
{
    std::string notice = escape_for_terminal(path) + " cannot be used: " + error.message() + ". ";
    // What may not be read may well be right; it keeps its name.
    if (error.code != ErrorCode::permission_denied) {
        const auto name = set_aside(path);
        notice += name ? "It is kept as " + escape_for_terminal(*name) + ". " : name.error().message() + ". ";
    }
    return notice;
}

std::vector<TemplateNode> ConfigFiles::load_templates(std::vector<std::string>& notices)
{
    const auto read = [&](const std::string& path) -> Result<std::vector<TemplateNode>> {
        const auto content = read_whole_file(path, largest_template_file);
        if (!content)
            return tl::unexpected<Error>(content.error());
        return parse_templates(*content, notices);
    };
    auto templates = read(templates_path_);
    if (!templates && templates.error().code != ErrorCode::not_found) {
        std::string notice = put_aside(templates_path_, templates.error());
        templates = read(templates_path_ + ".bak");
        templates_to_save_ = templates.has_value();
        notice += templates ? "The version before it is used" : "There are no templates";
        notices.push_back(std::move(notice));
    }
    templates_ = std::move(templates).value_or(std::vector<TemplateNode>());
    if (!templates_to_save_)
        templates_in_file_ = templates_;
    return templates_;
}

// What was sent before matters to nobody's work: a file that cannot be used is written anew.
std::vector<ComposedMessage> ConfigFiles::load_sent()
{
    const auto content = read_whole_file(sent_path_, largest_template_file);
    if (!content)
        return {};
    auto sent = parse_sent(*content);
    if (!sent)
        return {};
    sent_ = sent_in_file_ = format_sent(*sent);
    return std::move(*sent);
}

// The same goes for names and colours.
std::vector<RememberedPage> ConfigFiles::load_pages()
{
    const auto content = read_whole_file(pages_path_, largest_page_file);
    if (!content)
        return {};
    auto pages = parse_pages(*content);
    if (!pages)
        return {};
    pages_ = pages_in_file_ = format_pages(*pages);
    return std::move(*pages);
}

void ConfigFiles::take_templates(std::vector<TemplateNode> templates)
{
    templates_ = std::move(templates);
    templates_to_save_ = templates_ != templates_in_file_;
}

void ConfigFiles::take_sent(const std::vector<ComposedMessage>& sent)
{
    sent_ = format_sent(sent);
}

void ConfigFiles::take_pages(const std::vector<RememberedPage>& pages)
{
    pages_ = format_pages(pages);
}

// Other programs change it too (`certificate on`), so what the file said when it was read does not count.
void ConfigFiles::take_tls(TlsSettings tls)
{
    tls_to_save_ = std::move(tls);
}

// Another program on this folder may have saved since. What it has made is kept in the file, and comes into
// this program's window at its next start.
Result<void> ConfigFiles::save_templates()
{
    if (!templates_to_save_)
        return {};
    auto previous = read_whole_file(templates_path_, largest_template_file);
    std::vector<std::string> ignored;
    const auto theirs = previous ? parse_templates(*previous, ignored)
                                 : Result<std::vector<TemplateNode>>(tl::unexpected<Error>(previous.error()));
    std::optional<std::string> bad;
    if (!theirs) {
        auto why = unusable(theirs.error());
        if (!why)
            return tl::unexpected<Error>(std::move(why.error()));
        bad = std::move(*why);
        previous = read_whole_file(templates_path_ + ".bak", largest_template_file);
    }
    const auto& all = theirs ? merged_templates(templates_in_file_, templates_, *theirs) : templates_;
    if (auto written = replace(templates_path_, format_templates(all, previous.value_or("")), bad); !written)
        return written;
    templates_in_file_ = templates_;
    templates_to_save_ = false;
    return {};
}

Result<void> ConfigFiles::save_sent()
{
    if (sent_ == sent_in_file_)
        return {};
    std::string all = sent_;
    const auto content = read_whole_file(sent_path_, largest_template_file);
    if (content && *content != sent_in_file_) {
        auto theirs = parse_sent(*content);
        const auto base = parse_sent(sent_in_file_);
        const auto mine = parse_sent(sent_);
        if (theirs && mine) {
            // What was sent here counts as the newest; what left this history is not fetched back.
            std::erase_if(*theirs, [&](const ComposedMessage& message) {
                return std::ranges::count(*mine, message) > 0
                    || (base && std::ranges::count(*base, message) > 0);
            });
            theirs->insert(theirs->end(), mine->begin(), mine->end());
            all = format_sent(*theirs);
        }
    }
    if (auto written = write_document_atomically(sent_path_, all); !written)
        return written;
    sent_in_file_ = sent_;
    return {};
}

Result<void> ConfigFiles::save_pages()
{
    if (pages_ == pages_in_file_)
        return {};
    std::string all = pages_;
    const auto content = read_whole_file(pages_path_, largest_page_file);
    if (content && *content != pages_in_file_) {
        const auto theirs = parse_pages(*content);
        const auto base = parse_pages(pages_in_file_);
        const auto mine = parse_pages(pages_);
        if (theirs && mine)
            all = format_pages(merged_changes(
                base.value_or(std::vector<RememberedPage>()), *mine, *theirs,
                [](const RememberedPage& page) {
                    return page.origin + '\0' + page.path + '\0' + page.user_agent;
                },
                [](const RememberedPage*, const RememberedPage& my, const RememberedPage&) {
                    return std::optional(my);
                }));
    }
    if (auto written = write_document_atomically(pages_path_, all); !written)
        return written;
    pages_in_file_ = pages_;
    return {};
}

void ConfigFiles::take_list(ListKind kind, const AccessList& list)
{
    ListFile& file = file_of(kind);
    std::string text = list.file_text();
    // Only a change counts: a status that is older than a file's last reading must not write the old list
    // back.
    if (text == file.seen)
        return;
    file.to_save = text != file.in_file;
    file.seen = std::move(text);
}

void ConfigFiles::take(const ServerStatus& status)
{
    take_list(ListKind::hosts, status.access.hosts);
    take_list(ListKind::origins, status.access.origins);
    if (!same_endpoints(status.endpoints, seen_.endpoints)) {
        seen_.endpoints = status.endpoints;
        endpoints_to_save_ = !same_endpoints(seen_.endpoints, in_file_.endpoints);
    }
    if (status.access.origin_required != seen_.origin_required) {
        seen_.origin_required = status.access.origin_required;
        origin_required_to_save_ = seen_.origin_required != in_file_.origin_required;
    }
    if (status.older_protocols != seen_.older_protocols) {
        seen_.older_protocols = status.older_protocols;
        older_protocols_to_save_ = seen_.older_protocols != in_file_.older_protocols;
    }
    if (status.limits != seen_.limits) {
        seen_.limits = status.limits;
        limits_to_save_ = seen_.limits != in_file_.limits;
    }
    if (status.compression != seen_.compression) {
        seen_.compression = status.compression;
        compression_to_save_ = seen_.compression != in_file_.compression;
    }
}

bool ConfigFiles::has_changes() const
{
    return lists_[0].to_save || lists_[1].to_save || endpoints_to_save_ || origin_required_to_save_
        || older_protocols_to_save_ || limits_to_save_ || compression_to_save_ || tls_to_save_
        || whole_to_save_ || templates_to_save_ || sent_ != sent_in_file_ || pages_ != pages_in_file_;
}

Result<void> ConfigFiles::save()
{
    if (auto made = make_folder(); !made)
        return made;
    const FolderLock lock(folder_, lock_patience_);
    if (lock.error() == EWOULDBLOCK)
        return fail(ErrorCode::system,
            "another Jackfield is saving into " + escape_for_terminal(folder_) + " and does not finish");
    if (lock.error() != 0)
        return folder_error(folder_, lock.error());
    Result<void> result;
    const auto keep = [&](Result<void> written) {
        if (!written && result)
            result = std::move(written);
        step_();
    };
    step_();
    for (const ListKind kind : {ListKind::hosts, ListKind::origins})
        keep(save_list(kind));
    keep(save_settings());
    keep(save_templates());
    keep(save_sent());
    keep(save_pages());
    return result;
}

Result<void> ConfigFiles::replace(
    const std::string& path, std::string_view content, const std::optional<std::string>& unusable)
{
    if (!unusable)
        return write_document_atomically(path, content);
    // What a person wrote there may be worth repairing, and a `.bak` lasts for one save only.
    const auto name = set_aside(path);
    if (!name)
        return tl::unexpected<Error>(name.error());
    if (auto written = write_document_atomically(path, content); !written) {
        std::rename(name->c_str(), path.c_str());
        return written;
    }
    notices_.push_back(escape_for_terminal(path) + " cannot be used: " + *unusable + ". It is kept as "
        + escape_for_terminal(*name) + ", and what is in force was saved in its place");
    return {};
}

Result<void> ConfigFiles::save_list(ListKind kind)
{
    ListFile& file = file_of(kind);
    if (!file.to_save)
        return {};
    const auto [reading, fingerprint] = read_list(kind);
    std::string text = file.seen;
    std::optional<std::string> bad;
    if (reading.list.fell_back)
        bad = "only this machine's own names would be allowed with it";
    else if (fingerprint != missing && fingerprint != file.fingerprint)
        text = merged_list(kind, file.in_file, file.seen, reading.list).file_text();
    if (auto written = replace(file.path, text, bad); !written)
        return written;
    // What others have added is looked at as their change, on top of what is known here.
    file.fingerprint = text == file.seen ? "content: " + text : std::string();
    file.in_file = file.seen;
    file.to_save = false;
    return {};
}

Result<void> ConfigFiles::save_settings()
{
    if (!endpoints_to_save_ && !origin_required_to_save_ && !older_protocols_to_save_ && !limits_to_save_
        && !compression_to_save_ && !tls_to_save_ && !whole_to_save_)
        return {};
    // Another program may have saved since, so only what has changed here goes over what is there.
    Settings settings = in_file_;
    auto previous = read_whole_file(settings_path_, largest_settings_file);
    std::vector<std::string> ignored;
    auto theirs = previous ? parse_settings(*previous, behaviours_, ignored)
                           : Result<Settings>(tl::unexpected<Error>(previous.error()));
    std::optional<std::string> bad;
    if (theirs) {
        settings = std::move(*theirs);
    } else {
        auto why = unusable(theirs.error());
        if (!why)
            return tl::unexpected<Error>(std::move(why.error()));
        bad = std::move(*why);
        if (bad || whole_to_save_)
            previous = read_whole_file(settings_path_ + ".bak", largest_settings_file);
    }
    if (endpoints_to_save_)
        settings.endpoints = seen_.endpoints;
    if (origin_required_to_save_)
        settings.origin_required = seen_.origin_required;
    if (older_protocols_to_save_)
        settings.older_protocols = seen_.older_protocols;
    if (limits_to_save_)
        settings.limits = seen_.limits;
    if (compression_to_save_)
        settings.compression = seen_.compression;
    std::string text = format_settings(settings, previous.value_or(""));
    if (tls_to_save_)
        text = with_tls_settings(text, *tls_to_save_);
    if (auto written = replace(settings_path_, text, bad); !written)
        return written;
    tls_to_save_.reset();
    in_file_ = std::move(settings);
    endpoints_to_save_ = origin_required_to_save_ = older_protocols_to_save_ = limits_to_save_ = false;
    compression_to_save_ = whole_to_save_ = false;
    return {};
}

ConfigFiles::ListCheck ConfigFiles::check_list(ListKind kind, bool prefer_file)
{
    ListFile& file = file_of(kind);
    auto [reading, fingerprint] = read_list(kind);
    if (fingerprint == file.fingerprint || (file.to_save && !prefer_file)) {
        file.doubtful.clear();
        return {};
    }
    const bool usable = fingerprint != missing && !reading.list.fell_back;
    if (!usable && fingerprint != file.doubtful) {
        file.doubtful = std::move(fingerprint);
        return {std::nullopt, true};
    }
    file.doubtful.clear();
    file.fingerprint = std::move(fingerprint);
    const std::string theirs = reading.list.file_text();
    if (file.to_save && !reading.list.fell_back) {
        reading.list = merged_list(kind, file.in_file, file.seen, reading.list);
        file.seen = reading.list.file_text();
        file.to_save = file.seen != theirs;
    } else {
        file.to_save = false;
    }
    file.in_file = theirs;
    return {std::move(reading), false};
}

} // namespace jackfield::app
