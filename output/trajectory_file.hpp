#pragma once
// The HDF5 file of one run or of an ensemble while it is written: its layout, and adding one month.
// All HDF5 calls of a writer are here and are made by one thread.
#include "output/disk_reservation.hpp"
#include "output/hdf5_handle.hpp"
#include "output/month_slab.hpp"
#include "output/packed_chunk.hpp"
#include "output/trajectory_writer.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace nearshore {

/// Where a file lies: in memory only to see how large it gets.
enum class FilePlace { disk, memory };

class TrajectoryFile {
public:
  /// Creates the file (emptying one that is there) with every dimension, variable and attribute, no
  /// month. In memory the path is a mere name.
  TrajectoryFile(const std::string& path, const RunDescription& description,
                 const SlabLayout& layout, FilePlace place = FilePlace::disk);
  /// The next month of a run's file, or any month of any run of an ensemble's.
  void append(const MonthSlab& slab);
  /// Writes /run, closes everything and seals the file (output/hdf5_seal.hpp).
  void finish(const RunInfo& info);
  /// Size of the finished file, without its seal.
  [[nodiscard]] std::uint64_t bytes() const { return finished_bytes; }
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
  [[nodiscard]] hsize_t size_now() const;
  void append_time(const MonthSlab& slab);

  std::string place_on_disk;
  const SlabLayout& slabs;
  std::optional<EnsembleAxes> ensemble;
  std::optional<DiskReservation> disk; ///< none in memory
  std::uint64_t finished_bytes{0};
  hsize_t months{0};
  hdf5::Handle file, time, month_text;
  std::vector<hdf5::Handle> leading; ///< scales of policy, seed
  std::vector<hdf5::Handle> scales, datasets;
  std::vector<std::vector<hsize_t>> chunk_shapes; ///< [variable], 1 along policy, seed and time
  std::vector<float> narrow;
  ChunkPacker packer;
};

} // namespace nearshore
