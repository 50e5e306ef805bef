#include "core/offer_source.hpp"

#include <algorithm>
#include <array>
#include <boost/json/basic_parser_impl.hpp>
#include <fstream>

#include "core/error.hpp"
#include "core/offer_record.hpp"
#include "core/text.hpp"

namespace pacte {

namespace {

namespace json = boost::json;

constexpr std::array kinds{
    "France services", "médiation numérique", "data·inclusion", "FINESS", "BPE", "Soliguide", "autre"};
constexpr std::size_t chunk_size = 1 << 20;

[[noreturn]] void fail(const std::string& file, const std::string& what)
{
    throw Failure(Failure::Cause::bad_file, "Le fichier « " + file + " » ne peut pas être importé : " + what);
}

/// A France services place is one of two categories, itinerant or not; the
/// places of digital mediation are all of one.
void set_categories(OfferKind kind, OfferRecord& record)
{
    if (kind == OfferKind::france_services)
        record.categories = {record.itinerant ? "itinérant" : "fixe"};
    else if (kind == OfferKind::mediation_numerique)
        record.categories = {record.itinerant ? "itinérant" : "lieu"};
}

/// Receives what the parser reads. A record is an object in an array that is the
/// root or a member of the root object.
class RecordHandler {
public:
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);
    using Error = json::error_code;

    explicit RecordHandler(const OfferSink& sink) : sink_(sink) {}

    [[nodiscard]] std::size_t records() const { return records_; }
    [[nodiscard]] OfferKind kind() const { return builder_.kind(); }

    bool on_document_begin(Error&) { return true; }
    bool on_document_end(Error&) { return true; }
    bool on_array_begin(Error&)
    {
        open(Level::array);
        return true;
    }
    bool on_array_end(std::size_t, Error&)
    {
        if (record_at_ > 0) {
            --arrays_in_record_;
            if (is_position() && !list_.empty())
                builder_.add(slot_, list_);
            list_.clear();
        }
        close();
        return true;
    }
    bool on_object_begin(Error&)
    {
        open(Level::object);
        return true;
    }
    bool on_object_end(std::size_t, Error&)
    {
        if (record_at_ == levels_.size())
            end_record();
        close();
        return true;
    }
    bool on_key_part(json::string_view part, std::size_t, Error&)
    {
        text_.append(part.data(), part.size());
        return true;
    }
    bool on_key(json::string_view part, std::size_t, Error&)
    {
        text_.append(part.data(), part.size());
        if (record_at_ > 0) {
            path_.resize(path_ends_.back());
            if (!path_.empty())
                path_ += '.';
            path_ += text_;
            slot_ = builder_.slot_of(path_);
        }
        text_.clear();
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, Error&)
    {
        if (is_wanted())
            text_.append(part.data(), part.size());
        return true;
    }
    bool on_string(json::string_view part, std::size_t, Error&)
    {
        if (is_wanted()) {
            text_.append(part.data(), part.size());
            value(text_);
            text_.clear();
        }
        return true;
    }
    bool on_number_part(json::string_view part, Error&)
    {
        text_.append(part.data(), part.size());
        return true;
    }
    bool on_int64(std::int64_t, json::string_view part, Error&) { return number(part); }
    bool on_uint64(std::uint64_t, json::string_view part, Error&) { return number(part); }
    bool on_double(double, json::string_view part, Error&) { return number(part); }
    bool on_bool(bool truth, Error&)
    {
        if (is_wanted())
            value(truth ? "oui" : "non");
        return true;
    }
    bool on_null(Error&) { return true; }
    bool on_comment_part(json::string_view, Error&) { return true; }
    bool on_comment(json::string_view, Error&) { return true; }

private:
    enum class Level { array, object };

    [[nodiscard]] bool is_position() const
    {
        return slot_ == OfferSlot::coordinates || slot_ == OfferSlot::stop_coordinates;
    }
    [[nodiscard]] bool is_wanted() const { return record_at_ > 0 && slot_ != OfferSlot::none; }

    bool number(json::string_view part)
    {
        text_.append(part.data(), part.size());
        if (is_wanted())
            value(text_);
        text_.clear();
        return true;
    }

    /// The two elements of a position are one value; those of any other array are one each.
    void value(std::string_view text)
    {
        if (!is_position() || arrays_in_record_ == 0)
            return builder_.add(slot_, text);
        if (!list_.empty())
            list_ += ';';
        list_ += text;
    }

    void open(Level level)
    {
        const bool in_array = !levels_.empty() && levels_.back() == Level::array;
        levels_.push_back(level);
        if (record_at_ > 0) {
            path_ends_.push_back(path_.size());
            arrays_in_record_ += level == Level::array ? 1 : 0;
        } else if (level == Level::object && in_array && levels_.size() <= 3) {
            record_at_ = levels_.size();
            path_.clear();
            path_ends_.assign(1, 0);
            arrays_in_record_ = 0;
            slot_ = OfferSlot::none;
        }
    }

    void close()
    {
        levels_.pop_back();
        if (record_at_ == 0)
            return;
        path_.resize(path_ends_.back());
        path_ends_.pop_back();
        if (arrays_in_record_ == 0)
            slot_ = OfferSlot::none;
    }

    void end_record()
    {
        ++records_;
        const bool ignored = builder_.is_ignored();
        OfferRecord record = builder_.take();
        record.where = "élément " + std::to_string(records_);
        record_at_ = 0;
        path_ends_.assign(1, 0);
        if (ignored)
            return;
        set_categories(builder_.kind(), record);
        sink_(std::move(record));
    }

    const OfferSink& sink_;
    OfferBuilder builder_;
    std::vector<Level> levels_;
    std::size_t record_at_ = 0; ///< depth of the record that is open; 0: none
    std::size_t records_ = 0;
    std::size_t arrays_in_record_ = 0;
    std::string path_;
    std::vector<std::size_t> path_ends_;
    std::string text_;
    std::string list_;
    OfferSlot slot_ = OfferSlot::none;
};

json::parse_options tolerant()
{
    json::parse_options options;
    options.allow_invalid_utf8 = true;
    options.allow_trailing_commas = true;
    return options;
}

std::string after_records(std::size_t records)
{
    return records == 0 ? std::string("dès le début") : "après l'élément " + std::to_string(records);
}

/// Places of one sheet with a line of headers.
class TableReader {
public:
    TableReader(const SourceFile& file, const SourceSheet& sheet) : file_(file), sheet_(sheet)
    {
        find_headers();
    }

    [[nodiscard]] bool holds_places() const { return header_row_.has_value(); }

    void read(OfferReading& reading, const OfferSink& sink, const ImportProgress& progress)
    {
        reading.kind = builder_.kind();
        for (std::size_t row = *header_row_ + 1; row < sheet_.rows(); ++row) {
            if (row % 4096 == 0 && progress &&
                !progress(static_cast<double>(row) / static_cast<double>(sheet_.rows())))
                throw Failure(Failure::Cause::cancelled, "Import annulé.");
            for (std::size_t c = 0; c < slots_.size(); ++c)
                if (slots_[c] != OfferSlot::none)
                    builder_.add(slots_[c], sheet_.at(row, c));
            ++reading.records;
            const bool ignored = builder_.is_ignored();
            OfferRecord record = builder_.take();
            record.where = place_of(file_.name, sheet_.name(), sheet_.line(row));
            set_categories(reading.kind, record);
            if (!ignored)
                sink(std::move(record));
        }
    }

private:
    /// The first of the first lines that names a place and where it is.
    void find_headers()
    {
        for (std::size_t row = 0; row < std::min<std::size_t>(sheet_.rows(), 20); ++row) {
            OfferBuilder builder;
            std::vector<OfferSlot> slots;
            for (std::size_t c = 0; c < sheet_.width(row); ++c)
                slots.push_back(builder.slot_of(sheet_.at(row, c)));
            const auto has = [&](OfferSlot slot) {
                return std::find(slots.begin(), slots.end(), slot) != slots.end();
            };
            const bool somewhere = has(OfferSlot::commune) || has(OfferSlot::city) ||
                                   has(OfferSlot::latitude) || has(OfferSlot::easting) ||
                                   has(OfferSlot::coordinates) || has(OfferSlot::postcode);
            if (!somewhere || !(has(OfferSlot::name) || builder.kind() == OfferKind::bpe))
                continue;
            builder_ = std::move(builder);
            slots_ = std::move(slots);
            header_row_ = row;
            return;
        }
    }

    const SourceFile& file_;
    const SourceSheet& sheet_;
    OfferBuilder builder_;
    std::vector<OfferSlot> slots_;
    std::optional<std::size_t> header_row_;
};

/// FINESS (« Extraction du fichier des établissements », DREES): lines of two
/// kinds, `structureet` and `geolocalisation`, without headers.
bool is_finess(const SourceSheet& sheet)
{
    for (std::size_t row = 0; row < std::min<std::size_t>(sheet.rows(), 3); ++row)
        if (const auto first = sheet.at(row, 0);
            first == "structureet" || first == "finess" || first == "geolocalisation")
            return true;
    return false;
}

/// The commune stands in two columns: `43` and `157`; overseas `9A` and `105`
/// (97105).
std::string finess_commune(std::string_view departement, std::string_view commune)
{
    if (departement.size() == 2 && departement[0] == '9' && departement[1] >= 'A' && departement[1] <= 'F')
        return "97" + std::string(commune);
    return std::string(departement.substr(0, 2)) + std::string(commune);
}

/// What FINESS calls its columns, in the order of its lines of establishments.
constexpr std::array finess_names{"structureet",    "nofinesset",
                                  "nofinessej",     "rs",
                                  "rslongue",       "complrs",
                                  "compldistrib",   "numvoie",
                                  "typvoie",        "voie",
                                  "compvoie",       "lieuditbp",
                                  "commune",        "departement",
                                  "libdepartement", "ligneacheminement",
                                  "telephone",      "telecopie",
                                  "categetab",      "libcategetab",
                                  "categagretab",   "libcategagretab",
                                  "siret",          "codeape",
                                  "codemft",        "libmft",
                                  "codesph",        "libsph",
                                  "dateouv",        "dateautor",
                                  "datemaj",        "numuai"};

/// The establishments of a sheet of FINESS.
class FinessReader {
public:
    FinessReader(const SourceFile& file, const SourceSheet& sheet) : file_(file), sheet_(sheet)
    {
        if (is_finess(sheet)) {
            for (std::size_t c = 0; c < finess_names.size(); ++c)
                columns_.emplace(finess_names.at(c), c);
            find_points();
        } else {
            for (std::size_t c = 0; sheet.rows() > 0 && c < sheet.width(0); ++c)
                columns_.emplace(fold(sheet.at(0, c)), c);
        }
    }

    [[nodiscard]] bool holds_places() const
    {
        return columns_.contains("nofinesset") && columns_.contains("rs") && columns_.contains("categetab") &&
               columns_.contains("departement");
    }

    void read(OfferReading& reading, const OfferSink& sink, const ImportProgress& progress) const
    {
        reading.kind = OfferKind::finess;
        const bool has_kinds = is_finess(sheet_);
        for (std::size_t row = has_kinds ? 0 : 1; row < sheet_.rows(); ++row) {
            if (row % 4096 == 0 && progress &&
                !progress(static_cast<double>(row) / static_cast<double>(sheet_.rows())))
                throw Failure(Failure::Cause::cancelled, "Import annulé.");
            if (has_kinds && sheet_.at(row, 0) != "structureet")
                continue;
            ++reading.records;
            sink(record_of(row));
        }
    }

private:
    struct Position {
        double x = 0.0; ///< in the legal projection of the département
        double y = 0.0;
    };

    [[nodiscard]] std::string text(std::size_t row, const char* name) const
    {
        const auto found = columns_.find(name);
        return found == columns_.end() ? std::string() : std::string(sheet_.at(row, found->second));
    }

    /// Where the address was not found, FINESS gives the middle of the commune (« ADMIN-EXPRESS »):
    /// no place is there.
    static std::optional<Position> position(std::string_view x, std::string_view y, std::string_view source)
    {
        Position found;
        if (!parse_number(x, found.x) || !parse_number(y, found.y) ||
            fold(source).find("adminexpress") != std::string::npos)
            return std::nullopt;
        return found;
    }

    void find_points()
    {
        for (std::size_t row = 0; row < sheet_.rows(); ++row)
            if (sheet_.at(row, 0) == "geolocalisation")
                if (const auto point = position(sheet_.at(row, 2), sheet_.at(row, 3), sheet_.at(row, 4)))
                    points_.emplace(sheet_.at(row, 1), *point);
    }

    [[nodiscard]] std::optional<Position> point_of(std::size_t row) const
    {
        if (const auto found = points_.find(text(row, "nofinesset")); found != points_.end())
            return found->second;
        return position(text(row, "coordxet"), text(row, "coordyet"), text(row, "sourcecoordet"));
    }

    [[nodiscard]] OfferRecord record_of(std::size_t row) const
    {
        OfferRecord record;
        record.where = place_of(file_.name, sheet_.name(), sheet_.line(row));
        record.id = text(row, "nofinesset");
        record.name = text(row, "rslongue").empty() ? text(row, "rs") : text(row, "rslongue");
        record.address = trim(text(row, "numvoie") + " " + text(row, "typvoie") + " " + text(row, "voie"));
        if (record.address.empty())
            record.address = text(row, "lieuditbp");
        record.commune = finess_commune(text(row, "departement"), text(row, "commune"));
        const std::string line = text(row, "ligneacheminement");
        record.postcode = line.substr(0, 5);
        record.city = line.size() > 6 ? line.substr(6) : "";
        record.siret = text(row, "siret");
        record.updated = text(row, "datemaj").substr(0, 10);
        record.categories = {text(row, "categetab")};
        if (const auto point = point_of(row)) {
            record.longitude = point->x;
            record.latitude = point->y;
            record.metric = true;
        }
        return record;
    }

    const SourceFile& file_;
    const SourceSheet& sheet_;
    std::map<std::string, std::size_t, std::less<>> columns_;
    std::map<std::string, Position, std::less<>> points_;
};

} // namespace

const char* name_of(OfferKind kind) { return kinds[static_cast<std::size_t>(kind)]; }

std::optional<OfferKind> offer_kind_named(std::string_view name)
{
    for (std::size_t i = 0; i < kinds.size(); ++i)
        if (fold(name) == fold(kinds[i]))
            return static_cast<OfferKind>(i);
    return std::nullopt;
}

OfferReading read_offers_json(const std::filesystem::path& path, const OfferSink& sink,
                              const ImportProgress& progress)
{
    const std::string name = path.filename().string();
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file)
        fail(name, "il ne s'ouvre pas. Vérifiez qu'il est là et lisible.");
    const auto size = static_cast<double>(file.tellg());
    file.seekg(0);
    json::basic_parser<RecordHandler> parser(tolerant(), sink);
    std::string chunk(chunk_size, '\0');
    OfferReading reading;
    json::error_code error;
    double read = 0.0;
    bool more = true;
    for (bool first = true; more && !error; first = false) {
        file.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
        std::string_view part(chunk.data(), static_cast<std::size_t>(file.gcount()));
        more = static_cast<bool>(file);
        read += static_cast<double>(part.size());
        if (first && part.starts_with("\uFEFF"))
            part.remove_prefix(3);
        while (!more && !part.empty() &&
               std::string_view(" \r\n\t").find(part.back()) != std::string_view::npos)
            part.remove_suffix(1);
        parser.write_some(more, part.data(), part.size(), error);
        if (progress && !progress(size > 0.0 ? read / size : 1.0))
            throw Failure(Failure::Cause::cancelled, "Import annulé.");
    }
    reading.kind = parser.handler().kind();
    reading.records = parser.handler().records();
    if (error && reading.records == 0)
        fail(name,
             "ce n'est pas un fichier JSON complet (" + error.message() + "). Téléchargez-le à nouveau.");
    if (error)
        reading.refusals.push_back({"fichier « " + name + " », " + after_records(reading.records),
                                    {},
                                    "Le fichier est coupé ou abîmé ici : la suite n'a pas pu être lue.",
                                    "Téléchargez-le à nouveau, puis importez-le."});
    if (reading.records == 0)
        fail(name, "il ne contient aucune liste de lieux.");
    return reading;
}

OfferReading read_offers_table(const SourceFile& file, const OfferSink& sink, const ImportProgress& progress)
{
    OfferReading reading;
    bool found = false;
    for (const SourceSheet& sheet : file.sheets) {
        if (const FinessReader finess(file, sheet); finess.holds_places()) {
            finess.read(reading, sink, progress);
            found = true;
            continue;
        }
        TableReader reader(file, sheet);
        if (!reader.holds_places())
            continue;
        found = true;
        reader.read(reading, sink, progress);
    }
    if (!found)
        fail(file.name,
             "aucune ligne d'en-tête ne nomme un lieu (nom) et sa commune, son adresse ou ses coordonnées.");
    return reading;
}

bool is_json(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::string start(64, '\0');
    file.read(start.data(), static_cast<std::streamsize>(start.size()));
    start.resize(static_cast<std::size_t>(file.gcount()));
    std::string_view text = start;
    if (text.starts_with("\uFEFF"))
        text.remove_prefix(3);
    text = trimmed(text);
    return text.starts_with('[') || text.starts_with('{');
}

} // namespace pacte
