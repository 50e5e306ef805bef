#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <sys/resource.h>

#include "core/text.hpp"
#include "core/validation.hpp"

// 100,000 rows of 20 columns with 2 % of faults, of the six kinds that any Table
// Schema states: required, enum, pattern, unique, range, reference.
//
//   bench_rows [ROWS [FOLDER]]   FOLDER: the data and the schema are written there
//                                too, for compare_validators to give to others.

using namespace pacte;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int references = 500;

constexpr const char* lignes = R"({"name": "lignes", "fields": [
 {"name": "id", "type": "string", "constraints": {"required": true, "unique": true}},
 {"name": "code", "type": "string", "constraints": {"required": true, "pattern": "[A-Z]-[0-9]{6}"}},
 {"name": "numero", "type": "string", "constraints": {"unique": true}},
 {"name": "nature", "type": "string", "constraints": {"enum": ["effectif", "taux", "montant", "indice", "typologie"]}},
 {"name": "sens", "type": "string", "constraints": {"enum": ["hausse favorable", "hausse défavorable"]}},
 {"name": "epci", "type": "string", "constraints": {"required": true}, "pacte": {"kind": "code"}},
 {"name": "annee", "type": "integer", "constraints": {"minimum": 2000, "maximum": 2100}},
 {"name": "axe", "type": "integer", "constraints": {"required": true, "minimum": 1, "maximum": 4}},
 {"name": "montant", "type": "number", "constraints": {"minimum": 0}},
 {"name": "part_etat", "type": "number", "constraints": {"minimum": 0}},
 {"name": "part_departement", "type": "number", "constraints": {"minimum": 0}},
 {"name": "autres", "type": "number", "constraints": {"minimum": 0}},
 {"name": "capacite", "type": "number", "constraints": {"minimum": 0}},
 {"name": "file_active", "type": "number"},
 {"name": "intitule", "type": "string", "constraints": {"required": true}},
 {"name": "description", "type": "string"},
 {"name": "porteur", "type": "string", "constraints": {"required": true}},
 {"name": "public", "type": "string"},
 {"name": "territoire", "type": "string"},
 {"name": "source", "type": "string", "constraints": {"required": true}}],
 "primaryKey": "id",
 "foreignKeys": [{"fields": "epci", "reference": {"resource": "epcis", "fields": "code"}}],
 "missingValues": [""], "pacte": {"order": 2}})";

constexpr const char* epcis = R"({"name": "epcis", "fields": [
 {"name": "code", "type": "string", "constraints": {"required": true, "unique": true}, "pacte": {"kind": "code"}}],
 "primaryKey": "code", "missingValues": [""], "pacte": {"order": 1}})";

std::string padded(int number, int digits)
{
    auto text = std::to_string(number);
    return std::string(static_cast<std::size_t>(digits) - text.size(), '0') + text;
}

Table table_of(const TableSchema& schema)
{
    Table table;
    table.name = schema.name;
    table.sheet = schema.name;
    for (const auto& field : schema.fields)
        table.headers.push_back(field.name);
    return table;
}

std::vector<Cell> clean_row(int i)
{
    const double amount = 1000.0 + i % 7919;
    return {"L-" + padded(i, 6),
            "A-" + padded(i % 1000000, 6),
            "n" + std::to_string(i),
            std::string(i % 2 == 0 ? "effectif" : "taux"),
            std::string("hausse défavorable"),
            "E" + padded(i % references, 4),
            2000.0 + i % 30,
            1.0 + i % 4,
            amount,
            amount / 2.0,
            amount / 4.0,
            amount / 4.0,
            static_cast<double>(i % 300),
            static_cast<double>(i % 280),
            "Garage solidaire itinérant numéro " + std::to_string(i),
            std::string("Un accompagnement de proximité sur rendez-vous ou sans."),
            "Association exemple " + std::to_string(i % 1000),
            std::string("Jeunes;Familles"),
            std::string("CC des Sucs"),
            std::string("Entretien")};
}

/// The faults, one row in fifty, of each kind in turn.
void spoil(std::vector<Cell>& row, int i)
{
    switch (i / 50 % 6) {
    case 0:
        row[14] = Blank{}; // required
        break;
    case 1:
        row[3] = std::string("nombre"); // enum
        break;
    case 2:
        row[1] = std::string("a-12"); // pattern
        break;
    case 3:
        row[2] = "n" + std::to_string(i - 1); // unique: the row before has it
        break;
    case 4:
        row[6] = 1875.0; // range
        break;
    default:
        row[5] = std::string("E9999"); // reference
        break;
    }
}

bool is_spoilt(int i) { return i % 50 == 49; }

void write_field(std::ofstream& file, const Cell& cell)
{
    const auto text = text_of(cell);
    if (const auto* number = std::get_if<double>(&cell)) {
        char buffer[40];
        std::snprintf(buffer, sizeof buffer, "%.10g", *number);
        file << buffer;
    } else {
        file << text; // no comma nor quotation mark in the data
    }
}

void write_files(const std::string& folder, const Table& rows)
{
    std::ofstream(folder + "/lignes.json") << lignes;
    std::ofstream csv(folder + "/lignes.csv");
    for (std::size_t i = 0; i < rows.headers.size(); ++i)
        csv << (i == 0 ? "" : ",") << rows.headers[i];
    csv << '\n';
    for (const auto& row : rows.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            csv << (i == 0 ? "" : ",");
            write_field(csv, row[i]);
        }
        csv << '\n';
    }
}

/// Of this process, all its threads together: it does not mind what else the machine does.
double cpu_ms()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto ms = [](const timeval& time) {
        return 1e3 * static_cast<double>(time.tv_sec) + 1e-3 * static_cast<double>(time.tv_usec);
    };
    return ms(usage.ru_utime) + ms(usage.ru_stime);
}

double peak_mb()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

} // namespace

int main(int argc, char** argv)
{
    const int count = argc > 1 ? std::atoi(argv[1]) : 100'000;
    const Schemas schemas({parse_schema(lignes, "lignes.json"), parse_schema(epcis, "epcis.json")});
    std::map<std::string, Table> tables;
    auto& targets = tables["epcis"] = table_of(schemas.table("epcis"));
    for (int i = 0; i < references; ++i)
        targets.rows.push_back({"E" + padded(i, 4)});
    auto& rows = tables["lignes"] = table_of(schemas.table("lignes"));
    rows.rows.reserve(static_cast<std::size_t>(count));
    std::size_t spoilt = 0;
    for (int i = 0; i < count; ++i) {
        rows.rows.push_back(clean_row(i));
        if (is_spoilt(i)) {
            spoil(rows.rows.back(), i);
            ++spoilt;
        }
    }
    if (argc > 2)
        write_files(argv[2], rows);
    const double data = peak_mb();

    double best = 1e9;
    double best_cpu = 1e9;
    FindingList list;
    for (int run = 0; run < 5; ++run) {
        list.findings.clear();
        const auto start = Clock::now();
        const double start_cpu = cpu_ms();
        validate({schemas, tables, nullptr, Date{std::chrono::year{2026} / 3 / 15}}, list);
        best = std::min(best, std::chrono::duration<double, std::milli>(Clock::now() - start).count());
        best_cpu = std::min(best_cpu, cpu_ms() - start_cpu);
    }
    std::map<std::string, int> codes;
    for (const auto& finding : list.findings)
        ++codes[finding.code];
    std::printf("pacte: %.1f ms (%.1f of processor), %zu findings for %zu faults, %.0f MB at the peak, %.0f "
                "MB of them the data\n",
                best, best_cpu, list.findings.size(), spoilt, peak_mb(), data);
    for (const auto& [code, number] : codes)
        std::printf("  %s %d\n", code.c_str(), number);
    return list.findings.size() == spoilt ? 0 : 1;
}
