// The pages' own files, answered from memory. They come in a pack that tools/pack_web.py makes and describes: each file
// with its type, its hash and, for text, a form in gzip.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "serve/http.h"

namespace throughline::serve {

// The pack that this program carries; empty where it was built without pages.
[[nodiscard]] std::string_view embedded_web_pack();

class StaticFiles {
 public:
  // Reads and checks a pack once, each file against its hash. An empty text is a pack of no files. Pages are the
  // addresses that are answered with index.html: exact ones, "/sources", and with one further segment, "/sources/*".
  // Error "web_pack_damaged".
  [[nodiscard]] static base::Result<StaticFiles> open(std::string_view pack, std::vector<std::string> pages);

  [[nodiscard]] bool is_empty() const { return files_.empty(); }
  // The file that a path names, or the page; 304 where the client has it already. Nothing where it is neither, or
  // where the method is not GET or HEAD. Never waits.
  [[nodiscard]] std::optional<Response> answer(const RequestHead& head) const;

 private:
  struct File {
    std::string type;
    std::string tag;  // As ETag has it.
    bool lasts_forever = false;
    std::shared_ptr<const std::string> plain;
    std::shared_ptr<const std::string> gzip;  // Null: none.
  };

  [[nodiscard]] static std::optional<std::pair<std::string, File>> read_line(std::string_view line,
                                                                             std::string_view bodies);
  [[nodiscard]] bool is_page(std::string_view path) const;

  std::map<std::string, File, std::less<>> files_;  // By path, with its slash.
  std::vector<std::string> pages_;
};

}  // namespace throughline::serve
