#pragma once

#include <com/sun/star/frame/XModel.hpp>

#include "office/uno.hpp"

namespace pacte::office {

/// While it lives, Calc does not fit the heights of rows to their texts: a table that is
/// written column by column is fitted once, by the write that comes after.
class HeldHeights {
public:
    explicit HeldHeights(Reference<css::frame::XModel> model)
        : model_(std::move(model)), before_(get_as<bool>(model_, name))
    {
        set(model_, name, false);
    }
    HeldHeights(const HeldHeights&) = delete;
    HeldHeights& operator=(const HeldHeights&) = delete;
    ~HeldHeights()
    {
        try {
            set(model_, name, before_);
        } catch (const css::uno::Exception&) {
            // The document is being closed.
        }
    }

private:
    static constexpr const char* name = "IsAdjustHeightEnabled";

    Reference<css::frame::XModel> model_;
    bool before_;
};

} // namespace pacte::office
