// What is worth knowing of a whole file that was read, beside what its reader found. No finding quotes a value.
#pragma once

#include <string>
#include <vector>

#include "records/mapping.h"
#include "records/readers/raw_rows.h"
#include "records/stage_feed.h"

namespace throughline::records {

struct BoundFile {
  const BoundColumns& bound;
  const std::vector<std::string>& header;
};

void add_findings(std::vector<Finding>& findings, const Fed& fed, const Mapping& mapping, BoundFile file);

}  // namespace throughline::records
