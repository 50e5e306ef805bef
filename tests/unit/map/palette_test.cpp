#include "map/palette.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <array>
#include <cmath>

#include "core/error.hpp"
#include "map/shapes.hpp"

using namespace pacte;
using namespace pacte::map;

namespace {

constexpr std::array all_hues = {Hue::ocre, Hue::bleu, Hue::vert, Hue::violet, Hue::gris};
constexpr std::array all_statuses = {CoverageStatus::sans_objet,  CoverageStatus::non_couvert,
                                     CoverageStatus::a_preciser,  CoverageStatus::non_evaluable,
                                     CoverageStatus::peu_couvert, CoverageStatus::partiellement_couvert,
                                     CoverageStatus::couvert};

/// On a black-and-white print, two surfaces differ by their hatch or by 12 of L*.
bool apart_in_grey(const Fill& a, const Fill& b)
{
    return a.pattern != b.pattern || std::abs(to_lab(a.color).lightness - to_lab(b.color).lightness) >= 12.0;
}

/// The colour as a deuteranope sees it: Machado, Oliveira and Fernandes 2009,
/// severity 1.0, applied to the sRGB channels.
Color seen_by_deuteranope(Color color)
{
    static constexpr double matrix[3][3] = {
        {0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}};
    const std::array<double, 3> rgb = {static_cast<double>((color.rgb >> 16U) & 0xFFU),
                                       static_cast<double>((color.rgb >> 8U) & 0xFFU),
                                       static_cast<double>(color.rgb & 0xFFU)};
    std::uint32_t seen = 0;
    for (const auto& row : matrix) {
        const double channel = row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2];
        seen =
            (seen << 8U) | static_cast<std::uint32_t>(std::lround(std::min(255.0, std::max(0.0, channel))));
    }
    return {seen};
}

double difference(Color a, Color b)
{
    const auto x = to_lab(a);
    const auto y = to_lab(b);
    return std::hypot(x.lightness - y.lightness, x.a - y.a, x.b - y.b);
}

Variable variable_with(bool increase_is_bad)
{
    Variable variable;
    variable.increase_is_bad = increase_is_bad;
    return variable;
}

class PaletteTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PaletteTest);
    CPPUNIT_TEST(lab_of_known_colours);
    CPPUNIT_TEST(colours_come_back_from_lab);
    CPPUNIT_TEST(contrast_of_black_on_white_is_21);
    CPPUNIT_TEST(sequential_palettes_are_even_in_lightness);
    CPPUNIT_TEST(a_deuteranope_tells_the_classes_apart);
    CPPUNIT_TEST(a_name_reads_on_every_colour);
    CPPUNIT_TEST(statuses_are_apart_in_black_and_white);
    CPPUNIT_TEST(what_is_not_covered_evaluated_or_specified_is_hatched);
    CPPUNIT_TEST(zero_unknown_and_secret_are_apart_in_black_and_white);
    CPPUNIT_TEST(the_two_sides_of_a_centre_are_apart_in_grey);
    CPPUNIT_TEST(bivariate_classes_are_apart);
    CPPUNIT_TEST(categories_are_apart_in_grey);
    CPPUNIT_TEST(the_nature_of_the_variable_chooses_the_palette);
    CPPUNIT_TEST(a_palette_can_be_named_with_its_centre);
    CPPUNIT_TEST(an_unknown_palette_is_refused);
    CPPUNIT_TEST_SUITE_END();

public:
    /// Published values (Lindbloom's calculator, sRGB, D65).
    void lab_of_known_colours()
    {
        const auto red = to_lab({0xFF0000});
        CPPUNIT_ASSERT_DOUBLES_EQUAL(53.24, red.lightness, 0.02);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(80.09, red.a, 0.02);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(67.20, red.b, 0.02);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(100.0, to_lab({0xFFFFFF}).lightness, 0.01);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.0, to_lab({0x000000}).lightness, 0.01);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(50.03, to_lab({0x777777}).lightness, 0.02);
    }

    void colours_come_back_from_lab()
    {
        for (const std::uint32_t rgb : {0x000091U, 0xFFFFFFU, 0x808080U, 0xE3A257U, 0x2A4FA0U})
            CPPUNIT_ASSERT_EQUAL(rgb, from_lab(to_lab({rgb})).rgb);
    }

    void contrast_of_black_on_white_is_21()
    {
        CPPUNIT_ASSERT_DOUBLES_EQUAL(21.0, contrast({0x000000}, {0xFFFFFF}), 0.01);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(21.0, contrast({0xFFFFFF}, {0x000000}), 0.01);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(1.0, contrast({0x336699}, {0x336699}), 1e-9);
    }

    void sequential_palettes_are_even_in_lightness()
    {
        for (const auto hue : all_hues)
            for (int classes = 2; classes <= 9; ++classes) {
                const auto colors = sequential(hue, classes);
                CPPUNIT_ASSERT_EQUAL(static_cast<std::size_t>(classes), colors.size());
                const double range = to_lab(colors.front()).lightness - to_lab(colors.back()).lightness;
                for (std::size_t i = 1; i < colors.size(); ++i) {
                    const double step = to_lab(colors[i - 1]).lightness - to_lab(colors[i]).lightness;
                    CPPUNIT_ASSERT_DOUBLES_EQUAL(range / (classes - 1), step, 0.7);
                    CPPUNIT_ASSERT(step >= 6.0);
                }
            }
    }

    void a_deuteranope_tells_the_classes_apart()
    {
        for (const auto hue : all_hues) {
            const auto colors = sequential(hue, 7);
            for (std::size_t i = 0; i < colors.size(); ++i)
                for (std::size_t j = i + 1; j < colors.size(); ++j)
                    CPPUNIT_ASSERT(
                        difference(seen_by_deuteranope(colors[i]), seen_by_deuteranope(colors[j])) > 7.0);
        }
    }

    void a_name_reads_on_every_colour()
    {
        for (const auto hue : all_hues)
            for (int classes = 1; classes <= 9; ++classes)
                for (const auto color : sequential(hue, classes))
                    CPPUNIT_ASSERT(std::max(contrast(color, ink::label), contrast(color, ink::white)) >= 4.4);
    }

    void statuses_are_apart_in_black_and_white()
    {
        for (const auto a : all_statuses)
            for (const auto b : all_statuses)
                if (a != b)
                    CPPUNIT_ASSERT_MESSAGE(std::to_string(static_cast<int>(a)) + "/" +
                                               std::to_string(static_cast<int>(b)),
                                           apart_in_grey(fill_of(a), fill_of(b)));
    }

    void what_is_not_covered_evaluated_or_specified_is_hatched()
    {
        for (const auto status : {CoverageStatus::non_couvert, CoverageStatus::a_preciser,
                                  CoverageStatus::non_evaluable, CoverageStatus::sans_objet})
            CPPUNIT_ASSERT(is_hatched(fill_of(status)));
        CPPUNIT_ASSERT(!is_hatched(fill_of(CoverageStatus::couvert)));
    }

    void zero_unknown_and_secret_are_apart_in_black_and_white()
    {
        CPPUNIT_ASSERT(apart_in_grey(zero_fill(), unknown_fill()));
        CPPUNIT_ASSERT(apart_in_grey(zero_fill(), secret_fill()));
        CPPUNIT_ASSERT(apart_in_grey(unknown_fill(), secret_fill()));
        for (const auto color : sequential(Hue::ocre, 7))
            CPPUNIT_ASSERT(to_lab(zero_fill().color).lightness - to_lab(color).lightness > 8.0);
    }

    void the_two_sides_of_a_centre_are_apart_in_grey()
    {
        const auto fills = diverging(3, true, 3);
        CPPUNIT_ASSERT_EQUAL(std::size_t{7}, fills.size());
        for (std::size_t i = 0; i < fills.size(); ++i)
            CPPUNIT_ASSERT_EQUAL(i < 3, is_hatched(fills[i]));
        for (std::size_t i = 1; i < 3; ++i) // paler towards the centre
            CPPUNIT_ASSERT(to_lab(fills[i - 1].color).lightness < to_lab(fills[i].color).lightness);
        for (std::size_t i = 4; i < 7; ++i)
            CPPUNIT_ASSERT(to_lab(fills[i - 1].color).lightness > to_lab(fills[i].color).lightness);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, diverging(0, false, 2).size());
    }

    void bivariate_classes_are_apart()
    {
        for (int a = 0; a < 9; ++a)
            for (int b = a + 1; b < 9; ++b) {
                const auto x = bivariate(a / 3, a % 3);
                const auto y = bivariate(b / 3, b % 3);
                CPPUNIT_ASSERT(apart_in_grey(x, y) || x.spacing != y.spacing);
            }
    }

    void categories_are_apart_in_grey()
    {
        const auto fills = categorical(8);
        for (std::size_t i = 0; i < fills.size(); ++i)
            for (std::size_t j = i + 1; j < fills.size(); ++j)
                CPPUNIT_ASSERT(apart_in_grey(fills[i], fills[j]));
    }

    void the_nature_of_the_variable_chooses_the_palette()
    {
        CPPUNIT_ASSERT(read_palette("automatique", variable_with(true), false).hue == Hue::ocre);
        CPPUNIT_ASSERT(read_palette("", variable_with(false), false).hue == Hue::bleu);
        CPPUNIT_ASSERT(!read_palette("", variable_with(true), false).diverging);
        CPPUNIT_ASSERT(read_palette("", variable_with(true), true).diverging);
    }

    void a_palette_can_be_named_with_its_centre()
    {
        CPPUNIT_ASSERT(read_palette("Vert", variable_with(true), false).hue == Hue::vert);
        const auto choice = read_palette("divergente 13,1", variable_with(true), false);
        CPPUNIT_ASSERT(choice.diverging);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(13.1, choice.centre, 1e-12);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.0, read_palette("divergente", variable_with(true), false).centre, 0.0);
    }

    void an_unknown_palette_is_refused()
    {
        CPPUNIT_ASSERT_THROW((void)read_palette("arc-en-ciel", variable_with(true), false), Failure);
        CPPUNIT_ASSERT_THROW((void)read_palette("divergente beaucoup", variable_with(true), false), Failure);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PaletteTest);

} // namespace
