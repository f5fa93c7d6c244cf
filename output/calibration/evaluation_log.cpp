#include "output/calibration/evaluation_log.hpp"

#include "output/calibration/log_file.hpp"
#include "policy/error.hpp"

#include <filesystem>

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
  const auto beside = path + ".partial";
  write_log(beside, problem, identity, list, axes, tables);
  std::error_code code;
  std::filesystem::rename(beside, path, code);
  if (code) throw Error{ErrorKind::resource, "cannot name the log: " + code.message(), path};
  saved = time;
}

void EvaluationLog::set_results(std::vector<LogAxis> a, std::vector<LogTable> t) {
  axes = std::move(a);
  tables = std::move(t);
}

} // namespace nearshore
