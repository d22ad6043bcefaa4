#include "serve/http_head.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "serve/http_target.h"

namespace throughline::serve {

namespace {

using std::string_view;

// Fields that may come in several lines, for they are lists. Every other may stand once: two values of one field are
// two meanings.
constexpr std::array<string_view, 9> k_lists = {"accept",     "accept-encoding", "accept-language",
                                                "connection", "cache-control",   "if-none-match",
                                                "via",        "forwarded",       "x-forwarded-for"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_token_char(char c) {
  return is_digit(c) || is_letter(c) || (c != '\0' && string_view("!#$%&'*+-.^_`|~").find(c) != string_view::npos);
}
bool is_token(string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_token_char);
}
bool is_value_char(char c) {
  return c == '\t' || (static_cast<unsigned char>(c) >= 0x20U && c != '\x7f');
}
bool is_host_char(char c) {
  return is_digit(c) || is_letter(c) || string_view(".-:[]").find(c) != string_view::npos;
}

std::string lower(string_view text) {
  std::string lowered(text);
  for (char& c : lowered) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lowered;
}

string_view trimmed(string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

bool list_has(string_view list, string_view word) {
  while (!list.empty()) {
    const string_view item = list.substr(0, list.find(','));
    list.remove_prefix(std::min(list.size(), item.size() + 1));
    if (lower(trimmed(item)) == word) return true;
  }
  return false;
}

std::optional<Method> method_of(string_view name) {
  for (const Method method : {Method::get, Method::head, Method::post, Method::put, Method::remove}) {
    if (method_name(method) == name) return method;
  }
  return std::nullopt;
}

string_view without_port(string_view host) {
  const std::size_t colon = host.rfind(':');
  const bool is_in_brackets = colon != string_view::npos && host.find(']', colon) != string_view::npos;
  return is_in_brackets ? host : host.substr(0, colon);
}

// Each step gives false once there is a refusal.
class HeadReader {
 public:
  std::variant<ParsedHead, Refusal> read(string_view text) {
    if (read_lines(text) && judge_host() && judge_framing() && judge_expectation()) {
      judge_connection();
      return std::move(parsed_);
    }
    return std::move(refusal_);
  }

 private:
  bool refuse(Refusal refusal) {
    refusal_ = std::move(refusal);
    return false;
  }
  bool refuse_line() {
    return refuse({400, "head_not_understood", "a line of the head is not as HTTP/1.1 wants it",
                   "end lines with CRLF, do not fold them, and send no control characters"});
  }

  bool read_lines(string_view text) {
    for (bool is_first = true;; is_first = false) {
      const std::size_t end = text.find("\r\n");
      if (end == string_view::npos) return refuse_line();
      const string_view line = text.substr(0, end);
      text.remove_prefix(end + 2);
      if (!is_first && line.empty()) return text.empty() || refuse_line();
      if (!std::ranges::all_of(line, is_value_char)) return refuse_line();
      if (is_first ? !read_request_line(line) : !read_field(line)) return false;
    }
  }

  bool read_request_line(string_view line) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == last || !is_token(line.substr(0, first))) return refuse_line();
    const string_view version = line.substr(last + 1);
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
      if (!version.starts_with("HTTP/")) return refuse_line();
      return refuse({505, "version_not_served", "only HTTP/1.1 and HTTP/1.0 are spoken here", ""});
    }
    is_old_ = version == "HTTP/1.0";
    return read_method(line.substr(0, first)) && read_target(line.substr(first + 1, last - first - 1));
  }

  bool read_method(string_view name) {
    const std::optional<Method> method = method_of(name);
    if (method.has_value()) {
      parsed_.head.method = *method;
      return true;
    }
    const bool is_known = name == "OPTIONS" || name == "TRACE" || name == "CONNECT" || name == "PATCH";
    return refuse(
        {is_known ? 405 : 501, "method_not_served", "this method is not served", "use GET, POST, PUT or DELETE"});
  }

  bool read_target(string_view text) {
    std::variant<Target, Refusal> outcome = parse_target(text);
    if (auto* refusal = std::get_if<Refusal>(&outcome)) return refuse(std::move(*refusal));
    auto& target = std::get<Target>(outcome);
    parsed_.head.path = std::move(target.path);
    parsed_.head.query = std::move(target.query);
    return true;
  }

  bool read_field(string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == string_view::npos || !is_token(line.substr(0, colon)) || !base::valid_utf8(line)) return refuse_line();
    if (++lines_ > k_fields_max) {
      return refuse({431, "too_many_fields", "the head has more than 64 fields", "send fewer fields"});
    }
    std::string name = lower(line.substr(0, colon));
    const string_view value = trimmed(line.substr(colon + 1));
    std::vector<NamedText>& fields = parsed_.head.fields;
    const auto twin = std::ranges::find(fields, name, &NamedText::first);
    if (twin == fields.end()) {
      fields.emplace_back(std::move(name), value);
      return true;
    }
    if (std::ranges::find(k_lists, name) == k_lists.end()) {
      return refuse(
          {400, "field_repeated", "a field stands twice in the head that may stand only once", "send each field once"});
    }
    twin->second.append(", ").append(value);
    return true;
  }

  bool judge_host() {
    const auto host = parsed_.head.field("host");
    if (!host.has_value() || host->empty() || !std::ranges::all_of(*host, is_host_char)) {
      return refuse({400, "host_not_understood",
                     "the head has no Host, or one that is not a name with an optional port", "send one Host"});
    }
    parsed_.head.host = lower(*host);
    return true;
  }

  bool judge_framing() {
    const auto length = parsed_.head.field("content-length");
    const auto coding = parsed_.head.field("transfer-encoding");
    if (coding.has_value() && (length.has_value() || is_old_)) {
      return refuse({400, "length_ambiguous", "the body has a transfer coding beside a length, or in HTTP/1.0",
                     "send either Content-Length or Transfer-Encoding: chunked"});
    }
    if (coding.has_value() && *coding != "chunked") {
      return refuse({501, "coding_not_served", "the only transfer coding understood here is chunked",
                     "send Content-Length or Transfer-Encoding: chunked"});
    }
    if (coding.has_value()) parsed_.framing = Framing::chunked;
    if (length.has_value() && !read_length(*length)) return false;
    const Method method = parsed_.head.method;
    if (parsed_.framing != Framing::none && method != Method::post && method != Method::put) {
      return refuse({400, "body_not_expected", "a request of this method has no body here", "send it without a body"});
    }
    return true;
  }

  // Eighteen digits fit in 64 bits with room to spare.
  bool read_length(string_view text) {
    if (text.empty() || text.size() > 18 || !std::ranges::all_of(text, is_digit)) {
      return refuse({400, "length_not_understood", "the Content-Length is not a number of bytes", "send digits only"});
    }
    parsed_.body_bytes = base::parse_integer(text).value();
    if (parsed_.body_bytes > 0) parsed_.framing = Framing::length;
    return true;
  }

  bool judge_expectation() {
    const auto expected = parsed_.head.field("expect");
    if (!expected.has_value()) return true;
    if (lower(*expected) != "100-continue") {
      return refuse({417, "expectation_not_met", "the only expectation understood here is 100-continue", ""});
    }
    parsed_.expects_continue = !is_old_ && parsed_.framing != Framing::none;
    return true;
  }

  void judge_connection() {
    const string_view wish = parsed_.head.field("connection").value_or("");
    parsed_.is_kept_alive = is_old_ ? list_has(wish, "keep-alive") : !list_has(wish, "close");
  }

  ParsedHead parsed_;
  Refusal refusal_;
  std::size_t lines_ = 0;
  bool is_old_ = false;
};

}  // namespace

std::optional<std::size_t> head_end(string_view bytes, std::size_t seen) {
  if (bytes.empty()) return std::nullopt;
  if (!is_token_char(bytes.front())) return 1;
  for (std::size_t at = bytes.find('\n', seen); at != string_view::npos; at = bytes.find('\n', at + 1)) {
    const bool is_bare = at == 0 || bytes[at - 1] != '\r';
    if (is_bare || bytes.substr(0, at).ends_with("\r\n\r")) return at + 1;
  }
  return std::nullopt;
}

std::variant<ParsedHead, Refusal> parse_head(string_view text) {
  return HeadReader().read(text);
}

bool is_host_among(string_view host, const std::vector<std::string>& names) {
  const string_view bare = without_port(host);
  const string_view port = host.substr(bare.size());
  if (!port.empty() && (port.size() < 2 || !std::ranges::all_of(port.substr(1), is_digit))) return false;
  return std::ranges::any_of(names, [&](const std::string& name) { return lower(name) == bare; });
}

}  // namespace throughline::serve
