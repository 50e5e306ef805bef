#include "core/csv.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string_view>

#include "core/error.hpp"

namespace pacte {

namespace {

class CsvReader {
public:
    CsvReader(std::string_view text, const std::filesystem::path& path) : rest_(text), path_(path)
    {
        if (rest_.starts_with("\uFEFF"))
            rest_.remove_prefix(3);
    }

    std::vector<CsvRecord> records()
    {
        std::vector<CsvRecord> read;
        while (!rest_.empty()) {
            CsvRecord record{line_, {}};
            do
                record.fields.push_back(take_field());
            while (take(';'));
            take('\r');
            take('\n');
            if (record.fields.size() > 1 || !record.fields.front().empty())
                read.push_back(std::move(record));
        }
        return read;
    }

private:
    bool take(char mark)
    {
        if (!rest_.starts_with(mark))
            return false;
        line_ += mark == '\n' ? 1 : 0;
        rest_.remove_prefix(1);
        return true;
    }

    std::string take_field()
    {
        if (take('"'))
            return take_quoted();
        const auto end = std::min(rest_.find_first_of(";\r\n"), rest_.size());
        std::string field(rest_.substr(0, end));
        rest_.remove_prefix(end);
        return field;
    }

    std::string take_quoted()
    {
        const auto opened = line_;
        std::string field;
        while (!rest_.empty()) {
            if (take('"') && !rest_.starts_with('"')) {
                if (!rest_.empty() && rest_.find_first_of(";\r\n") != 0)
                    fail(line_, "du texte suit un guillemet fermant.");
                return field;
            }
            field += rest_.front();
            take(rest_.front());
        }
        fail(opened, "un guillemet n'est pas fermé.");
    }

    [[noreturn]] void fail(std::size_t line, const std::string& what) const
    {
        throw Failure(Failure::Cause::bad_file, "Le fichier « " + path_.string() +
                                                    " » ne peut pas être lu : ligne " + std::to_string(line) +
                                                    ", " + what + " Corrigez-le.");
    }

    std::string_view rest_;
    const std::filesystem::path& path_;
    std::size_t line_ = 1;
};

} // namespace

std::vector<CsvRecord> read_csv(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw Failure(Failure::Cause::bad_file, "Le fichier « " + path.string() +
                                                    " » ne s'ouvre pas. Vérifiez qu'il est là et lisible.");
    const std::string text(std::istreambuf_iterator<char>(file), {});
    return CsvReader(text, path).records();
}

} // namespace pacte
