#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "commands/diagnosis_maps.hpp"
#include "commands/fiche_formulas.hpp"
#include "office/generated_drawing.hpp"

namespace pacte::commands {

/// What a fiche needs beside the workbook's tables.
struct FicheContent {
    Action action;
    std::vector<Indicateur> indicators; ///< of this action
    int first_year = 0;
    int last_year = 0;
    const office::Diagnosis* diagnosis = nullptr;
    const Coverage* coverage = nullptr;
    std::optional<std::size_t> thematique; ///< index in the coverage; nothing: no mini map
    const MapGround* ground = nullptr;
};

/// What came of it.
struct FicheOutcome {
    bool is_new = false;
    int kept_texts = 0;          ///< fields where a person wrote
    int left_out_indicators = 0; ///< more than the model has room for
    office::Kept kept_shapes;
};

/// `F-01` for the action `A-01`; the id itself where it has no number.
[[nodiscard]] std::string fiche_name_of(const Action& action);

/// The fields of the model that Pacte does not know, with the nearest it knows:
/// `champ_titel → champ_titre`.
[[nodiscard]] std::vector<std::string> unknown_fields(const office::Workbook& workbook);

/// Makes the fiche from the sheet « Modèle de fiche », or brings it up to date:
/// a field where a person wrote keeps their text.
FicheOutcome write_fiche(office::UndoStep& step, office::Workbook& workbook, TableRanges& ranges,
                         const FicheContent& content);

} // namespace pacte::commands
