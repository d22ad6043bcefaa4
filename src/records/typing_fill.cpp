#include "records/typing_fill.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "base/check.h"
#include "records/fields.h"
#include "records/london_time.h"

namespace throughline::records {

namespace {

// Runs `type` over the texts that are not blank and `put`s what it gives. A text that equals the one before it is not
// read again: files are full of such.
template <class Type, class Put>
void fill_each(Texts texts, const FaultSink& fault, const Type& type, const Put& put) {
  using Answer = decltype(type(std::string_view()));
  std::string_view last;
  Answer answer = RejectionRule::required_is_blank;
  for (std::size_t row = 0; row < texts.size(); ++row) {
    const std::string_view text = texts[row];
    if (text.empty()) continue;
    if (text != last) {
      answer = type(text);
      last = text;
    }
    if (const auto* rule = std::get_if<RejectionRule>(&answer)) {
      fault(row, *rule);
    } else {
      put(row, std::get<0>(answer));
    }
  }
}

// A field that is one value in one column.
template <class T, class Type>
void fill_plain(Texts texts, ColumnBuffer& column, const FaultSink& fault, const Type& type) {
  std::vector<T>& values = column.make<T>(static_cast<std::int64_t>(texts.size()));
  fill_each(texts, fault, type, [&](std::size_t row, T value) {
    values[row] = value;
    column.has[row] = 1;
  });
}

void fill_text(Texts texts, ColumnBuffer& column) {
  std::vector<std::string_view>& values = column.make<std::string_view>(static_cast<std::int64_t>(texts.size()));
  for (std::size_t row = 0; row < texts.size(); ++row) {
    values[row] = texts[row];
    column.has[row] = texts[row].empty() ? 0 : 1;
  }
}

void fill_reference(Texts texts, std::span<ColumnBuffer> columns) {
  const auto rows = static_cast<std::int64_t>(texts.size());
  std::vector<std::string_view>& plain = columns[0].make<std::string_view>(rows);
  std::vector<std::uint64_t>* words[4];
  for (std::size_t i = 0; i < 4; ++i) words[i] = &columns[i + 1].make<std::uint64_t>(rows);
  for (std::size_t row = 0; row < texts.size(); ++row) {
    if (texts[row].empty()) continue;
    const auto hex = type_hex_reference(texts[row]);
    if (!hex) {
      plain[row] = texts[row];
      columns[0].has[row] = 1;
      continue;
    }
    for (std::size_t i = 0; i < 4; ++i) {
      (*words[i])[row] = hex->words[i];
      columns[i + 1].has[row] = 1;
    }
  }
}

// "2020-07-31T23:01:00+00:00" and "…Z" say one; "2020-07-31" and "2020-07-31 23:01" do not.
bool says_offset(std::string_view text) {
  constexpr std::size_t k_date_length = 10;
  if (text.size() <= k_date_length) return false;
  return text.substr(k_date_length).find_first_of("Zz+-") != std::string_view::npos;
}

void fill_instant(DateOrder order, Texts texts, std::span<ColumnBuffer> columns, const FaultSink& fault) {
  const auto rows = static_cast<std::int64_t>(texts.size());
  std::vector<std::int64_t>& moments = columns[0].make<std::int64_t>(rows);
  std::vector<std::uint8_t>& precisions = columns[1].make<std::uint8_t>(rows);
  const bool has_month = columns.size() > 2;
  std::vector<std::int32_t>* months = has_month ? &columns[2].make<std::int32_t>(rows) : nullptr;
  fill_each(
      texts, fault, [&](std::string_view text) { return type_instant(text, order); },
      [&](std::size_t row, const base::DatedInstant& dated) {
        moments[row] = dated.instant.microseconds;
        precisions[row] = static_cast<std::uint8_t>(dated.precision);
        columns[0].has[row] = columns[1].has[row] = 1;
        if (has_month && dated.precision >= base::DatePrecision::month) {
          // A moment with an offset is in UTC by now; its month is that of the clock on the wall.
          const bool is_utc = says_offset(texts[row]);
          const base::Month month = is_utc ? month_in_london(dated.instant) : dated.instant.date().month();
          (*months)[row] = month.index();
          columns[2].has[row] = 1;
        }
      });
}

void fill_birth(DateOrder order, Texts texts, std::span<ColumnBuffer> columns, const FaultSink& fault) {
  const auto rows = static_cast<std::int64_t>(texts.size());
  std::vector<std::int32_t>& days = columns[0].make<std::int32_t>(rows);
  std::vector<std::uint8_t>& precisions = columns[1].make<std::uint8_t>(rows);
  fill_each(
      texts, fault, [&](std::string_view text) { return type_instant(text, order); },
      [&](std::size_t row, const base::DatedInstant& dated) {
        days[row] = dated.instant.date().days();
        precisions[row] = static_cast<std::uint8_t>(std::min(dated.precision, base::DatePrecision::day));
        columns[0].has[row] = columns[1].has[row] = 1;
      });
}

void fill_month(Texts texts, ColumnBuffer& column, const FaultSink& fault) {
  std::vector<std::int32_t>& values = column.make<std::int32_t>(static_cast<std::int64_t>(texts.size()));
  fill_each(texts, fault, type_month, [&](std::size_t row, base::Month month) {
    values[row] = month.index();
    column.has[row] = 1;
  });
}

}  // namespace

void fill_field(FieldForm form, Texts texts, std::span<ColumnBuffer> columns, const FaultSink& fault) {
  CHECK(!columns.empty());
  switch (form.kind) {
    case FieldKind::text:
    case FieldKind::word:
    case FieldKind::grade_source:
    case FieldKind::grade_assessment:
    case FieldKind::handling:
    case FieldKind::conditions: return fill_text(texts, columns[0]);
    case FieldKind::reference: return fill_reference(texts, columns);
    case FieldKind::instant:
    case FieldKind::when: return fill_instant(form.date_order, texts, columns, fault);
    case FieldKind::birth: return fill_birth(form.date_order, texts, columns, fault);
    case FieldKind::month: return fill_month(texts, columns[0], fault);
    case FieldKind::year: return fill_plain<std::int16_t>(texts, columns[0], fault, type_year);
    case FieldKind::whole: return fill_plain<std::int64_t>(texts, columns[0], fault, type_whole);
    case FieldKind::metres: return fill_plain<std::int64_t>(texts, columns[0], fault, type_metres);
    case FieldKind::grams: return fill_plain<std::int64_t>(texts, columns[0], fault, type_grams);
    case FieldKind::percent: return fill_plain<std::int64_t>(texts, columns[0], fault, type_percent);
    case FieldKind::pounds: return fill_plain<std::int64_t>(texts, columns[0], fault, type_pounds);
    case FieldKind::longitude: return fill_plain<std::int32_t>(texts, columns[0], fault, type_longitude);
    case FieldKind::latitude: return fill_plain<std::int32_t>(texts, columns[0], fault, type_latitude);
    case FieldKind::gss: return fill_plain<std::uint32_t>(texts, columns[0], fault, type_gss);
    case FieldKind::truth: return fill_plain<std::uint8_t>(texts, columns[0], fault, type_truth);
  }
}

}  // namespace throughline::records
