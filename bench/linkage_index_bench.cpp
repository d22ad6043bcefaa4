// How long one new record takes among many: finding who it may be, adding, correcting and withdrawing.
//
//   linkage_index_bench [RECORDS, 10000000 when left out] [folder of first and last names with their counts]
//
// Makes people who do not exist, one to six mentions each with the slips that clerks make, in an order drawn at random;
// learns a model on the first 200,000, lets blocking choose the rules over all of them, then measures. Without the
// folder names are made of syllables. Prints seconds of wall and of processor, and milliseconds at the 50th and 99th of
// 100.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <numeric>
#include <string>
#include <vector>

#include "base/number.h"
#include "base/random.h"
#include "linkage/link.h"
#include "linkage/people_index.h"

namespace {

using throughline::base::Random;
using throughline::linkage::Atom;
using throughline::linkage::BlockingRule;
using throughline::linkage::FieldRole;
using throughline::linkage::IndexedMention;
using throughline::linkage::MentionNo;
using throughline::linkage::People;
using throughline::linkage::PersonFields;
using throughline::linkage::PersonRecord;

constexpr std::size_t k_added = 10'000;
constexpr std::size_t k_questions = 20'000;
constexpr std::size_t k_learnt_from = 200'000;

struct Stopwatch {
  std::chrono::steady_clock::time_point wall = std::chrono::steady_clock::now();
  std::clock_t processor = std::clock();
  [[nodiscard]] double wall_seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count();
  }
  [[nodiscard]] double processor_seconds() const {
    return static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC;
  }
  void print(const char* what) const {
    std::printf("%-34s %8.2f s wall %8.2f s processor\n", what, wall_seconds(), processor_seconds());
    std::fflush(stdout);
  }
};

// Names drawn as often as they occur.
class Names {
 public:
  explicit Names(const std::string& path) {
    std::ifstream file(path);
    std::string line;
    while (std::getline(file, line)) {
      const std::size_t comma = line.find(',');
      const auto count = throughline::base::parse_double(
          comma == std::string::npos ? "" : line.substr(line.find_first_not_of(' ', comma + 1)));
      if (count.has_value()) add(line.substr(0, comma), *count);
    }
    for (int i = 0; names_.size() < 4000; ++i) add(syllables(i), 1e6 / (1 + i));
  }
  [[nodiscard]] const std::string& draw(Random& chance) const {
    const double at = chance.uniform01() * up_to_.back();
    return names_[static_cast<std::size_t>(std::ranges::upper_bound(up_to_, at) - up_to_.begin())];
  }

 private:
  void add(std::string name, double count) {
    names_.push_back(std::move(name));
    up_to_.push_back((up_to_.empty() ? 0 : up_to_.back()) + count);
  }
  static std::string syllables(int number) {
    std::string name;
    for (int left = number + 37; left > 0; left /= 37) {
      name += "bdfghjklmnprstvwz"[left % 17];
      name += "aeiou"[left % 5];
    }
    return name;
  }
  std::vector<std::string> names_;
  std::vector<double> up_to_;
};

struct Person {
  std::string given, family, birth, postcode, phone, sex;
};

class World {
 public:
  explicit World(const std::string& folder)
      : women_(folder + "/female-first-names.csv"),
        men_(folder + "/male-first-names.csv"),
        families_(folder + "/last-names.csv") {}

  Person person() {
    const bool is_woman = chance_.bernoulli(0.5);
    Person made;
    made.given = (is_woman ? women_ : men_).draw(chance_);
    made.family = families_.draw(chance_);
    made.sex = is_woman ? "F" : "M";
    made.birth = std::to_string(chance_.uniform_int(1950, 2012)) + "-" + two(1, 12) + "-" + two(1, 28);
    made.postcode = postcode();
    made.phone = phone();
    return made;
  }

  // One in eight has a slip in the given name, one in four has moved, and so on: as the generator of the shared test
  // file.
  Person mention_of(Person person) {
    if (chance_.bernoulli(0.12)) person.given = slip(person.given);
    if (chance_.bernoulli(0.05)) person.given = person.given.substr(0, 1);
    if (chance_.bernoulli(0.10)) person.family = slip(person.family);
    if (chance_.bernoulli(0.05)) std::swap(person.given, person.family);
    if (chance_.bernoulli(0.05)) person.birth = person.birth.substr(0, 8) + two(1, 28);
    if (chance_.bernoulli(0.25)) person.postcode = postcode();
    if (chance_.bernoulli(0.35)) person.phone = phone();
    if (chance_.bernoulli(0.12)) person.birth.clear();
    if (chance_.bernoulli(0.15)) person.postcode.clear();
    if (chance_.bernoulli(0.45)) person.phone.clear();
    return person;
  }
  // What somebody at a desk knows: names and the year, or names and the postcode, or all.
  Person question_of(Person person) {
    person = mention_of(std::move(person));
    const std::uint64_t known = chance_.below(3);
    if (known == 0) person.birth = person.birth.substr(0, 4);
    if (known == 1) person.birth.clear();
    if (known != 2) person.phone.clear();
    return person;
  }
  Random& chance() { return chance_; }

 private:
  std::string two(int low, int high) { return std::to_string(100 + chance_.uniform_int(low, high)).substr(1); }
  std::string phone() { return "07" + std::to_string(chance_.uniform_int(100'000'000, 999'999'999)); }
  std::string postcode() {
    constexpr std::string_view k_letters = "ABDEFGHJLNPQRSTUWXYZ";
    const auto letter = [&] { return std::string(1, k_letters[chance_.below(k_letters.size())]); };
    const std::string area = letter() + letter();
    return area + std::to_string(chance_.uniform_int(1, 28)) + " " + std::to_string(chance_.uniform_int(1, 9)) +
           letter() + letter();
  }
  std::string slip(std::string text) {
    if (text.size() < 2) return text;
    const auto at = static_cast<std::size_t>(chance_.below(text.size() - 1));
    const char letter = static_cast<char>('a' + static_cast<int>(chance_.below(26)));
    const std::uint64_t kind = chance_.below(4);
    if (kind == 0) text[at] = letter;
    if (kind == 1) text.erase(at, 1);
    if (kind == 2) text.insert(at, 1, letter);
    if (kind == 3) std::swap(text[at], text[at + 1]);
    return text;
  }

  Random chance_{{.seed = 42, .stream = throughline::base::stream_of("linkage index bench")}};
  Names women_, men_, families_;
};

class Encoding {
 public:
  void add(const Person& person, std::uint16_t source) {
    PersonFields fields;
    fields[FieldRole::given_name] = person.given;
    fields[FieldRole::family_name] = person.family;
    if (person.birth.size() > 4) {
      fields[FieldRole::birth_date] = person.birth;
    } else {
      fields[FieldRole::birth_year] = person.birth;
    }
    fields[FieldRole::postcode] = person.postcode;
    fields[FieldRole::phone] = person.phone;
    fields[FieldRole::sex] = person.sex;
    encoder_.add(fields, source);
  }
  [[nodiscard]] People finish() && { return std::move(encoder_).finish(); }

 private:
  throughline::linkage::Encoder encoder_;
};

struct Made {
  People people;                     // The records of the index, those to be added, and the questions.
  std::vector<std::uint32_t> first;  // Of the index's records: the first of the same person.
  std::vector<MentionNo> asked;      // For each question the entity it is about.
};

Made make(std::size_t records, World& world) {
  Encoding encoding;
  std::vector<std::uint32_t> person_of;
  std::vector<Person> some;  // Whom the new records and the questions are about.
  constexpr double k_sizes[] = {0.35, 0.65, 0.83, 0.94, 1};
  constexpr int k_counts[] = {1, 2, 3, 4, 6};
  for (std::uint32_t number = 0; person_of.size() < records; ++number) {
    const Person person = world.person();
    const auto size = std::ranges::upper_bound(k_sizes, world.chance().uniform01()) - std::begin(k_sizes);
    for (int i = 0; i < k_counts[size] && person_of.size() < records; ++i) {
      encoding.add(i == 0 ? person : world.mention_of(person), 0);
      person_of.push_back(number);
    }
    if (some.size() < k_questions) some.push_back(person);
  }
  for (std::size_t i = 0; i < k_added; ++i) {
    const bool is_new = world.chance().bernoulli(0.3);
    encoding.add(is_new ? world.person() : world.mention_of(some[i % some.size()]), 0);
  }
  for (std::size_t i = 0; i < k_questions; ++i) encoding.add(world.question_of(some[i % some.size()]), 1);
  Made made{.people = std::move(encoding).finish(), .first = {}, .asked = {}};
  for (std::size_t i = records; i > 1; --i) {
    const auto j = static_cast<std::size_t>(world.chance().below(i));
    std::swap(made.people.records[i - 1], made.people.records[j]);
    std::swap(person_of[i - 1], person_of[j]);
  }
  std::vector<std::uint32_t> first_of(records, 0xFFFFFFFFU);
  made.first.resize(records);
  for (std::uint32_t i = 0; i < records; ++i) {
    std::uint32_t& first = first_of[person_of[i]];
    first = std::min(first, i);
    made.first[i] = first;
  }
  for (std::size_t i = 0; i < k_questions; ++i) made.asked.push_back(first_of[i % some.size()]);
  return made;
}

std::vector<BlockingRule> rules_in_force(const People& people) {
  const throughline::base::Interrupt interrupt;
  const auto blocking =
      throughline::linkage::block(people, throughline::linkage::PairScope::all, {}, interrupt).value();
  std::vector<BlockingRule> rules;
  for (const BlockingRule& rule : throughline::linkage::rule_catalogue()) {
    const auto plan = std::ranges::find(blocking.rules, rule.name(), &throughline::linkage::RulePlan::rule);
    if (plan != blocking.rules.end() && plan->is_used) rules.push_back(rule);
  }
  return rules;
}

// A person has as many mentions among ten million as among the few learnt from, so a pair is rarer by so much of one
// person.
void scale_shares(throughline::linkage::Mixture& mixture, double by) {
  for (auto& share : mixture.share) share = {share[0] * by, share[1] * by, 1 - (share[0] + share[1]) * by};
}

struct Times {
  std::vector<double> wall;
  std::vector<double> processor;
};

double at(std::vector<double>& milliseconds, double share) {
  std::ranges::sort(milliseconds);
  return milliseconds[static_cast<std::size_t>(share * static_cast<double>(milliseconds.size() - 1))];
}

void print_times(const char* what, Times times) {
  std::printf("%-34s %zu times, in milliseconds\n", what, times.wall.size());
  for (auto [clock, milliseconds] : {std::pair("wall", &times.wall), std::pair("processor", &times.processor)}) {
    std::printf("  %-32s p50 %8.3f  p99 %8.3f  worst %8.3f\n", clock, at(*milliseconds, 0.5), at(*milliseconds, 0.99),
                at(*milliseconds, 1));
  }
  std::fflush(stdout);
}

template <class Act>
Times timed(std::size_t count, const Act& act) {
  Times times;
  for (std::size_t i = 0; i < count; ++i) {
    const Stopwatch watch;
    act(i);
    times.processor.push_back(watch.processor_seconds() * 1000);
    times.wall.push_back(watch.wall_seconds() * 1000);
  }
  return times;
}

void measure_finding(const throughline::linkage::PeopleIndex& index, const Made& made,
                     std::span<const PersonRecord> questions) {
  std::int64_t compared = 0;
  std::int64_t right = 0;
  std::int64_t among = 0;
  std::int64_t common = 0;
  const auto ask = [&](std::size_t i) {
    const auto answer = index.find(questions[i]);
    const auto at = std::ranges::find(answer.entities, made.asked[i], &throughline::linkage::FoundEntity::entity);
    compared += answer.compared;
    right += at == answer.entities.begin() && !answer.entities.empty() ? 1 : 0;
    among += at != answer.entities.end() ? 1 : 0;
    common += static_cast<std::int64_t>(answer.too_common.size());
  };
  print_times("find", timed(questions.size(), ask));
  const auto each = [&](std::int64_t sum) { return static_cast<double>(sum) / static_cast<double>(questions.size()); };
  std::printf(
      "  the right one comes first %.1f %%, is among them %.1f %%; records compared %.0f, rules passed over %.2f\n",
      100 * each(right), 100 * each(among), each(compared), each(common));
}

void measure_changing(throughline::linkage::PeopleIndex& index, std::span<const PersonRecord> added) {
  std::vector<IndexedMention> mentions;
  const auto records = static_cast<MentionNo>(index.size());
  for (std::size_t i = 0; i < added.size(); ++i) mentions.push_back({.id = records + i, .record = added[i]});
  const Stopwatch watch;
  const auto moved = index.add(mentions);
  watch.print("add 10,000 at once");
  std::printf("  %zu mentions have another entity\n", moved.ok() ? moved.value().size() : 0);
  print_times("withdraw", timed(1000, [&](std::size_t i) { (void)index.withdraw(records + i); }));
  print_times("add one", timed(1000, [&](std::size_t i) { (void)index.add({&mentions[i], 1}); }));
  print_times("correct", timed(1000, [&](std::size_t i) {
                IndexedMention mention = mentions[i];
                mention.record = added[i + 1000];
                (void)index.correct(mention);
              }));
  std::printf("memory of the index: %.0f bytes a record, %.2f GB\n",
              static_cast<double>(index.bytes()) / static_cast<double>(index.size()),
              static_cast<double>(index.bytes()) / 1e9);
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t records = argc > 1 ? static_cast<std::size_t>(std::stoll(argv[1])) : 10'000'000;
  const Stopwatch making;
  World world(argc > 2 ? argv[2] : "../shared/data/linkage/gen");
  Made made = make(records, world);
  making.print("make the records");
  const std::span<const PersonRecord> all = std::span(made.people.records).first(records);
  const Stopwatch learning;
  People some;
  some.records.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(records, k_learnt_from)));
  some.texts = made.people.texts;
  const throughline::base::Interrupt interrupt;
  throughline::base::Progress progress;
  const auto learnt = throughline::linkage::link(some, {}, interrupt, progress).value();
  throughline::linkage::Model model{.mixture = learnt.model->mixture, .rarity = throughline::linkage::Rarity(all)};
  scale_shares(model.mixture, static_cast<double>(some.records.size()) / static_cast<double>(records));
  learning.print("learn the model");
  const Stopwatch planning;
  throughline::linkage::IndexOptions options;
  options.linking = rules_in_force(made.people);
  using enum Atom;
  options.finding = {{{names_either_way}},
                     {{given_start, family_start, birth_year}},
                     {{given_sound, family_sound}},
                     {{given, family_start}},
                     {{given_start, family}}};
  planning.print("let blocking choose the rules");
  for (const BlockingRule& rule : options.linking) std::printf("  %s\n", rule.name().c_str());
  options.clustering.third_record_bits = throughline::linkage::third_record_bits(learnt.first_of_cluster);
  throughline::linkage::PeopleIndex index({.model = model, .texts = made.people.texts}, options);
  std::vector<MentionNo> ids(records);
  std::iota(ids.begin(), ids.end(), MentionNo{0});
  const Stopwatch loading;
  index.load({.ids = ids, .records = all, .first_of_cluster = made.first});
  loading.print("load the index");
  const auto rest = std::span(made.people.records).subspan(records);
  measure_finding(index, made, rest.subspan(k_added));
  measure_changing(index, rest.first(k_added));
  return 0;
}
