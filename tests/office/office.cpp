#include "office.hpp"

#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <iostream>
#include <mutex>
#include <stdexcept>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/bridge/UnoUrlResolver.hpp>
#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/container/XNameAccess.hpp>
#include <com/sun/star/deployment/ExtensionManager.hpp>
#include <com/sun/star/document/XUndoManagerSupplier.hpp>
#include <com/sun/star/frame/Desktop.hpp>
#include <com/sun/star/frame/DispatchHelper.hpp>
#include <com/sun/star/frame/DispatchResultState.hpp>
#include <com/sun/star/frame/XController.hpp>
#include <com/sun/star/frame/XDispatchHelper.hpp>
#include <com/sun/star/frame/XDispatchProvider.hpp>
#include <com/sun/star/frame/XDispatchResultListener.hpp>
#include <com/sun/star/frame/XNotifyingDispatch.hpp>
#include <com/sun/star/frame/XStatusListener.hpp>
#include <com/sun/star/frame/XStorable.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XCellRangeData.hpp>
#include <com/sun/star/sheet/XDatabaseRange.hpp>
#include <com/sun/star/sheet/XSpreadsheetView.hpp>
#include <com/sun/star/sheet/XUsedAreaCursor.hpp>
#include <com/sun/star/task/XInteractionApprove.hpp>
#include <com/sun/star/task/XInteractionHandler.hpp>
#include <com/sun/star/text/XTextRange.hpp>
#include <com/sun/star/ucb/XCommandEnvironment.hpp>
#include <com/sun/star/util/URL.hpp>
#include <com/sun/star/util/URLTransformer.hpp>
#include <com/sun/star/util/XCloseable.hpp>
#include <com/sun/star/view/XSelectionSupplier.hpp>
#include <cppuhelper/bootstrap.hxx>
#include <cppuhelper/implbase1.hxx>
#include <cppuhelper/implbase2.hxx>
#include <osl/file.hxx>
#include <rtl/ref.hxx>

namespace office_test {

namespace {

using namespace std::chrono_literals;
using css::uno::Sequence;

constexpr auto longest_start = 60s;
constexpr auto longest_command = 120s;
constexpr const char* extension_id = "org.pacte.calc";
constexpr const char* program = PACTE_OFFICE_PROGRAM;

/// Approves what an installation asks (the licence).
class Environment final
    : public cppu::WeakImplHelper2<css::ucb::XCommandEnvironment, css::task::XInteractionHandler> {
public:
    Reference<css::task::XInteractionHandler> SAL_CALL getInteractionHandler() override { return this; }
    Reference<css::ucb::XProgressHandler> SAL_CALL getProgressHandler() override { return {}; }
    void SAL_CALL handle(const Reference<css::task::XInteractionRequest>& request) override
    {
        for (const auto& continuation : request->getContinuations()) {
            const Reference<css::task::XInteractionApprove> approve(continuation, UNO_QUERY);
            if (approve.is())
                return approve->select();
        }
    }
};

class ResultListener final : public cppu::WeakImplHelper1<css::frame::XDispatchResultListener> {
public:
    void SAL_CALL dispatchFinished(const css::frame::DispatchResultEvent& event) override
    {
        const std::lock_guard lock(mutex_);
        outcome_.done = event.State == css::frame::DispatchResultState::SUCCESS;
        OUString text;
        if (event.Result >>= text)
            outcome_.sentence = utf8(text);
        finished_ = true;
        condition_.notify_all();
    }
    void SAL_CALL disposing(const css::lang::EventObject&) override {}

    Outcome wait(const Office& office)
    {
        const auto deadline = std::chrono::steady_clock::now() + longest_command;
        std::unique_lock lock(mutex_);
        while (!condition_.wait_for(lock, 200ms, [&] { return finished_; })) {
            if (!office.is_alive())
                throw std::runtime_error("the office ended during the command");
            if (std::chrono::steady_clock::now() > deadline)
                throw std::runtime_error("the command did not end");
        }
        return outcome_;
    }

private:
    std::mutex mutex_;
    std::condition_variable condition_;
    bool finished_ = false;
    Outcome outcome_;
};

class StatusListener final : public cppu::WeakImplHelper1<css::frame::XStatusListener> {
public:
    void SAL_CALL statusChanged(const css::frame::FeatureStateEvent& event) override
    {
        enabled = event.IsEnabled;
    }
    void SAL_CALL disposing(const css::lang::EventObject&) override {}

    bool enabled = false;
};

std::string unique_name(const char* prefix)
{
    static int counter = 0;
    return std::string(prefix) + "-" + std::to_string(getpid()) + "-" + std::to_string(++counter);
}

void write_settings(const std::filesystem::path& profile, const std::string& language)
{
    std::filesystem::create_directories(profile / "user");
    std::ofstream file(profile / "user" / "registrymodifications.xcu");
    const auto item = [&](const char* path, const char* name, const std::string& value) {
        file << "<item oor:path=\"" << path << "\"><prop oor:name=\"" << name << "\" oor:op=\"fuse\"><value>"
             << value << "</value></prop></item>\n";
    };
    file << R"(<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
)";
    item("/org.openoffice.Office.Linguistic/General", "UILocale", language);
    item("/org.openoffice.Setup/L10N", "ooLocale", language);
    item("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", language == "fr" ? "fr-FR" : "en-US");
    item("/org.openoffice.Office.Common/Misc", "ShowTipOfTheDay", "false");
    item("/org.openoffice.Setup/Product", "ooSetupLastVersion", "7.4");
    item("/org.openoffice.Office.UI.ToolbarMode", "LastInUse", "");
    file << "</oor:items>\n";
}

Reference<css::uno::XComponentContext> local_context()
{
    static const Reference<css::uno::XComponentContext> context = [] {
        const std::string bootstrap = std::string("vnd.sun.star.pathname:") + program + "/fundamentalrc";
        setenv("URE_BOOTSTRAP", bootstrap.c_str(), 1);
        return cppu::defaultBootstrap_InitialComponentContext();
    }();
    return context;
}

Reference<css::uno::XComponentContext> connect(const std::string& pipe)
{
    const auto resolver = css::bridge::UnoUrlResolver::create(local_context());
    const OUString url = ustring("uno:pipe,name=" + pipe + ";urp;StarOffice.ComponentContext");
    const auto deadline = std::chrono::steady_clock::now() + longest_start;
    while (true) {
        try {
            return {resolver->resolve(url), UNO_QUERY_THROW};
        } catch (const css::uno::Exception&) {
            if (std::chrono::steady_clock::now() > deadline)
                throw std::runtime_error("the office did not start");
            std::this_thread::sleep_for(20ms);
        }
    }
}

pid_t spawn(const std::vector<std::string>& arguments, const std::filesystem::path& log,
            const std::optional<SmallDisk>& disk)
{
    std::vector<char*> raw;
    for (const std::string& argument : arguments)
        raw.push_back(const_cast<char*>(argument.c_str()));
    raw.push_back(nullptr);
    const pid_t child = fork();
    if (child == 0) {
        setpgid(0, 0); // the launcher and the office it starts end together
        const int output = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
        dup2(output, STDOUT_FILENO);
        dup2(output, STDERR_FILENO);
        if (disk && !mount_alone(*disk))
            _exit(126);
        execv(raw[0], raw.data());
        _exit(127);
    }
    return child;
}

css::util::URL parsed(const Reference<css::uno::XComponentContext>& context, const std::string& command)
{
    css::util::URL url;
    url.Complete = ustring("org.pacte.calc:" + command);
    css::util::URLTransformer::create(context)->parseStrict(url);
    return url;
}

Reference<css::frame::XDispatch> dispatch_of(const Reference<css::uno::XComponentContext>& context,
                                             const Reference<css::frame::XModel>& model,
                                             const std::string& command)
{
    const Reference<css::frame::XDispatchProvider> provider(model->getCurrentController()->getFrame(),
                                                            UNO_QUERY_THROW);
    auto dispatch = provider->queryDispatch(parsed(context, command), "_self", 0);
    if (!dispatch.is())
        throw std::runtime_error("no command « " + command + " »: is the extension installed?");
    return dispatch;
}

Reference<css::document::XUndoManager> undo_manager(const Reference<css::frame::XModel>& model)
{
    return Reference<css::document::XUndoManagerSupplier>(model, UNO_QUERY_THROW)->getUndoManager();
}

/// A real window would ask whether to save what changed.
void close_documents(const Reference<css::frame::XDesktop2>& desktop)
{
    std::vector<Reference<css::util::XCloseable>> documents;
    const auto components = desktop->getComponents()->createEnumeration();
    while (components->hasMoreElements())
        documents.emplace_back(components->nextElement(), UNO_QUERY);
    for (const auto& document : documents)
        if (document.is())
            document->close(true);
}

css::table::CellRangeAddress used_area(const Reference<css::sheet::XSpreadsheet>& sheet)
{
    const Reference<css::sheet::XUsedAreaCursor> cursor(sheet->createCursor(), UNO_QUERY_THROW);
    cursor->gotoStartOfUsedArea(false);
    cursor->gotoEndOfUsedArea(true);
    return Reference<css::sheet::XCellRangeAddressable>(cursor, UNO_QUERY_THROW)->getRangeAddress();
}

} // namespace

std::string utf8(const OUString& text)
{
    return rtl::OUStringToOString(text, RTL_TEXTENCODING_UTF8).getStr();
}

OUString ustring(const std::string& text)
{
    return {text.data(), static_cast<sal_Int32>(text.size()), RTL_TEXTENCODING_UTF8};
}

OUString file_url(const std::filesystem::path& path)
{
    OUString url;
    osl::FileBase::getFileURLFromSystemPath(ustring(std::filesystem::absolute(path).string()), url);
    return url;
}

Profile::Profile(const std::string& language) : Profile(language, {}) {}

Profile::Profile(const std::string& language, std::filesystem::path shared_extensions)
    : folder_(std::filesystem::temp_directory_path() / unique_name("pacte-profile")),
      shared_extensions_(std::move(shared_extensions))
{
    write_settings(folder_, language);
}

std::vector<std::string> Profile::arguments() const
{
    std::vector<std::string> arguments{"-env:UserInstallation=" + utf8(file_url(folder_))};
    if (!shared_extensions_.empty())
        arguments.push_back("-env:UNO_SHARED_PACKAGES_CACHE=" + utf8(file_url(shared_extensions_)));
    return arguments;
}

Profile::~Profile()
{
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

Office::Office(const Profile& profile, Window window, const std::optional<SmallDisk>& disk)
    : pipe_(unique_name("pacte"))
{
    const auto start = std::chrono::steady_clock::now();
    // tests/compat: an office of another version, in a system of its own.
    std::vector<std::string> arguments;
    if (const char* system = std::getenv("PACTE_OFFICE_SYSTEM"))
        arguments = {"/usr/sbin/chroot", system};
    for (const std::string& argument :
         std::vector<std::string>{std::string(program) + "/soffice", "--norestore", "--nologo", "--nodefault",
                                  "--nofirststartwizard", "--accept=pipe,name=" + pipe_ + ";urp;"})
        arguments.push_back(argument);
    for (const std::string& argument : profile.arguments())
        arguments.push_back(argument);
    if (window == Window::none)
        arguments.push_back("--headless");
    process_ = spawn(arguments, profile.folder() / "office.log", disk);
    context_ = connect(pipe_);
    start_time_ =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
}

Office::~Office() { stop(); }

void Office::stop()
{
    if (process_ < 0)
        return;
    try {
        close_documents(desktop());
        desktop()->terminate();
    } catch (const css::uno::Exception&) {
        // The bridge breaks when the office ends: that is what was asked.
    }
    context_.clear();
    for (int i = 0; i < 500; ++i) {
        if (waitpid(process_, &exit_status_, WNOHANG) == process_) {
            process_ = -1;
            return;
        }
        std::this_thread::sleep_for(20ms);
    }
    kill(-process_, SIGKILL);
    waitpid(process_, &exit_status_, 0);
    process_ = -1;
}

bool Office::is_alive() const
{
    return process_ > 0 && kill(process_, 0) == 0 && waitpid(process_, nullptr, WNOHANG) == 0;
}

void Office::freeze() const { kill(-process_, SIGSTOP); }

void Office::thaw() const { kill(-process_, SIGCONT); }

std::vector<pid_t> Office::processes() const
{
    std::vector<pid_t> processes;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        const std::string name = entry.path().filename().string();
        if (name.find_first_not_of("0123456789") == std::string::npos && getpgid(std::stoi(name)) == process_)
            processes.push_back(std::stoi(name)); // they are one group
    }
    return processes;
}

std::set<std::string> Office::mapped_files() const
{
    std::set<std::string> files;
    for (const pid_t process : processes()) {
        std::ifstream maps("/proc/" + std::to_string(process) + "/maps");
        for (std::string line; std::getline(maps, line);)
            if (const auto path = line.find('/'); path != std::string::npos)
                files.insert(line.substr(path));
    }
    return files;
}

Reference<css::frame::XDesktop2> Office::desktop() const { return css::frame::Desktop::create(context_); }

void Office::install(const std::filesystem::path& oxt)
{
    css::deployment::ExtensionManager::get(context_)->addExtension(
        file_url(oxt), Sequence<css::beans::NamedValue>(), "user", {}, new Environment);
}

void Office::uninstall()
{
    css::deployment::ExtensionManager::get(context_)->removeExtension(ustring(extension_id), OUString(),
                                                                      "user", {}, new Environment);
}

std::string Office::installed_version() const
{
    const auto all = css::deployment::ExtensionManager::get(context_)->getAllExtensions({}, new Environment);
    for (const auto& of_one_identifier : all)
        for (const auto& extension : of_one_identifier)
            if (extension.is() && extension->getIdentifier().Value == ustring(extension_id))
                return utf8(extension->getVersion());
    return {};
}

Reference<css::frame::XModel> Office::open(const OUString& url, bool hidden)
{
    Sequence<css::beans::PropertyValue> how(1);
    how[0].Name = "Hidden";
    how[0].Value <<= hidden;
    const Reference<css::frame::XModel> model(desktop()->loadComponentFromURL(url, "_blank", 0, how),
                                              UNO_QUERY);
    if (!model.is())
        throw std::runtime_error("the office could not open " + utf8(url));
    return model;
}

Reference<css::frame::XModel> Office::active() const { return {desktop()->getCurrentComponent(), UNO_QUERY}; }

Outcome Office::run(const Reference<css::frame::XModel>& model, const std::string& command,
                    const Arguments& arguments)
{
    Sequence<css::beans::PropertyValue> values(static_cast<sal_Int32>(arguments.size()));
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        values[static_cast<sal_Int32>(i)].Name = ustring(arguments[i].first);
        values[static_cast<sal_Int32>(i)].Value = arguments[i].second;
    }
    const rtl::Reference<ResultListener> listener(new ResultListener);
    Reference<css::frame::XNotifyingDispatch>(dispatch_of(context_, model, command), UNO_QUERY_THROW)
        ->dispatchWithNotification(parsed(context_, command), values, listener.get());
    return listener->wait(*this);
}

bool Office::is_enabled(const Reference<css::frame::XModel>& model, const std::string& command)
{
    const rtl::Reference<StatusListener> listener(new StatusListener);
    const auto url = parsed(context_, command);
    const auto dispatch = dispatch_of(context_, model, command);
    dispatch->addStatusListener(listener.get(), url);
    dispatch->removeStatusListener(listener.get(), url);
    return listener->enabled;
}

void Office::dispatch(const Reference<css::frame::XModel>& model, const char* command,
                      const Sequence<css::beans::PropertyValue>& arguments)
{
    css::frame::DispatchHelper::create(context_)->executeDispatch(
        Reference<css::frame::XDispatchProvider>(model->getCurrentController()->getFrame(), UNO_QUERY_THROW),
        OUString::createFromAscii(command), OUString(), 0, arguments);
}

void Office::enter(const Reference<css::frame::XModel>& model, const std::string& sheet_name,
                   const std::string& cell, const std::string& text)
{
    const auto controller = model->getCurrentController();
    const auto where = sheet(model, sheet_name);
    Reference<css::sheet::XSpreadsheetView>(controller, UNO_QUERY_THROW)->setActiveSheet(where);
    Reference<css::view::XSelectionSupplier>(controller, UNO_QUERY_THROW)
        ->select(css::uno::makeAny(where->getCellRangeByName(ustring(cell))));
    Sequence<css::beans::PropertyValue> arguments(1);
    arguments[0].Name = "StringName";
    arguments[0].Value <<= ustring(text);
    dispatch(model, ".uno:EnterString", arguments);
}

bool soon(const std::function<bool()>& holds)
{
    for (int i = 0; i < 300; ++i) {
        if (holds())
            return true;
        std::this_thread::sleep_for(10ms);
    }
    return false;
}

Reference<css::sheet::XSpreadsheet> sheet(const Reference<css::frame::XModel>& model, const std::string& name)
{
    const auto sheets = Reference<css::sheet::XSpreadsheetDocument>(model, UNO_QUERY_THROW)->getSheets();
    return {sheets->getByName(ustring(name)), UNO_QUERY_THROW};
}

std::vector<std::string> sheet_names(const Reference<css::frame::XModel>& model)
{
    std::vector<std::string> names;
    const auto sheets = Reference<css::sheet::XSpreadsheetDocument>(model, UNO_QUERY_THROW)->getSheets();
    for (const OUString& name : sheets->getElementNames())
        names.push_back(utf8(name));
    return names;
}

Reference<css::table::XCell> cell_at(const Reference<css::sheet::XSpreadsheet>& where,
                                     const std::string& cell)
{
    return where->getCellRangeByName(ustring(cell))->getCellByPosition(0, 0);
}

std::string text_at(const Reference<css::sheet::XSpreadsheet>& where, const std::string& cell)
{
    return utf8(Reference<css::text::XTextRange>(cell_at(where, cell), UNO_QUERY_THROW)->getString());
}

std::string setting_cell(const Reference<css::frame::XModel>& model, const std::string& setting)
{
    const auto settings = sheet(model, "Paramètres");
    for (int row = 1; row < 100; ++row)
        if (text_at(settings, "A" + std::to_string(row)) == setting)
            return "B" + std::to_string(row);
    throw std::runtime_error("no setting « " + setting + " »");
}

namespace {

/// A text is shown as it is; only what a format shows is asked for, cell by cell.
std::vector<std::vector<std::string>> shown(const Reference<css::sheet::XSpreadsheet>& where,
                                            const css::table::CellRangeAddress& area)
{
    const auto range =
        where->getCellRangeByPosition(area.StartColumn, area.StartRow, area.EndColumn, area.EndRow);
    const Sequence<Sequence<Any>> data =
        Reference<css::sheet::XCellRangeData>(range, UNO_QUERY_THROW)->getDataArray();
    std::vector<std::vector<std::string>> rows;
    for (sal_Int32 row = 0; row < data.getLength(); ++row) {
        std::vector<std::string> line;
        for (sal_Int32 column = 0; column < data[row].getLength(); ++column) {
            OUString text;
            const bool is_text = data[row][column] >>= text;
            line.push_back(utf8(is_text ? text
                                        : Reference<css::text::XTextRange>(
                                              range->getCellByPosition(column, row), UNO_QUERY_THROW)
                                              ->getString()));
        }
        rows.push_back(std::move(line));
    }
    return rows;
}

} // namespace

std::vector<std::vector<std::string>> table(const Reference<css::frame::XModel>& model,
                                            const std::string& range)
{
    const Reference<css::beans::XPropertySet> properties(model, UNO_QUERY_THROW);
    const Reference<css::container::XNameAccess> ranges(properties->getPropertyValue("DatabaseRanges"),
                                                        UNO_QUERY_THROW);
    const Reference<css::sheet::XDatabaseRange> found(ranges->getByName(ustring(range)), UNO_QUERY_THROW);
    css::table::CellRangeAddress area = found->getDataArea();
    const Reference<css::container::XIndexAccess> sheets(
        Reference<css::sheet::XSpreadsheetDocument>(model, UNO_QUERY_THROW)->getSheets(), UNO_QUERY_THROW);
    const Reference<css::sheet::XSpreadsheet> where(sheets->getByIndex(area.Sheet), UNO_QUERY_THROW);
    area.EndRow = std::min(area.EndRow, used_area(where).EndRow);
    return shown(where, area);
}

std::string all_text(const Reference<css::frame::XModel>& model)
{
    std::string text;
    for (const std::string& name : sheet_names(model)) {
        const auto where = sheet(model, name);
        text += "## " + name + "\n";
        for (const auto& row : shown(where, used_area(where))) {
            for (const std::string& cell : row)
                text += cell + "|";
            text += "\n";
        }
    }
    return text;
}

void undo(const Reference<css::frame::XModel>& model) { undo_manager(model)->undo(); }

void redo(const Reference<css::frame::XModel>& model) { undo_manager(model)->redo(); }

void store(const Reference<css::frame::XModel>& model, const std::filesystem::path& path,
           const std::string& filter)
{
    Sequence<css::beans::PropertyValue> how(1);
    how[0].Name = "FilterName";
    how[0].Value <<= ustring(filter);
    Reference<css::frame::XStorable>(model, UNO_QUERY_THROW)->storeToURL(file_url(path), how);
}

void store_as(const Reference<css::frame::XModel>& model, const std::filesystem::path& path)
{
    Sequence<css::beans::PropertyValue> how(1);
    how[0].Name = "FilterName";
    how[0].Value <<= OUString("calc8");
    Reference<css::frame::XStorable>(model, UNO_QUERY_THROW)->storeAsURL(file_url(path), how);
}

void close(const Reference<css::frame::XModel>& model)
{
    Reference<css::util::XCloseable>(model, UNO_QUERY_THROW)->close(true);
}

} // namespace office_test
