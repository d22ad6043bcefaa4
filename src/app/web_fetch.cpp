#include "app/web_fetch.h"

#include <curl/curl.h>

#include <memory>
#include <mutex>

#include "base/check.h"

namespace throughline::app {

namespace {

using base::Error;
using base::Result;

constexpr long k_connect_ms = 5'000;
constexpr long k_whole_ms = 10'000;
constexpr std::size_t k_answer_bytes_max = std::size_t{1} << 20;

struct CurlEnd {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct UrlEnd {
  void operator()(CURLU* address) const { curl_url_cleanup(address); }
};

void start_curl_once() {
  static std::once_flag once;
  std::call_once(once, [] { CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); });
}

// Less than all taken makes libcurl give up.
std::size_t take(char* bytes, std::size_t one, std::size_t count, void* target) {
  auto& body = *static_cast<std::string*>(target);
  if (body.size() + one * count > k_answer_bytes_max) return 0;
  body.append(bytes, one * count);
  return one * count;
}

std::string part_of(CURLU* address, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(address, part, &text, 0) != CURLUE_OK) return {};
  std::string found(text);
  curl_free(text);
  return found;
}

// The form as it is sent.
std::string form_body(const WebQuestion& question) {
  std::string body;
  for (const auto& [name, value] : question.form) {
    body += (body.empty() ? "" : "&") + form_encoded(name) + "=" + form_encoded(value);
  }
  return body;
}

template <class Value>
void set(CURL* handle, CURLoption option, Value value) {
  CHECK(curl_easy_setopt(handle, option, value) == CURLE_OK);
}

void set_bounds(CURL* handle) {
  set(handle, CURLOPT_PROTOCOLS_STR, "https,http");
  set(handle, CURLOPT_FOLLOWLOCATION, 0L);
  set(handle, CURLOPT_PROXY, "");
  set(handle, CURLOPT_NOSIGNAL, 1L);
  set(handle, CURLOPT_CONNECTTIMEOUT_MS, k_connect_ms);
  set(handle, CURLOPT_TIMEOUT_MS, k_whole_ms);
  set(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  set(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(handle, CURLOPT_USERAGENT, "throughline");
}

}  // namespace

Result<WebAnswer> ask_web(const WebQuestion& question) {
  start_curl_once();
  const std::unique_ptr<CURL, CurlEnd> handle(curl_easy_init());
  CHECK(handle != nullptr);
  CHECK(is_safe_address(question.address));
  WebAnswer answer;
  const std::string body = form_body(question);
  set_bounds(handle.get());
  set(handle.get(), CURLOPT_URL, question.address.c_str());
  set(handle.get(), CURLOPT_WRITEFUNCTION, &take);
  set(handle.get(), CURLOPT_WRITEDATA, static_cast<void*>(&answer.body));
  if (!question.ca_file.empty()) set(handle.get(), CURLOPT_CAINFO, question.ca_file.c_str());
  if (!question.form.empty()) set(handle.get(), CURLOPT_POSTFIELDS, body.c_str());
  if (!question.user.empty()) {
    set(handle.get(), CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    set(handle.get(), CURLOPT_USERNAME, question.user.c_str());
    set(handle.get(), CURLOPT_PASSWORD, question.password.c_str());
  }
  const CURLcode failure = curl_easy_perform(handle.get());
  if (failure != CURLE_OK) {
    return Error{base::ErrorKind::world, "web_unreachable",
                 std::string("The other server gave no answer: ") + curl_easy_strerror(failure), question.address,
                 "See whether it runs and can be reached from this machine"};
  }
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  answer.status = static_cast<int>(status);
  return answer;
}

bool is_safe_address(const std::string& address) {
  const std::unique_ptr<CURLU, UrlEnd> parsed(curl_url());
  CHECK(parsed != nullptr);
  if (curl_url_set(parsed.get(), CURLUPART_URL, address.c_str(), 0) != CURLUE_OK) return false;
  const bool is_plain = part_of(parsed.get(), CURLUPART_USER).empty() &&
                        part_of(parsed.get(), CURLUPART_PASSWORD).empty() &&
                        part_of(parsed.get(), CURLUPART_FRAGMENT).empty();
  const std::string scheme = part_of(parsed.get(), CURLUPART_SCHEME);
  const std::string host = part_of(parsed.get(), CURLUPART_HOST);
  const bool is_here = host == "127.0.0.1" || host == "[::1]" || host == "localhost";
  return is_plain && !host.empty() && (scheme == "https" || (scheme == "http" && is_here));
}

std::string form_encoded(std::string_view text) {
  constexpr std::string_view k_digits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                          c == '.' || c == '_' || c == '~';
    const auto byte = static_cast<unsigned char>(c);
    if (is_plain) {
      encoded += c;
    } else {
      encoded += {'%', k_digits[byte >> 4U], k_digits[byte & 0xFU]};
    }
  }
  return encoded;
}

}  // namespace throughline::app
