#pragma once

#include <string>

#include "core/schema.hpp"

namespace pacte {

/// The next identifiers of a table: with the prefix `P-`, `P-038` after `P-037`, whatever the
/// prefixes that stand there.
class NextId {
public:
    NextId(const TableSchema& schema, const Table& table, std::string prefix);
    [[nodiscard]] std::string operator()();

private:
    std::string prefix_;
    int last_ = 0;
};

} // namespace pacte
