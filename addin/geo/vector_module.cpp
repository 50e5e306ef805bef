#include "geo/vector_module.hpp"

#include <mutex>
#include <utility>

#include <boost/dll/shared_library.hpp>

namespace pacte::geo {

namespace {

struct Module {
    std::mutex mutex;
    std::filesystem::path path;
    VectorEntry* entry = nullptr;
};

Module& module()
{
    static Module the_module;
    return the_module;
}

[[noreturn]] void fail(const std::string& what)
{
    throw Failure(
        Failure::Cause::bad_file,
        "Le lecteur de fichiers géographiques ne peut pas être chargé (" + what +
            ") : réinstallez l'extension Pacte, ou signalez ce message à votre service informatique.");
}

// Never unloaded: GDAL does not stand it.
VectorEntry* entry()
{
    Module& the = module();
    const std::lock_guard lock(the.mutex);
    if (the.entry != nullptr)
        return the.entry;
    if (the.path.empty())
        fail("emplacement inconnu");
    try {
        static auto* const libraries = new std::vector<boost::dll::shared_library>;
        libraries->emplace_back(the.path, boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local);
        the.entry = &libraries->back().get<VectorEntry>(vector_entry_name);
    } catch (const std::exception& exception) {
        fail(exception.what());
    }
    return the.entry;
}

} // namespace

void set_vector_module(std::filesystem::path path)
{
    const std::lock_guard lock(module().mutex);
    if (module().path == path)
        return;
    module().path = std::move(path);
    module().entry = nullptr;
}

VectorContent read_vector_file(const VectorRequest& request, const Progress& progress)
{
    VectorContent content;
    VectorError error;
    if (!entry()(request, progress, content, error))
        throw Failure(error.cause, error.message);
    return content;
}

} // namespace pacte::geo
