#pragma once

#include <com/sun/star/frame/XModel.hpp>

#include "office/uno.hpp"

namespace pacte::office {

/// While it lives, Calc does not fit the heights of rows to their texts: a table that is
/// written column by column is fitted once, by the write that comes after.
class HeldHeights {
public:
    explicit HeldHeights(Reference<css::frame::XModel> model) : model_(std::move(model))
    {
        set(model_, name, false);
    }
    HeldHeights(const HeldHeights&) = delete;
    HeldHeights& operator=(const HeldHeights&) = delete;
    ~HeldHeights()
    {
        try {
            // Calc counts those who said no: each has to say yes once, whatever the property
            // was before, else no row of the document is ever fitted again.
            set(model_, name, true);
        } catch (const css::uno::Exception&) {
            // The document is being closed.
        }
    }

private:
    static constexpr const char* name = "IsAdjustHeightEnabled";

    Reference<css::frame::XModel> model_;
};

} // namespace pacte::office
