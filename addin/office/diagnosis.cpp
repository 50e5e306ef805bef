#include "office/diagnosis.hpp"

#include <array>
#include <ctime>

#include "core/error.hpp"
#include "office/installation.hpp"

namespace pacte::office {

namespace {

/// A table read with its columns checked.
class Reader {
public:
    explicit Reader(const Workbook& workbook) : workbook_(workbook) {}

    template <typename Read>
    auto operator()(const char* name, Read read) const
    {
        const TableSchema& schema = schemas().table(name);
        const Table table = workbook_.table(name);
        require_columns(table, schema);
        return read(table, schema);
    }

private:
    const Workbook& workbook_;
};

} // namespace

void require_columns(const Table& table, const TableSchema& schema)
{
    if (is_full_of_errors(table))
        throw Failure(
            Failure::Cause::bad_table,
            "La feuille « " + table.sheet +
                " » est remplie d'erreurs de calcul (#REF!, #N/A…) : rien n'a été modifié. Rétablissez la "
                "feuille ou le fichier auquel ses formules renvoient, puis recommencez.");
    std::string lacking;
    const Columns columns(schema, table);
    for (const std::string& name : columns.missing())
        lacking += (lacking.empty() ? "« " : ", « ") + schema.find(name)->title + " »";
    if (lacking.empty())
        return;
    throw Failure(Failure::Cause::missing_column,
                  "Feuille « " + table.sheet + " », ligne " + std::to_string(table.header_row + 1) +
                      " : il manque l'en-tête " + lacking +
                      ". Écrivez-le au-dessus de sa colonne (ou rétablissez la colonne), puis recommencez.");
}

Date today()
{
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    return std::chrono::year(local.tm_year + 1900) /
           std::chrono::month(static_cast<unsigned>(local.tm_mon + 1)) /
           std::chrono::day(static_cast<unsigned>(local.tm_mday));
}

Date reference_date(const Parameters& parameters)
{
    const double serial = parameters.number("date de référence", 0.0);
    const Cell cell = serial > 0.0 ? Cell(serial) : Cell(parameters.text("date de référence"));
    return read_date(cell).value_or(today());
}

Thematique default_thresholds(const Parameters& parameters)
{
    Thematique defaults;
    defaults.partial_threshold = parameters.number("seuil partiel", defaults.partial_threshold);
    defaults.covered_threshold = parameters.number("seuil couvert", defaults.covered_threshold);
    return defaults;
}

Territory read_territory(const Workbook& workbook, const Parameters& parameters)
{
    const Reader read(workbook);
    return Territory(read("territoires", read_epcis), read("communes", read_communes),
                     parameters.text("code du territoire"), parameters.text("territoire"));
}

Diagnosis read_diagnosis(const Workbook& workbook)
{
    const Reader read(workbook);
    const Parameters parameters = workbook.parameters();
    const Thematique defaults = default_thresholds(parameters);
    return {parameters,
            read_territory(workbook, parameters),
            read("thematiques",
                 [&](const Table& t, const TableSchema& s) { return read_thematiques(t, s, defaults); }),
            read("variables", read_variables),
            read("besoins", read_needs),
            read("dispositifs", read_dispositifs),
            workbook.has_table("offre") ? read("offre", read_places) : std::vector<Place>(),
            reference_date(parameters)};
}

Coverage coverage_of(const Diagnosis& diagnosis)
{
    return compute_coverage({diagnosis.territory, diagnosis.thematiques, diagnosis.variables, diagnosis.needs,
                             diagnosis.dispositifs, diagnosis.date});
}

std::string french_date(Date date)
{
    static constexpr std::array months{"janvier", "février", "mars",      "avril",   "mai",      "juin",
                                       "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};
    const auto day = static_cast<unsigned>(date.day());
    return (day == 1 ? "1er" : std::to_string(day)) + " " + months[static_cast<unsigned>(date.month()) - 1] +
           " " + std::to_string(static_cast<int>(date.year()));
}

} // namespace pacte::office
