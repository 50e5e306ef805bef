#include "office/need_dialog.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "office/dialog.hpp"
#include "office/installation.hpp"

namespace pacte::office {

namespace {

constexpr int read_again = 2;
constexpr std::array<GeoLevel, 4> levels{GeoLevel::commune, GeoLevel::epci, GeoLevel::iris,
                                         GeoLevel::departement};

std::string item_of(const NeedColumn& column)
{
    std::string item = column.wanted ? "☑ " : "☐ ";
    item += column.code + " – " + column.label + " (" + name_of(column.nature);
    if (!column.unit.empty())
        item += ", " + column.unit;
    if (!column.vintage.empty())
        item += ", " + column.vintage;
    return item + ")";
}

std::string letter_of(std::size_t column)
{
    const std::string cell = cell_name(static_cast<std::int32_t>(column), 0);
    return cell.substr(0, cell.size() - 1);
}

std::vector<std::string> column_names(const SourceFile& file, const NeedLayout& layout)
{
    const SourceSheet& sheet = file.sheets[layout.sheet];
    std::vector<std::string> names;
    for (std::size_t c = 0; c < sheet.columns(); ++c)
        names.push_back(letter_of(c) + " – " +
                        std::string(layout.header_row ? sheet.at(*layout.header_row, c) : ""));
    return names;
}

/// « – » for none, then what the schema of Variables permits.
std::vector<std::string> choices_of(std::string_view field)
{
    std::vector<std::string> choices{"–"};
    const auto& permitted = schemas().table("variables").find(field)->enumeration;
    choices.insert(choices.end(), permitted.begin(), permitted.end());
    return choices;
}

/// The bases that a rate can have: nothing, the inhabitants, a count of the file.
std::vector<std::string> bases_of(const NeedLayout& layout)
{
    std::vector<std::string> bases{"–", "population municipale des communes"};
    for (const NeedColumn& column : layout.columns)
        if (column.nature == VariableNature::effectif)
            bases.push_back(column.code);
    return bases;
}

class NeedDialog {
public:
    NeedDialog(const Reference<css::uno::XComponentContext>& context, const SourceFile& file,
               NeedLayout& layout)
        : dialog_(context, {"Importer des besoins", "Import needs"}, 420), file_(file), layout_(layout),
          bases_(bases_of(layout)), families_(choices_of("famille")), directions_(choices_of("sens"))
    {
        add_place();
        add_columns();
        dialog_.add_action("relire", {"Relire le fichier", "Read again"}, read_again);
        dialog_.add_buttons(true);
    }

    int run(const Reference<css::frame::XFrame>& frame)
    {
        const auto window = dialog_.open(frame);
        show();
        const int answer = window->execute();
        if (answer != 0)
            keep();
        return answer;
    }

    /// What was decided of the place of the codes.
    void read_place(LayoutHints& hints)
    {
        if (file_.sheets.size() > 1)
            hints.sheet = static_cast<std::size_t>(std::max(0, dialog_.selected("feuille")));
        if (const int row = dialog_.year("entete"); row > 0)
            hints.header_row =
                row_of_line(hints.sheet.value_or(layout_.sheet), static_cast<std::size_t>(row));
        hints.code_column = static_cast<std::size_t>(std::max(0, dialog_.selected("code")));
        hints.level = levels.at(static_cast<std::size_t>(std::max(0, dialog_.selected("niveau"))));
    }

    /// Whether the place of the codes is no longer the one that was read.
    [[nodiscard]] bool place_changed()
    {
        LayoutHints hints;
        read_place(hints);
        return hints.sheet.value_or(layout_.sheet) != layout_.sheet ||
               hints.code_column != layout_.code_column || hints.level != layout_.level ||
               (hints.header_row && hints.header_row != layout_.header_row);
    }

    void read_years()
    {
        layout_.geography =
            cog_years().years().at(static_cast<std::size_t>(std::max(0, dialog_.selected("geographie"))));
        if (!layout_.years.empty())
            layout_.year = layout_.years.at(static_cast<std::size_t>(std::max(0, dialog_.selected("annee"))));
    }

    void close() { dialog_.close(); }

private:
    std::size_t row_of_line(std::size_t sheet, std::size_t line) const
    {
        const SourceSheet& from = file_.sheets[sheet];
        std::size_t row = 0;
        while (row + 1 < from.rows() && from.line(row) < line)
            ++row;
        return row;
    }

    void add_place()
    {
        const SourceSheet& sheet = file_.sheets[layout_.sheet];
        std::string words = "« " + file_.name + " » : " + french_number(static_cast<double>(sheet.rows())) +
                            " lignes" + (file_.encoding.empty() ? "" : ", " + file_.encoding) +
                            ". Vérifiez ce qui a été compris.";
        for (const std::string& remark : layout_.remarks)
            words += "\n" + remark;
        dialog_.add_words(words, std::min<int>(4, 1 + static_cast<int>(layout_.remarks.size())));
        if (file_.sheets.size() > 1) {
            std::vector<std::string> names;
            for (const SourceSheet& other : file_.sheets)
                names.push_back(other.name());
            dialog_.add_list("feuille", {"Feuille", "Sheet"}, names, static_cast<int>(layout_.sheet));
        }
        dialog_.add_number("entete", {"Ligne d'en-tête", "Header row"},
                           layout_.header_row ? static_cast<int>(sheet.line(*layout_.header_row)) : 0, 0,
                           1'000'000);
        dialog_.add_list("code", {"Colonne des codes", "Codes"}, column_names(file_, layout_),
                         static_cast<int>(layout_.code_column));
        std::vector<std::string> names;
        for (const GeoLevel level : levels)
            names.emplace_back(name_of(level));
        dialog_.pair();
        dialog_.add_list(
            "niveau", {"Niveau", "Level"}, names,
            static_cast<int>(std::find(levels.begin(), levels.end(), layout_.level) - levels.begin()));
        const std::vector<int>& years = cog_years().years();
        std::vector<std::string> geographies;
        std::transform(years.begin(), years.end(), std::back_inserter(geographies),
                       [](int year) { return std::to_string(year); });
        dialog_.add_list(
            "geographie", {"Année des codes (COG)", "Year of the codes (COG)"}, geographies,
            static_cast<int>(std::find(years.begin(), years.end(), layout_.geography) - years.begin()));
        if (!layout_.years.empty())
            dialog_.add_list(
                "annee", {"Année à importer", "Year"}, layout_.years,
                static_cast<int>(std::find(layout_.years.begin(), layout_.years.end(), layout_.year) -
                                 layout_.years.begin()));
        auto rows = preview_of(file_, layout_, 4);
        std::vector<std::string> headers(sheet.columns());
        if (layout_.header_row && !rows.empty()) {
            headers = rows.front();
            rows.erase(rows.begin());
        }
        for (std::size_t c = 0; c < headers.size(); ++c)
            headers[c] = letter_of(c) + " " + headers[c];
        dialog_.add_grid("apercu", {"Premières lignes du fichier", "First lines of the file"}, headers, rows,
                         3);
    }

    void add_columns()
    {
        std::vector<std::string> items;
        for (const NeedColumn& column : layout_.columns)
            items.push_back(item_of(column));
        dialog_.add_long_list("colonnes",
                              {"Colonnes de chiffres (réglages de la ligne choisie dessous)",
                               "Columns of figures (settings of the chosen line below)"},
                              items, 0, 7);
        dialog_.add_check("importer", {"Importer cette colonne", "Import this column"}, true);
        dialog_.pair();
        dialog_.add_edit("variable", {"Code de la variable", "Variable code"}, "");
        dialog_.add_edit("millesime", {"Millésime", "Vintage"}, "");
        dialog_.add_edit("libelle", {"Libellé", "Label"}, "");
        dialog_.pair();
        dialog_.add_list("nature", {"Nature", "Kind"}, {"effectif", "taux", "montant", "indice", "typologie"},
                         0);
        dialog_.add_edit("unite", {"Unité", "Unit"}, "");
        dialog_.add_list("base", {"Base du taux", "Base of the rate"}, bases_, 0);
        dialog_.pair();
        dialog_.add_list("famille", {"Famille", "Family"}, families_, 0);
        dialog_.add_list("sens", {"Sens", "Direction"}, directions_, 0);
        dialog_.add_edit("source", {"Source", "Source"}, "");
        dialog_.on_select("colonnes", [this] {
            keep();
            shown_ = std::max(0, dialog_.selected("colonnes"));
            show();
        });
    }

    [[nodiscard]] NeedColumn& column() { return layout_.columns.at(static_cast<std::size_t>(shown_)); }

    void show()
    {
        const NeedColumn& shown = column();
        dialog_.set_checked("importer", shown.wanted);
        dialog_.set_text("variable", shown.code);
        dialog_.set_text("libelle", shown.label);
        dialog_.select("nature", static_cast<int>(shown.nature));
        dialog_.set_text("unite", shown.unit);
        const auto found = std::find(bases_.begin(), bases_.end(), shown.base);
        dialog_.select("base", shown.population_base   ? 1
                               : found == bases_.end() ? 0
                                                       : static_cast<int>(found - bases_.begin()));
        select("famille", families_, shown.family);
        select("sens", directions_, shown.direction);
        dialog_.set_text("source", shown.source);
        dialog_.set_text("millesime", shown.vintage);
    }

    void select(const char* name, const std::vector<std::string>& choices, const std::string& value)
    {
        const auto found = std::find(choices.begin(), choices.end(), value);
        dialog_.select(name, found == choices.end() ? 0 : static_cast<int>(found - choices.begin()));
    }

    [[nodiscard]] std::string selected(const char* name, const std::vector<std::string>& choices) const
    {
        const int at = dialog_.selected(name);
        return at > 0 ? choices.at(static_cast<std::size_t>(at)) : std::string();
    }

    /// Takes what is written in the fields into the column that is shown.
    void keep()
    {
        NeedColumn& shown = column();
        const std::string before = item_of(shown);
        shown.wanted = dialog_.checked("importer");
        if (const std::string code = trim(dialog_.text("variable")); !code.empty())
            shown.code = code;
        shown.label = trim(dialog_.text("libelle"));
        shown.nature = static_cast<VariableNature>(std::max(0, dialog_.selected("nature")));
        shown.unit = trim(dialog_.text("unite"));
        const int base = std::max(0, dialog_.selected("base"));
        shown.population_base = base == 1;
        shown.base = base > 1 ? bases_.at(static_cast<std::size_t>(base)) : std::string();
        shown.family = selected("famille", families_);
        shown.direction = selected("sens", directions_);
        shown.source = trim(dialog_.text("source"));
        shown.vintage = trim(dialog_.text("millesime"));
        if (item_of(shown) != before)
            dialog_.set_item("colonnes", shown_, item_of(shown));
    }

    Dialog dialog_;
    const SourceFile& file_;
    NeedLayout& layout_;
    std::vector<std::string> bases_;
    std::vector<std::string> families_;
    std::vector<std::string> directions_;
    int shown_ = 0;
};

} // namespace

NeedAnswer ask_need_layout(const Reference<css::uno::XComponentContext>& context,
                           const Reference<css::frame::XFrame>& frame, const SourceFile& file,
                           NeedLayout& layout, LayoutHints& hints)
{
    NeedDialog dialog(context, file, layout);
    int answer = dialog.run(frame);
    if (answer == 1 && dialog.place_changed())
        answer = read_again;
    if (answer == read_again)
        dialog.read_place(hints);
    else if (answer != 0)
        dialog.read_years();
    dialog.close();
    return answer == 0            ? NeedAnswer::cancel
           : answer == read_again ? NeedAnswer::read_again
                                  : NeedAnswer::import;
}

} // namespace pacte::office
