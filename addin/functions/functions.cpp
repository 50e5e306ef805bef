#include "functions/functions.hpp"

#include <algorithm>
#include <cstdint>

#include <com/sun/star/lang/XServiceInfo.hpp>
#include <cppuhelper/implbase2.hxx>
#include <cppuhelper/supportsservice.hxx>
#include <org/pacte/calc/XFunctions.hpp>

#include "core/classes.hpp"
#include "core/identifiers.hpp"
#include "core/money.hpp"
#include "core/targets.hpp"
#include "core/text.hpp"
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
