#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/quantity.hpp"
#include "core/rows.hpp"

// Coverage of the needs by the dispositifs, EPCI by EPCI and thématique by
// thématique (cadrage, section 2.A.b: « couverture territoriale des besoins »).

namespace pacte {

enum class CoverageStatus {
    sans_objet,
    non_couvert,
    a_preciser,
    non_evaluable,
    peu_couvert,
    partiellement_couvert,
    couvert,
};

[[nodiscard]] const char* label_of(CoverageStatus status); ///< `peu couvert`

/// The territory of a dispositif, as « territoire couvert » states it.
struct Zone {
    bool whole = false;                                 ///< the whole territory of the diagnosis
    std::vector<std::pair<std::size_t, double>> shares; ///< (index of the EPCI, p(d,e) in ]0, 1])
    std::vector<std::string> unknown;                   ///< elements that are no EPCI, commune or territory
};

/// Who lives where: the retained EPCI and their communes, indexed once.
class Territory {
public:
    Territory(std::vector<Epci> epcis, std::vector<CommuneRow> communes, std::string departement_code = {},
              std::string departement_name = {});

    [[nodiscard]] const std::vector<Epci>& epcis() const { return epcis_; }
    [[nodiscard]] const std::vector<CommuneRow>& communes() const { return communes_; }
    /// Index of a retained EPCI by SIREN or name; −1 where there is none.
    [[nodiscard]] int epci_index(std::string_view code_or_name) const;

    /// Reads « territoire couvert »: a list of EPCI (SIREN or name), communes
    /// (code INSEE or name), « département », « tout le département », its
    /// code or its name. An EPCI named beside some of its communes counts whole,
    /// a commune named twice (code and name) counts once. A name that two of
    /// them share is unknown. An EPCI that is not retained, or a commune of such
    /// an EPCI, is no part of the zone. A commune whose population is not known
    /// counts as an average commune of its EPCI.
    [[nodiscard]] Zone read_zone(std::string_view text) const;

    /// The inhabitants of that EPCI: those stated, else those of its communes; 0
    /// where neither is known.
    [[nodiscard]] double population(std::size_t epci) const { return population_[epci]; }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view key) const { return std::hash<std::string_view>()(key); }
    };
    /// By folded code and folded name.
    using Index = std::unordered_map<std::string, int, Hash, std::equal_to<>>;

    static void add_name(Index& index, const std::string& name, int value);
    static int find_in(const Index& index, std::string_view key);
    void add_epcis(std::vector<Epci> epcis);
    void add_communes(std::vector<CommuneRow> communes);
    void count_inhabitants();

    std::vector<Epci> epcis_;
    std::vector<CommuneRow> communes_;
    Index epci_by_key_;
    Index commune_by_key_;
    std::set<std::string, std::less<>> whole_names_;
    std::vector<double> population_;     ///< by EPCI, 0 where it is not known
    std::vector<int> epci_of_commune_;   ///< by commune; −1: no retained EPCI
    std::vector<double> commune_weight_; ///< by commune: its inhabitants…
    std::vector<double> epci_weight_;    ///< …and what they are a part of, by EPCI
};

struct CoverageCell {
    Quantity need;     ///< people
    Quantity capacity; ///< people a year, Σ of the known allocated capacities; 0 where no active
                       ///< dispositif reaches e, unknown where none that does has a known one
    Quantity rate;     ///< C/N, a share; unknown unless both are known and N > 0, secret where N is
    Quantity covered;  ///< min(C, N), secret where N is
    Quantity gap;      ///< max(0, N − C); N where no active dispositif reaches e; secret where N is
    CoverageStatus status = CoverageStatus::non_couvert;
    int dispositifs = 0;        ///< active dispositifs that reach e
    int unknown_capacities = 0; ///< among them, those without a known capacity
    double served_share = 0.0;  ///< greatest p(d,e) among them: part de la population desservie
    int rank = 0;               ///< priority within the thématique, 1 first, a gap that is not known after
                                ///< all that are; 0: not ranked (« couvert », « sans objet »)
};

struct CoverageTotal {
    Quantity need;            ///< Σ N over the EPCI whose need is known; unknown where none is
    Quantity capacity;        ///< Σ C over the same; unknown where none is known
    Quantity rate;            ///< Σ min(C,N) / Σ N
    Quantity plain_rate;      ///< Σ C / Σ N
    Quantity gap;             ///< Σ N − Σ min(C,N): beside a floor of the rate, a ceiling
    int left_out = 0;         ///< EPCI whose need is unknown or secret
    int without_capacity = 0; ///< among the others, « à préciser »: they add need but no capacity, the
                              ///< rates are floors
};

/// The result, thématique by thématique in the order given.
struct Coverage {
    std::vector<Epci> epcis;
    std::vector<Thematique> thematiques;          ///< the retained ones
    std::vector<std::vector<CoverageCell>> cells; ///< [thématique][EPCI]
    std::vector<CoverageTotal> totals;            ///< [thématique]

    [[nodiscard]] const CoverageCell* at(std::string_view epci, std::string_view thematique) const;
};

/// Finds the cells of a coverage at once, by code or name. It refers to the coverage.
class CoverageIndex {
public:
    explicit CoverageIndex(const Coverage& coverage);
    /// As Coverage::at.
    [[nodiscard]] const CoverageCell* at(std::string_view epci, std::string_view thematique) const;

private:
    const Coverage& coverage_;
    std::unordered_map<std::string, std::size_t> epcis_; ///< by folded code and folded name
    std::unordered_map<std::string, std::size_t> thematiques_;
};

struct CoverageInput {
    const Territory& territory;
    const std::vector<Thematique>& thematiques;
    const std::vector<Variable>& variables;
    const Needs& needs;
    const std::vector<Dispositif>& dispositifs;
    Date date; ///< reference date: a dispositif counts where start ≤ date ≤ end
};

/// The whole table in one pass over the dispositifs; their order does not matter.
/// A « répartition » is used where every weight can be read and is positive; what
/// it gives to EPCI outside the zone is dropped, and the rest shared out. Where
/// neither it, nor the needs, nor the populations of the whole zone are known,
/// the capacity follows p(d,e). A negative capacity or need is unknown.
[[nodiscard]] Coverage compute_coverage(const CoverageInput& input);

/// The variable of that code, the case and accents being ignored where no code is
/// exactly so. Null where there is none.
[[nodiscard]] const Variable* find_variable(const std::vector<Variable>& variables, const std::string& code);

/// N(e,t): the variable, or rate/100 × base where the variable is a rate. Unknown
/// where the variable counts nobody (montant, indice, typologie), or the base is
/// not a number of people.
[[nodiscard]] Quantity need_of(const std::string& epci, const Thematique& thematique,
                               const std::vector<Variable>& variables, const Needs& needs);

/// A dispositif that reaches an EPCI.
struct Reach {
    std::size_t dispositif = 0; ///< index in CoverageInput::dispositifs
    double served_share = 0.0;  ///< p(d,e)
};

/// The active dispositifs that reach each EPCI, in the order of Coverage::cells:
/// [thématique][EPCI].
[[nodiscard]] std::vector<std::vector<std::vector<Reach>>> reaches(const CoverageInput& input);

/// Which rule shares out the capacity of a dispositif.
enum class AllocationRule { stated, by_need, by_population, by_share };

[[nodiscard]] const char* label_of(AllocationRule rule); ///< `selon les besoins`

/// What one dispositif brings to one EPCI.
struct Contribution {
    std::size_t dispositif = 0; ///< index in CoverageInput::dispositifs
    double served_share = 0.0;  ///< p(d,e)
    AllocationRule rule = AllocationRule::by_share;
    double weight = 0.0; ///< w(d,e), a share of the capacity
    Quantity capacity;   ///< K(d); unknown where it is, and where it is negative
    Quantity allocated;  ///< C(d,e)
};

/// Why the figure is what it is: the active dispositifs that reach the EPCI, in the
/// order of the table. What they allocate adds up to the cell's capacity. Empty
/// where the EPCI or the thématique is not retained.
[[nodiscard]] std::vector<Contribution> contributions(const CoverageInput& input, std::string_view epci,
                                                      std::string_view thematique);

/// A line of « besoins peu ou non couverts ».
struct Priority {
    std::size_t thematique; ///< index in Coverage::thematiques
    std::size_t epci;
};

/// Every pair that is neither « couvert » nor « sans objet », by gap, then gap
/// per inhabitant, then EPCI code.
[[nodiscard]] std::vector<Priority> uncovered_needs(const Coverage& coverage);

} // namespace pacte
