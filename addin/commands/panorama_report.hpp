#pragma once

#include "commands/report_sheet.hpp"
#include "core/coverage.hpp"
#include "core/source_citations.hpp"

namespace pacte::commands {

/// « Profils et facteurs »: the two panoramas of the cadrage (section 2.A.a), every
/// variable of the families « profil de pauvreté » and « facteur aggravant » by EPCI, a
/// count for 1,000 inhabitants; the least favourable quarter of the EPCI is marked. Each
/// family ends with a composite index. Pure.
[[nodiscard]] Report panorama_report(const Territory& territory, const std::vector<Variable>& variables,
                                     const pacte::Needs& needs, const SourceCitations& citations);

} // namespace pacte::commands
