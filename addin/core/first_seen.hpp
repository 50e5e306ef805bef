#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pacte {

/// Which row had a key first: a hash table in three blocks of memory, since a node for
/// each of 100,000 keys costs more than all that is done with them.
class FirstSeen {
public:
    /// For that many keys.
    explicit FirstSeen(std::size_t keys) : slots_(slots_for(keys), empty_slot), mask_(slots_.size() - 1)
    {
        entries_.reserve(keys);
    }

    /// The row that came first with that key; nothing where it is this one.
    [[nodiscard]] std::optional<std::size_t> put(std::string_view key, std::size_t row)
    {
        const std::size_t hash = std::hash<std::string_view>{}(key);
        std::size_t at = hash & mask_;
        for (; slots_[at] != empty_slot; at = (at + 1) & mask_)
            if (const Entry& entry = entries_[slots_[at]]; entry.hash == hash && text_of(entry) == key)
                return entry.row;
        slots_[at] = static_cast<std::uint32_t>(entries_.size());
        entries_.push_back({hash, row, texts_.size(), key.size()});
        texts_ += key;
        return std::nullopt;
    }

private:
    static constexpr std::uint32_t empty_slot = UINT32_MAX;

    struct Entry {
        std::size_t hash;
        std::size_t row;
        std::size_t begin; ///< of its text in `texts_`
        std::size_t length;
    };

    static std::size_t slots_for(std::size_t keys)
    {
        std::size_t slots = 16;
        while (slots < 2 * keys)
            slots *= 2;
        return slots;
    }

    [[nodiscard]] std::string_view text_of(const Entry& entry) const
    {
        return std::string_view(texts_).substr(entry.begin, entry.length);
    }

    std::vector<std::uint32_t> slots_; ///< index of an entry
    std::size_t mask_;
    std::vector<Entry> entries_;
    std::string texts_;
};

} // namespace pacte
