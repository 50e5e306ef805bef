#include "map/figures.hpp"

#include "map/wording.hpp"

namespace pacte::map {

void paint_classes(Sheet& sheet, const Classification& classes, const Variable& variable,
                   const std::vector<Quantity>& values)
{
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto words = classes.class_in_words(values[i]);
        sheet.paint(i, classes.fill(values[i]),
                    lower_first(variable.label) + ' ' + classes.value_in_words(values[i]) +
                        (words.empty() ? "" : " (" + words + ")"));
    }
}

std::string missing_in_words(const std::vector<Quantity>& values)
{
    std::size_t unknown = 0;
    std::size_t secret = 0;
    for (const auto& value : values) {
        unknown += value.state() == Quantity::State::unknown ? 1U : 0U;
        secret += value.is_secret() ? 1U : 0U;
    }
    std::string words;
    if (unknown > 0)
        words += " Donnée non disponible pour " + counted(unknown, "EPCI", "EPCI") + '.';
    if (secret > 0)
        words += " Secret statistique pour " + counted(secret, "EPCI", "EPCI") + '.';
    return words;
}

std::vector<Quantity> values_by_row(const std::vector<MapRow>& rows, const std::vector<EpciFigure>& figures)
{
    std::vector<Quantity> values;
    for (const auto& row : rows)
        values.push_back(row.figure == MapRow::none ? Quantity::unknown() : figures[row.figure].value);
    return values;
}

std::vector<CodeAndName> codes_and_names(const std::vector<EpciFigure>& figures)
{
    std::vector<CodeAndName> names;
    for (const auto& figure : figures)
        names.push_back({figure.code, figure.name});
    return names;
}

std::string column_title(const Variable& variable)
{
    const auto unit = unit_of(variable);
    return unit.empty() ? upper_first(variable.label) : upper_first(variable.label) + " (" + unit + ")";
}

bool is_count(const Variable& variable)
{
    return variable.nature == VariableNature::effectif || variable.nature == VariableNature::montant;
}

} // namespace pacte::map
