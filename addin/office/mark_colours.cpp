#include "office/mark_colours.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <com/sun/star/beans/XPropertyState.hpp>
#include <com/sun/star/container/XNameContainer.hpp>
#include <com/sun/star/document/XDocumentEventBroadcaster.hpp>
#include <com/sun/star/lang/XMultiServiceFactory.hpp>
#include <com/sun/star/sheet/XSpreadsheetView.hpp>
#include <com/sun/star/style/XStyleFamiliesSupplier.hpp>
#include <com/sun/star/util/XModifiable2.hpp>
#include <com/sun/star/view/XPrintJobBroadcaster.hpp>
#include <cppuhelper/implbase2.hxx>
#include <cppuhelper/weakref.hxx>
#include <rtl/ref.hxx>

namespace pacte::office {

namespace {

using Model = Reference<css::frame::XModel>;

struct MarkStyle {
    Severity severity;
    const char* name;
    sal_Int32 background;
};

/// Not those of the same colours in the reports: a severity that is told there is printed.
constexpr std::array mark_styles{MarkStyle{Severity::erreur, "Pacte marque erreur", 0xF9D6D5},
                                 MarkStyle{Severity::alerte, "Pacte marque alerte", 0xFDE7C3},
                                 MarkStyle{Severity::conseil, "Pacte marque conseil", 0xDCE8F7}};

constexpr const char* background = "CellBackColor";

Reference<css::container::XNameContainer> cell_styles(const Model& model)
{
    const Reference<css::style::XStyleFamiliesSupplier> supplier(model, UNO_QUERY_THROW);
    return {supplier->getStyleFamilies()->getByName("CellStyles"), UNO_QUERY_THROW};
}

/// A colour that comes and goes is no change of the document.
class Unmodified {
public:
    explicit Unmodified(const Model& model) : document_(model, UNO_QUERY_THROW)
    {
        was_enabled_ = document_->disableSetModified();
    }
    Unmodified(const Unmodified&) = delete;
    Unmodified& operator=(const Unmodified&) = delete;
    ~Unmodified()
    {
        if (was_enabled_)
            document_->enableSetModified();
    }

private:
    Reference<css::util::XModifiable2> document_;
    bool was_enabled_ = false;
};

bool is_coloured(const Reference<css::beans::XPropertyState>& style)
{
    return style->getPropertyState(OUString::createFromAscii(background)) ==
           css::beans::PropertyState_DIRECT_VALUE;
}

class OffPaper final
    : public cppu::WeakImplHelper2<css::document::XDocumentEventListener, css::view::XPrintJobListener> {
public:
    explicit OffPaper(const Model& model) : model_(model) { reconsider(); }

    void SAL_CALL documentEventOccured(const css::document::DocumentEvent& event) override
    {
        const std::string name = utf8(event.EventName);
        if (name == "OnSave" || name == "OnSaveAs")
            storing_ = true;
        else if (name == "OnCopyTo") // an export to PDF, among others
            copying_ = true;
        else if (name == "OnSaveDone" || name == "OnSaveFailed" || name == "OnSaveAsDone" ||
                 name == "OnSaveAsFailed" || name == "OnCopyToDone" || name == "OnCopyToFailed")
            storing_ = copying_ = false;
        else if (name == "OnViewCreated") // Calc shows the print preview as another view
            previewing_ = !Reference<css::sheet::XSpreadsheetView>(event.ViewController, UNO_QUERY).is();
        else
            return;
        reconsider();
    }

    void SAL_CALL printJobEvent(const css::view::PrintJobEvent& event) override
    {
        printing_ = event.State == css::view::PrintableState_JOB_STARTED;
        reconsider();
    }

    void SAL_CALL disposing(const css::lang::EventObject&) override {}

private:
    void reconsider()
    {
        const Model model(model_.get(), UNO_QUERY);
        if (!model.is())
            return;
        try {
            const Unmodified unmodified(model);
            const auto styles = cell_styles(model);
            for (const MarkStyle& mark : mark_styles)
                if (const OUString name = ustring(mark.name); styles->hasByName(name))
                    reconsider({styles->getByName(name), UNO_QUERY_THROW}, mark);
        } catch (const css::uno::Exception&) {
            // The document is being closed. What a person does with it goes on in any case.
        }
    }

    void reconsider(const Reference<css::beans::XPropertyState>& style, const MarkStyle& mark)
    {
        const bool off_paper = copying_ || printing_ || previewing_;
        if (!is_coloured(style)) {
            if (off_paper || storing_)
                return;
            const auto chosen = chosen_.find(mark.name);
            set(style, background, chosen != chosen_.end() ? chosen->second : mark.background);
            return;
        }
        const auto colour = get_as<sal_Int32>(style, background);
        if (off_paper || (storing_ && colour == mark.background)) {
            chosen_[mark.name] = colour;
            // Not « transparent », which would hide the cell's own background.
            style->setPropertyToDefault(OUString::createFromAscii(background));
        }
    }

    css::uno::WeakReference<css::frame::XModel> model_;
    std::map<std::string, sal_Int32> chosen_; ///< the colours to bring back, by style
    bool storing_ = false;
    bool copying_ = false;
    bool printing_ = false;
    bool previewing_ = false;
};

} // namespace

const char* mark_style(Severity severity)
{
    return std::find_if(mark_styles.begin(), mark_styles.end(),
                        [severity](const MarkStyle& mark) { return mark.severity == severity; })
        ->name;
}

bool is_mark_style(const OUString& name)
{
    return std::any_of(mark_styles.begin(), mark_styles.end(),
                       [&](const MarkStyle& mark) { return name.equalsAscii(mark.name); });
}

void ensure_mark_styles(const Model& model)
{
    const auto styles = cell_styles(model);
    const Reference<css::lang::XMultiServiceFactory> factory(model, UNO_QUERY_THROW);
    for (const MarkStyle& style : mark_styles) {
        const OUString name = ustring(style.name);
        if (styles->hasByName(name))
            continue;
        styles->insertByName(name,
                             css::uno::makeAny(factory->createInstance("com.sun.star.style.CellStyle")));
        try {
            set(styles->getByName(name).get<Reference<css::uno::XInterface>>(), background, style.background);
        } catch (const css::uno::RuntimeException&) {
            // Calc changes no cell style while any sheet is protected: the notes say it alone.
        }
    }
}

void keep_marks_off_paper(const Model& model)
{
    const rtl::Reference<OffPaper> listener(new OffPaper(model));
    Reference<css::document::XDocumentEventBroadcaster>(model, UNO_QUERY_THROW)
        ->addDocumentEventListener(listener.get());
    Reference<css::view::XPrintJobBroadcaster>(model, UNO_QUERY_THROW)->addPrintJobListener(listener.get());
}

} // namespace pacte::office
