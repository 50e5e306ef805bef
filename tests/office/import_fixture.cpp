#include "import_fixture.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include <com/sun/star/document/XUndoManagerSupplier.hpp>
#include <cppunit/extensions/HelperMacros.h>

#include "document_picture.hpp"

namespace office_test {

namespace fs = std::filesystem;

namespace {

const fs::path scratch = fs::path(PACTE_BINARY_DIR) / "imports";

} // namespace

Any text_argument(const std::string& value) { return css::uno::makeAny(ustring(value)); }

std::size_t column_of(const Rows& rows, const std::string& header)
{
    const auto found = std::find(rows.front().begin(), rows.front().end(), header);
    CPPUNIT_ASSERT_MESSAGE("no column " + header, found != rows.front().end());
    return static_cast<std::size_t>(found - rows.front().begin());
}

std::size_t row_with(const Rows& rows, const std::string& header, const std::string& value)
{
    const std::size_t column = column_of(rows, header);
    const auto found =
        std::find_if(rows.begin() + 1, rows.end(), [&](const auto& row) { return row[column] == value; });
    CPPUNIT_ASSERT_MESSAGE("no row « " + value + " »", found != rows.end());
    return static_cast<std::size_t>(found - rows.begin());
}

std::string at(const Rows& rows, const std::string& key, const std::string& header)
{
    const std::size_t column = column_of(rows, header);
    return rows[row_with(rows, rows.front().front(), key)][column];
}

void ImportFixture::setUp()
{
    office_ = &office_with_pacte("fr");
    const auto blank = office_->new_spreadsheet();
    CPPUNIT_ASSERT(office_->run(blank, "exemple").done);
    model_ = office_->active();
    close(blank);
}

void ImportFixture::tearDown()
{
    close(model_);
    fs::remove_all(scratch);
}

fs::path ImportFixture::write(const std::string& name, const std::string& bytes)
{
    fs::create_directories(scratch);
    std::ofstream(scratch / name, std::ios::binary) << bytes;
    return scratch / name;
}

Outcome ImportFixture::import_file(const std::string& command, const fs::path& file, Arguments arguments)
{
    arguments.emplace_back("Fichier", css::uno::makeAny(file_url(file)));
    return office_->run(model_, command, arguments);
}

void ImportFixture::assert_refused(const std::string& command, const fs::path& file, const std::string& words)
{
    const std::string before = all_text(model_);
    const Outcome outcome = import_file(command, file);
    CPPUNIT_ASSERT_MESSAGE(outcome.sentence, !outcome.done);
    for (const std::string& part : {file.filename().string(), words})
        CPPUNIT_ASSERT_MESSAGE(part + " is not said in: " + outcome.sentence,
                               outcome.sentence.find(part) != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(before, all_text(model_));
}

void ImportFixture::assert_one_step(const std::string& picture_before)
{
    const auto steps =
        Reference<css::document::XUndoManagerSupplier>(model_, UNO_QUERY_THROW)->getUndoManager();
    CPPUNIT_ASSERT_EQUAL(sal_Int32{1}, steps->getAllUndoActionTitles().getLength());
    const std::string after = picture_of(model_);
    undo(model_);
    assert_same("undone", picture_before, picture_of(model_));
    redo(model_);
    assert_same("done again", after, picture_of(model_));
}

fs::path ImportFixture::real_data()
{
    const char* data = std::getenv("PACTE_DATA");
    if (data != nullptr && *data != '\0')
        return data;
    std::cerr << "PACTE_DATA is not set: skipped\n";
    return {};
}

} // namespace office_test
