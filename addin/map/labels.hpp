#pragma once

#include <string>
#include <vector>

#include "map/drawing.hpp"
#include "map/raster.hpp"

// Placement of the names. What is guaranteed: no two names overlap, no name
// covers a symbol, a name that is not wholly in its territory has a leader line
// to it, leader lines cross neither names nor one another; the same input gives
// the same map. A name for which there is no such place is left out and said.
//
// Method: candidates (inside the territory near its label point; in the white
// around with a leader; over the neighbours with a leader; for a point, the
// eight positions of E. Imhof, « Positioning Names on Maps », 1975), then greedy
// choice, hardest name first, then local search (J. Christensen, J. Marks and
// S. Shieber, « An Empirical Study of Algorithms for Point-Feature Label
// Placement », 1995, discrete gradient descent).

namespace pacte::map {

struct LabelWish {
    std::string id;
    std::string text;
    Position anchor;                     ///< of the circle or the point; end of the leader
    int territory = PanelRaster::nobody; ///< of the raster; nobody: the name of a point
    Hundredths_mm symbol_radius = 0;     ///< of a point: the name stays clear of it
    std::vector<double> sizes_pt;        ///< the largest first
};

/// What no name may cover.
struct Obstacle {
    Rectangle box;
    bool round = false; ///< the ellipse in the box
};

struct PlacedLabel {
    std::string id;
    std::string text; ///< with its line breaks
    Rectangle box;
    double size_pt = 0.0;
    bool has_leader = false;
    Position leader_from; ///< on the border of the box
    Position leader_to;
};

struct Labelling {
    std::vector<PlacedLabel> placed;   ///< in the order of the wishes
    std::vector<std::string> left_out; ///< ids
};

[[nodiscard]] Labelling place_labels(const std::vector<LabelWish>& wishes,
                                     const std::vector<Obstacle>& obstacles, const PanelRaster& raster);

} // namespace pacte::map
