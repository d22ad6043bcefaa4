#include "linkage/normal/names.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "linkage/normal/made_up_bytes_for_tests.h"

namespace throughline::linkage {
namespace {

std::string_view mark_of(NameElement element) {
  switch (element) {
    case NameElement::plain: return "";
    case NameElement::initial: return "/i";
    case NameElement::particle: return "/particle";
    case NameElement::descent: return "/descent";
    case NameElement::patronymic: return "/patronymic";
    case NameElement::sikh: return "/sikh";
    case NameElement::courtesy: return "/courtesy";
    case NameElement::honour: return "/honour";
    case NameElement::muhammad: return "/muhammad";
  }
  return "?";
}

// "VAN/particle BERG", "[DR] JOHN", "SMITH <JR>".
std::string told(const NamePart& part) {
  if (part.presence != Presence::present) return "(" + std::string(name_of(part.presence)) + ")";
  std::string text;
  const auto add = [&](const std::string& word) { text += (text.empty() ? "" : " ") + word; };
  for (const std::string& title : part.titles) add("[" + title + "]");
  for (const NameWord& word : part.words) add(word.text + std::string(mark_of(word.element)));
  for (const std::string& suffix : part.suffixes) add("<" + suffix + ">");
  return text;
}

std::string told(const PersonName& name) {
  return told(name.given) + " | " + told(name.family);
}

std::string told(const FullName& full) {
  std::string text = told(full.name);
  for (const PersonName& alias : full.aliases) text += " also " + told(alias);
  return text + (full.order_is_certain ? " !" : "");
}

std::string family(std::string_view text) {
  return told(read_family_name(text));
}

std::string given(std::string_view text) {
  return told(read_given_name(text));
}

std::string full(std::string_view text) {
  return told(read_full_name(text));
}

TEST(FamilyName, in_any_spelling_of_case_apostrophe_and_script_is_one) {
  for (const std::string_view text :
       {"O'Brien", "O’BRIEN", "o`brien", "O BRIEN", "O' Brien", "OBrien", " O'BRIEN ", "ＯＢＲＩＥＮ"}) {
    EXPECT_EQ(family(text), "OBRIEN") << text;
  }
  EXPECT_EQ(family("Müller"), "MULLER");
  EXPECT_EQ(family("Łukasiewicz"), "LUKASIEWICZ");
  EXPECT_EQ(family("Strauß"), "STRAUSS");
  EXPECT_EQ(family("Иванов"), "IVANOV");
  EXPECT_EQ(family("Παπαδόπουλος"), "PAPADOPOULOS");
  EXPECT_EQ(family("D'Souza"), "DSOUZA");
}

TEST(FamilyName, of_two_parts_is_both_and_joined) {
  for (const std::string_view text : {"Smith-Jones", "SMITH JONES", "smith – jones", "Smith/Jones"}) {
    EXPECT_EQ(family(text), "SMITH JONES") << text;
    EXPECT_EQ(read_family_name(text).joined, "SMITHJONES") << text;
  }
}

TEST(FamilyName, keeps_its_particles_marked_and_out_of_its_core) {
  EXPECT_EQ(family("van der Berg"), "VAN/particle DER/particle BERG");
  EXPECT_EQ(read_family_name("van der Berg").joined, "VANDERBERG");
  EXPECT_EQ(read_family_name("van der Berg").core, "BERG");
  EXPECT_EQ(read_family_name("Vanderberg").joined, "VANDERBERG");
  EXPECT_EQ(family("Al-Hassan"), "AL/particle HASSAN");
  EXPECT_EQ(read_family_name("Al Hassan").core, "HASSAN");
  EXPECT_EQ(family("de la Cruz"), "DE/particle LA/particle CRUZ");
  EXPECT_EQ(family("Van"), "VAN");
  EXPECT_EQ(family("bin Laith"), "BIN/descent LAITH");
  EXPECT_EQ(family("ap Rhys"), "AP/descent RHYS");
  EXPECT_EQ(read_family_name("Ben Salah").core, "SALAH");
}

TEST(FamilyName, joins_the_prefixes_that_stand_alone) {
  EXPECT_EQ(family("Mc Donald"), "MCDONALD");
  EXPECT_EQ(family("Fitz Gerald"), "FITZGERALD");
  EXPECT_EQ(family("St. John"), "STJOHN");
  EXPECT_EQ(family("Saint John"), "STJOHN");
  EXPECT_EQ(family("MAC"), "MAC");
  EXPECT_EQ(read_family_name("MacDonald").core, "MCDONALD");
  EXPECT_EQ(read_family_name("Mac Donald").core, "MCDONALD");
  EXPECT_EQ(read_family_name("McDonald").core, "MCDONALD");
  EXPECT_EQ(read_family_name("Macey").core, "MACEY");
  EXPECT_EQ(read_given_name("Macdonald").core, "MACDONALD");
}

TEST(Name, keeps_titles_and_suffixes_apart) {
  EXPECT_EQ(given("Dr John"), "[DR] JOHN");
  EXPECT_EQ(given("Cllr. Dr. Ann"), "[CLLR] [DR] ANN");
  EXPECT_EQ(family("Smith (Mrs)"), "[MRS] SMITH");
  EXPECT_EQ(family("Smith Jr."), "SMITH <JR>");
  EXPECT_EQ(family("Smith III OBE"), "SMITH <III> <OBE>");
  EXPECT_EQ(given("Leroy Junior"), "LEROY <JUNIOR>");
  EXPECT_EQ(given("Junior"), "JUNIOR");
  EXPECT_EQ(given("Major"), "MAJOR");
  EXPECT_EQ(given("Major Tom"), "[MAJOR] TOM");
  EXPECT_EQ(given("Major Singh"), "MAJOR SINGH/sikh");
  EXPECT_EQ(given("Haji"), "HAJI");
  EXPECT_EQ(given("Mia"), "MIA");
  EXPECT_EQ(given("John KC"), "JOHN KC");
  EXPECT_EQ(given("Mr"), "(blank)");
  EXPECT_EQ(read_given_name("Mr").titles, std::vector<std::string>{"MR"});
}

TEST(Name, marks_elements_that_many_people_share) {
  EXPECT_EQ(given("Harpreet Kaur"), "HARPREET KAUR/sikh");
  EXPECT_EQ(family("Singh"), "SINGH/sikh");
  EXPECT_EQ(family("Begum"), "BEGUM/courtesy");
  EXPECT_EQ(family("Khan"), "KHAN/honour");
  EXPECT_EQ(given("Syed Mohd Ali"), "SYED/honour MOHD/muhammad ALI");
  EXPECT_EQ(given("Abd al-Rahman"), "ABD AL/particle RAHMAN");
  EXPECT_EQ(given("Al"), "AL");
  EXPECT_EQ(given("Al Jay"), "AL JAY");
  EXPECT_EQ(given("Ivan Petrovich"), "IVAN PETROVICH/patronymic");
  EXPECT_EQ(family("Abramovich"), "ABRAMOVICH");
  EXPECT_EQ(family("Jónsdóttir"), "JONSDOTTIR/patronymic");
  EXPECT_EQ(given("John P."), "JOHN P/i");
  EXPECT_EQ(given("J.P."), "J/i P/i");
}

TEST(Name, writes_muhammad_in_one_way_in_its_core) {
  for (const std::string_view text : {"Mohammed", "MUHAMMAD", "Mohamed", "Mohammad", "Mohd", "Muhammed", "محمد"}) {
    EXPECT_EQ(read_given_name(text).core, "MUHAMMAD") << text;
  }
  EXPECT_EQ(read_given_name("Mahmoud").core, "MAHMOUD");
}

TEST(Name, that_says_nothing_is_missing_with_the_reason) {
  EXPECT_EQ(given(""), "(blank)");
  EXPECT_EQ(given(" . "), "(blank)");
  EXPECT_EQ(given("Unknown"), "(not known)");
  EXPECT_EQ(given("UNK"), "(not known)");
  EXPECT_EQ(given("N/K"), "(not known)");
  EXPECT_EQ(given("n/a"), "(not known)");
  EXPECT_EQ(given("Not Known"), "(not known)");
  EXPECT_EQ(given("TEST"), "(a test entry)");
  EXPECT_EQ(given("Baby"), "(not yet named)");
  EXPECT_EQ(given("Baby Girl"), "(not yet named)");
  EXPECT_EQ(given("xxxx"), "(filler)");
  EXPECT_EQ(given("XX"), "(filler)");
  EXPECT_EQ(given("refused"), "(withheld)");
  EXPECT_EQ(family("Oo"), "OO");
  EXPECT_EQ(full("UNKNOWN MALE"), "(not known) | (not known)");
  EXPECT_EQ(full("Unknown Smith"), "(not known) | SMITH");
}

TEST(FullName, is_cut_at_its_comma_or_its_capitals) {
  EXPECT_EQ(full("SMITH, John Paul"), "JOHN PAUL | SMITH !");
  EXPECT_EQ(full("John Paul SMITH"), "JOHN PAUL | SMITH !");
  EXPECT_EQ(full("SMITH John Paul"), "JOHN PAUL | SMITH !");
  EXPECT_EQ(full("Jan van der BERG"), "JAN | VAN/particle DER/particle BERG !");
  EXPECT_EQ(full("John McDONALD"), "JOHN | MCDONALD !");
  EXPECT_EQ(full("John Smith, OBE"), "JOHN | SMITH <OBE>");
  EXPECT_EQ(full("van der Berg, Dr Jan"), "[DR] JAN | VAN/particle DER/particle BERG !");
}

TEST(FullName, else_ends_with_the_family_name) {
  EXPECT_EQ(full("John Smith"), "JOHN | SMITH");
  EXPECT_EQ(full("JOHN PAUL SMITH"), "JOHN PAUL | SMITH");
  EXPECT_EQ(full("Dr John-Paul O'Brien"), "[DR] JOHN PAUL | OBRIEN");
  EXPECT_EQ(full("Anna Smith-Jones"), "ANNA | SMITH JONES");
  EXPECT_EQ(full("Ludwig van Beethoven"), "LUDWIG | VAN/particle BEETHOVEN");
  EXPECT_EQ(full("Osama bin Zaid"), "OSAMA | BIN/descent ZAID");
  EXPECT_EQ(full("Peter O Brien"), "PETER | OBRIEN");
  EXPECT_EQ(full("Martin Smith Jr"), "MARTIN | SMITH <JR>");
  EXPECT_EQ(full("Harpreet Kaur Gill"), "HARPREET KAUR/sikh | GILL");
  EXPECT_EQ(full("Smith"), "(blank) | SMITH");
  EXPECT_EQ(full("Mr Smith"), "(blank) | SMITH");
}

TEST(FullName, brings_the_other_names_it_tells_of) {
  EXPECT_EQ(full("Dr John-Paul O'Brien aka Jay"), "[DR] JOHN PAUL | OBRIEN also JAY | (blank)");
  EXPECT_EQ(full("John Smith a.k.a. Johnny Black alias Jack"), "JOHN | SMITH also JOHNNY | BLACK also JACK | (blank)");
  EXPECT_EQ(full("Robert (Bob) Smith"), "ROBERT | SMITH also BOB | (blank)");
  EXPECT_EQ(full("Robert \"Bob\" Smith"), "ROBERT | SMITH also BOB | (blank)");
  EXPECT_EQ(full("Robert “Bob” Smith"), "ROBERT | SMITH also BOB | (blank)");
  EXPECT_EQ(full("Anna KOWALSKA (née NOWAK)"), "ANNA | KOWALSKA also ANNA | NOWAK !");
  EXPECT_EQ(full("Anna Lee formerly known as Anna Moss"), "ANNA | LEE also ANNA | MOSS");
  EXPECT_EQ(full("Anna Lee also known as Annie"), "ANNA | LEE also ANNIE | (blank)");
  EXPECT_EQ(full("John Smith (deceased)"), "JOHN | SMITH");
  EXPECT_EQ(full("John Smith (Jay"), "JOHN SMITH | JAY");
}

TEST(FullNames, in_one_field_are_one_each) {
  const std::vector<FullName> names = read_full_names("Tom Lee / Tommy Lee; UNKNOWN | SMITH, Ann");
  ASSERT_EQ(names.size(), 3);
  EXPECT_EQ(told(names[0]), "TOM | LEE");
  EXPECT_EQ(told(names[1]), "TOMMY | LEE");
  EXPECT_EQ(told(names[2]), "ANN | SMITH !");
  EXPECT_TRUE(read_full_names("").empty());
}

bool is_capitals_and_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

RC_GTEST_PROP(Name, has_sound_words_for_any_bytes, ()) {
  const std::string text = *made_up_bytes("ADEIMOSTVandermc '-.,()\"éÖ/;");
  for (const NamePart& part : {read_given_name(text), read_family_name(text)}) {
    RC_ASSERT(part.words.empty() == (part.presence != Presence::present));
    RC_ASSERT(std::ranges::none_of(part.words, [](const NameWord& word) { return word.text.empty(); }));
    RC_ASSERT(is_capitals_and_digits(part.joined));
    RC_ASSERT(part.core.size() <= part.joined.size() + 6 * part.words.size());
    RC_ASSERT(part.core.empty() == part.joined.empty());
  }
}

RC_GTEST_PROP(Name, read_again_from_its_words_is_the_same, ()) {
  const NamePart once = read_family_name(*made_up_bytes("ABEMSandermco '-."));
  std::string again;
  for (const NameWord& word : once.words) again += word.text + " ";
  RC_PRE(once.titles.empty() && once.suffixes.empty() && once.presence == Presence::present);
  const NamePart twice = read_family_name(again);
  // Words that a prefix has joined may be a title, or letters after a name, themselves: O BE is OBE.
  const bool is_taken_off = !twice.titles.empty() || !twice.suffixes.empty();
  RC_ASSERT(twice.joined == once.joined || twice.presence != Presence::present || is_taken_off);
}

RC_GTEST_PROP(FullName, is_total_on_any_bytes, ()) {
  const std::string text = *made_up_bytes("AaKkNnEeSs.,()\"/;| Éé");
  const std::vector<FullName> names = read_full_names(text);
  RC_ASSERT(names.size() <= text.size() + 1);
  RC_ASSERT(std::ranges::all_of(names, [](const FullName& full) {
    return full.name.given.presence == Presence::present || full.name.family.presence == Presence::present;
  }));
}

}  // namespace
}  // namespace throughline::linkage
