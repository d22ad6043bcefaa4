// One row of an extract as it is written: cells in the order of the header, with the agency's gaps, its way of writing
// people down, and the row's fault where it is made bad on purpose.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "simulate/observe/known_people.h"
#include "simulate/observe/recorder.h"

namespace throughline::simulate {

// How a row can be made bad: what stands in a column, and the rule that must refuse it. Without a column: a field too
// many.
struct Flaw {
  std::string_view column;
  std::string_view text;
  std::string_view rule;
  std::string_view what;
};

struct FaultyRow {
  std::int64_t row = 0;  // The first data row is 1; each row is one line, the header line 1.
  std::size_t flaw = 0;  // Of the recipe.
};

enum class DateForm : std::uint8_t { british, iso };

// The days of a run as a form writes them, for rows name the same days again and again.
class DayTexts {
 public:
  DayTexts(const Scene& scene, DateForm form);
  void append(std::string& text, std::int32_t day) const;

 private:
  static constexpr std::size_t k_letters = 10;

  const Scene* scene_;
  DateForm form_;
  std::string texts_;  // One after the other, from the first day of the run to some time after its last.
};

// What one extract is cut by.
struct Cut {
  const Scene* scene = nullptr;
  const Agency* agency = nullptr;
  const Practice* practice = nullptr;
  Kind kind = Kind::crime;
  DateForm dates = DateForm::iso;
  const DayTexts* days = nullptr;  // In the same form.
  KnownPeople* people = nullptr;
  const Streets* streets = nullptr;
  NoiseBounds noise;                        // Of this agency and kind.
  std::span<const Flaw> flaws{};            //
  std::span<const std::int32_t> flaw_at{};  // Column of each flaw, k_none for the row as a whole.
  std::string file{};                       // As the truth names it: "essex-police/crime-reports.csv".
};

struct Written {
  std::string text{};
  std::string truth{};  // Rows of records.csv.
  std::vector<FaultyRow> faulty{};
  // Of the row that is being written; kept for their memory.
  std::string key{};
  std::string cell{};
  Home place{};
};

class Row {
 public:
  // Number: of the record, as the agency counts; row: in the file, from 1.
  struct Numbered {
    std::int64_t number = 0;
    std::int64_t row = 0;
  };
  Row(const Cut& cut, const Case& what, Numbered numbered, Written& out);

  [[nodiscard]] const Case& what() const { return *what_; }
  [[nodiscard]] const Scene& scene() const { return *cut_->scene; }
  [[nodiscard]] const Agency& agency() const { return *cut_->agency; }
  [[nodiscard]] const Practice& practice() const { return *cut_->practice; }
  [[nodiscard]] std::int64_t number() const { return number_; }
  [[nodiscard]] base::Random& random() { return random_; }
  [[nodiscard]] bool is(double probability) { return random_.uniform01() < probability; }
  [[nodiscard]] std::string_view one_of(std::span<const std::string_view> words);
  [[nodiscard]] std::int32_t between(std::int32_t low, std::int32_t high);

  // The record's own reference, which the truth knows it by. Mark: see Reference.
  void key(std::string_view mark);
  // The same where no single cell holds it.
  void name(std::string_view key) { out_->key = key; }
  void put(std::string_view text);
  // Several texts in one cell.
  void put(std::initializer_list<std::string_view> texts) { put(joined(texts)); }
  // Left blank as often as the agency leaves fields blank.
  void may(std::string_view text) { put(is_filled() ? text : std::string_view()); }
  void may(std::initializer_list<std::string_view> texts) { may(joined(texts)); }
  void blank() { put(std::string_view()); }
  void blanks(int cells);
  void put_number(std::int64_t value);
  void put_fixed(double value, int decimals);
  void put_day(std::int32_t day);
  void may_day(std::int32_t day);  // Also blank where the extract is cut before it.
  void put_minute(std::int32_t day, std::int32_t second);
  void put_second(std::int32_t day, std::int32_t second);
  // "2024-03-05T10:11:12+00:00".
  void put_offset_time(std::int32_t day, std::int32_t second);
  void put_born(const WrittenIdentity& person);
  void put_position(const Position& position, bool is_told);
  // All of the row is written.
  void end();

  // Who it is, as this record has it; the truth is told that the row names them in that role, unless nothing is left
  // of them in what the row's columns hold. Empty for nobody.
  [[nodiscard]] WrittenIdentity person(const PersonRef& who, std::string_view role);
  [[nodiscard]] const Identity& identity(const PersonRef& who) const { return cut_->people->of(who); }
  // Where something was, when it was nobody's home: an address of the town. Until the next is asked for.
  [[nodiscard]] const Home& somewhere(std::int32_t town);
  [[nodiscard]] std::string date_text(base::Date date) const;

 private:
  [[nodiscard]] bool is_filled() { return is(cut_->practice->level(cut_->kind, Level::filled)); }
  // Until the next cell is joined.
  [[nodiscard]] std::string_view joined(std::initializer_list<std::string_view> texts);
  // A cell that needs no quotes is written by whoever asks for it, unless it is the one that is made bad.
  [[nodiscard]] bool begin_cell();
  void put_moment(std::int32_t day, std::int32_t second, bool has_seconds);
  void tell_truth(const PersonRef& who, std::string_view role);

  const Cut* cut_;
  const Case* what_;
  Written* out_;
  std::int64_t number_;
  std::int32_t column_ = 0;
  std::optional<std::size_t> flaw_;
  base::Random random_;
};

// "ESS/001234/24" and other manners, one for each agency. Year is that of recording.
struct Reference {
  std::string_view mark;  // Of the kind; empty for crimes.
  std::int64_t number = 0;
  std::int32_t day = 0;  // Of recording.
};
[[nodiscard]] std::string reference_of(const Scene& scene, const Agency& agency, const Reference& reference);
void append_reference(std::string& text, const Scene& scene, const Agency& agency, const Reference& reference);

}  // namespace throughline::simulate
