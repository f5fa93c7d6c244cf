#pragma once
#include <string>

namespace nearshore {

/// Throws Error (input) for a path that is a folder, a named pipe, a socket or a device, on which
/// reading might wait for ever. What the system hands a program below /dev and /proc may be any:
/// standard input, `<(...)`. That nothing is there, reading says.
void require_readable_kind(const std::string& path);

} // namespace nearshore
