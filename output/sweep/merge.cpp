#include "output/sweep/merge.hpp"

#include "output/sweep/merged_file.hpp"
#include "policy/error.hpp"
#include "policy/text.hpp"
#include "sim/checkpoint/file.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <set>
#include <unistd.h>

namespace nearshore {
namespace {

constexpr const char* kPartial = ".partial-";

/// Files beside the output that killed merges have left.
void remove_leftovers(const std::string& output) {
  namespace fs = std::filesystem;
  const fs::path path{output};
  const auto begins = path.filename().string() + kPartial;
  std::error_code failed;
  std::vector<fs::path> left;
  for (const auto& entry :
       fs::directory_iterator{path.has_parent_path() ? path.parent_path() : ".", failed})
    if (entry.path().filename().string().starts_with(begins) &&
        is_being_written(entry.path()) == std::optional{false}) // HDF5 locks what it writes
      left.push_back(entry.path());
  for (const auto& file : left)
    fs::remove(file, failed);
}

} // namespace

void refuse_mixture(const SweepFolder& folder, const Ledger& ledger) {
  const auto begun = folder.identity();
  std::size_t programs = 0, configurations = 0;
  for (const auto& run : ledger.runs())
    if (run.finished) {
      if (run.record.program != begun.program) ++programs;
      if (run.record.configuration != begun.configuration) ++configurations;
    }
  if (programs + configurations == 0) return;
  std::set<std::string> sessions(ledger.sessions().begin(), ledger.sessions().end());
  throw Error{ErrorKind::input,
              fmt::format("{} runs were made by {} than the sweep began with ({})",
                          std::max(programs, configurations),
                          programs > 0 ? "another program" : "other data",
                          join(std::vector<std::string>(sessions.begin(), sessions.end()))),
              folder.path(), "--mixed to take them nevertheless"};
}

void merge_sweep(const SweepFolder& folder, const Sweep& sweep, const SweepScenarios& scenarios,
                 const Ledger& ledger, const MergeOptions& options) {
  if (!options.mixed) refuse_mixture(folder, ledger);
  remove_leftovers(options.output);
  const auto beside = fmt::format("{}{}{}", options.output, kPartial, ::getpid());
  std::error_code code;
  std::optional<MergedFile> merge;
  try {
    {
      const auto held = hdf5::lock();
      merge.emplace(sweep, scenarios, ledger, beside);
      merge->declare(folder.identity(), options.partial, options.mixed);
    }
    const std::size_t points = sweep.point_count(), all = points * sweep.policies.size();
    for (std::size_t i = 0; i < all; ++i) {
      merge->write_point(i / points, i % points);
      if (options.progress) options.progress(i + 1, all);
    }
    const auto held = hdf5::lock();
    merge->finish();
    merge.reset();
  } catch (...) {
    const auto held = hdf5::lock();
    if (merge) merge->abandon();
    merge.reset();
    std::filesystem::remove(beside, code);
    throw;
  }
  sync_and_name(beside, options.output);
}

} // namespace nearshore
