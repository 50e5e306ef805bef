#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/rows.hpp"
#include "map/legend.hpp"
#include "map/sheet.hpp"
#include "map/symbols.hpp"

namespace pacte::map {

/// The places of the offer on a map: one symbol a type, moved apart where they
/// would cover one another. Those without a point and those beyond the map are
/// left out and counted.
class PlacesLayer {
public:
    PlacesLayer(const std::vector<Place>& places, const Sheet& sheet, int epsg);

    void draw(Sheet& sheet) const;
    [[nodiscard]] bool empty() const { return shown_.empty(); }
    [[nodiscard]] LegendBlock legend() const;
    /// Sentences on what was left out and moved, that follow a sentence.
    [[nodiscard]] std::string method() const;
    /// How many stand in the contour.
    [[nodiscard]] std::size_t count_in(const PageContour& contour) const;

private:
    struct Shown {
        const Place* place;
        Position position; ///< true
        Position drawn;
        std::size_t type = 0;
    };
    struct Type {
        std::string key; ///< folded
        std::string label;
        std::size_t count = 0;
    };

    void locate(const std::vector<Place>& places, const Sheet& sheet, int epsg);
    void sort_types();
    void set_apart(const Sheet& sheet);
    [[nodiscard]] Hundredths_mm radius() const;
    [[nodiscard]] bool any_itinerant() const;
    [[nodiscard]] std::string in_words(const Shown& shown) const;

    std::vector<Shown> shown_;
    std::vector<Type> types_;
    std::size_t without_point_ = 0;
    std::size_t beyond_ = 0;
    std::size_t moved_ = 0;
};

} // namespace pacte::map
