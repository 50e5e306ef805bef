#include <fstream>
#include <string>

#include <com/sun/star/awt/MessageBoxButtons.hpp>
#include <com/sun/star/awt/MessageBoxType.hpp>
#include <com/sun/star/awt/Toolkit.hpp>
#include <com/sun/star/awt/XMessageBoxFactory.hpp>

#include "commands/command.hpp"
#include "office/dialog.hpp"
#include "office/installation.hpp"

namespace pacte::commands {

namespace {

/// Names, versions and licences of what is inside: the build writes them, one line.
std::string contents()
{
    std::string line;
    std::ifstream file(office::installation_folder() / "licences" / "contenu.txt");
    std::getline(file, line);
    return line;
}

std::string text_in(bool french)
{
    const std::string version = PACTE_VERSION;
    const std::string contains = contents();
    const std::string data = office::cog().source();
    return french
               ? "Pacte " + version +
                     "\nDiagnostic territorial d'un pacte local des solidarités.\n\nLogiciel libre, "
                     "licence MPL 2.0, "
                     "sans garantie. N'utilise le réseau que pour télécharger des contours, quand vous le "
                     "demandez.\n\nContient : " +
                     contains + ".\n\nTerritoire : " + data +
                     "\n\nLes licences entières sont dans le dossier « licences » de l'extension : " +
                     (office::installation_folder() / "licences").string()
               : "Pacte " + version +
                     "\nTerritorial diagnosis of a French « pacte local des solidarités ».\n\nFree "
                     "software, MPL 2.0 "
                     "licence, without warranty. Uses the network only to download boundaries, when you ask "
                     "for it.\n\nContains: " +
                     contains + ".\n\nTerritory: " + data +
                     "\n\nThe full licences are in the folder « licences » of the extension: " +
                     (office::installation_folder() / "licences").string();
}

} // namespace

std::string about(Request& request)
{
    const std::string text = text_in(office::speaks_french(request.context));
    const Reference<css::awt::XMessageBoxFactory> boxes(css::awt::Toolkit::create(request.context),
                                                        office::UNO_QUERY_THROW);
    boxes
        ->createMessageBox(
            Reference<css::awt::XWindowPeer>(request.frame->getContainerWindow(), office::UNO_QUERY),
            css::awt::MessageBoxType_INFOBOX, css::awt::MessageBoxButtons::BUTTONS_OK, "Pacte",
            office::ustring(text))
        ->execute();
    return {};
}

} // namespace pacte::commands
