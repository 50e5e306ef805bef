#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/schema.hpp"

// Names of territories and of institutions, as people write them.

namespace pacte {

/// The words of a name by which two writings of it meet: folded, small words
/// (de, du, la, l'…) left out, legal forms and institutions brought to one
/// writing: `Com. de com. du Haut-Lignon` gives `cc haut lignon`, `St Julien`
/// gives `saint julien`.
[[nodiscard]] std::vector<std::string> name_words(std::string_view name);

/// The same with each word as it is written, but folded: no form is recognised.
[[nodiscard]] std::vector<std::string> plain_words(std::string_view name);

struct NameMatch {
    std::size_t index = 0;  ///< among the names given
    double certainty = 0.0; ///< 0 to 1
};

/// Finds the name meant among those that are known.
class NameIndex {
public:
    explicit NameIndex(const std::vector<std::string>& names);

    /// The nearest name, where one is near and no other as near. 1: the same
    /// words; less where letters differ or the legal form is another.
    [[nodiscard]] std::optional<NameMatch> find(std::string_view name) const;

private:
    struct Entry {
        std::string form; ///< cc, ca, cu, metro; empty where the name says none
        std::string rest; ///< the other words, joined
    };

    static Entry entry_of(std::string_view name);
    static double certainty(const Entry& a, const Entry& b, double floor);

    std::vector<Entry> entries_;
};

/// The institutions of a pacte, as `templates/listes/acteurs.json` names them.
class Institutions {
public:
    explicit Institutions(const std::vector<ListItem>& items);

    /// Does the text name the institution of that code, under any of its names?
    [[nodiscard]] bool names(std::string_view text, std::string_view code) const;

    struct Renamed {
        std::string text;   ///< the whole text with the name of today
        std::string former; ///< the former name, as the list writes it
        std::string label;  ///< the name of today
    };
    /// Where the text holds a former name: the text with that of today.
    [[nodiscard]] std::optional<Renamed> renamed(std::string_view text) const;

private:
    struct Name {
        std::vector<std::string> words; ///< without the small ones
        std::vector<std::string> all;   ///< with them
        const ListItem* item;
        std::string written;
        bool first; ///< only at the beginning of the text (written `^…` in the list)
        bool former;
    };

    void add(const ListItem& item, const std::string& name, bool former);

    std::vector<ListItem> items_;
    std::vector<Name> names_;
};

} // namespace pacte
