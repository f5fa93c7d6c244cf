#pragma once
// From the number of a run to the scenario that is simulated.
#include "output/headlines.hpp"
#include "output/sweep/sweep.hpp"
#include "sim/config/load_scenario.hpp"
#include "sim/config/numeric_key.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nearshore {

class SweepScenarios {
public:
  /// Loads the scenario of every policy, from `frozen` files (one a policy) or, where there are
  /// none, from the sweep's own, and tries the first, the lowest and the highest values of every
  /// parameter and every outcome. Throws Error (kind input): where a parameter's key or value is
  /// refused, at its place in the sweep's file.
  SweepScenarios(const Sweep& sweep, std::vector<std::string> frozen);

  /// The scenario of a run, with its parameters and seed. Several threads may call it.
  [[nodiscard]] Scenario operator()(std::size_t run) const;
  [[nodiscard]] const Scenario& policy(std::size_t p) const { return policies.at(p); }
  [[nodiscard]] std::size_t size() const { return policies.size(); }
  /// Wages by region and sector of the base year, for headlines.
  [[nodiscard]] const std::shared_ptr<const std::vector<double>>& wages(std::size_t policy) const {
    return wage_bill_of.at(policy);
  }
  /// Firms of a run, without reading a scenario.
  [[nodiscard]] std::int64_t firms(std::size_t run) const;
  /// Months of a run, spin-up included.
  [[nodiscard]] int months(std::size_t run) const;
  /// What a run costs beside others: firms times months, the building of its world included.
  [[nodiscard]] double weight(std::size_t run) const;
  /// The frozen files, once they exist: scenarios that must be read anew are read from them.
  void use_frozen(std::vector<std::string> files) { frozen_files = std::move(files); }

private:
  [[nodiscard]] Scenario at(std::size_t policy, std::span<const double> values,
                            std::uint64_t seed) const;
  [[nodiscard]] Scenario read_again(std::size_t policy, std::span<const double> values) const;
  void try_parameters() const;
  void try_outcomes() const;

  /// How a parameter gets into a scenario.
  enum class Way { number, firms, read };
  struct Mover {
    Way way{Way::number};
    std::optional<NumericKey> key;
  };
  const Sweep& sweep;
  std::vector<std::string> frozen_files;
  std::vector<Mover> movers; ///< [parameter]
  std::vector<Scenario> policies;
  std::vector<std::shared_ptr<const std::vector<double>>> wage_bill_of;
};

/// A month without trade: enough to find names, axes and labels that do not exist.
MonthRecord month_of_nothing(const Reporting& reporting, Month month);
/// The sections and labels of headlines, without values.
std::vector<Headline> headlines_of_nothing(const Reporting& reporting,
                                           std::span<const double> wages);

/// The same error at the parameter's place in the sweep's file, where it is one of "--set" with
/// its value.
Error at_parameter(const Error& e, const SweepParameter& parameter, double value);

} // namespace nearshore
