#pragma once

#include <string>
#include <vector>

#include <com/sun/star/frame/XFrame.hpp>

#include "office/dialog.hpp"

namespace pacte::office {

/// The URL of the file that the user chooses; empty where they gave up.
/// `patterns`: `*.csv;*.xlsx`.
[[nodiscard]] std::string choose_file(const Reference<css::uno::XComponentContext>& context, Bilingual title,
                                      Bilingual kind, const char* patterns);

enum class ChangeAnswer { cancel, replace, keep };

/// Shows what would change, line by line, before anything is written.
[[nodiscard]] ChangeAnswer ask_changes(const Reference<css::uno::XComponentContext>& context,
                                       const Reference<css::frame::XFrame>& frame, Bilingual title,
                                       const std::string& sentence, const std::vector<std::string>& headers,
                                       const std::vector<std::vector<std::string>>& rows, Bilingual replace,
                                       Bilingual keep);

} // namespace pacte::office
