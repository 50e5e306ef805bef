#include <cppunit/extensions/HelperMacros.h>
#include <functional>
#include <iostream>
#include <random>

#include "core/text.hpp"
#include "example_tables.hpp"

// Mutation: one cell of the clean example is broken in one of the known ways, a
// thousand times. The fault must be found at its cell, and nothing else must be,
// but for what follows from it.

using namespace pacte;
using namespace pacte::test;

namespace {

/// Where a mutation struck, and what must be found there.
struct Mutation {
    std::string what;
    std::string table;
    std::size_t row = 0;
    std::string field;            ///< the cell that was broken
    std::set<std::string> codes;  ///< one of them is to be found…
    std::string found_at;         ///< …in that field of the same row
    std::set<std::string> follow; ///< rules that may speak elsewhere because of it
};

class Mutator {
public:
    Mutator(Tables& tables, unsigned seed) : tables_(tables), random_(seed) {}

    /// Breaks one cell; a way that does not apply to the cell drawn is drawn again.
    Mutation strike()
    {
        while (true) {
            const auto way = static_cast<std::size_t>(random_() % ways_.size());
            if (auto struck = (this->*ways_[way])())
                return *struck;
        }
    }

private:
    using Struck = std::optional<Mutation>;
    using Way = Struck (Mutator::*)();

    /// What may follow elsewhere from a row that lost its key or its place.
    static std::set<std::string> of_a_lost_row(const std::string& table)
    {
        static const std::map<std::string, std::set<std::string>> known = {
            {"territoires", {"REF-003", "IDE-011", "IDE-009", "TER-001", "TER-002", "DIS-007"}},
            {"communes", {"IDE-009", "TER-002"}},
            {"thematiques", {"REF-003", "THE-006"}},
            {"variables", {"REF-003", "THE-003", "THE-004", "TAB-006"}},
            {"besoins", {"TER-001"}},
            {"dispositifs", {"REF-003", "THE-001"}},
            {"schemas", {"REF-003"}},
            {"pistes", {"REF-003", "PIS-001", "COM-002", "BUD-004"}},
            {"actions", {"REF-003", "ACT-001", "BUD-004"}},
            {"budget", {"ACT-012"}},
            {"indicateurs", {"ACT-010", "ACT-011"}},
            {"comites", {"COM-001", "COM-002", "COM-003", "COM-004"}},
            {"parametres", {"NV-006", "IDE-013", "DIS-008", "DIS-010", "DIS-011", "IND-008", "TER-002"}},
        };
        const auto found = known.find(table);
        return found != known.end() ? found->second : std::set<std::string>{};
    }

    /// A cell that holds something, of any table, whose field `suits`.
    Struck draw(const std::function<bool(const TableSchema&, const Field&)>& suits)
    {
        const auto& schemas = shipped_schemas().tables();
        const auto& schema = schemas[random_() % schemas.size()];
        auto& table = tables_.at(schema.name);
        if (schema.generated || table.rows.empty())
            return std::nullopt;
        const auto& field = schema.fields[random_() % schema.fields.size()];
        const int column = column_of(table, field.name);
        const auto row = static_cast<std::size_t>(random_() % table.rows.size());
        if (column < 0 || !suits(schema, field) ||
            is_blank(table.rows[row][static_cast<std::size_t>(column)]))
            return std::nullopt;
        return Mutation{{}, schema.name, row, field.name, {}, field.name, {}};
    }

    Cell& cell(const Mutation& at)
    {
        auto& table = tables_.at(at.table);
        return table.rows[at.row][static_cast<std::size_t>(column_of(table, at.field))];
    }

    static bool is_key(const TableSchema& schema, const Field& field)
    {
        const auto& key = schema.primary_key;
        return std::find(key.begin(), key.end(), field.name) != key.end();
    }

    static const ForeignKey* reference(const TableSchema& schema, const Field& field)
    {
        for (const auto& key : schema.foreign_keys)
            if (key.field == field.name)
                return &key;
        return nullptr;
    }

    Struck put(Struck at, const char* what, Cell value, std::set<std::string> codes,
               std::set<std::string> follow = {})
    {
        if (!at)
            return at;
        at->what = what;
        at->codes = std::move(codes);
        at->follow = std::move(follow);
        cell(*at) = std::move(value);
        return at;
    }

    // The ways.

    Struck empty_a_required_cell()
    {
        auto at = draw([](const auto& s, const auto& f) { return f.required && !is_key(s, f); });
        // What the row no longer says, other tables count.
        return put(at, "required cell emptied", Blank{}, {"CEL-001"},
                   {"THE-001", "PIS-001", "COM-002", "COM-003", "COM-004", "ACT-001", "ACT-010", "ACT-011",
                    "ACT-012", "BUD-004", "THE-006"});
    }

    Struck empty_a_key()
    {
        auto at = draw([](const auto& s, const auto& f) { return is_key(s, f); });
        return at ? put(at, "key emptied", Blank{}, {"REF-001"}, of_a_lost_row(at->table)) : at;
    }

    Struck repeat_a_key()
    {
        auto at =
            draw([](const auto& s, const auto& f) { return is_key(s, f) && s.primary_key.size() == 1; });
        if (!at || at->row == 0)
            return std::nullopt;
        Mutation first = *at;
        first.row = 0;
        auto follow = of_a_lost_row(at->table);
        // Of two rows with one key, one has another's name, axe or figures.
        follow.insert({"IDE-014", "IDE-012", "THE-007", "PAR-001", "PAR-004", "PAR-005", "PAR-006", "PAR-007",
                       "PAR-008", "PAR-009", "ACT-012", "BES-004", "TER-004", "OFF-005"});
        return put(at, "key repeated", cell(first), {"REF-002"}, follow);
    }

    Struck break_a_reference()
    {
        auto at = draw([](const auto& s, const auto& f) {
            return reference(s, f) != nullptr && !is_key(s, f) && reference(s, f)->table != "territoires";
        });
        return put(at, "reference to nothing", Cell(std::string("ZZ-99")), {"REF-003"},
                   {"THE-001", "ACT-001", "ACT-010", "ACT-011", "ACT-012", "BUD-004", "THE-003", "THE-004"});
    }

    Struck misspell_an_enumeration()
    {
        auto at =
            draw([](const auto&, const auto& f) { return !f.enumeration.empty() && f.type == "string"; });
        if (!at)
            return at;
        auto text = text_of(cell(*at));
        text.insert(text.size() / 2, "zz");
        return put(at, "enumeration misspelt", Cell(text), {"CEL-008"},
                   {"ACT-003", "ACT-004", "ACT-006", "ACT-010", "ACT-011", "COM-003", "COM-004", "PIS-011"});
    }

    static bool is_figure(const Field& f)
    {
        return (f.type == "number" || f.type == "integer") && f.kind != "axe";
    }

    Struck write_words_for_a_figure()
    {
        static constexpr const char* words[] = {"beaucoup", "12-15", "env. 30", "une trentaine", "30 ?"};
        auto at = draw([](const auto&, const auto& f) { return is_figure(f); });
        return put(at, "words for a figure", Cell(std::string(words[random_() % std::size(words)])),
                   {"CEL-003"});
    }

    Struck make_a_figure_negative()
    {
        auto at =
            draw([](const auto&, const auto& f) { return is_figure(f) && f.minimum && *f.minimum >= 0.0; });
        return put(at, "negative figure", Cell{-7.0}, {"CEL-009"});
    }

    Struck write_no_date()
    {
        static constexpr const char* dates[] = {"31/02/2024", "fin 2024", "30/06/24", "2024", "06/30/2024"};
        auto at = draw([](const auto&, const auto& f) { return f.type == "date"; });
        return put(at, "no date", Cell(std::string(dates[random_() % std::size(dates)])), {"CEL-005"},
                   {"COM-003", "COM-004"});
    }

    Struck write_no_year()
    {
        auto at = draw([](const auto& s, const auto& f) { return f.type == "year" && !is_key(s, f); });
        return put(at, "no year", Cell(std::string("l'an dernier")), {"CEL-006"});
    }

    Struck write_no_boolean()
    {
        auto at = draw([](const auto&, const auto& f) { return f.type == "boolean"; });
        return put(at, "neither yes nor no", Cell(std::string("peut-être")), {"CEL-007"},
                   {"THE-006", "PIS-010"});
    }

    Struck end_in_an_error()
    {
        auto at = draw([](const auto& s, const auto& f) { return !is_key(s, f); });
        return put(at, "formula in error", CellError{}, {"CEL-002"},
                   {"THE-001", "THE-006", "PIS-001", "PIS-010", "COM-002", "COM-003", "COM-004", "ACT-001",
                    "ACT-010", "ACT-011", "ACT-012", "BUD-004", "NV-006", "TER-003", "IDE-011", "TER-002",
                    "DIS-007", "DIS-008", "DIS-010"});
    }

    Struck type_a_digit_wrong()
    {
        auto at = draw([](const auto&, const auto& f) { return f.kind == "siret"; });
        if (!at)
            return at;
        auto text = text_of(cell(*at));
        auto& digit = text[3 + random_() % (text.size() - 3)];
        digit = digit == '9' ? '0' : static_cast<char>(digit + 1);
        return put(at, "digit of a SIRET", Cell(text), {"IDE-004"});
    }

    Struck type_an_insee_code_wrong()
    {
        auto at = draw([](const auto& s, const auto& f) { return f.kind == "insee" && s.name == "offre"; });
        static constexpr const char* codes[] = {"43000", "Le Puy", "4315", "01340", "63113", "75056"};
        return put(at, "code INSEE", Cell(std::string(codes[random_() % std::size(codes)])),
                   {"IDE-006", "IDE-007", "IDE-008", "IDE-009"}, {"OFF-003"});
    }

    Struck misspell_a_territory()
    {
        auto at = draw([](const auto&, const auto& f) { return f.kind == "territoire"; });
        static constexpr const char* names[] = {"Com. de com. du Haut-Lignnon", "Yssingaux", "le sud",
                                                "44307"};
        return put(at, "territory misspelt", Cell(std::string(names[random_() % std::size(names)])),
                   {"TER-002", "IDE-009"}, {"DIS-007"});
    }

    Struck unbalance_a_row()
    {
        auto at = draw([](const auto& s, const auto& f) {
            return s.name == "dispositifs" && (f.name == "part_etat" || f.name == "autres_financements");
        });
        if (!at)
            return at;
        Mutation amount = *at;
        amount.field = "montant_annuel";
        const auto* value = std::get_if<double>(&cell(*at));
        if (is_blank(cell(amount)) || value == nullptr)
            return std::nullopt;
        at->found_at = "montant_annuel";
        return put(at, "parts that do not add up", Cell{*value + 1234.0}, {"DIS-002"});
    }

    Struck multiply_a_capacity()
    {
        auto at = draw([](const auto& s, const auto& f) {
            return s.name == "dispositifs" && (f.name == "capacite" || f.name == "file_active");
        });
        return put(at, "absurd capacity", Cell{5e6}, {"DIS-003", "DIS-004"});
    }

    Struck mix_the_axes()
    {
        auto at = draw([](const auto& s, const auto& f) {
            return f.kind == "axe" && (s.name == "dispositifs" || s.name == "pistes");
        });
        if (!at)
            return at;
        at->found_at = "thematique";
        const int axe = read_axe(cell(*at));
        return put(at, "another axe", Cell{axe == 4 ? 1.0 : axe + 1.0}, {"DIS-001", "PIS-009"},
                   {"PIS-001", "PIS-004", "PIS-005", "ACT-001", "ACT-008", "ACT-009", "COM-002", "IND-003"});
    }

    Struck let_the_state_pay_more()
    {
        auto at =
            draw([](const auto& s, const auto& f) { return s.name == "budget" && f.name == "part_etat"; });
        return put(at, "State's part over half", Cell{900000.0}, {"BUD-001"}, {"BUD-004"});
    }

    Struck turn_a_target_back()
    {
        auto at =
            draw([](const auto& s, const auto& f) { return s.name == "indicateurs" && f.name == "cible"; });
        if (!at)
            return at;
        Mutation t0 = *at;
        t0.field = "t0";
        Mutation sense = *at;
        sense.field = "sens";
        const double start = std::get<double>(cell(t0));
        const bool up = fold(text_of(cell(sense))) == "aaugmenter";
        return put(at, "target against its sense", Cell{up ? start - 1.0 : start + 1.0}, {"IND-001"},
                   {"IND-004", "IND-006", "IND-007"});
    }

    Struck spoil_a_rate()
    {
        const auto row = static_cast<std::size_t>(random_() % tables_.at("besoins").rows.size());
        Mutation at{{}, "besoins", row, "TP60", {}, "TP60", {}};
        return put(at, "rate out of bounds", Cell{random_() % 2 == 0 ? 178.0 : -1.0}, {"BES-001"});
    }

    Struck spoil_a_count()
    {
        static constexpr const char* counts[] = {"ENF3P", "GARDE", "ALIM", "BRSALD", "PERSPAUV"};
        const auto row = static_cast<std::size_t>(random_() % tables_.at("besoins").rows.size());
        const std::string count = counts[random_() % std::size(counts)];
        Mutation at{{}, "besoins", row, count, {}, count, {}};
        return put(at, "count out of bounds", Cell{random_() % 2 == 0 ? -1.0 : 9e5},
                   {"BES-002", "BES-003", "BES-004"}, {"DIS-003"});
    }

    Struck swap_the_coordinates()
    {
        auto at =
            draw([](const auto& s, const auto& f) { return s.name == "offre" && f.name == "latitude"; });
        if (!at)
            return at;
        Mutation longitude = *at;
        longitude.field = "longitude";
        std::swap(cell(*at), cell(longitude));
        return put(at, "coordinates swapped", cell(*at), {"OFF-002"});
    }

    Struck end_before_the_beginning()
    {
        auto at = draw([](const auto& s, const auto& f) { return s.name == "planning" && f.name == "fin"; });
        return put(at, "end before the beginning", Cell{40000.0}, {"CEL-017"});
    }

    Struck forget_an_argument()
    {
        auto at = draw([](const auto& s, const auto& f) {
            return s.name == "pistes" && (f.name.ends_with("_pourquoi") || f.name == "montant_total" ||
                                          f.name == "effet_levier" || f.name == "articulation");
        });
        return put(at, "piste incomplete", Blank{}, {"PIS-002", "PIS-003", "PIS-006"});
    }

    Struck forget_a_yearly_target()
    {
        static constexpr const char* years[] = {"cible_2024", "cible_2025", "cible_2026", "cible_2027"};
        const auto row = static_cast<std::size_t>(random_() % tables_.at("indicateurs").rows.size());
        const std::string year = years[random_() % std::size(years)];
        Mutation at{{}, "indicateurs", row, year, {}, year, {}};
        Mutation type = at;
        type.field = "type";
        if (text_of(cell(type)) != "réalisation")
            return std::nullopt;
        return put(at, "yearly target missing", Blank{}, {"IND-002"});
    }

    static inline const std::vector<Way> ways_ = {&Mutator::empty_a_required_cell,
                                                  &Mutator::empty_a_key,
                                                  &Mutator::repeat_a_key,
                                                  &Mutator::break_a_reference,
                                                  &Mutator::misspell_an_enumeration,
                                                  &Mutator::write_words_for_a_figure,
                                                  &Mutator::make_a_figure_negative,
                                                  &Mutator::write_no_date,
                                                  &Mutator::write_no_year,
                                                  &Mutator::write_no_boolean,
                                                  &Mutator::end_in_an_error,
                                                  &Mutator::type_a_digit_wrong,
                                                  &Mutator::type_an_insee_code_wrong,
                                                  &Mutator::misspell_a_territory,
                                                  &Mutator::unbalance_a_row,
                                                  &Mutator::multiply_a_capacity,
                                                  &Mutator::mix_the_axes,
                                                  &Mutator::let_the_state_pay_more,
                                                  &Mutator::turn_a_target_back,
                                                  &Mutator::spoil_a_rate,
                                                  &Mutator::spoil_a_count,
                                                  &Mutator::swap_the_coordinates,
                                                  &Mutator::end_before_the_beginning,
                                                  &Mutator::forget_an_argument,
                                                  &Mutator::forget_a_yearly_target};

    Tables& tables_;
    std::mt19937 random_;
};

std::string told(const Finding& finding)
{
    return finding.code + " " + finding.table + ":" + finding.key + ":" + finding.field;
}

} // namespace

class ValidationMutationTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ValidationMutationTest);
    CPPUNIT_TEST(a_thousand_mutations_are_found_each_at_its_cell);
    CPPUNIT_TEST_SUITE_END();

    void a_thousand_mutations_are_found_each_at_its_cell()
    {
        constexpr unsigned mutations = 1000;
        constexpr unsigned most_missed = mutations / 100;
        const auto clean = clean_example();
        std::multiset<std::string> before;
        for (const auto& finding : findings_of(clean))
            before.insert(told(finding));
        unsigned missed = 0;
        std::string report;
        for (unsigned seed = 0; seed < mutations; ++seed) {
            auto tables = clean;
            const auto mutation = Mutator(tables, seed).strike();
            if (const auto wrong = judged(mutation, tables, before); !wrong.empty()) {
                ++missed;
                report += "\n" + std::to_string(seed) + " " + mutation.what + " " + mutation.table + ":" +
                          key_of(clean.at(mutation.table), mutation.row) + ":" + mutation.field + wrong;
            }
        }
        CPPUNIT_ASSERT_MESSAGE(std::to_string(missed) + " missed" + report, missed <= most_missed);
    }

    /// Nothing where the fault is found at its cell, and all else follows from it.
    static std::string judged(const Mutation& mutation, const Tables& tables,
                              std::multiset<std::string> before)
    {
        bool found = false;
        std::string others;
        const auto& table = tables.at(mutation.table);
        const auto line = table.header_row + 1 + static_cast<std::int32_t>(mutation.row);
        const int column = table.first_column + column_of(table, mutation.found_at);
        for (const auto& finding : findings_of(tables)) {
            if (const auto known = before.find(told(finding)); known != before.end()) {
                before.erase(known);
                continue;
            }
            const bool at = finding.table == mutation.table && finding.row == line;
            // A key is told in the first of its columns.
            const bool key = finding.code.starts_with("REF-00");
            if (at && (finding.column == column || key) && mutation.codes.contains(finding.code))
                found = true;
            else if (!mutation.follow.contains(finding.code))
                others += "\n    also " + told(finding) + " " + finding.message;
        }
        return found ? others : "\n    not found" + others;
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ValidationMutationTest);
