#pragma once

#include <string_view>

#include "core/table.hpp"

namespace pacte {

/// What a cell of figures holds. Insee's marks are kept apart: each says
/// something else, and none is 0.
enum class FigureState {
    known,
    empty,
    secret,          ///< `s`, `c`: statistical secret
    not_available,   ///< `nd`, `N/A - résultat non disponible`, `…`
    not_significant, ///< `ns`
    no_object,       ///< `so`, `///`
    error,           ///< a formula that ended in an error
    unreadable,      ///< anything else
};

struct SourceFigure {
    FigureState state = FigureState::empty;
    double value = 0.0; ///< 0 unless known
};

/// Reads `1 234,5`, `12,3 %` (12.3), `nd`… The text is trimmed.
[[nodiscard]] SourceFigure read_source_figure(std::string_view text);

/// What stands in Besoins for that figure: the number, the producer's own mark as
/// written, or blank.
[[nodiscard]] Cell cell_of_figure(const SourceFigure& figure, std::string_view text);

/// `secret statistique`, `non disponible`…
[[nodiscard]] const char* words_of(FigureState state);

} // namespace pacte
