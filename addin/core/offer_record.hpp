#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/offer_source.hpp"

namespace pacte {

/// What a field of a source is to a record.
enum class OfferSlot {
    none,
    id,
    own_id, ///< rather than any other identifier
    name,
    structure,
    address,
    address_more,
    street_number,
    street_type,
    street,
    postcode,
    city,
    line_of_city,
    commune,
    commune_part,
    departement,
    siret,
    updated,
    capacity,
    latitude,
    longitude,
    easting,
    northing,
    coordinates,
    category,
    equipment,   ///< TYPEQU of the BPE: its only category
    geolocation, ///< QUALITE_GEOLOC of the BPE
    reseau,
    itinerant,
    status,
    stop_coordinates, ///< of the first stop of a round, where the place has none of its own
    stop_commune,
    stop_postcode,
    stop_city,
    stop_address,
    zone,
    publics,
    ignored
};

/// Gathers the fields of one record after the other. The names are those of: the
/// schemas 1.0 of data·inclusion; the « schéma de données des lieux de médiation
/// numérique »; the list of France services (ANCT); Insee, « Base permanente des équipements »,
/// detail files of 2018 to 2025 (`_Z` and `_U` stand for nothing; QUALITE_GEOLOC 33 is a point
/// taken at random in the commune); Soliguide's API (`ApiPlace` and `CommonPlacePosition` of
/// github.com/solinumasso/soliguide, packages/common).
class OfferBuilder {
public:
    /// The slot of a field, by its name or path (`properties.nom`,
    /// `position.location.coordinates`).
    [[nodiscard]] OfferSlot slot_of(std::string_view path);

    void add(OfferSlot slot, std::string_view value);
    /// The kind that the names of the fields seen so far give away.
    [[nodiscard]] OfferKind kind() const;
    /// The record as it stands, and a new one begun. Empty name: no place.
    [[nodiscard]] OfferRecord take();
    [[nodiscard]] bool is_ignored() const { return ignored_; } ///< marked as an example (`__ignore__`)

private:
    void take_first_stop();
    void take_equipment();

    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::unordered_map<std::string, OfferSlot, Hash, std::equal_to<>> slots_;
    std::map<std::string, bool, std::less<>> seen_; ///< folded names of fields
    OfferRecord record_;
    std::map<OfferSlot, std::string> parts_;
    bool ignored_ = false;
};

} // namespace pacte
