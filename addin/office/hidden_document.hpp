#pragma once

#include <com/sun/star/frame/XModel.hpp>

#include "office/uno.hpp"

namespace pacte::office {

/// A document that nobody sees, closed whatever happens.
class HiddenDocument {
public:
    /// `url`: of a file, or `private:factory/scalc` for a new one.
    HiddenDocument(const Reference<css::uno::XComponentContext>& context, const OUString& url);
    HiddenDocument(const HiddenDocument&) = delete;
    HiddenDocument& operator=(const HiddenDocument&) = delete;
    ~HiddenDocument();

    [[nodiscard]] const Reference<css::frame::XModel>& model() const { return model_; }

private:
    Reference<css::frame::XModel> model_;
};

/// Stores a copy in that format (`calc8`, `calc_pdf_Export`). Throws Failure (bad_file)
/// where the place cannot be written.
void store_copy(const Reference<css::frame::XModel>& model, const OUString& url, const char* filter);

} // namespace pacte::office
