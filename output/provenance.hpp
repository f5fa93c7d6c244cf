#pragma once
// With what a file was made, beside what is here.
#include "output/trajectory_reader.hpp"
#include "output/trajectory_writer.hpp"

#include <string>
#include <vector>

namespace nearshore {

struct Provenance {
  std::string program_there, program_here; ///< version and commit
  /// Files of data that have changed since, gone or come, by name. Empty for a file that does not
  /// say (written before version 0.1.0 kept `input_data`).
  std::vector<std::string> other_data;

  [[nodiscard]] bool same_program() const { return program_there == program_here; }
  /// "another program and other data"; empty if all is the same.
  [[nodiscard]] std::string what_differs() const;
};

/// Looks at the files of data that the file's configuration names. Throws Error (kind input) where
/// attributes are missing.
Provenance provenance_of(const TrajectoryReader&);

/// Whether `path` is the finished file of these runs, whole, as this program would write it; a
/// branch from a checkpoint if `branch`. Of a program whose commit does not tell what it is
/// (changed sources), the file must also be newer than the program.
bool is_result_of(const std::string& path, const RunDescription&, bool branch);
/// The latter condition.
bool is_of_this_build(const std::string& path);

} // namespace nearshore
