#include "app/shared/key_log.h"

#include "jackfield/escape.h"

#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <string_view>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace jackfield::app {

/// The thread keeps the object alive: a file system that never answers holds nobody up.
class KeyLog::Writer : public std::enable_shared_from_this<Writer> {
public:
    explicit Writer(Options options)
        : options_(std::move(options))
    { }
    ~Writer()
    {
        if (file_ >= 0)
            ::close(file_);
    }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    Result<void> begin()
    {
        try {
            thread_ = std::thread([self = shared_from_this()] { self->run(); });
        } catch (const std::system_error& error) {
            return fail(ErrorCode::system, "no thread can be had for the key log", error.code().value());
        }
        return {};
    }

    void hand_over(std::string_view line)
    {
        {
            const std::lock_guard lock(mutex_);
            if (closing_)
                return;
            if (waiting_.size() >= options_.most_waiting) {
                ++dropped_;
                return;
            }
            waiting_.emplace_back(line);
        }
        changed_.notify_all();
    }

    void close(milliseconds patience)
    {
        {
            const std::lock_guard lock(mutex_);
            closing_ = true;
        }
        changed_.notify_all();
        if (!thread_.joinable())
            return;
        std::unique_lock lock(mutex_);
        const bool closed = changed_.wait_for(lock, patience, [this] { return closed_; });
        lock.unlock();
        if (closed) {
            thread_.join();
            return;
        }
        thread_.detach();
        const std::lock_guard silencing(telling_);
        options_.on_problem = nullptr;
    }

private:
    void run()
    {
        std::unique_lock lock(mutex_);
        while (true) {
            changed_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
            std::vector<std::string> lines = std::exchange(waiting_, {});
            const std::size_t dropped = std::exchange(dropped_, 0);
            if (lines.empty() && dropped == 0)
                break;
            lock.unlock();
            write(lines);
            if (dropped != 0)
                tell(std::to_string(dropped) + (dropped == 1 ? " line" : " lines")
                    + " of the key log were dropped: there was more than "
                    + escape_for_terminal(options_.path) + " takes");
            lock.lock();
        }
        closed_ = true;
        changed_.notify_all();
    }

    void write(const std::vector<std::string>& lines)
    {
        std::string text;
        if (is_torn_)
            text = "\n";
        for (const std::string& line : lines)
            text += line + '\n';
        const int error = append(text);
        if (error == 0) {
            has_failed_ = false;
            return;
        }
        if (file_ >= 0)
            ::close(std::exchange(file_, -1));
        if (!std::exchange(has_failed_, true))
            tell("The key log " + escape_for_terminal(options_.path)
                + " cannot be written: " + std::string(std::strerror(error)));
    }

    int append(const std::string& text)
    {
        // Non-blocking, so that a FIFO that nobody reads is an error.
        if (file_ < 0)
            file_ = ::open(options_.path.c_str(),
                O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0600);
        if (file_ < 0)
            return errno;
        std::size_t done = 0;
        while (done < text.size()) {
            const ssize_t count = ::write(file_, text.data() + done, text.size() - done);
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0)
                return errno;
            done += static_cast<std::size_t>(count);
            is_torn_ = text[done - 1] != '\n';
        }
        return 0;
    }

    void tell(const std::string& sentence)
    {
        const std::lock_guard lock(telling_);
        if (options_.on_problem)
            options_.on_problem(sentence);
    }

    std::mutex telling_; // held while on_problem runs, and guards it
    Options options_;
    std::thread thread_;
    std::mutex mutex_;
    std::condition_variable changed_;
    // Guarded by mutex_:
    std::vector<std::string> waiting_;
    std::size_t dropped_ = 0;
    bool closing_ = false;
    bool closed_ = false;
    // The thread's own:
    int file_ = -1;
    bool has_failed_ = false;
    bool is_torn_ = false; // the file ends in the middle of a line
};

KeyLog::KeyLog(std::shared_ptr<Writer> writer)
    : writer_(std::move(writer))
{ }

KeyLog::~KeyLog()
{
    close();
}

Result<std::unique_ptr<KeyLog>> KeyLog::create(Options options)
{
    auto writer = std::make_shared<Writer>(std::move(options));
    if (auto begun = writer->begin(); !begun)
        return tl::unexpected<Error>(std::move(begun.error()));
    return std::unique_ptr<KeyLog>(new KeyLog(std::move(writer)));
}

TlsCredentials::KeyLog KeyLog::sink() const
{
    return [writer = writer_](std::string_view line) { writer->hand_over(line); };
}

void KeyLog::close(milliseconds patience)
{
    writer_->close(patience);
}

} // namespace jackfield::app
