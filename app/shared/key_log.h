#pragma once

#include "jackfield/result.h"
#include "jackfield/time.h"
#include "jackfield/tls_credentials.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace jackfield::app {

/// Appends the secrets of TLS connections to a file, as browsers do with SSLKEYLOGFILE, for Wireshark. The
/// file is made with mode 0600 where it is missing, and only ever appended to, each line whole.
///
/// A thread of its own writes. Who hands over a line never waits for the file: lines wait in a bounded queue,
/// and when that is full they are dropped and counted.
class KeyLog {
public:
    struct Options {
        std::string path;
        std::size_t most_waiting = 4'096; ///< lines
        /// A sentence for a person, on the log's thread: the file cannot be written (told once, until it can
        /// be again), or how many lines were dropped. Must not block or call `close`.
        std::function<void(const std::string& sentence)> on_problem;
    };

    /// Errors: system (no thread). That the file cannot be opened is told when there is something to write.
    [[nodiscard]] static Result<std::unique_ptr<KeyLog>> create(Options options);
    /// As `close`.
    ~KeyLog();
    KeyLog(const KeyLog&) = delete;
    KeyLog& operator=(const KeyLog&) = delete;

    /// For TlsCredentials::create. Any thread; may outlive this object, and then drops its lines.
    [[nodiscard]] TlsCredentials::KeyLog sink() const;

    /// Writes what waits and ends the thread, or leaves it alone after `patience`. Blocks.
    void close(milliseconds patience = milliseconds(500));

private:
    class Writer;
    explicit KeyLog(std::shared_ptr<Writer> writer);
    std::shared_ptr<Writer> writer_;
};

} // namespace jackfield::app
