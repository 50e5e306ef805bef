// Loads the component, makes its two services, uses them, and unloads it, as often
// as wanted: for valgrind (tests/package/leaks), which then says what was left.
//
//     load_again pacte.so times

#include <cstdlib>
#include <dlfcn.h>
#include <iostream>
#include <stdexcept>
#include <string>

#include <com/sun/star/frame/XDispatchProvider.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>
#include <cppuhelper/bootstrap.hxx>
#include <org/pacte/calc/XFunctions.hpp>

#include "office.hpp"

using namespace office_test;

namespace {

using Constructor = css::uno::XInterface*(css::uno::XComponentContext*, const css::uno::Sequence<Any>&);

Reference<css::uno::XInterface> made_by(void* library, const char* name,
                                        const Reference<css::uno::XComponentContext>& context)
{
    auto* const constructor = reinterpret_cast<Constructor*>(dlsym(library, name));
    if (constructor == nullptr)
        throw std::runtime_error(std::string(name) + " is not exported");
    return {constructor(context.get(), {}), SAL_NO_ACQUIRE};
}

void expect(bool is_so, const char* what)
{
    if (!is_so)
        throw std::runtime_error(what);
}

/// The territory of France, scores and errors; a command that is asked for.
void use(void* library, const Reference<css::uno::XComponentContext>& context)
{
    const Reference<org::pacte::calc::XFunctions> functions(made_by(library, "pacte_functions", context),
                                                            UNO_QUERY_THROW);
    OUString epci;
    functions->epci(css::uno::makeAny(OUString("43157"))) >>= epci;
    expect(epci == "200073419", "the EPCI of Le Puy-en-Velay");
    (void)functions->communes(css::uno::makeAny(epci));
    (void)functions->isSiren(css::uno::makeAny(OUString("no siren")));
    (void)functions->leverage(css::uno::makeAny(100.0), css::uno::makeAny(250.0));
    (void)functions->currentCode(css::uno::makeAny(OUString("43090")), css::uno::makeAny(2026.0));
    const Reference<css::frame::XDispatchProvider> commands(made_by(library, "pacte_commands", context),
                                                            UNO_QUERY_THROW);
    css::util::URL url;
    url.Complete = "org.pacte.calc:valider";
    expect(!commands->queryDispatch(url, {}, 0).is(), "a command without a window");
}

void load_and_unload(const char* path, const Reference<css::uno::XComponentContext>& context)
{
    void* const library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr)
        throw std::runtime_error(dlerror());
    use(library, context);
    dlclose(library);
    expect(dlopen(path, RTLD_NOW | RTLD_NOLOAD) == nullptr, "the component was not unloaded");
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::cerr << "usage: load_again pacte.so times\n";
        return EXIT_FAILURE;
    }
    try {
        const std::string bootstrap = "vnd.sun.star.pathname:" PACTE_OFFICE_PROGRAM "/fundamentalrc";
        setenv("URE_BOOTSTRAP", bootstrap.c_str(), 1);
        const auto context = cppu::defaultBootstrap_InitialComponentContext();
        const int times = std::stoi(argv[2]);
        for (int i = 0; i < times; ++i)
            load_and_unload(argv[1], context);
        std::cout << "loaded and unloaded " << times << " times\n";
        return EXIT_SUCCESS;
    } catch (const css::uno::Exception& exception) {
        std::cerr << utf8(exception.Message) << "\n";
    } catch (const std::exception& exception) {
        std::cerr << exception.what() << "\n";
    }
    return EXIT_FAILURE;
}
