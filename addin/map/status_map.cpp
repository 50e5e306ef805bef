#include "map/maps.hpp"

#include <algorithm>
#include <array>

#include "map/coverage_words.hpp"
#include "map/palette.hpp"
#include "map/sheet.hpp"
#include "map/status_paint.hpp"
#include "map/wording.hpp"

namespace pacte::map {

namespace {

/// As the legend lists them, from the best covered down.
constexpr std::array shown_order = {CoverageStatus::couvert,     CoverageStatus::partiellement_couvert,
                                    CoverageStatus::peu_couvert, CoverageStatus::non_couvert,
                                    CoverageStatus::a_preciser,  CoverageStatus::non_evaluable,
                                    CoverageStatus::sans_objet};

const char* key_of(CoverageStatus status)
{
    switch (status) {
    case CoverageStatus::couvert:
        return "couvert";
    case CoverageStatus::partiellement_couvert:
        return "partiellement-couvert";
    case CoverageStatus::peu_couvert:
        return "peu-couvert";
    case CoverageStatus::non_couvert:
        return "non-couvert";
    case CoverageStatus::a_preciser:
        return "a-preciser";
    case CoverageStatus::non_evaluable:
        return "non-evaluable";
    case CoverageStatus::sans_objet:
        break;
    }
    return "sans-objet";
}

LegendEntry entry_of(CoverageStatus status, const Thematique& thematique, std::size_t count)
{
    LegendEntry entry;
    entry.name = std::string("legende:statut:") + key_of(status);
    entry.label = label_of(status);
    entry.note = meaning_of(status, thematique);
    entry.fill = fill_of(status);
    entry.count = count;
    return entry;
}

LegendBlock legend_of(const StatusMap& map, const std::vector<const CoverageCell*>& cells)
{
    LegendBlock block;
    block.name = "legende:statut";
    block.title = "Couverture du besoin";
    block.count_header = "nombre d’EPCI";
    for (const auto status : shown_order) {
        const auto count = std::count_if(cells.begin(), cells.end(), [&](const CoverageCell* cell) {
            return cell != nullptr && cell->status == status;
        });
        if (count > 0)
            block.entries.push_back(entry_of(status, map.thematique, static_cast<std::size_t>(count)));
    }
    const auto missing = std::count(cells.begin(), cells.end(), nullptr);
    if (missing > 0) {
        LegendEntry entry;
        entry.name = "legende:inconnu";
        entry.label = "donnée non disponible";
        entry.fill = unknown_fill();
        entry.count = static_cast<std::size_t>(missing);
        block.entries.push_back(std::move(entry));
    }
    block.note = upper_first(thresholds_in_words(map.thematique)) + '.';
    return block;
}

FigureRow figure_row(const MapRow& row, const CoverageCell* cell)
{
    if (cell == nullptr)
        return {row.code, row.name, {"", "", "", "donnée non disponible"}};
    const auto rate = cell->need.is_known() && cell->rate.is_known() ? rate_in_words(*cell) : std::string{};
    return {row.code,
            row.name,
            {in_words(cell->need, {}, 0), in_words(cell->capacity, {}, 0), rate, label_of(cell->status)}};
}

} // namespace

std::vector<CodeAndName> codes_and_names(const std::vector<Epci>& epcis)
{
    std::vector<CodeAndName> names;
    for (const auto& epci : epcis)
        names.push_back({epci.code, epci.name});
    return names;
}

const CoverageCell* cell_of(const StatusMap& map, const MapRow& row)
{
    return row.figure < map.cells.size() ? &map.cells[row.figure] : nullptr;
}

Fill status_fill(const CoverageCell* cell)
{
    return cell == nullptr ? unknown_fill() : fill_of(cell->status);
}

std::string status_in_words(const CoverageCell* cell)
{
    return cell == nullptr ? std::string("donnée non disponible") : in_words(*cell);
}

Drawing draw(const StatusMap& map)
{
    Sheet sheet(map.frame, codes_and_names(map.epcis));
    std::vector<const CoverageCell*> cells;
    std::vector<FigureRow> figures;
    for (std::size_t i = 0; i < sheet.rows().size(); ++i) {
        const auto& row = sheet.rows()[i];
        cells.push_back(cell_of(map, row));
        sheet.paint(i, status_fill(cells.back()), status_in_words(cells.back()));
        figures.push_back(figure_row(row, cells.back()));
    }
    return sheet.finish(
        {legend_of(map, cells)},
        "taux de couverture = capacité annuelle des dispositifs actifs rapportée au besoin ; " +
            thresholds_in_words(map.thematique) + '.',
        {"Besoin (personnes)", "Capacité (personnes par an)", "Taux", "Statut"}, std::move(figures));
}

} // namespace pacte::map
