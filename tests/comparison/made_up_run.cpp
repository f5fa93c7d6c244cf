#include "tests/comparison/made_up_run.hpp"

namespace nearshore::test {
namespace {

const std::vector<std::string> kRegions{"HOM", "FEL", "FAR"}, kSectors{"cars", "services"};

} // namespace

ComparedWorld made_up_world() {
  ComparedWorld w;
  w.regions = kRegions;
  w.sectors = kSectors;
  w.authorities = {"emergency"};
  w.is_goods = {true, false};
  w.home = 0;
  w.fellows = {1};
  w.bloc = {"near", {0, 1}};
  w.distant = {{"far", {2}}};
  w.wage_bill = {3, 1, 1, 1, 1, 1};
  return w;
}

MadeUpRun::MadeUpRun(int number_of_months) {
  for (int t = 0; t < number_of_months; ++t)
    list.push_back(Month{2026, 1} + t);
  const std::pair<std::string, std::vector<std::string>> exporter{"exporter", kRegions},
      importer{"importer", kRegions}, sector{"sector", kSectors},
      export_sector{"export_sector", {"cars", "services", "all"}}, region{"region", kRegions},
      source{"source", kRegions}, partner{"partner", {"FEL", "FAR"}}, use{"use", {"0", "1"}},
      programme{"programme", {"none", "pact"}}, authority{"authority", {"emergency"}},
      bin{"bin", {"0-50", "50-100"}};
  for (const auto* name :
       {"claim_share_by_sector", "claim_share_recorded_by_sector", "claim_share_dutiable_by_sector",
        "qualifying_share_by_sector", "goods_traded", "goods_traded_dutiable"})
    add(name, {exporter, importer, sector}, 0);
  add("trade_value", {exporter, importer, sector, use, programme}, 0);
  add("duty_collected", {exporter, importer, sector, authority}, 0);
  add("value_added_content", {exporter, export_sector, source}, 0);
  add("exports", {exporter, export_sector}, 0);
  add("regional_value_content", {exporter, sector, bin}, 0);
  add("gross_output", {region, sector}, 0);
  add("employment", {region, sector}, 1);
  add("price_index", {region, sector}, 1);
  for (const auto* name :
       {"us_exports", "us_imports", "us_exports_published_basis", "us_imports_published_basis"})
    add(name, {partner}, 0);
}

void MadeUpRun::add(const std::string& variable,
                    const std::vector<std::pair<std::string, std::vector<std::string>>>& axes,
                    double value) {
  LabelledArray a;
  a.name = variable;
  a.dims = {"time"};
  a.labels = {{}};
  for (const Month m : list)
    a.labels[0].push_back(m.text());
  std::size_t n = list.size();
  for (const auto& [name, labels] : axes) {
    a.dims.push_back(name);
    a.labels.push_back(labels);
    n *= labels.size();
  }
  a.values.assign(n, value);
  arrays[variable] = std::move(a);
}

MadeUpRun& MadeUpRun::set(const std::string& variable, int month,
                          const std::vector<std::size_t>& at, double value) {
  auto& a = arrays.at(variable);
  auto place = static_cast<std::size_t>(month);
  for (std::size_t i = 0; i < at.size(); ++i)
    place = place * a.extent(i + 1) + at[i];
  a.values.at(place) = value;
  return *this;
}

MadeUpRun& MadeUpRun::sell(int month, std::size_t origin, std::size_t destination, double value,
                           std::size_t use, std::size_t sector) {
  if (origin != destination) set("goods_traded", month, {origin, destination, sector}, value);
  return set("trade_value", month, {origin, destination, sector, use, 0}, value);
}

LabelledArray MadeUpRun::read(const std::string& variable) const {
  return arrays.at(variable);
}

std::map<std::string, double> outcomes_of(const MadeUpRun& run, const ComparedPeriod& period,
                                          const std::string& topic, SupplyStop stop) {
  const RunSums sums{std::make_unique<MadeUpRun>(run)};
  Outcomes out{true};
  add_outcomes(sums, made_up_world(), period, stop, {topic}, out);
  std::map<std::string, double> values;
  for (std::size_t k = 0; k < out.keys.size(); ++k) {
    const auto& key = out.keys[k];
    values[key.variable + "|" + key.region + "|" + key.partner + "|" + key.sector +
           (key.detail.empty() ? "" : "|" + key.detail)] = out.values[k];
  }
  return values;
}

ComparedPeriod made_up_period(int first, int last) {
  return {"period", Month{2026, 1} + first, Month{2026, 1} + last};
}

} // namespace nearshore::test
