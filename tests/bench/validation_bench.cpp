// Validation of 10,000 dispositifs against the tables of Haute-Loire, in memory,
// without the office. Prints the milliseconds (target: under 300).
//
//   bench_validation [rows] [templates]

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "core/validation.hpp"
#include "dispositifs.hpp"

using namespace pacte;
using namespace std::chrono_literals;

namespace {

using Clock = std::chrono::steady_clock;
using Fields = std::map<std::string, Cell>;

double milliseconds_since(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

Cell text(std::string written) { return written; }

/// Makes tables as the workbook has them, with a generator that gives the same
/// rows in every run.
class Diagnosis {
public:
    Diagnosis(const Schemas& schemas, const Cog& cog) : schemas_(schemas), cog_(cog)
    {
        for (const auto& schema : schemas.tables()) {
            auto& table = tables[schema.name];
            table.name = schema.name;
            table.sheet = schema.sheet;
            for (const auto& field : schema.fields)
                if (field.per_year.empty())
                    table.headers.push_back(field.title);
        }
        add_territory();
        add_thematiques();
    }

    void add_dispositifs(int count)
    {
        bench::Dispositifs dispositifs(cog_, "43", thematiques_);
        for (int i = 0; i < count; ++i)
            add("dispositifs", dispositifs.next());
    }

    std::map<std::string, Table> tables;

private:
    void add(const std::string& name, const Fields& fields)
    {
        auto& table = tables[name];
        const auto [columns, added] = columns_.try_emplace(name, schemas_.table(name), table);
        table.rows.emplace_back(table.headers.size());
        for (const auto& [field, cell] : fields)
            table.rows.back()[static_cast<std::size_t>(columns->second.index(field))] = cell;
    }

    void add_territory()
    {
        add("parametres", {{"cle", text("territoire")}, {"valeur", text("Haute-Loire")}});
        add("parametres", {{"cle", text("code du territoire")}, {"valeur", text("43")}});
        tables["besoins"].headers.emplace_back("MENAGES");
        for (const auto* epci : cog_.epcis_of("43")) {
            add("territoires", {{"code_epci", text(epci->siren)},
                                {"nom", text(epci->name)},
                                {"nature", text(epci->nature)},
                                {"population", static_cast<double>(epci->population)},
                                {"retenu", text("oui")}});
            add("besoins", {{"code_epci", text(epci->siren)}, {"nom", text(epci->name)}});
            tables["besoins"].rows.back().back() = static_cast<double>(epci->population) / 2.0;
            for (const auto* commune : cog_.members(epci->siren))
                add("communes", {{"code_insee", text(commune->code)},
                                 {"nom", text(commune->name)},
                                 {"code_epci", text(commune->epci)},
                                 {"population", static_cast<double>(commune->population)}});
        }
    }

    void add_thematiques()
    {
        add("variables", {{"code", text("MENAGES")},
                          {"libelle", text("Ménages")},
                          {"nature", text("effectif")},
                          {"source", text("Insee")},
                          {"millesime", 2021.0}});
        for (int axe = 1; axe <= 4; ++axe)
            for (int rank = 1; rank <= 6; ++rank) {
                const auto code = std::to_string(axe) + "." + std::to_string(rank);
                thematiques_.emplace_back(axe, code);
                add("thematiques", {{"code", text(code)},
                                    {"axe", static_cast<double>(axe)},
                                    {"question", text("Quelle question ?")},
                                    {"intitule_court", text("question " + code)},
                                    {"retenue", text("oui")},
                                    {"besoin", text("MENAGES")}});
            }
        for (const auto* const code : {"PDI", "PTI", "CRTE"})
            add("schemas", {{"code", text(code)}, {"intitule", text(code)}});
    }

    const Schemas& schemas_;
    const Cog& cog_;
    std::map<std::string, Columns> columns_;
    std::vector<std::pair<int, std::string>> thematiques_;
};

void print_codes(const std::vector<Finding>& findings)
{
    std::map<std::string, int> counts;
    for (const auto& finding : findings)
        ++counts[finding.code];
    for (const auto& [code, count] : counts)
        std::printf("  %s %d\n", code.c_str(), count);
}

} // namespace

int main(int argc, char** argv)
{
    const int rows = argc > 1 ? std::atoi(argv[1]) : 10'000;
    const std::filesystem::path templates = argc > 2 ? argv[2] : PACTE_TEMPLATES;

    auto start = Clock::now();
    const auto schemas = Schemas::load(templates);
    std::printf("schemas read: %.1f ms\n", milliseconds_since(start));
    start = Clock::now();
    const auto cog = Cog::load(templates / "territoire");
    std::printf("COG read: %.1f ms\n", milliseconds_since(start));

    Diagnosis diagnosis(schemas, cog);
    diagnosis.add_dispositifs(rows);
    double best = 1e9;
    FindingList list;
    for (int run = 0; run < 5; ++run) {
        list.findings.clear();
        start = Clock::now();
        validate({schemas, diagnosis.tables, &cog, Date{2026y / 3 / 15}}, list);
        best = std::min(best, milliseconds_since(start));
    }
    std::printf("validation of %d dispositifs: %.1f ms, %zu findings (target 300 ms)\n", rows, best,
                list.findings.size());
    print_codes(list.findings);
    return 0;
}
