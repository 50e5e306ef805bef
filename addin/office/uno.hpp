#pragma once

#include <string>
#include <string_view>

#include <com/sun/star/beans/PropertyValue.hpp>
#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/lang/XMultiComponentFactory.hpp>
#include <com/sun/star/uno/Any.hxx>
#include <com/sun/star/uno/Reference.hxx>
#include <com/sun/star/uno/Sequence.hxx>
#include <com/sun/star/uno/XComponentContext.hpp>
#include <rtl/ustring.hxx>

#include "core/table.hpp"

// The few words that every file of this room needs to speak UNO.

namespace pacte::office {

namespace css = com::sun::star;
using css::uno::Any;
using css::uno::Reference;
using css::uno::Sequence;
using css::uno::UNO_QUERY;
using css::uno::UNO_QUERY_THROW;
using rtl::OUString;

[[nodiscard]] std::string utf8(const OUString& text);
[[nodiscard]] OUString ustring(std::string_view text);

/// A value of getDataArray; a void any stands for an error.
[[nodiscard]] Cell cell_of(const Any& value);
/// For setDataArray: a blank is an empty string.
[[nodiscard]] Any any_of(const Cell& cell);

[[nodiscard]] css::beans::PropertyValue property(const char* name, const Any& value);

template <typename Interface>
Reference<Interface> create(const Reference<css::uno::XComponentContext>& context, const char* service)
{
    return Reference<Interface>(
        context->getServiceManager()->createInstanceWithContext(OUString::createFromAscii(service), context),
        UNO_QUERY_THROW);
}

template <typename Object> Any get(const Object& object, const char* name)
{
    return Reference<css::beans::XPropertySet>(object, UNO_QUERY_THROW)
        ->getPropertyValue(OUString::createFromAscii(name));
}

template <typename Value, typename Object> Value get_as(const Object& object, const char* name)
{
    Value value{};
    get(object, name) >>= value;
    return value;
}

template <typename Object, typename Value> void set(const Object& object, const char* name, const Value& value)
{
    Reference<css::beans::XPropertySet>(object, UNO_QUERY_THROW)
        ->setPropertyValue(OUString::createFromAscii(name), css::uno::makeAny(value));
}

} // namespace pacte::office
