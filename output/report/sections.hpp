#pragma once
// The parts of the page's data; each is one file. The page's types are in page/data.ts.
#include "output/comparison/comparison.hpp"
#include "output/report/over_runs.hpp"
#include "output/trajectory_reader.hpp"
#include "sim/config/load_scenario.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <vector>

namespace nearshore {

/// One policy of a file: which of its runs have it, and under what configuration they were made.
struct ReportScenario {
  const TrajectoryReader* file{nullptr};
  std::optional<std::size_t> policy; ///< of a paired file
  std::string title;
  Scenario scenario;

  [[nodiscard]] std::size_t first_run() const;
  [[nodiscard]] std::size_t runs() const;
};

/// Every policy of every file, in order; titles are unique (the file's name is added where they are
/// not). The readers must outlive the result.
std::vector<ReportScenario> scenarios_of(const std::vector<TrajectoryReader>& files);

/// Value added of `source` in the gross exports of `exporter`, published.
struct PublishedContent {
  std::string exporter, sector, source;
  double value{0};    ///< per cent
  bool fitted{false}; ///< the base year was balanced to it
  std::string reference;
};
std::vector<PublishedContent> published_content();

ReportScope scope_of(const ReportScenario& base, const std::vector<PublishedContent>& contents);

/// The figures of all its runs.
OverRuns figures_of(const ReportScenario& scenario, const ReportScope& scope);

/// Title, months, seeds, assumptions, events of policy, and the figures over seeds.
nlohmann::json scenario_json(const ReportScenario& scenario, const ReportScope& scope);
/// Beginnings, changes and ends of duties of the home region on the exporters, and changes of what
/// statistics record, within the months of the runs.
nlohmann::json events_json(const ReportScenario& scenario, const ReportScope& scope);
/// Published figures that charts show beside the runs.
nlohmann::json facts_json(const std::vector<PublishedContent>& contents, const ReportScope& scope);
/// Rows of `validate` for the base.
nlohmann::json validation_json(const ReportScenario& base, const std::string& targets);
/// Every parameter of the base, and the figures of its sectors that were fitted: value, default,
/// meaning, source, and whether `nearshore calibrate` fitted it.
nlohmann::json parameters_json(const Scenario& base);
/// What of the model was chosen by hand, in the words of the file of targets; empty without one.
std::string by_hand(const std::string& targets);
nlohmann::json comparison_json(const Comparison& comparison);

} // namespace nearshore
