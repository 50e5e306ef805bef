#include "installed.hpp"

#include <map>
#include <memory>

namespace office_test {

namespace {

/// The profile outlives the office that runs on it.
struct Installed {
    explicit Installed(const std::string& language) : profile(language)
    {
        Office(profile, Window::none).install(PACTE_OXT);
        office = std::make_unique<Office>(profile, Window::none);
    }

    Profile profile;
    std::unique_ptr<Office> office;
};

std::map<std::string, Installed> offices;

} // namespace

Office& office_with_pacte(const std::string& language)
{
    return *offices.try_emplace(language, language).first->second.office;
}

void end_offices_with_pacte()
{
    offices.clear();
}

} // namespace office_test
