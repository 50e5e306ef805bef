#include <algorithm>
#include <array>
#include <set>

#include "core/text.hpp"
#include "core/validation_sheet.hpp"

// The committee that the cadrage (section 2.B) asks for: who sits in it, and when.

namespace pacte {

namespace {

constexpr std::size_t fewest_sessions = 4;

/// Code in the list of institutions, and the name to show.
constexpr std::pair<const char*, const char*> members[] = {
    {"commissaire", "Commissaire à la lutte contre la pauvreté"},
    {"ddets", "DDETS"},
    {"dreets", "DREETS"},
    {"departement", "services du Département ou de la métropole"},
};

class CommitteeCheck {
public:
    CommitteeCheck(Examination& examination, Sheet& sheet)
        : examination_(examination), institutions_(examination.institutions()), sheet_(sheet)
    {
    }

    void run()
    {
        if (sheet_.keyed_rows().empty())
            return;
        if (sheet_.columns().index("participants") >= 0) {
            read_participants();
            check_members();
            check_associated();
        }
        if (sheet_.columns().index("type") >= 0) {
            check_meetings();
            check_sessions();
        }
        check_minutes();
    }

private:
    void read_participants()
    {
        for (const auto row : sheet_.keyed_rows())
            for (auto& name : split_list(sheet_.text(row, "participants")))
                participants_.insert(std::move(name));
    }

    [[nodiscard]] bool has(const char* code) const
    {
        return std::any_of(participants_.begin(), participants_.end(),
                           [&](const std::string& name) { return institutions_.names(name, code); });
    }

    void check_members()
    {
        for (const auto& [code, name] : members) {
            const bool there = has(code) || (std::string_view(code) == "ddets" && has("ddetspp"));
            if (!there)
                sheet_.report_table(Rule::member_missing, {name});
        }
    }

    /// The associated bodies of the pistes of each axe.
    [[nodiscard]] std::array<std::set<std::string>, 4> associated_bodies()
    {
        std::array<std::set<std::string>, 4> bodies;
        if (const auto* pistes = examination_.find("pistes"))
            for (const auto row : pistes->keyed_rows())
                if (const int axe = read_axe(pistes->cell(row, "axe")); axe > 0)
                    for (auto& body : split_list(pistes->text(row, "acteur_associe")))
                        bodies[static_cast<std::size_t>(axe - 1)].insert(std::move(body));
        return bodies;
    }

    /// The same words, but for the territory, or the same institution of the list.
    [[nodiscard]] bool takes_part(const std::string& body) const
    {
        const auto known = list_code(body);
        if (known != nullptr)
            return has(known);
        const auto words = name_words(body);
        return std::any_of(participants_.begin(), participants_.end(),
                           [&](const std::string& name) { return name_words(name) == words; });
    }

    [[nodiscard]] const char* list_code(const std::string& body) const
    {
        const auto* items = examination_.input().schemas.find_list("acteurs");
        if (items != nullptr)
            for (const auto& item : *items)
                if (institutions_.names(body, item.code))
                    return item.code.c_str();
        return nullptr;
    }

    void check_associated()
    {
        const auto bodies = associated_bodies();
        for (std::size_t axe = 0; axe < bodies.size(); ++axe) {
            const auto& of_axe = bodies[axe];
            if (of_axe.empty() ||
                std::any_of(of_axe.begin(), of_axe.end(), [&](const auto& body) { return takes_part(body); }))
                continue;
            std::string list;
            for (const auto& body : of_axe)
                list += (list.empty() ? "" : ", ") + body;
            sheet_.report_table(Rule::associated_body_absent, {std::to_string(axe + 1), shown(list)});
        }
    }

    [[nodiscard]] std::vector<Date> dates_of(const char* type) const
    {
        std::vector<Date> dates;
        for (const auto row : sheet_.keyed_rows())
            if (fold(sheet_.text(row, "type")) == type)
                if (const auto date = read_date(sheet_.cell(row, "date")))
                    dates.push_back(*date);
        std::sort(dates.begin(), dates.end());
        return dates;
    }

    void check_meetings()
    {
        if (dates_of("lancement").empty())
            sheet_.report_table(Rule::meeting_missing, {"lancement", ""});
        if (dates_of("restitution").empty())
            sheet_.report_table(Rule::meeting_missing, {"restitution", ""});
    }

    /// Between the presentation of the état des lieux and the seminar: the first
    /// and the last meetings of that type. With one alone, the work goes on.
    void check_sessions()
    {
        const auto bounds = dates_of("restitution");
        if (bounds.size() < 2)
            return;
        const auto sessions = dates_of("suivi");
        const auto held =
            static_cast<std::size_t>(std::count_if(sessions.begin(), sessions.end(), [&](Date date) {
                return date >= bounds.front() && date <= bounds.back();
            }));
        const Words words = {"{0} séance(s) de travail", "{0} session(s)"};
        if (held < fewest_sessions)
            sheet_.report_table(Rule::too_few_sessions, {worded(sheet_.say(words), {std::to_string(held)})});
    }

    void check_minutes()
    {
        const int column = sheet_.columns().index("compte_rendu");
        for (const auto row : sheet_.keyed_rows()) {
            const auto date = read_date(sheet_.cell(row, "date"));
            if (column >= 0 && examination_.knows_date() && date && *date < examination_.date() &&
                sheet_.text(row, "compte_rendu").empty() && sheet_.is_sound(row, column))
                sheet_.report_cell(Rule::minutes_missing, row, column, {french_date(*date)});
        }
    }

    Examination& examination_;
    const Institutions& institutions_;
    Sheet& sheet_;
    std::set<std::string> participants_;
};

} // namespace

void check_committee(Examination& examination)
{
    if (auto* sheet = examination.find("comites"))
        CommitteeCheck(examination, *sheet).run();
}

} // namespace pacte
