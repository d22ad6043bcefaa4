#include "base/result.h"

namespace throughline::base {

std::string Error::message() const {
  std::string text = what;
  if (!where.empty()) {
    text += " (" + where + ")";
  }
  text += ".";
  if (!remedy.empty()) {
    text += " " + remedy;
    if (text.back() != '.' && text.back() != '?') {
      text += ".";
    }
  }
  return text;
}

}  // namespace throughline::base
