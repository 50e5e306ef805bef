#include "core/standard.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <boost/regex.hpp>
#include <charconv>
#include <chrono>
#include <cmath>
#include <ctime>
#include <limits>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

#include "core/error.hpp"
#include "core/json_schema.hpp"
#include "core/text.hpp"

namespace pacte::standard {

namespace {

namespace json = boost::json;

using Kind = Value::Kind;

constexpr double seconds_of_day = 86'400.0;
constexpr double seconds_of_month = 2'629'746.0; // a twelfth of the mean Gregorian year

bool matches(std::string_view text, const char* pattern)
{
    return boost::regex_match(text.begin(), text.end(), boost::regex(pattern));
}

std::string canonical(double number)
{
    char buffer[64];
    return {buffer, std::to_chars(buffer, buffer + sizeof buffer, number == 0.0 ? 0.0 : number).ptr};
}

Value number_value(double number, Kind kind = Kind::number) { return {kind, canonical(number), number, 0}; }

std::optional<Value> cast_string(const Field& field, std::string_view text)
{
    if (field.format == "email" && !matches(text, R"([^@\s]+@[^@\s.]+(\.[^@\s.]+)+)"))
        return std::nullopt;
    if (field.format == "uri" && !matches(text, R"([A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+)"))
        return std::nullopt;
    if (field.format == "uuid" && !matches(text, R"([0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})"))
        return std::nullopt;
    if (field.format == "binary" &&
        !matches(text, R"(([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)"))
        return std::nullopt;
    return Value{Kind::text, std::string(text), 0.0, characters(text)};
}

void remove_all(std::string& text, const std::string& what)
{
    for (std::size_t at = 0; !what.empty() && (at = text.find(what, at)) != std::string::npos;)
        text.erase(at, what.size());
}

/// `€95`, `EUR 95`, `95%`: what stands around the number is stripped.
std::string_view stripped(std::string_view text)
{
    constexpr std::string_view digits = "0123456789";
    const auto begin = text.find_first_of(digits);
    if (begin == std::string_view::npos)
        return text;
    const auto sign =
        begin > 0 && (text[begin - 1] == '-' || text[begin - 1] == '+' || text[begin - 1] == '.');
    const auto first = begin - (sign ? 1 : 0);
    return text.substr(first, text.find_last_of(digits) + 1 - first);
}

/// The text of a number as XML Schema writes it, the options of the field undone.
std::string plain_number(const Field& field, std::string_view text)
{
    std::string plain(field.bare_number ? text : stripped(text));
    remove_all(plain, field.group_char);
    if (field.decimal_char != ".") {
        if (plain.find('.') != std::string::npos)
            return {};
        if (const auto at = plain.find(field.decimal_char); at != std::string::npos)
            plain.replace(at, field.decimal_char.size(), ".");
    }
    return plain;
}

std::optional<Value> cast_number(const Field& field, std::string_view text)
{
    auto plain = plain_number(field, text);
    if (matches(plain, R"((?i)nan)"))
        return Value{Kind::other, "NaN", std::numeric_limits<double>::quiet_NaN(), 0};
    if (matches(plain, R"((?i)[+-]?inf)"))
        return number_value(plain.starts_with('-') ? -HUGE_VAL : HUGE_VAL);
    if (!matches(plain, R"([+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?)"))
        return std::nullopt;
    if (plain.starts_with('+'))
        plain.erase(0, 1);
    double number = 0.0;
    std::from_chars(plain.data(), plain.data() + plain.size(), number);
    return number_value(number);
}

std::optional<Value> cast_integer(const Field& field, std::string_view text)
{
    std::string plain(field.bare_number ? text : stripped(text));
    remove_all(plain, field.group_char);
    if (!matches(plain, R"([+-]?\d+)"))
        return std::nullopt;
    const bool negative = plain.starts_with('-');
    auto digits = plain.substr(plain.find_first_not_of("+-"));
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
    double number = 0.0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return Value{Kind::number, (negative && digits != "0" ? "-" : "") + digits, negative ? -number : number,
                 0};
}

std::optional<Value> cast_boolean(const Field& field, std::string_view text)
{
    const auto is_in = [&](const std::vector<std::string>& values) {
        return std::find(values.begin(), values.end(), text) != values.end();
    };
    if (is_in(field.true_values))
        return Value{Kind::boolean, "true", 1.0, 0};
    if (is_in(field.false_values))
        return Value{Kind::boolean, "false", 0.0, 0};
    return std::nullopt;
}

std::optional<json::value> json_of(std::string_view text)
{
    json::error_code error;
    auto value = json::parse(json::string_view(text.data(), text.size()), error);
    return error ? std::nullopt : std::optional(std::move(value));
}

std::optional<Value> cast_object(std::string_view text)
{
    const auto value = json_of(text);
    if (!value || !value->is_object())
        return std::nullopt;
    return Value{Kind::other, json::serialize(*value), 0.0, value->get_object().size()};
}

std::optional<Value> cast_array(std::string_view text)
{
    const auto value = json_of(text);
    if (!value || !value->is_array())
        return std::nullopt;
    return Value{Kind::other, json::serialize(*value), 0.0, value->get_array().size()};
}

std::optional<Value> cast_list(const Field& field, std::string_view text)
{
    Field item;
    item.type = field.item_type;
    Value list{Kind::other, {}, 0.0, 0};
    while (true) {
        const auto end = text.find(field.delimiter);
        const auto element = cast(item, text.substr(0, end));
        if (!element)
            return std::nullopt;
        list.text += element->text + '\n';
        ++list.length;
        if (end == std::string_view::npos)
            return list;
        text.remove_prefix(end + field.delimiter.size());
    }
}

int digits(std::string_view text, std::size_t at, std::size_t length)
{
    int value = 0;
    std::from_chars(text.data() + at, text.data() + at + length, value);
    return value;
}

std::optional<double> days(int year, int month, int day)
{
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok())
        return std::nullopt;
    return static_cast<double>(std::chrono::sys_days(date).time_since_epoch().count());
}

std::optional<double> seconds(int hour, int minute, double second)
{
    if (hour > 23 || minute > 59 || second >= 60.0)
        return std::nullopt;
    return hour * 3600.0 + minute * 60.0 + second;
}

/// A moment read by the C function, which takes the patterns that the standard names.
std::optional<std::tm> read_pattern(const std::string& format, std::string_view text)
{
    std::tm moment{};
    moment.tm_mday = 1;
    const std::string copy(text);
    const char* const end = strptime(copy.c_str(), format.c_str(), &moment);
    return end != nullptr && *end == '\0' ? std::optional(moment) : std::nullopt;
}

bool is_pattern(const Field& field) { return field.format.find('%') != std::string::npos; }

std::optional<Value> cast_date(const Field& field, std::string_view text)
{
    std::optional<double> day;
    if (is_pattern(field)) {
        if (const auto read = read_pattern(field.format, text))
            day = days(read->tm_year + 1900, read->tm_mon + 1, read->tm_mday);
    } else if (matches(text, R"(\d{4}-\d{2}-\d{2})")) {
        day = days(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
    }
    return day ? std::optional(number_value(*day, Kind::moment)) : std::nullopt;
}

std::optional<Value> cast_time(const Field& field, std::string_view text)
{
    std::optional<double> time;
    if (is_pattern(field)) {
        if (const auto read = read_pattern(field.format, text))
            time = seconds(read->tm_hour, read->tm_min, read->tm_sec);
    } else if (matches(text, R"(\d{2}:\d{2}:\d{2})")) {
        time = seconds(digits(text, 0, 2), digits(text, 3, 2), digits(text, 6, 2));
    }
    return time ? std::optional(number_value(*time, Kind::moment)) : std::nullopt;
}

/// Seconds east of Greenwich of `Z`, `+02:00`, or nothing stated.
std::optional<double> zone(std::string_view text)
{
    if (text.empty() || text == "Z")
        return 0.0;
    const auto shift = seconds(digits(text, 1, 2), digits(text, 4, 2), 0.0);
    return shift ? std::optional(text.front() == '-' ? -*shift : *shift) : std::nullopt;
}

std::optional<Value> cast_datetime(const Field& field, std::string_view text)
{
    std::optional<double> day;
    std::optional<double> time;
    std::optional<double> shift = 0.0;
    if (is_pattern(field)) {
        if (const auto read = read_pattern(field.format, text)) {
            day = days(read->tm_year + 1900, read->tm_mon + 1, read->tm_mday);
            time = seconds(read->tm_hour, read->tm_min, read->tm_sec);
        }
    } else if (matches(text, R"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?)")) {
        const auto rest = text.find_first_of("Z+-", 19);
        double second = 0.0;
        const auto end = rest == std::string_view::npos ? text.size() : rest;
        std::from_chars(text.data() + 17, text.data() + end, second);
        day = days(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
        time = seconds(digits(text, 11, 2), digits(text, 14, 2), second);
        shift = zone(text.substr(end));
    }
    if (!day || !time || !shift)
        return std::nullopt;
    return number_value(*day * seconds_of_day + *time - *shift, Kind::moment);
}

/// XML Schema's gYear: four digits at least, no leading zero beyond them.
std::optional<Value> cast_year(std::string_view text)
{
    if (!matches(text, R"(-?([1-9]\d{3,}|0\d{3})(Z|[+-]\d{2}:\d{2})?)"))
        return std::nullopt;
    const auto end = text.find_first_of("Z+-", 1);
    return cast_integer({}, text.substr(0, end));
}

std::optional<Value> cast_yearmonth(std::string_view text)
{
    if (!matches(text, R"(\d{4}-(0[1-9]|1[0-2]))"))
        return std::nullopt;
    return number_value(digits(text, 0, 4) * 12.0 + digits(text, 5, 2), Kind::moment);
}

std::optional<Value> cast_duration(std::string_view text)
{
    const boost::regex form(
        R"((-)?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?)");
    boost::match_results<std::string_view::const_iterator> found;
    if (!boost::regex_match(text.begin(), text.end(), found, form) || text.back() == 'P' ||
        text.back() == 'T')
        return std::nullopt;
    const auto part = [&](int i) {
        return found[i].matched ? std::strtod(found[i].str().c_str(), nullptr) : 0.0;
    };
    const double sign = found[1].matched ? -1.0 : 1.0;
    const double months = part(2) * 12.0 + part(3);
    const double rest = part(4) * seconds_of_day + part(6) * 3600.0 + part(7) * 60.0 + part(8);
    return Value{Kind::moment, canonical(sign * months) + '|' + canonical(sign * rest),
                 sign * (months * seconds_of_month + rest), 0};
}

std::optional<double> coordinate(const json::value& value, double greatest)
{
    if (!value.is_number())
        return std::nullopt;
    const auto number = value.to_number<double>();
    return std::abs(number) <= greatest ? std::optional(number) : std::nullopt;
}

std::optional<Value> cast_geopoint(const Field& field, std::string_view text)
{
    constexpr double greatest_longitude = 180.0;
    constexpr double greatest_latitude = 90.0;
    std::optional<double> longitude;
    std::optional<double> latitude;
    if (field.format == "object") {
        const auto value = json_of(text);
        if (!value || !value->is_object() || value->get_object().size() != 2 ||
            !value->get_object().contains("lon") || !value->get_object().contains("lat"))
            return std::nullopt;
        longitude = coordinate(value->at("lon"), greatest_longitude);
        latitude = coordinate(value->at("lat"), greatest_latitude);
    } else {
        const bool array = field.format == "array";
        const auto value = json_of(array ? std::string(text) : "[" + std::string(text) + "]");
        const bool written = array || matches(text, R"([^,\s]+, ?[^,\s]+)");
        if (!value || !value->is_array() || value->get_array().size() != 2 || !written)
            return std::nullopt;
        longitude = coordinate(value->at(0), greatest_longitude);
        latitude = coordinate(value->at(1), greatest_latitude);
    }
    if (!longitude || !latitude)
        return std::nullopt;
    return Value{Kind::other, canonical(*longitude) + ',' + canonical(*latitude), 0.0, 0};
}

std::optional<Value> cast_geojson(const Field& field, std::string_view text)
{
    const auto value = json_of(text);
    const auto* object = value && value->is_object() ? &value->get_object() : nullptr;
    const auto* type = object != nullptr ? object->if_contains("type") : nullptr;
    if (type == nullptr || !type->is_string())
        return std::nullopt;
    const std::string name(type->get_string());
    bool valid = false;
    if (field.format == "topojson")
        valid = name == "Topology" && object->contains("objects") && object->contains("arcs");
    else if (name == "Feature")
        valid = object->contains("geometry") && object->contains("properties");
    else if (name == "FeatureCollection")
        valid = object->contains("features") && object->at("features").is_array();
    else if (name == "GeometryCollection")
        valid = object->contains("geometries") && object->at("geometries").is_array();
    else
        valid = matches(name, "(Multi)?(Point|LineString|Polygon)") && object->contains("coordinates") &&
                object->at("coordinates").is_array();
    return valid ? std::optional(Value{Kind::other, json::serialize(*value), 0.0, object->size()})
                 : std::nullopt;
}

// Reading of descriptors.

[[noreturn]] void invalid(std::string_view origin, const std::string& what)
{
    throw Failure(Failure::Cause::bad_file,
                  "Le schéma « " + std::string(origin) + " » n'est pas valide : " + what);
}

/// A constraint may be a primitive of JSON or a text.
std::string written(const json::value& value)
{
    if (value.is_string())
        return std::string(value.get_string());
    if (value.is_double())
        return canonical(value.get_double());
    return json::serialize(value);
}

std::vector<std::string> texts(const json::value* value)
{
    std::vector<std::string> list;
    if (value == nullptr)
        return list;
    if (!value->is_array())
        return {written(*value)};
    for (const auto& element : value->get_array()) {
        // Missing values and categories may be labelled objects.
        const auto* labelled = element.is_object() ? element.get_object().if_contains("value") : nullptr;
        list.push_back(written(labelled != nullptr ? *labelled : element));
    }
    return list;
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> values)
{
    return std::find(values.begin(), values.end(), text) != values.end();
}

bool is_collection(const Field& field)
{
    return is_one_of(field.type, {"string", "array", "object", "list", "any"});
}

bool is_ordered(const Field& field)
{
    return is_one_of(field.type,
                     {"integer", "number", "date", "time", "datetime", "duration", "year", "yearmonth"});
}

/// The bound of a whole number may have decimals.
std::optional<Value> bound_value(const Field& field, std::string_view text)
{
    Field number;
    number.type = "number";
    return cast(field.type == "integer" ? number : field, text);
}

class FieldReader {
public:
    FieldReader(const json::value& value, std::string_view origin) : origin_(origin)
    {
        if (!value.is_object())
            invalid(origin, "un champ doit être un objet.");
        object_ = &value.get_object();
    }

    Field read()
    {
        field_.name = text("name", "");
        if (field_.name.empty())
            invalid(origin_, "un champ n'a pas de nom.");
        field_.type = text("type", "any");
        field_.format = text("format", "default");
        if (field_.format.starts_with("fmt:"))
            field_.format.erase(0, 4);
        check_type();
        read_options();
        if (const auto* constraints = object_->if_contains("constraints"))
            read_constraints(*constraints);
        return std::move(field_);
    }

private:
    [[nodiscard]] std::string text(const char* key, const char* otherwise) const
    {
        const auto* value = object_->if_contains(key);
        return value != nullptr ? written(*value) : std::string(otherwise);
    }

    void check_type() const
    {
        if (!is_one_of(field_.type,
                       {"string", "number", "integer", "boolean", "object", "array", "list", "datetime",
                        "date", "time", "year", "yearmonth", "duration", "geopoint", "geojson", "any"}))
            fail("« " + field_.type + " » n'est pas un type.");
    }

    void read_options()
    {
        field_.decimal_char = text("decimalChar", ".");
        field_.group_char = text("groupChar", "");
        field_.delimiter = text("delimiter", ",");
        field_.item_type = text("itemType", "string");
        if (const auto* bare = object_->if_contains("bareNumber"); bare != nullptr && bare->is_bool())
            field_.bare_number = bare->get_bool();
        if (const auto* values = object_->if_contains("trueValues"))
            field_.true_values = texts(values);
        if (const auto* values = object_->if_contains("falseValues"))
            field_.false_values = texts(values);
        if (const auto* values = object_->if_contains("missingValues"))
            field_.missing_values = texts(values);
        field_.enumeration = texts(object_->if_contains("categories"));
    }

    void read_constraints(const json::value& value)
    {
        if (!value.is_object())
            fail("« constraints » doit être un objet.");
        const auto& constraints = value.get_object();
        for (const auto& [name, constraint] : constraints)
            read_constraint(std::string(name), constraint);
    }

    void read_constraint(const std::string& name, const json::value& value)
    {
        if (name == "required" || name == "unique") {
            if (!value.is_bool())
                fail("« " + name + " » doit être true ou false.");
            (name == "required" ? field_.required : field_.unique) = value.get_bool();
        } else if (name == "minLength" || name == "maxLength") {
            require(is_collection(field_) && value.is_int64() && value.get_int64() >= 0, name);
            (name == "minLength" ? field_.min_length : field_.max_length) =
                static_cast<std::size_t>(value.get_int64());
        } else if (auto* bound = bound_of(name)) {
            require(is_ordered(field_), name);
            *bound = written(value);
            require(bound_value(field_, **bound).has_value(), name);
        } else if (name == "pattern") {
            require(is_one_of(field_.type, {"string", "any"}) && value.is_string(), name);
            field_.pattern = written(value);
        } else if (name == "enum") {
            require(value.is_array() && !value.get_array().empty(), name);
            field_.enumeration = texts(&value);
        } else if (name == "jsonSchema") {
            require(is_one_of(field_.type, {"object", "array", "geojson"}) && value.is_object(), name);
            field_.json_schema = std::make_shared<const JsonSchema>(json::serialize(value));
        } else {
            fail("la contrainte « " + name + " » n'est pas connue.");
        }
    }

    std::optional<std::string>* bound_of(std::string_view name)
    {
        if (name == "minimum")
            return &field_.minimum;
        if (name == "maximum")
            return &field_.maximum;
        if (name == "exclusiveMinimum")
            return &field_.exclusive_minimum;
        return name == "exclusiveMaximum" ? &field_.exclusive_maximum : nullptr;
    }

    void require(bool holds, const std::string& constraint) const
    {
        if (!holds)
            fail("la contrainte « " + constraint + " » ne convient pas au type « " + field_.type + " ».");
    }

    [[noreturn]] void fail(const std::string& what) const
    {
        invalid(origin_, "champ « " + field_.name + " », " + what);
    }

    std::string_view origin_;
    const json::object* object_ = nullptr;
    Field field_;
};

void require_fields(const Schema& schema, const std::vector<std::string>& names, std::string_view origin)
{
    for (const auto& name : names)
        if (schema.index(name) < 0)
            invalid(origin, "une clé nomme un champ absent, « " + name + " ».");
}

void read_foreign_keys(const json::object& object, Schema& schema, std::string_view origin)
{
    const auto* keys = object.if_contains("foreignKeys");
    if (keys == nullptr)
        return;
    if (!keys->is_array())
        invalid(origin, "« foreignKeys » doit être une liste.");
    for (const auto& key : keys->get_array()) {
        const auto* reference = key.is_object() ? key.get_object().if_contains("reference") : nullptr;
        if (reference == nullptr || !reference->is_object())
            invalid(origin, "une clé étrangère n'a pas de « reference ».");
        const auto* resource = reference->get_object().if_contains("resource");
        ForeignKey foreign{texts(key.get_object().if_contains("fields")),
                           resource != nullptr ? written(*resource) : std::string(),
                           texts(reference->get_object().if_contains("fields"))};
        if (foreign.fields.empty() || foreign.fields.size() != foreign.references.size())
            invalid(origin, "une clé étrangère doit nommer autant de champs des deux côtés.");
        require_fields(schema, foreign.fields, origin);
        schema.foreign_keys.push_back(std::move(foreign));
    }
}

// Checking of tables.

class Checker {
public:
    Checker(const Schema& schema, const Rows& rows, const std::map<std::string, Resource>& resources)
        : schema_(schema), rows_(rows), resources_(resources)
    {
        for (const auto& field : schema.fields)
            columns_.emplace_back(schema, field);
    }

    std::vector<Fault> run()
    {
        values_.assign(rows_.size(), std::vector<std::optional<Value>>(schema_.fields.size()));
        for (std::size_t row = 0; row < rows_.size(); ++row)
            for (std::size_t i = 0; i < schema_.fields.size(); ++i)
                check_cell(row, i);
        for (std::size_t i = 0; i < schema_.fields.size(); ++i)
            if (schema_.fields[i].unique)
                check_unique({schema_.fields[i].name}, Problem::unique);
        if (!schema_.primary_key.empty())
            check_unique(schema_.primary_key, Problem::primary_key);
        for (const auto& key : schema_.unique_keys)
            check_unique(key, Problem::unique_key);
        for (const auto& key : schema_.foreign_keys)
            check_foreign(key);
        std::stable_sort(faults_.begin(), faults_.end(), [](const Fault& a, const Fault& b) {
            return std::pair(a.row, a.field) < std::pair(b.row, b.field);
        });
        return std::move(faults_);
    }

private:
    /// What a field's constraints are, once read.
    struct Column {
        Column(const Schema& schema, const Field& described)
            : field(&described), missing(described.missing_values.value_or(schema.missing_values))
        {
            for (const auto& value : described.enumeration)
                if (const auto read = cast(described, value))
                    enumeration.insert(read->text);
            if (!described.pattern.empty())
                pattern = boost::regex(described.pattern);
            const auto& key = schema.primary_key;
            required = described.required || std::find(key.begin(), key.end(), described.name) != key.end();
        }

        const Field* field;
        std::vector<std::string> missing;
        std::unordered_set<std::string> enumeration;
        std::optional<boost::regex> pattern;
        bool required = false;
    };

    void report(Problem problem, std::size_t row, std::size_t field)
    {
        faults_.push_back({problem, row, field});
    }

    void check_cell(std::size_t row, std::size_t i)
    {
        static const std::string none;
        const auto& column = columns_[i];
        const auto& text = i < rows_[row].size() ? rows_[row][i] : none;
        if (std::find(column.missing.begin(), column.missing.end(), text) != column.missing.end()) {
            if (column.required)
                report(Problem::required, row, i);
            return;
        }
        auto value = cast(*column.field, text);
        if (!value) {
            report(Problem::type, row, i);
            return;
        }
        check_constraints(column, *value, row, i);
        values_[row][i] = std::move(value);
    }

    void check_constraints(const Column& column, const Value& value, std::size_t row, std::size_t i)
    {
        const auto& field = *column.field;
        const auto bound = [&](const std::optional<std::string>& written_bound) {
            return written_bound ? bound_value(field, *written_bound)->number : 0.0;
        };
        if (field.min_length && value.length < *field.min_length)
            report(Problem::min_length, row, i);
        if (field.max_length && value.length > *field.max_length)
            report(Problem::max_length, row, i);
        if ((field.minimum && value.number < bound(field.minimum)) ||
            (field.exclusive_minimum && value.number <= bound(field.exclusive_minimum)))
            report(Problem::minimum, row, i);
        if ((field.maximum && value.number > bound(field.maximum)) ||
            (field.exclusive_maximum && value.number >= bound(field.exclusive_maximum)))
            report(Problem::maximum, row, i);
        if (column.pattern && !boost::regex_match(value.text, *column.pattern))
            report(Problem::pattern, row, i);
        if (!field.enumeration.empty() && !column.enumeration.contains(value.text))
            report(Problem::enumeration, row, i);
        if (field.json_schema && !field.json_schema->accepts(value.text))
            report(Problem::json_schema, row, i);
    }

    /// The values of the fields, joined; nothing where one of them is null.
    [[nodiscard]] std::optional<std::string> key_of(std::size_t row,
                                                    const std::vector<std::string>& fields) const
    {
        std::string key;
        for (const auto& name : fields) {
            const auto& value = values_[row][static_cast<std::size_t>(schema_.index(name))];
            if (!value)
                return std::nullopt;
            key += value->text + '\x1F';
        }
        return key;
    }

    void check_unique(const std::vector<std::string>& fields, Problem problem)
    {
        std::unordered_set<std::string> seen;
        for (std::size_t row = 0; row < rows_.size(); ++row)
            if (auto key = key_of(row, fields); key && !seen.insert(std::move(*key)).second)
                report(problem, row, static_cast<std::size_t>(schema_.index(fields.front())));
    }

    void check_foreign(const ForeignKey& key)
    {
        const auto other = resources_.find(key.resource);
        if (!key.resource.empty() && other == resources_.end())
            return; // the resource is not there to be read
        std::unordered_set<std::string> known;
        if (key.resource.empty()) {
            for (std::size_t row = 0; row < rows_.size(); ++row)
                if (auto target = key_of(row, key.references))
                    known.insert(std::move(*target));
        } else {
            known = keys_of(other->second, key.references);
        }
        for (std::size_t row = 0; row < rows_.size(); ++row)
            if (const auto source = key_of(row, key.fields); source && !known.contains(*source))
                report(Problem::foreign_key, row,
                       static_cast<std::size_t>(schema_.index(key.fields.front())));
    }

    static std::unordered_set<std::string> keys_of(const Resource& resource,
                                                   const std::vector<std::string>& fields)
    {
        static const std::map<std::string, Resource> none;
        Checker reader(resource.schema, resource.rows, none);
        reader.values_.assign(resource.rows.size(),
                              std::vector<std::optional<Value>>(resource.schema.fields.size()));
        std::unordered_set<std::string> keys;
        for (std::size_t row = 0; row < resource.rows.size(); ++row) {
            for (std::size_t i = 0; i < resource.schema.fields.size(); ++i)
                reader.check_cell(row, i);
            if (auto key = reader.key_of(row, fields))
                keys.insert(std::move(*key));
        }
        return keys;
    }

    const Schema& schema_;
    const Rows& rows_;
    const std::map<std::string, Resource>& resources_;
    std::vector<Column> columns_;
    std::vector<std::vector<std::optional<Value>>> values_;
    std::vector<Fault> faults_;
};

} // namespace

int Schema::index(std::string_view field) const
{
    for (std::size_t i = 0; i < fields.size(); ++i)
        if (fields[i].name == field)
            return static_cast<int>(i);
    return -1;
}

std::optional<Value> cast(const Field& field, std::string_view text)
{
    if (field.type == "string")
        return cast_string(field, text);
    if (field.type == "number")
        return cast_number(field, text);
    if (field.type == "integer")
        return cast_integer(field, text);
    if (field.type == "boolean")
        return cast_boolean(field, text);
    if (field.type == "object")
        return cast_object(text);
    if (field.type == "array")
        return cast_array(text);
    if (field.type == "list")
        return cast_list(field, text);
    if (field.type == "datetime")
        return cast_datetime(field, text);
    if (field.type == "date")
        return cast_date(field, text);
    if (field.type == "time")
        return cast_time(field, text);
    if (field.type == "year")
        return cast_year(text);
    if (field.type == "yearmonth")
        return cast_yearmonth(text);
    if (field.type == "duration")
        return cast_duration(text);
    if (field.type == "geopoint")
        return cast_geopoint(field, text);
    if (field.type == "geojson")
        return cast_geojson(field, text);
    return Value{Kind::text, std::string(text), 0.0, characters(text)};
}

Schema parse(std::string_view text, std::string_view origin)
{
    const auto document = json_of(text);
    if (!document || !document->is_object())
        invalid(origin, "ce n'est pas un objet JSON.");
    const auto& object = document->get_object();
    const auto* fields = object.if_contains("fields");
    if (fields == nullptr || !fields->is_array() || fields->get_array().empty())
        invalid(origin, "« fields » doit être une liste de champs.");
    Schema schema;
    for (const auto& field : fields->get_array())
        schema.fields.push_back(FieldReader(field, origin).read());
    if (const auto* missing = object.if_contains("missingValues")) {
        if (!missing->is_array())
            invalid(origin, "« missingValues » doit être une liste.");
        schema.missing_values = texts(missing);
    }
    schema.primary_key = texts(object.if_contains("primaryKey"));
    require_fields(schema, schema.primary_key, origin);
    if (const auto* keys = object.if_contains("uniqueKeys")) {
        if (!keys->is_array() || keys->get_array().empty())
            invalid(origin, "« uniqueKeys » doit être une liste qui n'est pas vide.");
        for (const auto& key : keys->get_array())
            require_fields(schema, schema.unique_keys.emplace_back(texts(&key)), origin);
    }
    read_foreign_keys(object, schema, origin);
    if (const auto* match = object.if_contains("fieldsMatch")) {
        // Version 2.0 also wrote it as a list of one.
        const auto stated = texts(match);
        if (stated.size() != 1 ||
            !is_one_of(stated.front(), {"exact", "equal", "subset", "superset", "partial"}))
            invalid(origin, "« fieldsMatch » doit être exact, equal, subset, superset ou partial.");
        schema.fields_match = stated.front();
    }
    return schema;
}

std::optional<std::vector<int>> match_fields(const Schema& schema, const std::vector<std::string>& headers)
{
    const auto at = [&](const std::string& name) {
        const auto found = std::find(headers.begin(), headers.end(), name);
        return found != headers.end() ? static_cast<int>(found - headers.begin()) : -1;
    };
    std::vector<int> columns;
    for (const auto& field : schema.fields)
        columns.push_back(at(field.name));
    const auto found = static_cast<std::size_t>(
        std::count_if(columns.begin(), columns.end(), [](int column) { return column >= 0; }));
    const bool has_all = found == schema.fields.size();
    const bool has_no_other = found == headers.size();
    const auto& match = schema.fields_match;
    // In their order, fields are mapped by their places: the names of the columns do not count.
    if (match == "exact") {
        if (headers.size() != schema.fields.size())
            return std::nullopt;
        std::iota(columns.begin(), columns.end(), 0);
        return columns;
    }
    const bool admitted = match == "equal"      ? has_all && has_no_other
                          : match == "subset"   ? has_all
                          : match == "superset" ? has_no_other && found > 0
                                                : found > 0;
    return admitted ? std::optional(columns) : std::nullopt;
}

std::vector<Fault> check(const Schema& schema, const Rows& rows,
                         const std::map<std::string, Resource>& resources)
{
    return Checker(schema, rows, resources).run();
}

} // namespace pacte::standard
