#pragma once
// The HDF5 file of one run while it is written: its layout, and appending one month. All HDF5 calls
// of a writer are here and are made by one thread.
#include "output/disk_reservation.hpp"
#include "output/hdf5_handle.hpp"
#include "output/trajectory_writer.hpp"
#include "output/variable.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace nearshore {

/// One month of every variable, in the order of variables(), as doubles.
struct MonthSlab {
  Month month;
  std::vector<double> values;
};

/// Where each variable lies in a MonthSlab.
class SlabLayout {
public:
  explicit SlabLayout(const Reporting& reporting);
  [[nodiscard]] std::size_t size() const { return offsets.back(); }
  [[nodiscard]] std::size_t offset(std::size_t variable) const { return offsets[variable]; }
  [[nodiscard]] std::size_t length(std::size_t variable) const {
    return offsets[variable + 1] - offsets[variable];
  }

private:
  std::vector<std::size_t> offsets;
};

class TrajectoryFile {
public:
  /// Creates the file (emptying one that is there) with every dimension, variable and attribute, no
  /// month.
  TrajectoryFile(const std::string& path, const RunDescription& description,
                 const SlabLayout& layout);
  void append(const MonthSlab& slab);
  /// Writes /run and closes everything.
  void finish(const RunInfo& info);
  /// Closes what is open, whatever HDF5 says to it; for use after an error.
  void abandon() noexcept;

private:
  void write_run_attributes(const RunDescription& description);
  void create_time();
  void create_scales(const Reporting& reporting);
  void create_variables(const Reporting& reporting);
  void close_datasets();

  const SlabLayout& slabs;
  DiskReservation disk;
  hsize_t months{0};
  hdf5::Handle file, time, month_text;
  std::vector<hdf5::Handle> scales, datasets;
  std::vector<std::vector<hsize_t>> chunk_shapes; ///< [variable], 1 along time
  std::vector<float> narrow;
};

} // namespace nearshore
