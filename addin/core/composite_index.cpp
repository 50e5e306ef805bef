#include "core/composite_index.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/error.hpp"
#include "core/text.hpp"

namespace pacte {

namespace {

[[noreturn]] void refuse(const std::string& message) { throw Failure(Failure::Cause::bad_value, message); }

/// An index from less of the weights than this is unknown.
constexpr double least_weight_share = 0.5;

/// Two sums of the same figures in another order differ by less.
constexpr double rounding = 1e-12;

void check(const std::vector<IndexVariable>& variables)
{
    if (variables.empty())
        refuse("L'indice ne porte sur aucune variable. Donner au moins une colonne de valeurs.");
    double sum = 0.0;
    for (const IndexVariable& variable : variables) {
        if (variable.figures.size() != variables.front().figures.size())
            refuse("Les variables de l'indice n'ont pas toutes le même nombre de territoires.");
        if (!(variable.weight >= 0.0) || !std::isfinite(variable.weight))
            refuse("Un des poids de l'indice est négatif ou n'est pas un nombre. Le corriger.");
        sum += variable.weight;
    }
    if (!(sum > 0.0) || !std::isfinite(sum))
        refuse("Les poids de l'indice sont tous nuls. En donner au moins un.");
}

struct Scale {
    double origin = 0.0;
    double unit = 1.0;
};

/// Nothing where the known figures do not differ.
std::optional<Scale> scale_of(const std::vector<double>& figures, Standardisation method)
{
    if (figures.empty())
        return std::nullopt;
    const auto [low, high] = std::minmax_element(figures.begin(), figures.end());
    if (!(*high - *low > rounding * std::max(std::abs(*high), std::abs(*low))))
        return std::nullopt;
    if (method == Standardisation::min_max)
        return Scale{*low, *high - *low};
    long double sum = 0.0L;
    for (const double figure : figures)
        sum += figure;
    const long double mean = sum / static_cast<long double>(figures.size());
    long double squares = 0.0L;
    for (const double figure : figures)
        squares += (figure - mean) * (figure - mean);
    return Scale{static_cast<double>(mean),
                 static_cast<double>(std::sqrt(squares / static_cast<long double>(figures.size())))};
}

std::vector<double> known_of(const std::vector<Quantity>& figures)
{
    std::vector<double> known;
    for (const Quantity& figure : figures)
        if (figure.is_known())
            known.push_back(figure.value());
    return known;
}

bool is_any_known(const std::vector<Quantity>& figures)
{
    return std::any_of(figures.begin(), figures.end(),
                       [](const Quantity& figure) { return figure.is_known(); });
}

/// The weighted mean of what is known of one territory.
Quantity mean_of(const std::vector<IndexVariable>& variables,
                 const std::vector<std::vector<Quantity>>& columns, std::size_t territory)
{
    double all = 0.0;
    double known = 0.0;
    double sum = 0.0;
    for (std::size_t v = 0; v < variables.size(); ++v) {
        if (!is_any_known(columns[v]))
            continue;
        const double weight = variables[v].weight;
        all += weight;
        if (!columns[v][territory].is_known())
            continue;
        known += weight;
        sum += weight * columns[v][territory].value() * (variables[v].increase_is_bad ? 1.0 : -1.0);
    }
    const bool is_enough = known > 0.0 && known >= all * least_weight_share * (1.0 - rounding);
    return is_enough ? Quantity::known(sum / known) : Quantity::unknown();
}

} // namespace

Standardisation read_standardisation(std::string_view text)
{
    const std::string key = fold(text);
    if (key.empty() || key == "zscore" || key == "z" || key == "centrereduit" || key == "centreereduite")
        return Standardisation::z_score;
    if (key == "minmax" || key == "etendue")
        return Standardisation::min_max;
    refuse("La méthode « " + trim(text) + " » n'est pas connue. Écrire z-score ou min-max.");
}

std::vector<Quantity> standardised(const std::vector<Quantity>& figures, Standardisation method)
{
    std::vector<Quantity> result(figures.size());
    const auto scale = scale_of(known_of(figures), method);
    for (std::size_t i = 0; scale && i < figures.size(); ++i)
        if (figures[i].is_known())
            result[i] = Quantity::known((figures[i].value() - scale->origin) / scale->unit);
    return result;
}

CompositeIndex composite_index(const std::vector<IndexVariable>& variables, Standardisation method)
{
    check(variables);
    std::vector<std::vector<Quantity>> columns;
    for (const IndexVariable& variable : variables)
        columns.push_back(standardised(variable.figures, method));
    CompositeIndex index;
    for (std::size_t i = 0; i < variables.front().figures.size(); ++i)
        index.values.push_back(mean_of(variables, columns, i));

    const auto known = known_of(index.values);
    const auto scale = scale_of(known, Standardisation::min_max);
    index.is_constant = !known.empty() && !scale;
    for (Quantity& value : index.values)
        if (value.is_known())
            value = scale ? Quantity::known(100.0 * ((value.value() - scale->origin) / scale->unit))
                          : Quantity::unknown();
    // Where no variable tells one territory from another, no mean is known either.
    index.is_constant =
        index.is_constant ||
        (known.empty() && std::any_of(variables.begin(), variables.end(), [](const IndexVariable& variable) {
             return is_any_known(variable.figures);
         }));
    return index;
}

} // namespace pacte
