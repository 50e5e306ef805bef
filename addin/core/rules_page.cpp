#include "core/rules_page.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "core/flat_ods.hpp"
#include "core/text.hpp"

namespace pacte {

namespace {

using ods::escaped;

struct Family {
    const char* prefix;
    Words title;
};

constexpr Family families[] = {
    {"TAB", {"Tables et colonnes", "Tables and columns"}},
    {"CEL", {"Cellules", "Cells"}},
    {"REF", {"Clés et renvois", "Keys and references"}},
    {"IDE", {"Identifiants", "Identifiers"}},
    {"NOM", {"Noms", "Names"}},
    {"PAR", {"Paramètres", "Settings"}},
    {"TER", {"Territoire", "Territory"}},
    {"THE", {"Thématiques", "Thématiques"}},
    {"BES", {"Besoins", "Needs"}},
    {"DIS", {"Dispositifs", "Dispositifs"}},
    {"OFF", {"Offre", "Places"}},
    {"PIS", {"Pistes", "Pistes"}},
    {"ACT", {"Actions", "Actions"}},
    {"BUD", {"Budget", "Budget"}},
    {"IND", {"Indicateurs", "Indicators"}},
    {"COM", {"Comités", "Committee"}},
    {"DOC", {"Document final", "Final document"}},
    {"NV", {"Ce qui n'a pas pu être vérifié", "What could not be checked"}},
};

constexpr Words columns_title = {"Ce que chaque colonne attend", "What each column expects"};

constexpr const char* style =
    "body { font-family: \"Liberation Sans\", Arial, sans-serif; max-width: 52em; margin: 2em auto; padding: "
    "0 1em; "
    "color: #161616; line-height: 1.45; }\n"
    "h1, h2 { color: #000091; }\nh3 { margin: 1.2em 0 .2em; font-size: 1em; }\n"
    "dl { margin: 0 0 0 1em; display: grid; grid-template-columns: 9.5em 1fr; column-gap: .5em; }\n"
    "dt { color: #555; }\ndd { margin: 0; }\n"
    "nav ul { columns: 2; padding-left: 1.2em; }\n"
    "table { border-collapse: collapse; width: 100%; }\ntd, th { border: 1px solid #ccc; padding: .2em .5em; "
    "text-align: left; vertical-align: top; }\ntd:first-child { width: 30%; }\n"
    ".erreur { color: #b34000; }\n.alerte { color: #716043; }\n.conseil { color: #0063cb; }\n";

/// The values at fault, which a message only has when it is said.
std::string with_ellipses(std::string_view pattern)
{
    std::string out;
    for (std::size_t i = 0; i < pattern.size(); ++i)
        if (pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}') {
            out += "…";
            i += 2;
        } else {
            out += pattern[i];
        }
    return out;
}

/// One rule, whichever its source.
struct Entry {
    std::string code;
    Severity severity;
    std::string title;
    std::string message;
    std::string cost;
    std::string suggestion;
    std::string example;
};

class Page {
public:
    Page(const Schemas& schemas, Language language) : schemas_(schemas), language_(language) { collect(); }

    std::string write()
    {
        head();
        write_summary();
        for (const auto& family : families)
            write_family(family);
        write_columns();
        out_ += "</body>\n</html>\n";
        return std::move(out_);
    }

private:
    [[nodiscard]] const char* say(Words words) const { return words.in(language_); }
    [[nodiscard]] std::string said(const Text& text) const
    {
        return language_ == Language::english && !text.english.empty() ? text.english : text.french;
    }

    void collect()
    {
        for (const auto& rule : all_rules())
            entries_.push_back({rule.code, rule.severity, say(rule.title), say(rule.message), say(rule.cost),
                                say(rule.suggestion), rule.example});
        for (const auto& schema : schemas_.tables())
            for (const auto& rule : schema.rules)
                entries_.push_back({rule.code, rule.severity, said(rule.title), said(rule.message),
                                    said(rule.cost), said(rule.suggestion), rule.example});
        std::stable_sort(entries_.begin(), entries_.end(),
                         [](const Entry& a, const Entry& b) { return a.code < b.code; });
    }

    void head()
    {
        const char* const title = say({"Les contrôles de la validation", "The rules of the validation"});
        out_ += "<!DOCTYPE html>\n<html lang=\"" + std::string(language_ == Language::french ? "fr" : "en") +
                "\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + title + "</title>\n<style>\n" + style +
                "</style>\n</head>\n<body>\n<h1>" + title + "</h1>\n<p>" +
                say({"Une erreur bloque ce qui dépend d'elle ; une alerte ou un conseil ne bloque rien. « "
                     "Non vérifié » "
                     "n'est pas une faute : il manquait de quoi contrôler. Les majuscules, les accents, les "
                     "espaces et "
                     "les apostrophes ne sont jamais une faute.",
                     "An error (“erreur”) blocks what depends on it; an alert (“alerte”) or advice "
                     "(“conseil”) blocks nothing. “Non vérifié”, not checked, "
                     "is no "
                     "fault: something was lacking to check. Case, accents, spaces and apostrophes are never "
                     "a fault."}) +
                "</p>\n";
    }

    [[nodiscard]] static bool is_of(const Entry& entry, const Family& family)
    {
        return entry.code.starts_with(std::string(family.prefix) + "-");
    }

    void write_summary()
    {
        out_ += "<nav><ul>\n";
        for (const auto& family : families) {
            const auto count = std::count_if(entries_.begin(), entries_.end(),
                                             [&](const Entry& entry) { return is_of(entry, family); });
            out_ += "<li><a href=\"#" + std::string(family.prefix) + "\">" + escaped(say(family.title)) +
                    "</a> (" + std::to_string(count) + ")</li>\n";
        }
        out_ += "<li><a href=\"#columns\">" + std::string(say(columns_title)) + "</a></li>\n</ul></nav>\n";
    }

    void line(Words label, const std::string& text)
    {
        if (!text.empty() && text != "…")
            out_ += "<dt>" + std::string(say(label)) + "</dt><dd>" + escaped(text) + "</dd>\n";
    }

    void write_family(const Family& family)
    {
        out_ += "<h2 id=\"" + std::string(family.prefix) + "\">" + escaped(say(family.title)) + "</h2>\n";
        for (const auto& entry : entries_) {
            if (!is_of(entry, family))
                continue;
            const std::string severity = name_of(entry.severity);
            out_ += "<h3 id=\"" + entry.code + "\">" + entry.code + " – " + escaped(entry.title) +
                    " <span class=\"" + severity + "\">(" + severity + ")</span></h3>\n<dl>\n";
            line({"Ce qui est dit", "What is said"}, with_ellipses(entry.message));
            line({"Ce que cela coûte", "What it costs"}, entry.cost);
            line({"Que faire", "What to do"}, with_ellipses(entry.suggestion));
            line({"Exemple", "Example"}, entry.example);
            out_ += "</dl>\n";
        }
    }

    void write_columns()
    {
        out_ += "<h2 id=\"columns\">" + std::string(say(columns_title)) + "</h2>\n";
        for (const auto& schema : schemas_.tables()) {
            if (schema.generated)
                continue;
            out_ += "<h3>" + escaped(schema.sheet) + "</h3>\n<table>\n";
            for (const auto& field : schema.fields)
                out_ += "<tr><td>" + escaped(field.title) + "</td><td>" + escaped(expected(schema, field)) +
                        "</td></tr>\n";
            out_ += "</table>\n";
        }
    }

    [[nodiscard]] std::string type_of(const Field& field) const
    {
        if (field.type == "number")
            return say({"nombre", "number"});
        if (field.type == "integer")
            return say({"nombre entier", "whole number"});
        if (field.type == "year")
            return say({"année", "year"});
        if (field.type == "date")
            return "date";
        if (field.type == "boolean")
            return say({"oui ou non", "yes or no"});
        if (field.kind == "siret" || field.kind == "siren")
            return say({"numéro ", "number "}) + std::string(field.kind == "siret" ? "SIRET" : "SIREN");
        return field.kind == "insee" ? "code Insee" : say({"texte", "text"});
    }

    [[nodiscard]] std::string expected(const TableSchema& schema, const Field& field) const
    {
        std::string text = type_of(field);
        const auto add = [&](const std::string& more) { text += ", " + more; };
        if (field.required)
            add(say({"obligatoire", "required"}));
        if (field.unique)
            add(say({"unique", "unique"}));
        if (field.is_list)
            add(say({"plusieurs valeurs séparées par des points-virgules",
                     "several values separated by semicolons"}));
        if (field.minimum)
            add(say({"au moins ", "at least "}) + bound(field, *field.minimum));
        if (field.maximum)
            add(say({"au plus ", "at most "}) + bound(field, *field.maximum));
        if (!field.enumeration.empty())
            add(say({"parmi : ", "among: "}) + joined(field.enumeration));
        for (const auto& key : schema.foreign_keys)
            if (key.field == field.name && schemas_.find(key.table) != nullptr)
                add(say({"renvoie à la feuille ", "refers to the sheet "}) + schemas_.find(key.table)->sheet);
        return text;
    }

    static std::string bound(const Field& field, double value)
    {
        return field.type == "year" ? text_of(Cell(value)) : french_number(value, 2);
    }

    static std::string joined(const std::vector<std::string>& values)
    {
        std::string list;
        for (const auto& value : values)
            list += (list.empty() ? "" : ", ") + value;
        return list;
    }

    const Schemas& schemas_;
    Language language_;
    std::vector<Entry> entries_;
    std::string out_;
};

} // namespace

std::string rules_page(const Schemas& schemas, Language language) { return Page(schemas, language).write(); }

} // namespace pacte
