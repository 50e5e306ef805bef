#include "core/next_id.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/rows.hpp"

namespace pacte {

NextId::NextId(const TableSchema& schema, const Table& table, std::string prefix) : prefix_(std::move(prefix))
{
    const Columns columns(schema, table);
    for (const auto& row : table.rows) {
        const std::string id = read_code(columns.cell(row, "id"));
        int number = 0;
        const auto at = id.find_first_of("0123456789");
        if (at != std::string::npos)
            std::from_chars(id.data() + at, id.data() + id.size(), number);
        last_ = std::max(last_, number);
    }
}

std::string NextId::operator()()
{
    const std::string digits = std::to_string(++last_);
    return prefix_ + std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
}

} // namespace pacte
