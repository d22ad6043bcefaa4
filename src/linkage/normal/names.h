// What people are called → words that can be compared. Pure; the agency's own text stays as it came.
//
// A name is cut into words, in order. Titles (MR, DR, CLLR) and suffixes (JR, III, OBE) are known and kept apart, for a
// title may change and a suffix tells father from son. Then:
//   * apostrophes vanish: O'BRIEN, O’BRIEN → OBRIEN; D'SOUZA → DSOUZA;
//   * hyphens part words, for both parts are used alone: SMITH-JONES → SMITH, JONES, joined SMITHJONES;
//   * MC, MAC, FITZ and O standing alone in a family name join the word that follows, ST and SAINT in any name:
//     O BRIEN → OBRIEN; MC DONALD → MCDONALD; ST JOHN, SAINT JOHN → STJOHN;
//   * particles (VAN DER, DE LA, AL, EL, DA, DOS, VON, TER) stay words of their own, marked where a word follows (among
//     given names also where one stands before: AL may be Alan). `core` leaves them out and `joined` takes them in, so
//     that VAN DER BERG agrees with VANDERBERG by the one and with BERG by the other;
//   * BIN, IBN, BINT, BEN, AP, VERCH, NI, NIC, UI say whose child someone is: marked, and left out of `core`;
//   * in `core` a family name begins MC for MAC where four or more letters follow: MACDONALD, MCDONALD → MCDONALD.
//
// Elements of South Asian, Arabic and East European names, marked as what they are:
//   * SINGH and KAUR are shared by most Sikh men and women: they say little about identity and much about sex;
//   * BEGUM, BIBI, KHATUN, BANO, DEVI, KUMARI, KUMAR, BAI, BHAI are courtesy names: they come, go and change;
//   * KHAN, SHAH, CHOUDHURY, SHEIKH, MIRZA, MALIK, SYED, MIAH are honours as often as family names, in any position;
//   * MOHAMMED in its many spellings becomes MUHAMMAD in `core`; with more words it is seldom the calling name;
//   * -OVICH, -EVICH, -OVNA, -EVNA among given names are a father's name, and so is -DOTTIR in a family name.
// Each such word is marked as what it is; what it weighs is for the comparison to decide. Described in: A Guide to
// Names and Naming Practices (United Kingdom, March 2006, given on by Interpol); Ahmad, Kulikov, Iqbal, Muslim personal
// names in Urdu (International Journal of the Sociology of Language, 2023) on MOHAMMED, courtesy names and honours.
//
// Cannot tell: which word of one alone is the family name; order in "Li Wei"; a title that is a name (MAJOR, MASTER and
// HAJI are names where nothing else is left, MAJOR also before SINGH); a name spelt like a particle; MIA the honour
// from MIA the girl's name, which it is taken for; MA and BA as degrees from the family names, so
// they stay names; -SSON as a father's name from a family name.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "linkage/normal/presence.h"

namespace throughline::linkage {

enum class NameElement : std::uint8_t {
  plain,
  initial,     // One letter.
  particle,    // VAN, DER, DE, LA, AL, EL.
  descent,     // BIN, BINT, AP, VERCH.
  patronymic,  // IVANOVICH, JONSDOTTIR.
  sikh,        // SINGH, KAUR.
  courtesy,    // BEGUM, BIBI, DEVI, KUMARI.
  honour,      // KHAN, SYED, SHEIKH.
  muhammad,    // MOHAMMED in any spelling of the list.
};

struct NameWord {
  std::string text;  // A to Z and digits only; never empty.
  NameElement element = NameElement::plain;
  friend bool operator==(const NameWord&, const NameWord&) = default;
};

// One given name or one family name.
struct NamePart {
  Presence presence = Presence::blank;
  std::vector<NameWord> words{};        // In the order written; titles and suffixes are not among them.
  std::vector<std::string> titles{};    // MR, DR; in the order written.
  std::vector<std::string> suffixes{};  // JR, III, OBE.
  std::string joined{};                 // All words run together: VANDERBERG, SMITHJONES.
  std::string core{};                   // The same without particles and descent, MAC as MC, MUHAMMAD in one spelling.
  friend bool operator==(const NamePart&, const NamePart&) = default;
};

struct PersonName {
  NamePart given{};
  NamePart family{};
  friend bool operator==(const PersonName&, const PersonName&) = default;
};

// A whole name as one text, with the names it says the person also uses.
struct FullName {
  PersonName name{};
  std::vector<PersonName> aliases{};  // After AKA, ALIAS, NEE, FORMERLY, KNOWN AS; in brackets or quotation marks.
  bool order_is_certain = false;      // A comma or capitals ("John SMITH") said which the family name is.
  friend bool operator==(const FullName&, const FullName&) = default;
};

[[nodiscard]] NamePart read_given_name(std::string_view text);
[[nodiscard]] NamePart read_family_name(std::string_view text);

// "SMITH, John Paul", "Dr John-Paul O'Brien aka Jay", "Anna KOWALSKA (nee NOWAK)". Without a comma or capitals the last
// word is the family name, with the particles, prefixes and descent words before it. One word alone is a family name,
// in an alias a given name; after NEE or FORMERLY it is a family name, and the given name is that of the name itself.
[[nodiscard]] FullName read_full_name(std::string_view text);

// Several names in one field, parted by ; or | or a slash with blanks ("Tom Lee / Tommy Lee"): one FullName each.
[[nodiscard]] std::vector<FullName> read_full_names(std::string_view text);

}  // namespace throughline::linkage
