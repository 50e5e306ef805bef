#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/cog.hpp"
#include "core/dates.hpp"
#include "core/quantity.hpp"
#include "core/schema.hpp"
#include "core/table.hpp"

// The rows of the workbook's tables, as plain values. Readers are lenient: what
// cannot be understood is left empty or unknown (the validation says so), and a
// row without its key is left out.

namespace pacte {

/// A date from a serial number (days since 1899-12-30) or a text (dates.hpp).
[[nodiscard]] std::optional<Date> read_date(const Cell& cell);
[[nodiscard]] double serial_of(Date date);

/// A figure: a number is known; a number written as text is understood, with the
/// unit of its field (figure.hpp; `%` alone where no field is given); one of the
/// schema's secret values is secret; all else is unknown.
[[nodiscard]] Quantity read_quantity(const Cell& cell, const TableSchema& schema, std::string_view field = {});

/// A code as text, a number being written without decimals (the zeros lost by
/// a conversion to number are put back up to `length` digits, 0: none).
[[nodiscard]] std::string read_code(const Cell& cell, std::size_t length = 0);

/// `oui` or `non` as a person writes it (`O`, `x`, `vrai`, 1…); nothing where it
/// is neither.
[[nodiscard]] std::optional<bool> read_boolean(const Cell& cell);

/// The axe, 1 to 4, from `2`, `2 emploi` or `axe 2`; 0 where it is none of them.
[[nodiscard]] int read_axe(const Cell& cell);

struct Epci {
    std::string code; ///< SIREN
    std::string name;
    double population = 0.0;
    bool retained = true;
};

struct CommuneRow {
    std::string code;
    std::string name;
    std::string epci;
    double population = 0.0;
    std::optional<LatLon> point;
};

struct Thematique {
    std::string code; ///< `2.4a`
    int axe = 0;
    std::string title; ///< intitulé court
    bool retained = false;
    std::string need; ///< code of the variable, empty where there is none
    double partial_threshold = 0.40; ///< s₁, a share: below it « peu couvert »
    double covered_threshold = 0.80; ///< s₂, a share: from it on « couvert »
};

enum class VariableNature { effectif, taux, montant, indice, typologie };

struct Variable {
    std::string code;
    std::string label;
    VariableNature nature = VariableNature::effectif;
    std::string unit;
    std::string base;   ///< code of the variable a rate applies to
    bool increase_is_bad = true;
    std::string source;
    std::string vintage; ///< millésime
    std::string family;  ///< `profil de pauvreté`, `facteur aggravant`…
    /// False where the sens is not stated: neither a rise nor a fall is for the better.
    bool has_sense = true;
};

/// The needs: one figure an EPCI and a variable.
struct Needs {
    std::vector<std::string> epcis;
    std::vector<std::string> variables;
    std::map<std::pair<std::string, std::string>, Quantity> figures; ///< (EPCI, variable)

    [[nodiscard]] Quantity at(const std::string& epci, const std::string& variable) const;
};

struct Dispositif {
    std::string id;
    int axe = 0;
    std::string thematique;
    std::string title;
    std::string porteur;
    std::string zone;         ///< territoire couvert, as written
    std::string distribution; ///< répartition, as written: `200073419=60;244301016=40`
    Quantity capacity;        ///< people a year
    std::optional<Date> start;
    std::optional<Date> end;
    std::int32_t row = -1; ///< index in Table::rows
};

struct Place {
    std::string id;
    std::string name;
    std::string type;
    std::string thematique;
    std::string dispositif;
    std::string commune;
    std::optional<LatLon> point;
    bool itinerant = false;
    Quantity capacity;
    std::string source;
};

struct Action {
    std::string id;
    std::string piste;
    std::string title;
};

struct BudgetLine {
    std::string action;
    int year = 0;
    Quantity state;
    Quantity departement;
    Quantity others;
};

enum class Trajectory { lineaire, geometrique, paliers, manuelle };

struct Indicateur {
    std::string id;
    std::string action;
    std::string label;
    std::string type; ///< moyens, réalisation, résultat
    std::string unit;
    bool to_increase = true;
    int t0_year = 0;
    Quantity t0;
    int target_year = 0;
    Quantity target;
    Trajectory trajectory = Trajectory::lineaire;
    std::map<int, Quantity> targets; ///< by year
    std::map<int, Quantity> reached;
};

[[nodiscard]] std::vector<Epci> read_epcis(const Table& table, const TableSchema& schema);
[[nodiscard]] std::vector<CommuneRow> read_communes(const Table& table, const TableSchema& schema);
/// `defaults` gives the thresholds of the thématiques that state none.
[[nodiscard]] std::vector<Thematique> read_thematiques(const Table& table, const TableSchema& schema,
                                                       const Thematique& defaults = {});
[[nodiscard]] std::vector<Variable> read_variables(const Table& table, const TableSchema& schema);
[[nodiscard]] Needs read_needs(const Table& table, const TableSchema& schema);
[[nodiscard]] std::vector<Dispositif> read_dispositifs(const Table& table, const TableSchema& schema);
[[nodiscard]] std::vector<Place> read_places(const Table& table, const TableSchema& schema);
[[nodiscard]] std::vector<Action> read_actions(const Table& table, const TableSchema& schema);
[[nodiscard]] std::vector<BudgetLine> read_budget(const Table& table, const TableSchema& schema);
[[nodiscard]] std::vector<Indicateur> read_indicateurs(const Table& table, const TableSchema& schema);

/// The settings of `Paramètres`: clé → valeur, keys folded.
class Parameters {
public:
    Parameters() = default;
    Parameters(const Table& table, const TableSchema& schema);

    [[nodiscard]] std::string text(std::string_view key, std::string_view otherwise = {}) const;
    [[nodiscard]] double number(std::string_view key, double otherwise) const;

private:
    std::map<std::string, Cell> values_;
};

} // namespace pacte
