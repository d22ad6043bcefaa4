#include "linkage/normal/address.h"

#include <algorithm>
#include <array>
#include <optional>

#include "linkage/ascii.h"
#include "linkage/normal/address_reader.h"

namespace throughline::linkage {

namespace {

using Lines = std::vector<std::string_view>;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view k_beside = " .-";
  const std::size_t begin = text.find_first_not_of(k_beside);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(k_beside) - begin + 1);
}

Lines lines_of(std::string_view plain) {
  Lines lines;
  std::size_t begin = 0;
  while (begin <= plain.size()) {
    const std::size_t end = std::min(plain.find(',', begin), plain.size());
    const std::string_view line = trimmed(plain.substr(begin, end - begin));
    if (!line.empty()) lines.push_back(line);
    begin = end + 1;
  }
  return lines;
}

constexpr std::array<std::string_view, 9> k_countries = {
    "UNITED KINGDOM", "GREAT BRITAIN", "NORTHERN IRELAND", "SCOTLAND", "ENGLAND", "WALES", "CYMRU", "UK", "GB"};

bool is_country(std::string_view line) {
  return std::ranges::find(k_countries, line) != k_countries.end();
}

// The line without a country's name after its postcode: "LEEDS LS1 1AA UK".
std::string_view without_country(std::string_view line) {
  for (const std::string_view country : k_countries) {
    const bool is_last =
        line.ends_with(country) && line.size() > country.size() && line[line.size() - country.size() - 1] == ' ';
    if (!is_last) continue;
    const std::string_view rest = trimmed(line.substr(0, line.size() - country.size()));
    if (postcode_at_end(rest).has_value()) return rest;
  }
  return line;
}

struct Parted {
  std::string plain;  // With a comma between lines.
  Postcode postcode{};
};

// Takes out the last postcode that ends a line, and countries on lines of their own.
Parted without_postcode(std::string_view plain) {
  Lines lines = lines_of(plain);
  std::erase_if(lines, is_country);
  Parted parted;
  for (std::size_t left = lines.size(); left > 0 && parted.postcode.presence == Presence::blank; --left) {
    std::string_view& line = lines[left - 1];
    const std::string_view candidate = without_country(line);
    std::optional<FoundPostcode> found = postcode_at_end(candidate);
    if (!found.has_value()) continue;
    parted.postcode = std::move(found->postcode);
    line = trimmed(candidate.substr(0, found->begin));
  }
  std::erase_if(lines, [](std::string_view line) { return line.empty() || is_country(line); });
  for (const std::string_view line : lines) {
    parted.plain += parted.plain.empty() ? "" : ", ";
    parted.plain += line;
  }
  return parted;
}

// 111 is a house's number here, though a name of one digit again and again is none.
Presence presence_of_line(std::string_view plain) {
  const Presence presence = presence_of(plain);
  const bool is_number =
      presence == Presence::filler && std::ranges::all_of(plain, is_digit) && plain.size() <= 4 && plain.front() != '0';
  return is_number ? Presence::present : presence;
}

}  // namespace

std::string_view Address::town() const {
  return places.empty() ? std::string_view() : std::string_view(places.back());
}

std::string_view Address::locality() const {
  return places.size() < 2 ? std::string_view() : std::string_view(places[places.size() - 2]);
}

Address read_address(std::string_view text) {
  std::string marked(text);
  for (char& c : marked) {
    if (c == '\n' || c == '\r' || c == ';' || c == '|') c = ',';
  }
  const std::string plain = plain_upper(marked);
  const Presence presence = presence_of_line(plain);
  if (presence != Presence::present) return {.presence = presence};
  Parted parted = without_postcode(plain);
  Address address = address_of(address_tokens_of(parted.plain));
  address.postcode = std::move(parted.postcode);
  if (address.postcode.has_no_fixed_abode) address.kind = AddressKind::no_fixed_abode;
  const bool says_nothing = address.kind == AddressKind::none && address.postcode.presence == Presence::blank;
  address.presence = says_nothing ? Presence::unreadable : Presence::present;
  return address;
}

Address read_address(std::span<const std::string_view> lines) {
  std::string text;
  Presence only = Presence::blank;
  for (const std::string_view line : lines) {
    const Presence presence = presence_of_line(plain_upper(line));
    if (presence != Presence::present) {
      if (only == Presence::blank) only = presence;
      continue;
    }
    text += text.empty() ? "" : ",";
    text += line;
  }
  return text.empty() ? Address{.presence = only} : read_address(text);
}

}  // namespace throughline::linkage
