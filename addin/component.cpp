// What LibreOffice loads: the two services, nothing else.

#include "commands/dispatcher.hpp"
#include "functions/functions.hpp"

namespace css = com::sun::star;

namespace {

css::uno::XInterface* hand_over(const css::uno::Reference<css::uno::XInterface>& object)
{
    object->acquire(); // the loader takes this reference
    return object.get();
}

} // namespace

extern "C" {

SAL_DLLPUBLIC_EXPORT css::uno::XInterface* pacte_functions(css::uno::XComponentContext*,
                                                           const css::uno::Sequence<css::uno::Any>&)
{
    return hand_over(pacte::functions::make_functions());
}

SAL_DLLPUBLIC_EXPORT css::uno::XInterface* pacte_commands(css::uno::XComponentContext* context,
                                                          const css::uno::Sequence<css::uno::Any>&)
{
    return hand_over(pacte::commands::make_handler(context));
}
}
