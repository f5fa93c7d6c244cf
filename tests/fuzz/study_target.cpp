// TOML files besides scenarios. The first byte says which reader.
#include "output/calibration/problem.hpp"
#include "output/forecast.hpp"
#include "output/skill.hpp"
#include "output/sweep/folder.hpp"
#include "sim/config/parameter_set.hpp"
#include "sim/seed_list.hpp"
#include "tests/fuzz/targets.hpp"

namespace nearshore::fuzz {
namespace {

/// Its first runs, as a sweep names them.
void read_sweep_and_name(const std::string& path) {
  const auto sweep = read_sweep(path);
  for (std::size_t point = 0; point < std::min<std::size_t>(sweep.point_count(), 3); ++point)
    (void)sweep.sets(point);
}

} // namespace

void read_study(Bytes input) {
  static const Scratch folder{"study"};
  if (input.empty()) return;
  constexpr int kReaders = 8;
  const int reader = input[0] % kReaders;
  const auto path = folder.write(reader == 6 ? "manifest.toml" : "study.toml", input.subspan(1));
  expect_only_errors([&] {
    switch (reader) {
    case 0:
      (void)read_validation(path);
      break;
    case 1:
      read_experiment_file(path);
      break;
    case 2:
      read_sweep_and_name(path);
      break;
    case 3:
      (void)read_calibration(path);
      break;
    case 4:
      (void)read_parameter_set(path);
      break;
    case 5:
      (void)read_forecast_plan(path);
      break;
    case 6:
      (void)SweepFolder{folder.folder()}.identity();
      break;
    default:
      (void)parse_seeds(std::string{text(input.subspan(1))}, "--seeds");
    }
  });
}

} // namespace nearshore::fuzz
