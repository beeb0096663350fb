#pragma once

#include "jackfield/api.h"

#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace jackfield {

/// What went wrong, as a value that a program can switch over.
enum class ErrorCode {
    invalid_argument, ///< the caller asked for something that has no meaning; `detail` says what
    not_found, ///< a connection, endpoint, entry or file that is not there
    not_running, ///< the engine has been stopped
    address_in_use, ///< another socket owns the address and port; `detail` names the owner where known
    permission_denied, ///< the operating system refuses (privileged port, unreadable file)
    address_not_available, ///< the address belongs to no interface of this machine
    system, ///< any other failed system call; `system_error` holds errno
    malformed, ///< text or a file that cannot be read; `detail` says where
    too_large, ///< over a size limit
    no_memory, ///< an allocation failed
    callback_failed, ///< code of the program that uses the engine threw, or gave back nothing; `detail` says which
};

/// An error value: the code for programs, `message()` for people.
struct Error {
    ErrorCode code = ErrorCode::system;
    int system_error = 0; ///< errno where a system call failed, else 0
    std::string detail; ///< what was tried and what to do about it, without a trailing full stop

    /// One sentence for a person: the detail, followed by the system's own words for `system_error`.
    [[nodiscard]] JACKFIELD_API std::string message() const;
};

/// The short name of a code ("address_in_use"), stable across releases.
[[nodiscard]] JACKFIELD_API std::string_view name_of(ErrorCode code);

/// A value or an Error; the shape of C++23's std::expected.
template <class T>
using Result = tl::expected<T, Error>;

/// Wraps an error for returning from a function whose type is a Result.
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string detail, int system_error = 0)
{
    return tl::unexpected<Error>(Error{code, system_error, std::move(detail)});
}

} // namespace jackfield
