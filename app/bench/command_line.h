#pragma once

#include "app/bench/options.h"

#include <string>
#include <variant>
#include <vector>

namespace jackfield::bench {

/// The program ends before it has done anything: help, version, or a command line that makes no sense.
struct EarlyEnd {
    int exit_status = 0;
    std::string output; ///< for standard output
    std::string problem; ///< for standard error
};

/// Reads what stands behind the program's name. Total.
[[nodiscard]] std::variant<Options, EarlyEnd> read_command_line(const std::vector<std::string>& arguments);

/// "64", "64k", "1M" (k, M: 1,024 and 1,048,576) as a number of bytes; nullopt for anything else.
[[nodiscard]] std::optional<std::size_t> parse_size(const std::string& text);

} // namespace jackfield::bench
