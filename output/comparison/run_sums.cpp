#include "output/comparison/outcomes.hpp"

#include "policy/error.hpp"

#include <algorithm>
#include <cmath>

namespace nearshore {
namespace {

template <class F> void for_months(const RunSums& run, const ComparedPeriod& period, F per_month) {
  const int first = period.first - run.months().front(), last = period.last - run.months().front();
  if (first < 0 || last >= static_cast<int>(run.months().size()))
    throw Error{ErrorKind::input, period.label + " is not among the months of the run", run.name(),
                run.months().front().text() + " to " + run.months().back().text()};
  for (int t = first; t <= last; ++t)
    per_month(run.months().front() + t);
}

} // namespace

const LabelledArray& RunSums::array(const std::string& variable) const {
  const auto at = arrays.find(variable);
  if (at != arrays.end()) return at->second;
  return arrays.emplace(variable, run->read(variable)).first->second;
}

bool RunSums::has(const std::string& variable) const {
  try {
    (void)array(variable);
    return true;
  } catch (const Error& e) {
    if (e.kind != ErrorKind::input) throw;
    return false;
  }
}

std::span<const double> RunSums::month(const std::string& variable, Month when) const {
  const auto& a = array(variable);
  const std::size_t n = a.values.size() / a.extent(0);
  return {a.values.data() + static_cast<std::size_t>(when - months().front()) * n, n};
}

std::vector<double> RunSums::sum(const std::string& variable, const ComparedPeriod& period) const {
  std::vector<double> total;
  for_months(*this, period, [&](Month when) {
    const auto values = month(variable, when);
    total.resize(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
      total[i] += values[i];
  });
  return total;
}

std::vector<double> RunSums::mean(const std::string& variable, const ComparedPeriod& period) const {
  auto values = sum(variable, period);
  for (double& v : values)
    v /= period.last - period.first + 1;
  return values;
}

std::vector<double> RunSums::weighted(const std::string& share, const std::string& weight,
                                      const ComparedPeriod& period, std::size_t inner) const {
  std::vector<double> total;
  for_months(*this, period, [&](Month when) {
    const auto shares = month(share, when), weights = month(weight, when);
    total.resize(shares.size());
    for (std::size_t i = 0; i < shares.size(); ++i)
      if (weights[i / inner] > 0 && !std::isnan(shares[i]))
        total[i] += shares[i] * weights[i / inner];
  });
  return total;
}

double billion_a_year(double millions, const ComparedPeriod& period) {
  return millions / (period.last - period.first + 1) * 12 / 1000;
}

} // namespace nearshore
