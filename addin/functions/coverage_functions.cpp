#include "functions/coverage_functions.hpp"

#include "core/text.hpp"
#include "office/diagnosis.hpp"
#include "office/installation.hpp"

namespace pacte::functions {

namespace {

using office::schemas;

/// Throws `Err:502` where one of the columns that the computation needs is missing.
Shared table_with(const Document& document, const Range& range, const WantedTable& wanted)
{
    Shared table = shared_table(document, range, wanted);
    if (!table->has_headers())
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

Parameters read_parameters(const Table& table, const TableSchema& schema) { return {table, schema}; }

/// The tables that a coverage is computed from.
struct Tables {
    Shared dispositifs;
    Shared besoins;
    Shared thematiques;
    WorkbookTables workbook;

    [[nodiscard]] std::vector<std::uint64_t> versions() const
    {
        return {dispositifs->version(),           besoins->version(),
                thematiques->version(),           version_of(workbook.parametres),
                version_of(workbook.territoires), version_of(workbook.communes),
                version_of(workbook.variables)};
    }
};

Tables tables_of(const CoverageArguments& arguments)
{
    const auto read = [&](const Range& range, const WantedTable& wanted) {
        return table_with(arguments.document, range, wanted);
    };
    return {read(arguments.dispositifs, {"dispositifs",
                                         {"id", "thematique", "territoire_couvert", "capacite"},
                                         {"id", "thematique", "territoire_couvert", "repartition", "capacite",
                                          "date_de_debut", "date_de_fin"}}),
            read(arguments.besoins, {"besoins", {"code_epci"}, {}}),
            read(arguments.thematiques,
                 {"thematiques",
                  {"code", "besoin"},
                  {"code", "axe", "intitule_court", "retenue", "besoin", "seuil_partiel", "seuil_couvert"}}),
            workbook_tables(arguments.document)};
}

/// The rows of a table of the workbook; `Err:502` where it is not there, or without
/// its headers.
template <typename Rows>
Rows rows_of(const Shared& table, const char* name, Rows (*read)(const Table&, const TableSchema&))
{
    if (!table || !table->has_headers())
        bad_argument();
    return table->rows<Rows>(schemas().table(name), read);
}

std::shared_ptr<const Territory> territory_of(const Tables& tables, const Parameters& parameters)
{
    static auto* const territories = new Remembered<Territory>;
    if (!tables.workbook.is_diagnosis)
        return territories->get({{tables.besoins->version()}, "COG"}, [&] {
            return std::make_shared<const Territory>(
                territory_of_needs(tables.besoins->rows<Needs>(schemas().table("besoins"), read_needs)));
        });
    const std::string code = parameters.text("code du territoire");
    const std::string name = parameters.text("territoire");
    return territories->get(
        {{version_of(tables.workbook.territoires), version_of(tables.workbook.communes)}, code + "\n" + name},
        [&] {
            return std::make_shared<const Territory>(
                rows_of(tables.workbook.territoires, "territoires", read_epcis),
                rows_of(tables.workbook.communes, "communes", read_communes), code, name);
        });
}

std::shared_ptr<const IndexedCoverage> computed(const Tables& tables, const Parameters& parameters, Date date)
{
    const Needs& needs = tables.besoins->rows<Needs>(schemas().table("besoins"), read_needs);
    const auto variables = tables.workbook.variables
                               ? rows_of(tables.workbook.variables, "variables", read_variables)
                               : numbers_of_people(needs);
    const auto territory = territory_of(tables, parameters);
    return std::make_shared<const IndexedCoverage>(compute_coverage(
        {*territory,
         read_thematiques(tables.thematiques->table(), schemas().table("thematiques"),
                          office::default_thresholds(parameters)),
         variables, needs,
         tables.dispositifs->rows<std::vector<Dispositif>>(schemas().table("dispositifs"), read_dispositifs),
         date}));
}

} // namespace

const Parameters& parameters_of(const WorkbookTables& tables)
{
    static const Parameters none;
    return tables.parametres
               ? tables.parametres->rows<Parameters>(schemas().table("parametres"), read_parameters)
               : none;
}

std::shared_ptr<const IndexedCoverage> coverage_of(const CoverageArguments& arguments)
{
    static auto* const coverages = new Remembered<IndexedCoverage>;
    const Tables tables = tables_of(arguments);
    const Parameters& parameters = parameters_of(tables.workbook);
    const Date date = date_of(arguments.date, parameters);
    return coverages->get({tables.versions(), std::to_string(serial_of(date))},
                          [&] { return computed(tables, parameters, date); });
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
