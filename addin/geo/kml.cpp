#include "geo/kml.hpp"

#include <map>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include <cpl_minixml.h>
#include <cpl_vsi.h>
#include <ogr_api.h>
#include <ogrsf_frmts.h>

namespace pacte::geo {

namespace {

using Document = std::unique_ptr<CPLXMLNode, decltype(&CPLDestroyXMLNode)>;

struct Placemark {
    std::map<std::string, std::string> attributes;
    OGRMultiPolygon shape;
};

template <class Visit>
void each_element(const CPLXMLNode* parent, const Visit& visit)
{
    for (const CPLXMLNode* child = parent->psChild; child != nullptr; child = child->psNext)
        if (child->eType == CXT_Element)
            visit(*child);
}

bool is(const CPLXMLNode& element, std::string_view name) { return element.pszValue == name; }

std::string text_of(const CPLXMLNode& element) { return CPLGetXMLValue(&element, "", ""); }

/// `Data` holds a `value`; `SchemaData` holds `SimpleData`.
void read_extended_data(const CPLXMLNode& data, std::map<std::string, std::string>& attributes)
{
    each_element(&data, [&](const CPLXMLNode& element) {
        const std::string name = CPLGetXMLValue(&element, "name", "");
        if (is(element, "Data"))
            attributes[name] = CPLGetXMLValue(&element, "value", "");
        else if (is(element, "SimpleData"))
            attributes[name] = text_of(element);
        else if (is(element, "SchemaData"))
            read_extended_data(element, attributes);
    });
}

/// A polygon of KML is written as one of GML 2.
void read_geometry(const CPLXMLNode& geometry, OGRMultiPolygon& shape)
{
    if (is(geometry, "MultiGeometry")) {
        each_element(&geometry, [&](const CPLXMLNode& part) { read_geometry(part, shape); });
    } else if (is(geometry, "Polygon")) {
        CPLXMLNode alone = geometry;
        alone.psNext = nullptr;
        const std::unique_ptr<char, decltype(&VSIFree)> text(CPLSerializeXMLTree(&alone), VSIFree);
        const std::unique_ptr<OGRGeometry> polygon(OGRGeometry::FromHandle(OGR_G_CreateFromGML(text.get())));
        if (polygon != nullptr && wkbFlatten(polygon->getGeometryType()) == wkbPolygon)
            shape.addGeometry(polygon.get());
    }
}

Placemark read_placemark(const CPLXMLNode& element)
{
    Placemark placemark;
    each_element(&element, [&](const CPLXMLNode& child) {
        if (is(child, "name") || is(child, "description"))
            placemark.attributes[child.pszValue] = text_of(child);
        else if (is(child, "ExtendedData"))
            read_extended_data(child, placemark.attributes);
        else
            read_geometry(child, placemark.shape);
    });
    return placemark;
}

void find_placemarks(const CPLXMLNode& parent, std::vector<Placemark>& placemarks)
{
    each_element(&parent, [&](const CPLXMLNode& element) {
        if (is(element, "Placemark"))
            placemarks.push_back(read_placemark(element));
        else if (is(element, "Document") || is(element, "Folder"))
            find_placemarks(element, placemarks);
    });
}

GDALDatasetUniquePtr dataset_of(const std::vector<Placemark>& placemarks)
{
    GDALDriver* const driver = GetGDALDriverManager()->GetDriverByName("Memory");
    GDALDatasetUniquePtr dataset(driver->Create("kml", 0, 0, 0, GDT_Unknown, nullptr));
    OGRSpatialReference degrees;
    degrees.importFromEPSG(4326);
    degrees.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    OGRLayer& layer = *dataset->CreateLayer("kml", &degrees, wkbUnknown, nullptr);
    for (const Placemark& placemark : placemarks)
        for (const auto& [name, value] : placemark.attributes)
            if (layer.GetLayerDefn()->GetFieldIndex(name.c_str()) < 0) {
                OGRFieldDefn field(name.c_str(), OFTString);
                layer.CreateField(&field);
            }
    for (const Placemark& placemark : placemarks) {
        const OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(layer.GetLayerDefn()));
        for (const auto& [name, value] : placemark.attributes)
            feature->SetField(name.c_str(), value.c_str());
        if (!placemark.shape.IsEmpty())
            feature->SetGeometry(&placemark.shape);
        if (layer.CreateFeature(feature.get()) != OGRERR_NONE)
            return nullptr;
    }
    return dataset;
}

bool begins_as_xml(const std::string& source)
{
    VSILFILE* const file = VSIFOpenL(source.c_str(), "rb");
    if (file == nullptr)
        return false;
    std::string start(1024, '\0');
    start.resize(VSIFReadL(start.data(), 1, start.size(), file));
    VSIFCloseL(file);
    return start.find("<") != std::string::npos && start.find("kml") != std::string::npos;
}

} // namespace

GDALDatasetUniquePtr read_kml(const std::string& source)
{
    if (!begins_as_xml(source))
        return nullptr;
    const Document document(CPLParseXMLFile(source.c_str()), CPLDestroyXMLNode);
    if (document == nullptr)
        return nullptr;
    CPLStripXMLNamespace(document.get(), nullptr, TRUE);
    const CPLXMLNode* const root = CPLGetXMLNode(document.get(), "=kml");
    if (root == nullptr)
        return nullptr;
    std::vector<Placemark> placemarks;
    find_placemarks(*root, placemarks);
    return dataset_of(placemarks);
}

} // namespace pacte::geo
