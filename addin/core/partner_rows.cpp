#include "core/partner_rows.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "core/names.hpp"
#include "core/rows.hpp"
#include "core/text.hpp"

namespace pacte {

namespace {

std::string key_of(const std::string& name)
{
    std::string key;
    for (const auto& word : name_words(name))
        key += (key.empty() ? "" : " ") + word;
    return key.empty() ? fold(name) : key;
}

/// Sorts the rows by partner, table after table.
class Sorting {
public:
    Sorting(const Schemas& schemas, const std::map<std::string, Table>& tables)
        : schemas_(schemas), tables_(tables)
    {
    }

    std::vector<PartnerRows> run()
    {
        for (const TableSchema& schema : schemas_.tables())
            if (const Field* field = responsible_field(schema))
                sort_by_name(schema, *field);
        // Indicators follow their action, which is known by now.
        for (const TableSchema& schema : schemas_.tables())
            if (responsible_field(schema) == nullptr)
                for (const ForeignKey& key : schema.foreign_keys)
                    if (owners_.contains(key.table) && key.table != schema.name)
                        sort_by_reference(schema, key);
        return partners();
    }

private:
    struct Partner {
        std::map<std::string, std::size_t> writings;
        std::map<std::string, std::set<std::size_t>> rows;
    };

    static const Field* responsible_field(const TableSchema& schema)
    {
        const auto found = std::find_if(schema.fields.begin(), schema.fields.end(), [](const Field& field) {
            return field.kind == "acteur" && field.required && !field.is_list;
        });
        return found != schema.fields.end() ? &*found : nullptr;
    }

    [[nodiscard]] const Table* table_of(const TableSchema& schema) const
    {
        const auto found = tables_.find(schema.name);
        return found != tables_.end() && !schema.generated ? &found->second : nullptr;
    }

    void sort_by_name(const TableSchema& schema, const Field& field)
    {
        const Table* table = table_of(schema);
        if (table == nullptr)
            return;
        const Columns columns(schema, *table);
        for (std::size_t row = 0; row < table->rows.size(); ++row) {
            const auto name = trim(text_of(columns.cell(table->rows[row], field.name)));
            if (name.empty())
                continue;
            const auto key = key_of(name);
            ++found_[key].writings[name];
            found_[key].rows[schema.name].insert(row);
            if (schema.primary_key.size() == 1)
                owners_[schema.name].emplace(
                    code_key(read_code(columns.cell(table->rows[row], schema.primary_key.front()))), key);
        }
    }

    void sort_by_reference(const TableSchema& schema, const ForeignKey& reference)
    {
        const Table* table = table_of(schema);
        if (table == nullptr)
            return;
        const Columns columns(schema, *table);
        const auto& owners = owners_.at(reference.table);
        for (std::size_t row = 0; row < table->rows.size(); ++row) {
            const auto owner =
                owners.find(code_key(read_code(columns.cell(table->rows[row], reference.field))));
            if (owner != owners.end())
                found_[owner->second].rows[schema.name].insert(row);
        }
    }

    std::vector<PartnerRows> partners()
    {
        std::vector<PartnerRows> list;
        for (auto& [key, partner] : found_) {
            const auto most =
                std::max_element(partner.writings.begin(), partner.writings.end(),
                                 [](const auto& a, const auto& b) { return a.second < b.second; });
            list.push_back({most->first, std::move(partner.rows)});
        }
        std::stable_sort(list.begin(), list.end(),
                         [](const PartnerRows& a, const PartnerRows& b) { return a.count() > b.count(); });
        return list;
    }

    const Schemas& schemas_;
    const std::map<std::string, Table>& tables_;
    std::map<std::string, Partner> found_; ///< by key of the name
    std::map<std::string, std::unordered_map<std::string, std::string>>
        owners_; ///< key of the partner, by table and code
};

} // namespace

std::size_t PartnerRows::count() const
{
    return std::accumulate(
        rows.begin(), rows.end(), std::size_t{0},
        [](std::size_t sum, const auto& of_table) { return sum + of_table.second.size(); });
}

bool PartnerRows::has(const Table& table, std::int32_t row) const
{
    const auto theirs = rows.find(table.name);
    return theirs != rows.end() && row > table.header_row &&
           theirs->second.contains(static_cast<std::size_t>(row - table.header_row - 1));
}

Finding as_told_to(const PartnerRows& partner, const Table& table, Finding finding, Language language)
{
    static constexpr Words message = {
        "Cette ligne ressemble à celle d'un autre porteur, que ce rapport ne montre pas.",
        "This row looks like one of another body in charge, which this report does not show."};
    static constexpr Words suggestion = {
        "Voyez avec la personne qui tient le diagnostic si les deux n'en font qu'une.",
        "Ask the person who keeps the diagnosis whether the two are one."};
    if (finding.other_row >= 0 && !partner.has(table, finding.other_row)) {
        finding.message = message.in(language);
        finding.suggestion = suggestion.in(language);
    }
    return finding;
}

std::vector<PartnerRows> partners_of(const Schemas& schemas, const std::map<std::string, Table>& tables)
{
    return Sorting(schemas, tables).run();
}

const PartnerRows* find_partner(const std::vector<PartnerRows>& partners, const std::string& name)
{
    const auto key = key_of(name);
    const auto found = std::find_if(partners.begin(), partners.end(),
                                    [&](const PartnerRows& partner) { return key_of(partner.name) == key; });
    return found != partners.end() ? &*found : nullptr;
}

} // namespace pacte
