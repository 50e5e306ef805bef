#include "core/names.hpp"

#include <algorithm>
#include <iterator>

#include "core/text.hpp"

namespace pacte {

namespace {

/// A word of a text: its folded letters, and where they stand.
struct Word {
    std::string key;
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Words are cut at whatever is no letter nor digit; an accented letter is a letter.
std::vector<Word> words_in(std::string_view text)
{
    std::vector<Word> words;
    std::size_t begin = 0;
    const auto close = [&](std::size_t end) {
        if (auto key = fold(text.substr(begin, end - begin)); !key.empty())
            words.push_back({std::move(key), begin, end});
    };
    for (std::size_t i = 0; i < text.size();) {
        std::size_t length = 1;
        while (i + length < text.size() && (static_cast<unsigned char>(text[i + length]) & 0xC0) == 0x80)
            ++length;
        if (fold(text.substr(i, length)).empty()) {
            close(i);
            begin = i + length;
        }
        i += length;
    }
    close(text.size());
    return words;
}

bool is_small(std::string_view word)
{
    constexpr std::string_view small[] = {"a",  "au", "aux", "d",  "de",  "des",  "du", "en",
                                          "et", "l",  "la",  "le", "les", "sous", "sur"};
    return std::binary_search(std::begin(small), std::end(small), word);
}

/// Words, without the small ones, that are one thing.
struct Form {
    std::vector<std::string_view> words;
    std::string_view name;
};

const std::vector<Form>& forms()
{
    static const std::vector<Form> known = {
        {{"communaute", "communes"}, "cc"},
        {{"communautes", "communes"}, "cc"},
        {{"com", "com"}, "cc"},
        {{"comm", "comm"}, "cc"},
        {{"comcom"}, "cc"},
        {{"cdc"}, "cc"},
        {{"c", "c"}, "cc"},
        {{"communaute", "agglomeration"}, "ca"},
        {{"communaute", "agglo"}, "ca"},
        {{"agglomeration"}, "ca"},
        {{"agglo"}, "ca"},
        {{"communaute", "urbaine"}, "cu"},
        {{"metropole"}, "metro"},
        {{"st"}, "saint"},
        {{"ste"}, "sainte"},
        {{"conseil", "departemental"}, "cd"},
        {{"conseil", "general"}, "cd"},
        {{"caisse", "allocations", "familiales"}, "caf"},
        {{"caisse", "primaire", "assurance", "maladie"}, "cpam"},
        {{"mutualite", "sociale", "agricole"}, "msa"},
        {{"centre", "communal", "action", "sociale"}, "ccas"},
        {{"centre", "intercommunal", "action", "sociale"}, "cias"},
        {{"agence", "regionale", "sante"}, "ars"},
        {{"missions", "locales"}, "missionlocale"},
        {{"mission", "locale"}, "missionlocale"},
        {{"association"}, ""},
        {{"asso"}, ""},
        {{"assoc"}, ""},
    };
    return known;
}

bool begins_with(const std::vector<std::string>& words, std::size_t at,
                 const std::vector<std::string_view>& form)
{
    return at + form.size() <= words.size() &&
           std::equal(form.begin(), form.end(), words.begin() + static_cast<std::ptrdiff_t>(at));
}

/// Below this, two names are two names.
constexpr double least_certainty = 0.7;

/// Two names as near as that to a third: which one is meant is a guess.
constexpr double least_lead = 0.05;

constexpr double without_form = 0.95;
constexpr double of_other_form = 0.85;

/// Where each word of `phrase` follows the other in `words`, from `at` on.
bool follows(const std::vector<Word>& words, std::size_t at, const std::vector<std::string>& phrase)
{
    if (at + phrase.size() > words.size())
        return false;
    for (std::size_t i = 0; i < phrase.size(); ++i)
        if (words[at + i].key != phrase[i])
            return false;
    return true;
}

std::vector<Word> without_small(std::vector<Word> words)
{
    std::erase_if(words, [](const Word& word) { return is_small(word.key); });
    return words;
}

} // namespace

std::vector<std::string> plain_words(std::string_view name)
{
    std::vector<std::string> words;
    for (auto& word : without_small(words_in(name)))
        words.push_back(std::move(word.key));
    return words;
}

std::vector<std::string> name_words(std::string_view name)
{
    const auto words = plain_words(name);
    std::vector<std::string> out;
    for (std::size_t i = 0; i < words.size();) {
        const auto form = std::find_if(forms().begin(), forms().end(),
                                       [&](const Form& known) { return begins_with(words, i, known.words); });
        if (form == forms().end()) {
            out.push_back(words[i++]);
            continue;
        }
        if (!form->name.empty())
            out.emplace_back(form->name);
        i += form->words.size();
    }
    return out;
}

NameIndex::NameIndex(const std::vector<std::string>& names)
{
    for (const auto& name : names)
        entries_.push_back(entry_of(name));
}

NameIndex::Entry NameIndex::entry_of(std::string_view name)
{
    Entry entry;
    for (const auto& word : name_words(name)) {
        const bool form = word == "cc" || word == "ca" || word == "cu" || word == "metro";
        (form && entry.form.empty() ? entry.form : entry.rest) += word;
    }
    return entry;
}

double NameIndex::certainty(const Entry& a, const Entry& b, double floor)
{
    const auto longer = std::max(a.rest.size(), b.rest.size());
    if (longer == 0)
        return 0.0;
    double factor = 1.0;
    if (a.form != b.form)
        factor = a.form.empty() || b.form.empty() ? without_form : of_other_form;
    const auto limit =
        static_cast<std::size_t>((1.0 - std::min(1.0, floor / factor)) * static_cast<double>(longer));
    const auto distance = edit_distance(a.rest, b.rest, limit);
    return distance > limit ? 0.0
                            : factor * (1.0 - static_cast<double>(distance) / static_cast<double>(longer));
}

std::optional<NameMatch> NameIndex::find(std::string_view name) const
{
    const auto entry = entry_of(name);
    NameMatch best;
    double second = 0.0;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        const double found = certainty(entry, entries_[i], least_certainty);
        if (found > best.certainty) {
            second = best.certainty;
            best = {i, found};
        } else {
            second = std::max(second, found);
        }
    }
    if (best.certainty < least_certainty || best.certainty - second < least_lead)
        return std::nullopt;
    return best;
}

Institutions::Institutions(const std::vector<ListItem>& items) : items_(items)
{
    for (const auto& item : items_) {
        add(item, item.label, false);
        for (const auto& name : item.synonyms)
            add(item, name, false);
        for (const auto& name : item.former)
            add(item, name, true);
    }
    // The longer name wins: « DDCSPP » before « DDCS ».
    std::stable_sort(names_.begin(), names_.end(),
                     [](const Name& a, const Name& b) { return a.words.size() > b.words.size(); });
}

void Institutions::add(const ListItem& item, const std::string& name, bool former)
{
    const bool first = name.starts_with('^');
    std::vector<std::string> words;
    std::vector<std::string> all;
    for (auto& word : words_in(name)) {
        if (!is_small(word.key))
            words.push_back(word.key);
        all.push_back(std::move(word.key));
    }
    if (!words.empty())
        names_.push_back(
            {std::move(words), std::move(all), &item, name.substr(first ? 1 : 0), first, former});
}

bool Institutions::names(std::string_view text, std::string_view code) const
{
    const auto words = without_small(words_in(text));
    return std::any_of(names_.begin(), names_.end(), [&](const Name& name) {
        if (name.item->code != code)
            return false;
        for (std::size_t at = 0; at < (name.first ? std::min<std::size_t>(1, words.size()) : words.size());
             ++at)
            if (follows(words, at, name.words))
                return true;
        return false;
    });
}

std::optional<Institutions::Renamed> Institutions::renamed(std::string_view text) const
{
    const auto words = words_in(text); // « pôle de l'emploi » is not « Pôle emploi »
    for (const auto& name : names_) {
        if (!name.former)
            continue;
        for (std::size_t at = 0; at < words.size(); ++at)
            if (follows(words, at, name.all)) {
                const auto begin = words[at].begin;
                const auto end = words[at + name.all.size() - 1].end;
                return Renamed{std::string(text.substr(0, begin)) + name.item->label +
                                   std::string(text.substr(end)),
                               name.written, name.item->label};
            }
    }
    return std::nullopt;
}

} // namespace pacte
