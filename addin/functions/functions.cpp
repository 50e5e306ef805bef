#include "functions/functions.hpp"

#include <com/sun/star/lang/IllegalArgumentException.hpp>
#include <com/sun/star/lang/XServiceInfo.hpp>
#include <com/sun/star/uno/RuntimeException.hpp>
#include <cppuhelper/implbase2.hxx>
#include <cppuhelper/supportsservice.hxx>
#include <org/pacte/calc/XFunctions.hpp>

#include "core/classes.hpp"
#include "core/error.hpp"
#include "core/identifiers.hpp"
#include "core/money.hpp"
#include "core/targets.hpp"
#include "core/text.hpp"
#include "functions/coverage_functions.hpp"
#include "functions/values.hpp"
#include "office/installation.hpp"

namespace pacte::functions {

namespace {

using office::cog;
using office::OUString;
using Matrix = Sequence<Sequence<Any>>;
using Document = Reference<css::beans::XPropertySet>;
using Range = Reference<css::table::XCellRange>;

/// The border to Calc: a bad value is a bad argument; all else that goes wrong
/// is said in the cell too, never thrown at the office.
template <typename Compute> auto in_calc(Compute compute) -> decltype(compute())
{
    try {
        return compute();
    } catch (const Failure&) {
        bad_argument();
    } catch (const std::exception& exception) {
        throw css::uno::RuntimeException(office::ustring(exception.what()));
    }
}

Any one_measure(const CoverageArguments& arguments, const Any& epci, const Any& thematique, const char* measure)
{
    return in_calc([&] {
        const Coverage coverage = coverage_of(arguments);
        const CoverageCell* cell = coverage.at(code_of(epci), code_of(thematique));
        return cell ? measure_of(*cell, measure) : error_value(CalcError::not_available);
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
            read_trajectory(text_of(trajectory)), {}};
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

/// Weights keep their places: what is no number weighs nothing.
std::vector<double> weights_of(const Any& range)
{
    std::vector<double> weights;
    for (const Cell& cell : cells_of(range)) {
        const auto* number = std::get_if<double>(&cell);
        weights.push_back(number ? *number : 0.0);
    }
    return weights;
}

/// An amount that is no number is not known.
Quantity amount_of(const Any& argument)
{
    double amount = 0.0;
    return (argument >>= amount) ? Quantity::known(amount) : Quantity::unknown();
}

/// `#DIV/0!` where the denominator is zero, `#N/A` where an amount is not known.
Any ratio_of(const Quantity& ratio, const Any& denominator)
{
    double amount = 1.0;
    return (denominator >>= amount) && amount == 0.0 ? error_value(CalcError::division_by_zero) : value_of(ratio);
}

Any known_or_missing(bool known, const std::string& text)
{
    return known ? value_of(text) : error_value(CalcError::not_available);
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
        return in_calc([&] {
            return table_of(coverage_of({document, dispositifs, besoins, thematiques, date}),
                            is_left_out(measure) ? std::string() : text_of(measure));
        });
    }

    Any SAL_CALL epci(const Any& commune) override
    {
        return in_calc([&] {
            const EpciRecord* found = cog().find_epci(code_of(commune, insee_length));
            return known_or_missing(found != nullptr, found ? found->siren : std::string());
        });
    }

    Any SAL_CALL nameOf(const Any& code) override
    {
        return in_calc([&] {
            const std::string key = code_of(code);
            if (const EpciRecord* epci = cog().epci(key))
                return value_of(epci->name);
            if (const Commune* commune = cog().commune(code_of(code, insee_length)))
                return value_of(commune->name);
            const Departement* departement = cog().departement(key);
            return known_or_missing(departement != nullptr, departement ? departement->name : std::string());
        });
    }

    Any SAL_CALL population(const Any& code) override
    {
        return in_calc([&] {
            if (const EpciRecord* epci = cog().epci(code_of(code)))
                return value_of(static_cast<double>(epci->population));
            if (const Commune* commune = cog().commune(code_of(code, insee_length)))
                return value_of(static_cast<double>(commune->population));
            return error_value(CalcError::not_available);
        });
    }

    Matrix SAL_CALL communes(const Any& epci) override
    {
        return in_calc([&] {
            const EpciRecord* found = cog().find_epci(code_of(epci));
            std::vector<Any> codes;
            for (const Commune* commune : found ? cog().members(found->siren) : std::vector<const Commune*>())
                codes.push_back(value_of(commune->code));
            return codes.empty() ? row_of({error_value(CalcError::not_available)}) : column_of(codes);
        });
    }

    Any SAL_CALL isSiren(const Any& code) override
    {
        return in_calc([&] {
            return truth_value(check_siren(compact_identifier(code_of(code, siren_length))) ==
                               IdentifierState::valid);
        });
    }

    Any SAL_CALL isSiret(const Any& code) override
    {
        return in_calc([&] {
            return truth_value(check_siret(compact_identifier(code_of(code, siret_length))) ==
                               IdentifierState::valid);
        });
    }

    Any SAL_CALL isInsee(const Any& code) override
    {
        return in_calc([&] { return truth_value(cog().commune(code_of(code, insee_length)) != nullptr); });
    }

    Any SAL_CALL target(const Any& t0, const Any& target, const Any& t0Year, const Any& targetYear,
                        const Any& year, const Any& trajectory) override
    {
        return in_calc([&] {
            return value_of(target_at(plan_of(t0, target, t0Year, targetYear, trajectory), year_of(year)));
        });
    }

    Matrix SAL_CALL targets(const Any& t0, const Any& target, const Any& t0Year, const Any& targetYear,
                            const Any& trajectory, const Any& whole) override
    {
        return in_calc([&] {
            std::vector<Any> values;
            for (const double value : yearly_targets(plan_of(t0, target, t0Year, targetYear, trajectory),
                                                     optional_number(whole).value_or(0.0) != 0.0))
                values.push_back(value_of(value));
            return row_of(values);
        });
    }

    Matrix SAL_CALL targetByEpci(const Any& target, const Any& weights) override
    {
        return in_calc([&] {
            std::vector<Any> values;
            for (const double part : share_out(number_of(target), weights_of(weights)))
                values.push_back(value_of(part));
            return column_of(values);
        });
    }

    Any SAL_CALL attainment(const Any& value, const Any& t0, const Any& target) override
    {
        return in_calc([&] {
            const Quantity share = pacte::attainment(number_of(value), number_of(t0), number_of(target));
            return share.is_known() ? value_of(share) : error_value(CalcError::division_by_zero);
        });
    }

    Any SAL_CALL stateShare(const Any& state, const Any& total) override
    {
        return in_calc([&] { return ratio_of(state_share(amount_of(state), amount_of(total)), total); });
    }

    Any SAL_CALL leverage(const Any& state, const Any& total) override
    {
        return in_calc([&] { return ratio_of(pacte::leverage(amount_of(state), amount_of(total)), state); });
    }

    Matrix SAL_CALL breaks(const Any& values, const Any& classes, const Any& method) override
    {
        return in_calc([&] {
            std::vector<Any> bounds;
            for (const double bound :
                 pacte::breaks(numbers_of(values), static_cast<int>(number_of(classes)), text_of(method)))
                bounds.push_back(value_of(bound));
            return column_of(bounds);
        });
    }

    Any SAL_CALL classOf(const Any& value, const Any& bounds) override
    {
        return in_calc([&] {
            const int index = class_of(number_of(value), numbers_of(bounds));
            return index < 0 ? error_value(CalcError::not_available) : value_of(index + 1.0);
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
