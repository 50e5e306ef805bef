#include "map/places.hpp"

#include <algorithm>
#include <map>

#include "core/text.hpp"
#include "geo/projection.hpp"
#include "map/palette.hpp"
#include "map/shapes.hpp"
#include "map/wording.hpp"

namespace pacte::map {

namespace {

constexpr Hundredths_mm largest_radius = 130;
constexpr const char* no_type = "type non précisé";

std::string type_of(const Place& place)
{
    const auto words = trim(place.type);
    return words.empty() ? no_type : words;
}

} // namespace

PlacesLayer::PlacesLayer(const std::vector<Place>& places, const Sheet& sheet, int epsg)
{
    locate(places, sheet, epsg);
    sort_types();
    set_apart(sheet);
}

void PlacesLayer::locate(const std::vector<Place>& places, const Sheet& sheet, int epsg)
{
    const geo::Projection projection(epsg);
    for (const auto& place : places) {
        if (!place.point) {
            ++without_point_;
            continue;
        }
        const auto position = sheet.view().to_page(projection.forward(*place.point));
        if (contains(grown(sheet.panel(), -largest_radius), position))
            shown_.push_back({&place, position, position});
        else
            ++beyond_;
    }
}

/// The most frequent type takes the first symbol; of two alike, the first in the
/// alphabet. The rarest share the last symbol where there are too many.
void PlacesLayer::sort_types()
{
    std::map<std::string, Type> by_key;
    for (const auto& shown : shown_) {
        const auto label = type_of(*shown.place);
        auto& type = by_key[fold(label)];
        type.key = fold(label);
        if (type.label.empty())
            type.label = label;
        ++type.count;
    }
    for (auto& [key, type] : by_key)
        types_.push_back(std::move(type));
    std::stable_sort(types_.begin(), types_.end(),
                     [](const Type& a, const Type& b) { return a.count > b.count; });
    std::map<std::string, std::size_t> rank;
    for (std::size_t i = 0; i < types_.size(); ++i)
        rank[types_[i].key] = std::min(i, symbol_count - 1);
    for (auto& shown : shown_)
        shown.type = rank[fold(type_of(*shown.place))];
    if (types_.size() <= symbol_count)
        return;
    auto& rest = types_[symbol_count - 1];
    for (std::size_t i = symbol_count; i < types_.size(); ++i)
        rest.count += types_[i].count;
    rest.label = "autres types";
    types_.resize(symbol_count);
}

void PlacesLayer::set_apart(const Sheet& sheet)
{
    constexpr std::size_t too_many = 400;
    if (shown_.size() > too_many)
        return;
    auto points = sheet.capitals();
    const auto fixed = points.size();
    for (const auto& shown : shown_)
        points.push_back(shown.position);
    const auto moved = moved_apart(points, radius() * 2 + 30, grown(sheet.panel(), -largest_radius));
    for (std::size_t i = 0; i < shown_.size(); ++i) {
        shown_[i].drawn = moved[fixed + i];
        moved_ += shown_[i].drawn == shown_[i].position ? 0U : 1U;
    }
}

Hundredths_mm PlacesLayer::radius() const
{
    return shown_.size() > 150 ? 80 : shown_.size() > 60 ? 100 : largest_radius;
}

bool PlacesLayer::any_itinerant() const
{
    return std::any_of(shown_.begin(), shown_.end(),
                       [](const Shown& shown) { return shown.place->itinerant; });
}

std::string PlacesLayer::in_words(const Shown& shown) const
{
    std::string words = shown.place->name + " : " + type_of(*shown.place);
    if (shown.place->itinerant)
        words += ", itinérant";
    if (shown.place->capacity.is_known())
        words += ", capacité " + fixed_number(shown.place->capacity.value(), 0);
    return words;
}

void PlacesLayer::draw(Sheet& sheet) const
{
    for (std::size_t i = 0; i < shown_.size(); ++i) {
        const auto& place = *shown_[i].place;
        const auto id = place.id.empty() ? std::to_string(i + 1) : place.id;
        auto shape = place_sign("lieu:" + id, static_cast<Symbol>(shown_[i].type), shown_[i].drawn, radius(),
                                place.itinerant);
        shape.title = place.name;
        shape.description = in_words(shown_[i]);
        sheet.add_symbol(std::move(shape));
    }
}

LegendBlock PlacesLayer::legend() const
{
    LegendBlock block;
    block.name = "legende:lieux";
    block.title = "Lieux de l’offre";
    block.count_header = "nombre";
    for (std::size_t i = 0; i < types_.size(); ++i) {
        LegendEntry entry;
        entry.name = "legende:lieux:" + std::to_string(i + 1);
        entry.label = types_[i].label;
        entry.symbol = static_cast<Symbol>(i);
        entry.sign = LegendEntry::Sign::place;
        entry.count = types_[i].count;
        block.entries.push_back(std::move(entry));
    }
    if (any_itinerant())
        block.note = "Symbole évidé : lieu itinérant.";
    return block;
}

std::string PlacesLayer::method() const
{
    std::string words;
    if (without_point_ > 0)
        words += ' ' +
                 counted(without_point_, "lieu sans coordonnées n’est pas montré",
                         "lieux sans coordonnées ne sont pas montrés") +
                 '.';
    if (beyond_ > 0)
        words += ' ' +
                 counted(beyond_, "lieu hors du cadre n’est pas montré",
                         "lieux hors du cadre ne sont pas montrés") +
                 '.';
    if (moved_ > 0)
        words +=
            ' ' +
            counted(moved_, "symbole a été écarté de son point", "symboles ont été écartés de leur point") +
            " pour rester lisible" + (moved_ > 1 ? "s." : ".");
    return words;
}

std::size_t PlacesLayer::count_in(const PageContour& contour) const
{
    return static_cast<std::size_t>(std::count_if(shown_.begin(), shown_.end(), [&](const Shown& shown) {
        return is_inside(contour.rings, shown.position);
    }));
}

} // namespace pacte::map
