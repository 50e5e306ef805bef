#include "core/zip_size.hpp"

#include <algorithm>
#include <fstream>
#include <string>

#include "core/error.hpp"

namespace pacte {

namespace {

constexpr std::uint64_t most_unpacked = 2'000'000'000;
constexpr std::uint64_t suspect_from = 200'000'000; ///< below, any ratio does no harm
constexpr std::uint64_t most_ratio = 150;           ///< sheets of figures shrink 10 to 30 times

constexpr std::size_t end_record = 22;
constexpr std::size_t longest_comment = 65'535;
constexpr std::size_t directory_entry = 46;
constexpr std::uint32_t unknown_size = 0xFFFFFFFF; ///< ZIP64

std::uint64_t little_endian(const std::string& bytes, std::size_t at, std::size_t count)
{
    std::uint64_t value = 0;
    for (std::size_t i = count; i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

std::string read(std::ifstream& file, std::uint64_t from, std::uint64_t count)
{
    std::string bytes(count, '\0');
    file.seekg(static_cast<std::streamoff>(from));
    file.read(bytes.data(), static_cast<std::streamsize>(count));
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    return bytes;
}

} // namespace

std::uint64_t unpacked_size(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file)
        return 0;
    const auto size = static_cast<std::uint64_t>(file.tellg());
    const std::uint64_t tail_size = std::min<std::uint64_t>(size, end_record + longest_comment);
    const std::string tail = read(file, size - tail_size, tail_size);
    const auto end = tail.rfind("PK\x05\x06");
    if (end == std::string::npos || end + end_record > tail.size())
        return 0;
    const std::uint64_t directory_size = little_endian(tail, end + 12, 4);
    const std::uint64_t directory_at = little_endian(tail, end + 16, 4);
    if (directory_at + directory_size > size)
        return 0;
    const std::string directory = read(file, directory_at, directory_size);
    std::uint64_t total = 0;
    for (std::size_t at = 0; at + directory_entry <= directory.size();) {
        if (directory.compare(at, 4, "PK\x01\x02") != 0)
            break;
        const std::uint64_t unpacked = little_endian(directory, at + 24, 4);
        total += unpacked == unknown_size ? most_unpacked + 1 : unpacked;
        at += directory_entry + little_endian(directory, at + 28, 2) + little_endian(directory, at + 30, 2) +
              little_endian(directory, at + 32, 2);
    }
    return total;
}

void require_reasonable_zip(const std::filesystem::path& path)
{
    const std::uint64_t unpacked = unpacked_size(path);
    std::error_code error;
    const std::uint64_t packed = std::max<std::uint64_t>(1, std::filesystem::file_size(path, error));
    if (error || unpacked <= suspect_from || (unpacked <= most_unpacked && unpacked / packed <= most_ratio))
        return;
    throw Failure(Failure::Cause::bad_file,
                  "Le fichier « " + path.filename().string() +
                      " » ne peut pas être importé : une fois décompressé, il "
                      "pèserait " +
                      std::to_string(unpacked / 1'000'000) +
                      " Mo. Vérifiez d'où il vient, ou gardez-en les lignes de votre territoire.");
}

} // namespace pacte
