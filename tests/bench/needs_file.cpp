#include "needs_file.hpp"

#include <cmath>
#include <fstream>
#include <random>

namespace pacte::bench {

void write_needs(const std::filesystem::path& path, const Cog& cog)
{
    constexpr int figures = 28; // and the code and the name
    std::mt19937 random(4);
    std::uniform_real_distribution<double> figure(0.0, 3000.0);
    std::ofstream file(path);
    file << "CODGEO;LIBGEO";
    for (int c = 0; c < figures; ++c)
        file << ";EFFECTIF" << c << "_21";
    file << '\n';
    for (const Commune& commune : cog.communes()) {
        file << commune.code << ';' << commune.name;
        for (int c = 0; c < figures; ++c) {
            const double value = figure(random);
            file << ';';
            if (value < 60.0)
                file << 's';
            else
                file << std::floor(value) << ',' << static_cast<int>(value * 10.0) % 10;
        }
        file << '\n';
    }
}

} // namespace pacte::bench
