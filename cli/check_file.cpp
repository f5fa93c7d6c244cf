#include "cli/check_file.hpp"

#include "output/hdf5_open.hpp"
#include "output/hdf5_seal.hpp"
#include "output/provenance.hpp"
#include "policy/error.hpp"
#include "policy/text.hpp"
#include "sim/seed_list.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iostream>

namespace nearshore {
namespace {

std::string seeds_of(const TrajectoryReader& file) {
  if (file.seeds().empty()) return fmt::format("seed {}", file.integer_attribute("seed"));
  return "seeds " + seeds_text({file.seeds().begin(), file.seeds().end()});
}

std::string told_of(const TrajectoryReader& file) {
  const auto made = provenance_of(file);
  std::string out = fmt::format("{}; {} firms; {}", file.text_attribute("title"),
                                file.integer_attribute("firms"), seeds_of(file));
  if (!file.months().empty())
    out += fmt::format("; {} to {}", file.months().front().text(), file.months().back().text());
  for (const auto& past : file.past_configurations())
    out += fmt::format("\na branch: until {} under another configuration", past.until);
  out += "\nwritten by nearshore " + made.program_there +
         (made.same_program() ? ", this program" : "; this is " + made.program_here);
  if (!file.has_attribute("input_data"))
    out += "\nfrom which data is not known: it does not say";
  else if (made.other_data.empty())
    out += "\nfrom the data that its configuration names, as they are here";
  else
    out += "\nfrom other data than are here: " + join(made.other_data);
  return out + '\n';
}

} // namespace

bool is_hdf5(const std::string& path) {
  std::error_code failed;
  if (!std::filesystem::is_regular_file(path, failed)) return false;
  std::string start(8, '\0');
  std::ifstream{path, std::ios::binary}.read(start.data(), 8);
  return start == "\x89HDF\r\n\x1a\n";
}

int check_file(const std::string& path, bool quiet) {
  const auto seal = hdf5::seal_of(path);
  if (seal == hdf5::Seal::broken)
    throw Error{ErrorKind::input, "the file is damaged: it was changed since it was written", path,
                "a file as the program wrote it"};
  hdf5::tell_unsealed(nullptr); // it is said below
  const bool whole = seal == hdf5::Seal::whole;
  if (!quiet || !whole)
    std::cout << path
              << (whole ? ": whole: it is as it was written\n"
                        : ": it has no seal (any more): whether it was changed cannot be told\n");
  if (!quiet && !is_merged_sweep(path)) std::cout << told_of(TrajectoryReader{path});
  return whole ? 0 : static_cast<int>(ErrorKind::invariant);
}

} // namespace nearshore
