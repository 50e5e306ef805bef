#include "core/validation.hpp"

#include <algorithm>
#include <cppunit/extensions/HelperMacros.h>
#include <filesystem>
#include <set>

#include "core/validation_rules.hpp"
#include "core/workbook.hpp"

using namespace pacte;
using namespace std::chrono_literals;

namespace {

const Schemas& shipped_schemas()
{
    static const auto schemas = Schemas::load(PACTE_TEMPLATES);
    return schemas;
}

const Cog& shipped_cog()
{
    static const auto cog = Cog::load(std::filesystem::path(PACTE_TEMPLATES) / "territoire");
    return cog;
}

Cell text(const char* written) { return std::string(written); }

/// A diagnosis of two EPCI, small and without a fault; each test spoils it.
class Workbook {
public:
    using Fields = std::map<std::string, Cell>;

    Workbook()
    {
        for (const auto& schema : shipped_schemas().tables()) {
            auto& table = tables[schema.name];
            table.name = schema.name;
            table.sheet = schema.sheet;
            for (const auto& field : schema.fields)
                if (field.per_year.empty())
                    table.headers.push_back(field.title);
        }
        add_territory();
        add_needs();
        add("dispositifs", dispositif("D-001"));
    }

    static Fields dispositif(const char* id)
    {
        return {{"id", text(id)},
                {"axe", Cell{2.0}},
                {"thematique", text("2.4a")},
                {"intitule", text("Garage solidaire itinérant")},
                {"porteur_principal", text("Association Exemple Mobilité")},
                {"type_de_porteur", text("Association")},
                {"mode_de_financement", text("État;Département")},
                {"public_cible", text("Jeunes;Familles")},
                {"territoire_couvert", text("CC des Sucs")},
                {"source", text("Entretien")}};
    }

    /// Appends a row; its index.
    std::size_t add(const std::string& name, const Fields& fields)
    {
        auto& rows = tables[name].rows;
        rows.emplace_back(tables[name].headers.size());
        for (const auto& [field, cell] : fields)
            rows.back()[column(name, field)] = cell;
        return rows.size() - 1;
    }

    Cell& at(const std::string& name, std::size_t row, const std::string& field)
    {
        return tables[name].rows.at(row).at(column(name, field));
    }

    [[nodiscard]] std::size_t column(const std::string& name, const std::string& field) const
    {
        const auto& table = tables.at(name);
        const int index = Columns(shipped_schemas().table(name), table).index(field);
        if (index >= 0)
            return static_cast<std::size_t>(index);
        const auto other = std::find(table.headers.begin(), table.headers.end(), field);
        CPPUNIT_ASSERT_MESSAGE(name + "." + field, other != table.headers.end());
        return static_cast<std::size_t>(other - table.headers.begin());
    }

    void rename(const std::string& name, const std::string& field, const std::string& header)
    {
        tables[name].headers[column(name, field)] = header;
    }

    [[nodiscard]] std::vector<Finding> findings(const Cog* cog = &shipped_cog()) const
    {
        FindingList list;
        validate({shipped_schemas(), tables, cog, today}, list);
        std::erase_if(list.findings,
                      [](const Finding& finding) { return finding.severity == Severity::non_verifie; });
        return list.findings;
    }

    /// What could not be checked: `NV-001 …`.
    [[nodiscard]] std::vector<std::string> not_checked(const Cog* cog = &shipped_cog()) const
    {
        FindingList list;
        validate({shipped_schemas(), tables, cog, today}, list);
        std::vector<std::string> lines;
        for (const auto& finding : list.findings)
            if (finding.severity == Severity::non_verifie)
                lines.push_back(finding.code + " " + finding.message);
        return lines;
    }

    std::map<std::string, Table> tables;
    Date today{2026y / 3 / 15};

private:
    void add_territory()
    {
        const auto setting = [&](const char* key, Cell value) {
            add("parametres", {{"cle", text(key)}, {"valeur", std::move(value)}});
        };
        setting("territoire", text("Haute-Loire"));
        setting("code du territoire", text("43"));
        setting("géographie", text("COG 2026"));
        add("territoires", {{"code_epci", text("200073419")},
                            {"nom", text("CA du Puy-en-Velay")},
                            {"nature", text("CA")},
                            {"population", Cell{83000.0}},
                            {"retenu", text("oui")}});
        add("territoires", {{"code_epci", text("244301016")},
                            {"nom", text("CC des Sucs")},
                            {"nature", text("CC")},
                            {"population", Cell{18500.0}},
                            {"retenu", text("oui")}});
        add("communes", {{"code_insee", text("43157")},
                         {"nom", text("Le Puy-en-Velay")},
                         {"code_epci", text("200073419")},
                         {"population", Cell{18540.0}}});
        add("communes", {{"code_insee", text("43268")},
                         {"nom", text("Yssingeaux")},
                         {"code_epci", text("244301016")},
                         {"population", Cell{7415.0}}});
        add("thematiques", {{"code", text("1.1")},
                            {"axe", Cell{1.0}},
                            {"question", text("Parentalité ?")},
                            {"intitule_court", text("parentalité")},
                            {"retenue", text("non")}});
        add("thematiques", {{"code", text("2.4a")},
                            {"axe", Cell{2.0}},
                            {"question", text("Mobilité ?")},
                            {"intitule_court", text("mobilité")},
                            {"retenue", text("oui")},
                            {"besoin", text("SANS_VOITURE")}});
    }

    void add_needs()
    {
        add("variables", {{"code", text("SANS_VOITURE")},
                          {"libelle", text("Personnes sans voiture")},
                          {"nature", text("effectif")},
                          {"source", text("Insee")},
                          {"millesime", Cell{2021.0}}});
        add("variables", {{"code", text("TAUX")},
                          {"libelle", text("Taux")},
                          {"nature", text("taux")},
                          {"source", text("Insee")},
                          {"millesime", Cell{2021.0}}});
        tables["besoins"].headers.push_back("SANS_VOITURE");
        add("besoins", {{"code_epci", text("200073419")}, {"SANS_VOITURE", Cell{1200.0}}});
        add("besoins", {{"code_epci", text("244301016")}, {"SANS_VOITURE", Cell{300.0}}});
    }
};

/// `DIS-001 C2` for each finding: its code, its cell.
std::vector<std::string> summary(const std::vector<Finding>& findings)
{
    std::vector<std::string> lines;
    for (const auto& finding : findings)
        lines.push_back(finding.row < 0
                            ? finding.code
                            : finding.code + ' ' + cell_name(std::max(0, finding.column), finding.row));
    return lines;
}

void assert_findings(const Workbook& book, const std::vector<std::string>& expected)
{
    const auto findings = book.findings();
    std::string found;
    for (const auto& finding : findings)
        found += "\n" + finding.code + " " + finding.table + " " +
                 cell_name(std::max(0, finding.column), std::max(0, finding.row)) + " " + finding.message +
                 " → " + finding.suggestion;
    CPPUNIT_ASSERT_MESSAGE("found:" + found, summary(findings) == expected);
}

/// One finding, in that field of that row of that table.
Finding assert_one(const Workbook& book, const char* code, const std::string& table, std::size_t row,
                   const char* field)
{
    const auto cell =
        cell_name(static_cast<std::int32_t>(book.column(table, field)), static_cast<std::int32_t>(row) + 1);
    assert_findings(book, {std::string(code) + " " + cell});
    const auto finding = book.findings().front();
    CPPUNIT_ASSERT_EQUAL(table, finding.table);
    return finding;
}

/// The findings of one rule.
std::vector<Finding> of_code(const Workbook& book, std::string_view code)
{
    auto findings = book.findings();
    std::erase_if(findings, [&](const Finding& finding) { return finding.code != code; });
    return findings;
}

Finding assert_one_dispositif(const Workbook& book, const char* code, const char* field)
{
    return assert_one(book, code, "dispositifs", 0, field);
}

/// The tables that a new workbook would hold.
std::map<std::string, Table> tables_of(const WorkbookContent& content)
{
    std::map<std::string, Table> tables;
    for (const auto& schema : shipped_schemas().tables()) {
        auto& table = tables[schema.name];
        table.sheet = schema.sheet;
        std::vector<std::string> names;
        for (const auto& field : schema.fields) {
            names.push_back(field.name);
            table.headers.push_back(field.title);
        }
        const auto rows = content.rows.find(schema.name);
        if (rows == content.rows.end())
            continue;
        std::set<std::string> others;
        for (const auto& row : rows->second)
            for (const auto& [name, cell] : row)
                if (std::find(names.begin(), names.end(), name) == names.end() &&
                    others.insert(name).second) {
                    names.push_back(name);
                    table.headers.push_back(name);
                }
        for (const auto& row : rows->second) {
            auto& cells = table.rows.emplace_back(names.size());
            for (std::size_t i = 0; i < names.size(); ++i)
                if (const auto cell = row.find(names[i]); cell != row.end())
                    cells[i] = cell->second;
        }
    }
    return tables;
}

/// `DIS-002 D-033`: the code and the key of the row, but for advice on open lists.
std::multiset<std::string> faults(const std::map<std::string, Table>& tables, Date today)
{
    FindingList list;
    validate({shipped_schemas(), tables, &shipped_cog(), today}, list);
    std::multiset<std::string> lines;
    for (const auto& finding : list.findings) {
        if (finding.severity == Severity::non_verifie)
            continue;
        const auto& table = tables.at(finding.table);
        const auto& schema = shipped_schemas().table(finding.table);
        const auto at = static_cast<std::size_t>(finding.row - table.header_row - 1);
        const auto key =
            finding.row <= table.header_row || schema.primary_key.empty()
                ? std::string("–")
                : read_code(Columns(schema, table).cell(table.rows[at], schema.primary_key.front()));
        lines.insert(finding.code + ' ' + key);
    }
    return lines;
}

std::string lines_of(const std::multiset<std::string>& lines)
{
    std::string text;
    for (const auto& line : lines)
        text += '\n' + line;
    return text;
}

void assert_mentions(const std::string& message, const char* words)
{
    CPPUNIT_ASSERT_MESSAGE(message + " ⇐ " + words, message.find(words) != std::string::npos);
}

} // namespace

class ValidationTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ValidationTest);
    CPPUNIT_TEST(every_rule_has_one_code_and_stands_at_its_place);
    CPPUNIT_TEST(words_take_their_values);
    CPPUNIT_TEST(a_clean_diagnosis_has_no_finding);
    CPPUNIT_TEST(blank_rows_are_ignored);
    // Tables and columns
    CPPUNIT_TEST(a_missing_table_is_one_finding);
    CPPUNIT_TEST(a_missing_referenced_table_does_not_cascade);
    CPPUNIT_TEST(a_generated_table_may_be_missing);
    CPPUNIT_TEST(a_renamed_column_is_one_finding_that_names_it);
    CPPUNIT_TEST(a_missing_key_column_does_not_cascade);
    CPPUNIT_TEST(a_header_written_otherwise_is_accepted);
    CPPUNIT_TEST(a_duplicate_header_is_told_with_the_first);
    CPPUNIT_TEST(two_columns_for_one_synonym_are_duplicates);
    CPPUNIT_TEST(a_merged_header_is_told);
    CPPUNIT_TEST(a_blank_column_at_the_end_is_nothing);
    CPPUNIT_TEST(a_column_of_a_persons_own_is_left_alone);
    CPPUNIT_TEST(a_misspelt_variable_column_is_told);
    CPPUNIT_TEST(a_table_full_of_errors_is_one_finding);
    CPPUNIT_TEST(a_few_errors_are_told_one_by_one);
    // Cells
    CPPUNIT_TEST(a_required_value_must_be_there);
    CPPUNIT_TEST(a_missing_value_is_not_a_value);
    CPPUNIT_TEST(what_is_not_a_number_is_told_with_the_number_within);
    CPPUNIT_TEST(a_number_as_text_is_advice);
    CPPUNIT_TEST(an_integer_has_no_decimals);
    CPPUNIT_TEST(a_date_must_exist);
    CPPUNIT_TEST(a_year_typed_as_a_date_is_recognised);
    CPPUNIT_TEST(a_date_as_text_is_advice);
    CPPUNIT_TEST(a_year_has_four_digits);
    CPPUNIT_TEST(a_boolean_is_oui_or_non);
    CPPUNIT_TEST(an_enumeration_is_compared_folded);
    CPPUNIT_TEST(a_value_out_of_an_enumeration_gets_the_nearest);
    CPPUNIT_TEST(each_element_of_an_enumerated_list_is_checked);
    CPPUNIT_TEST(minimum_and_maximum_are_checked);
    CPPUNIT_TEST(an_axe_may_carry_its_name);
    CPPUNIT_TEST(figures_of_the_needs_are_numbers_secret_or_missing);
    CPPUNIT_TEST(yearly_columns_are_checked);
    CPPUNIT_TEST(patterns_and_lengths_are_checked);
    CPPUNIT_TEST(a_structure_is_checked);
    CPPUNIT_TEST(columns_are_those_that_the_schema_admits);
    CPPUNIT_TEST(a_unique_value_is_there_once);
    CPPUNIT_TEST(dates_stand_in_order);
    // Keys and references
    CPPUNIT_TEST(a_row_without_key_is_one_finding);
    CPPUNIT_TEST(a_key_is_there_once);
    CPPUNIT_TEST(a_key_of_two_fields_is_there_once);
    CPPUNIT_TEST(an_unknown_reference_gets_the_nearest);
    CPPUNIT_TEST(each_element_of_a_list_of_references_is_checked);
    CPPUNIT_TEST(a_blank_reference_is_nothing);
    CPPUNIT_TEST(a_code_turned_into_a_number_still_refers);
    CPPUNIT_TEST(a_proposed_list_gives_advice_once);
    // Identifiers
    CPPUNIT_TEST(a_siret_is_checked);
    CPPUNIT_TEST(a_siret_turned_into_a_number_is_repaired);
    CPPUNIT_TEST(an_insee_code_is_checked_against_the_cog);
    CPPUNIT_TEST(an_old_insee_code_gives_its_successor);
    CPPUNIT_TEST(an_insee_code_that_lost_its_zero_is_repaired);
    CPPUNIT_TEST(a_commune_outside_the_territory_is_an_alert);
    CPPUNIT_TEST(an_epci_is_checked_against_the_cog);
    CPPUNIT_TEST(a_commune_belongs_to_its_epci);
    CPPUNIT_TEST(another_cog_is_told);
    CPPUNIT_TEST(without_the_cog_the_form_alone_is_checked);
    // Zones
    CPPUNIT_TEST(every_form_of_zone_is_accepted);
    CPPUNIT_TEST(a_zone_that_cannot_be_read_gets_the_nearest);
    CPPUNIT_TEST(a_zone_outside_the_territory_is_an_alert);
    CPPUNIT_TEST(a_distribution_must_be_read);
    CPPUNIT_TEST(a_weight_is_positive);
    CPPUNIT_TEST(a_distribution_stays_within_the_zone);
    // Dispositifs
    CPPUNIT_TEST(the_thematique_belongs_to_the_axe);
    CPPUNIT_TEST(the_parts_add_up_to_the_amount);
    CPPUNIT_TEST(more_people_than_the_need_is_an_alert);
    CPPUNIT_TEST(more_people_than_inhabitants_is_an_alert);
    CPPUNIT_TEST(an_expired_dispositif_is_an_alert);
    CPPUNIT_TEST(the_reference_date_of_the_parameters_wins);
    CPPUNIT_TEST(two_rows_alike_are_an_alert);
    CPPUNIT_TEST(two_rows_of_different_numbers_or_porteurs_are_not_alike);
    CPPUNIT_TEST(two_rows_alike_are_found_among_many);
    CPPUNIT_TEST(a_row_not_updated_for_two_years_is_advice);
    // Thématiques and territory
    CPPUNIT_TEST(a_retained_thematique_has_a_dispositif_or_says_there_is_none);
    CPPUNIT_TEST(a_retained_thematique_has_a_need);
    CPPUNIT_TEST(the_need_of_a_thematique_has_a_column);
    CPPUNIT_TEST(a_rate_has_a_base);
    CPPUNIT_TEST(the_thresholds_stand_in_order);
    CPPUNIT_TEST(a_retained_epci_has_a_row_of_needs);
    // As a whole
    CPPUNIT_TEST(findings_come_in_the_order_of_the_sheets);
    CPPUNIT_TEST(positions_follow_the_place_of_the_table);
    CPPUNIT_TEST(an_empty_workbook_does_no_harm);
    CPPUNIT_TEST(a_new_diagnosis_has_no_error);
    CPPUNIT_TEST(the_example_has_the_faults_that_it_announces_and_no_other);
    CPPUNIT_TEST_SUITE_END();

    void every_rule_has_one_code_and_stands_at_its_place()
    {
        std::set<std::string> codes;
        for (std::size_t i = 0; i < all_rules().size(); ++i) {
            const auto& words = all_rules()[i];
            CPPUNIT_ASSERT_EQUAL(i, static_cast<std::size_t>(words.rule));
            CPPUNIT_ASSERT_MESSAGE(words.code, codes.insert(words.code).second);
        }
        CPPUNIT_ASSERT_EQUAL(rule_count, all_rules().size());
    }

    void words_take_their_values()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("b, a, b {2} {"), worded("{1}, {0}, {1} {2} {", {"a", "b"}));
        CPPUNIT_ASSERT_EQUAL(std::string("{1}"), worded("{0}", {"{1}", "x"}));
    }

    void a_clean_diagnosis_has_no_finding() { assert_findings(Workbook(), {}); }

    void blank_rows_are_ignored()
    {
        Workbook book;
        book.add("dispositifs", {});
        book.add("dispositifs", {{"id", text(" ")}, {"axe", text("\u00A0")}});
        assert_findings(book, {});
    }

    void a_missing_table_is_one_finding()
    {
        Workbook book;
        book.tables.erase("comites");
        assert_findings(book, {"TAB-001"});
        const auto finding = book.findings().front();
        CPPUNIT_ASSERT_EQUAL(std::string("comites"), finding.table);
        CPPUNIT_ASSERT(finding.severity == Severity::erreur && finding.sheet.empty() && finding.row < 0);
        assert_mentions(finding.message, "« comites »");
        assert_mentions(finding.message, "Comités");
    }

    void a_missing_referenced_table_does_not_cascade()
    {
        for (const char* table :
             {"thematiques", "territoires", "communes", "variables", "besoins", "parametres"}) {
            Workbook book;
            book.tables.erase(table);
            CPPUNIT_ASSERT_MESSAGE(table, summary(book.findings()) == std::vector<std::string>{"TAB-001"});
        }
    }

    void a_generated_table_may_be_missing()
    {
        Workbook book;
        book.tables.erase("couverture");
        book.tables.erase("controles");
        assert_findings(book, {});
    }

    void a_renamed_column_is_one_finding_that_names_it()
    {
        Workbook book;
        book.rename("dispositifs", "type_de_porteur", "nature du porteur");
        assert_findings(book, {"TAB-002"});
        assert_mentions(book.findings().front().message, "« type de porteur »");
        assert_mentions(book.findings().front().suggestion, "type de porteur");
        book.rename("dispositifs", "nature du porteur", "type du porteur");
        assert_mentions(book.findings().front().suggestion, "« type du porteur »");
    }

    void a_missing_key_column_does_not_cascade()
    {
        Workbook book;
        book.rename("thematiques", "code", "rubrique");
        assert_findings(book, {"TAB-002"});
    }

    void a_header_written_otherwise_is_accepted()
    {
        Workbook book;
        book.rename("dispositifs", "porteur_principal", "PORTEUR-PRINCIPAL");
        book.rename("dispositifs", "mis_a_jour_le", "Màj");
        book.rename("besoins", "SANS_VOITURE", "sans voiture");
        assert_findings(book, {});
    }

    void a_duplicate_header_is_told_with_the_first()
    {
        Workbook book;
        book.rename("dispositifs", "description", "Intitulé");
        assert_findings(book, {"TAB-003 E1"});
        assert_mentions(book.findings().front().message, "D1");
    }

    void two_columns_for_one_synonym_are_duplicates()
    {
        Workbook book;
        book.tables["besoins"].headers.push_back("sans voiture");
        for (auto& row : book.tables["besoins"].rows)
            row.emplace_back(1.0);
        assert_findings(book, {"TAB-003 D1"});
    }

    void a_merged_header_is_told()
    {
        Workbook book;
        book.rename("dispositifs", "description", " ");
        assert_findings(book, {"TAB-004 E1"});
    }

    void a_blank_column_at_the_end_is_nothing()
    {
        Workbook book;
        book.tables["besoins"].headers.emplace_back();
        for (auto& row : book.tables["besoins"].rows)
            row.emplace_back();
        assert_findings(book, {});
        book.tables["besoins"].rows[1].back() = 3.0;
        assert_findings(book, {"TAB-004 D1"});
    }

    void a_column_of_a_persons_own_is_left_alone()
    {
        Workbook book;
        book.tables["besoins"].headers.emplace_back("mes notes");
        for (auto& row : book.tables["besoins"].rows)
            row.push_back(text("à revoir"));
        assert_findings(book, {});
    }

    void a_misspelt_variable_column_is_told()
    {
        Workbook book;
        book.rename("besoins", "SANS_VOITURE", "SANS_VOITURES");
        // The column, and the thématique whose need it was.
        assert_findings(book, {"THE-003 F3", "TAB-006 C1"});
        assert_mentions(book.findings().back().suggestion, "« SANS_VOITURE »");
    }

    void a_table_full_of_errors_is_one_finding()
    {
        Workbook book;
        for (int i = 0; i < 21; ++i)
            book.add("offre", {{"id", CellError{}}, {"nom", CellError{}}, {"type", text("x")}});
        assert_findings(book, {"TAB-005"});
        assert_mentions(book.findings().front().message, "42");
        assert_mentions(book.findings().front().message, "63");
    }

    void a_few_errors_are_told_one_by_one()
    {
        Workbook book;
        book.at("dispositifs", 0, "capacite") = CellError{};
        book.at("dispositifs", 0, "axe") = CellError{};
        book.at("dispositifs", 0, "thematique") = CellError{};
        // The thématique has no more dispositif, as far as one can read.
        assert_findings(book, {"THE-001 A3", "CEL-002 B2", "CEL-002 C2", "CEL-002 R2"});
    }

    void a_required_value_must_be_there()
    {
        Workbook book;
        book.at("dispositifs", 0, "source") = text("  ");
        const auto finding = assert_one_dispositif(book, "CEL-001", "source");
        CPPUNIT_ASSERT(finding.severity == Severity::erreur);
        assert_mentions(finding.message, "« source »");
    }

    void a_missing_value_is_not_a_value()
    {
        Workbook book;
        book.at("dispositifs", 0, "source") = text("nd");
        assert_one_dispositif(book, "CEL-001", "source");
        book.at("dispositifs", 0, "source") = text("Entretien");
        book.at("dispositifs", 0, "capacite") = text("ND");
        assert_findings(book, {});
    }

    void what_is_not_a_number_is_told_with_the_number_within()
    {
        Workbook book;
        book.at("dispositifs", 0, "capacite") = text("env. 30 places");
        assert_mentions(assert_one_dispositif(book, "CEL-003", "capacite").suggestion, "(30 ?)");
        book.at("dispositifs", 0, "capacite") = text("12-15");
        assert_mentions(assert_one_dispositif(book, "CEL-003", "capacite").suggestion, "entre 12 et 15");
        book.at("dispositifs", 0, "capacite") = text("beaucoup");
        assert_mentions(assert_one_dispositif(book, "CEL-003", "capacite").suggestion, "vide");
    }

    void a_number_as_text_is_advice()
    {
        Workbook book;
        book.at("dispositifs", 0, "capacite") = text("1 200");
        const auto finding = assert_one_dispositif(book, "CEL-015", "capacite");
        CPPUNIT_ASSERT(finding.severity == Severity::conseil);
    }

    void an_integer_has_no_decimals()
    {
        Workbook book;
        book.at("territoires", 0, "population") = 82000.5;
        assert_one(book, "CEL-004", "territoires", 0, "population");
    }

    void a_date_must_exist()
    {
        Workbook book;
        book.at("dispositifs", 0, "date_de_fin") = text("31/06/2027");
        assert_one_dispositif(book, "CEL-005", "date_de_fin");
        book.at("dispositifs", 0, "date_de_fin") = text("fin 2027");
        assert_one_dispositif(book, "CEL-005", "date_de_fin");
    }

    void a_year_typed_as_a_date_is_recognised()
    {
        Workbook book;
        book.at("dispositifs", 0, "date_de_fin") = 2022.0;
        assert_mentions(assert_one_dispositif(book, "CEL-005", "date_de_fin").suggestion, "01/01/2022");
    }

    void a_date_as_text_is_advice()
    {
        Workbook book;
        book.at("dispositifs", 0, "date_de_fin") = text("2027-06-30");
        assert_mentions(assert_one_dispositif(book, "CEL-016", "date_de_fin").suggestion, "30/06/2027");
    }

    void a_year_has_four_digits()
    {
        Workbook book;
        for (const Cell& cell : {Cell{24.0}, Cell{2024.5}, text("l'an dernier")}) {
            book.at("dispositifs", 0, "annee_de_la_file_active") = cell;
            assert_one_dispositif(book, "CEL-006", "annee_de_la_file_active");
        }
        book.at("dispositifs", 0, "annee_de_la_file_active") = text("2024");
        assert_findings(book, {});
        book.at("dispositifs", 0, "annee_de_la_file_active") = 1998.0;
        assert_mentions(assert_one_dispositif(book, "CEL-009", "annee_de_la_file_active").message, "1998");
    }

    void a_boolean_is_oui_or_non()
    {
        Workbook book;
        book.at("thematiques", 0, "retenue") = text("peut-être");
        assert_one(book, "CEL-007", "thematiques", 0, "retenue");
        book.at("thematiques", 0, "retenue") = text("NON");
        assert_findings(book, {});
    }

    void an_enumeration_is_compared_folded()
    {
        Workbook book;
        book.at("variables", 0, "nature") = text(" Effectif");
        book.at("variables", 0, "sens") = text("HAUSSE DEFAVORABLE");
        assert_findings(book, {});
    }

    void a_value_out_of_an_enumeration_gets_the_nearest()
    {
        Workbook book;
        book.at("variables", 0, "nature") = text("efectifs");
        assert_mentions(assert_one(book, "CEL-008", "variables", 0, "nature").suggestion, "« effectif »");
        book.at("variables", 0, "nature") = text("nombre");
        assert_mentions(book.findings().front().suggestion, "effectif, taux, montant, indice, typologie");
    }

    void each_element_of_an_enumerated_list_is_checked()
    {
        Workbook book;
        book.add("actions", {{"id", text("A-01")}, {"renforcement", text("file active; Nouveaux publics")}});
        CPPUNIT_ASSERT(of_code(book, "CEL-008").empty());
        book.at("actions", 0, "renforcement") = text("file active;nouvelle zone");
        const auto findings = of_code(book, "CEL-008");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, findings.size());
        assert_mentions(findings.front().suggestion, "« nouvelles zones »");
        CPPUNIT_ASSERT(findings.front().repair->value == Cell(text("file active;nouvelles zones")));
    }

    void minimum_and_maximum_are_checked()
    {
        Workbook book;
        book.at("dispositifs", 0, "capacite") = -3.0;
        assert_mentions(assert_one_dispositif(book, "CEL-009", "capacite").message, "-3");
        book.at("dispositifs", 0, "capacite") = 0.0;
        assert_findings(book, {});
        book.at("thematiques", 1, "seuil_couvert") = 80.0;
        assert_mentions(assert_one(book, "CEL-010", "thematiques", 1, "seuil_couvert").message, "80");
    }

    void an_axe_may_carry_its_name()
    {
        Workbook book;
        book.at("dispositifs", 0, "axe") = text("2 – emploi");
        assert_findings(book, {});
        book.at("dispositifs", 0, "axe") = 5.0;
        assert_one_dispositif(book, "CEL-008", "axe");
    }

    void figures_of_the_needs_are_numbers_secret_or_missing()
    {
        Workbook book;
        book.at("besoins", 0, "SANS_VOITURE") = text("s");
        book.at("besoins", 1, "SANS_VOITURE") = text("N/A - résultat non disponible");
        assert_findings(book, {});
        book.at("besoins", 0, "SANS_VOITURE") = text("beaucoup");
        assert_one(book, "CEL-003", "besoins", 0, "SANS_VOITURE");
    }

    void yearly_columns_are_checked()
    {
        Workbook book;
        book.tables["indicateurs"].headers.emplace_back("cible 2025");
        book.add("indicateurs", {{"cible 2025", text("dix")}});
        // Without a key, one finding for the row, and its cells as they are.
        const auto findings = summary(book.findings());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, findings.size());
        CPPUNIT_ASSERT_EQUAL(std::string("REF-001 A2"), findings[0]);
        assert_mentions(findings[1], "CEL-003");
    }

    void patterns_and_lengths_are_checked()
    {
        const auto schema = parse_schema(R"({"name": "t", "fields": [
            {"name": "a", "constraints": {"pattern": "[A-Z]-[0-9]+"}},
            {"name": "b", "constraints": {"minLength": 2, "maxLength": 4}}]})",
                                         "t.json");
        const Schemas schemas({schema});
        Table table;
        table.headers = {"a", "b"};
        table.rows = {{text("A-12"), text("éééé")}, {text("A-12b"), text("x")}, {text("a-1"), text("ééééé")}};
        FindingList list;
        const std::map<std::string, Table> tables = {{"t", table}};
        validate({schemas, tables, nullptr, {}}, list);
        const std::vector<std::string> expected = {"CEL-011 A3", "CEL-012 B3", "CEL-011 A4", "CEL-013 B4"};
        CPPUNIT_ASSERT(expected == summary(list.findings));
    }

    static std::vector<std::string> findings_of(const char* schema, Table table)
    {
        const Schemas schemas({parse_schema(schema, "t.json")});
        FindingList list;
        const std::map<std::string, Table> tables = {{"t", std::move(table)}};
        validate({schemas, tables, nullptr, {}}, list);
        return summary(list.findings);
    }

    void a_structure_is_checked()
    {
        Table table;
        table.headers = {"a"};
        table.rows = {{text(R"({"code": "43157"})")}, {text("{}")}, {text("[")}};
        const std::vector<std::string> expected = {"CEL-020 A3", "CEL-019 A4"};
        CPPUNIT_ASSERT(expected == findings_of(R"({"name": "t", "fields": [{"name": "a", "type": "object",
            "constraints": {"jsonSchema": {"required": ["code"]}}}]})",
                                               table));
    }

    void columns_are_those_that_the_schema_admits()
    {
        Table table;
        table.headers = {"B", "a", "remarque"};
        const auto found = [&](const char* match) {
            return findings_of(
                worded(R"({"name": "t", "fields": [{"name": "a"}, {"name": "b"}]{0}})", {match}).c_str(),
                table);
        };
        CPPUNIT_ASSERT(found("").empty()); // a workbook may have columns of its own
        CPPUNIT_ASSERT(found(R"(, "fieldsMatch": "subset")").empty());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, found(R"(, "fieldsMatch": "equal")").size());
        table.headers.pop_back();
        CPPUNIT_ASSERT(found(R"(, "fieldsMatch": "equal")").empty());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, found(R"(, "fieldsMatch": "exact")").size()); // their order
    }

    void a_unique_value_is_there_once()
    {
        const auto schema = parse_schema(R"({"name": "t", "fields": [
            {"name": "id"}, {"name": "a", "constraints": {"unique": true}}], "primaryKey": "id"})",
                                         "t.json");
        const Schemas schemas({schema});
        Table table;
        table.headers = {"id", "a"};
        table.rows = {
            {text("1"), text("x")}, {text("2"), text(" x")}, {text("3"), Cell{}}, {text("4"), Cell{}}};
        FindingList list;
        const std::map<std::string, Table> tables = {{"t", table}};
        validate({schemas, tables, nullptr, {}}, list);
        CPPUNIT_ASSERT(summary(list.findings) == std::vector<std::string>{"CEL-014 B3"});
        assert_mentions(list.findings[0].message, "B2");
    }

    void dates_stand_in_order()
    {
        Workbook book;
        book.at("dispositifs", 0, "date_de_debut") = text("01/01/2028");
        book.at("dispositifs", 0, "date_de_fin") = serial_of(Date{2027y / 12 / 31});
        const auto findings = summary(book.findings());
        CPPUNIT_ASSERT((findings == std::vector<std::string>{"CEL-016 Z2", "CEL-017 AA2"}));
        book.at("dispositifs", 0, "date_de_debut") = serial_of(Date{2027y / 12 / 31}); // one day
        assert_findings(book, {});
    }

    void a_row_without_key_is_one_finding()
    {
        Workbook book;
        book.add("dispositifs", {{"thematique", text("9.9")}, {"territoire_couvert", text("Atlantide")}});
        assert_one(book, "REF-001", "dispositifs", 1, "id");
    }

    void a_key_is_there_once()
    {
        Workbook book;
        auto other = Workbook::dispositif("D-001");
        other["intitule"] = text("Auto-école sociale");
        book.add("dispositifs", other);
        assert_mentions(assert_one(book, "REF-002", "dispositifs", 1, "id").message, "A2");
    }

    void a_key_of_two_fields_is_there_once()
    {
        Workbook book;
        book.tables.erase("actions"); // no action to refer to: told once
        const Workbook::Fields line = {{"action", text("A-01")},
                                       {"annee", Cell{2024.0}},
                                       {"part_etat", Cell{1.0}},
                                       {"part_departement", Cell{1.0}}};
        book.add("budget", line);
        book.add("budget", line);
        auto next = line;
        next["annee"] = 2025.0;
        book.add("budget", next);
        assert_findings(book, {"TAB-001", "REF-002 A3"});
    }

    void an_unknown_reference_gets_the_nearest()
    {
        Workbook book;
        book.at("thematiques", 1, "besoin") = text("SANS_VOITURES");
        const auto finding = assert_one(book, "REF-003", "thematiques", 1, "besoin");
        assert_mentions(finding.suggestion, "« SANS_VOITURE »");
        book.at("thematiques", 1, "besoin") = text("XYZ");
        assert_mentions(book.findings().front().suggestion, "Variables");
        book.at("thematiques", 1, "besoin") = text("sans_voiture"); // the case is ignored
        book.at("dispositifs", 0, "thematique") = text("2.4 A");
        assert_findings(book, {});
    }

    void each_element_of_a_list_of_references_is_checked()
    {
        Workbook book;
        book.add("schemas",
                 {{"code", text("PDI")}, {"intitule", text("Programme départemental d'insertion")}});
        book.add("schemas", {{"code", text("CRTE")}, {"intitule", text("Contrat de relance")}});
        book.at("dispositifs", 0, "cadre") = text("PDI ; CRTE");
        assert_findings(book, {});
        book.at("dispositifs", 0, "cadre") = text("PDI;CRTEE;ZZZ");
        assert_findings(book, {"REF-003 Y2", "REF-003 Y2"});
    }

    void a_blank_reference_is_nothing()
    {
        Workbook book;
        book.at("dispositifs", 0, "cadre") = text("nd");
        assert_findings(book, {});
    }

    void a_code_turned_into_a_number_still_refers()
    {
        Workbook book;
        book.at("dispositifs", 0, "axe") = 1.0;
        book.at("dispositifs", 0, "thematique") = 1.1; // retained thématique 2.4a loses its dispositif
        assert_findings(book, {"THE-001 A3", "IDE-005 C2"});
        book.at("besoins", 0, "code_epci") = 200073419.0;
        const auto findings = book.findings();
        CPPUNIT_ASSERT_EQUAL(std::string("IDE-005"), findings[1].code);
        assert_mentions(findings[1].suggestion, "« 200073419 »");
    }

    void a_proposed_list_gives_advice_once()
    {
        Workbook book;
        book.at("dispositifs", 0, "public_cible") = text("Jeunnes;Cyclistes;FAMILLES");
        auto other = Workbook::dispositif("D-002");
        other["intitule"] = text("Auto-école sociale");
        other["public_cible"] = text("Cyclistes");
        other["type_de_porteur"] = text("Compagnie maritime"); // not a list: accepted
        book.add("dispositifs", other);
        assert_findings(book, {"REF-004 O2", "REF-004 O2"});
        assert_mentions(book.findings().front().suggestion, "« Jeunes »");
        CPPUNIT_ASSERT(book.findings().front().severity == Severity::conseil);
    }

    void a_siret_is_checked()
    {
        Workbook book;
        book.at("dispositifs", 0, "siret_du_porteur") = text("732 829 320 00074");
        assert_findings(book, {});
        book.at("dispositifs", 0, "siret_du_porteur") = text("73282932000047");
        assert_one_dispositif(book, "IDE-004", "siret_du_porteur");
        book.at("dispositifs", 0, "siret_du_porteur") = text("732829320");
        assert_one_dispositif(book, "IDE-003", "siret_du_porteur");
        book.at("dispositifs", 0, "siret_du_porteur") = text("7,33E+13");
        assert_one_dispositif(book, "IDE-003", "siret_du_porteur");
        book.at("dispositifs", 0, "siret_du_porteur") = text("35600000049837"); // La Poste
        assert_findings(book, {});
    }

    void a_siret_turned_into_a_number_is_repaired()
    {
        Workbook book;
        book.at("dispositifs", 0, "siret_du_porteur") = 73282932000074.0;
        const auto finding = assert_one_dispositif(book, "IDE-005", "siret_du_porteur");
        CPPUNIT_ASSERT(finding.severity == Severity::alerte);
        assert_mentions(finding.suggestion, "« 73282932000074 »");
    }

    Workbook with_place(const char* insee)
    {
        Workbook book;
        book.add("offre", {{"id", text("P-001")},
                           {"nom", text("Maison")},
                           {"thematique", text("2.4a")},
                           {"code_insee", text(insee)},
                           {"source", text("ANCT")}});
        return book;
    }

    void an_insee_code_is_checked_against_the_cog()
    {
        assert_findings(with_place("43157"), {});
        assert_one(with_place("43000"), "IDE-007", "offre", 0, "code_insee"); // the postal code of Le Puy
        assert_one(with_place("Le Puy"), "IDE-006", "offre", 0, "code_insee");
    }

    void an_old_insee_code_gives_its_successor()
    {
        const auto finding = assert_one(with_place("01340"), "IDE-008", "offre", 0, "code_insee");
        assert_mentions(finding.message, "Arboys en Bugey");
        assert_mentions(finding.suggestion, "« 01015 »");
    }

    void an_insee_code_that_lost_its_zero_is_repaired()
    {
        assert_mentions(assert_one(with_place("1004"), "IDE-006", "offre", 0, "code_insee").suggestion,
                        "« 01004 »");
        assert_mentions(assert_one(with_place("2a004"), "IDE-006", "offre", 0, "code_insee").suggestion,
                        "« 2A004 »");
        auto book = with_place("43157");
        book.at("offre", 0, "code_insee") = 43157.0;
        assert_one(book, "IDE-005", "offre", 0, "code_insee");
    }

    void a_commune_outside_the_territory_is_an_alert()
    {
        const auto finding = assert_one(with_place("63113"), "IDE-009", "offre", 0, "code_insee");
        CPPUNIT_ASSERT(finding.severity == Severity::alerte);
        assert_mentions(finding.message, "Clermont-Ferrand");
    }

    void an_epci_is_checked_against_the_cog()
    {
        Workbook book;
        book.at("besoins", 1, "code_epci") = text("CC des Sucs"); // the name for the code
        book.at("territoires", 1, "retenu") = text("non");
        book.at("dispositifs", 0, "territoire_couvert") = text("département");
        assert_mentions(assert_one(book, "IDE-010", "besoins", 1, "code_epci").suggestion, "« 244301016 »");
        book.at("besoins", 1, "code_epci") = text("244301017"); // a wrong key
        assert_one(book, "IDE-002", "besoins", 1, "code_epci");
        book.at("besoins", 1, "code_epci") = text("732829320"); // a SIREN, not of an EPCI
        assert_one(book, "IDE-010", "besoins", 1, "code_epci");
        book.at("besoins", 1, "code_epci") = text("200073393"); // an EPCI, not of this territory
        assert_one(book, "REF-003", "besoins", 1, "code_epci");
    }

    void a_commune_belongs_to_its_epci()
    {
        Workbook book;
        book.at("communes", 1, "code_epci") = text("200073419");
        const auto finding = assert_one(book, "IDE-012", "communes", 1, "code_epci");
        assert_mentions(finding.message, "CC des Sucs");
        assert_mentions(finding.suggestion, "« 244301016 »");
    }

    void another_cog_is_told()
    {
        Workbook book;
        book.at("parametres", 2, "valeur") = text("COG 2024");
        assert_one(book, "IDE-013", "parametres", 2, "valeur");
    }

    void without_the_cog_the_form_alone_is_checked()
    {
        auto book = with_place("99999");
        CPPUNIT_ASSERT(book.findings(nullptr).empty());
        book.at("offre", 0, "code_insee") = text("999");
        CPPUNIT_ASSERT((summary(book.findings(nullptr)) == std::vector<std::string>{"IDE-006 G2"}));
    }

    void every_form_of_zone_is_accepted()
    {
        Workbook book;
        for (const char* zone :
             {"CC des Sucs", "cc des sucs", "244301016", "Yssingeaux", "43268", "département",
              "Tout le département", "43", "Haute-Loire", "CC des Sucs;Le Puy-en-Velay"}) {
            book.at("dispositifs", 0, "territoire_couvert") = text(zone);
            CPPUNIT_ASSERT_MESSAGE(zone, book.findings().empty());
        }
    }

    void a_zone_that_cannot_be_read_gets_the_nearest()
    {
        Workbook book;
        book.at("dispositifs", 0, "territoire_couvert") = text("CC des Sucs;Yssingaux");
        assert_mentions(assert_one_dispositif(book, "TER-002", "territoire_couvert").suggestion,
                        "« Yssingeaux »");
        book.at("dispositifs", 0, "territoire_couvert") = text("Atlantide");
        assert_one_dispositif(book, "TER-002", "territoire_couvert");
    }

    void a_zone_outside_the_territory_is_an_alert()
    {
        Workbook book;
        book.at("dispositifs", 0, "territoire_couvert") = text("CC des Sucs;63113");
        assert_one_dispositif(book, "IDE-009", "territoire_couvert");
        book.at("dispositifs", 0, "territoire_couvert") = text("CC des Sucs;200073393");
        assert_mentions(assert_one_dispositif(book, "IDE-011", "territoire_couvert").message, "Haut Allier");
        book.at("dispositifs", 0, "territoire_couvert") = text("01340"); // a code of before the mergers
        assert_one_dispositif(book, "IDE-008", "territoire_couvert");
        book.at("dispositifs", 0, "territoire_couvert") = text("cc des rives du haut-allier");
        assert_one_dispositif(book, "IDE-011", "territoire_couvert");
    }

    void a_distribution_must_be_read()
    {
        Workbook book;
        book.at("dispositifs", 0, "territoire_couvert") = text("département");
        for (const char* distribution : {"200073419=60;244301016=40", "CC des Sucs = 1,5 ; 200073419=1"}) {
            book.at("dispositifs", 0, "repartition") = text(distribution);
            CPPUNIT_ASSERT_MESSAGE(distribution, book.findings().empty());
        }
        for (const char* distribution : {"60/40", "200073419=beaucoup", "200073419"}) {
            book.at("dispositifs", 0, "repartition") = text(distribution);
            assert_one_dispositif(book, "DIS-005", "repartition");
        }
    }

    void a_weight_is_positive()
    {
        Workbook book;
        book.at("dispositifs", 0, "territoire_couvert") = text("département");
        for (const char* distribution : {"200073419=0;244301016=40", "200073419=-1;244301016=40"}) {
            book.at("dispositifs", 0, "repartition") = text(distribution);
            assert_one_dispositif(book, "DIS-006", "repartition");
        }
    }

    void a_distribution_stays_within_the_zone()
    {
        Workbook book;
        book.at("dispositifs", 0, "repartition") = text("244301016=60;200073419=40");
        assert_mentions(assert_one_dispositif(book, "DIS-007", "repartition").message, "« 200073419 »");
        book.at("dispositifs", 0, "territoire_couvert") = text("CC des Sucs;Le Puy-en-Velay");
        assert_findings(book, {});
        book.at("dispositifs", 0, "territoire_couvert") = text("Atlantide"); // no cascade
        assert_one_dispositif(book, "TER-002", "territoire_couvert");
    }

    void the_thematique_belongs_to_the_axe()
    {
        Workbook book;
        book.at("dispositifs", 0, "axe") = 3.0;
        const auto finding = assert_one_dispositif(book, "DIS-001", "thematique");
        CPPUNIT_ASSERT(finding.severity == Severity::erreur);
        CPPUNIT_ASSERT_EQUAL(std::string("La thématique 2.4a relève de l'axe 2, et non de l'axe 3."),
                             finding.message);
    }

    static Workbook with_parts(Cell amount, Cell state, Cell departement, Cell others)
    {
        Workbook book;
        book.at("dispositifs", 0, "montant_annuel") = std::move(amount);
        book.at("dispositifs", 0, "part_etat") = std::move(state);
        book.at("dispositifs", 0, "part_departement") = std::move(departement);
        book.at("dispositifs", 0, "autres_financements") = std::move(others);
        return book;
    }

    void the_parts_add_up_to_the_amount()
    {
        assert_findings(with_parts(Cell{1000.0}, Cell{500.0}, Cell{300.0}, Cell{200.0}), {});
        assert_findings(with_parts(Cell{1000.0}, Cell{499.0}, Cell{300.0}, Cell{200.0}), {}); // 1 € short
        assert_findings(with_parts(Cell{1000.0}, Cell{500.0}, Cell{300.0}, Cell{}),
                        {}); // the rest is unknown
        assert_findings(with_parts(Cell{}, Cell{500.0}, Cell{300.0}, Cell{200.0}), {});
        assert_findings(with_parts(Cell{1000.0}, Cell{}, Cell{}, Cell{}), {});
        assert_one_dispositif(with_parts(Cell{1000.0}, Cell{498.0}, Cell{300.0}, Cell{200.0}), "DIS-002",
                              "montant_annuel");
        assert_one_dispositif(with_parts(Cell{1000.0}, Cell{502.0}, Cell{300.0}, Cell{200.0}), "DIS-002",
                              "montant_annuel");
        assert_one_dispositif(with_parts(Cell{1000.0}, Cell{800.0}, Cell{300.0}, Cell{}), "DIS-002",
                              "montant_annuel");
    }

    void more_people_than_the_need_is_an_alert()
    {
        Workbook book; // the need is 1,200 + 300
        book.at("dispositifs", 0, "annee_de_la_file_active") = 2024.0;
        book.at("dispositifs", 0, "capacite") = 1500.0;
        assert_findings(book, {});
        book.at("dispositifs", 0, "capacite") = 1501.0;
        const auto finding = assert_one_dispositif(book, "DIS-003", "capacite");
        CPPUNIT_ASSERT(finding.severity == Severity::alerte);
        assert_mentions(finding.message, "1\u202F501");
        assert_mentions(finding.message, "1\u202F500");
        book.at("besoins", 0, "SANS_VOITURE") = text("s"); // the need of the whole is not known
        assert_findings(book, {});
        book.at("dispositifs", 0, "capacite") = Cell{};
        book.at("besoins", 0, "SANS_VOITURE") = 0.0;
        book.at("dispositifs", 0, "file_active") = 301.0;
        assert_one_dispositif(book, "DIS-003", "file_active");
    }

    void more_people_than_inhabitants_is_an_alert()
    {
        Workbook book; // 83,000 + 18,500
        book.at("dispositifs", 0, "annee_de_la_file_active") = 2024.0;
        book.at("besoins", 0, "SANS_VOITURE") = Cell{};
        book.at("dispositifs", 0, "file_active") = 101501.0;
        assert_one_dispositif(book, "DIS-004", "file_active");
        book.at("dispositifs", 0, "file_active") = 101500.0;
        assert_findings(book, {});
    }

    void an_expired_dispositif_is_an_alert()
    {
        Workbook book;
        book.at("dispositifs", 0, "date_de_fin") = serial_of(book.today);
        assert_findings(book, {}); // until the evening
        book.at("dispositifs", 0, "date_de_fin") = serial_of(Date{2026y / 3 / 14});
        assert_mentions(assert_one_dispositif(book, "DIS-008", "date_de_fin").message, "14/03/2026");
    }

    void the_reference_date_of_the_parameters_wins()
    {
        Workbook book;
        book.at("dispositifs", 0, "date_de_fin") = serial_of(Date{2027y / 12 / 31});
        book.add("parametres",
                 {{"cle", text("date de référence")}, {"valeur", Cell{serial_of(Date{2028y / 1 / 1})}}});
        assert_one_dispositif(book, "DIS-008", "date_de_fin");
        book.at("parametres", 3, "valeur") = text("31/12/2027");
        assert_findings(book, {});
    }

    Workbook with_second(const char* title, const char* porteur)
    {
        Workbook book;
        auto other = Workbook::dispositif("D-002");
        other["intitule"] = text(title);
        other["porteur_principal"] = text(porteur);
        book.add("dispositifs", other);
        return book;
    }

    void two_rows_alike_are_an_alert()
    {
        // 24 folded letters: three may differ; a porteur of 26: five.
        for (const char* title : {"Garage solidaire itinérant", "GARAGE SOLIDAIRE ITINERANT",
                                  "Garages solidaires itinérants", "Garage solidaire itinérent"}) {
            const auto finding = assert_one(with_second(title, "Association « Exemple-Mobilité »"), "DIS-009",
                                            "dispositifs", 1, "intitule");
            CPPUNIT_ASSERT(finding.severity == Severity::alerte);
            assert_mentions(finding.message, "ligne 2");
        }
        assert_one(with_second("Garage solidaire itinérant", "L'association Exemple Mobilités"), "DIS-009",
                   "dispositifs", 1, "intitule");
    }

    void two_rows_of_different_numbers_or_porteurs_are_not_alike()
    {
        assert_findings(with_second("Garage solidaire itinérant 2", "Association Exemple Mobilité"), {});
        assert_findings(with_second("Garage solidaire itinérant", "Mission locale"), {});
        assert_findings(with_second("Auto-école solidaire", "Association Exemple Mobilité"), {});
    }

    void two_rows_alike_are_found_among_many()
    {
        Workbook book;
        for (int i = 0; i < 300; ++i) { // the same beginning, three hundred times
            const auto number = std::to_string(1000 + i);
            auto other = Workbook::dispositif(number.c_str());
            std::string title = "Garage solidaire itinérant de la vallée ";
            other["intitule"] = title.append(number);
            book.add("dispositifs", other);
        }
        auto other = Workbook::dispositif("D-002");
        other["intitule"] = text("Le garage solidaire itinérant");
        book.add("dispositifs", other);
        assert_one(book, "DIS-009", "dispositifs", 301, "intitule");
    }

    void a_row_not_updated_for_two_years_is_advice()
    {
        Workbook book;
        book.at("dispositifs", 0, "mis_a_jour_le") = serial_of(Date{2024y / 3 / 15});
        assert_findings(book, {});
        book.at("dispositifs", 0, "mis_a_jour_le") = serial_of(Date{2024y / 3 / 14});
        const auto finding = assert_one_dispositif(book, "DIS-010", "mis_a_jour_le");
        CPPUNIT_ASSERT(finding.severity == Severity::conseil);
        book.at("dispositifs", 0, "mis_a_jour_le") = serial_of(Date{2024y / 2 / 29});
        assert_one_dispositif(book, "DIS-010", "mis_a_jour_le");
    }

    void a_retained_thematique_has_a_dispositif_or_says_there_is_none()
    {
        Workbook book;
        book.tables["dispositifs"].rows.clear();
        assert_one(book, "THE-001", "thematiques", 1, "code");
        book.at("thematiques", 1, "remarque") = text("Aucun dispositif à ce jour");
        assert_findings(book, {});
    }

    void a_retained_thematique_has_a_need()
    {
        Workbook book;
        book.at("thematiques", 1, "besoin") = Cell{};
        assert_mentions(assert_one(book, "THE-002", "thematiques", 1, "besoin").message, "2.4a");
    }

    void the_need_of_a_thematique_has_a_column()
    {
        Workbook book;
        book.tables["besoins"].headers.back() = "autre chose";
        assert_one(book, "THE-003", "thematiques", 1, "besoin");
    }

    void a_rate_has_a_base()
    {
        Workbook book;
        book.at("thematiques", 1, "besoin") = text("TAUX");
        assert_one(book, "THE-004", "thematiques", 1, "besoin");
        book.at("variables", 1, "base") = text("SANS_VOITURE");
        assert_one(book, "THE-003", "thematiques", 1, "besoin"); // TAUX has no column
    }

    void the_thresholds_stand_in_order()
    {
        Workbook book;
        book.at("thematiques", 1, "seuil_partiel") = 0.8;
        book.at("thematiques", 1, "seuil_couvert") = 0.8;
        assert_mentions(assert_one(book, "THE-005", "thematiques", 1, "seuil_partiel").message, "80 %");
    }

    void a_retained_epci_has_a_row_of_needs()
    {
        Workbook book;
        book.tables["besoins"].rows.pop_back();
        assert_mentions(assert_one(book, "TER-001", "territoires", 1, "code_epci").message, "CC des Sucs");
        book.at("territoires", 1, "retenu") = text("non");
        book.at("dispositifs", 0, "territoire_couvert") = text("CA du Puy-en-Velay");
        assert_findings(book, {});
    }

    void findings_come_in_the_order_of_the_sheets()
    {
        Workbook book;
        book.at("dispositifs", 0, "source") = Cell{};
        book.at("dispositifs", 0, "intitule") = Cell{};
        book.at("territoires", 0, "nom") = Cell{};
        book.tables.erase("planning");
        assert_findings(book, {"CEL-001 B2", "CEL-001 D2", "CEL-001 AB2", "TAB-001"});
    }

    void positions_follow_the_place_of_the_table()
    {
        Workbook book;
        book.tables["dispositifs"].first_column = 2;
        book.tables["dispositifs"].header_row = 4;
        book.at("dispositifs", 0, "id") = Cell{};
        const auto finding = book.findings().back();
        CPPUNIT_ASSERT_EQUAL(std::string("C6"), cell_name(finding.column, finding.row));
        CPPUNIT_ASSERT_EQUAL(std::string("Dispositifs"), finding.sheet);
    }

    void an_empty_workbook_does_no_harm()
    {
        Workbook book;
        for (auto& [name, table] : book.tables)
            table.rows.clear();
        assert_findings(book, {});
        for (auto& [name, table] : book.tables)
            table.headers.clear();
        for (const auto& finding : book.findings())
            CPPUNIT_ASSERT_EQUAL(std::string("TAB-002"), finding.code);
        book.tables.clear();
        CPPUNIT_ASSERT_EQUAL(std::size_t{17}, book.findings().size()); // 19 tables, 2 of them generated
    }

    void a_new_diagnosis_has_no_error()
    {
        for (const char* departement : {"43", "2A", "974"}) {
            const auto content =
                new_diagnosis({departement, "", 2023, 2024, 2027}, shipped_schemas(), shipped_cog());
            for (const auto& fault : faults(tables_of(content), Date{2024y / 1 / 1}))
                CPPUNIT_ASSERT_MESSAGE(fault, fault.starts_with("THE-00") || fault.starts_with("TER-001"));
        }
    }

    /// As `templates/exemple-haute-loire/README.md` lists them.
    void the_example_has_the_faults_that_it_announces_and_no_other()
    {
        const auto content = example_diagnosis(std::filesystem::path(PACTE_TEMPLATES) / "exemple-haute-loire",
                                               shipped_schemas(), shipped_cog());
        const std::multiset<std::string> announced = {"DIS-002 D-033", "DIS-002 D-064", "DIS-003 D-081",
                                                      "DIS-008 D-011", "DIS-008 D-036", "DIS-009 D-031",
                                                      "DIS-010 D-022", "THE-002 2.3"};
        const auto found = faults(tables_of(content), Date{2026y / 1 / 1});
        CPPUNIT_ASSERT_MESSAGE(lines_of(found), announced == found);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ValidationTest);
