#pragma once

#include "jackfield/captured.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace jackfield {

/// What is known of the connections of a capture, by slot; slot 0 is nobody's. `share` gives an immutable
/// copy for other threads: it shares the pages, and a page that has been shared is copied before it changes.
class CaptureConnections {
public:
    struct Entry {
        ConnectionId id;
        std::shared_ptr<const CapturedConnection> facts; // null: nothing is known
    };

    [[nodiscard]] const Entry& at(std::uint32_t slot) const
    {
        return pages_[slot / page_size].page->at(slot % page_size);
    }
    /// Slots are set first in their order.
    void set(std::uint32_t slot, Entry entry)
    {
        const std::size_t index = slot / page_size;
        if (index == pages_.size())
            pages_.push_back({std::make_shared<Page>(), sharing_});
        Numbered& numbered = pages_[index];
        if (numbered.owned_since != sharing_)
            numbered = {std::make_shared<Page>(*numbered.page), sharing_};
        (*numbered.page)[slot % page_size] = std::move(entry);
        shared_ = nullptr;
    }
    [[nodiscard]] std::shared_ptr<const CaptureConnections> share()
    {
        if (!shared_) {
            auto copy = std::make_shared<CaptureConnections>();
            copy->pages_ = pages_;
            shared_ = std::move(copy);
            ++sharing_; // from here on every page is somebody else's too
        }
        return shared_;
    }
    void clear()
    {
        pages_.clear();
        shared_ = nullptr;
    }

private:
    static constexpr std::size_t page_size = 128;
    using Page = std::array<Entry, page_size>;
    struct Numbered {
        std::shared_ptr<Page> page;
        std::uint64_t owned_since = 0; // no share() came since, while this is `sharing_`
    };
    std::vector<Numbered> pages_;
    std::uint64_t sharing_ = 0;
    std::shared_ptr<const CaptureConnections> shared_; // null: changed since
};

} // namespace jackfield
