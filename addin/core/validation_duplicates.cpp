#include <algorithm>
#include <bit>

#include "core/text.hpp"
#include "core/validation_sheet.hpp"

// Two rows that look like the same dispositif, place, piste or action: their titles
// alike, and what else they must share.
//
// Comparing every pair would be too slow for 10,000 rows. The method is the
// sorted neighbourhood of Hernández and Stolfo (« The merge/purge problem for
// large databases », SIGMOD 1995): rows sorted on a key are compared with their
// neighbours only. Two passes, the second on the key read backwards, so that two
// writings that differ at the beginning meet too.

namespace pacte {

namespace {

constexpr std::size_t window = 10;

/// At most this share of the letters differ: one in eight for the intitulé, one
/// in five for the porteur, whose legal form is often written in several ways.
constexpr double title_difference = 0.125;
constexpr double porteur_difference = 0.2;

/// What makes two rows of a table one.
struct Likeness {
    const char* table;
    const char* title;                ///< field
    std::vector<const char*> context; ///< fields that are alike too
    double context_difference;        ///< at most this share of their letters differ
    Rule rule; ///< {0} the row of the other, {1} its title, {2} the first of its context
};

const std::vector<Likeness>& likenesses()
{
    static const std::vector<Likeness> all = {
        {"dispositifs", "intitule", {"porteur_principal"}, porteur_difference, Rule::near_duplicate},
        {"offre", "nom", {"code_insee", "thematique"}, 0.0, Rule::near_duplicate_place},
        {"pistes", "intitule", {"axe"}, 0.0, Rule::near_duplicate_piste},
        {"actions", "intitule", {"porteur"}, porteur_difference, Rule::near_duplicate_action}};
    return all;
}

struct Entry {
    std::size_t row = 0;
    std::string title;   ///< folded
    std::string context; ///< folded
    std::string numbers; ///< the digits of the title, group by group
    std::string key;
    std::uint64_t letters = 0; ///< one bit for each letter of the title
};

std::uint64_t letters_of(std::string_view text)
{
    std::uint64_t bits = 0;
    for (const char c : text)
        bits |= std::uint64_t{1} << (static_cast<unsigned char>(c) % 64);
    return bits;
}

/// « Atelier 1 » and « Atelier 2 » are two dispositifs, one letter apart.
std::string numbers_of(std::string_view text)
{
    std::string numbers;
    bool inside = false;
    for (const char c : text) {
        const bool digit = c >= '0' && c <= '9';
        if (digit)
            numbers += inside ? std::string(1, c) : std::string(" ") + c;
        inside = digit;
    }
    return numbers;
}

std::size_t differences_allowed(std::string_view a, std::string_view b, double share)
{
    return static_cast<std::size_t>(share * static_cast<double>(std::max(a.size(), b.size())));
}

bool are_near(std::string_view a, std::string_view b, double share)
{
    const auto limit = differences_allowed(a, b, share);
    return a == b || (limit > 0 && edit_distance(a, b, limit) <= limit);
}

bool look_alike(const Entry& a, const Entry& b, double context_difference)
{
    const auto limit = differences_allowed(a.title, b.title, title_difference);
    // Each edit changes at most two of the letters that are there.
    if (static_cast<std::size_t>(std::popcount(a.letters ^ b.letters)) > 2 * limit)
        return false;
    return a.numbers == b.numbers && are_near(a.title, b.title, title_difference) &&
           are_near(a.context, b.context, context_difference);
}

std::vector<Entry> entries_of(const Sheet& sheet, const Likeness& likeness)
{
    std::vector<Entry> entries;
    for (const auto row : sheet.keyed_rows()) {
        const auto title = text_of(sheet.cell(row, likeness.title));
        Entry entry{row, fold(title), {}, numbers_of(title), {}, 0};
        bool whole = !entry.title.empty();
        for (const char* field : likeness.context) {
            const auto part = fold(text_of(sheet.cell(row, field)));
            whole = whole && !part.empty(); // what is missing is told already
            entry.context += part;
        }
        if (!whole)
            continue;
        entry.letters = letters_of(entry.title);
        entries.push_back(std::move(entry));
    }
    return entries;
}

/// The first row, in the sheet's order, that each row looks like.
using Originals = std::map<std::size_t, std::size_t>;

void compare_neighbours(std::vector<Entry>& entries, double context_difference, Originals& originals)
{
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return std::tie(a.key, a.row) < std::tie(b.key, b.row); });
    for (std::size_t i = 0; i < entries.size(); ++i)
        for (std::size_t j = i + 1; j < std::min(entries.size(), i + 1 + window); ++j) {
            if (!look_alike(entries[i], entries[j], context_difference))
                continue;
            const auto [first, second] = std::minmax(entries[i].row, entries[j].row);
            const auto [known, added] = originals.emplace(second, first);
            if (!added)
                known->second = std::min(known->second, first);
        }
}

Originals find_duplicates(std::vector<Entry> entries, double context_difference)
{
    Originals originals;
    for (auto& entry : entries)
        entry.key = entry.title + entry.context;
    compare_neighbours(entries, context_difference, originals);
    for (auto& entry : entries)
        entry.key.assign(entry.title.rbegin(), entry.title.rend());
    compare_neighbours(entries, context_difference, originals);
    return originals;
}

void check_duplicates(Sheet& sheet, const Likeness& likeness)
{
    const int column = sheet.columns().index(likeness.title);
    const auto entries = entries_of(sheet, likeness);
    for (const auto& [row, original] : find_duplicates(entries, likeness.context_difference)) {
        const auto other_row = sheet.table().header_row + 1 + static_cast<std::int32_t>(original);
        auto& finding = sheet.report_cell(likeness.rule, row, column,
                                          {std::to_string(other_row + 1),
                                           shown(text_of(sheet.cell(original, likeness.title))),
                                           shown(text_of(sheet.cell(original, likeness.context.front())))});
        finding.other_row = other_row;
    }
}

} // namespace

void check_duplicates(Examination& examination)
{
    for (const Likeness& likeness : likenesses())
        if (auto* sheet = examination.find(likeness.table))
            check_duplicates(*sheet, likeness);
}

} // namespace pacte
