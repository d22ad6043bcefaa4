// A body on its way into a file.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace throughline::serve {

// A new file, readable by this account only, removed again unless it was moved away.
class Upload {
 public:
  // Makes the file. Error "upload_not_writable".
  [[nodiscard]] static base::Result<Upload> make(const std::filesystem::path& folder);
  Upload(Upload&& other) noexcept;
  Upload& operator=(Upload&& other) noexcept;
  Upload(const Upload&) = delete;
  Upload& operator=(const Upload&) = delete;
  ~Upload();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  // Appends. Error "upload_not_writable", with a full disk as with any other cause.
  [[nodiscard]] base::Result<void> write(std::string_view bytes);

 private:
  Upload(std::filesystem::path path, int file) : path_(std::move(path)), file_(file) {}

  std::filesystem::path path_;
  int file_ = -1;
};

}  // namespace throughline::serve
