#include "core/rows.hpp"

#include <algorithm>
#include <cmath>

#include "core/figure.hpp"
#include "core/identifiers.hpp"
#include "core/text.hpp"

namespace pacte {

namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

/// Day 0 of the spreadsheets' calendar.
constexpr std::chrono::sys_days epoch = year{1899} / 12 / 30;
constexpr double last_serial = 2'958'465.0; // 31 December 9999

bool is_one_of(const std::string& text, const std::vector<std::string>& values)
{
    const auto key = fold(text);
    return std::any_of(values.begin(), values.end(), [&](const std::string& value) {
        return text == value || (!key.empty() && key == fold(value));
    });
}

std::string padded(std::string code, std::size_t length)
{
    const bool digits = code.find_first_not_of("0123456789") == std::string::npos;
    if (digits && !code.empty() && code.size() < length)
        code.insert(0, length - code.size(), '0');
    return code;
}

/// The cells of one row, by field name.
class Row {
public:
    Row(const std::vector<Cell>& cells, const Columns& columns, const TableSchema& schema)
        : cells_(cells), columns_(columns), schema_(schema)
    {
    }

    [[nodiscard]] const Cell& cell(std::string_view field) const { return columns_.cell(cells_, field); }
    [[nodiscard]] std::string text(std::string_view field) const { return trim(text_of(cell(field))); }
    [[nodiscard]] std::string code(std::string_view field, std::size_t length = 0) const
    {
        return read_code(cell(field), length);
    }
    [[nodiscard]] Quantity quantity(std::string_view field) const
    {
        return read_quantity(cell(field), schema_, field);
    }
    [[nodiscard]] double number(std::string_view field, double otherwise = 0.0) const
    {
        const auto read = quantity(field);
        return read.is_known() ? read.value() : otherwise;
    }
    [[nodiscard]] int whole(std::string_view field) const
    {
        const double value = number(field);
        return std::abs(value) < 1e9 ? static_cast<int>(std::lround(value)) : 0;
    }
    [[nodiscard]] bool flag(std::string_view field, bool otherwise) const
    {
        return read_boolean(cell(field)).value_or(otherwise);
    }
    [[nodiscard]] std::optional<LatLon> point() const
    {
        const auto latitude = quantity("latitude");
        const auto longitude = quantity("longitude");
        if (!latitude.is_known() || !longitude.is_known())
            return std::nullopt;
        return LatLon{latitude.value(), longitude.value()};
    }
    /// The cell of the column at that index; Blank where there is none.
    [[nodiscard]] const Cell& cell_at(int column) const
    {
        static const Cell blank;
        const auto at = static_cast<std::size_t>(column);
        return column >= 0 && at < cells_.size() ? cells_[at] : blank;
    }
    [[nodiscard]] Quantity quantity_at(int column) const { return read_quantity(cell_at(column), schema_); }

private:
    const std::vector<Cell>& cells_;
    const Columns& columns_;
    const TableSchema& schema_;
};

/// Reads every row with `make`, which gives nothing for a row without its key.
template <typename Make>
auto read_rows(const Table& table, const TableSchema& schema, const Columns& columns, Make make)
{
    std::vector<typename std::invoke_result_t<Make, const Row&, std::size_t>::value_type> rows;
    for (std::size_t i = 0; i < table.rows.size(); ++i)
        if (auto row = make(Row(table.rows[i], columns, schema), i))
            rows.push_back(std::move(*row));
    return rows;
}

template <typename Make>
auto read_rows(const Table& table, const TableSchema& schema, Make make)
{
    return read_rows(table, schema, Columns(schema, table), make);
}

VariableNature read_nature(const std::string& text)
{
    const auto key = fold(text);
    if (key == "taux")
        return VariableNature::taux;
    if (key == "montant")
        return VariableNature::montant;
    if (key == "indice")
        return VariableNature::indice;
    if (key == "typologie")
        return VariableNature::typologie;
    return VariableNature::effectif;
}

Trajectory read_trajectory(const std::string& text)
{
    const auto key = fold(text);
    if (key == "geometrique")
        return Trajectory::geometrique;
    if (key == "paliers")
        return Trajectory::paliers;
    if (key == "manuelle")
        return Trajectory::manuelle;
    return Trajectory::lineaire;
}

/// The columns of a per-year field, by year.
std::map<int, int> year_columns(const Columns& columns, std::string_view field)
{
    std::map<int, int> found;
    for (int y = 1990; y <= 2100; ++y)
        if (const int column = columns.index(field, y); column >= 0)
            found.emplace(y, column);
    return found;
}

std::map<int, Quantity> read_years(const Row& row, const std::map<int, int>& columns)
{
    std::map<int, Quantity> values;
    for (const auto& [y, column] : columns)
        values.emplace(y, row.quantity_at(column));
    return values;
}

} // namespace

std::optional<Date> read_date(const Cell& cell)
{
    if (const auto* serial = std::get_if<double>(&cell)) {
        if (!(*serial >= 1.0) || !(*serial <= last_serial + 1))
            return std::nullopt;
        return Date{epoch + std::chrono::days{static_cast<int>(std::floor(*serial))}};
    }
    const auto* text = std::get_if<std::string>(&cell);
    if (text == nullptr)
        return std::nullopt;
    return parse_date(*text);
}

double serial_of(Date date) { return static_cast<double>((std::chrono::sys_days{date} - epoch).count()); }

Quantity read_quantity(const Cell& cell, const TableSchema& schema, std::string_view field)
{
    if (const auto* number = std::get_if<double>(&cell))
        return std::isfinite(*number) ? Quantity::known(*number) : Quantity::unknown();
    const auto* written = std::get_if<std::string>(&cell);
    if (written == nullptr)
        return Quantity::unknown();
    const auto text = trim(*written);
    if (text.empty() || is_one_of(text, schema.missing_values))
        return Quantity::unknown();
    if (is_one_of(text, schema.secret_values))
        return Quantity::secret();
    const auto* described = field.empty() ? nullptr : schema.find(field);
    const auto figure = described != nullptr ? read_figure(text, described->unit, described->kind == "part")
                                             : read_figure(text, "%");
    return figure.kind == Figure::Kind::number ? Quantity::known(figure.value) : Quantity::unknown();
}

std::string read_code(const Cell& cell, std::size_t length)
{
    if (std::holds_alternative<std::string>(cell))
        return trim(std::get<std::string>(cell));
    auto code = text_of(cell);
    std::replace(code.begin(), code.end(), ',', '.'); // 2,4 in a cell is the code 2.4
    return padded(std::move(code), length);
}

std::optional<bool> read_boolean(const Cell& cell)
{
    if (const auto* number = std::get_if<double>(&cell))
        return *number == 1.0 ? std::optional(true) : *number == 0.0 ? std::optional(false) : std::nullopt;
    const auto key = fold(text_of(cell));
    for (const auto* const yes : {"oui", "o", "x", "vrai", "true", "yes", "1"})
        if (key == yes)
            return true;
    for (const auto* const no : {"non", "n", "faux", "false", "no", "0"})
        if (key == no)
            return false;
    return std::nullopt;
}

int read_axe(const Cell& cell)
{
    auto key = fold(text_of(cell));
    if (key.starts_with("axe"))
        key.erase(0, 3);
    const bool one_digit = !key.empty() && (key.size() == 1 || key[1] < '0' || key[1] > '9');
    return one_digit && key[0] >= '1' && key[0] <= '4' ? key[0] - '0' : 0;
}

Quantity Needs::at(const std::string& epci, const std::string& variable) const
{
    if (const auto found = figures.find({epci, variable}); found != figures.end())
        return found->second;
    // A header written otherwise than the code (`Taux pauvreté`, `taux_pauvrete`).
    const auto key = fold(variable);
    const auto other = std::find_if(variables.begin(), variables.end(),
                                    [&](const std::string& header) { return fold(header) == key; });
    if (key.empty() || other == variables.end() || *other == variable)
        return Quantity::unknown();
    const auto found = figures.find({epci, *other});
    return found != figures.end() ? found->second : Quantity::unknown();
}

std::vector<Epci> read_epcis(const Table& table, const TableSchema& schema)
{
    return read_rows(table, schema, [](const Row& row, std::size_t) -> std::optional<Epci> {
        Epci epci{row.code("code_epci", siren_length), row.text("nom"), row.number("population"),
                  row.flag("retenu", true)};
        return epci.code.empty() ? std::nullopt : std::optional(std::move(epci));
    });
}

std::vector<CommuneRow> read_communes(const Table& table, const TableSchema& schema)
{
    return read_rows(table, schema, [](const Row& row, std::size_t) -> std::optional<CommuneRow> {
        CommuneRow commune{row.code("code_insee", insee_length), row.text("nom"),
                           row.code("code_epci", siren_length), row.number("population"), row.point()};
        return commune.code.empty() ? std::nullopt : std::optional(std::move(commune));
    });
}

std::vector<Thematique> read_thematiques(const Table& table, const TableSchema& schema,
                                         const Thematique& defaults)
{
    return read_rows(table, schema, [&](const Row& row, std::size_t) -> std::optional<Thematique> {
        Thematique thematique;
        thematique.code = row.code("code");
        thematique.axe = read_axe(row.cell("axe"));
        thematique.title = row.text("intitule_court");
        thematique.retained = row.flag("retenue", false);
        thematique.need = row.code("besoin");
        thematique.partial_threshold = row.number("seuil_partiel", defaults.partial_threshold);
        thematique.covered_threshold = row.number("seuil_couvert", defaults.covered_threshold);
        return thematique.code.empty() ? std::nullopt : std::optional(std::move(thematique));
    });
}

std::vector<Variable> read_variables(const Table& table, const TableSchema& schema)
{
    return read_rows(table, schema, [](const Row& row, std::size_t) -> std::optional<Variable> {
        Variable variable{
            row.code("code"),         row.text("libelle"),   read_nature(row.text("nature")),
            row.text("unite"),        row.code("base"),      fold(row.text("sens")) != "haussefavorable",
            row.text("source"),       row.text("millesime"), row.text("famille"),
            !row.text("sens").empty()};
        return variable.code.empty() ? std::nullopt : std::optional(std::move(variable));
    });
}

Needs read_needs(const Table& table, const TableSchema& schema)
{
    Needs needs;
    const Columns columns(schema, table);
    for (const int column : columns.others())
        needs.variables.push_back(trim(table.headers[static_cast<std::size_t>(column)]));
    for (const auto& cells : table.rows) {
        const Row row(cells, columns, schema);
        const auto epci = row.code("code_epci", siren_length);
        if (epci.empty())
            continue;
        needs.epcis.push_back(epci);
        for (std::size_t i = 0; i < needs.variables.size(); ++i)
            needs.figures.emplace(std::pair(epci, needs.variables[i]), row.quantity_at(columns.others()[i]));
    }
    return needs;
}

std::vector<Dispositif> read_dispositifs(const Table& table, const TableSchema& schema)
{
    const Columns columns(schema, table);
    // Thousands of rows: each column is looked for once.
    const int id = columns.index("id");
    const int axe = columns.index("axe");
    const int thematique = columns.index("thematique");
    const int title = columns.index("intitule");
    const int porteur = columns.index("porteur_principal");
    const int zone = columns.index("territoire_couvert");
    const int distribution = columns.index("repartition");
    const int start = columns.index("date_de_debut");
    const int end = columns.index("date_de_fin");
    return read_rows(table, schema, columns, [&](const Row& row, std::size_t index) {
        std::optional<Dispositif> read;
        std::string code = read_code(row.cell_at(id));
        if (code.empty())
            return read;
        Dispositif& dispositif = read.emplace();
        dispositif.id = std::move(code);
        dispositif.axe = read_axe(row.cell_at(axe));
        dispositif.thematique = read_code(row.cell_at(thematique));
        dispositif.title = trim(text_of(row.cell_at(title)));
        dispositif.porteur = trim(text_of(row.cell_at(porteur)));
        dispositif.zone = read_code(row.cell_at(zone));
        dispositif.distribution = trim(text_of(row.cell_at(distribution)));
        dispositif.capacity = row.quantity("capacite");
        dispositif.start = read_date(row.cell_at(start));
        dispositif.end = read_date(row.cell_at(end));
        dispositif.row = static_cast<std::int32_t>(index);
        return read;
    });
}

std::vector<Place> read_places(const Table& table, const TableSchema& schema)
{
    return read_rows(table, schema, [](const Row& row, std::size_t) -> std::optional<Place> {
        Place place;
        place.id = row.code("id");
        place.name = row.text("nom");
        place.type = row.text("type");
        place.thematique = row.code("thematique");
        place.dispositif = row.code("dispositif");
        place.commune = row.code("code_insee", insee_length);
        place.point = row.point();
        place.itinerant = row.flag("itinerant", false);
        place.capacity = row.quantity("capacite");
        place.source = row.text("source");
        return place.id.empty() ? std::nullopt : std::optional(std::move(place));
    });
}

std::vector<Action> read_actions(const Table& table, const TableSchema& schema)
{
    return read_rows(table, schema, [](const Row& row, std::size_t) -> std::optional<Action> {
        Action action{row.code("id"), row.code("piste"), row.text("intitule")};
        return action.id.empty() ? std::nullopt : std::optional(std::move(action));
    });
}

std::vector<BudgetLine> read_budget(const Table& table, const TableSchema& schema)
{
    return read_rows(table, schema, [](const Row& row, std::size_t) -> std::optional<BudgetLine> {
        BudgetLine line{row.code("action"), row.whole("annee"), row.quantity("part_etat"),
                        row.quantity("part_departement"), row.quantity("autres")};
        return line.action.empty() || line.year == 0 ? std::nullopt : std::optional(std::move(line));
    });
}

std::vector<Indicateur> read_indicateurs(const Table& table, const TableSchema& schema)
{
    const Columns columns(schema, table);
    const auto targets = year_columns(columns, "cible");
    const auto reached = year_columns(columns, "realise");
    const auto make = [&](const Row& row, std::size_t) -> std::optional<Indicateur> {
        Indicateur indicateur;
        indicateur.id = row.code("id");
        indicateur.action = row.code("action");
        indicateur.label = row.text("libelle");
        indicateur.type = row.text("type");
        indicateur.unit = row.text("unite");
        indicateur.to_increase = fold(row.text("sens")) != "areduire";
        indicateur.t0_year = row.whole("annee_t0");
        indicateur.t0 = row.quantity("t0");
        indicateur.target_year = row.whole("annee_cible");
        indicateur.target = row.quantity("cible");
        indicateur.trajectory = read_trajectory(row.text("trajectoire"));
        indicateur.targets = read_years(row, targets);
        indicateur.reached = read_years(row, reached);
        return indicateur.id.empty() ? std::nullopt : std::optional(std::move(indicateur));
    };
    return read_rows(table, schema, columns, make);
}

Parameters::Parameters(const Table& table, const TableSchema& schema)
{
    const Columns columns(schema, table);
    for (const auto& row : table.rows)
        if (auto key = fold(text_of(columns.cell(row, "cle"))); !key.empty())
            values_.emplace(std::move(key), columns.cell(row, "valeur"));
}

std::string Parameters::text(std::string_view key, std::string_view otherwise) const
{
    const auto found = values_.find(fold(key));
    if (found == values_.end() || is_blank(found->second))
        return std::string(otherwise);
    return trim(text_of(found->second));
}

double Parameters::number(std::string_view key, double otherwise) const
{
    const auto found = values_.find(fold(key));
    if (found == values_.end())
        return otherwise;
    const auto read = read_quantity(found->second, TableSchema{});
    return read.is_known() ? read.value() : otherwise;
}

} // namespace pacte
