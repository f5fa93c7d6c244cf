#pragma once
// Space on disk, reserved before HDF5 needs it: HDF5 1.10 cannot recover from a full disk (it
// leaves broken objects behind), so it must not meet one.
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

} // namespace nearshore
