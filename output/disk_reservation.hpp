#pragma once
// Space on disk, reserved before HDF5 needs it: HDF5 1.10 cannot recover from a full disk (it
// leaves broken objects behind), so it must not meet one; and likewise memory.
#include <cstddef>
#include <cstdint>
#include <string>

namespace nearshore {

class DiskReservation {
public:
  /// Opens (creates) the file. Throws Error (kind resource).
  explicit DiskReservation(const std::string& path);
  ~DiskReservation();
  DiskReservation(const DiskReservation&) = delete;
  DiskReservation& operator=(const DiskReservation&) = delete;

  /// Makes sure that a file of `size` bytes may grow by `more` and some metadata. Throws Error
  /// (kind resource): disk full, quota or limit of file size reached.
  void extend(std::uint64_t size, std::uint64_t more);
  /// Gives back what was not used.
  void release();

private:
  int descriptor;
  std::uint64_t reserved{0};
};

/// Makes sure that HDF5 can have so much memory: where it gets none it crashes as often as it says
/// so (1.10.8). Other threads may take it meanwhile: this makes a clear end likely, not certain.
/// Throws std::bad_alloc.
void require_memory(std::size_t bytes);

} // namespace nearshore
