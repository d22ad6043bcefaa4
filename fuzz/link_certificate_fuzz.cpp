// Certificates and models: any bytes are one or an error; one that is read is written as it was read. The hash is set
// right before reading, so that the fuzzer gets past it.
#include <string>

#include "base/check.h"
#include "linkage/certificate.h"
#include "linkage/model_file.h"

namespace {

using throughline::linkage::certificate_text;
using throughline::linkage::read_certificate;
using throughline::linkage::read_model;

// The error for a wrong hash names the right one.
std::string with_right_hash(const std::string& text, const std::string& message) {
  const std::string marker = "its content has ";
  const std::size_t right = message.find(marker);
  const std::size_t written = text.rfind("\"hash\"");
  if (right == std::string::npos || written == std::string::npos) return text;
  const std::size_t begin = text.find('"', text.find(':', written));
  const std::size_t end = begin == std::string::npos ? begin : text.find('"', begin + 1);
  if (end == std::string::npos) return text;
  return text.substr(0, begin + 1) + message.substr(right + marker.size(), 64) + text.substr(end);
}

void certificate(const std::string& text) {
  auto read = read_certificate(text);
  if (!read.ok()) read = read_certificate(with_right_hash(text, read.error().what));
  if (!read.ok()) {
    CHECK(!read.error().message().empty());
    return;
  }
  const std::string written = certificate_text(read.value());
  const auto again = read_certificate(written);
  CHECK(again.ok());
  CHECK(certificate_text(again.value()) == written);
  const bool is_linked = throughline::linkage::decision(again.value());
  CHECK(is_linked == throughline::linkage::decision(read.value()));
  (void)throughline::linkage::explain(read.value().model, read.value().facts);
}

void model(const std::string& text) {
  const auto read = read_model(text);
  if (!read.ok()) return;
  const auto again = read_model(throughline::linkage::model_text(read.value(), "0.1.0"));
  CHECK(again.ok());
  CHECK(again.value().levels == read.value().levels);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  certificate(text);
  model(text);
  return 0;
}
