#include "core/validation_rules.hpp"

#include <algorithm>
#include <iterator>

namespace pacte {

namespace {

using enum Severity;

// clang-format off
constexpr RuleText rules[] = {
    // Tables and columns
    {Rule::missing_table, "TAB-001", erreur,
     "La table « {0} » (feuille « {1} ») est absente du classeur.",
     "Redonnez le nom « {0} » à sa plage de données (Données > Définir une plage) ou repartez d'un nouveau diagnostic."},
    {Rule::missing_column, "TAB-002", erreur,
     "La colonne obligatoire « {0} » est absente de la table « {1} ».",
     "{2}"},
    {Rule::duplicate_header, "TAB-003", erreur,
     "Deux colonnes portent l'en-tête « {0} » : la première est en {1}, celle-ci n'est pas lue.",
     "Renommez ou supprimez l'une des deux colonnes."},
    {Rule::blank_header, "TAB-004", erreur,
     "Une colonne n'a pas d'en-tête : la cellule est vide ou fusionnée avec sa voisine.",
     "Défaites la fusion, puis écrivez un en-tête ou supprimez la colonne."},
    {Rule::table_of_errors, "TAB-005", erreur,
     "La table « {0} » est remplie d'erreurs de calcul : {1} cellules remplies sur {2} (#REF!, #N/A…).",
     "Rétablissez la feuille ou le fichier auquel ses formules renvoient ; le reste de la table n'a pas été contrôlé."},
    {Rule::unknown_variable_column, "TAB-006", alerte,
     "La colonne « {0} » ne porte le code d'aucune variable : elle n'est pas lue.",
     "S'agit-il de « {1} » ?"},

    // Cells
    {Rule::required_value, "CEL-001", erreur,
     "« {0} » doit être renseigné.",
     "Complétez la cellule."},
    {Rule::cell_error, "CEL-002", erreur,
     "La formule de « {0} » aboutit à une erreur (#REF!, #N/A, #VALEUR!…).",
     "Corrigez la formule ou saisissez la valeur."},
    {Rule::not_a_number, "CEL-003", erreur,
     "« {1} » n'est pas un nombre, dans « {0} ».",
     "{2}"},
    {Rule::not_an_integer, "CEL-004", erreur,
     "« {1} » n'est pas un nombre entier, dans « {0} ».",
     "Arrondissez à l'unité."},
    {Rule::not_a_date, "CEL-005", erreur,
     "« {1} » n'est pas une date, dans « {0} ».",
     "{2}"},
    {Rule::not_a_year, "CEL-006", erreur,
     "« {1} » n'est pas une année, dans « {0} ».",
     "Écrivez l'année en quatre chiffres, par exemple 2024."},
    {Rule::not_a_boolean, "CEL-007", erreur,
     "« {1} » n'est ni oui ni non, dans « {0} ».",
     "Écrivez oui ou non."},
    {Rule::not_in_enumeration, "CEL-008", erreur,
     "« {1} » n'est pas une valeur admise pour « {0} ».",
     "{2}"},
    {Rule::below_minimum, "CEL-009", erreur,
     "« {0} » vaut {1}, moins que le minimum admis ({2}).",
     "Corrigez la valeur, ou laissez la cellule vide si elle est inconnue."},
    {Rule::above_maximum, "CEL-010", erreur,
     "« {0} » vaut {1}, plus que le maximum admis ({2}).",
     "Corrigez la valeur, ou laissez la cellule vide si elle est inconnue."},
    {Rule::not_matching_pattern, "CEL-011", erreur,
     "« {1} » n'a pas la forme attendue pour « {0} ».",
     "{2}"},
    {Rule::too_short, "CEL-012", erreur,
     "« {1} » est trop court pour « {0} » : {2} caractères au moins.",
     "Complétez-le."},
    {Rule::too_long, "CEL-013", erreur,
     "Le texte de « {0} » est trop long : {1} caractères, {2} au plus.",
     "Abrégez-le."},
    {Rule::not_unique, "CEL-014", erreur,
     "« {1} » figure déjà en {2}, alors que chaque valeur de « {0} » doit être unique.",
     "Changez l'une des deux valeurs."},
    {Rule::number_as_text, "CEL-015", conseil,
     "« {1} » est un nombre saisi comme du texte, dans « {0} » : Pacte le comprend, les formules du tableur non.",
     "{2}"},
    {Rule::date_as_text, "CEL-016", conseil,
     "« {1} » est une date saisie comme du texte, dans « {0} » : Pacte la comprend, les tris et les filtres non.",
     "{2}"},
    {Rule::dates_out_of_order, "CEL-017", erreur,
     "« {0} » ({1}) précède « {2} » ({3}).",
     "Vérifiez les deux dates."},

    // Keys and references
    {Rule::missing_key, "REF-001", erreur,
     "La ligne n'a pas de « {0} » : elle n'est pas prise en compte.",
     "Donnez-lui un code qui n'est pas encore employé."},
    {Rule::duplicate_key, "REF-002", erreur,
     "« {1} » est déjà employé en {2} : la clé « {0} » doit désigner une seule ligne.",
     "Changez le code de l'une des deux lignes ou supprimez le doublon."},
    {Rule::unknown_reference, "REF-003", erreur,
     "« {1} » ({0}) n'existe pas dans la table « {2} ».",
     "{3}"},
    {Rule::unknown_element, "REF-004", conseil,
     "« {1} » ne figure pas dans la liste proposée pour « {0} ».",
     "{2}"},

    // Identifiers
    {Rule::siren_form, "IDE-001", erreur,
     "« {0} » n'est pas un SIREN : il faut 9 chiffres.",
     "Retrouvez-le sur l'annuaire des entreprises (annuaire-entreprises.data.gouv.fr)."},
    {Rule::siren_key, "IDE-002", erreur,
     "Le SIREN « {0} » comporte une faute de frappe : sa clé de contrôle est fausse.",
     "Retrouvez-le sur l'annuaire des entreprises (annuaire-entreprises.data.gouv.fr)."},
    {Rule::siret_form, "IDE-003", erreur,
     "« {0} » n'est pas un SIRET : il faut 14 chiffres.",
     "Retrouvez-le sur l'annuaire des entreprises (annuaire-entreprises.data.gouv.fr)."},
    {Rule::siret_key, "IDE-004", erreur,
     "Le SIRET « {0} » comporte une faute de frappe : sa clé de contrôle est fausse.",
     "Retrouvez-le sur l'annuaire des entreprises (annuaire-entreprises.data.gouv.fr)."},
    {Rule::code_as_number, "IDE-005", alerte,
     "Le code de « {0} » a été changé en nombre par le tableur ({1}) : les zéros de tête se perdent.",
     "{2}"},
    {Rule::insee_form, "IDE-006", erreur,
     "« {0} » n'est pas un code INSEE de commune : il faut 5 caractères, comme 43157 ou 2A004.",
     "{1}"},
    {Rule::insee_unknown, "IDE-007", erreur,
     "La commune « {0} » n'existe pas dans le COG {1}.",
     "Vérifiez le code INSEE ; ne le confondez pas avec le code postal."},
    {Rule::insee_old, "IDE-008", erreur,
     "« {0} » n'est plus le code d'une commune : dans le COG {1}, elle fait partie de {2}.",
     "{3}"},
    {Rule::insee_outside, "IDE-009", alerte,
     "{1} ({0}) n'est pas une commune du territoire du diagnostic.",
     "Vérifiez le code, ou ajoutez la commune à la table des communes."},
    {Rule::epci_unknown, "IDE-010", erreur,
     "L'EPCI « {0} » n'existe pas dans le COG {1}.",
     "{2}"},
    {Rule::epci_outside, "IDE-011", alerte,
     "{1} ({0}) n'est pas un EPCI retenu du territoire du diagnostic.",
     "Vérifiez le code, ou marquez l'EPCI comme retenu dans la table des territoires."},
    {Rule::epci_of_commune, "IDE-012", alerte,
     "{0} appartient à l'EPCI {1} dans le COG {2}, et non à « {3} ».",
     "{4}"},
    {Rule::other_cog, "IDE-013", alerte,
     "Le classeur déclare la géographie « {0} » ; les codes sont contrôlés avec le COG {1}.",
     "Mettez à jour les codes du classeur, puis écrivez « COG {1} » dans les paramètres."},

    // Dispositifs
    {Rule::thematique_of_axe, "DIS-001", erreur,
     "La thématique {0} relève de l'axe {1}, et non de l'axe {2}.",
     "Corrigez l'axe ou la thématique."},
    {Rule::parts_of_amount, "DIS-002", erreur,
     "Les parts font {0} €, le montant annuel est de {1} €.",
     "Corrigez le montant annuel ou les parts : leur somme doit l'égaler à 1 € près."},
    {Rule::more_than_need, "DIS-003", alerte,
     "« {0} » ({1}) dépasse le besoin de tout le territoire pour la thématique {2} ({3} personnes).",
     "Vérifiez l'unité : un nombre de personnes par an, et non d'actes ou d'heures."},
    {Rule::more_than_population, "DIS-004", alerte,
     "« {0} » ({1}) dépasse la population de tout le territoire ({2} habitants).",
     "Vérifiez l'unité : un nombre de personnes par an, et non d'actes ou d'heures."},
    {Rule::unreadable_distribution, "DIS-005", erreur,
     "La répartition « {0} » ne se lit pas.",
     "Écrivez un EPCI et son poids, séparés par des points-virgules : 200073419=60;244301016=40."},
    {Rule::weight_not_positive, "DIS-006", erreur,
     "Dans la répartition, le poids de « {0} » ({1}) n'est pas un nombre positif.",
     "Retirez cet EPCI de la répartition ou donnez-lui un poids positif."},
    {Rule::distribution_outside, "DIS-007", erreur,
     "La répartition cite « {0} », que le territoire couvert ne comprend pas.",
     "Ajoutez-le au territoire couvert ou retirez-le de la répartition."},
    {Rule::expired, "DIS-008", alerte,
     "Le dispositif a pris fin le {0} : il ne compte plus dans la couverture.",
     "S'il a été reconduit, mettez à jour la date de fin."},
    {Rule::near_duplicate, "DIS-009", alerte,
     "Ce dispositif ressemble à celui de la ligne {0} : « {1} », porté par {2}.",
     "Supprimez l'un des deux, ou distinguez leurs intitulés."},
    {Rule::not_updated, "DIS-010", conseil,
     "La ligne n'a pas été mise à jour depuis le {0}, soit plus de deux ans.",
     "Vérifiez ses informations auprès du porteur, puis changez la date de mise à jour."},

    // Thématiques retained
    {Rule::no_dispositif, "THE-001", alerte,
     "La thématique {0} est retenue et n'a aucun dispositif.",
     "Recensez ses dispositifs ou écrivez « aucun » dans la remarque."},
    {Rule::no_need, "THE-002", alerte,
     "La thématique {0} est retenue et n'a pas de variable de besoin : sa couverture ne pourra pas être évaluée.",
     "Choisissez une variable dans la colonne « besoin »."},
    {Rule::need_without_column, "THE-003", alerte,
     "Le besoin de la thématique {0} est la variable « {1} », qui n'a pas de colonne dans la table des besoins.",
     "Ajoutez à cette table une colonne d'en-tête « {1} » et ses valeurs par EPCI."},
    {Rule::rate_without_base, "THE-004", alerte,
     "Le besoin de la thématique {0} est le taux « {1} », dont la base n'est pas déclarée : il ne donne pas un nombre de personnes.",
     "Indiquez dans la table des variables la base de ce taux."},
    {Rule::thresholds_out_of_order, "THE-005", erreur,
     "Le seuil partiel ({0}) n'est pas inférieur au seuil couvert ({1}).",
     "Corrigez l'un des deux seuils."},

    // Territory
    {Rule::epci_without_needs, "TER-001", alerte,
     "L'EPCI {0} est retenu et n'a pas de ligne dans la table des besoins.",
     "Ajoutez-y une ligne pour {1}."},
    {Rule::unreadable_zone, "TER-002", erreur,
     "« {0} » n'est ni un EPCI, ni une commune du territoire, ni le département entier.",
     "{1}"},
};
// clang-format on

} // namespace

std::span<const RuleText> all_rules() { return rules; }

const RuleText& words_of(Rule rule) { return rules[static_cast<std::size_t>(rule)]; }

std::string worded(const char* pattern, std::initializer_list<std::string> values)
{
    std::string text;
    for (const char* at = pattern; *at != '\0'; ++at) {
        const auto index = at[0] == '{' ? static_cast<std::size_t>(at[1] - '0') : values.size();
        if (index >= values.size() || at[2] != '}') {
            text += *at;
            continue;
        }
        text += std::data(values)[index];
        at += 2;
    }
    return text;
}

} // namespace pacte
