#pragma once

#include "jackfield/api.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace jackfield {

/// An immutable byte string shared by reference count. Copying is one atomic increment, so a broadcast of
/// 16 MiB to a thousand connections holds 16 MiB. Any thread may copy, read and destroy its own instance.
class JACKFIELD_API SharedBytes {
public:
    SharedBytes() noexcept = default;
    /// Copies `bytes` into a new shared block. Throws std::bad_alloc.
    explicit SharedBytes(std::span<const std::byte> bytes);
    explicit SharedBytes(std::string_view text); ///< the same of characters
    SharedBytes(const SharedBytes& other) noexcept; ///< shares the bytes
    SharedBytes(SharedBytes&& other) noexcept; ///< takes them over; `other` is empty then
    SharedBytes& operator=(SharedBytes other) noexcept; ///< shares or takes them over, and lets go what it had
    ~SharedBytes();

    [[nodiscard]] const std::byte* data() const noexcept; ///< null when it is empty
    [[nodiscard]] std::size_t size() const noexcept; ///< bytes
    [[nodiscard]] bool empty() const noexcept { return size() == 0; } ///< holds no byte
    /// The bytes, borrowed: they live as long as one instance that shares them.
    [[nodiscard]] std::span<const std::byte> view() const noexcept { return {data(), size()}; }
    /// The bytes as characters; says nothing about their encoding.
    [[nodiscard]] std::string_view text() const noexcept;

    /// Hands the reference to the caller as an opaque pointer (null when empty), for storage in raw memory.
    [[nodiscard]] void* release() noexcept;
    /// Takes back what `release` gave. Each released pointer is adopted exactly once.
    [[nodiscard]] static SharedBytes adopt(void* released) noexcept;

private:
    struct Block;
    Block* block_ = nullptr;
};

/// The characters of `text` as bytes, borrowed.
[[nodiscard]] inline std::span<const std::byte> as_bytes(std::string_view text) noexcept
{
    return std::as_bytes(std::span(text.data(), text.size()));
}

/// `bytes` as characters, borrowed; says nothing about their encoding.
[[nodiscard]] inline std::string_view as_text(std::span<const std::byte> bytes) noexcept
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace jackfield
