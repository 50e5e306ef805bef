#include "core/clean_up.hpp"

#include <algorithm>
#include <array>

#include "core/rows.hpp"
#include "core/text.hpp"

namespace pacte {

namespace {

/// Spaces of every kind as one ordinary space, none at the ends nor, in a list, before
/// `;`. What is written as it should be stays: one space after `;`, a no-break one
/// before `;`, `:`, `!`, `?`, `»`, `%`, `€` and after `«`.
std::string with_plain_spaces(std::string_view text, bool is_list)
{
    static constexpr std::array<std::string_view, 7> after_a_narrow_space{";", ":", "!", "?", "»", "%", "€"};
    std::string out;
    std::string_view spaces; // since the last letter
    for (std::size_t i = 0; i < text.size();) {
        std::size_t length = 1;
        while (i + length < text.size() && (static_cast<unsigned char>(text[i + length]) & 0xC0) == 0x80)
            ++length;
        const auto letter = text.substr(i, length);
        i += length;
        if (trimmed(letter).empty()) {
            spaces = text.substr(i - length - spaces.size(), length + spaces.size());
            continue;
        }
        if (!spaces.empty() && !out.empty() && !(is_list && letter == ";")) {
            const bool right =
                (spaces == "\u00A0" || spaces == "\u202F") &&
                (out.ends_with("«") || std::find(after_a_narrow_space.begin(), after_a_narrow_space.end(),
                                                 letter) != after_a_narrow_space.end());
            out += right ? spaces : " ";
        }
        spaces = {};
        out += letter;
    }
    return out;
}

/// The value of the list that the text is another writing of, or the text itself.
const std::string& as_listed(const Field& field, const std::string& text)
{
    const auto key = fold(text);
    const auto found = std::find_if(field.enumeration.begin(), field.enumeration.end(),
                                    [&](const std::string& value) { return fold(value) == key; });
    return found != field.enumeration.end() ? *found : text;
}

std::string cleaned(const Field& field, const std::string& text)
{
    const auto plain = with_plain_spaces(text, field.is_list);
    if (field.enumeration.empty())
        return plain;
    if (!field.is_list)
        return as_listed(field, plain);
    std::string list;
    for (const auto& element : split_list(plain))
        list += (list.empty()                            ? ""
                 : plain.find("; ") != std::string::npos ? "; "
                                                         : ";") +
                as_listed(field, element);
    return list;
}

std::string key_of(const TableSchema& schema, const Columns& columns, const std::vector<Cell>& row)
{
    std::string key;
    for (const auto& field : schema.primary_key)
        key += (key.empty() ? "" : " – ") + read_code(columns.cell(row, field));
    return key;
}

} // namespace

std::vector<CleanUp> clean_ups(const Schemas& schemas, const std::map<std::string, Table>& tables)
{
    std::vector<CleanUp> found;
    for (const auto& schema : schemas.tables()) {
        const auto there = tables.find(schema.name);
        if (schema.generated || there == tables.end())
            continue;
        const auto& table = there->second;
        const Columns columns(schema, table);
        for (std::size_t i = 0; i < table.rows.size(); ++i)
            for (const auto& field : schema.fields) {
                const int column = columns.index(field.name);
                const auto* text = column >= 0 && field.kind != "texte long"
                                       ? std::get_if<std::string>(&columns.cell(table.rows[i], field.name))
                                       : nullptr;
                if (text == nullptr)
                    continue;
                if (auto after = cleaned(field, *text); after != *text && !after.empty())
                    found.push_back({schema.name, table.sheet, table.first_column + column,
                                     table.header_row + 1 + static_cast<std::int32_t>(i), field.name,
                                     key_of(schema, columns, table.rows[i]), *text, std::move(after)});
            }
    }
    return found;
}

} // namespace pacte
