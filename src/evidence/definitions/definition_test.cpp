#include "evidence/definitions/definition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evidence/definitions/run_definition.h"

namespace throughline::evidence {
namespace {

using testing::HasSubstr;

CheckedDefinitions read(const std::string& text) {
  return read_definitions({{.file = "test.toml", .text = text}}, built_in_catalogue());
}

// A definition that is in order, with lines to be added.
std::string definition(const std::string& id, const std::string& more) {
  return "[[definition]]\nid = \"" + id + "\"\nstatus = \"proposal\"\nwords = \"w\"\nsource = \"s\"\npage = \"p\"\n" +
         more + "\n";
}

const Definition& named(const std::string& name) {
  return *find_definition(name, built_in_definitions()).value();
}

TEST(definitions, that_are_carried_are_in_order_and_every_term_has_one) {
  EXPECT_TRUE(read_definitions(definition_texts(), built_in_catalogue()).faults.empty());
  for (const char* term :
       {"drug-related crime", "open drug market", "drug harm", "county line", "drug death", "drug offence group"}) {
    EXPECT_GE(rivals_of(term, built_in_definitions()).value().size(), 3U) << term;
  }
}

TEST(definitions, name_their_latest_version_or_the_one_asked_for) {
  EXPECT_EQ(named("possession-offence").version, 2);
  EXPECT_EQ(named("possession-offence@1").validity(), "to 2004-03");
  EXPECT_FALSE(named("possession-offence@2")
                   .holds_in(base::parse_month("2004-01").value(), base::parse_month("2004-12").value()));
  EXPECT_THAT(find_definition("posession-offence", built_in_definitions()).error().message(),
              HasSubstr("Did you mean “possession-offence”?"));
  EXPECT_THAT(find_definition("possession-offence@7", built_in_definitions()).error().message(),
              HasSubstr("versions 1, 2"));
  EXPECT_EQ(rivals_of("drug deth", built_in_definitions()).error().code, "term_unknown");
}

TEST(definitions, are_carried_out_on_the_stored_series) {
  const auto run = run_definition(named("drug-offence"), built_in_catalogue());
  ASSERT_EQ(run.size(), 1U);
  const auto& points = std::get<std::vector<SeriesPoint>>(run.front().points);
  const auto whole = std::ranges::find(points, "England and Wales", &SeriesPoint::area);
  ASSERT_NE(whole, points.end());
  EXPECT_EQ(whole->value, 26978 + 849 + 27673 + 82455);
  EXPECT_TRUE(run.front().caveats.has(Caveat::police_activity));
}

TEST(definitions, of_overlapping_substances_are_not_added_up) {
  const CheckedDefinitions made =
      read("term = \"t\"\n" + definition("two",
                                         "version = 1\n[[definition.counts]]\nseries = "
                                         "\"drug_deaths_by_substance\"\nlines = [\"cocaine\", "
                                         "\"methadone\"]"));
  ASSERT_TRUE(made.faults.empty());
  const auto run = run_definition(made.definitions.front(), built_in_catalogue());
  EXPECT_EQ(std::get<Refusal>(run.front().points).rule, Rule::substances_are_not_summed);
}

struct Fault {
  std::string text;
  std::string what;
};

TEST(definitions, that_are_out_of_order_are_faults) {
  const std::string needs = "needs = [\"n\"]";
  const std::vector<Fault> table{
      {"term = ", "is no TOML"},
      {"term = \"t\"\n", "there is no [[definition]]"},
      {"term = \"t\"\n" + definition("a", needs), "a version from 1"},
      {"term = \"t\"\n" + definition("a", "version = 1"), "it counts nothing, needs nothing and cites nothing"},
      {"term = \"t\"\n" + definition("a", "version = 1\ncolour = \"red\"\n" + needs), "the key colour is unknown"},
      {"term = \"t\"\n" + definition("a", "version = 1\ncaveats = [\"NONE\"]\n" + needs), "there is no caveat NONE"},
      {"term = \"t\"\n" + definition("a", "version = 1\nvalid_from = \"soon\"\n" + needs), "valid_from is no month"},
      {"term = \"t\"\n" + definition("a", "version = 1\n" + needs) + definition("a", "version = 1\n" + needs),
       "is there twice"},
      {"term = \"t\"\n" + definition("a", "version = 1\n" + needs) +
           definition("a", "version = 2\nvalid_from = \"2010-01\"\n" + needs),
       "hold at one time"},
      {"term = \"t\"\n" +
           definition("a", "version = 1\n[[definition.counts]]\nseries = \"drug_deaths\"\nlines = [\"tea\"]"),
       "has no line tea"},
      {"term = \"t\"\n" +
           definition("a", "version = 1\n[[definition.counts]]\nmeasure = \"tea\"\ncategories = [\"x\"]"),
       "no measure tea"}};
  for (const Fault& row : table) {
    const CheckedDefinitions made = read(row.text);
    std::string all;
    for (const CatalogueFault& fault : made.faults) all += fault.what + "\n";
    EXPECT_THAT(all, HasSubstr(row.what)) << row.text;
  }
}

}  // namespace
}  // namespace throughline::evidence
