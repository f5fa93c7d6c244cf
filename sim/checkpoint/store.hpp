#pragma once
// Checkpoints on disk: the present one, the one before it, and the records that both count parts
// of.
#include "sim/checkpoint/header.hpp"
#include "sim/checkpoint/records.hpp"
#include "sim/simulation.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace nearshore {

/// Names of a run's files, from what they begin with: the output's name.
struct CheckpointFiles {
  std::string stem;
  /// Of a checkpoint's own name.
  static CheckpointFiles of_checkpoint(const std::string& path);
  [[nodiscard]] std::string present() const { return stem + ".checkpoint"; }
  [[nodiscard]] std::string previous() const { return stem + ".checkpoint.previous"; }
  [[nodiscard]] std::string unfinished() const { return stem + ".checkpoint.new"; }
  [[nodiscard]] std::string records() const { return stem + ".records"; }
  /// Removes all four.
  void remove() const noexcept;
};

/// A sentence for the user.
using Say = std::function<void(const std::string&)>;

/// Writes a checkpoint beside the present one, waits for the disk, and gives it its name; the
/// present one becomes the previous one. Without a simulation: the records only, of
/// a finished run. Throws Error; then
/// both are as they were.
void write_checkpoint(const CheckpointFiles&, CheckpointHeader, const Simulation*);

struct FoundCheckpoint {
  std::string path;
  CheckpointHeader header;
  std::unique_ptr<SectionReader> state; ///< where the state begins
};

/// The newest checkpoint that is whole, with its records; where the present one is missing or
/// damaged, that is said and one taken that was complete but not named yet, or the previous one.
/// Nothing if there is none; throws Error (kind input) if all are damaged.
std::optional<FoundCheckpoint> find_checkpoint(const CheckpointFiles&, const Say&);
/// Makes the one found the present one, so that the next does not take the place of one that is
/// whole.
void make_present(const CheckpointFiles&, const FoundCheckpoint&);
/// Throws Error (kind input) if a run is under way in these files that a new one would lose.
void require_nothing_to_lose(const CheckpointFiles&);
/// One checkpoint and no other. Throws Error.
FoundCheckpoint open_checkpoint(const std::string& path, const std::string& records);

} // namespace nearshore
