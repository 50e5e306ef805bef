#pragma once

#include <stdexcept>
#include <string>

namespace pacte {

/// What a command cannot go on after. `what()` is a French sentence for a
/// person: what is wrong, where (sheet and cell, file and line), what to do.
class Failure : public std::runtime_error {
public:
    enum class Cause {
        missing_table,   ///< a database range of the diagnosis is not there
        missing_column,  ///< a required header is not there
        bad_table,       ///< merged or duplicate headers, a table full of errors
        bad_value,       ///< an argument or a setting out of its range
        bad_file,        ///< a file that cannot be read as what it should be
        bad_document,    ///< not a diagnosis, read-only, …
        cancelled,       ///< the user pressed « Annuler »
    };

    Failure(Cause cause, const std::string& message) : std::runtime_error(message), cause_(cause) {}

    [[nodiscard]] Cause cause() const { return cause_; }

private:
    Cause cause_;
};

} // namespace pacte
