// Whether a field says anything at all, and if not, what stands in its place. Shared by every normaliser.
//
// Agencies fill fields they cannot leave empty: UNKNOWN, N/A, XXXX, BABY, TEST. Two such values are never alike, so no
// normaliser gives them as a value; the reason is kept, for "refused to say" and "not yet named" are not the same fact.
//
// Cannot tell: a person whose real name is Null, Na, Baby or Test from a filled-in field. All four are rare real names;
// they are taken as missing, which costs a link but never makes a false one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace throughline::linkage {

enum class Presence : std::uint8_t {
  present,
  blank,       // Nothing, or nothing but blanks and marks: "", " - ", "?".
  not_known,   // UNKNOWN, UNK, NK, N/K, NOT KNOWN, NOT STATED, N/A, NA, NONE, NULL, NIL, TBC.
  withheld,    // REFUSED, REFUSED TO SAY, WITHHELD, DECLINED, ANON, ANONYMOUS.
  not_named,   // BABY, BABY BOY, BABY GIRL, INFANT, NEWBORN, UNBORN, TWIN ONE: a child before its naming.
  test_entry,  // TEST, TESTING, DUMMY, SAMPLE, DO NOT USE.
  filler,      // One letter or digit again and again: XX, XXXX, 0000000, ZZZ; or a value known to mean nothing.
  unreadable,  // Something is there that this kind of field cannot hold.
};

// "present", "not known", "withheld": for reports.
[[nodiscard]] std::string_view name_of(Presence presence);

// What a text says as a whole, marks and blanks between its letters aside: "N/K" and "N.K." are NK. REQUIRES: `plain`
// came from plain_upper(). Filler is two or more X, or one letter or digit three times or more: OO is a Burmese name.
[[nodiscard]] Presence presence_of(std::string_view plain);

// One spelling for what people wrote: NFKC, every script in Latin letters, Latin letters without their marks (ICU:
// Any-Latin; Latin-ASCII). Only ASCII comes out: control characters become blanks, blanks are drawn together and cut
// off at the ends, what has no Latin reading is dropped. ASCII text never meets ICU. At most k_plain_bytes_max come
// out; the rest is cut off. Doing it twice changes nothing.
//
// Cannot tell: the short vowels of Arabic and Hebrew, which are not written ("mhmd"); which of several readings a Han
// character has (Mandarin is taken, also for Japanese names).
inline constexpr std::size_t k_plain_bytes_max = 512;
[[nodiscard]] std::string plain_latin(std::string_view text);
// The same in capitals.
[[nodiscard]] std::string plain_upper(std::string_view text);

}  // namespace throughline::linkage
