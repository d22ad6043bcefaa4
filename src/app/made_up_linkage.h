// Two agencies' records linked: the example's made-up people, and beside them twins, a namesake, somebody in several
// capacities and a record under seal. Only *_test.cpp includes this.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

#include "app/linkage_verbs.h"
#include "app/made_up_world.h"
#include "app/session.h"
#include "base/source_folder.h"
#include "linkage/stage.h"

namespace throughline::app {

inline const std::string k_example_agencies = std::string(base::k_source_folder) + "/examples/agencies/";

// Columns of the crime reports: the victim's forename, surname and birth, then the suspect's with address and postcode.
struct MadeUpCrime {
  std::string reference;
  std::string victim = ",,";
  std::string suspect = ",,";
  std::string home = ",";
};

inline std::string crime_row(const MadeUpCrime& crime) {
  return crime.reference + ",Otherford Police,105A,Assault without injury,01/03/2025 20:57,01/03/2025 06:12,,,,,," +
         crime.victim + ",,,," + crime.suspect + ",,," + crime.home + ",,,,,,A made-up report.\n";
}

inline std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

struct LinkageVerbs : testing::Test, MadeUpWorld {
  LinkageVerbs() {
    static_cast<void>(founded());
    add_account("acole", "analyst");
    add_account("bdean", "analyst");
    add_account("chief", "administrator");
    write("crimes.csv", file_text(k_example_agencies + "crime_reports.csv") + crimes());
    write("missing.csv", missing());
    write("reports.csv", reports());
    read_in("acole", "crimes.csv");
    read_in("founder", "missing.csv");
    read_in("acole", "reports.csv");
    ran = link(outside, asking("acole", "PROTECT"), {.act = "run"}).value();
  }

  static std::string crimes() {
    return crime_row({.reference = "T/1",
                      .victim = "Quillon,Vexworthy,20/04/2009",
                      .suspect = "Examplo,Mockstead,04/08/1995",
                      .home = "\"141 Sample Street, Sampleham\",ZZ1 5ES"}) +
           crime_row({.reference = "T/2",
                      .suspect = "Quillon,Vexworthy,20/04/2009",
                      .home = "\"38 Sample Street, Mockbridge\",ZZ8 9FU"}) +
           // The twin, in the same home.
           crime_row({.reference = "T/3",
                      .suspect = "Prothera,Vexworthy,20/04/2009",
                      .home = "\"38 Sample Street, Mockbridge\",ZZ8 9FU"}) +
           // A namesake of another age and place.
           crime_row({.reference = "T/4",
                      .suspect = "Examplo,Mockstead,11/12/1971",
                      .home = "\"9 Fiction Way, Dummington\",ZZ4 1AA"});
  }
  static std::string missing() {
    return "Episode reference,Force,Local authority,Forename,Surname,Known as,Date of birth,Sex,Ethnicity,Phone,Home "
           "address,Home postcode,Placement type,Category,Risk level,Missing from,Reported at,Reported by,Found "
           "at,Found "
           "where,Found postcode,Return interview offered,Return interview offered at,Return interview held at,Return "
           "interview held by,Return interview summary\n"
           "M-1,Council Hub,Example Council,Quillon,Vexworthi,Quill,2009-04-20,M,W1,,\"38 Sample Street, "
           "Mockbridge\",ZZ8 9FU,Foster care,Missing child,High,2025-04-01 10:00,2025-04-01 12:00,School,,,,,,,,\n"
           "M-2,Council Hub,Example Council,Fabrian,Vexworthy,,2012-09-02,M,W1,,\"38 Sample Street, Mockbridge\",ZZ8 "
           "9FU,Foster care,Missing child,Low,2025-05-01 10:00,2025-05-01 12:00,School,,,,,,,,\n";
  }
  static std::string reports() {
    const std::string header = file_text(k_example_agencies + "intelligence_reports.csv");
    return header.substr(0, header.find('\n') + 1) +
           "X-1,Specimen Field Intelligence,OFFICIAL-SENSITIVE,02/02/2025,06/02/2025,1,C,C,A2; "
           "S1,Low,3,A title,Sealda,Hiddenham,,03/03/1990,,,,,,\"7 Refuge Row, Nowhere\",ZZ9 9ZZ,,Subject 1 was "
           "seen.\r\n";
  }

  [[nodiscard]] Settings asking(const std::string& account, const std::string& purpose) const {
    Settings how = as(account);
    how.purpose = purpose;
    how.reason = "a made-up reason";
    return how;
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
  }
  void read_in(const std::string& account, const std::string& name) const {
    const auto answer = ingest(outside, asking(account, "PROTECT"),
                               {.files = {path(name)}, .mapping = {}, .supersedes = {}, .received = {}});
    ASSERT_TRUE(answer.ok()) << answer.error().message();
  }
  [[nodiscard]] Table people(const Settings& how, const WhoRequest& request) const {
    const Answer answer = who(outside, how, request);
    EXPECT_TRUE(answer.ok()) << (answer.ok() ? "" : answer.error().message());
    return answer.ok() ? section_of(answer.value(), "who").tables.at(0) : Table{};
  }
  static std::set<std::string> column(const Table& table, const std::string& name) {
    std::set<std::string> values;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      const Value value = cell_of(table, i, name);
      if (const auto* text = std::get_if<std::string>(&value)) values.insert(*text);
    }
    return values;
  }
  static const WhoRequest& quillon() {
    static const WhoRequest k_asked{.forename = "Quilon", .surname = "Vexworthy", .birth = "2009-04-20"};
    return k_asked;
  }
  // The number of the person that the first row of an answer is about.
  [[nodiscard]] std::string first_person(const Settings& how, const WhoRequest& request) const {
    return std::get<std::string>(cell_of(people(how, request), 0, "person"));
  }
  [[nodiscard]] Table records_of(const Settings& how, const std::string& person) const {
    const Answer answer = link(outside, how, {.act = "entity", .names = {person}});
    EXPECT_TRUE(answer.ok()) << (answer.ok() ? "" : answer.error().message());
    return answer.ok() ? section_of(answer.value(), "entity").tables.at(0) : Table{};
  }
  // Mentions of the made-up person by forename, out of the store itself.
  [[nodiscard]] std::vector<std::string> mentions_of(const std::string& forename) const {
    const auto session = Session::open(outside, as("acole"), "test").value();
    store::DuckConnection connection = session->connect().value();
    std::vector<std::string> names;
    for (const auto& mention : linkage::read_world(session->ledger(), connection, {}).value().mentions) {
      if (mention.person.forename == forename) names.push_back(mention.name());
    }
    return names;
  }
  static base::Error refusal(const Answer& answer) {
    EXPECT_FALSE(answer.ok());
    return answer.ok() ? base::Error{} : answer.error();
  }

  Report ran;
};

}  // namespace throughline::app
