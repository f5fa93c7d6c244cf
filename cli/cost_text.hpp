#pragma once
// Predicted costs as people read them.
#include <optional>
#include <string>

namespace nearshore {

std::string bytes_text(double bytes);
std::string seconds_text(double seconds);
/// Free bytes where a file would lie; nothing where the system does not say.
std::optional<double> free_disk(const std::string& file);
/// "120 MB of 3.40 GB free", with a warning where it is not enough.
std::string of_free(double needed, std::optional<double> free);
/// A line of a plan: its name and its value.
std::string cost_line(const std::string& name, const std::string& value);

} // namespace nearshore
