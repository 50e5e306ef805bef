#include "core/validation_row.hpp"

#include "core/validation_sheet.hpp"

namespace pacte {

void validate_rows(const ValidationInput& input, std::string_view table, Reporter& reporter)
{
    Examination examination(input, table);
    check_cells(examination);
    check_identifiers(examination);
    check_references(examination);
    check_zones(examination);
    check_names(examination);
    if (table == "besoins")
        check_needs(examination);
    else if (table == "dispositifs")
        check_dispositifs(examination);
    else if (table == "offre")
        check_places(examination);
    else if (table == "indicateurs")
        check_indicateurs(examination);
    check_declared(examination);
    examination.hand_over_rows(reporter);
}

} // namespace pacte
