// How good a source is: judgements over counts that were read from the store. Pure.
//
// Five questions for each source (all extracts that one mapping read): how full are its fields, what was refused, how
// late is it, what is there twice, and which words of its vocabularies begin or end. Each is asked of every holder (a
// force, or an area of a published figure) by itself, because a holder that joins late looks like a change otherwise.
//
// - Assumptions: a holder uses a word at a steady pace between its first and last use; a row tells its month.
// - Bias: a seasonal word (fireworks) looks like one that begins and ends.
// - Cannot tell: whether two words mean the same; whether a blank means "none" or "not asked"; whether a month that is
//   not here was never published, not kept or not sent: it is absent, never nought. Two rows that are alike in every
//   typed field may be two things that happened.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/date.h"
#include "records/model.h"
#include "records/tables.h"

namespace throughline::records {

// A field of one item of a mapping, and the column of the file that fills it.
struct AskedField {
  Table table = Table::event;
  std::int32_t item = 0;
  std::string item_name;  // "event", "victim".
  std::string field;      // "category".
  std::string column;     // "Object of search"; empty when it is not known.
  // The field of an event that says whose record it is: "agency" where a source names agencies and no force.
  std::string holder = "force";
  friend bool operator==(const AskedField&, const AskedField&) = default;
};

// Rows of one holder in one month, and how many of them fill the field. Without a month where the table has none.
struct FillCount {
  std::string holder;
  std::optional<base::Month> month;
  std::int64_t rows = 0;
  std::int64_t filled = 0;
};

// From one month to the next of one holder the share of filled rows jumped. Shares are over up to three months on each
// side.
struct FillChange {
  std::string holder;
  base::Month month;  // The first after the jump.
  std::int64_t rows_before = 0, filled_before = 0;
  std::int64_t rows_after = 0, filled_after = 0;
  std::int64_t blank_rows = 0;  // On the emptier side, as far as the holder's months go.
};

// A jump is reported from this many percentage points on, with as many rows on each side.
inline constexpr std::int64_t k_fill_jump_points_min = 25;
inline constexpr std::int64_t k_fill_jump_rows_min = 50;

struct FieldFill {
  AskedField asked;
  std::int64_t rows = 0;
  std::int64_t filled = 0;
  std::optional<base::Month> first_filled, last_filled;  // Of any holder.
  std::vector<FillChange> changes;  // The largest of each holder, then others three months away or more; by holder.
};
[[nodiscard]] FieldFill judge_fill(AskedField asked, const std::vector<FillCount>& counts);

// Uses of one word by one holder in one month.
struct WordUse {
  std::string word;
  std::string holder;
  base::Month month;
  std::int64_t rows = 0;
};

// A word that a holder begins or ends to use while it goes on filling the field. Between first and last use it may have
// been the old or the new name of another; that is never guessed.
struct WordDrift {
  AskedField asked;
  std::string word;
  std::string holder;
  base::Month first, last;
  std::int64_t rows = 0;
  bool begins = false;
  bool ends = false;
};

// A word that was used at least so often has ended when, at its pace between first and last use, as many uses would
// have been expected in the months since (and has begun likewise): at a steady pace chance alone does that less than
// once in 20,000 times.
inline constexpr std::int64_t k_uses_expected_min = 10;
// More different words than this are no vocabulary.
inline constexpr std::int64_t k_vocabulary_words_max = 100;

// Which field of an event says whose record it is, of the fields that a source fills: "agency" or "force".
[[nodiscard]] std::string holder_among(const std::vector<std::string>& fields);

// Whether words of the field may be shown as a vocabulary: never fields that could hold a name, an address or a place.
[[nodiscard]] bool is_vocabulary_field(Table table, std::string_view field);
// By field, word and holder.
[[nodiscard]] std::vector<WordDrift> judge_words(const AskedField& asked, const std::vector<WordUse>& uses);

// Days, and how often each was met. By days.
using DayCounts = std::vector<std::pair<std::int64_t, std::int64_t>>;
struct DayStatistics {
  std::int64_t count = 0;
  std::int64_t median = 0;
  std::int64_t ninetieth = 0;  // The 90th percentile.
  std::int64_t negative = 0;   // How many lie before nought: the later thing is dated before the earlier one.
};
// Quantiles by nearest rank: the smallest value at or below which that share lies. Nothing without counts.
[[nodiscard]] std::optional<DayStatistics> judge_days(const DayCounts& counts);

struct Timeliness {
  std::optional<DayStatistics> received;  // Of extracts: days from the last day of the last month covered to receipt.
  std::optional<DayStatistics> reported;  // Of rows: days from happening to being reported, where both days are known.
};

// What is there more than once.
struct Duplicates {
  std::int64_t rows = 0;                 // Rows compared.
  std::int64_t repeats = 0;              // Rows that are alike in every typed field to an earlier one.
  std::int64_t repeats_referenced = 0;   // Of these, rows with a reference.
  std::int64_t references = 0;           // Different references.
  std::int64_t references_repeated = 0;  // Of these, references that several rows bear.
  std::int64_t rows_of_repeated = 0;     // Rows that bear one of those.
};

// The months of one holder within the months of its source.
struct HolderMonths {
  std::string holder;
  std::int64_t rows = 0;
  std::vector<base::Month> received;
  std::vector<base::Month> absent;
};
// Every holder's months against those from the first to the last of anybody. By holder.
[[nodiscard]] std::vector<HolderMonths> judge_months(const std::vector<FillCount>& rows);

struct SourceQuality {
  std::string source;  // The mapping's name.
  std::int64_t extracts = 0;
  std::int64_t rows_read = 0;
  std::int64_t rows_rejected = 0;
  std::optional<base::Month> first_month, last_month;
  std::vector<HolderMonths> holders;
  std::vector<FieldFill> fields;           // As the mapping has them.
  std::vector<RejectionCount> rejections;  // Most first.
  Timeliness timeliness;
  Duplicates duplicates;
  std::vector<WordDrift> drift;
};

// One thing worth a look, in a sentence, with the share of the source that it concerns in millionths.
struct QualityFinding {
  std::int64_t millionths = 0;
  std::string text;
};
// The one that concerns most of the source first; then by text. Sources without a doubtful thing have none.
[[nodiscard]] std::vector<QualityFinding> findings_of(const SourceQuality& quality);

// "3.9 %"; "less than 0.1 %" where it rounds to nought but is not. REQUIRES: whole > 0.
[[nodiscard]] std::string share_text(std::int64_t part, std::int64_t whole);

}  // namespace throughline::records
