#include <com/sun/star/system/SystemShellExecute.hpp>
#include <com/sun/star/system/SystemShellExecuteFlags.hpp>
#include <osl/file.hxx>

#include "commands/command.hpp"
#include "core/error.hpp"
#include "office/dialog.hpp"
#include "office/installation.hpp"

namespace pacte::commands {

std::string help(Request& request)
{
    const bool french = office::speaks_french(request.context);
    const auto path = office::installation_folder() / "text" / (french ? "aide-fr.html" : "help-en.html");
    rtl::OUString url;
    osl::FileBase::getFileURLFromSystemPath(office::ustring(path.string()), url);
    try {
        css::system::SystemShellExecute::create(request.context)
            ->execute(url, rtl::OUString(), css::system::SystemShellExecuteFlags::URIS_ONLY);
    } catch (const css::uno::Exception&) {
        throw Failure(Failure::Cause::bad_file,
                      "L'aide n'a pas pu s'ouvrir : ouvrez vous-même le fichier " + path.string() + ".");
    }
    return {};
}

} // namespace pacte::commands
