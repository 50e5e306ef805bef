#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "map/drawing.hpp"
#include "map/frame.hpp"
#include "map/labels.hpp"
#include "map/legend.hpp"
#include "map/maps.hpp"
#include "map/page_contours.hpp"
#include "map/viewport.hpp"

namespace pacte::map {

/// An EPCI of the map: of the figures, of the contours, or of both.
struct MapRow {
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    std::string code;
    std::string name;
    std::size_t figure = none;  ///< index in the figures given
    std::size_t contour = none; ///< index in ContourLayer::epcis
};

struct CodeAndName {
    std::string code;
    std::string name;
};

/// The figures in their order, then the contours that no figure names. Joined on
/// the code, never on the name; of two contours of one code the first counts.
[[nodiscard]] std::vector<MapRow> join(const std::vector<CodeAndName>& figures,
                                       const geo::ContourLayer& contours);

/// A circle proportional to a value, at the label point of an EPCI.
struct CircleWish {
    std::size_t row = 0;
    Hundredths_mm radius = 0;
    CircleStyle style = CircleStyle::offer;
    std::string description;
};

/// One map page while it is composed: the surfaces are painted, then symbols are
/// laid over them, and `finish` places the names around what is there.
class Sheet {
public:
    /// Throws Failure (bad_value) where there are no contours to draw.
    Sheet(const MapFrame& frame, const std::vector<CodeAndName>& figures);

    [[nodiscard]] const std::vector<MapRow>& rows() const { return rows_; }
    [[nodiscard]] const Viewport& view() const { return view_; }
    [[nodiscard]] const Rectangle& panel() const { return header_.layout.map; }
    /// Null where the EPCI has no contour.
    [[nodiscard]] const PageContour* contour(const MapRow& row) const;
    /// Surface of the territory on the page, square hundredths of a millimetre.
    [[nodiscard]] double surface() const;

    /// `description`: the figure in words, the name left out.
    void paint(std::size_t row, const Fill& fill, const std::string& description);
    /// The greatest will lie under the others.
    void add_circles(const std::vector<CircleWish>& circles);
    /// Positions of the chefs-lieux that the map shows: places stand beside them.
    [[nodiscard]] const std::vector<Position>& capitals() const { return capital_positions_; }
    void add_symbol(Shape symbol);

    /// The whole drawing; `method`: sentences on how the figures are shown.
    [[nodiscard]] Drawing finish(std::vector<LegendBlock> legend, std::string method,
                                 std::vector<std::string> figure_headers, std::vector<FigureRow> figures);

private:
    [[nodiscard]] std::vector<Shape> neighbours() const;
    void locate_capitals();
    [[nodiscard]] PanelRaster raster() const;
    [[nodiscard]] std::vector<LabelWish> label_wishes() const;
    [[nodiscard]] std::vector<Obstacle> obstacles() const;
    void add_labels(std::vector<Shape>& shapes, const Labelling& labelling, const PanelRaster& raster) const;
    [[nodiscard]] TextStyle label_style(const PlacedLabel& label, const PanelRaster& raster, Fill& box) const;
    [[nodiscard]] std::string what_is_missing(const Labelling& labelling) const;

    const MapFrame& frame_;
    std::vector<MapRow> rows_;
    Header header_;
    Viewport view_;
    std::vector<PageContour> contours_; ///< as in the layer
    std::vector<Fill> fills_;           ///< of each contour
    std::vector<Shape> surfaces_;
    std::vector<Shape> circles_;
    std::vector<Shape> symbols_;
    std::vector<const Commune*> capitals_;
    std::vector<Position> capital_positions_;
};

} // namespace pacte::map
