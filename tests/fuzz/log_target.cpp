#include "output/calibration/log_file.hpp"
#include "tests/fuzz/targets.hpp"

namespace nearshore::fuzz {

void read_calibration_log(const std::string& path) {
  static const CalibrationProblem problem = [] {
    CalibrationProblem p;
    p.parameters.resize(2);
    p.targets.resize(2);
    p.seeds = {1, 2};
    return p;
  }();
  expect_only_errors([&] { (void)read_log(path, problem, "identity"); });
}

} // namespace nearshore::fuzz
