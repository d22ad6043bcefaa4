#include "records/tables_write.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/number.h"
#include "records/netstring.h"

namespace throughline::records {

namespace {

using base::Result;
using store::AppendColumn;
using store::Same;

}  // namespace

Result<void> write_batch(store::DuckWriter& writer, const ledger::PresentBatch& batch, const Layout& layout) {
  auto insert = TRY(writer.prepare("INSERT INTO batch VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  insert.bind(1, batch.extract.number()).bind(2, batch.content_hash.hex());
  insert.bind(3, batch.rows_read).bind(4, batch.rows_rejected);
  if (batch.supersedes) {
    insert.bind(5, batch.supersedes->number());
  } else {
    insert.bind(5, nullptr);
  }
  insert.bind(6, static_cast<int>(layout.format)).bind(7, static_cast<int>(layout.encoding));
  insert.bind(8, std::string(1, layout.delimiter)).bind(9, layout.part).bind(10, layout.content_name);
  insert.bind(11, to_netstrings(layout.columns)).bind(12, layout.mapping_toml);
  static_cast<void>(TRY(insert.run()));
  auto finding = TRY(writer.prepare("INSERT INTO finding VALUES (?, ?, ?)"));
  for (const Finding& each : layout.findings) {
    finding.bind(1, batch.extract.number()).bind(2, each.code).bind(3, each.text);
    static_cast<void>(TRY(finding.run()));
  }
  return {};
}

Result<void> write_rejections(store::DuckWriter& writer, ledger::ExtractNo extract,
                              const std::vector<std::string>& header, std::span<const RowFault> faults) {
  if (faults.empty()) return {};
  std::vector<std::int64_t> places;
  std::vector<std::int64_t> lines;
  std::vector<std::string_view> names;
  std::vector<std::uint8_t> rules;
  std::vector<std::string_view> classes;
  for (const RowFault& fault : faults) {
    const auto column = static_cast<std::size_t>(fault.column);
    places.push_back(fault.place);
    lines.push_back(fault.line);
    names.emplace_back(fault.column >= 0 && column < header.size() ? std::string_view(header[column])
                                                                   : std::string_view());
    rules.push_back(static_cast<std::uint8_t>(fault.rule));
    classes.emplace_back(fault.value_class);
  }
  const std::vector<AppendColumn> columns = {{Same{extract.number()}, {}},
                                             {std::span<const std::int64_t>(places), {}},
                                             {std::span<const std::int64_t>(lines), {}},
                                             {std::span<const std::string_view>(names), {}},
                                             {std::span<const std::uint8_t>(rules), {}},
                                             {std::span<const std::string_view>(classes), {}}};
  store::DuckAppender appender = TRY(writer.appender("rejection"));
  TRY(appender.append(static_cast<std::int64_t>(faults.size()), columns));
  return appender.close();
}

Result<void> rebuild_cube(store::DuckWriter& writer, const std::vector<ledger::ExtractNo>& extracts) {
  auto remove = TRY(writer.prepare("DELETE FROM derived.event_cube WHERE extract_no = ?"));
  auto insert = TRY(
      writer.prepare("INSERT INTO derived.event_cube SELECT extract_no, category, force, month, lsoa, kind, count(*) "
                     "FROM event WHERE extract_no = ? GROUP BY ALL"));
  for (const ledger::ExtractNo extract : extracts) {
    static_cast<void>(TRY(remove.bind(1, extract.number()).run()));
    static_cast<void>(TRY(insert.bind(1, extract.number()).run()));
  }
  return {};
}

}  // namespace throughline::records
