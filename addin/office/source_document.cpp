#include "office/source_document.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fstream>

#include <com/sun/star/beans/PropertyValue.hpp>
#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/document/MacroExecMode.hpp>
#include <com/sun/star/document/UpdateDocMode.hpp>
#include <com/sun/star/frame/Desktop.hpp>
#include <com/sun/star/task/DocumentMSPasswordRequest.hpp>
#include <com/sun/star/task/DocumentMSPasswordRequest2.hpp>
#include <com/sun/star/task/DocumentPasswordRequest.hpp>
#include <com/sun/star/task/DocumentPasswordRequest2.hpp>
#include <com/sun/star/task/XInteractionAbort.hpp>
#include <com/sun/star/task/XInteractionHandler.hpp>
#include <com/sun/star/util/NumberFormat.hpp>
#include <com/sun/star/util/XCloseable.hpp>
#include <com/sun/star/util/XNumberFormatsSupplier.hpp>
#include <cppuhelper/implbase1.hxx>
#include <osl/file.hxx>
#include <rtl/digest.h>
#include <rtl/ref.hxx>

#include "core/error.hpp"
#include "core/rows.hpp"
#include "core/text.hpp"
#include "core/zip_size.hpp"
#include "office/long_task.hpp"
#include "office/progress.hpp"
#include "office/workbook.hpp"

namespace pacte::office {

namespace {

constexpr std::int32_t chunk_of_rows = 8192;

/// Answers nothing and remembers what was asked: nobody is to be bothered by a
/// file that is only read.
class SilentHandler final : public cppu::WeakImplHelper1<css::task::XInteractionHandler> {
public:
    void SAL_CALL handle(const Reference<css::task::XInteractionRequest>& request) override
    {
        const Any what = request->getRequest();
        asked_password_ = asked_password_ || is<css::task::DocumentPasswordRequest>(what) ||
                          is<css::task::DocumentPasswordRequest2>(what) ||
                          is<css::task::DocumentMSPasswordRequest>(what) ||
                          is<css::task::DocumentMSPasswordRequest2>(what);
        for (const auto& continuation : request->getContinuations()) {
            const Reference<css::task::XInteractionAbort> abort(continuation, UNO_QUERY);
            if (abort.is())
                return abort->select();
        }
    }

    [[nodiscard]] bool asked_password() const { return asked_password_; }

private:
    template <typename Request>
    static bool is(const Any& what)
    {
        Request request;
        return what >>= request;
    }

    bool asked_password_ = false;
};

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& what)
{
    throw Failure(Failure::Cause::bad_file,
                  "Le fichier « " + path.filename().string() + " » ne peut pas être importé : " + what);
}

/// The document, out of sight, closed at the end.
class HiddenDocument {
public:
    HiddenDocument(const Reference<css::uno::XComponentContext>& context, const std::filesystem::path& path)
    {
        OUString url;
        osl::FileBase::getFileURLFromSystemPath(ustring(path.string()), url);
        const rtl::Reference<SilentHandler> handler(new SilentHandler);
        Sequence<css::beans::PropertyValue> how(5);
        how[0] = property("Hidden", css::uno::makeAny(true));
        how[1] = property("ReadOnly", css::uno::makeAny(true));
        how[2] =
            property("MacroExecutionMode", css::uno::makeAny(css::document::MacroExecMode::NEVER_EXECUTE));
        how[3] = property("UpdateDocMode", css::uno::makeAny(css::document::UpdateDocMode::NO_UPDATE));
        how[4] = property("InteractionHandler",
                          css::uno::makeAny(Reference<css::task::XInteractionHandler>(handler.get())));
        std::string refused;
        try {
            component_ = css::frame::Desktop::create(context)->loadComponentFromURL(url, "_blank", 0, how);
        } catch (const css::uno::Exception& exception) {
            refused = utf8(exception.Message);
        }
        if (handler->asked_password())
            fail(path,
                 "il est protégé par un mot de passe. Ouvrez-le, enregistrez-en une copie sans mot de passe, "
                 "puis importez cette copie.");
        document_.set(component_, UNO_QUERY);
        if (!document_.is())
            fail(path, "il est endommagé, ou ce n'est pas un classeur. Téléchargez-le à nouveau.");
    }
    HiddenDocument(const HiddenDocument&) = delete;
    HiddenDocument& operator=(const HiddenDocument&) = delete;
    ~HiddenDocument()
    {
        try {
            const Reference<css::util::XCloseable> closeable(component_, UNO_QUERY);
            if (closeable.is())
                closeable->close(true);
        } catch (const css::uno::Exception&) {
            // It is closed already, or will be with the office.
        }
    }

    [[nodiscard]] const Reference<css::sheet::XSpreadsheetDocument>& get() const { return document_; }

private:
    Reference<css::lang::XComponent> component_;
    Reference<css::sheet::XSpreadsheetDocument> document_;
};

enum class Shown { number, percent, date };

/// How the numbers of a column are shown, by a cell in its middle.
Shown shown_as(const Reference<css::sheet::XSpreadsheetDocument>& document,
               const Reference<css::sheet::XSpreadsheet>& sheet, std::int32_t column, std::int32_t row)
{
    const Reference<css::util::XNumberFormatsSupplier> supplier(document, UNO_QUERY_THROW);
    const auto key = get_as<sal_Int32>(sheet->getCellByPosition(column, row), "NumberFormat");
    const auto type = get_as<sal_Int16>(supplier->getNumberFormats()->getByKey(key), "Type");
    if ((type & css::util::NumberFormat::PERCENT) != 0)
        return Shown::percent;
    return (type & css::util::NumberFormat::DATE) != 0 ? Shown::date : Shown::number;
}

/// The shortest text that reads back as that number.
std::string text_of_number(double value, Shown shown)
{
    if (shown == Shown::date && value > 0.0 && value < 200000.0) {
        const std::chrono::sys_days origin =
            std::chrono::year(1899) / std::chrono::December / std::chrono::day(30);
        const std::chrono::year_month_day day(origin + std::chrono::days(static_cast<int>(value)));
        std::array<char, 32> text{};
        std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                      static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
        return text.data();
    }
    if (shown == Shown::percent)
        value = std::round(value * 1e12) / 1e10; // 0.153 is 15.3, not 15.299999999999999
    std::array<char, 64> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
}

void append_row(SourceSheet& sheet, const std::vector<Cell>& row, const std::vector<Shown>& shown)
{
    for (std::size_t c = 0; c < row.size(); ++c) {
        if (const auto* number = std::get_if<double>(&row[c]))
            sheet.append_cell(text_of_number(*number, shown[c]));
        else if (std::holds_alternative<CellError>(row[c]))
            sheet.append_cell("#ERR");
        else
            sheet.append_cell(text_of(row[c]));
    }
}

SourceSheet read_sheet(const Reference<css::sheet::XSpreadsheetDocument>& document,
                       const Reference<css::sheet::XSpreadsheet>& from)
{
    SourceSheet sheet(name_of(from));
    css::table::CellRangeAddress area = used_area(from);
    area.StartColumn = area.StartRow = 0; // lines and columns are named as the sheet shows them
    std::vector<Shown> shown;
    for (std::int32_t column = 0; column <= area.EndColumn; ++column)
        shown.push_back(shown_as(document, from, column, area.EndRow / 2));
    for (std::int32_t row = 0; row <= area.EndRow; row += chunk_of_rows) {
        css::table::CellRangeAddress part = area;
        part.StartRow = row;
        part.EndRow = std::min(area.EndRow, row + chunk_of_rows - 1);
        std::size_t line = static_cast<std::size_t>(row);
        for (const auto& cells_of_row : read_cells(from, part)) {
            sheet.begin_row(++line);
            append_row(sheet, cells_of_row, shown);
        }
    }
    return sheet;
}

SourceFile read_workbook(const Reference<css::uno::XComponentContext>& context,
                         const Reference<css::frame::XFrame>& frame, const std::filesystem::path& path)
{
    require_reasonable_zip(path);
    const std::string name = path.filename().string();
    Progress progress(frame, "Lecture de « " + name + " »…");
    progress.reach(0.1);
    const HiddenDocument document(context, path);
    progress.reach(0.6);
    SourceFile file;
    file.name = name;
    const Reference<css::container::XIndexAccess> sheets(document.get()->getSheets(), UNO_QUERY_THROW);
    for (sal_Int32 i = 0; i < sheets->getCount(); ++i)
        file.sheets.push_back(read_sheet(
            document.get(), Reference<css::sheet::XSpreadsheet>(sheets->getByIndex(i), UNO_QUERY_THROW)));
    return file;
}

} // namespace

bool is_workbook(const std::filesystem::path& path)
{
    std::array<char, 512> start{};
    std::ifstream file(path, std::ios::binary);
    file.read(start.data(), start.size());
    const std::string_view bytes(start.data(), static_cast<std::size_t>(file.gcount()));
    const std::string extension = path.extension().string();
    return bytes.starts_with("PK\x03\x04") || bytes.starts_with("\xD0\xCF\x11\xE0") ||
           bytes.find("office:document") != std::string_view::npos || extension == ".xls" ||
           extension == ".xlsx" || extension == ".ods" || extension == ".fods";
}

SourceFile read_source_file(const Reference<css::uno::XComponentContext>& context,
                            const Reference<css::frame::XFrame>& frame, const std::filesystem::path& path)
{
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error))
        fail(path, "il n'existe pas, ou c'est un dossier.");
    if (fold(path.extension().string()) == "zip")
        fail(path, "c'est une archive. Extrayez-en le fichier (clic droit, « Extraire »), puis importez-le.");
    if (is_workbook(path))
        return read_workbook(context, frame, path);
    SourceFile file;
    run_long_task(context, frame, {"Lecture du fichier", "Reading the file"},
                  [&](const TaskProgress& progress) {
                      (void)progress(0.2);
                      file = read_delimited(path);
                      if (!progress(1.0))
                          throw Failure(Failure::Cause::cancelled, "Import annulé.");
                  });
    return file;
}

std::string sha1_of(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    rtlDigest const digest = rtl_digest_createSHA1();
    std::vector<char> buffer(1 << 20);
    while (file) {
        file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        rtl_digest_updateSHA1(digest, buffer.data(), static_cast<sal_uInt32>(file.gcount()));
    }
    std::array<sal_uInt8, RTL_DIGEST_LENGTH_SHA1> sum{};
    rtl_digest_getSHA1(digest, sum.data(), sum.size());
    rtl_digest_destroySHA1(digest);
    std::string text;
    constexpr std::string_view digits = "0123456789abcdef";
    for (const sal_uInt8 byte : sum) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

std::filesystem::path path_of_url(const std::string& url)
{
    OUString path;
    if (osl::FileBase::getSystemPathFromFileURL(ustring(url), path) != osl::FileBase::E_None)
        throw Failure(Failure::Cause::bad_file,
                      "« " + url + " » n'est pas un fichier de ce poste : copiez-le d'abord sur le poste.");
    return utf8(path);
}

} // namespace pacte::office
