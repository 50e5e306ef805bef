#include "calc_functions.hpp"

#include <com/sun/star/beans/NamedValue.hpp>
#include <com/sun/star/configuration/theDefaultProvider.hpp>
#include <com/sun/star/container/XHierarchicalNameAccess.hpp>
#include <com/sun/star/reflection/XInterfaceMethodTypeDescription.hpp>
#include <com/sun/star/reflection/XInterfaceTypeDescription2.hpp>

namespace office_test {

namespace {

using css::container::XHierarchicalNameAccess;
using css::uno::Sequence;

constexpr const char* interface_name = "org.pacte.calc.XFunctions";
constexpr const char* type_manager = "/singletons/com.sun.star.reflection.theTypeDescriptionManager";
constexpr const char* settings =
    "/org.openoffice.Office.CalcAddIns/AddInInfo/org.pacte.calc.Functions/AddInFunctions";

Reference<css::reflection::XInterfaceTypeDescription2> functions_type(const Office& office)
{
    const Reference<XHierarchicalNameAccess> types(office.context()->getValueByName(ustring(type_manager)),
                                                   UNO_QUERY_THROW);
    return {types->getByHierarchicalName(ustring(interface_name)), UNO_QUERY_THROW};
}

Reference<XHierarchicalNameAccess> configuration(const Office& office, const std::string& language)
{
    Sequence<Any> arguments(2);
    arguments[0] <<= css::beans::NamedValue("nodepath", css::uno::makeAny(ustring(settings)));
    arguments[1] <<= css::beans::NamedValue("locale", css::uno::makeAny(ustring(language)));
    return {css::configuration::theDefaultProvider::get(office.context())
                ->createInstanceWithArguments("com.sun.star.configuration.ConfigurationAccess", arguments),
            UNO_QUERY_THROW};
}

std::string text_of(const Reference<XHierarchicalNameAccess>& texts, const std::string& path)
{
    OUString text;
    if (texts->hasByHierarchicalName(ustring(path)))
        texts->getByHierarchicalName(ustring(path)) >>= text;
    return utf8(text);
}

FunctionText function_text(const Reference<css::reflection::XInterfaceMethodTypeDescription>& method,
                           const Reference<XHierarchicalNameAccess>& texts)
{
    const std::string id = utf8(method->getMemberName());
    FunctionText function{id, text_of(texts, id + "/DisplayName"), text_of(texts, id + "/Description"), {}};
    for (const auto& parameter : method->getParameters()) {
        if (parameter->getType()->getName() == "com.sun.star.beans.XPropertySet")
            continue;
        const std::string name = utf8(parameter->getName());
        const std::string node = id + "/Parameters/" + name;
        function.arguments.push_back(
            {name, text_of(texts, node + "/DisplayName"), text_of(texts, node + "/Description")});
    }
    return function;
}

} // namespace

std::vector<FunctionText> function_texts(const Office& office, const std::string& language)
{
    const auto texts = configuration(office, language);
    std::vector<FunctionText> functions;
    for (const auto& member : functions_type(office)->getMembers()) {
        const Reference<css::reflection::XInterfaceMethodTypeDescription> method(member, UNO_QUERY);
        if (method.is())
            functions.push_back(function_text(method, texts));
    }
    return functions;
}

} // namespace office_test
