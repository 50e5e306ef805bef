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
    reseau,
    itinerant,
    zone,
    publics,
    ignored
};

/// Gathers the fields of one record after the other.
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
