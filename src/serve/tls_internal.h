// How TLS is spoken here: 1.2 and 1.3, with keys that no later theft opens, certificates from PEM files.
#pragma once

#include <memory>
#include <utility>

#include <boost/asio/ssl/context.hpp>

#include "base/result.h"
#include "serve/http.h"

namespace throughline::serve {

// Errors "certificate_not_usable", "key_not_usable".
[[nodiscard]] base::Result<std::unique_ptr<boost::asio::ssl::context>> make_tls_context(const TlsFiles& files);

}  // namespace throughline::serve
