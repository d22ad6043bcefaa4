#include <array>

#include <gtest/gtest.h>

#include "records/mapping.h"

namespace throughline::records {
namespace {

// A mapping without a fault, to be spoilt line by line.
constexpr std::string_view k_sound = R"(name = "burglaries"
version = 2
title = "Burglaries of a made-up district"
data_class = "personal"
retention = "crime"
file_name = "{month}-{district}-burglaries.csv"
coverage = ["district", "month"]
untyped = ["Row number"]

[vocabulary]
sex = ["F", "M"]

[[item]]
table = "event"
kind = "crime"
place = "address"

[[item]]
table = "person"
name = "victim"
roles = ["victim", "occupant"]

[[column]]
file_name = "month"
required = true

[[column]]
file_name = "district"
to = "event.agency"
required = true

[[column]]
name = "Date"
also = ["Day", "Date of offence"]
to = "event.start"
dates = "british"

[[column]]
name = "Longitude"
to = "event.longitude"

[[column]]
name = "Latitude"
to = "event.latitude"

[[column]]
name = "LSOA"
to = "event.lsoa"
[column.replace]
Marsh = "E01000901"
Nowhere = ""

[[column]]
name = "Method"
to = "event.category"
closed = true
vocabulary = ["Door", "Window"]
max_bytes = 20
[column.replace]
window = "Window"

[[column]]
name = "Flags"
to = "event.flags"
list = true

[[column]]
name = "Sex"
to = "victim.sex"
vocabulary = "sex"
)";

std::string faults_of(const std::string& toml) {
  std::string text;
  for (const MappingFault& fault : check_mapping(toml, "own.toml").faults) {
    EXPECT_EQ(fault.file, "own.toml");
    text += (text.empty() ? "" : "\n") + std::to_string(fault.line) + ": " + fault.what;
  }
  return text;
}

// The faults once some words of the sound mapping are others.
std::string faults_with(std::string_view words, std::string_view others) {
  std::string toml(k_sound);
  const std::size_t at = toml.find(words);
  EXPECT_NE(at, std::string::npos) << words;
  return faults_of(toml.replace(at, words.size(), others));
}

TEST(MappingCheck, reads_every_key) {
  const auto checked = check_mapping(std::string(k_sound), "own.toml");
  ASSERT_TRUE(checked.mapping.has_value()) << faults_of(std::string(k_sound));
  const Mapping& mapping = *checked.mapping;
  EXPECT_EQ(mapping.label(), "burglaries 2");
  EXPECT_EQ(mapping.data_class, ledger::DataClass::personal);
  EXPECT_EQ(mapping.retention, "crime");
  EXPECT_EQ(mapping.coverage, (std::vector<std::string>{"district", "month"}));
  EXPECT_EQ(mapping.untyped, std::vector<std::string>{"Row number"});
  ASSERT_EQ(mapping.items.size(), 2);
  EXPECT_EQ(mapping.items[0].name, "event");
  EXPECT_EQ(mapping.items[0].place_precision, PlacePrecision::address);
  EXPECT_EQ(roles_text(mapping.items[1].roles), "victim, occupant");
  ASSERT_EQ(mapping.columns.size(), 9);
  EXPECT_TRUE(mapping.columns[0].aims.empty());
  EXPECT_EQ(mapping.columns[1].file_name_part, "district");
  EXPECT_EQ(mapping.columns[2].names, (std::vector<std::string>{"Date", "Day", "Date of offence"}));
  EXPECT_EQ(mapping.columns[2].date_order, DateOrder::british);
  EXPECT_EQ(mapping.columns[5].replace.at("Nowhere"), "");
  EXPECT_TRUE(mapping.columns[6].is_closed);
  EXPECT_EQ(mapping.columns[6].text_bytes_max, 20);
  EXPECT_TRUE(mapping.columns[7].is_list);
  EXPECT_EQ(mapping.columns[8].vocabulary, (std::vector<std::string>{"F", "M"}));
  EXPECT_EQ(mapping.columns[8].aims.front().item, 1);
  EXPECT_EQ(mapping.toml, k_sound);
  EXPECT_EQ(mapping.hash.hex().substr(0, 8), check_mapping(std::string(k_sound), "x").mapping->hash.hex().substr(0, 8));
}

struct Spoilt {
  std::string_view words;
  std::string_view others;
  std::string_view fault;
};

constexpr auto k_keys_alone = std::to_array<Spoilt>({
    {"title =", "titel =", "1: a mapping has no \"title\"\n3: \"titel\" is no key of a mapping (nearest: \"title\")"},
    {"version = 2", "version = 0", "2: \"version\" is 0; it must be 1 to 1000000"},
    {"version = 2", "version = \"2\"", "2: \"version\" of a mapping is a text; it must be a whole number"},
    {"\"burglaries\"", "\"Burglaries!\"",
     "1: the name of a mapping, \"Burglaries!\" must be small letters, digits and hyphens"},
    {"\"burglaries\"", "\" \"", "1: \"name\" of a mapping is empty; leave the key out instead"},
    {"\"personal\"", "\"personnal\"",
     "4: \"personnal\" is no data class (nearest: \"personal\"); there are published, personal, sensitive"},
    {"untyped = [\"Row number\"]", "untyped = [\"A\", 7, \"A\", \"\"]",
     "8: \"untyped\" of a mapping holds \"A\" twice\n8: \"untyped\" of a mapping holds a whole number; each must be "
     "a text that is not empty\n8: \"untyped\" of a mapping holds an empty text; each must be a text that is not "
     "empty"},
    {"untyped = [\"Row number\"]", "format = \"cvs\"",
     "8: \"cvs\" is no format (nearest: \"csv\"); there are csv, ndjson, xlsx, parquet"},
    {"untyped = [\"Row number\"]", "delimiter = \"; \"",
     "8: \"delimiter\" must be one ASCII character, and neither a quote nor a line break"},
    {"untyped = [\"Row number\"]", "gateway = \"CDA98_S155\"",
     "8: \"CDA98_S155\" is no gateway (nearest: \"CDA98_S115\"); there are NONE, PUBLIC_RECORD, CDA98_S115, "
     "CDA98_S17A, CA2004_S10_11, CA2004_S16LA, CA89_S17_47, CARE14_S42, CARE14_S45, PCSC22_S16, MSA15_S52, "
     "UKGDPR_PUBLIC_TASK, UKGDPR_LEGAL_OBLIGATION, UKGDPR_ART17, DPA18_PART3, COMMON_LAW"},
    {"\"occupant\"", "\"occupent\"",
     "21: \"occupent\" is no role (nearest: \"occupant\"); there are victim, suspect, missing, witness, patient, "
     "caller, occupant, driver, searched, subject, professional, reporter, detained, referred, pupil, in treatment, "
     "released, holder, called, seen"},
    {"place = \"address\"", "place = \"adress\"",
     "16: \"adress\" is no precision of a place (nearest: \"address\"); there are none, area, snapped, address, "
     "exact"},
    {"dates = \"british\"", "dates = \"brittish\"",
     "36: \"brittish\" is no order of dates (nearest: \"british\"); there are iso, british"},
    {"max_bytes = 20", "max_bytes = 0", "58: \"max_bytes\" is 0; it must be 1 to 16777216"},
    {"list = true", "list = \"yes\"", "65: \"list\" of a column is a text; it must be true or false"},
    {"vocabulary = \"sex\"", "vocabulary = \"sexx\"",
     "70: \"sexx\" is no vocabulary of this mapping (nearest: \"sex\"); there are sex"},
    {"name = \"Longitude\"", "nam = \"Longitude\"",
     "38: a column needs a \"name\", or a \"file_name\" for a part of the file's name\n39: \"nam\" is no key of a "
     "column (nearest: \"name\")"},
    {"name = \"Flags\"", "name = \"Flags\"\nfile_name = \"district\"",
     "62: a column has either a \"name\" or a \"file_name\", not both"},
    {"Nowhere = \"\"", "Nowhere = 4", "51: \"Nowhere\" is replaced by a whole number; it must be a text"},
    {"Nowhere = \"\"", "\" \" = \"E01000901\"", "51: a blank value is never replaced"},
    {"also = [\"Day\", \"Date of offence\"]", "also = \"Date\"", "34: \"Date\" is the column's name already"},
});

TEST(MappingCheck, names_line_fault_and_nearest_name_of_a_key_alone) {
  for (const Spoilt& row : k_keys_alone) EXPECT_EQ(faults_with(row.words, row.others), row.fault) << row.others;
}

constexpr auto k_parts_together = std::to_array<Spoilt>({
    {"table = \"event\"", "table = \"evnt\"",
     "14: \"evnt\" is no table (nearest: \"event\"); there are event, person, object, location, observation, area, "
     "area_part, population, centroid"},
    {"kind = \"crime\"\n", "", "13: an item of table event needs a \"kind\""},
    {"place = \"address\"", "series = \"x\"", "16: an item of table event takes no \"series\""},
    {"place = \"address\"", "name = \"crime\"", "16: the item of table event is always called \"event\""},
    {"roles = [\"victim\", \"occupant\"]\n", "", "18: an item of table person needs a \"roles\""},
    {"[[item]]\ntable = \"person\"\nname = \"victim\"\nroles = [\"victim\", \"occupant\"]",
     "[[item]]\ntable = \"person\"\nname = \"event\"\nroles = [\"victim\"]",
     "18: no column fills the item \"event\"\n18: two items are called \"event\", here and on line 13; give each a "
     "\"name\"\n69: \"victim.sex\": there is no item \"victim\""},
    {"\"event.category\"", "\"event.catgory\"",
     "55: \"event.catgory\": table event has no field \"catgory\" (nearest: \"category\")"},
    {"\"victim.sex\"", "\"victm.sex\"",
     "18: no column fills the item \"victim\"\n69: \"victm.sex\": there is no item \"victm\" (nearest: \"victim\")"},
    {"\"event.flags\"", "\"event\"", "64: \"event\": table event has no field \"\""},
    {"\"event.flags\"", "\"event.category\"", "64: \"event.category\" is filled twice, here and on line 55"},
    {"to = \"event.flags\"\n", "", "62: this column goes nowhere: give it a \"to\", or name it under \"untyped\""},
    {"to = \"event.latitude\"", "to = \"event.title\"",
     "13: \"event\" has a part of a point but no column for latitude"},
    {"to = \"event.flags\"", "to = \"event.handling\"",
     "13: \"event\" has a part of a grade but no column for conditions\n13: \"event\" has a part of a grade but no "
     "column for grade_assessment\n13: \"event\" has a part of a grade but no column for grade_source\n65: \"list\" "
     "is for words only"},
    {"to = \"event.flags\"\nlist = true", "to = \"event.flags\"\ndates = \"iso\"", "65: \"dates\" is for dates only"},
    {"to = \"event.flags\"", "to = \"event.flags\"\ndigits_min = 9",
     "65: \"digits_min\" and \"digits_max\" stand together"},
    {"to = \"event.flags\"", "to = \"event.flags\"\ndigits_min = 9\ndigits_max = 8",
     "66: \"digits_min\" is 9, more than \"digits_max\", 8"},
    {"to = \"event.flags\"", "to = \"event.flags\"\ndigits_min = 9\ndigits_max = 41",
     "66: \"digits_max\" is 41; it must be 1 to 40"},
    {"to = \"event.lsoa\"", "to = \"event.lsoa\"\ndigits_min = 9\ndigits_max = 9",
     "50: \"digits_min\" is for words only"},
    {"to = \"event.lsoa\"", "to = \"event.lsoa\"\nmax_bytes = 9", "49: \"max_bytes\" is for words only"},
    {"to = \"event.lsoa\"", "to = \"event.lsoa\"\nvocabulary = [\"E01000901\"]", "49: a vocabulary is for words only"},
    {"\"E01000901\"", "\"E0100901\"", "50: \"E0100901\", what replaces \"Marsh\", is not an ONS code"},
    {"window = \"Window\"", "window = \"Windows\"",
     "60: \"window\" is replaced by \"Windows\", which is not in the column's vocabulary (nearest: \"Window\")"},
    {"max_bytes = 20", "max_bytes = 5", "57: \"Window\" is longer than the column's 5 bytes"},
    {"vocabulary = [\"Door\", \"Window\"]\n", "", "56: \"closed\" needs a vocabulary"},
    {"\"Row number\"", "\"Flags\"", "62: \"Flags\" stands under \"untyped\" as well"},
    {"coverage = [\"district\", \"month\"]", "coverage = [\"distrct\", \"month\"]",
     "7: \"coverage\" names \"distrct\", which is no column of the mapping (nearest: \"district\")"},
    {"file_name = \"month\"\nrequired = true", "file_name = \"month\"",
     "23: a column of the coverage must be required"},
    {"untyped = [\"Row number\"]", "retention_column = \"Methd\"",
     "8: \"retention_column\" names \"Methd\", which is no column of the mapping (nearest: \"Method\")"},
    {"{district}", "{distrikt}", "27: the pattern of the file's name has no {district} (nearest: \"distrikt\")"},
    {"{month}-{district}", "{month}{district}", "6: {month} and {district} touch: nobody can tell where one ends"},
    {"{district}", "{month}", "6: the pattern of the file's name has {month} twice"},
    {"{district}-burglaries", "{district-burglaries", "6: a { in the pattern of the file's name is never closed"},
    {"{month}-{district}-burglaries", "burglaries",
     "6: the pattern of the file's name has no part in braces, such as {month}"},
});

TEST(MappingCheck, names_line_fault_and_nearest_name_of_what_does_not_fit) {
  for (const Spoilt& row : k_parts_together) EXPECT_EQ(faults_with(row.words, row.others), row.fault) << row.others;
}

TEST(MappingCheck, wants_all_that_makes_a_row_of_reference_mean_something) {
  EXPECT_EQ(faults_of("name = \"places\"\ntitle = \"Places\"\ndata_class = \"published\"\nretention = \"published\"\n"
                      "[[item]]\ntable = \"area_part\"\nvintage = 2024\n[[column]]\nname = \"A\"\nto = "
                      "\"area_part.child\"\n"),
            "5: \"area_part\" has no column for parent, without which a row of table area_part means nothing");
}

TEST(MappingCheck, says_where_a_text_is_no_toml) {
  EXPECT_EQ(faults_of("name = \"a\"\nname = \"b\"\n").substr(0, 21), "2: this is not TOML: ");
  EXPECT_EQ(faults_of("title = \"x\n").substr(0, 21), "1: this is not TOML: ");
}

TEST(MappingCheck, an_empty_file_lacks_everything) {
  EXPECT_EQ(faults_of(""),
            "1: a mapping has no \"data_class\"\n1: a mapping has no \"name\"\n1: a mapping has no \"retention\"\n1: a "
            "mapping has no \"title\"\n1: the mapping has no [[column]]\n1: the mapping has no [[item]]");
}

}  // namespace
}  // namespace throughline::records
