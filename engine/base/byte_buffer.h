#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace jackfield {

/// A growable run of bytes that is filled at the back and consumed at the front. Empty, it owns no memory
/// after `release`.
class ByteBuffer {
public:
    [[nodiscard]] std::span<const std::byte> view() const
    {
        return {data_.data() + start_, data_.size() - start_};
    }
    [[nodiscard]] std::span<std::byte> view() { return {data_.data() + start_, data_.size() - start_}; }
    [[nodiscard]] std::size_t size() const { return data_.size() - start_; }
    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] std::size_t capacity() const { return data_.capacity(); }

    void append(std::span<const std::byte> bytes)
    {
        make_room();
        data_.insert(data_.end(), bytes.begin(), bytes.end());
    }
    void append(std::string_view text) { append(std::as_bytes(std::span(text.data(), text.size()))); }
    void append(std::byte value) { data_.push_back(value); }
    /// Grows by `count` bytes and returns them for filling.
    std::span<std::byte> append_space(std::size_t count)
    {
        make_room();
        data_.resize(data_.size() + count);
        return {data_.data() + data_.size() - count, count};
    }
    void consume(std::size_t count)
    {
        start_ += count;
        if (start_ == data_.size())
            clear();
    }
    /// Drops everything behind the first `count` bytes, which it must have.
    void truncate(std::size_t count) { data_.resize(start_ + count); }
    void reserve(std::size_t count) { data_.reserve(start_ + count); }
    /// Empties, keeps the memory.
    void clear()
    {
        data_.clear();
        start_ = 0;
    }
    /// Empties and gives the memory back.
    void release()
    {
        std::vector<std::byte>().swap(data_);
        start_ = 0;
    }
    /// Empties and hands its memory over.
    [[nodiscard]] std::vector<std::byte> take_memory()
    {
        clear();
        return std::exchange(data_, {});
    }
    /// Uses this empty vector's memory from now on, while it is empty itself.
    void set_memory(std::vector<std::byte> memory)
    {
        data_ = std::move(memory);
        start_ = 0;
    }

private:
    void make_room()
    {
        if (start_ > 4096 && start_ > data_.size() / 2) {
            data_.erase(data_.begin(), data_.begin() + static_cast<std::ptrdiff_t>(start_));
            start_ = 0;
        }
    }
    std::vector<std::byte> data_;
    std::size_t start_ = 0;
};

} // namespace jackfield
