#include "geo/topology_size.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <boost/json/basic_parser_impl.hpp>
#include <cpl_vsi.h>

namespace pacte::geo {

namespace {

namespace json = boost::json;

/// What the parser meets, in the order of the file. The arcs stand in « arcs » of
/// the whole, those that an object is made of in its own « arcs ».
class Handler {
public:
    static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_array_size = max_object_size;
    static constexpr std::size_t max_key_size = max_object_size;
    static constexpr std::size_t max_string_size = max_object_size;

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_object_begin(json::error_code&)
    {
        ++objects_;
        key_.clear();
        return true;
    }
    bool on_object_end(std::size_t, json::error_code&)
    {
        --objects_;
        return true;
    }
    bool on_array_begin(json::error_code&)
    {
        if (in_arcs_ > 0)
            ++in_arcs_;
        else if (key_ == "arcs")
            in_arcs_ = 1;
        if (is_arc_table() && in_arcs_ == 2)
            lengths_.push_back(0);
        if (is_arc_table() && in_arcs_ == 3)
            ++lengths_.back();
        return true;
    }
    bool on_array_end(std::size_t, json::error_code&)
    {
        if (in_arcs_ > 0 && --in_arcs_ == 0)
            key_.clear();
        return true;
    }
    bool on_key_part(json::string_view part, std::size_t, json::error_code&) { return add(part); }
    bool on_key(json::string_view last, std::size_t, json::error_code&)
    {
        add(last);
        key_ = whole_;
        whole_.clear();
        return true;
    }
    bool on_int64(std::int64_t number, json::string_view, json::error_code&)
    {
        if (in_arcs_ > 0 && !is_arc_table())
            ++named_[number < 0 ? -1 - number : number]; // backwards where it is negative
        return true;
    }
    bool on_uint64(std::uint64_t, json::string_view, json::error_code&) { return true; }
    bool on_double(double, json::string_view, json::error_code&) { return true; }
    bool on_number_part(json::string_view, json::error_code&) { return true; }
    bool on_string_part(json::string_view, std::size_t, json::error_code&) { return true; }
    bool on_string(json::string_view, std::size_t, json::error_code&) { return true; }
    bool on_bool(bool, json::error_code&) { return true; }
    bool on_null(json::error_code&) { return true; }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }

    [[nodiscard]] std::size_t vertices(std::size_t enough) const
    {
        std::size_t sum = 0;
        for (const auto& [arc, times] : named_) {
            if (static_cast<std::size_t>(arc) >= lengths_.size())
                continue;
            const std::size_t length = lengths_[static_cast<std::size_t>(arc)];
            if (length > 0 && times > (enough - sum) / length)
                return enough;
            sum += times * length;
        }
        return sum;
    }

private:
    [[nodiscard]] bool is_arc_table() const { return objects_ == 1; }
    bool add(json::string_view part)
    {
        whole_.append(part.data(), part.size());
        return true;
    }

    std::size_t objects_ = 0; ///< that are open
    std::size_t in_arcs_ = 0; ///< arrays that are open, from that of « arcs »
    std::string whole_;
    std::string key_;
    std::vector<std::size_t> lengths_;
    std::unordered_map<std::int64_t, std::size_t> named_;
};

struct Close {
    void operator()(VSILFILE* file) const { VSIFCloseL(file); }
};

} // namespace

std::size_t vertices_of_topology(const std::string& source, std::size_t enough)
{
    const std::unique_ptr<VSILFILE, Close> file(VSIFOpenL(source.c_str(), "rb"));
    if (file == nullptr)
        return 0;
    json::basic_parser<Handler> parser((json::parse_options()));
    json::error_code error;
    std::array<char, 1 << 16> part{};
    bool is_first = true;
    while (const std::size_t read = VSIFReadL(part.data(), 1, part.size(), file.get())) {
        const std::string_view text(part.data(), read);
        if (is_first && text.find("Topology") == std::string_view::npos)
            return 0;
        const std::size_t mark = is_first && text.starts_with("\xef\xbb\xbf") ? 3 : 0;
        is_first = false;
        parser.write_some(true, part.data() + mark, read - mark, error);
        if (error)
            return 0;
    }
    return parser.handler().vertices(enough);
}

} // namespace pacte::geo
