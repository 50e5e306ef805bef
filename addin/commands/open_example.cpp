#include "commands/command.hpp"
#include "commands/open_workbook.hpp"
#include "core/workbook.hpp"
#include "office/installation.hpp"

namespace pacte::commands {

std::string open_example(Request& request)
{
    const WorkbookContent content = example_diagnosis(office::templates_folder() / "exemple-haute-loire",
                                                      office::schemas(), office::cog());
    open_workbook(request, content);
    return "Voici l'exemple de la Haute-Loire : ses dispositifs sont inventés. Essayez Pacte > Valider, puis Pacte "
           "> Calculer la couverture.";
}

} // namespace pacte::commands
