// One program for each target: FUZZ_READ is its function.
#include "tests/fuzz/targets.hpp"

#include <pthread.h>
#include <sanitizer/common_interface_defs.h>

namespace {

/// A child process that reads a file on trial (output/hdf5_trial.hpp) may crash: no finding.
[[maybe_unused]] const int kQuietChildren =
    ::pthread_atfork(nullptr, nullptr, [] { __sanitizer_set_death_callback(nullptr); });

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  nearshore::fuzz::FUZZ_READ({data, size});
  return 0;
}
