#include "office/contour_store.hpp"

#include <array>
#include <cstdio>

#include <com/sun/star/document/XStorageBasedDocument.hpp>
#include <com/sun/star/embed/ElementModes.hpp>
#include <com/sun/star/embed/XStorage.hpp>
#include <com/sun/star/embed/XTransactedObject.hpp>
#include <com/sun/star/io/XStream.hpp>
#include <com/sun/star/util/XModifiable.hpp>
#include <rtl/crc.h>

namespace pacte::office {

namespace {

const OUString folder_name("Pacte");
const OUString media_type("application/x-pacte");

Reference<css::embed::XStorage> root_of(const Reference<css::frame::XModel>& model)
{
    const Reference<css::document::XStorageBasedDocument> document(model, UNO_QUERY_THROW);
    return document->getDocumentStorage();
}

/// `contours-1-….geojson` → `communes-1-….geojson`
std::string communes_beside(std::string_view contours)
{
    constexpr std::string_view prefix = "contours-";
    return contours.starts_with(prefix) ? "communes-" + std::string(contours.substr(prefix.size()))
                                        : std::string();
}

Reference<css::embed::XStorage> folder_to_write(const Reference<css::frame::XModel>& model)
{
    const auto folder = root_of(model)->openStorageElement(folder_name, css::embed::ElementModes::READWRITE);
    set(folder, "MediaType", media_type);
    return folder;
}

void write_stream(const Reference<css::frame::XModel>& model, const Reference<css::embed::XStorage>& folder,
                  const std::string& name, const std::string& text)
{
    const auto stream = folder->openStreamElement(ustring(name), css::embed::ElementModes::READWRITE);
    set(stream, "MediaType", OUString("application/geo+json"));
    const Sequence<sal_Int8> bytes(reinterpret_cast<const sal_Int8*>(text.data()),
                                   static_cast<sal_Int32>(text.size()));
    const auto output = stream->getOutputStream();
    output->writeBytes(bytes);
    output->closeOutput();
    Reference<css::embed::XTransactedObject>(folder, UNO_QUERY_THROW)->commit();
    Reference<css::util::XModifiable>(model, UNO_QUERY_THROW)->setModified(true);
}

} // namespace

std::string store_contours(const Reference<css::frame::XModel>& model, const geo::ContourLayer& layer)
{
    const auto folder = folder_to_write(model);
    const std::string text = geo::to_geojson(layer);
    // Two documents may hold a first import each: what it is, is in the name, by which the
    // functions of Calc know whether they have read it.
    std::array<char, 9> sum{};
    std::snprintf(sum.data(), sum.size(), "%08x",
                  rtl_crc32(0, text.data(), static_cast<sal_uInt32>(text.size())));
    std::string name;
    for (int number = 1; name.empty(); ++number) {
        const std::string candidate = "contours-" + std::to_string(number) + "-" + sum.data() + ".geojson";
        if (!folder->hasByName(ustring(candidate)))
            name = candidate;
    }
    write_stream(model, folder, name, text);
    return name;
}

void store_communes(const Reference<css::frame::XModel>& model, std::string_view contours,
                    const geo::ContourLayer& communes)
{
    write_stream(model, folder_to_write(model), communes_beside(contours), geo::to_geojson(communes));
}

std::optional<geo::ContourLayer> load_communes(const Reference<css::frame::XModel>& model,
                                               std::string_view contours)
{
    return load_contours(model, communes_beside(contours));
}

std::optional<geo::ContourLayer> load_contours(const Reference<css::frame::XModel>& model,
                                               std::string_view name)
{
    using css::embed::ElementModes::READ;
    const auto root = root_of(model);
    if (name.empty() || !root->hasByName(folder_name))
        return std::nullopt;
    const auto folder = root->openStorageElement(folder_name, READ);
    if (!folder->hasByName(ustring(name)))
        return std::nullopt;
    const auto stream = folder->openStreamElement(ustring(name), READ);
    const auto input = stream->getInputStream();
    std::string text;
    Sequence<sal_Int8> chunk;
    while (input->readBytes(chunk, 1 << 20) > 0)
        text.append(reinterpret_cast<const char*>(chunk.getConstArray()),
                    static_cast<std::size_t>(chunk.getLength()));
    return geo::from_geojson(text);
}

} // namespace pacte::office
