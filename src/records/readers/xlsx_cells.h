// What the cells of a workbook mean. Pure; for the reader of workbooks alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace throughline::records {

// The column of a cell's reference, from 0: "AB12" is 27. Nothing where it is none, or past the last, XFD.
[[nodiscard]] std::optional<std::int32_t> column_of_reference(std::string_view reference);

// True where a number format shows a date or a time: it has a letter of d m y h s outside quotes, brackets and escapes.
[[nodiscard]] bool shows_date(std::string_view format_code);
// The same for the formats that every workbook has without naming them: 14 to 22 and 45 to 47.
[[nodiscard]] bool built_in_date(std::int64_t format_id);

// A serial day number as ISO text: "2025-03-01", with its time "2025-03-01T14:30:00", a time alone "14:30:00". In the
// 1900 system day 60 is the 29 February that never was: nothing. Nothing, too, below 0 or past the year 9999.
[[nodiscard]] std::optional<std::string> date_of_serial(double serial, bool from_1904);

}  // namespace throughline::records
