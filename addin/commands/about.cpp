#include <com/sun/star/awt/MessageBoxButtons.hpp>
#include <com/sun/star/awt/MessageBoxType.hpp>
#include <com/sun/star/awt/Toolkit.hpp>
#include <com/sun/star/awt/XMessageBoxFactory.hpp>

#include "commands/command.hpp"
#include "office/dialog.hpp"
#include "office/installation.hpp"

namespace pacte::commands {

namespace {

std::string text_in(bool french)
{
    const std::string version = PACTE_VERSION;
    return french ? "Pacte " + version +
                        "\nDiagnostic territorial d'un pacte local des solidarités.\n\nLogiciel libre, licence MPL "
                        "2.0. Contient Boost (licence BSL 1.0) et utf8proc (licence MIT) ; lit les fonds de carte "
                        "avec GDAL (licence MIT).\n\nTerritoire : " +
                        office::cog().source()
                  : "Pacte " + version +
                        "\nTerritorial diagnosis of a French « pacte local des solidarités ».\n\nFree software, MPL "
                        "2.0 licence. Contains Boost (BSL 1.0) and utf8proc (MIT); reads map files with GDAL "
                        "(MIT).\n\nTerritory: " +
                        office::cog().source();
}

} // namespace

std::string about(Request& request)
{
    const std::string text = text_in(office::speaks_french(request.context));
    const Reference<css::awt::XMessageBoxFactory> boxes(css::awt::Toolkit::create(request.context),
                                                        office::UNO_QUERY_THROW);
    boxes
        ->createMessageBox(Reference<css::awt::XWindowPeer>(request.frame->getContainerWindow(), office::UNO_QUERY),
                           css::awt::MessageBoxType_INFOBOX, css::awt::MessageBoxButtons::BUTTONS_OK, "Pacte",
                           office::ustring(text))
        ->execute();
    return {};
}

} // namespace pacte::commands
