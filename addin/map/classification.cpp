#include "map/classification.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <string_view>

#include "core/classes.hpp"
#include "core/error.hpp"
#include "core/text.hpp"
#include "map/palette.hpp"
#include "map/proportional.hpp"
#include "map/wording.hpp"

namespace pacte::map {

namespace {

enum LastRows : std::size_t { zero_row, unknown_row, secret_row, last_row_count };

/// More classes than this cannot be told apart on a map.
constexpr int most_on_a_map = 9;

bool is_manual(const ClassSettings& settings) { return fold(settings.method) == "manuelles"; }

/// The bounds stated, stretched to the smallest and the greatest value.
std::vector<double> manual_bounds(const std::vector<double>& values, std::vector<double> bounds)
{
    const bool in_order =
        std::adjacent_find(bounds.begin(), bounds.end(), std::greater_equal<>()) == bounds.end();
    if (bounds.empty() || !in_order || bounds.size() > most_on_a_map)
        throw Failure(
            Failure::Cause::bad_value,
            "Classes manuelles (feuille Paramètres) : indiquer de 1 à 9 bornes, de la plus petite à la "
            "plus grande, ou choisir une autre méthode de classes, par exemple « naturelles ».");
    const auto [smallest, greatest] = std::minmax_element(values.begin(), values.end());
    if (*smallest < bounds.front())
        bounds.insert(bounds.begin(), *smallest);
    if (*greatest > bounds.back() || bounds.size() == 1)
        bounds.push_back(*greatest);
    return bounds;
}

std::vector<double> class_bounds(const std::vector<double>& values, const ClassSettings& settings)
{
    if (is_manual(settings))
        return manual_bounds(values, settings.manual_bounds);
    return breaks(values, std::min(settings.classes, most_on_a_map), settings.method);
}

struct MethodWords {
    std::string_view beginning; ///< of the folded name of the method
    std::string_view words;
};

/// Names that `breaks` accepts, in French and in English.
std::string method_in_words(const std::string& method)
{
    static constexpr MethodWords known[] = {
        {"quantile", "quantiles"},
        {"egal", "amplitudes égales"},
        {"equal", "amplitudes égales"},
        {"amplitudes", "amplitudes égales"},
        {"intervalles", "amplitudes égales"},
        {"ecart", "moyenne et écarts-types"},
        {"standard", "moyenne et écarts-types"},
        {"geometri", "progression géométrique"},
        {"progression", "progression géométrique"},
        {"q6", "quantiles Q6 (5, 27,5, 50, 72,5 et 95 %)"},
        {"manuel", "bornes fixées à la main"},
    };
    const auto key = fold(method);
    for (const auto& [beginning, words] : known)
        if (key.starts_with(beginning))
            return std::string(words);
    return "seuils naturels (optimum de Fisher et Jenks)";
}

/// Why there are fewer classes than were asked for; empty where there are not.
std::string fewer_classes(std::size_t classes, const std::vector<double>& values,
                          const ClassSettings& settings)
{
    static const std::set<std::string> own_count = {"manuelles", "q6"};
    const auto key = fold(settings.method);
    if (own_count.contains(key) || key.starts_with("ecart") || key.starts_with("standard") ||
        static_cast<int>(classes) >= settings.classes)
        return {};
    const std::set<double> distinct(values.begin(), values.end());
    std::string why = "des valeurs égales ne peuvent être séparées";
    if (static_cast<int>(distinct.size()) < settings.classes)
        why = counted(distinct.size(), "valeur distincte", "valeurs distinctes");
    else if (settings.classes > most_on_a_map)
        why = "au-delà, les teintes ne se distinguent plus";
    return counted(classes, "classe", "classes") + " au lieu de " + std::to_string(settings.classes) + " : " +
           why + ".";
}

} // namespace

Classification::Classification(const std::vector<Quantity>& figures, const Variable& variable,
                               const ClassSettings& settings)
    : variable_(variable), unit_(unit_of(variable)), categories_(variable.nature == VariableNature::typologie)
{
    auto values = known_values(figures);
    const bool negative = std::any_of(values.begin(), values.end(), [](double v) { return v < 0.0; });
    const bool positive = std::any_of(values.begin(), values.end(), [](double v) { return v > 0.0; });
    zero_apart_ = !categories_ && !(negative && positive);
    if (zero_apart_)
        std::erase(values, 0.0);
    if (categories_)
        make_categories(values);
    else
        cut(values, settings);
    rows_.push_back({"legende:zero", with_unit("0", unit_), "valeur nulle", zero_fill()});
    rows_.push_back({"legende:inconnu", "donnée non disponible", {}, unknown_fill()});
    rows_.push_back({"legende:secret", "secret statistique", {}, secret_fill()});
    for (const auto& figure : figures)
        ++rows_[index_of(figure)].count;
    number_the_classes();
}

void Classification::cut(const std::vector<double>& values, const ClassSettings& settings)
{
    if (values.empty()) {
        method_ = "aucune valeur à répartir en classes";
        // a wrong name is told all the same
        [[maybe_unused]] const auto choice = read_palette(settings.palette, variable_, false);
        return;
    }
    bounds_ = class_bounds(values, settings);
    classes_ = bounds_.size() - 1;
    make_rows(values, settings);
    method_ = counted(classes_, "classe", "classes") + ", " + method_in_words(settings.method);
    if (const auto fewer = fewer_classes(classes_, values, settings); !fewer.empty())
        note_ += (note_.empty() ? "" : " ") + fewer;
}

void Classification::make_rows(const std::vector<double>& values, const ClassSettings& settings)
{
    const BoundsWording wording(bounds_, values, unit_);
    decimals_ = wording.decimals();
    set_decimals(values);
    const auto painted = fills(settings.palette);
    for (std::size_t i = 0; i < classes_; ++i)
        rows_.push_back({"legende:classe:" + std::to_string(i + 1), wording.of(i), {}, painted[i]});
}

/// A value is written with its own decimals, 2 at most, and with as many as the
/// bounds have: rounded further, it might seem to be in another class.
void Classification::set_decimals(const std::vector<double>& values)
{
    decimals_ = std::max(decimals_, decimals_of(values, unit_ == "€"                               ? 0
                                                        : variable_.nature == VariableNature::taux ? 1
                                                                                                   : 2));
}

void Classification::make_categories(const std::vector<double>& values)
{
    std::set<double> distinct(values.begin(), values.end());
    constexpr std::size_t most = 8;
    bounds_.assign(distinct.begin(), distinct.end());
    decimals_ = decimals_of(bounds_, 2);
    classes_ = std::min(most, bounds_.size());
    const auto painted = categorical(static_cast<int>(classes_));
    for (std::size_t i = 0; i < classes_; ++i) {
        const bool rest = i + 1 == most && bounds_.size() > most;
        rows_.push_back({"legende:classe:" + std::to_string(i + 1),
                         rest ? "autres types" : "type " + fixed_number(bounds_[i], decimals_),
                         {},
                         painted[i]});
    }
    method_ = counted(bounds_.size(), "type", "types");
}

std::vector<Fill> Classification::fills(const std::string& palette)
{
    const bool both_signs = bounds_.front() < 0.0 && bounds_.back() > 0.0;
    const auto choice = read_palette(palette, variable_, both_signs);
    std::vector<Fill> painted;
    if (!choice.diverging) {
        for (const auto color : sequential(choice.hue, static_cast<int>(classes_)))
            painted.push_back(solid(color));
        return painted;
    }
    note_ = "Palette centrée sur " +
            with_unit(fixed_number(choice.centre, decimals_of({choice.centre}, 2)), unit_) + ".";
    int below = 0;
    int above = 0;
    for (std::size_t i = 0; i < classes_; ++i) {
        below += bounds_[i + 1] <= choice.centre ? 1 : 0;
        above += bounds_[i] >= choice.centre ? 1 : 0;
    }
    // A class closed on both sides of the centre belongs to one side only.
    above = std::min(above, static_cast<int>(classes_) - below);
    return diverging(below, below + above < static_cast<int>(classes_), above);
}

std::size_t Classification::class_index(double value) const
{
    if (categories_) {
        const auto at = std::lower_bound(bounds_.begin(), bounds_.end(), value) - bounds_.begin();
        return std::min(static_cast<std::size_t>(at), classes_ - 1);
    }
    return static_cast<std::size_t>(std::max(0, class_of(value, bounds_)));
}

std::size_t Classification::index_of(const Quantity& figure) const
{
    if (figure.is_secret())
        return classes_ + secret_row;
    if (!figure.is_known())
        return classes_ + unknown_row;
    if (zero_apart_ && figure.value() == 0.0)
        return classes_ + zero_row;
    return class_index(figure.value());
}

/// « classe 2 sur 5 »: among the classes that the legend shows.
void Classification::number_the_classes()
{
    const auto shown = std::count_if(rows_.begin(), rows_.begin() + static_cast<std::ptrdiff_t>(classes_),
                                     [](const Row& r) { return r.count > 0; });
    int number = 0;
    for (std::size_t i = 0; i < classes_; ++i)
        if (rows_[i].count > 0)
            rows_[i].words = categories_
                                 ? rows_[i].label
                                 : "classe " + std::to_string(++number) + " sur " + std::to_string(shown);
}

std::string Classification::value_in_words(const Quantity& figure) const
{
    return in_words(figure, unit_, decimals_);
}

std::string Classification::class_in_words(const Quantity& figure) const { return row(figure).words; }

LegendBlock Classification::legend() const
{
    LegendBlock block;
    block.name = "legende:besoin";
    const auto unit = unit_.empty() || fold(variable_.label).find(fold(unit_)) != std::string::npos
                          ? std::string{}
                          : " (" + unit_ + ")";
    block.title = variable_.label + unit + (variable_.vintage.empty() ? "" : ", " + variable_.vintage);
    block.count_header = "nombre d’EPCI";
    const auto add = [&](const Row& shown) {
        if (shown.count == 0)
            return;
        LegendEntry entry;
        entry.name = shown.name;
        entry.label = shown.label;
        entry.fill = shown.fill;
        entry.count = shown.count;
        block.entries.push_back(std::move(entry));
    };
    for (std::size_t i = classes_; i > 0; --i) // the highest on top
        add(rows_[i - 1]);
    for (std::size_t i = classes_; i < rows_.size(); ++i)
        add(rows_[i]);
    block.note = note_;
    return block;
}

} // namespace pacte::map
