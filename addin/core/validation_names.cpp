#include <algorithm>

#include "core/identifiers.hpp"
#include "core/text.hpp"
#include "core/validation_sheet.hpp"

// Names of institutions and of territories: former names, the same name misspelt,
// the name of another code. Another case, accents, spaces or apostrophes are no
// fault: see clean_up.hpp.

namespace pacte {

namespace {

/// The elements of the column, each with the rows where it stands.
struct Mention {
    std::string written; ///< the most frequent writing
    std::size_t count = 0;
    std::vector<std::size_t> rows;
    std::map<std::string, std::size_t> writings;
};

/// One column of names of institutions (`kind`: `acteur`).
class NameCheck {
public:
    NameCheck(const Examination& examination, Sheet& sheet, const Field& field, int column)
        : institutions_(examination.institutions()), sheet_(sheet), field_(field), column_(column)
    {
    }

    void run()
    {
        for (const auto row : sheet_.keyed_rows())
            if (sheet_.is_sound(row, column_))
                for (const auto& name : names_in(row))
                    if (!check_former(row, name))
                        collect(row, name);
        check_alike();
    }

private:
    [[nodiscard]] std::vector<std::string> names_in(std::size_t row) const
    {
        const auto text = trim(text_of(sheet_.cell(row, column_)));
        if (field_.is_list)
            return split_list(text);
        return text.empty() || is_missing_value(text, sheet_.schema()) ? std::vector<std::string>{}
                                                                       : std::vector{text};
    }

    [[nodiscard]] Repair replacing(std::size_t row, const std::string& from, const std::string& to,
                                   double certainty) const
    {
        const auto text = text_of(sheet_.cell(row, column_));
        return {Cell(field_.is_list ? replaced_element(text, from, to) : to), certainty};
    }

    bool check_former(std::size_t row, const std::string& name)
    {
        const auto renamed = institutions_.renamed(name);
        if (!renamed)
            return false;
        sheet_
            .report_cell(Rule::former_name, row, column_,
                         {renamed->former, renamed->label, renamed->text, percent(1.0)})
            .repair = replacing(row, name, renamed->text, 1.0);
        return true;
    }

    void collect(std::size_t row, const std::string& name)
    {
        auto& mention = mentions_[joined_words(name)];
        mention.rows.push_back(row);
        ++mention.count;
        if (++mention.writings[name] > mention.writings[mention.written] || mention.written.empty())
            mention.written = name;
    }

    static std::string joined_words(const std::string& name)
    {
        std::string joined;
        for (const auto& word : plain_words(name))
            joined += word;
        return joined;
    }

    /// Names of one or two letters of difference, where one is written more often.
    void check_alike()
    {
        constexpr std::size_t shortest = 8;
        constexpr std::size_t most_names = 3000; // beyond, comparing all pairs would be felt
        if (mentions_.size() > most_names)
            return;
        for (const auto& [key, mention] : mentions_) {
            if (key.size() < shortest)
                continue;
            const std::size_t limit = std::min<std::size_t>(2, key.size() / shortest);
            for (const auto& [other, usual] : mentions_)
                if (usual.count > mention.count && other.size() + limit >= key.size() &&
                    digits_of(other) == digits_of(key) && is_one_letter_apart(key, other, limit)) {
                    report_alike(mention, usual, key, other);
                    break;
                }
        }
    }

    static bool is_one_letter_apart(const std::string& a, const std::string& b, std::size_t limit)
    {
        return edit_distance(a, b, limit) <= limit;
    }

    static std::string digits_of(const std::string& text)
    {
        std::string digits;
        std::copy_if(text.begin(), text.end(), std::back_inserter(digits),
                     [](char c) { return c >= '0' && c <= '9'; });
        return digits;
    }

    void report_alike(const Mention& mention, const Mention& usual, const std::string& key,
                      const std::string& other)
    {
        const double certainty = similarity(key, other);
        for (const auto row : mention.rows)
            sheet_
                .report_cell(Rule::name_nearly_alike, row, column_,
                             {shown(mention.written), shown(usual.written), std::to_string(usual.count),
                              sheet_.header(column_), percent(certainty)})
                .repair = replacing(row, mention.written, usual.written, certainty);
    }

    const Institutions& institutions_;
    Sheet& sheet_;
    const Field& field_;
    int column_;
    std::map<std::string, Mention> mentions_; ///< by the words of the name
};

/// The name written beside a code, where it is that of another one.
void check_name_of_code(const Cog& cog, Sheet& sheet, const char* code_field, bool epci)
{
    const int column = sheet.columns().index("nom");
    for (const auto row : sheet.keyed_rows()) {
        const auto name = sheet.text(row, "nom");
        const auto code = read_code(sheet.cell(row, code_field), epci ? siren_length : insee_length);
        if (name.empty() || !sheet.is_sound(row, column) ||
            !sheet.is_sound(row, sheet.columns().index(code_field)))
            continue;
        if (epci) {
            const auto* own = cog.epci(code);
            const auto* other = cog.find_epci(name);
            if (own != nullptr && other != nullptr && own != other && fold(other->name) == fold(name))
                sheet.report_cell(Rule::name_of_other, row, column,
                                  {shown(name), other->name + " (" + other->siren + ")", code, own->name});
        } else if (const auto* own = cog.commune(code); own != nullptr && fold(own->name) != fold(name)) {
            const auto siblings = cog.members(own->epci);
            const auto other = std::find_if(siblings.begin(), siblings.end(), [&](const Commune* commune) {
                return fold(commune->name) == fold(name);
            });
            if (other != siblings.end())
                sheet.report_cell(
                    Rule::name_of_other, row, column,
                    {shown(name), (*other)->name + " (" + (*other)->code + ")", code, own->name});
        }
    }
}

} // namespace

void check_names(Examination& examination)
{
    for (auto* sheet : examination.sheets())
        for (const auto& field : sheet->schema().fields)
            if (const int column = sheet->columns().index(field.name); column >= 0 && field.kind == "acteur")
                NameCheck(examination, *sheet, field, column).run();
    const auto* cog = examination.input().cog;
    if (cog == nullptr)
        return;
    for (const auto* const table : {"territoires", "besoins"})
        if (auto* sheet = examination.find(table))
            check_name_of_code(*cog, *sheet, "code_epci", true);
    if (auto* sheet = examination.find("communes"))
        check_name_of_code(*cog, *sheet, "code_insee", false);
}

} // namespace pacte
