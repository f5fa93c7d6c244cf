#pragma once
// Readers that are given damaged inputs: by libFuzzer (tests/fuzz/libfuzzer/), and in every test
// run the corpus with simple changes (corpus_test.cpp).
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace nearshore::fuzz {

using Bytes = std::span<const std::uint8_t>;

struct FuzzTarget {
  const char* name;     ///< of the program fuzz_NAME and of the folder corpus/NAME
  void (*read)(Bytes);  ///< throws what no reader may throw
  std::size_t run_here; ///< changed inputs in every test run
};

/// A whole configuration: extends, --set, settings, parameters, sectors, policy, reporting.
void read_configuration(Bytes);
/// TOML of studies: targets, experiments, sweeps, calibrations, parameter sets, forecasts.
void read_study(Bytes);
/// CSV files of a run; the first byte says which.
void read_table(Bytes);
/// CSV files of the base year's balance.
void read_source(Bytes);
/// CSV files of imports, and those that studies name.
void read_import(Bytes);
/// A checkpoint with its state. First byte odd: checksums are made right first.
void read_checkpoint(Bytes);
/// The months beside a checkpoint.
void read_records(Bytes);
/// The file of a sweep's slice. First byte odd: checksums are made right first.
void read_slice(Bytes);
/// HDF5, as read by validate, compare, compare --exact and calibrate --resume.
void read_run_file(Bytes);
/// Parts of the above, apart since not all headers of output/ go together.
void read_calibration_log(const std::string& path);
void read_experiment_file(const std::string& path);

inline constexpr FuzzTarget kTargets[]{
    {"configuration", read_configuration, 300},
    {"study", read_study, 300},
    {"table", read_table, 600},
    {"source", read_source, 400},
    {"import", read_import, 600},
    {"checkpoint", read_checkpoint, 60},
    {"records", read_records, 200},
    {"slice", read_slice, 400},
    {"run_file", read_run_file, 25},
};

/// How many errors expect_only_errors met so far.
inline std::size_t refused{0};
/// Runs a reader; an error that the user is meant to see is what a damaged input gives. Everything
/// else passes on, an internal error too.
template <class Read> void expect_only_errors(Read read);

/// A folder of this process with the files of tests/fuzz/small, removed at the end.
class Scratch {
public:
  explicit Scratch(const std::string& name);
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  /// A new content for a file; its path.
  std::string write(const std::string& file, Bytes content) const;
  std::string write(const std::string& file, std::string_view content) const;
  [[nodiscard]] std::string operator/(const std::string& file) const { return path + "/" + file; }
  [[nodiscard]] const std::string& folder() const { return path; }

private:
  std::string path;
};

inline std::string_view text(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace nearshore::fuzz

#include "policy/error.hpp"

template <class Read> void nearshore::fuzz::expect_only_errors(Read read) {
  try {
    read();
  } catch (const Error& e) {
    if (e.kind == ErrorKind::internal) throw;
    ++refused;
  }
}
