#pragma once
// A netCDF-4 file with named axes, written part by part: equal contents give equal bytes. Hold
// hdf5::lock() around its use.
#include "output/disk_reservation.hpp"
#include "output/hdf5_handle.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace nearshore {

class LabelledFile {
public:
  /// Creates the file, emptying one that is there. Throws Error (kind resource).
  explicit LabelledFile(const std::string& path);

  void attribute(const char* name, const std::string& text);
  /// Axes, in any order before the variables on them.
  void axis(const std::string& name, const std::vector<std::string>& labels,
            const std::string& meaning);
  void axis(const std::string& name, const std::vector<std::int64_t>& numbers,
            const std::string& meaning);
  void axis(const std::string& name, const std::vector<double>& numbers,
            const std::string& meaning);
  /// First days of months, with the text axis `month` beside it.
  void time_axis(const std::vector<int>& days, const std::vector<std::string>& months);

  struct Variable {
    std::string name;
    std::vector<std::string> axes;
    std::string unit, meaning, coordinates;
    bool wide{true};           ///< 64 bits
    std::size_t chunk_from{0}; ///< chunks are whole along axes from this one on, 1 along others;
                               ///< 0: no chunks, no compression
    bool in_run_group{false};
  };
  /// Creates a variable, NaN throughout. Gives its number.
  std::size_t variable(const Variable& about);
  /// Writes a block, as long as `block` along each axis, from `start` on.
  void write(std::size_t variable, const std::vector<std::size_t>& start,
             const std::vector<std::size_t>& block, std::span<const double> values);
  void run_attribute(const char* name, const std::string& text);
  void run_attribute(const char* name, double value);
  /// Writes everything and closes. Throws Error (kind resource).
  void close();
  /// Closes what is open, whatever HDF5 says; after an error.
  void abandon() noexcept;

private:
  struct Axis {
    std::string name;
    hsize_t length;
    hdf5::Handle dataset;
  };
  [[nodiscard]] const Axis& find(const std::string& name) const;
  void add_axis(const std::string& name, std::size_t length, hdf5::Handle dataset,
                const std::string& meaning);
  hdf5::Handle run_group();

  std::string name_of_file;
  DiskReservation disk;
  hdf5::Handle file;
  std::vector<Axis> axes;
  std::vector<hdf5::Handle> datasets;
};

} // namespace nearshore
