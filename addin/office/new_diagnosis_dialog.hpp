#pragma once

#include <optional>

#include <com/sun/star/frame/XFrame.hpp>

#include "core/workbook.hpp"
#include "office/uno.hpp"

namespace pacte::office {

/// Asks for the département or métropole, the year of T0 and the period. Empty
/// where the user gave up.
[[nodiscard]] std::optional<NewDiagnosis> ask_new_diagnosis(const Reference<css::uno::XComponentContext>& context,
                                                            const Reference<css::frame::XFrame>& frame,
                                                            const Cog& cog);

} // namespace pacte::office
