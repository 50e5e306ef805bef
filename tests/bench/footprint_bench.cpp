// What the installed extension costs a workstation: the time of its installation,
// the memory of an office that has it and does nothing with it, and the memory of
// the whole job on Haute-Loire.
//
//   bench_footprint

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "office.hpp"

using namespace office_test;
namespace fs = std::filesystem;

namespace {

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

// ---- Installation

/// For all users, as `unopkg add --shared` does it for an administrator.
double installation_seconds(const fs::path& folder)
{
    const Profile administrator("fr", folder);
    std::string command =
        std::string(PACTE_OFFICE_PROGRAM) + "/unopkg add --shared --suppress-license '" + PACTE_OXT + "'";
    for (const std::string& argument : administrator.arguments())
        command += " '" + argument + "'";
    const auto start = std::chrono::steady_clock::now();
    if (std::system((command + " >/dev/null 2>&1").c_str()) != 0)
        throw std::runtime_error("unopkg failed");
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void bench_installation()
{
    std::vector<double> times;
    for (int i = 0; i < 3; ++i) {
        const fs::path folder = fs::temp_directory_path() / ("pacte-shared-" + std::to_string(i));
        times.push_back(installation_seconds(folder));
        fs::remove_all(folder);
    }
    std::printf("unopkg add: %.1f s (median of %zu; wanted: at most 5 s)\n", median(times), times.size());
}

// ---- Memory

/// One line of a file of /proc, summed over the office's processes, in megabytes.
double megabytes(const Office& office, const char* file, const std::string& key)
{
    double kilobytes = 0.0;
    for (const pid_t process : office.processes()) {
        std::ifstream lines("/proc/" + std::to_string(process) + "/" + file);
        for (std::string line; std::getline(lines, line);)
            if (line.starts_with(key + ":"))
                kilobytes += std::stod(line.substr(key.size() + 1));
    }
    return kilobytes / 1024.0;
}

Reference<css::frame::XModel> settled_spreadsheet(Office& office)
{
    const auto model = office.new_spreadsheet();
    std::this_thread::sleep_for(std::chrono::seconds(3)); // what it loads in its idle time
    return model;
}

/// What the office has for itself, and its share of what it has in common with others.
double idle_memory(const Profile& profile)
{
    Office office(profile, Window::none);
    (void)settled_spreadsheet(office);
    return megabytes(office, "smaps_rollup", "Pss");
}

/// The most that the office had at once.
double peak(const Office& office) { return megabytes(office, "status", "VmHWM"); }

void run(Office& office, const Reference<css::frame::XModel>& model, const char* command,
         const Arguments& arguments = {})
{
    const Outcome outcome = office.run(model, command, arguments);
    if (!outcome.done)
        throw std::runtime_error(command + (": " + outcome.sentence));
}

double job_memory(const Profile& profile, const fs::path& folder)
{
    Office office(profile, Window::none);
    const auto start = office.new_spreadsheet();
    run(office, start, "exemple");
    const auto model = office.active();
    close(start);
    const auto step = [&](const char* command, const Arguments& arguments = {}) {
        run(office, model, command, arguments);
        std::printf("  %s: %.0f MB\n", command, peak(office));
    };
    std::printf("  exemple: %.0f MB\n", peak(office));
    step("valider");
    step("couverture");
    if (const char* data = std::getenv("PACTE_DATA"))
        step("contours", {{"Fichier", css::uno::makeAny(file_url(fs::path(data) / "contours" /
                                                                 "epci-43-haute-loire.geojson"))}});
    step("cartes");
    step("fiches");
    step("synthese");
    store_as(model, folder / "diagnostic.ods");
    std::printf("  saved: %.0f MB\n", peak(office));
    store(model, folder / "diagnostic.pdf", "calc_pdf_Export");
    return peak(office);
}

struct OfficeMemory {
    double blank = 0.0;
    double same_workbook = 0.0;
};

/// An office without Pacte, that opens the finished workbook and prints it.
OfficeMemory office_memory(const Profile& profile, const fs::path& folder)
{
    Office office(profile, Window::none);
    (void)office.new_spreadsheet();
    const double blank = peak(office);
    const auto model = office.open(file_url(folder / "diagnostic.ods"));
    store(model, folder / "again.pdf", "calc_pdf_Export");
    return {blank, peak(office)};
}

void bench_memory()
{
    const Profile bare;
    const Profile with;
    {
        Office first(bare, Window::none);
        Office other(with, Window::none);
        other.install(PACTE_OXT);
    }
    std::vector<double> differences;
    for (int i = 0; i < 5; ++i) {
        const double without = idle_memory(bare);
        differences.push_back(idle_memory(with) - without);
    }
    std::printf("an idle office: %+.1f MB with the extension (median of %zu differences; wanted: at most 5 "
                "MB)\n",
                median(differences), differences.size());

    const fs::path folder = fs::temp_directory_path() / "pacte-footprint";
    fs::create_directories(folder);
    const double job = job_memory(with, folder);
    const auto [blank, same_workbook] = office_memory(bare, folder);
    std::printf(
        "the whole job on Haute-Loire: %.0f MB at most; %.0f MB above an office without Pacte that opens "
        "and prints the same workbook (wanted: at most 150 MB), %.0f MB above a blank spreadsheet\n",
        job, job - same_workbook, job - blank);
    fs::remove_all(folder);
}

} // namespace

int main()
{
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    try {
        bench_installation();
        bench_memory();
        return EXIT_SUCCESS;
    } catch (const css::uno::Exception& exception) {
        std::fprintf(stderr, "LibreOffice: %s\n", utf8(exception.Message).c_str());
    } catch (const std::exception& exception) {
        std::fprintf(stderr, "%s\n", exception.what());
    }
    return EXIT_FAILURE;
}
