#include <algorithm>

#include "linkage/encode.h"

namespace throughline::linkage {
namespace {

std::size_t held_by(const Dictionary& dictionary) {
  return static_cast<std::size_t>(dictionary.size());
}
template <class T>
std::size_t held_by(const std::vector<T>& list) {
  return list.size();
}

void keep_first(Dictionary& dictionary, std::size_t count) {
  dictionary.keep_first(static_cast<std::int64_t>(count));
}
template <class T>
void keep_first(std::vector<T>& list, std::size_t count) {
  std::fill(list.begin() + static_cast<std::ptrdiff_t>(count), list.end(), T());
  list.resize(count);
}

}  // namespace

template <class Self, class Visit>
void Encoder::visit_grown(Self& self, const Visit& visit) {
  for (auto* dictionary :
       {&self.given_texts_, &self.family_texts_, &self.birth_texts_, &self.address_texts_, &self.email_texts_,
        &self.names_, &self.streets_, &self.localities_, &self.regions_, &self.emails_}) {
    visit(*dictionary);
  }
  visit(self.given_);
  visit(self.family_);
  visit(self.births_);
  visit(self.addresses_);
  visit(self.email_ids_);
  visit(self.people_.texts.streets);
  visit(self.people_.texts.localities);
  visit(self.people_.texts.emails);
  visit(self.people_.texts.other_names);
}

Encoder::Mark Encoder::mark() const {
  Mark mark;
  visit_grown(*this, [&](const auto& grown) { mark.sizes.push_back(held_by(grown)); });
  return mark;
}

void Encoder::go_back(const Mark& mark) {
  std::size_t at = 0;
  visit_grown(*this, [&](auto& grown) { keep_first(grown, mark.sizes.at(at++)); });
}

}  // namespace throughline::linkage
