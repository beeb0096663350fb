#pragma once

#include "app/terminal/script_runner.h"

#include "jackfield/result.h"
#include "jackfield/time.h"

#include <string>
#include <string_view>
#include <vector>

namespace jackfield::app {

/// What a script's run is told as, in the JUnit XML that continuous integration reads: a test case for each
/// expectation, and one for each command that failed.
struct JunitReport {
    std::string script; ///< the name of its file, as it was given
    WallTime started{};
    std::vector<StepResult> results; ///< of all steps, in their order
    /// Why the script could not be run, or not to its end; one test case more, with an error. Empty: it
    /// could.
    std::string problem;
};

/// The document, UTF-8. Whatever the texts hold, it is well-formed: bytes and characters that XML 1.0 does
/// not have become U+FFFD.
[[nodiscard]] std::string junit_text(const JunitReport& report);

/// Writes it to `path`, whole or not at all. Blocks. Errors: as write_output_file.
[[nodiscard]] Result<void> write_junit(const std::string& path, const JunitReport& report);

/// `text` for an attribute or the content of an element of XML 1.0.
[[nodiscard]] std::string xml_text(std::string_view text);

} // namespace jackfield::app
