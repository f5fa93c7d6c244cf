// [tariff_lines], [[product_list]] and the data files that they name.
#include "policy/tariff_lines.hpp"
#include "policy/text.hpp"
#include "sim/config/paths.hpp"
#include "sim/config/policy_reader.hpp"
#include "sim/csv.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace nearshore {
namespace {

using Lane = std::pair<std::size_t, std::size_t>; // origin, sector
constexpr std::size_t kCoordinates = 6;

// Where the interval of a list begins on its coordinate.
struct ListLayout {
  std::size_t coordinate{1};
  std::optional<std::size_t> inside, after;     // lists; neither: after all lists laid so before it
  std::map<std::size_t, std::size_t> inside_in; // sector -> list
};

struct ListShare {
  double share{0};
  bool given{false};
};

struct Files {
  std::map<Lane, std::vector<MfnBin>> bins;
  std::map<Lane, std::vector<ListShare>> lists; // [list]
  std::map<Lane, std::array<float, 5>> entries;
};

std::vector<std::string> with_any(std::vector<std::string> names) {
  names.emplace_back("*");
  return names;
}

// Rows for "*" stand for every region or sector; a row that names one wins whatever the order.
template <class Apply>
void spread(const CsvRow& row, std::string_view first, const std::vector<std::string>& firsts,
            const std::vector<std::string>& seconds, Apply&& apply) {
  const auto a = row.choice(first, with_any(firsts), "region");
  const auto b = row.choice("sector", with_any(seconds), "sector");
  const int precision = (a < firsts.size() ? 2 : 0) + (b < seconds.size() ? 1 : 0);
  for (std::size_t i = 0; i < firsts.size(); ++i)
    for (std::size_t s = 0; s < seconds.size(); ++s)
      if ((a == firsts.size() || a == i) && (b == seconds.size() || b == s)) apply(i, s, precision);
}

std::vector<ListLayout> read_layouts(const TableView& root, const PolicyNames& names) {
  std::vector<ListLayout> out;
  for (const auto& view : root.tables("product_list")) {
    ListLayout layout;
    (void)view.required_text("name");
    (void)view.required_text("meaning");
    layout.coordinate = static_cast<std::size_t>(view.integer("coordinate", 1, kCoordinates, 1));
    const auto earlier = [&](const TableView& from, std::string_view key) {
      const auto list = from.choice(key, names.lists, "product list");
      if (list >= out.size())
        throw from.error(key, "product list '" + names.lists[list] + "' is not defined before",
                         "an earlier list");
      return list;
    };
    for (const auto* key : {"inside", "after"})
      if (!view.has(key)) (void)view.optional_text(key);
    if (view.has("inside")) layout.inside = earlier(view, "inside");
    if (view.has("after")) layout.after = earlier(view, "after");
    if (layout.inside && layout.after)
      throw view.error("after", "both inside and after", "one of them");
    const auto by_sector = view.table("inside_in");
    for (std::size_t s = 0; s < names.world.sectors.size(); ++s)
      if (by_sector.has(names.world.sectors[s]))
        layout.inside_in[s] = earlier(by_sector, names.world.sectors[s]);
    by_sector.finish();
    view.finish();
    out.push_back(layout);
  }
  return out;
}

void check_confidence(const CsvRow& row) {
  if (!row.empty("confidence")) (void)row.choice("confidence", kConfidences, "confidence");
}

void read_bins(const std::string& path, const PolicyNames& names, Files& files) {
  const auto table = read_csv(path, {"origin", "sector", "mfn_bin", "value_share", "mean_rate"},
                              {"source", "confidence"});
  std::map<Lane, std::string> first_row;
  for (const auto row : table) {
    check_confidence(row);
    const Lane lane{row.choice("origin", names.world.regions, "region"),
                    row.choice("sector", names.world.sectors, "sector")};
    const auto share = row.number("value_share", 0, 1);
    const bool free = row.text("mfn_bin") == "free";
    const auto rate = row.number("mean_rate", 0, 5);
    if (free && rate != 0) throw row.error("mean_rate", "a free line with a rate", "0");
    first_row.emplace(lane, row.where());
    if (share > 0)
      files.bins[lane].push_back({static_cast<float>(share), static_cast<float>(rate), free});
  }
  for (auto& [lane, bins] : files.bins) {
    double sum = 0;
    for (const auto& bin : bins)
      sum += bin.share;
    if (std::abs(sum - 1) > 0.002)
      throw Error{ErrorKind::input,
                  "MFN shares of " + names.world.regions[lane.first] + ", " +
                      names.world.sectors[lane.second] + " sum to " + number_text(sum),
                  first_row[lane], "a sum of 1, to 0.002 of rounding"};
    for (auto& bin : bins)
      bin.share = static_cast<float>(bin.share / sum);
  }
}

void read_lists(const std::string& path, const PolicyNames& names, Files& files) {
  const auto table = read_csv(path, {"origin", "sector", "list", "value_share", "dutiable_share"},
                              {"source", "confidence"});
  for (const auto row : table) {
    check_confidence(row);
    const Lane lane{row.choice("origin", names.world.regions, "region"),
                    row.choice("sector", names.world.sectors, "sector")};
    const auto list = row.choice("list", names.lists, "product list");
    auto& shares = files.lists[lane];
    shares.resize(names.lists.size());
    if (shares[list].given)
      throw row.error("list", "a second row for this origin, sector and list");
    shares[list] = {row.number("value_share", 0, 1) * row.number("dutiable_share", 0, 1), true};
  }
}

void read_entries(const std::string& path, const PolicyNames& names, Files& files) {
  const auto table = read_csv(path, {"origin", "sector", "p10", "p30", "p50", "p70", "p90"},
                              {"source", "confidence"});
  std::map<Lane, int> precision_of;
  for (const auto row : table) {
    check_confidence(row);
    std::array<float, 5> values{};
    const std::array<const char*, 5> columns{"p10", "p30", "p50", "p70", "p90"};
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = static_cast<float>(row.number(columns[i], 1, 1e10));
      if (i > 0 && values[i] < values[i - 1])
        throw row.error(columns[i], "quantiles fall", "values that rise from p10 to p90");
    }
    spread(row, "origin", names.world.regions, names.world.sectors,
           [&](auto o, auto s, int precision) {
             const auto known = precision_of.find({o, s});
             if (known != precision_of.end() && known->second > precision) return;
             precision_of[{o, s}] = precision;
             files.entries[{o, s}] = values;
           });
  }
}

// Where an origin has no rows of its own: the mean of the origins that have, a documented estimate.
std::vector<MfnBin> mean_bins(const Files& files, const std::vector<std::size_t>& from,
                              std::size_t sector) {
  std::vector<MfnBin> out;
  std::size_t known = 0;
  for (const auto origin : from) {
    const auto found = files.bins.find({origin, sector});
    if (found == files.bins.end()) continue;
    ++known;
    out.insert(out.end(), found->second.begin(), found->second.end());
  }
  for (auto& bin : out)
    bin.share /= static_cast<float>(known);
  // Bins of nearly the same rate are one: fewer classes carry the same spread.
  std::stable_sort(out.begin(), out.end(),
                   [](const MfnBin& a, const MfnBin& b) { return a.rate < b.rate; });
  std::vector<MfnBin> merged;
  for (const auto& bin : out) {
    auto* last = merged.empty() ? nullptr : &merged.back();
    const bool close =
        last && last->free == bin.free && (bin.free || bin.rate <= last->rate * 1.5F + 0.002F);
    if (close) {
      const float share = last->share + bin.share;
      last->rate = (last->rate * last->share + bin.rate * bin.share) / share;
      last->share = share;
    } else {
      merged.push_back(bin);
    }
  }
  return merged;
}

std::vector<double> list_shares(const Files& files, const std::vector<std::size_t>& from, Lane lane,
                                std::size_t lists) {
  std::vector<double> out(lists);
  const auto own = files.lists.find(lane);
  const bool is_sampled = std::find(from.begin(), from.end(), lane.first) != from.end();
  for (std::size_t l = 0; l < lists; ++l) {
    if (own != files.lists.end() && own->second[l].given) {
      out[l] = own->second[l].share;
    } else if (!is_sampled) {
      for (const auto origin : from)
        if (const auto other = files.lists.find({origin, lane.second}); other != files.lists.end())
          out[l] += other->second[l].share / static_cast<double>(from.size());
    }
  }
  return out;
}

std::vector<ListPlacement> place(const std::vector<double>& shares,
                                 const std::vector<ListLayout>& layouts, Lane lane, bool aligned,
                                 const PolicyNames& names) {
  std::vector<ListPlacement> out;
  std::vector<double> begin(shares.size());
  std::array<double, kCoordinates + 1> next{};
  for (std::size_t l = 0; l < shares.size(); ++l) {
    const auto& layout = layouts[l];
    auto inside = layout.inside;
    if (const auto here = layout.inside_in.find(lane.second); here != layout.inside_in.end())
      inside = here->second;
    if (inside) {
      begin[l] = begin[*inside];
    } else if (layout.after) {
      begin[l] = begin[*layout.after] + shares[*layout.after];
    } else {
      begin[l] = next[layout.coordinate];
      next[layout.coordinate] += shares[l];
    }
    if (shares[l] <= 0) continue;
    if (begin[l] + shares[l] > 1.0001)
      throw Error{ErrorKind::input, "product list '" + names.lists[l] +
                                        "' does not fit beside the lists before it in " +
                                        names.world.regions[lane.first] + ", " +
                                        names.world.sectors[lane.second]};
    const bool along = aligned && layout.coordinate == 1;
    out.push_back({ListId{l}, static_cast<float>(begin[l]), static_cast<float>(shares[l]),
                   along ? 0 : layout.coordinate});
  }
  return out;
}

void read_schedule(const std::string& path, const PolicyNames& names, RegimeData& out) {
  const auto R = names.world.regions.size(), S = names.world.sectors.size();
  out.schedule.assign(R * R * S, 0);
  std::vector<int> precision_of(R * R * S, -1);
  const auto table =
      read_csv(path, {"importer", "origin", "sector", "rate"}, {"source", "confidence"});
  for (const auto row : table) {
    check_confidence(row);
    const auto importer = row.choice("importer", with_any(names.world.regions), "region");
    const auto rate = row.number("rate", 0, 5);
    spread(row, "origin", names.world.regions, names.world.sectors,
           [&](auto o, auto s, int precision) {
             for (std::size_t i = 0; i < R; ++i) {
               if ((importer < R && importer != i) || i == o || !contains(names.world.goods, s))
                 continue;
               const auto cell = (i * R + o) * S + s;
               const int p = precision + (importer < R ? 4 : 0);
               if (precision_of[cell] > p) continue;
               precision_of[cell] = p;
               out.schedule[cell] = static_cast<float>(rate);
             }
           });
  }
}

} // namespace

void read_tariff_lines(const TableView& root, const PolicyNames& names, RegimeData& out) {
  const auto layouts = read_layouts(root, names);
  const auto regions = names.world.regions.size();
  out.lines_known.assign(regions, false);
  out.schedule.assign(regions * regions * names.world.sectors.size(), 0);
  const auto section = root.optional_table("tariff_lines");
  if (!section) return; // a configuration without policy: no line, no duty
  const auto& view = *section;
  for (const auto i : view.choices("importers", names.world.regions, "region"))
    out.lines_known[i] = true;
  const auto from = view.choices("estimate_from", names.world.regions, "region");
  Files files;
  read_bins(find_input(view.required_text("mfn_bins")), names, files);
  read_lists(find_input(view.required_text("product_lists")), names, files);
  read_entries(find_input(view.required_text("entry_values")), names, files);
  read_schedule(find_input(view.required_text("schedule")), names, out);
  const auto aligned = read_set(view, "aligned_sectors", names.world.sectors, "sector", 0);
  const auto classes = static_cast<std::size_t>(view.integer("classes", 1, 256, 12));
  std::vector<std::size_t> classes_of(names.world.regions.size(), classes);
  const auto own = view.table("classes_of");
  for (std::size_t r = 0; r < classes_of.size(); ++r)
    classes_of[r] = static_cast<std::size_t>(
        own.integer(names.world.regions[r], 1, 256, static_cast<std::int64_t>(classes)));
  own.finish();
  view.finish();

  for (std::size_t origin = 0; origin < names.world.regions.size(); ++origin)
    for (std::size_t sector = 0; sector < names.world.sectors.size(); ++sector) {
      if (!contains(names.world.goods, sector)) continue;
      LaneMargins m;
      m.origin = RegionId{origin};
      m.sector = SectorId{sector};
      const auto bins = files.bins.find({origin, sector});
      m.bins = bins != files.bins.end() ? bins->second : mean_bins(files, from, sector);
      if (m.bins.empty())
        throw view.error("mfn_bins", "no MFN bins for " + names.world.sectors[sector],
                         "rows for every sector of goods from each of estimate_from");
      const bool along = contains(aligned, sector);
      m.lists = place(list_shares(files, from, {origin, sector}, names.lists.size()), layouts,
                      {origin, sector}, along, names);
      const auto entry = files.entries.find({origin, sector});
      if (entry == files.entries.end())
        throw view.error("entry_values", "no entry values for " + names.world.regions[origin] +
                                             ", " + names.world.sectors[sector]);
      m.entry_quantiles = entry->second;
      m.max_classes = classes_of[origin];
      m.rules_along_bins = along;
      const auto lines = build_lines(m);
      out.lines.insert(out.lines.end(), lines.begin(), lines.end());
    }
  // Services cross no customs border; one free line each lets every firm have a line.
  for (std::size_t origin = 0; origin < names.world.regions.size(); ++origin)
    for (std::size_t sector = 0; sector < names.world.sectors.size(); ++sector) {
      if (contains(names.world.goods, sector)) continue;
      TariffLine line;
      line.origin = RegionId{origin};
      line.sector = SectorId{sector};
      line.share = 1;
      line.mfn_free = true;
      line.entry_value = 1e9F;
      out.lines.push_back(line);
    }
}

} // namespace nearshore
