#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/coverage.hpp"
#include "core/csv.hpp"
#include "core/schema.hpp"
#include "core/table.hpp"

// A diagnosis written as one CSV file a table, with the headers of the sheets.

namespace pacte::test {

/// All cells are text, as the CSV file has them.
inline Table table_of_csv(const std::filesystem::path& file, const std::string& name)
{
    Table table;
    table.name = name;
    table.sheet = name;
    for (const auto& record : read_csv(file)) {
        if (table.headers.empty()) {
            table.headers = record.fields;
            continue;
        }
        std::vector<Cell> row(record.fields.begin(), record.fields.end());
        row.resize(table.headers.size());
        table.rows.push_back(std::move(row));
    }
    return table;
}

/// What the coverage is computed from.
class DiagnosisFiles {
private:
    template <typename Read>
    static auto rows(const std::filesystem::path& folder, const Schemas& schemas, const std::string& name,
                     Read read)
    {
        return read(table_of_csv(folder / (name + ".csv"), name), schemas.table(name));
    }

public:
    Territory territory;
    std::vector<Thematique> thematiques;
    std::vector<Variable> variables;
    Needs needs;
    std::vector<Dispositif> dispositifs;

    DiagnosisFiles(const std::filesystem::path& folder, const Schemas& schemas, const std::string& code,
                   const std::string& name)
        : territory(rows(folder, schemas, "territoires", read_epcis),
                    rows(folder, schemas, "communes", read_communes), code, name),
          thematiques(read_thematiques(table_of_csv(folder / "thematiques.csv", "thematiques"),
                                       schemas.table("thematiques"))),
          variables(rows(folder, schemas, "variables", read_variables)),
          needs(rows(folder, schemas, "besoins", read_needs)),
          dispositifs(rows(folder, schemas, "dispositifs", read_dispositifs))
    {
    }

    [[nodiscard]] Coverage coverage(Date date) const
    {
        return compute_coverage({territory, thematiques, variables, needs, dispositifs, date});
    }
};

} // namespace pacte::test
