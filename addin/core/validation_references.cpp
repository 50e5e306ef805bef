#include <algorithm>
#include <memory>

#include "core/identifiers.hpp"
#include "core/text.hpp"
#include "core/validation_sheet.hpp"

// References from one table to another, and lists that are proposed.

namespace pacte {

namespace {

/// The values of a field of another table, as codes.
class Target {
public:
    Target(const Sheet& sheet, const Field& field, int column, const Cog* cog)
        : speller_(codes_of(sheet, field, column)), refused_(sheet, field.name, cog)
    {
        for (const auto& code : codes_of(sheet, field, column))
            codes_.insert(code_key(code));
    }

    [[nodiscard]] bool contains(std::string_view code) const { return codes_.contains(code_key(code)); }
    /// The row that it refers to was refused for its key.
    [[nodiscard]] bool is_refused(const std::string& code) const { return refused_.explain(code); }
    [[nodiscard]] bool empty() const { return codes_.empty(); }
    [[nodiscard]] const Likely& nearest(const std::string& code) { return speller_.nearest(code); }

private:
    static std::vector<std::string> codes_of(const Sheet& sheet, const Field& field, int column)
    {
        std::vector<std::string> codes;
        for (const auto row : sheet.rows())
            if (auto code = read_code(sheet.cell(row, column), code_length(field)); !code.empty())
                codes.push_back(std::move(code));
        return codes;
    }

    std::unordered_set<std::string> codes_;
    Speller speller_;
    RefusedKeys refused_;
};

/// The targets of the foreign keys, each read once.
class Targets {
public:
    explicit Targets(Examination& examination) : examination_(examination) {}

    /// Null where the table or its column is not there: that is told already.
    [[nodiscard]] Target* find(const ForeignKey& key)
    {
        const auto id = key.table + '.' + key.reference;
        if (const auto found = targets_.find(id); found != targets_.end())
            return found->second.get();
        return targets_.emplace(id, read(key)).first->second.get();
    }

private:
    [[nodiscard]] std::unique_ptr<Target> read(const ForeignKey& key) const
    {
        const auto* sheet = examination_.find(key.table);
        const auto* field = sheet != nullptr ? sheet->schema().find(key.reference) : nullptr;
        const int column = sheet != nullptr ? sheet->columns().index(key.reference) : -1;
        if (field == nullptr || column < 0)
            return nullptr;
        return std::make_unique<Target>(*sheet, *field, column, examination_.input().cog);
    }

    Examination& examination_;
    std::map<std::string, std::unique_ptr<Target>> targets_;
};

/// The codes in a cell: one, or several where the field is a list.
std::vector<std::string> codes_in(const Cell& cell, const Field& field)
{
    auto code = read_code(cell, code_length(field));
    if (field.is_list)
        return split_list(code);
    return code.empty() ? std::vector<std::string>{} : std::vector{std::move(code)};
}

void check_foreign_key(Sheet& sheet, const ForeignKey& key, Target& target, const std::string& target_sheet)
{
    const auto& field = *sheet.schema().find(key.field);
    const int column = sheet.columns().index(key.field);
    const Words otherwise = target.empty() ? Words{"La feuille « {0} » est vide : remplissez-la d'abord.",
                                                   "The sheet “{0}” is empty: fill it first."}
                                           : Words{"Ajoutez-le à la feuille « {0} » ou corrigez-le.",
                                                   "Add it to the sheet “{0}” or correct it."};
    for (const auto row : sheet.keyed_rows()) {
        const auto* written = std::get_if<std::string>(&sheet.cell(row, column));
        if (written != nullptr && !field.is_list && target.contains(trimmed(*written)))
            continue; // nearly all of them
        if (!sheet.is_sound(row, column))
            continue;
        for (const auto& code : codes_in(sheet.cell(row, column), field)) {
            if (target.contains(code) || is_missing_value(code, sheet.schema()) || target.is_refused(code))
                continue;
            const auto& likely = target.nearest(code);
            auto& found = sheet.report_cell(
                Rule::unknown_reference, row, column,
                {field.title, shown(code), target_sheet,
                 is_it(sheet.language(), likely, worded(sheet.say(otherwise), {target_sheet}))});
            if (!likely.value.empty())
                found.repair =
                    Repair{Cell(field.is_list
                                    ? replaced_element(read_code(sheet.cell(row, column)), code, likely.value)
                                    : likely.value),
                           likely.certainty};
        }
    }
}

void check_foreign_keys(Examination& examination, Sheet& sheet, Targets& targets)
{
    for (const auto& key : sheet.schema().foreign_keys) {
        auto* target = targets.find(key);
        if (target != nullptr && sheet.columns().index(key.field) >= 0)
            check_foreign_key(sheet, key, *target, examination.find(key.table)->title());
    }
}

/// In an open list, two words alike may well be two words.
constexpr double alike_in_open_list = 0.8;

/// A reference list that is proposed: another value is accepted, with advice
/// where it looks like one of the list misspelt, and, where the field is a list,
/// once for each element that the list lacks.
class Proposed {
public:
    Proposed(Sheet& sheet, const Field& field, int column, const std::vector<ListItem>& items)
        : sheet_(sheet), field_(field), column_(column), speller_(labels(items), alike_in_open_list)
    {
        for (const auto& item : items) {
            known_.insert(fold(item.code));
            known_.insert(fold(item.label));
        }
    }

    void run()
    {
        for (const auto row : sheet_.keyed_rows())
            if (sheet_.is_sound(row, column_))
                check(row, sheet_.cell(row, column_));
    }

private:
    static std::vector<std::string> labels(const std::vector<ListItem>& items)
    {
        std::vector<std::string> labels;
        for (const auto& item : items)
            labels.push_back(item.label);
        return labels;
    }

    void check(std::size_t row, const Cell& cell)
    {
        for (const auto& element : codes_in(cell, field_)) {
            const auto& meant = meant_by(element);
            const bool first = meant.value.empty() && field_.is_list && told_.insert(element).second;
            if (meant.value == element || (!first && meant.value.empty()))
                continue;
            auto& found = sheet_.report_cell(
                Rule::unknown_element, row, column_,
                {field_.title, shown(element), is_it(sheet_.language(), meant, sheet_.say(how))});
            if (!meant.value.empty())
                found.repair =
                    Repair{Cell(replaced_element(text_of(cell), element, meant.value)), meant.certainty};
        }
    }

    /// The element itself where it is known, the one it looks like, or nothing.
    /// The same few elements come back all along the column.
    const Likely& meant_by(const std::string& element)
    {
        const auto [answer, added] = meant_.try_emplace(element);
        if (added)
            answer->second = known_.contains(fold(element)) || is_missing_value(element, sheet_.schema())
                                 ? Likely{element, 1.0}
                                 : speller_.nearest(element);
        return answer->second;
    }

    static constexpr Words how = {"Choisissez un élément de la liste, ou gardez celui-ci s'il y manque.",
                                  "Choose an element of the list, or keep this one where the list lacks it."};

    Sheet& sheet_;
    const Field& field_;
    int column_;
    std::unordered_set<std::string> known_;
    std::unordered_map<std::string, Likely> meant_;
    std::unordered_set<std::string> told_;
    Speller speller_;
};

void check_proposed_lists(Examination& examination, Sheet& sheet)
{
    for (const auto& field : sheet.schema().fields) {
        const int column = sheet.columns().index(field.name);
        const auto* items = examination.input().schemas.find_list(field.suggestions);
        if (column >= 0 && items != nullptr)
            Proposed(sheet, field, column, *items).run();
    }
}

} // namespace

void check_references(Examination& examination)
{
    Targets targets(examination);
    for (auto* sheet : examination.sheets()) {
        check_foreign_keys(examination, *sheet, targets);
        check_proposed_lists(examination, *sheet);
    }
}

} // namespace pacte
