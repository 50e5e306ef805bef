#include "core/table_sheet.hpp"

#include <algorithm>
#include <boost/algorithm/string/join.hpp>
#include <boost/algorithm/string/replace.hpp>
#include <boost/algorithm/string/split.hpp>
#include <cmath>
#include <map>
#include <numeric>

#include "core/text.hpp"

namespace pacte {

namespace {

constexpr std::string_view year_mark = "{annee}";
constexpr int room_for_columns = 12;      ///< under codes yet to be written
constexpr int room_for_rows = 300;        ///< below the table, for the formulas of Accueil
constexpr int room_for_generated = 10000; ///< a table that Pacte writes grows without inserting rows
constexpr double one_page_cm = 45.0;      ///< 27 cm of landscape A4 at 60 %
constexpr int most_pages_across = 4;      ///< the skeleton has a page style for each
constexpr double title_width_cm = 24.0;   ///< what is seen of a sheet without scrolling

std::string with_year(std::string_view text, int year)
{
    return boost::replace_all_copy(std::string(text), std::string(year_mark), std::to_string(year));
}

std::string style_of_kind(const Field& field)
{
    static const std::map<std::string, std::string, std::less<>> styles = {
        {"siren", "Code"},
        {"siret", "Code"},
        {"insee", "Code"},
        {"territoire", "Liste de codes"},
        {"repartition", "Liste de codes"},
        {"axe", "Année"},
        {"part", "Pour cent"},
        {"texte long", "Texte long"},
        {"lien", "Texte lié"},
        {"réglage", "Réglage"},
        {"empreinte", "Empreinte"},
    };
    if (field.kind == "code")
        return field.is_list ? "Liste de codes" : "Code";
    const auto found = styles.find(field.kind);
    return found != styles.end() ? found->second : std::string();
}

std::string style_of_number(const Field& field)
{
    if (field.unit == "€")
        return "Euro";
    if (field.unit == "degrés")
        return "Coordonnée";
    return field.unit.starts_with("personnes") ? "Nombre" : "Décimal";
}

std::string style_of(const Field& field)
{
    if (auto style = style_of_kind(field); !style.empty())
        return style;
    if (field.type == "number")
        return style_of_number(field);
    if (field.type == "integer")
        return "Nombre";
    if (field.type == "year")
        return "Année";
    if (field.type == "date")
        return "Date";
    if (field.type == "any")
        return "Libre";
    return field.type == "boolean" ? "Oui-non" : "Texte";
}

std::string labels_of(const std::vector<ListItem>& items)
{
    std::vector<std::string> labels;
    for (const auto& item : items)
        labels.push_back(item.label);
    return boost::join(labels, " ; ");
}

/// The comment of a header: what the column holds, and what it accepts.
std::string note_of(const Field& field, const Schemas& schemas)
{
    auto note = field.description;
    if (field.required)
        note += "\nObligatoire.";
    if (!field.unit.empty() && field.kind != "part")
        note += "\nUnité : " + field.unit + ".";
    if (!field.enumeration.empty())
        note += "\nValeurs admises : " + boost::join(field.enumeration, " ; ") + ".";
    if (field.type == "boolean")
        note += "\nValeurs admises : oui ; non.";
    if (!field.suggestions.empty())
        note += "\nValeurs proposées : " + labels_of(schemas.list(field.suggestions)) + ".";
    return note;
}

SheetColumn column_of(const Field& field, const Schemas& schemas)
{
    return {&field, field.name, field.title, note_of(field, schemas), style_of(field), field.width_cm};
}

void append_years(std::vector<SheetColumn>& columns, const Field& field, const Schemas& schemas,
                  const WorkbookContent& content)
{
    for (int year = content.first_year; year <= content.last_year; ++year) {
        auto column = column_of(field, schemas);
        for (auto* text : {&column.key, &column.title, &column.note})
            *text = with_year(*text, year);
        columns.push_back(std::move(column));
    }
}

std::string text_in(const WorkbookContent::Row& row, const std::string& key)
{
    const auto found = row.find(key);
    return found != row.end() ? trim(text_of(found->second)) : std::string();
}

/// The column of a variable: its note says what it measures.
SheetColumn column_of_variable(const WorkbookContent::Row& variable, const std::string& code)
{
    static const std::map<std::string, std::string, std::less<>> styles = {
        {"effectif", "Nombre"}, {"taux", "Taux"}, {"montant", "Euro"}};
    auto note = text_in(variable, "libelle");
    if (const auto unit = text_in(variable, "unite"); !unit.empty())
        note += " (" + unit + ")";
    note += "\nSource : " + text_in(variable, "source") + ", " + text_in(variable, "millesime") +
            ".\nsecret statistique : s ; non disponible : nd.";
    const auto style = styles.find(text_in(variable, "nature"));
    return {nullptr, code, code, note, style != styles.end() ? style->second : "Décimal", 2.6};
}

/// The columns headed by the values of `columns_from` (`variables.code`), then
/// room for further ones.
void append_coded(std::vector<SheetColumn>& columns, const std::string& columns_from,
                  const WorkbookContent& content)
{
    const auto dot = columns_from.find('.');
    if (dot == std::string::npos)
        return;
    if (const auto found = content.rows.find(columns_from.substr(0, dot)); found != content.rows.end())
        for (const auto& row : found->second)
            if (const auto code = text_in(row, columns_from.substr(dot + 1)); !code.empty())
                columns.push_back(column_of_variable(row, code));
    for (int i = 0; i < room_for_columns; ++i)
        columns.push_back({nullptr, "", "", "", "Décimal", 2.6});
}

std::string header_style(const SheetColumn& column, bool generated)
{
    if (column.is_room())
        return "En-tête libre";
    if (generated || (column.field != nullptr && column.field->kind == "calculé"))
        return "En-tête généré";
    return column.field == nullptr || column.field->required ? "En-tête obligatoire" : "En-tête";
}

/// A header stands over its figures.
std::string alignment_of(const std::string& style)
{
    static const std::map<std::string, std::string, std::less<>> alignments = {
        {"Nombre", "end"},     {"Décimal", "end"},   {"Taux", "end"},
        {"Coordonnée", "end"}, {"Pour cent", "end"}, {"Euro", "end"},
        {"Année", "center"},   {"Date", "center"},   {"Oui-non", "center"}};
    const auto found = alignments.find(style);
    return found != alignments.end() ? found->second : "start";
}

ods::NumberKind kind_of(const std::string& style)
{
    if (style.find("Date") != std::string::npos || style.find("date") != std::string::npos)
        return ods::NumberKind::date;
    return style.find("our cent") != std::string::npos ? ods::NumberKind::percentage
                                                       : ods::NumberKind::number;
}

/// A setting is a share, a date or anything else: its name says it.
std::string style_in_row(const SheetColumn& column, const WorkbookContent::Row& row)
{
    if (column.field == nullptr || column.field->kind != "réglage")
        return column.style;
    const auto key = fold(text_in(row, "cle"));
    if (key.starts_with("seuil"))
        return "Réglage pour cent";
    return key.starts_with("date") ? "Réglage date" : column.style;
}

/// Lines that the words fill in a column, at so many characters a centimetre.
int lines_of(std::string_view text, double width_cm, double characters_per_cm)
{
    const auto per_line = std::max(1.0, width_cm * characters_per_cm);
    if (text.find(' ') == std::string_view::npos)
        return 1; // a word is not cut
    return static_cast<int>(std::ceil(static_cast<double>(characters(text)) / per_line));
}

std::vector<std::string> split_lines(const std::string& text)
{
    std::vector<std::string> lines;
    boost::split(lines, text, [](char c) { return c == '\n'; });
    return lines;
}

/// The headers are set in 9 points, bold; the arrow of the filter stands in the
/// corner under the last line.
double header_height_cm(const SheetLayout& layout)
{
    int lines = 1;
    for (const auto& column : layout.columns)
        lines = std::max(lines, lines_of(column.title, column.width_cm - 0.2, 4.7));
    return 0.4 * lines + 0.45;
}

class SheetWriter {
public:
    SheetWriter(const SheetLayout& layout, const std::vector<WorkbookContent::Row>& rows,
                const std::vector<std::string>& validations, SheetStyles& styles)
        : layout_(layout), rows_(rows), validations_(validations), styles_(styles)
    {
    }

    std::string xml()
    {
        const auto& schema = *layout_.schema;
        const std::string style =
            schema.generated ? "ta-genere" : "ta-tableau-" + std::to_string(layout_.pages_across());
        out_ += "   <table:table table:name=\"" + ods::escaped(schema.sheet) + "\" table:style-name=\"" +
                style + "\">\n";
        append_columns();
        append_heading();
        append_headers();
        append_rows();
        append_conditional_formats();
        out_ += "   </table:table>\n";
        return std::move(out_);
    }

private:
    void append_columns()
    {
        const int kept = layout_.is_wide() ? layout_.key_columns() : 0;
        if (kept > 0)
            out_ += "    <table:table-header-columns>\n";
        for (int i = 0; i < count(); ++i) {
            const auto& column = at(i);
            out_ += "    <table:table-column table:style-name=\"" + styles_.column(column.width_cm) +
                    "\" table:default-cell-style-name=\"" + ods::style_name(column.style) + "\"/>\n";
            if (i + 1 == kept)
                out_ += "    </table:table-header-columns>\n";
        }
    }

    void open_heading_row(double height_cm)
    {
        heading_height_ += height_cm;
        open_row(styles_.row(height_cm));
    }

    void open_row(const std::string& style, int repeated = 1)
    {
        out_ += "    <table:table-row table:style-name=\"" + style + "\"";
        if (repeated > 1)
            out_ += " table:number-rows-repeated=\"" + std::to_string(repeated) + "\"";
        out_ += '>';
    }

    void close_row() { out_ += "</table:table-row>\n"; }

    /// Cells without content up to the last column, of no style: the columns'
    /// own is for the rows.
    void append_rest(int from)
    {
        if (from < count())
            ods::append_cell(out_, Blank{}, {.style = "Default", .repeated = count() - from});
    }

    void append_heading()
    {
        const auto& schema = *layout_.schema;
        const int merged = title_columns();
        const double width = width_of(merged);
        open_heading_row(1.0);
        ods::append_cell(out_, schema.title, {.style = "Titre", .columns = merged});
        append_rest(merged);
        close_row();
        open_heading_row(0.2 + 0.42 * lines_of(schema.description, width, 5.3));
        ods::append_cell(out_, schema.description, {.style = "Sous-titre", .columns = merged});
        append_rest(merged);
        close_row();
        const double help_width = width_of(merged) - at(0).width_cm;
        open_heading_row(0.25 + 0.42 * lines_of(advice(), help_width, 5.6));
        out_ +=
            "<table:table-cell table:style-name=\"Lien\" office:value-type=\"string\"><text:p><text:a "
            "xlink:href=\"#Accueil.A1\" xlink:type=\"simple\">← Accueil</text:a></text:p></table:table-cell>";
        if (merged > 1)
            ods::append_cell(out_, advice(),
                             {.style = schema.generated ? "Généré" : "Aide", .columns = merged - 1});
        append_rest(merged);
        close_row();
    }

    [[nodiscard]] std::string advice() const
    {
        return layout_.schema->generated
                   ? "Feuille écrite par Pacte : ne pas saisir, elle est refaite à chaque calcul."
                   : "En-têtes bleus : obligatoires. Passez la souris sur un en-tête pour savoir quoi "
                     "écrire.";
    }

    void append_headers()
    {
        out_ += "    <table:table-header-rows>\n";
        open_row(styles_.row(header_height_cm(layout_)));
        for (int i = 0; i < count(); ++i) {
            const auto& column = at(i);
            const auto style =
                styles_.aligned(header_style(column, layout_.schema->generated), alignment_of(column.style));
            const bool room = column.is_room();
            ods::append_cell(out_, room ? Cell(Blank{}) : Cell(column.title),
                             {.style = style,
                              .validation = room ? std::string_view(validation(i)) : std::string_view(),
                              .note = column.note,
                              .note_box = note_box(i)});
        }
        close_row();
        out_ += "    </table:table-header-rows>\n";
    }

    /// Beside the header, as high as its words need.
    [[nodiscard]] ods::NoteBox note_box(int i) const
    {
        constexpr double width = 7.5;
        int lines = 0;
        for (const auto& line : split_lines(at(i).note))
            lines += std::max(1, lines_of(line, width - 0.3, 5.0));
        return {width_of(i + 1) + 0.4, heading_height_, width, 0.3 + 0.42 * lines};
    }

    /// The rows that Pacte or a person is to write, with the looks of their
    /// columns. (Calc gives a column's own look to no row that is not written.)
    void append_rows()
    {
        for (const auto& row : rows_) {
            open_row("ro-auto");
            for (int i = 0; i < count(); ++i)
                append_filled(row, i);
            close_row();
        }
        open_row("ro-auto", layout_.schema->generated ? room_for_generated : layout_.blank_rows);
        for (int i = 0; i < count(); ++i) {
            const auto style = ods::style_name(at(i).style);
            ods::append_cell(out_, Blank{}, {.style = style, .validation = row_validation(i)});
        }
        close_row();
    }

    void append_filled(const WorkbookContent::Row& row, int i)
    {
        const auto& column = at(i);
        const auto shown = style_in_row(column, row);
        // Lines under the room for further columns would print blank pages.
        const auto style = column.is_room() ? ods::style_name(shown) : styles_.ruled(shown);
        const auto found = row.find(column.key);
        ods::append_cell(out_, found != row.end() && !column.key.empty() ? found->second : Cell(Blank{}),
                         {.style = style, .validation = row_validation(i), .kind = kind_of(shown)});
    }

    /// Lines under the filled rows and the colours of the statuses, in a table
    /// whose rows Pacte writes later, however many they are; the look of a header
    /// where a person adds a column.
    void append_conditional_formats()
    {
        out_ += "    <calcext:conditional-formats>\n";
        for (int i = 0; i < count(); ++i) {
            if (at(i).is_room())
                append_room_format(i);
            if (!layout_.schema->generated)
                continue;
            const auto area = layout_.rows_of(i, i);
            const auto base = ods::escaped("'" + area.sheet + "'." + cell_name(i, area.first_row));
            out_ += "     <calcext:conditional-format calcext:target-range-address=\"" +
                    ods::escaped(ods::address(area)) + "\">\n";
            for (const auto& value : at(i).field->enumeration)
                append_condition(value_style(value), "=\"" + value + "\"", base);
            append_condition("Pacte ligne", "formula-is($" + cell_name(0, area.first_row) + "<>\"\")", base);
            out_ += "     </calcext:conditional-format>\n";
        }
        out_ += "    </calcext:conditional-formats>\n";
    }

    void append_room_format(int i)
    {
        const ods::Area header{layout_.schema->sheet, i, SheetLayout::header_row, i, SheetLayout::header_row};
        const auto cell = cell_name(i, SheetLayout::header_row);
        out_ += "     <calcext:conditional-format calcext:target-range-address=\"" +
                ods::escaped(ods::address(header)) + "\">\n";
        append_condition("En-tête obligatoire", "formula-is(" + cell + "<>\"\")",
                         ods::escaped("'" + header.sheet + "'." + cell));
        out_ += "     </calcext:conditional-format>\n";
    }

    void append_condition(const std::string& style, const std::string& condition, const std::string& base)
    {
        out_ += "      <calcext:condition calcext:apply-style-name=\"" + ods::escaped(style) + // as shown
                "\" calcext:value=\"" + ods::escaped(condition) + "\" calcext:base-cell-address=\"" + base +
                "\"/>\n";
    }

    /// The style that shows a value of an enumeration.
    static std::string value_style(const std::string& value)
    {
        static const std::map<std::string, std::string, std::less<>> styles = {
            {"couvert", "Statut couvert"}, {"partiellement couvert", "Statut partiel"},
            {"peu couvert", "Statut peu"}, {"non couvert", "Statut non couvert"},
            {"erreur", "Pacte erreur"},    {"alerte", "Pacte alerte"},
            {"conseil", "Pacte conseil"},
        };
        const auto found = styles.find(value);
        return found != styles.end() ? found->second : "Statut autre";
    }

    /// Columns under the title and the description: what is seen of the sheet,
    /// or what each printed page repeats.
    [[nodiscard]] int title_columns() const
    {
        if (layout_.is_wide())
            return layout_.key_columns();
        int columns = 1;
        while (columns < count() && width_of(columns) < title_width_cm)
            ++columns;
        return columns;
    }

    [[nodiscard]] double width_of(int columns) const
    {
        return std::accumulate(layout_.columns.begin(), layout_.columns.begin() + columns, 0.0,
                               [](double sum, const SheetColumn& column) { return sum + column.width_cm; });
    }

    /// The validity of a column without header is its header's: the code of a variable.
    [[nodiscard]] std::string_view row_validation(int i) const
    {
        return at(i).is_room() ? std::string_view() : validation(i);
    }

    [[nodiscard]] int count() const { return static_cast<int>(layout_.columns.size()); }
    [[nodiscard]] const SheetColumn& at(int i) const { return layout_.columns[static_cast<std::size_t>(i)]; }
    [[nodiscard]] const std::string& validation(int i) const
    {
        return validations_[static_cast<std::size_t>(i)];
    }

    const SheetLayout& layout_;
    const std::vector<WorkbookContent::Row>& rows_;
    const std::vector<std::string>& validations_;
    SheetStyles& styles_;
    std::string out_;
    double heading_height_ = 0.0; ///< above the headers, in cm
};

std::string setting(std::string_view name, std::string_view type, int value)
{
    return "       <config:config-item config:name=\"" + std::string(name) + "\" config:type=\"" +
           std::string(type) + "\">" + std::to_string(value) + "</config:config-item>\n";
}

} // namespace

ods::Area SheetLayout::area() const
{
    return {schema->sheet, 0, header_row, static_cast<int>(columns.size()) - 1, last_row()};
}

ods::Area SheetLayout::rows_of(int first, int last) const
{
    const int room = schema->generated ? room_for_generated : room_for_rows;
    return {schema->sheet, first, header_row + 1, last, last_row() + room};
}

int SheetLayout::find(std::string_view field_name) const
{
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [&](const SheetColumn& column) { return column.key == field_name; });
    return found != columns.end() && !field_name.empty() ? static_cast<int>(found - columns.begin()) : -1;
}

int SheetLayout::key_columns() const
{
    constexpr int at_most = 4;
    for (const auto* name : {"nom", "intitule", "libelle", "tache", "fichier"})
        if (const int column = find(name); column >= 0 && column < at_most)
            return column + 1;
    return 1;
}

double SheetLayout::width_cm() const
{
    return std::accumulate(columns.begin(), columns.end(), 0.0, [](double sum, const SheetColumn& column) {
        return column.is_room() ? sum : sum + column.width_cm;
    });
}

int SheetLayout::pages_across() const
{
    const double width = width_cm();
    const double keys =
        std::accumulate(columns.begin(), columns.begin() + key_columns(), 0.0,
                        [](double sum, const SheetColumn& column) { return sum + column.width_cm; });
    int pages = 1;
    while (pages < most_pages_across && keys + (width - keys) / pages > one_page_cm)
        ++pages;
    return schema->generated ? 1 : pages;
}

SheetLayout lay_out(const TableSchema& schema, const Schemas& schemas, const WorkbookContent& content)
{
    SheetLayout layout;
    layout.schema = &schema;
    for (const auto& field : schema.fields) {
        if (field.per_year.empty())
            layout.columns.push_back(column_of(field, schemas));
        else
            append_years(layout.columns, field, schemas, content);
    }
    append_coded(layout.columns, schema.columns_from, content);
    const auto rows = content.rows.find(schema.name);
    layout.filled_rows = rows != content.rows.end() ? static_cast<int>(rows->second.size()) : 0;
    layout.blank_rows = std::max(1, schema.blank_rows);
    return layout;
}

std::string SheetStyles::once(const std::string& name, const std::string& xml)
{
    if (std::find(names_.begin(), names_.end(), name) == names_.end()) {
        names_.push_back(name);
        xml_ += "  <style:style style:name=\"" + name + "\" " + xml + "</style:style>\n";
    }
    return name;
}

std::string SheetStyles::column(double width_cm)
{
    const auto tenths = std::lround(width_cm * 100);
    const auto width = std::to_string(tenths / 100) + "." + std::to_string(tenths % 100 + 100).substr(1);
    return once("tco-" + std::to_string(tenths),
                "style:family=\"table-column\"><style:table-column-properties style:column-width=\"" + width +
                    "cm\"/>");
}

std::string SheetStyles::row(double height_cm)
{
    const auto hundredths = std::lround(height_cm * 100);
    const auto height =
        std::to_string(hundredths / 100) + "." + std::to_string(hundredths % 100 + 100).substr(1);
    return once("tro-" + std::to_string(hundredths),
                "style:family=\"table-row\"><style:table-row-properties style:row-height=\"" + height +
                    "cm\" style:use-optimal-row-height=\"false\"/>");
}

std::string SheetStyles::ruled(const std::string& shown)
{
    const auto parent = ods::style_name(shown);
    return once("l-" + parent,
                "style:family=\"table-cell\" style:parent-style-name=\"" + parent +
                    "\"><style:table-cell-properties fo:border-bottom=\"0.5pt solid #dddddd\"/>");
}

std::string SheetStyles::aligned(const std::string& shown, const std::string& where)
{
    const auto parent = ods::style_name(shown);
    if (where == "start")
        return parent;
    return once(where + "-" + parent, "style:family=\"table-cell\" style:parent-style-name=\"" + parent +
                                          "\"><style:table-cell-properties style:text-align-source=\"fix\"/>"
                                          "<style:paragraph-properties fo:text-align=\"" +
                                          where + "\"/>");
}

std::string sheet_xml(const SheetLayout& layout, const std::vector<WorkbookContent::Row>& rows,
                      const std::vector<std::string>& validations, SheetStyles& styles)
{
    return SheetWriter(layout, rows, validations, styles).xml();
}

std::string view_xml(const SheetLayout& layout)
{
    constexpr int frozen = 2;
    const int rows = SheetLayout::header_row + 1;
    const int columns = layout.key_columns();
    return "      <config:config-item-map-entry config:name=\"" + ods::escaped(layout.schema->sheet) +
           "\">\n" + setting("CursorPositionX", "int", 0) + setting("CursorPositionY", "int", rows) +
           setting("HorizontalSplitMode", "short", frozen) + setting("VerticalSplitMode", "short", frozen) +
           setting("HorizontalSplitPosition", "int", columns) +
           setting("VerticalSplitPosition", "int", rows) + setting("ActiveSplitRange", "short", 3) +
           setting("PositionLeft", "int", 0) + setting("PositionRight", "int", columns) +
           setting("PositionTop", "int", 0) + setting("PositionBottom", "int", rows) +
           "       <config:config-item config:name=\"ShowGrid\" "
           "config:type=\"boolean\">true</config:config-item>\n"
           "      </config:config-item-map-entry>\n";
}

} // namespace pacte
