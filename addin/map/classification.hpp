#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/quantity.hpp"
#include "map/drawing.hpp"
#include "map/legend.hpp"
#include "map/maps.hpp"

namespace pacte::map {

/// The classes of a choropleth: where each figure falls, how it is painted, what
/// the legend says. Zero, unknown and secret have classes of their own; only
/// classes that occur exist.
class Classification {
public:
    /// Throws Failure (bad_value): unknown method or palette, bad manual bounds.
    Classification(const std::vector<Quantity>& figures, const Variable& variable,
                   const ClassSettings& settings);

    [[nodiscard]] const Fill& fill(const Quantity& figure) const { return row(figure).fill; }
    /// « 11,3 % », « secret statistique »: never a secret figure.
    [[nodiscard]] std::string value_in_words(const Quantity& figure) const;
    /// « classe 2 sur 5 », « valeur nulle », or nothing where the value says all.
    [[nodiscard]] std::string class_in_words(const Quantity& figure) const;
    /// « de 10,2 à moins de 13,1 % », for the table of figures.
    [[nodiscard]] const std::string& bounds_in_words(const Quantity& figure) const
    {
        return row(figure).label;
    }

    [[nodiscard]] LegendBlock legend() const;
    /// « 5 classes, seuils naturels (optimum de Fisher et Jenks) ».
    [[nodiscard]] const std::string& method() const { return method_; }

private:
    struct Row {
        std::string name; ///< `legende:classe:2`
        std::string label;
        std::string words;
        Fill fill;
        std::size_t count = 0;
    };

    [[nodiscard]] const Row& row(const Quantity& figure) const { return rows_[index_of(figure)]; }
    [[nodiscard]] std::size_t index_of(const Quantity& figure) const;
    [[nodiscard]] std::size_t class_index(double value) const;
    void cut(const std::vector<double>& values, const ClassSettings& settings);
    void make_rows(const std::vector<double>& values, const ClassSettings& settings);
    void make_categories(const std::vector<double>& values);
    [[nodiscard]] std::vector<Fill> fills(const std::string& palette);
    void number_the_classes();
    void set_decimals(const std::vector<double>& values);

    Variable variable_;
    std::string unit_;
    int decimals_ = 0;
    bool zero_apart_ = false;
    bool categories_ = false;
    std::vector<double> bounds_;
    std::size_t classes_ = 0;
    std::vector<Row> rows_; ///< the classes from low to high, then zero, unknown, secret
    std::string method_;
    std::string note_;
};

} // namespace pacte::map
