#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/table.hpp"

namespace pacte {

/// `non_verifie` is no fault: a rule lacked what it needs, and says what.
enum class Severity { erreur, alerte, conseil, non_verifie };

[[nodiscard]] const char* name_of(Severity severity); ///< `erreur`, `alerte`, `conseil`, `non vérifié`

/// What the cell could hold instead.
struct Repair {
    Cell value;
    double certainty = 1.0; ///< 0 to 1: how sure it is that this was meant
    bool is_date = false;   ///< the value is the serial number of a date
};

/// Something a person must correct, or should look at. The rule that found it
/// does not know how it is shown.
struct Finding {
    Severity severity = Severity::erreur;
    std::string code;         ///< stable code of the rule: `DIS-012`
    std::string message;      ///< one sentence with the values at fault
    std::string suggestion;   ///< what to do, or the value proposed; may be empty
    std::string table;        ///< name of the table
    std::string sheet;        ///< name of the sheet, empty where there is none
    std::int32_t column = -1; ///< zero-based position in the sheet; −1: no cell
    std::int32_t row = -1;
    std::string field{}; ///< name of the field, or the header of a column that has none; may be empty
    std::string key{};   ///< key of the row: `D-033`; empty where there is no row
    std::optional<Repair> repair{};
    std::int32_t other_row = -1; ///< of the same sheet, whose cells the message quotes; −1: none
};

/// Receives the findings, one call each.
class Reporter {
public:
    virtual ~Reporter() = default;
    virtual void report(Finding finding) = 0;
};

/// Keeps them in the order in which they were found.
class FindingList final : public Reporter {
public:
    void report(Finding finding) override { findings.push_back(std::move(finding)); }

    std::vector<Finding> findings;
};

} // namespace pacte
