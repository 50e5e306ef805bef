#include "core/need_metadata.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "core/text.hpp"

namespace pacte {

namespace {

constexpr std::size_t longest_page = 200;       ///< rows of a sheet that tells of one indicator
constexpr std::size_t rows_before_headers = 12; ///< of a dictionary of variables

std::string* member_of(ColumnMetadata& metadata, const std::string& key)
{
    if (key == "libelle" || key == "intitule" || key == "indicateur")
        return &metadata.label;
    if (key == "unite" || key == "unites" || key == "unitedemesure")
        return &metadata.unit;
    if (key == "source" || key == "sources")
        return &metadata.source;
    return key == "formule" || key == "modedecalcul" ? &metadata.formula : nullptr;
}

/// A page: « Libellé » and its value beside or below, « Source », « Unité »…
std::optional<ColumnMetadata> read_page(const SourceSheet& sheet)
{
    if (sheet.rows() > longest_page)
        return std::nullopt;
    ColumnMetadata metadata;
    for (std::size_t row = 0; row < sheet.rows(); ++row) {
        std::string* const member = member_of(metadata, fold(sheet.at(row, 0)));
        if (member == nullptr || !member->empty())
            continue;
        *member = sheet.at(row, 1);
        if (member->empty() && row + 1 < sheet.rows())
            *member = sheet.at(row + 1, 0);
    }
    return metadata.label.empty() ? std::nullopt : std::optional(metadata);
}

struct DictionaryColumns {
    std::ptrdiff_t code = -1, label = -1, long_label = -1, unit = -1, source = -1;
};

DictionaryColumns dictionary_columns(const SourceSheet& sheet, std::size_t row)
{
    static constexpr std::array codes{"codvar",          "codevariable",     "variable",
                                      "nomdelavariable", "codedelavariable", "code"};
    static constexpr std::array labels{"libvar", "libelle", "libellevariable", "libelledelavariable",
                                       "intitule"};
    static constexpr std::array long_labels{"libvarlong", "libellelong", "description",
                                            "libelledelavariablelong"};
    DictionaryColumns columns;
    const auto is_one_of = [](const std::string& key, const auto& names) {
        return std::find(names.begin(), names.end(), key) != names.end();
    };
    for (std::size_t c = 0; c < sheet.width(row); ++c) {
        const std::string key = fold(sheet.at(row, c));
        const auto here = static_cast<std::ptrdiff_t>(c);
        if (columns.code < 0 && is_one_of(key, codes))
            columns.code = here;
        else if (columns.label < 0 && is_one_of(key, labels))
            columns.label = here;
        else if (columns.long_label < 0 && is_one_of(key, long_labels))
            columns.long_label = here;
        else if (columns.unit < 0 && key.starts_with("unite"))
            columns.unit = here;
        else if (columns.source < 0 && key.starts_with("source"))
            columns.source = here;
    }
    return columns;
}

/// A dictionary: one line a variable.
void read_dictionary(const SourceSheet& sheet, std::map<std::string, ColumnMetadata>& metadata)
{
    for (std::size_t row = 0; row < std::min(rows_before_headers, sheet.rows()); ++row) {
        const DictionaryColumns columns = dictionary_columns(sheet, row);
        if (columns.code < 0 || (columns.label < 0 && columns.long_label < 0))
            continue;
        const auto text = [&](std::size_t line, std::ptrdiff_t column) {
            return column < 0 ? std::string() : std::string(sheet.at(line, static_cast<std::size_t>(column)));
        };
        for (std::size_t line = row + 1; line < sheet.rows(); ++line) {
            const std::string key = fold(text(line, columns.code));
            if (key.empty())
                continue;
            ColumnMetadata entry{
                text(line, columns.long_label), text(line, columns.unit), text(line, columns.source), {}};
            if (entry.label.empty())
                entry.label = text(line, columns.label);
            metadata.emplace(key, std::move(entry));
        }
        return;
    }
}

} // namespace

std::map<std::string, ColumnMetadata> read_metadata(const SourceFile& file, std::size_t data_sheet)
{
    std::map<std::string, ColumnMetadata> metadata;
    for (std::size_t i = 0; i < file.sheets.size(); ++i) {
        if (i == data_sheet)
            continue;
        const SourceSheet& sheet = file.sheets[i];
        if (const auto page = read_page(sheet)) {
            metadata.emplace(fold(sheet.name()), *page);
            metadata.emplace(fold(page->label), *page);
        } else {
            read_dictionary(sheet, metadata);
        }
    }
    return metadata;
}

} // namespace pacte
