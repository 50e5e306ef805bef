#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/rows.hpp"
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

/// Where the figures of a variable come from: the source and vintage that Variables
/// states, the licence that Sources does. Says what is to be completed where neither knows.
[[nodiscard]] std::string cited(const Variable& variable, const SourceCitations& citations);

/// As Sources cites it where the place was imported, else as Offre states it; may be empty.
[[nodiscard]] std::string cited(const Place& place, const SourceCitations& citations);

/// Each source once, in the order in which they are met: `Insee, Filosofi, 2021 ; ANCT, 2024`.
template <typename Cited>
[[nodiscard]] std::string cited_once(const std::vector<Cited>& all, const SourceCitations& citations)
{
    std::vector<std::string> sources;
    std::string list;
    for (const Cited& one : all) {
        std::string source = cited(one, citations);
        if (source.empty() || std::find(sources.begin(), sources.end(), source) != sources.end())
            continue;
        list += (list.empty() ? "" : " ; ") + source;
        sources.push_back(std::move(source));
    }
    return list;
}

} // namespace pacte
