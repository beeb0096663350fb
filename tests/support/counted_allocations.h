#pragma once

// Counts what a thread allocates, by whichever way: operator new comes down to malloc. Include it in one source of a
// test program, since it defines the C library's functions. Sanitizers have an allocator of their own.

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define JACKFIELD_COUNTS_ALLOCATIONS 1
#else
#define JACKFIELD_COUNTS_ALLOCATIONS 0
#endif

namespace jackfield::test {

/// While one lives, the allocations of its thread count.
class CountedAllocations {
public:
    CountedAllocations() { depth_ += 1; }
    ~CountedAllocations() { depth_ -= 1; }
    CountedAllocations(const CountedAllocations&) = delete;
    CountedAllocations& operator=(const CountedAllocations&) = delete;

    [[nodiscard]] static std::uint64_t count() { return count_; } ///< of this thread so far
    static void happened()
    {
        if (depth_ > 0)
            ++count_;
    }

private:
    static inline constinit thread_local int depth_ = 0;
    static inline constinit thread_local std::uint64_t count_ = 0;
};

} // namespace jackfield::test

#if JACKFIELD_COUNTS_ALLOCATIONS

extern "C" {

void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void* memory);

void* malloc(std::size_t size) noexcept
{
    jackfield::test::CountedAllocations::happened();
    return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) noexcept
{
    jackfield::test::CountedAllocations::happened();
    return __libc_calloc(count, size);
}
void* realloc(void* memory, std::size_t size) noexcept
{
    jackfield::test::CountedAllocations::happened();
    return __libc_realloc(memory, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept
{
    jackfield::test::CountedAllocations::happened();
    return __libc_memalign(alignment, size);
}
int posix_memalign(void** memory, std::size_t alignment, std::size_t size) noexcept
{
    jackfield::test::CountedAllocations::happened();
    *memory = __libc_memalign(alignment, size);
    return *memory == nullptr ? ENOMEM : 0;
}
void free(void* memory) noexcept
{
    __libc_free(memory);
}
}

#endif
