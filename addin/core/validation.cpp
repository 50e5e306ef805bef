#include "core/validation.hpp"

#include "core/validation_sheet.hpp"

namespace pacte {

void validate(const ValidationInput& input, Reporter& reporter)
{
    Examination examination(input);
    check_headers(examination);
    check_cells(examination);
    check_identifiers(examination);
    check_references(examination);
    check_settings(examination);
    check_zones(examination);
    check_names(examination);
    check_needs(examination);
    check_thematiques(examination);
    check_dispositifs(examination);
    check_duplicates(examination);
    check_places(examination);
    check_pistes(examination);
    check_actions(examination);
    check_budget(examination);
    check_indicateurs(examination);
    check_committee(examination);
    check_declared(examination);
    check_prerequisites(examination);
    examination.hand_over(reporter);
}

} // namespace pacte
