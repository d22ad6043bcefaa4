// How deprived the area of a postcode is, by a look-up that the caller brings.
//
// None is bundled: a table of all postcodes with the deprivation of the small area that each lies in is larger than the
// program, and is published anew when either changes. Any source will do that gives deciles of areas, 1 the most
// deprived; for England the English indices of deprivation, for Wales the Welsh index. They are not comparable with
// each other.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "base/result.h"

namespace throughline::app {

class Deprivation {
 public:
  // A CSV with the columns postcode and decile; others are passed over. Errors: those of read_small_table();
  // "column_missing"; "decile_range", "postcode_missing" and "postcode_twice", each with the line.
  [[nodiscard]] static base::Result<Deprivation> read(const std::string& path);

  // Of its rows, by postcode, each as "postcode,decile" and a line feed: the log says by which look-up was asked.
  [[nodiscard]] const base::Hash& hash() const { return hash_; }
  // "1, most deprived" to "5, least deprived"; empty for a postcode that is missing or not in the look-up.
  [[nodiscard]] std::string fifth_of(std::string_view postcode) const;

 private:
  base::Hash hash_{};
  std::map<std::string, int, std::less<>> decile_of_;  // By the postcode in upper case without blanks.
};

}  // namespace throughline::app
