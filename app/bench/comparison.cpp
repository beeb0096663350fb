#include "app/bench/comparison.h"

namespace jackfield::bench {

std::string comparison(const RunResult& /*before*/, const RunResult& /*now*/)
{
    return {};
}

} // namespace jackfield::bench
