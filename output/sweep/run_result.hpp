#pragma once
// What is kept of a finished run, as bytes: headlines, outcomes and chosen variables by month.
#include "output/headlines.hpp"
#include "output/memory_run.hpp"
#include "output/sweep/run_log.hpp"
#include "output/sweep/sweep.hpp"
#include "sim/config/load_scenario.hpp"

#include <memory>
#include <string>
#include <vector>

namespace nearshore {

/// The numbers of a run that are no series: outcomes in the sweep's order, then headlines.
struct RunNumbers {
  std::vector<double> outcomes, headlines;
};

/// Watches one run and keeps what the sweep wants of it.
class RunKeeper : public Observer {
public:
  /// `wage_bill`: of the world, for the headlines. Throws Error (kind input) for a scenario without
  /// [reporting].
  RunKeeper(const Sweep& sweep, const Scenario& scenario,
            std::shared_ptr<const std::vector<double>> wage_bill);
  void on_month(const MonthRecord& record) override;
  /// Bytes for RunLog::append(). Throws Error (kind input) where an outcome does not fit the run.
  [[nodiscard]] std::string content() const;

private:
  const Sweep& sweep;
  MemoryRun months;
  HeadlineMeans headlines;
};

/// Reads such bytes from a log, part by part.
class RunResult {
public:
  /// Reads the directory and the numbers. Throws Error (kind input) where the content is damaged.
  RunResult(RunLogReader& log, const RunRecord& record);
  [[nodiscard]] const RunNumbers& numbers() const { return known; }
  [[nodiscard]] std::size_t series() const { return parts.size(); }
  /// All months of variable number `s` of the sweep, row-major; floats where the file has floats.
  [[nodiscard]] std::vector<double> values(std::size_t s);

private:
  struct Part {
    std::uint64_t from, stored, values;
    bool wide;
  };
  RunLogReader& source;
  RunRecord place;
  RunNumbers known;
  std::vector<Part> parts;
};

} // namespace nearshore
