#pragma once

#include "app/shared/page_file.h"
#include "app/shared/tls_settings.h"

#include "jackfield/composed_message.h"
#include "jackfield/config.h"
#include "jackfield/lanes.h"
#include "jackfield/result.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace jackfield::app {

/// What a configuration folder holds.
struct StoredConfig {
    std::vector<ListenSpec> listeners = default_listeners();
    std::vector<EndpointConfig> endpoints = default_endpoints();
    AccessRules access;
    bool older_protocols = true;
    Limits limits;
    Compression compression;
    TlsSettings tls;
    std::vector<TemplateNode> templates;
    std::vector<ComposedMessage> sent; ///< what was sent before, oldest first
    std::vector<RememberedPage> pages; ///< that a person named or coloured, oldest first
    /// One sentence each for a person: clamped values, bad lines, files that were set aside. A list that fell
    /// back says so in itself too.
    std::vector<std::string> notices;
};

/// The files `Hosts.dat`, `Origins.dat`, `settings.jackfield.json`, `templates.jackfield.json`,
/// `sent.jackfield.json` and `pages.jackfield.json` of one folder: reads them at the start, writes what changes,
/// and tells when another program changes a list. The last three are described in template_file.h and
/// page_file.h.
///
/// All file work is done on a thread of its own. Every function may be called from any thread and returns at
/// once unless it says otherwise; the callbacks are called on the store's thread and must not block or call
/// `close`.
///
/// The format of the settings (all members optional, unknown ones survive a save, stable order):
/// `{"jackfield":1,"listeners":["127.0.0.1:4567"],"endpoints":[{"path":"/*","behaviour":"echo","subprotocols":{"echo":"echo"},
/// "chat_includes_sender":false}],"access":{"origin_required":false},"older_protocols":true,"limits":{"max_message":1048576},
/// "compression":{"enabled":true,"level":9}}`;
/// `limits` holds those that differ from their defaults, by the names of `limit_fields()`, `compression` also
/// whether it is on. `tls` is described in tls_settings.h.
class ConfigStore {
public:
    struct Callbacks {
        /// Something could not be saved: one sentence for a person. The data is kept for `retry`.
        std::function<void(const std::string& problem)> on_problem;
        /// All that was to be saved is saved; after an `on_problem` it says that the trouble is over.
        std::function<void()> on_saved;
        /// Another program changed a list, or removed its file (then the built-in list). The receiver submits
        /// a command::ReplaceList{list, content, from_file = true}.
        std::function<void(ListKind list, const AccessList& content, const std::vector<std::string>& notices)>
            on_list_changed;
        /// Sentences about what a save has found in the files.
        std::function<void(const std::vector<std::string>& notices)> on_notices;
    };

    /// Opens `folder`, makes it where it is missing, and reads what it holds. Reading is total: whatever the
    /// files contain, the result can be used; a file of settings or templates that cannot be read is renamed to
    /// `.corrupt-<time>` and its `.bak` is tried; a list that cannot be used leaves the built-in entries.
    /// Waits for the files at most `patience`; after that the defaults are taken and nothing is saved.
    /// `behaviours`: the names that an endpoint may have.
    /// Errors: the folder can be neither found nor made (permission_denied, system, invalid_argument for a
    /// file of that name).
    [[nodiscard]] static Result<std::unique_ptr<ConfigStore>> open(const std::string& folder,
        std::chrono::milliseconds patience = std::chrono::milliseconds(1'500),
        std::vector<std::string> behaviours = {"echo", "reverse", "chat", "silent", "close"});
    /// As `close`.
    ~ConfigStore();
    ConfigStore(const ConfigStore&) = delete;
    ConfigStore& operator=(const ConfigStore&) = delete;

    /// What the folder held when it was opened.
    [[nodiscard]] const StoredConfig& loaded() const { return loaded_; }
    [[nodiscard]] const std::string& folder() const { return folder_; }
    /// False when the files answered too slowly: the defaults were taken, nothing is saved, and whoever reads
    /// in the folder may wait for long.
    [[nodiscard]] bool is_in_use() const;

    /// Sets the callbacks and begins to watch the lists and to save. Call once.
    void start(Callbacks callbacks);
    /// Takes note of what the server is doing. What has changed since the last status is saved after a short
    /// while: the lists without their temporary lines, the endpoints, `origin_required`,
    /// `older_protocols`, the limits and the compression.
    /// Listeners are never saved; those of the file are kept.
    void remember(std::shared_ptr<const ServerStatus> status);
    /// Takes note of the templates, of what was sent, or of the pages; saved after a short while where they differ from the
    /// file's.
    void remember_templates(std::vector<TemplateNode> templates);
    void remember_sent(std::vector<ComposedMessage> sent);
    void remember_pages(std::vector<RememberedPage> pages);
    /// Takes note of what a person wants of TLS; saved after a short while. The status says nothing of it.
    void remember_tls(TlsSettings tls);
    /// Tries again to save what could not be saved.
    void retry();
    /// True while something is not saved yet, or could not be.
    [[nodiscard]] bool has_unsaved() const;
    /// Saves what is left, waits for it as long as one file after the other gets done, each within `patience`, and
    /// ends the thread. What was not saved by then may be lost, and `has_unsaved` says so. Blocks. The default is
    /// longer than a save waits for another Jackfield's.
    void close(std::chrono::milliseconds patience = std::chrono::milliseconds(6'000));

private:
    class Worker;
    ConfigStore(std::string folder, std::shared_ptr<Worker> worker, StoredConfig loaded);
    std::string folder_;
    std::shared_ptr<Worker> worker_;
    StoredConfig loaded_;
};

} // namespace jackfield::app
