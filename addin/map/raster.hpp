#pragma once

#include <cstdint>
#include <vector>

#include "map/drawing.hpp"

namespace pacte::map {

/// The map's panel in cells of half a millimetre: which territory each one
/// belongs to, and where a border passes. Answers at once whether a box lies
/// wholly in a territory, or wholly outside all of them.
class PanelRaster {
public:
    static constexpr int nobody = -1;

    explicit PanelRaster(const Rectangle& panel);

    /// Gives the cells inside `rings` (even–odd) to `territory`, 0 or more.
    void add(int territory, const std::vector<Ring>& rings);
    /// To be called once after the last territory, before any question.
    void prepare();

    [[nodiscard]] const Rectangle& panel() const { return panel_; }
    /// The box around what was added for the territory.
    [[nodiscard]] const Rectangle& bounds(int territory) const;
    /// No border passes through the box and all of it is the territory's.
    [[nodiscard]] bool is_within(const Rectangle& box, int territory) const;
    /// The box is in the panel and touches no territory.
    [[nodiscard]] bool is_outside(const Rectangle& box) const;
    /// The territories under the box, ascending; `nobody` first where some of it
    /// is outside.
    [[nodiscard]] std::vector<int> under(const Rectangle& box) const;

private:
    static constexpr Hundredths_mm cell = 50;

    struct Cells {
        int left, top, right, bottom; ///< right and bottom excluded
    };

    [[nodiscard]] bool cells_of(const Rectangle& box, Cells& cells) const;
    [[nodiscard]] std::size_t at(int column, int row) const
    {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
               static_cast<std::size_t>(column);
    }
    void fill(int territory, const std::vector<Ring>& rings);
    void mark_borders(const Ring& ring);

    Rectangle panel_;
    std::vector<Rectangle> bounds_; ///< by territory
    int columns_;
    int rows_;
    std::vector<std::int16_t> owner_;  ///< by the centre of the cell
    std::vector<std::uint8_t> border_; ///< a border passes through the cell
    std::vector<std::int16_t>
        run_; ///< cells to the right, this one included, of the same owner without border
    std::vector<std::int32_t> occupied_; ///< summed area: cells owned or crossed by a border
};

} // namespace pacte::map
