// A temporary folder that a test owns. Only *_test.cpp includes this.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace throughline::store {

class TestingFolder {
 public:
  TestingFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "throughline_store_XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  TestingFolder(const TestingFolder&) = delete;
  TestingFolder& operator=(const TestingFolder&) = delete;
  ~TestingFolder() {
    std::error_code failure;
    std::filesystem::remove_all(path_, failure);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline void put_bytes(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

// Turns over the bits of one byte.
inline void flip_byte(const std::filesystem::path& path, std::size_t offset) {
  std::string bytes = bytes_of(path);
  bytes.at(offset) = static_cast<char>(~bytes.at(offset));
  put_bytes(path, bytes);
}

}  // namespace throughline::store
