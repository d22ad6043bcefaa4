// Rows of text → packed records, one row after another.
//
// What each value means is read by linkage/normal; values that repeat are read once.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/large_pages.h"
#include "linkage/compare.h"
#include "linkage/dictionary.h"
#include "linkage/normal/address.h"
#include "linkage/normal/birth_date.h"
#include "linkage/normal/names.h"
#include "linkage/recognise.h"
#include "linkage/record.h"

namespace throughline::linkage {

// The values of one row by role; empty where missing.
struct PersonFields {
  std::array<std::string_view, k_field_roles> values{};

  [[nodiscard]] std::string_view operator[](FieldRole role) const { return values[static_cast<std::size_t>(role)]; }
  std::string_view& operator[](FieldRole role) { return values[static_cast<std::size_t>(role)]; }
};

// All records of one run with the texts they point into.
struct People {
  base::LargeVector<PersonRecord> records;
  ComparedTexts texts;
};

class Encoder {
 public:
  Encoder();
  // Whether 3/4/1990 is in April or in March; see order_of().
  void set_birth_order(DayMonthOrder order) { birth_order_ = order; }
  // Room for so many records in all; only a hint.
  void reserve(std::size_t records) { people_.records.reserve(records); }
  // The record's place is the number of those added before.
  void add(const PersonFields& fields, std::uint16_t source);
  // One more record of one source or another, not added: to be asked about, or added to an index. Its texts may be new.
  [[nodiscard]] PersonRecord encode(const PersonFields& fields, std::uint16_t source);
  // How much it holds: what an encoding adds to it can be taken off again.
  struct Mark {
    std::vector<std::size_t> sizes;
  };
  [[nodiscard]] Mark mark() const;
  // Forgets every text that came since. REQUIRES: no record of these is used again; nothing was added or taken since.
  void go_back(const Mark& mark);
  // What records made so far point into; grows with each.
  [[nodiscard]] const ComparedTexts& texts() const { return people_.texts; }
  // Takes what was added.
  [[nodiscard]] People finish() &&;
  // Takes the records that were added and keeps their texts: further ones can be encoded, read as these were.
  [[nodiscard]] base::LargeVector<PersonRecord> take_records();

 private:
  struct NameText {
    ShortName text{};
    std::uint32_t letters = 0;
    std::uint32_t sound = 0;
    TextId id = 0;
    TextId variants = 0;
    TextId part = 0;
    TextId rest = 0;  // The words after the first.
    char rest_initial = '\0';
  };
  [[nodiscard]] NameText name_text(std::string_view text);
  const NameText& given_of(std::string_view text);
  const NameText& family_of(std::string_view text);
  [[nodiscard]] BirthParts birth_of(const PersonFields& fields);
  [[nodiscard]] TextId email_of(std::string_view text);
  [[nodiscard]] TextId short_text(std::string_view text, Dictionary& dictionary, std::vector<ShortName>& shorts);
  void add_names(const PersonFields& fields, PersonRecord& record);
  void set_given(const NameText& name, PersonRecord& record) const;
  void set_family(const NameText& name, PersonRecord& record) const;
  [[nodiscard]] OtherName other_name(const PersonName& name);
  void add_full_name(const PersonFields& fields, PersonRecord& record, std::vector<OtherName>& others);
  [[nodiscard]] NameText given_text(const NamePart& part);
  [[nodiscard]] NameText family_text(const NamePart& part);
  void add_address(const PersonFields& fields, PersonRecord& record);
  void forget_default_births();
  // Visits every dictionary and every list that an encoding may add to.
  template <class Self, class Visit>
  static void visit_grown(Self& self, const Visit& visit);

  // Texts as they came, and beside them what they were read as.
  Dictionary given_texts_, family_texts_, birth_texts_, address_texts_, email_texts_;
  std::vector<NameText> given_, family_;
  std::vector<BirthParts> births_;
  std::vector<Address> addresses_;
  std::vector<TextId> email_ids_{0};
  // What was read.
  Dictionary names_, streets_, localities_, regions_, emails_;
  DayMonthOrder birth_order_ = DayMonthOrder::cannot_tell;
  bool forgets_default_births_ = false;
  People people_;
};

}  // namespace throughline::linkage
