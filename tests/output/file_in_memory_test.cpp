// A trajectory that is only made to see how large it gets.
#include "fake_run.hpp"
#include "output/trajectory_file.hpp"

#include <catch2/catch.hpp>

#include <filesystem>

using namespace nearshore;
using namespace nearshore::test;

namespace {

MonthSlab slab_of(int t, const SlabLayout& layout) {
  MonthSlab slab;
  fill_slab(fake_month(t), fake_reporting(), layout, slab);
  return slab;
}

} // namespace

TEST_CASE("a file in memory is as large as one on disk, and leaves none", "[output][cost]") {
  const TemporaryFolder folder;
  const auto description = fake_description();
  const SlabLayout layout{description.reporting};
  double sizes[2];
  for (const auto place : {FilePlace::disk, FilePlace::memory}) {
    const auto path =
        place == FilePlace::disk ? folder / "run.h5" : std::string{"only-a-name-in-memory.h5"};
    TrajectoryFile file{path, description, layout, place};
    for (int t = 0; t < 12; ++t)
      file.append(slab_of(t, layout));
    file.finish({});
    sizes[place == FilePlace::memory] = static_cast<double>(file.bytes());
  }
  CHECK(sizes[1] == Approx(sizes[0]).epsilon(0.02));
  CHECK(sizes[0] == Approx(std::filesystem::file_size(folder / "run.h5")).epsilon(0.02));
  CHECK(!std::filesystem::exists("only-a-name-in-memory.h5"));
}
