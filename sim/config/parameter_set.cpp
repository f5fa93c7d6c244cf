#include "sim/config/parameter_set.hpp"

#include "policy/text.hpp"
#include "sim/config/numeric_key.hpp"
#include "sim/config/paths.hpp"

namespace nearshore {
namespace {

/// Numbers of one table; `prefix` is its path in a scenario.
void add_numbers(const TableView& table, const std::string& prefix, ParameterVector& out) {
  for (const auto& key : table.keys()) {
    const auto known = numeric_key(prefix + key, table.where(key));
    const double value = table.number(key, known.low, known.high);
    out.sets.push_back(known.path + "=" + number_text(value));
  }
}

} // namespace

std::vector<ParameterVector> read_parameter_set(const std::string& path) {
  const auto document = load_document(find_input(path));
  const auto root = document.root();
  std::vector<ParameterVector> out;
  for (const auto& t : root.tables("member")) {
    ParameterVector member{t.required_text("name"), {}};
    (void)t.optional_number("objective", 0, 1e300); // for people
    add_numbers(t.table("parameters"), "parameters.", member);
    const auto sectors = t.table("sectors");
    for (const auto& sector : sectors.keys())
      add_numbers(sectors.table(sector), "sectors." + sector + ".", member);
    if (member.sets.empty())
      throw t.error("", "a member without parameters", "[member.parameters] with at least one key");
    out.push_back(std::move(member));
  }
  if (out.empty())
    throw root.error("", "no [[member]]: no set of parameters",
                     "a file that `calibrate --set N` wrote");
  document.finish();
  return out;
}

} // namespace nearshore
