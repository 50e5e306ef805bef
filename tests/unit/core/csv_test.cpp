#include "core/csv.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fstream>

#include "core/error.hpp"

using namespace pacte;

namespace {

namespace fs = std::filesystem;
using Fields = std::vector<std::string>;

std::vector<CsvRecord> read(std::string_view text)
{
    const auto path = fs::path(PACTE_BINARY_DIR) / "csv-test.csv";
    std::ofstream(path, std::ios::binary) << text;
    return read_csv(path);
}

std::string failure_of(std::string_view text)
{
    try {
        (void)read(text);
    } catch (const Failure& failure) {
        return failure.what();
    }
    return {};
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

class CsvTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CsvTest);
    CPPUNIT_TEST(fields_are_cut_at_semicolons);
    CPPUNIT_TEST(quoted_fields_hold_semicolons_marks_and_line_breaks);
    CPPUNIT_TEST(a_record_knows_its_line);
    CPPUNIT_TEST(byte_order_mark_and_crlf_are_understood);
    CPPUNIT_TEST(what_cannot_be_read_is_told_with_its_line);
    CPPUNIT_TEST_SUITE_END();

    void fields_are_cut_at_semicolons()
    {
        const auto records = read("a;b;c\n1;;3\n;;\nlast;x;");
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, records.size());
        CPPUNIT_ASSERT((records[1].fields == Fields{"1", "", "3"}));
        CPPUNIT_ASSERT((records[2].fields == Fields{"", "", ""}));
        CPPUNIT_ASSERT((records[3].fields == Fields{"last", "x", ""}));
    }

    void quoted_fields_hold_semicolons_marks_and_line_breaks()
    {
        const auto records = read("\"CAF; MSA\";\"dit \"\"aller-vers\"\"\";\"deux\nlignes\"\n");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, records.size());
        CPPUNIT_ASSERT((records[0].fields == Fields{"CAF; MSA", "dit \"aller-vers\"", "deux\nlignes"}));
    }

    void a_record_knows_its_line()
    {
        const auto records = read("h\n\"a\nb\"\n\nc\n");
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, records.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, records[1].line);
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, records[2].line);
    }

    void byte_order_mark_and_crlf_are_understood()
    {
        const auto records = read("\uFEFFid;nom\r\nD-001;Été\r\n");
        CPPUNIT_ASSERT((records[0].fields == Fields{"id", "nom"}));
        CPPUNIT_ASSERT((records[1].fields == Fields{"D-001", "Été"}));
    }

    void what_cannot_be_read_is_told_with_its_line()
    {
        CPPUNIT_ASSERT(contains(failure_of("a\n\"b;c\n"), "ligne 2"));
        CPPUNIT_ASSERT(contains(failure_of("a\nb\n\"c\"d;e\n"), "ligne 3"));
        CPPUNIT_ASSERT_THROW((void)read_csv(fs::path(PACTE_BINARY_DIR) / "absent.csv"), Failure);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CsvTest);

} // namespace
