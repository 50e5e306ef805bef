#include <algorithm>

#include "core/identifiers.hpp"
#include "core/names.hpp"
#include "core/text.hpp"
#include "core/validation_sheet.hpp"

// « Territoire couvert » and « répartition »: can they be read, and do they speak
// of this territory?

namespace pacte {

namespace {

/// The names by which a person may call a part of the territory.
std::vector<std::string> names_of(const Territory& territory)
{
    std::vector<std::string> names = {"département"};
    for (const auto& epci : territory.epcis())
        names.push_back(epci.name);
    for (const auto& commune : territory.communes())
        names.push_back(commune.name);
    return names;
}

/// The columns « territoire couvert » of any table.
class ZoneCheck {
public:
    ZoneCheck(Examination& examination, const Territory& territory, const Cog* cog)
        : territory_(territory), cog_(cog), written_(names_of(territory)), names_(written_),
          speller_(written_)
    {
        if (const auto* epcis = examination.find("territoires"))
            refused_.emplace_back(*epcis, "code_epci", cog);
        if (const auto* communes = examination.find("communes"))
            refused_.emplace_back(*communes, "code_insee", cog);
    }

    void run(Sheet& sheet, int column)
    {
        for (const auto row : sheet.keyed_rows())
            if (sheet.is_sound(row, column))
                for (const auto& element : unknown_in(read_code(sheet.cell(row, column))))
                    report(sheet, row, column, element);
    }

private:
    /// The same few territories come back all along the column.
    const std::vector<std::string>& unknown_in(const std::string& zone)
    {
        const auto [answer, added] = unknown_.try_emplace(zone);
        if (added && !zone.empty())
            answer->second = territory_.read_zone(zone).unknown;
        return answer->second;
    }

    void report(Sheet& sheet, std::size_t row, int column, const std::string& element)
    {
        const auto* commune = cog_ != nullptr ? cog_->commune(element) : nullptr;
        const auto* epci = cog_ != nullptr && commune == nullptr ? cog_->find_epci(element) : nullptr;
        const auto* successor = cog_ != nullptr ? cog_->successor(element) : nullptr;
        if (std::any_of(refused_.begin(), refused_.end(),
                        [&](const RefusedKeys& keys) { return keys.explain(element); }))
            return; // told in the table of the EPCI, or of the communes
        const bool of_epci = epci != nullptr && (epci->siren == element || fold(epci->name) == fold(element));
        if (commune != nullptr)
            sheet.report_cell(Rule::insee_outside, row, column, {commune->code, commune->name});
        else if (successor != nullptr)
            report_successor(sheet, row, column, element, *successor);
        else if (of_epci && territory_.epci_index(epci->siren) >= 0)
            return; // its name in the table of territories is at fault, and told there
        else if (of_epci)
            sheet.report_cell(Rule::epci_outside, row, column, {epci->siren, epci->name});
        else
            report_unreadable(sheet, row, column, element, epci);
    }

    void report_successor(Sheet& sheet, std::size_t row, int column, const std::string& element,
                          const Commune& successor)
    {
        const Words words = {"Écrivez « {0} » ou « {1} ».", "Write “{0}” or “{1}”."};
        sheet
            .report_cell(Rule::insee_old, row, column,
                         {element, std::to_string(cog_->year()), successor.name,
                          worded(sheet.say(words), {successor.code, successor.name})})
            .repair =
            Repair{Cell(replaced_element(read_code(sheet.cell(row, column)), element, successor.code)), 1.0};
    }

    /// `elsewhere`: the EPCI of a commune of that name in another territory.
    void report_unreadable(Sheet& sheet, std::size_t row, int column, const std::string& element,
                           const EpciRecord* elsewhere)
    {
        const Words outside = {"Une commune de ce nom existe hors du territoire ({0}).",
                               "A commune of that name lies outside the territory ({0})."};
        const Words how = {
            "Écrivez des EPCI ou des communes, par leur code ou leur nom, séparés par des "
            "points-virgules, ou « département ».",
            "Write EPCI or communes, by code or name, separated by semicolons, or “département”."};
        const auto otherwise = elsewhere != nullptr ? worded(sheet.say(outside), {elsewhere->name})
                                                    : std::string(sheet.say(how));
        const auto likely = meant_by(element);
        auto& found = sheet.report_cell(
            Rule::unreadable_zone, row, column,
            {shown(element),
             is_it(sheet.language(), {shown_name(likely.value), likely.certainty}, otherwise)});
        if (!likely.value.empty())
            found.repair =
                Repair{Cell(replaced_element(read_code(sheet.cell(row, column)), element, likely.value)),
                       likely.certainty};
    }

    /// An EPCI or a commune under another writing of its name, or misspelt.
    [[nodiscard]] Likely meant_by(const std::string& element)
    {
        if (const auto match = names_.find(element))
            return {written_[match->index], match->certainty};
        return speller_.nearest(element);
    }

    /// `CC du Haut Lignon, 244301107`: the name and the code of an EPCI.
    [[nodiscard]] std::string shown_name(const std::string& name) const
    {
        const int epci = territory_.epci_index(name);
        return epci < 0 ? name : name + ", " + territory_.epcis()[static_cast<std::size_t>(epci)].code;
    }

    const Territory& territory_;
    const Cog* cog_;
    std::vector<std::string> written_;
    NameIndex names_;
    Speller speller_;
    std::unordered_map<std::string, std::vector<std::string>> unknown_;
    std::vector<RefusedKeys> refused_;
};

/// Is the EPCI within the zone?
bool is_within(const Zone& zone, int epci)
{
    if (zone.whole)
        return true;
    for (const auto& [index, share] : zone.shares)
        if (static_cast<int>(index) == epci)
            return true;
    return false;
}

void check_weight(const Territory& territory, Sheet& sheet, std::size_t row, int column,
                  const std::string& element, const Zone* zone)
{
    const auto equals = element.find('=');
    double weight = 0.0;
    if (equals == std::string::npos || !parse_number(element.substr(equals + 1), weight)) {
        sheet.report_cell(Rule::unreadable_distribution, row, column, {shown(element)});
        return;
    }
    const auto name = trim(element.substr(0, equals));
    const int epci = territory.epci_index(name);
    if (!(weight > 0.0))
        sheet.report_cell(Rule::weight_not_positive, row, column, {shown(name), french_number(weight, 2)});
    else if (zone != nullptr &&
             std::find(zone->unknown.begin(), zone->unknown.end(), name) != zone->unknown.end())
        return; // the zone names it too, and that was told
    else if (zone != nullptr && (epci < 0 || !is_within(*zone, epci)))
        sheet.report_cell(Rule::distribution_outside, row, column, {shown(name)});
}

void check_distributions(const Territory& territory, Sheet& sheet, const Field& field)
{
    const int column = sheet.columns().index(field.name);
    const int zone_column = sheet.columns().index("territoire_couvert");
    for (const auto row : sheet.keyed_rows()) {
        const auto text = text_of(sheet.cell(row, column));
        if (!sheet.is_sound(row, column) || trimmed(text).empty())
            continue;
        // Within a zone that cannot be read, nothing is inside nor outside.
        const bool known_zone = zone_column >= 0 && sheet.is_sound(row, zone_column);
        const auto zone = territory.read_zone(read_code(sheet.cell(row, zone_column)));
        for (const auto& element : split_list(text))
            check_weight(territory, sheet, row, column, element, known_zone ? &zone : nullptr);
    }
}

void check_needs_rows(Examination& examination, const Territory& territory)
{
    auto* needs = examination.find("besoins");
    auto* epcis = examination.find("territoires");
    if (needs == nullptr || epcis == nullptr || needs->columns().index("code_epci") < 0)
        return;
    std::unordered_set<std::string> present;
    for (const auto row : needs->keyed_rows())
        present.insert(read_code(needs->cell(row, "code_epci"), siren_length));
    const int column = epcis->columns().index("code_epci");
    for (const auto row : epcis->keyed_rows()) {
        const auto code = read_code(epcis->cell(row, column), siren_length);
        const int index = territory.epci_index(code);
        if (index >= 0 && epcis->is_sound(row, column) && !present.contains(code))
            epcis->report_cell(Rule::epci_without_needs, row, column,
                               {territory.epcis()[static_cast<std::size_t>(index)].name, code});
    }
}

/// EPCI are there, and none is retained.
void check_retained(Examination& examination)
{
    auto* sheet = examination.find("territoires");
    if (sheet == nullptr || sheet->keyed_rows().empty() || sheet->columns().index("retenu") < 0)
        return;
    for (const auto row : sheet->keyed_rows())
        if (read_boolean(sheet->cell(row, "retenu")).value_or(true))
            return;
    sheet->report_table(Rule::no_epci, {});
}

void check_populations(Examination& examination, const Territory& territory)
{
    auto* sheet = examination.find("communes");
    if (sheet == nullptr)
        return;
    for (const auto row : sheet->keyed_rows()) {
        const auto people = sheet->figure(row, "population");
        const int epci = territory.epci_index(read_code(sheet->cell(row, "code_epci"), siren_length));
        if (!people || epci < 0)
            continue;
        const auto& whole = territory.epcis()[static_cast<std::size_t>(epci)];
        if (whole.population > 0.0 && *people > whole.population)
            sheet->report_cell(Rule::commune_above_epci, row, sheet->columns().index("population"),
                               {sheet->text(row, "nom"), french_number(*people), whole.name,
                                french_number(whole.population)});
    }
}

} // namespace

void check_zones(Examination& examination)
{
    const auto* territory = examination.territory();
    check_retained(examination);
    if (territory == nullptr)
        return;
    check_populations(examination, *territory);
    ZoneCheck zones(examination, *territory, examination.input().cog);
    for (auto* sheet : examination.sheets())
        for (const auto& field : sheet->schema().fields) {
            const int column = sheet->columns().index(field.name);
            if (column < 0)
                continue;
            if (field.kind == "territoire")
                zones.run(*sheet, column);
            else if (field.kind == "repartition")
                check_distributions(*territory, *sheet, field);
        }
    check_needs_rows(examination, *territory);
}

} // namespace pacte
