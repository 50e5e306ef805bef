#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pacte {

enum class Severity { erreur, alerte, conseil };

[[nodiscard]] const char* name_of(Severity severity); ///< `erreur`, `alerte`, `conseil`

/// Something a person must correct, or should look at. The rule that found it
/// does not know how it is shown.
struct Finding {
    Severity severity = Severity::erreur;
    std::string code;       ///< stable code of the rule: `DIS-012`
    std::string message;    ///< one French sentence with the values at fault
    std::string suggestion; ///< what to do, or the value proposed; may be empty
    std::string table;      ///< name of the table
    std::string sheet;      ///< name of the sheet, empty where there is none
    std::int32_t column = -1; ///< zero-based position in the sheet; −1: no cell
    std::int32_t row = -1;
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
