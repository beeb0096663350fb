#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace jackfield::app {

/// `theirs` with the changes that lead from `base` to `mine`: what a file holds when two programs that began
/// with `base` have saved one behind the other. Entries are the same when `key_of(entry)`, a std::string, is;
/// equal keys in one list are told apart by their order. What `mine` lacks goes, unless `theirs` has changed
/// it; what is new in `mine` comes behind. Of an entry that both changed or added `combine(base entry or
/// null, my entry, their entry)` makes one, or nothing to have both.
template <class Entry, class KeyOf, class Combine>
[[nodiscard]] std::vector<Entry> merged_changes(const std::vector<Entry>& base,
    const std::vector<Entry>& mine, const std::vector<Entry>& theirs, KeyOf key_of, Combine combine)
{
    if (theirs == base)
        return mine;
    const auto keys_of = [&](const std::vector<Entry>& entries) {
        std::map<std::string, std::size_t> seen;
        std::vector<std::string> keys;
        for (const Entry& entry : entries) {
            std::string key = key_of(entry);
            const std::size_t earlier = seen[key]++;
            keys.push_back(std::move(key) + '\0' + std::to_string(earlier));
        }
        return keys;
    };
    using Places = std::map<std::string, const Entry*>;
    const auto places_of = [&](const std::vector<Entry>& entries) {
        const auto keys = keys_of(entries);
        Places places;
        for (std::size_t i = 0; i < entries.size(); ++i)
            places.emplace(keys[i], &entries[i]);
        return places;
    };
    const auto find = [](const Places& places, const std::string& key) -> const Entry* {
        const auto found = places.find(key);
        return found == places.end() ? nullptr : found->second;
    };
    const Places in_base = places_of(base);
    const Places in_mine = places_of(mine);
    const Places in_theirs = places_of(theirs);

    std::vector<Entry> result;
    std::vector<Entry> behind;
    const auto their_keys = keys_of(theirs);
    for (std::size_t i = 0; i < theirs.size(); ++i) {
        const Entry* before = find(in_base, their_keys[i]);
        const Entry* my = find(in_mine, their_keys[i]);
        const bool i_changed = my ? !before || *before != *my : before != nullptr;
        const bool they_changed = !before || *before != theirs[i];
        if (!i_changed || (my && *my == theirs[i]) || (!my && they_changed)) {
            result.push_back(theirs[i]);
        } else if (my && !they_changed) {
            result.push_back(*my);
        } else if (my) {
            if (std::optional<Entry> both = combine(before, *my, theirs[i])) {
                result.push_back(std::move(*both));
            } else {
                result.push_back(theirs[i]);
                behind.push_back(*my);
            }
        }
    }
    const auto my_keys = keys_of(mine);
    for (std::size_t i = 0; i < mine.size(); ++i) {
        const Entry* before = find(in_base, my_keys[i]);
        if (!find(in_theirs, my_keys[i]) && (!before || *before != mine[i]))
            behind.push_back(mine[i]);
    }
    result.insert(
        result.end(), std::make_move_iterator(behind.begin()), std::make_move_iterator(behind.end()));
    return result;
}

} // namespace jackfield::app
