#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <com/sun/star/frame/XModel.hpp>

#include "geo/contours.hpp"
#include "office/uno.hpp"

namespace pacte::office {

/// Keeps the contours inside the workbook, in a folder of its own that every
/// office keeps when it saves. A stream is never written again: each import
/// takes a new name, and `Paramètres` says which one is in use, so that Undo
/// brings the former contours back. Gives that name.
std::string store_contours(const Reference<css::frame::XModel>& model, const geo::ContourLayer& layer);

/// Keeps the communes of the same import beside the contours of that name.
void store_communes(const Reference<css::frame::XModel>& model, std::string_view contours,
                    const geo::ContourLayer& communes);

/// The communes kept beside the contours of that name. Empty where there are none: contours of
/// EPCI, or an import by an older Pacte.
[[nodiscard]] std::optional<geo::ContourLayer> load_communes(const Reference<css::frame::XModel>& model,
                                                             std::string_view contours);

/// Empty where the workbook has no contours of that name.
[[nodiscard]] std::optional<geo::ContourLayer> load_contours(const Reference<css::frame::XModel>& model,
                                                             std::string_view name);

} // namespace pacte::office
