#include <algorithm>
#include <memory>

#include "core/identifiers.hpp"
#include "core/text.hpp"
#include "core/validation_sheet.hpp"

// SIREN, SIRET and codes of communes and EPCI: their form, their key, and the
// Code officiel géographique.

namespace pacte {

namespace {

/// A SIREN is that of an EPCI where it names a row of `territoires`.
bool is_epci(const TableSchema& schema, const Field& field)
{
    const bool key = schema.name == "territoires" && field.kind == "siren";
    const bool refers =
        std::any_of(schema.foreign_keys.begin(), schema.foreign_keys.end(), [&](const ForeignKey& foreign) {
            return foreign.field == field.name && foreign.table == "territoires";
        });
    return field.kind == "epci" || key || refers;
}

/// The column of codes of one field.
class CodeCheck {
public:
    CodeCheck(Examination& examination, Sheet& sheet, const Field& field, int column)
        : cog_(examination.input().cog), sheet_(sheet), field_(field), column_(column)
    {
    }
    CodeCheck(const CodeCheck&) = delete;
    CodeCheck& operator=(const CodeCheck&) = delete;
    virtual ~CodeCheck() = default;

    void run()
    {
        for (const auto row : sheet_.keyed_rows()) {
            const auto& cell = sheet_.cell(row, column_);
            if (!sheet_.is_sound(row, column_) || is_blank(cell) || std::holds_alternative<CellError>(cell))
                continue;
            const auto code = std::holds_alternative<double>(cell) ? repaired(row, std::get<double>(cell))
                                                                   : trim(text_of(cell));
            const auto& missing = sheet_.schema().missing_values;
            if (std::find(missing.begin(), missing.end(), code) == missing.end())
                check(row, code);
        }
    }

protected:
    virtual void check(std::size_t row, const std::string& code) = 0;

    Finding& report(Rule rule, std::size_t row, std::initializer_list<std::string> values)
    {
        return sheet_.report_cell(rule, row, column_, values);
    }

    /// The same, with the code to write instead where there is one.
    void report(Rule rule, std::size_t row, std::initializer_list<std::string> values,
                const std::string& code, double certainty)
    {
        auto& found = report(rule, row, values);
        if (!code.empty())
            found.repair = Repair{Cell(code), certainty};
    }

    [[nodiscard]] std::string write(const std::string& code) const
    {
        return write_it(sheet_.language(), code);
    }

    [[nodiscard]] std::string cog_year() const { return std::to_string(cog_->year()); }

    const Cog* cog_;
    Sheet& sheet_;
    const Field& field_;
    int column_;

private:
    /// The code that a spreadsheet turned into a number.
    std::string repaired(std::size_t row, double number)
    {
        auto code = code_from_number(number, code_length(field_));
        if (code.empty())
            return text_of(Cell(number)); // too long, or with decimals: the form is wrong
        report(Rule::code_as_number, row, {field_.title, text_of(Cell(number)), write(code)}, code, 1.0);
        return code;
    }
};

class SirenCheck final : public CodeCheck {
    using CodeCheck::CodeCheck;

    void check(std::size_t row, const std::string& code) override
    {
        const auto state = check_siren(compact_identifier(code));
        if (state != IdentifierState::valid)
            report(state == IdentifierState::bad_form ? Rule::siren_form : Rule::siren_key, row,
                   {shown(code)});
    }
};

class SiretCheck final : public CodeCheck {
    using CodeCheck::CodeCheck;

    void check(std::size_t row, const std::string& code) override
    {
        const auto state = check_siret(compact_identifier(code));
        if (state != IdentifierState::valid)
            report(state == IdentifierState::bad_form ? Rule::siret_form : Rule::siret_key, row,
                   {shown(code)});
    }
};

class EpciCheck final : public CodeCheck {
    using CodeCheck::CodeCheck;

    void check(std::size_t row, const std::string& code) override
    {
        if (cog_ != nullptr && cog_->epci(code) != nullptr)
            return;
        const auto state = check_siren(code);
        if (cog_ != nullptr && state == IdentifierState::valid)
            report(Rule::epci_unknown, row, {code, cog_year(), sheet_.say(look_for_it)});
        else if (cog_ != nullptr && cog_->find_epci(code) != nullptr)
            report(Rule::epci_unknown, row, {shown(code), cog_year(), write(cog_->find_epci(code)->siren)},
                   cog_->find_epci(code)->siren, 1.0);
        else if (state != IdentifierState::valid)
            report(state == IdentifierState::bad_form ? Rule::siren_form : Rule::siren_key, row,
                   {shown(code)});
    }

    static constexpr Words look_for_it = {"Cherchez son code actuel : l'EPCI a pu fusionner.",
                                          "Look for its code of today: the EPCI may have merged."};
};

class InseeCheck final : public CodeCheck {
public:
    InseeCheck(Examination& examination, Sheet& sheet, const Field& field, int column)
        : CodeCheck(examination, sheet, field, column)
    {
        if (sheet.schema().name == "communes")
            return; // these are the communes of the territory
        if (const auto* communes = examination.find("communes"))
            refused_.emplace(*communes, "code_insee", cog_);
        for (const auto& commune : examination.read("communes", read_communes))
            territory_.insert(commune.code);
    }

private:
    void check(std::size_t row, const std::string& code) override
    {
        if (!has_insee_form(code)) {
            report_form(row, code);
            return;
        }
        if (cog_ == nullptr)
            return;
        const auto* commune = cog_->commune(code);
        const auto* successor = commune == nullptr ? cog_->successor(code) : nullptr;
        if (successor != nullptr)
            report(Rule::insee_old, row, {code, cog_year(), successor->name, write(successor->code)},
                   successor->code, 1.0);
        else if (commune == nullptr)
            report(Rule::insee_unknown, row, {code, cog_year()});
        else if (!territory_.empty() && !territory_.contains(code) && !(refused_ && refused_->explain(code)))
            report(Rule::insee_outside, row, {code, commune->name});
    }

    /// A zero lost in a file that was then read as text, or letters in lower case.
    void report_form(std::size_t row, const std::string& code)
    {
        auto meant = compact_identifier(code);
        std::transform(meant.begin(), meant.end(), meant.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
        meant.insert(0, meant.size() == insee_length - 1 ? 1 : 0, '0');
        const bool known = has_insee_form(meant) && cog_ != nullptr && cog_->commune(meant) != nullptr;
        const Words postal = {"Ne le confondez pas avec le code postal.",
                              "Do not take the postal code for it."};
        report(Rule::insee_form, row, {shown(code), known ? write(meant) : std::string(sheet_.say(postal))},
               known ? meant : std::string(), 1.0);
    }

    std::unordered_set<std::string> territory_;
    std::optional<RefusedKeys> refused_; ///< of the communes
};

std::unique_ptr<CodeCheck> check_of(Examination& examination, Sheet& sheet, const Field& field, int column)
{
    if (is_epci(sheet.schema(), field))
        return std::make_unique<EpciCheck>(examination, sheet, field, column);
    if (field.kind == "siren")
        return std::make_unique<SirenCheck>(examination, sheet, field, column);
    if (field.kind == "siret")
        return std::make_unique<SiretCheck>(examination, sheet, field, column);
    if (field.kind == "insee")
        return std::make_unique<InseeCheck>(examination, sheet, field, column);
    return nullptr;
}

/// `2,4` in a cell where the code 2.4 was typed: a whole number is a code that
/// lost nothing, one with decimals is not.
void check_decimal_codes(Sheet& sheet, const Field& field, int column)
{
    for (const auto row : sheet.keyed_rows()) {
        const auto* number = std::get_if<double>(&sheet.cell(row, column));
        if (number != nullptr && code_from_number(*number, 15).empty() && sheet.is_sound(row, column))
            sheet
                .report_cell(Rule::code_as_number, row, column,
                             {field.title, text_of(Cell(*number)),
                              write_it(sheet.language(), read_code(Cell(*number)))})
                .repair = Repair{Cell(read_code(Cell(*number))), 1.0};
    }
}

/// The EPCI of each commune of the territory, against the COG.
void check_membership(Examination& examination)
{
    auto* sheet = examination.find("communes");
    const auto* cog = examination.input().cog;
    if (sheet == nullptr || cog == nullptr)
        return;
    const int column = sheet->columns().index("code_epci");
    for (const auto row : sheet->keyed_rows()) {
        const auto* commune = cog->commune(read_code(sheet->cell(row, "code_insee"), insee_length));
        const auto epci = read_code(sheet->cell(row, column), siren_length);
        if (commune == nullptr || epci.empty() || commune->epci == epci || cog->epci(epci) == nullptr)
            continue;
        const auto* actual = cog->epci(commune->epci);
        if (actual != nullptr)
            sheet
                ->report_cell(Rule::epci_of_commune, row, column,
                              {commune->name, actual->name, std::to_string(cog->year()), epci,
                               write_it(sheet->language(), actual->siren)})
                .repair = Repair{Cell(actual->siren), 1.0};
    }
}

/// `COG 2024` in the settings, where the extension knows another year.
void check_declared_year(Examination& examination)
{
    auto* sheet = examination.find("parametres");
    const auto* cog = examination.input().cog;
    const auto declared = examination.parameters().text("géographie");
    if (sheet == nullptr || cog == nullptr || declared.empty() ||
        declared.find(std::to_string(cog->year())) != std::string::npos)
        return;
    const auto key = fold("géographie");
    for (const auto row : sheet->keyed_rows())
        if (fold(text_of(sheet->cell(row, "cle"))) == key)
            sheet->report_cell(Rule::other_cog, row, sheet->columns().index("valeur"),
                               {shown(declared), std::to_string(cog->year())});
}

} // namespace

void check_identifiers(Examination& examination)
{
    for (auto* sheet : examination.sheets())
        for (const auto& field : sheet->schema().fields) {
            const int column = sheet->columns().index(field.name);
            if (column < 0)
                continue;
            if (const auto check = check_of(examination, *sheet, field, column))
                check->run();
            else if (field.kind == "code")
                check_decimal_codes(*sheet, field, column);
        }
    check_membership(examination);
    check_declared_year(examination);
}

} // namespace pacte
