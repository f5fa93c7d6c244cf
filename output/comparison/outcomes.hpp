#pragma once
// What is compared, made from one run: every outcome of a period, with its key. Pure: labels and
// groups are data, numbers come from a RunView.
#include "output/comparison/comparison.hpp"
#include "output/run_view.hpp"

#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace nearshore {

/// A group of regions or sectors by index, or one of them alone.
struct ComparedGroup {
  std::string name;
  std::vector<std::size_t> members;
};

/// The labels that runs share, and what they mean to a comparison.
struct ComparedWorld {
  std::vector<std::string> regions, sectors, authorities;
  std::vector<bool> is_goods;               ///< [sector]
  std::vector<ComparedGroup> sector_groups; ///< e.g. manufacturing; the first is shown first
  std::size_t home{0};                      ///< collects the duties of interest
  std::vector<std::size_t> fellows;         ///< who may claim in home
  ComparedGroup bloc;                       ///< home and its neighbours
  std::vector<ComparedGroup> distant;       ///< groups whose supply is a dependence
  std::vector<double> wage_bill;            ///< [region * S + sector], of the base year

  [[nodiscard]] std::size_t R() const { return regions.size(); }
  [[nodiscard]] std::size_t S() const { return sectors.size(); }
  [[nodiscard]] std::size_t A() const { return authorities.size(); }
};

/// The months of a run as sums over periods; each variable is read once.
class RunSums {
public:
  explicit RunSums(std::unique_ptr<RunView> view) : run(std::move(view)) {}

  /// Throws Error (kind input) where the run has no such variable.
  const LabelledArray& array(const std::string& variable) const;
  [[nodiscard]] bool has(const std::string& variable) const;
  /// Values of one month, row-major over the axes after time.
  [[nodiscard]] std::span<const double> month(const std::string& variable, Month when) const;
  /// Sum over the months of a period; a NaN of any month stays one.
  [[nodiscard]] std::vector<double> sum(const std::string& variable,
                                        const ComparedPeriod& period) const;
  [[nodiscard]] std::vector<double> mean(const std::string& variable,
                                         const ComparedPeriod& period) const;
  /// Sum over months of share * weight; a share of nothing adds nothing. The weight's axes are the
  /// share's, or the first of them; `inner`: values of the share for each weight.
  [[nodiscard]] std::vector<double> weighted(const std::string& share, const std::string& weight,
                                             const ComparedPeriod& period,
                                             std::size_t inner = 1) const;
  [[nodiscard]] const std::vector<Month>& months() const { return run->months(); }
  [[nodiscard]] std::string name() const { return run->name(); }

private:
  std::unique_ptr<RunView> run;
  mutable std::map<std::string, LabelledArray> arrays;
};

/// The outcomes of a run in a period. Keys are made only where they are asked for: they are the
/// same for every run and period.
class Outcomes {
public:
  explicit Outcomes(bool with_keys) : keyed(with_keys) {}
  template <class MakeKey> void add(double value, MakeKey key) {
    values.push_back(value);
    if (keyed) keys.push_back(key());
  }
  std::vector<double> values;
  std::vector<EffectKey> keys;

private:
  bool keyed;
};

/// A supply stop: months in which capacity is withheld somewhere. `last` before `first`: none.
struct SupplyStop {
  Month first{}, last{0, 0};
  [[nodiscard]] bool any() const { return last >= first; }
};

/// Adds every outcome of the topics asked for (comparison_topics()), in a fixed order.
void add_outcomes(const RunSums& run, const ComparedWorld& world, const ComparedPeriod& period,
                  const SupplyStop& stop, const std::set<std::string>& topics, Outcomes& out);

/// Billion USD a year of a sum of million USD a month over a period's months.
double billion_a_year(double millions, const ComparedPeriod& period);

} // namespace nearshore
