#include "commands/command.hpp"
#include "commands/open_workbook.hpp"
#include "core/error.hpp"
#include "core/workbook.hpp"
#include "office/installation.hpp"
#include "office/new_diagnosis_dialog.hpp"

namespace pacte::commands {

namespace {

int year_argument(const Request& request, const char* name, int otherwise)
{
    const std::string text = request.argument(name);
    if (text.empty())
        return otherwise;
    try {
        return std::stoi(text);
    } catch (const std::exception&) {
        throw Failure(Failure::Cause::bad_value,
                      "« " + text + " » n'est pas une année : écrivez-la en quatre chiffres, par exemple 2023.");
    }
}

NewDiagnosis from_arguments(const Request& request)
{
    NewDiagnosis wanted;
    wanted.departement = request.argument("Departement");
    wanted.metropole = request.argument("Metropole");
    wanted.t0_year = year_argument(request, "AnneeT0", wanted.t0_year);
    wanted.first_year = year_argument(request, "DebutPeriode", wanted.first_year);
    wanted.last_year = year_argument(request, "FinPeriode", wanted.last_year);
    return wanted;
}

} // namespace

std::string new_diagnosis(Request& request)
{
    NewDiagnosis wanted;
    if (request.arguments.contains("Departement") || request.arguments.contains("Metropole")) {
        wanted = from_arguments(request);
    } else {
        const auto answer = office::ask_new_diagnosis(request.context, request.frame, office::cog());
        if (!answer)
            return {};
        wanted = *answer;
    }
    const WorkbookContent content = pacte::new_diagnosis(wanted, office::schemas(), office::cog());
    open_workbook(request, content);
    return "Le diagnostic est prêt, avec son territoire. Enregistrez-le, puis suivez les étapes de la feuille "
           "« Accueil ».";
}

} // namespace pacte::commands
