#include "core/need_layout.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "core/error.hpp"
#include "core/identifiers.hpp"
#include "core/need_metadata.hpp"
#include "core/need_wording.hpp"
#include "core/source_figure.hpp"
#include "core/text.hpp"

namespace pacte {

namespace {

constexpr std::size_t most_samples = 400;     ///< rows looked at in a long sheet
constexpr std::size_t most_code_columns = 40; ///< codes stand on the left
constexpr std::size_t most_other_lines = 8;   ///< filled in a column of codes, without a code
constexpr double enough_codes = 0.6;          ///< of the filled cells of a column of codes
constexpr double enough_figures = 0.9;        ///< of the filled cells of a column of figures

[[noreturn]] void fail(const SourceFile& file, const std::string& what)
{
    throw Failure(Failure::Cause::bad_file,
                  "Le fichier « " + file.name + " » ne peut pas être importé : " + what);
}

/// Rows spread over the whole sheet, the first ones all.
std::vector<std::size_t> sample_of(const SourceSheet& sheet, std::size_t first = 0)
{
    std::vector<std::size_t> rows;
    const std::size_t count = sheet.rows() > first ? sheet.rows() - first : 0;
    const std::size_t step = std::max<std::size_t>(1, count / most_samples);
    for (std::size_t i = 0; i < count; i += i < most_samples / 4 ? 1 : step)
        rows.push_back(first + i);
    return rows;
}

/// Known, or of the form of an EPCI: those of before 2021 are known to nobody here, and a
/// file that begins with one is still a file of EPCI. Their SIREN begin with 20 or 24.
bool is_code(const std::string& code, GeoLevel level, const Cog& cog)
{
    return is_known(code, level, cog) ||
           (level == GeoLevel::epci && (code.starts_with("20") || code.starts_with("24")) &&
            check_siren(code) == IdentifierState::valid);
}

struct CodeColumn {
    std::size_t column = 0;
    GeoLevel level = GeoLevel::commune;
    std::size_t distinct = 0;
    std::size_t hits = 0;
};

/// The départements' codes are small numbers, as many figures are: only a column
/// that is all codes, none twice, or says so, is one of départements.
bool may_be_departements(const SourceSheet& sheet, std::size_t column, const CodeColumn& found,
                         std::size_t filled)
{
    static constexpr std::array names{"dep",    "departement", "codedepartement", "codedep", "coddep",
                                      "codgeo", "code"};
    for (std::size_t row = 0; row < std::min<std::size_t>(sheet.rows(), 20); ++row)
        if (std::find(names.begin(), names.end(), fold(sheet.at(row, column))) != names.end())
            return true;
    return column == 0 && found.distinct == found.hits && found.hits + 20 > filled && found.hits > 20;
}

std::optional<CodeColumn> code_column_of(const SourceSheet& sheet, const LayoutHints& hints, const Cog& cog)
{
    std::optional<CodeColumn> best;
    const auto rows = sample_of(sheet);
    const std::size_t columns = std::min(sheet.columns(), most_code_columns);
    for (std::size_t column = 0; column < columns; ++column) {
        if (hints.code_column && *hints.code_column != column)
            continue;
        for (const GeoLevel level :
             {GeoLevel::commune, GeoLevel::epci, GeoLevel::iris, GeoLevel::departement}) {
            if (hints.level && *hints.level != level)
                continue;
            CodeColumn found{column, level, 0, 0};
            std::set<std::string> codes;
            std::size_t filled = 0;
            std::size_t years = 0;
            for (const std::size_t row : rows) {
                const auto text = sheet.at(row, column);
                filled += text.empty() ? 0 : 1;
                if (const std::string code = geo_code(text, level); is_code(code, level, cog)) {
                    ++found.hits;
                    years += year_in(text) == text ? 1 : 0;
                    codes.insert(code);
                }
            }
            if (years == found.hits)
                continue; // 2021 is a year before it is the commune 02021
            found.distinct = codes.size();
            // Titles above and notes below are no codes.
            const std::size_t values =
                std::max(found.hits, filled > most_other_lines ? filled - most_other_lines : 0);
            const bool enough = found.hits > 0 &&
                                static_cast<double>(found.hits) >= enough_codes * static_cast<double>(values);
            if (!enough ||
                (level == GeoLevel::departement && !may_be_departements(sheet, column, found, filled)))
                continue;
            if (!best || found.distinct > best->distinct)
                best = found;
        }
    }
    return best;
}

bool has_code(const SourceSheet& sheet, std::size_t row, const NeedLayout& layout, const Cog& cog)
{
    return is_code(geo_code(sheet.at(row, layout.code_column), layout.level), layout.level, cog);
}

/// Of the sheets, the one with the most different codes.
void find_codes(const SourceFile& file, const LayoutHints& hints, const Cog& cog, NeedLayout& layout)
{
    std::optional<CodeColumn> best;
    for (std::size_t i = 0; i < file.sheets.size(); ++i) {
        if (hints.sheet && *hints.sheet != i)
            continue;
        const auto found = code_column_of(file.sheets[i], hints, cog);
        if (!found || (best && found->distinct <= best->distinct))
            continue;
        best = found;
        layout.sheet = i;
    }
    if (!best)
        fail(file,
             "aucune colonne ne contient de codes de communes, d'EPCI (SIREN), d'IRIS ou de départements. "
             "Vérifiez que c'est le bon fichier, ou ajoutez-y une colonne de codes INSEE.");
    layout.code_column = best->column;
    layout.level = best->level;
}

std::size_t filled_cells(const SourceSheet& sheet, std::size_t row)
{
    std::size_t count = 0;
    for (std::size_t c = 0; c < sheet.width(row); ++c)
        count += sheet.at(row, c).empty() ? 0 : 1;
    return count;
}

void find_first_row(const SourceFile& file, const LayoutHints& hints, const Cog& cog, NeedLayout& layout)
{
    const SourceSheet& sheet = file.sheets[layout.sheet];
    std::size_t row = hints.header_row ? *hints.header_row + 1 : 0;
    while (row < sheet.rows() && !has_code(sheet, row, layout, cog))
        ++row;
    if (row >= sheet.rows())
        fail(file, "aucune ligne ne porte un code connu sous l'en-tête indiqué.");
    layout.first_row = row;
    if (hints.header_row)
        layout.header_row = hints.header_row;
    else if (row > 0 && filled_cells(sheet, row - 1) > 1)
        layout.header_row = row - 1;
}

/// Columns that are numbers and yet no figures: codes of other areas, coordinates, years.
bool is_no_figure(const std::string& header)
{
    static constexpr std::array names{"reg",
                                      "region",
                                      "codereg",
                                      "coderegion",
                                      "dep",
                                      "departement",
                                      "codedep",
                                      "codedepartement",
                                      "arr",
                                      "arrondissement",
                                      "cv",
                                      "canton",
                                      "zemp",
                                      "ze",
                                      "epci",
                                      "codeepci",
                                      "sirenepci",
                                      "siren",
                                      "siret",
                                      "numepci",
                                      "numeroepci",
                                      "codgeo",
                                      "com",
                                      "depcom",
                                      "codecommune",
                                      "codeinsee",
                                      "insee",
                                      "iris",
                                      "typiris",
                                      "grdquart",
                                      "uu",
                                      "aav",
                                      "codepostal",
                                      "cp",
                                      "latitude",
                                      "longitude",
                                      "lat",
                                      "lon",
                                      "long",
                                      "x",
                                      "y",
                                      "annee",
                                      "an",
                                      "id",
                                      "objectid",
                                      "fid",
                                      "rang",
                                      "millesime",
                                      "timeperiod",
                                      "daterference",
                                      "datereference",
                                      "numcom",
                                      "numerocommune",
                                      "codegeo",
                                      "geo",
                                      "code"};
    return std::find(names.begin(), names.end(), fold(header)) != names.end();
}

/// The text above a column that tells what it is, and the identifier above or
/// below it, where the producer gives both.
struct Heading {
    std::string label;
    std::string identifier;
};

Heading heading_of(const SourceSheet& sheet, const NeedLayout& layout, std::size_t column)
{
    Heading heading;
    if (!layout.header_row)
        return heading;
    const std::string header(sheet.at(*layout.header_row, column));
    std::string above;
    for (std::size_t row = *layout.header_row; row-- > 0 && above.empty() && *layout.header_row - row <= 2;)
        if (filled_cells(sheet, row) > 1 || (layout.code_column != column && !sheet.at(row, column).empty()))
            above = sheet.at(row, column);
    if (is_identifier(header)) {
        heading.identifier = header;
        heading.label = !above.empty() && !is_identifier(above) ? above : header;
    } else {
        heading.label = header;
        if (is_identifier(above))
            heading.identifier = above;
    }
    return heading;
}

/// How the filled cells of a column read.
struct Content {
    std::size_t filled = 0;
    std::size_t figures = 0;  ///< numbers
    std::size_t readable = 0; ///< numbers and marks
    double lowest = 0.0;
    double highest = 0.0;
    std::size_t whole = 0;
};

Content content_of(const SourceSheet& sheet, const std::vector<std::size_t>& rows, std::size_t column)
{
    Content content;
    for (const std::size_t row : rows) {
        const auto figure = read_source_figure(sheet.at(row, column));
        if (figure.state == FigureState::empty)
            continue;
        ++content.filled;
        content.readable += figure.state == FigureState::unreadable ? 0 : 1;
        if (figure.state != FigureState::known)
            continue;
        content.lowest = content.figures == 0 ? figure.value : std::min(content.lowest, figure.value);
        content.highest = content.figures == 0 ? figure.value : std::max(content.highest, figure.value);
        content.whole += figure.value == std::trunc(figure.value) ? 1 : 0;
        ++content.figures;
    }
    return content;
}

/// What the whole file says: its title lines, its name.
struct FileWords {
    std::string year;
    std::string source;
};

FileWords words_of_file(const SourceFile& file, const NeedLayout& layout)
{
    const SourceSheet& sheet = file.sheets[layout.sheet];
    FileWords words;
    const auto look = [&](std::size_t row) {
        for (std::size_t c = 0; c < std::min<std::size_t>(sheet.width(row), 3); ++c) {
            const auto text = sheet.at(row, c);
            const std::string key = fold(text);
            if (words.source.empty() && (key.starts_with("source")))
                words.source = trim(text.substr(std::min(text.find_first_of(": ") + 1, text.size())));
            while (!words.source.empty() && (words.source.front() == ':' || words.source.front() == ' '))
                words.source.erase(0, 1);
        }
    };
    const std::size_t title_rows = layout.header_row.value_or(layout.first_row);
    for (std::size_t row = 0; row < title_rows; ++row) {
        look(row);
        if (words.year.empty() && filled_cells(sheet, row) == 1)
            words.year = year_in(sheet.at(row, 0));
    }
    for (std::size_t row = sheet.rows() > 12 ? sheet.rows() - 12 : 0; row < sheet.rows(); ++row)
        if (row >= layout.first_row && filled_cells(sheet, row) == 1)
            look(row); // « Source : … » below the table
    if (words.year.empty())
        words.year = year_in(file.name);
    if (words.source.empty() && title_rows > 0 && fold(sheet.at(0, 0)).starts_with("insee"))
        words.source = sheet.at(0, 0);
    return words;
}

/// The next unused code: `POP`, `POP_2`…
std::string unique_code(std::string code, std::set<std::string>& used)
{
    if (code.empty())
        code = "VARIABLE";
    std::string candidate = code;
    for (int number = 2; !used.insert(fold(candidate)).second; ++number)
        candidate = code + "_" + std::to_string(number);
    return candidate;
}

/// Builds the description of each column of figures.
class ColumnReader {
public:
    ColumnReader(const SourceFile& file, const NeedLayout& layout, const KnownVariables& known)
        : file_(file), layout_(layout), known_(known), metadata_(read_metadata(file, layout.sheet)),
          words_(words_of_file(file, layout))
    {
    }

    NeedColumn read(std::size_t column, const Content& content)
    {
        const Heading heading = heading_of(file_.sheets[layout_.sheet], layout_, column);
        NeedColumn need;
        need.column = column;
        need.header = heading.label.empty() ? place_of_column(column) : heading.label;
        need.label = need.header;
        const ColumnMetadata* metadata = metadata_of(heading);
        if (metadata != nullptr && !metadata->label.empty())
            need.label = metadata->label;
        const std::string& name = heading.identifier.empty() ? heading.label : heading.identifier;
        need.vintage = vintage_of(heading, need.label);
        if (const auto match = known_.find(name)) {
            describe(need, *match);
        } else {
            need.nature = nature_of(need.label + " " + (is_identifier(need.header) ? need.header : ""),
                                    metadata != nullptr ? metadata->unit : "");
            need.unit = metadata != nullptr && !metadata->unit.empty() ? metadata->unit
                                                                       : unit_of(need.label, need.nature);
            const bool serial = fold(heading.identifier).starts_with("indic");
            need.code = variable_code(
                heading.identifier.empty() || serial ? heading.label : heading.identifier, need.vintage);
            need.family = "autre";
        }
        if (metadata != nullptr && !metadata->source.empty())
            need.source = metadata->source;
        if (need.source.empty())
            need.source = words_.source.empty() ? "fichier « " + file_.name + " »" : words_.source;
        need.code = unique_code(need.code, codes_);
        if (need.nature == VariableNature::taux && need.base.empty())
            need.population_base = applies_to_inhabitants(need.label, metadata);
        if (need.nature == VariableNature::taux && is_share(content))
            need.factor = 100.0;
        need.wanted = !is_no_figure(heading.identifier.empty() ? need.header : heading.identifier);
        return need;
    }

private:
    static std::string place_of_column(std::size_t column)
    {
        const std::string cell = cell_name(static_cast<std::int32_t>(column), 0);
        return "colonne " + cell.substr(0, cell.size() - 1);
    }

    static bool is_share(const Content& content)
    {
        return content.figures >= 10 && content.lowest >= 0.0 && content.highest <= 1.0 &&
               content.whole * 2 < content.figures;
    }

    static bool applies_to_inhabitants(const std::string& label, const ColumnMetadata* metadata)
    {
        return fold(label).find("partdelapopulation") != std::string::npos ||
               (metadata != nullptr && fold(metadata->formula).find("populationtotale") != std::string::npos);
    }

    [[nodiscard]] const ColumnMetadata* metadata_of(const Heading& heading) const
    {
        for (const std::string& key : {heading.identifier, heading.label})
            if (const auto found = metadata_.find(fold(key)); !key.empty() && found != metadata_.end())
                return &found->second;
        return nullptr;
    }

    [[nodiscard]] std::string vintage_of(const Heading& heading, const std::string& label) const
    {
        if (!layout_.year.empty())
            return layout_.year;
        for (const std::string& text : {heading.label, label})
            if (const std::string year = year_in(text); !year.empty())
                return year;
        const std::string& name = heading.identifier;
        if (name.size() > 4 && (name[0] == 'P' || name[0] == 'C') && name[3] == '_' &&
            std::isdigit(static_cast<unsigned char>(name[1])) != 0 &&
            std::isdigit(static_cast<unsigned char>(name[2])) != 0)
            return year_of_two_digits(std::string_view(name).substr(1, 2));
        return words_.year;
    }

    static void describe(NeedColumn& need, const KnownVariables::Match& match)
    {
        const KnownVariable& variable = *match.variable;
        need.code = variable.code;
        need.label = variable.label;
        need.nature = variable.nature;
        need.unit = variable.unit;
        need.family = variable.family;
        need.direction = variable.direction;
        need.source = variable.source;
        need.base = variable.base; // still a pattern: see resolve_bases
        if (!match.year.empty()) {
            need.vintage = match.year;
            need.source += " " + match.year;
        }
    }

    const SourceFile& file_;
    const NeedLayout& layout_;
    const KnownVariables& known_;
    std::map<std::string, ColumnMetadata> metadata_;
    FileWords words_;
    std::set<std::string> codes_;
};

/// A base is named by its pattern: the column of this file that bears it.
void resolve_bases(NeedLayout& layout, const KnownVariables& known)
{
    for (NeedColumn& need : layout.columns) {
        if (need.base.empty())
            continue;
        const std::string pattern = need.base;
        need.base.clear();
        for (const NeedColumn& other : layout.columns)
            if (const auto match = known.find(other.header);
                match && match->variable->pattern == pattern && other.vintage == need.vintage)
                need.base = other.code;
    }
}

void find_years(const SourceSheet& sheet, const std::vector<std::size_t>& rows, NeedLayout& layout)
{
    if (!layout.header_row)
        return;
    static constexpr std::array names{"annee",      "an",      "millesime",     "datereference",
                                      "timeperiod", "periode", "anneereference"};
    for (std::size_t c = 0; c < sheet.columns(); ++c) {
        if (std::find(names.begin(), names.end(), fold(sheet.at(*layout.header_row, c))) == names.end())
            continue;
        std::set<std::string> years;
        std::size_t filled = 0;
        for (const std::size_t row : rows)
            if (const std::string year = year_in(sheet.at(row, c)); !year.empty()) {
                years.insert(year);
                ++filled;
            }
        if (filled * 2 < rows.size() || years.empty())
            continue;
        layout.year_column = c;
        layout.years.assign(years.rbegin(), years.rend());
        layout.year = layout.years.front();
        return;
    }
}

/// The column of names stands beside the codes: text, with few repeats.
void find_names(const SourceSheet& sheet, const std::vector<std::size_t>& rows, NeedLayout& layout)
{
    for (std::size_t c = 0; c < std::min<std::size_t>(sheet.columns(), 12); ++c) {
        if (c == layout.code_column)
            continue;
        const Content content = content_of(sheet, rows, c);
        if (content.filled * 2 > rows.size() && content.readable * 2 < content.filled) {
            layout.name_column = c;
            return;
        }
    }
}

/// A few unreadable cells do not make a column of text of one of figures.
bool holds_figures(const Content& content)
{
    constexpr std::size_t few = 2;
    const std::size_t unreadable = content.filled - content.readable;
    return content.figures > 0 &&
           (unreadable <= few ? content.figures >= unreadable
                              : static_cast<double>(content.readable) >=
                                    enough_figures * static_cast<double>(content.filled));
}

void find_columns(const SourceFile& file, const KnownVariables& known, NeedLayout& layout)
{
    const SourceSheet& sheet = file.sheets[layout.sheet];
    const auto rows = sample_of(sheet, layout.first_row);
    find_years(sheet, rows, layout);
    find_names(sheet, rows, layout);
    ColumnReader reader(file, layout, known);
    const auto is_known_variable = [&](std::size_t column) {
        return layout.header_row && known.find(sheet.at(*layout.header_row, column)).has_value();
    };
    for (std::size_t c = 0; c < sheet.columns(); ++c) {
        if (c == layout.code_column || c == layout.name_column || c == layout.year_column)
            continue;
        const Content content = content_of(sheet, rows, c);
        if (holds_figures(content) ||
            (content.readable > 0 && content.readable == content.filled && is_known_variable(c)))
            layout.columns.push_back(reader.read(c, content));
    }
    resolve_bases(layout, known);
    if (std::none_of(layout.columns.begin(), layout.columns.end(),
                     [](const NeedColumn& c) { return c.wanted; }))
        fail(file, (sheet.name().empty() ? "" : "dans la feuille « " + sheet.name() + " », ") +
                       std::string(
                           "aucune colonne ne contient de chiffres. Choisissez une autre feuille ou vérifiez "
                           "le fichier."));
}

void add_remarks(NeedLayout& layout)
{
    for (const NeedColumn& need : layout.columns) {
        if (need.wanted && need.factor != 1.0)
            layout.remarks.push_back("« " + need.header +
                                     " » est écrit de 0 à 1 : ses valeurs sont multipliées par 100.");
        if (need.wanted && need.vintage.empty())
            layout.remarks.push_back("« " + need.header +
                                     " » : le millésime n'est pas dans le fichier, indiquez-le.");
    }
    if (!layout.year.empty() && layout.years.size() > 1)
        layout.remarks.push_back("Le fichier porte plusieurs années : " + layout.year + " est retenue.");
}

} // namespace

NeedLayout find_need_layout(const SourceFile& file, const Cog& cog, const KnownVariables& known,
                            const LayoutHints& hints)
{
    NeedLayout layout;
    find_codes(file, hints, cog, layout);
    find_first_row(file, hints, cog, layout);
    find_columns(file, known, layout);
    add_remarks(layout);
    return layout;
}

std::vector<std::vector<std::string>> preview_of(const SourceFile& file, const NeedLayout& layout,
                                                 std::size_t rows)
{
    const SourceSheet& sheet = file.sheets[layout.sheet];
    std::vector<std::vector<std::string>> preview;
    const auto add = [&](std::size_t row) {
        auto& line = preview.emplace_back();
        for (std::size_t c = 0; c < sheet.columns(); ++c)
            line.emplace_back(sheet.at(row, c));
    };
    if (layout.header_row)
        add(*layout.header_row);
    for (std::size_t row = layout.first_row; row < sheet.rows() && preview.size() < rows + 1; ++row)
        add(row);
    return preview;
}

std::string layout_key(const SourceFile& file, const NeedLayout& layout)
{
    const SourceSheet& sheet = file.sheets[layout.sheet];
    std::string key = name_of(layout.level);
    for (std::size_t c = 0; layout.header_row && c < sheet.columns(); ++c) {
        std::string header = fold(sheet.at(*layout.header_row, c));
        std::erase_if(header, [](char letter) { return letter >= '0' && letter <= '9'; });
        key += "|" + header;
    }
    if (!layout.header_row)
        key += "|" + std::to_string(sheet.columns()) + " colonnes";
    return key;
}

} // namespace pacte
