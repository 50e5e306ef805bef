#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "commands/command.hpp"
#include "commands/contour_import.hpp"
#include "core/error.hpp"
#include "core/need_wording.hpp"
#include "core/text.hpp"
#include "office/diagnosis.hpp"
#include "office/dialog.hpp"
#include "office/download.hpp"
#include "office/installation.hpp"

namespace pacte::commands {

namespace {

constexpr office::Bilingual title{"Télécharger les contours officiels", "Download the official boundaries"};
constexpr const char* official = "https://etalab-datasets.geo.data.gouv.fr/contours-administratifs/";
constexpr double megabyte = 1'000'000.0;
constexpr double most_megabytes = 500.0;

constexpr std::array kinds{"communes", "epci"};
constexpr std::array precisions{"1000m", "100m", "50m", "5m"};

std::string official_address(const std::string& year, const char* kind, const char* precision)
{
    return official + year + "/geojson/" + kind + "-" + precision + ".geojson.gz";
}

/// The year of the diagnosis; the latest one that is known where it says none.
std::string year_of(const Parameters& parameters)
{
    int year = 0;
    const std::string text = parameters.text("géographie");
    std::from_chars(text.data(), text.data() + text.size(), year);
    return std::to_string(year > 2000 ? year : office::cog().year());
}

class AddressDialog {
public:
    AddressDialog(const Request& request, const std::string& year) : dialog_(request.context, title, 400)
    {
        for (int known = office::cog().year(); known >= first_year; --known)
            years_.push_back(std::to_string(known));
        if (std::find(years_.begin(), years_.end(), year) == years_.end())
            years_.insert(years_.begin(), year);
        dialog_.add_text(
            {"Les contours des communes ou des EPCI de toute la France, d'après l'IGN (Admin Express), "
             "sont publiés par l'État. Seuls votre territoire et ses voisins seront gardés. Le réseau "
             "est celui de LibreOffice, avec son proxy (Outils > Options > Internet).",
             "The boundaries of the communes or EPCI of all of France, from IGN (Admin Express), are "
             "published by the State. Only your territory and its neighbours are kept. The network is "
             "LibreOffice's own, with its proxy (Tools > Options > Internet)."},
            3);
        dialog_.pair();
        dialog_.add_list("annee", {"Année", "Year"}, years_,
                         static_cast<int>(std::find(years_.begin(), years_.end(), year) - years_.begin()));
        dialog_.add_list("niveau", {"Contours", "Boundaries"}, {"communes", "EPCI"}, 0);
        dialog_.add_list(
            "precision", {"Précision", "Precision"},
            {"1 000 m (le plus léger)", "100 m (une carte de la page A4)", "50 m", "5 m (le plus lourd)"}, 1);
        dialog_.add_edit("adresse", {"Adresse", "Address"}, official_address(year, kinds[0], precisions[1]));
        for (const char* list : {"annee", "niveau", "precision"})
            dialog_.on_select(list, [this] { dialog_.set_text("adresse", chosen()); });
        dialog_.add_buttons(true);
    }

    /// Empty where the user gave up.
    std::string ask(const Reference<css::frame::XFrame>& frame)
    {
        const std::string address = dialog_.execute(frame) ? trim(dialog_.text("adresse")) : std::string();
        dialog_.close();
        return address;
    }

private:
    static constexpr int first_year = 2018;

    [[nodiscard]] std::string chosen() const
    {
        const auto at = [&](const char* list) {
            return static_cast<std::size_t>(std::max(0, dialog_.selected(list)));
        };
        return official_address(years_.at(at("annee")), kinds.at(at("niveau")),
                                precisions.at(at("precision")));
    }

    office::Dialog dialog_;
    std::vector<std::string> years_;
};

std::string file_name_of(const std::string& address)
{
    std::string name = address.substr(address.rfind('/') + 1);
    name = name.substr(0, name.find_first_of("?#"));
    return name.empty() ? "contours.geojson" : name;
}

ContourFile described(const std::string& address, const std::filesystem::path& path)
{
    ContourFile file;
    file.path = path;
    file.name = path.filename().string();
    file.origin = "Téléchargé de " + address + ". ";
    if (address.find("/contours-administratifs/") != std::string::npos) {
        file.producer = "IGN, Admin Express, généralisé par Etalab";
        file.vintage = year_in(address);
        file.licence = "Licence Ouverte 2.0";
    }
    return file;
}

std::size_t most_bytes(const Request& request)
{
    double megabytes = most_megabytes;
    if (const std::string stated = request.argument("TailleMaximale"); !stated.empty())
        (void)parse_number(stated, megabytes);
    return static_cast<std::size_t>(megabytes * megabyte);
}

} // namespace

std::string download_contours(Request& request)
{
    office::Workbook workbook(request.model());
    require_contours_writable(workbook);
    const Parameters parameters = workbook.parameters();
    (void)office::read_territory(workbook, parameters);
    const std::string given = request.argument("Adresse");
    const std::string address =
        given.empty() ? AddressDialog(request, year_of(parameters)).ask(request.frame) : given;
    if (address.empty())
        return {};
    const office::TemporaryFile file(file_name_of(address));
    office::download(request.context, request.frame, title, address, file.path(), most_bytes(request));
    return import_contour_file(request, described(address, file.path()), given.empty());
}

} // namespace pacte::commands
