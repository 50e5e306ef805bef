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
    check_zones(examination);
    check_dispositifs(examination);
    check_duplicates(examination);
    check_thematiques(examination);
    examination.hand_over(reporter);
}

} // namespace pacte
