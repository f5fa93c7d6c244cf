#pragma once
// Finished ensembles in a folder, found again by what they are: configuration, seeds, data,
// program.
#include "sim/config/load_scenario.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace nearshore {

class RunStore {
public:
  /// An empty folder name: a folder of its own that goes with the object. Throws Error (kind
  /// resource) where it cannot be made.
  explicit RunStore(std::string folder);
  ~RunStore();
  RunStore(const RunStore&) = delete;
  RunStore& operator=(const RunStore&) = delete;

  /// Where the ensemble of a scenario goes: NAME-CLOSURE-HASH.h5.
  [[nodiscard]] std::string path_of(const Scenario& scenario, const std::string& name,
                                    const std::vector<std::uint64_t>& seeds) const;
  /// Whether it is there: complete, of this configuration, these seeds and this program. Of a
  /// program built from files that are in no commit, only if the program is not newer.
  [[nodiscard]] bool holds(const std::string& path, const Scenario& scenario,
                           const std::vector<std::uint64_t>& seeds) const;
  /// The folder is kept.
  [[nodiscard]] bool kept() const { return keeps; }

private:
  std::string folder;
  bool keeps;
};

} // namespace nearshore
