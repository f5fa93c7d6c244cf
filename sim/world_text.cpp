#include "sim/world_text.hpp"

#include "sim/world_table.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

namespace nearshore {

std::string money_text(double millions) {
  const auto units = static_cast<long long>(std::nearbyint(millions * kTableUnitsPerMillion));
  const auto thousands = std::abs(units);
  auto text = fmt::format("{}{}.{:03}", units < 0 ? "-" : "", thousands / 1000, thousands % 1000);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string quoted_field(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

const char* firm_type_name(std::size_t type) {
  return type == 0 ? "domestic" : "processing";
}

} // namespace nearshore
