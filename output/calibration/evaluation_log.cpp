#include "output/calibration/evaluation_log.hpp"

#include "output/calibration/log_file.hpp"
#include "output/trajectory_kind.hpp"

namespace nearshore {
namespace {

constexpr auto kBetweenSaves = std::chrono::seconds{2};

} // namespace

EvaluationLog::EvaluationLog(const CalibrationProblem& p, std::string id, std::string file)
    : problem(p), identity(std::move(id)), path(std::move(file)) {}

void EvaluationLog::resume() {
  for (auto& evaluation : read_log(path, problem, identity)) {
    evaluation.objective = fit_of(problem.targets, evaluation.figures).objective;
    add(std::move(evaluation));
  }
}

const Evaluation* EvaluationLog::find(const std::vector<double>& values) const {
  const auto at = place.find(values);
  return at == place.end() ? nullptr : &list[at->second];
}

void EvaluationLog::add(Evaluation evaluation) {
  place.emplace(evaluation.values, list.size());
  list.push_back(std::move(evaluation));
}

void EvaluationLog::save(bool now) {
  const auto time = std::chrono::steady_clock::now();
  if (path.empty() || (!now && time - saved < kBetweenSaves)) return;
  PendingFile{
      {path, hdf5_kind("log of a calibration")},
      [&](const std::string& beside) { write_log(beside, problem, identity, list, axes, tables); }}
      .name();
  saved = time;
}

void EvaluationLog::set_results(std::vector<LogAxis> a, std::vector<LogTable> t) {
  axes = std::move(a);
  tables = std::move(t);
}

} // namespace nearshore
