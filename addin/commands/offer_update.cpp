#include "commands/offer_update.hpp"

#include <algorithm>
#include <set>

#include "core/next_id.hpp"
#include "core/rows.hpp"
#include "core/text.hpp"
#include "office/installation.hpp"

namespace pacte::commands {

namespace {

/// Of the categories of a source, those that the import cannot use, counted.
class Unmapped {
public:
    void add(const std::string& category, const std::string& reason) { ++counts_[{category, reason}]; }

    void list(const std::string& file, std::vector<Refusal>& refusals) const
    {
        for (const auto& [what, count] : counts_)
            refusals.push_back(
                {"fichier « " + file + " », " + std::to_string(count) + (count == 1 ? " lieu" : " lieux"),
                 what.first, what.second,
                 "Ajoutez ou corrigez la ligne de cette catégorie dans « Correspondances », puis importez à "
                 "nouveau."});
    }

private:
    std::map<std::pair<std::string, std::string>, std::size_t> counts_;
};

std::string key_of(const OfferRecord& record, const std::string& commune, const OfferImport& import,
                   const std::string& thematique)
{
    const std::string id = record.id.empty() ? fold(record.name) + "@" + commune : record.id;
    return import.source_key + ":" + id + "/" + thematique;
}

OfferRow row_of(const KeptOffer& offer, const OfferTarget& target, const OfferImport& import)
{
    const OfferRecord& record = offer.record;
    OfferRow row;
    row.key = key_of(record, offer.located.commune, import, target.thematique);
    row.siret = record.siret;
    row.where = record.where;
    row.values = {{"nom", record.name},
                  {"type", target.type},
                  {"thematique", target.thematique},
                  {"code_insee", offer.located.commune},
                  {"itinerant", std::string(record.itinerant ? "oui" : "non")},
                  {"source", import.source}};
    if (!record.address.empty())
        row.values["adresse"] = record.address;
    if (!record.siret.empty())
        row.values["siret"] = record.siret;
    if (offer.located.point) {
        row.values["latitude"] = offer.located.point->latitude;
        row.values["longitude"] = offer.located.point->longitude;
    }
    if (double capacity = 0.0; parse_number(record.capacity, capacity) && capacity >= 0.0)
        row.values["capacite"] = capacity;
    if (const auto date = read_date(Cell(record.updated)))
        row.values["mis_a_jour_le"] = serial_of(*date);
    return row;
}

/// What the categories of a place become, each thématique once.
std::vector<OfferTarget> targets_of(const OfferRecord& record, const OfferMapping& mapping,
                                    const OfferImport& import, Unmapped& unmapped)
{
    std::vector<OfferTarget> targets;
    const auto known = [&](const std::string& code) {
        return std::find(import.thematiques.begin(), import.thematiques.end(), code) !=
               import.thematiques.end();
    };
    const auto add = [&](const OfferTarget& target) {
        const bool there = std::any_of(targets.begin(), targets.end(), [&](const OfferTarget& other) {
            return other.thematique == target.thematique;
        });
        if (!there)
            targets.push_back(target);
    };
    std::vector<std::string> categories = record.categories;
    if (categories.empty())
        categories.emplace_back("*");
    for (const std::string& category : categories) {
        if (known(category)) {
            add({category, {}});
        } else if (const auto* lines = mapping.find(import.source_key, category)) {
            for (const OfferTarget& target : *lines)
                if (target.thematique.empty())
                    continue;
                else if (known(target.thematique))
                    add(target);
                else
                    unmapped.add(category, "La thématique « " + target.thematique +
                                               " » n'est pas dans « Thématiques » : non importés.");
        } else if (!import.otherwise.thematique.empty()) {
            add(import.otherwise);
        } else {
            unmapped.add(category == "*" ? "(sans catégorie)" : category,
                         "Cette catégorie n'a pas de ligne dans « Correspondances » : non importés.");
        }
    }
    return targets;
}

std::optional<double> number_of(const Cell& cell)
{
    const auto* number = std::get_if<double>(&cell);
    return number == nullptr ? std::nullopt : std::optional(*number);
}

/// Changes of one known row; false where there is none.
bool update_row(office::TableEditor& editor, std::size_t at, const OfferRow& row, std::size_t& kept)
{
    const std::string fingerprint = text_of(editor.at(at, "valeurs_importees"));
    bool changed = false;
    for (const std::string& field : imported_fields()) {
        const auto found = row.values.find(field);
        const Cell value = found == row.values.end() ? Cell(Blank{}) : found->second;
        const Cell& now = editor.at(at, field);
        if (trimmed(text_of(now)) == trimmed(text_of(value)))
            continue;
        if (!is_untouched(fingerprint, field, now)) {
            ++kept;
            continue;
        }
        editor.set(at, field, value);
        changed = true;
    }
    editor.set(at, "valeurs_importees", fingerprint_of(row.values));
    return changed;
}

/// The source that a row of Offre comes from: the head of its key, else its column.
std::string source_of(const office::TableEditor& editor, std::size_t row)
{
    const std::string key = text_of(editor.at(row, "reference_source"));
    return key.empty() ? text_of(editor.at(row, "source")) : key.substr(0, key.find(':'));
}

OfferPlace place_at(const office::TableEditor& editor, std::size_t row)
{
    return {text_of(editor.at(row, "nom")),
            read_code(editor.at(row, "siret")),
            source_of(editor, row),
            read_code(editor.at(row, "code_insee")),
            number_of(editor.at(row, "latitude")),
            number_of(editor.at(row, "longitude"))};
}

OfferPlace place_of(const OfferRow& row, const OfferImport& import)
{
    const auto cell = [&](const char* field) {
        const auto found = row.values.find(field);
        return found == row.values.end() ? Cell(Blank{}) : found->second;
    };
    return {text_of(cell("nom")),        row.siret,
            import.source_key,           text_of(cell("code_insee")),
            number_of(cell("latitude")), number_of(cell("longitude"))};
}

} // namespace

std::vector<OfferRow> offer_rows(const std::vector<KeptOffer>& offers, const OfferMapping& mapping,
                                 const OfferImport& import, const std::string& file,
                                 std::vector<Refusal>& refusals)
{
    Unmapped unmapped;
    std::vector<OfferRow> rows;
    std::set<std::string> keys;
    for (const KeptOffer& offer : offers) {
        for (const OfferTarget& target : targets_of(offer.record, mapping, import, unmapped)) {
            OfferRow row = row_of(offer, target, import);
            if (keys.insert(row.key).second)
                rows.push_back(std::move(row));
            else
                refusals.push_back(
                    {"fichier « " + file + " », " + row.where,
                     row.key,
                     "Ce lieu est déjà dans le fichier, avec le même identifiant : le premier est gardé.",
                     {}});
        }
    }
    unmapped.list(file, refusals);
    return rows;
}

OfferUpdate update_offer(office::TableEditor& editor, const std::vector<OfferRow>& rows,
                         const OfferImport& import, const std::string& file, std::vector<Refusal>& refusals)
{
    std::map<std::string, std::size_t> known;
    std::vector<OfferPlace> places;
    std::vector<std::string> ids;
    for (std::size_t row = 0; row < editor.table().rows.size(); ++row) {
        if (const std::string key = text_of(editor.at(row, "reference_source")); !key.empty())
            known.emplace(key, row);
        places.push_back(place_at(editor, row));
        ids.push_back(read_code(editor.at(row, "id")));
    }
    OfferUpdate update;
    NextId next(office::schemas().table("offre"), editor.table(), "P-");
    std::set<std::string> keys;
    for (const OfferRow& row : rows) {
        keys.insert(row.key);
        if (const auto found = known.find(row.key); found != known.end()) {
            ++(update_row(editor, found->second, row, update.kept_cells) ? update.updated : update.unchanged);
            continue;
        }
        office::TableEditor::Values values(row.values.begin(), row.values.end());
        ids.push_back(next());
        values["id"] = ids.back();
        values["reference_source"] = row.key;
        values["valeurs_importees"] = fingerprint_of(row.values);
        (void)editor.append(values);
        places.push_back(place_of(row, import));
        ++update.added;
    }
    for (const auto& [key, row] : known)
        if (key.starts_with(import.source_key + ":") && !keys.contains(key)) {
            ++update.gone;
            refusals.push_back(
                {"feuille « " + editor.table().sheet + " », " + read_code(editor.at(row, "id")),
                 text_of(editor.at(row, "nom")),
                 "Ce lieu, importé auparavant, n'est plus dans le fichier « " + file + " ».",
                 "Vérifiez s'il est fermé ; la ligne a été laissée."});
        }
    for (const OfferTwin& twin : find_twins(places)) {
        const std::size_t later = std::max(twin.row, twin.other);
        const std::size_t earlier = std::min(twin.row, twin.other);
        if (later < editor.table().rows.size() && !is_blank(editor.at(later, "doublon_possible")))
            continue; // said before, or answered by a person
        editor.set(later, "doublon_possible", ids[earlier] + " – " + places[earlier].name);
        ++update.twins;
    }
    return update;
}

} // namespace pacte::commands
