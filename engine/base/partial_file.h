#pragma once

#include "base/file_calls.h"
#include "base/file_steps.h"

#include "jackfield/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace jackfield {

/// A large file that is written piece by piece beside its target, as `name.partial`, and takes the target's
/// place when it is whole. Until then, and whenever something fails, what the target holds stays as it was.
/// Destroyed without a commit it leaves nothing behind; only a killed program leaves a `.partial`.
/// One thread at a time; blocks. All errors name the file, and those of writing also how much had been
/// written.
class PartialFile {
public:
    /// Follows symbolic links. Errors: invalid_argument (no name, or the target is a folder, FIFO or device),
    /// permission_denied, system (errno says which).
    [[nodiscard]] static Result<std::unique_ptr<PartialFile>> create(
        const std::string& path, FileCalls& calls = real_file_calls());
    ~PartialFile();
    PartialFile(const PartialFile&) = delete;
    PartialFile& operator=(const PartialFile&) = delete;

    /// Appends. What was written is sent on to the disk as it goes, so that `commit` has little to wait for.
    [[nodiscard]] Result<void> write(std::string_view content);
    /// Puts the file in place with the mode of the file that it replaces. An error from the last step, after
    /// the target was replaced, says so.
    [[nodiscard]] Result<void> commit();

    [[nodiscard]] std::uint64_t written() const { return written_; }
    [[nodiscard]] const std::string& partial_path() const { return partial_path_; }

private:
    PartialFile(FileCalls& calls, std::string target, std::string folder, std::string partial_path,
        int number, std::optional<mode_t> mode);
    [[nodiscard]] Result<void> failed_after(std::string_view doing, int error) const;

    FileCalls& calls_;
    std::string target_; // with links followed
    std::string folder_;
    std::string partial_path_;
    Descriptor file_;
    std::optional<mode_t> mode_; // of the file that is replaced
    std::uint64_t written_ = 0;
    std::uint64_t sent_on_ = 0;
    bool exists_ = true;
};

} // namespace jackfield
