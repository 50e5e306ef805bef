#include "pictures.hpp"

#include <cctype>
#include <cstdlib>
#include <stdexcept>

#include <com/sun/star/beans/PropertyValue.hpp>
#include <com/sun/star/frame/XStorable.hpp>

namespace office_test {

namespace {

using css::uno::Sequence;

Sequence<css::beans::PropertyValue> properties(std::initializer_list<std::pair<const char*, Any>> entries)
{
    Sequence<css::beans::PropertyValue> values(static_cast<sal_Int32>(entries.size()));
    sal_Int32 i = 0;
    for (const auto& [name, value] : entries) {
        values[i].Name = OUString::createFromAscii(name);
        values[i++].Value = value;
    }
    return values;
}

std::string quoted(const std::filesystem::path& path)
{
    return "'" + path.string() + "'";
}

} // namespace

std::string file_name_of(const std::string& sheet)
{
    std::string name;
    for (const char c : sheet) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80 && (std::isalnum(byte) != 0 || c == '.'))
            name += static_cast<char>(std::tolower(byte));
        else if (!name.empty() && name.back() != '-')
            name += '-';
    }
    while (!name.empty() && name.back() == '-')
        name.pop_back();
    return name;
}

void picture_of_sheet(const Reference<css::frame::XModel>& model, const std::string& name,
                      const std::filesystem::path& png)
{
    const auto where = sheet(model, name);
    const auto pdf = std::filesystem::path(png).replace_extension(".pdf");
    Reference<css::frame::XStorable>(model, UNO_QUERY_THROW)
        ->storeToURL(file_url(pdf),
                     properties({{"FilterName", css::uno::makeAny(OUString("calc_pdf_Export"))},
                                 {"FilterData", css::uno::makeAny(properties(
                                                    {{"Selection", css::uno::makeAny(where)}}))}}));
    const auto stem = std::filesystem::path(png).replace_extension();
    const std::string command = "pdftoppm -r 110 -png -singlefile " + quoted(pdf) + " " + quoted(stem);
    const bool drawn = std::system(command.c_str()) == 0; // NOLINT(cert-env33-c): a command of the tests
    std::filesystem::remove(pdf);
    if (!drawn)
        throw std::runtime_error("pdftoppm could not draw the sheet « " + name + " »");
}

} // namespace office_test
