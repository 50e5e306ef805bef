#pragma once

#include <string>

#include <com/sun/star/frame/XModel.hpp>

#include "office.hpp"

namespace office_test {

/// All that a person sees or keeps in a spreadsheet, as text, a line a thing:
/// sheets, cells and their formulas, comments, conditional formats, hidden rows and
/// fixed heights, database ranges, shapes and charts. Two documents are alike where their
/// pictures are.
[[nodiscard]] std::string picture_of(const Reference<css::frame::XModel>& model);

/// Fails with the first lines that differ.
void assert_same(const std::string& what, const std::string& expected, const std::string& actual);

} // namespace office_test
