#pragma once

#include <memory>

#include "core/coverage.hpp"
#include "functions/shared_tables.hpp"
#include "functions/values.hpp"

namespace pacte::functions {

/// What every function of the coverage is given: three ranges, recognised by
/// their headers, in a workbook that says the rest (territory, variables). In a
/// workbook that is no diagnosis, the territory is that of the EPCI of the
/// needs in the Code officiel géographique, and every need is a number of people.
struct CoverageArguments {
    Document document;
    Range dispositifs;
    Range besoins;
    Range thematiques;
    Any date; ///< left out: the reference date of the workbook, else today
};

/// A coverage and where its cells are.
struct IndexedCoverage {
    explicit IndexedCoverage(Coverage computed) : coverage(std::move(computed)), index(coverage) {}
    IndexedCoverage(const IndexedCoverage&) = delete;
    IndexedCoverage& operator=(const IndexedCoverage&) = delete;
    ~IndexedCoverage() = default;

    Coverage coverage;
    CoverageIndex index;
};

/// Computed once for all the cells that ask for the same.
[[nodiscard]] std::shared_ptr<const IndexedCoverage> coverage_of(const CoverageArguments& arguments);

/// One measure of a cell: `besoin`, `capacité`, `taux`, `écart`, `statut`; any
/// other is a bad argument. A rate on a need of zero is `#DIV/0!`.
[[nodiscard]] Any measure_of(const CoverageCell& cell, const std::string& measure);

/// The settings of the workbook, as long as the tables are held; none where it is no
/// diagnosis.
[[nodiscard]] const Parameters& parameters_of(const WorkbookTables& tables);

} // namespace pacte::functions
