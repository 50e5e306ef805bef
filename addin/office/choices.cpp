#include "office/choices.hpp"

#include <algorithm>

#include <com/sun/star/ui/dialogs/ExecutableDialogResults.hpp>
#include <com/sun/star/ui/dialogs/FilePicker.hpp>
#include <com/sun/star/ui/dialogs/TemplateDescription.hpp>

namespace pacte::office {

std::string choose_file(const Reference<css::uno::XComponentContext>& context, Bilingual title,
                        Bilingual kind, const char* patterns)
{
    namespace dialogs = css::ui::dialogs;
    const auto picker =
        dialogs::FilePicker::createWithMode(context, dialogs::TemplateDescription::FILEOPEN_SIMPLE);
    const bool french = speaks_french(context);
    picker->setTitle(ustring(french ? title.french : title.english));
    picker->appendFilter(ustring(french ? kind.french : kind.english), ustring(patterns));
    picker->appendFilter(ustring(french ? "Tous les fichiers" : "All files"), "*.*");
    if (picker->execute() != dialogs::ExecutableDialogResults::OK)
        return {};
    const auto files = picker->getSelectedFiles();
    return files.hasElements() ? utf8(files[0]) : std::string();
}

std::string choose_target(const Reference<css::uno::XComponentContext>& context, Bilingual title,
                          const std::vector<std::pair<std::string, std::string>>& kinds,
                          const std::string& proposed_name)
{
    namespace dialogs = css::ui::dialogs;
    const auto picker =
        dialogs::FilePicker::createWithMode(context, dialogs::TemplateDescription::FILESAVE_AUTOEXTENSION);
    picker->setTitle(ustring(speaks_french(context) ? title.french : title.english));
    for (const auto& [kind, pattern] : kinds)
        picker->appendFilter(ustring(kind), ustring(pattern));
    picker->setDefaultName(ustring(proposed_name));
    if (picker->execute() != dialogs::ExecutableDialogResults::OK)
        return {};
    const auto files = picker->getSelectedFiles();
    return files.hasElements() ? utf8(files[0]) : std::string();
}

ChangeAnswer ask_changes(const Reference<css::uno::XComponentContext>& context,
                         const Reference<css::frame::XFrame>& frame, Bilingual title,
                         const std::string& sentence, const std::vector<std::string>& headers,
                         const std::vector<std::vector<std::string>>& rows, Bilingual replace, Bilingual keep)
{
    constexpr int replaced = 2;
    constexpr int kept = 3;
    Dialog dialog(context, title, 400);
    dialog.add_words(sentence, 2);
    dialog.add_grid("changements", {"Changements", "Changes"}, headers, rows, 14);
    dialog.add_action("remplacer", replace, replaced);
    if (*keep.french != '\0')
        dialog.add_action("garder", keep, kept);
    dialog.add_buttons(false);
    const int answer = dialog.run(frame);
    dialog.close();
    return answer == replaced ? ChangeAnswer::replace
           : answer == kept   ? ChangeAnswer::keep
                              : ChangeAnswer::cancel;
}

} // namespace pacte::office
