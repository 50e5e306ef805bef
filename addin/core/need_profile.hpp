#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "core/need_layout.hpp"

namespace pacte {

/// What a person decided for the columns of a layout, to be taken again for the
/// next file that has it. By layout_key.
class NeedProfiles {
public:
    /// An empty set where the file is not there or cannot be read: a profile is a
    /// convenience, never a reason to fail.
    static NeedProfiles load(const std::filesystem::path& file);
    void save(const std::filesystem::path& file) const;

    [[nodiscard]] bool knows(const std::string& key) const { return columns_.contains(key); }
    void remember(const std::string& key, const NeedLayout& layout);
    /// Columns are met by their headers, years left out.
    void apply(const std::string& key, NeedLayout& layout) const;

    /// Where a person said that the codes and the header are, in a file that was first
    /// understood as that key has it (layout_key of the layout found without a hint).
    void remember_place(const std::string& key, const LayoutHints& place);
    [[nodiscard]] std::optional<LayoutHints> place(const std::string& key) const;

private:
    struct Decision {
        bool wanted = true;
        std::string code;
        std::string nature;
        std::string unit;
        std::string base;
        bool population_base = false;
        double factor = 1.0;
        std::string family;
        std::string direction;
    };
    std::map<std::string, std::map<std::string, Decision>> columns_; ///< by layout, by header
    std::map<std::string, LayoutHints> places_;                      ///< by layout
};

} // namespace pacte
