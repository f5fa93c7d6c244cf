#pragma once
// Opens a trajectory that was written before: for validation and comparison.
#include "output/run_view.hpp"
#include "sim/past_configuration.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nearshore {

/// Whether a file is one that `sweep merge` wrote, which is no trajectory.
bool is_merged_sweep(const std::string& path);

class TrajectoryReader {
public:
  /// Throws Error (kind input) for a file that is missing, no HDF5, incomplete, or no trajectory of
  /// this program.
  explicit TrajectoryReader(std::string path);
  ~TrajectoryReader();
  TrajectoryReader(TrajectoryReader&&) noexcept;

  [[nodiscard]] const std::string& path() const;
  [[nodiscard]] const std::vector<Month>& months() const;
  /// Of an ensemble's file; empty for a file of one run.
  [[nodiscard]] const std::vector<std::int64_t>& seeds() const;
  /// Labels of the axis `policy` of a paired ensemble; empty for other files.
  [[nodiscard]] const std::vector<std::string>& policies() const;
  /// Labels of the axis `member` of runs over a parameter set; empty for other files.
  [[nodiscard]] const std::vector<std::string>& members() const;
  /// Number of runs in the file.
  [[nodiscard]] std::size_t runs() const;
  /// Run number = (policy or member) * number of seeds + seed. The reader must outlive it and stay
  /// in place.
  [[nodiscard]] std::unique_ptr<RunView> run(std::size_t number = 0) const;
  [[nodiscard]] bool has(const std::string& variable) const;
  /// Reads a whole variable, of all runs; throws Error (kind input) naming the file if it is
  /// missing or misshapen.
  [[nodiscard]] LabelledArray read(const std::string& variable) const;
  /// The same for one run: without the axes `policy`, `member` and `seed`.
  [[nodiscard]] LabelledArray read(const std::string& variable, std::size_t run) const;
  [[nodiscard]] std::string text_attribute(const std::string& name) const;
  [[nodiscard]] std::int64_t integer_attribute(const std::string& name) const;
  [[nodiscard]] bool has_attribute(const std::string& name) const;
  /// Of a branch, oldest first; empty for a run of one configuration.
  [[nodiscard]] std::vector<PastConfiguration> past_configurations() const;

private:
  struct Impl;
  std::unique_ptr<Impl> impl;
};

} // namespace nearshore
