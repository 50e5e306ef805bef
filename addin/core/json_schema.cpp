#include "core/json_schema.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <boost/regex.hpp>
#include <cmath>
#include <map>
#include <optional>
#include <string>

#include "core/error.hpp"
#include "core/text.hpp"

namespace pacte {

namespace {

namespace json = boost::json;

/// A `$ref` that comes back to itself without a step into the value would never end.
constexpr int deepest = 200;

std::optional<json::value> parsed(std::string_view text)
{
    json::error_code error;
    auto value = json::parse(json::string_view(text.data(), text.size()), error);
    return error ? std::nullopt : std::optional(std::move(value));
}

[[noreturn]] void invalid(const std::string& what)
{
    throw Failure(Failure::Cause::bad_file, "La contrainte « jsonSchema » n'est pas valide : " + what);
}

std::string_view view(const json::string& text) { return {text.data(), text.size()}; }

std::optional<double> number_in(const json::value* value)
{
    return value != nullptr && value->is_number() ? std::optional(value->to_number<double>()) : std::nullopt;
}

bool is_whole(const json::value& value)
{
    return value.is_number() && std::floor(value.to_number<double>()) == value.to_number<double>();
}

bool is_of_type(const json::value& value, std::string_view type)
{
    return type == "null"      ? value.is_null()
           : type == "boolean" ? value.is_bool()
           : type == "object"  ? value.is_object()
           : type == "array"   ? value.is_array()
           : type == "number"  ? value.is_number()
           : type == "integer" ? is_whole(value)
           : type == "string"  ? value.is_string()
                               : false;
}

/// 1 and 1.0 are one number.
bool are_equal(const json::value& a, const json::value& b)
{
    if (a.is_number() && b.is_number())
        return a.to_number<double>() == b.to_number<double>();
    if (a.is_array() && b.is_array())
        return std::equal(a.get_array().begin(), a.get_array().end(), b.get_array().begin(),
                          b.get_array().end(), are_equal);
    if (a.is_object() && b.is_object()) {
        const auto& other = b.get_object();
        return a.get_object().size() == other.size() &&
               std::all_of(a.get_object().begin(), a.get_object().end(), [&](const auto& member) {
                   const auto* same = other.if_contains(member.key());
                   return same != nullptr && are_equal(member.value(), *same);
               });
    }
    return a == b;
}

} // namespace

class JsonSchema::Rules {
public:
    explicit Rules(json::value schema) : root_(std::move(schema)) { prepare(root_); }

    [[nodiscard]] bool accepts(const json::value& value) const { return accepts(root_, value, 0); }

private:
    /// The patterns are read once, and the references are followed once.
    void prepare(const json::value& schema)
    {
        if (schema.is_array())
            for (const auto& element : schema.get_array())
                prepare(element);
        if (!schema.is_object())
            return;
        const auto& object = schema.get_object();
        if (const auto* pattern = object.if_contains("pattern"); pattern != nullptr && pattern->is_string())
            add_pattern(view(pattern->get_string()));
        if (const auto* patterns = object.if_contains("patternProperties");
            patterns != nullptr && patterns->is_object())
            for (const auto& member : patterns->get_object())
                add_pattern({member.key().data(), member.key().size()});
        if (const auto* reference = object.if_contains("$ref");
            reference != nullptr && reference->is_string())
            (void)referred(view(reference->get_string()));
        for (const auto& member : object)
            prepare(member.value());
    }

    void add_pattern(std::string_view pattern)
    {
        try {
            patterns_.emplace(pattern, boost::regex(pattern.begin(), pattern.end()));
        } catch (const boost::regex_error&) {
            invalid("« " + std::string(pattern) + " » n'est pas une expression régulière.");
        }
    }

    [[nodiscard]] const json::value& referred(std::string_view reference) const
    {
        json::error_code error;
        const json::value* found = nullptr;
        if (reference.starts_with('#'))
            found = root_.find_pointer(json::string_view(reference.data() + 1, reference.size() - 1), error);
        if (found == nullptr || error)
            invalid("« " + std::string(reference) + " » ne mène à rien dans ce schéma.");
        return *found;
    }

    [[nodiscard]] bool matches(std::string_view text, std::string_view pattern) const
    {
        const auto found = patterns_.find(pattern);
        return found != patterns_.end() && boost::regex_search(text.begin(), text.end(), found->second);
    }

    [[nodiscard]] bool accepts(const json::value& schema, const json::value& value, int depth) const
    {
        if (depth > deepest)
            return false;
        if (!schema.is_object())
            return !schema.is_bool() || schema.get_bool();
        const auto& rules = schema.get_object();
        return accepts_kind(rules, value) && accepts_combined(rules, value, depth + 1) &&
               (!value.is_number() || accepts_number(rules, value.to_number<double>())) &&
               (!value.is_string() || accepts_string(rules, view(value.get_string()))) &&
               (!value.is_array() || accepts_array(rules, value.get_array(), depth + 1)) &&
               (!value.is_object() || accepts_object(rules, value.get_object(), depth + 1));
    }

    static bool accepts_kind(const json::object& rules, const json::value& value)
    {
        if (const auto* type = rules.if_contains("type")) {
            const bool listed =
                type->is_array() &&
                std::any_of(type->get_array().begin(), type->get_array().end(), [&](const json::value& one) {
                    return one.is_string() && is_of_type(value, view(one.get_string()));
                });
            if (!listed && !(type->is_string() && is_of_type(value, view(type->get_string()))))
                return false;
        }
        if (const auto* same = rules.if_contains("const"); same != nullptr && !are_equal(*same, value))
            return false;
        const auto* among = rules.if_contains("enum");
        return among == nullptr || !among->is_array() ||
               std::any_of(among->get_array().begin(), among->get_array().end(),
                           [&](const json::value& one) { return are_equal(one, value); });
    }

    /// How many of the schemas of that list accept the value; nothing where there is no list.
    [[nodiscard]] std::optional<std::ptrdiff_t> accepting(const json::object& rules, const char* key,
                                                          const json::value& value, int depth) const
    {
        const auto* list = rules.if_contains(key);
        if (list == nullptr || !list->is_array())
            return std::nullopt;
        return std::count_if(list->get_array().begin(), list->get_array().end(),
                             [&](const json::value& schema) { return accepts(schema, value, depth); });
    }

    [[nodiscard]] bool accepts_combined(const json::object& rules, const json::value& value, int depth) const
    {
        if (const auto* reference = rules.if_contains("$ref"); reference != nullptr && reference->is_string())
            if (!accepts(referred(view(reference->get_string())), value, depth))
                return false;
        if (const auto all = accepting(rules, "allOf", value, depth);
            all && static_cast<std::size_t>(*all) < rules.at("allOf").get_array().size())
            return false;
        if (const auto any = accepting(rules, "anyOf", value, depth); any && *any == 0)
            return false;
        if (const auto one = accepting(rules, "oneOf", value, depth); one && *one != 1)
            return false;
        if (const auto* refused = rules.if_contains("not");
            refused != nullptr && accepts(*refused, value, depth))
            return false;
        if (const auto* condition = rules.if_contains("if")) {
            const auto* branch = rules.if_contains(accepts(*condition, value, depth) ? "then" : "else");
            return branch == nullptr || accepts(*branch, value, depth);
        }
        return true;
    }

    static bool accepts_number(const json::object& rules, double number)
    {
        const auto bound = [&](const char* key) { return number_in(rules.if_contains(key)); };
        if (const auto step = bound("multipleOf"); step && *step > 0.0) {
            const double times = number / *step;
            if (std::abs(times - std::round(times)) > 1e-9 * std::max(1.0, std::abs(times)))
                return false;
        }
        const auto minimum = bound("minimum");
        const auto maximum = bound("maximum");
        const auto above = bound("exclusiveMinimum");
        const auto below = bound("exclusiveMaximum");
        return (!minimum || number >= *minimum) && (!maximum || number <= *maximum) &&
               (!above || number > *above) && (!below || number < *below);
    }

    /// Whether a count lies between the bounds of these two keywords.
    static bool is_between(const json::object& rules, const char* least, const char* most, std::size_t count)
    {
        const auto lowest = number_in(rules.if_contains(least));
        const auto highest = number_in(rules.if_contains(most));
        const auto counted = static_cast<double>(count);
        return (!lowest || counted >= *lowest) && (!highest || counted <= *highest);
    }

    [[nodiscard]] bool accepts_string(const json::object& rules, std::string_view text) const
    {
        const auto* pattern = rules.if_contains("pattern");
        return is_between(rules, "minLength", "maxLength", characters(text)) &&
               (pattern == nullptr || !pattern->is_string() || matches(text, view(pattern->get_string())));
    }

    static bool are_unique(const json::array& items)
    {
        for (std::size_t i = 0; i < items.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                if (are_equal(items[i], items[j]))
                    return false;
        return true;
    }

    [[nodiscard]] bool accepts_array(const json::object& rules, const json::array& items, int depth) const
    {
        if (!is_between(rules, "minItems", "maxItems", items.size()))
            return false;
        if (const auto* unique = rules.if_contains("uniqueItems");
            unique != nullptr && unique->is_bool() && unique->get_bool() && !are_unique(items))
            return false;
        const auto* prefix = rules.if_contains("prefixItems");
        const auto* others = rules.if_contains("items");
        const std::size_t placed = prefix != nullptr && prefix->is_array() ? prefix->get_array().size() : 0;
        for (std::size_t i = 0; i < items.size(); ++i) {
            const auto* schema = i < placed ? &prefix->get_array()[i] : others;
            if (schema != nullptr && !accepts(*schema, items[i], depth))
                return false;
        }
        const auto* contained = rules.if_contains("contains");
        if (contained == nullptr)
            return true;
        const auto found =
            static_cast<double>(std::count_if(items.begin(), items.end(), [&](const json::value& item) {
                return accepts(*contained, item, depth);
            }));
        const auto most = number_in(rules.if_contains("maxContains"));
        return found >= number_in(rules.if_contains("minContains")).value_or(1.0) &&
               (!most || found <= *most);
    }

    [[nodiscard]] bool accepts_member(const json::object& rules, std::string_view name,
                                      const json::value& value, int depth) const
    {
        bool described = false;
        if (const auto* properties = rules.if_contains("properties");
            properties != nullptr && properties->is_object())
            if (const auto* schema = properties->get_object().if_contains({name.data(), name.size()})) {
                described = true;
                if (!accepts(*schema, value, depth))
                    return false;
            }
        if (const auto* patterns = rules.if_contains("patternProperties");
            patterns != nullptr && patterns->is_object())
            for (const auto& member : patterns->get_object())
                if (matches(name, {member.key().data(), member.key().size()})) {
                    described = true;
                    if (!accepts(member.value(), value, depth))
                        return false;
                }
        const auto* others = rules.if_contains("additionalProperties");
        return described || others == nullptr || accepts(*others, value, depth);
    }

    [[nodiscard]] static bool has_all(const json::object& object, const json::value* names)
    {
        return names == nullptr || !names->is_array() ||
               std::all_of(names->get_array().begin(), names->get_array().end(),
                           [&](const json::value& name) {
                               return !name.is_string() || object.contains(name.get_string());
                           });
    }

    [[nodiscard]] bool accepts_dependent(const json::object& rules, const json::object& object,
                                         int depth) const
    {
        if (const auto* lists = rules.if_contains("dependentRequired");
            lists != nullptr && lists->is_object())
            for (const auto& member : lists->get_object())
                if (object.contains(member.key()) && !has_all(object, &member.value()))
                    return false;
        if (const auto* schemas = rules.if_contains("dependentSchemas");
            schemas != nullptr && schemas->is_object())
            for (const auto& member : schemas->get_object())
                if (object.contains(member.key()) && !accepts(member.value(), object, depth))
                    return false;
        return true;
    }

    [[nodiscard]] bool accepts_object(const json::object& rules, const json::object& object, int depth) const
    {
        if (!is_between(rules, "minProperties", "maxProperties", object.size()) ||
            !has_all(object, rules.if_contains("required")) || !accepts_dependent(rules, object, depth))
            return false;
        const auto* names = rules.if_contains("propertyNames");
        return std::all_of(object.begin(), object.end(), [&](const auto& member) {
            return (names == nullptr || accepts(*names, json::value(member.key()), depth)) &&
                   accepts_member(rules, {member.key().data(), member.key().size()}, member.value(), depth);
        });
    }

    json::value root_;
    std::map<std::string, boost::regex, std::less<>> patterns_;
};

JsonSchema::JsonSchema(std::string_view schema)
{
    auto value = parsed(schema);
    if (!value)
        invalid("ce n'est pas du JSON.");
    rules_ = std::make_unique<const Rules>(std::move(*value));
}

JsonSchema::~JsonSchema() = default;

bool JsonSchema::accepts(std::string_view instance) const
{
    const auto value = parsed(instance);
    return value && rules_->accepts(*value);
}

} // namespace pacte
