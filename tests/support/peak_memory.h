#pragma once

#include <cstdint>
#include <fstream>
#include <string>

namespace jackfield::test {

/// False where freed memory stays resident (AddressSanitizer's quarantine, ThreadSanitizer's shadow): plain
/// builds measure then.
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
inline constexpr bool is_freed_memory_given_back = false;
#else
inline constexpr bool is_freed_memory_given_back = true;
#endif

/// The most resident memory of this process since `forget_peak_memory`, in bytes (`VmHWM`).
inline std::uint64_t peak_memory()
{
    std::ifstream file("/proc/self/status");
    for (std::string word; file >> word;) {
        if (word == "VmHWM:") {
            std::uint64_t kib = 0;
            file >> kib;
            return kib << 10U;
        }
    }
    return 0;
}

inline void forget_peak_memory()
{
    std::ofstream("/proc/self/clear_refs") << "5";
}

} // namespace jackfield::test
