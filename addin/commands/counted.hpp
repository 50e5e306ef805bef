#pragma once

#include <string>

#include "core/text.hpp"

namespace pacte::commands {

/// `1 lieu`, `2 lieux`, `1 240 lieux`.
template <typename Number>
[[nodiscard]] std::string counted(Number count, const char* one, const char* several)
{
    const auto number = static_cast<double>(count);
    return french_number(number) + " " + (number < 2.0 ? one : several);
}

} // namespace pacte::commands
