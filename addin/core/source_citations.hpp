#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/schema.hpp"
#include "core/table.hpp"

namespace pacte {

/// What the table Sources says of a figure, a place or a background: who produced
/// it, of when, under which licence. A person completes it there, and it is cited
/// wherever it is shown.
struct Citation {
    std::string producer;
    std::string vintage;
    std::string licence;

    /// `Insee, Filosofi, 2021 (Licence Ouverte 2.0)`; empty where there is no producer.
    [[nodiscard]] std::string text() const;
};

class SourceCitations {
public:
    SourceCitations() = default;
    SourceCitations(const Table& table, const TableSchema& schema);

    /// Of the latest import of that nature (besoins, offre, contours) whose column
    /// « contenu » names it: the code of a variable, the source of a place, the name
    /// under which contours are kept. Null where there is none.
    [[nodiscard]] const Citation* find(std::string_view nature, std::string_view content) const;

private:
    std::map<std::string, Citation> citations_; ///< by folded nature and content
};

} // namespace pacte
