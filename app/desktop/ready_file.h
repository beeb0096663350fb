#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace jackfield::app {

/// The file of `--ready-file`, written on a thread of its own: whoever asks for it never waits for the disk.
class ReadyFile {
public:
    /// `on_problem` is called on that thread with a sentence for a person.
    ReadyFile(std::string path, std::function<void(const std::string& problem)> on_problem);
    /// Waits for what is to be written, at most two seconds (a file system that never answers holds nothing up);
    /// `on_problem` is not called any more behind it.
    ~ReadyFile();
    ReadyFile(const ReadyFile&) = delete;
    ReadyFile& operator=(const ReadyFile&) = delete;

    /// Has these lines written in place of those before. What is not begun yet gives way.
    void write(std::vector<std::string> lines);

private:
    class Worker;
    std::shared_ptr<Worker> worker_;
};

} // namespace jackfield::app
