#include <openssl/ssl.h>

#include <string>

#include "serve/tls_internal.h"

namespace throughline::serve {

namespace {

namespace ssl = boost::asio::ssl;

constexpr const char* k_ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

base::Error not_usable(const char* code, std::string what, const std::filesystem::path& file) {
  return {.kind = base::ErrorKind::world,
          .code = code,
          .what = std::move(what),
          .where = file.string(),
          .remedy =
              "give a certificate chain and its key as PEM files that this account can read, the key without a "
              "passphrase"};
}

// A key behind a passphrase must fail at once, not ask on the terminal.
int no_passphrase(char* /*text*/, int /*size*/, int /*writing*/, void* /*unused*/) {
  return 0;
}

}  // namespace

base::Result<std::unique_ptr<ssl::context>> make_tls_context(const TlsFiles& files) {
  boost::system::error_code failed;
  auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
  SSL_CTX* handle = context->native_handle();
  SSL_CTX_set_default_passwd_cb(handle, no_passphrase);
  SSL_CTX_set_options(handle, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  if (SSL_CTX_set_min_proto_version(handle, TLS1_2_VERSION) != 1 || SSL_CTX_set_cipher_list(handle, k_ciphers) != 1) {
    return not_usable("certificate_not_usable", "this machine's OpenSSL does not offer TLS 1.2 with modern ciphers",
                      "");
  }
  static_cast<void>(context->use_certificate_chain_file(files.certificate.string(), failed));
  if (failed) {
    return not_usable("certificate_not_usable", "the certificate cannot be read: " + failed.message(),
                      files.certificate);
  }
  static_cast<void>(context->use_private_key_file(files.key.string(), ssl::context::pem, failed));
  if (failed) return not_usable("key_not_usable", "the key cannot be read: " + failed.message(), files.key);
  if (SSL_CTX_check_private_key(handle) != 1) {
    return not_usable("key_not_usable", "the key does not belong to the certificate", files.key);
  }
  return context;
}

}  // namespace throughline::serve
