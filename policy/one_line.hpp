#pragma once
#include <string>
#include <string_view>

namespace nearshore {

/// A text with its control characters as escapes of TOML (\n, \u001b): what users gave stays on one
/// line of a message, and no byte of it ends the text or steers a terminal.
std::string one_line(std::string_view text);
/// Whether that would change it.
bool has_control_character(std::string_view text);

} // namespace nearshore
