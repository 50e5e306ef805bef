#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <utf8proc.h>

namespace pacte {

namespace {

/// The spaces that a spreadsheet, a web page or a word processor leaves in a cell.
constexpr std::array<std::string_view, 12> spaces = {
    " ", "\t", "\n", "\r", "\v", "\f", "\u00A0", "\u202F", "\u2007", "\u2009", "\u200B", "\uFEFF",
};

/// An ASCII character that shows: no space begins or ends with one.
bool is_ink(char c) { return c > ' ' && c <= '~'; }

/// Length in bytes of the space that `text` begins with; 0 where it does not.
std::size_t leading_space(std::string_view text)
{
    if (text.empty() || is_ink(text.front()))
        return 0;
    for (const auto space : spaces)
        if (text.starts_with(space))
            return space.size();
    return 0;
}

std::size_t trailing_space(std::string_view text)
{
    if (text.empty() || is_ink(text.back()))
        return 0;
    for (const auto space : spaces)
        if (text.ends_with(space))
            return space.size();
    return 0;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_letter_or_digit(utf8proc_int32_t codepoint)
{
    const auto category = utf8proc_category(codepoint);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

void append_utf8(std::string& out, utf8proc_int32_t codepoint)
{
    utf8proc_uint8_t bytes[4];
    const auto length = utf8proc_encode_char(codepoint, bytes);
    out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
}

/// Unicode has no decomposition for the ligatures œ and æ: they are letters of
/// other alphabets. French agents write them as two letters.
bool append_ligature(std::string& out, utf8proc_int32_t codepoint)
{
    if (codepoint == 0x153 || codepoint == 0x152)
        out += "oe";
    else if (codepoint == 0xE6 || codepoint == 0xC6)
        out += "ae";
    else
        return false;
    return true;
}

void append_folded(std::string& out, utf8proc_int32_t codepoint)
{
    if (append_ligature(out, codepoint))
        return;
    constexpr auto options = static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                                            UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
    utf8proc_int32_t parts[32]; // the longest compatibility decomposition has 18
    int boundary = 0;
    const auto count = utf8proc_decompose_char(codepoint, parts, 32, options, &boundary);
    for (utf8proc_ssize_t i = 0; i < count && i < 32; ++i)
        if (is_letter_or_digit(parts[i]))
            append_utf8(out, parts[i]);
}

/// The folded form of an ASCII character; 0 where it is ignored.
constexpr char folded_ascii(char c)
{
    if (c >= 'A' && c <= 'Z')
        return static_cast<char>(c - 'A' + 'a');
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '\0';
}

/// Digits in groups of three, the first of one to three; or without any group.
/// Appends the digits to `digits` and takes them from `text`.
bool take_whole_part(std::string_view& text, std::string& digits)
{
    std::size_t group = 0; // length of the current group
    bool grouped = false;
    while (!text.empty()) {
        if (is_digit(text.front())) {
            digits += text.front();
            text.remove_prefix(1);
            ++group;
            continue;
        }
        const auto space = leading_space(text);
        if (space == 0)
            break;
        if (group == 0 || group > 3 || (grouped && group != 3))
            return false;
        text.remove_prefix(space);
        grouped = true;
        group = 0;
    }
    return group > 0 && (!grouped || group == 3);
}

bool take_decimals(std::string_view text, std::string& digits)
{
    if (text.empty())
        return true;
    if ((text.front() != ',' && text.front() != '.') || text.size() < 2)
        return false;
    text.remove_prefix(1);
    digits += '.';
    digits += text;
    return std::all_of(text.begin(), text.end(), is_digit);
}

void drop_common_ends(std::string_view& a, std::string_view& b)
{
    const auto shorter = std::min(a.size(), b.size());
    std::size_t head = 0;
    while (head < shorter && a[head] == b[head])
        ++head;
    a.remove_prefix(head);
    b.remove_prefix(head);
    while (!a.empty() && !b.empty() && a.back() == b.back()) {
        a.remove_suffix(1);
        b.remove_suffix(1);
    }
}

/// The table of distances between the beginnings of two texts, of which three
/// rows are kept, and in each the cells that are at most `limit` away from the
/// diagonal: further, the distance is above the limit (Ukkonen, « Algorithms for
/// approximate string matching », 1985).
class DistanceTable {
public:
    /// `a` is the shorter one.
    DistanceTable(std::string_view a, std::string_view b, std::size_t limit)
        : a_(a), b_(b), limit_(limit), far_(limit + 1), cells_(3 * (a.size() + 2), far_)
    {
        before_ = cells_.data();
        previous_ = before_ + a.size() + 2;
        current_ = previous_ + a.size() + 2;
        for (std::size_t j = 0; j <= std::min(a.size(), limit); ++j)
            previous_[j] = j;
    }

    [[nodiscard]] std::size_t distance()
    {
        for (std::size_t i = 1; i <= b_.size(); ++i) {
            if (fill_row(i) > limit_)
                return far_;
            auto* const free = before_;
            before_ = previous_;
            previous_ = current_;
            current_ = free;
        }
        return std::min(previous_[a_.size()], far_);
    }

private:
    /// The least distance in the row: the result is not below it.
    std::size_t fill_row(std::size_t i)
    {
        const auto first = i > limit_ ? i - limit_ : 1;
        const auto last = std::min(a_.size(), i + limit_);
        current_[first - 1] = first == 1 ? std::min(i, far_) : far_;
        auto least = current_[first - 1];
        for (std::size_t j = first; j <= last; ++j) {
            const std::size_t cost = a_[j - 1] == b_[i - 1] ? 0 : 1;
            auto cell = std::min({previous_[j] + 1, current_[j - 1] + 1, previous_[j - 1] + cost});
            if (i > 1 && j > 1 && a_[j - 1] == b_[i - 2] && a_[j - 2] == b_[i - 1])
                cell = std::min(cell, before_[j - 2] + 1);
            current_[j] = cell;
            least = std::min(least, cell);
        }
        current_[last + 1] = far_;
        return least;
    }

    std::string_view a_;
    std::string_view b_;
    std::size_t limit_;
    std::size_t far_;
    std::vector<std::size_t> cells_;
    std::size_t* before_ = nullptr; ///< the row before the previous one
    std::size_t* previous_ = nullptr;
    std::size_t* current_ = nullptr;
};

bool take_minus(std::string_view& text)
{
    for (const std::string_view minus : {"-", "\u2212"})
        if (text.starts_with(minus)) {
            text.remove_prefix(minus.size());
            return true;
        }
    return false;
}

/// Halves go away from zero, as a person rounds.
double rounded(double value, int decimals)
{
    const double scale = std::pow(10.0, decimals);
    const double scaled = value * scale;
    return std::abs(scaled) < 1e15 ? std::round(scaled) / scale : value;
}

} // namespace

std::string_view trimmed(std::string_view text)
{
    while (const auto length = leading_space(text))
        text.remove_prefix(length);
    while (const auto length = trailing_space(text))
        text.remove_suffix(length);
    return text;
}

std::string trim(std::string_view text) { return std::string(trimmed(text)); }

std::size_t characters(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string fold(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    for (std::size_t i = 0; i < text.size();) {
        if (bytes[i] < 0x80) {
            if (const char c = folded_ascii(text[i++]))
                out += c;
            continue;
        }
        utf8proc_int32_t codepoint = 0;
        const auto length =
            utf8proc_iterate(bytes + i, static_cast<utf8proc_ssize_t>(text.size() - i), &codepoint);
        if (length > 0)
            append_folded(out, codepoint);
        i += length > 0 ? static_cast<std::size_t>(length) : 1; // a stray byte is ignored
    }
    return out;
}

std::string code_key(std::string_view code)
{
    std::string key;
    while (!code.empty()) {
        if (const auto space = leading_space(code)) {
            code.remove_prefix(space);
            continue;
        }
        const char c = code.front();
        key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        code.remove_prefix(1);
    }
    return key;
}

std::vector<std::string> split_list(std::string_view text)
{
    std::vector<std::string> elements;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of(";\n\r"), text.size());
        if (const auto element = trimmed(text.substr(0, end)); !element.empty())
            elements.emplace_back(element);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return elements;
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit)
{
    drop_common_ends(a, b);
    if (a.size() > b.size())
        std::swap(a, b);
    if (a.empty() || b.size() - a.size() > limit)
        return std::min(b.size(), limit + 1);
    return DistanceTable(a, b, limit).distance();
}

double similarity(std::string_view a, std::string_view b)
{
    const auto x = fold(a);
    const auto y = fold(b);
    const auto longer = std::max(x.size(), y.size());
    if (longer == 0)
        return 1.0;
    return 1.0 - static_cast<double>(edit_distance(x, y, longer)) / static_cast<double>(longer);
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates, double floor)
{
    const std::string* best = nullptr;
    double best_score = floor;
    for (const auto& candidate : candidates)
        if (const double score = similarity(word, candidate);
            best == nullptr ? score >= floor : score > best_score) {
            best = &candidate;
            best_score = score;
        }
    return best != nullptr ? *best : std::string();
}

bool parse_number(std::string_view text, double& value)
{
    text = trimmed(text);
    std::string digits;
    if (take_minus(text))
        digits += '-';
    if (!take_whole_part(text, digits) || !take_decimals(text, digits))
        return false;
    double read = 0.0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), read);
    if (error != std::errc{} || end != digits.data() + digits.size())
        return false;
    value = read;
    return true;
}

std::string french_number(double value, int decimals)
{
    if (!std::isfinite(value))
        return {};
    char buffer[400];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, std::abs(rounded(value, decimals)),
                                   std::chars_format::fixed, decimals)
                         .ptr;
    std::string text(buffer, end);
    const auto point = text.find('.');
    auto whole = text.substr(0, point);
    auto fraction = point == std::string::npos ? std::string() : text.substr(point + 1);
    while (!fraction.empty() && fraction.back() == '0')
        fraction.pop_back();
    for (std::size_t at = whole.size(); at > 3;)
        whole.insert(at -= 3, "\u202F");
    const bool negative = value < 0.0 && text.find_first_of("123456789") != std::string::npos;
    return (negative ? "-" : "") + whole + (fraction.empty() ? "" : "," + fraction);
}

} // namespace pacte
