#include "cli/sweep_slurm.hpp"

#include "output/sweep/shell_text.hpp"
#include "output/sweep/slurm_text.hpp"
#include "policy/error.hpp"
#include "policy/one_line.hpp"
#include "sim/checkpoint/written_file.hpp"
#include "sim/config/paths.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <sys/wait.h>

namespace nearshore {
namespace {

namespace fs = std::filesystem;

constexpr double kSecondsOfTask = 1800;   // wanted of a task where the array's size is not given
constexpr std::int64_t kMostTasks = 1000; // Slurm's MaxArraySize is 1001 unless a cluster says so
constexpr double kTimes = 2, kMoreSeconds = 600; // of the prediction, as a limit of time
constexpr double kMemoryTimes = 1.5;

std::string duration_text(double seconds) {
  const auto minutes = static_cast<std::int64_t>(std::ceil(seconds / 60));
  return fmt::format("{}-{:02}:{:02}:00", minutes / 1440, minutes / 60 % 24, minutes % 60);
}

/// "1-4,7,9-12"
std::string ranges_text(const std::vector<std::size_t>& sorted) {
  std::string text;
  for (std::size_t i = 0; i < sorted.size();) {
    std::size_t last = i;
    while (last + 1 < sorted.size() && sorted[last + 1] == sorted[last] + 1)
      ++last;
    text += (text.empty() ? "" : ",") + std::to_string(sorted[i]);
    if (last > i) text += "-" + std::to_string(sorted[last]);
    i = last + 1;
  }
  return text;
}

/// Parts of the sweep: as asked for, or so many that each takes about half an hour.
std::size_t parts_of(const OpenSweep& open, const SweepPlan& plan, const SlurmOptions& options) {
  const auto runs = static_cast<std::int64_t>(open.sweep->runs());
  if (options.array_size) return static_cast<std::size_t>(std::min(*options.array_size, runs));
  const double all = plan.cost.run_seconds * static_cast<double>(runs) /
                     static_cast<double>(options.cpus.value_or(1));
  const auto wanted = static_cast<std::int64_t>(std::ceil(all / kSecondsOfTask));
  return static_cast<std::size_t>(std::clamp<std::int64_t>(wanted, 1, std::min(kMostTasks, runs)));
}

std::vector<std::size_t> parts_left(const OpenSweep& open, const SweepPlan& plan,
                                    std::size_t parts) {
  std::vector<double> weights(open.sweep->runs());
  for (std::size_t run = 0; run < weights.size(); ++run)
    weights[run] = open.scenarios->weight(run);
  std::vector<std::size_t> out;
  const auto slices = slices_of(weights, parts);
  for (std::size_t s = 0; s < parts; ++s)
    if (std::any_of(slices[s].begin(), slices[s].end(), [&](std::size_t run) {
          return std::binary_search(plan.left.begin(), plan.left.end(), run);
        }))
      out.push_back(s + 1);
  return out;
}

std::string head(const OpenSweep& open, const SlurmOptions& options, const std::string& what) {
  std::string text = "#!/bin/bash\n";
  const auto add = [&](const std::string& option) { text += "#SBATCH " + option + "\n"; };
  add("--job-name=" + what + "-" + slurm_job_name(open.sweep->name));
  if (options.partition) add("--partition=" + *options.partition);
  if (options.account) add("--account=" + *options.account);
  for (const auto& option : options.extra)
    add(option);
  add("--nodes=1");
  add("--ntasks=1");
  add("--requeue");
  add("--signal=B:TERM@60"); // before the limit of time; preemption has its own
  add("--open-mode=append");
  return text;
}

/// Runs a command and gives what it prints; throws where it fails.
std::string output_of(const std::string& command) {
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw Error{ErrorKind::resource, "a shell cannot be started", "sbatch"};
  std::string text;
  std::array<char, 256> part{};
  while (std::fgets(part.data(), part.size(), pipe) != nullptr)
    text += part.data();
  const int status = ::pclose(pipe);
  while (!text.empty() && text.back() == '\n')
    text.pop_back();
  if (status != 0)
    throw Error{ErrorKind::resource,
                WIFEXITED(status) && WEXITSTATUS(status) == 127
                    ? "sbatch is not found"
                    : "sbatch has refused the job" + (text.empty() ? "" : ": " + text),
                "--slurm", "a machine that may submit jobs; --print shows the scripts"};
  return text.substr(0, text.find(';')); // "JOB;CLUSTER" with --parsable
}

/// Refuses while jobs of an earlier submission are queued or run: they would be made twice.
void refuse_submitted(const fs::path& list) {
  std::ifstream in{list};
  std::string job, jobs;
  while (in >> job)
    jobs += (jobs.empty() ? "" : ",") + job;
  if (jobs.empty()) return;
  std::istringstream lines{output_of("squeue -h -o %A -j " + shell_word(jobs) + " 2>&1 || true")};
  for (std::string line; std::getline(lines, line);) {
    if (line.find_first_not_of("0123456789") == line.npos)
      throw Error{ErrorKind::input, "jobs of this sweep are queued or run: " + line,
                  list.parent_path().parent_path().string(), "wait for them, or scancel them"};
    // Jobs that Slurm has forgotten are an error of squeue, and none of ours.
    if (line.find("Invalid job id") == line.npos)
      throw Error{ErrorKind::resource,
                  "whether jobs of this sweep are queued cannot be asked: " + line, "--slurm",
                  "a machine on which squeue answers; --print shows the scripts"};
  }
}

void write_script(const fs::path& path, const std::string& text) {
  write_output({path.string(), file_of_our_own()}, text);
}

} // namespace

void SlurmOptions::declare(OptionSet& options) {
  options.flag("--slurm", asked,
               "submit the runs that are left as an array of Slurm, and a job "
               "that merges them");
  options.flag("--print", print, "with --slurm: only show the two scripts");
  options.option("--array-size", "N", array_size, "tasks of the array; by default of half an hour");
  options.option("--cpus", "N", cpus,
                 "processors of a task, which makes as many runs at a time [1]");
  options.option("--partition", "P", partition, "of Slurm");
  options.option("--time", "T", time,
                 "limit of a task, as Slurm takes it; by default from the "
                 "prediction");
  options.option("--account", "A", account, "of Slurm");
  options.option("--sbatch", "OPTION", extra,
                 "a further option of sbatch, e.g. --sbatch=--qos=low; "
                 "may be repeated");
}

void SlurmOptions::check() const {
  const auto bad = [](const char* option, const std::string& value, const std::string& allowed) {
    return Error{ErrorKind::input, "'" + value + "'", option, allowed};
  };
  if (!asked && (print || array_size || cpus || partition || time || account || !extra.empty()))
    throw Error{ErrorKind::input, "options for Slurm, and --slurm is missing", "sweep",
                "--slurm --print, --slurm --array-size N, ..."};
  if (array_size && (*array_size < 1 || *array_size > static_cast<std::int64_t>(kMostRuns)))
    throw bad("--array-size", std::to_string(*array_size),
              "1 to " + std::to_string(kMostRuns) + ", and what the cluster allows");
  if (cpus && (*cpus < 1 || *cpus > 1024)) throw bad("--cpus", std::to_string(*cpus), "1 to 1024");
  for (const auto& [option, text] : {std::pair{"--partition", &partition}, {"--account", &account}})
    if (*text && (*text)->find_first_of(" \t\n\r\"'\\") != (*text)->npos)
      throw bad(option, **text, "a name of Slurm, without blanks and quotes");
  if (time && !is_slurm_time(*time))
    throw bad("--time", *time, "minutes, M:S, H:M:S, D-H, D-H:M or D-H:M:S");
  for (const auto& text : extra)
    if (has_control_character(text) || !text.starts_with('-'))
      throw bad("--sbatch", text, "an option of sbatch in one line, e.g. --sbatch=--qos=low");
}

SlurmScripts slurm_scripts(const OpenSweep& open, const SweepPlan& plan,
                           const SlurmOptions& options, const std::string& program, bool mixed) {
  SlurmScripts out;
  out.parts = parts_of(open, plan, options);
  out.indices = parts_left(open, plan, out.parts);
  const auto folder = fs::absolute(open.folder.path()).lexically_normal().string();
  if (has_control_character(folder))
    throw Error{ErrorKind::input, "a control character in the folder's name", folder,
                "another --output: it stands in the scripts"};
  const auto cpus = options.cpus.value_or(1);
  const double runs_a_task =
      std::ceil(static_cast<double>(open.sweep->runs()) / static_cast<double>(out.parts));
  const double task = plan.cost.run_seconds * runs_a_task / static_cast<double>(cpus);
  const auto memory = [](double bytes) {
    return fmt::format("{:.0f}M", std::ceil((kMemoryTimes * bytes + 64e6) / 1e6));
  };
  const auto common = fmt::format(
      "set -u\ncd {}\nexport NEARSHORE_ROOT={}\n", shell_word(fs::current_path().string()),
      shell_word(fs::absolute(project_root()).lexically_normal().string()));
  out.array =
      head(open, options, "sweep") +
      fmt::format("#SBATCH --array={}\n#SBATCH --cpus-per-task={}\n#SBATCH --mem={}\n"
                  "#SBATCH --time={}\n#SBATCH --output={}\n",
                  ranges_text(out.indices), cpus,
                  memory(plan.cost.memory_bytes_a_job * static_cast<double>(cpus)),
                  options.time.value_or(duration_text(kTimes * task + kMoreSeconds)),
                  slurm_file(folder + "/slurm/", "%A_%a.log")) +
      "# The program in the place of the shell: it gets the signals of a preemption itself.\n" +
      common +
      fmt::format("exec {} sweep {} --shard \"$SLURM_ARRAY_TASK_ID/{}\" --jobs {} --quiet{}\n",
                  shell_word(program), shell_word(folder), out.parts, cpus,
                  mixed ? " --mixed" : "");
  out.merge = head(open, options, "merge") +
              fmt::format("#SBATCH --cpus-per-task=1\n#SBATCH --mem=1G\n#SBATCH --time={}\n"
                          "#SBATCH --output={}\n",
                          duration_text(3600 + plan.cost.merged_bytes / 1e6),
                          slurm_file(folder + "/slurm/merge-", "%j.log")) +
              common +
              fmt::format("exec {} sweep merge {} --force{}\n", shell_word(program),
                          shell_word(folder), mixed ? " --mixed" : "");
  return out;
}

int submit_to_slurm(OpenSweep& open, const SweepPlan& plan, const SlurmOptions& options,
                    bool mixed) {
  const auto program = fs::read_symlink("/proc/self/exe").string();
  const auto scripts = slurm_scripts(open, plan, options, program, mixed);
  const auto folder = fs::path{open.folder.path()} / "slurm";
  if (options.print) {
    std::cout << "# " << (folder / "array.sbatch").string() << "\n"
              << scripts.array << "\n# " << (folder / "merge.sbatch").string()
              << ", with --dependency=afterany:JOB of the array\n"
              << scripts.merge;
    return 0;
  }
  if (!open.folder.exists()) open.folder.create(*open.sweep, *open.scenarios, open.identity);
  if (!mixed) open.folder.check_identity(open.identity);
  refuse_submitted(folder / "jobs");
  std::error_code failed;
  fs::create_directories(folder, failed);
  write_script(folder / "array.sbatch", scripts.array);
  write_script(folder / "merge.sbatch", scripts.merge);
  const auto sbatch = [&](const std::string& words, const char* script) {
    return output_of("sbatch --parsable " + words + shell_word((folder / script).string()) +
                     " 2>&1");
  };
  std::string depends, jobs;
  if (!scripts.indices.empty()) {
    const auto job = sbatch("", "array.sbatch");
    std::cout << fmt::format("array {}: parts {} of {}, {} runs to make\n", job,
                             ranges_text(scripts.indices), scripts.parts, plan.left.size());
    depends = "--dependency=afterany:" + job + " ";
    jobs = job + "\n";
    write_script(folder / "jobs", jobs); // known even if the second one is refused
  }
  const auto merge = sbatch(depends, "merge.sbatch");
  write_script(folder / "jobs", jobs + merge + "\n");
  std::cout << "merge " << merge << ": " << open.folder.path()
            << "/merged.h5, if all runs are done then\nhow it stands: nearshore sweep status "
            << open.folder.path() << "; the same command again submits what is left\n";
  return 0;
}

} // namespace nearshore
