#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/need_layout.hpp"
#include "core/table.hpp"

// The figures of a file, brought to the EPCI of a diagnosis.

namespace pacte {

/// The EPCI that a diagnosis retains, with their members in the year of the file.
struct NeedTerritory {
    std::map<std::string, std::string> epcis;   ///< SIREN → name
    std::map<std::string, std::string> epci_of; ///< code INSEE → SIREN, of those EPCI
    std::map<std::string, double> inhabitants;  ///< by code INSEE, where they are known
    std::map<std::string, std::string>
        successor_epci;     ///< SIREN of a former EPCI → the retained one that took its place
    std::string membership; ///< `communes membres au 1er janvier 2021`
};

/// A line of the file that was not used as it stands, and why.
struct Refusal {
    std::string place;  ///< file, sheet, line, column
    std::string value;  ///< as the file has it
    std::string reason; ///< a French sentence
    std::string advice; ///< what to do; may be empty
};

struct NeedFigure {
    Cell value; ///< a number, the producer's mark, or blank
    std::string
        note; ///< « Total partiel : 3 communes inconnues sur 60… »; empty where there is nothing to say
    bool partial = false;
};

struct NeedResult {
    NeedColumn column;
    std::string refused;                       ///< why it cannot be brought to the EPCI; empty: it was
    std::map<std::string, NeedFigure> figures; ///< by SIREN
};

struct NeedImport {
    std::vector<NeedResult> results; ///< of the wanted columns
    std::size_t rows_read = 0;
    std::size_t rows_matched = 0; ///< of the territory
    std::size_t rows_outside = 0; ///< of other territories
    std::size_t rows_of_other_years = 0;
    std::size_t rows_refused = 0;
    std::vector<Refusal> refusals;
    std::vector<std::string> missing; ///< codes of the territory that the file lacks: EPCI, or communes
};

/// Called with a share (0 to 1); returns false to stop.
using ImportProgress = std::function<bool(double)>;

/// From EPCI: each figure as it is. From communes or IRIS: counts are added; a rate
/// is averaged with its base as weight; a median, an index, a class is refused.
/// What is missing among the members is counted and said. A rate whose known
/// members bear less than half of its base is not known (the rule of
/// PACTE.INDICE). Throws Failure: bad_file (départements: they cannot be shared
/// out; no line of the territory), cancelled.
[[nodiscard]] NeedImport import_needs(const SourceFile& file, const NeedLayout& layout,
                                      const NeedTerritory& territory, const Cog& cog,
                                      const ImportProgress& progress = {});

} // namespace pacte
