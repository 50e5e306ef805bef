#include "installed.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/document/XUndoManagerSupplier.hpp>
#include <com/sun/star/frame/XStorable.hpp>
#include <com/sun/star/sheet/XCellRangeData.hpp>
#include <com/sun/star/sheet/XCellRangeFormula.hpp>
#include <com/sun/star/sheet/XDatabaseRanges.hpp>
#include <com/sun/star/sheet/XSheetAnnotationsSupplier.hpp>
#include <com/sun/star/sheet/XSheetCellCursor.hpp>
#include <com/sun/star/sheet/XUsedAreaCursor.hpp>
#include <com/sun/star/table/XColumnRowRange.hpp>
#include <com/sun/star/text/XTextRange.hpp>
#include <com/sun/star/util/XMergeable.hpp>
#include <com/sun/star/util/XModifiable.hpp>
#include <com/sun/star/util/XProtectable.hpp>
#include <cppunit/extensions/HelperMacros.h>

// What people do to a workbook and to files, in the real office: each command
// says what is wrong, where, and what to do; it leaves the document as it was,
// and the office alive.

using namespace office_test;
namespace fs = std::filesystem;
using Model = Reference<css::frame::XModel>;

namespace {

using Words = std::vector<std::string>;

std::string text_of(const Any& value)
{
    double number = 0.0;
    OUString text;
    if (value >>= number)
        return std::to_string(number);
    return (value >>= text) ? utf8(text) : "error";
}

/// Formulas and values of each sheet, in a few calls: what a person reads, cell by
/// cell, would take seconds.
std::vector<std::string> contents_of(const Model& model)
{
    std::vector<std::string> contents;
    for (const std::string& name : sheet_names(model)) {
        contents.push_back("## " + name);
        const auto cursor = sheet(model, name)->createCursor();
        const Reference<css::sheet::XUsedAreaCursor> used(cursor, UNO_QUERY_THROW);
        used->gotoStartOfUsedArea(false);
        used->gotoEndOfUsedArea(true);
        for (const auto& row :
             Reference<css::sheet::XCellRangeFormula>(cursor, UNO_QUERY_THROW)->getFormulaArray())
            for (const OUString& formula : row)
                contents.push_back(utf8(formula));
        for (const auto& row : Reference<css::sheet::XCellRangeData>(cursor, UNO_QUERY_THROW)->getDataArray())
            for (const Any& value : row)
                contents.push_back(text_of(value));
    }
    return contents;
}

/// What a refused command must leave alone.
struct State {
    std::vector<std::string> contents;
    bool modified = false;
    std::vector<std::string> undo;
    std::vector<std::string> redo;

    bool operator==(const State&) const = default;
};

std::vector<std::string> strings(const css::uno::Sequence<OUString>& titles)
{
    std::vector<std::string> result;
    for (const OUString& title : titles)
        result.push_back(utf8(title));
    return result;
}

State state_of(const Model& model)
{
    const auto undo =
        Reference<css::document::XUndoManagerSupplier>(model, UNO_QUERY_THROW)->getUndoManager();
    return {contents_of(model), bool(Reference<css::util::XModifiable>(model, UNO_QUERY_THROW)->isModified()),
            strings(undo->getAllUndoActionTitles()), strings(undo->getAllRedoActionTitles())};
}

Reference<css::sheet::XDatabaseRanges> database_ranges(const Model& model)
{
    return {Reference<css::beans::XPropertySet>(model, UNO_QUERY_THROW)->getPropertyValue("DatabaseRanges"),
            UNO_QUERY_THROW};
}

void set_text(const Model& model, const char* where, const char* cell, const char* text)
{
    cell_at(sheet(model, where), cell)->setFormula(ustring(text));
}

void set_number(const Model& model, const char* where, const char* cell, double number)
{
    cell_at(sheet(model, where), cell)->setValue(number);
}

/// Each cell of the range takes that formula.
void fill(const Model& model, const char* where, const char* range, const char* formula)
{
    const Reference<css::sheet::XCellRangeFormula> cells(
        sheet(model, where)->getCellRangeByName(ustring(range)), UNO_QUERY_THROW);
    auto formulas = cells->getFormulaArray();
    for (auto& row : formulas)
        for (auto& cell : row)
            cell = ustring(formula);
    cells->setFormulaArray(formulas);
}

void protect(const Reference<css::uno::XInterface>& sheet_or_document, const char* password)
{
    Reference<css::util::XProtectable>(sheet_or_document, UNO_QUERY_THROW)->protect(ustring(password));
}

/// The line of `Contrôles` that has these words, joined; empty where there is none.
std::string finding_with(const Model& model, const Words& words)
{
    for (const auto& row : table(model, "controles")) {
        std::string line;
        for (const std::string& cell : row)
            line += cell + " | ";
        if (std::all_of(words.begin(), words.end(),
                        [&](const std::string& word) { return line.find(word) != std::string::npos; }))
            return line;
    }
    return {};
}

std::string square(const std::string& properties, double x, double y, double side)
{
    const auto corner = [](double a, double b) {
        return "[" + std::to_string(a) + "," + std::to_string(b) + "]";
    };
    return R"({"type":"Feature","properties":{)" + properties +
           R"(},"geometry":{"type":"Polygon","coordinates":[[)" + corner(x, y) + "," + corner(x + side, y) +
           "," + corner(x + side, y + side) + "," + corner(x, y + side) + "," + corner(x, y) + "]]}}";
}

std::string collection(const std::string& features, const std::string& crs = {})
{
    return R"({"type":"FeatureCollection",)" +
           (crs.empty() ? crs : R"("crs":{"type":"name","properties":{"name":")" + crs + "\"}},") +
           R"("features":[)" + features + "]}";
}

const std::string le_puy = R"("code":"200073419","nom":"CA du Puy-en-Velay")";

} // namespace

class BadInputTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BadInputTest);
    CPPUNIT_TEST(a_missing_table);
    CPPUNIT_TEST(a_missing_generated_table);
    CPPUNIT_TEST(a_renamed_column);
    CPPUNIT_TEST(a_missing_column);
    CPPUNIT_TEST(a_merged_header);
    CPPUNIT_TEST(a_sheet_full_of_errors);
    CPPUNIT_TEST(rows_full_of_errors);
    CPPUNIT_TEST(codes_turned_into_numbers);
    CPPUNIT_TEST(a_lost_leading_zero);
    CPPUNIT_TEST(files_that_are_no_contours);
    CPPUNIT_TEST(contours_in_another_projection);
    CPPUNIT_TEST(a_file_without_permission);
    CPPUNIT_TEST(a_read_only_document);
    CPPUNIT_TEST(a_document_that_is_no_diagnosis);
    CPPUNIT_TEST(a_protected_sheet);
    CPPUNIT_TEST(a_protected_sheet_at_fault_is_validated_without_marks);
    CPPUNIT_TEST(a_protected_structure);
    CPPUNIT_TEST(a_period_that_ends_before_it_begins);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override
    {
        if (!fs::exists(saved_))
            save_example();
    }

    void tearDown() override
    {
        if (model_.is())
            close(model_);
        model_.clear();
        CPPUNIT_ASSERT_MESSAGE("the office is dead", office().is_alive());
    }

private:
    static Office& office() { return office_with_pacte("fr"); }

    void save_example()
    {
        fs::remove_all(folder_);
        fs::create_directories(folder_);
        const Model start = office().new_spreadsheet();
        CPPUNIT_ASSERT(office().run(start, "exemple").done);
        const Model example = office().active();
        close(start);
        store(example, saved_);
        close(example);
    }

    const Model& open_example()
    {
        model_ = office().open(file_url(saved_));
        return model_;
    }

    /// The commands are refused, each in a sentence with these words, and nothing changes.
    void refused(const std::vector<std::string>& commands, const Words& words,
                 const Arguments& arguments = {})
    {
        const State before = state_of(model_);
        for (const std::string& command : commands) {
            const Outcome outcome = office().run(model_, command, arguments);
            CPPUNIT_ASSERT_MESSAGE(command + " did not refuse: " + outcome.sentence, !outcome.done);
            for (const std::string& word : words)
                CPPUNIT_ASSERT_MESSAGE(command + " does not say « " + word + " »: " + outcome.sentence,
                                       outcome.sentence.find(word) != std::string::npos);
        }
        const State after = state_of(model_);
        CPPUNIT_ASSERT_MESSAGE("the document changed", before.contents == after.contents);
        CPPUNIT_ASSERT_EQUAL(before.modified, after.modified);
        CPPUNIT_ASSERT_MESSAGE("the undo steps changed",
                               before.undo == after.undo && before.redo == after.redo);
    }

    std::string validated()
    {
        const Outcome outcome = office().run(model_, "valider");
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
        return outcome.sentence;
    }

    void reported(const Words& words)
    {
        validated();
        const std::string line = finding_with(model_, words);
        CPPUNIT_ASSERT_MESSAGE("no finding with « " + words.back() + " »", !line.empty());
    }

    fs::path file(const std::string& name, const std::string& content)
    {
        std::ofstream(folder_ / name, std::ios::binary) << content;
        return folder_ / name;
    }

    static Arguments contours(const fs::path& path)
    {
        return {{"Fichier", css::uno::makeAny(file_url(path))}};
    }

    void a_missing_table()
    {
        open_example();
        database_ranges(model_)->removeByName("dispositifs");
        refused({"couverture", "cartes", "fiches"},
                {"« dispositifs »", "« Dispositifs »", "introuvable", "Données > Définir une plage"});
        reported({"erreur", "dispositifs"});
    }

    void a_missing_generated_table()
    {
        open_example();
        database_ranges(model_)->removeByName("couverture");
        database_ranges(model_)->removeByName("controles");
        refused({"couverture"}, {"« couverture »", "introuvable"});
        refused({"valider"}, {"« controles »", "« Contrôles »", "introuvable"});
    }

    void a_renamed_column()
    {
        open_example();
        set_text(model_, "Dispositifs", "C4", "sujet");
        refused({"couverture", "cartes", "fiches"}, {"Dispositifs", "ligne 4", "« thématique »"});
        reported({"erreur", "Dispositifs", "thématique"});
    }

    void a_missing_column()
    {
        open_example();
        const Reference<css::table::XColumnRowRange> grid(sheet(model_, "Besoins"), UNO_QUERY_THROW);
        grid->getColumns()->removeByIndex(0, 1);
        refused({"couverture", "cartes", "fiches"}, {"Besoins", "ligne 4", "« code EPCI »"});
        reported({"erreur", "Besoins", "code EPCI"});
    }

    void a_merged_header()
    {
        open_example();
        Reference<css::util::XMergeable>(sheet(model_, "Dispositifs")->getCellRangeByName("C4:D4"),
                                         UNO_QUERY_THROW)
            ->merge(true);
        refused({"valider", "couverture", "cartes", "fiches"},
                {"Dispositifs", "C4", "fusionné", "Défaites la fusion"});
    }

    void a_sheet_full_of_errors()
    {
        open_example();
        fill(model_, "Dispositifs", "A4:AC86", "=#REF!");
        refused({"couverture", "cartes", "fiches"},
                {"« Dispositifs »", "remplie d'erreurs", "#REF!", "Rétablissez"});
        reported({"erreur", "Dispositifs", "remplie d'erreurs"});
    }

    void rows_full_of_errors()
    {
        open_example();
        fill(model_, "Besoins", "A5:AI15", "=#REF!");
        refused({"couverture", "cartes", "fiches"}, {"« Besoins »", "remplie d'erreurs", "Rétablissez"});
        reported({"erreur", "Besoins", "remplie d'erreurs"});
    }

    void codes_turned_into_numbers()
    {
        open_example();
        CPPUNIT_ASSERT(office().run(model_, "couverture").done);
        const auto before = table(model_, "couverture");
        set_number(model_, "Territoires", "A7", 200073419);
        set_number(model_, "Besoins", "A7", 200073419);
        CPPUNIT_ASSERT(office().run(model_, "couverture").done);
        CPPUNIT_ASSERT(before == table(model_, "couverture"));
        reported({"Territoires", "A7", "nombre"});
    }

    void a_lost_leading_zero()
    {
        const Model start = office().new_spreadsheet();
        CPPUNIT_ASSERT(
            office().run(start, "nouveau", {{"Departement", css::uno::makeAny(OUString("01"))}}).done);
        model_ = office().active();
        close(start);
        const std::string code = text_at(sheet(model_, "Communes"), "A5");
        CPPUNIT_ASSERT_EQUAL('0', code.front());
        set_number(model_, "Communes", "A5", std::stod(code));
        reported({"Communes", "A5", code});
    }

    void files_that_are_no_contours()
    {
        open_example();
        const std::string whole = collection(square(le_puy, 3.8, 45.0, 0.2));
        refused({"contours"}, {"absent.geojson"}, contours(folder_ / "absent.geojson"));
        refused({"contours"}, {"vide.geojson", "vide"}, contours(file("vide.geojson", "")));
        refused({"contours"}, {"tronqué.geojson"},
                contours(file("tronqué.geojson", whole.substr(0, whole.size() * 2 / 3))));
        refused(
            {"contours"}, {"sans-codes.geojson", "code"},
            contours(file("sans-codes.geojson", collection(square(R"("nom":"Le Puy")", 3.8, 45.0, 0.2)))));
        refused({"contours"}, {"image.geojson"},
                contours(file("image.geojson",
                              std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) + std::string(400, 'x'))));
        const fs::path directory = folder_ / "dossier.geojson";
        fs::create_directories(directory);
        refused({"contours"}, {"dossier.geojson"}, contours(directory));
        refused({"contours"}, {"ailleurs.geojson"},
                contours(file("ailleurs.geojson",
                              collection(square(R"("code":"246900245","nom":"ailleurs")", 4.5, 45.9, 0.2)))));
    }

    void contours_in_another_projection()
    {
        open_example();
        const std::string lambert = "urn:ogc:def:crs:EPSG::2154";
        for (const auto& path :
             {file("lambert.geojson", collection(square(le_puy, 760000, 6430000, 20000), lambert)),
              file("sans-projection.geojson", collection(square(le_puy, 760000, 6430000, 20000)))}) {
            const Outcome outcome = office().run(model_, "contours", contours(path));
            CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
            CPPUNIT_ASSERT(outcome.sentence.find("1 contour d'EPCI importé sur 11") != std::string::npos);
        }
        refused({"contours"}, {"nulle-part.geojson"},
                contours(file("nulle-part.geojson", collection(square(le_puy, 9e8, 9e8, 1000)))));
    }

    void a_file_without_permission()
    {
        if (geteuid() == 0)
            return; // root reads everything
        open_example();
        const fs::path path = file("interdit.geojson", collection(square(le_puy, 3.8, 45.0, 0.2)));
        fs::permissions(path, fs::perms::none);
        refused({"contours"}, {"interdit.geojson"}, contours(path));
    }

    void a_read_only_document()
    {
        css::uno::Sequence<css::beans::PropertyValue> how(1);
        how[0].Name = "ReadOnly";
        how[0].Value <<= true;
        model_.set(office().desktop()->loadComponentFromURL(file_url(saved_), "_blank", 0, how),
                   UNO_QUERY_THROW);
        CPPUNIT_ASSERT(Reference<css::frame::XStorable>(model_, UNO_QUERY_THROW)->isReadonly());
        refused({"valider", "couverture", "cartes", "fiches", "contours"},
                {"lecture seule", "Enregistrer sous"}, contours(folder_ / "absent.geojson"));
    }

    void a_document_that_is_no_diagnosis()
    {
        model_ = office().new_spreadsheet();
        for (const char* command : {"valider", "couverture", "contours", "cartes", "fiches", "diffusion"})
            CPPUNIT_ASSERT_MESSAGE(command, !office().is_enabled(model_, command));
        refused({"valider", "couverture", "contours", "cartes", "fiches", "diffusion"},
                {"n'est pas un diagnostic", "Nouveau diagnostic"}, contours(folder_ / "absent.geojson"));
    }

    void a_protected_sheet()
    {
        open_example();
        CPPUNIT_ASSERT(office().run(model_, "cartes").done);
        CPPUNIT_ASSERT(office().run(model_, "fiches").done);
        std::string map;
        for (const std::string& name : sheet_names(model_))
            if (name.starts_with("Carte"))
                map = name;
        const Words advice{"est protégée", "rien n'a été modifié", "Outils > Protéger la feuille"};
        const std::vector<std::pair<const char*, std::string>> cases{{"couverture", "Couverture"},
                                                                     {"valider", "Contrôles"},
                                                                     {"contours", "Paramètres"},
                                                                     {"cartes", map},
                                                                     {"fiches", "F-03"}};
        for (const auto& [command, name] : cases)
            protect(sheet(model_, name), "");
        for (const auto& [command, name] : cases) {
            Words words = advice;
            words.push_back("« " + name + " »");
            refused({command}, words, contours(folder_ / "absent.geojson"));
        }
    }

    void a_protected_sheet_at_fault_is_validated_without_marks()
    {
        open_example();
        protect(sheet(model_, "Dispositifs"), "secret");
        const std::string sentence = validated();
        CPPUNIT_ASSERT(sentence.find("protégées : « Dispositifs »") != std::string::npos);
        CPPUNIT_ASSERT(!finding_with(model_, {"erreur", "Dispositifs", "K37"}).empty());
        const Reference<css::container::XIndexAccess> notes(
            Reference<css::sheet::XSheetAnnotationsSupplier>(sheet(model_, "Dispositifs"), UNO_QUERY_THROW)
                ->getAnnotations(),
            UNO_QUERY_THROW);
        for (sal_Int32 i = 0; i < notes->getCount(); ++i) {
            const Reference<css::text::XTextRange> note(notes->getByIndex(i), UNO_QUERY_THROW);
            CPPUNIT_ASSERT(!note->getString().startsWith("Pacte"));
        }
    }

    void a_protected_structure()
    {
        open_example();
        protect(model_, "secret");
        refused({"cartes"}, {"structure du classeur est protégée", "« Carte – ", "rien n'a été modifié"});
        refused({"fiches"}, {"structure du classeur est protégée", "« F-01 »", "rien n'a été modifié"});
        validated();
        CPPUNIT_ASSERT(office().run(model_, "couverture").done);
    }

    void a_period_that_ends_before_it_begins()
    {
        model_ = office().new_spreadsheet();
        const auto text = [](const char* value) {
            return css::uno::makeAny(OUString::createFromAscii(value));
        };
        refused({"nouveau"}, {"2030", "2027"},
                {{"Departement", text("43")}, {"DebutPeriode", text("2030")}, {"FinPeriode", text("2027")}});
        refused({"nouveau"}, {"99"}, {{"Departement", text("99")}});
        refused({"nouveau"}, {"bientôt", "année"},
                {{"Departement", text("43")}, {"AnneeT0", css::uno::makeAny(ustring("bientôt"))}});
    }

    const fs::path folder_ = fs::path(PACTE_BINARY_DIR) / "bad-input";
    const fs::path saved_ = folder_ / ("exemple-" + std::to_string(getpid()) + ".ods");
    Model model_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(BadInputTest);
