#include "core/cog.hpp"
#include "core/error.hpp"
#include "core/known_variables.hpp"
#include "core/need_figures.hpp"
#include "core/need_layout.hpp"
#include "core/offer_source.hpp"
#include "core/source_sheet.hpp"
#include "core/zip_size.hpp"
#include "fuzz.hpp"
#include "input_file.hpp"

// A file of needs or of places of service, as a person chooses it: a packed workbook, of
// which the sizes are checked before LibreOffice opens it, JSON, or a text in columns.

namespace {

using namespace pacte;

const std::filesystem::path templates = PACTE_TEMPLATES;

template <typename Read>
void try_to(Read read)
{
    try {
        read();
    } catch (const Failure&) {
    }
}

void import_needs_of(const SourceFile& file)
{
    static const Cog cog = Cog::load(templates / "territoire");
    static const KnownVariables known = KnownVariables::load(templates / "imports" / "variables.csv");
    static const NeedTerritory territory{
        {{"200073419", "CA du Puy-en-Velay"}}, {{"43157", "200073419"}}, {{"43157", 19000}}, {}, {}};
    const NeedLayout layout = find_need_layout(file, cog, known);
    (void)preview_of(file, layout, 8);
    (void)layout_key(file, layout);
    (void)import_needs(file, layout, territory, cog);
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const fuzz::InputFile input("import.csv", fuzz::text(data, size));
    const OfferSink nowhere = [](OfferRecord&&) {};
    try_to([&] { require_reasonable_zip(input.path()); });
    try_to([&] { (void)read_offers_json(input.path(), nowhere); });
    try_to([&] {
        const SourceFile file = read_delimited(input.path());
        try_to([&] { (void)read_offers_table(file, nowhere); });
        try_to([&] { import_needs_of(file); });
    });
    return 0;
}
