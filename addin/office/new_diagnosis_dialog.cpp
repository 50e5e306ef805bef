#include "office/new_diagnosis_dialog.hpp"

#include <algorithm>

#include "office/dialog.hpp"

namespace pacte::office {

namespace {

struct Choice {
    std::string label;
    std::string departement;
    std::string metropole;
};

std::vector<Choice> territories(const Cog& cog)
{
    std::vector<Choice> choices;
    for (const Departement& departement : cog.departements())
        choices.push_back({departement.code + " – " + departement.name, departement.code, {}});
    for (const EpciRecord& epci : cog.epcis())
        if (epci.nature == "METRO")
            choices.push_back({"Métropole – " + epci.name, {}, epci.siren});
    return choices;
}

} // namespace

std::optional<NewDiagnosis> ask_new_diagnosis(const Reference<css::uno::XComponentContext>& context,
                                              const Reference<css::frame::XFrame>& frame, const Cog& cog)
{
    const std::vector<Choice> choices = territories(cog);
    std::vector<std::string> labels;
    std::transform(choices.begin(), choices.end(), std::back_inserter(labels),
                   [](const Choice& choice) { return choice.label; });
    const NewDiagnosis defaults;

    Dialog dialog(context, {"Nouveau diagnostic", "New diagnosis"}, 240);
    dialog.add_text({"Le classeur s'ouvre avec les EPCI et les communes du territoire choisi.",
                     "The workbook opens with the EPCI and the communes of the territory chosen."},
                    1);
    dialog.add_list("territoire", {"Territoire", "Territory"}, labels, 0);
    dialog.add_year("annee_t0", {"Année de T0", "Year of T0"}, defaults.t0_year);
    dialog.add_year("debut", {"Début de la période", "Start of the period"}, defaults.first_year);
    dialog.add_year("fin", {"Fin de la période", "End of the period"}, defaults.last_year);
    dialog.add_buttons(true);

    std::optional<NewDiagnosis> answer;
    if (dialog.execute(frame)) {
        const Choice& choice = choices.at(static_cast<std::size_t>(std::max(0, dialog.selected("territoire"))));
        answer = NewDiagnosis{choice.departement, choice.metropole, dialog.year("annee_t0"), dialog.year("debut"),
                              dialog.year("fin")};
    }
    dialog.close();
    return answer;
}

} // namespace pacte::office
