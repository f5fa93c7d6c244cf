#pragma once
// A world of three regions, one good, and runs whose numbers are set by hand.
#include "output/comparison/outcomes.hpp"
#include "output/run_view.hpp"

#include <map>
#include <string>
#include <vector>

namespace nearshore::test {

/// Regions HOM (collects duties), FEL (its fellow), FAR; sectors cars (goods), services; one
/// authority; a bloc "near" of HOM and FEL, a distant group "far" of FAR.
ComparedWorld made_up_world();

/// Months from 2026-01 on, everything 1 (prices, indices) or 0 (flows) until it is set.
class MadeUpRun : public RunView {
public:
  explicit MadeUpRun(int number_of_months);

  /// One value: `at` are places along the axes after time.
  MadeUpRun& set(const std::string& variable, int month, const std::vector<std::size_t>& at,
                 double value);
  /// Sales, all of one use without preference; goods_traded where a border is crossed.
  MadeUpRun& sell(int month, std::size_t origin, std::size_t destination, double value,
                  std::size_t use = 0, std::size_t sector = 0);

  [[nodiscard]] std::string name() const override { return "made up"; }
  [[nodiscard]] const std::vector<Month>& months() const override { return list; }
  [[nodiscard]] LabelledArray read(const std::string& variable) const override;
  [[nodiscard]] std::optional<Month> reference() const override { return {}; }

private:
  std::vector<Month> list;
  std::map<std::string, LabelledArray> arrays;

  void add(const std::string& variable,
           const std::vector<std::pair<std::string, std::vector<std::string>>>& axes, double value);
};

/// Of a run and a period, by "variable|region|partner|sector".
std::map<std::string, double> outcomes_of(const MadeUpRun& run, const ComparedPeriod& period,
                                          const std::string& topic, SupplyStop stop = {});

ComparedPeriod made_up_period(int first, int last);

} // namespace nearshore::test
