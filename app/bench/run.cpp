#include "app/bench/run.h"

namespace jackfield::bench {

Result<RunResult> run(const Options& options, const StopSignal& /*stop*/)
{
    return fail(ErrorCode::invalid_argument, std::string("the mode ") + name_of(options.mode) + " is not built");
}

} // namespace jackfield::bench
