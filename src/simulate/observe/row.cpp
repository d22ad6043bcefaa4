#include "simulate/observe/row.h"

#include "base/csv_cell.h"
#include "simulate/observe/digits.h"

namespace throughline::simulate {

namespace {

void append_date(std::string& text, base::Date date, DateForm form) {
  const base::CivilDay civil = date.civil();
  if (form == DateForm::iso) {
    append_digits(text, civil.year, 4);
    text += '-';
    append_two_digits(text, civil.month);
    text += '-';
    append_two_digits(text, civil.day);
    return;
  }
  append_two_digits(text, civil.day);
  text += '/';
  append_two_digits(text, civil.month);
  text += '/';
  append_digits(text, civil.year, 4);
}

void append_time(std::string& text, std::int32_t second, bool has_seconds) {
  append_two_digits(text, second / 3600);
  text += ':';
  append_two_digits(text, second / 60 % 60);
  if (!has_seconds) return;
  text += ':';
  append_two_digits(text, second % 60);
}

bool is_anything_left(const WrittenIdentity& person) {
  return !person.forename.empty() || !person.surname.empty() || person.born.has_value();
}

}  // namespace

DayTexts::DayTexts(const Scene& scene, DateForm form) : scene_(&scene), form_(form) {
  constexpr std::int32_t k_after = 500;
  for (std::int32_t day = 0; day < scene.end_day + k_after; ++day) append_date(texts_, scene.date_of(day), form);
}

void DayTexts::append(std::string& text, std::int32_t day) const {
  const std::size_t at = day < 0 ? texts_.size() : static_cast<std::size_t>(day) * k_letters;
  if (at >= texts_.size()) return append_date(text, scene_->date_of(day), form_);
  text.append(texts_, at, k_letters);
}

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

bool Row::begin_cell() {
  if (column_ > 0) out_->text += ',';
  const bool is_bad = flaw_.has_value() && cut_->flaw_at[*flaw_] == column_;
  if (is_bad) base::append_csv_cell(out_->text, cut_->flaws[*flaw_].text);
  ++column_;
  return !is_bad;
}

void Row::put(std::string_view text) {
  if (begin_cell()) base::append_csv_cell(out_->text, text);
}

std::string_view Row::joined(std::initializer_list<std::string_view> texts) {
  out_->cell.clear();
  for (const std::string_view text : texts) out_->cell += text;
  return out_->cell;
}

void Row::key(std::string_view mark) {
  out_->key.clear();
  append_reference(out_->key, scene(), agency(), {.mark = mark, .number = number_, .day = what_->recorded});
  put(out_->key);
}

void Row::blanks(int cells) {
  for (int i = 0; i < cells; ++i) blank();
}

void Row::put_number(std::int64_t value) {
  if (begin_cell()) append_digits(out_->text, value, 1);
}

void Row::put_fixed(double value, int decimals) {
  if (begin_cell()) append_fixed(out_->text, value, decimals);
}

void Row::put_day(std::int32_t day) {
  if (begin_cell()) cut_->days->append(out_->text, day);
}

void Row::may_day(std::int32_t day) {
  if (day >= scene().end_day || !is_filled()) return blank();
  put_day(day);
}

void Row::put_moment(std::int32_t day, std::int32_t second, bool has_seconds) {
  if (!begin_cell()) return;
  cut_->days->append(out_->text, day + second / 86'400);
  out_->text += ' ';
  append_time(out_->text, second % 86'400, has_seconds);
}

void Row::put_minute(std::int32_t day, std::int32_t second) {
  put_moment(day, second, false);
}

void Row::put_second(std::int32_t day, std::int32_t second) {
  put_moment(day, second, true);
}

void Row::put_offset_time(std::int32_t day, std::int32_t second) {
  if (!begin_cell()) return;
  cut_->days->append(out_->text, day);
  out_->text += 'T';
  append_time(out_->text, second, true);
  out_->text += "+00:00";
}

void Row::put_born(const WrittenIdentity& person) {
  if (!person.born.has_value()) return blank();
  if (begin_cell()) append_date(out_->text, *person.born, cut_->dates);
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
  const Identity& known = identity(who);
  Mentioned mentioned{.identity = &known, .day = what_->day, .seed = scene().run().input.seed};
  mentioned.subject = mixed(mixed(what_->key, cut_->agency->key), base::stream_of(role));
  const Mishaps mishaps(cut_->noise, mentioned.seed, mentioned.subject);
  if (known.household_telephone.has_value() && mishaps(&NoiseLevels::telephone_of_household)) {
    mentioned.household_telephone = identity(*known.household_telephone).telephone(what_->day);
  }
  WrittenIdentity written = write_down(mentioned, mishaps);
  if (!flaw_.has_value() && is_anything_left(written)) tell_truth(who, role);
  return written;
}

void Row::tell_truth(const PersonRef& who, std::string_view role) {
  std::string& truth = out_->truth;
  truth.append(cut_->file).append(",").append(out_->key).append(",").append(role).append(",");
  append_truth_id(truth, who);
  truth += '\n';
}

const Home& Row::somewhere(std::int32_t town) {
  put_made_up_place(scene().input.population->roll(), *cut_->streets, {.town = town, .key = random_.bits64()},
                    out_->place);
  return out_->place;
}

std::string Row::date_text(base::Date date) const {
  std::string text;
  append_date(text, date, cut_->dates);
  return text;
}

void append_reference(std::string& text, const Scene& scene, const Agency& agency, const Reference& reference) {
  const auto& [mark, number, day] = reference;
  const int year = scene.date_of(day).civil().year % 100;
  switch (agency.key % 4) {
    case 0:
      text.append(agency.prefix).append(mark).append("/").append(Digits(number, 6).text());
      text.append("/").append(Digits(year, 2).text());
      return;
    case 1:
      text.append(agency.prefix).append("-").append(mark).append(Digits(year, 2).text());
      text.append("-").append(Digits(number, 6).text());
      return;
    case 2:
      text.append(mark.empty() ? "C" : mark).append(Digits(year, 2).text()).append(Digits(number, 7).text());
      return;
    default:
      text.append(Digits(static_cast<std::int64_t>(agency.key % 90 + 10)).text()).append(mark);
      text.append(Digits(number, 6).text()).append("-").append(Digits(year, 2).text());
  }
}

std::string reference_of(const Scene& scene, const Agency& agency, const Reference& reference) {
  std::string text;
  append_reference(text, scene, agency, reference);
  return text;
}

}  // namespace throughline::simulate
