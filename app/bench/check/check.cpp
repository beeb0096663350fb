#include "app/bench/check/check.h"

namespace jackfield::bench {

Result<RunResult> run_check(const Options& /*options*/, const StopSignal& /*stop*/)
{
    return fail(ErrorCode::invalid_argument, "the mode check is not built");
}

std::string check_names()
{
    return {};
}

std::string check_table(const RunResult& /*result*/)
{
    return {};
}

} // namespace jackfield::bench
