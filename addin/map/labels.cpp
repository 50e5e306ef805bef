#include "map/labels.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>

#include "map/text_metrics.hpp"
#include "map/viewport.hpp"

namespace pacte::map {

namespace {

// Distances in hundredths of a millimetre, costs in millimetres of displacement.
constexpr Hundredths_mm margin_to_border = 40;
constexpr Hundredths_mm margin_between = 60;
constexpr Hundredths_mm margin_to_obstacle = 30;
constexpr Hundredths_mm shortest_leader = 250;
constexpr double cost_per_point_of_size = 3.0;
constexpr double cost_across_border = 4.0;
constexpr double cost_outside = 40.0;
constexpr double cost_over_neighbours = 90.0;
constexpr double cost_of_conflict = 1000.0;

/// A text broken into lines, at one size.
struct Block {
    std::string text;
    double size_pt = 0.0;
    TextSize size;
    double cost = 0.0;
};

struct Candidate {
    std::size_t block = 0; ///< index in the blocks of its name
    Rectangle box;
    double cost = 0.0;
    bool has_leader = false;
    Position leader_from;
    Position leader_to;
};

struct Name {
    std::vector<Block> blocks;
    std::vector<Candidate> candidates; ///< cheapest first
};

double distance_mm(const Position& a, const Position& b) { return std::hypot(a.x - b.x, a.y - b.y) / 100.0; }

Position nearest_on(const Rectangle& box, const Position& point)
{
    return {std::clamp(point.x, box.x, box.x + box.width), std::clamp(point.y, box.y, box.y + box.height)};
}

/// Liang and Barsky 1984: what of the segment is within the box, if anything.
bool crosses(const Position& from, const Position& to, const Rectangle& box)
{
    double enter = 0.0;
    double leave = 1.0;
    const auto clip = [&](double direction, double room) {
        if (direction == 0.0)
            return room >= 0.0;
        const double at = room / direction;
        (direction < 0.0 ? enter : leave) = direction < 0.0 ? std::max(enter, at) : std::min(leave, at);
        return enter <= leave;
    };
    const double dx = to.x - from.x;
    const double dy = to.y - from.y;
    return clip(-dx, from.x - box.x) && clip(dx, box.x + box.width - from.x) && clip(-dy, from.y - box.y) &&
           clip(dy, box.y + box.height - from.y);
}

bool cross(const Position& a, const Position& b, const Position& c, const Position& d)
{
    const auto side = [](const Position& p, const Position& q, const Position& r) {
        const auto turn = static_cast<std::int64_t>(q.x - p.x) * (r.y - p.y) -
                          static_cast<std::int64_t>(q.y - p.y) * (r.x - p.x);
        return turn > 0 ? 1 : turn < 0 ? -1 : 0;
    };
    return side(a, b, c) * side(a, b, d) <= 0 && side(c, d, a) * side(c, d, b) <= 0;
}

bool covers(const Obstacle& obstacle, const Rectangle& box)
{
    if (!overlap(obstacle.box, box))
        return false;
    if (!obstacle.round)
        return true;
    const auto centre = centre_of(obstacle.box);
    const auto nearest = nearest_on(box, centre);
    const double rx = std::max(1, obstacle.box.width) / 2.0;
    const double ry = std::max(1, obstacle.box.height) / 2.0;
    return std::hypot((nearest.x - centre.x) / rx, (nearest.y - centre.y) / ry) < 1.0;
}

bool in_conflict(const Candidate& a, const Candidate& b)
{
    if (overlap(grown(a.box, margin_between), b.box))
        return true;
    if (a.has_leader && crosses(a.leader_from, a.leader_to, grown(b.box, margin_to_obstacle)))
        return true;
    if (b.has_leader && crosses(b.leader_from, b.leader_to, grown(a.box, margin_to_obstacle)))
        return true;
    return a.has_leader && b.has_leader && cross(a.leader_from, a.leader_to, b.leader_from, b.leader_to);
}

Hundredths_mm shortest_line(std::string_view text, double size_pt)
{
    auto shortest = text_width(text, size_pt);
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        shortest = std::min(shortest, text_width(text.substr(0, end), size_pt));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return shortest;
}

/// Every size, on 1, 2 and 3 lines; writings that come out alike only once.
std::vector<Block> blocks_of(const LabelWish& wish, int most_lines)
{
    std::vector<Block> blocks;
    for (const double size_pt : wish.sizes_pt) {
        std::string previous;
        for (int lines = 1; lines <= most_lines; ++lines) {
            auto text = balance(wish.text, lines, size_pt);
            if (text == previous || text.empty())
                continue;
            previous = text;
            const auto size = text_size(text, size_pt);
            const bool word_alone = shortest_line(text, size_pt) * 4 < size.width;
            const double cost = cost_per_point_of_size * (wish.sizes_pt.front() - size_pt) +
                                (lines == 1   ? 0.3
                                 : lines == 2 ? 0.0
                                              : 1.5) +
                                (word_alone ? 4.0 : 0.0) +
                                // a line longer than 32 mm is no longer read at a glance
                                std::max(0.0, (size.width - 3200) / 100.0);
            blocks.push_back({std::move(text), size_pt, size, cost});
        }
    }
    return blocks;
}

/// Looks for the places of one name.
class Search {
public:
    Search(const LabelWish& wish, const std::vector<Obstacle>& obstacles, const PanelRaster& raster)
        : wish_(wish), obstacles_(obstacles), raster_(raster)
    {
    }

    Name run()
    {
        constexpr std::size_t enough_inside = 6;
        const bool is_point = wish_.territory == PanelRaster::nobody;
        name_.blocks = blocks_of(wish_, is_point ? 1 : 3);
        if (is_point)
            around_point();
        else
            within_territory();
        const bool has_a_place = !name_.candidates.empty();
        if (name_.candidates.size() < enough_inside)
            in_the_white();
        if (!has_a_place)
            over_neighbours();
        std::stable_sort(name_.candidates.begin(), name_.candidates.end(), cheaper);
        return std::move(name_);
    }

private:
    static bool cheaper(const Candidate& a, const Candidate& b) { return a.cost < b.cost; }

    /// Imhof's order: above right first, then below right, left, above, below.
    void around_point()
    {
        static constexpr std::array<std::array<int, 2>, 8> positions = {
            {{1, -1}, {1, 1}, {1, 0}, {-1, -1}, {-1, 1}, {-1, 0}, {0, -1}, {0, 1}}};
        constexpr Hundredths_mm gap = 50;
        for (std::size_t b = 0; b < name_.blocks.size(); ++b) {
            const auto& size = name_.blocks[b].size;
            for (std::size_t i = 0; i < positions.size(); ++i) {
                const auto [to_right, to_bottom] = positions[i];
                const auto shift = wish_.symbol_radius + gap;
                const bool beside = to_right != 0;
                // beside the point, « above » means that the line stands a little higher
                const auto lift = beside ? size.height / 3 : shift + size.height / 2;
                const Position centre{wish_.anchor.x + to_right * (shift + size.width / 2),
                                      wish_.anchor.y + to_bottom * lift};
                Candidate candidate;
                candidate.block = b;
                candidate.box = around(centre, size.width / 2, size.height / 2);
                candidate.cost = name_.blocks[b].cost + static_cast<double>(i);
                if (!contains(raster_.panel(), candidate.box) || !is_free(candidate.box))
                    continue;
                candidate.cost += raster_.under(candidate.box).size() > 1 ? cost_across_border : 0.0;
                name_.candidates.push_back(candidate);
            }
        }
    }

    /// First a coarse look, so that the fine one need not go farther than what
    /// could still be chosen.
    void within_territory()
    {
        constexpr Hundredths_mm coarse = 300;
        constexpr Hundredths_mm fine = 100;
        constexpr double worth_keeping = 10.0;
        double dearest = std::numeric_limits<double>::max();
        for (const auto& candidate : inside(coarse, dearest))
            if (candidate.cost + worth_keeping < dearest && is_free(candidate.box))
                dearest = candidate.cost + worth_keeping;
        keep(inside(fine, dearest), 30, 200);
    }

    [[nodiscard]] std::vector<Candidate> inside(Hundredths_mm step, double dearest) const
    {
        std::vector<Candidate> found;
        const auto& bounds = raster_.bounds(wish_.territory);
        for (std::size_t b = 0; b < name_.blocks.size(); ++b) {
            const double room_mm = dearest - name_.blocks[b].cost;
            if (room_mm <= 0.0)
                continue;
            const auto reach = static_cast<Hundredths_mm>(std::min(room_mm, 100.0) * 100.0);
            scan(b, step, reach, bounds, [&](Candidate candidate) {
                candidate.cost += distance_mm(centre_of(candidate.box), wish_.anchor);
                if (candidate.cost < dearest &&
                    raster_.is_within(grown(candidate.box, margin_to_border), wish_.territory))
                    found.push_back(candidate);
            });
        }
        return found;
    }

    /// Away from its territory a name is neither large nor tiny.
    [[nodiscard]] bool is_size_for_outside(const Block& block) const
    {
        const auto& sizes = wish_.sizes_pt;
        return block.size_pt == sizes[std::min<std::size_t>(1, sizes.size() - 1)] ||
               block.size_pt == sizes[std::min<std::size_t>(3, sizes.size() - 1)];
    }

    void in_the_white()
    {
        constexpr Hundredths_mm step = 300;
        constexpr Hundredths_mm reach = 7000;
        std::vector<Candidate> found;
        for (std::size_t b = 0; b < name_.blocks.size(); ++b)
            if (is_size_for_outside(name_.blocks[b]))
                scan(b, step, reach, raster_.panel(), [&](Candidate candidate) {
                    if (!raster_.is_outside(grown(candidate.box, margin_between)))
                        return;
                    candidate.cost += cost_outside + add_leader(candidate);
                    found.push_back(candidate);
                });
        keep(std::move(found), 40, 500);
    }

    void over_neighbours()
    {
        constexpr Hundredths_mm step = 200;
        constexpr Hundredths_mm reach = 3000;
        std::vector<Candidate> found;
        for (std::size_t b = 0; b < name_.blocks.size(); ++b)
            if (is_size_for_outside(name_.blocks[b]))
                scan(b, step, reach, raster_.panel(), [&](Candidate candidate) {
                    const double length = add_leader(candidate);
                    if (length * 100.0 < shortest_leader + wish_.symbol_radius)
                        return;
                    candidate.cost += cost_over_neighbours + length;
                    found.push_back(candidate);
                });
        keep(std::move(found), 20, 300);
    }

    /// Boxes of that block within `frame` whose centre is at most `reach` from
    /// the anchor in each direction.
    template <class Visit>
    void scan(std::size_t block, Hundredths_mm step, Hundredths_mm reach, const Rectangle& frame,
              Visit visit) const
    {
        const auto& size = name_.blocks[block].size;
        const auto first = [&](Hundredths_mm anchor, Hundredths_mm length, Hundredths_mm low) {
            const auto wanted = anchor - length / 2;
            return wanted - std::min(reach, wanted - low) / step * step;
        };
        const auto last = [&](Hundredths_mm anchor, Hundredths_mm length, Hundredths_mm high) {
            return std::min(anchor + reach - length / 2, high - length);
        };
        const auto right = last(wish_.anchor.x, size.width, frame.x + frame.width);
        const auto bottom = last(wish_.anchor.y, size.height, frame.y + frame.height);
        Candidate candidate;
        candidate.block = block;
        candidate.cost = name_.blocks[block].cost;
        for (auto y = first(wish_.anchor.y, size.height, frame.y); y <= bottom; y += step)
            for (auto x = first(wish_.anchor.x, size.width, frame.x); x <= right; x += step) {
                candidate.box = {x, y, size.width, size.height};
                if (contains(frame, candidate.box))
                    visit(candidate);
            }
    }

    /// Its length in millimetres.
    double add_leader(Candidate& candidate) const
    {
        candidate.has_leader = true;
        candidate.leader_from = nearest_on(grown(candidate.box, margin_to_obstacle), wish_.anchor);
        candidate.leader_to = wish_.anchor;
        return distance_mm(candidate.leader_from, candidate.leader_to);
    }

    /// The cheapest free ones, at least `apart` from one another.
    void keep(std::vector<Candidate> found, std::size_t count, Hundredths_mm apart)
    {
        std::vector<std::pair<double, std::size_t>> order; // much lighter to sort
        for (std::size_t i = 0; i < found.size(); ++i)
            order.emplace_back(found[i].cost, i);
        std::sort(order.begin(), order.end());
        std::vector<Candidate> kept;
        for (const auto& [cost, index] : order) {
            const auto& candidate = found[index];
            if (kept.size() == count)
                break;
            const auto centre = centre_of(candidate.box);
            const bool near_another = std::any_of(kept.begin(), kept.end(), [&](const Candidate& other) {
                const auto there = centre_of(other.box);
                return std::abs(centre.x - there.x) < apart && std::abs(centre.y - there.y) < apart;
            });
            if (!near_another && is_free(candidate.box))
                kept.push_back(candidate);
        }
        name_.candidates.insert(name_.candidates.end(), kept.begin(), kept.end());
    }

    [[nodiscard]] bool is_free(const Rectangle& box) const
    {
        const auto with_margin = grown(box, margin_to_obstacle);
        return std::none_of(obstacles_.begin(), obstacles_.end(),
                            [&](const Obstacle& obstacle) { return covers(obstacle, with_margin); });
    }

    const LabelWish& wish_;
    const std::vector<Obstacle>& obstacles_;
    const PanelRaster& raster_;
    Name name_;
};

/// Chooses one candidate a name.
class Choice {
public:
    explicit Choice(const std::vector<Name>& names) : names_(names), chosen_(names.size()) {}

    std::vector<std::optional<std::size_t>> run()
    {
        constexpr int most_passes = 12;
        const auto order = hardest_first();
        for (const auto name : order)
            chosen_[name] = best_of(name);
        for (int pass = 0; pass < most_passes && improve(order); ++pass) {
        }
        drop_conflicts();
        put_back(order);
        return chosen_;
    }

private:
    [[nodiscard]] std::vector<std::size_t> hardest_first() const
    {
        std::vector<std::size_t> order(names_.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        const auto ease = [this](std::size_t name) {
            const auto& candidates = names_[name].candidates;
            return candidates.empty() ? 0.0 : candidates.front().cost;
        };
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return ease(a) > ease(b); });
        return order;
    }

    [[nodiscard]] int conflicts(std::size_t name, const Candidate& candidate) const
    {
        int count = 0;
        for (std::size_t other = 0; other < names_.size(); ++other)
            if (other != name && chosen_[other])
                count += in_conflict(candidate, names_[other].candidates[*chosen_[other]]) ? 1 : 0;
        return count;
    }

    [[nodiscard]] std::optional<std::size_t> best_of(std::size_t name) const
    {
        std::optional<std::size_t> best;
        double best_cost = 0.0;
        const auto& candidates = names_[name].candidates;
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            if (best && candidates[i].cost >= best_cost)
                break; // the others are dearer still
            const double cost = candidates[i].cost + cost_of_conflict * conflicts(name, candidates[i]);
            if (!best || cost < best_cost) {
                best = i;
                best_cost = cost;
            }
        }
        return best;
    }

    bool improve(const std::vector<std::size_t>& order)
    {
        bool changed = false;
        for (const auto name : order) {
            const auto best = best_of(name);
            changed = changed || best != chosen_[name];
            chosen_[name] = best;
        }
        return changed;
    }

    /// The name with the most conflicts goes, until there is none; of two alike,
    /// the later one.
    void drop_conflicts()
    {
        for (;;) {
            std::optional<std::size_t> worst;
            int most = 0;
            for (std::size_t name = 0; name < names_.size(); ++name) {
                if (!chosen_[name])
                    continue;
                const int count = conflicts(name, names_[name].candidates[*chosen_[name]]);
                if (count > 0 && count >= most) {
                    most = count;
                    worst = name;
                }
            }
            if (!worst)
                return;
            chosen_[*worst].reset();
        }
    }

    void put_back(const std::vector<std::size_t>& order)
    {
        for (const auto name : order) {
            const auto& candidates = names_[name].candidates;
            for (std::size_t i = 0; i < candidates.size() && !chosen_[name]; ++i)
                if (conflicts(name, candidates[i]) == 0)
                    chosen_[name] = i;
        }
    }

    const std::vector<Name>& names_;
    std::vector<std::optional<std::size_t>> chosen_;
};

PlacedLabel placed(const LabelWish& wish, const Name& name, const Candidate& candidate)
{
    const auto& block = name.blocks[candidate.block];
    PlacedLabel label;
    label.id = wish.id;
    label.text = block.text;
    label.box = candidate.box;
    label.size_pt = block.size_pt;
    label.has_leader = candidate.has_leader;
    label.leader_from = candidate.leader_from;
    label.leader_to = candidate.leader_to;
    return label;
}

} // namespace

Labelling place_labels(const std::vector<LabelWish>& wishes, const std::vector<Obstacle>& obstacles,
                       const PanelRaster& raster)
{
    std::vector<Name> names;
    for (const auto& wish : wishes)
        names.push_back(Search(wish, obstacles, raster).run());
    const auto chosen = Choice(names).run();
    Labelling labelling;
    for (std::size_t i = 0; i < wishes.size(); ++i) {
        if (chosen[i])
            labelling.placed.push_back(placed(wishes[i], names[i], names[i].candidates[*chosen[i]]));
        else
            labelling.left_out.push_back(wishes[i].id);
    }
    return labelling;
}

} // namespace pacte::map
