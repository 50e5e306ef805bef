#pragma once

#include "commands/report_sheet.hpp"
#include "core/coverage.hpp"
#include "core/source_citations.hpp"

// The generated sheets that read the coverage in several ways. Pure: from what was
// computed to what is written.

namespace pacte::commands {

/// « Besoins peu ou non couverts »: every pair by rank, with its why.
/// `sources`: of the needs, as they are cited.
[[nodiscard]] Report uncovered_report(const Coverage& coverage, const std::string& date,
                                      const std::string& sources);
/// EPCI × thématique, the status in words on its colour: it reads in grey too.
[[nodiscard]] Report matrix_report(const Coverage& coverage, const std::string& date,
                                   const std::string& sources);
/// One EPCI a row: its needs above the département's median, what covers it, what lacks.
[[nodiscard]] Report portrait_report(const Coverage& coverage, const std::vector<Variable>& variables,
                                     const pacte::Needs& needs, const SourceCitations& citations);
/// The EPCI classed by their shares. `classes`: as many as asked for.
[[nodiscard]] Report typology_report(const std::vector<Epci>& epcis, const std::vector<Variable>& variables,
                                     const pacte::Needs& needs, int classes,
                                     const SourceCitations& citations);

/// Why the figure of that EPCI (or of « ensemble ») and thématique is what it is.
[[nodiscard]] Report why_report(const CoverageInput& input, const Coverage& coverage, const std::string& epci,
                                const std::string& thematique, const SourceCitations& citations);

} // namespace pacte::commands
