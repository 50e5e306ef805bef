#pragma once

#include <algorithm>
#include <cppunit/extensions/HelperMacros.h>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/identifiers.hpp"
#include "core/validation.hpp"
#include "core/workbook.hpp"

// The example of Haute-Loire as tables, with the faults it announces mended: a
// diagnosis that has no error and no alert, for tests that spoil it.

namespace pacte::test {

inline const Schemas& shipped_schemas()
{
    static const auto schemas = Schemas::load(PACTE_TEMPLATES);
    return schemas;
}

inline const Cog& shipped_cog()
{
    static const auto cog = Cog::load(std::filesystem::path(PACTE_TEMPLATES) / "territoire");
    return cog;
}

using Tables = std::map<std::string, Table>;

/// The columns of a new sheet of that table, and those that the rows name beside.
inline std::vector<std::string> column_names(const TableSchema& schema, const WorkbookContent& content)
{
    std::vector<std::string> names;
    for (const auto& field : schema.fields)
        if (field.per_year.empty())
            names.push_back(field.name);
    std::set<std::string> others;
    if (const auto rows = content.rows.find(schema.name); rows != content.rows.end())
        for (const auto& row : rows->second)
            for (const auto& [name, cell] : row)
                if (std::find(names.begin(), names.end(), name) == names.end() && others.insert(name).second)
                    names.push_back(name);
    return names;
}

/// The tables that a new workbook would hold.
inline Tables tables_of(const WorkbookContent& content)
{
    Tables tables;
    for (const auto& schema : shipped_schemas().tables()) {
        auto& table = tables[schema.name];
        table.name = schema.name;
        table.sheet = schema.sheet;
        const auto names = column_names(schema, content);
        for (const auto& name : names) {
            const auto* field = schema.find(name);
            table.headers.push_back(field != nullptr ? field->title : name);
        }
        const auto rows = content.rows.find(schema.name);
        if (rows == content.rows.end())
            continue;
        for (const auto& row : rows->second) {
            auto& cells = table.rows.emplace_back(names.size());
            for (std::size_t i = 0; i < names.size(); ++i)
                if (const auto cell = row.find(names[i]); cell != row.end())
                    cells[i] = cell->second;
        }
    }
    return tables;
}

/// Index of the column of a field, or of that header; −1 where there is none.
inline int column_of(const Table& table, const std::string& field)
{
    const Columns columns(shipped_schemas().table(table.name), table);
    const int column = columns.index(field);
    if (column >= 0)
        return column;
    const auto found = std::find(table.headers.begin(), table.headers.end(), field);
    return found != table.headers.end() ? static_cast<int>(found - table.headers.begin()) : -1;
}

/// `A-01 – 2024`: the key as the findings write it.
inline std::string key_of(const Table& table, std::size_t row)
{
    const auto& schema = shipped_schemas().table(table.name);
    const Columns columns(schema, table);
    std::string key;
    for (const auto& field : schema.primary_key) {
        const auto kind = schema.find(field)->kind;
        const std::size_t length = kind == "siren" ? siren_length : kind == "insee" ? insee_length : 0;
        key += (key.empty() ? "" : " – ") + read_code(columns.cell(table.rows[row], field), length);
    }
    return key;
}

inline std::size_t row_of(const Table& table, const std::string& key)
{
    for (std::size_t row = 0; row < table.rows.size(); ++row)
        if (key_of(table, row) == key)
            return row;
    CPPUNIT_FAIL("no row " + key + " in " + table.name);
    return 0;
}

inline Cell& cell_of(Tables& tables, const std::string& name, const std::string& key,
                     const std::string& field)
{
    auto& table = tables.at(name);
    const int column = column_of(table, field);
    CPPUNIT_ASSERT_MESSAGE(name + "." + field, column >= 0);
    return table.rows[row_of(table, key)][static_cast<std::size_t>(column)];
}

/// The day on which the example is validated; its settings fix 30 June 2024.
inline constexpr Date example_day{std::chrono::year{2026} / 1 / 1};

inline Tables clean_example()
{
    auto tables = tables_of(example_diagnosis(std::filesystem::path(PACTE_TEMPLATES) / "exemple-haute-loire",
                                              shipped_schemas(), shipped_cog()));
    cell_of(tables, "dispositifs", "D-033", "montant_annuel") = 103000.0;
    cell_of(tables, "dispositifs", "D-064", "montant_annuel") = 47000.0;
    cell_of(tables, "dispositifs", "D-081", "capacite") = Blank{};
    cell_of(tables, "dispositifs", "D-011", "date_de_fin") = Blank{};
    cell_of(tables, "dispositifs", "D-036", "date_de_fin") = Blank{};
    cell_of(tables, "dispositifs", "D-031", "intitule") = std::string("Prêt de scooters aux apprentis");
    cell_of(tables, "dispositifs", "D-022", "mis_a_jour_le") =
        serial_of(Date{std::chrono::year{2024} / 1 / 15});
    cell_of(tables, "thematiques", "2.3", "besoin") = std::string("BRSALD");
    return tables;
}

inline std::vector<Finding> findings_of(const Tables& tables)
{
    FindingList list;
    validate({shipped_schemas(), tables, &shipped_cog(), example_day}, list);
    return list.findings;
}

} // namespace pacte::test
