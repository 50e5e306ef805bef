#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pacte {

/// Without spaces at either end; no-break and narrow spaces count as spaces.
[[nodiscard]] std::string trim(std::string_view text);
/// The same, as a view of `text`.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// Code points of a UTF-8 text: as many as a person counts letters, nearly.
[[nodiscard]] std::size_t characters(std::string_view text);

/// The key by which two writings of one word meet: case, accents, spaces,
/// punctuation and apostrophes are ignored. `Code EPCI` and `code-épci` both
/// give `codeepci`. Œ and œ give `oe`.
[[nodiscard]] std::string fold(std::string_view text);

/// The key by which two writings of one code meet: case and spaces are ignored,
/// the rest counts (1.11 is not 11.1, PI-1.1 is not PI-11).
[[nodiscard]] std::string code_key(std::string_view code);

/// The elements of a list cell, separated by `;` (or a line break), trimmed,
/// the empty ones left out.
[[nodiscard]] std::vector<std::string> split_list(std::string_view text);

/// The number of letters to add, remove, change or swap with their neighbour to
/// go from `a` to `b`, byte by byte (Damerau–Levenshtein, in its « optimal string
/// alignment » form); `limit + 1` as soon as it is known to be above `limit`.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

/// How alike two writings are, from 0 to 1 (1: the same once folded):
/// 1 − Damerau–Levenshtein distance of the folded texts / the longer length.
[[nodiscard]] double similarity(std::string_view a, std::string_view b);

/// The candidate nearest to `word`, or an empty string where none reaches
/// `floor`.
[[nodiscard]] std::string nearest(std::string_view word, const std::vector<std::string>& candidates,
                                  double floor = 0.6);

/// Reads a number as a French or an English agent writes it: `1 234,5`,
/// `1234.5`, with ordinary, no-break or narrow spaces between thousands.
/// Returns false where the text is anything else (`env. 30`, `12-15`, `30 €`).
[[nodiscard]] bool parse_number(std::string_view text, double& value);

/// `1 234,5` as a French reader writes it: narrow no-break space between
/// thousands, decimal comma, `decimals` digits at most and no trailing zero.
[[nodiscard]] std::string french_number(double value, int decimals = 0);

} // namespace pacte
