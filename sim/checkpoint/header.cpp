#include "sim/checkpoint/header.hpp"

#include "policy/text.hpp"
#include "sim/checkpoint/damaged.hpp"
#include "sim/config/data_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <sstream>

namespace nearshore {
namespace {

constexpr std::uint64_t kMostText = std::uint64_t{64} << 20; // of one text
constexpr std::string_view kBehaviour = "the sectors' behaviour";

/// A short name of many numbers.
class Digest {
public:
  template <class T> Digest& add(const std::vector<T>& list) {
    static_assert(std::is_arithmetic_v<T>);
    sum = checksum(list.data(), list.size() * sizeof(T), sum);
    return *this;
  }
  template <class T> Digest& add(T value) {
    static_assert(std::is_arithmetic_v<T>);
    sum = checksum(&value, sizeof value, sum);
    return *this;
  }
  [[nodiscard]] std::string text() const { return fmt::format("{:08x}", sum); }

private:
  std::uint32_t sum{0};
};

std::string world_digest(const WorldTable& w) {
  Digest digest;
  digest.add(w.gross_output).add(w.value_added).add(w.exports).add(w.inputs).add(w.final_demand);
  for (const auto& r : w.regions)
    digest.add(static_cast<int>(r.splits_processing)).add(r.hourly_wage_usd);
  for (const auto& s : w.sectors)
    digest.add(static_cast<int>(s.is_goods)).add(s.energy_cost_share).add(s.labour_share);
  return digest.text();
}

std::string line_digest(const RegimeData& law) {
  Digest digest;
  for (const auto& line : law.lines)
    digest.add(line.origin.value)
        .add(line.sector.value)
        .add(line.share)
        .add(line.mfn_rate)
        .add(static_cast<int>(line.mfn_free))
        .add(line.lists)
        .add(line.entry_value)
        .add(line.rule_draw);
  return fmt::format("{} with digest {}", law.lines.size(), digest.text());
}

std::string behaviour_digest(const SectorData& sectors) {
  Digest digest;
  digest.add(sectors.mean_sales_musd).add(sectors.orientation_factor);
  for (const auto& t : sectors.traits)
    digest.add(static_cast<int>(t.is_goods))
        .add(t.theta)
        .add(t.demand_elasticity)
        .add(t.review_factor)
        .add(t.lead_low)
        .add(t.lead_high)
        .add(t.documentation_factor)
        .add(t.energy_share)
        .add(t.inventory_cover);
  return digest.text();
}

template <class List, class Name> std::string names(const List& list, Name&& name) {
  std::vector<std::string> all;
  for (const auto& x : list)
    all.push_back(name(x));
  return join(all);
}

/// A resolved configuration as its keys and values, tables of an array told apart by their name.
std::map<std::string, std::string> keys_of(const std::string& text) {
  std::map<std::string, std::string> out;
  std::istringstream in{text};
  std::string line, table, element;
  int anonymous = 0;
  while (std::getline(in, line)) {
    if (line.empty() || line[0] == '#') continue;
    if (line[0] == '[') {
      // A saved text need not be what `resolved` writes.
      const auto first = std::min(line.find_first_not_of('['), line.size());
      table = line.substr(first, std::min(line.find(']', first), line.size()) - first);
      element = line.rfind("[[", 0) == 0 ? "." + std::to_string(++anonymous) : "";
      continue;
    }
    const auto equals = line.find('=');
    if (equals == std::string::npos || equals == 0) continue;
    auto key = line.substr(0, line.find_last_not_of(' ', equals - 1) + 1);
    const auto value = line.substr(equals + 1);
    if (!element.empty() && key == "name") {
      element = "." + value.substr(std::min(value.find_first_not_of(" \""), value.size()));
      element.erase(element.find_last_not_of('"') + 1);
    }
    if (!table.empty()) key.insert(0, table + element + ".");
    out[key] = value;
  }
  return out;
}

std::string lines_of(const Identity& list) {
  std::string lines;
  for (const auto& [what, value] : list)
    lines += what + '\t' + value + '\n';
  return lines;
}

Identity identity_in(const std::string& text) {
  Identity out;
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);)
    out.emplace_back(line.substr(0, line.find('\t')),
                     line.substr(std::min(line.size(), line.find('\t') + 1)));
  return out;
}

std::string cut(const std::string& text) {
  constexpr std::size_t kLong = 120;
  return text.size() <= kLong ? text : text.substr(0, kLong) + "...";
}

void require_identity(const std::string& path, const CheckpointHeader& saved,
                      const CheckpointHeader& now, bool branch) {
  const char* allowed =
      branch ? "a checkpoint of the same population: firms, seed, months before "
               "it, world, tariff lines and agreements must agree"
             : "the checkpoint of this run; another name (--output); or remove it and "
               "what lies beside it (.checkpoint*, .records) to start anew";
  if (saved.program != now.program)
    throw Error{ErrorKind::input,
                "the checkpoint is of nearshore " + saved.program + ", and this is " + now.program,
                path, "a checkpoint that the same program wrote"};
  for (std::size_t i = 0; i < now.identity.size(); ++i) {
    const auto& [what, here] = now.identity[i];
    if (branch && what == kBehaviour) continue;
    const auto there = i < saved.identity.size() && saved.identity[i].first == what
                           ? saved.identity[i].second
                           : "not known";
    if (here != there)
      throw Error{ErrorKind::input,
                  fmt::format("the checkpoint is of another population: {}: {} there, {} here",
                              what, cut(there), cut(here)),
                  path, allowed};
  }
}

} // namespace

Identity identity_of(const Scenario& s) {
  const auto& law = s.regime->data();
  return {
      {"firms", std::to_string(s.run.firms)},
      {"seed", std::to_string(s.run.seed)},
      {"start", s.run.start.text()},
      {"spin-up", std::to_string(s.run.spin_up)},
      {"reference month", s.run.reference.text()},
      {"structure", s.run.structure ? "on" : "off"},
      {"regions", names(s.world->regions, [](const Region& r) { return r.code; })},
      {"sectors", names(s.world->sectors, [](const Sector& x) { return x.code; })},
      {"the world table", world_digest(*s.world)},
      {"tariff lines", line_digest(law)},
      {"agreements", names(law.agreements, [](const auto& a) { return a.header.name; })},
      {"authorities", names(law.authorities, [](const Authority& a) { return a.key; })},
      {std::string{kBehaviour}, behaviour_digest(*s.sectors)},
  };
}

CheckpointHeader header_of(const Scenario& s, std::string program) {
  return {.program = std::move(program),
          .identity = identity_of(s),
          .configuration = s.resolved_outcome,
          .data = s.data_sums,
          .past = {},
          .last_month = {},
          .finished = false,
          .has_state = true,
          .log = {}};
}

void write_header(SectionWriter& file, const CheckpointHeader& h) {
  file.text("program", h.program);
  file.text("identity", lines_of(h.identity));
  file.text("configuration", h.configuration);
  file.text("data", h.data);
  const std::vector<std::uint64_t> branches{h.past.size()};
  file.values("branches", std::span<const std::uint64_t>{branches});
  for (const auto& past : h.past) {
    file.text("until", past.until);
    file.text("before", past.configuration);
  }
  file.text("last_month", h.last_month);
  const std::vector<std::uint64_t> numbers{h.finished ? 1U : 0U, h.has_state ? 1U : 0U, h.log.bytes,
                                           h.log.records, h.log.sum};
  file.values("records", std::span<const std::uint64_t>{numbers});
}

CheckpointHeader read_header(SectionReader& file) {
  CheckpointHeader h;
  h.program = file.text("program", kMostText);
  h.identity = identity_in(file.text("identity", kMostText));
  h.configuration = file.text("configuration", kMostText);
  h.data = file.text("data", kMostText);
  std::vector<std::uint64_t> branches(1);
  file.exactly("branches", branches);
  for (std::uint64_t i = 0; i < branches[0]; ++i) { // the file ends before a number that is absurd
    auto until = file.text("until", kMostText);
    h.past.push_back({std::move(until), file.text("before", kMostText)});
  }
  h.last_month = file.text("last_month", kMostText);
  std::vector<std::uint64_t> numbers(5);
  file.exactly("records", numbers);
  if (numbers[0] > 1 || numbers[1] > 1 || numbers[4] > UINT32_MAX)
    throw DamagedFile{file.path(), "the section 'records' makes no sense"};
  h.finished = numbers[0] == 1;
  h.has_state = numbers[1] == 1;
  h.log = {numbers[2], numbers[3], static_cast<std::uint32_t>(numbers[4])};
  return h;
}

std::vector<std::string> differing_keys(const std::string& a, const std::string& b) {
  const auto left = keys_of(a), right = keys_of(b);
  std::vector<std::string> out;
  const auto missing_in = [](const auto& list, const auto& entry) {
    const auto at = list.find(entry.first);
    return at == list.end() || at->second != entry.second;
  };
  for (const auto& entry : left)
    if (missing_in(right, entry)) out.push_back(entry.first);
  for (const auto& entry : right)
    if (left.find(entry.first) == left.end()) out.push_back(entry.first);
  std::erase(out, "run.seed");
  std::sort(out.begin(), out.end());
  return out;
}

std::string few(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 5;
  if (names.size() <= kShown) return join(names);
  return join(std::span{names}.first(kShown)) + fmt::format(" and {} more", names.size() - kShown);
}

void require_same_run(const std::string& path, const CheckpointHeader& saved,
                      const CheckpointHeader& now) {
  require_identity(path, saved, now, false);
  const auto keys = differing_keys(saved.configuration, now.configuration);
  if (!keys.empty())
    throw Error{
        ErrorKind::input,
        fmt::format("the checkpoint is of another configuration, which differs in {}", few(keys)),
        path, "the same configuration; --from branches another one from a checkpoint"};
  const auto files = differing_data(saved.data, now.data);
  if (!files.empty())
    throw Error{ErrorKind::input,
                fmt::format("files of data have changed since the checkpoint: {}", few(files)),
                path, "the same data; --from branches from a checkpoint with others"};
}

std::vector<std::string> require_same_history(const std::string& path,
                                              const CheckpointHeader& saved,
                                              const CheckpointHeader& now) {
  require_identity(path, saved, now, true);
  return differing_keys(saved.configuration, now.configuration);
}

} // namespace nearshore
