#include "functions/coverage_functions.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XSheetCellRange.hpp>

#include "core/text.hpp"
#include "office/diagnosis.hpp"
#include "office/installation.hpp"
#include "office/workbook.hpp"

namespace pacte::functions {

namespace {

using office::schemas;
using office::UNO_QUERY;
using office::UNO_QUERY_THROW;
using office::Workbook;

/// A range may begin above the headers (a whole column): they are the row,
/// among the first ones, that the schema knows best.
constexpr std::int32_t header_search = 12;

css::table::CellRangeAddress from_headers(const Reference<css::sheet::XSpreadsheet>& sheet,
                                          css::table::CellRangeAddress area, const TableSchema& schema)
{
    std::int32_t best_row = area.StartRow;
    std::size_t best_found = 0;
    const std::int32_t last = std::min(area.EndRow, area.StartRow + header_search - 1);
    for (std::int32_t row = area.StartRow; row <= last; ++row) {
        css::table::CellRangeAddress line = area;
        line.StartRow = row;
        line.EndRow = row;
        const Table headers = office::read_table(sheet, line, schema.name);
        const Columns columns(schema, headers);
        const auto found = static_cast<std::size_t>(
            std::count_if(schema.fields.begin(), schema.fields.end(),
                          [&](const Field& field) { return columns.index(field.name) >= 0; }));
        if (found > best_found) {
            best_found = found;
            best_row = row;
        }
    }
    if (best_found == 0)
        bad_argument();
    area.StartRow = best_row;
    return area;
}

Table table_of(const Reference<css::table::XCellRange>& range, const TableSchema& schema)
{
    const Reference<css::sheet::XSheetCellRange> cells(range, UNO_QUERY);
    if (!cells.is())
        bad_argument();
    const auto sheet = cells->getSpreadsheet();
    const auto area =
        Reference<css::sheet::XCellRangeAddressable>(range, UNO_QUERY_THROW)->getRangeAddress();
    return office::read_table(sheet, from_headers(sheet, area, schema), schema.name);
}

/// Throws `Err:502` where one of the columns that the computation needs is missing.
Table table_with(const Reference<css::table::XCellRange>& range, const char* name,
                 std::initializer_list<const char*> wanted)
{
    const TableSchema& schema = schemas().table(name);
    Table table = table_of(range, schema);
    const Columns columns(schema, table);
    if (std::any_of(wanted.begin(), wanted.end(),
                    [&](const char* field) { return columns.index(field) < 0; }))
        bad_argument();
    return table;
}

Territory territory_of_needs(const Needs& needs)
{
    std::vector<Epci> epcis;
    std::vector<CommuneRow> communes;
    for (const std::string& code : needs.epcis) {
        const EpciRecord* record = office::cog().epci(code);
        epcis.push_back({code, record ? record->name : code,
                         record ? static_cast<double>(record->population) : 0.0, true});
        for (const Commune* commune : office::cog().members(code))
            communes.push_back({commune->code, commune->name, code, static_cast<double>(commune->population),
                                commune->point});
    }
    return Territory(std::move(epcis), std::move(communes));
}

std::vector<Variable> numbers_of_people(const Needs& needs)
{
    std::vector<Variable> variables;
    for (const std::string& code : needs.variables) {
        Variable variable;
        variable.code = code;
        variables.push_back(variable);
    }
    return variables;
}

Date date_of(const Any& argument, const Parameters& parameters)
{
    if (is_left_out(argument))
        return office::reference_date(parameters);
    const auto date = read_date(office::cell_of(argument));
    if (!date)
        bad_argument();
    return *date;
}

} // namespace

Coverage coverage_of(const CoverageArguments& arguments)
{
    const Table dispositifs =
        table_with(arguments.dispositifs, "dispositifs", {"id", "thematique", "territoire_couvert", "capacite"});
    const Table besoins = table_with(arguments.besoins, "besoins", {"code_epci"});
    const Table thematiques = table_with(arguments.thematiques, "thematiques", {"code", "besoin"});
    const Needs needs = read_needs(besoins, schemas().table("besoins"));

    const Reference<css::frame::XModel> model(arguments.document, UNO_QUERY);
    const bool in_diagnosis = Workbook::is_diagnosis(model);
    Parameters parameters;
    std::vector<Variable> variables = numbers_of_people(needs);
    Territory territory = territory_of_needs({});
    if (in_diagnosis) {
        const Workbook workbook(model);
        parameters = workbook.parameters();
        if (workbook.has_table("variables"))
            variables = read_variables(workbook.table("variables"), schemas().table("variables"));
        territory = office::read_territory(workbook, parameters);
    } else {
        territory = territory_of_needs(needs);
    }
    return compute_coverage(
        {territory,
         read_thematiques(thematiques, schemas().table("thematiques"), office::default_thresholds(parameters)),
         variables, needs, read_dispositifs(dispositifs, schemas().table("dispositifs")),
         date_of(arguments.date, parameters)});
}

Any measure_of(const CoverageCell& cell, const std::string& measure)
{
    const std::string wanted = fold(measure);
    if (wanted == "besoin" || wanted == "need")
        return value_of(cell.need);
    if (wanted == "capacite" || wanted == "capacity")
        return value_of(cell.capacity);
    if (wanted == "ecart" || wanted == "gap")
        return value_of(cell.gap);
    if (wanted == "statut" || wanted == "status")
        return value_of(std::string(label_of(cell.status)));
    if (!wanted.empty() && wanted != "taux" && wanted != "rate")
        bad_argument();
    if (cell.need.is_known() && cell.need.value() == 0.0)
        return error_value(CalcError::division_by_zero);
    return value_of(cell.rate);
}

} // namespace pacte::functions
