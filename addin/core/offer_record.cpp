#include "core/offer_record.hpp"

#include <algorithm>

#include "core/geo_codes.hpp"
#include "core/text.hpp"

namespace pacte {

namespace {

struct Named {
    std::string_view name; ///< folded
    OfferSlot slot;
};

/// What the sources call each thing. The first of two names that a record holds wins.
constexpr std::array names{Named{"id", OfferSlot::id},
                           Named{"idfs", OfferSlot::id},
                           Named{"identifiant", OfferSlot::id},
                           Named{"lieuid", OfferSlot::own_id},
                           Named{"nofinesset", OfferSlot::id},
                           Named{"numfiness", OfferSlot::id},
                           Named{"surrogateid", OfferSlot::id},
                           Named{"externalid", OfferSlot::id},
                           Named{"nom", OfferSlot::name},
                           Named{"name", OfferSlot::name},
                           Named{"libfs", OfferSlot::name},
                           Named{"libelle", OfferSlot::name},
                           Named{"denomination", OfferSlot::name},
                           Named{"raisonsociale", OfferSlot::name},
                           Named{"rs", OfferSlot::name},
                           Named{"nometablissement", OfferSlot::name},
                           Named{"nomdulieu", OfferSlot::name},
                           Named{"nomdelastructure", OfferSlot::name},
                           Named{"nomstructure", OfferSlot::name},
                           Named{"structure", OfferSlot::name},
                           Named{"nomrs", OfferSlot::name},
                           Named{"cnomrs", OfferSlot::name},
                           Named{"enseigne", OfferSlot::name},
                           Named{"intitule", OfferSlot::name},
                           Named{"etablissement", OfferSlot::name},
                           Named{"lieu", OfferSlot::name},
                           Named{"titre", OfferSlot::name},
                           Named{"structureid", OfferSlot::structure},
                           Named{"adressestructureid", OfferSlot::none},
                           Named{"adresse", OfferSlot::address},
                           Named{"address", OfferSlot::address},
                           Named{"positionaddress", OfferSlot::address},
                           Named{"positionadresse", OfferSlot::address},
                           Named{"adressepostale", OfferSlot::address},
                           Named{"rue", OfferSlot::address},
                           Named{"voie", OfferSlot::address},
                           Named{"libvoie", OfferSlot::address},
                           Named{"typvoie", OfferSlot::street_type},
                           Named{"numvoie", OfferSlot::street_number},
                           Named{"complementadresse", OfferSlot::address_more},
                           Named{"cadr", OfferSlot::address_more},
                           Named{"codepostal", OfferSlot::postcode},
                           Named{"cp", OfferSlot::postcode},
                           Named{"codpos", OfferSlot::postcode},
                           Named{"postalcode", OfferSlot::postcode},
                           Named{"positioncodepostal", OfferSlot::postcode},
                           Named{"positionpostalcode", OfferSlot::postcode},
                           Named{"commune", OfferSlot::city},
                           Named{"ville", OfferSlot::city},
                           Named{"libcom", OfferSlot::city},
                           Named{"city", OfferSlot::city},
                           Named{"positionville", OfferSlot::city},
                           Named{"positioncity", OfferSlot::city},
                           Named{"nomcommune", OfferSlot::city},
                           Named{"libellecommune", OfferSlot::city},
                           Named{"localite", OfferSlot::city},
                           Named{"codeinsee", OfferSlot::commune},
                           Named{"inseecom", OfferSlot::commune},
                           Named{"insee", OfferSlot::commune},
                           Named{"depcom", OfferSlot::commune},
                           Named{"codecommune", OfferSlot::commune},
                           Named{"codgeo", OfferSlot::commune},
                           Named{"citycode", OfferSlot::commune},
                           Named{"com", OfferSlot::commune},
                           Named{"codecommuneinsee", OfferSlot::commune},
                           Named{"positioncitycode", OfferSlot::commune},
                           Named{"codeinseecommune", OfferSlot::commune},
                           Named{"siret", OfferSlot::siret},
                           Named{"pivot", OfferSlot::siret},
                           Named{"numerosiret", OfferSlot::siret},
                           Named{"datemaj", OfferSlot::updated},
                           Named{"misajourle", OfferSlot::updated},
                           Named{"updatedat", OfferSlot::updated},
                           Named{"updatedbyuserat", OfferSlot::none},
                           Named{"maj", OfferSlot::updated},
                           Named{"datedemiseajour", OfferSlot::updated},
                           Named{"capacite", OfferSlot::capacity},
                           Named{"nombredeplaces", OfferSlot::capacity},
                           Named{"latitude", OfferSlot::latitude},
                           Named{"lat", OfferSlot::latitude},
                           Named{"longitude", OfferSlot::longitude},
                           Named{"lon", OfferSlot::longitude},
                           Named{"long", OfferSlot::longitude},
                           Named{"lng", OfferSlot::longitude},
                           Named{"lambertx", OfferSlot::easting},
                           Named{"lamberty", OfferSlot::northing},
                           Named{"coordxet", OfferSlot::easting},
                           Named{"coordyet", OfferSlot::northing},
                           Named{"x", OfferSlot::easting},
                           Named{"y", OfferSlot::northing},
                           Named{"geometrycoordinates", OfferSlot::coordinates},
                           Named{"positionlocationcoordinates", OfferSlot::coordinates},
                           Named{"locationcoordinates", OfferSlot::coordinates},
                           Named{"coordonnees", OfferSlot::coordinates},
                           Named{"geopoint2d", OfferSlot::coordinates},
                           Named{"geopoint", OfferSlot::coordinates},
                           Named{"thematiques", OfferSlot::category},
                           Named{"typequ", OfferSlot::equipment},
                           Named{"qualitegeoloc", OfferSlot::geolocation},
                           Named{"categetab", OfferSlot::category},
                           Named{"thematique", OfferSlot::category},
                           Named{"categorie", OfferSlot::category},
                           Named{"category", OfferSlot::category},
                           Named{"servicesallcategory", OfferSlot::category},
                           Named{"servicesallcategorie", OfferSlot::category},
                           Named{"servicescategory", OfferSlot::category},
                           Named{"type", OfferSlot::category},
                           Named{"typologie", OfferSlot::category},
                           Named{"reseauxporteurs", OfferSlot::reseau},
                           Named{"itinerance", OfferSlot::itinerant},
                           Named{"itinerant", OfferSlot::itinerant},
                           Named{"placetype", OfferSlot::itinerant},
                           Named{"status", OfferSlot::status},
                           Named{"parcourspositionlocationcoordinates", OfferSlot::stop_coordinates},
                           Named{"parcourspositioncitycode", OfferSlot::stop_commune},
                           Named{"parcourspositionpostalcode", OfferSlot::stop_postcode},
                           Named{"parcourspositioncity", OfferSlot::stop_city},
                           Named{"parcourspositionaddress", OfferSlot::stop_address},
                           Named{"zoneeligibilite", OfferSlot::zone},
                           Named{"publics", OfferSlot::publics},
                           Named{"ignore", OfferSlot::ignored}};

bool says_yes(std::string_view text)
{
    const std::string key = fold(text);
    return key == "oui" || key == "true" || key == "1" || key == "vrai" || key == "yes" || key == "x" ||
           key == "itinerant" || key == "parcoursmobile";
}

/// `[lon, lat]` of GeoJSON, joined by `;`; `lat,lon` of a single field.
void read_coordinates(std::string_view text, OfferRecord& record)
{
    const auto cut = text.find_first_of(";,");
    if (cut == std::string_view::npos)
        return;
    double first = 0.0;
    double second = 0.0;
    auto rest = text.substr(cut + 1);
    rest = rest.substr(0, rest.find(';'));
    if (!parse_number(trimmed(text.substr(0, cut)), first) || !parse_number(trimmed(rest), second))
        return;
    const bool is_array = text[cut] == ';';
    record.longitude = is_array ? first : second;
    record.latitude = is_array ? second : first;
}

std::optional<double> number_in(std::string_view text)
{
    double value = 0.0;
    return parse_number(text, value) ? std::optional(value) : std::nullopt;
}

void keep(std::string& member, std::string_view value)
{
    if (member.empty())
        member = trimmed(value);
}

/// An element of a JSON array, or the list that a cell holds.
void split_codes(std::string_view value, std::vector<std::string>& codes)
{
    std::string list(value);
    std::replace(list.begin(), list.end(), ',', ';');
    for (std::string& code : split_list(list))
        codes.push_back(std::move(code));
}

void split_categories(std::string_view value, std::vector<std::string>& categories)
{
    std::string list(value);
    // The codes of data·inclusion may be separated by commas.
    if (list.find("--") != std::string::npos)
        std::replace(list.begin(), list.end(), ',', ';');
    for (std::string& category : split_list(list))
        if (std::find(categories.begin(), categories.end(), category) == categories.end())
            categories.push_back(std::move(category));
}

} // namespace

OfferSlot OfferBuilder::slot_of(std::string_view path)
{
    if (const auto known = slots_.find(path); known != slots_.end())
        return known->second;
    std::string_view bare = path;
    for (const std::string_view prefix : {"properties.", "fields.", "record.fields."})
        if (bare.starts_with(prefix))
            bare.remove_prefix(prefix.size());
    const std::string key = fold(bare);
    seen_[key] = true;
    const auto found =
        std::find_if(names.begin(), names.end(), [&](const Named& name) { return name.name == key; });
    const OfferSlot slot = found == names.end() ? OfferSlot::none : found->slot;
    slots_.emplace(std::string(path), slot);
    return slot;
}

void OfferBuilder::add(OfferSlot slot, std::string_view value)
{
    value = trimmed(value);
    if (value.empty() || value == "_Z" || value == "_U")
        return;
    switch (slot) {
    case OfferSlot::id:
        return keep(record_.id, value);
    case OfferSlot::own_id:
        record_.id = value;
        return;
    case OfferSlot::name:
        return keep(record_.name, value);
    case OfferSlot::structure:
        return keep(record_.structure, value);
    case OfferSlot::address:
        return keep(record_.address, value);
    case OfferSlot::postcode:
        return keep(record_.postcode, value);
    case OfferSlot::city:
        return keep(record_.city, value);
    case OfferSlot::siret:
        return keep(record_.siret, value);
    case OfferSlot::updated:
        return keep(record_.updated, value.substr(0, 10));
    case OfferSlot::capacity:
        return keep(record_.capacity, value);
    case OfferSlot::commune: {
        const std::string code = geo_code(value, GeoLevel::commune);
        return keep(record_.commune, code.empty() ? value : std::string_view(code));
    }
    case OfferSlot::latitude:
        record_.latitude = number_in(value);
        return;
    case OfferSlot::longitude:
        record_.longitude = number_in(value);
        return;
    case OfferSlot::coordinates:
        return read_coordinates(value, record_);
    case OfferSlot::category:
    case OfferSlot::reseau:
        return split_categories(value, record_.categories);
    case OfferSlot::itinerant:
        record_.itinerant = record_.itinerant || says_yes(value);
        return;
    case OfferSlot::zone:
        return split_codes(value, record_.zone);
    case OfferSlot::publics:
        return split_codes(value, record_.publics);
    case OfferSlot::ignored:
        ignored_ = true;
        return;
    case OfferSlot::status:
        ignored_ = ignored_ || value == "PERMANENTLY_CLOSED" || value == "OFFLINE" || value == "DRAFT";
        return;
    default:
        parts_.emplace(slot, value);
    }
}

OfferKind OfferBuilder::kind() const
{
    const auto has = [&](std::string_view name) { return seen_.contains(name); };
    if (has("idfs") || has("libfs"))
        return OfferKind::france_services;
    if (has("typequ"))
        return OfferKind::bpe;
    if (has("lieuid") || has("servicesallcategory") || has("servicesallcategorie"))
        return OfferKind::soliguide;
    if (has("structureid") || has("reseauxporteurs") || has("zoneeligibilite"))
        return OfferKind::data_inclusion;
    if (has("pivot"))
        return OfferKind::mediation_numerique;
    return has("nofinesset") || has("numfiness") ? OfferKind::finess : OfferKind::table;
}

void OfferBuilder::take_first_stop()
{
    const auto fill = [&](OfferSlot slot, OfferSlot as) {
        if (const auto part = parts_.find(slot); part != parts_.end())
            add(as, part->second);
    };
    if (!record_.latitude || !record_.longitude)
        fill(OfferSlot::stop_coordinates, OfferSlot::coordinates);
    if (!record_.commune.empty() || !record_.city.empty())
        return;
    fill(OfferSlot::stop_commune, OfferSlot::commune);
    fill(OfferSlot::stop_postcode, OfferSlot::postcode);
    fill(OfferSlot::stop_city, OfferSlot::city);
    fill(OfferSlot::stop_address, OfferSlot::address);
}

void OfferBuilder::take_equipment()
{
    constexpr std::string_view at_random = "33";
    const auto equipment = parts_.find(OfferSlot::equipment);
    if (equipment == parts_.end())
        return;
    record_.equipment = true;
    record_.categories = {equipment->second}; // TYPE and CATEGORIE tell of hotels and stations
    if (const auto how = parts_.find(OfferSlot::geolocation); how != parts_.end() && how->second == at_random)
        record_.latitude = record_.longitude = std::nullopt;
}

OfferRecord OfferBuilder::take()
{
    take_first_stop();
    for (const OfferSlot before : {OfferSlot::street_type, OfferSlot::street_number})
        if (const auto part = parts_.find(before); part != parts_.end() && !record_.address.empty())
            record_.address = part->second + " " + record_.address;
    if (const auto more = parts_.find(OfferSlot::address_more);
        more != parts_.end() && record_.address.empty())
        record_.address = more->second;
    // Where a file has both, as the BPE since 2023, the degrees stand.
    if (!record_.latitude || !record_.longitude) {
        const auto easting = parts_.find(OfferSlot::easting);
        const auto northing = parts_.find(OfferSlot::northing);
        if (easting != parts_.end() && northing != parts_.end()) {
            record_.longitude = number_in(easting->second);
            record_.latitude = number_in(northing->second);
            record_.metric = true;
        }
    }
    take_equipment();
    if (record_.siret.find_first_not_of('0') == std::string::npos)
        record_.siret.clear(); // « 00000000000000 »: not known
    OfferRecord taken = std::move(record_);
    record_ = {};
    parts_.clear();
    ignored_ = false;
    return taken;
}

} // namespace pacte
