#include "app/shown_command.h"

#include <algorithm>

namespace throughline::app {

namespace {

bool is_plain(char c) {
  const bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return is_word || std::string_view(".,:/_-@=").find(c) != std::string_view::npos;
}

std::string quoted(const std::string& word) {
  if (!word.empty() && std::ranges::all_of(word, is_plain)) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

}  // namespace

std::string shell_text(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + quoted(word);
  return text;
}

std::string shown_command(const Settings& settings, std::vector<std::string> words) {
  words.insert(words.begin(), settings.program);
  const Settings usual;
  if (settings.workspace != usual.workspace) words.insert(words.end(), {"-w", settings.workspace});
  if (settings.keys != usual.keys) words.insert(words.end(), {"--keys", settings.keys});
  return shell_text(words);
}

}  // namespace throughline::app
