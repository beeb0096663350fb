#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jackfield::app {

/// Where `mine` is in another order than `base`, brings those of `entries` that are in `mine` into its order,
/// at the places where such ones stand. Entries go by their keys, each of which occurs once in a list.
template <class Entry>
void order_as_changed(const std::vector<std::string>& base, const std::vector<std::string>& mine,
    const std::vector<std::string>& keys, std::vector<Entry>& entries)
{
    std::map<std::string_view, std::size_t> places;
    for (std::size_t place = 0; place < mine.size(); ++place)
        places.emplace(mine[place], place);
    std::vector<std::size_t> kept; // where those that are in `base` as well stand in `mine`
    for (const std::string& key : base) {
        if (const auto found = places.find(key); found != places.end())
            kept.push_back(found->second);
    }
    if (std::ranges::is_sorted(kept))
        return;
    std::map<std::size_t, Entry> ordered; // by the place in `mine`
    std::vector<std::size_t> free;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (const auto found = places.find(keys[i]); found != places.end()) {
            ordered.emplace(found->second, std::move(entries[i]));
            free.push_back(i);
        }
    }
    auto next = free.begin();
    for (auto& [place, entry] : ordered)
        entries[*next++] = std::move(entry);
}

/// `theirs` with the changes that lead from `base` to `mine`: what a file holds when two programs that began
/// with `base` have saved one behind the other. Entries are the same when `key_of(entry)`, a std::string, is;
/// equal keys in one list are told apart by their content, then by their order. What `mine` lacks goes,
/// unless `theirs` has changed it; what is new in `mine` comes behind. The order is that of `theirs`; where
/// `mine` has put its entries into another order than `base`, they stand in that one, at the places they have
/// in `theirs`. Of an entry that both changed or added `combine(base entry or null, my entry, their entry)`
/// makes one, or nothing to have both.
template <class Entry, class KeyOf, class Combine>
[[nodiscard]] std::vector<Entry> merged_changes(const std::vector<Entry>& base,
    const std::vector<Entry>& mine, const std::vector<Entry>& theirs, KeyOf key_of, Combine combine)
{
    if (theirs == base)
        return mine;
    const auto numbered = [&](const Entry& entry, std::size_t number) {
        return key_of(entry) + '\0' + std::to_string(number);
    };
    using Places = std::map<std::string, const Entry*>;
    Places in_base;
    std::vector<std::string> base_keys;
    for (const Entry& entry : base) {
        std::size_t number = 0;
        while (!in_base.emplace(numbered(entry, number), &entry).second)
            ++number;
        base_keys.push_back(numbered(entry, number));
    }
    // An entry that is in the base takes its key; what is left takes the first that is free.
    const auto keys_of = [&](const std::vector<Entry>& entries, Places& places) {
        std::vector<std::string> keys(entries.size());
        for (std::size_t i = 0; i < entries.size(); ++i) {
            for (std::size_t number = 0; keys[i].empty(); ++number) {
                const std::string key = numbered(entries[i], number);
                const auto before = in_base.find(key);
                if (before == in_base.end())
                    break;
                if (*before->second == entries[i] && places.emplace(key, &entries[i]).second)
                    keys[i] = key;
            }
        }
        for (std::size_t i = 0; i < entries.size(); ++i) {
            for (std::size_t number = 0; keys[i].empty(); ++number) {
                if (const std::string key = numbered(entries[i], number);
                    places.emplace(key, &entries[i]).second)
                    keys[i] = key;
            }
        }
        return keys;
    };
    const auto find = [](const Places& places, const std::string& key) -> const Entry* {
        const auto found = places.find(key);
        return found == places.end() ? nullptr : found->second;
    };
    Places in_mine;
    Places in_theirs;
    const auto my_keys = keys_of(mine, in_mine);
    const auto their_keys = keys_of(theirs, in_theirs);

    std::vector<Entry> result;
    std::vector<std::string> result_keys;
    std::vector<Entry> behind;
    const auto keep = [&](Entry entry, const std::string& key) {
        result.push_back(std::move(entry));
        result_keys.push_back(key);
    };
    for (std::size_t i = 0; i < theirs.size(); ++i) {
        const Entry* before = find(in_base, their_keys[i]);
        const Entry* my = find(in_mine, their_keys[i]);
        const bool i_changed = my ? !before || *before != *my : before != nullptr;
        const bool they_changed = !before || *before != theirs[i];
        if (!i_changed || (my && *my == theirs[i]) || (!my && they_changed)) {
            keep(theirs[i], their_keys[i]);
        } else if (my && !they_changed) {
            keep(*my, their_keys[i]);
        } else if (my) {
            if (std::optional<Entry> both = combine(before, *my, theirs[i])) {
                keep(std::move(*both), their_keys[i]);
            } else {
                keep(theirs[i], their_keys[i]);
                behind.push_back(*my);
            }
        }
    }
    order_as_changed(base_keys, my_keys, result_keys, result);
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
