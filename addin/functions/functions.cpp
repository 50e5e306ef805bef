#include "functions/functions.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include <com/sun/star/lang/IllegalArgumentException.hpp>
#include <com/sun/star/lang/XServiceInfo.hpp>
#include <cppuhelper/implbase2.hxx>
#include <cppuhelper/supportsservice.hxx>
#include <org/pacte/calc/XFunctions.hpp>

#include "core/classes.hpp"
#include "core/composite_index.hpp"
#include "core/error.hpp"
#include "core/identifiers.hpp"
#include "core/money.hpp"
#include "core/scores.hpp"
#include "core/targets.hpp"
#include "core/text.hpp"
#include "functions/accessibility_functions.hpp"
#include "functions/calculation.hpp"
#include "functions/coverage_functions.hpp"
#include "functions/values.hpp"
#include "office/installation.hpp"

namespace pacte::functions {

namespace {

using office::cog;
using office::OUString;

Any one_measure(const CoverageArguments& arguments, const Any& epci, const Any& thematique, const char* measure)
{
    const Calculation calculation;
    return calculated([&] {
        const auto coverage = coverage_of(arguments);
        return calculated_each({epci, thematique}, [&](const std::vector<Any>& keys) {
            const CoverageCell* cell = coverage->index.at(code_of(keys[0]), code_of(keys[1]));
            return cell ? measure_of(*cell, measure) : error_value(CalcError::not_available);
        });
    });
}

Matrix table_of(const Coverage& coverage, const std::string& measure)
{
    std::vector<Any> header{value_of(std::string())};
    for (const Thematique& thematique : coverage.thematiques)
        header.push_back(value_of(thematique.code));
    Matrix table(static_cast<sal_Int32>(coverage.epcis.size()) + 1);
    table[0] = Sequence<Any>(header.data(), static_cast<sal_Int32>(header.size()));
    for (std::size_t e = 0; e < coverage.epcis.size(); ++e) {
        std::vector<Any> row{value_of(coverage.epcis[e].code)};
        for (std::size_t t = 0; t < coverage.thematiques.size(); ++t)
            row.push_back(measure_of(coverage.cells[t][e], measure));
        table[static_cast<sal_Int32>(e) + 1] = Sequence<Any>(row.data(), static_cast<sal_Int32>(row.size()));
    }
    return table;
}

TargetPlan plan_of(const Any& t0, const Any& target, const Any& t0_year, const Any& target_year,
                   const Any& trajectory)
{
    return {number_of(t0), number_of(target), year_of(t0_year), year_of(target_year),
            read_trajectory(optional_text(trajectory)), {}};
}

/// The numbers of a range: texts and blank cells are left out.
std::vector<double> numbers_of(const Any& range)
{
    std::vector<double> numbers;
    for (const Cell& cell : cells_of(range))
        if (const auto* number = std::get_if<double>(&cell))
            numbers.push_back(*number);
    return numbers;
}

/// Weights keep their places; the blank cells below the last one are left out. An
/// unknown weight is not 0: nothing can be shared out.
std::vector<double> weights_of(const Any& range)
{
    std::vector<Cell> cells = cells_of(range);
    while (!cells.empty() && is_blank(cells.back()))
        cells.pop_back();
    std::vector<double> weights;
    for (const Cell& cell : cells)
        weights.push_back(number_of(office::any_of(cell)));
    return weights;
}

/// `#DIV/0!` where the denominator is zero, `#N/A` where an amount is not known.
Any ratio_of(const Quantity& ratio, const Quantity& denominator)
{
    const bool is_zero = denominator.is_known() && denominator.value() == 0.0;
    return is_zero ? error_value(CalcError::division_by_zero) : value_of(ratio);
}

Any known_or_missing(bool known, const std::string& text)
{
    return known ? value_of(text) : error_value(CalcError::not_available);
}

std::string identifier_of(const Any& code, std::size_t length)
{
    double number = 0.0;
    return (code >>= number) ? code_from_number(number, length) : compact_identifier(code_of(code));
}

Any name_of(const Any& code)
{
    const std::string key = code_of(code);
    if (const EpciRecord* epci = cog().epci(key))
        return value_of(epci->name);
    if (const Commune* commune = cog().commune(code_of(code, insee_length)))
        return value_of(commune->name);
    const Departement* departement = cog().departement(key);
    return known_or_missing(departement != nullptr, departement ? departement->name : std::string());
}

Any population_of(const Any& code)
{
    const std::string key = code_of(code);
    if (const EpciRecord* epci = cog().epci(key))
        return value_of(static_cast<double>(epci->population));
    if (const Commune* commune = cog().commune(code_of(code, insee_length)))
        return value_of(static_cast<double>(commune->population));
    if (!cog().departement(key))
        return error_value(CalcError::not_available);
    std::int64_t population = 0;
    for (const Commune& commune : cog().communes())
        population += commune.departement == key ? commune.population : 0;
    return value_of(static_cast<double>(population));
}

std::vector<double> bounds_of(const Any& range)
{
    std::vector<double> bounds = numbers_of(range);
    if (!std::is_sorted(bounds.begin(), bounds.end()))
        bad_argument();
    return bounds;
}

using AccessibilityMeasure = Any (AccessibilityQuery::*)(const Any&, const Any&) const;

Any asked(const AccessibilityArguments& arguments, const Any& territory, const Any& thematique,
          const Any& radius, AccessibilityMeasure measure)
{
    const Calculation calculation;
    return calculated([&] {
        if (!measure)
            bad_argument();
        const AccessibilityQuery query(arguments, radius);
        return calculated_each({territory, thematique}, [&](const std::vector<Any>& keys) {
            return (query.*measure)(keys[0], keys[1]);
        });
    });
}

/// `moyenne` (where it is left out) or `maximum`; null for another word.
AccessibilityMeasure distance_measure(const Any& measure)
{
    const std::string wanted = is_left_out(measure) ? std::string() : fold(text_of(measure));
    if (wanted.empty() || wanted == "moyenne" || wanted == "mean")
        return &AccessibilityQuery::mean_km;
    if (wanted == "maximum" || wanted == "max" || wanted == "maximale")
        return &AccessibilityQuery::worst_km;
    return nullptr;
}

/// The code that a code INSEE or a SIREN of EPCI has in the Code of that year, the
/// latest where it is left out. An EPCI that is gone has the code of the one where
/// most of its inhabitants live.
Any current_code(const Any& code, const Any& year)
{
    const int wanted = is_left_out(year) ? cog().year() : year_of(year);
    const bool is_latest = wanted == cog().year();
    if (!is_latest && !office::cog_years().has(wanted))
        bad_argument();
    const std::string siren = code_of(code);
    const std::string insee = code_of(code, insee_length);
    // The other years take their time to be read: the latest answers alone where it can.
    if (is_latest) {
        if (const EpciRecord* epci = cog().epci(siren))
            return value_of(epci->siren);
        if (const Commune* commune = cog().commune(insee))
            return value_of(commune->code);
        if (const Commune* successor = cog().successor(insee))
            return value_of(successor->code);
    }
    if (siren.size() == siren_length) {
        const auto epci = office::cog_years().epci_in(wanted, siren);
        return known_or_missing(epci.has_value(), epci ? epci->siren : std::string());
    }
    const std::string found = office::cog_years().commune_in(wanted, insee);
    return known_or_missing(!found.empty(), found);
}

/// `à augmenter` (where it is left out) or `à réduire`.
bool is_to_increase(const Any& direction)
{
    const std::string wanted = is_left_out(direction) ? std::string() : fold(text_of(direction));
    if (wanted == "areduire" || wanted == "toreduce" || wanted == "reduire")
        return false;
    if (!wanted.empty() && wanted != "aaugmenter" && wanted != "toincrease" && wanted != "augmenter")
        bad_argument();
    return true;
}

TrendBounds bounds_of_trend(const WorkbookTables& tables)
{
    const Parameters& parameters = parameters_of(tables);
    TrendBounds bounds;
    bounds.reached = parameters.number("seuil atteint", bounds.reached);
    bounds.on_track = parameters.number("seuil bonne voie", bounds.on_track);
    return bounds;
}

/// As many weights as there are criteria, or those by default.
template <std::size_t count>
std::array<double, count> weights_or(const Any& given, const std::array<double, count>& by_default)
{
    if (is_left_out(given))
        return by_default;
    const std::vector<double> weights = weights_of(given);
    if (weights.size() != count)
        bad_argument();
    std::array<double, count> result{};
    std::copy(weights.begin(), weights.end(), result.begin());
    return result;
}

/// The lowest of the prices received; what is no price is left aside.
Quantity lowest_of(const Any& prices)
{
    std::vector<Offer> offers;
    for (const double price : numbers_of(prices))
        offers.push_back({{}, {}, {}, Quantity::known(price), {}});
    return lowest_price(offers);
}

/// The rows of a range or an array; the blank ones at the end are left out.
std::vector<std::vector<Any>> rows_of_cells(const Any& values)
{
    Matrix matrix;
    if (!(values >>= matrix))
        matrix = row_of({values});
    std::vector<std::vector<Any>> rows;
    for (const Sequence<Any>& row : matrix)
        rows.emplace_back(row.begin(), row.end());
    const auto is_empty = [](const std::vector<Any>& row) {
        return std::all_of(row.begin(), row.end(), [](const Any& value) { return is_blank(office::cell_of(value)); });
    };
    while (!rows.empty() && is_empty(rows.back()))
        rows.pop_back();
    return rows;
}

/// 1 or « hausse défavorable », −1 or « hausse favorable ».
bool is_increase_bad(const Cell& direction)
{
    if (const auto* number = std::get_if<double>(&direction)) {
        if (*number != 1.0 && *number != -1.0)
            bad_argument();
        return *number > 0.0;
    }
    const std::string word = fold(pacte::text_of(direction));
    if (word == "haussefavorable" || word == "increaseisgood")
        return false;
    if (!word.empty() && word != "haussedefavorable" && word != "increaseisbad")
        bad_argument();
    return true;
}

/// The variables of an index, without their figures.
std::vector<IndexVariable> index_variables(std::size_t count, const Any& directions, const Any& weights)
{
    std::vector<IndexVariable> variables(count);
    const auto signs = is_left_out(directions) ? std::vector<Cell>() : cells_of(directions);
    const auto by = is_left_out(weights) ? std::vector<double>(count, 1.0) : weights_of(weights);
    if ((!signs.empty() && signs.size() != count) || by.size() != count)
        bad_argument();
    for (std::size_t v = 0; v < count; ++v) {
        variables[v].increase_is_bad = signs.empty() || is_increase_bad(signs[v]);
        variables[v].weight = by[v];
    }
    return variables;
}

/// One value a row. A row with a text that is no figure is `Err:502`, the others
/// being computed without it.
std::vector<Any> index_of(const std::vector<std::vector<Any>>& rows, const Any& directions,
                          const Any& weights, Standardisation method)
{
    if (rows.empty())
        bad_argument();
    auto variables = index_variables(rows.front().size(), directions, weights);
    std::vector<bool> is_bad(rows.size(), false);
    std::vector<bool> is_known(rows.size(), false);
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t v = 0; v < variables.size(); ++v) {
            Quantity figure;
            try {
                figure = quantity_of(rows[r][v]);
            } catch (const css::lang::IllegalArgumentException&) {
                is_bad[r] = true;
            }
            is_known[r] = is_known[r] || figure.is_known();
            variables[v].figures.push_back(figure);
        }
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (IndexVariable& variable : variables)
            if (is_bad[r])
                variable.figures[r] = Quantity::unknown();
    const CompositeIndex index = composite_index(variables, method);
    std::vector<Any> values;
    for (std::size_t r = 0; r < rows.size(); ++r)
        values.push_back(is_bad[r] ? error_value(CalcError::bad_argument)
                         : index.is_constant && is_known[r] ? error_value(CalcError::division_by_zero)
                                                            : value_of(index.values[r]));
    return values;
}

class Functions final : public cppu::WeakImplHelper2<org::pacte::calc::XFunctions, css::lang::XServiceInfo> {
public:
    Any SAL_CALL coverage(const Document& document, const Range& dispositifs, const Range& besoins,
                          const Range& thematiques, const Any& epci, const Any& thematique,
                          const Any& date) override
    {
        return one_measure({document, dispositifs, besoins, thematiques, date}, epci, thematique, "taux");
    }

    Any SAL_CALL capacity(const Document& document, const Range& dispositifs, const Range& besoins,
                          const Range& thematiques, const Any& epci, const Any& thematique,
                          const Any& date) override
    {
        return one_measure({document, dispositifs, besoins, thematiques, date}, epci, thematique, "capacite");
    }

    Any SAL_CALL need(const Document& document, const Range& dispositifs, const Range& besoins,
                      const Range& thematiques, const Any& epci, const Any& thematique,
                      const Any& date) override
    {
        return one_measure({document, dispositifs, besoins, thematiques, date}, epci, thematique, "besoin");
    }

    Any SAL_CALL gap(const Document& document, const Range& dispositifs, const Range& besoins,
                     const Range& thematiques, const Any& epci, const Any& thematique, const Any& date) override
    {
        return one_measure({document, dispositifs, besoins, thematiques, date}, epci, thematique, "ecart");
    }

    Any SAL_CALL status(const Document& document, const Range& dispositifs, const Range& besoins,
                        const Range& thematiques, const Any& epci, const Any& thematique,
                        const Any& date) override
    {
        return one_measure({document, dispositifs, besoins, thematiques, date}, epci, thematique, "statut");
    }

    Matrix SAL_CALL coverageTable(const Document& document, const Range& dispositifs, const Range& besoins,
                                  const Range& thematiques, const Any& measure, const Any& date) override
    {
        const Calculation calculation;
        return calculated_matrix([&] {
            return table_of(coverage_of({document, dispositifs, besoins, thematiques, date})->coverage,
                            optional_text(measure));
        });
    }

    Any SAL_CALL epci(const Any& commune) override
    {
        return calculated_each({commune}, [](const std::vector<Any>& given) {
            const EpciRecord* found = cog().find_epci(code_of(given[0], insee_length));
            return known_or_missing(found != nullptr, found ? found->siren : std::string());
        });
    }

    Any SAL_CALL nameOf(const Any& code) override
    {
        return calculated_each({code}, [](const std::vector<Any>& given) { return name_of(given[0]); });
    }

    Any SAL_CALL population(const Any& code) override
    {
        return calculated_each({code}, [](const std::vector<Any>& given) { return population_of(given[0]); });
    }

    Matrix SAL_CALL communes(const Any& epci) override
    {
        return calculated_matrix([&] {
            const EpciRecord* found = cog().find_epci(code_of(epci));
            std::vector<Any> codes;
            for (const Commune* commune : found ? cog().members(found->siren) : std::vector<const Commune*>())
                codes.push_back(value_of(commune->code));
            return codes.empty() ? row_of({error_value(CalcError::not_available)}) : column_of(codes);
        });
    }

    Any SAL_CALL isSiren(const Any& code) override
    {
        return calculated_each({code}, [](const std::vector<Any>& given) {
            return truth_value(check_siren(identifier_of(given[0], siren_length)) == IdentifierState::valid);
        });
    }

    Any SAL_CALL isSiret(const Any& code) override
    {
        return calculated_each({code}, [](const std::vector<Any>& given) {
            return truth_value(check_siret(identifier_of(given[0], siret_length)) == IdentifierState::valid);
        });
    }

    Any SAL_CALL isInsee(const Any& code) override
    {
        return calculated_each({code}, [](const std::vector<Any>& given) {
            return truth_value(cog().commune(code_of(given[0], insee_length)) != nullptr);
        });
    }

    Any SAL_CALL target(const Any& t0, const Any& target, const Any& t0Year, const Any& targetYear,
                        const Any& year, const Any& trajectory) override
    {
        return calculated_each({t0, target, t0Year, targetYear, year, trajectory},
                               [](const std::vector<Any>& given) {
                                   const auto plan = plan_of(given[0], given[1], given[2], given[3], given[5]);
                                   return value_of(target_at(plan, year_of(given[4])));
                               });
    }

    Matrix SAL_CALL targets(const Any& t0, const Any& target, const Any& t0Year, const Any& targetYear,
                            const Any& trajectory, const Any& whole) override
    {
        return calculated_matrix([&] {
            std::vector<Any> values;
            for (const double value : yearly_targets(plan_of(t0, target, t0Year, targetYear, trajectory),
                                                     optional_number(whole).value_or(0.0) != 0.0))
                values.push_back(value_of(value));
            return row_of(values);
        });
    }

    Matrix SAL_CALL targetByEpci(const Any& target, const Any& weights) override
    {
        return calculated_matrix([&] {
            std::vector<Any> values;
            for (const double part : share_out(number_of(target), weights_of(weights)))
                values.push_back(value_of(part));
            return column_of(values);
        });
    }

    Any SAL_CALL attainment(const Any& value, const Any& t0, const Any& target) override
    {
        return calculated_each({value, t0, target}, [](const std::vector<Any>& given) {
            const Quantity share =
                pacte::attainment(number_of(given[0]), number_of(given[1]), number_of(given[2]));
            return share.is_known() ? value_of(share) : error_value(CalcError::division_by_zero);
        });
    }

    Any SAL_CALL stateShare(const Any& state, const Any& total) override
    {
        return calculated_each({state, total}, [](const std::vector<Any>& given) {
            const Quantity whole = quantity_of(given[1]);
            return ratio_of(state_share(quantity_of(given[0]), whole), whole);
        });
    }

    Any SAL_CALL leverage(const Any& state, const Any& total) override
    {
        return calculated_each({state, total}, [](const std::vector<Any>& given) {
            const Quantity part = quantity_of(given[0]);
            return ratio_of(pacte::leverage(part, quantity_of(given[1])), part);
        });
    }

    Matrix SAL_CALL breaks(const Any& values, const Any& classes, const Any& method) override
    {
        return calculated_matrix([&] {
            std::vector<Any> bounds;
            for (const double bound :
                 pacte::breaks(numbers_of(values), whole_of(classes), optional_text(method)))
                bounds.push_back(value_of(bound));
            return column_of(bounds);
        });
    }

    Any SAL_CALL classOf(const Any& value, const Any& bounds) override
    {
        return calculated([&] {
            const std::vector<double> ascending = bounds_of(bounds);
            return calculated_each({value}, [&](const std::vector<Any>& given) {
                const int index = class_of(number_of(given[0]), ascending);
                return index < 0 ? error_value(CalcError::not_available) : value_of(index + 1.0);
            });
        });
    }

    Any SAL_CALL accessibility(const Document& document, const Range& offre, const Range& communes,
                               const Any& epci, const Any& thematique, const Any& radius) override
    {
        return asked({document, offre, communes}, epci, thematique, radius, &AccessibilityQuery::share_within);
    }

    Any SAL_CALL distance(const Document& document, const Range& offre, const Range& communes, const Any& epci,
                          const Any& thematique, const Any& measure) override
    {
        return asked({document, offre, communes}, epci, thematique, Any(), distance_measure(measure));
    }

    Any SAL_CALL apl(const Document& document, const Range& offre, const Range& communes, const Any& epci,
                     const Any& thematique, const Any& radius) override
    {
        return asked({document, offre, communes}, epci, thematique, radius, &AccessibilityQuery::apl);
    }

    Any SAL_CALL epciAt(const Document& document, const Any& latitude, const Any& longitude) override
    {
        const Calculation calculation;
        return calculated_each({latitude, longitude}, [&](const std::vector<Any>& given) {
            return epci_at(document, number_of(given[0]), number_of(given[1]));
        });
    }

    Any SAL_CALL currentCode(const Any& code, const Any& year) override
    {
        return calculated_each({code, year}, [](const std::vector<Any>& given) {
            return current_code(given[0], given[1]);
        });
    }

    Any SAL_CALL trend(const Document& document, const Any& value, const Any& t0, const Any& target,
                       const Any& direction) override
    {
        const Calculation calculation;
        return calculated([&] {
            const TrendBounds bounds = bounds_of_trend(workbook_tables(document));
            return calculated_each({value, t0, target, direction}, [&](const std::vector<Any>& given) {
                const double share = pacte::attainment(number_of(given[0]), number_of(given[1]),
                                                       number_of(given[2]), is_to_increase(given[3]));
                return value_of(std::string(label_of(trend_of(share, bounds))));
            });
        });
    }

    Matrix SAL_CALL compositeIndex(const Any& values, const Any& directions, const Any& weights,
                                   const Any& method) override
    {
        return calculated_matrix([&] {
            const Standardisation standardisation = read_standardisation(optional_text(method));
            return column_of(index_of(rows_of_cells(values), directions, weights, standardisation));
        });
    }

    Any SAL_CALL pisteScore(const Any& need, const Any& coordination, const Any& leverage_criterion,
                            const Any& goal, const Any& weights) override
    {
        return calculated([&] {
            const auto by = weights_or(weights, std::array{1.0, 1.0, 1.0, 1.0});
            return calculated_each({need, coordination, leverage_criterion, goal},
                                   [&](const std::vector<Any>& given) {
                                       return value_of(piste_score({quantity_of(given[0]), quantity_of(given[1]),
                                                                    quantity_of(given[2]), quantity_of(given[3])},
                                                                   by));
                                   });
        });
    }

    Any SAL_CALL offerMark(const Any& fit, const Any& knowledge, const Any& experience, const Any& price,
                           const Any& innovation, const Any& prices, const Any& weights) override
    {
        return calculated([&] {
            const auto by = weights_or(weights, offer_weights);
            const Quantity lowest = lowest_of(prices);
            return calculated_each({fit, knowledge, experience, price, innovation},
                                   [&](const std::vector<Any>& given) {
                                       return value_of(offer_mark({quantity_of(given[0]), quantity_of(given[1]),
                                                                   quantity_of(given[2]), quantity_of(given[3]),
                                                                   quantity_of(given[4])},
                                                                  lowest, by));
                                   });
        });
    }

    OUString SAL_CALL getImplementationName() override { return "org.pacte.calc.FunctionsImplementation"; }
    sal_Bool SAL_CALL supportsService(const OUString& name) override { return cppu::supportsService(this, name); }
    Sequence<OUString> SAL_CALL getSupportedServiceNames() override
    {
        Sequence<OUString> names(2);
        names[0] = "org.pacte.calc.Functions";
        names[1] = "com.sun.star.sheet.AddIn";
        return names;
    }
};

} // namespace

office::Reference<css::uno::XInterface> make_functions()
{
    return static_cast<cppu::OWeakObject*>(new Functions);
}

} // namespace pacte::functions
