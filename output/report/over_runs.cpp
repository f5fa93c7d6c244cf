#include "output/report/over_runs.hpp"

#include "output/quantile.hpp"
#include "policy/error.hpp"

namespace nearshore {
namespace {

using Runs = std::map<std::string, std::vector<std::vector<double>>>;

void keep(Series&& from, Runs& into) {
  for (auto& [name, values] : from)
    into[name].push_back(std::move(values));
}

std::vector<std::string> names(const Runs& runs) {
  std::vector<std::string> out;
  for (const auto& [name, values] : runs)
    out.push_back(name);
  return out;
}

const std::vector<std::vector<double>>& find(const Runs& runs, const std::string& name) {
  const auto at = runs.find(name);
  if (at == runs.end()) throw Error{ErrorKind::internal, "no series '" + name + "'", "report"};
  return at->second;
}

std::vector<double> month(const std::vector<std::vector<double>>& runs, std::size_t m) {
  std::vector<double> out;
  for (const auto& run : runs)
    out.push_back(run[m]);
  return out;
}

} // namespace

void OverRuns::add(RunFigures figures) {
  keep(std::move(figures.spread), spread);
  keep(std::move(figures.mean), mean);
}

std::vector<std::string> OverRuns::spread_names() const {
  return names(spread);
}

std::vector<std::string> OverRuns::mean_names() const {
  return names(mean);
}

BandSeries OverRuns::bands(const std::string& name) const {
  const auto& runs = find(spread, name);
  BandSeries out;
  for (std::size_t m = 0; m < runs.front().size(); ++m) {
    const auto b = band(month(runs, m));
    out.p05.push_back(b.p05);
    out.median.push_back(b.median);
    out.p95.push_back(b.p95);
  }
  return out;
}

std::vector<double> OverRuns::means(const std::string& name) const {
  const auto& runs = find(mean, name);
  std::vector<double> out;
  for (std::size_t m = 0; m < runs.front().size(); ++m) {
    double sum = 0;
    for (const double v : month(runs, m))
      sum += v;
    out.push_back(sum / static_cast<double>(runs.size()));
  }
  return out;
}

} // namespace nearshore
