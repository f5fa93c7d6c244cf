#include "cli/measure/whole_runs.hpp"

#include "cli/measure/child.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace nearshore {
namespace {

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

std::vector<std::string> arguments_of(const RunLine& line, const WholeRun& run, int copy) {
  std::vector<std::string> list{"run", line.file};
  for (const auto& set : line.sets)
    list.insert(list.end(), {"--set", set});
  list.insert(list.end(), {"--firms", std::to_string(run.firms), "--threads",
                           std::to_string(run.threads), "--seed", std::to_string(copy + 1),
                           "--quiet", "-o", fmt::format("{}/whole{}.h5", line.scratch, copy)});
  return list;
}

double seconds_of_one(const RunLine& line, WholeRun& run) {
  std::vector<std::vector<std::string>> copies;
  for (int c = 0; c < run.copies; ++c)
    copies.push_back(arguments_of(line, run, c));
  const auto result = run_program(copies);
  run.peak_bytes = std::max(run.peak_bytes, result.peak_bytes);
  return result.wall_seconds;
}

} // namespace

WholeRun measure_whole_run(const RunLine& line, std::int64_t firms, int threads, int copies,
                           int repeats) {
  WholeRun run{firms, threads, copies, repeats};
  std::vector<double> seconds;
  for (int r = 0; r < repeats; ++r)
    seconds.push_back(seconds_of_one(line, run));
  run.wall_seconds = median(seconds);
  return run;
}

SideBySide measure_side_by_side(const RunLine& line, std::int64_t firms, int repeats) {
  SideBySide both{{firms, 1, 1, repeats}, {firms, 1, 2, repeats}};
  std::vector<double> one, two;
  for (int r = 0; r < repeats; ++r) { // in turn: others on the machine meet both alike
    one.push_back(seconds_of_one(line, both.one));
    two.push_back(seconds_of_one(line, both.two));
  }
  both.one.wall_seconds = median(one);
  both.two.wall_seconds = median(two);
  return both;
}

} // namespace nearshore
