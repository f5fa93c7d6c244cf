#pragma once
// Words as Slurm takes them in #SBATCH lines.
#include <string>

namespace nearshore {

/// Whether Slurm takes it for a limit of time: minutes, M:S, H:M:S, D-H, D-H:M or D-H:M:S.
bool is_slurm_time(const std::string& text);

/// A file's name that begins with `path`, in double quotes where it needs them; Slurm fills in the
/// patterns (%j) of `pattern`, and none of `path`.
std::string slurm_file(const std::string& path, const std::string& pattern);

/// The same name with _ for what is no letter, digit, _, - or . of ASCII, or other letter.
std::string slurm_job_name(std::string name);

} // namespace nearshore
