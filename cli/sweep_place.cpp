#include "cli/sweep_place.hpp"

#include "policy/error.hpp"
#include "policy/text.hpp"
#include "sim/config/paths.hpp"

#include <array>
#include <filesystem>

namespace nearshore {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFolder = "sweeps"; // of all sweeps, in the current one
const std::array<std::string, 4> kBelow{"status", "retry", "merge", "sensitivity"};

OpenSweep opened(Sweep sweep, std::string folder, bool frozen) {
  OpenSweep out{std::make_unique<const Sweep>(std::move(sweep)),
                SweepFolder{std::move(folder)},
                nullptr,
                {},
                frozen};
  out.scenarios = std::make_unique<SweepScenarios>(
      *out.sweep, frozen ? out.folder.policy_files(*out.sweep) : std::vector<std::string>{});
  out.identity = identity_of(*out.sweep, *out.scenarios);
  return out;
}

/// The sweep that a folder keeps.
OpenSweep from_folder(const std::string& folder) {
  const SweepFolder place{folder};
  if (!place.exists())
    throw Error{ErrorKind::input, "no sweep was begun here", folder,
                "the folder of one, or its file and --output FOLDER"};
  auto sweep = read_sweep(place.sweep_file());
  auto path = fs::path{folder}.lexically_normal();
  sweep.name = path.has_filename() ? path.filename() : path.parent_path().filename();
  return opened(std::move(sweep), folder, true);
}

} // namespace

void SweepPlace::declare(OptionSet& options) {
  // Not required for the library, which would then take the name of a command below for it.
  options.positional("FILE", file, "a sweep (TOML), or the folder of one that was begun", false);
  options.option("-o,--output", "FOLDER", output, "its folder [sweeps/NAME]");
}

void SweepPlace::declare_with_sets(OptionSet& options) {
  declare(options);
  options.option("--set", "KEY=VALUE", sets,
                 "override a key of the sweep's file, e.g. --set seeds=1-2; may be repeated");
}

std::string SweepPlace::folder() const {
  if (output) return *output;
  if (fs::is_directory(file)) {
    auto path = fs::path{file}.lexically_normal().string();
    while (path.size() > 1 && path.back() == '/')
      path.pop_back();
    return path;
  }
  return (fs::path{kFolder} / fs::path{file}.stem()).string();
}

void SweepPlace::require_file() const {
  if (file.empty())
    throw Error{ErrorKind::input, "no sweep is named", "sweep",
                "FILE.toml, the folder of a sweep that was begun, or " + join(kBelow)};
}

OpenSweep SweepPlace::open() const {
  require_file();
  if (fs::is_directory(file)) {
    if (!sets.empty())
      throw Error{ErrorKind::input, "a sweep that was begun cannot be changed", "--set",
                  "the sweep's file and another --output"};
    return from_folder(folder());
  }
  if (!fs::exists(find_input(file))) {
    const auto meant = nearest(file, std::span<const std::string>(kBelow));
    if (!meant.empty())
      throw Error{ErrorKind::input, "no file and no command '" + file + "'", "sweep",
                  "FILE.toml, or " + join(kBelow), meant};
  }
  return opened(read_sweep(file, sets), folder(), false);
}

OpenSweep SweepPlace::open_begun() const {
  require_file();
  const auto place = folder();
  if (!SweepFolder{place}.exists() && !fs::exists(find_input(file)))
    throw Error{ErrorKind::input, "neither a file nor the folder of a sweep", file,
                "a sweep that was begun: its file or its folder"};
  return from_folder(place);
}

} // namespace nearshore
