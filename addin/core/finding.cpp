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
    }
    return "";
}

} // namespace pacte
