#pragma once

#include <stdexcept>

namespace pacte {

/// A figure that may be missing. Unknown is never zero: what depends on an
/// unknown says so. « Secret » (`s`, statistical secret) is kept apart from
/// « unknown » (empty, `nd`): the figure exists and must not be guessed.
class Quantity {
public:
    enum class State { known, unknown, secret };

    constexpr Quantity() = default;
    static constexpr Quantity known(double value) { return Quantity(State::known, value); }
    static constexpr Quantity unknown() { return {}; }
    static constexpr Quantity secret() { return Quantity(State::secret, 0.0); }

    [[nodiscard]] constexpr State state() const { return state_; }
    [[nodiscard]] constexpr bool is_known() const { return state_ == State::known; }
    [[nodiscard]] constexpr bool is_secret() const { return state_ == State::secret; }

    /// The figure. Throws std::logic_error where it is not known.
    [[nodiscard]] constexpr double value() const
    {
        if (state_ != State::known)
            throw std::logic_error("Quantity::value() on a figure that is not known");
        return value_;
    }

    friend constexpr bool operator==(const Quantity&, const Quantity&) = default;

private:
    constexpr Quantity(State state, double value) : state_(state), value_(value) {}

    State state_ = State::unknown;
    double value_ = 0.0;
};

} // namespace pacte
