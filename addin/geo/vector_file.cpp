#include "geo/vector_file.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cctype>
#include <cmath>
#include <cstring>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include <boost/geometry/algorithms/covered_by.hpp>
#include <boost/geometry/algorithms/expand.hpp>
#include <boost/geometry/algorithms/intersects.hpp>
#include <cpl_vsi.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include "core/error.hpp"
#include "core/text.hpp"
#include "geo/gdal.hpp"
#include "geo/guarded_file.hpp"
#include "geo/kml.hpp"
#include "geo/measure.hpp"
#include "geo/outlines.hpp"
#include "geo/polygons.hpp"
#include "geo/projected_outlines.hpp"
#include "geo/topology_size.hpp"
#include "geo/vector_module.hpp"

// With gdal.cpp, guarded_file.cpp, kml.cpp, the outlines and topology_size.cpp, all that sees GDAL, in a
// module of its own: see vector_module.hpp.

namespace pacte::geo {

namespace {

constexpr const char* readable =
    "GeoJSON, TopoJSON, Shapefile, GeoPackage, FlatGeobuf, KML, MapInfo ou CSV (colonne WKT), au besoin "
    "dans une archive .zip ou .gz";
constexpr std::size_t most_other_codes = 1000;
constexpr std::size_t most_without_code = 20;
constexpr std::size_t most_files_in_archive = 200;
constexpr double opening_share = 0.5;   // of the progress
constexpr double scanning_share = 0.45; // of the progress

[[noreturn]] void fail(const VectorRequest& request, const std::string& what)
{
    throw Failure(Failure::Cause::bad_file,
                  "Le fichier « " + request.path.filename().string() + " » " + what);
}

[[noreturn]] void fail_too_big(const VectorRequest& request)
{
    constexpr double megabyte = 1024.0 * 1024.0;
    fail(request,
         "est trop volumineux pour être importé (plus de " +
             french_number(std::floor(static_cast<double>(request.most_bytes) / megabyte)) +
             " Mo, une fois décompressé) : choisissez une version généralisée des contours, ou limitée "
             "à la région.");
}

[[noreturn]] void stop() { throw Failure(Failure::Cause::cancelled, "L'import des contours a été annulé."); }

// --- What the file is --------------------------------------------------------

enum class Kind {
    text,
    gzip,
    zip,
    database, ///< of SQLite, which keeps files of its own beside it
    binary
};

std::string first_bytes(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::string bytes(64, '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    return bytes;
}

Kind kind_of(const std::string& bytes)
{
    if (bytes.starts_with("\x1f\x8b"))
        return Kind::gzip;
    if (bytes.starts_with("PK\x03\x04"))
        return Kind::zip;
    if (bytes.starts_with("SQLite format 3"))
        return Kind::database;
    const std::size_t start = bytes.find_first_not_of("\xef\xbb\xbf \t\r\n");
    const bool text =
        start != std::string::npos && (bytes[start] == '{' || bytes[start] == '[' || bytes[start] == '<');
    return text ? Kind::text : Kind::binary;
}

void check_file(const VectorRequest& request)
{
    std::error_code error;
    if (!std::filesystem::exists(request.path, error))
        fail(request, "n'existe pas, ou plus, à cet emplacement (" +
                          std::filesystem::absolute(request.path).parent_path().string() +
                          ") : choisissez-le de nouveau.");
    if (std::filesystem::is_directory(request.path, error))
        fail(request, "est un dossier : choisissez le fichier de contours qu'il contient.");
    if (std::filesystem::file_size(request.path, error) == 0)
        fail(request, "est vide (0 octet) : téléchargez-le ou exportez-le de nouveau.");
    if (std::filesystem::file_size(request.path, error) > request.most_bytes)
        fail_too_big(request);
    if (!std::ifstream(request.path).good())
        fail(request, "ne peut pas être ouvert : vérifiez que vous avez le droit de le lire.");
}

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

/// In a sentence: « est … ».
std::string what_it_looks_like(const std::string& bytes)
{
    static constexpr std::array<std::pair<std::string_view, const char*>, 7> signatures = {{
        {"\x89PNG", "une image PNG"},
        {"\xff\xd8\xff", "une image JPEG"},
        {"GIF8", "une image GIF"},
        {"%PDF", "un document PDF"},
        {"7z\xbc\xaf", "une archive 7z, à décompresser d'abord"},
        {"\xd0\xcf\x11\xe0", "un document bureautique"},
        {"II*", "une image TIFF"},
    }};
    for (const auto& [signature, name] : signatures)
        if (bytes.starts_with(signature))
            return name;
    const std::string start = lower(bytes);
    return start.starts_with("<!doctype html") || start.starts_with("<html") ? "une page web" : "";
}

[[noreturn]] void fail_not_a_map(const VectorRequest& request, const std::string& what)
{
    fail(request, "n'est pas un fichier de contours" + (what.empty() ? "" : ", mais " + what) +
                      " : choisissez un fichier " + readable + ".");
}

bool is_vector_name(const std::string& name)
{
    static const std::set<std::string> extensions = {".shp",      ".gpkg", ".fgb", ".geojson", ".json",
                                                     ".topojson", ".kml",  ".tab", ".mif",     ".csv"};
    return extensions.contains(lower(std::filesystem::path(name).extension().string()));
}

void add_member(const VectorRequest& request, const std::string& member, std::vector<std::string>& members)
{
    VSIStatBufL status;
    if (VSIStatL(member.c_str(), &status) == 0 &&
        static_cast<std::size_t>(status.st_size) > request.most_bytes)
        fail_too_big(request);
    if (members.size() == most_files_in_archive)
        fail(request,
             "est une archive de plus de " + std::to_string(most_files_in_archive) +
                 " fichiers de contours : décompressez-la, et choisissez celui des communes ou des EPCI.");
    members.push_back(member);
}

std::vector<std::string> in_archive(const VectorRequest& request)
{
    const std::string archive = "/vsizip/" + request.path.string();
    const std::unique_ptr<char*, decltype(&CSLDestroy)> names(VSIReadDirRecursive(archive.c_str()),
                                                              CSLDestroy);
    std::vector<std::string> result;
    if (names == nullptr)
        fail(request, "est une archive abîmée ou incomplète : téléchargez-la de nouveau.");
    for (char** name = names.get(); *name != nullptr; ++name) {
        if (std::strcmp(*name, "content.xml") == 0 || std::strcmp(*name, "[Content_Types].xml") == 0)
            fail_not_a_map(request, "un document bureautique");
        if (is_vector_name(*name))
            add_member(request, archive + "/" + *name, result);
    }
    if (result.empty())
        fail(request, "est une archive qui ne contient aucun fichier de contours : choisissez un fichier " +
                          std::string(readable) + ".");
    return result;
}

/// The names under which GDAL is to open it.
std::vector<std::string> sources_of(const VectorRequest& request, Kind kind, GuardedFile& guard)
{
    const std::string path = std::filesystem::absolute(request.path).string();
    std::vector<std::string> sources;
    switch (kind) {
    case Kind::zip:
        for (const std::string& member : in_archive(request))
            sources.push_back(guard.admit(member));
        return sources;
    case Kind::gzip:
        return {guard.admit_gzip(path)};
    case Kind::database:
        return {path};
    default:
        return {guard.admit(path)};
    }
}

// --- Codes -------------------------------------------------------------------

bool all_digits(std::string_view text)
{
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// A code as text, whatever the file made of it: `1004` and `1004.0` are 01004.
std::string code_of(const OGRFeature& feature, int field)
{
    if (!feature.IsFieldSetAndNotNull(field))
        return {};
    std::string code = trim(feature.GetFieldAsString(field));
    if (const std::size_t point = code.find('.');
        point != std::string::npos && point > 0 &&
        code.find_first_not_of('0', point + 1) == std::string::npos &&
        all_digits(std::string_view(code).substr(0, point)))
        code.resize(point);
    if (code.size() == 4 && all_digits(code))
        code.insert(0, "0");
    return code;
}

bool looks_like_code(std::string_view code)
{
    if (code.size() == 9)
        return all_digits(code);
    const bool corsica = code.starts_with("2A") || code.starts_with("2B");
    return code.size() == 5 && all_digits(corsica ? code.substr(2) : code);
}

bool is_known_name(const std::string& name)
{
    static const std::set<std::string> names = {
        "codgeo", "code",     "inseecom",    "codeinsee", "insee", "codecom", "sirenepci",   "codesiren",
        "siren",  "codeepci", "codecommune", "depcom",    "epci",  "com",     "codeofficiel"};
    return names.contains(fold(name));
}

/// What is learnt of one attribute of one layer.
struct Field {
    int index = 0;
    std::string name;
    std::set<std::string> communes; ///< codes asked for that were met
    std::set<std::string> epcis;
    std::size_t matches = 0;   ///< features
    std::size_t code_like = 0; ///< features
    std::string example;
    std::vector<std::string> others;
    std::vector<std::string> without;
};

/// A feature with at least one code that was asked for.
struct Row {
    GIntBig id = 0;
    std::vector<std::pair<std::size_t, std::string>> codes; ///< (field, code)
    std::unique_ptr<OGRGeometry> geometry;                  ///< where it was read at once
    std::optional<std::size_t> outline;                     ///< in the outlines of the layer
};

/// A GeoJSON file whose coordinates were read apart: see outlines.hpp.
struct QuickFile {
    explicit QuickFile(Outlines read) : outlines(std::move(read)) {}
    ~QuickFile()
    {
        if (!name.empty())
            VSIUnlink(name.c_str());
    }
    QuickFile(const QuickFile&) = delete;
    QuickFile& operator=(const QuickFile&) = delete;

    Outlines outlines;
    std::string name; ///< of the rest of it, in GDAL's memory
};

struct Layer {
    OGRLayer* layer = nullptr;
    const Outlines* outlines = nullptr; ///< where the geometries of `layer` only number them
    std::string driver;
    std::vector<Field> fields;
    std::vector<Row> rows;
    std::size_t features = 0;
    bool may_hold_polygons = true;
};

/// How good an attribute is as the code: the share of the territory that it finds.
struct Choice {
    Layer* layer = nullptr;
    std::size_t field = 0;
    double share = 0.0;
    bool unique = false; ///< one feature a code
    bool known_name = false;

    friend bool operator<(const Choice& a, const Choice& b)
    {
        return std::tuple(a.share, a.unique, a.known_name) < std::tuple(b.share, b.unique, b.known_name);
    }
};

/// One reading, from the file to the contours.
class Reader {
public:
    Reader(const VectorRequest& request, const Progress& progress)
        : request_(request), progress_(progress), guard_(progress, opening_share, request.most_bytes)
    {
        for (const std::string& code : request.codes)
            wanted_.insert(code);
        wanted_epcis_ = static_cast<double>(std::count_if(
            wanted_.begin(), wanted_.end(), [](const std::string& code) { return code.size() == 9; }));
        wanted_communes_ = static_cast<double>(wanted_.size()) - wanted_epcis_;
    }

    VectorContent read()
    {
        check_file(request_);
        const std::string bytes = first_bytes(request_.path);
        const Kind kind = kind_of(bytes);
        open(sources_of(request_, kind, guard_));
        if (datasets_.empty())
            fail_unreadable(kind, bytes);
        for (Layer& layer : layers_)
            scan(layer);
        check_guard();
        check_layers();
        const Choice choice = choose();
        VectorContent content = describe(choice);
        convert(choice, content);
        return content;
    }

private:
    void tell(double share)
    {
        if (progress_ && !progress_(std::min(share, 1.0)))
            stop();
    }

    // --- Opening

    void open(const std::vector<std::string>& sources)
    {
        tell(0.0);
        for (const std::string& source : sources) {
            check_topology(source);
            if (open_quickly(source))
                continue;
            GDALDatasetUniquePtr dataset(
                GDALDataset::Open(source.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, vector_drivers()));
            if (dataset == nullptr)
                dataset = read_kml(source);
            check_guard();
            if (dataset == nullptr)
                continue;
            for (OGRLayer* layer : dataset->GetLayers())
                layers_.push_back(begin(*layer, name_of_driver(*dataset)));
            datasets_.push_back(std::move(dataset));
        }
        guard_.stop_telling();
    }

    /// False where it is not a plain GeoJSON file: GDAL reads it, or says why not.
    bool open_quickly(const std::string& source)
    {
        std::optional<Outlines> outlines = read_outlines(source, request_.most_vertices);
        check_guard();
        if (!outlines || outlines->size() == 0)
            return false;
        // GDAL names the layer after the file.
        static std::atomic<std::size_t> files = 0;
        auto file = std::make_unique<QuickFile>(std::move(*outlines));
        file->name = "/vsimem/pacte/" + std::to_string(++files) + source.substr(source.rfind('/'));
        std::string& rest = file->outlines.rest;
        VSIFCloseL(VSIFileFromMemBuffer(file->name.c_str(), reinterpret_cast<GByte*>(rest.data()),
                                        rest.size(), FALSE));
        const ErrorLog unheard;
        GDALDatasetUniquePtr dataset(
            GDALDataset::Open(file->name.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, vector_drivers()));
        if (dataset == nullptr || name_of_driver(*dataset) != "GeoJSON" || dataset->GetLayerCount() != 1)
            return false;
        layers_.push_back(begin(*dataset->GetLayer(0), "GeoJSON"));
        layers_.back().outlines = &file->outlines;
        quick_files_.push_back(std::move(file));
        datasets_.push_back(std::move(dataset));
        return true;
    }

    /// GDAL makes all objects of a TopoJSON when it opens it.
    void check_topology(const std::string& source) const
    {
        const std::size_t most = 4 * request_.most_vertices;
        if (vertices_of_topology(source, most + 1) > most)
            fail(request_, "réemploie ses lignes au point de compter plus de " +
                               french_number(static_cast<double>(most)) +
                               " sommets : choisissez une version généralisée des contours, ou limitée à la "
                               "région.");
    }

    static std::string name_of_driver(GDALDataset& dataset)
    {
        const std::string name = dataset.GetDriverName();
        return name == "Memory" ? "KML" : name;
    }

    void check_guard() const
    {
        if (guard_.is_cancelled())
            stop();
        if (guard_.is_too_big())
            fail_too_big(request_);
    }

    [[noreturn]] void fail_unreadable(Kind kind, const std::string& bytes) const
    {
        if (kind == Kind::gzip && !log_.has_failure())
            fail_not_a_map(request_, "un autre fichier compressé");
        if (kind != Kind::binary && log_.has_failure())
            fail(request_, "est tronqué ou abîmé et ne peut pas être lu jusqu'au bout : téléchargez-le ou "
                           "exportez-le de nouveau (" +
                               log_.first() + ").");
        if (log_.has_failure() && is_vector_name(request_.path.string()) && what_it_looks_like(bytes).empty())
            fail(request_,
                 "est incomplet ou abîmé : un Shapefile se compose d'au moins trois fichiers (.shp, .shx, "
                 ".dbf) du même nom dans le même dossier ; téléchargez-les de nouveau (" +
                     log_.first() + ").");
        fail_not_a_map(request_, what_it_looks_like(bytes));
    }

    static Layer begin(OGRLayer& layer, const std::string& driver)
    {
        Layer result;
        result.layer = &layer;
        result.driver = driver;
        const OGRwkbGeometryType type = wkbFlatten(layer.GetGeomType());
        result.may_hold_polygons = type == wkbUnknown || type == wkbGeometryCollection ||
                                   OGR_GT_IsSurface(type) || OGR_GT_IsSubClassOf(type, wkbMultiSurface);
        OGRFeatureDefn& definition = *layer.GetLayerDefn();
        for (int i = 0; i < definition.GetFieldCount(); ++i) {
            const OGRFieldType kind = definition.GetFieldDefn(i)->GetType();
            if (kind != OFTString && kind != OFTInteger && kind != OFTInteger64 && kind != OFTReal)
                continue;
            Field field;
            field.index = i;
            field.name = definition.GetFieldDefn(i)->GetNameRef();
            result.fields.push_back(std::move(field));
        }
        return result;
    }

    // --- Scanning: which attribute holds the codes, which features are wanted

    // These find a feature again by its number, and skip geometries quickly. The
    // others are read from the start at each pass: geometries are kept on the way.
    static bool is_read_once(const Layer& layer)
    {
        return layer.outlines == nullptr && layer.driver != "ESRI Shapefile" && layer.driver != "GPKG" &&
               layer.driver != "FlatGeobuf";
    }

    void scan(Layer& layer)
    {
        if (!layer.may_hold_polygons) {
            layer.features = static_cast<std::size_t>(std::max<GIntBig>(layer.layer->GetFeatureCount(), 0));
            return;
        }
        const bool keep_geometry = is_read_once(layer);
        const auto expected = static_cast<double>(std::max<GIntBig>(layer.layer->GetFeatureCount(), 1));
        const bool skip_geometry = !keep_geometry && layer.outlines == nullptr;
        if (skip_geometry) {
            const std::array<const char*, 2> geometry = {"OGR_GEOMETRY", nullptr};
            layer.layer->SetIgnoredFields(const_cast<const char**>(geometry.data()));
        }
        constexpr std::size_t step = 256;
        layer.layer->ResetReading();
        while (const OGRFeatureUniquePtr feature{layer.layer->GetNextFeature()}) {
            look_at(*feature, layer, keep_geometry);
            if (++layer.features % step == 0)
                tell(opening_share +
                     scanning_share * std::min(1.0, static_cast<double>(layer.features) / expected));
        }
        if (skip_geometry)
            layer.layer->SetIgnoredFields(nullptr);
        if (log_.has_failure() && layer.features == 0)
            fail(request_,
                 "est tronqué ou abîmé et ne peut pas être lu : téléchargez-le ou exportez-le de nouveau (" +
                     log_.first() + ").");
    }

    void look_at(OGRFeature& feature, Layer& layer, bool keep_geometry)
    {
        Row row;
        row.id = feature.GetFID();
        for (std::size_t i = 0; i < layer.fields.size(); ++i) {
            Field& field = layer.fields[i];
            std::string code = code_of(feature, field.index);
            if (code.empty()) {
                if (field.without.size() < most_without_code)
                    field.without.push_back("entité n° " + std::to_string(layer.features + 1));
            } else if (wanted_.contains(code)) {
                ++field.matches;
                ++field.code_like;
                (code.size() == 9 ? field.epcis : field.communes).insert(code);
                row.codes.emplace_back(i, std::move(code));
            } else {
                look_at_other(code, field);
            }
        }
        if (row.codes.empty())
            return;
        if (keep_geometry)
            row.geometry.reset(feature.StealGeometry());
        if (layer.outlines != nullptr)
            row.outline = outline_of(feature, *layer.outlines);
        layer.rows.push_back(std::move(row));
    }

    static std::optional<std::size_t> outline_of(const OGRFeature& feature, const Outlines& outlines)
    {
        const OGRGeometry* geometry = feature.GetGeometryRef();
        if (geometry == nullptr)
            return std::nullopt;
        OGREnvelope at;
        geometry->getEnvelope(&at);
        if (!(at.MinX >= 0.0 && at.MinX < static_cast<double>(outlines.size())))
            return std::nullopt;
        return static_cast<std::size_t>(at.MinX);
    }

    static void look_at_other(const std::string& code, Field& field)
    {
        if (looks_like_code(code)) {
            ++field.code_like;
            if (field.example.empty())
                field.example = code;
        }
        if (field.others.size() < most_other_codes)
            field.others.push_back(code);
    }

    // --- Choosing

    void check_layers() const
    {
        std::size_t features = 0;
        bool polygons = false;
        for (const Layer& layer : layers_) {
            features += layer.features;
            polygons = polygons || (layer.may_hold_polygons && layer.features > 0);
        }
        if (features == 0)
            fail(request_, "ne contient aucune entité : vérifiez l'export, ou choisissez un autre fichier.");
        if (!polygons)
            fail_no_polygon();
    }

    [[noreturn]] void fail_no_polygon() const
    {
        fail(request_,
             "ne contient aucun polygone (seulement des points, des lignes ou des données sans géométrie) : "
             "choisissez un fichier des contours des communes ou des EPCI.");
    }

    Choice choose()
    {
        Choice best;
        for (Layer& layer : layers_) {
            const Choice choice = best_of(layer);
            // A number that happens to read as a code is no code.
            constexpr double by_chance = 0.05;
            if (choice.layer == nullptr || (choice.share < by_chance && !choice.known_name))
                continue;
            const std::string name = layer.layer->GetName();
            if (std::find(layer_names_.begin(), layer_names_.end(), name) == layer_names_.end())
                layer_names_.push_back(name);
            if (!request_.layer.empty() && request_.layer != name)
                continue;
            if (best.layer == nullptr || best < choice)
                best = choice;
        }
        if (best.layer == nullptr)
            fail_no_code();
        return best;
    }

    [[nodiscard]] Choice best_of(Layer& layer) const
    {
        Choice best;
        for (std::size_t i = 0; i < layer.fields.size(); ++i) {
            const Choice choice = rate(layer, i);
            if (choice.share > 0.0 && (best.layer == nullptr || best < choice))
                best = choice;
        }
        return best;
    }

    [[nodiscard]] Choice rate(Layer& layer, std::size_t index) const
    {
        const Field& field = layer.fields[index];
        Choice choice;
        choice.layer = &layer;
        choice.field = index;
        const double communes =
            wanted_communes_ > 0.0 ? static_cast<double>(field.communes.size()) / wanted_communes_ : 0.0;
        const double epcis =
            wanted_epcis_ > 0.0 ? static_cast<double>(field.epcis.size()) / wanted_epcis_ : 0.0;
        choice.share = std::max(communes, epcis);
        choice.unique = field.matches == field.communes.size() + field.epcis.size();
        choice.known_name = is_known_name(field.name);
        return choice;
    }

    [[noreturn]] void fail_no_code() const
    {
        const Field* codes = nullptr;
        std::string names;
        for (const Layer& layer : layers_)
            for (const Field& field : layer.fields) {
                names += (names.empty() ? "« " : ", « ") + field.name + " »";
                if (2 * field.code_like > layer.features && !field.example.empty())
                    codes = &field;
            }
        if (codes != nullptr)
            fail(request_,
                 "contient des codes (champ « " + codes->name + " », par exemple " + codes->example +
                     "), mais aucun de ceux du territoire : vérifiez qu'il couvre bien le territoire du "
                     "diagnostic.");
        fail(request_,
             "n'a aucun champ de codes INSEE de communes ou de SIREN d'EPCI (" +
                 (names.empty() ? std::string("il n'a aucun champ") : "ses champs : " + names) +
                 ") : la jointure se fait par le code, jamais par le nom ; choisissez un fichier qui porte "
                 "ces codes.");
    }

    [[nodiscard]] VectorContent describe(const Choice& choice) const
    {
        const Field& field = choice.layer->fields[choice.field];
        VectorContent content;
        content.driver = choice.layer->driver;
        content.layer = choice.layer->layer->GetName();
        content.layers = layer_names_;
        content.code_field = field.name;
        content.features = choice.layer->features;
        content.without_code = field.without;
        content.other_codes = field.others;
        return content;
    }

    // --- Geometries

    void convert(const Choice& choice, VectorContent& content)
    {
        Layer& layer = *choice.layer;
        const auto transformation = transformation_of(layer, content);
        std::optional<ProjectedOutlines> outlines;
        if (layer.outlines != nullptr)
            outlines.emplace(*layer.outlines, transformation.get());
        std::map<std::string, std::vector<Contour>> parts;
        std::size_t done = 0;
        for (Row& row : layer.rows) {
            tell(opening_share + scanning_share +
                 (1.0 - opening_share - scanning_share) * static_cast<double>(done++) /
                     static_cast<double>(layer.rows.size()));
            const auto code = std::find_if(row.codes.begin(), row.codes.end(),
                                           [&](const auto& entry) { return entry.first == choice.field; });
            if (code == row.codes.end())
                continue;
            MultiPolygon shape = !outlines     ? shape_of(geometry_of(row, layer), transformation.get())
                                 : row.outline ? shape_of(*outlines, *layer.outlines, *row.outline)
                                               : MultiPolygon();
            if (!shape.empty())
                parts[code->second].push_back({code->second, {}, std::move(shape)});
        }
        if (parts.empty())
            fail_no_polygon();
        move_joined(parts, content.contours);
        if (request_.margin_m > 0.0 && layer.features > layer.rows.size())
            add_neighbours(choice, transformation.get(), outlines ? &*outlines : nullptr, content);
        tell(1.0);
    }

    /// Pieces of one code become one contour.
    static void move_joined(std::map<std::string, std::vector<Contour>>& parts, std::vector<Contour>& joined)
    {
        for (auto& [code, pieces] : parts)
            joined.push_back(pieces.size() == 1 ? std::move(pieces.front())
                                                : dissolve(pieces, {{code, code}}).front());
    }

    /// A second reading, of what lies around: where that is, is known only now.
    void add_neighbours(const Choice& choice, OGRCoordinateTransformation* transformation,
                        ProjectedOutlines* outlines, VectorContent& content)
    {
        Layer& layer = *choice.layer;
        const Box around = widened(envelope(content.contours), request_.margin_m);
        const std::optional<OGREnvelope> own = box_in_file(around, transformation);
        if (!own)
            return;
        if (outlines == nullptr)
            layer.layer->SetSpatialFilterRect(own->MinX, own->MinY, own->MaxX, own->MaxY);
        const int field = layer.fields[choice.field].index;
        std::map<std::string, std::vector<Contour>> parts;
        std::size_t read = 0;
        layer.layer->ResetReading();
        while (const OGRFeatureUniquePtr feature{layer.layer->GetNextFeature()}) {
            constexpr std::size_t step = 256;
            if (++read % step == 0)
                tell(1.0); // so that it can be stopped
            std::string code = code_of(*feature, field);
            if (!looks_like_code(code) || wanted_.contains(code))
                continue;
            MultiPolygon shape;
            if (outlines == nullptr)
                shape = shape_of(std::unique_ptr<OGRGeometry>(feature->StealGeometry()), transformation);
            else if (const auto outline = outline_of(*feature, *layer.outlines);
                     outline && reaches(*layer.outlines, *outline, *own))
                shape = shape_of(*outlines, *layer.outlines, *outline);
            if (!shape.empty() && boost::geometry::intersects(envelope(shape), around))
                parts[code].push_back({code, {}, std::move(shape)});
        }
        move_joined(parts, content.neighbours);
    }

    /// Where that box of the wanted projection lies in the file's own. Nothing where the box has no
    /// image there.
    static std::optional<OGREnvelope> box_in_file(const Box& box,
                                                  const OGRCoordinateTransformation* transformation)
    {
        OGREnvelope own;
        own.MinX = box.min_corner().x();
        own.MinY = box.min_corner().y();
        own.MaxX = box.max_corner().x();
        own.MaxY = box.max_corner().y();
        if (transformation != nullptr) {
            const std::unique_ptr<OGRCoordinateTransformation> back(transformation->GetInverse());
            constexpr int points_on_a_side = 21;
            if (back == nullptr ||
                back->TransformBounds(own.MinX, own.MinY, own.MaxX, own.MaxY, &own.MinX, &own.MinY, &own.MaxX,
                                      &own.MaxY, points_on_a_side) == FALSE)
                return std::nullopt;
        }
        return own;
    }

    /// As GDAL's own filter.
    static bool reaches(const Outlines& outlines, std::size_t feature, const OGREnvelope& own)
    {
        const Box box(Point(own.MinX, own.MinY), Point(own.MaxX, own.MaxY));
        Box extent(outlines.vertices.front(), outlines.vertices.front());
        bool is_first = true;
        bool has_vertex = false;
        outlines.for_each_ring(feature, [&](std::size_t, std::size_t, std::size_t first, std::size_t end) {
            for (std::size_t i = first; i < end; ++i) {
                const Point& vertex = outlines.vertices[i];
                if (std::exchange(is_first, false))
                    extent = Box(vertex, vertex);
                boost::geometry::expand(extent, vertex);
                has_vertex = has_vertex || boost::geometry::covered_by(vertex, box);
            }
        });
        if (has_vertex || !boost::geometry::intersects(extent, box))
            return has_vertex;
        MultiPolygon shape = *ProjectedOutlines(outlines, nullptr).shape(feature);
        correct(shape);
        return !part_within(shape, box).empty();
    }

    static bool is_within(const OGREnvelope& box, double west, double south, double east, double north)
    {
        return box.MinX >= west && box.MaxX <= east && box.MinY >= south && box.MaxY <= north;
    }

    static std::optional<OGREnvelope> extent_of(const Layer& layer)
    {
        OGREnvelope box;
        if (layer.outlines == nullptr)
            return layer.layer->GetExtent(&box) == OGRERR_NONE ? std::optional(box) : std::nullopt;
        for (const Point& vertex : layer.outlines->vertices)
            box.Merge(vertex.x(), vertex.y());
        return box;
    }

    /// The projection of a file that says none, or says degrees where it has metres.
    int assumed_epsg(const std::optional<OGREnvelope>& extent) const
    {
        if (!extent)
            fail(request_, "n'a pas d'étendue lisible : exportez-le de nouveau.");
        const OGREnvelope& box = *extent;
        if (is_within(box, -180.0, -90.0, 180.0, 90.0))
            return 4326;
        // Metropolitan France in Lambert-93, neighbours and Corsica included.
        if (is_within(box, -100000.0, 5900000.0, 1500000.0, 7300000.0))
            return 2154;
        if (request_.epsg != 2154 && is_within(box, 0.0, 0.0, 1000000.0, 10000000.0))
            return request_.epsg;
        fail(request_,
             "ne dit pas sa projection, et ses coordonnées ne sont ni des degrés ni des mètres en Lambert-93 "
             ": "
             "exportez-le de nouveau en indiquant sa projection (fichier .prj d'un Shapefile, membre « crs » "
             "d'un GeoJSON).");
    }

    /// Null where the file is already in the wanted projection.
    std::unique_ptr<OGRCoordinateTransformation> transformation_of(const Layer& layer,
                                                                   VectorContent& content) const
    {
        OGRSpatialReference target;
        OGRSpatialReference source;
        if (target.importFromEPSG(request_.epsg) != OGRERR_NONE)
            throw Failure(Failure::Cause::bad_value,
                          "La projection EPSG:" + std::to_string(request_.epsg) +
                              " est inconnue : corrigez les paramètres du diagnostic.");
        const OGRSpatialReference* own = layer.layer->GetSpatialRef();
        const std::optional<OGREnvelope> extent = extent_of(layer);
        const bool contradicted = own != nullptr && own->IsGeographic() && extent &&
                                  !is_within(*extent, -360.0, -90.0, 360.0, 90.0);
        content.projection_assumed = own == nullptr || contradicted ||
                                     !(own->IsGeographic() || own->IsProjected() || own->IsCompound());
        if (!content.projection_assumed)
            source = *own;
        else if (source.importFromEPSG(assumed_epsg(extent)) != OGRERR_NONE)
            fail(request_,
                 "est dans une projection inconnue : exportez-le de nouveau en WGS84 ou en Lambert-93.");
        source.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        target.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        if (const char* name = source.GetName())
            content.projection = name;
        if (source.IsSame(&target))
            return nullptr;
        std::unique_ptr<OGRCoordinateTransformation> result(
            OGRCreateCoordinateTransformation(&source, &target));
        if (result == nullptr)
            fail(
                request_,
                "est dans une projection (« " + content.projection +
                    " ») qui ne peut pas être convertie : exportez-le de nouveau en WGS84 ou en Lambert-93.");
        return result;
    }

    static std::unique_ptr<OGRGeometry> geometry_of(Row& row, Layer& layer)
    {
        std::unique_ptr<OGRGeometry> geometry = std::move(row.geometry);
        if (!is_read_once(layer))
            if (const OGRFeatureUniquePtr feature{layer.layer->GetFeature(row.id)})
                geometry.reset(feature->StealGeometry());
        return geometry;
    }

    [[noreturn]] void fail_unconvertible() const
    {
        fail(request_, "a des coordonnées qui ne peuvent pas être converties en EPSG:" +
                           std::to_string(request_.epsg) + " : vérifiez la projection qu'il annonce.");
    }

    void count_vertices(std::size_t more)
    {
        vertices_ += more;
        if (vertices_ > request_.most_vertices)
            fail(request_, "a trop de sommets pour être importé (plus de " +
                               french_number(static_cast<double>(request_.most_vertices)) +
                               ") : choisissez une version généralisée des contours.");
    }

    static void remove_flat(MultiPolygon& shape)
    {
        std::erase_if(shape, [](const Polygon& polygon) { return polygon.outer().size() < 4; });
    }

    MultiPolygon shape_of(ProjectedOutlines& projected, const Outlines& outlines, std::size_t feature)
    {
        std::optional<MultiPolygon> shape = projected.shape(feature);
        if (!shape)
            fail_unconvertible();
        for (Polygon& polygon : *shape) {
            count_vertices(polygon.outer().size());
            for (const auto& hole : polygon.inners())
                count_vertices(hole.size());
            std::erase_if(polygon.inners(), [](const auto& hole) { return hole.size() < 4; });
        }
        remove_flat(*shape);
        correct(*shape);
        if (!shape->empty() && !is_valid(*shape))
            shape = mended(*to_ogr(*projected.shape(feature), outlines.multiple[feature]), std::move(*shape));
        return *std::move(shape);
    }

    MultiPolygon shape_of(std::unique_ptr<OGRGeometry> geometry, OGRCoordinateTransformation* transformation)
    {
        if (geometry == nullptr || geometry->IsEmpty())
            return {};
        if (geometry->hasCurveGeometry(TRUE))
            geometry.reset(geometry->getLinearGeometry());
        geometry->flattenTo2D();
        if (transformation != nullptr && geometry->transform(transformation) != OGRERR_NONE)
            fail_unconvertible();
        MultiPolygon shape = polygons_of(*geometry);
        correct(shape);
        if (!shape.empty() && !is_valid(shape))
            shape = mended(*geometry, std::move(shape));
        return shape;
    }

    MultiPolygon polygons_of(const OGRGeometry& geometry)
    {
        MultiPolygon result;
        const OGRwkbGeometryType type = wkbFlatten(geometry.getGeometryType());
        if (type == wkbPolygon) {
            result.push_back(polygon_of(*geometry.toPolygon()));
        } else if (OGR_GT_IsSubClassOf(type, wkbGeometryCollection)) {
            for (const OGRGeometry* part : *geometry.toGeometryCollection())
                for (Polygon& polygon : polygons_of(*part))
                    result.push_back(std::move(polygon));
        }
        remove_flat(result);
        return result;
    }

    Polygon polygon_of(const OGRPolygon& from)
    {
        Polygon polygon;
        for (const OGRLinearRing* ring : from) {
            Polygon::ring_type points;
            for (const OGRPoint& point : *ring)
                points.emplace_back(point.getX(), point.getY());
            count_vertices(points.size());
            if (polygon.outer().empty())
                polygon.outer() = std::move(points);
            else if (points.size() >= 4)
                polygon.inners().push_back(std::move(points));
        }
        return polygon;
    }

    MultiPolygon mended(const OGRGeometry& geometry, MultiPolygon otherwise)
    {
        const std::unique_ptr<OGRGeometry> valid(geometry.MakeValid());
        if (valid == nullptr)
            return otherwise;
        MultiPolygon shape = polygons_of(*valid);
        correct(shape);
        return shape.empty() ? otherwise : shape;
    }

    const VectorRequest& request_;
    const Progress& progress_;
    std::set<std::string> wanted_;
    double wanted_communes_ = 0.0;
    double wanted_epcis_ = 0.0;
    NoNetwork no_network_;
    ErrorLog log_;
    GuardedFile guard_;
    std::vector<std::unique_ptr<QuickFile>> quick_files_; // that datasets read
    std::vector<GDALDatasetUniquePtr> datasets_;
    std::vector<Layer> layers_;
    std::vector<std::string> layer_names_; ///< of those that hold some of the codes
    std::size_t vertices_ = 0;
};

} // namespace

} // namespace pacte::geo

extern "C" BOOST_SYMBOL_EXPORT bool pacte_read_vector(const pacte::geo::VectorRequest& request,
                                                      const pacte::geo::Progress& progress,
                                                      pacte::geo::VectorContent& content,
                                                      pacte::geo::VectorError& error)
{
    try {
        pacte::geo::start_gdal();
        content = pacte::geo::Reader(request, progress).read();
        return true;
    } catch (const pacte::Failure& failure) {
        error = {failure.cause(), failure.what()};
    } catch (const std::exception& unexpected) {
        error = {pacte::Failure::Cause::bad_file, "Le fichier « " + request.path.filename().string() +
                                                      " » ne peut pas être lu : " + unexpected.what() + "."};
    }
    return false;
}
