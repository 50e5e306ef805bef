#include "office/hidden_document.hpp"

#include <com/sun/star/frame/Desktop.hpp>
#include <com/sun/star/frame/XStorable.hpp>
#include <com/sun/star/io/IOException.hpp>
#include <com/sun/star/util/XCloseable.hpp>
#include <osl/file.hxx>
#include <rtl/uri.hxx>

#include "core/error.hpp"

namespace pacte::office {

namespace {

/// `/home/…/copie.ods`; an address (of a share, of a server) without its %20.
std::string as_a_person_reads(const OUString& url)
{
    OUString path;
    if (osl::FileBase::getSystemPathFromFileURL(url, path) == osl::FileBase::E_None)
        return utf8(path);
    return utf8(rtl::Uri::decode(url, rtl_UriDecodeWithCharset, RTL_TEXTENCODING_UTF8));
}

} // namespace

HiddenDocument::HiddenDocument(const Reference<css::uno::XComponentContext>& context, const OUString& url)
{
    Sequence<css::beans::PropertyValue> how(1);
    how[0] = property("Hidden", css::uno::makeAny(true));
    model_.set(css::frame::Desktop::create(context)->loadComponentFromURL(url, "_blank", 0, how),
               UNO_QUERY_THROW);
}

HiddenDocument::~HiddenDocument()
{
    try {
        Reference<css::util::XCloseable>(model_, UNO_QUERY_THROW)->close(true);
    } catch (const css::uno::Exception&) {
        // The office is closing: it takes the document with it.
    }
}

void store_copy(const Reference<css::frame::XModel>& model, const OUString& url, const char* filter)
{
    Sequence<css::beans::PropertyValue> how(1);
    how[0] = property("FilterName", css::uno::makeAny(OUString::createFromAscii(filter)));
    try {
        Reference<css::frame::XStorable>(model, UNO_QUERY_THROW)->storeToURL(url, how);
    } catch (const css::io::IOException&) {
        throw Failure(Failure::Cause::bad_file,
                      "Le fichier « " + as_a_person_reads(url) +
                          " » n'a pas pu être écrit : vérifiez que le dossier existe, que vous pouvez y "
                          "écrire, qu'il reste de la place sur le disque et que le fichier n'est pas ouvert "
                          "ailleurs.");
    }
}

} // namespace pacte::office
