#include "core/schema.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <regex>

#include "core/dates.hpp"
#include "core/error.hpp"
#include "core/text.hpp"

namespace pacte {

namespace {

namespace json = boost::json;

constexpr std::string_view year_mark = "{annee}";

[[noreturn]] void bad_file(std::string_view origin, const std::string& what)
{
    throw Failure(Failure::Cause::bad_file, "Le fichier « " + std::string(origin) +
                                                " » de l'extension ne peut pas être lu : " + what +
                                                " Corrigez ce fichier ou réinstallez l'extension.");
}

json::value parse_json(std::string_view text, std::string_view origin)
{
    if (text.starts_with("\uFEFF"))
        text.remove_prefix(3);
    json::parser parser;
    json::error_code error;
    const auto read = parser.write_some(text.data(), text.size(), error);
    const bool rest = text.substr(read).find_first_not_of(" \t\r\n") != std::string_view::npos;
    if (error || rest) {
        const auto line =
            1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(read), '\n');
        bad_file(origin, "le JSON est mal formé à la ligne " + std::to_string(line) + ".");
    }
    return parser.release();
}

/// One object of the file, read member by member. What is absent takes the
/// default; what has another type is a failure that names the place.
class Node {
public:
    Node(const json::value& value, std::string_view origin, std::string place)
        : origin_(origin), place_(std::move(place))
    {
        if (!value.is_object())
            bad_file(origin_, place_ + " doit être un objet.");
        object_ = &value.get_object();
    }

    [[nodiscard]] const json::value* find(std::string_view key) const
    {
        const auto* value = object_->if_contains(key);
        return value != nullptr && !value->is_null() ? value : nullptr;
    }

    [[nodiscard]] std::string text(std::string_view key, std::string otherwise = {}) const
    {
        const auto* value = find(key);
        return value != nullptr ? scalar(*value, key) : std::move(otherwise);
    }

    [[nodiscard]] std::string required_text(std::string_view key) const
    {
        auto value = text(key);
        if (value.empty())
            fail(key, "est absent.");
        return value;
    }

    [[nodiscard]] bool flag(std::string_view key) const
    {
        const auto* value = find(key);
        if (value != nullptr && !value->is_bool())
            fail(key, "doit être true ou false.");
        return value != nullptr && value->get_bool();
    }

    [[nodiscard]] std::optional<double> number(std::string_view key) const
    {
        const auto* value = find(key);
        if (value == nullptr)
            return std::nullopt;
        if (!value->is_number())
            fail(key, "doit être un nombre.");
        return value->to_number<double>();
    }

    [[nodiscard]] std::optional<std::size_t> length(std::string_view key) const
    {
        const auto read = number(key);
        if (read && *read < 0)
            fail(key, "doit être un nombre positif.");
        return read ? std::optional(static_cast<std::size_t>(*read)) : std::nullopt;
    }

    /// A list of texts; the standard also accepts one text alone.
    [[nodiscard]] std::vector<std::string> texts(std::string_view key) const
    {
        std::vector<std::string> read;
        const auto* value = find(key);
        if (value == nullptr)
            return read;
        if (!value->is_array())
            return {scalar(*value, key)};
        for (const auto& element : value->get_array())
            read.push_back(scalar(element, key));
        return read;
    }

    /// The objects of a list; empty where it is absent.
    [[nodiscard]] std::vector<Node> nodes(std::string_view key) const
    {
        std::vector<Node> read;
        const auto* value = find(key);
        if (value == nullptr)
            return read;
        if (!value->is_array())
            fail(key, "doit être une liste.");
        for (const auto& element : value->get_array())
            read.emplace_back(element, origin_, place_of(key) + "[" + std::to_string(read.size()) + "]");
        return read;
    }

    /// The object of that name; an empty one where it is absent.
    [[nodiscard]] Node node(std::string_view key) const
    {
        static const json::value empty = json::object();
        const auto* value = find(key);
        return {value != nullptr ? *value : empty, origin_, place_of(key)};
    }

    [[noreturn]] void fail(std::string_view key, const std::string& what) const
    {
        bad_file(origin_, place_of(key) + " " + what);
    }

private:
    [[nodiscard]] std::string place_of(std::string_view key) const
    {
        return place_.empty() ? std::string(key) : place_ + "." + std::string(key);
    }

    [[nodiscard]] std::string scalar(const json::value& value, std::string_view key) const
    {
        if (value.is_string())
            return std::string(value.get_string());
        if (!value.is_number())
            fail(key, "doit être un texte.");
        return json::serialize(value);
    }

    const json::object* object_ = nullptr;
    std::string_view origin_;
    std::string place_;
};

bool is_known_type(std::string_view type)
{
    constexpr std::string_view types[] = {"string", "number", "integer",   "year",     "date",     "boolean",
                                          "any",    "time",   "datetime",  "duration", "geopoint", "geojson",
                                          "object", "array",  "yearmonth", "list"};
    return std::find(std::begin(types), std::end(types), type) != std::end(types);
}

/// Day 0 of the spreadsheets' calendar.
constexpr std::chrono::sys_days epoch = std::chrono::year{1899} / 12 / 30;

std::optional<double> serial_in(const Node& node, std::string_view key)
{
    const auto written = node.text(key);
    if (written.empty())
        return std::nullopt;
    const auto date = parse_date(written);
    if (!date)
        node.fail(key, "doit être une date, comme 2024-06-30.");
    return static_cast<double>((std::chrono::sys_days(*date) - epoch).count());
}

void read_constraints(const Node& node, Field& field)
{
    field.required = node.flag("required");
    field.unique = node.flag("unique");
    field.enumeration = node.texts("enum");
    if (field.type == "number" || field.type == "integer" || field.type == "year") {
        field.minimum = node.number("minimum");
        field.maximum = node.number("maximum");
    } else if (field.type == "date") {
        field.minimum = serial_in(node, "minimum");
        field.maximum = serial_in(node, "maximum");
    }
    field.min_length = node.length("minLength");
    field.max_length = node.length("maxLength");
    field.pattern = node.text("pattern");
    try {
        const std::regex checked(field.pattern);
    } catch (const std::regex_error&) {
        node.fail("pattern", "n'est pas une expression régulière.");
    }
}

Field read_field(const Node& node)
{
    Field field;
    field.name = node.required_text("name");
    field.title = node.text("title", field.name);
    field.description = node.text("description");
    field.type = node.text("type", "string");
    field.format = node.text("format");
    if (!is_known_type(field.type))
        node.fail("type", "« " + field.type + " » n'est pas un type connu.");
    read_constraints(node.node("constraints"), field);

    const auto own = node.node("pacte");
    field.title_en = own.text("titleEn");
    field.unit = own.text("unit");
    field.synonyms = own.texts("synonyms");
    field.is_list = own.flag("list");
    field.suggestions = own.text("suggestions");
    field.kind = own.text("kind");
    field.expected = own.flag("expected");
    field.width_cm = own.number("widthCm").value_or(field.width_cm);
    field.per_year = own.text("perYear");
    return field;
}

void require_field(const TableSchema& schema, const std::string& field, const Node& node,
                   std::string_view key)
{
    if (schema.find(field) == nullptr)
        node.fail(key, "nomme un champ absent du schéma : « " + field + " ».");
}

/// The standard accepts one field or a list of fields; a key of several fields
/// is read as that many keys.
void read_foreign_keys(const Node& node, TableSchema& schema)
{
    for (const auto& key : node.nodes("foreignKeys")) {
        const auto fields = key.texts("fields");
        const auto reference = key.node("reference");
        const auto targets = reference.texts("fields");
        if (fields.empty() || fields.size() != targets.size())
            key.fail("reference", "doit nommer autant de champs que « fields ».");
        const auto table = reference.text("resource");
        for (std::size_t i = 0; i < fields.size(); ++i) {
            require_field(schema, fields[i], key, "fields");
            schema.foreign_keys.push_back({fields[i], table.empty() ? schema.name : table, targets[i]});
        }
    }
}

void read_own_properties(const Node& node, TableSchema& schema)
{
    const auto own = node.node("pacte");
    schema.order = static_cast<int>(own.number("order").value_or(0));
    schema.sheet = own.text("sheet", schema.title);
    schema.generated = own.flag("generated");
    schema.optional = own.flag("optional");
    schema.blank_rows = static_cast<int>(own.number("blankRows").value_or(schema.blank_rows));
    schema.columns_from = own.text("columnsFrom");
    schema.secret_values = own.texts("secretValues");
}

Text read_words(const Node& node, std::string_view key)
{
    const auto words = node.node(key);
    return {words.text("fr"), words.text("en")};
}

Condition read_condition(const Node& node)
{
    using Test = Condition::Test;
    Condition condition;
    condition.field = node.text("field");
    condition.values = node.texts("in");
    const auto below = node.number("below");
    const auto above = node.number("above");
    if (!condition.values.empty())
        condition.test = Test::among;
    else if (below || above)
        condition.test = below ? Test::below : Test::above;
    else if (node.flag("blank"))
        condition.test = Test::blank;
    condition.limit = below.value_or(above.value_or(0.0));
    return condition;
}

/// Reads the one test of a rule, whichever it is.
void read_test(const Node& node, DeclaredRule& rule)
{
    using Test = DeclaredRule::Test;
    const auto reference = node.node("reference");
    const auto compare = node.node("compare");
    rule.type = node.text("type");
    rule.pattern = node.text("pattern");
    rule.minimum = node.number("minimum");
    rule.maximum = node.number("maximum");
    rule.values = node.texts("enum");
    rule.table = reference.text("resource");
    rule.reference = reference.text("fields");
    rule.comparison = compare.text("operator");
    rule.other = compare.text("to");
    std::vector<Test> tests;
    const auto add = [&](bool there, Test test) {
        if (there)
            tests.push_back(test);
    };
    add(node.flag("required"), Test::required);
    add(node.flag("blank"), Test::blank);
    add(!rule.type.empty(), Test::type);
    add(!rule.pattern.empty(), Test::pattern);
    add(rule.minimum || rule.maximum, Test::range);
    add(!rule.values.empty(), Test::among);
    add(!rule.table.empty(), Test::reference);
    add(!rule.comparison.empty(), Test::compare);
    if (tests.size() != 1)
        node.fail("code", "doit être suivi d'un contrôle et d'un seul : required, blank, type, pattern, "
                          "minimum ou maximum, enum, reference ou compare.");
    rule.test = tests.front();
    constexpr std::string_view operators[] = {"<", "<=", "=", ">=", ">", "<>"};
    if (rule.test == Test::compare &&
        std::find(std::begin(operators), std::end(operators), rule.comparison) == std::end(operators))
        compare.fail("operator", "doit être <, <=, =, >=, > ou <>.");
}

Severity read_severity(const Node& node)
{
    const auto written = node.required_text("severity");
    for (const auto severity : {Severity::erreur, Severity::alerte, Severity::conseil})
        if (written == name_of(severity))
            return severity;
    node.fail("severity", "doit être erreur, alerte ou conseil.");
}

void read_rules(const Node& node, TableSchema& schema)
{
    for (const auto& own : node.node("pacte").nodes("rules")) {
        DeclaredRule rule;
        rule.code = own.required_text("code");
        rule.severity = read_severity(own);
        rule.field = own.required_text("field");
        rule.when = read_condition(own.node("when"));
        read_test(own, rule);
        for (const auto& field : {rule.field, rule.when.field, rule.other})
            if (!field.empty() && !field.starts_with('@'))
                require_field(schema, field, own, "field");
        rule.title = read_words(own, "title");
        rule.message = read_words(own, "message");
        rule.suggestion = read_words(own, "suggestion");
        rule.cost = read_words(own, "cost");
        rule.example = own.text("example");
        if (rule.message.french.empty())
            own.fail("message", "doit avoir un texte français (fr).");
        schema.rules.push_back(std::move(rule));
    }
}

/// The standard's version 2 states each key as one field or a list of fields.
void read_unique_keys(const Node& node, TableSchema& schema)
{
    const auto* keys = node.find("uniqueKeys");
    if (keys == nullptr)
        return;
    if (!keys->is_array())
        node.fail("uniqueKeys", "doit être une liste.");
    for (const auto& key : keys->get_array()) {
        const json::value wrapped = json::object{{"key", key}};
        const auto fields = Node(wrapped, "", "uniqueKeys").texts("key");
        for (const auto& field : fields)
            require_field(schema, field, node, "uniqueKeys");
        schema.unique_keys.push_back(fields);
    }
}

std::string contents_of(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        bad_file(path.string(), "il ne s'ouvre pas.");
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::filesystem::path> json_files(const std::filesystem::path& folder)
{
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error))
        if (entry.path().extension() == ".json")
            files.push_back(entry.path());
    if (error)
        bad_file(folder.string(), "le dossier est absent ou illisible.");
    std::sort(files.begin(), files.end());
    return files;
}

std::pair<std::string, std::vector<ListItem>> parse_list(const std::string& text, const std::string& origin)
{
    const auto document = parse_json(text, origin);
    const Node node(document, origin, "");
    std::vector<ListItem> items;
    for (const auto& item : node.nodes("items")) {
        auto code = item.required_text("code");
        auto label = item.text("label", code);
        items.push_back({std::move(code), std::move(label), item.text("description"), item.texts("synonyms"),
                         item.texts("former")});
    }
    return {node.required_text("name"), std::move(items)};
}

std::string with_year(std::string_view text, std::string_view year)
{
    std::string out(text);
    if (const auto at = out.find(year_mark); at != std::string::npos)
        out.replace(at, year_mark.size(), year);
    return out;
}

/// The headers by which a column is known, in the order in which they count.
std::vector<std::string> headers_of(const Field& field)
{
    std::vector<std::string> headers = {field.title, field.name, field.title_en};
    headers.insert(headers.end(), field.synonyms.begin(), field.synonyms.end());
    return headers;
}

/// Folded header → field, a header that two fields claim being given to the one
/// for which it counts most (a title before a synonym).
std::map<std::string, const Field*, std::less<>> fields_by_header(const TableSchema& schema)
{
    std::map<std::string, const Field*, std::less<>> fields;
    for (const bool titles : {true, false})
        for (const auto& field : schema.fields) {
            if (!field.per_year.empty())
                continue;
            const auto headers = headers_of(field);
            for (std::size_t i = titles ? 0 : 1; i < (titles ? 1 : headers.size()); ++i)
                if (auto key = fold(headers[i]); !key.empty())
                    fields.emplace(std::move(key), &field);
        }
    return fields;
}

/// The year in a header such as `cible 2025`, given the pattern `cible {annee}`;
/// empty where the header has another form.
std::string year_in(std::string_view folded_header, std::string_view pattern)
{
    const auto at = pattern.find(year_mark);
    if (at == std::string_view::npos)
        return {};
    const auto before = fold(pattern.substr(0, at));
    const auto after = fold(pattern.substr(at + year_mark.size()));
    if (folded_header.size() != before.size() + 4 + after.size() || !folded_header.starts_with(before) ||
        !folded_header.ends_with(after))
        return {};
    const auto year = folded_header.substr(before.size(), 4);
    const bool digits = year.find_first_not_of("0123456789") == std::string_view::npos;
    return digits ? std::string(year) : std::string();
}

/// `cible_2025` for the header of a per-year column; empty where it is none.
std::string per_year_name(const TableSchema& schema, std::string_view folded_header)
{
    for (const auto& field : schema.fields) {
        if (field.per_year.empty())
            continue;
        for (const auto& pattern : headers_of(field))
            if (const auto year = year_in(folded_header, pattern); !year.empty())
                return with_year(field.name, year);
    }
    return {};
}

} // namespace

const Field* TableSchema::find(std::string_view field_name) const
{
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&](const Field& field) { return field.name == field_name; });
    return found != fields.end() ? &*found : nullptr;
}

TableSchema parse_schema(std::string_view json, std::string_view origin)
{
    const auto document = parse_json(json, origin);
    const Node node(document, origin, "");
    TableSchema schema;
    schema.name = node.required_text("name");
    schema.title = node.text("title", schema.name);
    schema.description = node.text("description");
    for (const auto& field : node.nodes("fields")) {
        schema.fields.push_back(read_field(field));
        const auto& name = schema.fields.back().name;
        if (schema.find(name) != &schema.fields.back())
            field.fail("name", "« " + name + " » est déjà le nom d'un autre champ.");
    }
    if (schema.fields.empty())
        node.fail("fields", "est vide.");
    schema.primary_key = node.texts("primaryKey");
    for (const auto& key : schema.primary_key)
        require_field(schema, key, node, "primaryKey");
    const auto described = standard::parse(json, origin);
    for (std::size_t i = 0; i < schema.fields.size(); ++i)
        schema.fields[i].descriptor = std::make_shared<const standard::Field>(described.fields[i]);
    schema.missing_values = described.missing_values;
    if (node.find("fieldsMatch") != nullptr)
        schema.fields_match = described.fields_match;
    read_own_properties(node, schema);
    read_foreign_keys(node, schema);
    read_unique_keys(node, schema);
    read_rules(node, schema);
    return schema;
}

Schemas::Schemas(std::vector<TableSchema> tables, Lists lists)
    : tables_(std::move(tables)), lists_(std::move(lists))
{
    std::stable_sort(tables_.begin(), tables_.end(),
                     [](const TableSchema& a, const TableSchema& b) { return a.order < b.order; });
}

Schemas Schemas::load(const std::filesystem::path& templates)
{
    std::vector<TableSchema> tables;
    for (const auto& file : json_files(templates / "schemas"))
        tables.push_back(parse_schema(contents_of(file), file.string()));
    Lists lists;
    for (const auto& file : json_files(templates / "listes"))
        lists.insert(parse_list(contents_of(file), file.string()));
    return Schemas(std::move(tables), std::move(lists));
}

const TableSchema* Schemas::find(std::string_view name) const
{
    const auto found = std::find_if(tables_.begin(), tables_.end(),
                                    [&](const TableSchema& table) { return table.name == name; });
    return found != tables_.end() ? &*found : nullptr;
}

const TableSchema& Schemas::table(std::string_view name) const
{
    if (const auto* schema = find(name))
        return *schema;
    bad_file("schemas/" + std::string(name) + ".json", "il est absent.");
}

const std::vector<ListItem>* Schemas::find_list(std::string_view name) const
{
    const auto found = lists_.find(name);
    return found != lists_.end() ? &found->second : nullptr;
}

const std::vector<ListItem>& Schemas::list(std::string_view name) const
{
    if (const auto* found = find_list(name))
        return *found;
    bad_file("listes/" + std::string(name) + ".json", "il est absent.");
}

Columns::Columns(const TableSchema& schema, const Table& table)
{
    const auto fields = fields_by_header(schema);
    for (std::size_t i = 0; i < table.headers.size(); ++i) {
        const auto header = fold(table.headers[i]);
        if (header.empty())
            continue;
        const auto column = static_cast<int>(i);
        const auto field = fields.find(header);
        const auto name = field != fields.end() ? field->second->name : per_year_name(schema, header);
        if (name.empty())
            others_.push_back(column);
        else if (!index_.emplace(name, column).second)
            duplicates_.push_back(column);
    }
    for (const auto& field : schema.fields)
        if (field.required && field.per_year.empty() && index(field.name) < 0)
            missing_.push_back(field.name);
}

std::string_view Columns::name(int column) const
{
    const auto found =
        std::find_if(index_.begin(), index_.end(), [&](const auto& entry) { return entry.second == column; });
    return found != index_.end() ? std::string_view(found->first) : std::string_view();
}

int Columns::index(std::string_view field_name) const
{
    const auto found = index_.find(field_name);
    return found != index_.end() ? found->second : -1;
}

int Columns::index(std::string_view field_name, int year) const
{
    const bool marked = field_name.find(year_mark) != std::string_view::npos;
    return index(marked ? with_year(field_name, std::to_string(year))
                        : std::string(field_name) + "_" + std::to_string(year));
}

const Cell& Columns::cell(const std::vector<Cell>& row, std::string_view field_name) const
{
    static const Cell blank;
    const int at = index(field_name);
    return at >= 0 && static_cast<std::size_t>(at) < row.size() ? row[static_cast<std::size_t>(at)] : blank;
}

} // namespace pacte
