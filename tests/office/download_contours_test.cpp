#include "document_picture.hpp"
#include "http_server.hpp"
#include "import_fixture.hpp"

#include <chrono>

#include <cppunit/extensions/HelperMacros.h>

// Contours fetched from a server of this machine, good and bad, by the network layer
// of the real office.

using namespace office_test;

namespace {

/// A square for each EPCI of Haute-Loire.
std::string squares()
{
    std::string text = R"({"type":"FeatureCollection","features":[)";
    double west = 3.0;
    for (const char* siren : {"200073393", "200073401", "200073419", "200073427", "200085728", "244300307",
                              "244301016", "244301099", "244301107", "244301123", "244301131"}) {
        const auto corner = [&](double right, double up) {
            return "[" + std::to_string(west + right) + "," + std::to_string(45.0 + up) + "]";
        };
        text += std::string(west > 3.0 ? "," : "") + R"({"type":"Feature","properties":{"code":")" + siren +
                R"("},"geometry":{"type":"Polygon","coordinates":[[)" + corner(0, 0) + "," + corner(0.1, 0) +
                "," + corner(0.1, 0.1) + "," + corner(0, 0.1) + "," + corner(0, 0) + "]]}}";
        west += 0.1;
    }
    return text + "]}";
}

HttpServer::Answer cut_short()
{
    HttpServer::Answer answer{squares().substr(0, 900)};
    answer.announced = squares().size();
    return answer;
}

HttpServer::Answer slow()
{
    HttpServer::Answer answer{squares()};
    answer.pause_ms = 100;
    return answer;
}

} // namespace

class DownloadContoursTest : public ImportFixture {
    CPPUNIT_TEST_SUITE(DownloadContoursTest);
    CPPUNIT_TEST(a_good_answer_is_imported_with_its_source);
    CPPUNIT_TEST(a_slow_answer_is_waited_for);
    CPPUNIT_TEST(bad_answers_are_said_and_change_nothing);
    CPPUNIT_TEST_SUITE_END();

public:
    void a_good_answer_is_imported_with_its_source()
    {
        const std::string path = "/contours-administratifs/2025/geojson/epci-100m.geojson";
        const std::string before = picture_of(model_);
        const Outcome outcome = download(path);
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.sentence.find("11 contours") != std::string::npos);
        assert_one_step(before);
        const Rows sources = table(model_, "sources");
        CPPUNIT_ASSERT_EQUAL(std::string("epci-100m.geojson"), at(sources, "SRC-001", "fichier"));
        CPPUNIT_ASSERT_EQUAL(std::string("IGN, Admin Express, généralisé par Etalab"),
                             at(sources, "SRC-001", "producteur"));
        CPPUNIT_ASSERT_EQUAL(std::string("2025"), at(sources, "SRC-001", "millésime"));
        CPPUNIT_ASSERT(at(sources, "SRC-001", "remarque").find(server_.address(path)) != std::string::npos);
    }

    void a_slow_answer_is_waited_for()
    {
        const auto start = std::chrono::steady_clock::now();
        const Outcome outcome = download("/lent.geojson");
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
        CPPUNIT_ASSERT(std::chrono::steady_clock::now() - start > std::chrono::milliseconds(900));
    }

    void bad_answers_are_said_and_change_nothing()
    {
        const std::string before = picture_of(model_);
        const auto refused = [&](const std::string& path, const std::string& words,
                                 const Arguments& arguments = {}) {
            const Outcome outcome = download(path, arguments);
            CPPUNIT_ASSERT_MESSAGE(outcome.sentence, !outcome.done);
            CPPUNIT_ASSERT_MESSAGE(words + " is not said in: " + outcome.sentence,
                                   outcome.sentence.find(words) != std::string::npos);
        };
        refused("/absent.geojson", "404");
        refused("/coupe.geojson", "/coupe.geojson » ne peut pas être téléchargé");
        refused("/erreur.geojson", "/erreur.geojson » ne peut pas être téléchargé");
        refused("/page.geojson", "une page web");
        refused("/vide.geojson", "vide");
        refused("/gros.geojson", "dépasse 1 Mo", {{"TailleMaximale", text_argument("1")}});
        const Outcome nobody = office_->run(model_, "telecharger-contours",
                                            {{"Adresse", text_argument("http://127.0.0.1:9/c.geojson")}});
        CPPUNIT_ASSERT_MESSAGE(nobody.sentence,
                               !nobody.done && nobody.sentence.find("127.0.0.1") != std::string::npos);
        const Outcome local =
            office_->run(model_, "telecharger-contours", {{"Adresse", text_argument("file:///etc/passwd")}});
        CPPUNIT_ASSERT_MESSAGE(local.sentence, !local.done);
        CPPUNIT_ASSERT_EQUAL(before, picture_of(model_));
    }

private:
    Outcome download(const std::string& path, Arguments arguments = {})
    {
        arguments.emplace_back("Adresse", text_argument(server_.address(path)));
        return office_->run(model_, "telecharger-contours", arguments);
    }

    HttpServer server_{
        {{"/contours-administratifs/2025/geojson/epci-100m.geojson", {squares()}},
         {"/lent.geojson", slow()},
         {"/coupe.geojson", cut_short()},
         {"/erreur.geojson", {"", "500 Internal Server Error"}},
         {"/page.geojson", {"<!DOCTYPE html><html><body>Portail</body></html>", "200 OK", "text/html"}},
         {"/vide.geojson", {""}},
         {"/gros.geojson", {std::string(3'000'000, ' ')}}}};
};

CPPUNIT_TEST_SUITE_REGISTRATION(DownloadContoursTest);
