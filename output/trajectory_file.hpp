#pragma once
// The HDF5 file of one run or of an ensemble while it is written: its layout, and adding one month.
// All HDF5 calls of a writer are here and are made by one thread.
#include "output/disk_reservation.hpp"
#include "output/hdf5_handle.hpp"
#include "output/month_slab.hpp"
#include "output/trajectory_writer.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace nearshore {

class TrajectoryFile {
public:
  /// Creates the file (emptying one that is there) with every dimension, variable and attribute, no
  /// month.
  TrajectoryFile(const std::string& path, const RunDescription& description,
                 const SlabLayout& layout);
  /// The next month of a run's file, or any month of any run of an ensemble's.
  void append(const MonthSlab& slab);
  /// Writes /run and closes everything.
  void finish(const RunInfo& info);
  /// Closes what is open, whatever HDF5 says to it; for use after an error.
  void abandon() noexcept;

private:
  void write_run_attributes(const RunDescription& description);
  void create_ensemble_axes();
  void create_time();
  void create_scales(const Reporting& reporting);
  void create_variables(const Reporting& reporting);
  void write_table(const FileTable& table);
  void close_datasets();

  [[nodiscard]] std::vector<hsize_t> place_of(const MonthSlab& slab) const;
  void append_time(const MonthSlab& slab);

  const SlabLayout& slabs;
  std::optional<EnsembleAxes> ensemble;
  DiskReservation disk;
  hsize_t months{0};
  hdf5::Handle file, time, month_text;
  std::vector<hdf5::Handle> leading; ///< scales of policy, seed
  std::vector<hdf5::Handle> scales, datasets;
  std::vector<std::vector<hsize_t>> chunk_shapes; ///< [variable], 1 along policy, seed and time
  std::vector<float> narrow;
};

} // namespace nearshore
