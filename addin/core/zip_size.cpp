#include "core/zip_size.hpp"

#include <algorithm>
#include <boost/beast/zlib/inflate_stream.hpp>
#include <fstream>
#include <numeric>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace pacte {

namespace zlib = boost::beast::zlib;

namespace {

constexpr std::uint64_t most_unpacked = 2'000'000'000;
constexpr std::uint64_t suspect_from = 200'000'000; ///< below, any ratio does no harm
constexpr std::uint64_t most_ratio = 150;           ///< sheets of figures shrink 10 to 30 times

constexpr std::size_t end_record = 22;
constexpr std::size_t longest_comment = 65'535;
constexpr std::size_t directory_entry = 46;
constexpr std::size_t local_header = 30;
constexpr std::size_t buffer_size = 1 << 16;
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

/// A line of the directory of a ZIP.
struct Member {
    std::string name;
    std::uint64_t method = 0; ///< 8: deflate
    std::uint64_t packed = 0;
    std::uint64_t unpacked = 0;
    std::uint64_t header_at = 0; ///< its local header, in the file
};

std::vector<Member> members_of(std::ifstream& file)
{
    std::vector<Member> members;
    file.seekg(0, std::ios::end);
    const auto size = static_cast<std::uint64_t>(std::max<std::streamoff>(0, file.tellg()));
    const std::uint64_t tail_size = std::min<std::uint64_t>(size, end_record + longest_comment);
    const std::string tail = read(file, size - tail_size, tail_size);
    const auto end = tail.rfind("PK\x05\x06");
    if (end == std::string::npos || end + end_record > tail.size())
        return members;
    const std::uint64_t directory_size = little_endian(tail, end + 12, 4);
    const std::uint64_t directory_at = little_endian(tail, end + 16, 4);
    if (directory_at + directory_size > size)
        return members;
    const std::string directory = read(file, directory_at, directory_size);
    for (std::size_t at = 0; at + directory_entry <= directory.size();) {
        if (directory.compare(at, 4, "PK\x01\x02") != 0)
            break;
        const std::uint64_t name_length = little_endian(directory, at + 28, 2);
        members.push_back({directory.substr(at + directory_entry, name_length),
                           little_endian(directory, at + 10, 2), little_endian(directory, at + 20, 4),
                           little_endian(directory, at + 24, 4), little_endian(directory, at + 42, 4)});
        at += directory_entry + name_length + little_endian(directory, at + 30, 2) +
              little_endian(directory, at + 32, 2);
    }
    return members;
}

std::uint64_t unpacked_size(const std::vector<Member>& members)
{
    return std::accumulate(
        members.begin(), members.end(), std::uint64_t{0}, [](std::uint64_t sum, const Member& member) {
            return sum + (member.unpacked == unknown_size ? most_unpacked + 1 : member.unpacked);
        });
}

/// Whether a member inflates to what the directory says, no more, no less. Little memory is
/// taken, whatever it holds, and no longer than up to the first byte too many.
bool is_as_said(std::ifstream& file, const Member& member)
{
    constexpr std::uint64_t deflated = 8;
    if (member.method != deflated || member.packed == unknown_size || member.unpacked == unknown_size)
        return true;
    const std::string header = read(file, member.header_at, local_header);
    if (header.size() < local_header || !header.starts_with("PK\x03\x04"))
        return true; // LibreOffice will not find it either
    file.seekg(static_cast<std::streamoff>(member.header_at + local_header + little_endian(header, 26, 2) +
                                           little_endian(header, 28, 2)));
    zlib::inflate_stream stream;
    std::vector<char> packed(buffer_size);
    std::vector<char> unpacked(buffer_size);
    std::uint64_t left = member.packed;
    std::uint64_t written = 0;
    boost::system::error_code error;
    zlib::z_params step{};
    while (!error && written <= member.unpacked) {
        if (step.avail_in == 0 && left > 0) {
            file.read(packed.data(),
                      static_cast<std::streamsize>(std::min<std::uint64_t>(left, packed.size())));
            step.next_in = packed.data();
            step.avail_in = static_cast<std::size_t>(file.gcount());
            left = step.avail_in == 0 ? 0 : left - step.avail_in;
        }
        step.next_out = unpacked.data();
        step.avail_out = unpacked.size();
        stream.write(step, zlib::Flush::sync, error);
        written += unpacked.size() - step.avail_out;
    }
    file.clear();
    return error == zlib::error::end_of_stream && written == member.unpacked;
}

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& what)
{
    throw Failure(Failure::Cause::bad_file,
                  "Le fichier « " + path.filename().string() + " » ne peut pas être importé : " + what);
}

} // namespace

void require_reasonable_zip(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    const std::vector<Member> members = members_of(file);
    const std::uint64_t unpacked = unpacked_size(members);
    std::error_code error;
    const std::uint64_t packed = std::max<std::uint64_t>(1, std::filesystem::file_size(path, error));
    if (error)
        return;
    if (unpacked > most_unpacked || (unpacked > suspect_from && unpacked / packed > most_ratio))
        fail(path, "une fois décompressé, il pèserait " + std::to_string(unpacked / 1'000'000) +
                       " Mo. Vérifiez d'où il vient, ou gardez-en les lignes de votre territoire.");
    for (const Member& member : members)
        if (!is_as_said(file, member))
            fail(path,
                 "il est endommagé, ou piégé : « " + member.name +
                     " » n'y a pas la taille annoncée. Téléchargez-le à nouveau, du site de son producteur.");
}

} // namespace pacte
