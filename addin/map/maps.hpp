#pragma once

#include <string>
#include <vector>

#include "core/coverage.hpp"
#include "core/quantity.hpp"
#include "core/rows.hpp"
#include "geo/contours.hpp"
#include "map/drawing.hpp"

// The maps of the diagnosis (design 3): landscape A4, one page. Each function
// takes figures and contours and gives the whole map, legend, scale bar, north
// arrow, labels and source line included.

namespace pacte::map {

/// What every map shows beside its figures.
struct MapFrame {
    std::string id;          ///< stable: `taux-pauvrete`
    std::string sheet_title; ///< short, for the sheet's tab
    std::string title;
    std::string subtitle;  ///< thématique, date
    std::string territory; ///< `Haute-Loire`
    std::string source;    ///< producer and vintage of the figures
    std::string date;      ///< `24 novembre 2026`
    const geo::ContourLayer* contours = nullptr;
    std::vector<Commune> capitals; ///< chefs-lieux to name, with their points; may be empty
};

/// How a choropleth is cut and coloured (Paramètres).
struct ClassSettings {
    std::string method =
        "naturelles"; ///< naturelles, quantiles, égales, écarts-types, géométriques, q6, manuelles
    int classes = 5;
    std::vector<double> manual_bounds;
    std::string palette; ///< empty: chosen by the nature of the variable
};

struct EpciFigure {
    std::string code;
    std::string name;
    Quantity value;
};

/// Choropleth of a rate or an index (proportional circles of a count: a count
/// is never a choropleth).
struct NeedMap {
    MapFrame frame;
    std::vector<EpciFigure> figures;
    Variable variable; ///< label, nature, unit, sense
    ClassSettings classes;
};

/// Status of the coverage of one thématique.
struct StatusMap {
    MapFrame frame;
    Thematique thematique; ///< its two thresholds are printed
    std::vector<Epci> epcis;
    std::vector<CoverageCell> cells; ///< one an EPCI, same order
};

/// Need (choropleth) crossed with the offer: places by type, and circles
/// proportional to the capacity that the dispositifs bring to each EPCI.
struct CrossingMap {
    MapFrame frame;
    std::vector<EpciFigure> figures;
    Variable variable;
    ClassSettings classes;
    std::vector<Place> places;          ///< those without a point are left out and counted in the method line
    std::vector<EpciFigure> capacities; ///< people a year; may be empty
};

[[nodiscard]] Drawing draw(const NeedMap& map);
[[nodiscard]] Drawing draw(const StatusMap& map);
[[nodiscard]] Drawing draw(const CrossingMap& map);

/// The status map without frame nor labels, for a fiche-action: shapes within
/// `box`, names prefixed `mini:`.
[[nodiscard]] std::vector<Shape> draw_mini(const StatusMap& map, const Rectangle& box);

} // namespace pacte::map
