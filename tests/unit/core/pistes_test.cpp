#include "core/pistes.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace pacte;

namespace {

using namespace std::chrono_literals;

constexpr Quantity q(double value) { return Quantity::known(value); }

Piste piste(const char* id, int axe, const char* thematique, std::array<Quantity, 4> criteria)
{
    Piste result;
    result.id = id;
    result.axe = axe;
    result.thematique = thematique;
    result.criteria = criteria;
    return result;
}

/// Two EPCI with 100 and 300 people in need; 40 places for the first, 60 for the
/// second: 40 % and 20 %, in all 25 %. In 3.2 the need is met, in 3.3 it is not known.
struct Diagnosis {
    Territory territory{{{"200000001", "CC Une", 1000, true}, {"200000002", "CC Deux", 3000, true}}, {}};
    std::vector<Thematique> thematiques;
    std::vector<Variable> variables;
    Needs needs;
    std::vector<Dispositif> dispositifs;

    Diagnosis()
    {
        for (const char* code : {"3.1", "3.2", "3.3"}) {
            Thematique thematique;
            thematique.code = code;
            thematique.retained = true;
            thematique.need = code;
            thematiques.push_back(thematique);
        }
        needs.figures[{"200000001", "3.1"}] = needs.figures[{"200000001", "3.2"}] = q(100);
        needs.figures[{"200000002", "3.1"}] = needs.figures[{"200000002", "3.2"}] = q(300);
        add("3.1", "200000001", 40);
        add("3.1", "200000002", 60);
        add("3.2", "territoire", 400);
    }

    void add(const char* thematique, const char* zone, double capacity)
    {
        Dispositif dispositif;
        dispositif.id = "D" + std::to_string(dispositifs.size());
        dispositif.thematique = thematique;
        dispositif.zone = zone;
        dispositif.capacity = q(capacity);
        dispositifs.push_back(dispositif);
    }

    [[nodiscard]] std::vector<PisteResult> evaluate(const std::vector<Piste>& pistes) const
    {
        return evaluate_pistes(pistes,
                               {territory, thematiques, variables, needs, dispositifs, Date{2024y / 6 / 30}},
                               {1, 1, 1, 1});
    }
};

} // namespace

class PistesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PistesTest);
    CPPUNIT_TEST(the_uncovered_need_proposes_the_first_criterion);
    CPPUNIT_TEST(pistes_are_ranked_in_their_axe);
    CPPUNIT_TEST(of_equal_scores_the_greater_uncovered_need_is_first);
    CPPUNIT_TEST(a_rejected_piste_or_one_without_a_score_has_no_rank);
    CPPUNIT_TEST(what_a_piste_would_change_is_said);
    CPPUNIT_TEST(a_piste_on_the_whole_territory_serves_all);
    CPPUNIT_TEST(a_need_that_is_not_known_cannot_be_measured);
    CPPUNIT_TEST(what_an_axe_lacks_is_said);
    CPPUNIT_TEST(the_rows_are_read);
    CPPUNIT_TEST_SUITE_END();

public:
    void the_uncovered_need_proposes_the_first_criterion()
    {
        const auto results = Diagnosis().evaluate({piste("A", 3, "3.1", {}), piste("B", 3, "3.2", {}),
                                                   piste("C", 3, "3.3", {}), piste("D", 3, "9.9", {})});
        CPPUNIT_ASSERT_EQUAL(300.0, results[0].uncovered_need.value());
        CPPUNIT_ASSERT_EQUAL(0.75, results[0].uncovered_share.value());
        CPPUNIT_ASSERT_EQUAL(3, *results[0].proposed);
        CPPUNIT_ASSERT_EQUAL(0, *results[1].proposed);
        CPPUNIT_ASSERT(!results[2].proposed && !results[3].proposed);
    }

    void pistes_are_ranked_in_their_axe()
    {
        const auto results = Diagnosis().evaluate({piste("A", 3, "3.1", {q(1), q(1), q(1), q(1)}),
                                                   piste("B", 3, "3.1", {q(4), q(4), q(4), q(4)}),
                                                   piste("C", 4, "3.1", {q(0), q(0), q(0), q(0)})});
        CPPUNIT_ASSERT_EQUAL(25.0, results[0].score.value());
        CPPUNIT_ASSERT(results[0].rank == 2 && results[1].rank == 1 && results[2].rank == 1);
    }

    void of_equal_scores_the_greater_uncovered_need_is_first()
    {
        const std::array<Quantity, 4> criteria{q(2), q(2), q(2), q(2)};
        const auto results =
            Diagnosis().evaluate({piste("A", 3, "3.2", criteria), piste("B", 3, "3.1", criteria),
                                  piste("C", 3, "3.3", criteria), piste("D", 3, "3.1", criteria)});
        CPPUNIT_ASSERT(results[1].rank == 1 && results[3].rank == 1); // the same in all
        CPPUNIT_ASSERT(results[0].rank == 3 && results[2].rank == 4); // a need that is not known comes last
    }

    void a_rejected_piste_or_one_without_a_score_has_no_rank()
    {
        auto rejected = piste("A", 3, "3.1", {q(4), q(4), q(4), q(4)});
        rejected.decision = "Infirmée";
        const auto results = Diagnosis().evaluate({rejected, piste("B", 3, "3.1", {q(1), {}, q(1), q(1)}),
                                                   piste("C", 3, "3.1", {q(1), q(1), q(1), q(1)})});
        CPPUNIT_ASSERT(!results[0].rank && !results[1].rank && results[2].rank == 1);
        CPPUNIT_ASSERT_EQUAL(100.0, results[0].score.value());
    }

    void what_a_piste_would_change_is_said()
    {
        auto second = piste("A", 3, "3.1", {});
        second.capacity = q(180);
        second.zone = "CC Deux";
        const auto results = Diagnosis().evaluate({second});
        // 100 in need with 40, 300 with 240: 280/400; the second is now at 80 %.
        CPPUNIT_ASSERT_EQUAL(0.25, results[0].what_if->before.value());
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.7, results[0].what_if->after.value(), 1e-12);
        CPPUNIT_ASSERT_EQUAL(1, results[0].what_if->epcis_lifted);
        CPPUNIT_ASSERT_EQUAL(
            std::string("Si cette piste se fait, la couverture passe de 25 % à 70 % ; un EPCI "
                        "change de statut."),
            results[0].sentence);
    }

    void a_piste_on_the_whole_territory_serves_all()
    {
        auto whole = piste("A", 3, "3.1", {});
        whole.capacity = q(100);
        // By need: 25 and 75 more. 65/100 and 135/300: 200/400.
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.5, Diagnosis().evaluate({whole})[0].what_if->after.value(), 1e-12);
        whole.thematique = "9.9";
        CPPUNIT_ASSERT(!Diagnosis().evaluate({whole})[0].what_if);
    }

    void a_need_that_is_not_known_cannot_be_measured()
    {
        auto unknown = piste("A", 3, "3.3", {});
        unknown.capacity = q(10);
        CPPUNIT_ASSERT_EQUAL(std::string("La couverture de la thématique ne peut pas être mesurée."),
                             Diagnosis().evaluate({unknown})[0].sentence);
    }

    void what_an_axe_lacks_is_said()
    {
        auto first = piste("A", 1, "1.1", {});
        first.associated = "CAF de la Haute-Loire";
        auto second = piste("B", 1, "1.2", {});
        second.associated = "MSA ; Caisse d'allocations familiales";
        CPPUNIT_ASSERT(lacks_of_axe({first, second}, 1).empty());
        second.associated = "MSA";
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, lacks_of_axe({first, second}, 1).size());
        second.decision = "infirmée";
        CPPUNIT_ASSERT_EQUAL(std::string("Axe 1 : 1 piste ; le cadrage en demande deux ou trois."),
                             lacks_of_axe({first, second}, 1)[0]);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, lacks_of_axe({}, 2).size());
        auto job = piste("C", 2, "2.1", {});
        job.associated = "Pôle emploi";
        CPPUNIT_ASSERT(lacks_of_axe({job, job, job}, 2).empty());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, lacks_of_axe({job, job, job, job}, 2).size());
    }

    void the_rows_are_read()
    {
        const Schemas schemas = Schemas::load(PACTE_TEMPLATES);
        Table table;
        table.headers = {"id",
                         "axe",
                         "thématique",
                         "intitulé",
                         "besoin non couvert",
                         "articulation",
                         "effet levier",
                         "objectif réalisable",
                         "acteur associé",
                         "décision",
                         "capacité prévue",
                         "territoire visé"};
        table.rows = {{std::string("PI-1"), 3.0, 3.1, std::string("Bus"), 2.0, std::string("3"), Blank{}, 4.0,
                       std::string("CAF"), std::string("validée"), 120.0, std::string("43157")},
                      {Blank{}, 3.0, 3.1, Blank{}, Blank{}, Blank{}, Blank{}, Blank{}, Blank{}, Blank{},
                       Blank{}, Blank{}}};
        const auto pistes = read_pistes(table, schemas.table("pistes"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, pistes.size());
        CPPUNIT_ASSERT_EQUAL(std::string("3.1"), pistes[0].thematique);
        CPPUNIT_ASSERT(pistes[0].criteria == (std::array<Quantity, 4>{q(2), q(3), {}, q(4)}));
        CPPUNIT_ASSERT_EQUAL(120.0, pistes[0].capacity.value());
        CPPUNIT_ASSERT_EQUAL(std::string("43157"), pistes[0].zone);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PistesTest);
