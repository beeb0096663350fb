#pragma once

#include "app/shared/config_store.h"
#include "app/shared/settings_file.h"

#include <array>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace jackfield::app {

/// The files of a configuration folder, what is known to be in them, and what differs from that. One
/// thread; every function but the trivial ones does file work.
class ConfigFiles {
public:
    struct ListReading {
        AccessList list;
        std::vector<std::string> notices;
    };

    /// `lock_patience`: how long `save` waits for another Jackfield that saves into the same folder.
    ConfigFiles(std::string folder, std::vector<std::string> behaviours,
        std::chrono::milliseconds lock_patience = std::chrono::seconds(5));
    /// `step` is called whenever `save` has come to its end with one more file.
    void on_step(std::function<void()> step) { step_ = std::move(step); }

    /// Makes the folder where it is missing. Errors: as ConfigStore::open.
    Result<void> make_folder();
    /// Reads everything. Total.
    StoredConfig load();
    [[nodiscard]] std::vector<std::string> list_paths() const;

    /// Compares with what was seen last; what has changed and differs from the files is to be saved.
    void take(const ServerStatus& status);
    void take_templates(std::vector<TemplateNode> templates);
    void take_sent(const std::vector<ComposedMessage>& sent);
    void take_pages(const std::vector<RememberedPage>& pages);
    void take_tls(TlsSettings tls);
    [[nodiscard]] bool has_changes() const;
    /// Writes what is to be saved, together with what other programs have changed in the files meanwhile. What
    /// could not be written stays to be saved. A file that cannot be used is kept under another name.
    /// Errors: the first one met; system when another Jackfield does not let go of the folder.
    Result<void> save();
    /// What `save` has to say to a person, once.
    [[nodiscard]] std::vector<std::string> take_notices() { return std::exchange(notices_, {}); }
    /// The list as another program has left it, when that differs from what is known. A change that waits to
    /// be saved goes first; with `prefer_file`, when saving fails, it is in the list that is given back.
    struct ListCheck {
        std::optional<ListReading> changed;
        /// The file is missing or cannot be used, which may be a moment in the middle of its being written:
        /// believed when a second look a little later finds the same.
        bool look_again = false;
    };
    ListCheck check_list(ListKind kind, bool prefer_file);

private:
    /// One of the two lists.
    struct ListFile {
        std::string path;
        std::string fingerprint; ///< of the file as it was last read or written
        std::string doubtful; ///< the fingerprint that waits for a second look; empty for none
        std::string in_file; ///< the list's text that the file stands for
        std::string seen; ///< the list's text in the last status
        bool to_save = false;
    };

    ListFile& file_of(ListKind kind) { return lists_[kind == ListKind::hosts ? 0 : 1]; }
    std::pair<ListReading, std::string> read_list(ListKind kind) const;
    std::vector<TemplateNode> load_templates(std::vector<std::string>& notices);
    std::vector<ComposedMessage> load_sent();
    std::vector<RememberedPage> load_pages();
    Result<void> save_templates();
    Result<void> save_sent();
    Result<void> save_pages();
    /// Renames a file that cannot be used, unless it may just not be read. Says what was done.
    static std::string put_aside(const std::string& path, const Error& error);
    Settings load_settings(TlsSettings& tls, std::vector<std::string>& notices);
    void take_list(ListKind kind, const AccessList& list);
    Result<void> save_list(ListKind kind);
    Result<void> save_settings();
    /// Writes a file. What is there and is `unusable` for that reason is kept under another name.
    Result<void> replace(
        const std::string& path, std::string_view content, const std::optional<std::string>& unusable);

    std::string folder_;
    std::vector<std::string> behaviours_;
    std::chrono::milliseconds lock_patience_;
    std::function<void()> step_ = [] { };
    std::vector<std::string> notices_;
    std::array<ListFile, 2> lists_;
    std::string settings_path_;
    std::string templates_path_;
    std::vector<TemplateNode> templates_in_file_; ///< as this program read or saved them; another may have added
    std::vector<TemplateNode> templates_;
    bool templates_to_save_ = false;
    std::string sent_path_;
    std::string sent_in_file_; ///< as text; as this program read or saved it
    std::string sent_;
    std::string pages_path_;
    std::string pages_in_file_; ///< as text; as this program read or saved it
    std::string pages_;
    Settings in_file_; ///< what the settings file stands for
    Settings seen_; ///< what the last status said
    bool endpoints_to_save_ = false;
    bool origin_required_to_save_ = false;
    bool older_protocols_to_save_ = false;
    bool limits_to_save_ = false;
    bool compression_to_save_ = false;
    std::optional<TlsSettings> tls_to_save_;
    bool whole_to_save_ = false; ///< the file was set aside and its backup is in use
};

} // namespace jackfield::app
