#include "serve/static_files.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "base/number.h"
#include "base/sha256.h"

namespace throughline::serve {

namespace {

using std::string_view;

constexpr string_view k_first_line = "throughline web pack 1";

base::Error damaged() {
  return {.kind = base::ErrorKind::damaged,
          .code = "web_pack_damaged",
          .what = "the pages that the program carries are not whole",
          .where = "",
          .remedy = "build or install the program again"};
}

// The text up to the mark, which is taken off with it.
string_view take_until(string_view& text, char mark) {
  const string_view taken = text.substr(0, text.find(mark));
  text.remove_prefix(std::min(text.size(), taken.size() + 1));
  return taken;
}

// The part of the bodies that two numbers name; nothing where it is not inside.
std::optional<string_view> slice(string_view bodies, string_view offset_text, string_view length_text) {
  const auto size = base::narrow<std::int64_t>(bodies.size());
  const std::int64_t offset = base::parse_integer(offset_text).value_or(-1);
  const std::int64_t length = base::parse_integer(length_text).value_or(-1);
  if (offset < 0 || length < 0 || offset > size || length > size - offset) return std::nullopt;
  return bodies.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(length));
}

// If-None-Match is a list of tags, or a star. Weak tags are compared as strong ones are.
bool has_tag(string_view list, string_view tag) {
  while (!list.empty()) {
    string_view item = take_until(list, ',');
    while (item.starts_with(' ')) item.remove_prefix(1);
    while (item.ends_with(' ')) item.remove_suffix(1);
    if (item == "*" || item == tag || (tag.starts_with("W/") && item == tag.substr(2))) return true;
  }
  return false;
}

}  // namespace

std::optional<std::pair<std::string, StaticFiles::File>> StaticFiles::read_line(string_view line, string_view bodies) {
  std::array<string_view, 8> fields;
  for (string_view& field : fields) field = take_until(line, '\t');
  const auto [path, type, hash, lasts, offset, length, gzip_offset, gzip_length] = fields;
  const auto plain = slice(bodies, offset, length);
  const auto gzip = slice(bodies, gzip_offset, gzip_length);
  if (!line.empty() || path.empty() || !plain.has_value() || !gzip.has_value()) return std::nullopt;
  if (base::hash_text(*plain).hex() != hash) return std::nullopt;
  // A weak tag, for both forms of the file have the same.
  File file{.type = std::string(type),
            .tag = "W/\"" + std::string(hash.substr(0, 32)) + "\"",
            .lasts_forever = lasts == "forever",
            .plain = std::make_shared<const std::string>(*plain),
            .gzip = gzip->empty() ? nullptr : std::make_shared<const std::string>(*gzip)};
  return std::pair("/" + std::string(path), std::move(file));
}

base::Result<StaticFiles> StaticFiles::open(string_view pack, std::vector<std::string> pages) {
  StaticFiles files;
  files.pages_ = std::move(pages);
  if (pack.empty()) return files;
  if (take_until(pack, '\n') != k_first_line) return damaged();
  string_view counts = take_until(pack, '\n');
  const std::int64_t lines = base::parse_integer(take_until(counts, ' ')).value_or(-1);
  const std::int64_t bytes = base::parse_integer(counts).value_or(-1);
  if (lines < 0 || bytes < 0 || bytes > base::narrow<std::int64_t>(pack.size())) return damaged();
  const string_view bodies = pack.substr(pack.size() - static_cast<std::size_t>(bytes));
  string_view index = pack.substr(0, pack.size() - bodies.size());
  for (std::int64_t line = 0; line < lines; ++line) {
    std::optional<std::pair<std::string, File>> file = read_line(take_until(index, '\n'), bodies);
    if (!file.has_value() || !files.files_.insert(*std::move(file)).second) return damaged();
  }
  if (!index.empty()) return damaged();
  return files;
}

bool StaticFiles::is_page(string_view path) const {
  return std::ranges::any_of(pages_, [&](string_view page) {
    if (!page.ends_with("/*")) return page == path;
    page.remove_suffix(1);
    return path.size() > page.size() && path.starts_with(page) && path.find('/', page.size()) == string_view::npos;
  });
}

std::optional<Response> StaticFiles::answer(const RequestHead& head) const {
  if (head.method != Method::get && head.method != Method::head) return std::nullopt;
  const auto found = files_.find(is_page(head.path) ? string_view("/index.html") : string_view(head.path));
  if (found == files_.end()) return std::nullopt;
  const File& file = found->second;
  Response response;
  response.fields = {{"etag", file.tag},
                     {"cache-control", file.lasts_forever ? "public, max-age=31536000, immutable" : "no-cache"}};
  response.gzip_body = file.gzip;
  if (has_tag(head.field("if-none-match").value_or(""), file.tag)) {
    response.status = 304;
    return response;
  }
  response.content_type = file.type;
  response.body = file.plain;
  return response;
}

}  // namespace throughline::serve
