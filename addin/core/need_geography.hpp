#pragma once

#include "core/cog_years.hpp"
#include "core/need_figures.hpp"

// In which year's communes and EPCI a file of needs is written, and the territory of a
// diagnosis in that year.

namespace pacte {

/// What the file says of it, by a word for geography and the year after it in the titles
/// or the header of the codes (« Géographie au 01/01/2023 », « CODGEO_2022 »); 0: nothing.
[[nodiscard]] int stated_geography(const SourceFile& file, const NeedLayout& layout);

/// Sets the layout's year of geography: the one that its codes belong to
/// (CogYears::year_of); where several years have them, the one that the file states, else the
/// nearest to what it is about. Remarks codes that no year of `years` has: of before, they
/// count in the commune that took their place.
void find_geography(const SourceFile& file, NeedLayout& layout, const CogYears& years);

/// The COG of that year, the latest one where it is not there.
[[nodiscard]] const Cog& cog_of(const CogYears& years, int year);

/// The same territory with the members and the inhabitants of that year. An EPCI that
/// did not exist then keeps its perimeter, told in the communes of then. Unchanged for a
/// year that is not there.
[[nodiscard]] NeedTerritory territory_in(NeedTerritory territory, const CogYears& years, int year);

/// Adds the EPCI that are no more, and the retained ones in which most of their
/// inhabitants live now.
void add_former_epcis(NeedTerritory& territory, const CogYears& years);

} // namespace pacte
