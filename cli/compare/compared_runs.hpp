#pragma once
// The files of a comparison: those given, and those of configurations, run or found.
#include "cli/compare/run_store.hpp"
#include "cli/options.hpp"
#include "output/comparison/compare_files.hpp"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nearshore {

/// How configurations are to be run.
struct RunsAsked {
  std::optional<std::string> seeds, closures, folder, end, firms;
  std::optional<std::int64_t> jobs;
  std::vector<std::string> sets;
  bool quiet{false};

  void declare(OptionSet& options);
  /// The options that were given, by name, --quiet left out.
  [[nodiscard]] std::vector<std::string> given() const;
};

class ComparedRuns {
public:
  /// Runs what is not there yet; progress goes to standard error. Throws Error, and where the
  /// options or files do not fit what would be run, before the first run.
  ComparedRuns(const std::vector<std::string>& arguments, const RunsAsked& asked,
               const CompareOptions& options);

  [[nodiscard]] const std::vector<std::string>& paths() const { return files; }
  /// File, and what its policy is called: the name of its configuration.
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& names() const {
    return policies;
  }

private:
  std::unique_ptr<RunStore> store; // its folder may go with it
  std::vector<std::string> files;
  std::vector<std::pair<std::string, std::string>> policies;
};

} // namespace nearshore
