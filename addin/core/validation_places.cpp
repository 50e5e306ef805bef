#include <cmath>
#include <numbers>

#include "core/identifiers.hpp"
#include "core/text.hpp"
#include "core/validation_sheet.hpp"

// The places of the offer: where they stand, and the dispositif they belong to.

namespace pacte {

namespace {

/// A commune is rarely wider than that.
constexpr double farthest_km = 25.0;

/// The boxes of latitude and longitude of the territories of France.
struct Box {
    double south, north, west, east;

    [[nodiscard]] bool holds(double latitude, double longitude) const
    {
        return latitude >= south && latitude <= north && longitude >= west && longitude <= east;
    }
};

constexpr Box boxes[] = {
    {41.2, 51.2, -5.3, 9.7},    // mainland and Corsica
    {15.7, 18.2, -63.3, -60.9}, // Guadeloupe, Saint-Martin, Saint-Barthélemy
    {14.3, 15.0, -61.3, -60.7}, // Martinique
    {2.0, 6.0, -54.7, -51.5},   // Guyane
    {-21.5, -20.8, 55.1, 55.9}, // La Réunion
    {-13.1, -12.6, 44.9, 45.4}, // Mayotte
    {46.7, 47.2, -56.5, -56.1}, // Saint-Pierre-et-Miquelon
};

bool is_in_france(double latitude, double longitude)
{
    for (const auto& box : boxes)
        if (box.holds(latitude, longitude))
            return true;
    return false;
}

/// Great circle on a sphere: enough to tell a commune from another.
double distance_km(LatLon a, LatLon b)
{
    constexpr double radius_km = 6371.0;
    constexpr double radians = std::numbers::pi / 180.0;
    const double dx =
        (b.longitude - a.longitude) * radians * std::cos((a.latitude + b.latitude) / 2.0 * radians);
    const double dy = (b.latitude - a.latitude) * radians;
    return radius_km * std::hypot(dx, dy);
}

std::string degrees(double value) { return french_number(value, 5); }

class PlaceCheck {
public:
    PlaceCheck(Examination& examination, Sheet& sheet) : cog_(examination.input().cog), sheet_(sheet)
    {
        for (const auto& commune : examination.read("communes", read_communes))
            if (commune.point)
                points_.emplace(commune.code, *commune.point);
        knows_communes_ = examination.find("communes") != nullptr;
        if (const auto* dispositifs = examination.find("dispositifs"))
            for (const auto row : dispositifs->keyed_rows())
                thematiques_.emplace(code_key(dispositifs->code(row, "id")),
                                     dispositifs->code(row, "thematique"));
    }

    void run()
    {
        for (const auto row : sheet_.keyed_rows()) {
            check_point(row);
            check_dispositif(row);
        }
    }

private:
    [[nodiscard]] std::string title(const char* field) const { return sheet_.schema().find(field)->title; }
    [[nodiscard]] int column(const char* field) const { return sheet_.columns().index(field); }

    [[nodiscard]] bool is_blank_at(std::size_t row, const char* field) const
    {
        return sheet_.quantity(row, field) == Quantity::unknown() && sheet_.is_sound(row, column(field));
    }

    void check_point(std::size_t row)
    {
        const auto latitude = sheet_.figure(row, "latitude");
        const auto longitude = sheet_.figure(row, "longitude");
        if (latitude && longitude)
            check_place(row, {*latitude, *longitude});
        else if (latitude && is_blank_at(row, "longitude") && column("longitude") >= 0)
            sheet_.report_cell(Rule::half_a_point, row, column("longitude"),
                               {title("latitude"), title("longitude")});
        else if (longitude && is_blank_at(row, "latitude") && column("latitude") >= 0)
            sheet_.report_cell(Rule::half_a_point, row, column("latitude"),
                               {title("longitude"), title("latitude")});
        else if (is_blank_at(row, "latitude") && is_blank_at(row, "longitude") && !has_commune_point(row))
            sheet_.report_cell(Rule::place_without_point, row, column("code_insee"), {});
    }

    /// Also where nothing can be said: no table of communes, a code at fault.
    [[nodiscard]] bool has_commune_point(std::size_t row) const
    {
        const auto code = read_code(sheet_.cell(row, "code_insee"), insee_length);
        return !knows_communes_ || cog_ == nullptr || code.empty() ||
               !sheet_.is_sound(row, column("code_insee")) || commune_point(code).has_value();
    }

    [[nodiscard]] std::optional<LatLon> commune_point(const std::string& code) const
    {
        if (const auto found = points_.find(code); found != points_.end())
            return found->second;
        const auto* commune = cog_ != nullptr ? cog_->commune(code) : nullptr;
        return commune != nullptr ? commune->point : std::nullopt;
    }

    void check_place(std::size_t row, LatLon place)
    {
        if (!is_in_france(place.latitude, place.longitude)) {
            report_outside(row, place);
            return;
        }
        const auto code = read_code(sheet_.cell(row, "code_insee"), insee_length);
        const auto point = sheet_.is_sound(row, column("code_insee")) ? commune_point(code) : std::nullopt;
        const double km = point ? distance_km(place, *point) : 0.0;
        if (km <= farthest_km)
            return;
        const auto* commune = cog_ != nullptr ? cog_->commune(code) : nullptr;
        sheet_.report_cell(Rule::point_far, row, column("latitude"),
                           {french_number(km), commune != nullptr ? commune->name : "commune", code});
    }

    void report_outside(std::size_t row, LatLon place)
    {
        const Words swapped = {"La latitude et la longitude semblent échangées : {0} et {1}.",
                               "Latitude and longitude seem swapped: {0} and {1}."};
        const Words check = {"Vérifiez les deux coordonnées, en degrés décimaux.",
                             "Check both coordinates, in decimal degrees."};
        const bool swap = is_in_france(place.longitude, place.latitude);
        const auto how =
            worded(sheet_.say(swap ? swapped : check), {degrees(place.longitude), degrees(place.latitude)});
        sheet_.report_cell(Rule::point_outside, row, column("latitude"),
                           {degrees(place.latitude), degrees(place.longitude), how});
    }

    void check_dispositif(std::size_t row)
    {
        const auto dispositif = sheet_.code(row, "dispositif");
        const auto found = thematiques_.find(code_key(dispositif));
        const auto own = sheet_.code(row, "thematique");
        if (dispositif.empty() || found == thematiques_.end() || own.empty() || found->second.empty() ||
            !sheet_.is_sound(row, column("thematique")))
            return;
        if (code_key(own) != code_key(found->second))
            sheet_.report_cell(Rule::thematique_of_dispositif, row, column("thematique"),
                               {own, dispositif, found->second});
    }

    const Cog* cog_;
    Sheet& sheet_;
    bool knows_communes_ = false;
    std::unordered_map<std::string, LatLon> points_;           ///< by code INSEE
    std::unordered_map<std::string, std::string> thematiques_; ///< by dispositif
};

} // namespace

void check_places(Examination& examination)
{
    if (auto* sheet = examination.find("offre"))
        PlaceCheck(examination, *sheet).run();
}

} // namespace pacte
