#pragma once

#include <string>
#include <vector>

#include "office.hpp"

// The functions of the extension, as the office that has it knows them.

namespace office_test {

struct ArgumentText {
    std::string id; ///< its name in `idl/`
    std::string name;
    std::string description;
};

struct FunctionText {
    std::string id; ///< the method's name in `idl/`
    std::string name;
    std::string description;
    std::vector<ArgumentText> arguments;
};

/// Every method of `org.pacte.calc.XFunctions`, in the order of the IDL, with what
/// the installed configuration says of it in that language (`fr`, `en`); a text is
/// empty where it says nothing. The document that Calc passes by itself is no argument.
[[nodiscard]] std::vector<FunctionText> function_texts(const Office& office, const std::string& language);

} // namespace office_test
