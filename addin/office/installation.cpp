#include "office/installation.hpp"

#include <osl/file.hxx>
#include <osl/module.hxx>

#include "core/error.hpp"
#include "office/uno.hpp"

namespace pacte::office {

namespace {

void here() {}

/// Never destroyed: the office is gone before the statics are.
union Remembered {
    Remembered() : context() {}
    Remembered(const Remembered&) = delete;
    Remembered& operator=(const Remembered&) = delete;
    ~Remembered() {}

    Reference<css::uno::XComponentContext> context;
};

Reference<css::uno::XComponentContext>& remembered_context()
{
    static Remembered remembered;
    return remembered.context;
}

std::filesystem::path folder_of_this_component()
{
    OUString url;
    OUString path;
    if (!osl::Module::getUrlFromAddress(reinterpret_cast<oslGenericFunction>(&here), url) ||
        osl::FileBase::getSystemPathFromFileURL(url, path) != osl::FileBase::E_None)
        throw Failure(Failure::Cause::bad_file,
                      "Le dossier de l'extension Pacte est introuvable : réinstallez l'extension.");
    return std::filesystem::path(utf8(path)).parent_path();
}

} // namespace

void set_office_context(const Reference<css::uno::XComponentContext>& context)
{
    remembered_context() = context;
}

const Reference<css::uno::XComponentContext>& office_context() { return remembered_context(); }

const std::filesystem::path& installation_folder()
{
    static const std::filesystem::path folder = folder_of_this_component();
    return folder;
}

std::filesystem::path templates_folder() { return installation_folder() / "templates"; }

const Schemas& schemas()
{
    static const Schemas all = Schemas::load(templates_folder());
    return all;
}

const Cog& cog()
{
    static const Cog all = Cog::load(templates_folder() / "territoire");
    return all;
}

const CogYears& cog_years()
{
    static const CogYears all = CogYears::load(templates_folder() / "territoire", cog());
    return all;
}

const KnownVariables& known_variables()
{
    static const KnownVariables all = KnownVariables::load(templates_folder() / "imports" / "variables.csv");
    return all;
}

} // namespace pacte::office
