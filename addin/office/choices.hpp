#pragma once

#include <string>
#include <utility>
#include <vector>

#include <com/sun/star/frame/XFrame.hpp>

#include "office/dialog.hpp"

namespace pacte::office {

/// The URL of the file that the user chooses; empty where they gave up.
/// `patterns`: `*.csv;*.xlsx`.
[[nodiscard]] std::string choose_file(const Reference<css::uno::XComponentContext>& context, Bilingual title,
                                      Bilingual kind, const char* patterns);

/// Where to save a file: its URL, empty where they gave up. `kinds`: what it may be and
/// the pattern of its name (`*.ods`), the first one proposed.
[[nodiscard]] std::string choose_target(const Reference<css::uno::XComponentContext>& context,
                                        Bilingual title,
                                        const std::vector<std::pair<std::string, std::string>>& kinds,
                                        const std::string& proposed_name);

enum class ChangeAnswer { cancel, replace, keep };

/// Shows what would change, line by line, before anything is written. Where `keep`
/// is empty there is nothing between all and nothing.
[[nodiscard]] ChangeAnswer ask_changes(const Reference<css::uno::XComponentContext>& context,
                                       const Reference<css::frame::XFrame>& frame, Bilingual title,
                                       const std::string& sentence, const std::vector<std::string>& headers,
                                       const std::vector<std::vector<std::string>>& rows, Bilingual replace,
                                       Bilingual keep);

} // namespace pacte::office
