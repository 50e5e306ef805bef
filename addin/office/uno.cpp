#include "office/uno.hpp"

namespace pacte::office {

std::string utf8(const OUString& text)
{
    const rtl::OString bytes = rtl::OUStringToOString(text, RTL_TEXTENCODING_UTF8);
    return {bytes.getStr(), static_cast<std::size_t>(bytes.getLength())};
}

OUString ustring(std::string_view text)
{
    return {text.data(), static_cast<sal_Int32>(text.size()), RTL_TEXTENCODING_UTF8};
}

Cell cell_of(const Any& value)
{
    double number = 0.0;
    OUString text;
    if (value >>= number)
        return number;
    if (value >>= text)
        return text.isEmpty() ? Cell(Blank{}) : Cell(utf8(text));
    return CellError{};
}

Any any_of(const Cell& cell)
{
    if (const auto* number = std::get_if<double>(&cell))
        return css::uno::makeAny(*number);
    const auto* text = std::get_if<std::string>(&cell);
    return css::uno::makeAny(text ? ustring(*text) : OUString());
}

css::beans::PropertyValue property(const char* name, const Any& value)
{
    return {OUString::createFromAscii(name), 0, value, css::beans::PropertyState_DIRECT_VALUE};
}

} // namespace pacte::office
