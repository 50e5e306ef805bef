#include "commands/open_workbook.hpp"

#include <fstream>
#include <sstream>

#include <com/sun/star/frame/Desktop.hpp>
#include <com/sun/star/frame/XController.hpp>
#include <com/sun/star/io/SequenceInputStream.hpp>

#include "core/error.hpp"
#include "core/offer_rows.hpp"
#include "office/installation.hpp"
#include "office/progress.hpp"

namespace pacte::commands {

namespace {

using office::property;
using office::Sequence;
using office::UNO_QUERY;
using css::uno::makeAny;

std::string read_skeleton()
{
    const auto path = office::templates_folder() / "classeur.fods";
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file)
        throw Failure(Failure::Cause::bad_file, "Le modèle de classeur est introuvable (" + path.string() +
                                                    ") : réinstallez l'extension Pacte.");
    return text.str();
}

/// With the shipped lines of Correspondances, for the thématiques that it has.
WorkbookContent with_mapping(WorkbookContent content)
{
    const auto& thematiques = content.rows["thematiques"];
    const bool metropole = !thematiques.empty() && thematiques.front().contains("code") &&
                           text_of(thematiques.front().at("code")).starts_with("M");
    auto& rows = content.rows["correspondances"];
    if (rows.empty())
        rows = shipped_mapping(office::templates_folder() / "imports" / "correspondances.csv", metropole);
    return content;
}

} // namespace

void open_workbook(Request& request, const WorkbookContent& content)
{
    const std::string text = write_workbook(read_skeleton(), office::schemas(), with_mapping(content));
    const Sequence<sal_Int8> bytes(reinterpret_cast<const sal_Int8*>(text.data()),
                                   static_cast<sal_Int32>(text.size()));
    Sequence<css::beans::PropertyValue> how(3);
    how[0] = property("InputStream", makeAny(css::io::SequenceInputStream::createStreamFromSequence(
                                         request.context, bytes)));
    how[1] = property("FilterName", makeAny(rtl::OUString("OpenDocument Spreadsheet Flat XML")));
    how[2] = property("AsTemplate", makeAny(true));
    const office::Progress progress(request.frame, "Ouverture du classeur…");
    const Reference<css::frame::XModel> model(
        css::frame::Desktop::create(request.context)->loadComponentFromURL("private:stream", "_blank", 0, how),
        UNO_QUERY);
    if (!model.is())
        throw Failure(Failure::Cause::bad_document,
                      "LibreOffice n'a pas pu ouvrir le nouveau classeur : réinstallez l'extension Pacte.");
    request.frame = model->getCurrentController()->getFrame();
}

} // namespace pacte::commands
