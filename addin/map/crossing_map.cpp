#include "map/maps.hpp"

#include <algorithm>

#include "map/classification.hpp"
#include "map/figures.hpp"
#include "map/places.hpp"
#include "map/proportional.hpp"
#include "map/sheet.hpp"
#include "map/wording.hpp"

namespace pacte::map {

namespace {

constexpr const char* people_a_year = "personnes par an";
constexpr const char* capacity_title = "Capacité des dispositifs";
constexpr ProportionalCircles::Limits over_classes{650, 0.10};
constexpr ProportionalCircles::Limits over_land{1000, 0.18};

std::vector<Quantity> capacities_by_row(const CrossingMap& map, const std::vector<MapRow>& rows)
{
    std::vector<Quantity> capacities;
    for (const auto& row : rows) {
        const auto found = std::find_if(map.capacities.begin(), map.capacities.end(),
                                        [&](const EpciFigure& figure) { return figure.code == row.code; });
        capacities.push_back(found == map.capacities.end() ? Quantity::unknown() : found->value);
    }
    return capacities;
}

/// A crossing while it is composed: the need is drawn first, then the offer.
class Crossing {
public:
    explicit Crossing(const CrossingMap& map)
        : map_(map), sheet_(map.frame, codes_and_names(map.figures)),
          needs_(values_by_row(sheet_.rows(), map.figures)),
          capacities_(capacities_by_row(map, sheet_.rows())),
          places_(map.places, sheet_, map.frame.contours->epsg)
    {
        for (const auto& row : sheet_.rows())
            figures_.push_back({row.code, row.name, {}});
    }

    Drawing run()
    {
        if (is_count(map_.variable))
            need_as_circles();
        else
            need_as_classes();
        if (!map_.places.empty())
            add_places();
        return sheet_.finish(std::move(legend_), std::move(method_), std::move(headers_),
                             std::move(figures_));
    }

private:
    template <class Text>
    void add_column(const std::string& header, Text text_of_row)
    {
        headers_.push_back(header);
        for (std::size_t i = 0; i < figures_.size(); ++i)
            figures_[i].values.push_back(text_of_row(i));
    }

    void need_as_classes()
    {
        const Classification classes(needs_, map_.variable, map_.classes);
        paint_classes(sheet_, classes, map_.variable, needs_);
        legend_.push_back(classes.legend());
        method_ = classes.method() + '.' + missing_in_words(needs_);
        add_column(column_title(map_.variable),
                   [&](std::size_t i) { return classes.value_in_words(needs_[i]); });
        add_column("Classe", [&](std::size_t i) { return classes.bounds_in_words(needs_[i]); });
        if (map_.capacities.empty())
            return;
        const ProportionalCircles circles(capacities_, sheet_.surface(), over_classes);
        circles.draw(sheet_, "capacité", people_a_year);
        legend_.push_back(circles.legend_over("legende:capacite", capacity_title, people_a_year));
        say_circles();
        add_capacity_column(circles);
    }

    /// A count is never a choropleth: need and capacity are circles of one scale.
    void need_as_circles()
    {
        auto all = known_values(needs_);
        const auto offered = known_values(capacities_);
        all.insert(all.end(), offered.begin(), offered.end());
        const CircleScale scale(all, over_land.largest_radius,
                                sheet_.surface() * over_land.share_of_surface * 2.0);
        const auto unit = unit_of(map_.variable);
        const ProportionalCircles needed(needs_, scale, CircleStyle::need);
        needed.draw(sheet_, lower_first(map_.variable.label), unit);
        for (std::size_t i = 0; i < needs_.size(); ++i)
            sheet_.paint(i, needed.land(needs_[i]),
                         lower_first(map_.variable.label) + ' ' + needed.in_words(needs_[i], unit));
        legend_.push_back(needed.legend_on_land("legende:besoin", map_.variable.label, unit));
        method_ = missing_in_words(needs_);
        say_circles();
        add_column(column_title(map_.variable),
                   [&](std::size_t i) { return needed.in_words(needs_[i], {}); });
        if (map_.capacities.empty())
            return;
        const ProportionalCircles offer(capacities_, scale, CircleStyle::offer);
        offer.draw(sheet_, "capacité", people_a_year);
        auto block = offer.legend_over("legende:capacite", {}, people_a_year);
        block.circles.clear();
        LegendEntry entry;
        entry.name = "legende:capacite:cercle";
        entry.label = std::string(capacity_title) + " (même échelle)";
        entry.sign = LegendEntry::Sign::circle;
        block.entries.push_back(std::move(entry));
        legend_.push_back(std::move(block));
        add_capacity_column(offer);
    }

    void say_circles() { method_ += " La surface des cercles est proportionnelle à la valeur."; }

    void add_capacity_column(const ProportionalCircles& circles)
    {
        add_column("Capacité (personnes par an)",
                   [&](std::size_t i) { return circles.in_words(capacities_[i], {}); });
    }

    void add_places()
    {
        places_.draw(sheet_);
        if (!places_.empty())
            legend_.push_back(places_.legend());
        method_ += places_.method();
        add_column("Lieux", [&](std::size_t i) {
            const auto* contour = sheet_.contour(sheet_.rows()[i]);
            return contour == nullptr ? std::string{}
                                      : fixed_number(static_cast<double>(places_.count_in(*contour)), 0);
        });
    }

    const CrossingMap& map_;
    Sheet sheet_;
    std::vector<Quantity> needs_;
    std::vector<Quantity> capacities_;
    PlacesLayer places_;
    std::vector<LegendBlock> legend_;
    std::string method_;
    std::vector<std::string> headers_;
    std::vector<FigureRow> figures_;
};

} // namespace

Drawing draw(const CrossingMap& map) { return Crossing(map).run(); }

} // namespace pacte::map
