#include "app/account_object.h"

#include <algorithm>

namespace throughline::app {

namespace {

constexpr std::size_t k_name_bytes_max = 64;

bool could_be_a_name(std::string_view name) {
  return !name.empty() && name.size() <= k_name_bytes_max && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  });
}

}  // namespace

std::string account_object(std::string_view name, std::string_view act) {
  std::string object = "account ";
  object += could_be_a_name(name) ? name : "by a name that none can have";
  return object.append(": ").append(act);
}

}  // namespace throughline::app
