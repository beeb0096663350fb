#include "app/terminal/patient_output.h"

#include <sys/socket.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#include <utility>

namespace jackfield::app {
namespace {

constexpr std::size_t most_at_once = std::size_t{1} << 20U;
constexpr std::size_t little_for_a_terminal = 64;

} // namespace

PatientOutput::PatientOutput(int descriptor, std::size_t limit)
    : given_(descriptor)
    , limit_(limit)
    , piece_(most_at_once)
{
    struct stat what { };
    if (::fstat(descriptor, &what) != 0)
        return;
    const bool is_terminal = ::isatty(descriptor) != 0;
    if (S_ISSOCK(what.st_mode)) {
        kind_ = Kind::socket;
    } else if (S_ISFIFO(what.st_mode) || is_terminal) {
        own_ = ::open(("/proc/self/fd/" + std::to_string(descriptor)).c_str(),
            O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        kind_ = own_ >= 0 ? Kind::non_blocking : Kind::careful;
        // Another user's, or no /proc. A writable pipe has room for this much; a terminal nearly always.
        if (own_ < 0)
            piece_ = is_terminal ? little_for_a_terminal : std::size_t{PIPE_BUF};
    }
}

PatientOutput::~PatientOutput()
{
    if (own_ >= 0)
        ::close(own_);
}

void PatientOutput::write(std::string_view text)
{
    if (is_gone_ || text.empty())
        return;
    const bool is_too_much = waiting() > 0 && (waiting() >= limit_ || text.size() > limit_ - waiting());
    if (is_too_much || (is_losing_ && waiting() > limit_ / 2)) {
        is_losing_ = true;
        lose(text);
        return;
    }
    is_losing_ = false;
    text_ += text;
    go_on();
}

void PatientOutput::go_on()
{
    while (waiting() > 0) {
        const long count = write_some(std::string_view(text_).substr(written_, piece_));
        if (count > 0) {
            written_ += static_cast<std::size_t>(count);
            continue;
        }
        if (errno == EINTR)
            continue;
        if (errno == EAGAIN)
            break;
        is_gone_ = errno == EPIPE || errno == ECONNRESET || errno == EIO || errno == EBADF;
        if (!is_gone_)
            lose(std::string_view(text_).substr(written_)); // no space, as a rule: there may be some later
        written_ = text_.size();
    }
    if (waiting() == 0) {
        text_.clear();
        if (text_.capacity() > most_at_once)
            text_.shrink_to_fit();
        written_ = 0;
    } else if (written_ > text_.size() / 2) {
        text_.erase(0, written_);
        written_ = 0;
    }
}

/// As write; EAGAIN where it would have to wait.
long PatientOutput::write_some(std::string_view bytes) const
{
    switch (kind_) {
    case Kind::socket:
        return ::send(given_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    case Kind::non_blocking:
        return ::write(own_, bytes.data(), bytes.size());
    case Kind::careful: {
        pollfd entry{given_, POLLOUT, 0};
        if (::poll(&entry, 1, 0) == 0) {
            errno = EAGAIN;
            return -1;
        }
        break;
    }
    case Kind::file:
        break;
    }
    return ::write(given_, bytes.data(), bytes.size());
}

void PatientOutput::lose(std::string_view text)
{
    lost_ += static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

void PatientOutput::give_up()
{
    lose(std::string_view(text_).substr(written_));
    text_.clear();
    written_ = 0;
    is_losing_ = false;
}

std::uint64_t PatientOutput::take_lost()
{
    if (is_losing_ && waiting() > limit_ / 2)
        return 0;
    is_losing_ = false;
    return std::exchange(lost_, 0);
}

bool are_same_output(int a, int b)
{
    struct stat first { };
    struct stat second { };
    return ::fstat(a, &first) == 0 && ::fstat(b, &second) == 0 && first.st_dev == second.st_dev
        && first.st_ino == second.st_ino;
}

} // namespace jackfield::app
