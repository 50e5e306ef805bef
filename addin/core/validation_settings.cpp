#include "core/text.hpp"
#include "core/validation_sheet.hpp"

// The settings as a whole; what each of them must be is declared in its schema.

namespace pacte {

namespace {

constexpr double alike = 0.8;

/// A setting of a person's own is left alone; one that looks like a known one is
/// that one misspelt.
void check_names_of_settings(const Examination& examination, Sheet& sheet)
{
    const auto* known = examination.input().schemas.find_list("parametres");
    if (known == nullptr)
        return;
    std::vector<std::string> names;
    std::unordered_set<std::string> folded;
    for (const auto& item : *known) {
        names.push_back(item.code);
        folded.insert(fold(item.code));
    }
    const int column = sheet.columns().index("cle");
    for (const auto row : sheet.keyed_rows()) {
        const auto key = sheet.text(row, "cle");
        const auto meant = folded.contains(fold(key)) ? std::string() : nearest(key, names, alike);
        if (!meant.empty())
            sheet.report_cell(Rule::unknown_setting, row, column, {shown(key), meant}).repair =
                Repair{Cell(meant), similarity(key, meant)};
    }
}

struct Setting {
    std::string key;
    std::size_t row;
    double year;
};

void check_order(Sheet& sheet, const std::vector<Setting>& settings, const char* before, const char* after)
{
    const Setting* first = nullptr;
    const Setting* last = nullptr;
    for (const auto& setting : settings) {
        first = setting.key == fold(before) ? &setting : first;
        last = setting.key == fold(after) ? &setting : last;
    }
    if (first == nullptr || last == nullptr || first->year <= last->year)
        return;
    const auto written = [](double year) { return text_of(Cell(year)); };
    sheet.report_cell(Rule::period_out_of_order, last->row, sheet.columns().index("valeur"),
                      {before, written(first->year), after, written(last->year)});
}

void check_period(Sheet& sheet)
{
    std::vector<Setting> settings;
    for (const auto row : sheet.keyed_rows())
        if (const auto year = sheet.figure(row, "valeur"))
            settings.push_back({fold(sheet.text(row, "cle")), row, *year});
    check_order(sheet, settings, "début de la période", "fin de la période");
    check_order(sheet, settings, "année T0", "début de la période");
}

} // namespace

void check_settings(Examination& examination)
{
    if (auto* sheet = examination.find("parametres")) {
        check_names_of_settings(examination, *sheet);
        check_period(*sheet);
    }
}

} // namespace pacte
