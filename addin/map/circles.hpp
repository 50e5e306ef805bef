#pragma once

#include <vector>

#include "map/drawing.hpp"

namespace pacte::map {

/// Circles whose area is proportional to a value (a count is shown by nothing
/// else).
class CircleScale {
public:
    /// The greatest value gets `largest_radius`, or less where the circles
    /// together would cover more than `most_area` (square hundredths of a
    /// millimetre).
    CircleScale(const std::vector<double>& values, Hundredths_mm largest_radius, double most_area);

    /// 0 for a value that is 0; at least 0.5 mm for any other.
    [[nodiscard]] Hundredths_mm radius(double value) const;
    [[nodiscard]] double greatest() const { return greatest_; }

    /// Three round values at most, descending, for the nested circles of the
    /// legend: about the greatest, its third and its tenth.
    [[nodiscard]] std::vector<double> legend_values() const;

private:
    double greatest_ = 0.0;
    double area_per_unit_ = 0.0; ///< of r², in square hundredths of a millimetre
};

} // namespace pacte::map
