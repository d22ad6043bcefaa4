// What a force seizes: drugs with what the laboratory found, and cash.
#include <array>
#include <string>

#include "simulate/observe/digits.h"
#include "simulate/observe/recipe.h"

namespace throughline::simulate {

namespace {

enum class Sort : std::uint8_t { background, carrier, seller, stock, home };

constexpr std::array<Flaw, 5> k_drug_flaws{{{"Seized at", "31/04/2024 10:00", "not_a_date", "31 April"},
                                            {"Weight grams", "a few", "not_a_number", "words where a number belongs"},
                                            {"Purity per cent", "140", "out_of_range", "a purity above a hundred"},
                                            {"Exhibit number", "", "required_is_blank", "a required number is empty"},
                                            {"", "", "ragged_row", "one field more than the header has"}}};
constexpr std::array<Flaw, 4> k_cash_flaws{
    {{"Seized at", "2024-04-01 10:00", "not_a_date", "a date in another layout"},
     {"Amount pounds", "about 900", "not_a_number", "words where a number belongs"},
     {"Cash reference", "", "required_is_blank", "a required reference is empty"},
     {"", "", "ragged_row", "one field more than the header has"}}};

void add_with(Recorder& recorder, const Happening& happening, Sort sort, double times) {
  Case one = recorder.case_of(happening);
  one.why = static_cast<std::uint8_t>(sort);
  if (sort == Sort::seller) one.who = recorder.scene().arrested_seller(one.town, one.key, one.day);
  if (sort == Sort::stock && one.line != k_none) one.who = recorder.scene().controller(one.line, one.day - 1);
  // A key of its own: the crime of an arrest is found by the happening's key all the same.
  recorder.add(one, times);
}

void add_happenings(Recorder& recorder, double of_arrests) {
  for (const std::int32_t town : recorder.agency().towns) {
    for (const Happening* happening : recorder.scene().by_town[index_of(town)]) {
      switch (happening->what) {
        case Happened::carrier_arrested: add_with(recorder, *happening, Sort::carrier, of_arrests); break;
        case Happened::local_seller_arrested: add_with(recorder, *happening, Sort::seller, of_arrests); break;
        case Happened::stock_seized:
          if (happening->amount > 0) add_with(recorder, *happening, Sort::stock, 1);
          break;
        case Happened::home_freed:
          if (happening->how == How::premises_closed) add_with(recorder, *happening, Sort::home, of_arrests);
          break;
        default: break;
      }
    }
  }
}

void drug_cases(Recorder& recorder) {
  add_happenings(recorder, 1);
  recorder.add_background([&](Case& one, base::Random& random) {
    one.who = recorder.scene().bystander(one.town, random, {.least = 16, .most = 50}, one.day);
    return true;
  });
}

void cash_cases(Recorder& recorder) {
  add_happenings(recorder, recorder.practice().figure(Figure::cash_with_drugs));
  recorder.add_background([&](Case& one, base::Random& random) {
    one.who = recorder.scene().bystander(one.town, random, {.least = 18, .most = 50}, one.day);
    return true;
  });
}

bool is_heroin(Row& row) {
  if (row.what().how == How::heroin) return true;
  return row.what().how != How::cocaine && row.is(0.5);
}

// Grams as found: what is seized of a line's or a hub's stock is set down at the purity of the start, and weighs more
// the more it is cut.
double grams_of(Row& row, double purity) {
  const auto sort = static_cast<Sort>(row.what().why);
  if (sort == Sort::stock) return static_cast<double>(row.what().amount) / 1'000 / purity;
  const double most = sort == Sort::background ? 4 : sort == Sort::home ? 40 : 18;
  return 0.2 + most * row.random().uniform01();
}

// Alike where it came by one line or, in a local seller's case, by the town's nearest hub.
std::string profile_of(const Row& row, bool is_of_heroin) {
  const Case& what = row.what();
  const std::uint64_t hub = what.line != k_none
                                ? static_cast<std::uint64_t>(row.scene().run().line(what.line).hub)
                                : static_cast<std::uint64_t>(row.scene().run().town(what.town).nearest_hub);
  const std::uint64_t batch = static_cast<std::uint64_t>(what.day) / 56;
  const std::uint64_t key = mixed(mixed(hub, is_of_heroin ? 1 : 2), batch);
  std::string profile = "PR-";
  profile += static_cast<char>('A' + key % 26);
  append_digits(profile, static_cast<std::int64_t>(key / 26 % 900 + 100), 3);
  return profile;
}

struct Base {
  std::string_view drug;
  std::string_view form;
  double percent;  // At the purity of the start: an assumption.
};
constexpr Base k_heroin{"Heroin", "Powder", 46};
constexpr Base k_crack{"Crack cocaine", "Rock", 74};
constexpr Base k_cannabis{"Cannabis", "Herbal", 0};

void put_analysis(Row& row, const Base& base, double purity) {
  constexpr std::array<std::string_view, 3> k_heroin_cuts{"Caffeine; Paracetamol", "Caffeine", "Paracetamol"};
  constexpr std::array<std::string_view, 3> k_cocaine_cuts{"Levamisole", "Benzocaine; Lidocaine", "Phenacetin"};
  const std::int32_t analysed = row.what().recorded + row.between(10, 60);
  const bool is_sent = base.percent > 0 && row.is(row.practice().figure(Figure::drugs_analysed));
  if (!is_sent || analysed >= row.scene().end_day) {
    row.put(is_sent ? "Waiting" : "Not sent");
    return row.blanks(4);
  }
  const bool is_of_heroin = base.drug == k_heroin.drug;
  row.put("Analysed");
  row.put_day(analysed);
  row.put_fixed(std::clamp(base.percent * purity * (0.85 + 0.3 * row.random().uniform01()), 1.0, 99.0), 1);
  row.may(row.one_of(is_of_heroin ? std::span<const std::string_view>(k_heroin_cuts) : k_cocaine_cuts));
  row.put(profile_of(row, is_of_heroin));
}

void put_holder(Row& row) {
  const WrittenIdentity holder = row.person(row.what().who, "holder");
  row.put(holder.forename);
  row.put(holder.surname);
  row.put_born(holder);
}

std::string_view found_how(Row& row) {
  switch (static_cast<Sort>(row.what().why)) {
    case Sort::background: return "Stop and search";
    case Sort::carrier: return row.is(0.6) ? "Arrest" : "Stop and search";
    case Sort::seller: return "Arrest";
    case Sort::stock:
    case Sort::home: return "Warrant";
  }
  return {};
}

void drug_row(Row& row) {
  const Case& what = row.what();
  const bool is_background = static_cast<Sort>(what.why) == Sort::background;
  const Base base = is_background ? k_cannabis : is_heroin(row) ? k_heroin : k_crack;
  const double purity = row.scene().town_day(what.town, what.day).purity[base.drug == k_heroin.drug ? 0 : 1];
  const double grams = grams_of(row, purity);
  row.key("SZ");
  row.put({Digits(row.number()).text(), "-A"});
  row.put(row.agency().name);
  row.may(crime_reference(row.scene(), what));
  row.put_minute(what.day, what.second);
  row.may(found_how(row));
  const Home& place = row.somewhere(what.town);
  row.may(place.address);
  row.may(place.postcode);
  row.put_position(place.position, row.is(0.8));
  row.put(base.drug);
  row.may(base.form);
  row.put_fixed(grams, 2);
  const bool is_in_wraps = grams < 60 && base.percent > 0;
  if (is_in_wraps) {
    row.put_number(static_cast<std::int64_t>(grams / 0.2) + 1);
  } else {
    row.blank();
  }
  row.may(is_in_wraps ? "Cling film" : base.percent > 0 ? "Block" : "Bag");
  put_analysis(row, base, purity);
  put_holder(row);
  row.blank();
  row.end();
}

double pounds_of(Row& row) {
  const double unit = row.random().uniform01();
  switch (static_cast<Sort>(row.what().why)) {
    case Sort::background: return 200 + 5'000 * unit;
    case Sort::carrier: return 40 + 900 * unit;
    case Sort::seller: return 60 + 1'500 * unit;
    case Sort::stock: return 1'000 + 25'000 * unit;
    case Sort::home: return 100 + 3'000 * unit;
  }
  return 0;
}

void cash_row(Row& row) {
  constexpr std::array<std::string_view, 4> k_kept{"Notes in bundles", "Notes and coins in a carrier bag",
                                                   "Notes in a shoe box", "Notes folded in a sock"};
  constexpr std::array<std::string_view, 3> k_results{"Forfeited", "Forfeited in part", "Returned"};
  const Case& what = row.what();
  row.key("CASH");
  row.put(row.agency().name);
  row.put_minute(what.day, what.second);
  const Home& place = row.somewhere(what.town);
  row.may(place.address);
  row.may(place.postcode);
  row.put_fixed(static_cast<double>(static_cast<std::int64_t>(pounds_of(row) / 5) * 5), 2);
  row.may(row.one_of(k_kept));
  row.may("Proceeds of Crime Act 2002");
  row.may(crime_reference(row.scene(), what));
  put_holder(row);
  const std::int32_t decided = what.recorded + row.between(60, 200);
  if (decided < row.scene().end_day) {
    row.put(row.one_of(k_results));
    row.put_day(decided);
  } else {
    row.put("Detained");
    row.blank();
  }
  row.end();
}

}  // namespace

Recipe seizure_recipe() {
  return {.dates = DateForm::british, .flaws = k_drug_flaws, .cases = drug_cases, .row = drug_row};
}

Recipe cash_recipe() {
  return {.dates = DateForm::british, .flaws = k_cash_flaws, .cases = cash_cases, .row = cash_row};
}

}  // namespace throughline::simulate
