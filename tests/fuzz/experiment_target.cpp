#include "output/experiment.hpp"
#include "tests/fuzz/targets.hpp"

namespace nearshore::fuzz {

void read_experiment_file(const std::string& path) {
  (void)read_experiment(path);
}

} // namespace nearshore::fuzz
