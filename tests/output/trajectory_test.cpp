#include "fake_run.hpp"
#include "output/trajectory_reader.hpp"
#include "output/variable.hpp"
#include "output/version.hpp"
#include "policy/error.hpp"
#include "sim/config/paths.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sys/mount.h>

using namespace nearshore;
using namespace nearshore::test;
using Catch::Contains;

namespace {

std::string bytes(const std::string& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

template <class F> Error error_of(F f) {
  try {
    f();
  } catch (const Error& e) {
    return e;
  }
  FAIL("no error");
  throw;
}

} // namespace

TEST_CASE("every variable is read back with its dimensions, labels and values", "[output]") {
  const TemporaryFolder folder;
  write_fake_run(folder / "run.h5", 14);
  const TrajectoryReader run{folder / "run.h5"};
  REQUIRE(run.months().size() == 14);
  CHECK(run.months().back() == Month{2025, 2});
  const Reporting reporting = fake_reporting();
  for (const auto& v : variables()) {
    INFO(v.name);
    const auto array = run.read(std::string{v.name});
    REQUIRE(array.dims.size() == v.dims.size() + 1);
    CHECK(array.dims[0] == "time");
    CHECK(array.labels[0].back() == "2025-02");
    for (std::size_t i = 0; i < v.dims.size(); ++i) {
      CHECK(array.dims[i + 1] == v.dims[i]);
      CHECK(array.labels[i + 1] == dimension(v.dims[i]).labels(reporting));
    }
    const std::size_t n = slab_size(v, reporting);
    std::vector<double> wanted(n);
    for (int t = 0; t < 14; ++t) {
      v.fill(fake_month(t), reporting, wanted);
      for (std::size_t i = 0; i < n; ++i) {
        const double found = array.values[static_cast<std::size_t>(t) * n + i];
        const double exact =
            v.storage == Storage::float64 ? wanted[i] : static_cast<float>(wanted[i]);
        REQUIRE((found == exact || (std::isnan(found) && std::isnan(exact))));
      }
    }
  }
}

TEST_CASE("what identifies a run is in the file", "[output]") {
  const TemporaryFolder folder;
  write_fake_run(folder / "run.h5", 2);
  const TrajectoryReader run{folder / "run.h5"};
  CHECK(run.text_attribute("program_version") == version());
  CHECK(run.text_attribute("git_commit") == git_commit());
  CHECK(run.text_attribute("configuration") == fake_description().configuration);
  CHECK(run.text_attribute("reference_month") == "2024-12");
  CHECK(run.integer_attribute("seed") == 7);
  CHECK(run.integer_attribute("firms") == 1234);
}

TEST_CASE("a configuration longer than 64 KiB fits", "[output]") {
  const TemporaryFolder folder;
  auto description = fake_description();
  description.configuration.assign(300'000, 'x');
  TrajectoryWriter writer{folder / "run.h5", description};
  writer.on_month(fake_month(0));
  writer.finish({});
  CHECK(TrajectoryReader{folder / "run.h5"}.text_attribute("configuration").size() == 300'000);
}

TEST_CASE("equal runs give equal bytes, and only /run tells when and where", "[output]") {
  const TemporaryFolder folder;
  const RunInfo here{4, 1.5, 1e6, "here", ""}, there{2, 9.5, 2e6, "elsewhere, far", ""};
  write_fake_run(folder / "a.h5", 20, 1, here);
  write_fake_run(folder / "b.h5", 20, 1, here);
  write_fake_run(folder / "c.h5", 20, 1, there);
  write_fake_run(folder / "d.h5", 20, 2, here);
  CHECK(bytes(folder / "a.h5") == bytes(folder / "b.h5"));
  CHECK(bytes(folder / "a.h5") != bytes(folder / "c.h5"));
  const TrajectoryReader a{folder / "a.h5"}, c{folder / "c.h5"}, d{folder / "d.h5"};
  const auto same = [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); };
  bool seeds_differ = false;
  for (const auto& v : variables()) {
    const auto x = a.read(std::string{v.name}), y = c.read(std::string{v.name});
    CHECK(std::equal(x.values.begin(), x.values.end(), y.values.begin(), same));
    const auto z = d.read(std::string{v.name});
    seeds_differ |= !std::equal(x.values.begin(), x.values.end(), z.values.begin(), same);
  }
  CHECK(seeds_differ);
}

TEST_CASE("a share of nothing is NaN, and other shares are not", "[output]") {
  const TemporaryFolder folder;
  write_fake_run(folder / "run.h5", 12);
  const TrajectoryReader run{folder / "run.h5"};
  const auto share = run.read("claim_share"); // FAR sells nothing to NEI
  const std::size_t far_to_nei = 3 * 4 + 2, fel_to_hom = 1 * 4 + 0;
  CHECK(std::isnan(share.values[far_to_nei]));
  CHECK(share.values[fel_to_hom] == Approx(0.5));
  const auto change = run.read("claim_change"); // only the last month is the reference
  CHECK(std::isnan(change.values[0]));
  CHECK(change.values[11 * 16 * 6 + fel_to_hom * 6] == 0);
}

TEST_CASE("the published basis adds a twelfth of the bridge", "[output]") {
  const auto m = fake_month(3);
  const Reporting r = fake_reporting();
  const auto value = [&](std::string_view name, std::size_t partner) {
    for (const auto& v : variables()) {
      if (v.name != name) continue;
      std::vector<double> out(slab_size(v, r));
      v.fill(m, r, out);
      return out[partner];
    }
    FAIL(name);
    return 0.0;
  };
  CHECK(value("us_exports_published_basis", 0) - value("us_exports", 0) == Approx(10));
  CHECK(value("us_imports_published_basis", 0) - value("us_imports", 0) == Approx(5));
  CHECK(value("us_imports_published_basis", 2) - value("us_imports", 2) == Approx(-1));
  const double x = value("us_exports_published_basis", 1),
               i = value("us_imports_published_basis", 1);
  CHECK(value("us_deficit_over_exports_published_basis", 1) == Approx((i - x) / x));
  double goods = 0; // exports to FEL by hand: goods of both uses and programmes
  for (std::size_t s = 0; s < 4; ++s)
    for (std::size_t k = 0; k < 4; ++k)
      goods += static_cast<double>(m.trade[((0 * 4 + 1) * 5 + s) * 4 + k]);
  CHECK(value("us_exports", 0) == Approx(goods / 1e8));
}

TEST_CASE("a run that is not finished leaves nothing, and an older file stays", "[output]") {
  const TemporaryFolder folder;
  {
    TrajectoryWriter writer{folder / "run.h5", fake_description()};
    writer.on_month(fake_month(0));
    CHECK(std::filesystem::exists(folder / "run.h5.partial"));
  }
  CHECK(folder.files() == 0);
  write_fake_run(folder / "run.h5", 3);
  const auto before = bytes(folder / "run.h5");
  {
    TrajectoryWriter writer{folder / "run.h5", fake_description()};
    writer.on_month(fake_month(1));
  }
  CHECK(bytes(folder / "run.h5") == before);
  CHECK(folder.files() == 1);
}

TEST_CASE("a place that cannot be written is refused before the run", "[output]") {
  const TemporaryFolder folder;
  const auto refuse = [&](const std::string& path) {
    const auto e = error_of([&] { TrajectoryWriter{path, fake_description()}; });
    CHECK(e.kind == ErrorKind::resource);
    return std::string{e.what()};
  };
  CHECK_THAT(refuse(folder / "none/run.h5"), Contains("does not exist"));
  CHECK_THAT(refuse(folder / ""), Contains("folder"));
  std::ofstream{folder / "plain"} << "x";
  CHECK_THAT(refuse(folder / "plain/run.h5"), Contains("plain"));
  CHECK_THAT(refuse(folder / "plain"), Contains("no trajectory"));
  CHECK(bytes(folder / "plain") == "x");
  std::filesystem::create_symlink("/dev/null", folder / "device");
  CHECK_THAT(refuse(folder / "device"), Contains("no trajectory"));
  CHECK(folder.files() == 2);
}

TEST_CASE("a second run into the same file is refused and leaves the first alone", "[output]") {
  const TemporaryFolder folder;
  {
    TrajectoryWriter first{folder / "run.h5", fake_description()};
    const auto e = error_of([&] { TrajectoryWriter{folder / "run.h5", fake_description()}; });
    CHECK(e.kind == ErrorKind::busy);
    CHECK_THAT(e.what(), Contains("another run is writing it"));
    CHECK(std::filesystem::exists(folder / "run.h5.partial"));
  }
  CHECK(folder.files() == 0);
}

TEST_CASE("records that do not fit are refused", "[output]") {
  const TemporaryFolder folder;
  TrajectoryWriter writer{folder / "run.h5", fake_description()};
  auto m = fake_month(0);
  m.duty.pop_back();
  CHECK_THROWS_WITH(writer.on_month(m), Contains("duty"));
  writer.on_month(fake_month(0));
  CHECK_THROWS_WITH(writer.on_month(fake_month(2)), Contains("2024-03"));
}

TEST_CASE("a full disk is reported, and no file is left", "[output]") {
  const TemporaryFolder folder;
  const std::string disk = folder / "disk";
  std::filesystem::create_directory(disk);
  if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=2m") != 0) {
    WARN("no permission to mount a small disk: not tested here");
    return;
  }
  const auto e = error_of([&] { write_fake_run(disk + "/run.h5", 2000); });
  CHECK(e.kind == ErrorKind::disk_full);
  CHECK_THAT(e.what(), Contains("run.h5"));
  CHECK(std::filesystem::is_empty(disk));
  ::umount(disk.c_str());
  write_fake_run(folder / "after.h5", 2); // the library still works
  CHECK(TrajectoryReader{folder / "after.h5"}.months().size() == 2);
}

TEST_CASE("files that are no trajectory are refused with what is wrong", "[output]") {
  const TemporaryFolder folder;
  const auto refuse = [&](const std::string& path) {
    const auto e = error_of([&] { TrajectoryReader{path}; });
    CHECK(e.kind == ErrorKind::input);
    CHECK(e.where == path);
    return e.what_is_wrong;
  };
  CHECK_THAT(refuse(folder / "none.h5"), Contains("no such file"));
  std::ofstream{folder / "text.h5"} << "claim_share,0.5\n";
  CHECK_THAT(refuse(folder / "text.h5"), Contains("not an HDF5 file"));
  write_fake_run(folder / "run.h5", 3);
  std::filesystem::resize_file(folder / "run.h5",
                               std::filesystem::file_size(folder / "run.h5") / 2);
  CHECK_THAT(refuse(folder / "run.h5"), Contains("incomplete"));
  write_fake_run(folder / "run.h5", 3);
  const TrajectoryReader run{folder / "run.h5"};
  CHECK_THROWS_WITH(run.read("claim_shore"), Contains("claim_shore"));
  CHECK_THROWS_WITH(run.read("claim_share").axis("sector"), Contains("exporter"));
  CHECK_THROWS_WITH(run.read("claim_share").find(1, "XX"), Contains("HOM, FEL"));
}

TEST_CASE("xarray, ncdump and R open a trajectory with its labels", "[output][readers]") {
  const TemporaryFolder folder;
  write_fake_run(folder / "run.h5", 20);
  const std::string script = project_root() + "/tests/end_to_end/output_readers.py";
  const std::string command =
      "/usr/bin/python3 '" + script + "' '" + (folder / "run.h5") + "' FEL HOM";
  CHECK(std::system(command.c_str()) == 0);
}

TEST_CASE("docs/output.md is what the list of variables says", "[output]") {
  CHECK(bytes(project_root() + "/docs/output.md") == output_documentation());
}
