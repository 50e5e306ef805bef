#include "functions/calculation.hpp"

#include <algorithm>
#include <optional>

#include <com/sun/star/lang/IllegalArgumentException.hpp>
#include <com/sun/star/uno/RuntimeException.hpp>

#include "core/error.hpp"

namespace pacte::functions {

namespace css = office::css;

namespace {

/// The result, or the error of Calc that stands for what went wrong.
template <typename Result>
std::optional<CalcError> error_of(const std::function<Result()>& compute, Result& result)
{
    try {
        result = compute();
        return std::nullopt;
    } catch (const NotKnown&) {
        return CalcError::not_available;
    } catch (const css::lang::IllegalArgumentException&) {
        return CalcError::bad_argument;
    } catch (const Failure&) {
        return CalcError::bad_argument;
    } catch (const std::exception& exception) {
        throw css::uno::RuntimeException(office::ustring(exception.what()));
    }
}

/// An argument, as the matrix that it is or the one value that serves everywhere.
class Argument {
public:
    explicit Argument(const Any& value) : value_(value), is_matrix_(value >>= rows_) {}

    [[nodiscard]] bool is_matrix() const { return is_matrix_; }
    [[nodiscard]] sal_Int32 height() const { return is_matrix_ ? rows_.getLength() : 1; }
    [[nodiscard]] sal_Int32 width() const { return is_matrix_ && height() > 0 ? rows_[0].getLength() : 1; }

    /// Throws NotKnown outside of the matrix.
    [[nodiscard]] const Any& at(sal_Int32 row, sal_Int32 column) const
    {
        if (!is_matrix_)
            return value_;
        const sal_Int32 r = height() == 1 ? 0 : row;
        const sal_Int32 c = width() == 1 ? 0 : column;
        if (r >= height() || c >= width())
            throw NotKnown();
        return rows_[r][c];
    }

private:
    const Any& value_;
    Matrix rows_;
    bool is_matrix_ = false;
};

} // namespace

Any calculated(const std::function<Any()>& compute)
{
    Any result;
    const auto error = error_of(compute, result);
    return error ? error_value(*error) : result;
}

Matrix calculated_matrix(const std::function<Matrix()>& compute)
{
    Matrix result;
    const auto error = error_of(compute, result);
    return error ? row_of({error_value(*error)}) : result;
}

Any calculated_each(const std::vector<Any>& arguments,
                    const std::function<Any(const std::vector<Any>&)>& compute)
{
    const std::vector<Argument> all(arguments.begin(), arguments.end());
    if (std::none_of(all.begin(), all.end(), [](const Argument& argument) { return argument.is_matrix(); }))
        return calculated([&] { return compute(arguments); });
    sal_Int32 height = 1;
    sal_Int32 width = 1;
    for (const Argument& argument : all) {
        height = std::max(height, argument.height());
        width = std::max(width, argument.width());
    }
    Matrix results(height);
    for (sal_Int32 row = 0; row < height; ++row) {
        Sequence<Any> line(width);
        for (sal_Int32 column = 0; column < width; ++column)
            line[column] = calculated([&] {
                std::vector<Any> element;
                for (const Argument& argument : all)
                    element.push_back(argument.at(row, column));
                return compute(element);
            });
        results[row] = line;
    }
    return css::uno::makeAny(results);
}

} // namespace pacte::functions
