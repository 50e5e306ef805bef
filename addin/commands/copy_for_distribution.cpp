#include <filesystem>

#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/frame/XStorable.hpp>
#include <com/sun/star/sheet/CellFlags.hpp>
#include <com/sun/star/sheet/XArrayFormulaRange.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XCellRangeData.hpp>
#include <com/sun/star/sheet/XCellRangesQuery.hpp>
#include <com/sun/star/sheet/XSheetCellCursor.hpp>
#include <com/sun/star/sheet/XSheetCellRanges.hpp>
#include <com/sun/star/text/XTextRange.hpp>
#include <osl/file.hxx>
#include <rtl/uri.hxx>

#include "commands/command.hpp"
#include "core/error.hpp"
#include "office/choices.hpp"
#include "office/hidden_document.hpp"
#include "office/progress.hpp"
#include "office/workbook.hpp"

namespace pacte::commands {

namespace {

using office::OUString;
using office::Sequence;
using office::UNO_QUERY;
using office::UNO_QUERY_THROW;

/// The stored formula names the function by its service.
const OUString service_mark("ORG.PACTE.CALC.FUNCTIONS.");

/// `Diagnostic.ods` gives `Diagnostic – diffusion.ods`.
std::string proposed_name(const Reference<css::frame::XModel>& model)
{
    const std::string url =
        office::utf8(rtl::Uri::decode(model->getURL(), rtl_UriDecodeWithCharset, RTL_TEXTENCODING_UTF8));
    const std::string stem = url.empty() ? "Diagnostic" : std::filesystem::path(url).stem().string();
    return stem + " – diffusion.ods";
}

bool has_our_function(const Reference<css::table::XCell>& cell)
{
    return cell->getFormula().toAsciiUpperCase().indexOf(service_mark) >= 0;
}

/// The cell, or the whole array that it belongs to.
Reference<css::table::XCellRange> formula_range(const Reference<css::sheet::XSpreadsheet>& sheet,
                                                std::int32_t column, std::int32_t row)
{
    const Reference<css::sheet::XSheetCellRange> cell(office::cells(sheet, column, row, column, row),
                                                      UNO_QUERY_THROW);
    const auto cursor = sheet->createCursorByRange(cell);
    if (!Reference<css::sheet::XArrayFormulaRange>(cell, UNO_QUERY_THROW)->getArrayFormula().isEmpty())
        cursor->collapseToCurrentArray();
    return {cursor, UNO_QUERY_THROW};
}

/// Writes the values over the formulas. An error keeps its formula's place as
/// the text a reader sees (`#N/A`).
void freeze(const Reference<css::table::XCellRange>& range)
{
    const auto where =
        Reference<css::sheet::XCellRangeAddressable>(range, UNO_QUERY_THROW)->getRangeAddress();
    const Reference<css::sheet::XCellRangeData> data(range, UNO_QUERY_THROW);
    Sequence<Sequence<office::Any>> values = data->getDataArray();
    for (sal_Int32 row = 0; row < values.getLength(); ++row)
        for (sal_Int32 column = 0; column < values[row].getLength(); ++column) {
            if (values[row][column].hasValue())
                continue;
            const Reference<css::text::XTextRange> shown(range->getCellByPosition(column, row),
                                                         UNO_QUERY_THROW);
            values[row][column] <<= shown->getString();
        }
    const Reference<css::sheet::XArrayFormulaRange> array(range, UNO_QUERY_THROW);
    const bool single = where.StartColumn == where.EndColumn && where.StartRow == where.EndRow;
    if (!single || !array->getArrayFormula().isEmpty())
        array->setArrayFormula(OUString());
    data->setDataArray(values);
}

int freeze_sheet(const Reference<css::sheet::XSpreadsheet>& sheet)
{
    int frozen = 0;
    const auto found = Reference<css::sheet::XCellRangesQuery>(sheet, UNO_QUERY_THROW)
                           ->queryContentCells(css::sheet::CellFlags::FORMULA);
    for (const auto& area : found->getRangeAddresses())
        for (std::int32_t row = area.StartRow; row <= area.EndRow; ++row)
            for (std::int32_t column = area.StartColumn; column <= area.EndColumn; ++column)
                if (has_our_function(sheet->getCellByPosition(column, row))) {
                    freeze(formula_range(sheet, column, row));
                    ++frozen;
                }
    return frozen;
}

/// Where the copy is made, so that nothing stands at its own place until it is complete.
class DraftFile {
public:
    DraftFile()
    {
        const auto error = osl::FileBase::createTempFile(nullptr, nullptr, &url_);
        if (error != osl::FileBase::E_None)
            throw Failure(Failure::Cause::bad_file,
                          "Le dossier des fichiers temporaires de ce poste est plein ou "
                          "protégé : libérez de la place, puis recommencez.");
    }
    DraftFile(const DraftFile&) = delete;
    DraftFile& operator=(const DraftFile&) = delete;
    ~DraftFile() { osl::File::remove(url_); }
    [[nodiscard]] const OUString& url() const { return url_; }

private:
    OUString url_;
};

} // namespace

std::string copy_for_distribution(Request& request)
{
    const Reference<css::frame::XModel> model = request.model();
    office::Workbook(model).require_diagnosis();
    const std::string given = request.argument("Fichier");
    const std::string target =
        given.empty()
            ? office::choose_target(request.context, {"Copie pour diffusion", "Copy for distribution"},
                                    {{"OpenDocument (.ods)", "*.ods"}}, proposed_name(model))
            : given;
    if (target.empty())
        return {};
    if (office::ustring(target) == model->getURL())
        throw Failure(
            Failure::Cause::bad_file,
            "La copie pour diffusion ne peut pas remplacer le diagnostic lui-même : choisissez un autre "
            "nom.");
    office::Progress progress(request.frame, "Copie pour diffusion…");
    const DraftFile draft;
    office::store_copy(model, draft.url(), "calc8");
    progress.reach(0.3);

    int frozen = 0;
    const office::HiddenDocument copy(request.context, draft.url());
    progress.reach(0.6);
    const office::Workbook workbook(copy.model());
    const auto count =
        Reference<css::container::XIndexAccess>(workbook.document()->getSheets(), UNO_QUERY_THROW)
            ->getCount();
    for (sal_Int32 i = 0; i < count; ++i) {
        frozen += freeze_sheet(workbook.sheet(i));
        progress.reach(0.6 + 0.3 * static_cast<double>(i + 1) / static_cast<double>(count));
    }
    office::store_copy(copy.model(), office::ustring(target), "calc8");
    return "Copie enregistrée : " + std::to_string(frozen) +
           " formules de Pacte y sont remplacées par leurs valeurs. Vous pouvez l'envoyer à vos partenaires.";
}

} // namespace pacte::commands
