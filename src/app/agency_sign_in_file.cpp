// The file that --agency-sign-in names: one [[provider]] each.

#include <algorithm>
#include <filesystem>
#include <utility>

#include "app/agency_sign_in.h"
#include "app/web_fetch.h"
#include "base/text.h"
#include "base/toml_tree.h"
#include "store/files.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr std::size_t k_text_bytes_max = 500;

const std::vector<std::string>& keys_known() {
  static const std::vector<std::string> keys = {"name",          "title",         "agency",
                                                "issuer",        "client_id",     "client_secret_file",
                                                "first_sign_in", "account_claim", "ca_file"};
  return keys;
}

Error bad(const std::string& path, std::int64_t line, std::string what, std::string remedy) {
  return {ErrorKind::bad_command, "agency_sign_in_file", std::move(what),
          path + (line > 0 ? ", line " + std::to_string(line) : ""), std::move(remedy)};
}

const base::TomlEntry* entry_of(const base::TomlNode& table, const std::string& key) {
  const auto at = std::ranges::find(table.entries, key, &base::TomlEntry::key);
  return at == table.entries.end() ? nullptr : &*at;
}

// Needed unless there is something to take instead.
Result<std::string> text_of(const std::string& path, const base::TomlNode& table, const std::string& key,
                            const std::string& otherwise) {
  const base::TomlEntry* entry = entry_of(table, key);
  if (entry == nullptr) {
    if (!otherwise.empty() || key == "ca_file") return otherwise;
    return bad(path, table.line, "A provider has no '" + key + "'",
               "docs/how-to/sign_in_through_your_agency.md shows a whole file");
  }
  const std::string& text = entry->value.text;
  const bool is_fit = entry->value.kind == base::TomlKind::text && !text.empty() && text.size() <= k_text_bytes_max;
  if (is_fit) return text;
  return bad(path, entry->line, "'" + key + "' holds " + std::string(base::name_of(entry->value.kind)),
             "Write a text of 1 to 500 bytes between quotes");
}

Result<void> check_keys(const std::string& path, const base::TomlNode& table) {
  for (const base::TomlEntry& entry : table.entries) {
    if (std::ranges::find(keys_known(), entry.key) != keys_known().end()) continue;
    const auto nearest = base::nearest_name(entry.key, keys_known());
    return bad(path, entry.line, "'" + entry.key + "' is not a key of a provider",
               nearest ? "Did you mean '" + *nearest + "'?" : "See docs/how-to/sign_in_through_your_agency.md");
  }
  return {};
}

// A file beside the settings, unless its path is whole.
std::string beside(const std::string& path, const std::string& file) {
  return file.empty() ? file : (std::filesystem::path(path).parent_path() / file).string();
}

Result<std::string> secret_in(const std::string& path) {
  std::string secret = TRY(store::read_whole(path));
  while (!secret.empty() && (secret.back() == '\n' || secret.back() == '\r')) secret.pop_back();
  if (!secret.empty() && secret.size() <= k_text_bytes_max) return secret;
  return bad(path, 0, "The client's secret is not one line of 1 to 500 bytes", "Put the secret alone into that file");
}

Result<FirstSignIn> first_sign_in_of(const std::string& path, const base::TomlNode& table) {
  const std::string word = TRY(text_of(path, table, "first_sign_in", "by_invitation"));
  if (word == "by_invitation") return FirstSignIn::by_invitation;
  if (word == "by_name") return FirstSignIn::by_name;
  return bad(path, entry_of(table, "first_sign_in")->line, "'first_sign_in' holds a word that means nothing here",
             "Write \"by_invitation\", or \"by_name\" where the provider never gives a name to another person");
}

bool is_short_name(const std::string& name) {
  return name.size() <= 32 &&
         std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

Result<AgencyProvider> provider_of(const std::string& path, const base::TomlNode& table) {
  TRY(check_keys(path, table));
  AgencyProvider provider;
  provider.name = TRY(text_of(path, table, "name", ""));
  provider.agency = TRY(text_of(path, table, "agency", ""));
  provider.title = TRY(text_of(path, table, "title", "Through " + provider.agency));
  provider.issuer = TRY(text_of(path, table, "issuer", ""));
  provider.client_id = TRY(text_of(path, table, "client_id", ""));
  provider.account_claim = TRY(text_of(path, table, "account_claim", "preferred_username"));
  provider.first_sign_in = TRY(first_sign_in_of(path, table));
  provider.ca_file = beside(path, TRY(text_of(path, table, "ca_file", "")));
  if (!is_short_name(provider.name)) {
    return bad(path, table.line, "A provider's name has lower-case letters, digits and '-' only, 32 at most",
               "It stands in addresses; the button's text is 'title'");
  }
  if (!is_safe_address(provider.issuer) || provider.issuer.find('?') != std::string::npos) {
    return bad(path, table.line, "The issuer of '" + provider.name + "' is not an https address",
               "Copy it from the provider's own description; http is for this machine alone");
  }
  provider.client_secret = TRY(secret_in(beside(path, TRY(text_of(path, table, "client_secret_file", "")))));
  return provider;
}

}  // namespace

Result<std::vector<AgencyProvider>> read_agency_providers(const std::string& path) {
  const std::string text = TRY(store::read_whole(path));
  const base::TomlParsed parsed = base::parse_toml(text);
  if (!parsed.fault.empty()) return bad(path, parsed.fault_line, parsed.fault, "Write it as TOML");
  const base::TomlEntry* list = entry_of(parsed.root, "provider");
  if (list == nullptr || list->value.kind != base::TomlKind::array || parsed.root.entries.size() != 1) {
    return bad(path, 0, "The file holds something else than [[provider]] tables",
               "docs/how-to/sign_in_through_your_agency.md shows a whole file");
  }
  std::vector<AgencyProvider> providers;
  for (const base::TomlNode& table : list->value.elements) {
    AgencyProvider provider = TRY(provider_of(path, table));
    if (std::ranges::find(providers, provider.name, &AgencyProvider::name) != providers.end()) {
      return bad(path, table.line, "Two providers are called '" + provider.name + "'", "Give each a name of its own");
    }
    providers.push_back(std::move(provider));
  }
  return providers;
}

}  // namespace throughline::app
