// Chunks packed here are read by HDF5's own filters.
#include "output/packed_chunk.hpp"

#include "output/hdf5_handle.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstdint>
#include <random>
#include <span>
#include <utility>
#include <vector>

using namespace nearshore;
using hdf5::Handle;

namespace {

constexpr std::size_t kValues = 3000;

/// Writes the values as one packed chunk of a dataset with both filters and reads them back; also
/// what the chunk takes in the file.
template <class T>
std::pair<std::vector<T>, hsize_t> through_hdf5(const std::vector<T>& values, hid_t type) {
  const auto held = hdf5::lock();
  const Handle access{H5Pcreate(H5P_FILE_ACCESS), H5Pclose};
  REQUIRE(H5Pset_fapl_core(access, 1U << 16, 0) >= 0);
  const Handle file{H5Fcreate("only-a-name.h5", H5F_ACC_TRUNC, H5P_DEFAULT, access), H5Fclose};
  const hsize_t size = values.size(), start = 0;
  const Handle space{H5Screate_simple(1, &size, nullptr), H5Sclose};
  const Handle creation{H5Pcreate(H5P_DATASET_CREATE), H5Pclose};
  REQUIRE(H5Pset_chunk(creation, 1, &size) >= 0);
  REQUIRE(H5Pset_shuffle(creation) >= 0);
  REQUIRE(H5Pset_deflate(creation, 1) >= 0);
  Handle dataset{H5Dcreate2(file, "values", type, space, H5P_DEFAULT, creation, H5P_DEFAULT),
                 H5Dclose};
  ChunkPacker packer{1};
  (void)packer.pack(std::as_bytes(std::span{values}.first(values.size() / 2)), sizeof(T));
  const auto chunk = packer.pack(std::as_bytes(std::span{values}), sizeof(T)); // room used twice
  REQUIRE(H5Dwrite_chunk(dataset, H5P_DEFAULT, chunk.skipped, &start, chunk.bytes.size(),
                         chunk.bytes.data()) >= 0);
  // A dataset that stays open remembers of a chunk which filters it had before it was written.
  REQUIRE(dataset.close());
  dataset = {H5Dopen2(file, "values", H5P_DEFAULT), H5Dclose};
  std::vector<T> back(values.size());
  REQUIRE(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, back.data()) >= 0);
  return {back, H5Dget_storage_size(dataset)};
}

} // namespace

TEST_CASE("HDF5 reads packed floats", "[output]") {
  std::vector<float> values(kValues);
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = i % 7 == 0 ? 0 : std::sqrt(static_cast<float>(i));
  const auto [back, stored] = through_hdf5(values, H5T_NATIVE_FLOAT);
  CHECK(back == values);
  CHECK(stored < values.size() * sizeof(float) * 9 / 10);
}

TEST_CASE("HDF5 reads packed doubles", "[output]") {
  std::vector<double> values(kValues);
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = std::round(1e4 * std::sin(static_cast<double>(i)));
  const auto [back, stored] = through_hdf5(values, H5T_NATIVE_DOUBLE);
  CHECK(back == values);
  CHECK(stored < values.size() * sizeof(double));
}

TEST_CASE("what does not shrink is only shuffled", "[output]") {
  std::mt19937 luck{5};
  std::vector<std::int32_t> values(kValues);
  for (auto& x : values)
    x = static_cast<std::int32_t>(luck());
  const auto [back, stored] = through_hdf5(values, H5T_NATIVE_INT32);
  CHECK(back == values);
  CHECK(stored == values.size() * sizeof(std::int32_t));
}
