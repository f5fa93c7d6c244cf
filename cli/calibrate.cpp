// Fits parameters to data by simulated moments.
#include "cli/command.hpp"
#include "output/calibration/progress.hpp"
#include "output/calibration/report.hpp"
#include "output/version.hpp"
#include "policy/error.hpp"
#include "sim/checkpoint/written_file.hpp"
#include "sim/config/paths.hpp"
#include "sim/machine.hpp"

#include <atomic>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <memory>

namespace nearshore {
namespace {

constexpr int kStoppedByUser = 130; // as shells say it of an interrupt
constexpr std::int64_t kMostThreads = 1024, kMostMembers = 1000, kMostEvaluations = 1'000'000;

std::atomic<bool> stop_asked{false};
static_assert(std::atomic<bool>::is_always_lock_free);

void ask_to_stop(int signal) {
  stop_asked = true;
  std::signal(signal, SIG_DFL); // a second time ends the program at once
}

struct Arguments {
  std::string file{"configs/calibration/baseline.toml"}, output{"calibrated"};
  std::optional<std::int64_t> firms, evaluations, threads, members, draws;
  std::optional<std::string> seeds;
  bool resume{false}, restart{false}, dry_run{false}, quiet{false};
};

std::int64_t whole(const std::optional<std::int64_t>& value, const char* option, std::int64_t low,
                   std::int64_t high, std::int64_t otherwise) {
  if (!value) return otherwise;
  if (*value < low || *value > high)
    throw Error{ErrorKind::input, "'" + std::to_string(*value) + "'", option,
                "a whole number from " + std::to_string(low) + " to " + std::to_string(high)};
  return *value;
}

CalibrationOverrides overrides_of(const Arguments& a) {
  CalibrationOverrides given;
  if (a.firms) given.firms = whole(a.firms, "--firms", 1000, 2'000'000, 0);
  given.seeds = a.seeds;
  if (a.evaluations)
    given.evaluations =
        static_cast<std::size_t>(whole(a.evaluations, "--max-evaluations", 0, kMostEvaluations, 0));
  return given;
}

struct Places {
  OutputPlace fitted, fit, shape, set;
};

/// The files beside the log, none of which may be the one that says what to fit.
Places places_of(const Arguments& a) {
  const std::vector<std::string> inputs{find_input(a.file)};
  const auto toml = beginning_with(std::string{kFittedBy}, "result of a calibration");
  return {{a.output + ".toml", toml, "--output", inputs},
          {a.output + "_fit.csv", table_like(kFitColumns), "--output", inputs},
          {a.output + "_shape.csv", table_like(kShapeColumns), "--output", inputs},
          {a.output + "_set.toml", toml, "--output", inputs}};
}

void make_folder_of(const std::string& path) {
  const auto folder = std::filesystem::path{path}.parent_path();
  std::error_code code;
  if (!folder.empty()) std::filesystem::create_directories(folder, code);
  if (code)
    throw Error{kind_of_errno(code.value()), "cannot be made: " + code.message(), folder.string()};
}

/// A log of earlier work is neither overwritten nor taken over unasked.
void open_log(EvaluationLog& log, const std::string& path, const Arguments& a) {
  if (a.resume) return log.resume();
  if (std::filesystem::exists(path) && !a.restart)
    throw Error{ErrorKind::input, "there is a log of an earlier calibration", path,
                "--resume to go on with it, --restart to write over it, or another --output"};
  log.save(true); // a place that cannot be written is refused before the runs
}

void write_files(const CalibrationProblem& problem, const CalibrationResult& result,
                 EvaluationLog& log, const Places& places, const std::string& log_path,
                 bool quiet) {
  log.set_results(result_axes(problem, result), result_tables(problem, result));
  log.save(true);
  std::vector<std::pair<OutputPlace, std::string>> files{
      {places.fitted, fitted_toml(problem, result)}, {places.fit, fit_csv(problem, result)}};
  if (result.shape) files.emplace_back(places.shape, shape_csv(problem, *result.shape));
  if (!result.set.empty()) files.emplace_back(places.set, set_toml(problem, result));
  write_outputs(files);
  std::string written = log_path;
  for (const auto& [place, text] : files)
    written += ", " + place.path;
  if (!quiet) std::cout << "written: " << written << '\n';
}

CalibrationResult fit(const CalibrationProblem& problem, Evaluator& evaluate, std::size_t members,
                      std::size_t draws) {
  CalibrationResult result;
  search(evaluate);
  if (problem.method.shape_steps > 0) result.shape = shape_of(evaluate);
  if (members > 0) result.set = parameter_set(evaluate, *result.shape, members, draws);
  result.best = evaluate.best();
  result.evaluations = evaluate.seen().size();
  return result;
}

int calibrate(const Arguments& a) {
  const auto problem = read_calibration(a.file, overrides_of(a));
  const auto threads = static_cast<int>(whole(a.threads, "--threads", 0, kMostThreads, 0));
  const auto members = static_cast<std::size_t>(whole(a.members, "--set", 2, kMostMembers, 0));
  const auto draws = static_cast<std::size_t>(whole(
      a.draws, "--draws", 0, kMostEvaluations,
      static_cast<std::int64_t>(members == 0 ? 0 : 4 * members + 2 * problem.parameters.size())));
  if (a.draws && members == 0)
    throw Error{ErrorKind::input, "--draws looks for a set, and --set is missing", "calibrate",
                "--set N --draws N"};
  if (members > 0 && problem.method.shape_steps == 0)
    throw Error{ErrorKind::input, "a set is looked for along the shape, and shape_steps is 0",
                "--set", "shape_steps of at least 1 in [method]"};
  const CalibrationRuns runs{problem, threads, &stop_asked};
  if (a.resume && a.restart)
    throw Error{ErrorKind::input, "--resume and --restart are both given", "calibrate",
                "--resume to go on with the log, --restart to begin again"};
  if (a.dry_run) {
    const auto plan = runs.plan(1);
    std::cout << plan_text(problem) << draws << " draws for a set; " << runs.firm_months()
              << " firm-months an evaluation, " << plan.jobs << (plan.jobs == 1 ? " run" : " runs")
              << " at a time, " << plan.threads
              << (plan.threads == 1 ? " thread each\n" : " threads each\n");
    return 0;
  }
  const auto path = a.output + "_log.h5";
  EvaluationLog log{problem,
                    "program " + std::string{version()} + " " + std::string{git_commit()} + "\n" +
                        problem.identity() + runs.identity(),
                    path};
  make_folder_of(path);
  const auto places = places_of(a);
  for (const auto* place : {&places.fitted, &places.fit, &places.shape, &places.set})
    check_place(*place);
  open_log(log, path, a);
  const auto& m = problem.method;
  const std::size_t planned = 1 + m.global_evaluations + m.local_evaluations +
                              2 * m.shape_steps * problem.parameters.size() + draws;
  CalibrationResult result;
  {
    CalibrationProgress progress{planned, log, Progress::style_for(stderr)};
    // Enough runs for all processors where an evaluation has few.
    const auto at_once = static_cast<std::size_t>(2 * std::max(1, processors())) / problem.runs();
    Evaluator evaluate{problem, runs, log, at_once, [&](const Evaluation& e) {
                         if (!a.quiet) progress.evaluated(e);
                       }};
    const auto before = std::signal(SIGINT, ask_to_stop);
    std::signal(SIGTERM, ask_to_stop);
    try {
      result = fit(problem, evaluate, members, draws);
    } catch (const Interrupted&) {
      std::cerr << "\ninterrupted: " << log.all().size() << " evaluations are in " << path
                << "; the same command with --resume goes on\n";
      return kStoppedByUser;
    }
    std::signal(SIGINT, before);
    std::signal(SIGTERM, SIG_DFL);
  }
  if (!a.quiet) std::cout << result_text(problem, result);
  write_files(problem, result, log, places, path, a.quiet);
  return 0;
}

} // namespace

Command calibrate_command() {
  return {"calibrate", "Fit parameters to data by simulated moments",
          "  nearshore calibrate configs/calibration/baseline.toml --dry-run\n"
          "  nearshore calibrate configs/calibration/baseline.toml -o fits/baseline\n"
          "  nearshore calibrate configs/calibration/baseline.toml -o fits/baseline --resume --set "
          "12\n"
          "Writes PREFIX.toml (for `extends`), PREFIX_fit.csv, PREFIX_shape.csv, PREFIX_log.h5 "
          "and, with\n"
          "--set, PREFIX_set.toml (for `run --parameter-set`). Ctrl-C keeps the log. "
          "docs/calibration.md.",
          [](OptionSet& options) {
            const auto a = std::make_shared<Arguments>();
            options.positional("FILE", a->file, "what to fit to what (TOML)", false);
            options.option("-o,--output", "PREFIX", a->output, "how the files' names begin");
            options.option("--firms", "N", a->firms, "number of firms of every scenario, about");
            options.option("--seeds", "LIST", a->seeds,
                           "seeds of every scenario, of 1 to 100: others are for checking");
            options.option("--max-evaluations", "N", a->evaluations,
                           "of the global and the local stage together");
            options.option("--threads", "N", a->threads, "processors to use, 0 for all");
            options.option("--set", "N", a->members,
                           "also find N parameter vectors that fit about equally well");
            options.option("--draws", "N", a->draws, "evaluations that look for the set");
            options.flag("--resume", a->resume, "go on with the log of an earlier calibration");
            options.flag("--restart", a->restart, "write over the log of an earlier calibration");
            options.flag("--dry-run", a->dry_run, "print what would be done");
            options.flag("--quiet", a->quiet, "print nothing");
            return [a] { return calibrate(*a); };
          }};
}

} // namespace nearshore
