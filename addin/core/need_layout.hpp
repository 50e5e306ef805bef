#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/cog.hpp"
#include "core/geo_codes.hpp"
#include "core/known_variables.hpp"
#include "core/source_sheet.hpp"

// How a file of needs is laid out: where its codes and figures stand and what
// they are. It is a proposal; every part of it can be changed before the import.

namespace pacte {

/// A column of figures, and the variable that it may become.
struct NeedColumn {
    std::size_t column = 0;
    std::string header; ///< as the file has it
    bool wanted = true;
    std::string code; ///< of the variable
    std::string label;
    VariableNature nature = VariableNature::effectif;
    std::string unit;
    std::string family;
    std::string direction;
    std::string source;
    std::string vintage;
    std::string base; ///< code of the variable (a column of this file) that a rate applies to
    bool population_base =
        false;           ///< the rate applies to the inhabitants: those of the communes stand for its base
    double factor = 1.0; ///< 100 where a rate is written from 0 to 1
};

struct NeedLayout {
    std::size_t sheet = 0;
    std::optional<std::size_t> header_row; ///< index of the row, in the sheet
    std::size_t first_row = 0;             ///< of the figures
    std::size_t code_column = 0;
    GeoLevel level = GeoLevel::commune;
    std::optional<std::size_t> name_column;
    std::optional<std::size_t> year_column; ///< where the file holds several years
    std::vector<std::string> years;         ///< those of that column, the latest first
    std::string year;                       ///< the one to take
    int geography = 0;                      ///< year of its communes and EPCI; 0: not known
    std::vector<NeedColumn> columns;
    std::vector<std::string> remarks; ///< what a person should look at
};

/// What a person has decided; the rest is found.
struct LayoutHints {
    std::optional<std::size_t> sheet;
    std::optional<std::size_t> header_row;
    std::optional<std::size_t> code_column;
    std::optional<GeoLevel> level;
};

/// Finds the sheet with the most codes of communes, EPCI, IRIS or départements,
/// its first line of figures, the header above it (below any title), the columns of
/// figures, and what metadata sheets say of them. Throws Failure (bad_file) where
/// no column holds codes, or none holds figures.
[[nodiscard]] NeedLayout find_need_layout(const SourceFile& file, const Cog& cog, const KnownVariables& known,
                                          const LayoutHints& hints = {});

/// The first lines of the file as the layout reads them: headers, then figures.
[[nodiscard]] std::vector<std::vector<std::string>> preview_of(const SourceFile& file,
                                                               const NeedLayout& layout, std::size_t rows);

/// What stays the same from one year's file to the next: its headers without
/// their years, in their order. The key of a remembered profile.
[[nodiscard]] std::string layout_key(const SourceFile& file, const NeedLayout& layout);

} // namespace pacte
