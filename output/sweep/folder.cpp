#include "output/sweep/folder.hpp"

#include "output/sweep/shell_text.hpp"
#include "output/version.hpp"
#include "policy/text.hpp"
#include "sim/checkpoint/written_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <set>
#include <unistd.h>

namespace nearshore {
namespace {

namespace fs = std::filesystem;

constexpr const char* kManifest = "/manifest.toml";

void write_text(const fs::path& path, const std::string& text) {
  write_output({path.string(), file_of_our_own()}, text);
}

/// The first line in which two texts differ.
std::pair<std::string, std::string> first_difference(const std::string& then,
                                                     const std::string& now) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < std::min(then.size(), now.size()) && then[i] == now[i]; ++i)
    if (then[i] == '\n') begin = i + 1;
  const auto line = [&](const std::string& text) {
    return begin < text.size() ? text.substr(begin, text.find('\n', begin) - begin)
                               : std::string{"nothing"};
  };
  return {line(then), line(now)};
}

std::string table_of_runs(const Sweep& sweep) {
  std::string text = "run,policy,point,seed";
  for (const auto& p : sweep.parameters)
    text += "," + p.name;
  text += "\n";
  for (std::size_t run = 0; run < sweep.runs(); ++run) {
    const auto [policy, point, seed] = sweep.place(run);
    text += fmt::format("{},{},{},{}", run, sweep.policies[policy].name, point, sweep.seeds[seed]);
    for (const double value : sweep.values(point))
      text += "," + number_text(value);
    text += "\n";
  }
  return text;
}

std::uint64_t parse_fingerprint(const TableView& t, const char* key) {
  const auto text = t.required_text(key);
  std::uint64_t value = 0;
  const auto* end = text.data() + text.size();
  const auto [at, code] = std::from_chars(text.data(), end, value, 16);
  if (at != end || code != std::errc{}) throw t.error(key, "no fingerprint", "16 digits");
  return value;
}

} // namespace

std::uint64_t fingerprint(std::string_view text, std::uint64_t start) {
  for (const unsigned char c : text)
    start = (start ^ c) * 0x100000001b3ULL;
  return start;
}

bool SweepFolder::exists() const {
  return fs::exists(root + kManifest);
}

std::vector<std::string> SweepFolder::policy_files(const Sweep& sweep) const {
  std::vector<std::string> out;
  for (const auto& p : sweep.policies)
    out.push_back(root + "/policies/" + p.name + ".toml");
  return out;
}

std::string SweepFolder::slice_file(const Shard& shard) const {
  return fmt::format("{}/slices/{:05}-of-{:05}.runs", root, shard.i, shard.n);
}

std::string SweepFolder::checkpoint_stem(std::size_t run) const {
  return fmt::format("{}/checkpoints/run_{}", root, run);
}

std::vector<std::string> SweepFolder::slice_files() const {
  std::vector<std::string> out;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator{root + "/slices", failed})
    if (entry.path().extension() == ".runs") out.push_back(entry.path().string());
  std::sort(out.begin(), out.end());
  return out;
}

void SweepFolder::create(const Sweep& sweep, const SweepScenarios& scenarios,
                         const SweepIdentity& id) const {
  const auto beside = fmt::format("{}.partial-{}", root, ::getpid());
  std::error_code failed;
  fs::create_directories(beside + "/policies", failed);
  for (const auto* below : {"/slices", "/checkpoints"})
    if (!failed) fs::create_directories(beside + below, failed);
  if (failed) throw Error{ErrorKind::resource, "cannot be made: " + failed.message(), root};
  try {
    write_text(beside + "/sweep.toml", sweep.resolved);
    write_text(beside + "/runs.csv", table_of_runs(sweep));
    const SweepFolder future{beside};
    const auto files = future.policy_files(sweep);
    for (std::size_t p = 0; p < files.size(); ++p)
      write_text(files[p], scenarios.policy(p).resolved_outcome);
    write_text(beside + kManifest,
               fmt::format("# Made by `nearshore sweep`; not to be edited.\n"
                           "name = \"{}\"\nprogram_version = \"{}\"\ngit_commit = \"{}\"\n"
                           "program = \"{:016x}\"\nconfiguration = \"{:016x}\"\nruns = {}\n",
                           sweep.name, id.version, id.commit, id.program, id.configuration,
                           sweep.runs()));
    fs::rename(beside, root, failed);
  } catch (...) {
    fs::remove_all(beside, failed);
    throw;
  }
  if (!failed) return;
  const auto why = failed.message();
  fs::remove_all(beside, failed);
  if (!exists())
    throw Error{fs::exists(root) ? ErrorKind::input : ErrorKind::resource,
                fs::exists(root) ? "the place is taken by something that is no sweep" : why, root,
                "another --output"};
}

SweepIdentity SweepFolder::identity() const {
  const auto document = load_document(root + kManifest);
  const auto t = document.root();
  (void)t.required_text("name");
  (void)t.integer("runs", 1, static_cast<std::int64_t>(kMostRuns));
  SweepIdentity id{t.required_text("program_version"), t.required_text("git_commit"),
                   parse_fingerprint(t, "program"), parse_fingerprint(t, "configuration")};
  document.finish();
  return id;
}

void SweepFolder::check_same(const Sweep& sweep, const SweepScenarios& scenarios) const {
  const auto check = [&](const std::string& file, const std::string& now) {
    const auto then = read_text_file(file);
    if (then == now) return;
    const auto [was, is] = first_difference(then, now);
    throw Error{ErrorKind::input,
                "the sweep was begun with another " +
                    fs::path{file}.lexically_relative(root).string() + ": '" + was +
                    "', and now '" + is + "'",
                root,
                "another --output for a new sweep; `nearshore sweep " + root +
                    "` goes on with the one that was begun"};
  };
  check(sweep_file(), sweep.resolved);
  const auto files = policy_files(sweep);
  for (std::size_t p = 0; p < files.size(); ++p)
    check(files[p], scenarios.policy(p).resolved_outcome);
}

void SweepFolder::check_identity(const SweepIdentity& now) const {
  const auto then = identity();
  if (then.program != now.program)
    throw Error{ErrorKind::input,
                fmt::format("the sweep was begun by version {} ({}), and this is {} ({})",
                            then.version, then.commit, now.version, now.commit),
                root, "the same program; --mixed to go on nevertheless; or another --output"};
  if (then.configuration != now.configuration)
    throw Error{ErrorKind::input, "data files have changed since the sweep began", root,
                "the same data; --mixed to go on nevertheless; or another --output"};
}

SweepIdentity identity_of(const Sweep& sweep, const SweepScenarios& scenarios) {
  SweepIdentity id{std::string{version()}, std::string{git_commit()}, 0, 0};
  id.program = fingerprint(id.commit, fingerprint(id.version));
  id.configuration = fingerprint(sweep.resolved);
  for (std::size_t p = 0; p < scenarios.size(); ++p) {
    const auto& policy = scenarios.policy(p);
    id.configuration =
        fingerprint(policy.data_sums, fingerprint(policy.resolved_outcome, id.configuration));
  }
  return id;
}

std::string command_of(const SweepFolder& folder, const Sweep& sweep, std::size_t run) {
  const auto [policy, point, seed] = sweep.place(run);
  auto text = "./nearshore run " + shell_word(folder.policy_files(sweep)[policy]);
  for (const auto& set : sweep.sets(point))
    text += " --set " + shell_word(set);
  return text + fmt::format(" --seed {} --threads 1 -o run_{}.h5", sweep.seeds[seed], run);
}

} // namespace nearshore
