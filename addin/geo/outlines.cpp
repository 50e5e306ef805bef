#include "geo/outlines.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>
#include <cpl_vsi.h>

namespace pacte::geo {

namespace {

namespace json = boost::json;

constexpr std::size_t most_rest = std::size_t{128} << 20U;
constexpr std::size_t deepest = 4; // arrays, of a position in a MultiPolygon

/// Takes what the parser meets. A false return means: leave it to GDAL.
class Handler {
public:
    static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_array_size = max_object_size;
    static constexpr std::size_t max_key_size = max_object_size;
    static constexpr std::size_t max_string_size = max_object_size;

    explicit Handler(std::size_t most_vertices)
        : most_vertices_(std::min<std::size_t>(most_vertices, std::numeric_limits<std::uint32_t>::max() - 1))
    {
    }

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code& error) { return is_collection_ || leave(error); }

    bool on_object_begin(json::error_code& error)
    {
        if (depth_ > 0)
            return leave(error);
        Place place = Place::other;
        if (places_.empty())
            place = Place::root;
        else if (places_.back() == Place::features)
            place = Place::feature;
        else if (is_member("geometry", Place::feature))
            place = Place::geometry;
        if (place == Place::feature)
            has_geometry_ = false;
        if (place == Place::geometry) {
            if (std::exchange(has_geometry_, true))
                return leave(error);
            type_.clear();
            position_depth_ = 0;
        }
        places_.push_back(place);
        return open('{', error);
    }

    bool on_object_end(std::size_t, json::error_code& error)
    {
        if (places_.back() == Place::geometry && !((type_ == "Polygon" && position_depth_ == 3) ||
                                                   (type_ == "MultiPolygon" && position_depth_ == 4)))
            return leave(error);
        places_.pop_back();
        out_.rest += '}';
        return true;
    }

    bool on_array_begin(json::error_code& error)
    {
        if (depth_ > 0) {
            ++depth_;
            dimensions_ = 0;
            return depth_ <= (position_depth_ > 0 ? position_depth_ : deepest) || leave(error);
        }
        Place place = Place::other;
        if (is_member("features", Place::root)) {
            place = Place::features;
            if (std::exchange(has_features_, true))
                return leave(error);
        } else if (is_member("coordinates", Place::geometry)) {
            depth_ = 1;
            return position_depth_ == 0 || leave(error);
        }
        places_.push_back(place);
        return open('[', error);
    }

    bool on_array_end(std::size_t, json::error_code& error)
    {
        if (depth_ > 0)
            return end_coordinates(error);
        places_.pop_back();
        out_.rest += ']';
        return true;
    }

    bool on_key_part(json::string_view part, std::size_t, json::error_code&) { return append(text_, part); }
    bool on_key(json::string_view last, std::size_t, json::error_code& error)
    {
        append(text_, last);
        key_ = std::exchange(text_, {});
        // A TopoJSON is known as soon as it is met.
        if (places_.back() == Place::root && (key_ == "objects" || key_ == "arcs"))
            return leave(error);
        return write(json::serialize(json::string_view(key_)), error) && append(out_.rest, ":");
    }

    bool on_string_part(json::string_view part, std::size_t, json::error_code&)
    {
        return append(text_, part);
    }
    bool on_string(json::string_view last, std::size_t, json::error_code& error)
    {
        append(text_, last);
        const std::string value = std::exchange(text_, {});
        if (depth_ > 0)
            return leave(error);
        if (is_member("type", Place::geometry))
            type_ = value;
        if (is_member("type", Place::root)) {
            is_collection_ = value == "FeatureCollection";
            if (!is_collection_)
                return leave(error);
        }
        return write(json::serialize(json::string_view(value)), error);
    }

    bool on_number_part(json::string_view part, json::error_code&) { return append(text_, part); }
    bool on_int64(std::int64_t number, json::string_view last, json::error_code& error)
    {
        return depth_ > 0 ? add(static_cast<double>(number), error) : write_number(last, error);
    }
    bool on_uint64(std::uint64_t number, json::string_view last, json::error_code& error)
    {
        return depth_ > 0 ? add(static_cast<double>(number), error) : write_number(last, error);
    }
    // The parser's own value may be one digit off.
    bool on_double(double, json::string_view last, json::error_code& error)
    {
        if (depth_ == 0)
            return write_number(last, error);
        std::string_view text(last.data(), last.size());
        if (!text_.empty()) {
            append(text_, last);
            text = text_;
        }
        double number = 0.0;
        const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
        return (failed == std::errc() && end == text.data() + text.size()) ? add(number, error)
                                                                           : leave(error);
    }

    bool on_bool(bool value, json::error_code& error)
    {
        return depth_ > 0 ? leave(error) : write(value ? "true" : "false", error);
    }
    bool on_null(json::error_code& error)
    {
        if (is_member("geometry", Place::feature) && std::exchange(has_geometry_, true))
            return leave(error);
        return depth_ > 0 ? leave(error) : write("null", error);
    }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }

    [[nodiscard]] Outlines take() { return std::move(out_); }

private:
    enum class Place { root, features, feature, geometry, other };

    static bool leave(json::error_code& error)
    {
        error = make_error_code(boost::system::errc::operation_canceled);
        return false;
    }

    /// The value that is met is that member of such an object.
    [[nodiscard]] bool is_member(std::string_view key, Place of) const
    {
        return !places_.empty() && places_.back() == of && key_ == key;
    }

    static bool append(std::string& text, json::string_view part)
    {
        text.append(part.data(), part.size());
        return true;
    }

    // --- What is not a coordinate, written again

    bool write(std::string_view value, json::error_code& error)
    {
        if (out_.rest.size() > most_rest)
            return leave(error);
        if (!out_.rest.empty() && std::string_view("{[:").find(out_.rest.back()) == std::string_view::npos)
            out_.rest += ',';
        out_.rest += value;
        return true;
    }

    bool open(char bracket, json::error_code& error) { return write(std::string_view(&bracket, 1), error); }

    bool write_number(json::string_view last, json::error_code& error)
    {
        append(text_, last);
        return write(std::exchange(text_, {}), error);
    }

    // --- Coordinates

    bool add(double number, json::error_code& error)
    {
        text_.clear();
        if (position_depth_ == 0) {
            position_depth_ = depth_;
            feature_dimensions_ = 0;
            if (depth_ < 3)
                return leave(error);
        }
        if (depth_ != position_depth_ || dimensions_ == 3)
            return leave(error);
        position_[dimensions_++] = number;
        return true;
    }

    bool end_coordinates(json::error_code& error)
    {
        if (position_depth_ == 0)
            return leave(error); // nothing in it
        const std::size_t above = position_depth_ - depth_--;
        switch (above) {
        case 0:
            return end_position(error);
        case 1:
            return end(out_.ring_ends, out_.vertices.size(), error);
        case 2:
            return end(out_.polygon_ends, out_.ring_ends.size(), error) && (depth_ > 0 || end_feature(error));
        default:
            return end_feature(error);
        }
    }

    bool end_position(json::error_code& error)
    {
        if (dimensions_ < 2 || out_.vertices.size() == most_vertices_)
            return leave(error);
        if (feature_dimensions_ == 0)
            feature_dimensions_ = dimensions_;
        if (feature_dimensions_ != dimensions_)
            return leave(error);
        out_.vertices.emplace_back(position_[0], position_[1]);
        dimensions_ = 0;
        return true;
    }

    /// `size` counts what is in the whole that ends. An empty one is left to GDAL.
    static bool end(std::vector<std::uint32_t>& ends, std::size_t size, json::error_code& error)
    {
        if (size == (ends.empty() ? 0 : ends.back()))
            return leave(error);
        ends.push_back(static_cast<std::uint32_t>(size));
        return true;
    }

    bool end_feature(json::error_code& error)
    {
        const std::string height = feature_dimensions_ == 3 ? ",0" : "";
        const std::string position = "[" + std::to_string(out_.feature_ends.size()) + ",0" + height + "]";
        out_.feature_ends.push_back(static_cast<std::uint32_t>(out_.polygon_ends.size()));
        out_.multiple.push_back(position_depth_ == 4);
        return write(position_depth_ == 4 ? "[[[" + position + "]]]" : "[[" + position + "]]", error);
    }

    std::size_t most_vertices_;
    Outlines out_;
    std::vector<Place> places_;
    std::string key_;
    std::string text_; ///< of a key, string or number of which a part is known
    std::string type_; ///< of the geometry
    bool is_collection_ = false;
    bool has_features_ = false;
    bool has_geometry_ = false;
    std::size_t depth_ = 0;          ///< arrays that are open, from that of the coordinates
    std::size_t position_depth_ = 0; ///< of the numbers; 0 until one is met
    std::size_t dimensions_ = 0;     ///< of the position
    std::size_t feature_dimensions_ = 0;
    std::array<double, 3> position_{};
};

struct Close {
    void operator()(VSILFILE* file) const { VSIFCloseL(file); }
};

} // namespace

std::optional<Outlines> read_outlines(const std::string& source, std::size_t most_vertices)
{
    const std::unique_ptr<VSILFILE, Close> file(VSIFOpenL(source.c_str(), "rb"));
    if (file == nullptr)
        return std::nullopt;
    json::basic_parser<Handler> parser(json::parse_options(), most_vertices);
    json::error_code error;
    std::vector<char> part(std::size_t{1} << 18U);
    bool is_first = true;
    while (const std::size_t read = VSIFReadL(part.data(), 1, part.size(), file.get())) {
        const bool marked = is_first && std::string_view(part.data(), read).starts_with("\xef\xbb\xbf");
        const std::size_t mark = marked ? 3 : 0;
        is_first = false;
        if (parser.write_some(true, part.data() + mark, read - mark, error) != read - mark || error)
            return std::nullopt;
    }
    parser.write_some(false, nullptr, 0, error);
    if (error || is_first)
        return std::nullopt;
    return parser.handler().take();
}

} // namespace pacte::geo
