#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/cog.hpp"
#include "core/schema.hpp"
#include "core/table.hpp"

// The diagnosis as a document: flat OpenDocument text made from the skeleton
// `templates/classeur.fods` (styles, Accueil, model of the fiche) and the Table
// Schemas (sheets, database ranges, headers and their notes, validity lists,
// formats, print settings), with rows filled in. The office only loads it.

namespace pacte {

/// The setting « version » of the workbooks that this Pacte makes. An older one is
/// worked on as it is: a table or a setting that it lacks is added, or has its
/// default. A newer one is not written to.
inline constexpr int workbook_version = 1;

/// Rows for a new workbook, by table name. Each row maps field names (or, for
/// `besoins`, codes of variables; for per-year fields, `cible_2025`) to cells.
struct WorkbookContent {
    using Row = std::map<std::string, Cell>;

    std::map<std::string, std::vector<Row>> rows;
    std::map<std::string, std::string> texts; ///< `{{clé}}` in the skeleton; a key that is not there gives nothing
    int first_year = 2024; ///< of the period: the per-year columns
    int last_year = 2027;
};

struct NewDiagnosis {
    std::string departement; ///< `43`, or empty where `metropole` is given
    std::string metropole;   ///< SIREN of the métropole
    int t0_year = 2023;
    int first_year = 2024;
    int last_year = 2027;
};

/// Territoires, Communes, Thématiques (départements' or métropoles' list),
/// Schémas, Paramètres and Planning of a new diagnosis, and the EPCI's rows of
/// Besoins. An EPCI over the border of the département is listed, and retained
/// where at least half of its people live in it. A métropole is its only EPCI:
/// its communes are listed, and its maps show one unit. Throws Failure
/// (bad_value) for an unknown territory or years out of order.
[[nodiscard]] WorkbookContent new_diagnosis(const NewDiagnosis& request, const Schemas& schemas, const Cog& cog);

/// The example of Haute-Loire: new_diagnosis for 43, completed or replaced table
/// by table with `folder/<table>.csv` (`;`, UTF-8, headers as in the sheets).
/// Throws Failure (bad_file) with the file and line.
[[nodiscard]] WorkbookContent example_diagnosis(const std::filesystem::path& folder, const Schemas& schemas,
                                                const Cog& cog);

/// The whole document. `skeleton` is the text of `classeur.fods`. Throws Failure
/// (bad_file) where the skeleton lacks one of its marks.
[[nodiscard]] std::string write_workbook(std::string_view skeleton, const Schemas& schemas,
                                         const WorkbookContent& content);

} // namespace pacte
