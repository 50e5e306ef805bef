#include "core/need_profile.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <utility>

#include "core/text.hpp"

namespace pacte {

namespace {

namespace json = boost::json;

std::string header_key(const NeedColumn& column)
{
    std::string key = fold(column.header);
    std::erase_if(key, [](char letter) { return letter >= '0' && letter <= '9'; });
    return key;
}

std::string text_in(const json::object& object, const char* name)
{
    const json::value* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

bool flag_in(const json::object& object, const char* name)
{
    const json::value* value = object.if_contains(name);
    return value != nullptr && value->is_bool() && value->get_bool();
}

/// Begins the keys of places: no layout begins so.
constexpr std::string_view place_mark = "lieu ";

std::optional<std::size_t> index_in(const json::object& object, const char* name)
{
    const json::value* value = object.if_contains(name);
    return value != nullptr && value->is_int64() && value->get_int64() >= 0
               ? std::optional(static_cast<std::size_t>(value->get_int64()))
               : std::nullopt;
}

} // namespace

NeedProfiles NeedProfiles::load(const std::filesystem::path& file)
{
    NeedProfiles profiles;
    std::ifstream stream(file, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(stream), {});
    boost::system::error_code error;
    const json::value all = json::parse(text, error);
    if (error || !all.is_object())
        return profiles;
    for (const auto& layout : all.get_object()) {
        if (!layout.value().is_object())
            continue;
        const std::string key(layout.key());
        if (key.starts_with(place_mark)) {
            const json::object& stated = layout.value().get_object();
            profiles.places_[key.substr(place_mark.size())] = {
                index_in(stated, "feuille"), index_in(stated, "entete"), index_in(stated, "code"),
                geo_level_named(text_in(stated, "niveau"))};
            continue;
        }
        auto& columns = profiles.columns_[key];
        for (const auto& column : layout.value().get_object()) {
            if (!column.value().is_object())
                continue;
            const json::object& stated = column.value().get_object();
            const json::value* factor = stated.if_contains("facteur");
            columns[std::string(column.key())] = {
                flag_in(stated, "importer"),
                text_in(stated, "code"),
                text_in(stated, "nature"),
                text_in(stated, "unite"),
                text_in(stated, "base"),
                flag_in(stated, "base_population"),
                factor != nullptr && factor->is_number() ? factor->to_number<double>() : 1.0,
                text_in(stated, "famille"),
                text_in(stated, "sens")};
        }
    }
    return profiles;
}

void NeedProfiles::save(const std::filesystem::path& file) const
{
    json::object all;
    for (const auto& [key, columns] : columns_) {
        json::object layout;
        for (const auto& [header, decision] : columns)
            layout[header] =
                json::object{{"importer", decision.wanted}, {"code", decision.code},
                             {"nature", decision.nature},   {"unite", decision.unit},
                             {"base", decision.base},       {"base_population", decision.population_base},
                             {"facteur", decision.factor},  {"famille", decision.family},
                             {"sens", decision.direction}};
        all[key] = std::move(layout);
    }
    for (const auto& [key, place] : places_) {
        json::object stated;
        for (const auto& [name, index] :
             {std::pair("feuille", place.sheet), std::pair("entete", place.header_row),
              std::pair("code", place.code_column)})
            if (index)
                stated[name] = static_cast<std::int64_t>(*index);
        if (place.level)
            stated["niveau"] = name_of(*place.level);
        all[std::string(place_mark) + key] = std::move(stated);
    }
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    std::ofstream(file, std::ios::binary) << json::serialize(all);
}

void NeedProfiles::remember(const std::string& key, const NeedLayout& layout)
{
    auto& columns = columns_[key];
    columns.clear();
    for (const NeedColumn& column : layout.columns)
        columns[header_key(column)] = {column.wanted, column.code,   name_of(column.nature),
                                       column.unit,   column.base,   column.population_base,
                                       column.factor, column.family, column.direction};
}

void NeedProfiles::remember_place(const std::string& key, const LayoutHints& place) { places_[key] = place; }

std::optional<LayoutHints> NeedProfiles::place(const std::string& key) const
{
    const auto found = places_.find(key);
    return found == places_.end() ? std::nullopt : std::optional(found->second);
}

void NeedProfiles::apply(const std::string& key, NeedLayout& layout) const
{
    const auto found = columns_.find(key);
    if (found == columns_.end())
        return;
    for (NeedColumn& column : layout.columns) {
        const auto decided = found->second.find(header_key(column));
        if (decided == found->second.end())
            continue;
        const Decision& decision = decided->second;
        column.wanted = decision.wanted;
        column.code = decision.code.empty() ? column.code : decision.code;
        column.nature = nature_named(decision.nature).value_or(column.nature);
        column.unit = decision.unit;
        column.base = decision.base;
        column.population_base = decision.population_base;
        column.factor = decision.factor;
        column.family = decision.family;
        column.direction = decision.direction;
    }
}

} // namespace pacte
