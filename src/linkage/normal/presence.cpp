#include "linkage/normal/presence.h"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/check.h"
#include "base/text.h"

namespace throughline::linkage {

namespace {

struct Phrase {
  std::string_view letters;  // Letters and digits only.
  Presence presence;
};

// In the order of their letters, for the search.
constexpr std::array k_phrases = {
    Phrase{"ANON", Presence::withheld},           Phrase{"ANONYMOUS", Presence::withheld},
    Phrase{"BABY", Presence::not_named},          Phrase{"BABY1", Presence::not_named},
    Phrase{"BABY2", Presence::not_named},         Phrase{"BABYBOY", Presence::not_named},
    Phrase{"BABYGIRL", Presence::not_named},      Phrase{"BLANK", Presence::not_known},
    Phrase{"DECLINED", Presence::withheld},       Phrase{"DONOTUSE", Presence::test_entry},
    Phrase{"DUMMY", Presence::test_entry},        Phrase{"FEMALEINFANT", Presence::not_named},
    Phrase{"INFANT", Presence::not_named},        Phrase{"MALEINFANT", Presence::not_named},
    Phrase{"MISSING", Presence::not_known},       Phrase{"NA", Presence::not_known},
    Phrase{"NAN", Presence::not_known},           Phrase{"NEWBORN", Presence::not_named},
    Phrase{"NIL", Presence::not_known},           Phrase{"NK", Presence::not_known},
    Phrase{"NODATA", Presence::not_known},        Phrase{"NONAME", Presence::not_known},
    Phrase{"NONE", Presence::not_known},          Phrase{"NONEGIVEN", Presence::not_known},
    Phrase{"NOTAPPLICABLE", Presence::not_known}, Phrase{"NOTAVAILABLE", Presence::not_known},
    Phrase{"NOTDISCLOSED", Presence::withheld},   Phrase{"NOTGIVEN", Presence::not_known},
    Phrase{"NOTKNOWN", Presence::not_known},      Phrase{"NOTNAMED", Presence::not_named},
    Phrase{"NOTPROVIDED", Presence::not_known},   Phrase{"NOTRECORDED", Presence::not_known},
    Phrase{"NOTSPECIFIED", Presence::not_known},  Phrase{"NOTSTATED", Presence::not_known},
    Phrase{"NOTYETNAMED", Presence::not_named},   Phrase{"NULL", Presence::not_known},
    Phrase{"REDACTED", Presence::withheld},       Phrase{"REFUSED", Presence::withheld},
    Phrase{"REFUSEDTOSAY", Presence::withheld},   Phrase{"SAMPLE", Presence::test_entry},
    Phrase{"TBA", Presence::not_known},           Phrase{"TBC", Presence::not_known},
    Phrase{"TEST", Presence::test_entry},         Phrase{"TESTING", Presence::test_entry},
    Phrase{"TESTPATIENT", Presence::test_entry},  Phrase{"TESTRECORD", Presence::test_entry},
    Phrase{"TWIN1", Presence::not_named},         Phrase{"TWIN2", Presence::not_named},
    Phrase{"TWINONE", Presence::not_named},       Phrase{"TWINTWO", Presence::not_named},
    Phrase{"UNBORN", Presence::not_named},        Phrase{"UNBORNBABY", Presence::not_named},
    Phrase{"UNK", Presence::not_known},           Phrase{"UNKN", Presence::not_known},
    Phrase{"UNKNOWN", Presence::not_known},       Phrase{"UNKNOWNFEMALE", Presence::not_known},
    Phrase{"UNKNOWNMALE", Presence::not_known},   Phrase{"UNKOWN", Presence::not_known},
    Phrase{"UNNAMED", Presence::not_named},       Phrase{"UNSPECIFIED", Presence::not_known},
    Phrase{"WITHHELD", Presence::withheld},
};
static_assert(std::ranges::is_sorted(k_phrases, {}, &Phrase::letters));
constexpr std::size_t k_phrase_letters_max = 13;

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_letter_or_digit(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Blanks drawn together; what is not ASCII falls away.
std::string tidied(std::string_view text) {
  std::string tidy;
  tidy.reserve(std::min(text.size(), k_plain_bytes_max));
  bool is_after_blank = false;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) continue;
    if (byte <= ' ' || byte == 0x7F) {
      is_after_blank = true;
      continue;
    }
    if (is_after_blank && !tidy.empty()) tidy += ' ';
    is_after_blank = false;
    if (tidy.size() >= k_plain_bytes_max) break;
    tidy += c;
  }
  if (tidy.ends_with(' ')) tidy.pop_back();
  return tidy;
}

// Each thread has its own: ICU's rules are held under a lock while one is at work.
const icu::Transliterator& to_latin() {
  thread_local const std::unique_ptr<icu::Transliterator> k_to_latin = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> made(
        icu::Transliterator::createInstance("Any-Latin; Latin-ASCII", UTRANS_FORWARD, status));
    CHECK(U_SUCCESS(status) && made != nullptr);
    return made;
  }();
  return *k_to_latin;
}

Presence presence_of_phrase(std::string_view letters) {
  const auto* found = std::ranges::lower_bound(k_phrases, letters, {}, &Phrase::letters);
  return found != k_phrases.end() && found->letters == letters ? found->presence : Presence::present;
}

}  // namespace

std::string_view name_of(Presence presence) {
  switch (presence) {
    case Presence::present: return "present";
    case Presence::blank: return "blank";
    case Presence::not_known: return "not known";
    case Presence::withheld: return "withheld";
    case Presence::not_named: return "not yet named";
    case Presence::test_entry: return "a test entry";
    case Presence::filler: return "filler";
    case Presence::unreadable: return "unreadable";
  }
  CHECK(false);
  return {};
}

Presence presence_of(std::string_view plain) {
  std::array<char, k_phrase_letters_max> letters{};
  std::size_t count = 0;
  char first = 0;
  bool is_all_one = true;
  for (const char c : plain) {
    if (!is_letter_or_digit(c)) continue;
    if (count == 0) first = c;
    is_all_one = is_all_one && c == first;
    if (count < letters.size()) letters.at(count) = c;
    ++count;
  }
  if (count == 0) return Presence::blank;
  const std::size_t filler_min = first == 'X' ? 2 : 3;
  if (is_all_one && count >= filler_min) return Presence::filler;
  if (count > letters.size()) return Presence::present;
  return presence_of_phrase(std::string_view(letters.data(), count));
}

std::string plain_latin(std::string_view text) {
  if (is_ascii(text)) return tidied(text);
  // A character is four bytes at most; what lies far beyond the limit cannot come out of it.
  const std::string normal = base::nfkc(text.substr(0, 4 * k_plain_bytes_max));
  const icu::StringPiece piece(normal.data(), static_cast<std::int32_t>(normal.size()));
  icu::UnicodeString latin = icu::UnicodeString::fromUTF8(piece);
  to_latin().transliterate(latin);
  std::string utf8;
  latin.toUTF8String(utf8);
  return tidied(utf8);
}

std::string plain_upper(std::string_view text) {
  std::string plain = plain_latin(text);
  for (char& c : plain) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return plain;
}

}  // namespace throughline::linkage
