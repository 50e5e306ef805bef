#include "map/palette.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/error.hpp"
#include "core/text.hpp"

namespace pacte::map {

namespace {

/// a* and b* of a hue at a lightness; linear between two anchors.
struct Anchor {
    double lightness;
    double a;
    double b;
};

using Ramp = std::array<Anchor, 4>;

/// From light to dark. The families are those of ColorBrewer's YlOrBr, Blues,
/// Greens and Purples (C. Brewer, colorbrewer2.org); the values are our own.
const Ramp& ramp_of(Hue hue)
{
    static constexpr Ramp ocre{{{93, 1, 20}, {75, 17, 52}, {55, 34, 55}, {30, 28, 34}}};
    static constexpr Ramp bleu{{{93, -3, -7}, {75, -8, -21}, {55, -4, -37}, {30, 12, -46}}};
    static constexpr Ramp vert{{{93, -8, 9}, {75, -27, 22}, {55, -34, 26}, {30, -23, 17}}};
    static constexpr Ramp violet{{{93, 4, -6}, {75, 14, -20}, {55, 27, -34}, {30, 34, -42}}};
    static constexpr Ramp gris{{{93, 0, 0}, {75, 0, 0}, {55, 0, 0}, {30, 0, 0}}};
    switch (hue) {
    case Hue::ocre:
        return ocre;
    case Hue::bleu:
        return bleu;
    case Hue::vert:
        return vert;
    case Hue::violet:
        return violet;
    case Hue::gris:
        break;
    }
    return gris;
}

Color shade(Hue hue, double lightness)
{
    const auto& ramp = ramp_of(hue);
    std::size_t i = 0;
    while (i + 2 < ramp.size() && lightness < ramp[i + 1].lightness)
        ++i;
    const auto& from = ramp[i];
    const auto& to = ramp[i + 1];
    const double share = std::clamp((from.lightness - lightness) / (from.lightness - to.lightness), 0.0, 1.0);
    return from_lab({lightness, from.a + share * (to.a - from.a), from.b + share * (to.b - from.b)});
}

double linear_of(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double channel_of(double linear)
{
    return linear <= 0.0031308 ? linear * 12.92 : 1.055 * std::pow(linear, 1.0 / 2.4) - 0.055;
}

std::array<double, 3> linear_rgb(Color color)
{
    const auto channel = [&](unsigned shift) {
        return linear_of(static_cast<double>((color.rgb >> shift) & 0xFFU) / 255.0);
    };
    return {channel(16), channel(8), channel(0)};
}

constexpr double lab_delta = 6.0 / 29.0;

double lab_forward(double t)
{
    return t > lab_delta * lab_delta * lab_delta ? std::cbrt(t)
                                                 : t / (3 * lab_delta * lab_delta) + 4.0 / 29.0;
}

double lab_inverse(double t)
{
    return t > lab_delta ? t * t * t : 3 * lab_delta * lab_delta * (t - 4.0 / 29.0);
}

constexpr double white_x = 0.95047;
constexpr double white_z = 1.08883;

std::array<double, 3> linear_rgb(Lab lab)
{
    const double fy = (lab.lightness + 16.0) / 116.0;
    const double x = white_x * lab_inverse(fy + lab.a / 500.0);
    const double y = lab_inverse(fy);
    const double z = white_z * lab_inverse(fy - lab.b / 200.0);
    return {3.2404542 * x - 1.5371385 * y - 0.4985314 * z, -0.9692660 * x + 1.8760108 * y + 0.0415560 * z,
            0.0556434 * x - 0.2040259 * y + 1.0572252 * z};
}

bool can_be_shown(const std::array<double, 3>& rgb)
{
    return std::all_of(rgb.begin(), rgb.end(), [](double c) { return c >= -0.0005 && c <= 1.0005; });
}

double luminance(Color color)
{
    const auto [red, green, blue] = linear_rgb(color);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

Fill hatched(Pattern pattern, Color background, Color line, Hundredths_mm spacing)
{
    Fill fill;
    fill.pattern = pattern;
    fill.color = background;
    fill.line = line;
    fill.spacing = spacing;
    return fill;
}

std::optional<Hue> hue_named(const std::string& folded)
{
    static const std::array<std::pair<const char*, Hue>, 6> names{{{"ocre", Hue::ocre},
                                                                   {"orange", Hue::ocre},
                                                                   {"bleu", Hue::bleu},
                                                                   {"vert", Hue::vert},
                                                                   {"violet", Hue::violet},
                                                                   {"gris", Hue::gris}}};
    for (const auto& [name, hue] : names)
        if (folded == name)
            return hue;
    return std::nullopt;
}

} // namespace

// IEC 61966-2-1 (sRGB) and CIE 15 (CIELAB).
Lab to_lab(Color color)
{
    const auto [red, green, blue] = linear_rgb(color);
    const double x = 0.4124564 * red + 0.3575761 * green + 0.1804375 * blue;
    const double y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue;
    const double z = 0.0193339 * red + 0.1191920 * green + 0.9503041 * blue;
    const double fx = lab_forward(x / white_x);
    const double fy = lab_forward(y);
    const double fz = lab_forward(z / white_z);
    return {116.0 * fy - 16.0, 500.0 * (fx - fy), 200.0 * (fy - fz)};
}

Color from_lab(Lab lab)
{
    for (int step = 0; step < 50 && !can_be_shown(linear_rgb(lab)); ++step) {
        lab.a *= 0.95;
        lab.b *= 0.95;
    }
    std::uint32_t rgb = 0;
    for (const double linear : linear_rgb(lab)) {
        const double channel = std::clamp(channel_of(std::max(0.0, linear)), 0.0, 1.0);
        rgb = (rgb << 8U) | static_cast<std::uint32_t>(std::lround(channel * 255.0));
    }
    return {rgb};
}

double contrast(Color a, Color b)
{
    const auto [dark, light] = std::minmax({luminance(a), luminance(b)});
    return (light + 0.05) / (dark + 0.05);
}

std::vector<Color> sequential(Hue hue, int classes)
{
    constexpr double lightest = 91.0;
    constexpr double widest = 55.0; // down to L* 36
    constexpr double step_of_few = 18.0;
    const double range = std::min(widest, step_of_few * (classes - 1));
    std::vector<Color> colors;
    for (int i = 0; i < classes; ++i)
        colors.push_back(classes == 1 ? shade(hue, 78.0) : shade(hue, lightest - range * i / (classes - 1)));
    return colors;
}

std::vector<Fill> diverging(int below, bool straddling, int above)
{
    const int steps = std::max(below, above);
    const auto lightness = [&](int step) { return 84.0 - 44.0 * step / std::max(1, steps - 1); };
    std::vector<Fill> fills;
    for (int i = below - 1; i >= 0; --i)
        fills.push_back(hatched(Pattern::hatch_135, shade(Hue::violet, lightness(i)),
                                shade(Hue::violet, lightness(i) - 22.0), 100));
    if (straddling)
        fills.push_back(solid(shade(Hue::gris, 95.0)));
    for (int i = 0; i < above; ++i)
        fills.push_back(solid(shade(Hue::ocre, lightness(i))));
    return fills;
}

Fill bivariate(int need, int coverage)
{
    const Color background = shade(Hue::ocre, 91.0 - 22.0 * std::clamp(need, 0, 2));
    if (coverage <= 0)
        return solid(background);
    return hatched(Pattern::hatch_45, background, shade(Hue::bleu, 30.0), coverage == 1 ? 200 : 90);
}

std::vector<Fill> categorical(int count)
{
    const Color dark{0x3A3A3A};
    const std::vector<Fill> all = {
        solid(shade(Hue::bleu, 78.0)),
        solid(shade(Hue::ocre, 62.0)),
        solid(shade(Hue::vert, 92.0)),
        solid(shade(Hue::violet, 42.0)),
        hatched(Pattern::hatch_45, shade(Hue::ocre, 90.0), dark, 150),
        hatched(Pattern::hatch_135, shade(Hue::bleu, 90.0), dark, 150),
        hatched(Pattern::hatch_cross, shade(Hue::vert, 90.0), dark, 180),
        hatched(Pattern::hatch_horizontal, shade(Hue::violet, 90.0), dark, 150),
    };
    return {all.begin(), all.begin() + std::clamp(count, 0, static_cast<int>(all.size()))};
}

Fill solid(Color color)
{
    Fill fill;
    fill.pattern = Pattern::solid;
    fill.color = color;
    return fill;
}

bool is_hatched(const Fill& fill) { return fill.pattern != Pattern::solid && fill.pattern != Pattern::none; }

Fill fill_of(CoverageStatus status)
{
    switch (status) {
    case CoverageStatus::couvert:
        return solid(shade(Hue::bleu, 40.0));
    case CoverageStatus::partiellement_couvert:
        return solid(shade(Hue::bleu, 66.0));
    case CoverageStatus::peu_couvert:
        return solid(shade(Hue::bleu, 88.0));
    case CoverageStatus::non_couvert:
        return hatched(Pattern::hatch_cross, Color{0xFBE3D3}, Color{0xB3400F}, 140);
    case CoverageStatus::a_preciser:
        return hatched(Pattern::hatch_45, ink::white, Color{0x6F6F6F}, 160);
    case CoverageStatus::non_evaluable:
        return hatched(Pattern::hatch_135, Color{0xDCDCDC}, Color{0x7A7A7A}, 110);
    case CoverageStatus::sans_objet:
        break;
    }
    return hatched(Pattern::hatch_horizontal, ink::white, Color{0xC2C2C2}, 200);
}

Fill zero_fill() { return solid(ink::white); }
Fill unknown_fill() { return hatched(Pattern::hatch_45, Color{0xF2F2F2}, Color{0x8A8A8A}, 150); }
Fill secret_fill() { return hatched(Pattern::hatch_cross, Color{0xE4E4E4}, Color{0x8A8A8A}, 170); }
Fill land_fill() { return solid(Color{0xE6E2D8}); }

PaletteChoice read_palette(std::string_view text, const Variable& variable, bool both_signs)
{
    PaletteChoice choice;
    choice.hue = variable.increase_is_bad ? Hue::ocre : Hue::bleu;
    const auto key = fold(text);
    if (key.empty() || key == "automatique") {
        choice.diverging = both_signs;
        return choice;
    }
    if (const auto hue = hue_named(key)) {
        choice.hue = *hue;
        return choice;
    }
    const auto word_end = text.find_first_of(" :(=\t");
    const auto figure = word_end == std::string_view::npos ? std::string{} : trim(text.substr(word_end + 1));
    choice.diverging = fold(text.substr(0, word_end)) == "divergente";
    if (choice.diverging && (figure.empty() || parse_number(figure, choice.centre)))
        return choice;
    throw Failure(Failure::Cause::bad_value,
                  "Palette « " + std::string(text) +
                      " » inconnue (feuille Paramètres, clé « palette ») : écrire automatique, ocre, bleu, "
                      "vert, violet, gris, ou divergente suivi de son centre (divergente 13,1).");
}

} // namespace pacte::map
