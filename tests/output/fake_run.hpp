#pragma once
// A small world of four regions and five sectors with months that obey the identities of real ones,
// for the tests of output/. Names are made up on purpose: nothing in output/ may know real ones.
#include "output/trajectory_writer.hpp"

#include <filesystem>
#include <string>

namespace nearshore::test {

/// Regions HOM, FEL, NEI, FAR (a bloc of the first three, another of the last two); goods sectors
/// cars, parts, tools, food and services; one agreement; three authorities.
Reporting fake_reporting();
RunDescription fake_description();
/// Month `t` (0 is 2024-01) of 36; claims from FEL to HOM rise after month 14. Reference month:
/// 2024-12.
MonthRecord fake_month(int t, std::uint64_t seed = 1);
/// Writes months [0, n).
void write_fake_run(const std::string& path, int n = 36, std::uint64_t seed = 1, RunInfo info = {});

/// A folder that goes away.
class TemporaryFolder {
public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] std::string operator/(const std::string& name) const {
    return (folder / name).string();
  }
  [[nodiscard]] std::size_t files() const;

private:
  std::filesystem::path folder;
};

} // namespace nearshore::test
