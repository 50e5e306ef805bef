#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/need_figures.hpp"
#include "core/source_citations.hpp"
#include "office/undo.hpp"
#include "office/workbook.hpp"

namespace pacte::office {

/// What an import leaves in the tables Sources and Refus.
struct ImportRecord {
    std::string nature; ///< besoins, offre, contours, territoire
    std::string file;
    std::string hash;
    std::string producer;
    std::string vintage;
    std::string licence;
    std::size_t rows_read = 0;
    std::size_t rows_matched = 0;
    std::size_t rows_refused = 0;
    std::string remark;
    std::string content; ///< what came of it, separated by `;`: see core/source_citations.hpp
    std::vector<Refusal> refusals;
};

/// The citations of the workbook's own table Sources; none where it has no such table.
[[nodiscard]] SourceCitations read_citations(const Workbook& workbook);

/// Throws Failure, before anything is read, where the document, one of these tables,
/// Sources or Refus could not be written in the end. Tables that are not there are not asked for.
void require_writable_import(const Workbook& workbook, const std::vector<std::string_view>& tables);

/// The number that the next import gets: `SRC-003`.
[[nodiscard]] std::string next_import_id(const Workbook& workbook);

/// Adds the import to Sources, with a link to its refusals, and these to Refus
/// in the place of those of the same file's former imports.
void write_import_record(UndoStep& step, Workbook& workbook, const std::string& id,
                         const ImportRecord& record);

} // namespace pacte::office
