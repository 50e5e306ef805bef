#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/need_figures.hpp"
#include "core/source_sheet.hpp"

// The files in which places of service are published: what each of them calls a
// name, a commune, a category, brought to one record.

namespace pacte {

enum class OfferKind { france_services, mediation_numerique, data_inclusion, finess, bpe, soliguide, table };

/// As the table Correspondances has it: `France services`, `data·inclusion`…
/// `autre` for any other table.
[[nodiscard]] const char* name_of(OfferKind kind);
[[nodiscard]] std::optional<OfferKind> offer_kind_named(std::string_view name);

/// A place as its source tells of it. Everything is as written there.
struct OfferRecord {
    std::string where; ///< in the file, for a message: `ligne 12`, `élément 3`
    std::string id;    ///< of the source
    std::string name;
    std::string structure; ///< id of the structure that gives the service
    std::string address;
    std::string postcode;
    std::string city;
    std::string commune; ///< code INSEE
    std::string siret;
    std::string updated;
    std::string capacity;
    std::optional<double> latitude; ///< degrees; metres where `metric`
    std::optional<double> longitude;
    /// Latitude and longitude are a northing and an easting, in the legal projection of
    /// the place's département.
    bool metric = false;
    std::vector<std::string> categories;
    bool equipment = false; ///< of the BPE, which names few of them and numbers none
    bool itinerant = false;
    std::vector<std::string> zone;    ///< codes of `zone_eligibilite`
    std::vector<std::string> publics; ///< codes of data·inclusion
};

struct OfferReading {
    OfferKind kind = OfferKind::table;
    std::size_t records = 0;
    std::vector<Refusal> refusals; ///< what could not be read
};

using OfferSink = std::function<void(OfferRecord&&)>;

/// JSON and GeoJSON, an object an element of the root array, or of an array of the root
/// object (`structures`, `services`, `places`, `features`…). Read as a stream: the
/// memory that it takes does not grow with the file. A file that is cut gives
/// the records before the cut, and a refusal. Throws Failure: bad_file (no JSON,
/// no records), cancelled.
[[nodiscard]] OfferReading read_offers_json(const std::filesystem::path& path, const OfferSink& sink,
                                            const ImportProgress& progress = {});

/// A table with headers, or FINESS (DREES, « Extraction du fichier des établissements » of
/// data.gouv.fr: etalab-cs1100502 and, with their coordinates, etalab-cs1100507, without headers;
/// or the whole in one table with the same names). Several sheets are read one
/// after the other, those without places left out.
[[nodiscard]] OfferReading read_offers_table(const SourceFile& file, const OfferSink& sink,
                                             const ImportProgress& progress = {});

/// Whether the file is to be read as JSON, by its first character.
[[nodiscard]] bool is_json(const std::filesystem::path& path);

} // namespace pacte
