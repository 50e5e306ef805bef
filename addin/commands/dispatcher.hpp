#pragma once

#include "office/uno.hpp"

namespace pacte::commands {

/// The protocol handler of `org.pacte.calc:…`: it gives each menu entry its
/// command, greyed out where the document is no diagnosis.
[[nodiscard]] office::Reference<office::css::uno::XInterface>
make_handler(const office::Reference<office::css::uno::XComponentContext>& context);

/// While a command lasts, the office goes on living: its document is not to be written.
[[nodiscard]] bool is_command_running();

} // namespace pacte::commands
