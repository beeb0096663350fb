#pragma once

#include "capture/json_reader.h"

#include "jackfield/recording.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jackfield {

/// The values of one record while it is read: each as the text that stood there (a string decoded, a number
/// as it was written, `true` or `false`).
template <std::size_t Count>
class RecordFields {
public:
    struct Value {
        std::string text;
        bool is_set = false;
        bool is_string = false;
        bool is_cut = false; ///< it was longer than its limit; `text` is empty
    };

    void clear()
    {
        for (Value& value : values_) {
            if (value.text.capacity() > kept_storage)
                value.text = {};
            else
                value.text.clear();
            value.is_set = value.is_string = value.is_cut = false;
        }
    }
    [[nodiscard]] Value& operator[](std::size_t field) { return values_[field]; }
    [[nodiscard]] const Value& operator[](std::size_t field) const { return values_[field]; }

private:
    static constexpr std::size_t kept_storage = std::size_t{64} << 10U;
    std::array<Value, Count> values_;
};

/// Gathers the values that a table has a place for, and passes over everything else. What is a place and what
/// a field is up to the format: `place_in` says where the container begins that is the value of a name,
/// `field_in` where a scalar belongs.
template <std::size_t Count>
class FieldGatherer : public JsonReader::Receiver {
public:
    using Place = std::uint8_t; ///< 0: nothing of interest
    using Value = typename RecordFields<Count>::Value;

    void begins(bool is_array) override
    {
        const Place outer = places_.empty() ? Place{0} : places_.back();
        const Place place = places_.empty() ? root_place(is_array) : place_in(outer, key_, is_array);
        places_.push_back(place);
        key_.clear();
        if (place != 0)
            entered(place);
    }
    void ends(bool /*is_array*/) override
    {
        const Place place = places_.back();
        places_.pop_back();
        key_.clear();
        if (place != 0)
            left(place);
    }
    void key(std::string_view name) override { key_ = name; }
    void string_begins() override
    {
        value_ = slot();
        if (value_ == nullptr)
            return;
        value_->text.clear();
        value_->is_set = value_->is_cut = false; // of a text that breaks off nothing is taken
        value_->is_string = true;
    }
    void string_piece(std::string_view utf8) override
    {
        if (value_ == nullptr || value_->is_cut)
            return;
        if (utf8.size() > limit_ - value_->text.size()) {
            value_->is_cut = true;
            value_->text = {};
            return;
        }
        value_->text += utf8;
    }
    void string_ends() override
    {
        if (Value* value = std::exchange(value_, nullptr)) {
            value->is_set = true;
            gathered(places_.back());
        }
        key_.clear();
    }
    void number(std::string_view text) override { scalar(text); }
    void word(JsonReader::Word word) override
    {
        if (word == JsonReader::Word::null)
            key_.clear();
        else
            scalar(word == JsonReader::Word::true_ ? "true" : "false");
    }

protected:
    [[nodiscard]] virtual Place root_place(bool is_array) const = 0;
    [[nodiscard]] virtual Place place_in(Place outer, std::string_view name, bool is_array) const = 0;
    /// Null for a value that is passed over; sets how many bytes of a text are taken.
    virtual Value* field_in(Place place, std::string_view name, std::size_t& limit) = 0;
    virtual void entered(Place place) = 0;
    virtual void left(Place place) = 0;
    virtual void gathered(Place /*place*/) { } ///< a value that field_in had a place for

    void leave_all()
    {
        places_.clear();
        key_.clear();
        value_ = nullptr;
    }

private:
    Value* slot()
    {
        limit_ = 0;
        return places_.empty() || places_.back() == 0 ? nullptr : field_in(places_.back(), key_, limit_);
    }
    void scalar(std::string_view text)
    {
        if (Value* value = slot()) {
            value->text = text;
            value->is_set = true;
            value->is_string = value->is_cut = false;
            gathered(places_.back());
        }
        key_.clear();
    }

    std::vector<Place> places_;
    std::string key_;
    Value* value_ = nullptr;
    std::size_t limit_ = 0;
};

/// Bytes of a name, address or header that are taken; a longer one counts as absent.
inline constexpr std::size_t longest_small_text = std::size_t{16} << 10U;

/// How many bytes of `data` may hold a payload of `payload` bytes: base64 is the longer form.
[[nodiscard]] constexpr std::size_t longest_data(std::uint64_t payload)
{
    return static_cast<std::size_t>(payload / 3 * 4 + 8);
}

} // namespace jackfield
