#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <sys/types.h>
#include <utility>
#include <vector>

#include <com/sun/star/beans/PropertyValue.hpp>
#include <com/sun/star/frame/XDesktop2.hpp>
#include <com/sun/star/frame/XModel.hpp>
#include <com/sun/star/sheet/XSpreadsheet.hpp>
#include <com/sun/star/sheet/XSpreadsheetDocument.hpp>
#include <com/sun/star/table/XCell.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>

#include "small_disk.hpp"

// The real LibreOffice, started on a profile of its own and driven from
// outside, as a person drives it: menu commands, documents, undo.

namespace office_test {

namespace css = com::sun::star;
using css::uno::Any;
using css::uno::Reference;
using css::uno::UNO_QUERY;
using css::uno::UNO_QUERY_THROW;
using rtl::OUString;

[[nodiscard]] std::string utf8(const OUString& text);
[[nodiscard]] OUString ustring(const std::string& text);
[[nodiscard]] OUString file_url(const std::filesystem::path& path);

enum class Window { none, real }; ///< `--headless`, or the display of DISPLAY

/// A profile folder, removed at the end, with the office's language set.
class Profile {
public:
    explicit Profile(const std::string& language = "fr");
    /// The same, where the administrator installs extensions in that folder, and
    /// not for all the offices of this machine.
    Profile(const std::string& language, std::filesystem::path shared_extensions);
    Profile(const Profile&) = delete;
    Profile& operator=(const Profile&) = delete;
    ~Profile();
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    /// What an office, or `unopkg`, is told to use it.
    [[nodiscard]] std::vector<std::string> arguments() const;

private:
    std::filesystem::path folder_;
    std::filesystem::path shared_extensions_;
};

struct Outcome {
    bool done = false;
    std::string sentence;
};

using Arguments = std::vector<std::pair<std::string, Any>>;

/// A running office. Its end is asked for politely, then forced.
class Office {
public:
    Office(const Profile& profile, Window window, const std::optional<SmallDisk>& disk = {});
    Office(const Office&) = delete;
    Office& operator=(const Office&) = delete;
    ~Office();

    [[nodiscard]] const Reference<css::uno::XComponentContext>& context() const { return context_; }
    [[nodiscard]] Reference<css::frame::XDesktop2> desktop() const;
    [[nodiscard]] std::chrono::milliseconds start_time() const { return start_time_; }
    [[nodiscard]] bool is_alive() const;

    /// What the Extension Manager does with a file. The menu needs a new start.
    void install(const std::filesystem::path& oxt);
    void uninstall();
    [[nodiscard]] std::string installed_version() const; ///< empty where Pacte is not installed

    [[nodiscard]] Reference<css::frame::XModel> open(const OUString& url, bool hidden = false);
    [[nodiscard]] Reference<css::frame::XModel> new_spreadsheet() { return open("private:factory/scalc"); }
    [[nodiscard]] Reference<css::frame::XModel> active() const; ///< the document in front

    /// Calls a command of the menu in the document's window and waits for its end.
    Outcome run(const Reference<css::frame::XModel>& model, const std::string& command,
                const Arguments& arguments = {});
    [[nodiscard]] bool is_enabled(const Reference<css::frame::XModel>& model, const std::string& command);

    /// A command of the office's own, `.uno:Copy`, in the document's window.
    void dispatch(const Reference<css::frame::XModel>& model, const char* command,
                  const css::uno::Sequence<css::beans::PropertyValue>& arguments = {});
    /// Goes to the cell and types, as a person does: listeners are told.
    void enter(const Reference<css::frame::XModel>& model, const std::string& sheet_name,
               const std::string& cell, const std::string& text);

    /// Its processes stand still, as on a workstation that is busy elsewhere.
    void freeze() const;
    void thaw() const;

    /// The launcher and the office that it started.
    [[nodiscard]] std::vector<pid_t> processes() const;
    /// The files that the office's process has mapped: which libraries it loaded.
    [[nodiscard]] std::set<std::string> mapped_files() const;

    void stop();
    /// What its process left once it has ended: 0 where all went well.
    [[nodiscard]] int exit_status() const { return exit_status_; }

private:
    Reference<css::uno::XComponentContext> context_;
    std::string pipe_;
    pid_t process_ = -1;
    int exit_status_ = 0;
    std::chrono::milliseconds start_time_{};
};

/// Waits for what the office does a moment later. False where it did not come.
[[nodiscard]] bool soon(const std::function<bool()>& holds);

// Documents.

[[nodiscard]] Reference<css::sheet::XSpreadsheet> sheet(const Reference<css::frame::XModel>& model,
                                                        const std::string& name);
[[nodiscard]] std::vector<std::string> sheet_names(const Reference<css::frame::XModel>& model);
[[nodiscard]] std::string text_at(const Reference<css::sheet::XSpreadsheet>& sheet, const std::string& cell);
[[nodiscard]] Reference<css::table::XCell> cell_at(const Reference<css::sheet::XSpreadsheet>& sheet,
                                                   const std::string& cell);
/// Where the value of a setting stands in « Paramètres ».
[[nodiscard]] std::string setting_cell(const Reference<css::frame::XModel>& model,
                                       const std::string& setting);
/// The strings shown in a database range, row by row, header included.
[[nodiscard]] std::vector<std::vector<std::string>> table(const Reference<css::frame::XModel>& model,
                                                          const std::string& range);
/// Everything a person reads, sheet by sheet: to compare a document with itself.
[[nodiscard]] std::string all_text(const Reference<css::frame::XModel>& model);
void undo(const Reference<css::frame::XModel>& model);
void redo(const Reference<css::frame::XModel>& model);
void store(const Reference<css::frame::XModel>& model, const std::filesystem::path& path,
           const std::string& filter = "calc8");
/// File > Save as: the document then lives at that place. (7.4 exports no PDF of
/// a document with links that was never saved.)
void store_as(const Reference<css::frame::XModel>& model, const std::filesystem::path& path);
void close(const Reference<css::frame::XModel>& model);

} // namespace office_test
