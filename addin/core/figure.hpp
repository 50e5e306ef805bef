#pragma once

#include <string>
#include <string_view>

namespace pacte {

/// What a text says where a number is expected.
struct Figure {
    enum class Kind {
        number,  ///< one number, and nothing else that would change it
        unknown, ///< the writer does not know: `n.c.`, `?`, `non communiqué`
        range,   ///< `12-15`, `entre 12 et 15`: two bounds, no number
        about,   ///< `env. 30`, `plus de 30`: a number that is not the one meant
        other,   ///< anything else
    };

    Kind kind = Kind::other;
    double value = 0.0; ///< number, about; lower bound of a range
    double upper = 0.0; ///< upper bound of a range
};

/// Reads what a person writes for a number of that unit, without guessing:
/// ordinary, no-break or narrow spaces between thousands, decimal comma or point,
/// `12 000 €`, `12 k€` where the unit is `€`, `12 %` where it is `%` (a share
/// where `as_share`: 0.12), `30 personnes` where it is `personnes/an`,
/// `1.234.567`. An empty unit takes a number alone.
[[nodiscard]] Figure read_figure(std::string_view text, std::string_view unit = {}, bool as_share = false);

} // namespace pacte
