#include "commands/fiche_formulas.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/error.hpp"
#include "office/installation.hpp"

namespace pacte::commands {

namespace {

constexpr const char* to_complete = "\"à compléter\"";

/// The fields that are a column of the action itself.
constexpr std::array action_fields{
    std::pair{"titre", "intitule"},
    std::pair{"cadre", "cadre"},
    std::pair{"motif_du_cadre", "motif_du_cadre"},
    std::pair{"nature", "nature"},
    std::pair{"renforcement", "renforcement"},
    std::pair{"constat_t0", "constat_t0"},
    std::pair{"objectifs", "objectifs"},
    std::pair{"description", "description"},
    std::pair{"public_cible", "public_cible"},
    std::pair{"territoire_action", "territoire"},
    std::pair{"porteur", "porteur"},
    std::pair{"acteur_associe", "acteur_associe"},
    std::pair{"partenaires", "partenaires"},
    std::pair{"calendrier", "calendrier"},
    std::pair{"evaluation", "evaluation"},
    std::pair{"risques", "risques"},
};

/// The fields of the constat that are a column of the département's line in `Couverture`.
constexpr std::array coverage_fields{std::pair{"besoin", "besoin"}, std::pair{"capacite", "capacite"},
                                     std::pair{"taux", "taux"}, std::pair{"ecart", "ecart"}};

std::string quoted(std::string text)
{
    for (std::size_t i = 0; (i = text.find('"', i)) != std::string::npos; i += 2)
        text.insert(i, 1, '"');
    return "\"" + text + "\"";
}

std::string match(const std::string& key, const std::string& keys)
{
    return "MATCH(" + key + ";" + keys + ";0)";
}

std::string look_up(const std::string& key, const std::string& keys, const std::string& values)
{
    return "INDEX(" + values + ";" + match(key, keys) + ")";
}

/// The value where there is one, else what the reader has to do.
std::string or_to_complete(const std::string& value, const char* missing = to_complete)
{
    return std::string("IFERROR(IF(") + value + "=\"\";" + missing + ";" + value + ");" + missing + ")";
}

std::string setting(TableRanges& ranges, const std::string& key)
{
    return look_up(quoted(key), ranges.column("parametres", "cle"), ranges.column("parametres", "valeur"));
}

/// The line « ensemble » of the thématique in `Couverture`, which may not be there yet.
std::string coverage_figure(TableRanges& ranges, const std::string& thematique, const std::string& field)
{
    const std::string themes = ranges.column("couverture", "thematique");
    const std::string codes = ranges.column("couverture", "code_epci");
    const std::string position = "SUMPRODUCT((" + themes + "=" + thematique + ")*(" + codes +
                                 "=\"ensemble\")*(ROW(" + codes + ")-ROW(INDEX(" + codes + ";1))+1))";
    const std::string count = "COUNTIFS(" + themes + ";" + thematique + ";" + codes + ";\"ensemble\")";
    return "IFERROR(IF(" + count + "=0;\"à calculer\";INDEX(" + ranges.column("couverture", field) + ";" +
           position + "));" + to_complete + ")";
}

/// « 7 EPCI sur 11 peu ou non couverts (seuils 40 % / 80 %) ».
std::string status_sentence(TableRanges& ranges, const std::string& thematique)
{
    const std::string themes = ranges.column("couverture", "thematique");
    const std::string states = ranges.column("couverture", "statut");
    const auto count = [&](const char* state) {
        return "COUNTIFS(" + themes + ";" + thematique + ";" + states + ";" + quoted(state) + ")";
    };
    const std::string all = "COUNTIFS(" + themes + ";" + thematique + ")";
    return "IFERROR(IF(" + all + "=0;\"à calculer\";" + count("non couvert") + "+" + count("peu couvert") +
           "&\" EPCI sur \"&" + all + "-1&\" peu ou non couverts (seuils \"&" +
           look_up(thematique, themes, ranges.column("couverture", "seuils")) + "&\")\");" + to_complete +
           ")";
}

/// The licence under which the last import that brought a variable was published, ` (…)`;
/// an empty text where `Sources` does not say. The list « contenu » names the variables.
std::string licence_of(TableRanges& ranges, const std::string& variable)
{
    if (!ranges.has("sources"))
        return "\"\"";
    const std::string contents =
        "\";\"&SUBSTITUTE(" + ranges.column("sources", "contenu") + ";\" \";\"\")&\";\"";
    const std::string brought = "ISNUMBER(SEARCH(\";\"&" + variable + "&\";\";" + contents + "))";
    const std::string is_need = "(" + ranges.column("sources", "nature") + "=\"besoins\")";
    const std::string licence =
        "LOOKUP(2;1/(" + is_need + "*" + brought + ");" + ranges.column("sources", "licence") + ")";
    return "IFERROR(IF(" + licence + "=\"\";\"\";\" (\"&" + licence + "&\")\");\"\")";
}

/// « Source du besoin : personnes sous le seuil de pauvreté – Insee, Filosofi, 2021 ».
std::string need_source(TableRanges& ranges, const std::string& variable)
{
    const auto of_variable = [&](const char* field) {
        return look_up(variable, ranges.column("variables", "code"), ranges.column("variables", field));
    };
    const std::string source = of_variable("source");
    const std::string vintage = of_variable("millesime");
    // A source that says its vintage is not given it again, as under the maps.
    const std::string is_said = "OR(" + vintage + "=\"\";ISNUMBER(FIND(" + vintage + ";" + source + ")))";
    return "=\"Source du besoin : \"&IFERROR(" + of_variable("libelle") + "&\" – \"&IF(" + source + "=\"\";" +
           to_complete + ";" + source + ")&IF(" + is_said + ";\"\";\", \"&" + vintage + ")&" +
           licence_of(ranges, variable) + ";" + to_complete + ")";
}

std::string axe_label(const std::string& axe)
{
    std::string choose = "CHOOSE(" + axe;
    for (const ListItem& item : office::schemas().list("axes"))
        choose += ";" + quoted(item.label);
    return choose + ")";
}

std::string absolute(std::int32_t column, std::int32_t row)
{
    const std::string name = cell_name(column, row);
    const std::size_t digits = name.find_first_of("0123456789");
    return "$" + name.substr(0, digits) + "$" + name.substr(digits);
}

/// A list of EPCI by their names, where the table has their codes.
std::string by_names(TableRanges& ranges, const std::string& codes)
{
    constexpr std::int32_t most = 60; // of the functions that Calc nests
    const std::string keys = ranges.column("territoires", "code_epci");
    const std::string names = ranges.column("territoires", "nom");
    std::string formula = codes;
    for (std::int32_t row = 1; row <= std::min(most, ranges.rows("territoires")); ++row) {
        const std::string index = ";" + std::to_string(row) + ")";
        formula = "SUBSTITUTE(" + formula + ";INDEX(" + keys + index + ";INDEX(" + names + index + ")";
    }
    return formula;
}

} // namespace

std::int32_t TableRanges::rows(const std::string& table)
{
    const Place& place = place_of(table);
    return place.area.EndRow - place.area.StartRow;
}

const TableRanges::Place& TableRanges::place_of(const std::string& table)
{
    const auto found = places_.find(table);
    if (found != places_.end())
        return found->second;
    const auto area = workbook_.area(table);
    auto headers = area;
    headers.EndRow = area.StartRow;
    return places_
        .emplace(table, Place{area, office::read_table(workbook_.sheet(area.Sheet), headers, table)})
        .first->second;
}

std::string TableRanges::range(const Place& place, int column)
{
    std::string sheet = place.headers.sheet;
    for (std::size_t i = 0; (i = sheet.find('\'', i)) != std::string::npos; i += 2)
        sheet.insert(i, 1, '\'');
    const std::int32_t at = place.area.StartColumn + column;
    return "$'" + sheet + "'." + absolute(at, place.area.StartRow + 1) + ":" +
           absolute(at, place.area.EndRow);
}

std::string TableRanges::column(const std::string& table, const std::string& field)
{
    const Place& place = place_of(table);
    const TableSchema& schema = office::schemas().table(table);
    const int index = Columns(schema, place.headers).index(field);
    if (index < 0)
        throw Failure(
            Failure::Cause::missing_column,
            "Feuille « " + place.headers.sheet + " » : il manque l'en-tête « " + schema.find(field)->title +
                " », dont les fiches-actions ont besoin. Rétablissez la colonne, puis recommencez.");
    return range(place, index);
}

std::string TableRanges::column(const std::string& table, const std::string& field, int year)
{
    const Place& place = place_of(table);
    const int index = Columns(office::schemas().table(table), place.headers).index(field, year);
    return index < 0 ? std::string() : range(place, index);
}

std::map<std::string, std::string> fiche_formulas(TableRanges& ranges, const std::string& action,
                                                  const std::string& id_cell)
{
    const auto of_action = [&](const char* field) {
        return look_up(id_cell, ranges.column("actions", "id"), ranges.column("actions", field));
    };
    const auto of_piste = [&](const char* field) {
        return look_up(of_action("piste"), ranges.column("pistes", "id"), ranges.column("pistes", field));
    };
    const std::string thematique = of_piste("thematique");
    const auto of_thematique = [&](const char* field) {
        return look_up(thematique, ranges.column("thematiques", "code"), ranges.column("thematiques", field));
    };

    std::map<std::string, std::string> formulas;
    formulas["id"] = action; // the key: the only text that is not a link
    formulas["territoire"] = "=" + or_to_complete(setting(ranges, "territoire"));
    formulas["piste"] = "=" + or_to_complete(of_action("piste"));
    formulas["axe"] = "=" + or_to_complete(of_piste("axe"));
    formulas["axe_libelle"] = "=" + or_to_complete(axe_label(of_piste("axe")));
    formulas["thematique"] = "=" + or_to_complete(thematique);
    formulas["thematique_libelle"] = "=" + or_to_complete(of_thematique("intitule_court"));
    for (const auto& [field, column] : action_fields)
        formulas[field] = "=" + or_to_complete(of_action(column));
    const std::string territory = of_action("territoire");
    formulas["territoire_action"] = "=IFERROR(IF(" + territory + "=\"\";" + to_complete + ";" +
                                    by_names(ranges, territory) + ");" + to_complete + ")";
    // How an action is strengthened has no object for a new one.
    formulas["renforcement"] = "=IFERROR(IF(" + of_action("nature") + "=\"nouvelle\";\"sans objet\";" +
                               or_to_complete(of_action("renforcement")) + ");" + to_complete + ")";
    for (const auto& [field, column] : coverage_fields)
        formulas[field] = "=" + coverage_figure(ranges, thematique, column);
    formulas["statut"] = "=" + status_sentence(ranges, thematique);
    formulas["source_besoin"] = need_source(ranges, of_thematique("besoin"));
    return formulas;
}

std::vector<std::vector<std::string>> budget_formulas(TableRanges& ranges, const std::string& id_cell,
                                                      std::int32_t column, std::int32_t first_row,
                                                      int first_year, int last_year)
{
    const std::string actions = ranges.column("budget", "action");
    const std::string years = ranges.column("budget", "annee");
    const auto amount = [&](const char* field, const std::string& year, const char* missing) {
        const std::string values = ranges.column("budget", field);
        const std::string where = ";" + actions + ";" + id_cell + ";" + years + ";" + year;
        return "=IF(COUNTIFS(" + values + ";\"<>\"" + where + ")=0;" + missing + ";SUMIFS(" + values + where +
               "))";
    };
    std::vector<std::vector<std::string>> rows;
    std::int32_t row = first_row;
    const auto cell = [&](std::int32_t offset) { return cell_name(column + offset, row); };
    const auto add_row = [&](const std::string& head, const std::vector<std::string>& amounts) {
        const std::string all_known = "AND(ISNUMBER(" + cell(1) + ");ISNUMBER(" + cell(2) + "))";
        rows.push_back({head, amounts[0], amounts[1], amounts[2],
                        "=IF(" + all_known + ";SUM(" + cell(1) + ":" + cell(3) + ");" + to_complete + ")",
                        "=IFERROR(" + cell(1) + "/" + cell(4) + ";\"–\")",
                        "=IFERROR((" + cell(4) + "-" + cell(1) + ")/" + cell(1) + ";\"–\")"});
        ++row;
    };
    for (int year = first_year; year <= last_year; ++year) {
        const std::string head = cell(0);
        add_row(std::to_string(year),
                {amount("part_etat", head, to_complete), amount("part_departement", head, to_complete),
                 amount("autres", head, "0")});
    }
    const auto total = [&](std::int32_t offset) {
        const std::string years_above =
            cell_name(column + offset, first_row) + ":" + cell_name(column + offset, row - 1);
        return "=IF(COUNT(" + years_above + ")=ROWS(" + years_above + ");SUM(" + years_above + ");" +
               to_complete + ")";
    };
    add_row("Total", {total(1), total(2), total(3)});
    return rows;
}

std::vector<std::vector<std::string>> indicator_formulas(TableRanges& ranges, const std::string& indicator,
                                                         int first_year, int last_year)
{
    const auto value = [&](const std::string& values, const char* missing) {
        return "=" + or_to_complete(look_up(quoted(indicator), ranges.column("indicateurs", "id"), values),
                                    missing);
    };
    const auto of = [&](const char* field) {
        return value(ranges.column("indicateurs", field), to_complete);
    };
    std::vector<std::string> first{of("libelle"), of("type"), of("t0")};
    std::vector<std::string> second{"", of("unite"), of("annee_t0")};
    for (int year = first_year; year <= last_year; ++year) {
        const std::string target = ranges.column("indicateurs", "cible_{annee}", year);
        const std::string reached = ranges.column("indicateurs", "realise_{annee}", year);
        first.push_back(target.empty() ? std::string("à compléter") : value(target, to_complete));
        second.push_back(reached.empty() ? std::string() : value(reached, "\"\""));
    }
    return {first, second};
}

const std::vector<std::string>& fiche_fields()
{
    static const std::vector<std::string> fields = [] {
        std::vector<std::string> all{
            "territoire", "id",    "axe",    "axe_libelle",   "thematique", "thematique_libelle",
            "piste",      "carte", "statut", "source_besoin", "budget",     "indicateurs",
            "graphique"};
        for (const auto& [field, column] : action_fields)
            all.emplace_back(field);
        for (const auto& [field, column] : coverage_fields)
            all.emplace_back(field);
        return all;
    }();
    return fields;
}

} // namespace pacte::commands
