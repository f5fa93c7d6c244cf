#include "cli/compare/run_store.hpp"

#include "output/comparison/compare_files.hpp"
#include "output/provenance.hpp"
#include "output/trajectory_reader.hpp"
#include "output/version.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace nearshore {
namespace {

namespace fs = std::filesystem;

/// FNV-1a, 64 bits: the same on every machine.
class Hash {
public:
  void add(std::string_view text) {
    for (const char c : text)
      value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    value = (value ^ 0xFFU) * 0x100000001b3ULL; // "ab", "c" is not "a", "bc"
  }
  [[nodiscard]] std::string text() const { return fmt::format("{:016x}", value); }

private:
  std::uint64_t value{0xcbf29ce484222325ULL};
};

} // namespace

RunStore::RunStore(std::string asked) : folder(std::move(asked)), keeps(!folder.empty()) {
  std::error_code code;
  if (keeps) {
    fs::create_directories(folder, code);
    if (code || !fs::is_directory(folder))
      throw Error{ErrorKind::resource, "cannot make this folder", "--runs " + folder};
    return;
  }
  std::string name = (fs::temp_directory_path() / "nearshore-compare-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr)
    throw Error{ErrorKind::resource, "cannot make a folder for the runs", name, "--runs FOLDER"};
  folder = name;
}

RunStore::~RunStore() {
  std::error_code ignored;
  if (!keeps) fs::remove_all(folder, ignored);
}

std::string RunStore::path_of(const Scenario& scenario, const std::string& name,
                              const std::vector<std::uint64_t>& seeds) const {
  Hash hash;
  hash.add(scenario.resolved_outcome);
  for (const auto seed : seeds)
    hash.add(std::to_string(seed));
  hash.add(version());
  hash.add(git_commit());
  hash.add(scenario.data_sums);
  return (fs::path(folder) /
          fmt::format("{}-{}-{}.h5", name, closure_name(scenario.run.closure), hash.text()))
      .string();
}

bool RunStore::holds(const std::string& path, const Scenario& scenario,
                     const std::vector<std::uint64_t>& seeds) const {
  std::error_code code;
  if (!fs::exists(path, code)) return false;
  try {
    const TrajectoryReader file{path};
    if (file.text_attribute("configuration") != scenario.resolved_outcome ||
        file.text_attribute("git_commit") != git_commit() ||
        !std::equal(
            seeds.begin(), seeds.end(), file.seeds().begin(), file.seeds().end(),
            [](std::uint64_t a, std::int64_t b) { return static_cast<std::int64_t>(a) == b; }))
      return false;
  } catch (const Error&) {
    return false; // damaged: made again
  }
  return is_of_this_build(path);
}

} // namespace nearshore
