#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <cppunit/TestFixture.h>

#include "installed.hpp"

namespace office_test {

using Rows = std::vector<std::vector<std::string>>; ///< the first one is the headers

[[nodiscard]] Any text_argument(const std::string& value);
/// These fail the test where there is no such column or row.
[[nodiscard]] std::size_t column_of(const Rows& rows, const std::string& header);
/// The row whose column of that header holds that text.
[[nodiscard]] std::size_t row_with(const Rows& rows, const std::string& header, const std::string& value);
/// In the row whose first column holds that key.
[[nodiscard]] std::string at(const Rows& rows, const std::string& key, const std::string& header);

/// The example of Haute-Loire, open in the real office, and a folder for the files
/// that a test imports into it.
class ImportFixture : public CppUnit::TestFixture {
public:
    void setUp() override;
    void tearDown() override;

protected:
    [[nodiscard]] static std::filesystem::path write(const std::string& name, const std::string& bytes);
    /// Calls an import command with that file.
    Outcome import_file(const std::string& command, const std::filesystem::path& file,
                        Arguments arguments = {});
    /// That a file is refused in a sentence that names it and holds these words, and that the
    /// document is then as it was.
    void assert_refused(const std::string& command, const std::filesystem::path& file,
                        const std::string& words);
    /// That the last command is one step, which Undo takes back wholly and Redo does again.
    void assert_one_step(const std::string& picture_before);

    /// The folder of the real public data; empty, and said, where there is none.
    [[nodiscard]] static std::filesystem::path real_data();

    Office* office_ = nullptr;
    Reference<css::frame::XModel> model_;
};

} // namespace office_test
