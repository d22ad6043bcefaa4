#include "simulate/members.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>

#include "base/number.h"
#include "simulate/built_in.h"
#include "simulate/checkpoint.h"
#include "simulate/parameter_names.h"
#include "simulate/toml_internal.h"

namespace throughline::simulate {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr std::size_t k_leading = 2;  // draw, model_version.

std::vector<std::string_view> parts_between(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string line_place(std::string_view file, std::size_t line) {
  return fmt::format("{} line {}", file, line);
}

Error malformed(std::string_view file, std::size_t line) {
  return {ErrorKind::bad_command, "ensemble_malformed", "This is no row of an ensemble", line_place(file, line),
          "Give the ensemble.csv that throughline simulate ensemble wrote"};
}

// The parameters of the columns after the leading ones.
Result<std::vector<std::size_t>> columns_of(std::string_view header, std::string_view file) {
  const std::vector<std::string_view> names = parts_between(header, ',');
  if (names.size() <= k_leading || names[0] != "draw" || names[1] != "model_version") return malformed(file, 1);
  std::vector<std::string> known;
  for (const ParameterName& name : parameter_names()) known.emplace_back(name.name);
  std::vector<std::size_t> columns;
  for (std::size_t i = k_leading; i < names.size(); ++i) {
    const auto at = std::ranges::find(known, names[i]);
    if (at == known.end()) return unknown_name("parameter", names[i], known, line_place(file, 1));
    columns.push_back(static_cast<std::size_t>(at - known.begin()));
  }
  return columns;
}

// That no member takes the place of a value that the user has set.
Result<void> check_values_kept(const std::vector<std::size_t>& columns, const std::vector<ParameterCard>& cards,
                               std::string_view file) {
  const std::vector<ParameterCard> usual = built_in_cards();
  for (const std::size_t column : columns) {
    if (cards[column].value == usual[column].value) continue;
    return Error{ErrorKind::bad_command, "option_unused",
                 fmt::format("{} is set to {}, but every member has a value of its own", cards[column].name,
                             plain_number(cards[column].value)),
                 fmt::format("--parameters, {}", line_place(file, 1)),
                 "Leave it out of --parameters, or draw an ensemble with the same --parameters"};
  }
  return {};
}

struct MemberLine {
  std::string_view text;
  std::string_view file;
  std::size_t number = 0;
};

Result<Member> member_in(const MemberLine& line, const std::vector<std::size_t>& columns,
                         const std::vector<ParameterCard>& cards) {
  const std::vector<std::string_view> cells = parts_between(line.text, ',');
  if (cells.size() != columns.size() + k_leading) return malformed(line.file, line.number);
  const auto draw = base::parse_integer(cells[0]);
  const auto version = base::parse_integer(cells[1]);
  if (!draw.has_value() || !version.has_value()) return malformed(line.file, line.number);
  if (*version != k_model_version) {
    return Error{ErrorKind::bad_command, "ensemble_version",
                 fmt::format("It was accepted by version {} of the model, not {}", *version, k_model_version),
                 line_place(line.file, line.number), "Draw an ensemble anew: throughline simulate ensemble"};
  }
  Member member{.draw = *draw, .parameters = values_of(cards)};
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const ParameterCard& card = cards[columns[i]];
    const std::optional<double> value = base::parse_double(cells[i + k_leading]);
    if (!value.has_value()) return malformed(line.file, line.number);
    if (!(*value >= card.low && *value <= card.high)) {
      return Error{ErrorKind::bad_command, "out_of_range",
                   fmt::format("{} is {}, outside {} to {}", card.name, plain_number(*value), plain_number(card.low),
                               plain_number(card.high)),
                   line_place(line.file, line.number), "Draw an ensemble anew: throughline simulate ensemble"};
    }
    member.parameters.*parameter_names()[columns[i]].member = *value;
  }
  return member;
}

}  // namespace

std::string members_csv(const std::vector<Member>& members, const std::vector<Prior>& priors) {
  std::string text = "draw,model_version";
  for (const Prior& prior : priors) {
    fmt::format_to(std::back_inserter(text), ",{}", parameter_names()[prior.parameter].name);
  }
  text += "\n";
  for (const Member& member : members) {
    fmt::format_to(std::back_inserter(text), "{},{}", member.draw, k_model_version);
    for (const Prior& prior : priors) {
      const double value = member.parameters.*parameter_names()[prior.parameter].member;
      fmt::format_to(std::back_inserter(text), ",{}", base::format_double(value));
    }
    text += "\n";
  }
  return text;
}

Result<std::vector<std::size_t>> member_parameters(std::string_view text, std::string_view file) {
  return columns_of(text.substr(0, text.find('\n')), file);
}

Result<std::vector<Member>> read_members(std::string_view text, std::string_view file,
                                         const std::vector<ParameterCard>& cards) {
  std::vector<std::string_view> lines = parts_between(text, '\n');
  if (lines.back().empty()) lines.pop_back();
  if (lines.empty()) return malformed(file, 1);
  const std::vector<std::size_t> columns = TRY(columns_of(lines[0], file));
  TRY(check_values_kept(columns, cards, file));
  std::vector<Member> members;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    members.push_back(TRY(member_in({.text = lines[i], .file = file, .number = i + 1}, columns, cards)));
  }
  if (!members.empty()) return members;
  return Error{ErrorKind::bad_command, "ensemble_empty", "No draw was accepted", std::string(file),
               "Draw more: throughline simulate ensemble --draws"};
}

Result<std::vector<Member>> built_in_members(const std::vector<ParameterCard>& cards) {
  return read_members(built_in_file("ensemble.csv"), "ensemble.csv", cards);
}

}  // namespace throughline::simulate
