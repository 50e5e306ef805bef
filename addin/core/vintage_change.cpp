#include "core/vintage_change.hpp"

#include <algorithm>
#include <set>

#include "core/rows.hpp"
#include "core/text.hpp"

namespace pacte {

namespace {

std::string plain(std::int64_t number) { return std::to_string(number); }

/// The planning of one passage.
class Planner {
public:
    Planner(const std::map<std::string, Table>& tables, const Schemas& schemas, const CogYears& years,
            int from, int to)
        : tables_(tables), schemas_(schemas), years_(years), before_(years.of(from)), after_(years.of(to)),
          to_(to)
    {
    }

    VintagePlan run()
    {
        plan_territoires();
        plan_communes();
        follow("besoins", "code_epci", true);
        follow("offre", "code_insee", false);
        plan_dispositifs();
        return std::move(plan_);
    }

private:
    [[nodiscard]] const Table* find(const std::string& name) const
    {
        const auto found = tables_.find(name);
        return found == tables_.end() ? nullptr : &found->second;
    }

    void change(const Table& table, std::size_t row, const std::string& field, const Cell& before, Cell after,
                const std::string& reason)
    {
        const bool has_column = columns_ != nullptr && columns_->index(field) >= 0;
        if (has_column && trimmed(text_of(before)) != trimmed(text_of(after)))
            plan_.changes.push_back({table.name, table.sheet, row, field, before, std::move(after), reason});
    }

    /// Changed only where the cell still says what the former year does.
    void renew(const Table& table, std::size_t row, const std::string& field, const Cell& now,
               const std::string& former, Cell after, const std::string& reason)
    {
        if (is_blank(now) || fold(text_of(now)) == fold(former))
            change(table, row, field, now, std::move(after), reason);
    }

    [[nodiscard]] std::string epci_after(const std::string& siren, std::string& reason)
    {
        const auto passage = years_.epci_in(to_, siren);
        if (!passage || passage->siren == siren)
            return siren;
        const EpciRecord* now = after_.epci(passage->siren);
        reason = "réuni à " + (now == nullptr ? passage->siren : now->name);
        if (passage->share < 1.0)
            plan_.remarks.push_back("L'EPCI " + siren +
                                    " a été partagé : " + french_number(passage->share * 100.0, 0) +
                                    " % de ses habitants sont désormais dans " +
                                    (now == nullptr ? passage->siren : now->name) + ".");
        return passage->siren;
    }

    void plan_territoires()
    {
        const Table* table = find("territoires");
        if (table == nullptr)
            return;
        const Columns columns(schemas_.table("territoires"), *table);
        columns_ = &columns;
        for (std::size_t row = 0; row < table->rows.size(); ++row) {
            const auto& cells = table->rows[row];
            const std::string siren = read_code(columns.cell(cells, "code_epci"), 9);
            if (siren.empty())
                continue;
            std::string reason;
            const std::string now = epci_after(siren, reason);
            const EpciRecord* after = after_.epci(now);
            if (after == nullptr) {
                plan_.remarks.push_back("L'EPCI " + siren + " n'existe pas en " + plain(to_) +
                                        " : sa ligne est laissée.");
                continue;
            }
            if (!sirens_.insert(now).second)
                plan_.remarks.push_back("« " + text_of(columns.cell(cells, "nom")) +
                                        " » et une autre ligne de « Territoires » sont "
                                        "désormais un seul EPCI (" +
                                        after->name + ") : gardez une seule ligne, ici et dans « Besoins ».");
            const EpciRecord* before = before_.epci(siren);
            change(*table, row, "code_epci", columns.cell(cells, "code_epci"), now, reason);
            renew(*table, row, "nom", columns.cell(cells, "nom"), before == nullptr ? "" : before->name,
                  after->name, reason);
            renew(*table, row, "nature", columns.cell(cells, "nature"),
                  before == nullptr ? "" : before->nature, after->nature, reason);
            renew(*table, row, "population", columns.cell(cells, "population"),
                  before == nullptr ? "" : plain(before->population), static_cast<double>(after->population),
                  "population de l'année");
            renew(*table, row, "communes", columns.cell(cells, "communes"),
                  plain(static_cast<std::int64_t>(before_.members(siren).size())),
                  static_cast<double>(after_.members(now).size()), reason);
        }
    }

    void plan_communes()
    {
        const Table* table = find("communes");
        if (table == nullptr)
            return;
        const Columns columns(schemas_.table("communes"), *table);
        columns_ = &columns;
        std::set<std::string> present;
        for (const auto& cells : table->rows)
            if (const std::string code = read_code(columns.cell(cells, "code_insee"), 5);
                after_.commune(code) != nullptr)
                present.insert(code);
        std::set<std::string> done;
        for (std::size_t row = 0; row < table->rows.size(); ++row)
            plan_commune(*table, columns, row, present, done);
        add_communes(*table, done);
    }

    void plan_commune(const Table& table, const Columns& columns, std::size_t row,
                      const std::set<std::string>& present, std::set<std::string>& done)
    {
        const auto& cells = table.rows[row];
        const std::string code = read_code(columns.cell(cells, "code_insee"), 5);
        if (code.empty())
            return;
        const std::string now = years_.commune_in(to_, code);
        const Commune* after = after_.commune(now);
        if (after == nullptr) {
            plan_.remarks.push_back("La commune " + code + " n'existe pas en " + plain(to_) +
                                    " : sa ligne est laissée.");
            return;
        }
        if (now != code && (present.contains(now) || done.contains(now))) {
            for (const char* field : {"code_insee", "nom", "code_epci", "population", "latitude", "longitude",
                                      "source_des_coordonnees"})
                change(table, row, field, columns.cell(cells, field), Blank{},
                       "fusionnée dans " + after->name);
            return;
        }
        done.insert(now);
        const Commune* before = before_.commune(code);
        const std::string reason = now == code ? "" : "fusionnée dans " + after->name;
        change(table, row, "code_insee", columns.cell(cells, "code_insee"), now, reason);
        renew(table, row, "nom", columns.cell(cells, "nom"), before == nullptr ? "" : before->name,
              after->name, reason);
        renew(table, row, "code_epci", columns.cell(cells, "code_epci"),
              before == nullptr ? "" : before->epci, after->epci, "change d'EPCI");
        renew(table, row, "population", columns.cell(cells, "population"),
              before == nullptr ? "" : plain(before->population), static_cast<double>(after->population),
              "population de l'année");
    }

    /// Members of the EPCI of the territory that have no row yet.
    void add_communes(const Table& table, const std::set<std::string>& done)
    {
        const Columns columns(schemas_.table("communes"), table);
        columns_ = &columns;
        std::size_t row = table.rows.size();
        std::set<std::string> listed;
        for (const auto& cells : table.rows)
            listed.insert(read_code(columns.cell(cells, "code_epci"), 9));
        for (const std::string& siren : sirens_) {
            if (!listed.contains(siren))
                continue;
            for (const Commune* commune : after_.members(siren)) {
                const bool new_member = before_.commune(commune->code) == nullptr ||
                                        before_.commune(commune->code)->epci != siren;
                if (done.contains(commune->code) || !new_member)
                    continue;
                const std::string reason = "nouvelle commune de l'EPCI";
                change(table, row, "code_insee", Blank{}, commune->code, reason);
                change(table, row, "nom", Blank{}, commune->name, reason);
                change(table, row, "code_epci", Blank{}, siren, reason);
                change(table, row, "population", Blank{}, static_cast<double>(commune->population), reason);
                if (commune->point) {
                    change(table, row, "latitude", Blank{}, commune->point->latitude, reason);
                    change(table, row, "longitude", Blank{}, commune->point->longitude, reason);
                }
                ++row;
            }
        }
    }

    void follow(const std::string& name, const std::string& field, bool is_epci)
    {
        const Table* table = find(name);
        if (table == nullptr)
            return;
        const Columns columns(schemas_.table(name), *table);
        columns_ = &columns;
        for (std::size_t row = 0; row < table->rows.size(); ++row) {
            const Cell& cell = columns.cell(table->rows[row], field);
            const std::string code = read_code(cell, is_epci ? 9 : 5);
            if (code.empty())
                continue;
            std::string reason;
            const std::string now = is_epci ? epci_after(code, reason) : years_.commune_in(to_, code);
            if (!now.empty() && now != code)
                change(*table, row, field, cell, now, reason.empty() ? "fusionnée" : reason);
        }
    }

    /// The codes in the lists of « territoire couvert ».
    void plan_dispositifs()
    {
        const Table* table = find("dispositifs");
        if (table == nullptr)
            return;
        const Columns columns(schemas_.table("dispositifs"), *table);
        columns_ = &columns;
        for (std::size_t row = 0; row < table->rows.size(); ++row) {
            const Cell& cell = columns.cell(table->rows[row], "territoire_couvert");
            std::string text;
            bool changed = false;
            for (const std::string& part : split_list(text_of(cell))) {
                std::string now = part;
                std::string reason;
                if (part.size() == 9 && years_.epci_in(to_, part))
                    now = epci_after(part, reason);
                else if (part.size() == 5 && after_.commune(part) == nullptr)
                    if (const std::string commune = years_.commune_in(to_, part); !commune.empty())
                        now = commune;
                changed = changed || now != part;
                text += (text.empty() ? "" : "; ") + now;
            }
            if (changed)
                change(*table, row, "territoire_couvert", cell, text, "codes de l'année");
        }
    }

    const std::map<std::string, Table>& tables_;
    const Schemas& schemas_;
    const CogYears& years_;
    const Cog& before_;
    const Cog& after_;
    int to_;
    VintagePlan plan_;
    std::set<std::string> sirens_;     ///< of the territory, afterwards
    const Columns* columns_ = nullptr; ///< of the table that is being planned
};

} // namespace

VintagePlan plan_vintage_change(const std::map<std::string, Table>& tables, const Schemas& schemas,
                                const CogYears& years, int from, int to)
{
    return Planner(tables, schemas, years, from, to).run();
}

} // namespace pacte
