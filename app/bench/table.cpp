#include "app/bench/table.h"

namespace jackfield::bench {

std::string table(const RunResult& result)
{
    return result.mode + "\n";
}

} // namespace jackfield::bench
