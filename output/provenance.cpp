#include "output/provenance.hpp"

#include "output/hdf5_seal.hpp"
#include "output/run_attributes.hpp"
#include "output/version.hpp"
#include "policy/error.hpp"
#include "sim/config/data_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace nearshore {
namespace {

namespace fs = std::filesystem;

bool has(const TrajectoryReader& file, const RunAttribute& wanted) {
  if (!file.has_attribute(wanted.name)) return false;
  if (const auto* text = std::get_if<std::string>(&wanted.value))
    return file.text_attribute(wanted.name) == *text;
  return file.integer_attribute(wanted.name) == std::get<std::int64_t>(wanted.value);
}

} // namespace

std::string Provenance::what_differs() const {
  if (same_program()) return other_data.empty() ? "" : "other data";
  return other_data.empty() ? "another program" : "another program and other data";
}

Provenance provenance_of(const TrajectoryReader& file) {
  Provenance out{fmt::format("{} ({})", file.text_attribute("program_version"),
                             file.text_attribute("git_commit")),
                 fmt::format("{} ({})", version(), git_commit()),
                 {}};
  for (const std::string policy : {"", "_baseline"}) {
    if (!file.has_attribute("input_data" + policy)) continue;
    const auto here = data_sums_of(file.text_attribute("configuration" + policy));
    for (auto& name : differing_data(file.text_attribute("input_data" + policy), here))
      if (std::find(out.other_data.begin(), out.other_data.end(), name) == out.other_data.end())
        out.other_data.push_back(std::move(name));
  }
  return out;
}

bool is_of_this_build(const std::string& path) {
  const std::string_view commit = git_commit();
  if (commit != "unknown" && commit.find("-dirty") == commit.npos) return true;
  std::error_code failed;
  return fs::last_write_time(path, failed) > fs::last_write_time("/proc/self/exe", failed);
}

bool is_result_of(const std::string& path, const RunDescription& runs, bool branch) {
  std::error_code failed;
  if (!fs::is_regular_file(path, failed)) return false;
  try {
    if (hdf5::seal_of(path) != hdf5::Seal::whole || !is_of_this_build(path)) return false;
    const TrajectoryReader file{path};
    const auto wanted = run_attributes(runs);
    return branch != file.past_configurations().empty() &&
           std::all_of(wanted.begin(), wanted.end(), [&](const auto& a) { return has(file, a); });
  } catch (const Error&) {
    return false; // something else, or damaged
  }
}

} // namespace nearshore
