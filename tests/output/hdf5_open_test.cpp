// What is asked of an HDF5 file before it is believed.
#include "fake_run.hpp"
#include "output/comparison/same_bits.hpp"
#include "output/hdf5_open.hpp"
#include "output/hdf5_seal.hpp"
#include "output/trajectory_reader.hpp"
#include "sim/config/paths.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

using namespace nearshore;
using namespace nearshore::test;
using Catch::Contains;

namespace {

constexpr std::uintmax_t kSeal = 32;

std::string refusal(const std::string& path) {
  try {
    const TrajectoryReader reader{path};
    (void)reader.read("claim_share");
    (void)reader.text_attribute("title");
    return "";
  } catch (const Error& e) {
    CHECK(e.kind == ErrorKind::input);
    return e.what();
  }
}

void unseal(const std::string& path) {
  std::filesystem::resize_file(path, std::filesystem::file_size(path) - kSeal);
}

void flip(const std::string& path, std::streamoff at) {
  std::fstream file{path, std::ios::in | std::ios::out | std::ios::binary};
  file.seekg(at);
  const char byte = static_cast<char>(file.get() ^ 0x20);
  file.seekp(at);
  file.put(byte);
}

/// A run's file, opened to be spoilt and closed again; the seal goes with it.
template <class Change> void spoil(const std::string& path, Change change) {
  const auto held = hdf5::lock();
  const hdf5::Handle file =
      hdf5::own(H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose, "");
  change(file);
}

void replace_attribute(hid_t file, const char* name, hid_t type, hsize_t n, const void* values) {
  H5Adelete(file, name);
  const hdf5::Handle space = hdf5::own(H5Screate_simple(1, &n, nullptr), H5Sclose, "");
  const hdf5::Handle attribute =
      hdf5::own(H5Acreate2(file, name, type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose, "");
  hdf5::check(H5Awrite(attribute, type, values), "");
}

/// A list in the place of another: `extent` values are claimed and none is written.
void replace_list(hid_t file, const char* name, const std::vector<hsize_t>& extent, hid_t type) {
  H5Ldelete(file, name, H5P_DEFAULT);
  const auto rank = static_cast<int>(extent.size());
  const std::vector<hsize_t> limit(extent.size(), H5S_UNLIMITED), chunk(extent.size(), 1);
  const hdf5::Handle space =
      hdf5::own(H5Screate_simple(rank, extent.data(), limit.data()), H5Sclose, "");
  const hdf5::Handle creation = hdf5::own(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "");
  H5Pset_chunk(creation, rank, chunk.data());
  const hdf5::Handle list = hdf5::own(
      H5Dcreate2(file, name, type, space, H5P_DEFAULT, creation, H5P_DEFAULT), H5Dclose, "");
}

} // namespace

TEST_CASE("a file that was changed since it was written is refused", "[output][seal]") {
  const TemporaryFolder folder;
  const auto path = folder / "run.h5";
  write_fake_run(path, 3);
  CHECK(hdf5::seal_of(path) == hdf5::Seal::whole);
  CHECK(refusal(path).empty());
  const auto bytes = static_cast<std::streamoff>(std::filesystem::file_size(path));
  for (const auto at : {std::streamoff{600}, bytes / 2, bytes - 40, bytes - 10, bytes - 1}) {
    flip(path, at);
    CHECK(hdf5::seal_of(path) == hdf5::Seal::broken);
    CHECK_THAT(refusal(path), Contains("changed since it was written"));
    flip(path, at);
  }
  CHECK(refusal(path).empty());
}

TEST_CASE("a file without a seal is read on trial, then as any other", "[output][seal]") {
  const TemporaryFolder folder;
  write_fake_run(folder / "run.h5", 3);
  write_fake_run(folder / "old.h5", 3);
  unseal(folder / "old.h5");
  CHECK(hdf5::seal_of(folder / "old.h5") == hdf5::Seal::none);
  CHECK(refusal(folder / "old.h5").empty());
  const auto differences = bit_differences(folder / "run.h5", folder / "old.h5", 5);
  CHECK(differences.found.empty());
  CHECK(differences.objects > 50);
  const TrajectoryReader first{folder / "old.h5"}, second{folder / "old.h5"}; // both open at once
  CHECK(first.read("gross_output").values == second.read("gross_output").values);
  CHECK(first.text_attribute("configuration") ==
        TrajectoryReader{folder / "run.h5"}.text_attribute("configuration"));
}

// Found by the fuzzer (tests/fuzz/run_file_target.cpp).
TEST_CASE("files on which HDF5 itself fails are refused, and the program goes on",
          "[output][seal]") {
  const auto damaged = std::filesystem::path{project_root()} / "tests/output/damaged";
  CHECK_THAT(refusal((damaged / "loops_in_hdf5").string()),
             Contains("HDF5 does not come to an end of it"));
  CHECK_THAT(refusal((damaged / "beyond_hdf5_heap").string()),
             Contains("the file is incomplete or damaged"));
}

TEST_CASE("a file whose values are elsewhere is refused", "[output][seal]") {
  const TemporaryFolder folder;
  const auto path = folder / "run.h5";
  write_fake_run(path, 2);
  std::ofstream{folder / "secret"} << "12345678";
  spoil(path, [&](hid_t f) {
    H5Ldelete(f, "time", H5P_DEFAULT);
    const hsize_t n = 2;
    const hdf5::Handle space = hdf5::own(H5Screate_simple(1, &n, nullptr), H5Sclose, "");
    const hdf5::Handle creation = hdf5::own(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "");
    H5Pset_external(creation, (folder / "secret").c_str(), 0, 8);
    const hdf5::Handle list =
        hdf5::own(H5Dcreate2(f, "time", H5T_STD_I32LE, space, H5P_DEFAULT, creation, H5P_DEFAULT),
                  H5Dclose, "");
  });
  CHECK_THAT(refusal(path), Contains("at 'time': its values are in another file"));
}

TEST_CASE("sizes and kinds that no run writes are refused before memory is asked for",
          "[output][seal]") {
  const TemporaryFolder folder;
  const auto path = folder / "run.h5";
  write_fake_run(path, 2);
  const std::int64_t three[]{1, 2, 3};
  SECTION("an attribute of several values") {
    spoil(path, [&](hid_t f) { replace_attribute(f, "title", H5T_NATIVE_INT64, 3, three); });
    CHECK_THAT(refusal(path), Contains("attribute 'title'"));
    spoil(path, [&](hid_t f) { replace_attribute(f, "firms", H5T_NATIVE_INT64, 3, three); });
    CHECK_THROWS_WITH(TrajectoryReader{path}.integer_attribute("firms"), Contains("not one value"));
  }
  SECTION("months along two axes") {
    spoil(path, [](hid_t f) { replace_list(f, "time", {2, 3}, H5T_STD_I32LE); });
    CHECK_THAT(refusal(path), Contains("2 axes"));
  }
  SECTION("more months than the file has bytes") {
    spoil(path, [](hid_t f) { replace_list(f, "time", {hsize_t{1} << 50}, H5T_STD_I32LE); });
    CHECK_THAT(refusal(path), Contains("more values than the file can hold"));
  }
  SECTION("labels that are numbers") {
    spoil(path, [](hid_t f) { replace_list(f, "seed", {2}, H5T_STD_I64LE); });
    CHECK(TrajectoryReader{path}.seeds() == std::vector<std::int64_t>{0, 0});
    spoil(path, [](hid_t f) { replace_list(f, "policy", {2}, H5T_STD_I64LE); });
    CHECK_THAT(refusal(path), Contains("no texts"));
  }
  SECTION("labels that are absent") {
    spoil(path, [](hid_t f) { replace_list(f, "policy", {2}, hdf5::text_type()); });
    CHECK(TrajectoryReader{path}.policies() == std::vector<std::string>{"", ""});
  }
}
