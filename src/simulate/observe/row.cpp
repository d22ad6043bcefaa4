#include "simulate/observe/row.h"

#include <fmt/format.h>

#include <iterator>

#include "base/csv_cell.h"
#include "base/number.h"

namespace throughline::simulate {

namespace {

void append_digits(std::string& text, std::int64_t value, int digits) {
  std::array<char, 20> made{};
  std::size_t at = made.size();
  for (int i = 0; i < digits || value > 0; ++i) {
    made[--at] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
  text.append(made.data() + at, made.size() - at);
}

void append_date(std::string& text, base::Date date, DateForm form) {
  const base::CivilDay civil = date.civil();
  if (form == DateForm::iso) {
    append_digits(text, civil.year, 4);
    text += '-';
    append_digits(text, civil.month, 2);
    text += '-';
    append_digits(text, civil.day, 2);
    return;
  }
  append_digits(text, civil.day, 2);
  text += '/';
  append_digits(text, civil.month, 2);
  text += '/';
  append_digits(text, civil.year, 4);
}

void append_time(std::string& text, std::int32_t second, bool has_seconds) {
  text += ' ';
  append_digits(text, second / 3600, 2);
  text += ':';
  append_digits(text, second / 60 % 60, 2);
  if (!has_seconds) return;
  text += ':';
  append_digits(text, second % 60, 2);
}

bool is_anything_left(const WrittenIdentity& person) {
  return !person.forename.empty() || !person.surname.empty() || person.born.has_value();
}

}  // namespace

Row::Row(const Cut& cut, const Case& what, Numbered numbered, Written& out)
    : cut_(&cut),
      what_(&what),
      out_(&out),
      number_(numbered.number),
      random_(cut.scene->draw(mixed(what.key, mixed(cut.agency->key, 256 + static_cast<std::uint64_t>(cut.kind))),
                              what.day)) {
  const bool is_faulty = is(cut.practice->level(cut.kind, Level::faulty)) && !cut.flaws.empty();
  if (!is_faulty) return;
  flaw_ = static_cast<std::size_t>(random_.below(cut.flaws.size()));
  out.faulty.push_back({.row = numbered.row, .flaw = *flaw_});
}

std::string_view Row::one_of(std::span<const std::string_view> words) {
  return words[static_cast<std::size_t>(random_.below(words.size()))];
}

std::int32_t Row::between(std::int32_t low, std::int32_t high) {
  return static_cast<std::int32_t>(random_.uniform_int(low, high));
}

void Row::put(std::string_view text) {
  if (column_ > 0) out_->text += ',';
  const bool is_bad = flaw_.has_value() && cut_->flaw_at[*flaw_] == column_;
  base::append_csv_cell(out_->text, is_bad ? cut_->flaws[*flaw_].text : text);
  ++column_;
}

void Row::key(std::string_view text) {
  key_ = text;
  put(text);
}

void Row::may(std::string_view text) {
  put(is(cut_->practice->level(cut_->kind, Level::filled)) ? text : std::string_view());
}

void Row::blanks(int cells) {
  for (int i = 0; i < cells; ++i) blank();
}

void Row::put_number(std::int64_t value) {
  std::string text;
  append_digits(text, value, 1);
  put(text);
}

void Row::put_fixed(double value, int decimals) {
  put(base::format_fixed(value, decimals));
}

void Row::put_day(std::int32_t day) {
  put(date_text(scene().date_of(day)));
}

void Row::may_day(std::int32_t day) {
  if (day >= scene().end_day) return blank();
  may(date_text(scene().date_of(day)));
}

void Row::put_minute(std::int32_t day, std::int32_t second) {
  std::string text = date_text(scene().date_of(day + second / 86'400));
  append_time(text, second % 86'400, false);
  put(text);
}

void Row::put_second(std::int32_t day, std::int32_t second) {
  std::string text = date_text(scene().date_of(day + second / 86'400));
  append_time(text, second % 86'400, true);
  put(text);
}

void Row::put_born(const WrittenIdentity& person) {
  if (!person.born.has_value()) return blank();
  put(date_text(*person.born));
}

void Row::put_position(const Position& position, bool is_told) {
  if (!is_told) return blanks(2);
  put_fixed(position.latitude, 5);
  put_fixed(position.longitude, 5);
}

void Row::end() {
  if (flaw_.has_value() && cut_->flaw_at[*flaw_] == k_none) out_->text += ",one too many";
  out_->text += '\n';
}

WrittenIdentity Row::person(const PersonRef& who, std::string_view role) {
  if (who.number == k_none) return {};
  const std::shared_ptr<const Identity> known = identity(who);
  std::shared_ptr<const Identity> of_household;
  const bool is_shared = cut_->noise.telephone_of_household > 0 && known->household_telephone.has_value();
  if (is_shared) of_household = identity(*known->household_telephone);
  const Telephone* telephone = of_household != nullptr ? of_household->telephone(what_->day) : nullptr;
  WrittenIdentity written = write_down({.identity = known.get(),
                                        .household_telephone = telephone,
                                        .day = what_->day,
                                        .seed = scene().run().input.seed,
                                        .subject = mixed(mixed(what_->key, cut_->agency->key), base::stream_of(role))},
                                       cut_->noise);
  if (!flaw_.has_value() && is_anything_left(written)) {
    fmt::format_to(std::back_inserter(out_->truth), "{},{},{},{}\n", cut_->file, key_, role, truth_id(who));
  }
  return written;
}

std::shared_ptr<const Identity> Row::identity(const PersonRef& who) const {
  const std::uint64_t place = static_cast<std::uint64_t>(who.town) << 32U | static_cast<std::uint32_t>(who.number);
  const std::uint64_t key = mixed(place, static_cast<std::uint64_t>(who.circle) << 16U | who.generation);
  std::shared_ptr<const Identity>& held = (*out_->known)[key % out_->known->size()];
  if (held == nullptr || held->ref != who) {
    held = std::make_shared<const Identity>(scene().input.population->of(who));
  }
  return held;
}

std::string Row::date_text(base::Date date) const {
  std::string text;
  append_date(text, date, cut_->dates);
  return text;
}

std::string offset_time_text(std::int32_t second) {
  return fmt::format("T{:02}:{:02}:{:02}+00:00", second / 3600, second / 60 % 60, second % 60);
}

std::string reference_of(const Scene& scene, const Agency& agency, const Reference& reference) {
  const auto& [mark, number, day] = reference;
  const int year = scene.date_of(day).civil().year % 100;
  switch (agency.key % 4) {
    case 0: return fmt::format("{}{}/{:06}/{:02}", agency.prefix, mark, number, year);
    case 1: return fmt::format("{}-{}{:02}-{:06}", agency.prefix, mark, year, number);
    case 2: return fmt::format("{}{:02}{:07}", mark.empty() ? "C" : mark, year, number);
    default: return fmt::format("{}{}{:06}-{:02}", agency.key % 90 + 10, mark, number, year);
  }
}

}  // namespace throughline::simulate
