#pragma once

#include "office/uno.hpp"

namespace pacte::commands {

/// The protocol handler of `org.pacte.calc:…`: it gives each menu entry its
/// command, greyed out where the document is no diagnosis.
[[nodiscard]] office::Reference<office::css::uno::XInterface>
make_handler(const office::Reference<office::css::uno::XComponentContext>& context);

} // namespace pacte::commands
