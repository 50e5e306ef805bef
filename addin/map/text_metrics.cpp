#include "map/text_metrics.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace pacte::map {

namespace {

/// Thousandths of an em, U+0020 to U+007E. Italics have the widths of the
/// upright letters.
constexpr std::array<int, 95> regular_widths = {
    278,  278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // space to /
    556,  556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to ?
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ to O
    667,  778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to _
    333,  556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` to o
    556,  556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,      // p to ~
};
constexpr std::array<int, 95> bold_widths = {
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, // space to /
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, // 0 to ?
    975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778, // @ to O
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, // P to _
    333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, // ` to o
    611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,      // p to ~
};

/// The letter whose width an accented one has, U+00C0 to U+017F; `.` where the
/// letter is in `special_width`.
constexpr std::string_view base_letters = "AAAAAA.CEEEEIIIIDNOOOOO.OUUUUYP."  // U+00C0
                                          "aaaaaa.ceeeeIIIIonooooo.ouuuuypy"  // U+00E0
                                          "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGg"  // U+0100
                                          "GgGgHhHhIIIIIIIIIIWWJjKkkLlLlLlL"  // U+0120
                                          "LLlNnNnNnnNnOoOoOo..RrRrRrSsSsSs"  // U+0140
                                          "SsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzf"; // U+0160
static_assert(base_letters.size() == 192);

int special_width(char32_t letter)
{
    switch (letter) {
    case U'\u00A0': // no-break space
    case U'\u00B7': // middle dot
    case U'\u202F': // narrow no-break space
        return 278;
    case U'’':
    case U'‘':
        return 250;
    case U'°':
        return 400;
    case U'²':
    case U'³':
        return 333;
    case U'«':
    case U'»':
    case U'–':
    case U'€':
        return 556;
    case U'×':
    case U'−':
    case U'±':
    case U'≤':
    case U'≥':
        return 584;
    case U'ß':
        return 611;
    case U'œ':
        return 944;
    case U'æ':
        return 889;
    case U'Œ':
    case U'Æ':
    case U'—':
    case U'…':
        return 1000;
    default:
        return 1000; // unknown here: another alphabet; rather too wide than cut
    }
}

int width_of(char32_t letter, bool bold)
{
    if (letter >= U'\u00C0' && letter <= U'\u017F') {
        const char base = base_letters[letter - U'\u00C0'];
        if (base != '.')
            letter = static_cast<unsigned char>(base);
    }
    if (letter >= U' ' && letter <= U'~')
        return (bold ? bold_widths : regular_widths)[letter - U' '];
    return letter < U' ' ? 0 : special_width(letter);
}

/// The next letter of a UTF-8 text, which is made shorter by it. A wrong byte
/// counts as one letter.
char32_t take_letter(std::string_view& text)
{
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t length = first < 0x80U ? 1 : first < 0xE0U ? 2 : first < 0xF0U ? 3 : 4;
    char32_t letter = length == 1 ? first : first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < std::min(length, text.size()); ++i)
        letter = (letter << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
    text.remove_prefix(std::min(length, text.size()));
    return letter;
}

template <class Visit>
void each_line(std::string_view text, Visit visit)
{
    for (;;) {
        const auto end = text.find('\n');
        visit(text.substr(0, end));
        if (end == std::string_view::npos)
            return;
        text.remove_prefix(end + 1);
    }
}

/// A name cut where it may be broken: the last space of a piece is not part of
/// its line.
std::vector<std::string_view> pieces_of(std::string_view name)
{
    std::vector<std::string_view> pieces;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < name.size(); ++i)
        if (name[i] == ' ' || (name[i] == '-' && i > begin + 2 && i + 3 < name.size())) {
            pieces.push_back(name.substr(begin, i + 1 - begin));
            begin = i + 1;
        }
    if (begin < name.size())
        pieces.push_back(name.substr(begin));
    return pieces;
}

std::string_view without_last_space(std::string_view text)
{
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return text;
}

/// A line that ends with a word that calls for the next one reads badly.
bool calls_for_next(std::string_view line)
{
    static constexpr std::array<std::string_view, 22> words = {
        "de", "du",  "des", "la",   "le", "les", "et", "en",    "d’",  "l’", "à",
        "au", "aux", "sur", "sous", "CC", "CA",  "CU", "entre", "lès", "-",  "–"};
    const auto cut = line.rfind(' ');
    const auto last = cut == std::string_view::npos ? line : line.substr(cut + 1);
    return std::find(words.begin(), words.end(), last) != words.end();
}

/// Splits `pieces` into `lines` lines of least cost, by trying every split:
/// there are at most two breaks among some ten words.
class Balancer {
public:
    Balancer(std::string_view name, double size_pt, bool bold)
        : name_(name), pieces_(pieces_of(name)), size_pt_(size_pt), bold_(bold)
    {
    }

    std::string split(int lines)
    {
        const auto count =
            std::min<std::size_t>(static_cast<std::size_t>(std::max(1, lines)), pieces_.size());
        std::vector<std::size_t> breaks;
        try_breaks(1, count, breaks);
        std::string text;
        for (const auto line : best_)
            text.append(text.empty() ? "" : "\n").append(line);
        return text;
    }

private:
    void try_breaks(std::size_t from, std::size_t lines, std::vector<std::size_t>& breaks)
    {
        if (breaks.size() + 1 == lines) {
            keep_if_better(breaks);
            return;
        }
        for (std::size_t i = from; i < pieces_.size(); ++i) {
            breaks.push_back(i);
            try_breaks(i + 1, lines, breaks);
            breaks.pop_back();
        }
    }

    void keep_if_better(const std::vector<std::size_t>& breaks)
    {
        std::vector<std::string_view> lines;
        double cost = 0.0;
        std::size_t begin = 0;
        for (std::size_t i = 0; i <= breaks.size(); ++i) {
            const std::size_t end = i < breaks.size() ? breaks[i] : pieces_.size();
            lines.push_back(line_between(begin, end));
            const double width = text_width(lines.back(), size_pt_, bold_);
            cost = std::max(cost, width);
            begin = end;
        }
        for (std::size_t i = 0; i + 1 < lines.size(); ++i)
            cost *= lines[i].ends_with('-') ? 1.5 : calls_for_next(lines[i]) ? 1.1 : 1.0;
        if (cost < best_cost_) {
            best_cost_ = cost;
            best_ = lines;
        }
    }

    std::string_view line_between(std::size_t begin, std::size_t end) const
    {
        const auto* first = pieces_[begin].data();
        const auto& last = pieces_[end - 1];
        const auto length = static_cast<std::size_t>(last.data() + last.size() - first);
        return without_last_space(name_.substr(static_cast<std::size_t>(first - name_.data()), length));
    }

    std::string_view name_;
    std::vector<std::string_view> pieces_;
    double size_pt_;
    bool bold_;
    std::vector<std::string_view> best_;
    double best_cost_ = std::numeric_limits<double>::max();
};

/// Where the first line may end: the first space that does not stand, as French
/// is written, between « and its word, or before », a sign of two parts or a unit
/// of one letter (`60 %`). The end where there is none.
std::size_t first_break(std::string_view paragraph)
{
    constexpr std::string_view held_back[] = {"%", "€", "»", ":", ";", "?", "!"};
    constexpr std::string_view opening = "«";
    for (auto at = paragraph.find(' '); at != std::string_view::npos; at = paragraph.find(' ', at + 1)) {
        const auto rest = paragraph.substr(at + 1);
        const bool is_held = std::any_of(std::begin(held_back), std::end(held_back),
                                         [&](std::string_view sign) { return rest.starts_with(sign); });
        if (!is_held && !paragraph.substr(0, at).ends_with(opening))
            return at;
    }
    return paragraph.size();
}

} // namespace

Hundredths_mm line_height(double size_pt)
{
    return static_cast<Hundredths_mm>(std::lround(size_pt * 2540.0 / 72.0 * 1.15));
}

Hundredths_mm text_width(std::string_view text, double size_pt, bool bold)
{
    int thousandths = 0;
    while (!text.empty())
        thousandths += width_of(take_letter(text), bold);
    return static_cast<Hundredths_mm>(std::lround(thousandths * size_pt * 2540.0 / 72000.0));
}

TextSize text_size(std::string_view text, double size_pt, bool bold)
{
    TextSize size;
    each_line(text, [&](std::string_view line) {
        size.width = std::max(size.width, text_width(line, size_pt, bold));
        size.height += line_height(size_pt);
    });
    return size;
}

std::string wrap(std::string_view text, Hundredths_mm width, double size_pt, bool bold)
{
    std::string wrapped;
    each_line(text, [&](std::string_view paragraph) {
        std::string line;
        while (!paragraph.empty()) {
            const auto cut = first_break(paragraph);
            const std::string word(paragraph.substr(0, cut));
            paragraph.remove_prefix(std::min(cut + 1, paragraph.size()));
            const std::string longer = line.empty() ? word : line + ' ' + word;
            if (!line.empty() && text_width(longer, size_pt, bold) > width) {
                wrapped += line + '\n';
                line = word;
            } else {
                line = longer;
            }
        }
        wrapped += line + '\n';
    });
    wrapped.pop_back();
    return wrapped;
}

std::string balance(std::string_view name, int lines, double size_pt, bool bold)
{
    if (name.empty())
        return {};
    return Balancer(name, size_pt, bold).split(lines);
}

std::string with_common_spaces(std::string_view text)
{
    static constexpr std::string_view narrow = "\u202F";
    std::string result;
    for (auto at = text.find(narrow); at != std::string_view::npos; at = text.find(narrow)) {
        result.append(text.substr(0, at)).append("\u00A0");
        text.remove_prefix(at + narrow.size());
    }
    return result.append(text);
}

} // namespace pacte::map
