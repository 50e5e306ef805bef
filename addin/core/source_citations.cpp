#include "core/source_citations.hpp"

#include "core/text.hpp"

namespace pacte {

namespace {

std::string key_of(std::string_view nature, std::string_view content)
{
    return fold(nature) + "|" + fold(content);
}

} // namespace

std::string Citation::text() const
{
    std::string words = producer;
    if (words.empty())
        return words;
    for (const auto& [part, before, after] :
         {std::tuple(&vintage, ", ", ""), std::tuple(&licence, " (", ")")})
        if (!part->empty() && words.find(*part) == std::string::npos)
            words += before + *part + after;
    return words;
}

SourceCitations::SourceCitations(const Table& table, const TableSchema& schema)
{
    const Columns columns(schema, table);
    for (const auto& row : table.rows) {
        const auto text = [&](const char* field) { return trim(text_of(columns.cell(row, field))); };
        const Citation citation{text("producteur"), text("millesime"), text("licence")};
        for (const std::string& content : split_list(text("contenu")))
            citations_[key_of(text("nature"), content)] = citation;
    }
}

const Citation* SourceCitations::find(std::string_view nature, std::string_view content) const
{
    const auto found = citations_.find(key_of(nature, content));
    return found == citations_.end() ? nullptr : &found->second;
}

std::string cited(const Variable& variable, const SourceCitations& citations)
{
    const Citation* imported = citations.find("besoins", variable.code);
    if (variable.source.empty() && imported == nullptr)
        return "source non renseignée (feuille « Variables »)";
    Citation citation{variable.source, variable.vintage, {}};
    if (imported != nullptr) {
        citation.licence = imported->licence;
        if (citation.producer.empty())
            citation.producer = imported->producer;
    }
    const std::string text = citation.text();
    return text.empty() ? "source à compléter (feuille « Sources »)" : text;
}

std::string cited(const Place& place, const SourceCitations& citations)
{
    const Citation* imported = citations.find("offre", place.source);
    const std::string text = imported == nullptr ? std::string() : imported->text();
    return text.empty() ? place.source : text;
}

} // namespace pacte
