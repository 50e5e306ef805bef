#include "core/source_figure.hpp"

#include <array>
#include <charconv>
#include <string>
#include <utility>

#include "core/text.hpp"

namespace pacte {

namespace {

/// Most cells are plain numbers: they need no look at thousands or marks.
bool parse_plain(std::string_view text, double& value)
{
    std::array<char, 32> buffer{};
    if (text.empty() || text.size() > buffer.size())
        return false;
    bool comma = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        buffer[i] = text[i] == ',' ? '.' : text[i];
        if (text[i] == ',' && std::exchange(comma, true))
            return false;
    }
    const char* const begin = buffer.data() + (text.front() == '+' ? 1 : 0);
    const char* const end = buffer.data() + text.size();
    const auto [stop, error] = std::from_chars(begin, end, value);
    return error == std::errc{} && stop == end &&
           (*begin == '-' || *begin == '.' || (*begin >= '0' && *begin <= '9'));
}

bool starts_like_an_error(std::string_view text)
{
    static constexpr std::array starts{"#N/A", "#REF", "#DIV", "#VAL", "#NAME",
                                       "#NOM", "#NUM", "#NUL", "Err:", "#ERR"};
    for (const std::string_view start : starts)
        if (text.starts_with(start))
            return true;
    return false;
}

FigureState state_of_mark(std::string_view text)
{
    struct Mark {
        std::string_view folded;
        FigureState state;
    };
    static constexpr std::array marks{
        Mark{"s", FigureState::secret},           Mark{"c", FigureState::secret},
        Mark{"secret", FigureState::secret},      Mark{"secretstatistique", FigureState::secret},
        Mark{"nd", FigureState::not_available},   Mark{"nondisponible", FigureState::not_available},
        Mark{"na", FigureState::not_available},   Mark{"donneenondisponible", FigureState::not_available},
        Mark{"ns", FigureState::not_significant}, Mark{"nonsignificatif", FigureState::not_significant},
        Mark{"so", FigureState::no_object},       Mark{"sansobjet", FigureState::no_object}};
    const std::string key = fold(text);
    for (const Mark& mark : marks)
        if (key == mark.folded)
            return mark.state;
    if (key.starts_with("na") && text.find('/') != std::string_view::npos) // N/A - résultat non disponible
        return FigureState::not_available;
    if (key.empty()) // `///`, `…`, `-`
        return text.starts_with('/') ? FigureState::no_object : FigureState::not_available;
    return FigureState::unreadable;
}

} // namespace

SourceFigure read_source_figure(std::string_view text)
{
    double value = 0.0;
    if (text.empty())
        return {};
    if (parse_plain(text, value))
        return {FigureState::known, value};
    if (starts_like_an_error(text))
        return {FigureState::error, 0.0};
    if (parse_number(text, value))
        return {FigureState::known, value};
    if (text.ends_with('%') && parse_number(trimmed(text.substr(0, text.size() - 1)), value))
        return {FigureState::known, value};
    return {state_of_mark(text), 0.0};
}

Cell cell_of_figure(const SourceFigure& figure, std::string_view text)
{
    switch (figure.state) {
    case FigureState::known:
        return figure.value;
    case FigureState::secret:
    case FigureState::not_available:
    case FigureState::not_significant:
    case FigureState::no_object:
        return std::string(text);
    default:
        return Blank{};
    }
}

const char* words_of(FigureState state)
{
    switch (state) {
    case FigureState::known:
        return "connu";
    case FigureState::empty:
        return "case vide";
    case FigureState::secret:
        return "secret statistique";
    case FigureState::not_available:
        return "non disponible";
    case FigureState::not_significant:
        return "non significatif";
    case FigureState::no_object:
        return "sans objet";
    case FigureState::error:
        return "formule en erreur";
    default:
        return "illisible";
    }
}

} // namespace pacte
