#include "core/need_figures.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "core/error.hpp"
#include "core/source_figure.hpp"
#include "core/text.hpp"

namespace pacte {

namespace {

constexpr std::size_t most_refusals = 5000; ///< a file that is wrong throughout says enough by then
constexpr double least_known_base = 0.5;    ///< as PACTE.INDICE has it for weights

std::string percent_of(double share) { return french_number(share * 100.0, 0) + " %"; }

std::string counted(std::size_t number, const char* one, const char* several)
{
    return std::to_string(number) + " " + (number < 2 ? one : several);
}

/// What the members of one EPCI lack.
struct Lack {
    std::size_t secret = 0;
    std::size_t unknown = 0; ///< marks, blanks, errors
    std::size_t absent = 0;  ///< no line in the file

    [[nodiscard]] std::size_t all() const { return secret + unknown + absent; }
    [[nodiscard]] std::string words() const
    {
        std::string text;
        const auto add = [&](std::size_t number, const char* what) {
            if (number > 0)
                text += (text.empty() ? "" : ", ") + std::to_string(number) + " " + what;
        };
        add(secret, "sous secret statistique");
        add(unknown, "non disponibles");
        add(absent, "absentes du fichier");
        return text;
    }
};

/// Nothing is known: the mark that says why.
NeedFigure nothing_known(const Lack& lack)
{
    NeedFigure figure;
    figure.value = lack.secret > 0 ? Cell(std::string("s")) : Cell(std::string("nd"));
    figure.note = "Aucune commune connue : " + lack.words() + ".";
    return figure;
}

class Importer {
public:
    Importer(const SourceFile& file, const NeedLayout& layout, const NeedTerritory& territory, const Cog& cog,
             const ImportProgress& progress)
        : file_(file), sheet_(file.sheets[layout.sheet]), layout_(layout), territory_(territory), cog_(cog),
          progress_(progress)
    {
    }

    NeedImport run()
    {
        if (layout_.level == GeoLevel::departement)
            fail(
                "ses chiffres sont donnés par département : ils ne peuvent pas être répartis entre les EPCI. "
                "Cherchez le même fichier par commune ou par EPCI.");
        read_rows();
        if (rows_of_.empty())
            fail("aucune de ses lignes n'est du territoire de ce diagnostic. Vérifiez le fichier et le "
                 "territoire "
                 "(feuilles « Territoires » et « Communes »).");
        for (const NeedColumn& column : layout_.columns)
            if (column.wanted)
                result_.results.push_back(result_of(column));
        return std::move(result_);
    }

private:
    [[noreturn]] void fail(const std::string& what) const
    {
        throw Failure(Failure::Cause::bad_file,
                      "Le fichier « " + file_.name + " » ne peut pas être importé : " + what);
    }

    void refuse(std::size_t row, std::ptrdiff_t column, std::string value, std::string reason,
                std::string advice)
    {
        if (result_.refusals.size() < most_refusals)
            result_.refusals.push_back({place_of(file_.name, sheet_.name(), sheet_.line(row), column),
                                        std::move(value), std::move(reason), std::move(advice)});
    }

    /// Notes and sources below the table hold one cell.
    [[nodiscard]] bool is_note(std::size_t row) const
    {
        std::size_t filled = 0;
        for (std::size_t c = 0; c < sheet_.width(row); ++c)
            filled += sheet_.at(row, c).empty() ? 0 : 1;
        return filled <= 1;
    }

    void read_rows()
    {
        for (std::size_t row = layout_.first_row; row < sheet_.rows(); ++row) {
            if (row % 4096 == 0 && progress_ &&
                !progress_(static_cast<double>(row) / static_cast<double>(sheet_.rows())))
                throw Failure(Failure::Cause::cancelled, "Import annulé.");
            if (is_note(row))
                continue;
            ++result_.rows_read;
            if (layout_.year_column && year_of(row) != layout_.year)
                ++result_.rows_of_other_years;
            else
                read_row(row);
        }
        drop_parts();
        find_missing();
    }

    [[nodiscard]] std::string year_of(std::size_t row) const
    {
        const auto text = sheet_.at(row, *layout_.year_column);
        for (std::size_t i = 0; i + 4 <= text.size(); ++i)
            if (text.substr(i, 4) == layout_.year)
                return layout_.year;
        return {};
    }

    void read_row(std::size_t row)
    {
        const auto text = sheet_.at(row, layout_.code_column);
        const std::string code = geo_code(text, layout_.level);
        if (code.empty()) {
            ++result_.rows_refused;
            refuse(row, static_cast<std::ptrdiff_t>(layout_.code_column), std::string(text),
                   std::string("Ce n'est pas un code ") +
                       (layout_.level == GeoLevel::epci ? "d'EPCI (SIREN à 9 chiffres)." : "INSEE."),
                   "Corrigez le code dans le fichier, puis importez-le à nouveau.");
            return;
        }
        const std::string unit = layout_.level == GeoLevel::epci ? epci_of(code) : commune_of(code);
        if (unit.empty())
            return outside(row, code);
        auto& rows = rows_of_[unit];
        const bool repeated = std::any_of(rows.begin(), rows.end(), [&](std::size_t other) {
            return geo_code(sheet_.at(other, layout_.code_column), layout_.level) == code;
        });
        if (repeated) {
            ++result_.rows_refused;
            return refuse(row, static_cast<std::ptrdiff_t>(layout_.code_column), code,
                          "Ce code est déjà à la ligne " + std::to_string(sheet_.line(rows.front())) +
                              " : la première est gardée.",
                          "Gardez une seule ligne par code dans le fichier.");
        }
        ++result_.rows_matched;
        rows.push_back(row);
    }

    [[nodiscard]] std::string epci_of(const std::string& siren) const
    {
        if (territory_.epcis.contains(siren))
            return siren;
        const auto found = territory_.successor_epci.find(siren);
        return found != territory_.successor_epci.end() ? found->second : std::string();
    }

    /// The commune of the territory that a code stands for: itself, its IRIS, or
    /// the commune that it was merged into.
    [[nodiscard]] std::string commune_of(const std::string& code) const
    {
        const std::string commune = code.substr(0, 5);
        if (territory_.epci_of.contains(commune))
            return commune;
        const Commune* successor = cog_.successor(commune);
        return successor != nullptr && territory_.epci_of.contains(successor->code) ? successor->code
                                                                                    : std::string();
    }

    /// A line of elsewhere is counted; one whose code exists nowhere is listed.
    void outside(std::size_t row, const std::string& code)
    {
        const bool exists = layout_.level == GeoLevel::epci || is_known(code, layout_.level, cog_);
        if (exists) {
            ++result_.rows_outside;
            return;
        }
        ++result_.rows_refused;
        refuse(row, static_cast<std::ptrdiff_t>(layout_.code_column), code,
               "Ce code n'existe pas dans le Code officiel géographique.",
               "Vérifiez le code ; les autres lignes sont importées.");
    }

    /// Where a commune has a line of its own, those of its arrondissements or of the
    /// communes merged into it would count the same people twice.
    void drop_parts()
    {
        if (layout_.level != GeoLevel::commune)
            return;
        for (auto& [key, rows] : rows_of_) {
            const std::string& commune = key; // which a lambda may name
            const auto own = std::find_if(rows.begin(), rows.end(), [&](std::size_t row) {
                return geo_code(sheet_.at(row, layout_.code_column), GeoLevel::commune) == commune;
            });
            if (own != rows.end())
                rows = {*own};
        }
    }

    void find_missing()
    {
        if (layout_.level == GeoLevel::epci) {
            for (const auto& [siren, name] : territory_.epcis)
                if (!rows_of_.contains(siren))
                    result_.missing.push_back(siren);
            return;
        }
        for (const auto& [commune, siren] : territory_.epci_of)
            if (!rows_of_.contains(commune))
                result_.missing.push_back(commune);
    }

    [[nodiscard]] SourceFigure figure_at(std::size_t row, const NeedColumn& column)
    {
        const auto text = sheet_.at(row, column.column);
        SourceFigure figure = read_source_figure(text);
        if (figure.state == FigureState::error || figure.state == FigureState::unreadable)
            refuse(
                row, static_cast<std::ptrdiff_t>(column.column), std::string(text),
                figure.state == FigureState::error ? "La formule est en erreur." : "Ce n'est pas un nombre.",
                "La valeur est laissée inconnue. Corrigez-la dans le fichier, puis importez-le à nouveau.");
        figure.value *= column.factor;
        return figure;
    }

    NeedResult result_of(const NeedColumn& column)
    {
        NeedResult result;
        result.column = column;
        if (layout_.level == GeoLevel::epci) {
            for (const auto& [siren, rows] : rows_of_)
                result.figures[siren] = figure_of_epci(rows, column, siren);
            return result;
        }
        result.refused = reason_to_refuse(column);
        if (result.refused.empty())
            for (const auto& [siren, name] : territory_.epcis)
                result.figures[siren] = figure_of_members(siren, column);
        return result;
    }

    NeedFigure figure_of_epci(const std::vector<std::size_t>& rows, const NeedColumn& column,
                              const std::string& siren)
    {
        if (rows.size() > 1)
            return merged(rows, column);
        const SourceFigure figure = figure_at(rows.front(), column);
        NeedFigure kept{cell_of_figure(figure, sheet_.at(rows.front(), column.column)), {}, false};
        if (geo_code(sheet_.at(rows.front(), layout_.code_column), GeoLevel::epci) != siren)
            kept.note = "Donné par le fichier pour l'ancien EPCI " +
                        std::string(sheet_.at(rows.front(), layout_.code_column)) + ".";
        return kept;
    }

    /// Two former EPCI of the file are now one: counts can be added, the rest cannot.
    NeedFigure merged(const std::vector<std::size_t>& rows, const NeedColumn& column)
    {
        NeedFigure figure;
        figure.note = "Le fichier donne " + std::to_string(rows.size()) + " anciens EPCI, réunis depuis.";
        if (column.nature != VariableNature::effectif) {
            figure.value = std::string("nd");
            return figure;
        }
        double sum = 0.0;
        Lack lack;
        for (const std::size_t row : rows)
            add(figure_at(row, column), sum, lack);
        if (lack.all() == rows.size())
            return nothing_known(lack);
        figure.value = sum;
        figure.partial = lack.all() > 0;
        return figure;
    }

    static bool add(const SourceFigure& figure, double& sum, Lack& lack)
    {
        if (figure.state == FigureState::known) {
            sum += figure.value;
            return true;
        }
        ++(figure.state == FigureState::secret ? lack.secret : lack.unknown);
        return false;
    }

    [[nodiscard]] const NeedColumn* base_of(const NeedColumn& column) const
    {
        if (column.base.empty())
            return nullptr;
        const auto found =
            std::find_if(layout_.columns.begin(), layout_.columns.end(), [&](const NeedColumn& other) {
                return fold(other.code) == fold(column.base) && other.column != column.column;
            });
        return found == layout_.columns.end() ? nullptr : &*found;
    }

    [[nodiscard]] std::string reason_to_refuse(const NeedColumn& column) const
    {
        switch (column.nature) {
        case VariableNature::effectif:
            return {};
        case VariableNature::taux:
            if (base_of(column) != nullptr || column.population_base)
                return {};
            return column.base.empty()
                       ? "un taux par commune ne peut être ramené à l'EPCI qu'avec sa base (l'effectif "
                         "auquel il "
                         "s'applique) : indiquez-la, ou prenez le fichier par EPCI"
                       : "sa base « " + column.base + " » n'est pas une colonne de ce fichier";
        case VariableNature::montant:
            return "une médiane, une moyenne ou un décile par commune ne se moyenne pas à l'EPCI : prenez le "
                   "fichier par EPCI";
        case VariableNature::indice:
            return "un indice par commune ne se moyenne pas à l'EPCI : prenez le fichier par EPCI";
        default:
            return "une typologie par commune ne donne pas celle de l'EPCI : prenez le fichier par EPCI";
        }
    }

    /// The figure of a commune: the sum of its lines (IRIS, or communes merged
    /// since), known where all of them are.
    NeedFigure figure_of_members(const std::string& siren, const NeedColumn& column)
    {
        const NeedColumn* base = base_of(column);
        Sum sum;
        std::size_t members = 0;
        for (const auto& [commune, of] : territory_.epci_of) {
            if (of != siren)
                continue;
            ++members;
            const auto rows = rows_of_.find(commune);
            if (rows == rows_of_.end())
                add_absent(commune, sum);
            else
                for (const std::size_t row : rows->second)
                    add_row(commune, row, column, base, rows->second.size(), sum);
        }
        if (members == 0)
            return {std::string("nd"),
                    "Aucune commune de cet EPCI n'est connue (" + territory_.membership + ").", false};
        return column.nature == VariableNature::taux ? rate_of(sum, members) : total_of(sum, members);
    }

    struct Sum {
        double figures = 0.0;      ///< Σ of the counts, or of rate × base
        double base = 0.0;         ///< of the known rates
        double unknown_base = 0.0; ///< of the rates that are not known
        std::size_t known = 0;
        bool base_gap = false; ///< some rates lack their base
        Lack lack;
        std::set<std::string> lacking; ///< communes
    };

    void add_absent(const std::string& commune, Sum& sum)
    {
        ++sum.lack.absent;
        sum.lacking.insert(commune);
        if (const auto found = territory_.inhabitants.find(commune); found != territory_.inhabitants.end())
            sum.unknown_base += found->second;
    }

    void add_row(const std::string& commune, std::size_t row, const NeedColumn& column,
                 const NeedColumn* base, std::size_t rows_of_commune, Sum& sum)
    {
        const SourceFigure figure = figure_at(row, column);
        double weight = 1.0;
        if (column.nature == VariableNature::taux) {
            const auto found = weight_of(commune, row, base, rows_of_commune);
            sum.base_gap = sum.base_gap || !found;
            weight = found.value_or(0.0);
            if (figure.state == FigureState::known && found)
                sum.base += weight;
            else
                sum.unknown_base += weight;
            if (!found && figure.state == FigureState::known) {
                ++sum.lack.unknown;
                sum.lacking.insert(commune);
                return;
            }
        }
        double value = 0.0;
        if (add({figure.state, figure.value * weight}, value, sum.lack)) {
            sum.figures += value;
            ++sum.known;
        } else {
            sum.lacking.insert(commune);
        }
    }

    /// What a rate applies to, in one commune.
    [[nodiscard]] std::optional<double> weight_of(const std::string& commune, std::size_t row,
                                                  const NeedColumn* base, std::size_t rows_of_commune) const
    {
        if (base != nullptr) {
            const SourceFigure figure = read_source_figure(sheet_.at(row, base->column));
            return figure.state == FigureState::known && figure.value >= 0.0 ? std::optional(figure.value)
                                                                             : std::nullopt;
        }
        const auto found = territory_.inhabitants.find(commune);
        if (found == territory_.inhabitants.end() || rows_of_commune > 1)
            return std::nullopt; // the inhabitants of each IRIS are not known
        return found->second;
    }

    [[nodiscard]] std::string lack_note(const Sum& sum, std::size_t members) const
    {
        return counted(sum.lacking.size(), "commune inconnue", "communes inconnues") + " sur " +
               std::to_string(members) + " (" + sum.lack.words() + "). " +
               (territory_.membership.empty() ? "" : "Composition : " + territory_.membership + ".");
    }

    [[nodiscard]] NeedFigure total_of(const Sum& sum, std::size_t members) const
    {
        if (sum.known == 0)
            return nothing_known(sum.lack);
        NeedFigure figure{sum.figures, {}, sum.lack.all() > 0};
        if (figure.partial)
            figure.note = "Total partiel : " + lack_note(sum, members);
        return figure;
    }

    [[nodiscard]] NeedFigure rate_of(const Sum& sum, std::size_t members) const
    {
        if (sum.known == 0 || sum.base <= 0.0) {
            if (sum.known > 0 && sum.lack.all() == 0)
                return {std::string("so"), "La base de ce taux est nulle dans toutes les communes.", false};
            return nothing_known(sum.lack);
        }
        const double share = sum.base / (sum.base + sum.unknown_base);
        if (share < least_known_base)
            return {sum.lack.secret > 0 ? Cell(std::string("s")) : Cell(std::string("nd")),
                    "Taux non calculé : les communes connues ne portent que " + percent_of(share) +
                        " de sa base ; " + lack_note(sum, members),
                    false};
        NeedFigure figure{sum.figures / sum.base, {}, sum.lack.all() > 0};
        if (figure.partial)
            figure.note =
                "Taux partiel, calculé sur " + percent_of(share) + " de sa base : " + lack_note(sum, members);
        return figure;
    }

    const SourceFile& file_;
    const SourceSheet& sheet_;
    const NeedLayout& layout_;
    const NeedTerritory& territory_;
    const Cog& cog_;
    const ImportProgress& progress_;
    NeedImport result_;
    std::map<std::string, std::vector<std::size_t>> rows_of_; ///< by SIREN, or by commune of the territory
};

} // namespace

NeedImport import_needs(const SourceFile& file, const NeedLayout& layout, const NeedTerritory& territory,
                        const Cog& cog, const ImportProgress& progress)
{
    return Importer(file, layout, territory, cog, progress).run();
}

} // namespace pacte
