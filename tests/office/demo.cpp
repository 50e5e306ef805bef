// The whole job on the example of Haute-Loire, driven as a person drives it:
// the installed extension, its menu commands, the real office.
//
//     demo pacte.oxt folder [workbook]
//
// leaves in the folder the workbook, its PDF, one picture a map and, to compare
// one office with another, all the texts and shapes in words; and prints a short
// French summary. With a workbook, that another office made, the job is done again
// on it, and what it says when it is opened is written in words first.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/drawing/XDrawPageSupplier.hpp>
#include <com/sun/star/drawing/XShape.hpp>

#include "office.hpp"
#include "pictures.hpp"

namespace {

using namespace office_test;
namespace fs = std::filesystem;

constexpr const char* contours_source = "IGN, Admin Express COG 2018, généralisé (Licence Ouverte 2.0)";

std::string run(Office& office, const Reference<css::frame::XModel>& model, const char* command,
                const Arguments& arguments = {})
{
    const Outcome outcome = office.run(model, command, arguments);
    if (!outcome.done)
        throw std::runtime_error(outcome.sentence);
    return outcome.sentence;
}

std::size_t column_of(const std::vector<std::vector<std::string>>& rows, const std::string& header)
{
    const auto found = std::find(rows.front().begin(), rows.front().end(), header);
    if (found == rows.front().end())
        throw std::runtime_error("no column « " + header + " »");
    return static_cast<std::size_t>(found - rows.front().begin());
}

std::map<std::string, int> counts(const std::vector<std::vector<std::string>>& rows,
                                  const std::string& header)
{
    std::map<std::string, int> result;
    const std::size_t column = column_of(rows, header);
    for (std::size_t i = 1; i < rows.size(); ++i)
        ++result[rows[i][column]];
    return result;
}

void print_findings(const Reference<css::frame::XModel>& model)
{
    auto found = counts(table(model, "controles"), "sévérité");
    std::cout << "Validation : " << found["erreur"] << " erreur(s), " << found["alerte"] << " alerte(s), "
              << found["conseil"] << " conseil(s).\n";
}

void print_coverage(const Reference<css::frame::XModel>& model)
{
    auto found = counts(table(model, "couverture"), "statut");
    std::cout << "Couverture :";
    for (const char* status : {"couvert", "partiellement couvert", "peu couvert", "non couvert", "à préciser",
                               "non évaluable", "sans objet"})
        std::cout << " " << found[status] << " " << status
                  << (std::string(status) == "sans objet" ? ".\n" : ",");
}

std::vector<std::string> map_sheets(const Reference<css::frame::XModel>& model)
{
    std::vector<std::string> maps;
    for (const std::string& name : sheet_names(model))
        if (name.starts_with("Carte"))
            maps.push_back(name);
    return maps;
}

/// All that a person reads, then the shapes and where they stand.
void write_in_words(const Reference<css::frame::XModel>& model, const fs::path& path)
{
    std::ofstream file(path);
    file << all_text(model);
    for (const std::string& name : sheet_names(model)) {
        const auto page =
            Reference<css::drawing::XDrawPageSupplier>(sheet(model, name), UNO_QUERY_THROW)->getDrawPage();
        std::set<std::string> lines;
        for (sal_Int32 i = 0; i < page->getCount(); ++i) {
            const Reference<css::drawing::XShape> shape(page->getByIndex(i), UNO_QUERY_THROW);
            OUString shape_name;
            Reference<css::beans::XPropertySet>(shape, UNO_QUERY_THROW)->getPropertyValue("Name") >>=
                shape_name;
            const auto position = shape->getPosition();
            const auto size = shape->getSize();
            if (!shape_name.isEmpty())
                lines.insert(name + " / " + utf8(shape_name) + " : " + std::to_string(position.X) + " " +
                             std::to_string(position.Y) + ", " + std::to_string(size.Width) + " × " +
                             std::to_string(size.Height) + "\n");
        }
        for (const std::string& line : lines)
            file << line;
    }
}

Reference<css::frame::XModel> open_example(Office& office)
{
    const auto start = office.new_spreadsheet();
    std::cout << run(office, start, "exemple") << "\n";
    const auto model = office.active();
    close(start);
    return model;
}

int make_diagnosis(const fs::path& oxt, const fs::path& folder, const std::optional<fs::path>& made_elsewhere)
{
    const Profile profile;
    {
        Office first(profile, Window::none);
        first.install(oxt);
    }
    Office office(profile, Window::none);
    const auto model = made_elsewhere ? office.open(file_url(*made_elsewhere)) : open_example(office);
    if (made_elsewhere)
        write_in_words(model, folder / "ouvert.txt");

    std::cout << run(office, model, "valider") << "\n";
    print_findings(model);
    std::cout << run(office, model, "couverture") << "\n";
    print_coverage(model);
    std::cout << run(office, model, "cartes") << "\n";
    if (const char* data = std::getenv("PACTE_DATA")) {
        const fs::path contours = fs::path(data) / "contours" / "epci-43-haute-loire.geojson";
        std::cout << run(office, model, "contours",
                         {{"Fichier", css::uno::makeAny(file_url(contours))},
                          {"Source", css::uno::makeAny(ustring(contours_source))}})
                  << "\n"
                  << run(office, model, "cartes") << "\n";
    }
    std::cout << run(office, model, "synthese") << "\n" << run(office, model, "fiches") << "\n";

    const fs::path workbook = folder / "diagnostic-haute-loire.ods";
    const fs::path pdf = folder / "diagnostic-haute-loire.pdf";
    store_as(model, workbook);
    store(model, pdf, "calc_pdf_Export");
    write_in_words(model, folder / "diagnostic-haute-loire.txt");
    std::cout << "Fichiers :\n  " << workbook.string() << "\n  " << pdf.string() << "\n";
    for (const std::string& name : map_sheets(model)) {
        const fs::path picture = folder / (file_name_of(name) + ".png");
        picture_of_sheet(model, name, picture);
        std::cout << "  " << picture.string() << "\n";
    }
    return EXIT_SUCCESS;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3 && argc != 4) {
        std::cerr << "usage: demo pacte.oxt folder [workbook]\n";
        return EXIT_FAILURE;
    }
    std::cout << std::unitbuf; // each step is said when it is done
    try {
        const auto made_elsewhere = argc == 4 ? std::optional(fs::absolute(argv[3])) : std::nullopt;
        return make_diagnosis(fs::absolute(argv[1]), fs::absolute(argv[2]), made_elsewhere);
    } catch (const css::uno::Exception& exception) {
        std::cerr << "LibreOffice : " << utf8(exception.Message) << "\n";
    } catch (const std::exception& exception) {
        std::cerr << exception.what() << "\n";
    }
    return EXIT_FAILURE;
}
