#include "core/frozen_t0.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"

namespace pacte {

namespace {

using Row = std::vector<Cell>;

constexpr const char* kind_need = "besoin";
constexpr const char* kind_coverage = "couverture";
constexpr const char* kind_indicator = "indicateur";
constexpr const char* kind_perimeter = "périmètre";
constexpr const char* whole_name = "Ensemble du territoire";

constexpr std::array natures{
    std::pair{VariableNature::effectif, "effectif"}, std::pair{VariableNature::taux, "taux"},
    std::pair{VariableNature::montant, "montant"}, std::pair{VariableNature::indice, "indice"},
    std::pair{VariableNature::typologie, "typologie"}};

const char* label_of(VariableNature nature)
{
    return std::find_if(natures.begin(), natures.end(), [&](const auto& n) { return n.first == nature; })
        ->second;
}

VariableNature nature_of(const std::string& label)
{
    const auto found =
        std::find_if(natures.begin(), natures.end(), [&](const auto& n) { return fold(label) == n.second; });
    return found == natures.end() ? VariableNature::effectif : found->first;
}

void add_whole_territory(NeedsState& state)
{
    state.epcis.push_back({whole_territory, whole_name, 0.0, true});
    std::set<std::string> everyone;
    for (const auto& [epci, members] : state.members)
        everyone.insert(members.begin(), members.end());
    if (!everyone.empty())
        state.members[whole_territory] = std::move(everyone);
}

/// Unknown where one of them is.
Quantity sum_of(const NeedsState& state, const std::string& variable)
{
    double sum = 0.0;
    for (const Epci& epci : state.epcis) {
        if (epci.code == whole_territory)
            continue;
        const Quantity figure = state.needs.at(epci.code, variable);
        if (!figure.is_known())
            return {};
        sum += figure.value();
    }
    return Quantity::known(sum);
}

struct Measure {
    const char* prefix;
    const char* label;
    VariableNature nature;
    const char* unit;
    bool increase_is_bad;
};

constexpr std::array measures{
    Measure{"couverture:", "Part du besoin couverte", VariableNature::taux, "%", false},
    Measure{"capacite:", "Capacité", VariableNature::effectif, "personnes/an", false},
    Measure{"ecart:", "Besoin sans réponse", VariableNature::effectif, "personnes", true}};

Quantity in_percent(const Quantity& share)
{
    return share.is_known() ? Quantity::known(share.value() * 100.0) : share;
}

/// The figures of a cell or of a total, in the order of `measures`. The covered part of
/// one EPCI is min(C, N)/N, so that it is of the same kind as the total.
template <typename Figures>
std::array<Quantity, 3> figures_of(const Figures& of)
{
    Quantity rate = of.rate;
    if (rate.is_known())
        rate = Quantity::known(std::min(1.0, rate.value()));
    return {in_percent(rate), of.capacity, of.gap};
}

void set_figures(Needs& needs, const std::string& epci, const std::string& thematique,
                 const std::array<Quantity, 3>& figures)
{
    for (std::size_t m = 0; m < measures.size(); ++m)
        needs.figures[{epci, measures.at(m).prefix + thematique}] = figures.at(m);
}

Cell cell_of(const Quantity& figure)
{
    if (figure.is_known())
        return figure.value();
    return std::string(figure.is_secret() ? "s" : "nd");
}

const char* sense_of(const Variable& variable)
{
    if (!variable.has_sense)
        return "";
    return variable.increase_is_bad ? "hausse défavorable" : "hausse favorable";
}

Row row_of(const char* kind, const std::string& epci, const std::string& name, const Variable& variable,
           const Quantity& figure, const Cell& date)
{
    return {std::string(kind),
            epci,
            name,
            variable.code,
            variable.label,
            cell_of(figure),
            variable.unit,
            std::string(label_of(variable.nature)),
            variable.base,
            std::string(sense_of(variable)),
            variable.source,
            variable.vintage,
            Blank{},
            date};
}

void add_rows(std::vector<Row>& rows, const char* kind, const NeedsState& state, const Cell& date)
{
    for (const Variable& variable : state.variables)
        for (const Epci& epci : state.epcis)
            if (state.needs.figures.contains({epci.code, variable.code}))
                rows.push_back(row_of(kind, epci.code, epci.name, variable,
                                      state.needs.at(epci.code, variable.code), date));
}

void add_perimeters(std::vector<Row>& rows, const NeedsState& state, const Cell& date)
{
    for (const Epci& epci : state.epcis) {
        const auto members = state.members.find(epci.code);
        if (epci.code == whole_territory || members == state.members.end())
            continue;
        std::string list;
        for (const std::string& code : members->second)
            list += (list.empty() ? "" : ";") + code;
        Row row(t0_fields().size());
        row[0] = std::string(kind_perimeter);
        row[1] = epci.code;
        row[2] = epci.name;
        row[3] = std::string("communes");
        row[4] = std::string("Communes de l'EPCI");
        row[5] = static_cast<double>(members->second.size());
        row[6] = std::string("communes");
        row[12] = list;
        row[13] = date;
        rows.push_back(std::move(row));
    }
}

/// Reads the lines of a table `t0` one after the other.
class T0Reader {
public:
    T0Reader(const Table& table, const TableSchema& schema)
        : table_(table), schema_(schema), columns_(schema, table)
    {
    }

    std::optional<FrozenT0> read()
    {
        for (const Row& row : table_.rows) {
            const std::string kind = fold(text(row, "nature"));
            if (kind == fold(kind_perimeter))
                read_perimeter(row);
            else if (kind == kind_need)
                read_figure(row, t0_.needs);
            else if (kind == kind_coverage)
                read_figure(row, t0_.coverage);
            else if (kind == kind_indicator)
                t0_.indicators.push_back(
                    {read_code(columns_.cell(row, "code_epci")), variable(row), value(row)});
            else
                continue;
            is_empty_ = false;
            if (!t0_.date)
                t0_.date = read_date(columns_.cell(row, "fige_le"));
        }
        if (is_empty_)
            return std::nullopt;
        give_members(t0_.needs);
        give_members(t0_.coverage);
        return std::move(t0_);
    }

private:
    [[nodiscard]] std::string text(const Row& row, const char* field) const
    {
        return trim(text_of(columns_.cell(row, field)));
    }

    [[nodiscard]] Quantity value(const Row& row) const
    {
        return read_quantity(columns_.cell(row, "valeur"), schema_);
    }

    [[nodiscard]] Variable variable(const Row& row) const
    {
        Variable result;
        result.code = read_code(columns_.cell(row, "code"));
        result.label = text(row, "libelle");
        result.nature = nature_of(text(row, "mesure"));
        result.unit = text(row, "unite");
        result.base = text(row, "base");
        const std::string sense = fold(text(row, "sens"));
        result.has_sense = !sense.empty();
        result.increase_is_bad = sense != "haussefavorable";
        result.source = text(row, "source");
        result.vintage = text(row, "millesime");
        return result;
    }

    void read_figure(const Row& row, NeedsState& state) const
    {
        const std::string epci = read_code(columns_.cell(row, "code_epci"));
        const Variable of = variable(row);
        const auto has_code = [](const std::string& code) {
            return [&code](const auto& known) { return known.code == code; };
        };
        if (std::none_of(state.epcis.begin(), state.epcis.end(), has_code(epci)))
            state.epcis.push_back({epci, text(row, "nom"), 0.0, true});
        if (std::none_of(state.variables.begin(), state.variables.end(), has_code(of.code)))
            state.variables.push_back(of);
        state.needs.figures[{epci, of.code}] = value(row);
    }

    void read_perimeter(const Row& row)
    {
        const auto codes = split_list(text(row, "detail"));
        members_[read_code(columns_.cell(row, "code_epci"))] = {codes.begin(), codes.end()};
    }

    void give_members(NeedsState& state) const
    {
        state.members = members_;
        std::set<std::string> everyone;
        for (const auto& [epci, members] : members_)
            everyone.insert(members.begin(), members.end());
        if (!everyone.empty())
            state.members[whole_territory] = std::move(everyone);
    }

    const Table& table_;
    const TableSchema& schema_;
    Columns columns_;
    std::map<std::string, std::set<std::string>> members_;
    FrozenT0 t0_;
    bool is_empty_ = true;
};

Variable definition_of(const Indicateur& indicateur, int year)
{
    Variable result;
    result.code = indicateur.id;
    result.label = indicateur.label;
    result.nature = trimmed(indicateur.unit) == "%" ? VariableNature::taux : VariableNature::effectif;
    result.unit = indicateur.unit;
    result.base = indicateur.type;
    result.increase_is_bad = !indicateur.to_increase;
    result.vintage = year > 0 ? std::to_string(year) : "";
    return result;
}

/// One indicator as a state of one figure.
NeedsState alone(const IndicatorState& indicator)
{
    NeedsState state;
    state.epcis = {{indicator.action, {}, 0.0, true}};
    state.variables = {indicator.definition};
    state.needs.figures[{indicator.action, indicator.definition.code}] = indicator.value;
    return state;
}

const IndicatorState* find(const std::vector<IndicatorState>& indicators, const std::string& code)
{
    const auto found = std::find_if(indicators.begin(), indicators.end(), [&](const IndicatorState& known) {
        return known.definition.code == code;
    });
    return found == indicators.end() ? nullptr : &*found;
}

} // namespace

NeedsState state_of_needs(const Territory& territory, const std::vector<Variable>& variables,
                          const Needs& needs)
{
    NeedsState state;
    state.epcis = territory.epcis();
    state.variables = variables;
    for (const Epci& epci : state.epcis)
        for (const Variable& variable : variables)
            if (needs.figures.contains({epci.code, variable.code}))
                state.needs.figures[{epci.code, variable.code}] = needs.at(epci.code, variable.code);
    for (const CommuneRow& commune : territory.communes())
        if (territory.epci_index(commune.epci) >= 0)
            state.members[commune.epci].insert(commune.code);
    add_whole_territory(state);
    for (const Variable& variable : variables)
        if (const Quantity sum = sum_of(state, variable.code);
            sum.is_known() && variable.nature == VariableNature::effectif)
            state.needs.figures[{whole_territory, variable.code}] = sum;
    return state;
}

NeedsState state_of_coverage(const Coverage& coverage, const NeedsState& needs)
{
    NeedsState state;
    state.epcis = coverage.epcis;
    state.epcis.push_back({whole_territory, whole_name, 0.0, true});
    state.members = needs.members;
    for (std::size_t t = 0; t < coverage.thematiques.size(); ++t) {
        const Thematique& thematique = coverage.thematiques[t];
        for (const Measure& measure : measures) {
            Variable variable;
            variable.code = measure.prefix + thematique.code;
            variable.label = thematique.code + " " + thematique.title + " – " + measure.label;
            variable.nature = measure.nature;
            variable.unit = measure.unit;
            variable.base = thematique.need;
            variable.increase_is_bad = measure.increase_is_bad;
            state.variables.push_back(std::move(variable));
        }
        for (std::size_t e = 0; e < coverage.epcis.size(); ++e)
            set_figures(state.needs, coverage.epcis[e].code, thematique.code,
                        figures_of(coverage.cells[t][e]));
        set_figures(state.needs, whole_territory, thematique.code, figures_of(coverage.totals[t]));
    }
    return state;
}

std::vector<IndicatorState> t0_of(const std::vector<Indicateur>& indicateurs)
{
    std::vector<IndicatorState> states;
    for (const Indicateur& indicateur : indicateurs)
        states.push_back({indicateur.action, definition_of(indicateur, indicateur.t0_year), indicateur.t0});
    return states;
}

std::vector<IndicatorState> latest_of(const std::vector<Indicateur>& indicateurs)
{
    std::vector<IndicatorState> states;
    for (const Indicateur& indicateur : indicateurs) {
        const auto last = std::find_if(indicateur.reached.rbegin(), indicateur.reached.rend(),
                                       [](const auto& reached) { return reached.second.is_known(); });
        const bool is_there = last != indicateur.reached.rend();
        states.push_back({indicateur.action, definition_of(indicateur, is_there ? last->first : 0),
                          is_there ? last->second : Quantity::unknown()});
    }
    return states;
}

const std::vector<std::string>& t0_fields()
{
    static const std::vector<std::string> fields{"nature", "code_epci", "nom",    "code",   "libelle",
                                                 "valeur", "unite",     "mesure", "base",   "sens",
                                                 "source", "millesime", "detail", "fige_le"};
    return fields;
}

std::vector<std::vector<Cell>> t0_rows(const FrozenT0& t0)
{
    const Cell date = t0.date ? Cell(serial_of(*t0.date)) : Cell(Blank{});
    std::vector<Row> rows;
    add_perimeters(rows, t0.needs, date);
    add_rows(rows, kind_need, t0.needs, date);
    add_rows(rows, kind_coverage, t0.coverage, date);
    for (const IndicatorState& indicator : t0.indicators)
        rows.push_back(
            row_of(kind_indicator, indicator.action, {}, indicator.definition, indicator.value, date));
    return rows;
}

std::optional<FrozenT0> read_t0(const Table& table, const TableSchema& schema)
{
    return T0Reader(table, schema).read();
}

std::vector<Difference> compare_indicators(const std::vector<IndicatorState>& before,
                                           const std::vector<IndicatorState>& after)
{
    std::vector<Difference> differences;
    for (const IndicatorState& now : after) {
        const IndicatorState* const then = find(before, now.definition.code);
        // An indicator that changed its action is the same indicator.
        NeedsState earlier = then ? alone({now.action, then->definition, then->value}) : NeedsState{};
        differences.push_back(compare_states(earlier, alone(now)).front());
    }
    for (const IndicatorState& then : before)
        if (!find(after, then.definition.code))
            differences.push_back(compare_states(alone(then), {}).front());
    return differences;
}

} // namespace pacte
