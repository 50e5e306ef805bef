#pragma once

#include <string>
#include <vector>

#include "core/coverage.hpp"
#include "core/rows.hpp"
#include "office/workbook.hpp"

namespace pacte::office {

/// What the commands read from a diagnosis, once, before they compute.
struct Diagnosis {
    Parameters parameters;
    Territory territory;
    std::vector<Thematique> thematiques; ///< all of them, retained or not
    std::vector<Variable> variables;
    Needs needs;
    std::vector<Dispositif> dispositifs;
    std::vector<Place> places;
    Date date; ///< reference date: `Paramètres`, else today
};

/// Throws Failure where a table or a column that it needs is missing.
[[nodiscard]] Diagnosis read_diagnosis(const Workbook& workbook);
[[nodiscard]] Territory read_territory(const Workbook& workbook, const Parameters& parameters);
[[nodiscard]] Coverage coverage_of(const Diagnosis& diagnosis);

[[nodiscard]] Date today();
[[nodiscard]] Date reference_date(const Parameters& parameters);
/// The thresholds of the thématiques that state none.
[[nodiscard]] Thematique default_thresholds(const Parameters& parameters);

/// Throws Failure with the sheet: bad_table where it is full of errors, else
/// missing_column with the headers that lack.
void require_columns(const Table& table, const TableSchema& schema);

/// `24 novembre 2026`
[[nodiscard]] std::string french_date(Date date);

} // namespace pacte::office
