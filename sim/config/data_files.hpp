#pragma once
// Which files of data a configuration names: what they hold is part of what a run is.
#include <string>
#include <vector>

namespace nearshore {

/// Every CSV file that a resolved configuration names, and those in the folders that it names, by
/// path, sorted. Such a text is looked for as find_input does; what is no such file is left out.
std::vector<std::string> data_files_of(const std::string& resolved);

/// These files, a line each: name without folder, a blank, CRC-32 of what it holds. Throws Error
/// (input) where one cannot be read.
std::string data_sums_of(const std::string& resolved);

/// Names of the files that only one of two such texts has, or with another checksum.
std::vector<std::string> differing_data(const std::string& a, const std::string& b);

/// Names of the files that both have, with another checksum: one file, changed in between.
std::vector<std::string> changed_data(const std::string& a, const std::string& b);

} // namespace nearshore
