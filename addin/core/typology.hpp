#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/quantity.hpp"

// Which EPCI are alike: a typology from several shares (cadrage, section 2.A.a:
// « panorama des différents profils de pauvreté présents dans chaque EPCI »).

namespace pacte {

struct TypologyVariable {
    std::string label;             ///< `retraités`
    std::vector<Quantity> figures; ///< by EPCI
};

/// What sets a class apart from the others.
struct Trait {
    std::size_t variable = 0;
    double class_mean = 0.0;
    double overall_mean = 0.0;
    double deviations = 0.0; ///< (class mean − overall mean) / standard deviation of all
};

struct TypologyClass {
    std::vector<std::size_t> members; ///< indexes of the EPCI, ascending
    std::vector<Trait> traits;        ///< at least half a deviation away, the greatest first
    std::string description; ///< « Au-dessus de la moyenne : retraités (41 contre 33). »: French
};

struct Typology {
    std::vector<TypologyClass> classes; ///< the most numerous first; of equal ones, that of the first EPCI
    std::vector<int> class_of;          ///< by EPCI, 0 first; −1: a figure is not known, it is not classed
    double within_share = 0.0;          ///< inertia left within the classes, a share of the whole
};

/// Classes of EPCI by k-means on the variables, each standardised (z-score), from
/// the partition of Ward's method, then moved one EPCI at a time as long as the
/// inertia falls (J. A. Hartigan, « Clustering Algorithms », 1975): nothing is
/// drawn at random, the same figures always give the same classes. An EPCI with
/// an unknown figure is not classed. Fewer distinct EPCI than classes give as many
/// classes as there are distinct ones.
///
/// Failure (bad_value): no variable, variables of different lengths, fewer than 1
/// class, no EPCI with all its figures, figures of all EPCI equal.
[[nodiscard]] Typology typology(const std::vector<TypologyVariable>& variables, int classes);

} // namespace pacte
