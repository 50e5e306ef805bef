#pragma once

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/table/XCellRange.hpp>

#include "core/coverage.hpp"
#include "functions/values.hpp"

namespace pacte::functions {

namespace css = office::css;
using office::Reference;

/// What every function of the coverage is given: three ranges, recognised by
/// their headers, in a workbook that says the rest (territory, variables). In a
/// workbook that is no diagnosis, the territory is that of the EPCI of the
/// needs in the Code officiel géographique, and every need is a number of people.
struct CoverageArguments {
    Reference<css::beans::XPropertySet> document;
    Reference<css::table::XCellRange> dispositifs;
    Reference<css::table::XCellRange> besoins;
    Reference<css::table::XCellRange> thematiques;
    Any date; ///< left out: the reference date of the workbook, else today
};

[[nodiscard]] Coverage coverage_of(const CoverageArguments& arguments);

/// One measure of a cell: `besoin`, `capacité`, `taux`, `écart`, `statut`; any
/// other is a bad argument. A rate on a need of zero is `#DIV/0!`.
[[nodiscard]] Any measure_of(const CoverageCell& cell, const std::string& measure);

} // namespace pacte::functions
