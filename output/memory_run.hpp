#pragma once
// The months of a run kept in memory, of some variables only: what calibration, sweeps and
// comparisons look at without a file between.
#include "output/run_view.hpp"
#include "output/variable.hpp"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace nearshore {

class MemoryRun : public Observer, public RunView {
public:
  /// Keeps the variables of these names (docs/output.md). Throws Error (kind input) for one that
  /// does not exist. The numbers are those that a file would hold: rounded to 32 bits where it
  /// does.
  MemoryRun(std::shared_ptr<const Reporting> reporting, Month reference, std::string name,
            std::span<const std::string> variables);

  void on_month(const MonthRecord& record) override; ///< the spin-up is not kept

  [[nodiscard]] std::string name() const override { return called; }
  [[nodiscard]] const std::vector<Month>& months() const override { return months_seen; }
  [[nodiscard]] LabelledArray read(const std::string& variable) const override;
  [[nodiscard]] std::optional<Month> reference() const override { return reference_month; }

private:
  struct Kept {
    const Variable* variable;
    std::vector<double> values; ///< months after one another
  };
  std::shared_ptr<const Reporting> context;
  Month reference_month;
  std::string called;
  std::vector<Month> months_seen;
  std::map<std::string, Kept> kept;
};

} // namespace nearshore
