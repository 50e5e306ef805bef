#include "core/source_sheet.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <utf8proc.h>

#include "core/error.hpp"
#include "core/table.hpp"
#include "core/text.hpp"

namespace pacte {

namespace {

constexpr std::uintmax_t largest_text = 1'000'000'000;
constexpr std::size_t sample_size = 1 << 16;

/// Windows-1252, 0x80 to 0x9F (Unicode's own table of it); the rest is Latin-1.
constexpr std::array<char32_t, 32> windows_1252{
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

void append(std::string& out, char32_t letter)
{
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto count = utf8proc_encode_char(static_cast<utf8proc_int32_t>(letter), bytes.data());
    out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(count));
}

bool is_utf8(std::string_view text)
{
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    auto left = static_cast<utf8proc_ssize_t>(text.size());
    while (left > 0) {
        if (*bytes < 0x80) {
            ++bytes, --left;
            continue;
        }
        utf8proc_int32_t letter = 0;
        const auto length = utf8proc_iterate(bytes, left, &letter);
        if (length <= 0)
            return false;
        bytes += length;
        left -= length;
    }
    return true;
}

std::string from_windows_1252(std::string_view bytes)
{
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 8);
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        if (value < 0x80)
            text += byte;
        else
            append(text, value < 0xA0 ? windows_1252[value - 0x80U] : value);
    }
    return text;
}

std::string from_utf16(std::string_view bytes, bool big_endian)
{
    const auto unit = [&](std::size_t i) {
        const auto first = static_cast<unsigned char>(bytes[i]);
        const auto second = static_cast<unsigned char>(bytes[i + 1]);
        return static_cast<char32_t>(big_endian ? first << 8 | second : second << 8 | first);
    };
    std::string text;
    text.reserve(bytes.size());
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        char32_t letter = unit(i);
        if (letter >= 0xD800 && letter < 0xDC00 && i + 3 < bytes.size()) {
            const char32_t low = unit(i + 2);
            if (low >= 0xDC00 && low < 0xE000) {
                letter = 0x10000 + ((letter - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            }
        }
        append(text, letter >= 0xD800 && letter < 0xE000 ? 0xFFFD : letter);
    }
    return text;
}

enum class Utf16 { no, little, big };

/// Ordinary French text in UTF-16 has a zero byte in every second place.
Utf16 looks_like_utf16(std::string_view bytes)
{
    if (bytes.starts_with("\xFF\xFE"))
        return Utf16::little;
    if (bytes.starts_with("\xFE\xFF"))
        return Utf16::big;
    const auto sample = bytes.substr(0, std::min(bytes.size(), std::size_t{2000}) & ~std::size_t{1});
    std::array<std::size_t, 2> zeros{};
    for (std::size_t i = 0; i < sample.size(); ++i)
        zeros[i % 2] += sample[i] == '\0' ? 1 : 0;
    const auto half = sample.size() / 2;
    if (half < 4)
        return Utf16::no;
    if (zeros[1] * 10 > half * 8 && zeros[0] * 10 < half)
        return Utf16::little;
    return zeros[0] * 10 > half * 8 && zeros[1] * 10 < half ? Utf16::big : Utf16::no;
}

/// Reads fields one after the other, within a buffer that the unescaped text of
/// quoted fields may shorten in place.
class Splitter {
public:
    Splitter(std::string& text, char separator) : text_(text), separator_(separator) {}

    [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
    [[nodiscard]] std::size_t line() const { return line_; }

    struct Field {
        std::size_t begin = 0;
        std::size_t length = 0;
        bool last = false;     ///< of its line
        bool unclosed = false; ///< its quotation mark is not closed
    };

    Field next()
    {
        Field field;
        if (at_ < text_.size() && text_[at_] == '"')
            field = quoted();
        else
            field.begin = at_;
        const auto end = end_of_field();
        if (field.length == 0 && field.begin == at_)
            field.length = end - at_;
        at_ = end;
        field.last = at_end() || text_[at_] != separator_;
        if (!at_end() && text_[at_] == separator_)
            ++at_;
        else
            take_line_end();
        return field;
    }

private:
    [[nodiscard]] std::size_t end_of_field() const
    {
        std::size_t end = at_;
        while (end < text_.size() && text_[end] != separator_ && text_[end] != '\n' && text_[end] != '\r')
            ++end;
        return end;
    }

    void take_line_end()
    {
        if (!at_end() && text_[at_] == '\r')
            ++at_;
        if (!at_end() && text_[at_] == '\n')
            ++at_;
        ++line_;
    }

    Field quoted()
    {
        Field field;
        field.begin = ++at_;
        std::size_t written = at_;
        for (; at_ < text_.size(); ++at_) {
            if (text_[at_] == '"') {
                if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') {
                    ++at_;
                    field.length = written - field.begin;
                    return field;
                }
                ++at_;
            }
            line_ += text_[at_] == '\n' ? 1 : 0;
            text_[written++] = text_[at_];
        }
        field.length = written - field.begin;
        field.unclosed = true;
        return field;
    }

    std::string& text_;
    char separator_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
};

/// How many lines of the sample have the most frequent number of fields.
struct Regularity {
    double share = 0.0;
    std::size_t fields = 0;
};

Regularity regularity_of(std::string sample, char separator)
{
    Splitter splitter(sample, separator);
    std::map<std::size_t, std::size_t> counts;
    std::size_t lines = 0;
    while (!splitter.at_end()) {
        std::size_t fields = 0;
        bool blank = true;
        Splitter::Field field;
        do {
            field = splitter.next();
            blank = blank && field.length == 0;
            ++fields;
        } while (!field.last);
        if (fields == 1 && blank)
            continue;
        ++counts[fields];
        ++lines;
    }
    Regularity best;
    for (const auto& [fields, count] : counts)
        if (const double share = static_cast<double>(count) / static_cast<double>(lines);
            fields > 1 && share > best.share)
            best = {share, fields};
    return best;
}

[[noreturn]] void fail(const std::string& file, const std::string& what)
{
    throw Failure(Failure::Cause::bad_file, "Le fichier « " + file + " » ne peut pas être importé : " + what);
}

} // namespace

std::size_t SourceSheet::width(std::size_t row) const
{
    return (row + 1 < rows_.size() ? rows_[row + 1].first : cells_.size()) - rows_[row].first;
}

std::string_view SourceSheet::at(std::size_t row, std::size_t column) const
{
    if (row >= rows_.size() || column >= width(row))
        return {};
    const Extent& cell = cells_[rows_[row].first + column];
    return trimmed(std::string_view(text_).substr(cell.begin, cell.length));
}

void SourceSheet::begin_row(std::size_t line) { rows_.push_back({line, cells_.size()}); }

void SourceSheet::add_cell(std::size_t begin, std::size_t length)
{
    cells_.push_back({begin, length});
    columns_ = std::max(columns_, cells_.size() - rows_.back().first);
}

void SourceSheet::append_cell(std::string_view text)
{
    add_cell(text_.size(), text.size());
    text_ += text;
}

std::string place_of(const std::string& file, const std::string& sheet, std::size_t line,
                     std::ptrdiff_t column)
{
    std::string place = "fichier « " + file + " »";
    if (!sheet.empty())
        place += ", feuille « " + sheet + " »";
    place += ", ligne " + std::to_string(line);
    if (column >= 0) {
        const std::string cell = cell_name(static_cast<std::int32_t>(column), 0);
        place += ", colonne " + cell.substr(0, cell.size() - 1);
    }
    return place;
}

std::string decoded(std::string bytes, std::string& encoding)
{
    if (const Utf16 kind = looks_like_utf16(bytes); kind != Utf16::no) {
        encoding = "UTF-16";
        std::string text = from_utf16(bytes, kind == Utf16::big);
        return text.starts_with("\uFEFF") ? text.substr(3) : text;
    }
    if (bytes.starts_with("\uFEFF"))
        bytes.erase(0, 3);
    if (is_utf8(bytes)) {
        encoding = "UTF-8";
        return bytes;
    }
    encoding = "Windows-1252";
    return from_windows_1252(bytes);
}

char separator_of(std::string_view text)
{
    std::string sample(text.substr(0, sample_size));
    if (text.size() > sample.size()) // a line cut short would count wrong
        sample.resize(std::min(sample.rfind('\n'), sample.size() - 1) + 1);
    constexpr std::array candidates{'\t', ';', '|', ','};
    char best = ';';
    double best_share = 0.0;
    for (const char candidate : candidates) {
        const Regularity found = regularity_of(sample, candidate);
        if (found.share > best_share + 0.05) {
            best = candidate;
            best_share = found.share;
        }
    }
    return best;
}

SourceSheet parse_delimited(std::string text, char separator, const std::string& file)
{
    struct Extent {
        std::size_t begin, length;
    };
    // The buffer is unescaped in place first, then handed to the sheet.
    std::vector<std::pair<std::size_t, std::size_t>> lines; // line, number of cells
    std::vector<Extent> cells;
    Splitter splitter(text, separator);
    while (!splitter.at_end()) {
        const std::size_t line = splitter.line();
        const std::size_t first = cells.size();
        Splitter::Field field;
        bool blank = true;
        do {
            const std::size_t opened = splitter.line();
            field = splitter.next();
            if (field.unclosed)
                fail(file, "ligne " + std::to_string(opened) +
                               ", un guillemet n'est pas fermé. Le fichier est peut-être coupé : "
                               "téléchargez-le à nouveau.");
            blank = blank && field.length == 0;
            cells.push_back({field.begin, field.length});
        } while (!field.last);
        if (blank)
            cells.resize(first);
        else
            lines.emplace_back(line, cells.size() - first);
    }
    SourceSheet sheet({}, std::move(text));
    std::size_t next = 0;
    for (const auto& [line, count] : lines) {
        sheet.begin_row(line);
        for (std::size_t i = 0; i < count; ++i, ++next)
            sheet.add_cell(cells[next].begin, cells[next].length);
    }
    return sheet;
}

std::string bytes_of(const std::filesystem::path& path, std::uintmax_t most)
{
    const std::string name = path.filename().string();
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
        fail(name, "c'est un dossier. Choisissez un fichier.");
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file)
        fail(name, "il ne s'ouvre pas. Vérifiez qu'il est là et lisible.");
    const auto size = static_cast<std::uintmax_t>(file.tellg());
    if (size > most)
        fail(name, "il pèse plus de " + std::to_string(most / 1'000'000) +
                       " Mo. Gardez-en les lignes de votre territoire, puis recommencez.");
    std::string bytes(size, '\0');
    file.seekg(0);
    file.read(bytes.data(), static_cast<std::streamsize>(size));
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    return bytes;
}

SourceFile read_delimited(const std::filesystem::path& path)
{
    SourceFile file;
    file.name = path.filename().string();
    std::string text = decoded(bytes_of(path, largest_text), file.encoding);
    if (trimmed(text).empty())
        fail(file.name, "il est vide.");
    if (text.find('\0') != std::string::npos)
        fail(file.name,
             "ce n'est pas un fichier de texte. Enregistrez-le en CSV ou en XLSX, puis recommencez.");
    const char separator = separator_of(text);
    file.separator = std::string(1, separator);
    file.sheets.push_back(parse_delimited(std::move(text), separator, file.name));
    return file;
}

} // namespace pacte
