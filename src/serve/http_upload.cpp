#include "serve/http_upload.h"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace throughline::serve {

namespace {

base::Error not_writable(const std::filesystem::path& folder, int cause) {
  return {.kind = base::ErrorKind::world,
          .code = "upload_not_writable",
          .what = "a file that is being sent cannot be kept: " + std::generic_category().message(cause),
          .where = folder.string(),
          .remedy = "see that the folder exists, may be written and has room"};
}

}  // namespace

base::Result<Upload> Upload::make(const std::filesystem::path& folder) {
  std::string name = (folder / "upload-XXXXXX").string();
  const int file = mkostemp(name.data(), O_CLOEXEC);
  if (file < 0) return not_writable(folder, errno);
  return Upload(name, file);
}

Upload::Upload(Upload&& other) noexcept
    : path_(std::exchange(other.path_, {})), file_(std::exchange(other.file_, -1)) {}

Upload& Upload::operator=(Upload&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(file_, other.file_);
  return *this;
}

Upload::~Upload() {
  if (file_ < 0) return;
  static_cast<void>(::close(file_));
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

base::Result<void> Upload::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return not_writable(path_.parent_path(), errno);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

}  // namespace throughline::serve
