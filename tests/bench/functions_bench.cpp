// Times of the functions of Calc in the real office with the built extension:
//
//     bench_functions
//
// Three hundred cells on ten thousand dispositifs, recalculated and after one edit;
// all of France by the array function.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <random>

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/frame/XModel.hpp>
#include <com/sun/star/sheet/XArrayFormulaRange.hpp>
#include <com/sun/star/sheet/XCalculatable.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XDatabaseRanges.hpp>

#include "installed.hpp"
#include "laid_tables.hpp"

using namespace office_test;

namespace {

using pacte::Cell;
using Rows = std::vector<std::vector<Cell>>;
using Model = Reference<css::frame::XModel>;

double milliseconds(const std::function<void()>& work, int runs)
{
    double best = 1e300;
    for (int i = 0; i < runs; ++i) {
        const auto start = std::chrono::steady_clock::now();
        work();
        const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - start;
        best = std::min(best, time.count());
    }
    return best;
}

void print(const char* what, double time, double wanted)
{
    std::printf("%-66s %9.1f ms   wanted %6.0f   ratio %.2f\n", what, time, wanted, time / wanted);
}

std::string epci_code(std::size_t e) { return std::to_string(200000000 + e); }
std::string thematique_code(std::size_t t) { return std::to_string(1 + t % 4) + "." + std::to_string(t); }

void lay(const Model& model, const std::string& name, const Rows& rows)
{
    const auto where = lay_cells(model, name, rows);
    const Reference<css::sheet::XDatabaseRanges> ranges(
        Reference<css::beans::XPropertySet>(model, UNO_QUERY_THROW)->getPropertyValue("DatabaseRanges"),
        UNO_QUERY_THROW);
    const auto area = where->getCellRangeByPosition(0, 0, static_cast<sal_Int32>(rows.front().size()) - 1,
                                                    static_cast<sal_Int32>(rows.size()) - 1);
    ranges->addNewByName(
        ustring(name),
        Reference<css::sheet::XCellRangeAddressable>(area, UNO_QUERY_THROW)->getRangeAddress());
}

/// The tables of a diagnosis, the dispositifs as wide as in the workbook.
void lay_diagnosis(const Model& model, std::size_t epcis, std::size_t thematiques, std::size_t dispositifs)
{
    std::mt19937 random(43);
    Rows territories{
        {std::string("code EPCI"), std::string("nom"), std::string("population"), std::string("retenu")}};
    Rows communes{
        {std::string("code INSEE"), std::string("nom"), std::string("code EPCI"), std::string("population")}};
    Rows needs{{std::string("code EPCI"), std::string("nom")}};
    Rows themes{{std::string("code"), std::string("axe"), std::string("retenue"), std::string("besoin")}};
    for (std::size_t t = 0; t < thematiques; ++t) {
        needs[0].push_back("N" + std::to_string(t));
        themes.push_back(
            {thematique_code(t), 1.0 + static_cast<double>(t % 4), std::string("oui"), needs[0].back()});
    }
    for (std::size_t e = 0; e < epcis; ++e) {
        territories.push_back({epci_code(e), "CC " + std::to_string(e),
                               1000.0 + static_cast<double>(random() % 90000), std::string("oui")});
        communes.push_back({std::to_string(10000 + e), "Commune " + std::to_string(e), epci_code(e), 500.0});
        needs.push_back({epci_code(e), "CC " + std::to_string(e)});
        for (std::size_t t = 0; t < thematiques; ++t)
            needs.back().emplace_back(std::in_place_type<double>, 1.0 + static_cast<double>(random() % 2000));
    }
    Rows rows{{std::string("id"), std::string("axe"), std::string("thématique"), std::string("intitulé"),
               std::string("porteur principal"), std::string("public cible"), std::string("source"),
               std::string("partenaires"), std::string("difficultés rencontrées"),
               std::string("articulation"), std::string("territoire couvert"), std::string("répartition"),
               std::string("capacité"), std::string("date de début"), std::string("date de fin")}};
    for (std::size_t d = 0; d < dispositifs; ++d) {
        std::string zone = random() % 10 == 0 ? "département" : epci_code(random() % epcis);
        for (std::size_t more = random() % 5; more > 0; --more)
            zone += ";" + epci_code(random() % epcis);
        rows.push_back({"D-" + std::to_string(d), 1.0, thematique_code(random() % thematiques),
                        "Dispositif " + std::to_string(d), std::string("Conseil départemental"),
                        std::string("Tous publics"), std::string("Entretien"), std::string("CAF;MSA"),
                        std::string("Aucune"), std::string("À préciser"), zone, Cell(),
                        1.0 + static_cast<double>(random() % 500), Cell(), Cell()});
    }
    lay(model, "territoires", territories);
    lay(model, "communes", communes);
    lay(model, "parametres",
        {{std::string("clé"), std::string("valeur")},
         {std::string("date de référence"), std::string("2024-06-30")}});
    lay(model, "variables",
        {{std::string("code"), std::string("nature")}, {std::string("X"), std::string("effectif")}});
    lay(model, "besoins", needs);
    lay(model, "thematiques", themes);
    lay(model, "dispositifs", rows);
}

void three_hundred_cells(Office& office)
{
    const Model model = office.open("private:factory/scalc", true);
    lay_diagnosis(model, 11, 30, 10000);
    const auto where = lay_cells(model, "mesures", {{Cell()}});
    std::string last;
    for (std::size_t e = 0; e < 10; ++e)
        for (std::size_t t = 0; t < 30; ++t)
            where->getCellByPosition(static_cast<sal_Int32>(e), static_cast<sal_Int32>(t))
                ->setFormula(ustring("=PACTE.COVERAGE(dispositifs;besoins;thematiques;\"" + epci_code(e) +
                                     "\";\"" + thematique_code(t) + "\")"));
    const auto sum = where->getCellByPosition(20, 0);
    sum->setFormula("=SUM(A1:J30)");
    const Reference<css::sheet::XCalculatable> calculatable(model, UNO_QUERY_THROW);
    double read = 0.0;
    print("300 cells on 10,000 dispositifs, hard recalculation",
          milliseconds(
              [&] {
                  calculatable->calculateAll();
                  read += sum->getValue();
              },
              5),
          150.0);
    const auto capacity = sheet(model, "dispositifs")->getCellByPosition(12, 77);
    double next = 1.0;
    print("the same, after one edit of a cell",
          milliseconds(
              [&] {
                  capacity->setValue(next += 1.0);
                  read += sum->getValue();
              },
              5),
          50.0);
    std::printf("%s", read > 0.0 ? "" : "no figure\n");
    close(model);
}

void all_of_france(Office& office)
{
    const Model model = office.open("private:factory/scalc", true);
    lay_diagnosis(model, 1255, 30, 10000);
    const auto where = lay_cells(model, "mesures", {{Cell()}});
    const Reference<css::sheet::XArrayFormulaRange> array(where->getCellRangeByPosition(0, 0, 30, 1255),
                                                          UNO_QUERY_THROW);
    array->setArrayFormula("=PACTE.COVERAGE.TABLE(dispositifs;besoins;thematiques)");
    const auto corner = where->getCellByPosition(30, 1255);
    const auto capacity = sheet(model, "dispositifs")->getCellByPosition(12, 77);
    double read = 0.0;
    double next = 1.0;
    print("1,255 EPCI x 30 thématiques x 10,000 dispositifs, array function",
          milliseconds(
              [&] {
                  capacity->setValue(next += 1.0);
                  read += corner->getValue();
              },
              3),
          300.0);
    std::printf("%s", read > 0.0 ? "" : "no figure\n");
    close(model);
}

} // namespace

int main()
{
    Office& office = office_with_pacte("fr");
    three_hundred_cells(office);
    all_of_france(office);
    end_offices_with_pacte();
}
