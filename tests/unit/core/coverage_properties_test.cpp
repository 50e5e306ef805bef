#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <set>

#include <cppunit/extensions/HelperMacros.h>

#include "core/coverage.hpp"
#include "core/targets.hpp"

// What must hold of any diagnosis, tried on random ones with fixed seeds.

using namespace pacte;

namespace {

using namespace std::chrono_literals;

/// 25 EPCI of 4 communes, 5 thématiques, 300 dispositifs: unknown and secret needs,
/// unknown capacities, every way to write a zone, stated distributions.
struct RandomDiagnosis {
    std::mt19937 random;
    std::vector<Epci> epcis;
    std::vector<CommuneRow> communes;
    std::vector<Thematique> thematiques;
    std::vector<Variable> variables;
    Needs needs;
    std::vector<Dispositif> dispositifs;

    explicit RandomDiagnosis(unsigned seed) : random(seed)
    {
        for (int e = 0; e < 25; ++e)
            add_epci(e);
        for (int t = 0; t < 5; ++t)
            add_thematique(t);
        for (int d = 0; d < 300; ++d)
            add_dispositif(d);
    }

    [[nodiscard]] Territory territory() const { return {epcis, communes, "43", "Haute-Loire"}; }

    [[nodiscard]] CoverageInput input(const Territory& where) const
    {
        return {where, thematiques, variables, needs, dispositifs, Date{2024y / 6 / 30}};
    }

    [[nodiscard]] Coverage coverage() const
    {
        const Territory where = territory();
        return compute_coverage(input(where));
    }

private:
    [[nodiscard]] int draw(int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); }

    void add_epci(int e)
    {
        const std::string code = std::to_string(244300000 + e);
        epcis.push_back({code, "CC " + std::to_string(e), 1000.0 + draw(50000), draw(12) != 0});
        for (int c = 0; c < 4; ++c)
            communes.push_back({std::to_string(43000 + e * 4 + c), "Commune " + std::to_string(e * 4 + c),
                                code, static_cast<double>(draw(200)), std::nullopt});
    }

    void add_thematique(int t)
    {
        Thematique thematique;
        thematique.code = "3." + std::to_string(t);
        thematique.retained = true;
        thematique.need = "n" + std::to_string(t);
        thematiques.push_back(thematique);
        for (const Epci& epci : epcis) {
            const int kind = draw(10);
            needs.figures[{epci.code, thematique.need}] = kind == 0   ? Quantity::secret()
                                                          : kind == 1 ? Quantity::unknown()
                                                                      : Quantity::known(draw(900));
        }
    }

    void add_dispositif(int d)
    {
        Dispositif dispositif;
        dispositif.id = "D" + std::to_string(d);
        dispositif.thematique = "3." + std::to_string(draw(5));
        const int parts = 1 + draw(4);
        for (int i = 0; i < parts; ++i) {
            const auto& epci = epcis[static_cast<std::size_t>(draw(25))];
            const int kind = draw(8);
            dispositif.zone +=
                (i ? ";" : "") + (kind == 0  ? std::string("département")
                                  : kind < 5 ? epci.code
                                             : communes[static_cast<std::size_t>(draw(100))].code);
            if (draw(4) == 0)
                dispositif.distribution += epci.code + "=" + std::to_string(1 + draw(9)) + ";";
        }
        if (draw(6) != 0)
            dispositif.capacity = Quantity::known(draw(300));
        dispositifs.push_back(dispositif);
    }
};

bool are_near(const Quantity& a, const Quantity& b)
{
    return a.state() == b.state() &&
           (!a.is_known() || std::abs(a.value() - b.value()) <= 1e-9 * (1.0 + std::abs(a.value())));
}

} // namespace

class CoveragePropertiesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CoveragePropertiesTest);
    CPPUNIT_TEST(no_capacity_is_lost_or_invented);
    CPPUNIT_TEST(what_the_dispositifs_bring_adds_up_to_the_figure);
    CPPUNIT_TEST(more_capacity_never_covers_less);
    CPPUNIT_TEST(the_order_of_the_rows_changes_nothing);
    CPPUNIT_TEST(renumbering_the_epci_renumbers_the_result);
    CPPUNIT_TEST(ranks_are_a_numbering);
    CPPUNIT_TEST(largest_remainders_add_up);
    CPPUNIT_TEST_SUITE_END();

    static constexpr unsigned seeds = 20;

public:
    void no_capacity_is_lost_or_invented()
    {
        for (unsigned seed = 1; seed <= seeds; ++seed) {
            const RandomDiagnosis diagnosis(seed);
            const Territory where = diagnosis.territory();
            const Coverage coverage = compute_coverage(diagnosis.input(where));
            for (std::size_t t = 0; t < coverage.thematiques.size(); ++t) {
                double given = 0.0;
                for (const CoverageCell& cell : coverage.cells[t])
                    given += cell.capacity.is_known() ? cell.capacity.value() : 0.0;
                double there = 0.0;
                for (const Dispositif& dispositif : diagnosis.dispositifs)
                    if (dispositif.thematique == coverage.thematiques[t].code &&
                        dispositif.capacity.is_known() && !where.read_zone(dispositif.zone).shares.empty())
                        there += dispositif.capacity.value();
                CPPUNIT_ASSERT_DOUBLES_EQUAL(there, given, 1e-6);
            }
        }
    }

    void what_the_dispositifs_bring_adds_up_to_the_figure()
    {
        std::set<AllocationRule> rules;
        for (unsigned seed = 1; seed <= 5; ++seed) {
            const RandomDiagnosis diagnosis(seed);
            const Territory where = diagnosis.territory();
            const CoverageInput input = diagnosis.input(where);
            const Coverage coverage = compute_coverage(input);
            for (std::size_t t = 0; t < coverage.thematiques.size(); ++t)
                for (std::size_t e = 0; e < coverage.epcis.size(); ++e) {
                    const CoverageCell& cell = coverage.cells[t][e];
                    const auto found =
                        contributions(input, coverage.epcis[e].code, coverage.thematiques[t].code);
                    CPPUNIT_ASSERT_EQUAL(cell.dispositifs, static_cast<int>(found.size()));
                    double sum = 0.0;
                    double served = 0.0;
                    for (const Contribution& part : found) {
                        rules.insert(part.rule);
                        sum += part.allocated.is_known() ? part.allocated.value() : 0.0;
                        served = std::max(served, part.served_share);
                        CPPUNIT_ASSERT(part.weight >= 0.0 && part.weight <= 1.0 + 1e-12);
                    }
                    CPPUNIT_ASSERT_EQUAL(cell.served_share, served);
                    if (cell.capacity.is_known())
                        CPPUNIT_ASSERT_DOUBLES_EQUAL(cell.capacity.value(), sum, 1e-6);
                }
        }
        CPPUNIT_ASSERT(rules.size() >= 3);
        const RandomDiagnosis diagnosis(1);
        const Territory where = diagnosis.territory();
        CPPUNIT_ASSERT(contributions(diagnosis.input(where), "999999999", "3.1").empty());
        CPPUNIT_ASSERT(contributions(diagnosis.input(where), where.epcis()[0].code, "9.9").empty());
    }

    void more_capacity_never_covers_less()
    {
        for (unsigned seed = 1; seed <= seeds; ++seed) {
            RandomDiagnosis diagnosis(seed);
            const Coverage before = diagnosis.coverage();
            for (Dispositif& dispositif : diagnosis.dispositifs)
                if (dispositif.capacity.is_known() && diagnosis.random() % 2 == 0)
                    dispositif.capacity = Quantity::known(dispositif.capacity.value() * 1.5 + 1.0);
            const Coverage after = diagnosis.coverage();
            for (std::size_t t = 0; t < before.cells.size(); ++t) {
                for (std::size_t e = 0; e < before.epcis.size(); ++e) {
                    const CoverageCell& old = before.cells[t][e];
                    const CoverageCell& grown = after.cells[t][e];
                    CPPUNIT_ASSERT(old.capacity.is_known() == grown.capacity.is_known());
                    if (old.capacity.is_known())
                        CPPUNIT_ASSERT(grown.capacity.value() >= old.capacity.value() - 1e-9);
                    CPPUNIT_ASSERT(grown.status >= old.status || old.status == CoverageStatus::sans_objet);
                }
                if (before.totals[t].rate.is_known())
                    CPPUNIT_ASSERT(after.totals[t].rate.value() >= before.totals[t].rate.value() - 1e-12);
            }
        }
    }

    void the_order_of_the_rows_changes_nothing()
    {
        for (unsigned seed = 1; seed <= seeds; ++seed) {
            RandomDiagnosis diagnosis(seed);
            const Coverage expected = diagnosis.coverage();
            std::shuffle(diagnosis.dispositifs.begin(), diagnosis.dispositifs.end(), diagnosis.random);
            std::shuffle(diagnosis.communes.begin(), diagnosis.communes.end(), diagnosis.random);
            std::shuffle(diagnosis.epcis.begin(), diagnosis.epcis.end(), diagnosis.random);
            std::shuffle(diagnosis.thematiques.begin(), diagnosis.thematiques.end(), diagnosis.random);
            compare(expected, diagnosis.coverage(), [](const std::string& code) { return code; });
        }
    }

    void renumbering_the_epci_renumbers_the_result()
    {
        RandomDiagnosis diagnosis(3);
        const Coverage expected = diagnosis.coverage();
        // 244300000…24 become 844300000…24: the order of the codes, which settles
        // ties, is kept.
        const auto renumbered = [](std::string code) {
            if (code.size() == 9)
                code[0] = '8';
            return code;
        };
        for (Epci& epci : diagnosis.epcis)
            epci.code = renumbered(epci.code);
        for (CommuneRow& commune : diagnosis.communes)
            commune.epci = renumbered(commune.epci);
        decltype(diagnosis.needs.figures) figures;
        for (const auto& [key, figure] : diagnosis.needs.figures)
            figures.emplace(std::pair(renumbered(key.first), key.second), figure);
        diagnosis.needs.figures = figures;
        for (Dispositif& dispositif : diagnosis.dispositifs)
            for (std::string* text : {&dispositif.zone, &dispositif.distribution})
                for (std::size_t at = text->find("2443"); at != std::string::npos; at = text->find("2443"))
                    (*text)[at] = '8';
        compare(expected, diagnosis.coverage(), renumbered);
    }

    void ranks_are_a_numbering()
    {
        for (unsigned seed = 1; seed <= seeds; ++seed) {
            const Coverage coverage = RandomDiagnosis(seed).coverage();
            std::size_t ranked = 0;
            for (const auto& cells : coverage.cells) {
                std::set<int> ranks;
                for (const CoverageCell& cell : cells)
                    if (cell.rank > 0)
                        CPPUNIT_ASSERT(ranks.insert(cell.rank).second);
                CPPUNIT_ASSERT(ranks.empty() || *ranks.rbegin() == static_cast<int>(ranks.size()));
                ranked += ranks.size();
            }
            CPPUNIT_ASSERT_EQUAL(ranked, uncovered_needs(coverage).size());
        }
    }

    void largest_remainders_add_up()
    {
        std::mt19937 random(11);
        std::uniform_real_distribution<double> weight(0.0, 1000.0);
        for (int turn = 0; turn < 500; ++turn) {
            std::vector<double> weights(1 + random() % 40);
            std::generate(weights.begin(), weights.end(), [&] { return weight(random); });
            const double total = static_cast<double>(random() % 100000);
            const auto shares = share_out(total, weights);
            CPPUNIT_ASSERT_EQUAL(total, std::accumulate(shares.begin(), shares.end(), 0.0));
            const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
            for (std::size_t i = 0; i < shares.size(); ++i)
                CPPUNIT_ASSERT(std::abs(shares[i] - total * weights[i] / sum) < 1.0 + 1e-6);
        }
    }

private:
    template <typename Renumber>
    static void compare(const Coverage& expected, const Coverage& actual, Renumber renumbered)
    {
        CPPUNIT_ASSERT_EQUAL(expected.epcis.size(), actual.epcis.size());
        for (std::size_t t = 0; t < expected.thematiques.size(); ++t)
            for (std::size_t e = 0; e < expected.epcis.size(); ++e) {
                const CoverageCell& a = expected.cells[t][e];
                const CoverageCell* b =
                    actual.at(renumbered(expected.epcis[e].code), expected.thematiques[t].code);
                CPPUNIT_ASSERT(b != nullptr);
                CPPUNIT_ASSERT(are_near(a.need, b->need) && are_near(a.capacity, b->capacity) &&
                               are_near(a.rate, b->rate) && are_near(a.gap, b->gap));
                CPPUNIT_ASSERT(a.status == b->status && a.rank == b->rank && a.dispositifs == b->dispositifs);
            }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CoveragePropertiesTest);
