#include "linkage/splink/records.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "linkage/splink/binder.h"
#include "linkage/splink/evaluate.h"

namespace throughline::linkage::splink {

namespace {

constexpr std::int64_t k_chunk_records = 4096;
constexpr std::string_view k_between = "-__-";  // What Splink writes between a source and an id.

base::Error data_fault(const std::string& code, const std::string& what, const std::string& where) {
  return {.kind = base::ErrorKind::bad_command,
          .code = code,
          .what = what,
          .where = where,
          .remedy = "Correct the data, or prepare the column as the model needs it."};
}

const InputColumn* column_named(const Dataset& dataset, std::string_view name) {
  const auto found = std::ranges::find_if(
      dataset.columns, [name](const InputColumn& column) { return is_same_name(column.name, name); });
  return found == dataset.columns.end() ? nullptr : &*found;
}

base::Result<const InputColumn*> needed_column(const Dataset& dataset, const std::string& name) {
  const InputColumn* column = column_named(dataset, name);
  if (column != nullptr) return column;
  std::vector<std::string> names;
  for (const InputColumn& other : dataset.columns) names.push_back(other.name);
  const auto nearest = base::nearest_name(name, names);
  return base::Error{.kind = base::ErrorKind::bad_command,
                     .code = "splink_column",
                     .what = "the model needs the column '" + name + "', which is not there",
                     .where = dataset.name,
                     .remedy = nearest.has_value() ? "Did you mean '" + *nearest + "'?"
                                                   : "Add the column, or name another in the model file."};
}

// Gathers the members of a list as its letters come.
class ListLetters {
 public:
  explicit ListLetters(Arena& arena) : arena_(arena) {}

  // Gives how many more letters were used: a backslash within quotes takes the one that follows.
  std::size_t take(char letter, std::string_view after) {
    has_any_ = has_any_ || letter != ' ';
    if (quote_ != 0) return take_quoted(letter, after);
    if ((letter == '"' || letter == '\'') && member_.find_first_not_of(' ') == std::string::npos) {
      quote_ = letter;
      is_quoted_ = true;
      member_.clear();
    } else if (letter == ',') {
      finish_member();
    } else if (!is_quoted_ || letter != ' ') {
      member_ += letter;
    }
    return 0;
  }

  // Nothing where a quote is still open.
  std::optional<List> finish() && {
    if (quote_ != 0) return std::nullopt;
    if (has_any_) finish_member();
    return std::move(made_);
  }

 private:
  std::size_t take_quoted(char letter, std::string_view after) {
    if (letter == '\\' && !after.empty()) {
      member_ += after.front();
      return 1;
    }
    if (letter == quote_) {
      quote_ = 0;
    } else {
      member_ += letter;
    }
    return 0;
  }
  void finish_member() {
    std::string_view bare = member_;
    while (!is_quoted_ && bare.starts_with(' ')) bare.remove_prefix(1);
    while (!is_quoted_ && bare.ends_with(' ')) bare.remove_suffix(1);
    const bool is_null = !is_quoted_ && (bare == "NULL" || bare == "null" || bare == "None");
    made_.push_back(is_null ? Value{} : Value{arena_.keep(std::string(bare))});
    member_.clear();
    is_quoted_ = false;
  }

  Arena& arena_;
  List made_;
  std::string member_;
  char quote_ = 0;  // The quote that is open.
  bool is_quoted_ = false;
  bool has_any_ = false;
};

// What stands between the commas of "[a, 'b', null]", freed of quotes; nothing where the text is no such list.
std::optional<List> read_list(std::string_view text, Arena& arena) {
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') return std::nullopt;
  text = text.substr(1, text.size() - 2);
  ListLetters letters(arena);
  for (std::size_t i = 0; i < text.size(); ++i) i += letters.take(text[i], text.substr(i + 1));
  return std::move(letters).finish();
}

// Members that are all numbers are numbers, as a reader of typed files would have them.
List with_numbers(List list) {
  List numbers;
  for (const Value& member : list) {
    const auto* text = member.as<std::string_view>();
    const auto number = text == nullptr ? std::nullopt : base::parse_double(*text);
    if (!number.has_value() && !member.is_missing()) return list;
    numbers.push_back(number.has_value() ? Value{*number} : Value{});
  }
  return numbers;
}

}  // namespace

std::int64_t Dataset::rows() const {
  return columns.empty() ? 0 : static_cast<std::int64_t>(columns.front().cells.size());
}

Value typed_cell(std::string_view cell, Kind kind, Arena& arena) {
  if (cell.empty()) return {};
  switch (kind) {
    case Kind::any:
    case Kind::text: return {cell};
    case Kind::number: {
      const auto number = read_number(cell);
      return number.has_value() ? Value{*number} : Value{Failed{}};
    }
    case Kind::moment: {
      const auto moment = read_moment(cell);
      return moment.has_value() ? Value{*moment} : Value{Failed{}};
    }
    case Kind::truth: {
      CallContext context{.arena = arena};
      const Value text{cell};
      return find_function("cast to truth")->apply(std::span(&text, 1), context);
    }
    case Kind::list: {
      auto list = read_list(cell, arena);
      if (!list.has_value()) return {Failed{}};
      return {arena.keep(with_numbers(*std::move(list)))};
    }
  }
  return {Failed{}};
}

std::string Records::where(std::int64_t record) const {
  const auto after = std::ranges::upper_bound(dataset_begins_, record);
  const auto dataset = static_cast<std::size_t>(after - dataset_begins_.begin()) - 1;
  return dataset_names_[dataset] + ", row " + std::to_string(record - dataset_begins_[dataset] + 1);
}

base::Result<void> Records::load_ids(const Model& model, std::span<const Dataset> datasets) {
  for (const Dataset& dataset : datasets) {
    dataset_names_.push_back(dataset.name);
    dataset_begins_.push_back(count());
    const InputColumn* ids = TRY(needed_column(dataset, model.names.unique_id));
    const InputColumn* sources = column_named(dataset, model.names.source_dataset);
    for (std::int64_t row = 0; row < dataset.rows(); ++row) {
      const auto at = static_cast<std::size_t>(row);
      ids_.push_back(ids->cells[at]);
      if (model.link_type == LinkType::dedupe_only) continue;
      const bool has_own = sources != nullptr && !sources->cells[at].empty();
      sources_.push_back(has_own ? sources->cells[at] : std::string_view(dataset.name));
    }
  }
  for (std::int64_t record = 0; record < count(); ++record) {
    if (id(record).empty()) {
      return data_fault("splink_id", "the record has no '" + model.names.unique_id + "'", where(record));
    }
  }
  return {};
}

base::Result<void> Records::rank_all() {
  source_names_ = sources_;
  std::ranges::sort(source_names_);
  const auto repeated = std::ranges::unique(source_names_);
  source_names_.erase(repeated.begin(), repeated.end());
  if (source_names_.empty()) source_names_.emplace_back();
  for (const std::string_view name : sources_) {
    const auto found = std::ranges::lower_bound(source_names_, name);
    source_numbers_.push_back(static_cast<std::int32_t>(found - source_names_.begin()));
  }
  const bool has_two = source_names_.size() == 2;
  const auto joined = [this](std::int64_t record) {
    return std::string(source(record)) + std::string(k_between) + std::string(id(record));
  };
  const auto comes_first = [&](std::int64_t one, std::int64_t other) {
    if (source_number(one) == source_number(other)) return id(one) < id(other);
    if (has_two) return source_number(one) < source_number(other);
    return joined(one) < joined(other);
  };
  std::vector<std::int64_t> order(static_cast<std::size_t>(count()));
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, comes_first);
  ranks_.resize(order.size());
  for (std::size_t place = 0; place < order.size(); ++place) {
    ranks_[static_cast<std::size_t>(order[place])] = static_cast<std::int64_t>(place);
    if (place == 0 || comes_first(order[place - 1], order[place])) continue;
    return data_fault("splink_id", "the record has the same id as that of " + where(order[place - 1]),
                      where(order[place]));
  }
  return {};
}

base::Result<void> Records::load_values(const Plan& plan, std::span<const Dataset> datasets,
                                        const base::Interrupt& interrupt) {
  std::vector<std::vector<const InputColumn*>> columns;
  for (const Dataset& dataset : datasets) {
    std::vector<const InputColumn*>& own = columns.emplace_back();
    for (const UsedColumn& used : plan.columns) {
      const InputColumn* column = TRY(needed_column(dataset, used.name));
      own.push_back(column);
    }
  }
  const base::Split split{.items = count(), .chunk_items = k_chunk_records};
  arenas_.resize(static_cast<std::size_t>(split.chunks()));
  values_.resize(static_cast<std::size_t>(count()) * slots_);
  return base::try_parallel_chunks(split, interrupt, [&](const base::Chunk& chunk) -> base::Result<void> {
    Arena& arena = arenas_[static_cast<std::size_t>(chunk.index)];
    Evaluator evaluator(arena);
    for (std::int64_t record = chunk.begin; record < chunk.end; ++record) {
      const auto after = std::ranges::upper_bound(dataset_begins_, record);
      const auto dataset = static_cast<std::size_t>(after - dataset_begins_.begin()) - 1;
      const auto row = static_cast<std::size_t>(record - dataset_begins_[dataset]);
      const std::span<Value> own = std::span<Value>(values_).subspan(static_cast<std::size_t>(record) * slots_, slots_);
      for (std::size_t slot = 0; slot < plan.columns.size(); ++slot) {
        const UsedColumn& used = plan.columns[slot];
        own[slot] = typed_cell(columns[dataset][slot]->cells[row], used.kind, arena);
        if (!own[slot].is_failed()) continue;
        return data_fault("splink_value",
                          "the value of '" + used.name + "' is not " + std::string(kind_name(used.kind)) + ", as " +
                              used.kind_asked_by + " asks",
                          where(record));
      }
      for (std::size_t i = 0; i < plan.derived.size(); ++i) {
        own[plan.columns.size() + i] = evaluator.evaluate(plan.derived[i], {.left = own, .right = own});
      }
    }
    return {};
  });
}

base::Result<Records> Records::load(const Model& model, const Plan& plan, std::span<const Dataset> datasets,
                                    const base::Interrupt& interrupt) {
  if (model.link_type == LinkType::dedupe_only && datasets.size() != 1) {
    return data_fault("splink_datasets",
                      "the model deduplicates one data set, and is given " + std::to_string(datasets.size()),
                      "link_type");
  }
  Records records;
  records.slots_ = plan.slots();
  TRY(records.load_ids(model, datasets));
  TRY(records.rank_all());
  if (model.link_type == LinkType::link_only && records.source_names_.size() < 2) {
    return data_fault("splink_datasets", "the model links data sets with each other, and all records are of one",
                      "link_type");
  }
  TRY(records.load_values(plan, datasets, interrupt));
  return records;
}

}  // namespace throughline::linkage::splink
