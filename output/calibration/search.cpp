#include "output/calibration/search.hpp"

#include "output/calibration/gauss_newton.hpp"
#include "policy/error.hpp"

#include <nlopt.hpp>

#include <algorithm>
#include <cmath>
#include <exception>

namespace nearshore {

Evaluator::Evaluator(const CalibrationProblem& p, Simulate s, EvaluationLog& log, std::size_t n,
                     OnEvaluation f)
    : asked(p), simulate(std::move(s)), evaluations(log), at_once(std::max<std::size_t>(1, n)),
      on_evaluation(std::move(f)) {}

std::vector<Evaluation> Evaluator::at(const std::vector<std::vector<double>>& places,
                                      const std::string& stage) {
  std::vector<std::vector<double>> values, missing;
  for (const auto& place : places)
    values.push_back(asked.values(place));
  for (const auto& v : values)
    if (evaluations.find(v) == nullptr &&
        std::find(missing.begin(), missing.end(), v) == missing.end())
      missing.push_back(v);
  try {
    for (std::size_t i = 0; i < missing.size(); i += at_once)
      run({missing.begin() + static_cast<std::ptrdiff_t>(i),
           missing.begin() + static_cast<std::ptrdiff_t>(std::min(i + at_once, missing.size()))},
          stage);
  } catch (...) {
    evaluations.save(true);
    throw;
  }
  std::vector<Evaluation> out;
  for (const auto& v : values) {
    out.push_back(*evaluations.find(v));
    if (known.insert(v).second) visited.push_back(out.back());
  }
  return out;
}

const Evaluation& Evaluator::best() const {
  return *std::min_element(visited.begin(), visited.end(),
                           [](auto& a, auto& b) { return a.objective < b.objective; });
}

void Evaluator::run(const std::vector<std::vector<double>>& values, const std::string& stage) {
  const auto start = std::chrono::steady_clock::now();
  auto figures = simulate(values);
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double objective = fit_of(asked.targets, figures[i]).objective;
    evaluations.add({values[i], std::move(figures[i]), objective, stage,
                     seconds / static_cast<double>(values.size())});
    if (on_evaluation) on_evaluation(evaluations.all().back());
  }
  evaluations.save(false);
}

std::vector<double> even_point(std::size_t i, std::size_t dimensions, std::uint64_t seed) {
  double root = 2;
  for (int step = 0; step < 64; ++step)
    root = std::pow(1 + root, 1 / (static_cast<double>(dimensions) + 1));
  std::vector<double> place;
  double power = 1;
  for (std::size_t d = 0; d < dimensions; ++d) {
    power /= root;
    const double offset = 0.5 + 0.381966 * static_cast<double>(seed % 1000);
    const double x = offset + power * static_cast<double>(i + 1);
    place.push_back(x - std::floor(x));
  }
  return place;
}

namespace {

/// What went wrong in an evaluation, kept while NLopt's own code is left.
struct Caller {
  Evaluator* evaluate;
  const char* stage;
  nlopt::opt* search;
  std::exception_ptr failure{};
};

double objective_at(const std::vector<double>& place, std::vector<double>&, void* data) {
  auto& caller = *static_cast<Caller*>(data);
  try {
    return caller.evaluate->at({place}, caller.stage).front().objective;
  } catch (...) {
    caller.failure = std::current_exception();
    throw nlopt::forced_stop();
  }
}

/// NLopt's own population (10 or 20 a dimension) would take all of a short search for its first
/// generation.
unsigned population(nlopt::algorithm algorithm, std::size_t dimensions, std::size_t evaluations) {
  const std::size_t usual = (algorithm == nlopt::GN_ISRES ? 20 : 10) * (dimensions + 1);
  return static_cast<unsigned>(std::min(usual, std::max(dimensions + 2, evaluations / 3)));
}

void minimise(nlopt::algorithm algorithm, Evaluator& evaluate, const char* stage,
              std::size_t evaluations) {
  const auto& problem = evaluate.problem();
  const std::size_t n = problem.parameters.size();
  auto place = problem.places(evaluate.best().values);
  nlopt::srand(static_cast<unsigned long>(problem.method.search_seed));
  nlopt::opt search{algorithm, static_cast<unsigned>(n)};
  Caller caller{&evaluate, stage, &search};
  search.set_lower_bounds(0.0);
  search.set_upper_bounds(1.0);
  search.set_maxeval(static_cast<int>(evaluations));
  search.set_initial_step(problem.method.local_step);
  if (algorithm == nlopt::LN_BOBYQA || algorithm == nlopt::LN_SBPLX)
    search.set_xtol_abs(problem.method.local_tolerance);
  if (algorithm == nlopt::GN_CRS2_LM || algorithm == nlopt::GN_ISRES)
    search.set_population(population(algorithm, n, evaluations));
  search.set_min_objective(objective_at, &caller);
  double least = 0;
  try {
    search.optimize(place, least);
  } catch (const nlopt::roundoff_limited&) { // as near as numbers allow
  } catch (const nlopt::forced_stop&) {
    if (!caller.failure) throw;
  } catch (const std::runtime_error&) { // NLopt gave up: the stage ends with what it found
  }
  if (caller.failure) std::rethrow_exception(caller.failure);
}

void global_stage(Evaluator& evaluate) {
  const auto& problem = evaluate.problem();
  const auto& m = problem.method;
  if (m.global_evaluations == 0) return;
  constexpr const char* kStage = "global";
  switch (m.global) {
  case GlobalSearch::none:
    return;
  case GlobalSearch::design: {
    std::vector<std::vector<double>> places;
    for (std::size_t i = 0; i < m.global_evaluations; ++i)
      places.push_back(even_point(i, problem.parameters.size(), m.search_seed));
    evaluate.at(places, kStage);
    return;
  }
  case GlobalSearch::crs2:
    return minimise(nlopt::GN_CRS2_LM, evaluate, kStage, m.global_evaluations);
  case GlobalSearch::isres:
    return minimise(nlopt::GN_ISRES, evaluate, kStage, m.global_evaluations);
  case GlobalSearch::direct_l:
    return minimise(nlopt::GN_DIRECT_L, evaluate, kStage, m.global_evaluations);
  case GlobalSearch::direct_l_rand:
    return minimise(nlopt::GN_DIRECT_L_RAND, evaluate, kStage, m.global_evaluations);
  }
}

void local_stage(Evaluator& evaluate) {
  const auto& m = evaluate.problem().method;
  if (m.local == LocalSearch::none || m.local_evaluations == 0) return;
  if (m.local == LocalSearch::gauss_newton) return gauss_newton(evaluate);
  // A quadratic model needs two dimensions.
  const bool quadratic = m.local == LocalSearch::bobyqa && evaluate.problem().parameters.size() > 1;
  minimise(quadratic ? nlopt::LN_BOBYQA : nlopt::LN_SBPLX, evaluate, "local", m.local_evaluations);
}

/// A target without a figure would only make every objective the same.
void check_start(const CalibrationProblem& problem, const Evaluation& start) {
  const auto fit = fit_of(problem.targets, start.figures);
  for (std::size_t t = 0; t < problem.targets.size(); ++t)
    if (!std::isfinite(fit.targets[t].mean))
      throw Error{ErrorKind::input,
                  "the target '" + problem.targets[t].figure.says + "' has no figure at the start",
                  problem.targets[t].figure.where,
                  "months that the scenario's run holds (`end` of [[scenario]]), and cells with "
                  "trade in them"};
}

} // namespace

void search(Evaluator& evaluate) {
  const auto& problem = evaluate.problem();
  check_start(problem, evaluate.at({problem.places(problem.start())}, "start").front());
  global_stage(evaluate);
  local_stage(evaluate);
}

} // namespace nearshore
