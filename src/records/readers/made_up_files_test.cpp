#include <zip.h>
#include <zlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/check.h"
#include "records/readers/made_up_files.h"

namespace throughline::records {

ScratchFolder::ScratchFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "readers_XXXXXX").string();
  CHECK(::mkdtemp(pattern.data()) != nullptr);
  folder_ = pattern;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string ScratchFolder::path(const std::string& name) const {
  return folder_ + "/" + name;
}

std::string ScratchFolder::write(const std::string& name, const std::string& content) const {
  std::ofstream file(path(name), std::ios::binary);
  file << content;
  CHECK(file.good());
  return path(name);
}

namespace {

void add_rows(const RawRows& rows, ReadAll& all) {
  for (std::int64_t row = 0; row < rows.rows(); ++row) {
    ReadRow read;
    for (std::int32_t column = 0; column < rows.columns; ++column) {
      const std::string_view field = rows.field(row, column);
      read.fields.emplace_back(is_absent(field) ? "<absent>" : field);
    }
    read.place = rows.places[static_cast<std::size_t>(row)];
    all.rows.push_back(std::move(read));
  }
  all.faults.insert(all.faults.end(), rows.faults.begin(), rows.faults.end());
  all.blank_lines += rows.blank_lines;
}

base::Result<void> read_into(const std::string& path, const ReadOptions& options, ReadAll& all) {
  auto source = TRY(open_rows(path, options));
  all.header = source->header();
  for (auto window = TRY(source->next()); window; window = TRY(source->next())) add_rows(source->parse(*window), all);
  all.hashes = TRY(source->finish());
  all.encoding = source->encoding();
  all.format = source->format();
  all.findings = source->findings();
  return {};
}

}  // namespace

ReadAll read_all(const std::string& path, const ReadOptions& options) {
  ReadAll all;
  const auto done = read_into(path, options, all);
  if (!done.ok()) {
    all.error = done.error().what;
    all.error_message = done.error().message();
  }
  return all;
}

std::string in_quotes(const std::string& field) {
  std::string quoted = "\"";
  for (const char byte : field) quoted += byte == '"' ? std::string("\"\"") : std::string(1, byte);
  return quoted + "\"";
}

std::string gzipped(const std::string& bytes) {
  z_stream stream{};
  CHECK(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string packed(deflateBound(&stream, bytes.size()) + 32, '\0');
  std::string input = bytes;
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(packed.size() - stream.avail_out);
  deflateEnd(&stream);
  return packed;
}

std::string zipped(const std::vector<ZipMember>& members) {
  const ScratchFolder folder;
  const std::string path = folder.path("made.zip");
  int code = 0;
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE, &code);
  CHECK(archive != nullptr);
  for (const ZipMember& member : members) {
    zip_source_t* source = zip_source_buffer(archive, member.content.data(), member.content.size(), 0);
    CHECK(zip_file_add(archive, member.name.c_str(), source, ZIP_FL_ENC_UTF_8) >= 0);
  }
  CHECK(zip_close(archive) == 0);
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace throughline::records
