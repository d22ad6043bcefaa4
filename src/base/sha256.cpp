#include "base/sha256.h"

#include <openssl/evp.h>

#include "base/check.h"

namespace throughline::base {

struct Sha256::Context {
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> evp{EVP_MD_CTX_new()};

  // OpenSSL can only fail here for want of memory or of the algorithm, and neither is the data's fault.
  void begin() { CHECK(evp != nullptr && EVP_DigestInit_ex(evp.get(), EVP_sha256(), nullptr) == 1); }
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  context_->begin();
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::span<const std::byte> bytes) {
  CHECK(EVP_DigestUpdate(context_->evp.get(), bytes.data(), bytes.size()) == 1);
}

void Sha256::update(std::string_view bytes) {
  update(std::as_bytes(std::span(bytes)));
}

Hash Sha256::finish() {
  Hash hash;
  unsigned size = 0;
  CHECK(EVP_DigestFinal_ex(context_->evp.get(), reinterpret_cast<unsigned char*>(hash.bytes.data()), &size) == 1);
  CHECK(size == hash.bytes.size());
  context_->begin();
  return hash;
}

Hash hash_bytes(std::span<const std::byte> bytes) {
  Sha256 sha;
  sha.update(bytes);
  return sha.finish();
}

Hash hash_text(std::string_view text) {
  return hash_bytes(std::as_bytes(std::span(text)));
}

}  // namespace throughline::base
