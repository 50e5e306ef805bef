#include "functions/shared_tables.hpp"

#include <chrono>
#include <cstring>
#include <ctime>
#include <map>
#include <optional>
#include <set>
#include <thread>
#include <tuple>

#include <com/sun/star/frame/XModel.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XCellRangeData.hpp>
#include <com/sun/star/sheet/XSheetCellRange.hpp>
#include <com/sun/star/util/XModifyBroadcaster.hpp>
#include <com/sun/star/util/XModifyListener.hpp>
#include <cppuhelper/implbase1.hxx>
#include <rtl/ref.hxx>

#include "functions/values.hpp"
#include "office/installation.hpp"
#include "office/workbook.hpp"

namespace pacte::functions {

namespace {

using css::table::CellRangeAddress;
using office::OUString;
using office::UNO_QUERY;
using office::UNO_QUERY_THROW;
using office::Workbook;
using Sheet = Reference<css::sheet::XSpreadsheet>;
using Values = Sequence<Sequence<Any>>;

/// A range may begin above the headers (a whole column): they are the row,
/// among the first ones, that the schema knows best.
constexpr std::int32_t header_search = 12;

/// Two columns with no more than this between them are read together.
constexpr std::int32_t narrow_gap = 2;

/// A table of which no more rows than this have changed is changed in place.
constexpr std::size_t few_rows = 32;

/// Tables that no cell has read for the longest are forgotten beyond this many.
constexpr std::size_t most_tables = 96;
constexpr std::size_t most_workbooks = 32;

// ---- Formulas that follow one another at once

/// From the end of a function to the beginning of the next one, Calc writes the result,
/// finds the next cell and gathers its arguments: 9 µs of work on the machine where this
/// was measured, rarely more than 35. A change of a table that is not told of at once (a
/// move of cells, an array written over rows whose heights are measured) takes 100 µs
/// and more there. What follows at once is known by the shortest pause seen so far on
/// the machine at hand, so many times.
constexpr int pauses_at_most = 4;

/// The shortest pause before any was seen, and the shortest that is believed.
constexpr std::chrono::microseconds expected_pause{25};
constexpr std::chrono::microseconds least_pause{2};

/// Tables that all take no longer than this to read are read for each formula.
constexpr std::chrono::microseconds quick_reading{300};

/// What this thread has worked: on a busy machine, being interrupted does not count.
std::chrono::nanoseconds work_of_thread()
{
#ifdef CLOCK_THREAD_CPUTIME_ID
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
#else
    return std::chrono::steady_clock::now().time_since_epoch();
#endif
}

struct Run {
    std::uint64_t number = 1; ///< of the formulas that follow one another at once
    std::chrono::nanoseconds last_end{};
    std::chrono::nanoseconds shortest_pause = expected_pause;
    std::thread::id thread;
    /// Of the thread's work, it ends then: as long after its readings as the longest of
    /// them took; at once where they were all quick.
    std::chrono::nanoseconds end{};
    int depth = 0; ///< a formula of a table that is being read is part of its reading
};

Run& current_run()
{
    static Run run;
    return run;
}

/// \param start what the thread had worked before
void note_reading(std::chrono::nanoseconds start)
{
    const auto end = work_of_thread();
    if (end - start > quick_reading)
        current_run().end = std::max(current_run().end, end + (end - start));
}

// ---- What a range holds

/// The values of a table as Calc gives them: the headers, then the wanted columns.
struct Content {
    CellRangeAddress headers; ///< the row of the headers
    Values header_cells;
    std::vector<std::int32_t> columns;                        ///< those that were read, of the sheet
    std::vector<Values> blocks;                               ///< of neighbouring columns
    std::vector<std::pair<std::int32_t, std::int32_t>> spans; ///< first and last column of each block

    /// The rows, under the headers, that are not as those of the other; nothing where the
    /// headers, the columns or the number of rows are not.
    [[nodiscard]] std::optional<std::vector<sal_Int32>> changed_rows(const Content& other) const;
};

/// As `==`, which asks each type for its description.
bool is_same(const Any& a, const Any& b)
{
    const auto kind = a.getValueTypeClass();
    if (kind != b.getValueTypeClass())
        return false;
    if (kind == css::uno::TypeClass_DOUBLE) {
        // Errors are NaN, and have their number in them.
        return std::memcmp(a.getValue(), b.getValue(), sizeof(double)) == 0;
    }
    if (kind == css::uno::TypeClass_STRING)
        return *static_cast<const OUString*>(a.getValue()) == *static_cast<const OUString*>(b.getValue());
    return a == b;
}

bool is_same(const Sequence<Any>& a, const Sequence<Any>& b)
{
    return a.getLength() == b.getLength() &&
           std::equal(a.begin(), a.end(), b.begin(),
                      [](const Any& one, const Any& other) { return is_same(one, other); });
}

std::optional<std::vector<sal_Int32>> Content::changed_rows(const Content& other) const
{
    if (headers.StartRow != other.headers.StartRow || spans != other.spans || columns != other.columns ||
        header_cells.getLength() != other.header_cells.getLength() ||
        (header_cells.hasElements() && !is_same(header_cells[0], other.header_cells[0])))
        return std::nullopt;
    std::set<sal_Int32> changed;
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        if (blocks[b].getLength() != other.blocks[b].getLength())
            return std::nullopt;
        for (sal_Int32 row = 0; row < blocks[b].getLength(); ++row)
            if (!is_same(blocks[b][row], other.blocks[b][row]))
                changed.insert(row);
    }
    return std::vector<sal_Int32>(changed.begin(), changed.end());
}

Values values_of(const Sheet& sheet, const CellRangeAddress& area)
{
    return Reference<css::sheet::XCellRangeData>(
               office::cells(sheet, area.StartColumn, area.StartRow, area.EndColumn, area.EndRow),
               UNO_QUERY_THROW)
        ->getDataArray();
}

std::vector<std::string> headers_of(const Sequence<Any>& line)
{
    std::vector<std::string> headers;
    for (const Any& value : line)
        headers.push_back(pacte::text_of(office::cell_of(value)));
    return headers;
}

Columns columns_of(const TableSchema& schema, const Sequence<Any>& line)
{
    Table headers;
    headers.headers = headers_of(line);
    return Columns(schema, headers);
}

/// Row, among the first ones of the area, that the schema knows best; −1 for none.
std::int32_t header_row(const Values& first_rows, const TableSchema& schema)
{
    std::int32_t best_row = -1;
    std::ptrdiff_t best = 0;
    for (std::int32_t row = 0; row < first_rows.getLength(); ++row) {
        const Columns columns = columns_of(schema, first_rows[row]);
        const auto found = std::count_if(schema.fields.begin(), schema.fields.end(),
                                         [&](const Field& field) { return columns.index(field.name) >= 0; });
        if (found > best) {
            best = found;
            best_row = row;
        }
    }
    return best_row;
}

/// The columns to read, of the table, ascending.
std::vector<std::int32_t> wanted_columns(const Columns& columns, const WantedTable& wanted, std::size_t width)
{
    std::vector<std::int32_t> found;
    if (wanted.read.empty())
        for (std::size_t i = 0; i < width; ++i)
            found.push_back(static_cast<std::int32_t>(i));
    for (const char* field : wanted.read)
        if (const int column = columns.index(field); column >= 0)
            found.push_back(column);
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<std::pair<std::int32_t, std::int32_t>> spans_of(const std::vector<std::int32_t>& columns)
{
    std::vector<std::pair<std::int32_t, std::int32_t>> spans;
    for (const std::int32_t column : columns)
        if (!spans.empty() && column <= spans.back().second + 1 + narrow_gap)
            spans.back().second = column;
        else
            spans.emplace_back(column, column);
    return spans;
}

/// The part of the area that is used: whole columns have a million rows.
CellRangeAddress used_part(const Sheet& sheet, CellRangeAddress area)
{
    const CellRangeAddress used = office::used_area(sheet);
    area.EndRow = std::max(area.StartRow, std::min(area.EndRow, used.EndRow));
    area.EndColumn = std::max(area.StartColumn, std::min(area.EndColumn, used.EndColumn));
    return area;
}

Content read_content(const Sheet& sheet, const CellRangeAddress& whole, const WantedTable& wanted)
{
    const TableSchema& schema = office::schemas().table(wanted.name);
    const CellRangeAddress area = used_part(sheet, whole);
    Content content;
    CellRangeAddress top = area;
    top.EndRow = std::min(area.EndRow, area.StartRow + header_search - 1);
    const Values first_rows = values_of(sheet, top);
    const std::int32_t row = header_row(first_rows, schema);
    if (row < 0)
        return content;
    content.headers = area;
    content.headers.StartRow = content.headers.EndRow = area.StartRow + row;
    content.header_cells = Values(&first_rows[row], 1);
    const Columns columns = columns_of(schema, first_rows[row]);
    content.columns = wanted_columns(columns, wanted, static_cast<std::size_t>(first_rows[row].getLength()));
    content.spans = spans_of(content.columns);
    CellRangeAddress block = area;
    block.StartRow = content.headers.StartRow + 1;
    for (const auto& [first, last] : content.spans) {
        block.StartColumn = area.StartColumn + first;
        block.EndColumn = area.StartColumn + last;
        content.blocks.push_back(block.StartRow > block.EndRow ? Values() : values_of(sheet, block));
    }
    return content;
}

/// The cells of the wanted columns in a row under the headers.
std::vector<Cell> row_at(const Content& content, sal_Int32 row)
{
    std::vector<Cell> cells;
    cells.reserve(content.columns.size());
    std::size_t block = 0;
    for (const std::int32_t column : content.columns) {
        while (content.spans[block].second < column)
            ++block;
        cells.push_back(office::cell_of(content.blocks[block][row][column - content.spans[block].first]));
    }
    return cells;
}

Table table_of(const Content& content, const WantedTable& wanted)
{
    Table table;
    table.name = wanted.name;
    if (content.header_cells.getLength() == 0)
        return table;
    table.header_row = content.headers.StartRow;
    const auto headers = headers_of(content.header_cells[0]);
    for (const std::int32_t column : content.columns)
        table.headers.push_back(headers[static_cast<std::size_t>(column)]);
    const sal_Int32 height = content.blocks.empty() ? 0 : content.blocks.front().getLength();
    table.rows.reserve(static_cast<std::size_t>(height));
    for (sal_Int32 row = 0; row < height; ++row)
        table.rows.push_back(row_at(content, row));
    return table;
}

bool has_required(const Table& table, const WantedTable& wanted)
{
    const Columns columns(office::schemas().table(wanted.name), table);
    return !table.headers.empty() &&
           std::all_of(wanted.required.begin(), wanted.required.end(),
                       [&](const char* field) { return columns.index(field) >= 0; });
}

// ---- What is kept of it

/// Hears of the changes of one range, and of the end of its document.
class RangeWatch final : public cppu::WeakImplHelper1<css::util::XModifyListener> {
public:
    void SAL_CALL modified(const css::lang::EventObject& /*event*/) override { has_changed = true; }
    void SAL_CALL disposing(const css::lang::EventObject& /*event*/) override
    {
        has_changed = is_gone = true;
    }

    bool has_changed = false;
    bool is_gone = false;
};

class Slot {
public:
    Slot(const Sheet& sheet, const CellRangeAddress& area)
        : range_(office::cells(sheet, area.StartColumn, area.StartRow, area.EndColumn, area.EndRow),
                 UNO_QUERY),
          watch_(new RangeWatch)
    {
        if (range_.is())
            range_->addModifyListener(watch_.get());
    }
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;
    ~Slot()
    {
        if (range_.is() && !watch_->is_gone)
            range_->removeModifyListener(watch_.get());
    }

    [[nodiscard]] bool is_gone() const { return watch_->is_gone; }
    [[nodiscard]] bool has_changed() const { return watch_->has_changed; }

    /// The table, read again unless it has just been.
    Shared current(const Sheet& sheet, const CellRangeAddress& area, const WantedTable& wanted)
    {
        const auto start = work_of_thread();
        if (table_ && run_ == current_run().number && !watch_->has_changed)
            return table_;
        watch_->has_changed = false;
        run_ = current_run().number;
        // Reading may calculate formulas of the table that come back here.
        Content content = read_content(sheet, area, wanted);
        take(std::move(content), wanted);
        note_reading(start);
        return table_;
    }

    std::uint64_t last_use = 0;

private:
    void take(Content content, const WantedTable& wanted)
    {
        const auto changed = table_ ? content.changed_rows(content_) : std::nullopt;
        // Nobody else looks at it: what it was may be forgotten.
        if (changed && changed->size() <= few_rows && table_.use_count() == 1) {
            if (!changed->empty()) {
                std::vector<std::pair<std::size_t, std::vector<Cell>>> rows;
                for (const sal_Int32 row : *changed)
                    rows.emplace_back(static_cast<std::size_t>(row), row_at(content, row));
                table_->change_rows(std::move(rows));
            }
        } else if (!changed || !changed->empty()) {
            Table table = table_of(content, wanted);
            const bool has_headers = has_required(table, wanted);
            table_ = std::make_shared<SharedTable>(std::move(table), has_headers);
        }
        content_ = std::move(content);
    }

    Reference<css::util::XModifyBroadcaster> range_;
    rtl::Reference<RangeWatch> watch_;
    Content content_;
    std::shared_ptr<SharedTable> table_;
    std::uint64_t run_ = 0;
};

/// The same table is read apart for computations that look at other columns of it.
std::string text_of(const WantedTable& wanted)
{
    std::string text = wanted.name;
    for (const char* field : wanted.read)
        text.append(" ").append(field);
    return text;
}

/// The tables that cells have read, by document, place, and what is looked at.
class Slots {
public:
    std::shared_ptr<Slot> at(const Document& document, const Sheet& sheet, const CellRangeAddress& area,
                             const WantedTable& wanted)
    {
        const Key key{document.get(), area.Sheet,  area.StartColumn, area.StartRow,
                      area.EndColumn, area.EndRow, text_of(wanted)};
        auto found = slots_.find(key);
        if (found != slots_.end() && found->second->is_gone()) {
            slots_.erase(found);
            found = slots_.end();
        }
        if (found == slots_.end()) {
            forget_some();
            found = slots_.emplace(key, std::make_shared<Slot>(sheet, area)).first;
        }
        found->second->last_use = ++uses_;
        return found->second;
    }

private:
    using Key = std::tuple<void*, sal_Int16, sal_Int32, sal_Int32, sal_Int32, sal_Int32, std::string>;

    void forget_some()
    {
        std::erase_if(slots_, [](const auto& slot) { return slot.second->is_gone(); });
        if (slots_.size() < most_tables)
            return;
        slots_.erase(std::min_element(slots_.begin(), slots_.end(), [](const auto& a, const auto& b) {
            return a.second->last_use < b.second->last_use;
        }));
    }

    std::map<Key, std::shared_ptr<Slot>> slots_;
    std::uint64_t uses_ = 0;
};

/// Never destroyed: at the end of the office there is nobody left to tell.
Slots& slots()
{
    static auto* const all = new Slots;
    return *all;
}

std::uint64_t next_version()
{
    static std::uint64_t version = 0;
    return ++version;
}

/// The tables that the formulas of one document do not name. Finding them costs
/// more than reading them: they are looked for again as rarely.
class WorkbookSlot {
public:
    const WorkbookTables& current(const Document& document)
    {
        const auto start = work_of_thread();
        const bool has_changed =
            std::any_of(slots_.begin(), slots_.end(), [](const auto& slot) { return slot->has_changed(); });
        if (run_ == current_run().number && !has_changed)
            return tables_;
        run_ = current_run().number;
        read(document);
        note_reading(start);
        return tables_;
    }

private:
    void read(const Document& document)
    {
        slots_.clear();
        const Reference<css::frame::XModel> model(document, UNO_QUERY);
        tables_ = {};
        tables_.is_diagnosis = Workbook::is_diagnosis(model);
        if (!tables_.is_diagnosis)
            return;
        const Workbook workbook(model);
        tables_.parametres =
            read_one(document, workbook, {"parametres", {"cle", "valeur"}, {"cle", "valeur"}});
        tables_.territoires = read_one(
            document, workbook, {"territoires", {"code_epci"}, {"code_epci", "nom", "population", "retenu"}});
        tables_.communes =
            read_one(document, workbook,
                     {"communes",
                      {"code_insee", "code_epci"},
                      {"code_insee", "nom", "code_epci", "population", "latitude", "longitude"}});
        tables_.variables = read_one(document, workbook,
                                     {"variables", {"code"}, {"code", "libelle", "nature", "base", "sens"}});
        tables_.thematiques = read_one(document, workbook, {"thematiques", {"code"}, {"code"}});
    }

    Shared read_one(const Document& document, const Workbook& workbook, const WantedTable& wanted)
    {
        if (!workbook.has_table(wanted.name))
            return nullptr;
        const CellRangeAddress area = workbook.area(wanted.name);
        const Sheet sheet = workbook.sheet(area.Sheet);
        slots_.push_back(slots().at(document, sheet, area, wanted));
        return slots_.back()->current(sheet, area, wanted);
    }

    WorkbookTables tables_;
    std::vector<std::shared_ptr<Slot>> slots_;
    std::uint64_t run_ = 0;
};

} // namespace

Calculation::Calculation()
{
    Run& run = current_run();
    if (run.depth++ > 0)
        return;
    const auto now = work_of_thread();
    // A thread that has worked less than that one is another, which was given its number.
    if (run.thread == std::this_thread::get_id() && now >= run.last_end) {
        const auto pause = now - run.last_end;
        run.shortest_pause = std::clamp<std::chrono::nanoseconds>(pause, least_pause, run.shortest_pause);
        if (pause <= pauses_at_most * run.shortest_pause && now < run.end)
            return;
    }
    ++run.number;
    run.end = {};
}

Calculation::~Calculation()
{
    Run& run = current_run();
    --run.depth;
    run.thread = std::this_thread::get_id();
    run.last_end = work_of_thread();
}

SharedTable::SharedTable(Table table, bool has_headers)
    : version_(next_version()), has_headers_(has_headers), table_(std::move(table))
{
}

void SharedTable::change_rows(std::vector<std::pair<std::size_t, std::vector<Cell>>> changes)
{
    version_ = next_version();
    std::erase_if(rows_, [](const auto& made) { return !made.second.change; });
    Table alone;
    alone.name = table_.name;
    alone.sheet = table_.sheet;
    alone.headers = table_.headers;
    for (auto& [row, cells] : changes) {
        alone.rows = {cells};
        for (auto& [type, made] : rows_)
            made.change(alone, row);
        table_.rows[row] = std::move(cells);
    }
}

Shared shared_table(const Document& document, const Range& range, const WantedTable& wanted)
{
    const Reference<css::sheet::XSheetCellRange> cells(range, UNO_QUERY);
    if (!cells.is())
        bad_argument();
    const auto area = Reference<css::sheet::XCellRangeAddressable>(range, UNO_QUERY_THROW)->getRangeAddress();
    const auto sheet = cells->getSpreadsheet();
    const std::shared_ptr<Slot> slot = slots().at(document, sheet, area, wanted);
    return slot->current(sheet, area, wanted);
}

WorkbookTables workbook_tables(const Document& document)
{
    static auto* const workbooks = new std::map<void*, std::shared_ptr<WorkbookSlot>>;
    if (workbooks->size() >= most_workbooks && !workbooks->contains(document.get()))
        workbooks->clear();
    auto& slot = (*workbooks)[document.get()];
    if (!slot)
        slot = std::make_shared<WorkbookSlot>();
    const auto held = slot; // a formula of these tables may come back here
    return held->current(document);
}

} // namespace pacte::functions
