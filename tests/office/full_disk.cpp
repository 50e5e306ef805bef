// The disk is full while a file is saved: a clear message, nothing left of the file, the
// document as it was, the office alive. A program of its own, so that CTest says
// « Skipped » where this system mounts nothing for this user.

#include <filesystem>
#include <iostream>
#include <optional>
#include <string>

#include <com/sun/star/ucb/SimpleFileAccess.hpp>
#include <cppunit/extensions/HelperMacros.h>

#include "document_picture.hpp"
#include "office.hpp"
#include "run_tests.hpp"
#include "small_disk.hpp"

using namespace office_test;
namespace fs = std::filesystem;

namespace {

constexpr int skipped = 77; // SKIP_RETURN_CODE of CTest

const SmallDisk& disk()
{
    static const SmallDisk small{fs::path(PACTE_BINARY_DIR) / "full-disk", 8};
    return small;
}

} // namespace

class FullDiskTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FullDiskTest);
    CPPUNIT_TEST(a_file_that_does_not_fit_is_told_and_leaves_nothing);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override
    {
        Office(profile_, Window::none).install(PACTE_OXT);
        office_.emplace(profile_, Window::none, disk());
        const auto start = office_->new_spreadsheet();
        CPPUNIT_ASSERT(office_->run(start, "exemple").done);
        model_ = office_->active();
        close(start);
    }

    void a_file_that_does_not_fit_is_told_and_leaves_nothing()
    {
        // What is small fits: the disk is there, and can be written to.
        const auto files = css::ucb::SimpleFileAccess::create(office_->context());
        const fs::path folder = disk().folder / "folder";
        files->createFolder(file_url(folder));
        CPPUNIT_ASSERT(files->isFolder(file_url(folder)) && !fs::exists(folder));
        files->kill(file_url(folder));

        const std::string partner = table(model_, "dispositifs").at(1).at(5);
        const auto before = picture_of(model_);
        save("diffusion", "copie.ods", {});
        save("rapport-partenaire", "rapport.ods", {{"Partenaire", css::uno::makeAny(ustring(partner))}});
        save("rapport-partenaire", "rapport.pdf", {{"Partenaire", css::uno::makeAny(ustring(partner))}});
        CPPUNIT_ASSERT(!files->getFolderContents(file_url(disk().folder), true).hasElements());
        assert_same("the document as it was", before, picture_of(model_));
        CPPUNIT_ASSERT(office_->run(model_, "couverture").done);
    }

private:
    void save(const char* command, const char* name, Arguments arguments)
    {
        arguments.emplace_back("Fichier", css::uno::makeAny(file_url(disk().folder / name)));
        const Outcome outcome = office_->run(model_, command, arguments);
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, !outcome.done);
        for (const char* words : {name, "place"})
            CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.sentence.find(words) != std::string::npos);
        CPPUNIT_ASSERT(office_->is_alive());
    }

    Profile profile_;
    std::optional<Office> office_;
    Reference<css::frame::XModel> model_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(FullDiskTest);

int main()
{
    fs::create_directories(disk().folder);
    if (!can_mount(disk())) {
        std::cerr << "skipped: this system mounts no small disk for this user (unshare, tmpfs)\n";
        return skipped;
    }
    return run_tests("") ? 0 : 1;
}
