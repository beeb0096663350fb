#pragma once

#include "net/system_calls.h"

#include <utility>

namespace jackfield::net {

/// Owns one descriptor; closes it exactly once (also when close says EINTR or EIO: Linux has freed the number
/// by then).
class Descriptor {
public:
    Descriptor() = default;
    Descriptor(SystemCalls& calls, int fd)
        : calls_(&calls)
        , fd_(fd)
    { }
    Descriptor(Descriptor&& other) noexcept
        : calls_(other.calls_)
        , fd_(std::exchange(other.fd_, -1))
    { }
    Descriptor& operator=(Descriptor&& other) noexcept
    {
        if (this != &other) {
            reset();
            calls_ = other.calls_;
            fd_ = std::exchange(other.fd_, -1);
        }
        return *this;
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { reset(); }

    [[nodiscard]] int get() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }
    void reset()
    {
        if (fd_ >= 0)
            calls_->close(std::exchange(fd_, -1));
    }

private:
    SystemCalls* calls_ = nullptr;
    int fd_ = -1;
};

} // namespace jackfield::net
