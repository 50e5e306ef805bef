#include "core/finding.hpp"

namespace pacte {

const char* name_of(Severity severity)
{
    switch (severity) {
    case Severity::erreur:
        return "erreur";
    case Severity::alerte:
        return "alerte";
    case Severity::conseil:
        return "conseil";
    case Severity::non_verifie:
        return "non vérifié";
    }
    return "";
}

} // namespace pacte
