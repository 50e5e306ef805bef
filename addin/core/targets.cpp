#include "core/targets.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <string>

#include "core/error.hpp"
#include "core/text.hpp"

namespace pacte {

namespace {

[[noreturn]] void refuse(const std::string& message) { throw Failure(Failure::Cause::bad_value, message); }

int years_of(const TargetPlan& plan) { return plan.target_year - plan.t0_year; }

void check_years(const TargetPlan& plan)
{
    if (plan.target_year <= plan.t0_year)
        refuse("L'année cible, " + std::to_string(plan.target_year) +
               ", doit être postérieure à l'année T0, " + std::to_string(plan.t0_year) +
               ". Corriger l'une des deux.");
    if (static_cast<long long>(plan.target_year) - plan.t0_year > longest_plan_years)
        refuse("De l'année T0, " + std::to_string(plan.t0_year) + ", à l'année cible, " +
               std::to_string(plan.target_year) + ", il y a plus de " + std::to_string(longest_plan_years) +
               " ans. Vérifier les deux années.");
}

void check_signs(const TargetPlan& plan)
{
    if (plan.t0 == 0.0 || plan.target == 0.0 || std::signbit(plan.t0) != std::signbit(plan.target))
        refuse(
            "Une trajectoire géométrique demande un T0 et une cible de même signe et différents de 0 (ici " +
            french_number(plan.t0, 2) + " et " + french_number(plan.target, 2) +
            "). Choisir une trajectoire linéaire, ou corriger le T0 ou la cible.");
}

void check_steps(const TargetPlan& plan)
{
    constexpr double rounding = 1e-9;
    const std::vector<double>& steps = plan.steps;
    if (steps.size() != static_cast<std::size_t>(years_of(plan)))
        refuse("Une trajectoire par paliers demande une part du chemin pour chacune des " +
               std::to_string(years_of(plan)) + " années de " + std::to_string(plan.t0_year + 1) + " à " +
               std::to_string(plan.target_year) + " ; " + std::to_string(steps.size()) + " sont données.");
    // Written so that a step that is not a number is refused as well.
    const bool rising =
        steps.front() >= 0.0 && std::is_sorted(steps.begin(), steps.end()) &&
        std::all_of(steps.begin(), steps.end(), [](double step) { return step <= 1.0 + rounding; });
    if (!rising || std::abs(steps.back() - 1.0) > rounding)
        refuse(
            "Les paliers d'une trajectoire sont des parts cumulées du chemin : ils vont de 0 à 1 sans jamais "
            "baisser, et le dernier est 1 (100 %). Les corriger.");
}

void check(const TargetPlan& plan)
{
    if (!std::isfinite(plan.t0) || !std::isfinite(plan.target))
        refuse("Le T0 et la cible doivent être des nombres.");
    check_years(plan);
    switch (plan.trajectory) {
    case Trajectory::lineaire:
        break;
    case Trajectory::geometrique:
        check_signs(plan);
        break;
    case Trajectory::paliers:
        check_steps(plan);
        break;
    case Trajectory::manuelle:
        refuse("Une trajectoire manuelle ne se calcule pas : ses cibles annuelles sont celles que porte le "
               "tableau "
               "des indicateurs.");
    }
}

/// Strictly between the year of T0 and the year of the target.
double target_between(const TargetPlan& plan, int year)
{
    const int elapsed = year - plan.t0_year;
    const double way = plan.target - plan.t0;
    if (plan.trajectory == Trajectory::geometrique)
        return plan.t0 * std::pow(plan.target / plan.t0, static_cast<double>(elapsed) / years_of(plan));
    if (plan.trajectory == Trajectory::paliers)
        return plan.t0 + way * std::min(1.0, plan.steps[static_cast<std::size_t>(elapsed) - 1]);
    // Multiplied first: a half that is to be rounded stays exactly a half.
    return plan.t0 + way * elapsed / years_of(plan);
}

/// The whole number nearest to `value` among those between T0 and the target.
double whole_target(const TargetPlan& plan, double value)
{
    const auto [low, high] = std::minmax({plan.t0, plan.target});
    const bool some = std::ceil(low) <= std::floor(high);
    return std::clamp(std::round(value), some ? std::ceil(low) : low, some ? std::floor(high) : high);
}

void check_weights(const std::vector<double>& weights)
{
    if (!std::all_of(weights.begin(), weights.end(),
                     [](double weight) { return std::isfinite(weight) && weight >= 0.0; }))
        refuse(
            "Un des poids de la répartition est négatif ou n'est pas un nombre. Corriger les besoins ou les "
            "populations donnés comme poids.");
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    if (!(sum > 0.0) || !std::isfinite(sum))
        refuse(
            "Les poids de la répartition sont tous nuls : rien ne dit comment répartir la cible. Donner des "
            "besoins ou des populations.");
}

/// Above this a double no longer holds every whole number (2⁵³).
constexpr double largest_whole = 9007199254740992.0;

void check_total(double total)
{
    if (!(std::abs(total) <= largest_whole) || total != std::trunc(total))
        refuse("La cible à répartir, " + french_number(total, 2) +
               ", n'est pas un nombre entier. Répartir un effectif, non un taux.");
}

struct Part {
    std::size_t index = 0;
    double weight = 0.0;
    double whole = 0.0;
    double remainder = 0.0;
};

/// The exact shares of a total that is not negative, cut in whole and remainder.
std::vector<Part> exact_parts(double total, const std::vector<double>& weights)
{
    constexpr long double precision = 1e9L;
    const long double sum = std::accumulate(weights.begin(), weights.end(), 0.0L);
    std::vector<Part> parts;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const long double share = static_cast<long double>(total) * weights[i] / sum;
        const long double whole = std::floor(share);
        parts.push_back({i, weights[i], static_cast<double>(whole),
                         static_cast<double>(std::round((share - whole) * precision))});
    }
    return parts;
}

} // namespace

double target_at(const TargetPlan& plan, int year)
{
    check(plan);
    if (year < plan.t0_year)
        refuse("L'année " + std::to_string(year) + " précède l'année T0, " + std::to_string(plan.t0_year) +
               " : il n'y a pas encore de cible.");
    if (year == plan.t0_year)
        return plan.t0;
    return year >= plan.target_year ? plan.target : target_between(plan, year);
}

std::vector<double> yearly_targets(const TargetPlan& plan, bool whole)
{
    check(plan);
    std::vector<double> targets;
    for (int year = plan.t0_year + 1; year < plan.target_year; ++year) {
        const double target = target_between(plan, year);
        targets.push_back(whole ? whole_target(plan, target) : target);
    }
    targets.push_back(plan.target);
    return targets;
}

Trajectory read_trajectory(std::string_view text)
{
    struct Named {
        const char* name; ///< folded
        Trajectory trajectory;
    };
    constexpr Named trajectories[] = {
        {"", Trajectory::lineaire},
        {"lineaire", Trajectory::lineaire},
        {"linear", Trajectory::lineaire},
        {"geometrique", Trajectory::geometrique},
        {"geometric", Trajectory::geometrique},
        {"paliers", Trajectory::paliers},
        {"palier", Trajectory::paliers},
        {"steps", Trajectory::paliers},
        {"manuelle", Trajectory::manuelle},
        {"manuel", Trajectory::manuelle},
        {"manual", Trajectory::manuelle},
    };
    const std::string key = fold(text);
    for (const Named& named : trajectories)
        if (key == named.name)
            return named.trajectory;
    refuse("La trajectoire « " + trim(text) +
           " » n'est pas connue. Écrire linéaire, géométrique, paliers ou manuelle.");
}

std::vector<double> share_out(double total, const std::vector<double>& weights)
{
    check_total(total);
    check_weights(weights);
    std::vector<Part> parts = exact_parts(std::abs(total), weights);
    double left = std::abs(total);
    for (const Part& part : parts)
        left -= part.whole;
    std::stable_sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) {
        return a.remainder != b.remainder ? a.remainder > b.remainder : a.weight > b.weight;
    });
    std::vector<double> shares(weights.size());
    for (const Part& part : parts) {
        const double share = part.whole + (left > 0.0 ? 1.0 : 0.0);
        left -= 1.0;
        shares[part.index] = total < 0.0 && share > 0.0 ? -share : share;
    }
    return shares;
}

Quantity attainment(double value, double t0, double target)
{
    return target == t0 ? Quantity::unknown() : Quantity::known((value - t0) / (target - t0));
}

double attainment(double value, double t0, double target, bool to_increase)
{
    if (const Quantity share = attainment(value, t0, target); share.is_known())
        return share.value();
    return (to_increase ? value >= t0 : value <= t0) ? 1.0 : 0.0;
}

Trend trend_of(double attained_share, const TrendBounds& bounds)
{
    if (!(bounds.on_track > 0.0 && bounds.on_track <= bounds.reached))
        refuse("Paramètres : « seuil bonne voie » (" + french_number(bounds.on_track, 4) +
               ") doit être supérieur à 0 et ne pas dépasser « seuil atteint » (" +
               french_number(bounds.reached, 4) + "). Corriger l'un des deux.");
    if (std::isnan(attained_share))
        refuse("La part atteinte n'est pas un nombre : aucune tendance ne peut en être tirée.");
    constexpr double rounding = 1e-9; // (0,18 − 0,1)/(0,2 − 0,1) is 80 %
    if (attained_share >= bounds.reached - rounding)
        return Trend::atteint;
    if (attained_share >= bounds.on_track - rounding)
        return Trend::en_bonne_voie;
    return attained_share < -rounding ? Trend::recul : Trend::en_retard;
}

const char* label_of(Trend trend)
{
    switch (trend) {
    case Trend::atteint:
        return "atteint";
    case Trend::en_bonne_voie:
        return "en bonne voie";
    case Trend::en_retard:
        return "en retard";
    case Trend::recul:
        return "recul";
    }
    return "";
}

} // namespace pacte
