#include "commands/command.hpp"

#include <algorithm>
#include <array>

#include <com/sun/star/frame/XController.hpp>

namespace pacte::commands {

namespace {

constexpr std::array commands{
    Command{"nouveau", "Nouveau diagnostic", Needs::nothing, new_diagnosis},
    Command{"exemple", "Ouvrir l'exemple", Needs::nothing, open_example},
    Command{"valider", "Valider", Needs::diagnosis, validate},
    Command{"couverture", "Calculer la couverture", Needs::diagnosis, compute_coverage},
    Command{"millesime", "Changer de millésime", Needs::diagnosis, change_vintage},
    Command{"besoins", "Importer des besoins", Needs::diagnosis, import_needs},
    Command{"offre", "Importer l'offre", Needs::diagnosis, import_offer},
    Command{"contours", "Importer des contours", Needs::diagnosis, import_contours},
    Command{"telecharger-contours", "Télécharger les contours officiels", Needs::diagnosis, download_contours},
    Command{"cartes", "Générer les cartes", Needs::diagnosis, make_maps},
    Command{"fiches", "Générer les fiches-actions", Needs::diagnosis, make_fiches},
    Command{"pourquoi", "Pourquoi ce chiffre ?", Needs::diagnosis, explain_figure},
    Command{"pistes", "Évaluer les pistes", Needs::diagnosis, evaluate_pistes},
    Command{"synthese", "Faire la synthèse", Needs::diagnosis, make_synthesis},
    Command{"figer-t0", "Figer le T0", Needs::diagnosis, freeze_t0},
    Command{"comparer-t0", "Comparer au T0", Needs::diagnosis, compare_t0},
    Command{"diffusion", "Copie pour diffusion", Needs::diagnosis, copy_for_distribution},
    Command{"valider-feuille", "Valider la feuille", Needs::diagnosis, validate_sheet},
    Command{"constat-suivant", "Constat suivant", Needs::diagnosis, next_finding},
    Command{"constat-precedent", "Constat précédent", Needs::diagnosis, previous_finding},
    Command{"qualite", "Qualité des données", Needs::diagnosis, assess_quality},
    Command{"rapport-partenaire", "Rapport de contrôle à un partenaire", Needs::diagnosis, report_to_partner},
    Command{"corriger", "Corriger", Needs::diagnosis, repair},
    Command{"aide", "Aide", Needs::nothing, help},
    Command{"apropos", "À propos de Pacte", Needs::nothing, about},
};

} // namespace

std::span<const Command> all_commands() { return commands; }

const Command* find_command(std::string_view name)
{
    const auto found = std::find_if(commands.begin(), commands.end(),
                                    [&](const Command& command) { return command.name == name; });
    return found == commands.end() ? nullptr : &*found;
}

Reference<css::frame::XModel> Request::model() const
{
    const auto controller = frame->getController();
    return controller.is() ? controller->getModel() : Reference<css::frame::XModel>();
}

std::string Request::argument(const std::string& name) const
{
    const auto found = arguments.find(name);
    if (found == arguments.end())
        return {};
    rtl::OUString text;
    double number = 0.0;
    if (found->second >>= text)
        return office::utf8(text);
    if (found->second >>= number)
        return text_of(Cell(number));
    return {};
}

} // namespace pacte::commands
