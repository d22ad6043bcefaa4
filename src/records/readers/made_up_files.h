// For tests: files in a folder that goes away, and everything a reader says of one.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "records/readers/raw_rows.h"

namespace throughline::records {

class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  // The path of the file written.
  [[nodiscard]] std::string write(const std::string& name, const std::string& content) const;
  [[nodiscard]] std::string path(const std::string& name) const;

 private:
  std::string folder_;
};

struct ReadRow {
  std::vector<std::string> fields;  // "<absent>" where a field is absent.
  Place place;

  friend bool operator==(const ReadRow&, const ReadRow&) = default;
};

struct ReadAll {
  std::string error;  // What went wrong, with where and remedy in error_message; empty where nothing did.
  std::string error_message;
  std::vector<std::string> header;
  std::vector<ReadRow> rows;
  std::vector<Fault> faults;
  std::int64_t blank_lines = 0;
  SourceHashes hashes;
  base::Encoding encoding = base::Encoding::utf8;
  Format format = Format::csv;
  std::vector<Finding> findings;
};

[[nodiscard]] ReadAll read_all(const std::string& path, const ReadOptions& options = {});

// The field as a writer of CSV would quote it.
[[nodiscard]] std::string in_quotes(const std::string& field);

// The bytes as gzip.
[[nodiscard]] std::string gzipped(const std::string& bytes);

struct ZipMember {
  std::string name;
  std::string content;
};
// The members as a zip, in memory.
[[nodiscard]] std::string zipped(const std::vector<ZipMember>& members);

}  // namespace throughline::records
