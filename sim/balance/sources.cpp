#include "sim/balance/sources.hpp"

#include "policy/error.hpp"
#include "sim/csv.hpp"
#include "sim/world_lists.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace nearshore::balance {
namespace {

constexpr double kLargest = 1e9; // million USD

Bits all_regions(const Sources& s) {
  return (s.R() == kMaxRegions ? 0 : bit(s.R())) - 1;
}

/// The lists as codes, and the folder, for the readers below.
struct Reader {
  Sources& s;
  std::string folder;
  std::vector<std::string> regions, sectors;

  [[nodiscard]] std::string path(const char* name) const { return folder + "/" + name; }
  [[nodiscard]] std::size_t region(const CsvRow& row, std::string_view column) const {
    return row.choice(column, regions, "region");
  }
  [[nodiscard]] std::size_t sector(const CsvRow& row, std::string_view column) const {
    return row.choice(column, sectors, "sector");
  }
};

std::map<std::string, double, std::less<>> read_confidence(const Reader& r) {
  std::map<std::string, double, std::less<>> sd;
  for (const auto row : read_csv(r.path("confidence.csv"), {"confidence", "relative_sd"}))
    if (!sd.emplace(row.required_text("confidence"), row.number("relative_sd", 1e-4, 10)).second)
      throw row.error("confidence", fmt::format("'{}' appears twice", row.text("confidence")));
  return sd;
}

void read_output(Reader& r) {
  auto& s = r.s;
  const auto sd = read_confidence(r);
  for (const auto& [name, value] :
       {std::pair{"sourcing", &s.sourcing_sd}, {"final_demand", &s.final_sd}}) {
    const auto found = sd.find(name);
    if (found == sd.end())
      throw Error(ErrorKind::input, fmt::format("no row '{}'", name), r.path("confidence.csv"));
    *value = found->second;
  }
  s.gross_output.assign(s.R() * s.S(), 0);
  s.value_added = s.relative_sd = s.gross_output;
  s.basis.assign(s.R() * s.S(), 0);
  for (const auto row :
       read_csv(r.path("estimate_output.csv"), {"region", "sector", "gross_output_musd",
                                                "value_added_musd", "confidence", "basis"})) {
    const auto i = s.at(r.region(row, "region"), r.sector(row, "sector"));
    if (s.gross_output[i] > 0)
      throw row.error("sector", "this region and sector have a row already");
    s.gross_output[i] = row.number("gross_output_musd", 1e-3, kLargest);
    s.value_added[i] = row.number("value_added_musd", 1e-3, s.gross_output[i]);
    const auto found = sd.find(row.text("confidence"));
    if (found == sd.end())
      throw row.error("confidence", fmt::format("unknown confidence '{}'", row.text("confidence")),
                      "a name in confidence.csv");
    s.relative_sd[i] = found->second;
    const Sources::Basis basis{std::string{row.text("confidence")},
                               std::string{row.required_text("basis")}};
    const auto known = std::find(s.bases.begin(), s.bases.end(), basis);
    s.basis[i] = static_cast<std::size_t>(known - s.bases.begin());
    if (known == s.bases.end()) s.bases.push_back(basis);
  }
  for (std::size_t i = 0; i < s.gross_output.size(); ++i)
    if (!(s.gross_output[i] > 0))
      throw Error(ErrorKind::input,
                  fmt::format("no row for {} in {}", r.sectors[i % s.S()], r.regions[i / s.S()]),
                  r.path("estimate_output.csv"), "one row for each region and sector");
}

void add_once(const CsvRow& row, std::string_view column, double& cell) {
  if (cell > 0) throw row.error(column, "this cell has a row already");
  cell = row.number(column, 1e-6, kLargest);
}

void read_flows(Reader& r) {
  auto& s = r.s;
  s.intermediate.assign(s.R() * s.S() * s.R(), 0);
  s.final_use = s.intermediate;
  const std::vector<std::string> uses{"intermediate", "final"};
  for (const auto row : read_csv(r.path("estimate_trade.csv"),
                                 {"origin", "destination", "sector", "use", "value_musd"})) {
    const auto i =
        s.flow(r.region(row, "destination"), r.sector(row, "sector"), r.region(row, "origin"));
    add_once(row, "value_musd",
             (row.choice("use", uses, "use") == 0 ? s.intermediate : s.final_use)[i]);
  }
  s.use.assign(s.R() * s.S() * s.S() * s.R(), 0);
  std::vector<double> sum(s.intermediate.size());
  for (const auto row :
       read_csv(r.path("estimate_use.csv"),
                {"using_region", "using_sector", "input_sector", "origin_region", "value_musd"})) {
    const auto d = r.region(row, "using_region"), j = r.sector(row, "input_sector"),
               o = r.region(row, "origin_region");
    auto& cell = s.use[(s.at(d, r.sector(row, "using_sector")) * s.S() + j) * s.R() + o];
    add_once(row, "value_musd", cell);
    sum[s.flow(d, j, o)] += cell;
  }
  for (std::size_t i = 0; i < sum.size(); ++i)
    if (std::abs(sum[i] - s.intermediate[i]) > 1e-6 * (1 + sum[i]))
      throw Error(ErrorKind::input,
                  fmt::format("uses of {} from {} in {} add up to {}, estimate_trade.csv has {}",
                              r.sectors[i / s.R() % s.S()], r.regions[i % s.R()],
                              r.regions[i / s.R() / s.S()], sum[i], s.intermediate[i]),
                  r.path("estimate_use.csv"), "the same total in both files");
}

void read_processing(Reader& r) {
  auto& s = r.s;
  s.processing.assign(s.R() * s.S(), {});
  s.split_source.assign(s.R() * s.S(), {});
  for (const auto row :
       read_csv(r.path("processing.csv"),
                {"region", "sector", "processing_share_of_exports",
                 "exported_share_of_processing_output", "value_added_ratio_relative", "import_odds",
                 "source", "estimate"})) {
    const auto region = r.region(row, "region");
    if (!s.regions[region].splits_processing)
      throw row.error("region",
                      fmt::format("region '{}' has no processing producers", row.text("region")),
                      "a region with splits_processing = yes in regions.csv");
    const auto i = s.at(region, r.sector(row, "sector"));
    auto& split = s.processing[i];
    if (split.share > 0) throw row.error("sector", "this region and sector have a row already");
    split = {row.number("processing_share_of_exports", 1e-3, 0.999),
             row.number("exported_share_of_processing_output", 0.5, 1),
             row.number("value_added_ratio_relative", 0.1, 2),
             row.number("import_odds", 0.1, 1000)};
    s.split_source[i] = row.required_text("source");
  }
}

void read_origin_odds(Reader& r) {
  auto& s = r.s;
  s.origin_odds.assign(s.R() * s.S() * s.R(), 1);
  std::vector<std::string> groups;
  for (const auto& group : s.region_groups)
    groups.push_back(group.code);
  for (const auto row : read_csv(r.path("origin_odds.csv"),
                                 {"region", "sector", "outside", "odds", "source", "estimate"})) {
    const auto i = s.at(r.region(row, "region"), r.sector(row, "sector"));
    const auto& members =
        s.region_groups[row.choice("outside", groups, "group of regions")].members;
    const double odds = row.number("odds", 0.01, 100);
    for (std::size_t o = 0; o < s.R(); ++o)
      if (!contains(members, o)) s.origin_odds[i * s.R() + o] = odds;
  }
}

void read_imports(Reader& r) {
  auto& s = r.s;
  struct Compared {
    std::string name;
    Bits members{0};
  };
  std::map<std::string, Compared, std::less<>> partners, groups;
  bool first = true;
  for (const auto row :
       read_csv(r.path("import_partners.csv"), {"importer", "partner", "comparison", "region"})) {
    const RegionId importer{r.region(row, "importer")};
    if (first) s.reporter = importer;
    if (importer != s.reporter)
      throw row.error("importer", "two importers", "the same importer in every row");
    first = false;
    auto& p = partners[std::string{row.required_text("partner")}];
    p.name = row.required_text("comparison");
    p.members |= bit(r.region(row, "region"));
  }
  for (const auto row : read_csv(r.path("import_sectors.csv"), {"group", "comparison", "sector"})) {
    auto& g = groups[std::string{row.required_text("group")}];
    g.name = row.required_text("comparison");
    g.members |= bit(r.sector(row, "sector"));
  }
  std::map<std::pair<std::string, std::string>, ImportTarget> targets;
  std::set<std::pair<std::string, std::string>> seen;
  for (const auto row : read_csv(r.path("us_imports_by_partner.csv"),
                                 {"gtap_sector_group", "partner", "import_value_musd"})) {
    const auto g = groups.find(row.text("gtap_sector_group"));
    if (g == groups.end())
      throw row.error("gtap_sector_group",
                      fmt::format("unknown group '{}'", row.text("gtap_sector_group")),
                      "a group in import_sectors.csv");
    const auto p = partners.find(row.text("partner"));
    if (p == partners.end())
      throw row.error("partner", fmt::format("unknown partner '{}'", row.text("partner")),
                      "a partner in import_partners.csv");
    if (!seen.emplace(g->first, p->first).second)
      throw row.error("partner", "this cell has a row already");
    auto& target = targets[{p->second.name, g->second.name}];
    target.partner = p->second.name;
    target.group = g->second.name;
    target.importer = s.reporter;
    target.partners |= p->second.members;
    target.sectors |= g->second.members;
    target.value += row.number("import_value_musd", 0, kLargest);
  }
  for (auto& [key, target] : targets)
    s.imports.push_back(target);
}

Content read_content(const Reader& r, const CsvRow& row, std::string_view source_column) {
  return {fmt::format("{} in {} {}", row.text(source_column), row.text("exporter"),
                      row.text("sectors")),
          read_region_set(row, "exporter", r.s.regions, r.s.region_groups),
          read_sector_set(row, "sectors", r.s.sectors, r.s.sector_groups),
          read_region_set(row, source_column, r.s.regions, r.s.region_groups)};
}

void read_reported(Reader& r) {
  for (const auto row :
       read_csv(r.path("reported_contents.csv"), {"exporter", "sectors", "sources"}))
    r.s.reported.push_back(read_content(r, row, "sources"));
}

void read_contents(Reader& r) {
  const std::vector<std::string> uses{"prediction", "target"};
  for (const auto row : read_csv(r.path("value_added_targets.csv"),
                                 {"exporter", "sectors", "source", "value_pct", "tolerance_points",
                                  "tolerance_pct", "use", "table", "reference"})) {
    ContentTarget c;
    c.content = read_content(r, row, "source");
    c.table = row.required_text("table");
    c.reference = row.required_text("reference");
    c.share = row.number("value_pct", 0.01, 100) / 100;
    c.tolerance = std::max(row.number("tolerance_points", 0.01, 100) / 100,
                           c.share * row.number("tolerance_pct", 0, 100) / 100);
    c.is_target = row.choice("use", uses, "use") == 1;
    r.s.contents.push_back(std::move(c));
  }
}

void read_trade(Reader& r) {
  const std::vector<std::string> uses{"prediction", "target"};
  const std::vector<std::string> kinds{"intra_intermediate", "import_origin", "import_intermediate",
                                       "export_value"};
  for (const auto row : read_csv(r.path("trade_targets.csv"),
                                 {"kind", "reporter", "partner", "value", "standard_deviation",
                                  "tolerance", "use", "reference"})) {
    TradeTarget t;
    t.kind = static_cast<TradeKind>(row.choice("kind", kinds, "kind"));
    t.reporter = row.text("reporter");
    t.partner = row.text("partner");
    t.reference = row.required_text("reference");
    t.reporters = read_region_set(row, "reporter", r.s.regions, r.s.region_groups);
    t.partners = row.empty("partner")
                     ? all_regions(r.s)
                     : read_region_set(row, "partner", r.s.regions, r.s.region_groups);
    const double unit = t.kind == TradeKind::export_value ? 1 : 0.01;
    t.value = row.number("value", 0, kLargest) * unit;
    if (unit < 1 && t.value > 1)
      throw row.error("value", "a share above 100 %", "per cent, from 0 to 100");
    t.deviation = row.number("standard_deviation", 1e-6, kLargest) * unit;
    t.tolerance = row.number("tolerance", 1e-6, kLargest) * unit;
    t.is_target = row.choice("use", uses, "use") == 1;
    r.s.trade.push_back(std::move(t));
  }
}

void read_published(Reader& r) {
  for (const auto row :
       read_csv(r.path("published_trade.csv"),
                {"partner", "year", "exports_musd", "imports_musd", "reference", "confidence"})) {
    const Bits partners = row.empty("partner") ? all_regions(r.s) : bit(r.region(row, "partner"));
    r.s.published.push_back(
        {std::string{row.text("partner")}, partners,
         static_cast<int>(row.integer("year", 2000, 2100)), row.number("exports_musd", 1, kLargest),
         row.number("imports_musd", 1, kLargest), std::string{row.required_text("reference")},
         std::string{row.required_text("confidence")}});
  }
}

} // namespace

Sources read_sources(const std::string& folder) {
  Sources s;
  Reader r{s, folder, {}, {}};
  s.regions = read_regions(r.path("regions.csv"));
  s.sectors = read_sectors(r.path("sectors.csv"));
  read_groups(r.path("groups.csv"), s.regions, s.sectors, s.region_groups, s.sector_groups);
  r.regions = codes_of(s.regions);
  r.sectors = codes_of(s.sectors);
  read_output(r);
  read_flows(r);
  read_processing(r);
  read_origin_odds(r);
  read_imports(r);
  read_contents(r);
  read_reported(r);
  read_trade(r);
  read_published(r);
  return s;
}

} // namespace nearshore::balance
