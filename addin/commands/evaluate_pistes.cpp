#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include <com/sun/star/table/XCell.hpp>
#include <com/sun/star/text/XTextRange.hpp>

#include "commands/command.hpp"
#include "commands/counted.hpp"
#include "core/error.hpp"
#include "core/pistes.hpp"
#include "core/text.hpp"
#include "office/diagnosis.hpp"
#include "office/installation.hpp"
#include "office/progress.hpp"
#include "office/table_editor.hpp"
#include "office/undo.hpp"

// « Évaluer les pistes »: scores, ranks and what each would change; and the marks of
// the offers of the consultation (cadrage, sections 2.A.c and 3).

namespace pacte::commands {

namespace {

std::array<double, piste_criteria> weights_of(const Parameters& parameters)
{
    std::array<double, piste_criteria> weights{1.0, 1.0, 1.0, 1.0};
    const std::string stated = parameters.text("poids des critères de piste");
    const auto elements = split_list(stated);
    if (elements.empty())
        return weights;
    bool is_read = elements.size() == weights.size();
    for (std::size_t i = 0; is_read && i < weights.size(); ++i)
        is_read = parse_number(elements[i], weights[i]) && weights[i] >= 0.0;
    if (!is_read)
        throw Failure(Failure::Cause::bad_value, "Paramètres, « poids des critères de piste » : « " + stated +
                                                     " » n'est pas fait de quatre nombres séparés par un "
                                                     "point-virgule. Écrivez par exemple « 1;1;1;1 ».");
    return weights;
}

Cell cell_or_blank(const Quantity& quantity, double rounding)
{
    return quantity.is_known() ? Cell(std::round(quantity.value() * rounding) / rounding) : Cell(Blank{});
}

/// Calc takes back the writing of one cell as it was, blank cells included; that of a
/// range leaves what was blank as it is.
void write_one(const office::TableEditor& editor, std::size_t row, const char* field, const Cell& value)
{
    const int column = editor.columns().index(field);
    if (column < 0)
        return;
    const auto address = editor.address(row, static_cast<std::size_t>(column));
    const auto cell = editor.sheet()->getCellByPosition(address.Column, address.Row);
    if (const auto* number = std::get_if<double>(&value))
        cell->setValue(*number);
    else if (const auto* text = std::get_if<std::string>(&value))
        Reference<css::text::XTextRange>(cell, office::UNO_QUERY_THROW)->setString(office::ustring(*text));
    else
        cell->setFormula({});
}

/// What is to be written in the generated columns, once all is computed.
class Results {
public:
    explicit Results(const office::TableEditor& editor) : editor_(editor) {}

    void set(std::size_t row, const char* field, Cell value)
    {
        cells_.push_back({row, field, std::move(value)});
    }

    void write() const
    {
        for (const auto& [row, field, value] : cells_)
            write_one(editor_, row, field, value);
    }

private:
    struct Result {
        std::size_t row;
        const char* field;
        Cell value;
    };

    const office::TableEditor& editor_;
    std::vector<Result> cells_;
};

void set_result(Results& editor, const Piste& piste, const PisteResult& result)
{
    const auto row = static_cast<std::size_t>(piste.row);
    editor.set(row, "critere_propose",
               result.proposed ? Cell(static_cast<double>(*result.proposed)) : Cell(Blank{}));
    editor.set(row, "score", cell_or_blank(result.score, 100.0));
    editor.set(row, "rang", result.rank ? Cell(static_cast<double>(*result.rank)) : Cell(Blank{}));
    editor.set(row, "effet_sur_la_couverture",
               result.sentence.empty() ? Cell(Blank{}) : Cell(result.sentence));
}

/// An offer a row; blank rows have none.
std::vector<Offer> read_offers(const Table& table, const TableSchema& schema)
{
    const Columns columns(schema, table);
    std::vector<Offer> offers;
    for (const auto& row : table.rows) {
        const auto figure = [&](const char* field) {
            return read_quantity(columns.cell(row, field), schema);
        };
        offers.push_back({figure("adequation"), figure("connaissance"), figure("experience"), figure("prix"),
                          figure("innovation")});
    }
    return offers;
}

std::size_t set_marks(Results& editor, const Table& table)
{
    const std::vector<Offer> offers = read_offers(table, office::schemas().table("consultation"));
    const Quantity lowest = lowest_price(offers);
    std::vector<Quantity> marks;
    for (const Offer& offer : offers)
        marks.push_back(offer_mark(offer, lowest));
    const auto ranks = ranks_of(marks);
    std::size_t marked = 0;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        editor.set(i, "note", cell_or_blank(marks[i], 100.0));
        editor.set(i, "rang", ranks[i] ? Cell(static_cast<double>(*ranks[i])) : Cell(Blank{}));
        marked += marks[i].is_known() ? 1 : 0;
    }
    return marked;
}

} // namespace

std::string evaluate_pistes(Request& request)
{
    office::Workbook workbook(request.model());
    workbook.require_writable();
    office::Progress progress(request.frame, "Évaluation des pistes…");
    const office::Diagnosis diagnosis = office::read_diagnosis(workbook);
    progress.reach(0.3);
    const office::TableEditor editor(workbook, "pistes");
    const std::vector<Piste> pistes = read_pistes(editor.table(), office::schemas().table("pistes"));
    const auto results =
        pacte::evaluate_pistes(pistes,
                               {diagnosis.territory, diagnosis.thematiques, diagnosis.variables,
                                diagnosis.needs, diagnosis.dispositifs, diagnosis.date},
                               weights_of(diagnosis.parameters));
    Results of_pistes(editor);
    for (std::size_t i = 0; i < pistes.size(); ++i)
        set_result(of_pistes, pistes[i], results[i]);
    std::optional<office::TableEditor> offers;
    std::optional<Results> of_offers;
    std::size_t marked = 0;
    if (workbook.has_table("consultation")) {
        offers.emplace(workbook, "consultation");
        marked = set_marks(of_offers.emplace(*offers), offers->table());
    }
    progress.reach(0.8);

    office::UndoStep step(workbook.model(), "Évaluer les pistes");
    of_pistes.write();
    if (of_offers)
        of_offers->write();
    progress.reach(1.0);
    step.commit();

    std::string sentence = counted(pistes.size(), "piste évaluée, ", "pistes évaluées, ") +
                           counted(marked, "offre notée.", "offres notées.");
    for (int axe = 1; axe <= 4; ++axe)
        for (const std::string& lack : lacks_of_axe(pistes, axe))
            sentence += " " + lack;
    return sentence;
}

} // namespace pacte::commands
