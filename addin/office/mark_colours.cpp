#include "office/mark_colours.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/container/XNameContainer.hpp>
#include <com/sun/star/document/XDocumentEventBroadcaster.hpp>
#include <com/sun/star/lang/XMultiServiceFactory.hpp>
#include <com/sun/star/sheet/XConditionalFormats.hpp>
#include <com/sun/star/sheet/XSpreadsheetDocument.hpp>
#include <com/sun/star/sheet/XSpreadsheetView.hpp>
#include <com/sun/star/style/XStyleFamiliesSupplier.hpp>
#include <com/sun/star/view/XPrintJobBroadcaster.hpp>
#include <cppuhelper/implbase2.hxx>
#include <cppuhelper/weakref.hxx>
#include <rtl/ref.hxx>

namespace pacte::office {

namespace {

using Model = Reference<css::frame::XModel>;

struct MarkStyle {
    Severity severity;
    const char* on_screen;
    const char* on_paper; ///< its double, without a colour
    const char* former;   ///< that the marks shared with the reports, before they had their own
    sal_Int32 background;
};

/// Not the styles of the same colours in the reports: a severity that is told there is printed.
constexpr std::array mark_styles{MarkStyle{Severity::erreur, "Pacte marque erreur",
                                           "Pacte marque erreur hors écran", "Pacte erreur", 0xF9D6D5},
                                 MarkStyle{Severity::alerte, "Pacte marque alerte",
                                           "Pacte marque alerte hors écran", "Pacte alerte", 0xFDE7C3},
                                 MarkStyle{Severity::conseil, "Pacte marque conseil",
                                           "Pacte marque conseil hors écran", "Pacte conseil", 0xDCE8F7}};

/// The only entry of a format; nothing where there are several, or of another kind.
Reference<css::beans::XPropertySet> only_entry(const Reference<css::sheet::XConditionalFormat>& format)
{
    const Reference<css::container::XIndexAccess> entries(format, UNO_QUERY);
    if (!entries.is() || entries->getCount() != 1)
        return {};
    const Reference<css::beans::XPropertySet> entry(entries->getByIndex(0), UNO_QUERY);
    const bool has_style = entry.is() && entry->getPropertySetInfo()->hasPropertyByName("StyleName");
    return has_style ? entry : Reference<css::beans::XPropertySet>();
}

/// Null where the entry is no mark.
const MarkStyle* style_of(const Reference<css::beans::XPropertySet>& entry)
{
    if (!entry.is())
        return nullptr;
    const std::string name = utf8(get_as<OUString>(entry, "StyleName"));
    const bool is_always = utf8(get_as<OUString>(entry, "Formula1")) == "1";
    const auto* const found =
        std::find_if(mark_styles.begin(), mark_styles.end(), [&](const MarkStyle& style) {
            return name == style.on_screen || name == style.on_paper || (is_always && name == style.former);
        });
    return found == mark_styles.end() ? nullptr : found;
}

void show_marks(const Model& model, bool on_screen)
{
    const Reference<css::sheet::XSpreadsheetDocument> document(model, UNO_QUERY_THROW);
    const Reference<css::container::XIndexAccess> sheets(document->getSheets(), UNO_QUERY_THROW);
    for (sal_Int32 i = 0; i < sheets->getCount(); ++i) {
        const auto sheet = sheets->getByIndex(i).get<Reference<css::sheet::XSpreadsheet>>();
        const Reference<css::sheet::XConditionalFormats> formats(get(sheet, "ConditionalFormats"),
                                                                 UNO_QUERY_THROW);
        for (const auto& format : formats->getConditionalFormats()) {
            const auto entry = only_entry(format);
            if (const MarkStyle* style = style_of(entry))
                set(entry, "StyleName", ustring(on_screen ? style->on_screen : style->on_paper));
        }
    }
}

class OffPaper final
    : public cppu::WeakImplHelper2<css::document::XDocumentEventListener, css::view::XPrintJobListener> {
public:
    explicit OffPaper(const Model& model) : model_(model) { reconsider(); }

    void SAL_CALL documentEventOccured(const css::document::DocumentEvent& event) override
    {
        const std::string name = utf8(event.EventName);
        if (name == "OnSave" || name == "OnSaveAs" || name == "OnCopyTo") // the last: to PDF, among others
            storing_ = true;
        else if (name == "OnSaveDone" || name == "OnSaveFailed" || name == "OnSaveAsDone" ||
                 name == "OnSaveAsFailed" || name == "OnCopyToDone" || name == "OnCopyToFailed")
            storing_ = false;
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
            show_marks(model, !storing_ && !printing_ && !previewing_);
        } catch (const css::uno::Exception&) {
            // The document is being closed. What a person does with it goes on in any case.
        }
    }

    css::uno::WeakReference<css::frame::XModel> model_;
    bool storing_ = false;
    bool printing_ = false;
    bool previewing_ = false;
};

} // namespace

const char* mark_style(Severity severity)
{
    return std::find_if(mark_styles.begin(), mark_styles.end(),
                        [severity](const MarkStyle& mark) { return mark.severity == severity; })
        ->on_screen;
}

bool is_mark(const Reference<css::sheet::XConditionalFormat>& format)
{
    return style_of(only_entry(format)) != nullptr;
}

void ensure_mark_styles(const Model& model)
{
    const Reference<css::style::XStyleFamiliesSupplier> supplier(model, UNO_QUERY_THROW);
    const Reference<css::container::XNameContainer> styles(
        supplier->getStyleFamilies()->getByName("CellStyles"), UNO_QUERY_THROW);
    const Reference<css::lang::XMultiServiceFactory> factory(model, UNO_QUERY_THROW);
    const auto make = [&](const char* name, const std::optional<sal_Int32>& background) {
        if (styles->hasByName(ustring(name)))
            return;
        styles->insertByName(ustring(name),
                             css::uno::makeAny(factory->createInstance("com.sun.star.style.CellStyle")));
        if (!background)
            return;
        try {
            set(styles->getByName(ustring(name)).get<Reference<css::uno::XInterface>>(), "CellBackColor",
                *background);
        } catch (const css::uno::RuntimeException&) {
            // Calc changes no cell style while any sheet is protected. The workbooks made since
            // have these styles; in an older one, the notes say it alone.
        }
    };
    for (const MarkStyle& style : mark_styles) {
        make(style.on_screen, style.background);
        make(style.on_paper, std::nullopt);
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
