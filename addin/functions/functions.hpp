#pragma once

#include "office/uno.hpp"

namespace pacte::functions {

/// The functions of Calc (`idl/org/pacte/calc/XFunctions.idl`).
[[nodiscard]] office::Reference<office::css::uno::XInterface> make_functions();

} // namespace pacte::functions
