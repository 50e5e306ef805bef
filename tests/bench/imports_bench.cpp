// The large files that an import meets, made from their public layouts:
//
//   bench_imports [FOLDER]
//
// 35,000 communes × 30 columns (CSV), previewed then brought to the EPCI; the
// services of data·inclusion for all of France (schema 1.0, about 200 MB of
// JSON), kept to Haute-Loire and its margin. FOLDER keeps the files. `bench_office
// imports` times the first of them in the real office.

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <random>
#include <sys/resource.h>

#include "core/cog.hpp"
#include "core/need_figures.hpp"
#include "core/offer_source.hpp"
#include "geo/offer_places.hpp"
#include "needs_file.hpp"

using namespace pacte;
namespace fs = std::filesystem;

namespace {

constexpr const char* departement = "43";

double seconds_of(const std::function<void()>& work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Since the start of the process.
long peak_mb()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

void needs(const fs::path& folder, const Cog& cog)
{
    const fs::path path = folder / "besoins-2021.csv";
    bench::write_needs(path, cog);
    const KnownVariables known =
        KnownVariables::load(fs::path(PACTE_TEMPLATES) / "imports" / "variables.csv");
    NeedTerritory territory;
    for (const EpciRecord* epci : cog.epcis_of(departement)) {
        territory.epcis.emplace(epci->siren, epci->name);
        for (const Commune* commune : cog.members(epci->siren))
            territory.epci_of.emplace(commune->code, epci->siren);
    }
    SourceFile file;
    NeedLayout layout;
    NeedImport import;
    std::vector<std::vector<std::string>> preview;
    const double shown = seconds_of([&] {
        file = read_delimited(path);
        layout = find_need_layout(file, cog, known);
        preview = preview_of(file, layout, 20);
    });
    const double brought = seconds_of([&] { import = import_needs(file, layout, territory, cog); });
    std::cout << "CSV, " << file.sheets[0].rows() - 1 << " communes × " << file.sheets[0].columns()
              << " columns (" << fs::file_size(path) / 1'000'000 << " MB): preview " << shown
              << " s, import to the EPCI " << brought << " s (" << import.rows_matched << " communes, "
              << import.results.size() << " variables), " << peak_mb() << " MB at most\n";
}

void write_services(const fs::path& path, const Cog& cog)
{
    constexpr int services = 120'000;
    const std::string description(700, 'a');
    const std::string precisions(250, 'b');
    std::mt19937 random(4);
    std::uniform_int_distribution<std::size_t> anywhere(0, cog.communes().size() - 1);
    std::ofstream file(path);
    file << '[';
    for (int i = 0; i < services; ++i) {
        const Commune& commune = cog.communes()[anywhere(random)];
        file << (i == 0 ? "\n" : ",\n") << R"({"id":"dora--)" << i
             << R"(","source":"dora","structure_id":"dora--s)" << i / 3 << R"(","nom":"Accompagnement n° )"
             << i << R"(","description":")" << description
             << R"(","lien_source":"https://dora.inclusion.gouv.fr/services/)" << i
             << R"(","thematiques":["mobilite--se-deplacer-sans-permis-etou-sans-vehicule-personnel",)"
             << R"("numerique--maitriser-les-fondamentaux-du-numerique"],"type":"accompagnement",)"
             << R"("publics":["demandeurs-emploi","jeunes"],"publics_precisions":")" << precisions
             << R"(","conditions_acces":")" << precisions
             << R"(","frais":"gratuit","telephone":"0400000000","courriel":"contact@exemple.fr",)"
             << R"("modes_accueil":["en-presentiel"],"modes_mobilisation":["telephoner"],)"
             << R"("mobilisable_par":["usagers","professionnels"],"zone_eligibilite":[")"
             << commune.departement << R"("],"horaires_accueil":"Mo-Fr 09:00-12:00","nombre_semaines":null,)"
             << R"("volume_horaire_hebdomadaire":null,"adresse":")" << i % 200
             << R"( rue de la Mairie","code_postal":"43000","commune":")" << commune.name
             << R"(","code_insee":")" << commune.code << R"(","date_maj":"2026-02-14",)";
        if (commune.point)
            file << R"("latitude":)" << commune.point->latitude << R"(,"longitude":)"
                 << commune.point->longitude << '}';
        else
            file << R"("latitude":null,"longitude":null})";
    }
    file << "\n]\n";
}

void services(const fs::path& folder, const Cog& cog)
{
    const fs::path path = folder / "services-france.json";
    write_services(path, cog);
    std::vector<CommuneRow> communes;
    for (const Commune& commune : cog.communes())
        if (commune.departement == departement)
            communes.push_back({commune.code, commune.name, commune.epci,
                                static_cast<double>(commune.population), commune.point});
    std::size_t kept = 0;
    OfferReading reading;
    const double time = seconds_of([&] {
        const geo::OfferLocator locator(cog, communes, 30.0);
        reading = read_offers_json(path, [&](OfferRecord&& record) {
            geo::LocatedOffer located;
            kept += locator.locate(record, located) == geo::OfferLocator::Verdict::kept ? 1 : 0;
        });
    });
    std::cout << "data·inclusion, " << reading.records << " services (" << fs::file_size(path) / 1'000'000
              << " MB): " << kept << " kept in " << time << " s, " << peak_mb() << " MB at most\n";
}

} // namespace

int main(int argc, char** argv)
{
    const bool keeps = argc > 1;
    const fs::path folder = keeps ? fs::path(argv[1]) : fs::temp_directory_path() / "pacte-bench-imports";
    fs::create_directories(folder);
    const Cog cog = Cog::load(fs::path(PACTE_TEMPLATES) / "territoire");
    services(folder, cog);
    needs(folder, cog);
    if (!keeps)
        fs::remove_all(folder);
    return 0;
}
