#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include <com/sun/star/frame/XFrame.hpp>
#include <com/sun/star/frame/XModel.hpp>

#include "office/uno.hpp"

namespace pacte::commands {

namespace css = office::css;
using office::Reference;

/// A command called from the menu, or by a program with arguments that answer
/// what its dialog would ask.
struct Request {
    Reference<css::uno::XComponentContext> context;
    Reference<css::frame::XFrame> frame;
    std::map<std::string, css::uno::Any> arguments;

    [[nodiscard]] Reference<css::frame::XModel> model() const;
    /// The argument as text; empty where it was not given.
    [[nodiscard]] std::string argument(const std::string& name) const;
};

enum class Needs {
    nothing,   ///< always available
    diagnosis, ///< greyed out where the document is no diagnosis
};

struct Command {
    std::string_view name; ///< of its URL: `org.pacte.calc:valider`
    std::string_view title;
    Needs needs;
    /// Gives the sentence that says what was done and what to do next; an empty
    /// one where the user gave up. Throws Failure; then nothing was written.
    std::string (*run)(Request&);
};

/// The menu, in its order.
[[nodiscard]] std::span<const Command> all_commands();
[[nodiscard]] const Command* find_command(std::string_view name);

std::string new_diagnosis(Request& request);
std::string open_example(Request& request);
std::string validate(Request& request);
std::string validate_sheet(Request& request);   // validate.cpp
std::string next_finding(Request& request);     // walk_findings.cpp
std::string previous_finding(Request& request); // walk_findings.cpp
std::string repair(Request& request);
std::string assess_quality(Request& request);
std::string report_to_partner(Request& request); // partner_report.cpp
std::string compute_coverage(Request& request);
std::string import_contours(Request& request);
std::string download_contours(Request& request);
std::string change_vintage(Request& request);
std::string import_needs(Request& request);
std::string import_offer(Request& request);
std::string make_maps(Request& request);
std::string make_fiches(Request& request);
std::string make_synthesis(Request& request);
std::string evaluate_pistes(Request& request);
std::string explain_figure(Request& request);
std::string freeze_t0(Request& request);
std::string compare_t0(Request& request);
std::string copy_for_distribution(Request& request);
std::string help(Request& request);
std::string about(Request& request);

} // namespace pacte::commands
