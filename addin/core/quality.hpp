#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/coverage.hpp"
#include "core/schema.hpp"
#include "core/table.hpp"

// How far what the agents wrote can be relied upon: a score out of 100 for each row
// and each table, what would raise it most, and how reliable it makes each figure of
// the coverage. The formula is Pacte's own; the cadrage (section 2.A.b) says what a
// row of the « tableau synthétique » must hold.

namespace pacte {

/// What a score is made of, each from 0 to 1:
///
/// - completeness: share of the awaited cells that are filled: the required fields and
///   those that the schema marks `expected`, but for the fields of the other parts. For
///   a table with a column a variable, those columns. Secret is filled, `nd` is not.
/// - freshness: 1 where the row was checked in the last 12 months, 0 after 36 months or
///   without a date, in a straight line between. For a variable, its millésime: 1 up to
///   3 years, 0 from 8 years on.
/// - precision of the territory: share of the names that are known × how surely the
///   capacity is located: 1 in one EPCI or where « répartition » states it, 0,75 in
///   several EPCI, 0,5 in the whole territory. For a place: 1 with its coordinates, 0,5
///   with its commune alone.
/// - capacity: 1 where it is known, 0,5 where only the file active is.
enum class QualityPart { completeness, freshness, precision, capacity };

inline constexpr std::size_t quality_part_count = 4;

/// The score is the mean of the parts that the table has, by these weights.
inline constexpr std::array<double, quality_part_count> quality_weights{40.0, 20.0, 20.0, 20.0};

/// Nothing where the table has no such part.
using QualityParts = std::array<std::optional<double>, quality_part_count>;

struct QualityGain {
    std::string what; ///< in French: `indiquer la capacité`
    double points;    ///< out of 100: what the score would gain
    int rows = 1;     ///< how many rows lack it
};

struct RowQuality {
    std::size_t row; ///< index in Table::rows
    std::string key; ///< `D-033`
    QualityParts parts;
    double score;                   ///< out of 100
    std::vector<QualityGain> gains; ///< the greatest first
};

struct TableQuality {
    std::string table;
    QualityParts parts; ///< means of the rows
    double score = 0.0; ///< mean of the rows
    std::vector<RowQuality> rows;
    std::vector<QualityGain> gains; ///< the greatest first
};

struct QualityInput {
    const TableSchema& schema;
    const Table& table;
    const Territory& territory;
    Date date; ///< reference date
};

/// Nothing where the schema awaits nothing (no field `expected`, no column a variable),
/// or where the table has no row.
[[nodiscard]] std::optional<TableQuality> quality_of(const QualityInput& input);

/// `indiquer la capacité (9 lignes, +5,3 points) ; dater la ligne…`: the first `most`
/// gains; empty where nothing is left to gain.
[[nodiscard]] std::string gains_in_words(const std::vector<QualityGain>& gains, std::size_t most);

/// How reliable a figure of the coverage is.
struct Reliability {
    Quantity share;     ///< 0 to 1; unknown where the need is not known: there is no figure
    std::string advice; ///< what would raise it most; empty where nothing would
};

/// As weak as its weakest link: the need (½ + ½ × the freshness of its variable, and of
/// its base where it is a rate) or the offer (mean of the scores of the dispositifs that
/// reach the EPCI, each weighted by the share of the population that it serves). Without
/// a dispositif, the need alone. [thématique][EPCI], as in Coverage::cells.
/// `dispositifs`: nothing where the table is empty.
[[nodiscard]] std::vector<std::vector<Reliability>>
reliabilities(const CoverageInput& input, const Coverage& coverage,
              const std::optional<TableQuality>& dispositifs);

/// Of the whole territory, thématique by thématique: the mean of the EPCI whose need is
/// known, weighted by their need; the advice names the EPCI to begin with.
[[nodiscard]] std::vector<Reliability>
total_reliabilities(const Coverage& coverage, const std::vector<std::vector<Reliability>>& of_cells);

} // namespace pacte
