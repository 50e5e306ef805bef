#include "office/settings.hpp"

#include "core/text.hpp"
#include "office/installation.hpp"

namespace pacte::office {

void write_setting(Workbook& workbook, std::string_view key, const Cell& value, std::string_view explanation)
{
    const auto area = workbook.area("parametres");
    const auto sheet = workbook.sheet(area.Sheet);
    const Table table = read_table(sheet, area, "parametres");
    const Columns columns(schemas().table("parametres"), table);
    const auto write = [&](const char* field, std::size_t row, const Cell& cell) {
        const int column = columns.index(field);
        if (column >= 0)
            rewrite_cells(sheet, area.StartColumn + column, area.StartRow + 1 + static_cast<std::int32_t>(row),
                        {{cell}});
    };
    for (std::size_t i = 0; i < table.rows.size(); ++i)
        if (fold(text_of(columns.cell(table.rows[i], "cle"))) == fold(key))
            return write("valeur", i, value);
    write("cle", table.rows.size(), std::string(key));
    write("valeur", table.rows.size(), value);
    write("explication", table.rows.size(), std::string(explanation));
}

} // namespace pacte::office
