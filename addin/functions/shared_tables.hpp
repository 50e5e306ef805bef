#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <typeindex>
#include <utility>
#include <vector>

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/table/XCellRange.hpp>

#include "core/rows.hpp"
#include "core/schema.hpp"
#include "core/table.hpp"
#include "office/uno.hpp"

// Tables that many cells read, read once.
//
// Three hundred formulas that take the same table are calculated one after the
// other: it is read for the first of them, and known to be as it was by its content,
// compared with what it holds now. It is not compared again for the next formula
// - where that one follows at once: nothing was done in between but calculating
//   (the thread has worked no longer than Calc needs from a formula to the next);
// - where Calc has told of no change in its cells;
// - where it is long to read, and for no longer than the reading itself took:
//   looking costs at most as much time as calculating.

namespace pacte::functions {

namespace css = office::css;
using office::Reference;

using Range = Reference<css::table::XCellRange>;
using Document = Reference<css::beans::XPropertySet>;

/// The time that a function of Calc takes, from its call to its result: by it, those
/// that follow one another at once are known. Every function that reads tables is
/// in one.
class Calculation {
public:
    Calculation();
    Calculation(const Calculation&) = delete;
    Calculation& operator=(const Calculation&) = delete;
    ~Calculation();
};

/// A table as it was last read: only the columns asked for, under their headers.
class SharedTable {
public:
    SharedTable(Table table, bool has_headers);

    /// Its own: what was made of the same versions need not be made again.
    [[nodiscard]] std::uint64_t version() const { return version_; }
    /// False where the headers that the computation needs are not there.
    [[nodiscard]] bool has_headers() const { return has_headers_; }
    [[nodiscard]] const Table& table() const { return table_; }

    /// Its rows as values, made once.
    template <typename Rows>
    const Rows& rows(const TableSchema& schema, Rows (*read)(const Table&, const TableSchema&)) const
    {
        auto& rows = rows_[std::type_index(typeid(Rows))];
        if (!rows.values) {
            const auto values = std::make_shared<Rows>(read(table_, schema));
            rows.values = values;
            if constexpr (requires { values->front().row; })
                rows.change = [values, &schema, read](const Table& alone, std::size_t row) {
                    change_row(*values, read(alone, schema), static_cast<std::int32_t>(row));
                };
        }
        return *static_cast<const Rows*>(rows.values.get());
    }

    /// Puts other cells in some of its rows, and makes again no more than what comes from
    /// them: a table of 10,000 rows of which one cell was edited. It is then another version.
    void change_rows(std::vector<std::pair<std::size_t, std::vector<Cell>>> changes);

private:
    struct Made {
        std::shared_ptr<void> values;
        /// Reads one row again, given as a table of its own; nothing where what was made
        /// of the table is not made row by row.
        std::function<void(const Table&, std::size_t)> change;
    };

    /// `again`: what that row gives, or nothing.
    template <typename Values>
    static void change_row(Values& values, Values again, std::int32_t row)
    {
        const auto at =
            std::lower_bound(values.begin(), values.end(), row,
                             [](const auto& value, std::int32_t wanted) { return value.row < wanted; });
        const bool was_there = at != values.end() && at->row == row;
        for (auto& value : again)
            value.row = row;
        if (was_there && !again.empty())
            *at = std::move(again.front());
        else if (was_there)
            values.erase(at);
        else if (!again.empty())
            values.insert(at, std::move(again.front()));
    }

    std::uint64_t version_;
    bool has_headers_;
    Table table_;
    mutable std::map<std::type_index, Made> rows_;
};

using Shared = std::shared_ptr<const SharedTable>;

/// What a computation wants of a table.
struct WantedTable {
    const char* name;                  ///< of its schema
    std::vector<const char*> required; ///< without one of these it is another table
    std::vector<const char*> read;     ///< all the fields that are looked at; empty: every column
};

/// The table in that range, whose first rows hold the headers.
[[nodiscard]] Shared shared_table(const Document& document, const Range& range, const WantedTable& wanted);

/// The tables of the workbook that a formula does not name: Paramètres, Territoires,
/// Communes, Variables, Thématiques. Null where the workbook has none of that name, all null
/// where it is no diagnosis.
struct WorkbookTables {
    bool is_diagnosis = false;
    Shared parametres;
    Shared territoires;
    Shared communes;
    Shared variables;
    Shared thematiques;
};
[[nodiscard]] WorkbookTables workbook_tables(const Document& document);

/// What was computed from versions of tables and from arguments, the last few.
template <typename Result>
class Remembered {
public:
    using Key = std::pair<std::vector<std::uint64_t>, std::string>;

    /// `compute` gives a shared pointer.
    template <typename Compute>
    std::shared_ptr<const Result> get(Key key, Compute compute)
    {
        for (std::size_t i = 0; i < results_.size(); ++i)
            if (results_[i].first == key) {
                std::rotate(results_.begin(), results_.begin() + static_cast<std::ptrdiff_t>(i),
                            results_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
                return results_.front().second;
            }
        std::shared_ptr<const Result> result = compute();
        results_.insert(results_.begin(), {std::move(key), result});
        if (results_.size() > most_results)
            results_.pop_back();
        return result;
    }

private:
    static constexpr std::size_t most_results = 12;
    std::vector<std::pair<Key, std::shared_ptr<const Result>>> results_; ///< the last used first
};

/// 0 where there is none.
[[nodiscard]] inline std::uint64_t version_of(const Shared& table) { return table ? table->version() : 0; }

} // namespace pacte::functions
