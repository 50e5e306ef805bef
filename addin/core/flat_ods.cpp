#include "core/flat_ods.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace pacte::ods {

namespace {

/// Tabs and line breaks are the only control characters of XML 1.0.
bool is_allowed(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 || c == '\t' || c == '\n' || c == '\r';
}

void append_escaped(std::string& out, std::string_view text)
{
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            if (is_allowed(c))
                out += c;
        }
    }
}

void append_line(std::string& out, std::string_view line)
{
    out += "<text:p>";
    while (!line.empty()) {
        const auto spaces = std::min(line.find_first_not_of(' '), line.size());
        if (spaces == 1)
            out += ' ';
        else if (spaces > 1)
            out += "<text:s text:c=\"" + std::to_string(spaces) + "\"/>";
        line.remove_prefix(spaces);
        const auto word = std::min(line.find(' '), line.size());
        append_escaped(out, line.substr(0, word));
        line.remove_prefix(word);
    }
    out += "</text:p>";
}

void append_paragraphs(std::string& out, std::string_view text)
{
    while (true) {
        const auto end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        append_line(out, line);
        if (end == text.size())
            return;
        text.remove_prefix(end + 1);
    }
}

void append_attribute(std::string& out, std::string_view name, std::string_view value)
{
    if (value.empty())
        return;
    out += ' ';
    out += name;
    out += "=\"";
    append_escaped(out, value);
    out += '"';
}

/// The shortest writing that reads back as the same number.
std::string text_of(double value)
{
    char buffer[64];
    return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

void append_number(std::string& out, double value, NumberKind kind)
{
    if (kind == NumberKind::date) {
        append_attribute(out, "office:value-type", "date");
        append_attribute(out, "office:date-value", iso_date(value));
        return;
    }
    append_attribute(out, "office:value-type", kind == NumberKind::percentage ? "percentage" : "float");
    append_attribute(out, "office:value", text_of(value));
}

void append_length(std::string& out, std::string_view name, double centimetres)
{
    append_attribute(out, name, text_of(std::round(centimetres * 100.0) / 100.0) + "cm");
}

void append_note(std::string& out, std::string_view note, const NoteBox& box)
{
    out += "<office:annotation office:display=\"false\"";
    append_length(out, "svg:x", box.x);
    append_length(out, "svg:y", box.y);
    append_length(out, "svg:width", box.width);
    append_length(out, "svg:height", box.height);
    out += '>';
    append_paragraphs(out, note);
    out += "</office:annotation>";
}

/// `'Thématiques'`: an apostrophe in the name is doubled.
std::string quoted(std::string_view sheet)
{
    std::string out = "'";
    for (const char c : sheet)
        out += c == '\'' ? std::string("''") : std::string(1, c);
    return out + "'";
}

std::string column_letters(int column)
{
    const auto name = cell_name(column, 0);
    return name.substr(0, name.size() - 1);
}

std::string absolute(int column, int row)
{
    return "$" + column_letters(column) + "$" + std::to_string(row + 1);
}

} // namespace

std::string escaped(std::string_view text)
{
    std::string out;
    out.reserve(text.size() + 16);
    append_escaped(out, text);
    return out;
}

std::string style_name(std::string_view shown)
{
    std::string out;
    for (const char c : shown)
        out += c == ' ' ? std::string("_20_") : std::string(1, c);
    return out;
}

std::string paragraphs(std::string_view text)
{
    std::string out;
    append_paragraphs(out, text);
    return out;
}

std::string address(const Area& area)
{
    const auto sheet = quoted(area.sheet);
    return sheet + "." + cell_name(area.first_column, area.first_row) + ":" + sheet + "." +
           cell_name(area.last_column, area.last_row);
}

std::string reference(const Area& area)
{
    return "[$" + quoted(area.sheet) + "." + absolute(area.first_column, area.first_row) + ":." +
           absolute(area.last_column, area.last_row) + "]";
}

std::string iso_date(double serial)
{
    using namespace std::chrono;
    constexpr sys_days epoch = year{1899} / 12 / 30;
    const year_month_day date(epoch + days(static_cast<int>(std::floor(serial))));
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return buffer;
}

void append_cell(std::string& out, const Cell& cell, const CellLook& look)
{
    out += "<table:table-cell";
    append_attribute(out, "table:style-name", look.style);
    append_attribute(out, "table:content-validation-name", look.validation);
    if (look.columns > 1)
        out += " table:number-columns-spanned=\"" + std::to_string(look.columns) +
               "\" table:number-rows-spanned=\"1\"";
    if (look.repeated > 1)
        append_attribute(out, "table:number-columns-repeated", std::to_string(look.repeated));
    if (const auto* number = std::get_if<double>(&cell); number != nullptr && std::isfinite(*number))
        append_number(out, *number, look.kind);
    const auto* text = std::get_if<std::string>(&cell);
    if (text != nullptr)
        append_attribute(out, "office:value-type", "string");
    out += '>';
    if (!look.note.empty()) {
        append_note(out, look.note, look.note_box);
    }
    if (text != nullptr)
        append_paragraphs(out, *text);
    out += "</table:table-cell>";
    if (look.columns > 1) {
        out += "<table:covered-table-cell";
        append_attribute(out, "table:style-name", look.style);
        out += " table:number-columns-repeated=\"" + std::to_string(look.columns - 1) + "\"/>";
    }
}

} // namespace pacte::ods
