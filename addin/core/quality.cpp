#include "core/quality.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <unordered_map>

#include "core/text.hpp"

namespace pacte {

namespace {

constexpr double days_of_month = 365.25 / 12.0;
constexpr double fresh_months = 12.0;
constexpr double stale_months = 36.0;
constexpr double fresh_years = 3.0;
constexpr double stale_years = 8.0;
constexpr double in_several_epcis = 0.75;
constexpr double in_whole_territory = 0.5;
constexpr double by_commune = 0.5;
constexpr double by_caseload = 0.5;
constexpr double least_gain = 0.05; ///< in points: less is rounded away

double descending(double age, double fresh, double stale)
{
    return std::clamp((stale - age) / (stale - fresh), 0.0, 1.0);
}

/// 0 where there is no date, and where it lies in the future: nothing can be said of it.
double freshness_of(const std::optional<Date>& updated, Date date)
{
    if (!updated)
        return 0.0;
    const auto days = (std::chrono::sys_days(date) - std::chrono::sys_days(*updated)).count();
    return days < 0 ? 0.0 : descending(static_cast<double>(days) / days_of_month, fresh_months, stale_months);
}

/// The first year in a millésime such as `2021` or `RP 2021`.
std::optional<int> year_in(std::string_view vintage)
{
    constexpr std::size_t digits = 4;
    for (std::size_t i = 0; i + digits <= vintage.size(); ++i) {
        const auto year = vintage.substr(i, digits);
        if (year.find_first_not_of("0123456789") == std::string_view::npos &&
            (year.starts_with("19") || year.starts_with("20")))
            return std::stoi(std::string(year));
    }
    return std::nullopt;
}

double vintage_freshness(std::string_view vintage, Date date)
{
    const auto year = year_in(vintage);
    const int now = static_cast<int>(date.year());
    return year && *year <= now ? descending(now - *year, fresh_years, stale_years) : 0.0;
}

/// What the table awaits, found once.
class Awaited {
public:
    explicit Awaited(const QualityInput& input)
        : input_(input), columns_(input.schema, input.table), capacity_(find("capacite")),
          caseload_(find("file_active")), updated_(find("mis_a_jour_le")), vintage_(find("millesime")),
          latitude_(find("latitude"))
    {
        for (const Field& field : input.schema.fields) {
            if (!field.per_year.empty())
                continue;
            const bool awaited = field.required || field.expected;
            if (awaited && field.kind == "territoire" && zone_ == nullptr)
                zone_ = &field;
            else if (awaited && &field != capacity_ && &field != updated_ && &field != vintage_)
                fields_.push_back(&field);
            has_distribution_ = has_distribution_ || field.kind == "repartition";
        }
        if (!input.schema.columns_from.empty())
            for (const int column : columns_.others())
                if (!trimmed(input.table.headers[static_cast<std::size_t>(column)]).empty())
                    variables_.push_back(column);
    }

    [[nodiscard]] bool is_nothing() const
    {
        const auto& fields = input_.schema.fields;
        return variables_.empty() &&
               std::none_of(fields.begin(), fields.end(), [](const Field& field) { return field.expected; });
    }

    [[nodiscard]] RowQuality of(std::size_t index)
    {
        const auto& row = input_.table.rows[index];
        RowQuality quality{index, key_of(row), {}, 0.0, {}};
        gains_.clear();
        part(quality, QualityPart::completeness) = completeness(row);
        if (updated_ != nullptr)
            part(quality, QualityPart::freshness) =
                gained("vérifier et dater « " + updated_->title + " »", QualityPart::freshness,
                       freshness_of(read_date(columns_.cell(row, updated_->name)), input_.date));
        else if (vintage_ != nullptr)
            part(quality, QualityPart::freshness) =
                gained("prendre un millésime plus récent", QualityPart::freshness,
                       vintage_freshness(text_of(columns_.cell(row, vintage_->name)), input_.date));
        if (zone_ != nullptr)
            part(quality, QualityPart::precision) = zone_precision(row);
        else if (latitude_ != nullptr && find("longitude") != nullptr)
            part(quality, QualityPart::precision) = point_precision(row);
        if (capacity_ != nullptr)
            part(quality, QualityPart::capacity) = capacity_known(row);
        conclude(quality);
        return quality;
    }

private:
    static std::optional<double>& part(RowQuality& quality, QualityPart which)
    {
        return quality.parts[static_cast<std::size_t>(which)];
    }

    [[nodiscard]] const Field* find(const char* name) const { return input_.schema.find(name); }

    [[nodiscard]] std::string key_of(const std::vector<Cell>& row) const
    {
        std::string key;
        for (const auto& field : input_.schema.primary_key)
            key += (key.empty() ? "" : " – ") + read_code(columns_.cell(row, field));
        return key;
    }

    /// What its type can read of the cell, or a secret.
    [[nodiscard]] bool is_filled(const Cell& cell, const Field* field) const
    {
        if (is_blank(cell) || std::holds_alternative<CellError>(cell))
            return false;
        const auto& schema = input_.schema;
        const auto folded = fold(text_of(cell));
        const auto says = [&](const std::vector<std::string>& values) {
            return std::any_of(values.begin(), values.end(), [&](const std::string& value) {
                return !value.empty() && fold(value) == folded;
            });
        };
        if (says(schema.secret_values))
            return true;
        if (says(schema.missing_values))
            return false;
        if (field != nullptr && field->type == "date")
            return read_date(cell).has_value();
        const bool is_figure = field == nullptr || (field->kind != "axe" &&
                                                    (field->type == "number" || field->type == "integer"));
        return !is_figure || read_quantity(cell, schema, field != nullptr ? field->name : "").is_known();
    }

    double gained(std::string what, QualityPart of, double value, double share = 1.0)
    {
        if (value < 1.0)
            gains_.emplace_back(std::move(what), of, share * (1.0 - value));
        return value;
    }

    double completeness(const std::vector<Cell>& row)
    {
        const auto awaited = static_cast<double>(fields_.size() + variables_.size());
        double filled = 0.0;
        for (const Field* field : fields_)
            filled += gained("remplir « " + field->title + " »", QualityPart::completeness,
                             is_filled(columns_.cell(row, field->name), field) ? 1.0 : 0.0, 1.0 / awaited);
        for (const int column : variables_) {
            const auto at = static_cast<std::size_t>(column);
            filled +=
                gained("renseigner « " + trim(input_.table.headers[at]) + " »", QualityPart::completeness,
                       at < row.size() && is_filled(row[at], nullptr) ? 1.0 : 0.0, 1.0 / awaited);
        }
        return awaited > 0.0 ? filled / awaited : 1.0;
    }

    double zone_precision(const std::vector<Cell>& row)
    {
        const std::string text = text_of(columns_.cell(row, zone_->name));
        const auto elements = split_list(text).size();
        if (elements == 0)
            return gained("remplir « " + zone_->title + " »", QualityPart::precision, 0.0);
        auto found = zones_.find(text);
        if (found == zones_.end())
            found = zones_.emplace(text, input_.territory.read_zone(text)).first;
        const Zone& zone = found->second;
        const double known = 1.0 - static_cast<double>(zone.unknown.size()) / static_cast<double>(elements);
        double located = 1.0;
        if (has_distribution_ && is_blank(columns_.cell(row, "repartition")) && zone.shares.size() > 1)
            located = zone.whole ? in_whole_territory : in_several_epcis;
        gained("reprendre les noms inconnus de « " + zone_->title + " »", QualityPart::precision, known,
               located);
        gained("indiquer la répartition entre les EPCI", QualityPart::precision, located);
        return known * located;
    }

    double point_precision(const std::vector<Cell>& row)
    {
        const auto known = [&](const char* field) {
            return read_quantity(columns_.cell(row, field), input_.schema, field).is_known();
        };
        const bool placed = known("latitude") && known("longitude");
        const bool in_commune = !is_blank(columns_.cell(row, "code_insee"));
        return gained("indiquer les coordonnées", QualityPart::precision,
                      placed       ? 1.0
                      : in_commune ? by_commune
                                   : 0.0);
    }

    double capacity_known(const std::vector<Cell>& row)
    {
        const auto known = [&](const Field* field) {
            return field != nullptr &&
                   read_quantity(columns_.cell(row, field->name), input_.schema, field->name).is_known();
        };
        return gained("indiquer la capacité", QualityPart::capacity,
                      known(capacity_)   ? 1.0
                      : known(caseload_) ? by_caseload
                                         : 0.0);
    }

    void conclude(RowQuality& quality)
    {
        double sum = 0.0;
        double weights = 0.0;
        for (std::size_t i = 0; i < quality_part_count; ++i)
            if (quality.parts[i]) {
                sum += quality_weights[i] * *quality.parts[i];
                weights += quality_weights[i];
            }
        quality.score = 100.0 * sum / weights;
        for (const auto& [what, of, share] : gains_)
            quality.gains.push_back(
                {what, 100.0 * quality_weights[static_cast<std::size_t>(of)] / weights * share, 1});
        std::stable_sort(quality.gains.begin(), quality.gains.end(),
                         [](const QualityGain& a, const QualityGain& b) { return a.points > b.points; });
    }

    const QualityInput& input_;
    Columns columns_;
    const Field* capacity_;
    const Field* caseload_;
    const Field* updated_;
    const Field* vintage_;
    const Field* latitude_;
    const Field* zone_ = nullptr;
    bool has_distribution_ = false;
    std::vector<const Field*> fields_;
    std::vector<int> variables_; ///< columns that are a variable each
    std::unordered_map<std::string, Zone> zones_;
    std::vector<std::tuple<std::string, QualityPart, double>> gains_; ///< with the share of the part
};

void conclude_table(TableQuality& quality)
{
    const auto count = static_cast<double>(quality.rows.size());
    std::map<std::string, QualityGain> gains;
    for (const RowQuality& row : quality.rows) {
        quality.score += row.score / count;
        for (std::size_t i = 0; i < quality_part_count; ++i)
            if (row.parts[i])
                quality.parts[i] = quality.parts[i].value_or(0.0) + *row.parts[i] / count;
        for (const QualityGain& gain : row.gains) {
            auto& sum = gains.try_emplace(gain.what, QualityGain{gain.what, 0.0, 0}).first->second;
            sum.points += gain.points / count;
            ++sum.rows;
        }
    }
    for (auto& [what, gain] : gains)
        quality.gains.push_back(std::move(gain));
    std::stable_sort(quality.gains.begin(), quality.gains.end(),
                     [](const QualityGain& a, const QualityGain& b) { return a.points > b.points; });
}

// ---- The figures of the coverage

struct Link {
    double share = 1.0;
    std::string advice;
};

/// The need of that thématique, wherever it is known.
Link need_link(const CoverageInput& input, const Thematique& thematique)
{
    Link link;
    const Variable* variable = find_variable(input.variables, thematique.need);
    for (int step = 0; step < 2; ++step) { // the variable, then the base of a rate
        const double fresh = variable != nullptr ? vintage_freshness(variable->vintage, input.date) : 0.0;
        if (0.5 + 0.5 * fresh < link.share)
            link = {0.5 + 0.5 * fresh,
                    "millésime plus récent de " + (variable != nullptr ? variable->code : thematique.need)};
        if (variable == nullptr || variable->nature != VariableNature::taux)
            break;
        variable = find_variable(input.variables, variable->base);
    }
    return link;
}

std::string lacking_need(const CoverageCell& cell, const Thematique& thematique)
{
    if (thematique.need.empty())
        return "donner une variable de besoin à la thématique";
    return cell.need.is_secret() ? "besoin couvert par le secret statistique"
                                 : "renseigner le besoin (" + thematique.need + ")";
}

} // namespace

std::optional<TableQuality> quality_of(const QualityInput& input)
{
    Awaited awaited(input);
    if (awaited.is_nothing())
        return std::nullopt;
    TableQuality quality;
    quality.table = input.schema.name;
    for (std::size_t row = 0; row < input.table.rows.size(); ++row)
        if (!is_blank(input.table.rows[row]))
            quality.rows.push_back(awaited.of(row));
    if (quality.rows.empty())
        return std::nullopt;
    conclude_table(quality);
    return quality;
}

std::string gains_in_words(const std::vector<QualityGain>& gains, std::size_t most)
{
    std::string words;
    for (std::size_t i = 0; i < std::min(most, gains.size()) && gains[i].points >= least_gain; ++i) {
        const QualityGain& gain = gains[i];
        words += (words.empty() ? "" : " ; ") + gain.what + " (";
        if (gain.rows > 1)
            words += std::to_string(gain.rows) + " lignes, ";
        words += "+" + french_number(gain.points, 1) + ")";
    }
    return words;
}

std::vector<std::vector<Reliability>> reliabilities(const CoverageInput& input, const Coverage& coverage,
                                                    const std::optional<TableQuality>& dispositifs)
{
    std::unordered_map<std::size_t, const RowQuality*> by_row;
    if (dispositifs)
        for (const RowQuality& row : dispositifs->rows)
            by_row.emplace(row.row, &row);
    const auto quality_of_row = [&](std::size_t dispositif) -> const RowQuality* {
        const auto found = by_row.find(static_cast<std::size_t>(input.dispositifs[dispositif].row));
        return found != by_row.end() ? found->second : nullptr;
    };
    const auto reached = reaches(input);
    std::vector<std::vector<Reliability>> result(coverage.cells.size());
    for (std::size_t t = 0; t < coverage.cells.size(); ++t) {
        const Link need = need_link(input, coverage.thematiques[t]);
        for (std::size_t e = 0; e < coverage.cells[t].size(); ++e) {
            const CoverageCell& cell = coverage.cells[t][e];
            if (!cell.need.is_known()) {
                result[t].push_back({Quantity::unknown(), lacking_need(cell, coverage.thematiques[t])});
                continue;
            }
            double sum = 0.0;
            double weights = 0.0;
            double most = 0.0;
            Link offer;
            for (const Reach& reach : reached[t][e]) {
                const RowQuality* row = quality_of_row(reach.dispositif);
                if (row == nullptr)
                    continue;
                sum += reach.served_share * row->score / 100.0;
                weights += reach.served_share;
                if (const double gain = reach.served_share * (100.0 - row->score);
                    gain > most && !row->gains.empty()) {
                    most = gain;
                    offer.advice = row->key + " : " + row->gains.front().what;
                }
            }
            if (weights > 0.0)
                offer.share = sum / weights;
            const Link& weakest = offer.share < need.share ? offer : need;
            result[t].push_back({Quantity::known(weakest.share), weakest.advice});
        }
    }
    return result;
}

std::vector<Reliability> total_reliabilities(const Coverage& coverage,
                                             const std::vector<std::vector<Reliability>>& of_cells)
{
    std::vector<Reliability> totals;
    for (std::size_t t = 0; t < of_cells.size(); ++t) {
        double sum = 0.0;
        double weights = 0.0;
        double most = 0.0;
        Reliability total;
        for (std::size_t e = 0; e < of_cells[t].size(); ++e) {
            const Reliability& of = of_cells[t][e];
            const Quantity& need = coverage.cells[t][e].need;
            if (!of.share.is_known() || !need.is_known())
                continue;
            sum += need.value() * of.share.value();
            weights += need.value();
            if (const double lost = need.value() * (1.0 - of.share.value()); lost > most) {
                most = lost;
                total.advice = "commencer par " + coverage.epcis[e].name;
            }
        }
        if (weights > 0.0)
            total.share = Quantity::known(sum / weights);
        totals.push_back(std::move(total));
    }
    return totals;
}

} // namespace pacte
