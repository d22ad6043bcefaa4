#include "app/link_input.h"

#include <array>

#include <fmt/format.h>

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using linkage::FieldRole;

constexpr std::size_t k_faults_kept = 100;

// Which column of the file has which role; -1: none.
using RoleColumns = std::array<std::int32_t, linkage::k_field_roles>;

RoleColumns role_columns(const LinkInput& input) {
  RoleColumns columns;
  columns.fill(-1);
  for (std::size_t i = 0; i < input.columns.size(); ++i) {
    const FieldRole role = input.columns[i].role;
    if (role != FieldRole::none) columns[static_cast<std::size_t>(role)] = static_cast<std::int32_t>(i);
  }
  return columns;
}

// Adds the rows of one input, window by window, in order.
class RowTaker {
 public:
  RowTaker(LinkRows& rows, linkage::Encoder& encoder, const OpenedInput& opened, std::uint16_t source)
      : rows_(rows), encoder_(encoder), columns_(role_columns(opened.input)), opened_(opened), source_(source) {}

  Result<void> take(const records::RawRows& raw) {
    LinkInput& input = rows_.inputs[source_];
    for (const records::Fault& fault : raw.faults) {
      if (input.faults.size() < k_faults_kept) input.faults.push_back(fault);
      ++input.faults_count;
    }
    for (std::int64_t row = 0; row < raw.rows(); ++row) TRY(take_row(raw, row));
    input.rows += raw.rows();
    return {};
  }
  // Makes room for the rows that are to be expected after those taken, when so many of the input's bytes are read: a
  // list that doubles again and again is copied and paged in twice over.
  void expect_rest(std::int64_t bytes_read, std::int64_t bytes) {
    constexpr double k_slack = 1.02;
    if (bytes_read <= 0 || bytes <= bytes_read) return;
    const auto taken = static_cast<double>(rows_.inputs[source_].rows);
    const double rest = taken * (static_cast<double>(bytes) / static_cast<double>(bytes_read) - 1) * k_slack;
    const std::size_t all = rows_.ids.size() + static_cast<std::size_t>(rest);
    rows_.ids.reserve(all);
    encoder_.reserve(all);
  }

 private:
  Result<void> take_row(const records::RawRows& raw, std::int64_t row) {
    const std::string_view id = raw.field(row, opened_.id);
    if (id.empty()) {
      return Error{ErrorKind::bad_command, "id_blank",
                   fmt::format("The id column {} is blank", opened_.input.id_column),
                   fmt::format("{} line {}", opened_.input.path, raw.places[static_cast<std::size_t>(row)].line),
                   "Every row needs an id of its own: choose another column, or number the rows"};
    }
    linkage::PersonFields fields;
    for (std::size_t role = 0; role < columns_.size(); ++role) {
      if (columns_[role] >= 0) fields.values[role] = raw.field(row, columns_[role]);
    }
    encoder_.add(fields, source_);
    rows_.ids.add(id);
    if (opened_.truth >= 0) rows_.truth_of.push_back(rows_.truths.intern(raw.field(row, opened_.truth)));
    return {};
  }

  LinkRows& rows_;
  linkage::Encoder& encoder_;
  RoleColumns columns_;
  const OpenedInput& opened_;
  std::uint16_t source_;
};

Result<void> read_one(const Outside& outside, OpenedInput& opened, RowTaker& taker) {
  std::int64_t received = 0;
  const auto take = [&](const records::RawRows& raw) -> Result<void> {
    TRY(taker.take(raw));
    outside.progress.advance(opened.source->received_so_far() - received);
    outside.progress.count_rows(raw.rows());
    received = opened.source->received_so_far();
    return outside.interrupt.poll();
  };
  for (const records::Window& window : opened.read_ahead) TRY(take(opened.source->parse(window)));
  opened.read_ahead.clear();
  taker.expect_rest(opened.source->received_so_far(), opened.source->received_size());
  while (true) {
    const std::optional<records::Window> window = TRY(opened.source->next());
    if (!window.has_value()) break;
    TRY(take(opened.source->parse(*window)));
  }
  static_cast<void>(TRY(opened.source->finish()));
  return {};
}

// An id twice in one input cannot name a row.
Result<void> check_ids(const LinkRows& rows) {
  std::size_t begin = 0;
  for (const LinkInput& input : rows.inputs) {
    const auto end = begin + static_cast<std::size_t>(input.rows);
    const RowIds::Repeats repeats = rows.ids.repeats(begin, end);
    if (repeats.rows > 0) {
      return Error{ErrorKind::bad_command, "id_twice",
                   fmt::format("The id column {} repeats a value; rows with one that came before: {}", input.id_column,
                               repeats.rows),
                   fmt::format("{}, first in row {}", input.path, repeats.first - begin + 1),
                   "Choose a column that tells rows apart, or number the rows"};
    }
    begin = end;
  }
  return {};
}

}  // namespace

Result<LinkRows> read_inputs(const Outside& outside, std::vector<OpenedInput> opened) {
  LinkRows rows;
  linkage::Encoder encoder;
  for (OpenedInput& one : opened) {
    rows.inputs.push_back(one.input);
    const auto source = static_cast<std::uint16_t>(rows.inputs.size() - 1);
    outside.progress.begin("reading " + one.input.dataset, one.source->received_size(), "bytes");
    encoder.set_birth_order(one.birth_order);
    RowTaker taker(rows, encoder, one, source);
    TRY(read_one(outside, one, taker));
    outside.progress.end();
  }
  TRY(check_ids(rows));
  rows.people = std::move(encoder).finish();
  return rows;
}

}  // namespace throughline::app
