#pragma once

#include <cstddef>

namespace jackfield {

/// Memory for `size` bytes that `give_block_back` takes: small blocks that this thread has let go of serve once more, so
/// that messages which come and go allocate nothing. At most 32 of a size wait, in steps of 64 bytes up to 1 KiB:
/// 272 KiB a thread. Throws std::bad_alloc.
[[nodiscard]] void* take_block(std::size_t size);
/// The memory that `take_block` gave for that size, on any thread.
void give_block_back(void* block, std::size_t size) noexcept;

} // namespace jackfield
