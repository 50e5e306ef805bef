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

/// Empty where the workbook has no contours of that name.
[[nodiscard]] std::optional<geo::ContourLayer> load_contours(const Reference<css::frame::XModel>& model,
                                                             std::string_view name);

} // namespace pacte::office
