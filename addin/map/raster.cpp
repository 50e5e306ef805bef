#include "map/raster.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "map/page_contours.hpp"
#include "map/viewport.hpp"

namespace pacte::map {

PanelRaster::PanelRaster(const Rectangle& panel)
    : panel_(panel), columns_(std::max(1, panel.width / cell)), rows_(std::max(1, panel.height / cell)),
      owner_(at(0, rows_), nobody), border_(at(0, rows_), 0)
{
}

void PanelRaster::add(int territory, const std::vector<Ring>& rings)
{
    const auto index = static_cast<std::size_t>(territory);
    bounds_.resize(std::max(bounds_.size(), index + 1));
    bounds_[index] = bounds_of(rings);
    fill(territory, rings);
    for (const auto& ring : rings)
        mark_borders(ring);
}

/// Even–odd by rows of cells: the abscissas where the borders cross the middle
/// of the row, in pairs.
void PanelRaster::fill(int territory, const std::vector<Ring>& rings)
{
    std::vector<std::vector<double>> crossings(static_cast<std::size_t>(rows_));
    for (const auto& ring : rings)
        for (std::size_t i = 0; i < ring.size(); ++i) {
            auto from = ring[i];
            auto to = ring[(i + 1) % ring.size()];
            if (from.y == to.y)
                continue;
            if (from.y > to.y)
                std::swap(from, to);
            const auto row_of = [&](Hundredths_mm y) {
                return static_cast<int>(std::ceil((y - panel_.y - cell / 2) / static_cast<double>(cell)));
            };
            const int last = std::min(row_of(to.y), rows_);
            for (int row = std::max(0, row_of(from.y)); row < last; ++row) {
                const double y = panel_.y + row * cell + cell / 2;
                const double share = (y - from.y) / (to.y - from.y);
                crossings[static_cast<std::size_t>(row)].push_back(from.x + share * (to.x - from.x));
            }
        }
    for (int row = 0; row < rows_; ++row) {
        auto& line = crossings[static_cast<std::size_t>(row)];
        std::sort(line.begin(), line.end());
        const auto column_of = [&](double x) {
            return std::clamp(static_cast<int>(std::ceil((x - panel_.x - cell / 2) / cell)), 0, columns_);
        };
        for (std::size_t i = 0; i + 1 < line.size(); i += 2)
            for (int column = column_of(line[i]); column < column_of(line[i + 1]); ++column)
                owner_[at(column, row)] = static_cast<std::int16_t>(territory);
    }
}

void PanelRaster::mark_borders(const Ring& ring)
{
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const auto& from = ring[i];
        const auto& to = ring[(i + 1) % ring.size()];
        const double length = std::hypot(to.x - from.x, to.y - from.y);
        const int steps = 1 + static_cast<int>(length / (cell / 2.0));
        for (int step = 0; step <= steps; ++step) {
            const double share = static_cast<double>(step) / steps;
            const int column = static_cast<int>((from.x + share * (to.x - from.x) - panel_.x) / cell);
            const int row = static_cast<int>((from.y + share * (to.y - from.y) - panel_.y) / cell);
            if (column >= 0 && row >= 0 && column < columns_ && row < rows_)
                border_[at(column, row)] = 1;
        }
    }
}

void PanelRaster::prepare()
{
    run_.assign(owner_.size(), 0);
    for (int row = 0; row < rows_; ++row)
        for (int column = columns_ - 1; column >= 0; --column) {
            const auto here = at(column, row);
            if (border_[here] != 0)
                continue;
            const bool goes_on =
                column + 1 < columns_ && border_[here + 1] == 0 && owner_[here + 1] == owner_[here];
            run_[here] = static_cast<std::int16_t>(goes_on ? run_[here + 1] + 1 : 1);
        }
    const auto width = static_cast<std::size_t>(columns_) + 1;
    occupied_.assign(width * (static_cast<std::size_t>(rows_) + 1), 0);
    for (std::size_t row = 0; row < static_cast<std::size_t>(rows_); ++row)
        for (std::size_t column = 0; column + 1 < width; ++column) {
            const auto here = row * (width - 1) + column;
            const bool occupied = border_[here] != 0 || owner_[here] != nobody;
            occupied_[(row + 1) * width + column + 1] =
                (occupied ? 1 : 0) + occupied_[row * width + column + 1] +
                occupied_[(row + 1) * width + column] - occupied_[row * width + column];
        }
}

bool PanelRaster::cells_of(const Rectangle& box, Cells& cells) const
{
    if (!contains(panel_, box))
        return false;
    cells.left = (box.x - panel_.x) / cell;
    cells.top = (box.y - panel_.y) / cell;
    cells.right = std::min((box.x + box.width - panel_.x + cell - 1) / cell, columns_);
    cells.bottom = std::min((box.y + box.height - panel_.y + cell - 1) / cell, rows_);
    return cells.left < cells.right && cells.top < cells.bottom;
}

const Rectangle& PanelRaster::bounds(int territory) const
{
    return bounds_[static_cast<std::size_t>(territory)];
}

bool PanelRaster::is_within(const Rectangle& box, int territory) const
{
    Cells cells{};
    if (!cells_of(box, cells))
        return false;
    for (int row = cells.top; row < cells.bottom; ++row) {
        const auto here = at(cells.left, row);
        if (owner_[here] != territory || run_[here] < cells.right - cells.left)
            return false;
    }
    return true;
}

bool PanelRaster::is_outside(const Rectangle& box) const
{
    Cells cells{};
    if (!cells_of(box, cells))
        return false;
    const auto sum = [&](int column, int row) {
        return occupied_[static_cast<std::size_t>(row) * (static_cast<std::size_t>(columns_) + 1) +
                         static_cast<std::size_t>(column)];
    };
    return sum(cells.right, cells.bottom) - sum(cells.left, cells.bottom) - sum(cells.right, cells.top) +
               sum(cells.left, cells.top) ==
           0;
}

std::vector<int> PanelRaster::under(const Rectangle& box) const
{
    Cells cells{};
    if (!cells_of(box, cells))
        return {nobody};
    std::set<int> owners;
    for (int row = cells.top; row < cells.bottom; ++row)
        for (int column = cells.left; column < cells.right; ++column)
            owners.insert(owner_[at(column, row)]);
    return {owners.begin(), owners.end()};
}

} // namespace pacte::map
