// Small helpers for text.
#pragma once

#include <string_view>

namespace np {

// Without the spaces around it.
inline std::string_view trimmed(std::string_view text, std::string_view spaces = " \t") {
  const auto start = text.find_first_not_of(spaces);
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(spaces) + 1 - start);
}

}  // namespace np
